"""Theorem → evidence: numbers try to refute what the kernel has accepted.

:func:`verify` looks at a theorem and at every line of its proof at exact points that satisfy the hypotheses, and stores
one of them. It never proves anything: its best verdict is *supported*. :func:`refute` looks for a counterexample to any
sequent.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence as Many
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, final

from ..kernel import CheckedTheorem
from ..kernel.certificate import parse
from ..kernel.statements import Sequent, forall, implies
from ..kernel.syntax import Scope, read_scope
from ..kernel.terms import REAL, Node
from ..language.printer import text
from ..language.rewriting import on_domain
from .choices import is_general
from .evaluate import Reading, Truth, Undecided, Undefined
from .integrals import Known, is_analytic
from .point import Point, Rest, Sequence
from .quadrature import Unsettled
from .sampling import Draw, draw, restrict
from .sampling import points as points_of
from .values import Work, need_effort
from .verdicts import Verdict

if TYPE_CHECKING:
    import mpmath

__all__ = ["Evidence", "LineEvidence", "examine", "refute", "verify"]

LINE_POINTS, GENTLE_LINE_POINTS = 6, 3
"""At how many points a line that is not shown is looked at; at fewer where there are integrals, which cost more."""
WORK, WORK_DIGITS = 600_000, 50
"""Steps of one verification at effort 1, more than twice what any shipped theorem takes; and the digits up to which
there are so many. More digits take more steps, and get as many more."""
_INTEGRATING = 8
"""So many times the steps for what speaks of integrals: each takes some hundred values of its integrand."""
CHOICES, FEWEST_CHOICES = 12, 8
"""At how many choices of domains and functions a statement about any is looked at, and how few are enough where there
seem to be no more."""
_AT_A_LINE = 4
"""Points at which an integral that a proof shows on its way is looked at: the statement is looked at everywhere, and an
integral that is cited has been."""

_REPLACED = 6
"""Points that are drawn in place of one at which an integral does not settle."""
_SAMPLED = "a hypothesis about every number was looked at for some numbers only"
_UNSETTLED = "; at others an integral does not settle"
EQUALITY_POINTS = 8
"""How many points are constructed at which the left side of an equivalence holds."""


@final
@dataclass(frozen=True, slots=True)
class LineEvidence:
    """The numerical evidence for one sequent.

    Parameters
    ----------
    line : int
        The number of the certificate line, -1 for the statement of the theorem.
    shown : bool
        Whether the reader sees the line.
    verdict : Verdict
    points : int
        At how many points it was looked at and has a value.
    undefined : int
        At how many others it has none.
    reason : str
        Why it is not supported, or the empty string.
    counterexample : Point or None
        Where it is false, or, where the verdict is *undefined*, has no value.
    unsettled : int
        At how many further points an integral in it could not be computed.
    """

    line: int
    shown: bool
    verdict: Verdict
    points: int
    undefined: int
    reason: str
    counterexample: Point | None
    unsettled: int = 0


@final
@dataclass(frozen=True, slots=True)
class Evidence:
    """The numerical evidence for a theorem.

    Parameters
    ----------
    name : str
        Of the theorem.
    verdict : Verdict
        *Supported*, *refuted* or *unknown*.
    reason : str
        Why it is not supported, or the empty string.
    digits : int
        Of the computation.
    points : int
        At how many different points of Γ the statement was looked at.
    constructed : int
        At how many points the left side of an equivalence was made to hold; 0 if the statement is none.
    control : tuple of int
        For limits: at how many points, and of how many, the statement fails when every sequence is given a limit
        that is larger by 1/10.
    errors : tuple of mpmath.mpf
        For limits: how far the sequence is from its limit at the first point, at n = 10, 100, …, 10¹².
    point : Point or None
        The first point: all hypotheses hold there, exactly.
    counterexample : Point or None
        Where the statement or a line is false, or has no value.
    residual : mpmath.mpf
        The largest difference between two sides that should be equal, relative to the larger one, or absolute below 1.
    lines : tuple of LineEvidence
        The proof's different sequents, each at its first line.
    choices : tuple of Point
        All points, where the statement is about any domain or any function of numbers.
    integrating : bool
        Whether integrals were computed; they are compared to 7 digits only.

    Examples
    --------
    >>> from kl_symbolic import library
    >>> found = verify(library.theorem("log_one"))
    >>> found.verdict.value, found.points, str(found.point)
    ('supported', 1, 'the only point: nothing is free')
    """

    name: str
    verdict: Verdict
    reason: str
    digits: int
    points: int
    constructed: int
    control: tuple[int, int]
    errors: tuple[mpmath.mpf, ...]
    point: Point | None
    counterexample: Point | None
    residual: mpmath.mpf
    lines: tuple[LineEvidence, ...]
    choices: tuple[Point, ...] = ()
    integrating: bool = False


def refute(
    hypotheses: Many[Node], conclusion: Node, scope: Scope, count: int = 48, seed: int = 0, digits: int = 50
) -> Point | None:
    """Return a point at which all hypotheses hold and the conclusion does not, if one of *count* is such a point.

    Parameters
    ----------
    hypotheses : sequence of Node
    conclusion : Node
    scope : mapping of str to Signature
        May declare more names than occur.
    count, seed, digits : int

    Examples
    --------
    >>> from kl_symbolic.language.parser import declare, parse
    >>> scope = declare({"x": "number", "y": "number"})
    >>> given = [parse(s, "statement", scope) for s in ("0 < x", "0 < y")]
    >>> print(refute(given, parse("log(x + y) = log(x) + log(y)", "statement", scope), scope))
    x = 7, y = 3
    """
    own = restrict(scope, [*hypotheses, conclusion])
    for gamma in _cases(tuple(hypotheses), conclusion):
        for point in points_of(gamma, conclusion, own, count, seed):
            try:
                if Reading(point, digits).truth(conclusion) is Truth.FALSE:
                    return point
            except (Undefined, Undecided):
                continue  # what has no value is not false
    return None


def examine(
    hypotheses: Many[Node], conclusion: Node, scope: Scope, digits: int = 50, count: int = 32, seed: int = 0
) -> Evidence:
    """Look at a sequent, without a proof, as :func:`verify` looks at the statement of a theorem.

    Parameters
    ----------
    hypotheses : sequence of Node
        Γ.
    conclusion : Node
    scope : Scope
        The declared names.
    digits : int, optional
        Digits of precision.
    count : int, optional
        How many points are wanted.
    seed : int, optional
        Of the pseudo-random choices.
    """
    sequent = Sequent(tuple(hypotheses), conclusion, frozenset())
    return _Search(digits, seed, gentle=any(map(is_analytic, (*hypotheses, conclusion)))).statement(
        "", sequent, restrict(scope, [*hypotheses, conclusion]), count
    )


def verify(theorem: CheckedTheorem, digits: int = 50, points: int = 32, seed: int = 0, effort: int = 1) -> Evidence:
    """Try to refute a theorem and every line of its proof with numbers.

    Parameters
    ----------
    theorem : CheckedTheorem
    digits : int
        Two sides count as equal when they differ by less than 10^-(digits - 10), relative to the larger one, or
        absolutely below 1, and are not known to differ. Where integrals are among them, that is 10^-7.
    points : int
        How many points of Γ are wanted for the statement and for each line that is shown. Of domains and functions of
        numbers, at most twelve choices are looked at.
    seed : int
    effort : int
        The work that is allowed, in multiples of what is enough for every shipped theorem.

    Returns
    -------
    Evidence
        *Refuted* where the statement, or a line under its own hypotheses, is false. *Undefined* where nothing is
        refuted, and a term of the statement or of a shown line has no value at a point of Γ. *Unknown* where no point
        of Γ was found, too few were, a comparison stayed open, or the work that is allowed was not enough; the reason
        says which. A point at which an integral does not settle is replaced by another one.
    """
    need_effort(effort)
    gentle = any(is_analytic(s) for line in theorem.lines for s in (*line.sequent.hypotheses, line.sequent.conclusion))
    search = _Search(digits, seed, effort, gentle)
    gamma, scope = theorem.hypotheses, read_scope(parse(theorem.certificate)["names"])
    result = search.statement(theorem.name, Sequent(gamma, theorem.conclusion, frozenset()), theorem.scope, points)
    looked = min(points, FEWEST_CHOICES) if is_general(theorem.scope) else points
    keys = [(frozenset(line.sequent.hypotheses), line.sequent.conclusion) for line in theorem.lines]
    shown = {keys[number] for number in _steps(theorem.story) if 0 <= number < len(keys)}
    first = {key: number for number, key in reversed(list(enumerate(keys)))}
    lines = tuple(
        search.line(
            number,
            theorem.lines[number].sequent,
            gamma,
            # Where a line says nothing of the names that only the proof has, it is looked at where the statement was.
            theorem.scope if _names(theorem.lines[number].sequent) <= theorem.scope.keys() else scope,
            (min(looked, _AT_A_LINE) if keys[number][1].op == "int" else looked) if keys[number] in shown else 0,
        )
        for number in sorted(first.values())
    )
    return _judged(replace(result, lines=lines, residual=search.residual))


def _names(sequent: Sequent) -> frozenset[str]:
    return sequent.conclusion.names.union(*(h.names for h in sequent.hypotheses))


def _steps(story: Any) -> Iterator[int]:
    """Yield the lines that a story shows; what is malformed is the renderer's to refuse."""
    for entry in story if isinstance(story, list) else []:
        if isinstance(entry, list) and len(entry) == 3 and entry[0] == "step" and type(entry[1]) is int:
            yield entry[1]


def _judged(evidence: Evidence) -> Evidence:
    """Return the evidence with the verdict that its lines leave."""
    for verdict in (Verdict.REFUTED, Verdict.UNDEFINED):
        if evidence.verdict is verdict:
            return evidence
        for line in evidence.lines:
            if line.verdict is verdict:
                where = f"line {line.line}: {line.reason}"
                return replace(evidence, verdict=verdict, reason=where, counterexample=line.counterexample)
    for line in evidence.lines:
        if evidence.verdict is Verdict.SUPPORTED and line.shown and line.verdict is Verdict.UNKNOWN:
            return replace(evidence, verdict=Verdict.UNKNOWN, reason=f"line {line.line}: {line.reason}")
    return evidence


def _is_sampled(hypothesis: Node) -> bool:
    """Whether a statement is about every number, and no functions are chosen so that it holds."""
    if hypothesis.op != "all" or hypothesis.args[0].data != REAL:
        return any(map(_is_sampled, hypothesis.args))
    return not _has_function(hypothesis) or _on_an_interval(hypothesis)


def _on_an_interval(hypothesis: Node) -> bool:
    """Return whether a statement is about every number of a domain that is written out, and so cannot be chosen."""
    domain = on_domain(hypothesis)
    return domain is not None and domain.op != "dom"


def _has_function(node: Node) -> bool:
    return (node.op == "sym" and any(a.is_number for a in node.args)) or any(map(_has_function, node.args))


def _cases(hypotheses: tuple[Node, ...], conclusion: Node) -> Iterator[tuple[Node, ...]]:
    """Yield Γ, then Γ with the left sides of implications, and with either side of an equivalence."""
    yield hypotheses
    for extra in _premises(conclusion):
        yield (*hypotheses, *(e for e in extra if e not in hypotheses))


def _premises(conclusion: Node) -> list[tuple[Node, ...]]:
    if conclusion.op == "=>":
        left, right = conclusion.args
        return [(left,), *((left, *more) for more in _premises(right))]
    if conclusion.op == "<=>":
        return [(side,) for side in conclusion.args]
    domain = on_domain(conclusion)
    if domain is not None:
        condition, body = conclusion.args[0].args[0].args
        return [tuple(forall(REAL, implies(condition, e)) for e in extra) for extra in _premises(body)]
    if conclusion.op == "all":
        over = conclusion.args[0]
        return [tuple(forall(over.data, e) for e in extra) for extra in _premises(over.args[0])]
    return []


@final
class _Search:
    """One verification: its precision, the points that it has drawn, and what it has read at them."""

    def __init__(self, digits: int, seed: int, effort: int = 1, gentle: bool = False) -> None:
        self.digits, self.seed, self.gentle = digits, seed, gentle
        self.few = GENTLE_LINE_POINTS if gentle else LINE_POINTS
        steps = WORK * _INTEGRATING if gentle else WORK
        self.work = Work(effort * steps * max(digits, WORK_DIGITS) // WORK_DIGITS)
        self.known = Known(self.work)
        self._drawn: dict[tuple[frozenset[Node], tuple[str, ...]], dict[int, Draw]] = {}
        self._readings: dict[Point, Reading] = {}

    @property
    def residual(self) -> Any:
        """The largest difference that counted as none."""
        return max((r.residual for r in self._readings.values()), default=Reading(Point.of()).residual)

    def draw(self, hypotheses: tuple[Node, ...], scope: Scope, count: int) -> Draw:
        """Return points of Γ, the same ones for the same Γ; of more that were drawn before, the first ones."""
        key = (frozenset(hypotheses), tuple(scope))
        drawn = self._drawn.setdefault(key, {})
        more = min((known for known in drawn if known >= count), default=None)
        if more is None:
            drawn[count] = draw(hypotheses, scope, count, self.seed, self.work, self.known if self.gentle else None)
        elif more > count:
            drawn[count] = Draw(drawn[more].points[:count], drawn[more].exhausted)
        return drawn[count]

    def reading(self, point: Point) -> Reading:
        """Return what has been read at a point."""
        if point not in self._readings:
            self._readings[point] = Reading(point, self.digits, self.work, self.known)
        return self._readings[point]

    def look(self, line: int, shown: bool, conclusion: Node, at: Many[Point]) -> LineEvidence:
        """Return what the points say about a conclusion."""
        seen = undefined = unsettled = 0
        reason, hole, open_end = "", None, ""
        for point in at:
            try:
                truth = self.reading(point).truth(conclusion)
            except Undefined as error:
                undefined += 1
                if shown and hole is None:
                    hole, reason = point, f"it has no value: {error}"
                continue
            except Unsettled as error:
                unsettled, open_end = unsettled + 1, str(error)
                continue
            except Undecided as error:
                truth, reason = Truth.UNKNOWN, str(error)
            if truth is Truth.UNKNOWN and not reason:
                # At numbers so large or small that their digits are lost, nothing is seen; elsewhere something may be.
                unsettled, open_end = unsettled + 1, f"{self.digits} digits do not decide it"
                continue
            seen += 1
            if truth is Truth.FALSE:
                return LineEvidence(line, shown, Verdict.REFUTED, seen, undefined, f"false: {text(conclusion)}", point)
        if hole is not None:
            return LineEvidence(line, shown, Verdict.UNDEFINED, seen, undefined, reason, hole)
        if not seen:
            missing = "it has no value where its hypotheses hold" if undefined else "no point of Γ was found"
            reason = reason or open_end or missing
        verdict = Verdict.UNKNOWN if reason else Verdict.SUPPORTED
        return LineEvidence(line, shown, verdict, seen, undefined, reason, None, unsettled)

    def line(self, number: int, sequent: Sequent, gamma: tuple[Node, ...], scope: Scope, points: int) -> LineEvidence:
        """Look at a line: at few points of its own hypotheses, and where it is shown, at *points* ones of Γ as well."""
        found = self.look(number, False, sequent.conclusion, self.draw(sequent.hypotheses, scope, self.few).points)
        both = tuple(dict.fromkeys((*gamma, *sequent.hypotheses)))
        if found.verdict is Verdict.REFUTED and any(map(_is_sampled, sequent.hypotheses)):
            return replace(found, shown=points > 0, verdict=Verdict.UNKNOWN, reason=_SAMPLED, counterexample=None)
        if found.verdict is not Verdict.REFUTED and points:
            found = self.look(number, True, sequent.conclusion, self.draw(both, scope, points).points)
            if found.points or not found.unsettled:
                return found
            return self.look(number, True, sequent.conclusion, self.draw(both, scope, points * _REPLACED).points)
        if not found.points and found.undefined:
            # The line needs more hypotheses than it has to have a value, as reflexivity does: lend it those of Γ.
            found = self.look(number, False, sequent.conclusion, self.draw(both, scope, self.few).points)
        return replace(found, shown=points > 0)

    def statement(self, name: str, sequent: Sequent, scope: Scope, points: int) -> Evidence:
        """Look at a statement, at points constructed for its equality case, and at false limits."""
        gamma, conclusion = sequent.hypotheses, sequent.conclusion
        general = is_general(scope)
        points = min(points, CHOICES) if general else points
        drawn = self.draw(gamma, scope, points)
        unsettled = self.look(-1, True, conclusion, drawn.points).unsettled
        if unsettled:
            # Where an integral does not settle, nothing is seen; so other points take the place of these.
            drawn = self.draw(gamma, scope, points + _REPLACED * unsettled)
        constructed = [self.draw(case, scope, EQUALITY_POINTS) for case in list(_cases(gamma, conclusion))[1:]]
        extra = dict.fromkeys(point for one in constructed for point in one.points)
        at = (*drawn.points, *(p for p in extra if p not in drawn.points))
        found = self.look(-1, True, conclusion, at)
        # The domains of a statement are chosen so that it fulfils what is said of all their numbers.
        if found.verdict is Verdict.REFUTED and any(
            _is_sampled(h) and (on_domain(h) is None or _on_an_interval(h)) for h in gamma
        ):
            found = replace(found, verdict=Verdict.UNKNOWN, reason=_SAMPLED, counterexample=None)
        verdict, reason = found.verdict, found.reason
        tight = self._tight(conclusion, at) if conclusion.op == "<=>" else 0
        control = self._control(gamma, conclusion, drawn.points)
        errors = self._errors(conclusion, drawn.points)
        if verdict is Verdict.SUPPORTED:
            few = tight < EQUALITY_POINTS and not any(one.exhausted and one.points for one in constructed)
            missing = f"only {tight}" if few and conclusion.op == "<=>" else ""
            fewest = min(points, FEWEST_CHOICES) if general else 0
            reason = _shortage(drawn, points, missing, control, errors, found.unsettled, fewest)
            verdict = Verdict.UNKNOWN if reason else verdict
        return Evidence(
            name=name,
            verdict=verdict,
            reason=reason,
            digits=self.digits,
            points=len(at) - found.unsettled,
            constructed=tight,
            control=control,
            errors=errors,
            point=drawn.points[0] if drawn.points else None,
            counterexample=found.counterexample,
            residual=self.residual,
            lines=(),
            choices=at if general else (),
            integrating=self.gentle,
        )

    def _errors(self, conclusion: Node, at: Many[Point]) -> tuple[Any, ...]:
        if conclusion.op != "->" or not at:
            return ()
        try:
            return self.reading(at[0]).errors(conclusion)
        except (Undefined, Undecided):
            return ()

    def _tight(self, conclusion: Node, at: Many[Point]) -> int:
        count = 0
        for point in at:
            try:
                count += self.reading(point).truth(conclusion.args[0]) is Truth.TRUE
            except (Undefined, Undecided):
                continue
        return count

    def _control(self, gamma: tuple[Node, ...], conclusion: Node, at: Many[Point]) -> tuple[int, int]:
        """Give the sequences another limit, so that Γ fails, and count where the conclusion fails with it."""
        if conclusion.op != "->" or not any(_is_limit(h) for h in gamma):
            return (0, 0)
        failed = tried = 0
        for point in at[:EQUALITY_POINTS]:
            tried += 1
            failed += any(self._fails(_shifted(point, by), conclusion) for by in _SHIFTS)
        return failed, tried

    def _fails(self, point: Point, conclusion: Node) -> bool:
        try:
            return Reading(point, self.digits, self.work, self.known).truth(conclusion) is Truth.FALSE
        except (Undefined, Undecided):
            return False


def _is_limit(statement: Node) -> bool:
    while statement.op == "all":
        statement = statement.args[0].args[0]
    return statement.op == "->"


def _shortage(
    drawn: Draw, points: int, tight: str, control: tuple[int, int], errors: tuple[Any, ...], unsettled: int, fewest: int
) -> str:
    """Return what is missing, or the empty string."""
    count = len(drawn.points) - unsettled
    enough = fewest if drawn.exhausted else min(points, FEWEST_CHOICES) if unsettled else points
    if count < enough:
        return f"only {count} points of Γ were found, {points} are wanted" + _UNSETTLED * bool(unsettled)
    if tight:
        return f"{tight} points were found at which the left side holds, {EQUALITY_POINTS} are wanted"
    if errors and errors[-1] and 10 * errors[-1] > errors[0]:
        return "the errors do not shrink from n = 10 to n = 10^12"
    if control[1] and not control[0]:
        return "the statement also holds for sequences with another limit, so they tell nothing"
    return ""


_SHIFTS = (Fraction(1, 10), Fraction(-5))
"""The numbers added to the limits of sequences: one is near, and one is far away on the other side."""


def _shifted(point: Point, by: Fraction) -> Point:
    """Return a point with every chosen sequence at another limit."""

    def shift(entry: Any) -> Any:
        if isinstance(entry, Sequence):
            return Sequence(entry.kind, entry.rate + by, entry.swing)
        if isinstance(entry, Rest):
            return Rest(entry.rate, entry.offset, tuple((c, shift(s)) for c, s in entry.others))
        return entry

    return Point(
        point.sizes,
        point.indices,
        tuple((name, tuple((where, shift(entry)) for where, entry in rows)) for name, rows in point.numbers),
    )
