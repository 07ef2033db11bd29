"""A theorem with the user's numbers: symbolic = substituted = value."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import final

from ..kernel import CheckedTheorem
from ..kernel.syntax import Scope
from ..kernel.terms import Node, num
from ..language.chains import operands, plus, times
from ..language.printer import text
from ..numerics.evaluate import Truth, Undefined, holds
from ..numerics.grounding import Grounding
from ..numerics.point import Entry, Point
from ..numerics.values import Level
from ..render.latex.terms import Latex
from ..render.model.document import Chain
from ..render.model.notation import Formula, agree
from ..render.model.reports import Report, ReportBlock, number_latex, words
from ..render.text.terms import Unicode
from .outcomes import Units, shown
from .reading import BadInput, Distribution

__all__ = ["Outside", "expanded", "substituted"]

_WIDEST = 64
"""The most outcomes whose terms are written out one by one."""


@final
class Outside(BadInput):
    """A theorem assumes what does not hold for the distributions that were given."""


def substituted(
    theorem: CheckedTheorem, p: Distribution, q: Distribution, digits: int = 15, base: int | None = None
) -> Report:
    """Return a report of a theorem's conclusion with the numbers of P and Q.

    Parameters
    ----------
    theorem : CheckedTheorem
        About numbers p1, p2, q1, q2 (two coins), or about p and q over one index set.
    p, q : dict
        The probabilities of each outcome.
    digits : int
        Significant digits of the value.
    base : int, optional
        Of the logarithms; default e.

    Returns
    -------
    Report
        For each side of the conclusion that speaks of P or Q: the symbolic form, the form with the numbers put in,
        and its value.

    Raises
    ------
    Outside
        When it assumes what does not hold here.
    BadInput
        When it is not about two distributions, or speaks of more than them.
    """
    outcomes = list({**p, **q})
    if len(outcomes) > _WIDEST:
        raise BadInput(f"expected at most {_WIDEST} outcomes, got {len(outcomes)}")
    sides = [[values.get(name, Fraction(0)) for name in outcomes] for values in (p, q)]
    point, known = _point(theorem, outcomes, sides)
    checked = [h for h in theorem.hypotheses if h.names <= known]
    for hypothesis in checked:
        try:
            true = holds(hypothesis, point) is Truth.TRUE
        except Undefined:
            true = False
        if not true:
            raise Outside(f"{theorem.name} assumes {text(hypothesis)}, which does not hold for these numbers")
    units = Units(base)
    rows: list[ReportBlock] = []
    facts = {"units": units.name}
    for label, side in _sides(theorem):
        if not side.names & {"p", "q", "p1", "p2", "q1", "q2"}:
            continue
        if not side.names <= known:
            more = ", ".join(sorted(side.names - known))
            raise BadInput(f"{theorem.name} concludes {text(side)}, which speaks of {more} too: give outcomes instead")
        try:
            put = expanded(side, point)
            found = shown(put if base is None else _in_base(put, units), digits)
        except Undefined as error:
            raise BadInput(f"{text(side)} has no value for these numbers: {error}") from None
        facts[label] = found
        rows.append(_chain(theorem, side, put, found, units))
    if not rows:
        raise BadInput(f"the conclusion of {theorem.name} has no value that depends on P and Q")
    blocks = [words(_opening(outcomes, sides)), *rows]
    rest = sorted(frozenset[str]().union(*(h.names for h in theorem.hypotheses if h not in checked)) - known)
    if rest:
        names = ", ".join(rest)
        blocks.append(words(f"The hypotheses about {names} are not about these numbers, and were not looked at."))
    return Report(f"{theorem.name} with these numbers", tuple(blocks), facts)


def _opening(outcomes: Sequence[str], sides: Sequence[Sequence[Fraction]]) -> str:
    shown_sides = (", ".join(f"{n} {v}" for n, v in zip(outcomes, side, strict=True)) for side in sides)
    return "P: {}. Q: {}.".format(*shown_sides)


def _point(
    theorem: CheckedTheorem, outcomes: Sequence[str], sides: Sequence[Sequence[Fraction]]
) -> tuple[Point, frozenset[str]]:
    """Return the point of the user's numbers and the names that it gives values to."""
    scope = theorem.scope
    coins = [n for n in ("p1", "p2", "q1", "q2") if scope.get(n) == ((), "number")]
    families = [n for n in ("p", "q") if len(scope.get(n, ((), ""))[0]) == 1 and scope[n][1] == "number"]
    if coins and not families:
        if len(outcomes) != 2:
            raise BadInput(f"{theorem.name} is about two outcomes, got {len(outcomes)}: {', '.join(outcomes)}")
        values = dict(zip(("p1", "p2", "q1", "q2"), (*sides[0], *sides[1]), strict=True))
        return Point.of(numbers={n: values[n] for n in coins}), frozenset(coins)
    over = {scope[n][0][0] for n in families}
    if len(over) != 1:
        raise BadInput(f"{theorem.name} is not about two distributions p and q over one set")
    (index_set,) = over
    rows: dict[str, dict[tuple[int, ...], int | Entry]] = {
        n: {(k,): v for k, v in enumerate(side)} for n, side in zip(("p", "q"), sides, strict=True)
    }
    point = Point.of(sizes={index_set: len(outcomes)}, numbers={n: rows[n] for n in families})
    return point, frozenset((*families, index_set))


def _sides(theorem: CheckedTheorem) -> list[tuple[str, Node]]:
    op, args = theorem.conclusion.op, theorem.conclusion.args
    if op == "->":
        return [("limit", args[1])]
    if op in ("=", "<=", "<"):
        return [("left", args[0]), ("right", args[1])]
    raise BadInput(f"the conclusion of {theorem.name} is neither a comparison nor a limit: {text(theorem.conclusion)}")


def _in_base(term: Node, units: Units) -> Node:
    """Return a term with every logarithm to the base of the units."""
    if term.op == "log":
        return units.of(term)
    args = tuple(_in_base(a, units) for a in term.args)
    return term if args == term.args else Node(term.op, term.data, args)


def _chain(theorem: CheckedTheorem, side: Node, put: Node, found: str, units: Units) -> Chain:
    (symbolic,) = _both([side], theorem.scope, units)
    numbers = _both(_summands(put), {}, units)
    value = units.value(found) if _has_log(put) else (found, number_latex(found))
    return Chain.of(symbolic, "=", tuple(numbers), "≈" if "." in found else "=", value)


def _both(nodes: list[Node], scope: Scope, units: Units) -> list[tuple[str, str]]:
    """Return terms as plain text and as LaTeX."""
    notation = agree(nodes, scope, frozenset(scope), units.base)
    plain, latex = Unicode(notation), Latex(notation)
    return [(plain.formula(Formula(n)), latex.formula(Formula(n)).text) for n in nodes]


def _summands(term: Node) -> list[Node]:
    return [node for _, node in operands(term, ("+",), None)]


def _has_log(node: Node) -> bool:
    return node.op in ("log", "xlogy") or any(map(_has_log, node.args))


# --- putting the numbers in ------------------------------------------------------------------------------------------


def expanded(node: Node, point: Point) -> Node:
    """Return a closed term with every symbol replaced by its number, and every sum written out.

    Defined symbols are opened; ``rel_entr(a, b)`` becomes ``a*log(a/b)``, and 0 where a is 0, as the definition says.

    Parameters
    ----------
    node : Node
    point : Point

    Examples
    --------
    >>> from kl_symbolic.language.parser import declare, parse
    >>> scope = declare({"X": "set", "p": "X -> number"})
    >>> point = Point.of(sizes={"X": 2}, numbers={"p": {(0,): Fraction(1, 4), (1,): Fraction(3, 4)}})
    >>> text(expanded(parse("entropy(p)", "number", scope), point))
    '-(1/4*log(1/4) + 3/4*log(3/4))'
    """
    # No value is computed, so that any precision serves.
    return _Textbook(Level(point, 0)).of(node)


@final
class _Textbook(Grounding):
    """Terms as they are written by hand: no summands that are 0, and a·log(a/b) for the summand of a divergence."""

    kept = frozenset({"rel_entr"})

    def function(self, node: Node) -> Node:
        args = node.args
        if node.op not in ("def", "xlogy"):
            return node
        if args[0] == num(0):
            return num(0)
        return args[0] * Node("log", None, (args[0] / args[1] if node.op == "def" else args[1],))

    def total(self, op: str, parts: Sequence[Node]) -> Node:
        if op == "prod":
            return times(parts)
        return plus([part for part in parts if part != num(0)])
