"""Certified digits of an expression: an enclosure, rounded correctly, or a refusal.

What is rational is computed exactly, and the rest with intervals, at a precision that is doubled until both ends round
to the same digits. mpmath's intervals are used where they have every function of the expression, and python-flint where
they have not and it is installed; the digits are the same, because correctly rounded digits are unique.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from decimal import MAX_EMAX, MIN_EMIN, ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from typing import Any, Protocol, final

import sympy

from ..kernel.errors import KLError
from ..language.errors import InvalidType, InvalidValue, NotInstalled
from ..numerics import interval
from ..numerics.interval import Undecided
from ..numerics.values import vanishes
from ..sympy_bridge import rel_entr, xlogy
from ..sympy_bridge.exact import Number, exact
from .expressions import ClosedForm

__all__ = ["CertifiedValue", "value"]

_MOST_DIGITS = 10_000
"""More digits than this take minutes, and no question about a divergence needs them."""
_DOUBLINGS = 7
"""Precisions that are tried, each twice the one before: 128 times the digits lets even numbers that agree in thousands
of digits be subtracted, and what they do not tell is, in practice, a difference that is 0."""
_MOST_BITS = 1 << 19
"""A precision that is not exceeded, for beyond it a logarithm takes seconds; fifteen times that of the most digits."""
_SPARE_BITS = 64
"""Bits beyond the digits that are asked for, for what is lost in sums and differences."""
_MOST_TERMS = 1_000_000
"""Terms of a Sum that are written out; more do not fit into memory."""


@final
@dataclass(frozen=True, slots=True)
class CertifiedValue:
    """A number, correctly rounded; ``str`` shows its digits.

    Parameters
    ----------
    decimal : decimal.Decimal
        The digits, all of them right: the exact value rounded once, half to even. ``Infinity`` and ``-Infinity`` are
        values too.
    exact : bool
        Whether the decimal is the exact value and nothing was rounded.

    Examples
    --------
    >>> found = value(sympy.log(2), digits=20)
    >>> found.decimal, found.exact
    (Decimal('0.69314718055994530942'), False)
    >>> found.low, found.high
    (Decimal('0.693147180559945309415'), Decimal('0.693147180559945309425'))
    >>> print(found, float(found))
    0.69314718055994530942 0.6931471805599453
    """

    decimal: Decimal
    exact: bool

    @property
    def low(self) -> Decimal:
        """A bound of the exact value from below: half a unit of the last digit less, or the value if it is exact."""
        return self._moved(-1)

    @property
    def high(self) -> Decimal:
        """A bound of the exact value from above: half a unit of the last digit more, or the value if it is exact."""
        return self._moved(1)

    def _moved(self, sign: int) -> Decimal:
        if self.exact:
            return self.decimal
        # Of a power of ten the lower neighbors are nearer than this, so that the bound is not the best but right.
        _, digits, exponent = self.decimal.as_tuple()
        half = Decimal(5 * sign).scaleb(int(exponent) - 1, _context(1))
        return _context(len(digits) + 2).add(self.decimal, half)

    def __str__(self) -> str:
        return str(self.decimal)

    def __float__(self) -> float:
        return float(self.decimal)


def value(expression: sympy.Expr | Number | ClosedForm, digits: int = 50) -> CertifiedValue:
    """Return an expression without symbols as a correctly rounded decimal.

    Parameters
    ----------
    expression : sympy.Expr, number or ClosedForm
        What :func:`kl_divergence` and the other measures return, or any expression of rationals, π, e, Euler's and
        Catalan's constant, the arithmetic operations, powers, roots, ``log``, ``exp``, ``rel_entr``, ``xlogy``,
        ``sin``, ``cos``, ``tan``, ``atan``, ``sinh``, ``cosh``, ``tanh``, ``Abs``, ``Min``, ``Max``, ``gamma``,
        ``loggamma``, ``factorial``, ``beta``, and of sums and products with numbers as limits. With python-flint:
        ``digamma``, ``polygamma``, ``zeta``, ``erf``, ``erfc``, ``erfi``, ``Ei``, ``li``, ``besseli``, ``besselj``,
        ``besselk``, ``bessely``, ``lowergamma``, ``uppergamma``, ``asin``, ``acos`` too. A float is the decimal that
        it prints.
    digits : int
        How many significant digits.

    Returns
    -------
    CertifiedValue
        The digits, and whether they are the exact value.

    Raises
    ------
    InvalidValue
        A ``ValueError`` for free symbols, a value that is not a real number, or digits that cannot be certified, such
        as those of a difference that is 0 without a proof that it is.
    InvalidType
        A ``TypeError`` for a function whose enclosures are not known.
    NotInstalled
        A ``ModuleNotFoundError`` for a function that needs python-flint.

    Notes
    -----
    Every step rounds outwards. The result is the decimal to which both ends of the enclosure round. So it cannot depend
    on the precision or on the library that was used. No global precision is changed for mpmath; that of python-flint
    is set inside a context manager.

    That a value is exactly 0, or exactly halfway between two decimals, no enclosure can tell. For a sum of rational
    multiples of logarithms of rationals it is decided by their factors, and otherwise refused.

    References
    ----------
    F. Johansson, "Arb: Efficient Arbitrary-Precision Midpoint-Radius Interval Arithmetic", IEEE Transactions on
    Computers 66 (2017), 1281–1292.

    Examples
    --------
    >>> from kl_symbolic import kl_divergence
    >>> print(value(kl_divergence([0.7, 0.3], [0.5, 0.5]), digits=30))
    0.0822828785050518463915611582608
    >>> value(sympy.Rational(1, 8)), str(value(sympy.oo))
    (CertifiedValue(decimal=Decimal('0.125'), exact=True), 'Infinity')
    >>> value(sympy.log(4) - 2 * sympy.log(2, evaluate=False))
    CertifiedValue(decimal=Decimal('0'), exact=True)
    """
    if type(digits) is not int or not 1 <= digits <= _MOST_DIGITS:
        raise InvalidValue(f"expected digits, an int from 1 to {_MOST_DIGITS}, got {digits!r}")
    given = expression.expression if isinstance(expression, ClosedForm) else expression
    if given is None:
        raise InvalidValue("there is no closed form to evaluate: its expression is None")
    if given in (sympy.oo, -sympy.oo):
        return CertifiedValue(Decimal("Infinity" if given == sympy.oo else "-Infinity"), True)
    closed = _written_out(_exact(given))
    if closed in (sympy.oo, -sympy.oo):
        return value(closed, digits)
    try:
        return _certified(closed, digits, _Mpmath)
    except _Lacking as error:
        return _certified(closed, digits, _flint(error))


def _certified(e: sympy.Expr, digits: int, backend: type[_Backend]) -> CertifiedValue:
    """Return the digits of an expression, computed with one of the two libraries."""
    prec = digits * 10 // 3 + _SPARE_BITS
    reason = ""
    for k in range(_DOUBLINGS):
        if prec << k > _MOST_BITS:
            break
        try:
            low, high = backend(prec << k).ends(e)
        except Undecided as error:
            reason = f": {error}"
            continue
        if low == high:
            return _rounded(low, digits)
        first, last = (_decimal(end, digits) for end in (low, high))
        if first == last and first:
            return CertifiedValue(first, False)
        reason = "" if first.is_signed() == last.is_signed() else ": it is 0, or too near to 0"
        if k == 0:
            known = _decided(e, low, high, first, digits)
            if known is not None:
                return _rounded(known, digits)
    shown = str(e) if len(str(e)) < 200 else f"{str(e)[:200]} …"
    raise InvalidValue(f"{digits} digits of {shown} cannot be certified{reason}")


def _decided(e: sympy.Expr, low: Fraction, high: Fraction, first: Decimal, digits: int) -> Fraction | None:
    """Return 0 or a number halfway between two decimals if that is exactly the value; None if it is not known to be."""
    candidates = [Fraction(0)] if low <= 0 <= high else []
    if not candidates:
        exponent = first.adjusted() - digits + 1
        unit = Fraction(10) ** exponent
        candidates = [Fraction(first) + unit / 2]
    return next((c for c in candidates if low <= c <= high and _equals(e, c)), None)


def _equals(e: sympy.Expr, number: Fraction) -> bool:
    """Whether an expression is a number by the normal form of its logarithms; False if that is not known."""
    top, bottom = sympy.expand_log(e).as_numer_denom()
    terms: dict[Fraction, Fraction] = {}
    difference = sympy.expand(top - sympy.Rational(number.numerator, number.denominator) * bottom)
    for factor, coefficient in difference.as_coefficients_dict().items():
        inside = factor.args[0] if isinstance(factor, sympy.log) else sympy.S.Zero
        if not coefficient.is_Rational or not (factor == 1 or (inside.is_Rational and inside.is_positive)):
            return False
        key = Fraction(int(inside.p), int(inside.q))
        terms[key] = terms.get(key, Fraction(0)) + Fraction(int(coefficient.p), int(coefficient.q))
    return vanishes(terms)


# --- decimals --------------------------------------------------------------------------------------------------------


def _context(digits: int) -> Context:
    return Context(prec=digits, rounding=ROUND_HALF_EVEN, Emin=MIN_EMIN, Emax=MAX_EMAX, traps=[])


def _decimal(number: Fraction, digits: int) -> Decimal:
    """Return a fraction, rounded once."""
    return _context(digits).divide(Decimal(number.numerator), Decimal(number.denominator))


def _rounded(number: Fraction, digits: int) -> CertifiedValue:
    found = _decimal(number, digits)
    return CertifiedValue(found, Fraction(found) == number)


# --- the expression --------------------------------------------------------------------------------------------------


def _exact(given: sympy.Expr | Number) -> sympy.Expr:
    """Return what was given with its floats replaced by decimals; refuse symbols, which have no digits."""
    if not isinstance(given, sympy.Expr):
        return exact(given, "expression")
    if given.has(sympy.nan, sympy.zoo):
        raise InvalidValue(f"expected an expression with a real value, got {given}")
    if given.free_symbols:
        names = ", ".join(sorted(map(str, given.free_symbols)))
        raise InvalidValue(f"expected an expression without symbols, got one with {names}; substitute numbers first")
    # The sign of every summand need not be known here, so that a long sum costs no questions about its assumptions.
    return given.xreplace({f: exact(f, "expression") for f in given.atoms(sympy.Float)})


def _written_out(e: sympy.Expr) -> sympy.Expr:
    """Return an expression with its sums and products over numbers written out."""
    if not e.has(sympy.Sum, sympy.Product):
        return e
    if not isinstance(e, sympy.Sum | sympy.Product):
        return e.func(*map(_written_out, e.args)) if e.args else e
    index, first, last = (*e.limits[-1], None, None)[:3]
    if first is None or not (first.is_Integer and last.is_Integer):
        raise InvalidValue(f"expected sums whose limits are whole numbers, got {e}; substitute numbers first")
    if last - first > _MOST_TERMS:
        raise InvalidValue(f"expected sums of at most {_MOST_TERMS} terms, got {last - first + 1}")
    inside = e.function if len(e.limits) == 1 else e.func(e.function, *e.limits[:-1])
    terms = [_written_out(inside.subs(index, k)) for k in range(int(first), int(last) + 1)]
    # SymPy's own sum of many rationals is slow, but it knows what ∞ is.
    infinite = any(x.has(sympy.oo, -sympy.oo, sympy.zoo, sympy.nan) for x in terms)
    return (sympy.Add if isinstance(e, sympy.Sum) else sympy.Mul)(*terms, evaluate=infinite)


class _Lacking(KLError, NotImplementedError):
    """A function that mpmath's intervals lack; caught here."""


class _Backend(Protocol):
    """Values of expressions, at one precision. A value is a ``Fraction`` or an enclosure."""

    def __init__(self, prec: int) -> None: ...

    def ends(self, e: sympy.Expr) -> tuple[Fraction, Fraction]:
        """Return two numbers between which the value lies."""
        ...


class _Evaluator:
    """The part of the evaluation that both libraries share: exact numbers, operations, functions said by others.

    Parameters
    ----------
    prec : int
        The working precision in bits.
    """

    def __init__(self, prec: int) -> None:
        self.prec = prec
        self._known: dict[sympy.Expr, Any] = {}

    # What a library must bring.
    add: Callable[[Any, Any], Any]
    multiply: Callable[[Any, Any], Any]
    integer_power: Callable[[Any, int], Any]
    root: Callable[[Any], Any]
    log: Callable[[Any], Any]
    exp: Callable[[Any], Any]
    constant: Callable[[str], Any]
    special: Callable[[str, list[Any]], Any]
    fractions: Callable[[Any], tuple[Fraction, Fraction]]
    precision: Callable[[], AbstractContextManager[Any]]

    def ends(self, e: sympy.Expr) -> tuple[Fraction, Fraction]:
        with self.precision():
            return self.fractions(self.number(e))

    def number(self, e: sympy.Expr) -> Any:
        """Return the value of an expression."""
        if e.is_Rational:
            return Fraction(int(e.p), int(e.q))
        found = self._known.get(e)
        if found is None:
            found = self._known[e] = self._compute(e)
        return found

    def _compute(self, e: sympy.Expr) -> Any:
        if isinstance(e, sympy.Add | sympy.Mul):
            return self._folded(self.add if isinstance(e, sympy.Add) else self.multiply, e.args)
        if isinstance(e, sympy.NumberSymbol):
            return self._constant(e)
        if isinstance(e, sympy.exp):
            return self._exp(self.number(e.args[0]))
        if isinstance(e, sympy.Pow):
            return self._power(e, self.number(e.base), self.number(e.exp))
        if isinstance(e, sympy.log) and len(e.args) == 1:
            return self._log(self.number(e.args[0]), e)
        if isinstance(e, xlogy | rel_entr):
            return self._zero_log(e)
        if isinstance(e, sympy.Min | sympy.Max | sympy.Abs):
            return self._largest(e)
        if isinstance(e, sympy.sinh | sympy.cosh | sympy.tanh | sympy.factorial | sympy.beta | sympy.binomial):
            return self.number(_plainer(e))
        if isinstance(e, sympy.Function):
            return self.special(type(e).__name__, [self.number(a) for a in e.args])
        raise InvalidType(f"expected numbers, constants, operations and functions, got the {type(e).__name__} {e}")

    def _folded(self, operation: Callable[[Any, Any], Any], args: tuple[sympy.Expr, ...]) -> Any:
        """Return a sum or product; neighbors are taken together first, so that exact numbers stay short."""
        values = [self.number(a) for a in args]
        while len(values) > 1:
            paired = [operation(x, y) for x, y in zip(values[::2], values[1::2], strict=False)]
            values = paired + values[2 * len(paired) :]
        return values[0]

    def _constant(self, e: sympy.Expr) -> Any:
        name = type(e).__name__
        if name in interval.CONSTANTS:
            return self.constant(name)
        return self.number(e.rewrite(sympy.sqrt) if name != "GoldenRatio" else (1 + sympy.sqrt(5)) / 2)

    def sign(self, x: Any) -> int:
        """Return the sign of a value; raise Undecided where its enclosure does not tell."""
        low, high = self.fractions(x)
        if low == high == 0:
            return 0
        if low <= 0 <= high:
            raise Undecided("the sign of a number on which a function depends is not visible")
        return 1 if low > 0 else -1

    def _exp(self, x: Any) -> Any:
        return Fraction(1) if x == 0 else self.exp(x)

    def _log(self, x: Any, e: sympy.Expr) -> Any:
        if self.sign(x) <= 0:
            raise InvalidValue(f"expected an expression with a real value, got one with {e}")
        return Fraction(0) if x == 1 else self.log(x)

    def _zero_log(self, e: sympy.Expr) -> Any:
        first, second = (self.number(a) for a in e.args)
        if self.sign(first) == 0:
            return Fraction(0)
        if self.sign(second) <= 0 or (isinstance(e, rel_entr) and self.sign(first) < 0):
            raise InvalidValue(f"expected an expression with a finite real value, got one with {e}")
        return self.number(e.rewrite(sympy.log))

    def _power(self, e: sympy.Expr, base: Any, exponent: Any) -> Any:
        whole = isinstance(exponent, Fraction) and exponent.denominator == 1
        sign = 1 if whole and exponent >= 0 else self.sign(base)
        if sign == 0 and self.sign(exponent) > 0:
            return Fraction(0)
        if sign == 0 or (sign < 0 and not whole):
            raise InvalidValue(f"expected an expression with a finite real value, got one with {e}")
        if isinstance(base, Fraction) and isinstance(exponent, Fraction) and base > 0:
            found = interval.rational_power(base, exponent)
            if found is not None:
                return found
        if whole:
            if isinstance(base, Fraction) and base <= 0:
                found = interval.rational_power(-base, exponent) if base else Fraction(exponent == 0)
                if found is not None:
                    return -found if exponent % 2 else found
            return self.integer_power(base, int(exponent))
        if isinstance(exponent, Fraction) and exponent.denominator == 2:
            return self._power(e, self.root(base), exponent * 2)
        return self._exp(self.multiply(exponent, self._log(base, e)))

    def _largest(self, e: sympy.Expr) -> Any:
        values = [self.number(a) for a in e.args]
        if isinstance(e, sympy.Abs):
            return values[0] if self.sign(values[0]) >= 0 else self.multiply(Fraction(-1), values[0])
        sign = 1 if isinstance(e, sympy.Max) else -1
        best = values[0]
        for x in values[1:]:
            if self.sign(self.add(x, self.multiply(Fraction(-1), best))) == sign:
                best = x
        return best


def _plainer(e: sympy.Expr) -> sympy.Expr:
    """Return a function by those that both libraries have."""
    if isinstance(e, sympy.sinh | sympy.cosh | sympy.tanh):
        return e.rewrite(sympy.exp)
    if isinstance(e, sympy.factorial):
        return sympy.gamma(e.args[0] + 1)
    x, y = e.args
    if isinstance(e, sympy.beta):
        return sympy.gamma(x) * sympy.gamma(y) / sympy.gamma(x + y)
    return sympy.gamma(x + 1) / sympy.gamma(y + 1) / sympy.gamma(x - y + 1)


@final
class _Mpmath(_Evaluator):
    """Enclosures by mpmath's intervals; those of :mod:`kl_symbolic.numerics.interval`."""

    fractions = staticmethod(interval.fractions)
    precision = staticmethod(nullcontext)

    def add(self, x: Any, y: Any) -> Any:
        return interval.add(x, y, self.prec)

    def multiply(self, x: Any, y: Any) -> Any:
        return interval.multiply(x, y, self.prec)

    def integer_power(self, x: Any, n: int) -> Any:
        return interval.whole_power(x, n, self.prec)

    def root(self, x: Any) -> Any:
        return interval.square_root(x, self.prec)

    def log(self, x: Any) -> Any:
        return interval.log(x, self.prec)

    def exp(self, x: Any) -> Any:
        return interval.exp(x, self.prec)

    def constant(self, name: str) -> Any:
        return interval.constant(name, self.prec)

    def special(self, name: str, args: list[Any]) -> Any:
        if name not in interval.FUNCTIONS or len(args) != 1:
            raise _Lacking(name)
        if "gamma" in name and self.sign(args[0]) <= 0:
            raise _Lacking(f"{name} of a number that is not positive")
        return interval.apply(name, args[0], self.prec)


# --- python-flint ----------------------------------------------------------------------------------------------------

_BALLS: dict[str, Callable[..., Any]] = {
    "acos": lambda x: x.acos(),
    "asin": lambda x: x.asin(),
    "atan": lambda x: x.atan(),
    "besseli": lambda n, x: x.bessel_i(n),
    "besselj": lambda n, x: x.bessel_j(n),
    "besselk": lambda n, x: x.bessel_k(n),
    "bessely": lambda n, x: x.bessel_y(n),
    "cos": lambda x: x.cos(),
    "digamma": lambda x: x.digamma(),
    "Ei": lambda x: x.ei(),
    "erf": lambda x: x.erf(),
    "erfc": lambda x: x.erfc(),
    "erfi": lambda x: x.erfi(),
    "gamma": lambda x: x.gamma(),
    "li": lambda x: x.li(),
    "loggamma": lambda x: x.lgamma(),
    "lowergamma": lambda s, x: x.gamma_lower(s),
    "sin": lambda x: x.sin(),
    "tan": lambda x: x.tan(),
    "uppergamma": lambda s, x: x.gamma_upper(s),
    "zeta": lambda s: s.zeta(),
}
"""The functions of python-flint's real balls, by SymPy's names; ψ of higher order has complex balls only."""


@final
class _Flint(_Evaluator):
    """Enclosures by the balls of Arb, from python-flint."""

    def precision(self) -> AbstractContextManager[Any]:
        found: AbstractContextManager[Any] = _library().ctx.workprec(self.prec)
        return found

    def ball(self, x: Any) -> Any:
        """Return a ball around a value."""
        flint = _library()
        return flint.arb(flint.fmpq(x.numerator, x.denominator)) if isinstance(x, Fraction) else x

    def finite(self, x: Any) -> Any:
        """Return a ball; raise Undecided for one that says nothing."""
        if not x.is_finite():
            raise Undecided("an enclosure has a pole in it")
        return x

    def fractions(self, x: Any) -> tuple[Fraction, Fraction]:
        if isinstance(x, Fraction):
            return x, x
        middle, radius = (_dyadic(part) for part in (x.mid(), x.rad()))
        return middle - radius, middle + radius

    def add(self, x: Any, y: Any) -> Any:
        return x + y if isinstance(x, Fraction) and isinstance(y, Fraction) else self.ball(x) + self.ball(y)

    def multiply(self, x: Any, y: Any) -> Any:
        return x * y if isinstance(x, Fraction) and isinstance(y, Fraction) else self.ball(x) * self.ball(y)

    def integer_power(self, x: Any, n: int) -> Any:
        return self.finite(self.ball(x) ** n)

    def root(self, x: Any) -> Any:
        return self.finite(self.ball(x).sqrt())

    def log(self, x: Any) -> Any:
        return self.finite(self.ball(x).log())

    def exp(self, x: Any) -> Any:
        return self.finite(self.ball(x).exp())

    def constant(self, name: str) -> Any:
        arb = _library().arb
        return {"Catalan": arb.const_catalan, "EulerGamma": arb.const_euler, "Exp1": arb.const_e, "Pi": arb.pi}[name]()

    def special(self, name: str, args: list[Any]) -> Any:
        balls = [self.ball(x) for x in args]
        if name == "polygamma":
            found = _library().acb(balls[1]).polygamma(balls[0])
            if not found.imag.contains(0):
                raise InvalidValue("expected a polygamma with a real value")
            return self.finite(found.real)
        if name not in _BALLS or len(args) != _BALLS[name].__code__.co_argcount:
            raise InvalidType(f"the digits of {name} cannot be certified: no enclosures of it are known")
        return self.finite(_BALLS[name](*balls))


def _dyadic(x: Any) -> Fraction:
    mantissa, exponent = x.man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def _library() -> Any:
    import flint  # type: ignore[import-not-found, unused-ignore]

    return flint


def _flint(lacking: _Lacking) -> type[_Backend]:
    """Return the evaluator with python-flint; refuse by the name of the function where it is not installed."""
    name = str(lacking)
    if name.split()[0] not in {*_BALLS, "polygamma"}:
        raise InvalidType(f"the digits of {name} cannot be certified: no enclosures of it are known")
    try:
        _library()
    except ImportError as error:
        message = f"the digits of {name} need python-flint, because mpmath's intervals lack it"
        raise NotInstalled(f"{message}: pip install 'kl-symbolic[flint]'") from error
    return _Flint
