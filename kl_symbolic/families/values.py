"""Closed forms of divergences, entropies and cross-entropies from the means of statistics, without a proof."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, final

import sympy
from sympy import S, oo

from ..kernel import KLError
from ..language.errors import InvalidValue, NoClosedForm
from .continuous import CONTINUOUS
from .discrete import DISCRETE, listed_sum
from .forms import ONE, Combination, DensityForm, Exponential, Power, Statistic, Tail, plus, told
from .formula_family import FormulaLaw
from .multivariate import MULTIVARIATE
from .pieces import sign_of
from .quadrature import by_quadrature

if TYPE_CHECKING:
    from .divergence import Measure
    from .family import Law

__all__ = ["UnprovedValue", "closed_value", "numeric_value"]


@final
@dataclass(frozen=True, slots=True)
class UnprovedValue:
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


class _Infinite(KLError, ArithmeticError):
    """The mean of a statistic that is needed does not exist."""


class _Conditions:
    """The conditions that are assumed of the parameters."""

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


def closed_value(measure: Measure, P: Law | FormulaLaw, Q: Law | FormulaLaw) -> UnprovedValue:
    """Return the closed form of a measure of two distributions.

    Parameters
    ----------
    measure : str
        ``"divergence"``, ``"entropy"`` or ``"cross_entropy"``.
    P, Q : Law or FormulaLaw
        For the entropy both are P.

    Raises
    ------
    NoClosedForm
        When none is known.

    Examples
    --------
    >>> from kl_symbolic import families
    >>> closed_value("divergence", families.Cauchy(loc=0, scale=1), families.Cauchy(loc=0, scale=2)).expression
    -log(4) - log(2) + log(9)
    >>> closed_value("divergence", families.HalfCauchy(scale=1), families.Exponential(rate=2)).reason
    'the mean of x is infinite under HalfCauchy(scale=1)'
    """
    if measure == "entropy":
        Q = P
    first, last = P.family.name, Q.family.name
    if first in MULTIVARIATE or last in MULTIVARIATE:
        if first != last:
            raise NoClosedForm(f"no closed form of the {measure.replace('_', '-')} of {P!r} and {Q!r} is known")
        expression, reason = MULTIVARIATE[first](measure, P, Q)
        return UnprovedValue(expression, _of_parameters(P, Q), reason)
    values = _Values(P, Q)
    found = _between(measure, P, Q, _form(P, values), _form(Q, values))
    conditions = (*_of_parameters(P, Q), *(values.back(c) for c in found.conditions))
    return UnprovedValue(values.back(found.expression), tuple(dict.fromkeys(conditions)), found.reason)


def numeric_value(measure: Measure, P: Law | FormulaLaw, Q: Law | FormulaLaw) -> sympy.Float | None:
    """Return the value of a measure that is finite, by quadrature; None where parameters are symbols.

    Parameters
    ----------
    measure : str
        ``"divergence"``, ``"entropy"`` or ``"cross_entropy"``.
    P, Q : Law or FormulaLaw
        For the entropy both are P.

    Examples
    --------
    >>> from kl_symbolic import families
    >>> numeric_value("divergence", families.Normal(mean=0, std=1), families.Logistic(loc=0, scale=1))
    0.193179833490
    """
    if measure == "entropy":
        Q = P
    if P.family.name in MULTIVARIATE or Q.family.name in MULTIVARIATE:
        return None
    values = _Values(P, Q)
    return by_quadrature(measure, _form(P, values), _form(Q, values))


def _between(measure: Measure, P: Any, Q: Any, p: DensityForm, q: DensityForm) -> UnprovedValue:
    """Return the closed form of a measure from the forms of two distributions."""
    if p.discrete != q.discrete:
        if measure == "cross_entropy":
            raise NoClosedForm(f"a cross-entropy needs two densities of one kind, got {P!r} and {Q!r}")
        return UnprovedValue(oo, (), "one distribution is continuous and the other one is discrete")
    known = _Conditions()
    outside = f"{P!r} has values where {Q!r} has none"
    if not _inside(p, q, known):
        return UnprovedValue(oo, tuple(known.found), outside)
    combination = _combination(measure, p, q)
    if measure == "divergence" and p.low == q.low and p.high == q.high and all(s == ONE for s in combination):
        return UnprovedValue(S.Zero, (), "the two distributions are equal")
    try:
        if measure != "entropy":
            _finite(p, q, P, known)
        expression = sum((c if s == ONE else c * p.mean(s) for s, c in combination.items()), S.Zero)
    except NoClosedForm:
        listed = listed_sum(measure, p, q) if p.discrete else None
        if listed is None:
            raise
        return UnprovedValue(listed, tuple(known.found), outside if listed == oo else "a sum over finitely many values")
    except _Infinite as infinite:
        return UnprovedValue(oo, tuple(known.found), str(infinite))
    return UnprovedValue(expression, tuple(known.found), "the means of the statistics of the log-densities")


_ASSUMED: dict[str, dict[str, bool]] = {
    "real": {"real": True},
    "positive": {"positive": True},
    "above 1": {"positive": True},
    "probability": {"nonnegative": True},
    "open probability": {"positive": True},
    "integer": {"integer": True},
    "natural": {"integer": True, "nonnegative": True},
    "positive integer": {"integer": True, "positive": True},
}
"""The assumptions of SymPy about a parameter, by its role."""


class _Values:
    """The parameters of two laws, symbols replaced by such as SymPy knows the sign of.

    Parameters
    ----------
    P, Q : Law or FormulaLaw
    """

    def __init__(self, P: Any, Q: Any) -> None:
        self.known: dict[Any, Any] = {}
        pairs = [(v, p.role) for law in (P, Q) for v, p in zip(law.values, law.family.parameters, strict=True)]
        entries = [(v, role) for v, role in pairs if role in _ASSUMED and v.free_symbols]
        names = {s.name for v, _ in pairs for s in v.free_symbols}
        if len(names) < len({s for v, _ in pairs for s in v.free_symbols}):
            raise InvalidValue("two different symbols of the parameters have one name")
        for value, role in entries:
            if value.is_Symbol:
                merged = {**value.assumptions0, **_ASSUMED[role], **getattr(self.known.get(value), "assumptions0", {})}
                self.known[value] = sympy.Symbol(value.name, **merged)
        for value, role in entries:
            if not value.is_Symbol and any(
                getattr(value.xreplace(self.known), f"is_{a}") is not True for a in _ASSUMED[role]
            ):
                self.known[value] = sympy.Symbol(f"value_{len(self.known)}", **_ASSUMED[role])
        self.given = {new: old for old, new in self.known.items()}

    def of(self, value: Any) -> Any:
        """Return a parameter in symbols with assumptions."""
        return value.xreplace(self.known)

    def back(self, expression: Any) -> Any:
        """Return an expression in the symbols of the user."""
        return expression.xreplace(self.given)


def _of_parameters(P: Any, Q: Any) -> tuple[Any, ...]:
    """Return the conditions on the parameters that are not known to hold."""
    laws = (P,) if P is Q else (P, Q)
    found = (c for law in laws for c in law.open_conditions)
    return tuple(dict.fromkeys(found))


def _form(law: Any, values: _Values) -> DensityForm:
    """Return the form of a law."""
    makers: dict[str, Callable[..., DensityForm]] = CONTINUOUS if law.family.name in CONTINUOUS else DISCRETE
    if law.family.name not in makers:
        raise NoClosedForm(f"no closed forms are known for the family {law.family.name}")
    names = (p.name for p in law.family.parameters)
    return makers[law.family.name](**{n: values.of(v) for n, v in zip(names, law.values, strict=True)})


def _inside(p: DensityForm, q: DensityForm, known: _Conditions) -> bool:
    """Return whether the support of P is inside that of Q."""
    low = q.low == -oo or (p.low != -oo and known.holds(p.low - q.low, strict=False))
    high = q.high == oo or (p.high != oo and known.holds(q.high - p.high, strict=False))
    return low and high


def _combination(measure: Measure, p: DensityForm, q: DensityForm) -> Combination:
    """Return the integrand as a combination of statistics, those that cancel left out."""
    own, other = _simplest(p.logarithm, p), _simplest(q.logarithm, p)
    parts = {"divergence": plus((1, own), (-1, other)), "entropy": plus((-1, own)), "cross_entropy": plus((-1, other))}
    return {s: c for s, c in parts[measure].items() if s == ONE or not _is_zero(c)}


def _simplest(logarithm: Combination, p: DensityForm) -> Combination:
    """Return the combination on the support of P: |x - m| is x - m where no value is below m."""
    found: Combination = {}
    for statistic, c in logarithm.items():
        part = {statistic: c}
        if statistic[0] == "abs":
            m = statistic[1]
            sign = (
                1
                if p.low != -oo and sign_of(p.low - m) in (0, 1)
                else -1
                if p.high != oo and sign_of(m - p.high) in (0, 1)
                else 0
            )
            if sign:
                part = {("pow", S.One): sign * c, ONE: -sign * c * m}
        found = plus((1, found), (1, part))
    return found


_LARGE_ZETA = 200
"""ζ(s) of a larger integer s is left as it is; it differs from 1 by less than 10^-60."""


def _is_zero(c: Any) -> bool:
    if c == 0:
        return True
    if c.is_Rational or (
        c.is_number and abs(c.evalf(30)) > sympy.Float("1e-20") * sum(abs(t.evalf(30)) for t in sympy.Add.make_args(c))
    ):
        return False
    # SymPy writes ζ of an even number as a multiple of a power of π, which takes for ever where the number is large.
    if any(z.args[0].is_Integer and abs(z.args[0]) > _LARGE_ZETA for z in c.atoms(sympy.zeta)):
        return False
    return bool(sympy.simplify(c) == 0)


def _finite(p: DensityForm, q: DensityForm, P: Any, known: _Conditions) -> None:
    """Require that E log q(X) exists.

    Raises
    ------
    _Infinite
    """
    for statistic, c in _simplest(q.logarithm, p).items():
        if not (_is_zero(c) or _exists(statistic, p, known)):
            raise _Infinite(f"the mean of {told(statistic)} is infinite under {P!r}")


def _exists(statistic: Statistic, p: DensityForm, known: _Conditions) -> bool:
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
