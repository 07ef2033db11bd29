"""The notation of one page: the pieces of prose and displays, and how ambiguous symbols are shown.

Every format prints the same pieces. Nothing here is text of a format: names are still names, formulas are kernel terms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import final

from ...kernel.syntax import Scope
from ...kernel.terms import NAT, REAL, Node
from ...language.printer import bound_name, customary
from .renaming import Renaming
from .symbols import variables

__all__ = [
    "Code",
    "Formula",
    "Inline",
    "Names",
    "Notation",
    "Over",
    "Paragraph",
    "Range",
    "TheoremName",
    "Value",
    "agree",
    "walk",
]


@final
@dataclass(frozen=True, slots=True)
class Formula:
    """A term or statement, or relations read on from it: ``a = b <= c``, ``0 < p, q``.

    Parameters
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
    """Text between backticks that is not a formula.

    Parameters
    ----------
    text : str
    """

    text: str


@final
@dataclass(frozen=True, slots=True)
class Names:
    """Declared names with one signature: p, q : X → ℝ; only the names where *over* is empty.

    Parameters
    ----------
    names : tuple of str
    over : tuple of str
        The index sets of the arguments.
    values : str
        What it has values in.
    """

    names: tuple[str, ...]
    over: tuple[str, ...] = ()
    values: str = "number"


@final
@dataclass(frozen=True, slots=True)
class Range:
    """Variables and their set: i, j ∈ X; x ∈ D; n ≥ 1 for positive n ∈ ℕ; n → ∞ in a limit.

    Parameters
    ----------
    names : tuple of str
    over : str or Formula
        The name of a set, ``number`` for the real numbers, or a domain of integration.
    how : str
        ``in`` a set, ``positive``, or to ``infinity``.
    """

    names: tuple[str, ...]
    over: str | Formula
    how: str = "in"


@final
@dataclass(frozen=True, slots=True)
class Value:
    """A declared name or a formula with its value: p = (1/3, 2/3), D(p‖q) ≈ 0.0872.

    Parameters
    ----------
    of : str or Formula
    relation : str
        ``=``, ``≈``, or nothing where only the value is shown.
    latex, plain : str
        The value in LaTeX and as text.
    """

    of: str | Formula
    relation: str
    latex: str
    plain: str


@final
@dataclass(frozen=True, slots=True)
class TheoremName:
    """The name of a theorem; *linked* where it has a page beside this one.

    Parameters
    ----------
    name : str
    linked : bool
        Whether it has a page beside this one.
    """

    name: str
    linked: bool = False


Over = str | Node
"""The range of a variable: the name of a set, ``Nat`` or ``number``, or a domain of integration."""
Inline = str | Formula | Code | Names | Range | Value | TheoremName
Paragraph = tuple[Inline, ...]


@final
@dataclass(frozen=True, slots=True)
class Notation:
    """How the symbols of one page are shown.

    Parameters
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
    joints : tuple of str
        The joint distributions whose variables are named by their sets, as in H(X | Y). If there are several, the
        symbol says which one is meant: H_r(X | Y).
    base : int or None
        The base of the logarithm, None for the natural one.
    renaming : Renaming or None
        Other symbols for some of the names, in LaTeX.
    ordered : frozenset of (Node, Node)
        Numbers a and b of which a hypothesis says that a < b, so that the integral over (a, b) may be printed with
        limits: from b to a, it would be read as the negative, and as a statement it is about the empty set.
    """

    scope: Scope = field(default_factory=dict)
    taken: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    xlogy: bool = True
    rel_entr: bool = True
    counts: bool = True
    joints: tuple[str, ...] = ()
    base: int | None = None
    renaming: Renaming | None = None
    ordered: frozenset[tuple[Node, Node]] = frozenset()

    def letter(self, index_set: Over, taken: Iterable[str]) -> str:
        """Return a name for a variable bound over *index_set*.

        Parameters
        ----------
        index_set : str or Node
        taken : iterable of str
            Names that no bound variable may have.
        """
        used = self.taken.union(taken)
        index_set = customary(index_set) if isinstance(index_set, Node) else index_set
        name = bound_name(index_set, used)
        if name[-1:].isdigit() and index_set not in ("T", "Omega", NAT, REAL):
            return next((c for c in _MORE_LETTERS if c not in used and c not in self.scope), name)
        return name

    def in_order(self, low: Node, high: Node) -> bool:
        """Whether low < high is known: of two literals, and of what a hypothesis says.

        Parameters
        ----------
        low, high : Node
        """
        if low.op == high.op == "num":
            return bool(low.data < high.data)
        return (low, high) in self.ordered

    @property
    def psi(self) -> bool:
        """Whether the letter ψ is free for the digamma function."""
        return "psi" not in self.scope and "Omega" not in self.scope


_MORE_LETTERS = ("l", "m", "o")
"""For sums inside sums inside sums, where the customary letters are all in use."""


def walk(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield every node in *nodes*, outer ones first and equal ones once, in the order of reading.

    Parameters
    ----------
    nodes : iterable of Node
    """
    seen: set[Node] = set()
    waiting = list(nodes)[::-1]
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            yield node
            waiting.extend(reversed(node.args))


_BY_XLOGY = frozenset(("entropy", "cross_entropy", "joint_entropy"))
"""Symbols whose definition, which the page repeats, has an xlogy in it."""


def _look(node: Node) -> Node:
    """Return a term with all indices made one: what differs in indices only may be printed alike."""
    if node.op in ("bound", "idx", "#"):
        return Node("idx", "i")
    return Node(node.op, node.data, tuple(map(_look, node.args)))


def agree(nodes: Iterable[Node], scope: Scope, taken: frozenset[str], base: int | None = None) -> Notation:
    """Return the notation for a page on which *nodes* are printed.

    Parameters
    ----------
    nodes : iterable of Node
        The terms and statements on the page.
    scope : Scope
        The declared names.
    taken : frozenset of str
        The names of the statement.
    base : int, optional
        The base of the logarithms; None for the natural one.
    """
    pieces = list(walk(nodes))
    logs = [n.args[1].args[0] for n in pieces if n.op == "*" and n.args[1].op == "log"]
    quotient = any(a.op == "/" for a in logs) or any(n.op == "xlogy" and n.args[1].op == "/" for n in pieces)
    doubled = [n.args[0] for n in pieces if n.op == "def" and n.data[0] == "rel_entr"]
    nested = any(inner.op == "def" and inner.data[0] == "rel_entr" for a in doubled for inner in walk([a]))
    letters = [n for n, (_, values) in scope.items() if values == "set" and n not in ("T", "Omega")]
    terms = {_look(n.args[1]) for n in pieces if n.op == "xlogy"}
    defined = any(n.op == "def" and n.data[0] in _BY_XLOGY for n in pieces)
    alike = bool(logs) and (quotient or nested or defined or any(_look(a) in terms for a in logs))
    sequences = {n.args[0] for n in pieces if n.op == "def" and n.data[0] == "count"}
    other = any((n == "N" and over) or n.startswith("N_") for n, (over, _) in scope.items())
    joints = [found.joint for n in pieces if n.op == "def" and (found := variables(n, scope))]
    return Notation(
        scope,
        taken,
        frozenset(letters if len(letters) > 1 else ()),
        xlogy=not alike,
        rel_entr=not quotient and not nested,
        counts=len(sequences) <= 1 and not other,
        joints=tuple(dict.fromkeys(joints)),
        base=base,
    )
