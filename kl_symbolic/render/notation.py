"""What one page has agreed on: the pieces that prose and displays are made of, and how ambiguous symbols are shown.

Every format prints the same pieces. Nothing here is text of a format: names are still names, formulas are kernel terms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import final

from ..kernel.axioms import defining_equation
from ..kernel.definitions import DEFINITIONS
from ..kernel.syntax import Scope, Signature
from ..kernel.terms import Node, bound, lam, substitute, unwrap
from ..text import bound_name

__all__ = [
    "Code",
    "Formula",
    "Inline",
    "Names",
    "Notation",
    "Paragraph",
    "Range",
    "agree",
    "depends",
    "opened",
    "plain",
    "plainly",
    "walk",
]


@final
@dataclass(frozen=True, slots=True)
class Formula:
    """A term or statement, or relations read on from it: ``a = b <= c``, ``0 < p, q``.

    Attributes
    ----------
    first : Node
    links : tuple of (str, tuple of Node)
        A relation and its right sides; only the last link may have more than one. The right side of ``->`` stands
        outside the innermost bound variable, which is the one that runs to infinity.
    stack : tuple of str
        Names of the variables bound around the formula, outermost first.
    taken : frozenset of str
        Names that no further bound variable may have.
    """

    first: Node
    links: tuple[tuple[str, tuple[Node, ...]], ...] = ()
    stack: tuple[str, ...] = ()
    taken: frozenset[str] = frozenset()


@final
@dataclass(frozen=True, slots=True)
class Code:
    """Text between backticks that is no formula."""

    text: str


@final
@dataclass(frozen=True, slots=True)
class Names:
    """Declared names with one signature: p, q : X → ℝ; only the names where *over* is empty."""

    names: tuple[str, ...]
    over: tuple[str, ...] = ()
    values: str = "number"


@final
@dataclass(frozen=True, slots=True)
class Range:
    """Index variables and their set: i, j ∈ X; n ≥ 1 for positive n ∈ ℕ; n → ∞ in a limit."""

    names: tuple[str, ...]
    over: str
    how: str = "in"


Inline = str | Formula | Code | Names | Range
Paragraph = tuple[Inline, ...]


@final
@dataclass(frozen=True, slots=True)
class Notation:
    """How the symbols of one page are shown.

    Attributes
    ----------
    scope : Scope
        Every declared name.
    taken : frozenset of str
        The names of the statement: no bound variable gets one of them.
    named : frozenset of str
        The index sets that are named under every Σ, because their letters could be meant for another set.
    xlogy, rel_entr : bool
        Whether xlogy(a, b) may be printed as a log b and rel_entr(a, b) as a log(a/b): only where the page has no
        ordinary product that would look the same, and where a would not be printed twice over and over.
    counts : bool
        Whether count(x, i) may be printed as N_i.
    base : int or None
        The base of the logarithm, None for the natural one.
    """

    scope: Scope = field(default_factory=dict)
    taken: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    xlogy: bool = True
    rel_entr: bool = True
    counts: bool = True
    base: int | None = None

    def letter(self, index_set: str, taken: Iterable[str]) -> str:
        """Return a name for a variable bound over *index_set*."""
        return bound_name(index_set, self.taken.union(taken))


def walk(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield every node in *nodes*, outer ones first and equal ones once, in the order of reading."""
    seen: set[Node] = set()
    waiting = list(nodes)[::-1]
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            yield node
            waiting.extend(reversed(node.args))


def agree(nodes: Iterable[Node], scope: Scope, taken: frozenset[str], base: int | None = None) -> Notation:
    """Return the notation for a page on which *nodes* are printed."""
    pieces = list(walk(nodes))
    logs = [n.args[1].args[0] for n in pieces if n.op == "*" and n.args[1].op == "log"]
    quotient = any(a.op == "/" for a in logs) or any(n.op == "xlogy" and n.args[1].op == "/" for n in pieces)
    doubled = [n.args[0] for n in pieces if n.op == "def" and n.data[0] == "rel_entr"]
    nested = any(inner.op == "def" and inner.data[0] == "rel_entr" for a in doubled for inner in walk([a]))
    letters = [n for n, (_, values) in scope.items() if values == "set" and n not in ("T", "Omega")]
    sequences = {n.args[0] for n in pieces if n.op == "def" and n.data[0] == "count"}
    other = any((n == "N" and over) or n.startswith("N_") for n, (over, _) in scope.items())
    return Notation(
        scope,
        taken,
        frozenset(letters if len(letters) > 1 else ()),
        xlogy=not logs,
        rel_entr=not quotient and not nested,
        counts=len(sequences) <= 1 and not other,
        base=base,
    )


def plain(abstraction: Node) -> str:
    """Return f for λ i. f(i), else the empty string."""
    body = unwrap(abstraction)
    return str(body.data) if body.op in ("sym", "idx") and body.args == (bound(0),) else ""


def depends(node: Node, k: int) -> bool:
    """Whether the bound variable *k* occurs in *node*."""
    if node.loose <= k:
        return False
    return bool(node.data == k) if node.op == "bound" else any(depends(a, k + (node.op == "lam")) for a in node.args)


def plainly(node: Node) -> bool:
    """Whether the operands of a defined symbol are functions with different names."""
    names = [plain(a) for a in node.args if a.op == "lam"]
    return bool(names) and "" not in names and len(set(names)) == len(names)


def opened(node: Node, scope: Scope) -> tuple[Node, Node]:
    """Return a defined symbol and what it stands for, about the operands of *node* where these are plain names.

    Where one is longer than a name, the definition is about letters that *scope* does not use otherwise.
    """
    name, sets = node.data
    names, _ = DEFINITIONS[name]
    statement = defining_equation(name)[2].conclusion
    over = [n for n in names if names[n] == "set"]
    pairs = list(zip((n for n in names if n not in over), node.args, strict=True))
    by: dict[str, Node | str] = dict(zip(over, sets, strict=True))
    if plainly(node):
        by.update((n, a) for n, a in pairs if a.op == "lam")
        return _sides(substitute(statement, by))
    for formal, actual in pairs:
        if actual.op == "lam" and unwrap(actual).is_number:
            by[formal] = lam((actual.data,), Node("sym", _letter(formal, "pqfgruv", scope, 1), (bound(0),)))
        elif actual.op == "lam":
            by[formal] = lam((actual.data,), Node("idx", _letter(formal, "xyz", scope, 1), (bound(0),)))
        elif actual.is_number:
            by[formal] = Node("sym", _letter(formal, "abxyuvcd", scope, 0))
    return _sides(substitute(statement, by))


def _letter(formal: str, letters: str, scope: Scope, over: int) -> str:
    """Return a letter for the operand *formal* of a definition: one that *scope* does not use for something else."""
    first = letters.index(formal)
    order = (*letters[first], *letters[2 + first % 2 :: 2])
    return next((c for c in order if c not in scope or _fits(scope[c], over)), formal)


def _fits(signature: Signature, over: int) -> bool:
    return len(signature[0]) == over and signature[1] != "set" and (over > 0 or signature[1] == "number")


def _sides(statement: Node) -> tuple[Node, Node]:
    return statement.args[0], statement.args[1]
