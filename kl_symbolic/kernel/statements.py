"""Statements and sequents: how they are built and taken apart."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from .errors import need
from .terms import NAT, RELATIONS, Node, lam, num


def _relation(op: str) -> Callable[[object, object], Node]:
    return lambda left, right: Node(op, None, (num(left), num(right)))


eq, le, lt, ne = map(_relation, RELATIONS)
"""Build the statements left = right, left ≤ right, left < right and left ≠ right."""


def to(body: Node, limit: object) -> Node:
    """Return aₙ → limit, where *body* is aₙ with n the bound variable 0."""
    return Node("->", None, (lam((NAT,), body), num(limit)))


def _connective(op: str) -> Callable[[Node, Node], Node]:
    return lambda left, right: Node(op, None, (left, right))


implies, iff = map(_connective, ("=>", "<=>"))
"""Build the statements left ⇒ right and left ⇔ right."""


def forall(index_set: str, body: Node) -> Node:
    """Return ∀ i ∈ index_set. body, with i the bound variable 0."""
    return Node("all", None, (lam((index_set,), body),))


class Sequent(NamedTuple):
    """Γ ⊢ φ, in the scope of some free index names and functions.

    Attributes
    ----------
    hypotheses : tuple of Node
        Γ without repetition, in order of first use.
    conclusion : Node
        φ.
    points : frozenset of str
        The index names and index functions that the proof has used so far. An index set may be empty, and then
        there is no such point: so a theorem must still mention every one of them, or have closed it by ``gen``.
    """

    hypotheses: tuple[Node, ...]
    conclusion: Node
    points: frozenset[str]


def derive(conclusion: Node, *premises: Sequent, drop: Iterable[Node] = (), add: Iterable[Node] = ()) -> Sequent:
    """Return the sequent of *conclusion* under the hypotheses of all premises, less *drop*, plus *add*."""
    hypotheses = dict.fromkeys((*(h for p in premises for h in p.hypotheses if h not in drop), *add))
    points = conclusion.points.union(*(p.points for p in premises), *(h.points for h in add))
    return Sequent(tuple(hypotheses), conclusion, points)


def expect(premise: Sequent, statement: Node) -> None:
    """Refuse a premise that does not conclude exactly *statement*."""
    need(premise.conclusion == statement, "wrong premise", expected=statement, got=premise.conclusion)


def sides(statement: Node, op: str, what: str = "a premise") -> tuple[Node, Node]:
    """Return both sides of a statement whose operator must be *op*."""
    need(statement.op == op, f"expected {what} of the form a {op} b", got=statement)
    return statement.args[0], statement.args[1]


def body_over(statement: Node, *sets: str) -> Node:
    """Return the abstraction of a statement ``∀ i ∈ X. …``, where X must be one of *sets* if any are given."""
    found = statement.args[0].data if statement.op == "all" else ""
    fits = bool(found) and (not sets or found in sets)
    need(fits, f"expected a premise forall i in {'/'.join(sets) or 'X'}: ...", got=statement)
    return statement.args[0]
