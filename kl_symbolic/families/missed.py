"""Proofs that a divergence is infinite because of one outcome: the first distribution has it, the second one does not.

The outcome k is an integer. One theorem says 0 < m for its probability m under the first distribution; where the
outcomes of the second one end before k or begin after it, another one says so. A continuous distribution gives no
outcome a positive probability.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, final

import sympy
from sympy import exp, factorial, log, rf

from .. import library
from ..kernel import CheckedTheorem, Refused
from ..kernel.statements import lt
from ..kernel.terms import REAL, Node, num, substitute
from ..language.parser import parse
from ..proving.builder import Fact
from ..proving.calc import Draft
from ..proving.tactics import prove
from ..sympy_bridge import read_sympy
from .continuous import CONTINUOUS
from .discrete import form_of, zeta_at
from .facts import positive_gammas
from .family import Law, snake
from .forms import DensityForm
from .formula_family import FormulaLaw

__all__ = ["Missed", "mass", "missed_outcome"]

_MASSES: dict[str, Callable[..., Any]] = {
    "Poisson": lambda k, rate: rate**k * exp(-rate) / factorial(k),
    "GeometricFailures": lambda k, p: p * (1 - p) ** k,
    "GeometricTrials": lambda k, p: p * (1 - p) ** (k - 1),
    "NegativeBinomial": lambda k, r, p: rf(r, k) / factorial(k) * p**r * (1 - p) ** k,
    "Logarithmic": lambda k, p: p**k / (k * log(1 / (1 - p))),
    "Zeta": lambda k, s: 1 / (k**s * zeta_at(s)),
}
"""The probability of an outcome, of families with infinitely many of them."""

_SERIES = "int(n in nats: (n + 1)^(-s)) = z"
"""The definition of ζ(s), under the name z."""

_LARGEST = 1000
"""Up to which size outcomes and exponents are: powers of numbers with larger ones are too long to be written out."""

_FARTHEST = 100
"""Up to which distance from the ends outcomes are looked at."""


@final
@dataclass(frozen=True, slots=True)
class Missed:
    """An outcome that the second distribution does not have.

    Parameters
    ----------
    outcome : int
    theorems : tuple of CheckedTheorem
        That its probability under the first one is positive, and on which side of the outcomes of the second one it
        lies.
    """

    outcome: int
    theorems: tuple[CheckedTheorem, ...]


def _form(law: Law | FormulaLaw) -> DensityForm | None:
    """Return the form of a discrete law, if its outcomes begin and end at plain numbers."""
    form = form_of(law)
    if form is None or not form.low.is_Integer:
        return None
    return form if form.high.is_Integer or form.high is sympy.oo else None


def mass(law: Law | FormulaLaw, outcome: int) -> sympy.Expr | None:
    """Return the probability of an outcome; None where it is not known, or too long.

    Parameters
    ----------
    law : Law or FormulaLaw
        A discrete one.
    outcome : int

    Examples
    --------
    >>> from kl_symbolic import families
    >>> mass(families.GeometricTrials(p=sympy.Rational(1, 3)), 2)
    2/9
    """
    form = _form(law)
    if form is None:
        return None
    if not form.low <= outcome <= form.high:
        return sympy.S.Zero
    names = [p.name for p in law.family.parameters]
    exponents = [v for v, name in zip(law.values, names, strict=True) if name in ("r", "s")]
    if form.mass is None and any(v.is_Rational and v > _LARGEST for v in (sympy.Integer(outcome), *exponents)):
        return None
    found: sympy.Expr = _MASSES[law.family.name](outcome, *law.values) if form.mass is None else form.mass(outcome)
    return found


def missed_outcome(P: Law | FormulaLaw, Q: Law | FormulaLaw) -> Missed | None:
    """Return an outcome of P that Q does not have, with its theorems; None where none is found.

    Parameters
    ----------
    P, Q : Law or FormulaLaw

    Examples
    --------
    >>> from kl_symbolic import families
    >>> missed_outcome(families.Poisson(rate=2), families.Bernoulli(p=sympy.S.Half)).outcome
    2
    """
    first, last = _form(P), _form(Q)
    if first is None or (last is None and Q.family.name not in CONTINUOUS):
        return None
    name = f"kl_{snake(P.family.name)}_{snake(Q.family.name)}"
    for outcome, end in _candidates(first, last):
        size = mass(P, outcome)
        if size is None or size == 0 or (end is None and last is not None and mass(Q, outcome) != 0):
            continue
        try:
            theorems = [_certified(f"{name}_mass", partial(_positive, law=P, size=size))]
            if end is not None:
                claim = lt(num(min(end, outcome)), num(max(end, outcome)))
                theorems.append(_certified(f"{name}_outside", partial(_shown, claim=claim)))
        except Refused:
            continue
        return Missed(outcome, tuple(theorems))
    return None


def _candidates(first: DensityForm, last: DensityForm | None) -> list[tuple[int, int | None]]:
    """Return outcomes of the first law, each with the end of the second one that it lies beyond, if it does.

    A continuous law, which gives no single number a positive probability, is None.
    """
    found: list[tuple[int, int | None]] = []
    if last is None:
        high = (
            int(first.low) + _FARTHEST if first.high is sympy.oo else min(int(first.high), int(first.low) + _FARTHEST)
        )
        return [(k, None) for k in range(int(first.low), high + 1)]
    if first.high > last.high:
        low = max(int(first.low), int(last.high) + 1)
        high = low if first.high is sympy.oo else int(first.high)
        found += [(k, int(last.high)) for k in range(low, min(high, low + _FARTHEST) + 1)]
    if first.low < last.low:
        high = int(last.low) - 1 if first.high is sympy.oo else min(int(last.low) - 1, int(first.high))
        found += [(k, int(last.low)) for k in range(int(first.low), min(high, int(first.low) + _FARTHEST) + 1)]
    if last.mass is not None and first.high.is_Integer and first.high - first.low <= _FARTHEST:
        found += [(k, None) for k in range(int(first.low), int(first.high) + 1)]
    return found


def _certified(name: str, write: Callable[[Draft], Fact]) -> CheckedTheorem:
    """Return the theorem of a derivation."""
    d = Draft(name, library.theorem)
    return library.check_text(d.certificate(d.show(write(d), "by its parts")))


def _shown(d: Draft, claim: Node) -> Fact:
    return prove(d.p, claim)


def _positive(d: Draft, law: Law | FormulaLaw, size: Any) -> Fact:
    """Return 0 < m, under the conditions on the parameters where they are symbols."""
    p, definition = d.p, None
    conditions = [c for c in law.open_conditions if isinstance(c, sympy.core.relational.Relational)]
    series = size.atoms(sympy.zeta)
    if series:
        (zeta,) = series
        total = sympy.Symbol("z", positive=True)
        size = size.xreplace({zeta: total})
        definition = (zeta.args[0], total)
    read = read_sympy(size, *conditions, *(definition or ()))
    p.declare(**{n: str(sort) for n, (_, sort) in read.scope.items()})
    for hypothesis in (*read.hypotheses, *read.terms[1 : 1 + len(conditions)]):
        p.given(hypothesis)
    fact = prove(p, lt(0, read.terms[0]), positive_gammas(p, read.terms[:1], ()))
    if definition is not None:
        scope = {**p.scope, "s": ((), REAL)}
        known = substitute(parse(_SERIES, "statement", scope), {"s": read.terms[-2]})
        fact = p.weaken(p.given(known).statement, fact)
    return fact
