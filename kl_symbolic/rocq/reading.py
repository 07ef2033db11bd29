"""Reading Rocq statements back into kernel terms, and comparing them with what was to be said.

The language is the small part of Gallina in which statements are exported, with every parenthesis written::

    statement  :=  [forall (M' : integrals) (X : finset) (p : X -> R) …,] H -> … -> H -> C

M' stands there exactly if an interval or ℕ is a domain, which is then ``(over M' (above 0))`` or ``(nats M')``.
H and C are statements in parentheses; so a hypothesis cannot be taken for a part of an implication that is proved, nor
the other way round. Whatever is not exactly of this language is refused: another spacing too, so that what stands here
and what Coq reads are the same tokens.

The reader shares no table and no code with the printer (``terms.py``), on purpose: a mistake in one of them does not
cancel against the same mistake in the other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import gcd
from typing import final

from ..kernel.definitions import DEFINITIONS
from ..kernel.errors import KLError
from ..kernel.syntax import Scope, Signature, read_signature
from ..kernel.terms import NAT, REAL, Node, bound, lam
from ..language.printer import text as shown

__all__ = ["NotTheSame", "Statement", "Unreadable", "compare", "read_statement", "statement_of"]

Statement = tuple[dict[str, Signature], tuple[Node, ...], Node]
"""A statement as read from a text: its names, its hypotheses in order, and its conclusion."""

_Tree = str | list["_Tree"]
"""A token, or what stands between two parentheses."""

_Stack = tuple[tuple[str, str], ...]
"""The bound variables around, outermost first, each with its set."""

_TOKEN = re.compile(r" +|[A-Za-z][A-Za-z0-9_']*|-?[0-9]+|<->|->|=>|<=|<>|[-+*/<=(),:]")
_NAME = re.compile(r"([A-Za-z][A-Za-z0-9_]*)'?\Z")
_NATURAL = re.compile(r"(0|[1-9][0-9]*)\Z")
_NEGATIVE = re.compile(r"\(-([1-9][0-9]*)\)\Z")

_ARITHMETIC = ("+", "-", "*", "/")
_RELATION = {"=": "=", "<=": "<=", "<": "<", "<>": "!="}
_CONNECTIVE = {"->": "=>", "<->": "<=>"}
_OF_NUMBERS = {
    "ln": ("log", 1), "exp": ("exp", 1), "Rabs": ("abs", 1), "xlogy": ("xlogy", 2), "rpow": ("^", 2),
    "Gamma": ("Gamma", 1), "digamma": ("digamma", 1), "PI": ("pi", 0),
}  # fmt: skip
_OVER_A_SET = ("sum", "prod")
_INTERVAL = {"open": 2, "above": 1, "below": 1, "reals": 0}
_MODEL = "M'"
_TYPES = {"nat": NAT, "R": REAL}
_WORDS = frozenset(
    {
        "forall", "fun", "finset", "R", "nat", "tends", "INR", "IZR", "ratio", "card", "delta",
        "domain", "interval", "integrals", "mem", "int", "deriv", "over", "nats", _MODEL,
    }.union(_OVER_A_SET, _OF_NUMBERS, _INTERVAL, DEFINITIONS)
)  # fmt: skip
"""Words of the language: no name may be called like one, for it would mean something else from there on."""


@final
class Unreadable(KLError, ValueError):
    """The text is not a statement of the language that is exported."""


@final
class NotTheSame(KLError, ValueError):
    """The text says something else than it should."""


def read_statement(text: str) -> Statement:
    """Read a statement.

    Parameters
    ----------
    text : str
        What stands in the file between ``Theorem NAME :`` and the full stop.

    Returns
    -------
    scope, hypotheses, conclusion

    Raises
    ------
    Unreadable
    """
    one_line = " ".join(text.split())
    tree = _tree(one_line)
    if _written(tree) != one_line:
        raise Unreadable(f"expected the spacing {_written(tree)!r}, got {one_line!r}")
    scope: dict[str, Signature] = {}
    names: dict[str, str] = {}
    model = False
    if tree[:1] == ["forall"]:
        _need("," in tree, "expected a comma after the names", tree)
        comma = tree.index(",")
        _need(comma > 1, "expected a name after forall", tree)
        model = tree[1] == [_MODEL, ":", "integrals"]
        for binder in tree[1 + model : comma]:
            _declare(binder, scope, names)
        tree = tree[comma + 1 :]
    parts, arrows = tree[::2], tree[1::2]
    _need(len(parts) == len(arrows) + 1, "expected a conclusion after the last arrow", tree)
    _need(all(a == "->" for a in arrows), "expected statements in parentheses with arrows between them", tree)
    reader = _Reader(scope, names)
    *hypotheses, conclusion = (reader.statement(part, ()) for part in parts)
    _need(model == reader.measured, f"expected {_MODEL} among the names exactly if it is mentioned", parts)
    return scope, tuple(hypotheses), conclusion


def statement_of(source: str, name: str) -> str:
    """Return the text of the statement of the one theorem in a file.

    Parameters
    ----------
    source : str
    name : str

    Raises
    ------
    Unreadable
        When the file has another theorem too, or none of this name.
    """
    found = re.findall(r"\bTheorem\s+(\S+)\s*:([^.]*)\.\s", source)
    if [own for own, _ in found] != [name] or len(re.findall(r"\bTheorem\b(?!')", source)) != 1:
        raise Unreadable(f"expected one Theorem {name}, got {', '.join(own for own, _ in found) or 'none'}")
    return str(found[0][1])


def compare(text: str, scope: Scope, hypotheses: Sequence[Node], conclusion: Node) -> None:
    """Read a statement and compare it with Γ ⊢ φ, one to one and in the same order.

    Parameters
    ----------
    text : str
    scope : Scope
        The names that occur in Γ and φ.
    hypotheses : sequence of Node
        Γ.
    conclusion : Node
        φ.

    Raises
    ------
    Unreadable
        When the text is not a statement.
    NotTheSame
        When a name has another signature, a hypothesis is missing, added or another one, or the conclusion is.
    """
    names, gamma, phi = read_statement(text)
    for name in sorted({*names, *scope}):
        _same(f"the name {name!r}", _signature(scope.get(name)), _signature(names.get(name)))
    for k in range(max(len(gamma), len(hypotheses))):
        ours, theirs = (g[k] if k < len(g) else None for g in (hypotheses, gamma))
        _same(f"hypothesis {k + 1}", ours, theirs)
    _same("the conclusion", conclusion, phi)


def _same(what: str, ours: Node | str | None, theirs: Node | str | None) -> None:
    if ours != theirs:
        pair = ("nothing" if s is None else shown(s) if isinstance(s, Node) else s for s in (ours, theirs))
        raise NotTheSame("{} differs\n  theorem: {}\n  Rocq:    {}".format(what, *pair))


def _signature(signature: Signature | None) -> str | None:
    return None if signature is None else " -> ".join((*filter(None, [", ".join(signature[0])]), signature[1]))


def _need(condition: bool, expected: str, got: _Tree) -> None:
    if not condition:
        raise Unreadable(f"{expected}, got {_written(got) if isinstance(got, list) else got}")


# --- from text to trees ----------------------------------------------------------------------------------------------


def _tree(text: str) -> list[_Tree]:
    tree: list[_Tree] = []
    open_ones = [tree]
    position = 0
    while position < len(text):
        found = _TOKEN.match(text, position)
        if found is None:
            raise Unreadable(f"expected a word of the language, got {text[position : position + 40]!r}")
        token, position = found[0], found.end()
        if token == "(":
            inner: list[_Tree] = []
            open_ones[-1].append(inner)
            open_ones.append(inner)
        elif token == ")":
            open_ones.pop()
            if not open_ones:
                raise Unreadable(f"a parenthesis is closed that was not opened, before {text[position:][:40]!r}")
        elif not token.isspace():
            open_ones[-1].append(token)
    if len(open_ones) > 1:
        raise Unreadable(f"{len(open_ones) - 1} parentheses are not closed")
    return tree


def _written(tree: _Tree) -> str:
    """Return the one text that a tree is read from."""
    if isinstance(tree, str):
        return tree
    return " ".join(f"({_written(t)})" if isinstance(t, list) else t for t in tree).replace(" ,", ",")


# --- from trees to terms ---------------------------------------------------------------------------------------------


def _declare(binder: _Tree, scope: dict[str, Signature], names: dict[str, str]) -> None:
    """Read ``(u : X -> nat -> R)``: a name and its type."""
    if isinstance(binder, str) or len(binder) < 3 or binder[1] != ":":
        raise Unreadable(f"expected a name with its type such as (p : X -> R), got {_written(binder)}")
    word, _, *types = binder
    found = _NAME.match(word) if isinstance(word, str) else None
    if found is None or not isinstance(word, str) or word in _WORDS:
        raise Unreadable(f"expected a name that means nothing yet, got {_written(word)}")
    _need(found[1] not in scope, f"expected each name once, got {found[1]!r} twice", binder)
    if types in (["domain", "R"], ["interval"]):
        scope[found[1]] = ((), str(types[0]))
        names[word] = found[1]
        return
    fits = len(types) % 2 == 1 and all(t == "->" for t in types[1::2]) and all(isinstance(t, str) for t in types)
    _need(fits, "expected a type such as X -> R", binder)
    known = {text for text, name in names.items() if scope[name] == ((), "set")}
    *over, last = (str(t) for t in types[::2])
    for word_of_set in (*over, *([] if last in ("finset", "R") else [last])):
        _need(word_of_set in known or word_of_set in _TYPES, "expected a set that was named before", word_of_set)
    _need(last != "finset" or not over, "expected a set and no function to sets", binder)
    _need(last != "nat" or not over, "expected no function to the natural numbers", binder)
    sets = tuple(_TYPES.get(t) or names[t] for t in over)
    values = "set" if last == "finset" else _TYPES.get(last) or names[last]
    fits = values in ("set", "number") or not {NAT, REAL}.intersection(sets)
    _need(fits, "expected no function from numbers to a set", binder)
    scope[found[1]] = (sets, values)
    names[word] = found[1]


def _depth(name: str, stack: _Stack) -> int | None:
    """Return the de Bruijn index of a bound variable; None for any other name."""
    return next((k for k, (bound_name, _) in enumerate(reversed(stack)) if bound_name == name), None)


@final
class _Reader:
    """Reads trees in the scope of declared names.

    Parameters
    ----------
    scope : Scope
    names : mapping of str to str
        From each name as it is written to the declared name.

    Attributes
    ----------
    measured : bool
        Whether M' was read.
    """

    def __init__(self, scope: Scope, names: Mapping[str, str]) -> None:
        self._scope = scope
        self._names = names
        self.measured = False

    def statement(self, tree: _Tree, stack: _Stack) -> Node:
        if isinstance(tree, str):
            raise Unreadable(f"expected a statement in parentheses, got {tree}")
        if len(tree) == 3:
            first, word, last = tree
            if isinstance(word, str) and word in _RELATION:
                return Node(_RELATION[word], None, (self.number(first, stack), self.number(last, stack)))
            if isinstance(word, str) and word in _CONNECTIVE:
                return Node(_CONNECTIVE[word], None, (self.statement(first, stack), self.statement(last, stack)))
            if first == "tends":
                return Node("->", None, (self._function(word, (NAT,), "number", stack), self.number(last, stack)))
            if first == "mem":
                return Node("in", None, (self.number(last, stack), self.domain(word, stack)))
        if len(tree) == 4 and tree[0] == "int":
            integrand = self._function(tree[2], (REAL,), "number", stack)
            return Node("int", None, (self.domain(tree[1], stack), integrand, self.number(tree[3], stack)))
        if len(tree) == 4 and tree[0] == "deriv":
            function = self._function(tree[1], (REAL,), "number", stack)
            return Node("deriv", None, (function, self.number(tree[2], stack), self.number(tree[3], stack)))
        if len(tree) == 6 and tree[0] == "forall" and tree[4] == ",":
            bound_one = self._bind(list(tree[1:4]), stack)
            body = self.statement(tree[5], (*stack, bound_one))
            return Node("all", None, (lam((bound_one[1],), body),))
        raise Unreadable(f"expected a statement, got ({_written(tree)})")

    def domain(self, tree: _Tree, stack: _Stack) -> Node:
        """Read a named domain, ``(nats M')``, or ``(over M' I)`` for an interval I."""
        if isinstance(tree, str):
            return self._space(tree, "domain")
        if tree == ["nats", _MODEL]:
            self.measured = True
            return Node("nats")
        _need(len(tree) == 3 and tree[:2] == ["over", _MODEL], "expected a domain", tree)
        self.measured = True
        words = [tree[2]] if isinstance(tree[2], str) else tree[2]
        head, ends = words[0] if words else "", words[1:]
        if isinstance(head, str) and head in _INTERVAL:
            spelled = isinstance(tree[2], str) == (not ends)
            _need(spelled and len(ends) == _INTERVAL[head], f"expected {_INTERVAL[head]} ends of {head}", tree)
            return Node(head, None, tuple(self.number(t, stack) for t in ends))
        return self._space(tree[2], "interval")

    def _space(self, tree: _Tree, kind: str) -> Node:
        name = self._names.get(tree) if isinstance(tree, str) else None
        if name is None or self._scope[name] != ((), kind):
            raise Unreadable(f"expected the name of a declared {kind}, got {_written(tree)}")
        return Node("dom", name)

    def number(self, tree: _Tree, stack: _Stack) -> Node:
        if isinstance(tree, str):
            if _NATURAL.match(tree):
                return Node("num", Fraction(int(tree)))
            if tree == "PI":
                return Node(_OF_NUMBERS[tree][0])
            depth = _depth(tree, stack)
            if depth is None:
                return self._applied(tree, [], "number", stack)
            _need(stack[-1 - depth][1] == REAL, "expected a number", tree)
            return Node("#", depth)
        if len(tree) == 2 and tree[0] == "-":
            return Node("neg", None, (self.number(tree[1], stack),))
        if len(tree) == 3 and isinstance(tree[1], str) and tree[1] in _ARITHMETIC:
            return Node(tree[1], None, (self.number(tree[0], stack), self.number(tree[2], stack)))
        _need(len(tree) >= 2 and isinstance(tree[0], str), "expected a number", tree)
        head, rest = str(tree[0]), list(tree[1:])
        if head in ("IZR", "ratio"):
            return Node("num", self._literal(head, rest))
        if head in _OF_NUMBERS:
            op, count = _OF_NUMBERS[head]
            _need(len(rest) == count, f"expected {count} operands of {head}", tree)
            return Node(op, None, tuple(self.number(t, stack) for t in rest))
        if head == "INR":
            _need(len(rest) == 1, "expected one operand of INR", tree)
            return Node("nat", None, (self.index(rest[0], NAT, stack),))
        if head in DEFINITIONS:
            return self._defined(head, rest, stack)
        if head in ("card", "delta", *_OVER_A_SET):
            over, *inside = self._set(rest[0]), *rest[1:]
            if head in _OVER_A_SET:
                _need(len(inside) == 1, f"expected one operand of {head} over {over}", tree)
                return Node(head, None, (self._function(inside[0], (over,), "number", stack),))
            _need(len(inside) == (2 if head == "delta" else 0), f"expected other operands of {head}", tree)
            return Node(head, over, tuple(self.index(t, over, stack) for t in inside))
        return self._applied(head, rest, "number", stack)

    def index(self, tree: _Tree, index_set: str, stack: _Stack) -> Node:
        head, rest = (tree, []) if isinstance(tree, str) else (str(tree[0]) if tree else "", list(tree[1:]))
        _need(isinstance(tree, str) or len(tree) > 1, "expected an index", tree)
        depth = _depth(head, stack)
        if depth is None:
            return self._applied(head, rest, index_set, stack)
        _need(not rest, "expected a bound variable without operands", tree)
        _need(stack[-1 - depth][1] == index_set, f"expected an index in {index_set}", tree)
        return bound(depth)

    def _applied(self, head: str, rest: list[_Tree], values: str, stack: _Stack) -> Node:
        """Read a declared symbol, index or index function with its operands."""
        name = self._names.get(head)
        if name is None:
            raise Unreadable(f"expected a name that was declared, got {head!r}")
        over, found = self._scope[name]
        expected = "a number" if values == "number" else f"an index in {values}"
        _need(found == values, f"expected {expected}", head)
        _need(len(rest) == len(over), f"expected {len(over)} operands of {head}", [head, *rest])
        inside = tuple(self._operand(t, s, stack) for t, s in zip(rest, over, strict=True))
        return Node("sym" if values == "number" else "idx", name, inside)

    def _operand(self, tree: _Tree, over: str, stack: _Stack) -> Node:
        return self.number(tree, stack) if over == REAL else self.index(tree, over, stack)

    def _defined(self, head: str, rest: list[_Tree], stack: _Stack) -> Node:
        signatures = DEFINITIONS[head][0]
        formal = [n for n, s in signatures.items() if s == "set"]
        operands = [read_signature(s) for s in signatures.values() if s != "set"]
        _need(len(rest) == len(formal) + len(operands), f"expected the sets and operands of {head}", [head, *rest])
        actual = dict(zip(formal, map(self._set, rest), strict=False))
        args = []
        for tree, (over, values) in zip(rest[len(formal) :], operands, strict=True):
            sets = tuple(actual[s] for s in over)
            args.append(self._function(tree, sets, actual.get(values, values), stack))
        return Node("def", (head, tuple(actual.values())), tuple(args))

    def _function(self, tree: _Tree, sets: tuple[str, ...], values: str, stack: _Stack) -> Node:
        """Read ``(fun (i : X) (j : Y) => a)``; over no set, a alone."""
        body = tree
        if sets:
            fits = isinstance(tree, list) and len(tree) > 3 and tree[0] == "fun" and tree[-2] == "=>"
            _need(fits, "expected (fun i : X => …)", tree)
            binders = [tree[1:4]] if len(sets) == 1 else tree[1:-2]
            fits = len(binders) == len(sets) and len(tree) == (6 if len(sets) == 1 else 3 + len(sets))
            _need(fits, f"expected a function of {len(sets)} indices", tree)
            for binder, index_set in zip(binders, sets, strict=True):
                one = self._bind(binder, stack)
                _need(one[1] == index_set, f"expected a function over {index_set}", tree)
                stack = (*stack, one)
            body = tree[-1]
        return lam(sets, self._operand(body, values, stack))

    def _bind(self, binder: _Tree, stack: _Stack) -> tuple[str, str]:
        fits = isinstance(binder, list) and len(binder) == 3 and binder[1] == ":" and isinstance(binder[0], str)
        _need(fits, "expected a bound variable with its set such as i : X", binder)
        name = str(binder[0])
        taken = name in _WORDS or name in self._names or any(name == other for other, _ in stack)
        fresh = not taken and re.match(r"[A-Za-z]", name) is not None
        _need(fresh, "expected a bound variable with a name of its own", binder)
        over = binder[2]
        return name, (isinstance(over, str) and _TYPES.get(over)) or self._set(over)

    def _set(self, tree: _Tree) -> str:
        name = self._names.get(tree) if isinstance(tree, str) else None
        if name is None or self._scope[name] != ((), "set"):
            raise Unreadable(f"expected a set that was declared, got {_written(tree)}")
        return name

    def _literal(self, head: str, rest: list[_Tree]) -> Fraction:
        """Read ``(IZR (-3))`` or ``(ratio 7 10)``."""
        written = [f"({_written(t)})" if isinstance(t, list) else t for t in rest]
        negative = _NEGATIVE.match(written[0])
        if head == "IZR":
            _need(len(written) == 1 and negative is not None, "expected a negative integer after IZR", rest)
            return Fraction(-int(negative[1])) if negative else Fraction(0)
        fits = len(written) == 2 and all(isinstance(t, str) for t in rest[1:]) and _NATURAL.match(written[1])
        _need(bool(fits) and bool(negative or _NATURAL.match(written[0])), "expected two integers after ratio", rest)
        top, bottom = -int(negative[1]) if negative else int(written[0]), int(written[1])
        _need(bottom > 1 and gcd(top, bottom) == 1, "expected a ratio in lowest terms", rest)
        return Fraction(top, bottom)
