"""Divergence, entropy and cross-entropy: exact SymPy expressions, or floats for arrays of floats.

``inputs.py`` says what may be given as a distribution, ``distributions.py`` how it is read exactly, and
``evaluation.py`` when a result is a float. Everything is in nats unless a base is given, and 0·log 0 = 0, also in what
is returned: where an entry may be 0, its summand is ``rel_entr(p, q)`` or ``xlogy(p, q)``, which have the right value
there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias, final

import sympy

from ..language.errors import InvalidType, InvalidValue, NoClosedForm
from ..sympy_bridge import ForAll, rel_entr, xlogy
from ..sympy_bridge.exact import Number
from .bases import Base, read_base
from .closed_forms import ClosedForm
from .evaluation import evaluate, read_exact
from .laws import law_form, laws

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ..families.divergence import Measure
    from ..families.family import Law
    from ..families.formula_family import FormulaLaw
    from .arrays import Batch, Floats
    from .distributions import DistributionLike, Exact

__all__ = ["ClosedForm", "Value", "closed_form", "cross_entropy", "entropy", "kl_divergence"]

Value: TypeAlias = "sympy.Expr | np.floating | NDArray[np.generic]"
"""An exact expression, a float, or an array of either: see ``evaluation``."""


def kl_divergence(
    P: DistributionLike,
    Q: DistributionLike,
    base: Number | sympy.Expr | None = None,
    normalize: bool = False,
    *,
    exact: bool | None = None,
    axis: int | None = None,
) -> Value:
    """Return the divergence D(P‖Q) = Σ p·log(p/q), how much worse Q predicts what comes from P.

    Parameters
    ----------
    P, Q : distribution
        A coin (one number, the probability of heads), a sequence, a dict from outcomes to probabilities, a NumPy array,
        a pandas Series, a finite random variable of ``sympy.stats`` or ``scipy.stats``, or symbolic ``p[i]``. Where
        outcomes are named, they are matched, and a missing one has probability 0.
    base : number, optional
        The base of the logarithm, greater than 1; 2 gives bits. Nats by default.
    normalize : bool, optional
        Divide P and Q by their sums, so that counts can be given. Otherwise a sum that differs from 1 by more than the
        rounding of floats is refused.
    exact : bool, optional
        True for an expression, False for floats. By default floats are returned if P or Q is a floating array or
        Series, and an expression for everything else.
    axis : int, optional
        The axis of the outcomes in arrays of more than one dimension, which have no default. The other dimensions are
        broadcast. An array of one dimension has its outcomes there.

    Returns
    -------
    sympy.Expr, float or numpy.ndarray
        ``oo``, or ``inf``, where Q excludes an outcome that P does not. An array, of expressions or of floats, where an
        input has more than one dimension. :func:`closed_form` returns the conditions of an expression too.

    Raises
    ------
    InvalidValue
        A ``ValueError`` for a negative entry, NaN or infinity, a sum other than 1, different numbers of outcomes: the
        message names the entry, and the row.
    InvalidType
        A ``TypeError`` for anything that is not understood as a distribution: text, a set, a random variable with
        infinitely many outcomes, a function. The message says what was given and what to write.

    Notes
    -----
    Floats in sequences and dicts are the decimals that they print; if their sum is not 1 because of rounding, they are
    rescaled, and :func:`distribution` shows the numbers taken. Floating arrays are worked on in double precision, also
    rescaled, and keep their digits where P and Q are close.

    0·log(0/q) = 0, and the divergence is ∞ where Q excludes an outcome that P does not. It is nonnegative (the theorem
    ``kl_nonneg``), 0 for equal distributions only (``kl_eq_zero_iff``), and not symmetric.

    References
    ----------
    S. Kullback and R. A. Leibler, "On Information and Sufficiency", Annals of Mathematical Statistics 22 (1951), 79–86.
    T. M. Cover and J. A. Thomas, "Elements of Information Theory", 2nd edition, Wiley 2006, section 2.3.

    Examples
    --------
    >>> kl_divergence([0.7, 0.3], [0.5, 0.5])
    3*log(3/5)/10 + 7*log(7/5)/10
    >>> kl_divergence([0.5, 0.25, 0.25], [0.25, 0.25, 0.5], base=2)
    1/4
    >>> p, q, i = *map(sympy.IndexedBase, "pq"), sympy.Symbol("i")
    >>> kl_divergence(p[i], q[i])
    Sum(rel_entr(p[i], q[i]), (i, 0, K - 1))
    >>> import numpy as np
    >>> kl_divergence(np.array([[0.5, 0.5], [1.0, 0.0]]), [0.5, 0.5], axis=-1, base=2)
    array([0., 1.])
    """
    return _value({"P": P, "Q": Q}, _DIVERGENCE, base, normalize, exact, axis)


def cross_entropy(
    P: DistributionLike,
    Q: DistributionLike,
    base: Number | sympy.Expr | None = None,
    normalize: bool = False,
    *,
    exact: bool | None = None,
    axis: int | None = None,
) -> Value:
    """Return the cross entropy H(P, Q) = −Σ p·log q, what :func:`entropy` and :func:`kl_divergence` add up to.

    Parameters
    ----------
    P, Q : distribution
        As in :func:`kl_divergence`.
    base : number, optional
        The base of the logarithm, greater than 1. Nats by default.
    normalize : bool, optional
        Whether to divide P and Q by their sums.
    exact, axis : optional
        As in :func:`kl_divergence`.

    Returns
    -------
    sympy.Expr, float or numpy.ndarray
        ``oo``, or ``inf``, where Q excludes an outcome that P does not.

    Raises
    ------
    InvalidValue, InvalidType
        As in :func:`kl_divergence`.

    Notes
    -----
    H(P, Q) = H(P) + D(P‖Q) is the theorem ``cross_entropy_identity``.

    References
    ----------
    T. M. Cover and J. A. Thomas, "Elements of Information Theory", 2nd edition, Wiley 2006, section 5.4.

    Examples
    --------
    >>> cross_entropy({"a": 1, "b": 0}, {"a": 0.5, "b": 0.5})
    log(2)
    """
    return _value({"P": P, "Q": Q}, _CROSS, base, normalize, exact, axis)


def entropy(
    P: DistributionLike,
    base: Number | sympy.Expr | None = None,
    normalize: bool = False,
    *,
    exact: bool | None = None,
    axis: int | None = None,
) -> Value:
    """Return the entropy H(P) = −Σ p·log p, with 0·log 0 = 0.

    Parameters
    ----------
    P : distribution
        As in :func:`kl_divergence`.
    base : number, optional
        The base of the logarithm, greater than 1; 2 gives bits. Nats by default.
    normalize : bool, optional
        Whether to divide P by its sum.
    exact, axis : optional
        As in :func:`kl_divergence`.

    Returns
    -------
    sympy.Expr, float or numpy.ndarray
        As in :func:`kl_divergence`.

    Raises
    ------
    InvalidValue, InvalidType
        As in :func:`kl_divergence`.

    References
    ----------
    C. E. Shannon, "A Mathematical Theory of Communication", Bell System Technical Journal 27 (1948), 379–423.

    Examples
    --------
    >>> entropy([3, 1, 1, 1], normalize=True)
    log(2)/2 + log(6)/2
    >>> entropy([0.5, 0.25, 0.125, 0.125], base=2)
    7/4
    """
    return _value({"P": P}, _ENTROPY, base, normalize, exact, axis)


def closed_form(*given: object, measure: Callable[..., Value] | None = None, **options: object) -> ClosedForm:
    """Return a measure with the conditions under which it holds and the theorem behind it.

    Where the sign of an entry is not known, 0 ≤ p is a condition, and the summand of the divergence is
    ``rel_entr(p, q)``, which is right for every p ≥ 0 and q ≥ 0: 0 at p = 0, and ∞ at q = 0 < p. Where both are known
    to be positive, it is p·log(p/q).

    Parameters
    ----------
    *given : distribution
        What the measure takes: P and Q for the divergence, a joint distribution and its variables for mutual
        information.
    measure : callable, optional
        One of the measures of this package, such as ``kl_symbolic.entropy``; :func:`kl_divergence` by default.
    **options : object
        The options of the measure: ``base``, ``normalize``, ``alpha``, ``given``, ``names`` and the like. Results are
        exact, so that ``exact`` and ``axis`` do not belong to them. With ``piecewise=True`` the divergence of
        distributions of families is a ``Piecewise`` that is ∞ where the integral is proved not to exist, and not only
        the formula with its conditions.

    Returns
    -------
    ClosedForm
        The expression, its conditions, the name of its derivation, and what that assumes.

    Raises
    ------
    InvalidValue, InvalidType
        As the measure does.

    Examples
    --------
    >>> p, q = sympy.symbols("p q")
    >>> found = closed_form(p, q)
    >>> found.expression
    rel_entr(p, q) + rel_entr(1 - p, 1 - q)
    >>> found.conditions
    (p >= 0, q >= 0, 1 - p >= 0, 1 - q >= 0)
    >>> found.derivation, found.hypotheses
    ('coin_flips', (p > 0, q > 0, 1 - p > 0, 1 - q > 0))
    >>> found.expression.subs({p: 0, q: sympy.Rational(1, 2)})
    log(2)
    >>> closed_form(p, measure=entropy).facts
    ('entropy_nonneg', 'entropy_le_log_card')
    """
    try:
        record = RECORDS[kl_divergence if measure is None else measure]
    except (KeyError, TypeError):
        raise InvalidType(f"expected measure= as a measure of kl_symbolic, got {measure!r}") from None
    inexact = sorted({"exact", "axis", "axes"} & set(options))
    if inexact:
        raise InvalidType(f"a closed form is exact and of one distribution: {inexact[0]}= does not belong to it")
    return record(*given, **options)


# --- what is summed ----------------------------------------------------------------------------------------------


@final
@dataclass(frozen=True, slots=True)
class _Summand:
    """One of the three sums.

    Attributes
    ----------
    name : str
        Of the function, here and in ``arrays``.
    of : callable
        The summand where p and q are positive.
    total : callable
        The summand where one of them may be 0.
    """

    name: str
    of: Callable[[sympy.Expr, sympy.Expr], sympy.Expr]
    total: Callable[[sympy.Expr, sympy.Expr], sympy.Expr]


_MEASURES: dict[str, Measure] = {
    "kl_divergence": "divergence",
    "cross_entropy": "cross_entropy",
    "entropy": "entropy",
}
"""The names of the measures in the families."""

_DIVERGENCE = _Summand(
    "kl_divergence", lambda p, q: p * sympy.log(p / q), lambda p, q: xlogy(p, p) if q == 1 else rel_entr(p, q)
)
_ENTROPY = _Summand("entropy", lambda p, _: -p * sympy.log(p), lambda p, _: -xlogy(p, p))
_CROSS = _Summand("cross_entropy", lambda p, q: -p * sympy.log(q), lambda p, q: -xlogy(p, q))


def _value(
    given: Mapping[str, object],
    summand: _Summand,
    base: Number | sympy.Expr | None,
    normalize: bool,
    exact: bool | None,
    axis: int | None,
) -> Value:
    unit = read_base(base)
    families = laws(given)
    if families is not None:
        return _of_laws(summand, families, unit)

    def in_floats(*found: Batch) -> Floats:
        from . import arrays

        measure: Callable[..., Floats] = getattr(arrays, summand.name)
        values: Floats = unit.of_floats(measure(*found))
        return values

    def exactly(found: Exact) -> sympy.Expr:
        return _measure(found, summand, unit).expression

    return evaluate(given, exactly, in_floats, normalize=normalize, exact=exact, axis=axis)


def _of_laws(summand: _Summand, families: tuple[Law | FormulaLaw, ...], unit: Base) -> sympy.Expr:
    measure = _MEASURES[summand.name]
    form = law_form(measure, families, unit, EXACT[measure])
    if form.expression is None:
        raise NoClosedForm(f"no closed form: {form.reason}")
    return form.expression


def _measure(found: Exact, summand: _Summand, unit: Base) -> ClosedForm:
    """Return the sum, the conditions under which it is right, and the derivation behind it, with what that assumes."""
    P, Q = found.distributions[0], found.distributions[-1]
    pairs = list(zip(P.entries(), Q.entries(), strict=True))
    infinite = any(sp == "+" and sq == "0" for (_, _, sp), (_, _, sq) in pairs)
    terms, conditions = [], []
    for (p, wp, sp), (q, wq, sq) in pairs:
        if sp != "0" and not infinite:
            terms.append((summand.of if sp == sq == "+" else summand.total)(p, q))
        conditions += [w >= 0 for w, sign in ((wp, sp), (wq, sq)) if sign == "?"]
    value = sympy.oo if infinite else sympy.Add(*terms)
    if found.limits is not None:
        sign = -1 if value.could_extract_minus_sign() else 1
        value = sign * sympy.Sum(sign * value, found.limits)
        conditions = [ForAll(c, found.limits) for c in conditions]
    conditions += [*P.conditions, *Q.conditions, *unit.conditions]
    if sympy.false in conditions:
        raise InvalidValue("the assumptions on the symbols exclude that these are probabilities")
    name, hypotheses = ("", []) if infinite else _behind([(wp, sp, wq, sq) for (_, wp, sp), (_, wq, sq) in pairs])
    if found.limits is not None:
        hypotheses = [ForAll(h, found.limits) for h in hypotheses]
    return ClosedForm(unit.of(value), _open(conditions), name, _open(hypotheses))


def divergence_form(found: Exact, unit: Base) -> ClosedForm:
    """Return the record of D(P‖Q).

    Parameters
    ----------
    found : Exact
        P and Q.
    unit : Base
        The base of the logarithm.
    """
    return _with_facts(_measure(found, _DIVERGENCE, unit), "kl_nonneg", "kl_eq_zero_iff", "pinsker")


def entropy_form(found: Exact, unit: Base) -> ClosedForm:
    """Return the record of H(P).

    Parameters
    ----------
    found : Exact
        P.
    unit : Base
        The base of the logarithm.
    """
    facts = ("entropy_nonneg", "entropy_le_log_card")
    form = _measure(found, _ENTROPY, unit)
    return replace(form, derivation="entropy_eq_neg_kl_one", hypotheses=(), facts=facts)


def _cross_form(found: Exact, unit: Base) -> ClosedForm:
    form = _measure(found, _CROSS, unit)
    named = replace(form, derivation="cross_entropy_identity" if form.derivation else "")
    return _with_facts(named, "cross_entropy_min", "cross_entropy_min_iff")


def _with_facts(form: ClosedForm, *facts: str) -> ClosedForm:
    if not form.derivation:
        return replace(form, reason="no theorem speaks about a divergence that is infinite or may be")
    return replace(form, facts=facts)


def _of_two(measure: Measure, form: Callable[[Exact, Base], ClosedForm]) -> Callable[..., ClosedForm]:
    def record(
        P: DistributionLike,
        Q: DistributionLike,
        base: Number | sympy.Expr | None = None,
        normalize: bool = False,
        piecewise: bool = False,
    ) -> ClosedForm:
        if piecewise and measure != "divergence":
            raise InvalidType(f"expected piecewise= for a divergence, got it for a {measure.replace('_', '-')}")
        if families := laws({"P": P, "Q": Q}):
            return law_form(measure, families, read_base(base), form, piecewise)
        return form(read_exact({"P": P, "Q": Q}, normalize), read_base(base))

    return record


def _entropy_record(
    P: DistributionLike, base: Number | sympy.Expr | None = None, normalize: bool = False
) -> ClosedForm:
    if families := laws({"P": P}):
        return law_form("entropy", families, read_base(base), entropy_form)
    return entropy_form(read_exact({"P": P}, normalize), read_base(base))


EXACT: dict[str, Callable[[Exact, Base], ClosedForm]] = {
    "divergence": divergence_form,
    "cross_entropy": _cross_form,
    "entropy": entropy_form,
}
"""The records of distributions with finitely many outcomes, by what the families call the measure."""

RECORDS: dict[Callable[..., Value], Callable[..., ClosedForm]] = {
    kl_divergence: _of_two("divergence", divergence_form),
    cross_entropy: _of_two("cross_entropy", _cross_form),
    entropy: _entropy_record,
}
"""Of each measure the function that returns its record; the modules of the other measures add theirs."""


def _open(conditions: list[sympy.Basic]) -> tuple[sympy.Basic, ...]:
    return tuple(dict.fromkeys(c for c in conditions if c != sympy.true))


def _behind(pairs: list[tuple[sympy.Expr, str, sympy.Expr, str]]) -> tuple[str, list[sympy.Basic]]:
    """Return the derivation of a divergence, and what it assumes of entries whose sign is not known."""
    if all("0" not in (sp, sq) for _, sp, _, sq in pairs):
        unknown = [w > 0 for wp, sp, wq, sq in pairs for w, sign in ((wp, sp), (wq, sq)) if sign == "?"]
        return "coin_flips" if len(pairs) == 2 else "die_rolls", unknown
    if any(sp == "?" and sq == "0" for _, sp, _, sq in pairs):
        return "", []
    # Absolute continuity: where q is 0, p is 0.
    dominated = [
        wq > 0 if sp == "+" else sympy.Implies(sympy.Eq(wq, 0), sympy.Eq(wp, 0))
        for wp, sp, wq, sq in pairs
        if sq == "?" and sp != "0"
    ]
    return "cross_entropy_identity", dominated
