"""Closed forms of divergences, entropies and cross-entropies as SymPy expressions, from the means of statistics, without a proof."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, final

import sympy
from sympy import S, log, oo

from .continuous import CONTINUOUS
from .discrete import DISCRETE, listed_sum
from .divergence import Measure
from .forms import LOG, ONE, Combination, Exponential, Form, NoClosedForm, Power, Statistic, Tail, plus, told
from .multivariate import MULTIVARIATE
from .pieces import sign_of

__all__ = ["NoClosedForm", "Value", "closed_value"]


@final
@dataclass(frozen=True, slots=True)
class Value:
    """A closed form that is not proved.

    Parameters
    ----------
    expression : sympy.Expr
        ``oo`` where the measure is infinite.
    conditions : tuple of sympy Boolean
        What must hold of the symbols, where their assumptions do not tell it.
    reason : str
        What it rests on, or why it is infinite.
    """

    expression: Any
    conditions: tuple[Any, ...]
    reason: str


class _Infinite(Exception):
    """The mean of a statistic that is needed does not exist."""


class _Conditions:
    """What is assumed of the parameters."""

    def __init__(self) -> None:
        self.found: list[Any] = []

    def holds(self, gap: Any, strict: bool = True) -> bool:
        """Return whether a number is positive, or not negative; an open relation is assumed, and noted."""
        sign = sign_of(gap)
        if sign is None:
            claim = gap > 0 if strict else gap >= 0
            if claim not in self.found:
                self.found.append(claim)
            return True
        return sign == 1 or (sign == 0 and not strict)


def closed_value(measure: Measure, P: Any, Q: Any) -> Value:
    """Return the closed form of a measure of two distributions.

    Parameters
    ----------
    measure : str
        ``"divergence"``, ``"entropy"`` or ``"cross_entropy"``.
    P, Q : Law
        For the entropy both are P.

    Raises
    ------
    NoClosedForm
        When none is known.

    Examples
    --------
    >>> from kl_symbolic import families
    >>> closed_value("divergence", families.Exponential(rate=1), families.Exponential(rate=2)).expression
    1 - log(2)
    >>> closed_value("divergence", families.HalfCauchy(scale=1), families.Exponential(rate=2)).reason
    'the mean of x**(1) is infinite under HalfCauchy(scale=1)'
    """
    if measure == "entropy":
        Q = P
    first, last = P.family.name, Q.family.name
    if first in MULTIVARIATE or last in MULTIVARIATE:
        expression, reason = MULTIVARIATE.get(first, _no_pair)(measure, P, Q)
        return Value(expression, (), reason)
    p, q = _form(P), _form(Q)
    if p.discrete != q.discrete:
        return _apart(measure, P, Q)
    known = _Conditions()
    if not _inside(p, q, known):
        return Value(oo, tuple(known.found), f"{P!r} has values where {Q!r} has none")
    combination = _combination(measure, p, q)
    if measure == "divergence" and p.low == q.low and p.high == q.high and all(s == ONE for s in combination):
        return Value(S.Zero, (), "the two distributions are equal")
    try:
        if measure != "entropy":
            _finite(p, q, P, known)
        expression = sum((c if s == ONE else c * p.mean(s) for s, c in combination.items()), S.Zero)
    except NoClosedForm:
        listed = listed_sum(measure, p, q) if p.discrete else None
        if listed is None:
            raise
        outside = f"{P!r} has values where {Q!r} has none"
        return Value(listed, tuple(known.found), outside if listed == oo else "a sum over finitely many values")
    except _Infinite as infinite:
        return Value(oo, tuple(known.found), str(infinite))
    return Value(expression, tuple(known.found), "the means of the statistics of the log-densities")


def _no_pair(measure: Measure, P: Any, Q: Any) -> Any:
    raise NoClosedForm(f"no closed form of the {measure.replace('_', '-')} of {P!r} and {Q!r} is known")


def _apart(measure: Measure, P: Any, Q: Any) -> Value:
    if measure == "cross_entropy":
        raise NoClosedForm(f"a cross-entropy needs two distributions of one kind, got {P!r} and {Q!r}")
    return Value(oo, (), "one distribution is continuous and the other one is discrete")


def _form(law: Any) -> Form:
    """Return the form of a law."""
    names = [p.name for p in law.family.parameters]
    makers: dict[str, Callable[..., Form]] = CONTINUOUS if law.family.name in CONTINUOUS else DISCRETE
    if law.family.name not in makers:
        raise NoClosedForm(f"no closed forms are known for the family {law.family.name}")
    values = [_assumed(v) for v in law.values]
    return makers[law.family.name](**dict(zip(names, values, strict=True)))


def _assumed(value: Any) -> Any:
    return value if isinstance(value, tuple) else sympy.sympify(value)


def _inside(p: Form, q: Form, known: _Conditions) -> bool:
    """Return whether the support of P is inside that of Q."""
    low = q.low == -oo or (p.low != -oo and known.holds(p.low - q.low, strict=False))
    high = q.high == oo or (p.high != oo and known.holds(q.high - p.high, strict=False))
    return low and high


def _combination(measure: Measure, p: Form, q: Form) -> Combination:
    """Return the integrand as a combination of statistics, those that cancel left out."""
    own, other = _simplest(p.logarithm, p), _simplest(q.logarithm, p)
    parts = {"divergence": plus((1, own), (-1, other)), "entropy": plus((-1, own)), "cross_entropy": plus((-1, other))}
    return {s: c for s, c in parts[measure].items() if s == ONE or not _is_zero(c)}


def _simplest(logarithm: Combination, p: Form) -> Combination:
    """Return the combination on the support of P: |x - m| is x - m where no value is below m."""
    found: Combination = {}
    for statistic, c in logarithm.items():
        part = {statistic: c}
        if statistic[0] == "abs":
            m = statistic[1]
            sign = 1 if p.low != -oo and sign_of(p.low - m) in (0, 1) else -1 if p.high != oo and sign_of(m - p.high) in (0, 1) else 0
            if sign:
                part = {("pow", S.One): sign * c, ONE: -sign * c * m}
        found = plus((1, found), (1, part))
    return found


def _is_zero(c: Any) -> bool:
    if c == 0:
        return True
    if c.is_Rational or (c.is_number and abs(c.evalf(30)) > sympy.Float("1e-20") * sum(abs(t.evalf(30)) for t in sympy.Add.make_args(c))):
        return False
    return bool(sympy.simplify(c) == 0)


def _finite(p: Form, q: Form, P: Any, known: _Conditions) -> None:
    """Require that E log q(X) exists.

    Raises
    ------
    _Infinite
    """
    for statistic, c in _simplest(q.logarithm, p).items():
        if not (_is_zero(c) or _exists(statistic, p, known)):
            raise _Infinite(f"the mean of {told(statistic)} is infinite under {P!r}")


def _exists(statistic: Statistic, p: Form, known: _Conditions) -> bool:
    """Return whether a mean is finite."""
    kind, *numbers = statistic
    ends: list[tuple[Tail, int]] = []
    if p.high == oo:
        ends.append((p.right, 1))
    if p.low == -oo:
        ends.append((p.left, -1))
    if kind == "pow":
        r = numbers[0]
        if p.low == 0 and p.zero != oo and sign_of(r) != 1 and not known.holds(p.zero + r):
            return False
        return all(_has_power(tail, r, known) for tail, _ in ends)
    if kind in ("abs", "logistic", "gammaln"):
        return all(_has_power(tail, S.One, known) for tail, side in ends if kind != "logistic" or side == -1)
    if kind == "exp":
        return all(_has_exponential(tail, side * numbers[0], known) for tail, side in ends)
    return True


def _has_power(tail: Tail, r: Any, known: _Conditions) -> bool:
    return not isinstance(tail, Power) or tail.alpha == oo or known.holds(tail.alpha - r)


def _has_exponential(tail: Tail, t: Any, known: _Conditions) -> bool:
    sign = sign_of(t)
    if tail is None or sign in (0, -1):
        return True
    if isinstance(tail, Power):
        return not known.holds(t)
    steep = sign_of(tail.p - 1)
    if steep == 1 or (steep is None and known.holds(tail.p - 1)):
        return True
    if steep == -1:
        return False
    assert isinstance(tail, Exponential)
    return known.holds(tail.rate - t, strict=sign_of(tail.a + 1) != -1)
