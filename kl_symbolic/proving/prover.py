"""``prove``: a fixed written list of tactics → a theorem, an exact counterexample, or unknown.

Only what the kernel accepts counts as proved: the search writes a certificate, and ``check`` replays it. A claim is
refuted by an exact point at which every hypothesis holds and the claim does not. Anything else is unknown, with what
was tried and what might help.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, NoReturn, final

from .. import library
from ..kernel import CheckedTheorem, Refused
from ..kernel.errors import KLError
from ..kernel.statements import lt
from ..kernel.terms import Node
from ..language.errors import InvalidType
from ..language.printer import explain, statement, text
from ..numerics.counterexamples import Found, look, shown, sides, value
from ..numerics.point import Point
from ..numerics.values import Work, need_effort
from ..numerics.verdicts import Verdict
from .builder import Proof
from .claims import Claim, Statement, read_claim
from .search.lemmas import Lemma, lemma
from .search.state import FULL, SHORT, Search
from .search.table import TACTICS

if TYPE_CHECKING:
    import mpmath

__all__ = [
    "TACTICS", "Answer", "Counterexample", "NotProved", "Unknown", "assert_proved", "contradictory",
    "prove", "verdict",
]  # fmt: skip

NAME = "claim"
"""The name of the theorems that are found."""
_FIRST = 60
"""How many simple points are tried before a proof is searched at length."""
_DRAWN = 12
"""How many points of the hypotheses are asked for before they are suspected: one is enough."""
PROOF_WORK, POINT_WORK = 1_000_000, 400_000
"""The work of one search at effort 1, about twice what any claim takes that is known to be decided: for lines of
proofs, in the units in which the kernel counts that of a certificate, twice of which are allowed; and for points, in
subterms whose values are computed."""
CONTRADICTORY = "its hypotheses contradict each other: they imply 0 < 0, and with it every claim"
"""The words for a theorem whose hypotheses hold nowhere."""


@final
@dataclass(frozen=True, slots=True)
class Counterexample:
    """An exact point at which every hypothesis holds and the claim does not.

    Parameters
    ----------
    claim : Node
        What was claimed.
    hypotheses : tuple of Node
        The hypotheses of the claim.
    assumed : tuple of Node
        The left sides of implications in the claim; they hold at the point, too.
    point : Point
        The values of all names; it also says for which index a claim about all of them fails.
    part : Node
        The comparison that is false there, or the claim that an integral has a value.
    left, right : Fraction, mpmath.mpf or None
        The values of its two sides: exact where they are rational, else 50 digits; None where 200 digits are all 0
        and an exact argument is missing.

    Examples
    --------
    >>> found = prove("x^2 <= x", given=["0 < x"])
    >>> str(found.point), found.left, found.right
    ('x = 2', Fraction(4, 1), Fraction(2, 1))
    """

    claim: Node
    hypotheses: tuple[Node, ...]
    assumed: tuple[Node, ...]
    point: Point
    part: Node
    left: Fraction | mpmath.mpf | None
    right: Fraction | mpmath.mpf | None

    @property
    def verdict(self) -> Verdict:
        """``Verdict.REFUTED``."""
        return Verdict.REFUTED

    def __bool__(self) -> NoReturn:
        raise InvalidType(f"a counterexample is not a truth value: match on its type, or call assert_proved\n{self}")

    def __str__(self) -> str:
        compared = sides(self.part)
        width = max(map(len, compared))
        values = map("  {} {}".format, (s.ljust(width) for s in compared), map(shown, (self.left, self.right)))
        given = _given((*self.hypotheses, *self.assumed))
        return "\n".join([f"false: {text(self.claim)}{given}", f"  at {self.point}", *values])


@final
@dataclass(frozen=True, slots=True)
class Unknown:
    """The answer where neither a proof nor a counterexample was found.

    Parameters
    ----------
    claim : Node
        What was claimed.
    hypotheses : tuple of Node
        The hypotheses of the claim.
    tried : tuple of str
        The tactics, in their order.
    hint : str
        The nearest rule or lemma and what it would need, or the empty string.
    points : int
        At how many exact points of the hypotheses the claim was found to hold, as far as 50 digits tell.
    undefined : int
        At how many others a term of it has no value.
    doubt : str
        Where it looks false although that is not an exact refutation, for limits and for hypotheses about every n.
    spent : bool
        Whether it was the budget that ended the search: a larger effort may find more.

    Examples
    --------
    >>> from kl_symbolic.kernel.statements import eq
    >>> print(Unknown(eq(1, 1), (), ("arithmetic",), "", 0, 0))
    unknown: 1 = 1
      no point of the hypotheses was found
      tried: arithmetic
    """

    claim: Node
    hypotheses: tuple[Node, ...]
    tried: tuple[str, ...]
    hint: str
    points: int
    undefined: int
    doubt: str = ""
    spent: bool = False

    @property
    def verdict(self) -> Verdict:
        """``Verdict.UNKNOWN``."""
        return Verdict.UNKNOWN

    def __bool__(self) -> NoReturn:
        raise InvalidType(f"Unknown is not a truth value: match on its type, or call assert_proved\n{self}")

    @property
    def numbers(self) -> str:
        """The numerical evidence, in words."""
        if self.doubt:
            return self.doubt
        how = "numerically equal" if self.claim.op == "=" else "numerically true"
        if self.points:
            others = f"; it has no value at {self.undefined} more" if self.undefined else ""
            return f"{how} at {self.points} point{'s' * (self.points > 1)}, but not proved{others}"
        return "it has no value where its hypotheses hold" if self.undefined else "no point of the hypotheses was found"

    def __str__(self) -> str:
        rows = [f"unknown: {text(self.claim)}{_given(self.hypotheses)}", f"  {self.numbers}"]
        rows.append(f"  tried: {', '.join(self.tried)}")
        if self.spent:
            rows.append("  the search ended because its budget was spent; a larger effort looks further")
        return "\n".join([*rows, *([f"  hint: {self.hint}"] if self.hint else [])])


Answer = CheckedTheorem | Counterexample | Unknown


@final
class NotProved(KLError, AssertionError):
    """A claim that ``assert_proved`` does not accept; an ``AssertionError``, so that pytest shows a failed test.

    Parameters
    ----------
    answer : Counterexample, Unknown or CheckedTheorem
        What was found instead of a proof; the theorem, where its hypotheses contradict each other.
    """

    def __init__(self, answer: Answer) -> None:
        if isinstance(answer, CheckedTheorem):
            shown = f"{statement(answer)}\n  is proved, but {CONTRADICTORY}\n  allow_contradiction=True accepts it"
        else:
            shown = str(answer)
        super().__init__(shown)
        self.answer = answer


def verdict(answer: Answer) -> Verdict:
    """Return which of the three an answer is.

    Parameters
    ----------
    answer : CheckedTheorem, Counterexample or Unknown
        What :func:`prove` returned.

    Raises
    ------
    InvalidType
        When it is none of them.
    """
    if isinstance(answer, CheckedTheorem):
        return Verdict.PROVED
    if isinstance(answer, Counterexample | Unknown):
        return answer.verdict
    raise InvalidType(f"expected what prove returned, got {type(answer).__name__}")


def _given(hypotheses: tuple[Node, ...]) -> str:
    return f"\n  given {', '.join(map(text, hypotheses))}" if hypotheses else ""


def prove(
    claim: Statement,
    given: Sequence[Statement] = (),
    names: Mapping[str, str] | None = None,
    effort: int = 1,
    using: Sequence[str] = (),
) -> Answer:
    """Prove a claim, or refute it, or say that neither was found.

    Parameters
    ----------
    claim : str, Node or SymPy statement
        Text in the statement language, a kernel statement, or a SymPy relation, implication or ``ForAll``; what is
        assumed of SymPy symbols (``positive=True``) becomes hypotheses.
    given : sequence of the same
        The hypotheses.
    names : mapping of str to str, optional
        Signatures of the names in text, such as ``{"X": "set", "p": "X -> number"}``. Without it they are inferred
        where they are obvious: ``x`` is a number, ``p[i]`` under ``i in X`` is a family.
    effort : int, optional
        The work that is allowed, in multiples of what is enough for every claim of the tests. It is counted in steps
        and never in seconds, so that equal claims get equal answers.
    using : sequence of str, optional
        Names of shipped theorems that are looked at first, and in more ways than others.

    Returns
    -------
    CheckedTheorem, Counterexample or Unknown
        The first is what the kernel returned for the certificate that was found. None of the three is a truth value.

    Raises
    ------
    Refused
        When the claim or a hypothesis cannot be read.
    InvalidValue
        When the effort is not an integer of at least 1.
    InvalidType
        When *using* is not a sequence of names.
    NoSuchTheorem
        When no shipped theorem has one of these names.

    Examples
    --------
    >>> from kl_symbolic.language.printer import statement
    >>> statement(prove("log(x/y) <= x/y - 1", given=["0 < x", "0 < y"]))
    '0 < x, 0 < y ⊢ log(x/y) <= x/y - 1'
    >>> print(prove("log(x + y) = log(x) + log(y)", given=["0 < x", "0 < y"]))
    false: log(x + y) = log(x) + log(y)
      given 0 < x, 0 < y
      at x = 1, y = 1
      log(x + y)      ≈ 0.693147180559945
      log(x) + log(y) = 0
    """
    need_effort(effort)
    read = read_claim(claim, given, names)
    search, work = _Search(read, effort, _named(using)), Work(effort * POINT_WORK)
    theorem = search.find(SHORT)
    if theorem is not None:
        return theorem
    simple = look(read.hypotheses, read.statement, read.scope, drawn=0, simple=_FIRST, work=work)
    counterexample = _refuted(read, simple)
    if counterexample is not None:
        return counterexample
    theorem = search.find(FULL)
    if theorem is not None:
        return theorem
    found = look(read.hypotheses, read.statement, read.scope, work=work, joint=False)
    counterexample = _refuted(read, found)
    return counterexample if counterexample is not None else _unknown(read, found, search, work)


def _named(using: Sequence[str]) -> tuple[Lemma, ...]:
    """Return the shipped theorems with some names, each once."""
    if isinstance(using, str) or not all(isinstance(name, str) for name in using):
        raise InvalidType(f"expected a list of names of theorems, got {using!r}")
    return tuple(map(lemma, dict.fromkeys(map(library.find, using))))


def contradictory(theorem: CheckedTheorem, effort: int = 1) -> bool:
    """Whether the hypotheses of a theorem are known to contradict each other.

    Known means proved: no point of the hypotheses was found, and the kernel accepts a proof of 0 < 0 from them.

    Parameters
    ----------
    theorem : CheckedTheorem
        One that :func:`prove` returned.
    effort : int, optional
        As in :func:`prove`.

    Examples
    --------
    >>> theorem = prove("x = 17", given=["x < 0", "0 < x"])
    >>> contradictory(theorem)
    True
    """
    if not theorem.hypotheses:
        return False
    absurd = lt(0, 0)
    work = Work(effort * POINT_WORK)
    found = look(theorem.hypotheses, absurd, theorem.scope, drawn=_DRAWN, simple=_FIRST, work=work)
    if found.goal is not None or found.doubt:
        return False
    names = {n: f"{', '.join(over)} -> {values}" if over else values for n, (over, values) in theorem.scope.items()}
    return _Search(Claim(names, theorem.hypotheses, absurd), effort).find(FULL) is not None


def assert_proved(
    claim: Statement,
    given: Sequence[Statement] = (),
    names: Mapping[str, str] | None = None,
    allow_contradiction: bool = False,
    effort: int = 1,
    using: Sequence[str] = (),
) -> CheckedTheorem:
    """Return the theorem that a claim is, or raise an error that shows why there is none.

    Parameters
    ----------
    claim, given, names
        As in :func:`prove`.
    allow_contradiction : bool
        Whether hypotheses that contradict each other are accepted.
    effort, using : optional
        As in :func:`prove`.

    Raises
    ------
    NotProved
        An ``AssertionError`` that shows the counterexample, or what was tried, or says that the hypotheses contradict
        each other.
    Refused
        When the claim or a hypothesis cannot be read.

    Examples
    --------
    >>> assert_proved("x <= 1", given=["x < 2"])
    Traceback (most recent call last):
        ...
    kl_symbolic.proving.prover.NotProved: false: x <= 1
      given x < 2
      at x = 3/2
      x = 3/2
      1 = 1
    """
    answer = prove(claim, given, names, effort, using)
    if not isinstance(answer, CheckedTheorem) or (not allow_contradiction and contradictory(answer, effort)):
        raise NotProved(answer)
    return answer


@final
class _Search:
    """A claim, and the proof in which its search appends lines."""

    def __init__(self, claim: Claim, effort: int, using: Sequence[Lemma] = ()) -> None:
        self.claim, self.using = claim, using
        self.left = effort * PROOF_WORK
        self.rejected: Refused | None = None
        self.notes: dict[Node, str] = {}

    def find(self, effort: int) -> CheckedTheorem | None:
        """Return the theorem that the kernel makes of what the search finds, or None."""
        p, line = Proof(NAME, library.theorem, self.left), None
        try:
            p.declare(**self.claim.names)
            for hypothesis in self.claim.hypotheses:
                p.given(hypothesis)
            search = Search(p, TACTICS, self.using)
            line = search.solve(self.claim.statement, (), effort)
            self.notes = search.notes
        except Refused:
            # Even the hypotheses are lines, and an earlier search may have spent what they need.
            if p.left >= 0:
                raise
        finally:
            self.left = p.left
        if line is None:
            return None
        try:
            needed = {*p.needed(line)} - {line.number}
            steps = [["step", fact.number, reason] for fact, reason in search.steps if fact.number in needed]
            theorem = library.check_text(p.certificate(line, [*steps, ["step", line.number, search.by]]))
        except Refused as refusal:
            self.rejected = refusal
            return None
        return theorem if self._is_claimed(theorem) else None

    def _is_claimed(self, theorem: CheckedTheorem) -> bool:
        """Whether a theorem says what was claimed, under just the hypotheses that were given."""
        return theorem.conclusion == self.claim.statement and theorem.hypotheses == self.claim.hypotheses


def _refuted(claim: Claim, found: Found) -> Counterexample | None:
    if found.goal is None or found.point is None:
        return None
    part, point = found.goal.part, found.point
    extra = tuple(h for h in found.goal.hypotheses if h not in claim.hypotheses)
    both = (value(part, k, point) for k in (0, 1))
    return Counterexample(claim.statement, claim.hypotheses, extra, point, part, *both)


def _unknown(claim: Claim, found: Found, search: _Search, work: Work) -> Unknown:
    from .hints import hint

    tried = [name for name, _, _ in TACTICS]
    if search.rejected is not None:
        tried.append(f"a proof was found but the kernel refuses it: {explain(search.rejected)}")
    goal = claim.statement
    while goal.op == "=>":
        goal = goal.args[1]
    advice = search.notes.get(goal) or hint(claim.statement, claim.hypotheses, claim.scope)
    return Unknown(
        claim.statement,
        claim.hypotheses,
        tuple(tried),
        advice,
        found.points,
        found.undefined,
        found.doubt,
        search.left < 0 or work.left < 0,
    )
