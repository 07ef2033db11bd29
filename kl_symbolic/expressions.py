"""Divergence, entropy and cross entropy as plain SymPy expressions.

A distribution is one of

* a coin: the probability p of heads, one number, which means (p, 1 − p);
* a finite distribution: a list, tuple, SymPy vector or one-dimensional NumPy array of probabilities, or a dict from
  outcomes to probabilities;
* a symbolic one: ``p[i]`` with a symbolic index, any expression in such ``p[i]``, or the ``IndexedBase`` p itself.
  The index runs over what its ``Idx`` says, else 0 … n−1 if the base has the shape (n,), as everywhere in SymPy, else
  1 … K with ``K = Symbol("K", integer=True, positive=True)``.

Numbers are exact: int, Fraction, Decimal and SymPy numbers are what they are, and a float is the decimal that it
prints, 0.1 is 1/10. Text is never read. Everything is in nats unless a base is given, and 0·log 0 = 0.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from numbers import Rational, Real
from typing import Any, final

import sympy

from .border import ForAll

__all__ = ["ClosedForm", "closed_form", "cross_entropy", "entropy", "kl_divergence"]

_MAX_EXPONENT = 5_000
_DIGITS = 60
_TINY = sympy.Rational(1, 10**50)


@final
@dataclass(frozen=True, slots=True)
class ClosedForm:
    """A divergence, and when it holds.

    Attributes
    ----------
    expression : sympy.Expr
        D(P‖Q), in nats or in the base that was asked for; ``oo`` when it is infinite.
    conditions : tuple of sympy Boolean
        What must hold of the symbols for the expression to be the divergence, where their assumptions do not tell it.
        Nothing for numbers.
    derivation : str
        The name of the derivation behind it, for ``kl_symbolic.derive``; empty where the divergence is infinite, or
        may be, for no theorem speaks about that case.
    """

    expression: Any
    conditions: tuple[Any, ...]
    derivation: str

    @property
    def theorem(self) -> Any:
        """The kernel-checked theorem of that name, replayed when it is asked for; None where there is none."""
        from .derivation import theorem

        return theorem(self.derivation) if self.derivation else None


def kl_divergence(P: Any, Q: Any, base: Any = None, normalize: bool = False) -> Any:
    """Return the divergence D(P‖Q) = Σ p·log(p/q), how much worse Q predicts what comes from P.

    Parameters
    ----------
    P, Q : distribution
        As the module says: coins, sequences, dicts with the same outcomes, or symbolic ``p[i]`` and ``q[i]``.
    base : number, optional
        The base of the logarithm, greater than 1; 2 gives bits. Nats by default.
    normalize : bool
        Divide P and Q by their sums, so that counts can be given. Otherwise a sum other than 1 is refused.

    Returns
    -------
    sympy.Expr
        Exact. ``oo`` where Q excludes an outcome that P does not. :func:`closed_form` returns the conditions too.

    Raises
    ------
    ValueError
        For a negative entry, NaN or infinity, a sum other than 1, different outcomes: the message names the entry.
    TypeError
        For what is no distribution or no number, text among it.

    Examples
    --------
    >>> kl_divergence([0.7, 0.3], [0.5, 0.5])
    3*log(3/5)/10 + 7*log(7/5)/10
    >>> kl_divergence(Fraction(1, 2), Fraction(1, 4), base=2)
    (log(2/3)/2 + log(2)/2)/log(2)
    >>> p, q, i = *map(sympy.IndexedBase, "pq"), sympy.Symbol("i")
    >>> kl_divergence(p[i], q[i])
    Sum(log(p[i]/q[i])*p[i], (i, 1, K))
    """
    return _two(P, Q, _DIVERGENCE, base, normalize)[0]


def cross_entropy(P: Any, Q: Any, base: Any = None, normalize: bool = False) -> Any:
    """Return the cross entropy H(P, Q) = −Σ p·log q, what :func:`entropy` and :func:`kl_divergence` add up to.

    Parameters, result and errors are those of :func:`kl_divergence`.

    Examples
    --------
    >>> cross_entropy({"a": 1, "b": 0}, {"a": 0.5, "b": 0.5})
    log(2)
    """
    return _two(P, Q, _CROSS, base, normalize)[0]


def entropy(P: Any, base: Any = None, normalize: bool = False) -> Any:
    """Return the entropy H(P) = −Σ p·log p.

    Parameters, result and errors are those of :func:`kl_divergence`.

    Examples
    --------
    >>> entropy([2, 1, 1], normalize=True)
    3*log(2)/2
    """
    given = _read(P, "P", normalize)
    if isinstance(given, _Family):
        given = given.over(*_common(given))
    return _measure(given, given, _ENTROPY, base)[0]


def closed_form(P: Any, Q: Any, base: Any = None, normalize: bool = False) -> ClosedForm:
    """Return :func:`kl_divergence` with the conditions under which it holds and the theorem behind it.

    Examples
    --------
    >>> p, q = sympy.symbols("p q")
    >>> found = closed_form(p, q)
    >>> found.expression
    p*log(p/q) + (1 - p)*log((1 - p)/(1 - q))
    >>> found.conditions, found.derivation
    ((p > 0, q > 0, 1 - p > 0, 1 - q > 0), 'coin_flips')
    """
    return ClosedForm(*_two(P, Q, _DIVERGENCE, base, normalize))


# --- what is summed ----------------------------------------------------------------------------------------------


@final
@dataclass(frozen=True, slots=True)
class _Summand:
    """One of the three sums.

    Attributes
    ----------
    of : callable
        The summand, of p and q.
    positive : bool
        Whether it asks for 0 < p; otherwise 0 ≤ p is enough.
    """

    of: Callable[[Any, Any], Any]
    positive: bool


_DIVERGENCE = _Summand(lambda p, q: p * sympy.log(p / q), True)
_ENTROPY = _Summand(lambda p, _: -p * sympy.log(p), True)
_CROSS = _Summand(lambda p, q: -p * sympy.log(q), False)


@final
@dataclass(frozen=True, slots=True)
class _Weights:
    """A finite distribution.

    Attributes
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
    outcomes: tuple[Any, ...] | None
    weights: tuple[Any, ...]
    signs: tuple[str, ...]
    total: Any
    conditions: tuple[Any, ...]

    def entries(self) -> list[tuple[Any, Any, str]]:
        """Return probability, weight and sign of each outcome."""
        return [(w / self.total, w, s) for w, s in zip(self.weights, self.signs, strict=True)]


@final
@dataclass(frozen=True, slots=True)
class _Family:
    """A symbolic distribution: the weight of an index, which is None and the weight a base for a bare IndexedBase."""

    name: str
    weight: Any
    index: Any
    limits: tuple[Any, Any] | None
    normalize: bool

    def over(self, index: Any, first: Any, last: Any) -> _Weights:
        """Return it as a distribution with one generic entry, for the index that both sides share."""
        weight = self.weight[index] if self.index is None else self.weight
        other = next(s for s in map(_index_named, "jklmi") if s.name != index.name and s not in weight.free_symbols)
        total = sympy.S.One
        conditions: tuple[Any, ...] = (sympy.Eq(sympy.Sum(weight, (index, first, last)), 1, evaluate=False),)
        if self.normalize:
            total, conditions = sympy.Sum(weight.subs(index, other), (other, first, last)), ()
        sign = _sign(weight, self.name)
        return _Weights(self.name, (self.name,), None, (weight,), (sign,), total, conditions)


def _two(P: Any, Q: Any, summand: _Summand, base: Any, normalize: bool) -> tuple[Any, tuple[Any, ...], str]:
    first, second = _read(P, "P", normalize), _read(Q, "Q", normalize)
    if isinstance(first, _Family) and isinstance(second, _Family):
        limits = _common(first, second)
        return _measure(first.over(*limits), second.over(*limits), summand, base, limits)
    if isinstance(first, _Family) or isinstance(second, _Family):
        raise TypeError("expected P and Q both with a symbolic index such as p[i], or neither")
    return _measure(first, _matched(first, second), summand, base)


def _matched(first: _Weights, second: _Weights) -> _Weights:
    """Return *second* with its outcomes in the order of *first*; refuse other outcomes."""
    if (first.outcomes is None) != (second.outcomes is None):
        raise TypeError("expected both P and Q as dicts of outcomes, or neither")
    if first.outcomes is None or second.outcomes is None:
        if len(first.weights) != len(second.weights):
            raise ValueError(f"P has {len(first.weights)} outcomes and Q has {len(second.weights)}")
        return second
    for one, other in ((first, second), (second, first)):
        missing = [repr(k) for k in one.outcomes or () if k not in (other.outcomes or ())]
        if missing:
            raise ValueError(f"{one.name} has outcomes that {other.name} has not: {', '.join(missing)}")
    order = [second.outcomes.index(k) for k in first.outcomes]
    picked = ((column[k] for k in order) for column in (second.labels, second.outcomes, second.weights, second.signs))
    labels, outcomes, weights, signs = map(tuple, picked)
    return _Weights(second.name, labels, outcomes, weights, signs, second.total, second.conditions)


def _measure(
    P: _Weights, Q: _Weights, summand: _Summand, base: Any, limits: tuple[Any, Any, Any] | None = None
) -> tuple[Any, tuple[Any, ...], str]:
    """Return the sum, the conditions under which it is right, and the name of the derivation behind it."""
    pairs = list(zip(P.entries(), Q.entries(), strict=True))
    infinite = any(sp == "+" and sq == "0" for (_, _, sp), (_, _, sq) in pairs)
    terms, conditions, plain = [], [], not infinite
    for (p, wp, sp), (q, wq, sq) in pairs:
        if sp != "0" and sq != "0" and not infinite:
            terms.append(summand.of(p, q))
            conditions += [wp > 0 if summand.positive else wp >= 0, wq > 0]
            continue
        conditions += [wp >= 0, wq >= 0]
        if sp == "?" and sq == "0" and not infinite:
            terms.append(sympy.Piecewise((0, sympy.Eq(p, 0)), (sympy.oo, True)))
            plain = False
    value = sympy.oo if infinite else sympy.Add(*terms)
    if limits is not None:
        value = sympy.Sum(value, limits)
        conditions = [ForAll(c, limits) for c in conditions]
    conditions += [*P.conditions, *Q.conditions]
    if base is not None:
        divisor, asked = _base(base)
        value, conditions = value / divisor, [*conditions, asked]
    open_ones = tuple(dict.fromkeys(c for c in conditions if c != sympy.true))
    if sympy.false in open_ones:
        raise ValueError("the assumptions on the symbols exclude that these are probabilities")
    positive = all("0" not in (sp, sq) for (_, _, sp), (_, _, sq) in pairs)
    name = ("coin_flips" if len(pairs) == 2 else "die_rolls") if positive else "cross_entropy_identity"
    return value, open_ones, name if plain else ""


def _base(base: Any) -> tuple[Any, Any]:
    exact = _exact(base, "base")
    if exact.is_number and not exact > 1:
        raise ValueError(f"expected a base greater than 1, got {exact}")
    return sympy.log(exact), exact > 1


# --- reading distributions ---------------------------------------------------------------------------------------


def _read(given: Any, name: str, normalize: bool) -> _Weights | _Family:
    """Read a distribution that was given as *name*."""
    if not isinstance(normalize, bool):
        raise TypeError(f"expected normalize=True or False, got {normalize!r}")
    numpy = sys.modules.get("numpy")  # an array can only come from somebody who has imported NumPy
    outcomes: tuple[Any, ...] | None = None
    if isinstance(given, str | bytes):
        raise TypeError(f"{name} is text, and text is not read: {given!r}")
    if isinstance(given, Mapping):
        outcomes = tuple(given)
        entries, labels = tuple(given.values()), tuple(f"{name}[{k!r}]" for k in outcomes)
    elif numpy is not None and isinstance(given, numpy.ndarray) and given.ndim != 1:
        raise ValueError(f"expected a one-dimensional array as {name}, got one of the shape {given.shape}")
    elif isinstance(given, sympy.MatrixBase) and 1 not in given.shape:
        raise ValueError(f"expected a vector as {name}, got a matrix of the shape {given.shape}")
    elif isinstance(given, Sequence | sympy.Tuple | sympy.MatrixBase) or hasattr(given, "__array__"):
        if not hasattr(given, "__len__") or getattr(given, "ndim", 1) == 0:
            return _coin(given, name)
        entries = tuple(given)
        labels = tuple(f"{name}[{k}]" for k in range(len(entries)))
    elif isinstance(given, sympy.Expr) and _indices(given):
        return _family(given, name, normalize)
    else:
        return _coin(given, name)
    return _weighed(name, labels, outcomes, tuple(map(_exact, entries, labels)), normalize)


def _coin(given: Any, name: str) -> _Weights:
    heads = _exact(given, name)
    return _weighed(name, (name, f"1 - {name}"), None, (heads, 1 - heads), False)


def _weighed(
    name: str, labels: tuple[str, ...], outcomes: tuple[Any, ...] | None, weights: tuple[Any, ...], normalize: bool
) -> _Weights:
    if not weights:
        raise ValueError(f"{name} has no outcomes")
    signs = tuple(map(_sign, weights, labels))
    total, conditions = sympy.Add(*weights), ()
    if not normalize:
        conditions = _sums_to_one(name, weights, total)
    elif set(signs) == {"0"}:
        raise ValueError(f"the entries of {name} are all 0, so that normalize=True has nothing to divide by")
    return _Weights(name, labels, outcomes, weights, signs, total if normalize else sympy.S.One, conditions)


def _sums_to_one(name: str, weights: tuple[Any, ...], total: Any) -> tuple[Any, ...]:
    """Return the condition that the sum is 1, or nothing where it is; refuse where it is not."""
    numbers = sum((w for w in weights if w.is_Rational), sympy.S.Zero)
    if numbers > 1 and total != numbers:
        raise ValueError(f"the numbers among the entries of {name} sum to {numbers}, which is more than 1")
    difference = _normal(total - 1)
    sign = "?" if difference.free_symbols else _sign_of_number(difference)
    if sign in ("+", "-"):
        raise ValueError(
            f"the entries of {name} sum to {total}, not to 1; the difference is {difference}."
            " normalize=True divides by the sum"
        )
    return () if sign == "0" or difference.is_zero else (sympy.Eq(total, 1, evaluate=False),)


def _normal(difference: Any) -> Any:
    if difference.is_Rational:
        return difference
    try:
        return sympy.cancel(sympy.together(difference))
    except sympy.PolynomialError:  # a Piecewise, say, is no quotient of polynomials; then the question stays open
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
        raise ValueError(f"{label} is negative: {weight}")
    return sign


def _exact(value: Any, label: str) -> Any:
    """Return a number as an exact SymPy expression; *label* names it in errors."""
    numpy = sys.modules.get("numpy")
    if isinstance(value, str | bytes):
        raise TypeError(f"{label} is text, and text is not read: {value!r}; write Fraction(1, 10) or 0.1")
    if isinstance(value, sympy.Expr):
        return _expression(value, label)
    if isinstance(value, Rational) and not isinstance(value, bool):
        return sympy.Rational(int(value.numerator), int(value.denominator))
    if isinstance(value, Decimal):
        return _decimal(value, label)
    if isinstance(value, float):  # NumPy's float64 among them, whose repr says more than the number
        return _decimal(Decimal(float.__repr__(value)), label)
    if numpy is not None and isinstance(value, numpy.floating):
        return _decimal(Decimal(str(value)), label)
    kind = f"{type(value).__module__}.{type(value).__name__}".removeprefix("builtins.")
    hint = "; write it as a Fraction or a SymPy number" if isinstance(value, Real) else ""
    raise TypeError(f"expected a real number as {label}, got {kind} {value!r}{hint}")


def _decimal(value: Decimal, label: str) -> Any:
    if value.is_nan():
        raise ValueError(f"{label} is NaN")
    if value.is_infinite():
        raise ValueError(f"{label} is infinite")
    if value and not -_MAX_EXPONENT < value.adjusted() < _MAX_EXPONENT:
        raise ValueError(f"{label} is out of range: its decimal exponent is {value.adjusted()}")
    fraction = Fraction(value)
    return sympy.Rational(fraction.numerator, fraction.denominator)


def _expression(value: Any, label: str) -> Any:
    if isinstance(value, sympy.IndexedBase):
        raise TypeError(f"expected a real number as {label}, got the IndexedBase {value}; write {value}[0]")
    if value.has(sympy.nan):
        raise ValueError(f"{label} is NaN")
    if value.has(sympy.oo, -sympy.oo, sympy.zoo) or value.is_infinite:
        raise ValueError(f"{label} is infinite: {value}")
    if value.is_extended_real is False or value.is_commutative is False:
        raise ValueError(f"expected a real number as {label}, got {value}")
    floats = sorted(value.atoms(sympy.Float), key=str)
    return value.xreplace({f: _decimal(Decimal(str(f)), label) for f in floats})


# --- symbolic distributions --------------------------------------------------------------------------------------


def _indices(e: Any) -> list[Any]:
    """Return the symbolic indices in an expression, sorted; None stands for that of a bare IndexedBase."""
    if isinstance(e, sympy.IndexedBase):
        return [None]
    bound = {v for s in e.atoms(sympy.Sum, sympy.Product) for v in s.variables}
    found = {i for a in e.atoms(sympy.Indexed) for i in a.indices if i.free_symbols}
    return sorted((i for i in found if i not in bound), key=str)


def _family(given: Any, name: str, normalize: bool) -> _Family:
    indices = _indices(given)
    if len(indices) != 1 or not (indices[0] is None or isinstance(indices[0], sympy.Symbol | sympy.Idx)):
        raise ValueError(f"expected one symbolic index in {name}, got {', '.join(map(str, indices))} in {given}")
    index, weight = indices[0], given if indices[0] is None else _expression(given, name)
    bases = [given] if index is None else sorted({a.base for a in given.atoms(sympy.Indexed)}, key=str)
    ranks = sorted({len(a.indices) for a in given.atoms(sympy.Indexed)} | {len(b.shape) for b in bases if b.shape})
    if ranks not in ([], [1]):
        raise ValueError(f"expected an indexed symbol with one index in {name}, got {given}")
    found = [(index.lower, index.upper)] if isinstance(index, sympy.Idx) and index.lower is not None else []
    found = found or [(sympy.S.Zero, b.shape[0] - 1) for b in bases if b.shape]
    if len(set(found)) > 1:
        raise ValueError(f"the indexed symbols in {name} have different shapes: {given}")
    return _Family(name, weight, index, found[0] if found else None, normalize)


def _common(*families: _Family) -> tuple[Any, Any, Any]:
    """Return the index of symbolic distributions, its first and its last value."""
    indices = list(dict.fromkeys(f.index for f in families if f.index is not None))
    limits = list(dict.fromkeys(f.limits for f in families if f.limits is not None))
    if len(indices) > 1:
        raise ValueError(f"expected one index in P and Q, got {indices[0]} and {indices[1]}")
    if len(limits) > 1:
        (a, b), (c, d) = limits
        raise ValueError(f"expected one range of the index in P and Q, got {a} ... {b} and {c} ... {d}")
    used = {s.name for f in families for s in f.weight.free_symbols if isinstance(s, sympy.Symbol)}
    index = indices[0] if indices else next(s for s in map(_index_named, "ijklm") if s.name not in used)
    if limits:
        return index, *limits[0]
    if "K" in used:
        raise ValueError('the range of the index is not known, and K means something else; use Idx("i", (1, n))')
    return index, sympy.S.One, sympy.Symbol("K", integer=True, positive=True)


def _index_named(name: str) -> Any:
    return sympy.Symbol(name, integer=True)
