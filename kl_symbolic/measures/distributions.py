"""Distributions, read exactly or refused with the entry that is wrong, and aligned with each other.

What a user gives is recognized in ``inputs.py``. Here it becomes :class:`Weights`, finitely many exact entries, or
:class:`Family`, the weight of a symbolic index. The sign of each entry and the sum are decided where they can be; what
stays open is a condition and not an assumption. The distributions of a measure become one :class:`Exact`, over the same
outcomes; ``arrays.py`` does the same for floats.

**Floats.** A float is the decimal that it prints. Floats whose sum is not 1 only because of rounding are a distribution
all the same: they are multiplied by one factor that makes the sum 1 exactly, and entries that are exact stay what they
are. How much counts as rounding is :func:`tolerance`; a larger difference is refused. ``kl_symbolic.distribution``
shows the numbers that were taken.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, final

import mpmath
import sympy

from ..language.errors import InvalidType, InvalidValue
from ..sympy_bridge.exact import Number, exact, exact_expression
from .inputs import Array, Entries, Input, Symbolic, indices, recognize, scalar

if TYPE_CHECKING:
    from numpy import generic
    from numpy.typing import NDArray

__all__ = [
    "DistributionLike",
    "Exact",
    "Family",
    "Probability",
    "Weights",
    "align",
    "distribution",
    "read",
    "tolerance",
    "weigh",
]

Probability: TypeAlias = Number | sympy.Expr
"""A number or an expression; exact, but for floats, which are the decimals that they print."""
DistributionLike: TypeAlias = (
    "Probability | Sequence[Probability] | Mapping[Hashable, Probability] | NDArray[generic] | SupportsArray"
    " | sympy.Basic | FiniteLaw"
)
"""A value accepted as a distribution: a coin, a finite distribution, or a symbolic one such as p[i] or the base p.

Random variables of ``sympy.stats``, vectors and tuples are ``sympy.Basic``; a pandas Series and a tensor support
``__array__``; a distribution of ``scipy.stats`` has a support and a probability mass function.
"""


class SupportsArray(Protocol):
    """An object of which NumPy can make an array: a pandas Series, a tensor."""

    def __array__(self) -> Any:
        """Return it as an array."""


class FiniteLaw(Protocol):
    """A discrete distribution of ``scipy.stats``."""

    def support(self) -> Any:
        """Return the first and the last outcome."""

    def pmf(self, k: Any) -> Any:
        """Return the probabilities of outcomes.

        Parameters
        ----------
        k : array of int
            The outcomes.
        """


_DIGITS = 60
"""Digits in which a number without a visible sign is looked at."""
_TINY = sympy.Rational(1, 10**50)
"""Below it an irrational number counts as 0 only where SymPy proves that it is: ten digits are left for rounding."""
_NORMALIZE = "normalize=True divides by the sum"
_READABLE = 60
"""Characters of a difference that are printed in full."""
_FEW = 3
"""With so many denominators the product of all of them is small enough to be multiplied out."""
_ROUNDINGS = 4
"""How many standard deviations of rounding are accepted: n roundings of a sum near 1 add up to about √n·ε/2."""
_LARGEST_ROUNDING = 0.005
"""The largest difference that is called rounding, for short floats as well: 0.33 three times is a typing error."""


def tolerance(count: int, epsilon: float) -> float:
    """Return by how much the sum of floats may differ from 1: 4·√n·ε, and at most 0.005.

    Dividing n floats by their sum, or a softmax, leaves a sum that is off by n roundings of up to ε/2, which add up
    like the steps of a random walk. ε is 2⁻⁵² for Python's floats, 2⁻²³ for float32, and that of the shortest float
    among the entries.

    Parameters
    ----------
    count : int
        The number n of entries.
    epsilon : float
        The distance ε from 1 to the next larger float.

    Returns
    -------
    float
        The largest accepted difference.

    Examples
    --------
    >>> tolerance(4, 2.0**-52) == 8 * 2.0**-52
    True
    """
    return min(_ROUNDINGS * math.sqrt(count) * epsilon, _LARGEST_ROUNDING)


@final
@dataclass(frozen=True, slots=True)
class Weights:
    """A finite distribution.

    Parameters
    ----------
    name : str
        ``P`` or ``Q``.
    labels : tuple
        What the entries are called in messages.
    outcomes : tuple or None
        What the entries belong to; None where their order says it.
    weights : tuple of sympy.Expr
        What was given, made exact.
    signs : tuple of str
        ``"0"``, ``"+"`` or ``"?"`` for each of them.
    total : sympy.Expr
        By which they are divided: 1, or their sum.
    conditions : tuple of sympy Boolean
        That their sum is 1, where it is neither known nor made so.
    """

    name: str
    labels: tuple[str, ...]
    outcomes: tuple[Hashable, ...] | None
    weights: tuple[sympy.Expr, ...]
    signs: tuple[str, ...]
    total: sympy.Expr
    conditions: tuple[sympy.Basic, ...]

    @property
    def probabilities(self) -> tuple[sympy.Expr, ...]:
        """The weights divided by the total."""
        return self.weights if self.total == 1 else tuple(w / self.total for w in self.weights)

    def entries(self) -> list[tuple[sympy.Expr, sympy.Expr, str]]:
        """Return probability, weight and sign of each outcome."""
        return [*zip(self.probabilities, self.weights, self.signs, strict=True)]


@final
@dataclass(frozen=True, slots=True)
class Family:
    """A symbolic distribution: the weight of an index, which is None and the weight a base for a bare IndexedBase.

    Parameters
    ----------
    name : str
    weight : sympy.Expr
    index : sympy.Symbol or None
    limits : (sympy.Expr, sympy.Expr) or None
    normalize : bool
    """

    name: str
    weight: sympy.Expr
    index: sympy.Symbol | None
    limits: tuple[sympy.Expr, sympy.Expr] | None
    normalize: bool

    def over(self, index: sympy.Symbol, first: sympy.Expr, last: sympy.Expr) -> Weights:
        """Return it as a distribution with one generic entry, for the index that both sides share.

        Parameters
        ----------
        index : sympy.Symbol
            The index of both sides.
        first : sympy.Expr
            Its first value.
        last : sympy.Expr
            Its last value.
        """
        weight = self.weight[index] if self.index is None else self.weight
        used = {index.name, *_names(weight)}
        other = next(s for s in map(_index_named, "jklmi") if s.name not in used)
        total, sign = sympy.S.One, _sign(weight, self.name)
        conditions: tuple[sympy.Basic, ...] = (sympy.Eq(sympy.Sum(weight, (index, first, last)), 1, evaluate=False),)
        if self.normalize:
            total = sympy.Sum(weight.subs(index, other), (other, first, last))
            conditions = (sympy.Gt(total, 0),) if sign == "?" else ()
        return Weights(self.name, (self.name,), None, (weight,), (sign,), total, conditions)


@final
@dataclass(frozen=True, slots=True)
class Exact:
    """The distributions of a measure, over the same outcomes in the same order.

    Parameters
    ----------
    distributions : tuple of Weights
        In the order in which they were given.
    limits : (sympy.Symbol, sympy.Expr, sympy.Expr) or None
        For symbolic distributions, which have one generic entry each: the index, its first and its last value.
    """

    distributions: tuple[Weights, ...]
    limits: tuple[sympy.Symbol, sympy.Expr, sympy.Expr] | None = None


# --- reading ---------------------------------------------------------------------------------------------------------


def read(given: Input, normalize: bool) -> Weights | Family:
    """Read one distribution exactly.

    Parameters
    ----------
    given : Input
        What the user gave, as :func:`inputs.recognize` returns it; an array has one dimension.
    normalize : bool
        Whether to divide by the sum.
    """
    if isinstance(given, Symbolic):
        return _family(given.weight, given.name, normalize)
    if isinstance(given, Array):
        given = Entries(given.name, tuple(given.values))
    return weigh(given, normalize)


def align(found: Sequence[Weights | Family]) -> Exact:
    """Return distributions over the same outcomes: missing ones are added, with probability 0.

    Parameters
    ----------
    found : sequence of Weights or Family
        At least one.
    """
    families = [f for f in found if isinstance(f, Family)]
    finite = [f for f in found if isinstance(f, Weights)]
    if families and finite:
        raise InvalidType(f"expected {_names_of(found)} all with a symbolic index such as p[i], or none of them")
    if families:
        index, first, last = _common(*families)
        return Exact(tuple(f.over(index, first, last) for f in families), (index, first, last))
    outcomes = common_outcomes([(f.name, f.outcomes, len(f.weights)) for f in finite])
    return Exact(tuple(finite if outcomes is None else (_spread(f, outcomes) for f in finite)))


def common_outcomes(
    found: Sequence[tuple[str, tuple[Hashable, ...] | None, int]],
) -> tuple[Hashable, ...] | None:
    """Return the outcomes that occur in any distribution, in the order in which they first do.

    Parameters
    ----------
    found : sequence of (str, tuple or None, int)
        Of each distribution its name, its outcomes if they are named, and their number.

    Returns
    -------
    tuple or None
        None where the outcomes are not named.
    """
    (name, outcomes, count), *others = found
    for other, theirs, number in others:
        if (outcomes is None) != (theirs is None):
            named, listed = (name, other) if theirs is None else (other, name)
            raise InvalidType(
                f"expected {_names_of(found)} all with named outcomes (dicts, random variables, pandas Series), or"
                f" none; {named} has them, and {listed} has not"
            )
        if outcomes is None and number != count:
            raise InvalidValue(f"{name} has {count} outcomes and {other} has {number}")
    if outcomes is None:
        return None
    union = dict.fromkeys(key for _, keys, _ in found for key in keys or ())
    if any(len(union) != len(keys or ()) for _, keys, _ in found):
        _refuse_doubles(tuple(union))
    return tuple(union)


def _refuse_doubles(outcomes: tuple[Hashable, ...]) -> None:
    """Refuse outcomes that are different objects and look the same: 1 and "1" would never be matched."""
    seen: dict[str, Hashable] = {}
    for key in outcomes:
        other = seen.setdefault(str(key), key)
        if other is not key:
            kinds = " and ".join(f"{k!r} ({type(k).__name__})" for k in (other, key))
            raise InvalidValue(f"the outcomes {kinds} look the same and are different; write them in one way")


def _names_of(found: Sequence[Any]) -> str:
    names = [f[0] if isinstance(f, tuple) else f.name for f in found]
    return " and ".join([", ".join(names[:-1]), names[-1]])


def _spread(one: Weights, outcomes: tuple[Hashable, ...]) -> Weights:
    if one.outcomes == outcomes:
        return one
    position = {key: k for k, key in enumerate(one.outcomes or ())}
    order = [position.get(key) for key in outcomes]
    return replace(
        one,
        labels=tuple(f"{one.name}[{key!r}]" for key in outcomes),
        outcomes=outcomes,
        weights=tuple(sympy.S.Zero if k is None else one.weights[k] for k in order),
        signs=tuple("0" if k is None else one.signs[k] for k in order),
    )


def distribution(P: DistributionLike, normalize: bool = False) -> tuple[sympy.Expr, ...] | dict[Hashable, sympy.Expr]:
    """Return the exact probabilities that are taken for a distribution.

    Parameters
    ----------
    P : distribution
        As in :func:`kl_divergence`, but not symbolic.
    normalize : bool, optional
        Whether to divide P by its sum.

    Returns
    -------
    tuple or dict
        A dict from outcomes to probabilities where the outcomes are named (dicts, random variables, pandas Series),
        otherwise a tuple.

    Raises
    ------
    InvalidValue, InvalidType
        As in :func:`kl_divergence`.

    Notes
    -----
    A float is the decimal that it prints. If floats do not sum to 1 exactly, but within 4·√n·ε, the error of rounding n
    numbers, they are multiplied by the factor that makes the sum 1; entries that are exact stay as they are.

    Examples
    --------
    >>> distribution([1 / 3] * 3)
    (1/3, 1/3, 1/3)
    >>> distribution([0.7, 0.3])
    (7/10, 3/10)
    >>> from sympy.stats import Binomial
    >>> distribution(Binomial("X", 2, 0.5))
    {0: 1/4, 1: 1/2, 2: 1/4}
    """
    checked(normalize)
    found = read(one_dimensional(recognize(P, "P")), normalize)
    if isinstance(found, Family):
        raise InvalidType(f"P is symbolic, and its probabilities cannot be listed: {found.weight}")
    if found.outcomes is None:
        return found.probabilities
    return dict(zip(found.outcomes, found.probabilities, strict=True))


def checked(normalize: bool) -> bool:
    """Return *normalize* if it is True or False, and refuse anything else.

    Parameters
    ----------
    normalize : bool
        As the user gave it.
    """
    if not isinstance(normalize, bool):
        raise InvalidType(f"expected normalize=True or False, got {normalize!r}")
    return normalize


def one_dimensional(given: Input) -> Input:
    """Return an input that is one distribution; refuse an array of several.

    Parameters
    ----------
    given : Input
        What the user gave.
    """
    if isinstance(given, Array) and given.values.ndim != 1:
        raise InvalidValue(
            f"expected a one-dimensional array as {given.name}, got one of the shape {given.values.shape}"
        )
    return given


def weigh(given: Entries, normalize: bool) -> Weights:
    """Read finitely many entries exactly.

    Parameters
    ----------
    given : Entries
        What the user gave.
    normalize : bool
        Whether to divide by the sum.
    """
    name = given.name
    if not given.values:
        raise InvalidValue(f"{name} has no outcomes")
    labels = tuple(map(given.label, range(2 if given.coin else len(given.values))))
    weights = tuple(exact(scalar(value, label), label) for value, label in zip(given.values, labels, strict=False))
    if given.coin:
        weights = (weights[0], 1 - weights[0])
    signs = tuple(map(_sign, weights, labels))
    if given.coin:
        return Weights(name, labels, None, weights, signs, sympy.S.One, ())
    total, conditions = _sum(weights), ()
    if normalize:
        if total.is_zero or _normal(total) == 0:
            raise InvalidValue(f"the entries of {name} sum to 0, and normalize=True cannot divide by that")
        known = "+" in signs or total.is_positive  # no entry is negative, and so one positive entry is enough
        return Weights(name, labels, given.outcomes, weights, signs, total, () if known else (sympy.Gt(total, 0),))
    if total.is_Rational and total != 1:
        weights = _rounded(given, weights, total)
    else:
        conditions = _sums_to_one(name, weights, total)
    return Weights(name, labels, given.outcomes, weights, signs, sympy.S.One, conditions)


def _sum(weights: tuple[Any, ...]) -> Any:
    if all(w.is_Rational for w in weights):
        numerators, denominators = [int(w.p) for w in weights], [int(w.q) for w in weights]
        common = math.lcm(*denominators)
        return sympy.Rational(sum(n * (common // d) for n, d in zip(numerators, denominators, strict=True)), common)
    return sympy.Add(*weights)


def _rounded(given: Entries, weights: tuple[Any, ...], total: Any) -> tuple[Any, ...]:
    """Return rational weights with the floats among them rescaled, so that the sum is 1; refuse a real difference."""
    epsilons = [_epsilon(value) for value in given.values]
    floats = _sum(tuple(w for w, e in zip(weights, epsilons, strict=True) if e))
    difference = total - 1
    if not floats or floats == difference or abs(difference) > tolerance(len(weights), max(epsilons)):
        raise InvalidValue(_not_one(given.name, total, difference))
    factor = (floats - difference) / floats
    return tuple(w * factor if e else w for w, e in zip(weights, epsilons, strict=True))


def _not_one(name: str, total: Any, difference: Any) -> str:
    if difference.is_Rational and len(str(difference)) > _READABLE:
        about = mpmath.nstr(mpmath.mpf(int(difference.p)) / int(difference.q), 3)
        return f"the entries of {name} do not sum to 1; the difference is about {about}. {_NORMALIZE}"
    return f"the entries of {name} sum to {total}, not to 1; the difference is {difference}. {_NORMALIZE}"


def _epsilon(value: Any) -> float:
    """Return the distance from 1 to the next float of a float's precision; 0 for what is exact."""
    if isinstance(value, sympy.Float):
        return float(10.0 ** (1 - max(1, math.floor(value._prec * math.log10(2)))))  # as it is printed
    return float_epsilon(type(value))


def float_epsilon(kind: type) -> float:
    """Return the distance from 1 to the next float of a type; 0 for a type of exact numbers.

    It is not below that of Python's floats: numbers of more digits have most often been through one.

    Parameters
    ----------
    kind : type
        Of an entry.
    """
    if issubclass(kind, float):
        return sys.float_info.epsilon
    numpy = sys.modules.get("numpy")
    if numpy is not None and issubclass(kind, numpy.floating):
        return max(float(numpy.finfo(kind).eps), sys.float_info.epsilon)
    return 0.0


def _sums_to_one(name: str, weights: tuple[Any, ...], total: Any) -> tuple[Any, ...]:
    """Return the condition that the sum is 1, or nothing where it is; refuse where it is not."""
    numbers = _sum(tuple(w for w in weights if w.is_Rational))
    if numbers > 1 and total != numbers:
        raise InvalidValue(f"the numbers among the entries of {name} sum to {numbers}, which is more than 1")
    difference = _normal(total - 1)
    sign = "?" if difference.free_symbols else _sign_of_number(difference)
    if sign in ("+", "-"):
        raise InvalidValue(_not_one(name, total, difference))
    return () if sign == "0" or difference.is_zero else (sympy.Eq(total, 1, evaluate=False),)


def _normal(difference: Any) -> Any:
    """Return the sum of weights less 1, simplified as a quotient of polynomials.

    Terms with the same denominator are added first. In most cases a polynomial is left, and a quick expansion decides,
    while ``cancel`` takes a minute for a sum of ten thousand symbols.
    """
    if difference.is_Rational:
        return difference
    numerators: dict[Any, list[Any]] = {}
    for term in sympy.Add.make_args(difference):
        numerator, denominator = sympy.fraction(term)
        numerators.setdefault(denominator, []).append(numerator)
    sums = {d: sympy.expand(sympy.Add(*n)) for d, n in numerators.items()}
    if set(sums) == {sympy.S.One}:
        return sums[sympy.S.One]
    if len(sums) <= _FEW:
        products = (n * sympy.Mul(*(e for e in sums if e != d)) for d, n in sums.items())
        if sympy.expand(sympy.Add(*products)) == 0:
            return sympy.S.Zero
    try:
        return sympy.cancel(sympy.together(difference))
    except sympy.PolynomialError:  # a Piecewise, say, is not a quotient of polynomials; then the question stays open
        return difference


def _sign_of_number(e: Any) -> str:
    """Return ``"+"``, ``"-"``, ``"0"`` or ``"?"`` for an expression without symbols."""
    if e.is_zero:
        return "0"
    value = e.evalf(_DIGITS)
    if value.is_Float or value.is_Rational:
        if abs(value) > _TINY:
            return "+" if value > 0 else "-"
        # So near to 0 only algebra can tell; what it cannot tell is reported and not assumed.
        return "0" if sympy.simplify(e) == 0 else "?"
    return "?"


def _sign(weight: Any, label: str) -> str:
    """Return ``"0"``, ``"+"`` or ``"?"`` for a weight; refuse a negative one."""
    sign = "0" if weight.is_zero else "+" if weight.is_positive else "-" if weight.is_negative else "?"
    if sign == "?" and not weight.free_symbols:
        sign = _sign_of_number(weight)
    if sign == "-":
        raise InvalidValue(f"{label} is negative: {weight}")
    return sign


# --- symbolic distributions --------------------------------------------------------------------------------------


def _family(given: Any, name: str, normalize: bool) -> Family:
    found = indices(given)
    if len(found) != 1 or not (found[0] is None or isinstance(found[0], sympy.Symbol | sympy.Idx)):
        raise InvalidValue(f"expected one symbolic index in {name}, got {', '.join(map(str, found))} in {given}")
    index, weight = found[0], given if found[0] is None else exact_expression(given, name)
    bases = [given] if index is None else sorted({a.base for a in given.atoms(sympy.Indexed)}, key=str)
    ranks = sorted({len(a.indices) for a in given.atoms(sympy.Indexed)} | {len(b.shape) for b in bases if b.shape})
    if ranks not in ([], [1]):
        raise InvalidValue(f"expected an indexed symbol with one index in {name}, got {given}")
    ranges = [(index.lower, index.upper)] if isinstance(index, sympy.Idx) and index.lower is not None else []
    ranges = ranges or [(sympy.S.Zero, b.shape[0] - 1) for b in bases if b.shape]
    if len(set(ranges)) > 1:
        raise InvalidValue(f"the indexed symbols in {name} have different shapes: {given}")
    return Family(name, weight, index, ranges[0] if ranges else None, normalize)


def _common(*families: Family) -> tuple[sympy.Symbol, sympy.Expr, sympy.Expr]:
    """Return the index of symbolic distributions, its first and its last value."""
    found = list(dict.fromkeys(f.index for f in families if f.index is not None))
    limits = list(dict.fromkeys(f.limits for f in families if f.limits is not None))
    if len(found) > 1:
        shown = " and ".join(f"the {type(i).__name__} {i}" for i in found)
        raise InvalidValue(f"expected one index in {_names_of(families)}, got {shown}")
    if len(limits) > 1:
        shown = " and ".join(f"{first} ... {last}" for first, last in limits)
        raise InvalidValue(f"expected one range of the index in {_names_of(families)}, got {shown}")
    used = set().union(*(_names(f.weight) for f in families))
    index = found[0] if found else next(s for s in map(_index_named, "ijklm") if s.name not in used)
    if limits:
        return index, *limits[0]
    if "K" in used:
        raise InvalidValue('the range of the index is not known, and K means something else; use Idx("i", n)')
    return index, sympy.S.Zero, sympy.Symbol("K", integer=True, positive=True) - 1


def _index_named(name: str) -> Any:
    return sympy.Symbol(name, integer=True)


def _names(e: Any) -> set[str]:
    return {s.name for s in e.free_symbols if isinstance(s, sympy.Symbol)}
