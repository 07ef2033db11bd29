"""Integrals of a power times a statistic over an interval: means of densities that are sums of powers on intervals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sympy import (
    Ci,
    Ei,
    EulerGamma,
    Piecewise,
    S,
    Si,
    atan,
    binomial,
    cos,
    exp,
    ff,
    log,
    oo,
    pi,
    polylog,
    sin,
)

from ..language.errors import NoClosedForm
from .forms import LOG, Statistic, told
from .special import BetaLog, Hypergeometric, ReDilog, is_natural, psi, raised, upper_gamma

__all__ = ["over_pieces", "power_law", "ratio_integral", "sign_of"]


def over_pieces(pieces: Sequence[tuple[Any, Any, Any, Any]]) -> Callable[[Statistic], Any]:
    """Return the means under the density Σ c·x^a on (l, u), as a function of the statistic.

    Parameters
    ----------
    pieces : sequence of (c, a, l, u)
    """

    def mean(statistic: Statistic) -> Any:
        return sum((c * integral(statistic, a, low, high) for c, a, low, high in pieces), S.Zero)

    return mean


def power_law(shape: Any, scale: Any, sign: Any, others: Callable[[Statistic], Any]) -> Callable[[Statistic], Any]:
    """Return the means of X = scale·U^(sign/shape), where U is uniform on the unit interval.

    Parameters
    ----------
    shape, scale, sign : sympy.Expr
    others : callable
        The means of statistics other than powers and logarithms.
    """
    step = sign / shape

    def mean(statistic: Statistic) -> Any:
        kind, *numbers = statistic
        if kind == "pow":
            return raised(scale, numbers[0]) / (1 + numbers[0] * step)
        if kind == "log":
            return log(scale) - step
        if kind == "log2":
            return (log(scale) - step) ** 2 + step**2
        return others(statistic)

    return mean


def sign_of(number: Any) -> int | None:
    """Return the sign of a number, or None where it is not known.

    Parameters
    ----------
    number : sympy.Expr
    """
    if number.is_zero:
        return 0
    if number.is_positive or number.is_negative:
        return 1 if number.is_positive else -1
    if number.free_symbols:
        return None
    digits = number.evalf(30)
    return 1 if digits > 0 else -1


_LARGEST_ELEMENTARY = 12
"""Elementary forms have powers of 1/t in sums that nearly cancel; up to this degree few digits are lost ..."""

_SMALL = S(1) / 4
"""... where t is not below this."""


def _not_small(t: Any) -> bool:
    return bool(t.free_symbols) or bool(abs(t.evalf(15)) >= _SMALL)


def ratio_integral(m: Any, c: Any, w: Any) -> Any:
    """Return ∫ v^m/(1 + c·v) dv over (0, w).

    Parameters
    ----------
    m, c, w : sympy.Expr
    """
    t = c * w
    elementary = m.is_number and bool(m <= _LARGEST_ELEMENTARY) and _not_small(t)
    if is_natural(m) and elementary:
        return (
            (-1) ** m * log(1 + t) + sum(((-1) ** (m - j) * t**j / j for j in range(1, int(m) + 1)), S.Zero)
        ) / c ** (m + 1)
    if is_natural(m - S.Half) and c.is_positive and elementary:
        # v = y²: 2∫ y^(2m+1)/(1 + c y²) dy with an even power.
        n, y = int(m - S.Half) + 1, w**S.Half
        series = sum(((-1) ** (n - j) * t**j / (2 * j - 1) for j in range(1, n + 1)), S.Zero) / (c ** (n + 1) * y)
        return 2 * (series + (-1) ** n * atan(c**S.Half * y) / c ** (n + S.Half))
    if sign_of(c) == 1:  # Pfaff's transformation: an argument between 0 and 1
        return w ** (m + 1) / ((m + 1) * (1 + c * w)) * Hypergeometric(2, S.One, S.One, m + 2, c * w / (1 + c * w))
    return w ** (m + 1) / (m + 1) * Hypergeometric(2, S.One, m + 1, m + 2, -c * w)


def _between(f: Callable[[Any], Any], low: Any, high: Any) -> Any:
    """Return F(high) - F(low) for an antiderivative that is 0 at 0 and at infinity, where those are ends."""
    top = S.Zero if high == oo or high == 0 else f(high)
    return top - (S.Zero if low == 0 else f(low))


def integral(statistic: Statistic, a: Any, low: Any, high: Any) -> Any:
    """Return ∫ x^a·T(x) dx over an interval, where it exists.

    Parameters
    ----------
    statistic : Statistic
        T.
    a, low, high : sympy.Expr

    Raises
    ------
    NoClosedForm
    """
    kind, *numbers = statistic
    n = a + 1
    if kind in ("one", "pow"):
        m = n + (numbers[0] if numbers else 0)
        return log(high / low) if m == 0 else _between(lambda x: raised(x, m) / m, low, high)
    if kind in ("log", "log2"):
        return _logarithm(kind, n, low, high)
    found = _KINDS[kind](statistic, a, low, high, *numbers) if kind in _KINDS else None
    if found is None:
        raise NoClosedForm(f"no closed form of the mean of {told(statistic)} is known for a density with x**({a})")
    return found


def _logarithm(kind: str, n: Any, low: Any, high: Any) -> Any:
    if n == 0:
        k = 2 if kind == "log" else 3
        return (log(high) ** k - log(low) ** k) / k
    if kind == "log":
        return _between(lambda x: raised(x, n) * (log(x) / n - 1 / n**2), low, high)
    return _between(lambda x: raised(x, n) * (log(x) ** 2 / n - 2 * log(x) / n**2 + 2 / n**3), low, high)


def _exponential(_: Statistic, a: Any, low: Any, high: Any, t: Any) -> Any:
    n = a + 1
    reach = t if high == oo else t * high
    if a == 0 or (is_natural(a, _LARGEST_ELEMENTARY) and (low != 0 or _not_small(reach))):

        def f(x: Any) -> Any:
            return exp(t * x) * sum(
                ((-1) ** j * ff(a, j) * x ** (a - j) / t ** (j + 1) for j in range(int(a) + 1)), S.Zero
            )

        return (S.Zero if high == oo else f(high)) - f(low)
    if n == 0:
        return (S.Zero if high == oo else Ei(t * high)) - Ei(t * low)
    if sign_of(t) == -1 and low != 0:
        return (-t) ** (-n) * (upper_gamma(n, -t * low) - (S.Zero if high == oo else upper_gamma(n, -t * high)))
    return _between(lambda x: raised(x, n) / n * Hypergeometric(1, n, n + 1, t * x), low, high)


def _absolute(_: Statistic, a: Any, low: Any, high: Any, m: Any) -> Any:
    def part(start: Any, end: Any) -> Any:
        return integral(("pow", S.One), a, start, end) - m * integral(("one",), a, start, end)

    if high != oo and sign_of(m - high) in (0, 1):
        return -part(low, high)
    if sign_of(m - low) in (0, -1):
        return part(low, high)
    if sign_of(m - low) is None or (high != oo and sign_of(high - m) is None):
        inner = part(m, high) - part(low, m)
        return Piecewise((part(low, high), m <= low), (-part(low, high), m >= high), (inner, True))
    return part(m, high) - part(low, m)


def _log1p(statistic: Statistic, a: Any, low: Any, high: Any, c: Any, k: Any) -> Any:
    n = a + 1
    if k == 2 and is_natural(a) and sign_of(c) == 1 and high != oo:
        s = c ** (-S.Half)
        return integral(("cauchy", S.Zero, s), a, low, high) - 2 * log(s) * integral(("one",), a, low, high)
    if n == 0:
        return (polylog(2, -c * raised(low, k)) - polylog(2, -c * raised(high, k))) / k
    if high == oo and sign_of(k) == 1:
        inverted = _log1p(statistic, a, low, high, 1 / c, -k)
        return log(c) * integral(("one",), a, low, high) + k * integral(LOG, a, low, high) + inverted
    m = n / k

    def f(x: Any) -> Any:
        w = raised(x, k)
        gap = sign_of(1 + c * w)
        if gap == 0:
            return -raised(x, n) * (psi(m + 1) + EulerGamma) / n
        return raised(x, n) / n * log(1 + c * w) - c / n * ratio_integral(m, c, w)

    return _between(f, low, high)


def _log_up(_: Statistic, a: Any, low: Any, high: Any, start: Any) -> Any:
    n = a + 1
    if not is_natural(a):
        return integral(LOG, a, low, high) + integral(("log1p", -start, -S.One), a, low, high)

    def f(x: Any) -> Any:
        rest = sum((start ** (n - 1 - i) * x ** (i + 1) / (i + 1) for i in range(int(n))), S.Zero) / n
        return -rest if x == start else (raised(x, n) - start**n) / n * log(x - start) - rest

    return f(high) - f(low) if high != oo else None


def _log_down(_: Statistic, a: Any, low: Any, high: Any, end: Any) -> Any:
    # x = -y: the reflected density has the same powers.
    return (-1) ** a * _log_up(_, a, -high, -low, -end) if is_natural(a) else None


def _cauchy(_: Statistic, a: Any, low: Any, high: Any, m: Any, s: Any) -> Any:
    if not is_natural(a):
        n = a + 1
        if sign_of(n) == 1 and low == 0:  # X = high·Y with Y of a beta distribution
            r = m**2 + s**2
            return raised(high, n) / n * (log(r) + 2 * BetaLog(n, S.One, -high * m / r, -high * s / r))
        if sign_of(n) == -1 and high == oo:  # X = low/Y
            mass = raised(low, n) / (-n)
            return mass * (2 * log(low) + 2 / (-n) + 2 * BetaLog(-n, S.One, -m / low, -s / low))
        if n == 0:
            r = m**2 + s**2
            return log(r) * log(high / low) + 2 * (
                ReDilog(low * m / r, low * s / r) - ReDilog(high * m / r, high * s / r)
            )
        return None

    def moment(j: int, y: Any) -> Any:
        """Return an antiderivative of y^j·log(s² + y²)."""
        q = j + 2
        # ∫ y^q/(s² + y²): polynomial division.
        ratio = sum(((-1) ** i * s ** (2 * i) * y ** (q - 1 - 2 * i) / (q - 1 - 2 * i) for i in range(q // 2)), S.Zero)
        rest = (-1) ** (q // 2) * s ** (2 * (q // 2))
        ratio += rest * (log(s**2 + y**2) / 2 if q % 2 else atan(y / s) / s)
        return (y ** (j + 1) * log(s**2 + y**2) - 2 * ratio) / (j + 1)

    def f(x: Any) -> Any:
        return sum((binomial(a, j) * m ** (a - j) * moment(j, x - m) for j in range(int(a) + 1)), S.Zero)

    return f(high) - f(low) if high != oo else None


def _logistic(_: Statistic, a: Any, low: Any, high: Any, m: Any, s: Any) -> Any:
    if not is_natural(a) or high == oo:
        return None

    def f(x: Any) -> Any:
        z = -exp(-(x - m) / s)
        return sum((ff(a, j) * x ** (a - j) * s ** (j + 1) * polylog(j + 2, z) for j in range(int(a) + 1)), S.Zero)

    return f(high) - f(low)


def _cosine(_: Statistic, a: Any, low: Any, high: Any, m: Any) -> Any:
    if high == oo:
        return None
    if is_natural(a):

        def f(x: Any) -> Any:
            return sum(
                ((-1) ** j * ff(a, j) * x ** (a - j) * cos(x - m - (j + 1) * pi / 2) for j in range(int(a) + 1)), S.Zero
            )

        return f(high) - f(low)
    n = a + 1
    if n == 0:
        return cos(m) * (Ci(high) - Ci(low)) + sin(m) * (Si(high) - Si(low))

    def even(x: Any) -> Any:
        return raised(x, n) / n * Hypergeometric(1, n / 2, S.Half, n / 2 + 1, -(x**2) / 4)

    def odd(x: Any) -> Any:
        return x ** (n + 1) / (n + 1) * Hypergeometric(1, (n + 1) / 2, S(3) / 2, (n + 3) / 2, -(x**2) / 4)

    return cos(m) * _between(even, low, high) + sin(m) * _between(odd, low, high)


def _triangular(_: Statistic, a: Any, low: Any, high: Any, start: Any, mode: Any, end: Any) -> Any:
    if not is_natural(a) or sign_of(mode - low) is None or sign_of(high - mode) is None:
        return None
    found = S.Zero
    if sign_of(mode - low) == 1:
        top = mode if sign_of(high - mode) == 1 else high
        found += log(2 / ((end - start) * (mode - start))) * integral(("one",), a, low, top) + _log_up(
            _, a, low, top, start
        )
    if sign_of(high - mode) == 1:
        bottom = mode if sign_of(mode - low) == 1 else low
        found += log(2 / ((end - start) * (end - mode))) * integral(("one",), a, bottom, high)
        found += _log_down(_, a, bottom, high, end)
    return found


_KINDS: dict[str, Callable[..., Any]] = {
    "exp": _exponential,
    "abs": _absolute,
    "log1p": _log1p,
    "logup": _log_up,
    "logdown": _log_down,
    "cauchy": _cauchy,
    "logistic": _logistic,
    "cos": _cosine,
    "tri": _triangular,
}
