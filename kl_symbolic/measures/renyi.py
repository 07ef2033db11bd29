"""Rényi's divergence and entropy of order α, with the limits at 0, 1 and ∞.

Distributions are given, and results returned, as :mod:`kl_symbolic.measures.expressions` and its function
``kl_divergence`` say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sympy

from ..language.errors import InvalidType, InvalidValue
from ..sympy_bridge.exact import Number
from ..sympy_bridge.exact import exact as read_number
from .bases import Base, read_base
from .distributions import Exact
from .evaluation import evaluate, read_exact
from .expressions import RECORDS, ClosedForm, Value, divergence_form, entropy_form
from .inputs import scalar
from .records import Backing, outcomes, positive, record, total

if TYPE_CHECKING:
    from .arrays import Batch, Floats
    from .distributions import DistributionLike

__all__ = ["renyi_divergence", "renyi_entropy"]


def renyi_divergence(
    P: DistributionLike,
    Q: DistributionLike,
    alpha: Number | sympy.Expr,
    base: Number | sympy.Expr | None = None,
    normalize: bool = False,
    *,
    exact: bool | None = None,
    axis: int | None = None,
) -> Value:
    """Return Rényi's divergence of order α, log(Σ p^α·q^(1 − α))/(α − 1).

    Parameters
    ----------
    P, Q : distribution
        As in :func:`kl_divergence`.
    alpha : number or sympy.Expr
        The order, from 0 to ``oo``, or a symbol. The orders 0, 1 and ∞ are limits: −log of the probability under Q of
        what P allows; the divergence D(P‖Q); and log max p/q.
    base : number, optional
        The base of the logarithm, greater than 1; 2 gives bits. Nats by default.
    normalize : bool, optional
        Whether to divide P and Q by their sums.
    exact : bool, optional
        Whether the result is exact, as in :func:`kl_divergence`.
    axis : int, optional
        The axis of the outcomes, in arrays of more than one dimension.

    Returns
    -------
    sympy.Expr, float or numpy.ndarray
        ``oo`` where P and Q exclude each other, and for α ≥ 1 where Q excludes an outcome that P does not. For a
        symbolic order, which is not 1, ``Piecewise`` where that depends on it.

    Raises
    ------
    InvalidValue, InvalidType
        As in :func:`kl_divergence`, and for a negative order.

    Notes
    -----
    Floats have an absolute error of about 10⁻¹⁵/abs(α − 1), so that small divergences of orders near 1 lose digits; the
    order 1 does not.

    References
    ----------
    T. van Erven and P. Harremoës, "Rényi Divergence and Kullback–Leibler Divergence", IEEE Transactions on Information
    Theory 60 (2014), 3797–3820.

    Examples
    --------
    >>> renyi_divergence([0.7, 0.3], [0.5, 0.5], 2)
    log(29/25)
    >>> renyi_divergence([0.7, 0.3], [0.5, 0.5], sympy.oo)
    log(7/5)
    >>> renyi_divergence([1, 0], [0.5, 0.5], 0, base=2)
    1
    """
    order, unit = _order(alpha), read_base(base)

    def in_floats(P: Batch, Q: Batch) -> Floats:
        from .float_measures import renyi_divergence as floats

        values: Floats = unit.of_floats(floats(P, Q, _float(order)))
        return values

    def exactly(found: Exact) -> sympy.Expr:
        return _divergence(found, order, unit).expression

    return evaluate({"P": P, "Q": Q}, exactly, in_floats, normalize=normalize, exact=exact, axis=axis)


def renyi_entropy(
    P: DistributionLike,
    alpha: Number | sympy.Expr,
    base: Number | sympy.Expr | None = None,
    normalize: bool = False,
    *,
    exact: bool | None = None,
    axis: int | None = None,
) -> Value:
    """Return Rényi's entropy of order α, log(Σ p^α)/(1 − α).

    Parameters
    ----------
    P : distribution
        As in :func:`kl_divergence`.
    alpha : number or sympy.Expr
        The order, from 0 to ``oo``, or a symbol. The orders 0, 1 and ∞ are limits: log of the number of outcomes that P
        allows (Hartley), the entropy H(P) (Shannon), and −log max p (the min-entropy); 2 is the collision entropy.
    base : number, optional
        The base of the logarithm, greater than 1; 2 gives bits. Nats by default.
    normalize : bool, optional
        Whether to divide P by its sum.
    exact : bool, optional
        Whether the result is exact, as in :func:`kl_divergence`.
    axis : int, optional
        The axis of the outcomes, in arrays of more than one dimension.

    Returns
    -------
    sympy.Expr, float or numpy.ndarray
        The entropy.

    Raises
    ------
    InvalidValue, InvalidType
        As in :func:`kl_divergence`, and for a negative order.

    References
    ----------
    A. Rényi, "On Measures of Entropy and Information", Proceedings of the Fourth Berkeley Symposium on Mathematical
    Statistics and Probability 1 (1961), 547–561.

    Examples
    --------
    >>> renyi_entropy([0.5, 0.25, 0.25], 2)
    log(8/3)
    >>> renyi_entropy([0.5, 0.25, 0.25, 0], 0), renyi_entropy([0.5, 0.25, 0.25], sympy.oo, base=2)
    (log(3), 1)
    """
    order, unit = _order(alpha), read_base(base)

    def in_floats(P: Batch) -> Floats:
        from .float_measures import renyi_entropy as floats

        values: Floats = unit.of_floats(floats(P, _float(order)))
        return values

    def exactly(found: Exact) -> sympy.Expr:
        return _entropy(found, order, unit).expression

    return evaluate({"P": P}, exactly, in_floats, normalize=normalize, exact=exact, axis=axis)


def _order(alpha: Number | sympy.Expr) -> sympy.Expr:
    if alpha == sympy.oo:  # as is float("inf")
        return sympy.oo
    order = read_number(scalar(alpha, "alpha"), "alpha")
    if order.is_negative:
        raise InvalidValue(f"expected an order alpha of at least 0, got {order}")
    if order.is_number and not order.is_Rational and (order - 1).is_positive is None:
        raise InvalidValue(f"expected an order alpha on whose side of 1 SymPy can decide, got {order}")
    return order


def _float(order: sympy.Expr) -> float:
    if order.free_symbols:
        raise InvalidType(f"expected a number as alpha for floats, got {order}; exact=True takes a symbol")
    return float(order)


def _of_order(order: sympy.Expr) -> list[sympy.Basic]:
    """Return what the general formula asks of the order."""
    return [] if order.is_number else [c for c in (order > 0, sympy.Ne(order, 1)) if c != sympy.true]


_DEFINITION = "the expression is the definition, written out"
_NONE = Backing(reason=_DEFINITION)


def _signs(found: Exact, order: sympy.Expr) -> Backing:
    """Return the theorems that the divergence is not negative, which are about positive probabilities."""
    if positive(found) is None or not order.is_number:
        return _NONE
    facts = ("sum_rpow_le_one",) if order < 1 else ("one_add_kl_le_sum_rpow",)
    return Backing(facts=facts, reason=_DEFINITION)


def _divergence(found: Exact, order: sympy.Expr, unit: Base) -> ClosedForm:
    if order == 1:
        return divergence_form(found, unit)
    if order == 0:
        return _of_support(found, unit)
    if order is sympy.oo:
        return _largest_ratio(found, unit)
    terms, required = [], []
    for (p, _, sp), (q, wq, sq) in outcomes(found):
        if sp == "0":
            continue
        below = order < 1
        if sq != "0":
            terms.append(p**order * q ** (1 - order))
            required += [wq > 0] if sq == "?" and below != sympy.true else []
        elif below != sympy.true:
            allowed = below if sp == "+" else sympy.Or(below, sympy.Eq(p, 0))
            terms.append(sympy.Piecewise((0, allowed), (sympy.oo, True)))
    plain = [x for x in terms if not isinstance(x, sympy.Piecewise)]
    infinite = sympy.oo in terms or not plain  # for orders below 1 the logarithm of 0 is divided by a negative number
    value = sympy.oo
    if not infinite:
        inside = total(found, terms)
        value = _negative_log(inside) / (1 - order) if order.is_number and order < 1 else _log(inside) / (order - 1)
    return record(found, value, unit, _signs(found, order), [*required, *_of_order(order)])


def _of_support(found: Exact, unit: Base) -> ClosedForm:
    terms = [q for (_, _, sp), (q, _, sq) in outcomes(found) if "0" not in (sp, sq)]
    required = [wp > 0 for (_, wp, sp), _ in outcomes(found) if sp == "?"]
    whole = not any(sp == "0" for (_, _, sp), _ in outcomes(found))  # then what P allows has probability 1
    value = sympy.S.Zero if whole else _negative_log(total(found, terms)) if terms else sympy.oo
    return record(found, value, unit, _NONE, required)


def _largest_ratio(found: Exact, unit: Base) -> ClosedForm:
    if found.limits is not None:
        raise InvalidValue("the order ∞ needs the outcomes, and P and Q have a symbolic index")
    rows = outcomes(found)
    if any(sp == "+" and sq == "0" for (_, _, sp), (_, _, sq) in rows):
        return record(found, sympy.oo, unit, _NONE)
    for (p, _, sp), (_, _, sq) in rows:
        if sp == "?" and sq == "0":
            raise InvalidValue(f"the order ∞ needs the sign of {p}, whose outcome Q excludes")
    ratios = [p / q for (p, _, sp), (q, _, _) in rows if sp != "0"]
    required = [wq > 0 for (_, _, sp), (_, wq, sq) in rows if sp != "0" and sq == "?"]
    return record(found, sympy.log(sympy.Max(*ratios)), unit, _NONE, required)


def _entropy(found: Exact, order: sympy.Expr, unit: Base) -> ClosedForm:
    if order == 1:
        return entropy_form(found, unit)
    entries = [entry for (entry,) in outcomes(found) if entry[2] != "0"]
    required: list[sympy.Basic] = []
    if order == 0:
        required = [w > 0 for _, w, sign in entries if sign == "?"]
        value = sympy.log(total(found, [sympy.S.One for _ in entries]).doit())
    elif order is sympy.oo:
        if found.limits is not None:
            raise InvalidValue("the order ∞ needs the outcomes, and P has a symbolic index")
        value = _negative_log(sympy.Max(*(p for p, _, _ in entries)))
    else:
        required = _of_order(order)
        value = _negative_log(total(found, [p**order for p, _, _ in entries])) / (order - 1)
    facts = ("collision_bound",) if order == 2 else ()
    return record(found, value, unit, Backing(facts=facts, reason=_DEFINITION), required)


def _log(x: sympy.Expr) -> sympy.Expr:
    """Return log x; a product of roots of numbers is taken apart, so that log(√2/2) becomes −log(2)/2."""
    product = x.is_number and not (x.is_Rational or x.is_Add)
    return sympy.expand_log(sympy.log(x)) if product else sympy.log(x)


def _negative_log(x: sympy.Expr) -> sympy.Expr:
    return _log(1 / x) if x.is_Rational else -_log(x)


def _divergence_record(
    P: DistributionLike,
    Q: DistributionLike,
    alpha: Number | sympy.Expr,
    base: Number | sympy.Expr | None = None,
    normalize: bool = False,
) -> ClosedForm:
    return _divergence(read_exact({"P": P, "Q": Q}, normalize), _order(alpha), read_base(base))


def _entropy_record(
    P: DistributionLike,
    alpha: Number | sympy.Expr,
    base: Number | sympy.Expr | None = None,
    normalize: bool = False,
) -> ClosedForm:
    return _entropy(read_exact({"P": P}, normalize), _order(alpha), read_base(base))


RECORDS[renyi_divergence] = _divergence_record
RECORDS[renyi_entropy] = _entropy_record
