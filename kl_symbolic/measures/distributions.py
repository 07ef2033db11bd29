"""Distributions as users give them: read exactly, or refused with the entry that is wrong.

A distribution is a coin (one number), a sequence, a dict, a NumPy array, or symbolic, as ``expressions.py`` says. What
is read becomes :class:`Weights`, finitely many entries, or :class:`Family`, the weight of a symbolic index. The sign of
each entry and the sum are decided where they can be; what stays open is a condition and not an assumption.
"""

from __future__ import annotations

import sys
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from numbers import Number as AnyNumber
from typing import TYPE_CHECKING, Any, TypeAlias, final

import sympy

from ..language.errors import InvalidType, InvalidValue
from ..sympy_bridge.exact import Number, exact, exact_expression, kind_of

if TYPE_CHECKING:
    from numpy import generic
    from numpy.typing import NDArray

__all__ = ["DistributionLike", "Family", "Probability", "Weights", "common", "matched", "read"]

Probability: TypeAlias = Number | sympy.Expr
"""A number or an expression; exact, but for floats, which are the decimals that they print."""
DistributionLike: TypeAlias = (
    "Probability | Sequence[Probability] | Mapping[Hashable, Probability] | NDArray[generic] | sympy.MatrixBase"
)
"""A value accepted as a distribution: a coin, a finite distribution, or a symbolic one such as p[i] or the base p."""

_DIGITS = 60
"""Digits in which a number without a visible sign is looked at."""
_TINY = sympy.Rational(1, 10**50)
"""Below it a number counts as 0 only where SymPy proves that it is: ten digits are left for rounding."""


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
        The keys of a dict.
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

    def entries(self) -> list[tuple[sympy.Expr, sympy.Expr, str]]:
        """Return probability, weight and sign of each outcome."""
        return [(w / self.total, w, s) for w, s in zip(self.weights, self.signs, strict=True)]


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
        total = sympy.S.One
        conditions: tuple[sympy.Basic, ...] = (sympy.Eq(sympy.Sum(weight, (index, first, last)), 1, evaluate=False),)
        if self.normalize:
            total, conditions = sympy.Sum(weight.subs(index, other), (other, first, last)), ()
        sign = _sign(weight, self.name)
        return Weights(self.name, (self.name,), None, (weight,), (sign,), total, conditions)


def matched(first: Weights, second: Weights) -> Weights:
    """Return *second* with its outcomes in the order of *first*; refuse other outcomes.

    Parameters
    ----------
    first : Weights
        Sets the order of the outcomes.
    second : Weights
    """
    if (first.outcomes is None) != (second.outcomes is None):
        raise InvalidType("expected both P and Q as dicts of outcomes, or neither")
    if first.outcomes is None or second.outcomes is None:
        if len(first.weights) != len(second.weights):
            raise InvalidValue(f"P has {len(first.weights)} outcomes and Q has {len(second.weights)}")
        return second
    position = {key: k for k, key in enumerate(second.outcomes)}
    for one, known, other in ((first, position, second), (second, set(first.outcomes), first)):
        missing = [repr(key) for key in one.outcomes or () if key not in known]
        if missing:
            raise InvalidValue(f"{one.name} has outcomes that {other.name} has not: {', '.join(missing)}")
    order = [position[key] for key in first.outcomes]
    return replace(
        second,
        labels=tuple(second.labels[k] for k in order),
        outcomes=tuple(second.outcomes[k] for k in order),
        weights=tuple(second.weights[k] for k in order),
        signs=tuple(second.signs[k] for k in order),
    )


# --- reading ---------------------------------------------------------------------------------------------------------


def read(given: Any, name: str, normalize: bool) -> Weights | Family:
    """Read a distribution that was given as *name*.

    Parameters
    ----------
    given : object
        What the user gave.
    name : str
        ``P`` or ``Q``, for messages.
    normalize : bool
        Whether to divide by the sum.
    """
    if not isinstance(normalize, bool):
        raise InvalidType(f"expected normalize=True or False, got {normalize!r}")
    numpy = sys.modules.get("numpy")  # an array can only come from somebody who has imported NumPy
    array = numpy is not None and isinstance(given, numpy.ndarray)
    if isinstance(given, str | bytes | bytearray):
        raise InvalidType(f"{name} is text, and text is not read: {given!r}")
    if isinstance(given, Mapping):
        labels = tuple(f"{name}[{key!r}]" for key in given)
        return _weighed(name, labels, tuple(given), tuple(map(exact, given.values(), labels)), normalize)
    if array and given.ndim != 1:
        raise InvalidValue(f"expected a one-dimensional array as {name}, got one of the shape {given.shape}")
    if isinstance(given, sympy.MatrixBase) and 1 not in given.shape:
        raise InvalidValue(f"expected a vector as {name}, got a matrix of the shape {given.shape}")
    if array or isinstance(given, Sequence | sympy.Tuple | sympy.MatrixBase):
        entries = tuple(given)
        labels = tuple(f"{name}[{k}]" for k in range(len(entries)))
        return _weighed(name, labels, None, tuple(map(exact, entries, labels)), normalize)
    if isinstance(given, sympy.Expr) and _indices(given):
        return _family(given, name, normalize)
    if not isinstance(given, AnyNumber | sympy.Expr):
        expected = "a probability, a sequence or a dict of probabilities, or p[i]"
        raise InvalidType(f"expected a distribution as {name}, {expected}; got {kind_of(given)}")
    heads = exact(given, name)  # a coin
    return _weighed(name, (name, f"1 - {name}"), None, (heads, 1 - heads), False)


def _weighed(
    name: str, labels: tuple[str, ...], outcomes: tuple[Any, ...] | None, weights: tuple[Any, ...], normalize: bool
) -> Weights:
    if not weights:
        raise InvalidValue(f"{name} has no outcomes")
    signs = tuple(map(_sign, weights, labels))
    total, conditions = sympy.Add(*weights), ()
    if not normalize:
        conditions = _sums_to_one(name, weights, total)
    elif total.is_zero:
        raise InvalidValue(f"the entries of {name} sum to 0, and normalize=True cannot divide by that")
    return Weights(name, labels, outcomes, weights, signs, total if normalize else sympy.S.One, conditions)


def _sums_to_one(name: str, weights: tuple[Any, ...], total: Any) -> tuple[Any, ...]:
    """Return the condition that the sum is 1, or nothing where it is; refuse where it is not."""
    numbers = sum((w for w in weights if w.is_Rational), sympy.S.Zero)
    if numbers > 1 and total != numbers:
        raise InvalidValue(f"the numbers among the entries of {name} sum to {numbers}, which is more than 1")
    difference = _normal(total - 1)
    sign = "?" if difference.free_symbols else _sign_of_number(difference)
    if sign in ("+", "-"):
        raise InvalidValue(
            f"the entries of {name} sum to {total}, not to 1; the difference is {difference}."
            " normalize=True divides by the sum"
        )
    return () if sign == "0" or difference.is_zero else (sympy.Eq(total, 1, evaluate=False),)


def _normal(difference: Any) -> Any:
    if difference.is_Rational:
        return difference
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


def _indices(e: Any) -> list[Any]:
    """Return the symbolic indices in an expression, sorted; None stands for that of a bare IndexedBase."""
    if isinstance(e, sympy.IndexedBase):
        return [None]
    bound = {v for s in e.atoms(sympy.Sum, sympy.Product) for v in s.variables}
    found = {i for a in e.atoms(sympy.Indexed) for i in a.indices if i.free_symbols}
    return sorted((i for i in found if i not in bound), key=str)


def _family(given: Any, name: str, normalize: bool) -> Family:
    indices = _indices(given)
    if len(indices) != 1 or not (indices[0] is None or isinstance(indices[0], sympy.Symbol | sympy.Idx)):
        raise InvalidValue(f"expected one symbolic index in {name}, got {', '.join(map(str, indices))} in {given}")
    index, weight = indices[0], given if indices[0] is None else exact_expression(given, name)
    bases = [given] if index is None else sorted({a.base for a in given.atoms(sympy.Indexed)}, key=str)
    ranks = sorted({len(a.indices) for a in given.atoms(sympy.Indexed)} | {len(b.shape) for b in bases if b.shape})
    if ranks not in ([], [1]):
        raise InvalidValue(f"expected an indexed symbol with one index in {name}, got {given}")
    found = [(index.lower, index.upper)] if isinstance(index, sympy.Idx) and index.lower is not None else []
    found = found or [(sympy.S.Zero, b.shape[0] - 1) for b in bases if b.shape]
    if len(set(found)) > 1:
        raise InvalidValue(f"the indexed symbols in {name} have different shapes: {given}")
    return Family(name, weight, index, found[0] if found else None, normalize)


def common(*families: Family) -> tuple[sympy.Symbol, sympy.Expr, sympy.Expr]:
    """Return the index of symbolic distributions, its first and its last value.

    Parameters
    ----------
    *families : Family
    """
    indices = list(dict.fromkeys(f.index for f in families if f.index is not None))
    limits = list(dict.fromkeys(f.limits for f in families if f.limits is not None))
    if len(indices) > 1:
        shown = " and ".join(f"the {type(i).__name__} {i}" for i in indices)
        raise InvalidValue(f"expected one index in P and Q, got {shown}")
    if len(limits) > 1:
        (a, b), (c, d) = limits
        raise InvalidValue(f"expected one range of the index in P and Q, got {a} ... {b} and {c} ... {d}")
    used = set().union(*(_names(f.weight) for f in families))
    index = indices[0] if indices else next(s for s in map(_index_named, "ijklm") if s.name not in used)
    if limits:
        return index, *limits[0]
    if "K" in used:
        raise InvalidValue('the range of the index is not known, and K means something else; use Idx("i", (1, n))')
    return index, sympy.S.One, sympy.Symbol("K", integer=True, positive=True)


def _index_named(name: str) -> Any:
    return sympy.Symbol(name, integer=True)


def _names(e: Any) -> set[str]:
    return {s.name for s in e.free_symbols if isinstance(s, sympy.Symbol)}
