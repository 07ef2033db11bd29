"""Terms, statements, theorems and refusals as plain text.

Terms come out in the statement language, which :mod:`kl_symbolic.language.parser` reads, so what a message shows can be
pasted into a program. The module imports nothing but the kernel: checking a certificate must not need SymPy.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from ..kernel import CheckedTheorem, Refused
from ..kernel.terms import NAT, REAL, Node
from .chains import ADDITIVE, MULTIPLICATIVE, operands
from .rewriting import on_domain, plain

__all__ = ["bound_name", "customary", "explain", "sequent", "statement", "text", "visible", "visible_json"]

_LETTERS: dict[str, tuple[str, ...]] = {
    NAT: ("n", "m", "k"), REAL: ("x", "y", "z"), "T": ("t", "s", "r"), "Omega": ("omega", "psi", "chi")
}  # fmt: skip
_LEVEL = {
    "<=>": 1, "=>": 2, "all": 2, "=": 3, "<=": 3, "<": 3, "!=": 3, "->": 3, "in": 3,
    "+": 4, "-": 4, "*": 5, "/": 5, "^": 7,
}  # fmt: skip


def bound_name(index_set: str, taken: Iterable[str]) -> str:
    """Return a name for a variable bound over *index_set* that is not in *taken*.

    Each set has its customary letters (t, s for T; n for ℕ; x, y for numbers; i, j for others); numbered ones follow.

    Parameters
    ----------
    index_set : str
        The set over which the variable runs.
    taken : iterable of str
        Names that are in use.
    """
    used = frozenset(taken)
    letters = _LETTERS.get(index_set, ("i", "j", "k", "h"))
    numbered = (f"{letters[0]}{k}" for k in range(1, len(used) + 2))
    return next(name for name in (*letters, *numbered) if name not in used)


def customary(domain: Node) -> str:
    """Return the set whose letters a number in a domain gets: n in ℕ, x elsewhere.

    Parameters
    ----------
    domain : Node
    """
    return NAT if domain.op == "nats" else REAL


def text(node: Node) -> str:
    """Return a term or statement in the statement language; bound variables get fresh names.

    Parameters
    ----------
    node : Node
    """
    return _show(node, (), node.names, 0)


def statement(theorem: CheckedTheorem) -> str:
    """Return ``Γ ⊢ φ`` of a theorem on one line.

    Parameters
    ----------
    theorem : CheckedTheorem
    """
    return sequent(map(text, theorem.hypotheses), text(theorem.conclusion))


def sequent(hypotheses: Iterable[str], conclusion: str) -> str:
    """Return ``Γ ⊢ φ`` from the texts of its parts.

    Parameters
    ----------
    hypotheses : iterable of str
        Their texts.
    conclusion : str
        Its text.
    """
    gamma = ", ".join(hypotheses)
    return f"{gamma} ⊢ {conclusion}" if gamma else f"⊢ {conclusion}"


def explain(refusal: Refused) -> str:
    """Return a refusal as it is shown to people: the reason, then each part on its own line; what ``str`` of it says.

    What a file says is shown with :func:`visible`.

    Parameters
    ----------
    refusal : Refused
    """
    where = "" if refusal.line is None else f"line {refusal.line} rule {visible(refusal.rule, lines=False)}: "
    width = max(map(len, refusal.parts), default=0) + 1
    rows = (f"\n  {key.replace('_', ' ') + ':':{width}} {_part(value)}" for key, value in refusal.parts.items())
    return visible(where + _indented(refusal.reason) + "".join(rows))


def visible(shown: str, lines: bool = True) -> str:
    r"""Return text in which what is not seen is spelled out: no file may move a terminal's cursor, or hide a letter.

    Spelled out are control characters, marks that change the direction of writing, and letters without a shape. The
    package has this function once; what it does not know it leaves as it is.

    Parameters
    ----------
    shown : str
    lines : bool, optional
        Whether line feeds stay; of a name, which is shown in one line, they are spelled out too.

    Examples
    --------
    >>> print(visible("a \x1b[31mred \u202e name"))
    a \x1b[31mred \u202e name
    >>> print(visible("two\nlines", lines=False))
    two\nlines
    """
    if shown.isascii() and shown.isprintable():
        return shown
    return "".join(c if _is_seen(c) or (lines and c == "\n") else c.encode("unicode_escape").decode() for c in shown)


def visible_json(document: str) -> str:
    r"""Return a JSON document that says the same, in which what is not seen is spelled out as JSON does.

    Parameters
    ----------
    document : str
        What ``json.dumps`` wrote, perhaps with ``ensure_ascii=False``.

    Examples
    --------
    >>> print(visible_json('["\u2264", "a\u202eb"]'))
    ["≤", "a\u202eb"]
    """
    # Outside of strings JSON is ASCII, and inside of them json.dumps has written every control character as \uXXXX.
    return "".join(c if _is_seen(c) or c == "\n" else json.dumps(c)[1:-1] for c in document)


_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
"""Letters and marks that Python takes for printable and that have no shape: fillers, blanks and variation selectors."""


def _is_seen(c: str) -> bool:
    return c.isprintable() and not _UNSEEN.match(c)


_UNINDENTED = re.compile(r"\n(?!    )")


def _indented(shown: str) -> str:
    """Return text in which each line but the first is indented, so that none looks like a message of its own."""
    return _UNINDENTED.sub(r"\\n", shown)


def _part(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(map(_part, value)) or "none"
    shown = text(value) if isinstance(value, Node) else _indented(str(value))
    return shown if len(shown) <= 600 else shown[:597] + "..."


def _show(node: Node, stack: tuple[str, ...], taken: frozenset[str], level: int) -> str:
    """Show *node* below the bound names *stack*, in parentheses where its operator binds less than *level*."""
    shown, own = _body(node, stack, taken)
    return f"({shown})" if own < level else shown


def _body(node: Node, stack: tuple[str, ...], taken: frozenset[str]) -> tuple[str, int]:
    op, data, args = node.op, node.data, node.args
    if op == "num":
        return str(data), 4 if data < 0 else 5 if data.denominator > 1 else 9
    if op in ("bound", "#"):
        return stack[-1 - data] if data < len(stack) else f"#{data - len(stack)}", 9
    if op == "card":
        return f"card({data})", 9
    if op == "nat":
        return _body(args[0], stack, taken)
    if op in ("sum", "prod", "all", "lam", "->", "int", "deriv"):
        return _binder(node, stack, taken)
    if op in ("open", "above", "below"):
        ends = [_show(a, stack, taken, 4) for a in args]
        low, high = ["-oo", *ends] if op == "below" else [*ends, "oo"][:2]
        return f"({low}, {high})", 9
    if op in ("pi", "reals", "nats", "dom"):
        return data or op, 9
    if op == "neg":
        return "-" + _show(args[0], stack, taken, 10 if args[0].op == "num" else 6), 6
    if op in _LEVEL:
        own = _LEVEL[op]
        if op in ("+", "-", "*"):
            return _chain(node, stack, taken), own
        left = _show(args[0], stack, taken, own if op == "/" else own + 1)
        right = _show(args[1], stack, taken, own if op == "=>" else own + 1)
        if op == "/" and args[0].op == args[1].op == "num" and left[0] != "(":
            left = f"({left})"
        return left + (op if op in ("/", "^") else f" {op} ") + right, own
    inside = ", ".join(_show(a, stack, taken, 0) for a in args)
    if op in ("sym", "idx"):
        brackets = op == "sym" and not any(a.is_number for a in args)
        return data + ("" if not args else f"[{inside}]" if brackets else f"({inside})"), 9
    return f"{data[0] if op == 'def' else op}({inside})", 9


def _chain(node: Node, stack: tuple[str, ...], taken: frozenset[str]) -> str:
    """Show a sum or a product with as few parentheses as the parser needs to read the same term."""
    kinds = MULTIPLICATIVE if node.op == "*" else ADDITIVE
    own = _LEVEL[node.op]
    (_, first), *rest = operands(node, kinds)
    # The first operand may begin with a sign or be a fraction; a chain, it would run into this one.
    shown = [_show(first, stack, taken, own + (first.op in kinds))]
    shown += [(op if op == "*" else f" {op} ") + _show(part, stack, taken, own + 1) for op, part in rest]
    return "".join(shown)


def _binder(node: Node, stack: tuple[str, ...], taken: frozenset[str]) -> tuple[str, int]:
    over = node if node.op == "lam" else node.args[node.op == "int"]
    domain = node.args[0] if node.op == "int" else on_domain(node)
    name = bound_name(customary(domain) if domain else over.data, taken.union(stack))
    body, inner = over.args[0], (*stack, name)
    if node.op in ("int", "deriv"):
        value = _show(node.args[2], stack, taken, 4)
        other = _show(node.args[node.op == "deriv"], stack, taken, 4)
        shown = _show(body, inner, taken, 0)
        left = f"int({name} in {other}: {shown})" if node.op == "int" else f"deriv({name}: {shown}, {other})"
        return f"{left} = {value}", 3
    if domain:
        shown = _show(body.args[1], inner, taken, 2)
        return f"forall {name} in {_show(domain, inner, taken, 0)}: {shown}", 2
    if node.op == "->":
        return f"lim({name}: {_show(body, inner, taken, 0)}) -> {_show(node.args[1], stack, taken, 4)}", 3
    if node.op == "lam" and (short := plain(node)):
        return short, 9
    shown = f"{name} in {over.data}: {_show(body, inner, taken, 2 if node.op == 'all' else 0)}"
    if node.op == "lam":
        return shown, 0
    return (f"forall {shown}", 2) if node.op == "all" else (f"{node.op}({shown})", 9)
