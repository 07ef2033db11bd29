"""``prove``: a fixed written list of tactics → a theorem, an exact counterexample, or unknown.

Only what the kernel accepts counts as proved: the search writes a certificate, and ``check`` replays it. A claim is
refuted by an exact point at which every hypothesis holds and the claim does not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import final

from .. import library
from ..kernel import Refused, Theorem
from ..proof import Proof
from ..text import explain
from .claims import Claim, Statement, read_claim
from .points import Found, look, value
from .search import FULL, SHORT, TACTICS, Search
from .verdicts import Answer, Counterexample, NotProved, Unknown, Verdict, verdict

__all__ = [
    "TACTICS", "Answer", "Counterexample", "NotProved", "Unknown", "Verdict", "assert_proved", "prove", "verdict",
]  # fmt: skip

NAME = "claim"
"""The name of the theorems that are found."""
_FIRST = 60
"""How many simple points are tried before a proof is searched at length."""


def prove(claim: Statement, given: Sequence[Statement] = (), names: Mapping[str, str] | None = None) -> Answer:
    """Prove a claim, or refute it, or say that neither was found.

    Parameters
    ----------
    claim : str, Node or SymPy statement
        Text in the little language, a kernel statement, or a SymPy relation, implication or ``ForAll``; what is
        assumed of SymPy symbols (``positive=True``) becomes hypotheses.
    given : sequence of the same
        The hypotheses.
    names : mapping of str to str, optional
        Signatures of the names in text, such as ``{"X": "set", "p": "X -> number"}``. Without it they are inferred
        where they are obvious: ``x`` is a number, ``p[i]`` under ``i in X`` is a family.

    Returns
    -------
    Theorem, Counterexample or Unknown
        The first is what the kernel returned for the certificate that was found. None of the three is a truth value.

    Raises
    ------
    Refused
        When the claim or a hypothesis cannot be read.

    Examples
    --------
    >>> from kl_symbolic.text import statement
    >>> statement(prove("log(x/y) <= x/y - 1", given=["0 < x", "0 < y"]))
    '0 < x, 0 < y ⊢ log(x/y) <= x/y - 1'
    >>> print(prove("log(x + y) = log(x) + log(y)", given=["0 < x", "0 < y"]))
    false: log(x + y) = log(x) + log(y)
      given 0 < x, 0 < y
      at x = 1, y = 1
      log(x + y)      ≈ 0.693147180559945
      log(x) + log(y) = 0
    """
    read = read_claim(claim, given, names)
    search = _Search(read)
    theorem = search.find(SHORT)
    if theorem is not None:
        return theorem
    counterexample = _refuted(read, look(read.hypotheses, read.statement, read.scope, drawn=0, simple=_FIRST))
    if counterexample is not None:
        return counterexample
    theorem = search.find(FULL)
    if theorem is not None:
        return theorem
    found = look(read.hypotheses, read.statement, read.scope)
    counterexample = _refuted(read, found)
    return counterexample if counterexample is not None else _unknown(read, found, search)


def assert_proved(claim: Statement, given: Sequence[Statement] = (), names: Mapping[str, str] | None = None) -> Theorem:
    """Return the theorem that a claim is; the parameters are those of :func:`prove`.

    Raises
    ------
    NotProved
        An ``AssertionError`` that shows the counterexample, or what was tried.
    Refused
        When the claim or a hypothesis cannot be read.

    Examples
    --------
    >>> assert_proved("x <= 1", given=["x < 2"])
    Traceback (most recent call last):
        ...
    kl_symbolic.prove.verdicts.NotProved: false: x <= 1
      given x < 2
      at x = 3/2
      x = 3/2
      1 = 1
    """
    answer = prove(claim, given, names)
    if not isinstance(answer, Theorem):
        raise NotProved(answer)
    return answer


@final
class _Search:
    """A claim, and the proof in which its search appends lines."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        self.rejected: Refused | None = None

    def find(self, effort: int) -> Theorem | None:
        """Return the theorem that the kernel makes of what the search finds, or None."""
        p = Proof(NAME, library.theorem)
        p.declare(**self.claim.names)
        for hypothesis in self.claim.hypotheses:
            p.given(hypothesis)
        search = Search(p)
        line = search.solve(self.claim.statement, (), effort)
        if line is None:
            return None
        try:
            return library.check_text(p.certificate(line, [["step", line.number, search.by]]))
        except Refused as refusal:
            self.rejected = refusal
            return None


def _refuted(claim: Claim, found: Found) -> Counterexample | None:
    if found.goal is None or found.point is None:
        return None
    part, point = found.goal.part, found.point
    extra = tuple(h for h in found.goal.hypotheses if h not in claim.hypotheses)
    sides = (value(part, k, point) for k in (0, 1))
    return Counterexample(claim.statement, claim.hypotheses, extra, point, part, *sides)


def _unknown(claim: Claim, found: Found, search: _Search) -> Unknown:
    from ..advice import hint

    tried = [name for name, _, _ in TACTICS]
    if search.rejected is not None:
        tried.append(f"a proof was found but the kernel refuses it: {explain(search.rejected)}")
    advice = hint(claim.statement, claim.hypotheses, claim.scope)
    return Unknown(claim.statement, claim.hypotheses, tuple(tried), advice, found.points, found.undefined, found.doubt)
