"""Terms and statements at a point.

A :class:`Point` says how large each index set is and what every free name is there, exactly. :func:`evaluate` gives the
value of a number term, an exact ``Fraction`` as long as it is rational; :func:`holds` decides a statement in three
values. Above the rationals a number is an interval that contains it, so a statement that is false by more than the
last digit is never taken for a true one, and the other way round: what lies within the tolerance of equality says so.

Nothing here proves anything. The module is a leaf: it imports the kernel's terms and mpmath's interval functions, which
take their precision as an argument; no precision is ever set.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from math import gcd, isqrt
from typing import Any, NoReturn, final

import mpmath
from mpmath import libmp

from .kernel.axioms import defining_equation
from .kernel.definitions import DEFINITIONS
from .kernel.normal_form import integer_exponent
from .kernel.syntax import decode, encode
from .kernel.terms import NAT, Node
from .text import text

__all__ = ["Entry", "Point", "Reading", "Rest", "Sequence", "Truth", "Undecided", "Undefined", "evaluate", "holds"]

Interval = tuple[Any, Any]
"""Two numbers in mpmath's raw format; the value lies between them."""
Value = Fraction | Interval

ZERO, ONE = Fraction(0), Fraction(1)
NATURALS = (0, 1, 2, 3, 5, 10, 101, 1000, 10**6, 10**12)
"""Where a statement about every n is looked at."""
NEAR = tuple(10**k for k in range(1, 13))
"""Where a sequence is looked at, and where its errors are reported."""
FAR = (10**24, 10**48, 10**92)
"""Where it is decided: so far out that even log N_h(n)/n has settled when N_h(n)/n tends to 10⁻³⁰."""

_SPARE = 20
_LONGEST_POWER = 40_000


@final
class Truth(Enum):
    """What is known of a statement at a point; it is no ``bool``, for *unknown* is neither."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"

    def __bool__(self) -> NoReturn:
        raise TypeError(f"{self} has three values; compare it with Truth.TRUE or Truth.FALSE")


@final
class Undefined(ArithmeticError):
    """A subterm has no value at the point: log of what is not positive, division by zero, and the like.

    Attributes
    ----------
    reason : str
    term : Node
        The subterm, perhaps with open indices.
    indices : tuple of int
        The values of the variables bound around it, outermost first.
    """

    def __init__(self, reason: str, term: Node, indices: tuple[int, ...]) -> None:
        super().__init__(reason, term, indices)
        self.reason, self.term, self.indices = reason, term, indices

    def __str__(self) -> str:
        where = f" at the indices {', '.join(map(str, self.indices))}" if self.indices else ""
        return f"{self.reason}: {text(self.term)}{where}"


@final
class Undecided(ArithmeticError):
    """The precision does not tell on which side of zero a number lies, and no exact argument does."""


# --- points ------------------------------------------------------------------------------------------------------


@final
@dataclass(frozen=True, slots=True)
class Sequence:
    """A sequence of rationals with a known limit, for hypotheses such as N_h(n)/n → p₁.

    Attributes
    ----------
    kind : str
        ``whole`` for ⌊rate·n + swing·√n⌋, ``near`` for rate + swing·(⌊√n⌋ + 1)/(n + 1).
    rate, swing : Fraction
    """

    kind: str
    rate: Fraction
    swing: Fraction

    def at(self, n: int) -> Fraction:
        """Return the value at n."""
        if self.kind == "near":
            return self.rate + self.swing * (isqrt(n) + 1) / (n + 1)
        # ⌊(A + √M)/B⌋ = ⌊(A + ⌊√M⌋)/B⌋ for whole A and B > 0, so the square root is taken of a whole number.
        a, b = self.rate.numerator * n * self.swing.denominator, self.rate.denominator * self.swing.denominator
        square = (self.swing.numerator * self.rate.denominator) ** 2 * n
        root = isqrt(square)
        if self.swing < 0:
            root = -root - (root * root < square)
        return Fraction((a + root) // b)

    def __str__(self) -> str:
        if self.kind == "near":
            return f"{self.rate} + {self.swing}*(floor(sqrt(n)) + 1)/(n + 1)"
        return f"floor({self.rate}*n + {self.swing}*sqrt(n))"


@final
@dataclass(frozen=True, slots=True)
class Rest:
    """The sequence rate·n + offset + Σ cₖ·otherₖ(n): what an equation between sequences leaves for the last one."""

    rate: Fraction
    offset: Fraction
    others: tuple[tuple[Fraction, Sequence], ...]

    def at(self, n: int) -> Fraction:
        """Return the value at n."""
        return self.rate * n + self.offset + sum((c * s.at(n) for c, s in self.others), ZERO)

    def __str__(self) -> str:
        return " + ".join([f"{self.rate}*n + {self.offset}", *(f"{c}*({s})" for c, s in self.others)])


Entry = Fraction | Node | Sequence | Rest
"""What a symbol is at given indices: a rational, a closed term such as 3/10*exp(-7/5), or a sequence."""


@final
@dataclass(frozen=True, slots=True)
class Point:
    """Values for free names; build one with :meth:`of`.

    Attributes
    ----------
    sizes : tuple of (str, int)
        How many elements each index set has; they are numbered from 0.
    indices : tuple of (str, tuple of (indices, int))
        The values of free indices and index functions.
    numbers : tuple of (str, tuple of (indices, Entry))
        The values of symbols. The indices of a symbol over ℕ leave ℕ out: there the entry is a sequence.

    Examples
    --------
    >>> point = Point.of(sizes={"X": 2}, numbers={"p": {(0,): Fraction(1, 3), (1,): Fraction(2, 3)}})
    >>> print(point)
    |X| = 2, p[0] = 1/3, p[1] = 2/3
    >>> Point.from_json(point.json()) == point
    True
    """

    sizes: tuple[tuple[str, int], ...]
    indices: tuple[tuple[str, tuple[tuple[tuple[int, ...], int], ...]], ...]
    numbers: tuple[tuple[str, tuple[tuple[tuple[int, ...], Entry], ...]], ...]
    size_of: dict[str, int] = field(init=False, compare=False, repr=False)
    index_of: dict[str, dict[tuple[int, ...], int]] = field(init=False, compare=False, repr=False)
    number_of: dict[str, dict[tuple[int, ...], Entry]] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "size_of", dict(self.sizes))
        object.__setattr__(self, "index_of", {name: dict(rows) for name, rows in self.indices})
        object.__setattr__(self, "number_of", {name: dict(rows) for name, rows in self.numbers})

    @staticmethod
    def of(
        sizes: Mapping[str, int] | None = None,
        indices: Mapping[str, int | Mapping[tuple[int, ...], int]] | None = None,
        numbers: Mapping[str, int | Entry | Mapping[tuple[int, ...], int | Entry]] | None = None,
    ) -> Point:
        """Return a point from mappings; a name without indices may be given its value directly.

        Raises
        ------
        TypeError
            For a value that is not exact: a float or a bool.
        """
        return Point(
            tuple(sorted((sizes or {}).items())),
            tuple(sorted((n, _rows(v, _whole)) for n, v in (indices or {}).items())),
            tuple((n, _rows(v, _entry)) for n, v in sorted((numbers or {}).items())),
        )

    def json(self) -> str:
        """Return the point as one line of JSON; :meth:`from_json` reads it back."""
        shown = {
            "sizes": dict(self.sizes),
            "indices": {n: {_key(k): v for k, v in rows} for n, rows in self.indices},
            "numbers": {n: {_key(k): _encode_entry(v) for k, v in rows} for n, rows in self.numbers},
        }
        return json.dumps(shown, separators=(",", ":"))

    @staticmethod
    def from_json(source: str) -> Point:
        """Return the point that :meth:`json` wrote."""
        data = json.loads(source)
        return Point(
            tuple(data["sizes"].items()),
            tuple((n, tuple((_unkey(k), v) for k, v in rows.items())) for n, rows in data["indices"].items()),
            tuple(
                (n, tuple((_unkey(k), _decode_entry(v)) for k, v in rows.items())) for n, rows in data["numbers"].items()
            ),
        )

    def __str__(self) -> str:
        shown = [f"|{name}| = {size}" for name, size in self.sizes]
        shown += [f"{name}{_call(k, '()')} = {v}" for name, rows in self.indices for k, v in rows]
        for name, rows in self.numbers:
            for k, v in rows:
                inside = (*map(str, k), *(("n",) if isinstance(v, Sequence | Rest) else ()))
                shown.append(f"{name}{_call(inside, '[]')} = {text(v) if isinstance(v, Node) else v}")
        return ", ".join(shown) or "the only point: nothing is free"


def _call(inside: tuple[object, ...], brackets: str) -> str:
    return brackets[0] + ", ".join(map(str, inside)) + brackets[1] if inside else ""


def _rows(value: Any, convert: Callable[[Any], Any]) -> tuple[Any, ...]:
    rows = value if isinstance(value, Mapping) else {(): value}
    return tuple(sorted(((k, convert(v)) for k, v in rows.items()), key=lambda row: row[0]))


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise TypeError(f"expected the number of an element, got {type(value).__name__} {value!r}")
    return value


def _entry(value: Any) -> Entry:
    if isinstance(value, Fraction | Sequence | Rest) or (isinstance(value, Node) and value.is_number and not value.loose):
        return value
    if type(value) is not int:
        raise TypeError(f"expected an int, a Fraction, a closed term or a sequence, got {type(value).__name__} {value!r}")
    return Fraction(value)


def _key(indices: tuple[int, ...]) -> str:
    return ",".join(map(str, indices))


def _unkey(shown: str) -> tuple[int, ...]:
    return tuple(map(int, shown.split(","))) if shown else ()


def _encode_entry(entry: Entry) -> Any:
    if isinstance(entry, Sequence):
        return {"kind": entry.kind, "rate": str(entry.rate), "swing": str(entry.swing)}
    if isinstance(entry, Rest):
        others = [[str(c), _encode_entry(s)] for c, s in entry.others]
        return {"kind": "rest", "rate": str(entry.rate), "offset": str(entry.offset), "others": others}
    return encode(entry if isinstance(entry, Node) else Node("num", entry))


def _decode_entry(value: Any) -> Entry:
    if isinstance(value, dict) and value["kind"] == "rest":
        others = tuple((Fraction(c), _decode_entry(s)) for c, s in value["others"])
        return Rest(Fraction(value["rate"]), Fraction(value["offset"]), others)  # type: ignore[arg-type]
    if isinstance(value, dict):
        return Sequence(value["kind"], Fraction(value["rate"]), Fraction(value["swing"]))
    node = decode(value, "number", {})
    return node.data if node.op == "num" else node


# --- intervals -----------------------------------------------------------------------------------------------------


def _enclose(value: Value, prec: int) -> Interval:
    if not isinstance(value, Fraction):
        return value
    top, bottom = value.numerator, value.denominator
    return tuple(libmp.from_rational(top, bottom, prec, r) for r in (libmp.round_floor, libmp.round_ceiling))  # type: ignore[return-value]


def _sign(value: Value) -> int | None:
    """Return the sign of a value, or None when its interval does not tell."""
    if isinstance(value, Fraction):
        return (value > 0) - (value < 0)
    low, high = (libmp.mpf_sign(end) for end in value)
    return 1 if low > 0 else -1 if high < 0 else 0 if low == high == 0 else None


def _wider(value: Interval, prec: int) -> Interval:
    """Move both ends outwards by one unit in 2^prec: log and exp round well, but do not promise the direction."""
    slack = libmp.from_man_exp(1, -prec)
    low, high = (libmp.mpf_mul(libmp.mpf_abs(end), slack, prec, libmp.round_up) for end in value)
    return (
        libmp.mpf_sub(value[0], low, prec, libmp.round_floor),
        libmp.mpf_add(value[1], high, prec, libmp.round_ceiling),
    )


def _log(value: Value, prec: int) -> Value:
    if value == ONE:
        return ZERO
    return _wider(libmp.mpi_log(_enclose(value, prec + 16), prec + 10), prec)


def _exp(value: Value, prec: int) -> Value:
    if value == ZERO:
        return ONE
    ends = _enclose(value, prec + 16)
    if any(end[2] + end[3] > 1500 for end in ends):
        raise Undecided("an exponent is too large")
    return _wider(libmp.mpi_exp(ends, prec + 10), prec)


def _add(left: Value, right: Value, prec: int) -> Value:
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left + right
    return libmp.mpi_add(_enclose(left, prec), _enclose(right, prec), prec)  # type: ignore[no-any-return]


def _negate(value: Value) -> Value:
    return -value if isinstance(value, Fraction) else (libmp.mpf_neg(value[1]), libmp.mpf_neg(value[0]))


def _multiply(left: Value, right: Value, prec: int) -> Value:
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left * right
    if ZERO in (left, right):
        return ZERO
    return libmp.mpi_mul(_enclose(left, prec), _enclose(right, prec), prec)  # type: ignore[no-any-return]


def _divide(left: Value, right: Value, prec: int) -> Value:
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left / right
    if left == ZERO:
        return ZERO
    return libmp.mpi_div(_enclose(left, prec), _enclose(right, prec), prec)  # type: ignore[no-any-return]


def _rational_power(base: Fraction, exponent: Fraction) -> Fraction | None:
    """Return base^exponent when it is rational and not too long."""
    top, root = exponent.numerator, exponent.denominator
    bits = base.numerator.bit_length() + base.denominator.bit_length()
    if root > 64 or abs(top) * bits > _LONGEST_POWER:
        return None
    parts = [_root(k, root) for k in (base.numerator, base.denominator)] if root > 1 else [base.numerator, base.denominator]
    if None in parts:
        return None
    return Fraction(*parts) ** top  # type: ignore[arg-type]


def _root(number: int, degree: int) -> int | None:
    """Return the whole root of a positive number, or None."""
    low, high = 1, 1 << (number.bit_length() // degree + 1)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if middle**degree <= number else (low, middle - 1)
    return low if low**degree == number else None


def _mpf(raw: Any) -> Any:
    return mpmath.mp.make_mpf(raw)


# --- values --------------------------------------------------------------------------------------------------------

Frame = tuple[dict[str, str], dict[str, Node], tuple[int, ...], "Frame | None"] | None  # type: ignore[misc]
"""Inside a definition: its sets, its operands, and where the operands are to be read."""

_BODIES: dict[str, tuple[tuple[str, ...], tuple[str, ...], Node]] = {}


def _definition(name: str) -> tuple[tuple[str, ...], tuple[str, ...], Node]:
    """Return the formal sets, the formal operands and the body of a defined symbol."""
    if name not in _BODIES:
        formal = DEFINITIONS[name][0]
        sets = tuple(n for n in formal if formal[n] == "set")
        rest = tuple(n for n in formal if formal[n] != "set")
        _BODIES[name] = sets, rest, defining_equation(name)[2].conclusion.args[1]
    return _BODIES[name]


@final
class _Level:
    """A point at one working precision."""

    def __init__(self, point: Point, prec: int) -> None:
        self.point, self.prec = point, prec
        self._known: dict[tuple[Node, tuple[int, ...]], Value] = {}

    # indices and sets

    def size(self, name: str, frame: Frame) -> int:
        while frame is not None and name in frame[0]:
            name, frame = frame[0][name], frame[3]
        return self.point.size_of[name]

    def index(self, node: Node, env: tuple[int, ...], frame: Frame) -> int:
        if node.op == "bound":
            return env[-1 - node.data]
        if frame is not None and node.data in frame[1]:
            return self.index(*self._operand(node, env, frame))
        where = tuple(self.index(a, env, frame) for a in node.args)
        return self.point.index_of[node.data][where]

    def _operand(self, node: Node, env: tuple[int, ...], frame: Any) -> tuple[Node, tuple[int, ...], Frame]:
        body, inner = frame[1][node.data], frame[2]
        for argument in node.args:
            body, inner = body.args[0], (*inner, self.index(argument, env, frame))
        return body, inner, frame[3]

    # numbers

    def number(self, node: Node, env: tuple[int, ...] = (), frame: Frame = None) -> Value:
        """Return the value of a number term; *env* has the values of the variables bound around it.

        Raises
        ------
        Undefined
            When a subterm has no value.
        Undecided
            When the precision does not tell whether it has.
        """
        op = node.op
        if op == "num":
            return node.data  # type: ignore[no-any-return]
        if op == "sym":
            return self._symbol(node, env, frame)
        if frame is not None or node.size < 3:
            return self._compute(node, env, frame)
        key = (node, env[len(env) - node.loose :])
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._compute(node, env, frame)
        return found

    def _symbol(self, node: Node, env: tuple[int, ...], frame: Frame) -> Value:
        if frame is not None and node.data in frame[1]:
            return self.number(*self._operand(node, env, frame))
        entry, n = self.entry(node, env, frame)
        if isinstance(entry, Fraction):
            return entry
        if isinstance(entry, Node):
            return self.number(entry)
        return entry.at(n)

    def entry(self, node: Node, env: tuple[int, ...], frame: Frame) -> tuple[Entry, int]:
        """Return what the point says of a symbol; for one over ℕ, the sequence and n."""
        where = tuple(self.index(a, env, frame) for a in node.args)
        rows = self.point.number_of[node.data]
        if where in rows:
            return rows[where], 0
        # A symbol over ℕ: one index is n, the others say which sequence.
        for k, n in enumerate(where):
            entry = rows.get((*where[:k], *where[k + 1 :]))
            if isinstance(entry, Sequence | Rest):
                return entry, n
        raise KeyError(f"the point has no value for {node.data} at {where}")

    def _compute(self, node: Node, env: tuple[int, ...], frame: Frame) -> Value:
        op, prec = node.op, self.prec
        if op in ("sum", "prod"):
            return self._over(node, env, frame)
        if op == "def":
            return self._defined(node, env, frame)
        if op == "delta":
            left, right = (self.index(a, env, frame) for a in node.args)
            return ONE if left == right else ZERO
        if op == "card":
            return Fraction(self.size(node.data, frame))
        if op == "nat":
            return Fraction(self.index(node.args[0], env, frame))
        if op == "xlogy":
            return self._xlogy(node, env, frame)
        first = self.number(node.args[0], env, frame)
        if op == "neg":
            return _negate(first)
        if op == "exp":
            return _exp(first, prec)
        if op == "log":
            self._positive(node.args[0], first, "log of a number that is not positive", node, env, frame)
            return _log(first, prec)
        if op == "abs":
            return abs(first) if isinstance(first, Fraction) else libmp.mpi_abs(first, prec)
        second = self.number(node.args[1], env, frame)
        if op == "+":
            return _add(first, second, prec)
        if op == "-":
            return _add(first, _negate(second), prec)
        if op == "*":
            return _multiply(first, second, prec)
        if op == "/":
            if self.sign(node.args[1], second, env, frame) == 0:
                raise Undefined("division by zero", node, env)
            return _divide(first, second, prec)
        return self._power(node, first, second, env, frame)

    def sign(self, node: Node, value: Value, env: tuple[int, ...], frame: Frame) -> int:
        """Return the sign of a value; where its interval does not tell, by an exact argument."""
        found = _sign(value)
        if found is None:
            form = self.form(node, env, frame)
            if form is None or not _vanishes(form):
                raise Undecided("the precision does not tell the sign of a number")
            return 0
        return found

    def _positive(self, part: Node, value: Value, reason: str, node: Node, env: tuple[int, ...], frame: Frame) -> None:
        if self.sign(part, value, env, frame) <= 0:
            raise Undefined(reason, node, env)

    def _power(self, node: Node, base: Value, exponent: Value, env: tuple[int, ...], frame: Frame) -> Value:
        literal = integer_exponent(node)
        if literal is None:
            # The logic knows a^b for 0 < a only, so 0^b has no value, not even for b = 2.
            reason = "a base that is not positive, to an exponent that is no integer literal"
            self._positive(node.args[0], base, reason, node, env, frame)
        elif literal < 0 and self.sign(node.args[0], base, env, frame) == 0:
            raise Undefined("a negative power of zero", node, env)
        if isinstance(base, Fraction) and isinstance(exponent, Fraction):
            found = _rational_power(base, exponent)
            if found is not None:
                return found
        if literal is not None:
            return libmp.mpi_pow_int(_enclose(base, self.prec), literal, self.prec)  # type: ignore[no-any-return]
        return _exp(_multiply(exponent, _log(base, self.prec), self.prec), self.prec)

    def _xlogy(self, node: Node, env: tuple[int, ...], frame: Frame) -> Value:
        factor = self.number(node.args[0], env, frame)
        if factor == ZERO:
            return ZERO
        value = self.number(node.args[1], env, frame)
        if self.sign(node.args[1], value, env, frame) > 0:
            return _multiply(factor, _log(value, self.prec), self.prec)
        if self.sign(node.args[0], factor, env, frame) == 0:
            return ZERO
        raise Undefined("xlogy(a, b) where a is not 0 and b is not positive", node, env)

    def _over(self, node: Node, env: tuple[int, ...], frame: Frame) -> Value:
        over = node.args[0]
        combine, total = (_add, ZERO) if node.op == "sum" else (_multiply, ONE)
        exact, rest = total, total
        for k in range(self.size(over.data, frame)):
            value = self.number(over.args[0], (*env, k), frame)
            if isinstance(value, Fraction):
                exact = combine(exact, value, self.prec)  # type: ignore[assignment]
            else:
                rest = combine(rest, value, self.prec)  # type: ignore[assignment]
        return combine(exact, rest, self.prec)

    def _defined(self, node: Node, env: tuple[int, ...], frame: Frame) -> Value:
        return self.number(*self.opened(node, env, frame))

    def opened(self, node: Node, env: tuple[int, ...], frame: Frame) -> tuple[Node, tuple[int, ...], Frame]:
        """Return the body of a defined symbol, and where it is to be read."""
        name, actual = node.data
        sets, operands, body = _definition(name)
        return body, (), (dict(zip(sets, actual, strict=True)), dict(zip(operands, node.args, strict=True)), env, frame)

    # exact linear forms c₀ + Σ cₖ·log bₖ

    def form(self, node: Node, env: tuple[int, ...], frame: Frame) -> Form | None:
        """Return the value as rational + Σ rational·log(rational), if it is visibly of this shape."""
        value = self.number(node, env, frame)
        if isinstance(value, Fraction):
            return {ZERO: value}
        op, args = node.op, node.args
        if op == "def":
            return self.form(*self.opened(node, env, frame))
        if op == "sym":
            return self._into(self.form, node, env, frame)
        if op == "log":
            return self._log_form(args[0], env, frame)
        if op == "sum":
            return self._sum(self.form, node, env, frame)
        if op in ("xlogy", "*", "/"):
            return self._product_form(node, env, frame)
        if op == "abs":
            inside = self.number(args[0], env, frame)
            return _combine(ZERO, {}, Fraction(self.sign(args[0], inside, env, frame)), self.form(args[0], env, frame))
        if op == "neg":
            return _combine(ZERO, {}, -ONE, self.form(args[0], env, frame))
        if op in ("+", "-"):
            factor = ONE if op == "+" else -ONE
            return _combine(ONE, self.form(args[0], env, frame), factor, self.form(args[1], env, frame))
        return None

    def _product_form(self, node: Node, env: tuple[int, ...], frame: Frame) -> Form | None:
        first, second = node.args
        left = self.number(first, env, frame)
        if node.op == "xlogy":
            return _combine(ZERO, {}, left, self._log_form(second, env, frame)) if isinstance(left, Fraction) else None
        right = self.number(second, env, frame)
        if isinstance(right, Fraction):
            return _combine(ZERO, {}, right if node.op == "*" else 1 / right, self.form(first, env, frame))
        if node.op == "*" and isinstance(left, Fraction):
            return _combine(ZERO, {}, left, self.form(second, env, frame))
        return None

    def _log_form(self, node: Node, env: tuple[int, ...], frame: Frame) -> Form | None:
        """Return the linear form of log node, for a node whose factors are positive."""
        value = self.number(node, env, frame)
        if isinstance(value, Fraction):
            return {value: ONE} if value > 0 else None
        op, args = node.op, node.args
        if op == "def":
            return self._log_form(*self.opened(node, env, frame))
        if op == "sym":
            return self._into(self._log_form, node, env, frame)
        if op == "exp":
            return self.form(args[0], env, frame)
        if op == "prod":
            return self._sum(self._log_form, node, env, frame)
        if op in ("*", "/"):
            factor = ONE if op == "*" else -ONE
            return _combine(ONE, self._log_form(args[0], env, frame), factor, self._log_form(args[1], env, frame))
        if op == "^":
            exponent = self.number(args[1], env, frame)
            if isinstance(exponent, Fraction):
                return _combine(ZERO, {}, exponent, self._log_form(args[0], env, frame))
        return None

    def _into(self, form: Any, node: Node, env: tuple[int, ...], frame: Frame) -> Form | None:
        if frame is not None and node.data in frame[1]:
            return form(*self._operand(node, env, frame))  # type: ignore[no-any-return]
        entry, _ = self.entry(node, env, frame)
        return form(entry, (), None) if isinstance(entry, Node) else None

    def _sum(self, form: Any, node: Node, env: tuple[int, ...], frame: Frame) -> Form | None:
        over = node.args[0]
        total: Form | None = {}
        for k in range(self.size(over.data, frame)):
            total = _combine(ONE, total, ONE, form(over.args[0], (*env, k), frame))
        return total


Form = dict[Fraction, Fraction]
"""b ↦ the coefficient of log b for b > 0; 0 ↦ the rational part."""


def _combine(a: Fraction, left: Form | None, b: Fraction, right: Form | None) -> Form | None:
    if left is None or right is None:
        return None
    return {k: a * left.get(k, ZERO) + b * right.get(k, ZERO) for k in (*left, *(k for k in right if k not in left))}


def _vanishes(form: Form) -> bool:
    """Whether c₀ + Σ cₖ·log bₖ = 0, exactly.

    Σ cₖ·log bₖ is the log of an algebraic number, so it is no rational but 0; and it is 0 exactly when the exponents
    vanish over pairwise coprime whole numbers that generate the bₖ.
    """
    if form.get(ZERO, ZERO) != 0:
        return False
    logs = {b: c for b, c in form.items() if b > 0 and c}
    base = _coprime([k for b in logs for k in (b.numerator, b.denominator)])
    for prime in base:
        if sum(((_order(b.numerator, prime) - _order(b.denominator, prime)) * c for b, c in logs.items()), ZERO):
            return False
    return True


def _coprime(numbers: list[int]) -> list[int]:
    """Return pairwise coprime numbers above 1 of which all given ones are products."""
    base: list[int] = []
    todo = [k for k in dict.fromkeys(numbers) if k > 1]
    while todo:
        number = todo.pop()
        for k, other in enumerate(base):
            common = gcd(number, other)
            if common > 1:
                del base[k]
                todo += [p for p in (common, number // common, other // common) if p > 1]
                break
        else:
            base.append(number)
    return base


def _order(number: int, prime: int) -> int:
    count = 0
    while number % prime == 0:
        number, count = number // prime, count + 1
    return count


# --- statements ----------------------------------------------------------------------------------------------------


@final
class Reading:
    """A point, read with a number of digits; what it has computed once it keeps.

    Parameters
    ----------
    point : Point
    digits : int
        Two numbers whose difference is below 10^-(digits - 10), relative to the larger one, or absolute for numbers
        below 1, count as equal unless they are known to differ.

    Attributes
    ----------
    residual : mpmath.mpf
        The largest such difference over all equalities that were found true.
    """

    def __init__(self, point: Point, digits: int = 50) -> None:
        if type(digits) is not int or digits < 15:
            raise ValueError(f"expected a number of digits, an int of at least 15, got {digits!r}")
        self.point, self.digits = point, digits
        self._tolerance = _enclose(Fraction(1, 10 ** (digits - 10)), 53)[0]
        self._levels: list[_Level] = []
        self._residual = libmp.fzero

    @property
    def residual(self) -> Any:
        """The largest difference over all equalities that were found true."""
        return _mpf(self._residual)

    def _precisions(self, count: int) -> Iterator[_Level]:
        """Yield the point at the working precision, then at twice and four times that."""
        for k in range(count):
            if k == len(self._levels):
                prec = libmp.dps_to_prec((self.digits + _SPARE) * 2**k)
                self._levels.append(_Level(self.point, prec))
            yield self._levels[k]

    def value(self, node: Node) -> Any:
        """Return the value of a closed number term, as :func:`evaluate` does."""
        for level in self._precisions(4):
            try:
                value = level.number(node)
            except Undecided:
                continue
            if isinstance(value, Fraction):
                return value
            low, high = value
            width = libmp.mpf_sub(high, low, 53, libmp.round_up)
            size = libmp.mpf_abs(low)
            allowed = libmp.mpf_mul(size, _enclose(Fraction(1, 10**self.digits), 53)[0])
            if libmp.mpf_le(width, allowed):
                return _mpf(libmp.mpi_mid(value, level.prec))
            if _sign(value) is None:
                form = level.form(node, (), None)
                if form is not None and _vanishes(form):
                    return ZERO
        raise Undecided(f"{self.digits} digits of {text(node)} cannot be told")

    def truth(self, statement: Node, exact: bool = False, env: tuple[int, ...] = ()) -> Truth:
        """Decide a statement.

        Parameters
        ----------
        statement : Node
        exact : bool
            Whether numbers within the tolerance must be compared exactly, or at four times the digits, before they
            count as equal; for hypotheses.
        env : tuple of int
            The values of the variables bound around it.

        Raises
        ------
        Undefined
            When a number term in it, or in the part that matters, has no value.
        """
        op, args = statement.op, statement.args
        if op == "all":
            over = NATURALS if args[0].data == NAT else range(self.point.size_of[args[0].data])
            return _both(self.truth(args[0].args[0], exact, (*env, k)) for k in over)
        if op in ("=>", "<=>"):
            left = self.truth(args[0], exact, env)
            if op == "=>" and left is Truth.FALSE:
                return Truth.TRUE
            right = self.truth(args[1], exact, env)
            if Truth.UNKNOWN in (left, right):
                return Truth.TRUE if op == "=>" and right is Truth.TRUE else Truth.UNKNOWN
            return Truth.TRUE if left is right else Truth.FALSE
        if op == "->":
            return self._tends(args[0], args[1], env)
        sign, close = self._compare(args[0], args[1], op, exact, env)
        if sign is not None:
            return _truth({"=": sign == 0, "<=": sign <= 0, "<": sign < 0, "!=": sign != 0}[op])
        return Truth.TRUE if close and op in ("=", "<=") else Truth.UNKNOWN

    def _compare(
        self, left: Node, right: Node, op: str, exact: bool, env: tuple[int, ...]
    ) -> tuple[int | None, bool]:
        """Return the sign of left - right, if it is known, and whether they differ by less than the tolerance."""
        tried, close = False, False
        for level in self._precisions(4):
            try:
                a, b = level.number(left, env), level.number(right, env)
                if isinstance(a, Fraction) and isinstance(b, Fraction):
                    return (a > b) - (a < b), True
                gap = _add(a, _negate(b), level.prec)
                sign = _sign(gap)
                if sign is not None:
                    return sign, False
                close, residual = self._is_small(gap, a, b, level.prec)
                if op == "=" and close and libmp.mpf_gt(residual, self._residual):
                    self._residual = residual
                if close and op in ("=", "<=") and not exact:
                    return None, True
                if not tried:
                    tried = True
                    form = _combine(ONE, level.form(left, env, None), -ONE, level.form(right, env, None))
                    if form is not None and _vanishes(form):
                        return 0, True
            except Undecided:
                continue
        return None, close

    def _is_small(self, gap: Value, a: Value, b: Value, prec: int) -> tuple[bool, Any]:
        ends = [libmp.mpf_abs(end) for value in (a, b) for end in _enclose(value, prec)]
        scale = libmp.fone
        for end in ends:
            scale = end if libmp.mpf_gt(end, scale) else scale
        worst = libmp.mpi_abs(_enclose(gap, prec))[1]
        residual = libmp.mpf_div(worst, scale, 53, libmp.round_up)
        return libmp.mpf_le(residual, self._tolerance), residual

    # limits

    def errors(self, statement: Node, at: tuple[int, ...] = NEAR, env: tuple[int, ...] = ()) -> tuple[Any, ...]:
        """Return bounds of |aₙ - l| for a statement aₙ → l, at the given n."""
        return tuple(_mpf(high) for _, high in self._errors(*statement.args, at, env))

    def _errors(self, sequence: Node, limit: Node, at: tuple[int, ...], env: tuple[int, ...]) -> list[Interval]:
        found = []
        for n in at:
            for level in self._precisions(4):
                try:
                    inside, goal = level.number(sequence.args[0], (*env, n)), level.number(limit, env)
                except Undecided:
                    continue
                gap = _enclose(_add(inside, _negate(goal), level.prec), level.prec)
                found.append(libmp.mpi_abs(gap, level.prec))
                break
            else:
                raise Undecided("the precision does not tell the value of a sequence")
        return found

    def _tends(self, sequence: Node, limit: Node, env: tuple[int, ...]) -> Truth:
        """Whether the errors shrink: to a tenth at least from 10²⁴ to 10⁴⁸ and again to 10⁹²; false if they do not."""
        try:
            errors = self._errors(sequence, limit, FAR, env)
        except Undecided:
            return Truth.UNKNOWN
        pairs = list(zip(errors, errors[1:], strict=False))
        if all(self._shrinks(*pair) for pair in pairs):
            return Truth.TRUE
        first, last = errors[0][1], errors[-1][0]
        return Truth.FALSE if libmp.mpf_gt(libmp.mpf_mul(last, libmp.from_int(2)), first) else Truth.UNKNOWN

    def _shrinks(self, before: Interval, after: Interval) -> bool:
        if libmp.mpf_le(after[1], self._tolerance):
            return True
        return bool(libmp.mpf_le(libmp.mpf_mul(after[1], libmp.from_int(10)), before[0]))


def _truth(value: bool) -> Truth:
    return Truth.TRUE if value else Truth.FALSE


def _both(found: Iterator[Truth]) -> Truth:
    result = Truth.TRUE
    for truth in found:
        if truth is Truth.FALSE:
            return Truth.FALSE
        if truth is Truth.UNKNOWN:
            result = truth
    return result


def evaluate(node: Node, point: Point, digits: int = 50) -> Any:
    """Return the value of a closed number term at a point.

    Parameters
    ----------
    node : Node
    point : Point
    digits : int
        How many digits of an irrational value are wanted; all of them are right.

    Returns
    -------
    Fraction or mpmath.mpf
        The exact value if the term is visibly rational, else its digits.

    Raises
    ------
    Undefined
        When a subterm has no value.
    Undecided
        When four times the digits do not tell its sign where it matters.

    Examples
    --------
    >>> from kl_symbolic.grammar import declare, parse
    >>> scope = declare({"X": "set", "p": "X -> number"})
    >>> point = Point.of(sizes={"X": 2}, numbers={"p": {(0,): Fraction(1, 4), (1,): Fraction(3, 4)}})
    >>> evaluate(parse("sum(i in X: p[i]^2)", "number", scope), point)
    Fraction(5, 8)
    >>> mpmath.nstr(evaluate(parse("sum(i in X: xlogy(p[i], p[i]))", "number", scope), point), 15)
    '-0.562335144618808'
    """
    return Reading(point, digits).value(node)


def holds(statement: Node, point: Point, digits: int = 50) -> Truth:
    """Decide a closed statement at a point.

    Parameters
    ----------
    statement : Node
    point : Point
    digits : int
        See :class:`Reading`.

    Returns
    -------
    Truth
        Equalities of rationals, and of sums of logarithms of rationals where it matters, are decided exactly. A
        statement about every n is looked at for some, and a limit along n = 10²⁴, 10⁴⁸, 10⁹².

    Raises
    ------
    Undefined
        When a number term in it has no value; the right side of an implication counts only if its left side holds.

    Examples
    --------
    >>> from kl_symbolic.grammar import declare, parse
    >>> scope = declare({"x": "number"})
    >>> holds(parse("log(x) <= x - 1", "statement", scope), Point.of(numbers={"x": Fraction(1, 2)}))
    <Truth.TRUE: 'true'>
    >>> holds(parse("log(x) < x - 1", "statement", scope), Point.of(numbers={"x": 1}))
    <Truth.FALSE: 'false'>
    """
    return Reading(point, digits).truth(statement)
