"""The forms of the discrete families, their tables of probabilities, and sums over finitely many values."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sympy import S, binomial, log, oo, rf, zeta

from ..language.errors import NoClosedForm
from .forms import LOG, ONE, Combination, DensityForm, Power, Statistic, told
from .special import LogPowerSum, ZetaDerivative, ln_gamma, log_rest

if TYPE_CHECKING:
    import sympy

    from .family import Law
    from .formula_family import FormulaLaw

__all__ = ["DISCRETE", "form_of", "listed_sum", "outcomes", "zeta_at"]

_K: Statistic = ("pow", S.One)
_LOG_FACTORIAL: Statistic = ("gammaln", S.One)

_MOST_TERMS = 300
"""Terms of a sum over the values of a distribution with numbers as parameters."""

_MOST_SYMBOLIC_TERMS = 30
"""The same where parameters are symbols."""


_MOST_OUTCOMES = 30
"""Up to which number outcomes are written out: a sum of more logarithms is not a form that anybody reads."""

_LARGEST_WRITTEN_ZETA = 12
"""SymPy writes ζ at even integers as a rational multiple of a power of π."""


def _at(statistic: Statistic, k: Any) -> Any:
    """Return a statistic at an integer."""
    kind, *numbers = statistic
    if kind == "table":
        return log(numbers[1][int(k)])
    return {
        "one": lambda: S.One,
        "pow": lambda: k ** numbers[0],
        "log": lambda: log(k),
        "gammaln": lambda: ln_gamma(k + numbers[0]),
        "gammalndown": lambda: ln_gamma(numbers[0] - k),
    }[kind]()


def listed_sum(measure: str, p: DensityForm, q: DensityForm) -> Any:
    """Return a measure as a sum over the values of P; None where they are not finitely many.

    Parameters
    ----------
    measure : str
    p, q : DensityForm
    """
    if p.mass is None or not (p.low.is_Integer and p.high.is_Integer):
        return None
    points = range(int(p.low), int(p.high) + 1)
    if len(points) > _MOST_TERMS:
        raise NoClosedForm(f"a sum over {len(points)} values is too long for a closed form")
    masses = [(k, p.mass(k)) for k in points]
    symbolic = any(m.free_symbols for _, m in masses) or any(c.free_symbols for c in q.logarithm.values())
    if symbolic and len(points) > _MOST_SYMBOLIC_TERMS:
        raise NoClosedForm(f"a sum over {len(points)} values is too long for a closed form")
    terms = []
    for k, m in masses:
        if m == 0:
            continue
        other = None if q.mass is None else q.mass(k)
        if other is not None and other == 0:
            return oo
        last = sum((c * _at(s, S(k)) for s, c in q.logarithm.items()), S.Zero) if other is None else None
        if measure == "divergence":
            terms.append(m * (log(m / other) if last is None else log(m) - last))
        else:
            terms.append(-m * (log(other) if last is None else last))
    return sum(terms, S.Zero)


def _means(mean: Any, law: str, **more: Any) -> Callable[[Statistic], Any]:
    """Return the means of a law, of which that of k is known, and maybe that of log k."""

    def found(statistic: Statistic) -> Any:
        if statistic == _K:
            return mean
        if statistic == LOG and "log" in more:
            return more["log"]
        shown = "log(C(n, k))" if statistic[0] in ("table", "gammalndown") else told(statistic)
        raise NoClosedForm(f"no closed form of the mean of {shown} is known for {law}")

    return found


def _point(k: Any) -> DensityForm:
    """Return the form of the law with the one value k."""
    return DensityForm(
        k, k, {ONE: S.Zero}, lambda statistic: _at(statistic, k), discrete=True, mass=lambda j: S(int(j == k))
    )


def _binomial(n: Any, p: Any) -> DensityForm:
    if n == 0 or p in (0, 1):
        return _point(n * p)
    logarithm: Combination = {
        ONE: ln_gamma(n + 1) + n * log_rest(p),
        _K: log(p) - log_rest(p),
        _LOG_FACTORIAL: -S.One,
        ("gammalndown", n + 1): -S.One,
    }
    return DensityForm(
        S.Zero,
        n,
        logarithm,
        _means(n * p, "the binomial distribution"),
        discrete=True,
        mass=lambda k: binomial(n, k) * p**k * (1 - p) ** (n - k),
    )


def _geometric(p: Any, first: Any) -> DensityForm:
    if p == 1:
        return _point(first)
    logarithm = {ONE: log(p) - first * log_rest(p), _K: log_rest(p)}
    more = {"log": p / (1 - p) * LogPowerSum(S.Zero, 1 - p)} if first == 1 else {}
    return DensityForm(
        first, oo, logarithm, _means((1 - p) / p + first, "the geometric distribution", **more), discrete=True
    )


def _negative_binomial(r: Any, p: Any) -> DensityForm:
    if p == 1:
        return _point(S.Zero)
    logarithm = {ONE: r * log(p) - ln_gamma(r), _K: log_rest(p), _LOG_FACTORIAL: -S.One}
    statistic = ("gammaln", r)
    logarithm[statistic] = logarithm.get(statistic, S.Zero) + 1
    return DensityForm(
        S.Zero, oo, logarithm, _means(r * (1 - p) / p, "the negative binomial distribution"), discrete=True
    )


def _poisson(rate: Any) -> DensityForm:
    logarithm = {ONE: -rate, _K: log(rate), _LOG_FACTORIAL: -S.One}
    return DensityForm(S.Zero, oo, logarithm, _means(rate, "the Poisson distribution"), discrete=True)


def _logarithmic(p: Any) -> DensityForm:
    logarithm = {ONE: -log(-log_rest(p)), _K: log(p), LOG: -S.One}
    means = _means(
        -p / ((1 - p) * log_rest(p)), "the logarithmic distribution", log=-LogPowerSum(S.One, p) / log_rest(p)
    )
    return DensityForm(S.One, oo, logarithm, means, discrete=True)


def zeta_at(s: Any) -> Any:
    """Return ζ(s), not written out at large integers, where it has a Bernoulli number with many digits.

    Parameters
    ----------
    s : sympy.Expr
    """
    return zeta(s, evaluate=not (s.is_Integer and s > _LARGEST_WRITTEN_ZETA))


def _zeta(s: Any) -> DensityForm:
    mean = zeta_at(s - 1) / zeta_at(s)
    means = _means(mean, "the zeta distribution", log=-ZetaDerivative(s) / zeta_at(s))
    return DensityForm(S.One, oo, {ONE: -log(zeta_at(s)), LOG: -s}, means, right=Power(s - 1), discrete=True)


def _discrete_uniform(low: Any, high: Any) -> DensityForm:
    size = high - low + 1
    means = _means((low + high) / 2, "the discrete uniform distribution")
    return DensityForm(low, high, {ONE: -log(size)}, means, discrete=True, mass=lambda k: 1 / size)


def _integers(family: str, **numbers: Any) -> None:
    for name, number in numbers.items():
        if not number.is_Integer:
            raise NoClosedForm(f"a sum over the values of {family} needs a number as {name}, got {number}")


def _table(family: str, law: str, low: int, masses: list[Any], mean: Any) -> DensityForm:
    """Return the form of a law by the probabilities of its values."""
    inside = [k for k, m in enumerate(masses) if m != 0]
    at = {low + k: masses[k] for k in inside}
    return DensityForm(
        S(low + inside[0]),
        S(low + inside[-1]),
        {("table", family, tuple(masses)): S.One},
        _means(mean, law),
        discrete=True,
        mass=lambda k: at.get(k, S.Zero),
    )


def _hypergeometric(N: Any, K: Any, n: Any) -> DensityForm:
    _integers("Hypergeometric", N=N, K=K, n=n)
    low, high = max(0, int(n + K - N)), int(min(K, n))
    masses = [binomial(K, k) * binomial(N - K, n - k) / binomial(N, n) for k in range(low, high + 1)]
    return _table("Hypergeometric", "the hypergeometric distribution", low, masses, n * K / N)


def _beta_binomial(n: Any, alpha: Any, beta: Any) -> DensityForm:
    _integers("BetaBinomial", n=n)
    masses = [binomial(n, k) * rf(alpha, k) * rf(beta, n - k) / rf(alpha + beta, n) for k in range(int(n) + 1)]
    return _table("BetaBinomial", "the beta-binomial distribution", 0, masses, n * alpha / (alpha + beta))


def _categorical(p: Any) -> DensityForm:
    masses = list(p)
    return _table(
        "Categorical", "the categorical distribution", 0, masses, sum((k * m for k, m in enumerate(masses)), S.Zero)
    )


DISCRETE: dict[str, Callable[..., DensityForm]] = {
    "Bernoulli": lambda p: _binomial(S.One, p),
    "Binomial": _binomial,
    "GeometricTrials": lambda p: _geometric(p, S.One),
    "GeometricFailures": lambda p: _geometric(p, S.Zero),
    "NegativeBinomial": _negative_binomial,
    "Poisson": _poisson,
    "Logarithmic": _logarithmic,
    "Zeta": _zeta,
    "DiscreteUniform": _discrete_uniform,
    "Hypergeometric": _hypergeometric,
    "BetaBinomial": _beta_binomial,
    "Categorical": _categorical,
}
"""From the parameters of each discrete family to its form."""


def form_of(law: Law | FormulaLaw) -> DensityForm | None:
    """Return the form of a discrete law; None for other laws, and where no form is known.

    Parameters
    ----------
    law : Law or FormulaLaw
    """
    if law.family.name not in DISCRETE:
        return None
    names = (p.name for p in law.family.parameters)
    try:
        return DISCRETE[law.family.name](**dict(zip(names, law.values, strict=True)))
    except NoClosedForm:
        return None


def outcomes(law: Law | FormulaLaw) -> dict[int, sympy.Expr] | None:
    """Return the probability of each outcome; None where their number is not known, or large.

    Parameters
    ----------
    law : Law or FormulaLaw

    Examples
    --------
    >>> from kl_symbolic import families
    >>> outcomes(families.Binomial(n=2, p=S.One / 3))
    {0: 4/9, 1: 4/9, 2: 1/9}
    """
    form = form_of(law)
    if form is None or form.mass is None or not (form.low.is_Integer and form.high.is_Integer):
        return None
    if form.high - form.low >= _MOST_OUTCOMES:
        return None
    return {k: form.mass(k) for k in range(int(form.low), int(form.high) + 1)}
