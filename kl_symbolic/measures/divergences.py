"""Divergences beside D(P‖Q): Jensen–Shannon, total variation, χ², Hellinger, and f-divergences in general.

Distributions are given, and results returned, as :mod:`kl_symbolic.measures.expressions` and its function
``kl_divergence`` say.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias, final

import sympy

from ..language.errors import InvalidType, InvalidValue
from ..sympy_bridge import rel_entr
from ..sympy_bridge.exact import Number, kind_of
from .bases import Base, read_base
from .distributions import Exact, Weights, read
from .evaluation import evaluate, read_exact
from .expressions import RECORDS, ClosedForm, Value
from .inputs import recognize
from .records import NATS, Backing, outcomes, positive, record, total

if TYPE_CHECKING:
    from .arrays import Batch, Floats
    from .distributions import DistributionLike

__all__ = ["Generator", "chi_squared", "f_divergence", "hellinger", "jensen_shannon", "total_variation"]

Generator: TypeAlias = "sympy.Expr | sympy.Lambda | Callable[[sympy.Symbol], sympy.Expr]"
"""The function of an f-divergence."""


# --- Jensen–Shannon --------------------------------------------------------------------------------------------------


def jensen_shannon(
    P: DistributionLike,
    Q: DistributionLike,
    *others: DistributionLike,
    weights: DistributionLike | None = None,
    base: Number | sympy.Expr | None = None,
    normalize: bool = False,
    exact: bool | None = None,
    axis: int | None = None,
) -> Value:
    """Return the Jensen–Shannon divergence Σ wₖ·D(Pₖ‖M) of distributions from their mean M = Σ wₖ·Pₖ.

    Parameters
    ----------
    P, Q, *others : distribution
        Two or more, as in :func:`kl_divergence`.
    weights : distribution, optional
        The weight of each of them, a distribution; all the same by default.
    base : number, optional
        The base of the logarithm, greater than 1; 2 gives bits. Nats by default.
    normalize : bool, optional
        Whether to divide each distribution, and the weights, by their sums.
    exact : bool, optional
        Whether the result is exact, as in :func:`kl_divergence`.
    axis : int, optional
        The axis of the outcomes, in arrays of more than one dimension.

    Returns
    -------
    sympy.Expr, float or numpy.ndarray
        Always finite, at most the entropy of the weights.

    Raises
    ------
    InvalidValue, InvalidType
        As in :func:`kl_divergence`, and for weights that are not one for each distribution.

    Notes
    -----
    It is the divergence and not its square root, which is a metric and what ``scipy.spatial.distance.jensenshannon``
    returns. For two distributions of the same weight it is H(M) − (H(P) + H(Q))/2, the theorem ``js_eq_entropy``, and
    at most log 2 (``js_le_log_two``).

    References
    ----------
    J. Lin, "Divergence Measures Based on the Shannon Entropy", IEEE Transactions on Information Theory 37 (1991),
    145–151.

    Examples
    --------
    >>> jensen_shannon([1, 0], [0, 1], base=2)
    1
    >>> jensen_shannon([1, 0, 0], [0, 1, 0], [0, 0, 1])
    log(3)
    """
    unit = read_base(base)
    given = _several(P, Q, *others)
    shares = _shares(weights, len(given), normalize)

    def in_floats(*found: Batch) -> Floats:
        from .float_measures import jensen_shannon as floats

        values: Floats = unit.of_floats(floats(found, [float(sympy.N(p)) for p, _, _ in shares.entries()]))
        return values

    def exactly(found: Exact) -> sympy.Expr:
        return _jensen_shannon(found, shares, unit).expression

    return evaluate(given, exactly, in_floats, normalize=normalize, exact=exact, axis=axis)


def _several(*given: DistributionLike) -> dict[str, object]:
    names = ["P", "Q", *(f"P{k}" for k in range(3, len(given) + 1))]
    return dict(zip(names, given, strict=True))


def _shares(weights: DistributionLike | None, count: int, normalize: bool) -> Weights:
    same = [sympy.Rational(1, count)] * count
    found = read(recognize(same if weights is None else weights, "weights"), normalize and weights is not None)
    if not isinstance(found, Weights) or len(found.weights) != count:
        raise InvalidValue(f"expected weights= as {count} numbers, one for each distribution, got {weights!r}")
    return found


def _jensen_shannon(found: Exact, shares: Weights, unit: Base) -> ClosedForm:
    terms = []
    for row in outcomes(found):
        parts = [(w, sw, p, sp) for (w, _, sw), (p, _, sp) in zip(shares.entries(), row, strict=True)]
        mean = sympy.Add(*(w * p for w, _, p, _ in parts))
        for w, sw, p, sp in parts:
            if "0" not in (sw, sp):
                known = sw == sp == "+"
                terms.append(w * (p * sympy.log(p / mean) if known else rel_entr(p, mean)))
    two = len(shares.weights) == 2 and shares.weights[0] == shares.weights[1]
    backing = Backing(
        "js_eq_entropy" if two else "",
        ("js_nonneg", "js_eq_zero_iff", "js_le_log_two", "js_eq_mutual_info") if two else ("compensation",),
        "" if two else "the library has the Jensen–Shannon divergence of two distributions with the same weight only",
    )
    value = sympy.Add(*terms) if found.limits is None else total(found, [sympy.Add(*terms)])
    open_weights = [w >= 0 for w, s in zip(shares.weights, shares.signs, strict=True) if s == "?"]
    return record(found, value, unit, backing, [*open_weights, *shares.conditions])


def _jensen_shannon_record(
    P: DistributionLike,
    Q: DistributionLike,
    *others: DistributionLike,
    weights: DistributionLike | None = None,
    base: Number | sympy.Expr | None = None,
    normalize: bool = False,
) -> ClosedForm:
    given = _several(P, Q, *others)
    shares = _shares(weights, len(given), normalize)
    return _jensen_shannon(read_exact(given, normalize), shares, read_base(base))


# --- total variation, χ², Hellinger ----------------------------------------------------------------------------------


def total_variation(
    P: DistributionLike,
    Q: DistributionLike,
    normalize: bool = False,
    *,
    exact: bool | None = None,
    axis: int | None = None,
) -> Value:
    """Return the total variation distance ½·Σ abs(p − q), the largest difference of the probabilities of an event.

    Parameters
    ----------
    P, Q : distribution
        As in :func:`kl_divergence`.
    normalize : bool, optional
        Whether to divide P and Q by their sums.
    exact : bool, optional
        Whether the result is exact, as in :func:`kl_divergence`.
    axis : int, optional
        The axis of the outcomes, in arrays of more than one dimension.

    Returns
    -------
    sympy.Expr, float or numpy.ndarray
        From 0, for equal distributions, to 1, for those that exclude each other.

    Raises
    ------
    InvalidValue, InvalidType
        As in :func:`kl_divergence`.

    Notes
    -----
    Some authors leave the factor ½ out; the values are then from 0 to 2. Pinsker's inequality, the theorem ``pinsker``,
    bounds it by the divergence: 2·TV² ≤ D(P‖Q), in nats. That it is at most 1 is ``sum_abs_sub_le_two``.

    References
    ----------
    A. B. Tsybakov, "Introduction to Nonparametric Estimation", Springer 2009, section 2.4.

    Examples
    --------
    >>> total_variation([0.7, 0.3], [0.5, 0.5])
    1/5
    """

    def in_floats(P: Batch, Q: Batch) -> Floats:
        from .float_measures import total_variation as floats

        return floats(P, Q)

    def exactly(found: Exact) -> sympy.Expr:
        return _total_variation(found).expression

    return evaluate({"P": P, "Q": Q}, exactly, in_floats, normalize=normalize, exact=exact, axis=axis)


def _total_variation(found: Exact) -> ClosedForm:
    value = total(found, [abs(p - q) for (p, _, _), (q, _, _) in outcomes(found)]) / 2
    return record(found, value, NATS, Backing(facts=("pinsker", "sum_abs_sub_le_two"), reason=_BY_DEFINITION))


def _total_variation_record(P: DistributionLike, Q: DistributionLike, normalize: bool = False) -> ClosedForm:
    return _total_variation(read_exact({"P": P, "Q": Q}, normalize))


def chi_squared(
    P: DistributionLike,
    Q: DistributionLike,
    normalize: bool = False,
    *,
    exact: bool | None = None,
    axis: int | None = None,
) -> Value:
    """Return Pearson's χ² divergence χ²(P‖Q) = Σ (p − q)²/q.

    Parameters
    ----------
    P, Q : distribution
        As in :func:`kl_divergence`; Q is the reference, whose probabilities are divided by.
    normalize : bool, optional
        Whether to divide P and Q by their sums.
    exact : bool, optional
        Whether the result is exact, as in :func:`kl_divergence`.
    axis : int, optional
        The axis of the outcomes, in arrays of more than one dimension.

    Returns
    -------
    sympy.Expr, float or numpy.ndarray
        ``oo`` where Q excludes an outcome that P does not. What both exclude counts 0.

    Raises
    ------
    InvalidValue, InvalidType
        As in :func:`kl_divergence`.

    Notes
    -----
    With P the frequencies of N observations, N·χ² is Pearson's statistic. D(P‖Q) ≤ log(1 + χ²) ≤ χ² are the theorems
    ``kl_le_log_one_add_chi2`` and ``kl_le_chi2``.

    References
    ----------
    A. B. Tsybakov, "Introduction to Nonparametric Estimation", Springer 2009, section 2.4.

    Examples
    --------
    >>> chi_squared([0.7, 0.3], [0.5, 0.5])
    4/25
    """

    def in_floats(P: Batch, Q: Batch) -> Floats:
        from .float_measures import chi_squared as floats

        return floats(P, Q)

    def exactly(found: Exact) -> sympy.Expr:
        return _chi_squared(found).expression

    return evaluate({"P": P, "Q": Q}, exactly, in_floats, normalize=normalize, exact=exact, axis=axis)


def _chi_squared(found: Exact) -> ClosedForm:
    value, required = _by_outcome(found, lambda p, q: (p - q) ** 2 / q, lambda: sympy.S.One, lambda: sympy.oo)
    facts = ("kl_le_log_one_add_chi2", "kl_le_chi2")
    if any(sq == "0" for _, (_, _, sq) in outcomes(found)):
        return record(found, value, NATS, Backing(facts=facts, reason=_POSITIVE), required)
    return record(found, value, NATS, Backing("chi2_eq", facts), required)


def _chi_squared_record(P: DistributionLike, Q: DistributionLike, normalize: bool = False) -> ClosedForm:
    return _chi_squared(read_exact({"P": P, "Q": Q}, normalize))


def hellinger(
    P: DistributionLike,
    Q: DistributionLike,
    normalize: bool = False,
    *,
    squared: bool = False,
    exact: bool | None = None,
    axis: int | None = None,
) -> Value:
    """Return the Hellinger distance √(½·Σ (√p − √q)²) = √(1 − Σ √(p·q)), which is from 0 to 1.

    Parameters
    ----------
    P, Q : distribution
        As in :func:`kl_divergence`.
    normalize : bool, optional
        Whether to divide P and Q by their sums.
    squared : bool, optional
        Return the square, ½·Σ (√p − √q)².
    exact : bool, optional
        Whether the result is exact, as in :func:`kl_divergence`.
    axis : int, optional
        The axis of the outcomes, in arrays of more than one dimension.

    Returns
    -------
    sympy.Expr, float or numpy.ndarray
        From 0, for equal distributions, to 1, for those that exclude each other.

    Raises
    ------
    InvalidValue, InvalidType
        As in :func:`kl_divergence`.

    Notes
    -----
    Some authors leave the factor ½ out; the values are then from 0 to √2. Σ √(p·q) is the Bhattacharyya coefficient,
    and −2·log of it the Rényi divergence of order ½. The squared distance is at most the total variation
    (``hellinger_le_tv``), and twice it at most the divergence (``hellinger_le_kl``).

    References
    ----------
    A. B. Tsybakov, "Introduction to Nonparametric Estimation", Springer 2009, section 2.4.

    Examples
    --------
    >>> hellinger([1, 0], [0.5, 0.5], squared=True)
    1 - sqrt(2)/2
    >>> hellinger([0.2, 0.8], [0.8, 0.2])
    sqrt(5)/5
    """
    _checked_squared(squared)

    def in_floats(P: Batch, Q: Batch) -> Floats:
        from .float_measures import hellinger as floats

        return floats(P, Q, squared)

    def exactly(found: Exact) -> sympy.Expr:
        return _hellinger(found, squared).expression

    return evaluate({"P": P, "Q": Q}, exactly, in_floats, normalize=normalize, exact=exact, axis=axis)


def _checked_squared(squared: bool) -> None:
    if not isinstance(squared, bool):
        raise InvalidType(f"expected squared=True or False, got {squared!r}")


def _hellinger(found: Exact, squared: bool) -> ClosedForm:
    terms = [sympy.sqrt(p) * sympy.sqrt(q) for (p, _, sp), (q, _, sq) in outcomes(found) if "0" not in (sp, sq)]
    value = 1 - total(found, terms)
    signs = positive(found)
    backing = Backing(reason=_POSITIVE)
    if signs is not None:
        backing = Backing("hellinger_eq", ("hellinger_le_tv", "hellinger_le_kl"), hypotheses=signs)
    return record(found, value if squared else sympy.sqrt(value), NATS, backing)


def _hellinger_record(
    P: DistributionLike, Q: DistributionLike, normalize: bool = False, *, squared: bool = False
) -> ClosedForm:
    _checked_squared(squared)
    return _hellinger(read_exact({"P": P, "Q": Q}, normalize), squared)


_BY_DEFINITION = "the expression is the definition, written out"
_POSITIVE = "the theorems of the library are about positive probabilities, and here one is 0"


# --- f-divergences ---------------------------------------------------------------------------------------------------


def f_divergence(
    f: Generator,
    P: DistributionLike,
    Q: DistributionLike,
    normalize: bool = False,
    *,
    exact: bool | None = None,
    axis: int | None = None,
) -> Value:
    """Return the f-divergence D_f(P‖Q) = Σ q·f(p/q), for a convex function f with f(1) = 0.

    Parameters
    ----------
    f : sympy.Lambda, sympy.Expr or callable
        The function: a ``Lambda``, an expression with one symbol, or a Python function that takes a SymPy symbol, which
        stands for p/q > 0, and returns an expression.
    P, Q : distribution
        As in :func:`kl_divergence`.
    normalize : bool, optional
        Whether to divide P and Q by their sums.
    exact : bool, optional
        Whether the result is exact, as in :func:`kl_divergence`.
    axis : int, optional
        The axis of the outcomes, in arrays of more than one dimension.

    Returns
    -------
    sympy.Expr, float or numpy.ndarray
        ``oo`` where the limits below are infinite.

    Raises
    ------
    InvalidValue
        A ``ValueError`` for f(1) ≠ 0, a limit that SymPy cannot find, and as in :func:`kl_divergence`.
    InvalidType
        A ``TypeError`` for an f that is none of these, text included.

    Notes
    -----
    As usual an outcome with p = 0 < q counts q·f(0), with f(0) the limit of f(t) for t → 0; one with q = 0 < p counts
    p·f'(∞), with f'(∞) the limit of f(t)/t for t → ∞; and one that both exclude counts 0. Whether f is convex is not
    checked; only for convex f is the result never negative. ``t*log(t)`` gives D(P‖Q), ``-log(t)`` D(Q‖P),
    ``(t - 1)**2`` χ²(P‖Q), ``abs(t - 1)/2`` the total variation and ``(sqrt(t) - 1)**2/2`` the squared Hellinger
    distance.

    References
    ----------
    I. Csiszár and P. C. Shields, "Information Theory and Statistics: A Tutorial", Foundations and Trends in
    Communications and Information Theory 1 (2004), section 4.

    Examples
    --------
    >>> t = sympy.Symbol("t", positive=True)
    >>> f_divergence(t * sympy.log(t), [0.7, 0.3], [0.5, 0.5])
    3*log(3/5)/10 + 7*log(7/5)/10
    >>> f_divergence(lambda t: abs(t - 1) / 2, [1, 0], [0.25, 0.75])
    3/4
    """
    function = _Function(f)

    def in_floats(P: Batch, Q: Batch) -> Floats:
        from .float_measures import f_divergence as floats

        if function.value.free_symbols - {function.t}:
            raise InvalidType(f"expected f without further symbols for floats, got {function.value}")
        numeric = sympy.lambdify(function.t, function.value, "numpy")
        return floats(numeric, lambda: float(function.at_zero()), lambda: float(function.at_infinity()), P, Q)

    def exactly(found: Exact) -> sympy.Expr:
        return _f_divergence(function, found).expression

    return evaluate({"P": P, "Q": Q}, exactly, in_floats, normalize=normalize, exact=exact, axis=axis)


@final
class _Function:
    """The function of an f-divergence: its expression ``value`` in the positive symbol ``t``."""

    def __init__(self, f: Generator) -> None:
        self.t = sympy.Dummy("t", positive=True)
        self.value = self._read(f)
        at_one = self.value.subs(self.t, 1)
        if at_one.is_zero is False or (at_one.is_zero is None and sympy.simplify(at_one).is_zero is False):
            raise InvalidValue(f"expected a function f with f(1) = 0, got one with f(1) = {at_one}")

    def _read(self, f: Generator) -> sympy.Expr:
        if isinstance(f, sympy.Lambda):
            if len(f.signature) != 1:
                raise InvalidType(f"expected f as a function of one argument, got {f}")
            found = f(self.t)
        elif isinstance(f, sympy.Expr):
            symbols = sorted(f.free_symbols, key=str)
            if len(symbols) != 1:
                names = ", ".join(map(str, symbols)) or "no symbol"
                raise InvalidType(f"expected f as an expression with one symbol, got {f} with {names}; use a Lambda")
            found = f.subs(symbols[0], self.t)
        elif callable(f) and not isinstance(f, type):
            found = f(self.t)
        else:
            raise InvalidType(f"expected f as a Lambda, an expression or a function of a symbol, got {kind_of(f)}")
        if isinstance(found, int) and not isinstance(found, bool):
            found = sympy.Integer(found)
        if not isinstance(found, sympy.Expr):
            raise InvalidType(f"expected f to return a SymPy expression of its argument, got {kind_of(found)}")
        return found

    def at_zero(self) -> sympy.Expr:
        """Return the limit of f(t) for t → 0."""
        return self._limit(self.value, sympy.S.Zero, "+", "f(t) for t → 0")

    def at_infinity(self) -> sympy.Expr:
        """Return the limit of f(t)/t for t → ∞."""
        return self._limit(self.value / self.t, sympy.oo, "-", "f(t)/t for t → ∞")

    def _limit(self, e: sympy.Expr, at: sympy.Expr, side: str, what: str) -> sympy.Expr:
        try:
            found = sympy.limit(e, self.t, at, side)
        except (NotImplementedError, ValueError, TypeError):
            found = sympy.nan
        if found.has(sympy.nan, sympy.Limit, sympy.AccumBounds):
            raise InvalidValue(f"an outcome has probability 0, and SymPy does not find the limit of {what}")
        return found


def _f_divergence(function: _Function, found: Exact) -> ClosedForm:
    def inside(p: sympy.Expr, q: sympy.Expr) -> sympy.Expr:
        return q * function.value.subs(function.t, p / q)

    value, required = _by_outcome(found, inside, function.at_zero, function.at_infinity, strict=True)
    reason = "no theorem of the library is about every f"
    return record(found, value, NATS, Backing(reason=reason), required)


def _f_divergence_record(f: Generator, P: DistributionLike, Q: DistributionLike, normalize: bool = False) -> ClosedForm:
    return _f_divergence(_Function(f), read_exact({"P": P, "Q": Q}, normalize))


def _by_outcome(
    found: Exact,
    inside: Callable[[sympy.Expr, sympy.Expr], sympy.Expr],
    at_zero: Callable[[], sympy.Expr],
    at_infinity: Callable[[], sympy.Expr],
    strict: bool = False,
) -> tuple[sympy.Expr, list[sympy.Basic]]:
    """Return a sum of q·f(p/q), and what it needs: q > 0, and p > 0 too if *strict*."""
    terms, required = [], []
    for (p, wp, sp), (q, wq, sq) in outcomes(found):
        if sp == "0" or sq == "0":
            if sp != "0":
                terms.append(_product(p, sp, at_infinity()))
            elif sq != "0":
                terms.append(_product(q, sq, at_zero()))
            continue
        terms.append(inside(p, q))
        required += [wp > 0] if strict and sp == "?" else []
        required += [wq > 0] if sq == "?" else []
    return total(found, terms), required


def _product(p: sympy.Expr, sign: str, factor: sympy.Expr) -> sympy.Expr:
    """Return p·factor, which is 0 at p = 0 also where the factor is infinite."""
    if factor.is_finite is False and sign == "?":
        return sympy.Piecewise((0, sympy.Eq(p, 0)), (factor, True))
    return p * factor


RECORDS[jensen_shannon] = _jensen_shannon_record
RECORDS[total_variation] = _total_variation_record
RECORDS[chi_squared] = _chi_squared_record
RECORDS[hellinger] = _hellinger_record
RECORDS[f_divergence] = _f_divergence_record
