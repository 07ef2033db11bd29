"""``prove``: a fixed written list of tactics → a theorem, an exact counterexample, or unknown.

Only what the kernel accepts counts as proved: the search writes a certificate, and ``check`` replays it. A claim is
refuted by an exact point at which every hypothesis holds and the claim does not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .. import library
from ..kernel import Refused, Theorem
from ..proof import Proof
from .claims import Claim, Statement, read_claim
from .points import MAX_POINTS, Found, look, value
from .search import TACTICS, Search
from .verdicts import Answer, Counterexample, NotProved, Unknown, Verdict, verdict

__all__ = [
    "Answer", "Counterexample", "NotProved", "TACTICS", "Unknown", "Verdict", "assert_proved", "infer_names", "prove",
    "verdict",
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
    found = _theorem(read)
    return found if found is not None else _other(read)
