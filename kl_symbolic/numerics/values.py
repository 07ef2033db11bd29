"""The values of number terms at a point, at one working precision.

Rational values are exact, the others intervals. Where an interval straddles zero and the sign matters, an exact
argument about sums of logarithms of rationals decides; failing that, the value is undecided at this precision.
"""

from __future__ import annotations

from fractions import Fraction
from math import gcd
from typing import Any, Protocol, cast, final

from mpmath import libmp

from ..kernel.errors import KLError
from ..kernel.normal_form import integer_exponent
from ..kernel.terms import Node, unwrap
from ..language.definitions import definition
from ..language.errors import InvalidValue
from ..language.printer import text
from . import interval
from .interval import ONE, ZERO, Undecided, Value
from .point import FUNCTION_MARK, N_MARK, Entry, Integral, Point, Rest, Sequence

__all__ = [
    "Env",
    "Form",
    "Frame",
    "Integrals",
    "Level",
    "TooMuchWork",
    "Unassigned",
    "Undefined",
    "Work",
    "combine",
    "need_effort",
    "vanishes",
]


MAX_WORK = 500_000
"""Steps of one evaluation: some seconds. Nested ∀ and Σ multiply, and a short file can ask for years."""
_COSTLY = frozenset(("log", "exp", "xlogy", "^", "Gamma", "digamma", "pi"))
"""Operators whose values are computed by series, which takes the longer the more digits there are."""
_BITS_A_STEP = 64
"""So many bits of a logarithm take about as long as one step of arithmetic with fractions."""


_ROUGH, _DIGITS_SHOWN = 60, 15
"""Bits and digits of a number that is shown as digits, as those of a float."""
_LONGEST = 40
"""Characters of a number in a message; a longer one is shown by 15 digits."""


def _shown(value: Any) -> str:
    """Return the value of a bound variable for a message."""
    shown = str(value) if isinstance(value, int | Fraction) else ""
    if not shown or len(shown) > _LONGEST:
        low, _ = interval.enclose(value, _ROUGH) if isinstance(value, Fraction) else value
        shown = libmp.to_str(low, _DIGITS_SHOWN)
    return shown


@final
class Undefined(KLError, ArithmeticError):
    """A subterm has no value at the point: log of a number that is not positive, division by zero, and the like.

    Parameters
    ----------
    reason : str
    term : Node
        The subterm, perhaps with open indices.
    indices : Env
        The values of the variables bound around it, outermost first.
    """

    def __init__(self, reason: str, term: Node, indices: Env) -> None:
        super().__init__(reason, term, indices)
        self.reason, self.term, self.indices = reason, term, indices

    def __str__(self) -> str:
        where = f" at the indices {', '.join(map(_shown, self.indices))}" if self.indices else ""
        return f"{self.reason}: {text(self.term)}{where}"


@final
class Unassigned(KLError, LookupError):
    """The point does not say what a symbol is."""


@final
class TooMuchWork(Undecided):
    """The budget of an evaluation is spent; what is not decided by then stays open."""


@final
class Work:
    """Bounds the work of an evaluation or a search, counted in subterms whose value is computed, and the like.

    Parameters
    ----------
    units : int, optional
    """

    def __init__(self, units: int = MAX_WORK) -> None:
        self.left = units

    def spend(self, units: int = 1) -> None:
        """Take units from what is left.

        Parameters
        ----------
        units : int, optional

        Raises
        ------
        TooMuchWork
            When nothing is left.
        """
        self.left -= units
        if self.left < 0:
            raise TooMuchWork("the budget is spent: it needs more work than is allowed")


def need_effort(effort: object) -> None:
    """Refuse what is not an effort.

    Parameters
    ----------
    effort : object

    Raises
    ------
    InvalidValue
        When it is not an integer of at least 1.
    """
    if type(effort) is not int or effort < 1:
        raise InvalidValue(f"expected an effort of at least 1, an int, got {effort!r}")


Env = tuple["int | Value", ...]
"""The values of the variables bound around a term, outermost first: elements of sets as ints, numbers as values."""
Frame = tuple[dict[str, str], dict[str, Node], Env, Any] | None
"""Inside a definition: its sets, its operands, and where the operands are to be read."""


class Integrals(Protocol):
    """Who integrates, for numbers that a point defines by an integral."""

    def value(self, entry: Integral) -> Value:
        """Return the value of an integral, or a root of it.

        Parameters
        ----------
        entry : Integral
        """


@final
class Level:
    """A point at one working precision.

    Parameters
    ----------
    point : Point
        The values of the names.
    prec : int
        The working precision in bits.
    work : Work, optional
        The budget, which may be shared with other precisions; one of its own by default.
    integrals : Integrals, optional
        What integrates; without it a number that the point defines by an integral has no value.
    """

    def __init__(self, point: Point, prec: int, work: Work | None = None, integrals: Integrals | None = None) -> None:
        self.point, self.prec = point, prec
        self._work = work or Work()
        self._integrals = integrals
        self._known: dict[tuple[Node, Env], Value] = {}

    @property
    def integrals(self) -> Integrals:
        """The integrals that numbers of the point are defined by."""
        if self._integrals is None:
            raise Unassigned("an integral has no value here")
        return self._integrals

    # indices and sets

    def size(self, name: str, frame: Frame) -> int:
        """Return how many elements a set has.

        Parameters
        ----------
        name : str
            The set.
        frame : Frame
            The definition inside which the term is read; None outside of any.
        """
        while frame is not None and name in frame[0]:
            name, frame = frame[0][name], frame[3]
        if name not in self.point.size_of:
            raise Unassigned(f"the point does not say how large {name} is")
        return self.point.size_of[name]

    def index(self, node: Node, env: Env, frame: Frame) -> int:
        """Return the number of the element that an index is.

        Parameters
        ----------
        node : Node
        env : Env
            The values of the variables bound around it, outermost first.
        frame : Frame
            The definition inside which the term is read; None outside of any.
        """
        if node.op == "bound":
            position: int = node.data
            element = env[-1 - position]
            return cast("int", element)
        if frame is not None and node.data in frame[1]:
            return self.index(*self.operand(node, env, frame))
        where = tuple(self.index(a, env, frame) for a in node.args)
        rows = self.point.index_of.get(node.data, {})
        if where not in rows:
            raise Unassigned(f"the point has no value for {node.data} at {where}")
        return rows[where]

    def operand(self, node: Node, env: Env, frame: Any) -> tuple[Node, Env, Frame]:
        """Return what an operand of a definition stands for, and where it is to be read.

        Parameters
        ----------
        node : Node
            An operand of a definition.
        env : Env
            The values of the variables bound around it, outermost first.
        frame : Frame
            The definition inside which the term is read; None outside of any.
        """
        body, inner = frame[1][node.data], frame[2]
        for argument in node.args:
            body, inner = body.args[0], (*inner, self.index(argument, env, frame))
        return body, inner, frame[3]

    def domain(self, node: Node) -> Node:
        """Return what a domain is at the point: a name is replaced.

        Parameters
        ----------
        node : Node
        """
        if node.op != "dom":
            return node
        if node.data not in self.point.domain_of:
            raise Unassigned(f"the point does not say what the domain {node.data} is")
        return self.point.domain_of[node.data]

    # numbers

    def number(self, node: Node, env: Env = (), frame: Frame = None) -> Value:
        """Return the value of a number term; *env* has the values of the variables bound around it.

        Parameters
        ----------
        node : Node
        env : Env, optional
            The values of the variables bound around it, outermost first.
        frame : Frame, optional
            The definition inside which the term is read; None outside of any.

        Raises
        ------
        Undefined
            When a subterm has no value.
        Undecided
            When the precision does not tell whether it has.
        """
        op = node.op
        if op == "num":
            literal: Fraction = node.data
            return literal
        if op == "#":
            return cast("Value", env[-1 - node.data])
        if op == "sym":
            return self._symbol(node, env, frame)
        if frame is not None or node.size < 3:
            return self._compute(node, env, frame)
        key = (node, env[len(env) - node.loose :])
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._compute(node, env, frame)
        return found

    def _symbol(self, node: Node, env: Env, frame: Frame) -> Value:
        if frame is not None and node.data in frame[1]:
            return self.number(*self.operand(node, env, frame))
        if any(a.is_number for a in node.args):
            return self.number(*self._called(node, env, frame))
        entry, n = self.entry(node, env, frame)
        if isinstance(entry, Fraction):
            return entry
        if isinstance(entry, Node):
            return self.number(entry)
        if isinstance(entry, Integral):
            return self.integrals.value(entry)
        return entry.at(n)

    def _called(self, node: Node, env: Env, frame: Frame) -> tuple[Node, Env]:
        """Return the body of a function of numbers, and the values of the operands that are bound in it."""
        abstraction, bound = self.function(node, env, frame)
        values = (self.number(a, env, frame) if a.is_number else Fraction(self.index(a, env, frame)) for a in bound)
        return unwrap(abstraction), tuple(values)

    def function(self, node: Node, env: Env, frame: Frame) -> tuple[Node, tuple[Node, ...]]:
        """Return what the point says of a function of numbers: an abstraction, and which operands it binds.

        Parameters
        ----------
        node : Node
            A function at its operands.
        env : Env
            The values of the variables bound around it, outermost first.
        frame : Frame
            The definition inside which the term is read; None outside of any.
        """
        rows = self.point.number_of.get(node.data, {})
        where = tuple(FUNCTION_MARK if a.is_number else self.index(a, env, frame) for a in node.args)
        own = where if where in rows else (FUNCTION_MARK,) * len(where)
        abstraction = rows.get(own)
        if not isinstance(abstraction, Node) or abstraction.op != "lam":
            raise Unassigned(f"the point does not say what the function {node.data} is")
        return abstraction, tuple(a for a, k in zip(node.args, own, strict=True) if k == FUNCTION_MARK)

    def entry(self, node: Node, env: Env, frame: Frame) -> tuple[Entry, int]:
        """Return what the point says of a symbol; for one over ℕ, the sequence and n.

        Parameters
        ----------
        node : Node
        env : Env
            The values of the variables bound around it, outermost first.
        frame : Frame
            The definition inside which the term is read; None outside of any.
        """
        where = tuple(self.index(a, env, frame) for a in node.args)
        rows = self.point.number_of.get(node.data, {})
        if where in rows:
            return rows[where], 0
        for k, n in enumerate(where):
            entry = rows.get((*where[:k], N_MARK, *where[k + 1 :]))
            if isinstance(entry, Sequence | Rest):
                return entry, n
        raise Unassigned(f"the point has no value for {node.data} at {where}")

    def _compute(self, node: Node, env: Env, frame: Frame) -> Value:
        op, prec = node.op, self.prec
        self._work.spend(1 + prec // _BITS_A_STEP if op in _COSTLY else 1)
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
        if op == "pi":
            return interval.constant("Pi", prec)
        if op == "xlogy":
            return self._xlogy(node, env, frame)
        first = self.number(node.args[0], env, frame)
        if op == "neg":
            return interval.negate(first)
        if op == "exp":
            return interval.exp(first, prec)
        if op == "log":
            self._positive(node.args[0], first, "log of a number that is not positive", node, env, frame)
            return interval.log(first, prec)
        if op == "abs":
            return abs(first) if isinstance(first, Fraction) else libmp.mpi_abs(first, prec)
        if op in ("Gamma", "digamma"):
            # The logic knows both for positive numbers only.
            self._positive(node.args[0], first, f"{op} of a number that is not positive", node, env, frame)
            return interval.gamma(first, prec) if op == "Gamma" else interval.digamma(first, prec)
        second = self.number(node.args[1], env, frame)
        if op == "+":
            return interval.add(first, second, prec)
        if op == "-":
            return interval.add(first, interval.negate(second), prec)
        if op == "*":
            return interval.multiply(first, second, prec)
        if op == "/":
            if self.sign(node.args[1], second, env, frame) == 0:
                raise Undefined("division by zero", node, env)
            return interval.divide(first, second, prec)
        return self._power(node, first, second, env, frame)

    def sign(self, node: Node, value: Value, env: Env, frame: Frame) -> int:
        """Return the sign of a value; where its interval does not tell, by an exact argument.

        Parameters
        ----------
        node : Node
        value : Value
            The value of *node*.
        env : Env
            The values of the variables bound around it, outermost first.
        frame : Frame
            The definition inside which the term is read; None outside of any.
        """
        found = interval.sign(value)
        if found is None:
            form = self.form(node, env, frame)
            if form is None or not vanishes(form):
                raise Undecided("the precision does not tell the sign of a number")
            return 0
        return found

    def _positive(self, part: Node, value: Value, reason: str, node: Node, env: Env, frame: Frame) -> None:
        if self.sign(part, value, env, frame) <= 0:
            raise Undefined(reason, node, env)

    def _power(self, node: Node, base: Value, exponent: Value, env: Env, frame: Frame) -> Value:
        literal = integer_exponent(node)
        if literal is None:
            # The logic knows a^b for 0 < a only, so 0^b has no value, not even for b = 2.
            reason = "a base that is not positive, to an exponent that is not an integer literal"
            self._positive(node.args[0], base, reason, node, env, frame)
        elif literal < 0 and self.sign(node.args[0], base, env, frame) == 0:
            raise Undefined("a negative power of zero", node, env)
        if isinstance(base, Fraction) and isinstance(exponent, Fraction):
            found = interval.rational_power(base, exponent)
            if found is not None:
                return found
        if literal is not None:
            return interval.whole_power(base, literal, self.prec)
        return interval.exp(interval.multiply(exponent, interval.log(base, self.prec), self.prec), self.prec)

    def _xlogy(self, node: Node, env: Env, frame: Frame) -> Value:
        # The second operand must have a value even where the first is 0: no subterm may be a hole.
        factor, value = (self.number(a, env, frame) for a in node.args)
        if factor == ZERO:
            return ZERO
        if self.sign(node.args[1], value, env, frame) > 0:
            return interval.multiply(factor, interval.log(value, self.prec), self.prec)
        if self.sign(node.args[0], factor, env, frame) == 0:
            return ZERO
        raise Undefined("xlogy(a, b) where a is not 0 and b is not positive", node, env)

    def _over(self, node: Node, env: Env, frame: Frame) -> Value:
        over = node.args[0]
        join, start = (interval.add, ZERO) if node.op == "sum" else (interval.multiply, ONE)
        exact: Value = start  # what is rational is joined apart, so that it stays so
        rest: Value = start
        for k in range(self.size(over.data, frame)):
            value = self.number(over.args[0], (*env, k), frame)
            if isinstance(value, Fraction):
                exact = join(exact, value, self.prec)
            else:
                rest = join(rest, value, self.prec)
        return join(exact, rest, self.prec)

    def _defined(self, node: Node, env: Env, frame: Frame) -> Value:
        return self.number(*self.opened(node, env, frame))

    def opened(self, node: Node, env: Env, frame: Frame) -> tuple[Node, Env, Frame]:
        """Return the body of a defined symbol, and where it is to be read.

        Parameters
        ----------
        node : Node
            A defined symbol at its operands.
        env : Env
            The values of the variables bound around it, outermost first.
        frame : Frame
            The definition inside which the term is read; None outside of any.
        """
        name, actual = node.data
        found = definition(name)
        sets = dict(zip(found.sets, actual, strict=True))
        return found.body, (), (sets, dict(zip(found.operands, node.args, strict=True)), env, frame)

    # exact linear forms c₀ + Σ cₖ·log bₖ

    def form(self, node: Node, env: Env, frame: Frame) -> Form | None:
        """Return the value as rational + Σ rational·interval.log(rational), if it is visibly of this shape.

        Parameters
        ----------
        node : Node
        env : Env
            The values of the variables bound around it, outermost first.
        frame : Frame
            The definition inside which the term is read; None outside of any.
        """
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
            return combine(ZERO, {}, Fraction(self.sign(args[0], inside, env, frame)), self.form(args[0], env, frame))
        if op == "neg":
            return combine(ZERO, {}, -ONE, self.form(args[0], env, frame))
        if op in ("+", "-"):
            factor = ONE if op == "+" else -ONE
            return combine(ONE, self.form(args[0], env, frame), factor, self.form(args[1], env, frame))
        return None

    def _product_form(self, node: Node, env: Env, frame: Frame) -> Form | None:
        first, second = node.args
        left = self.number(first, env, frame)
        if node.op == "xlogy":
            return combine(ZERO, {}, left, self._log_form(second, env, frame)) if isinstance(left, Fraction) else None
        right = self.number(second, env, frame)
        if isinstance(right, Fraction):
            return combine(ZERO, {}, right if node.op == "*" else 1 / right, self.form(first, env, frame))
        if node.op == "*" and isinstance(left, Fraction):
            return combine(ZERO, {}, left, self.form(second, env, frame))
        return None

    def _log_form(self, node: Node, env: Env, frame: Frame) -> Form | None:
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
            return combine(ONE, self._log_form(args[0], env, frame), factor, self._log_form(args[1], env, frame))
        if op == "^":
            exponent = self.number(args[1], env, frame)
            if isinstance(exponent, Fraction):
                return combine(ZERO, {}, exponent, self._log_form(args[0], env, frame))
        return None

    def _into(self, form: Any, node: Node, env: Env, frame: Frame) -> Form | None:
        if frame is not None and node.data in frame[1]:
            return form(*self.operand(node, env, frame))  # type: ignore[no-any-return]
        if any(a.is_number for a in node.args):
            return form(*self._called(node, env, frame), None)  # type: ignore[no-any-return]
        entry, _ = self.entry(node, env, frame)
        return form(entry, (), None) if isinstance(entry, Node) else None

    def _sum(self, form: Any, node: Node, env: Env, frame: Frame) -> Form | None:
        over = node.args[0]
        total: Form | None = {}
        for k in range(self.size(over.data, frame)):
            total = combine(ONE, total, ONE, form(over.args[0], (*env, k), frame))
        return total


Form = dict[Fraction, Fraction]
"""b ↦ the coefficient of log b for b > 0; 0 ↦ the rational part."""


def combine(a: Fraction, left: Form | None, b: Fraction, right: Form | None) -> Form | None:
    """Return a·left + b·right; none when one of them is none.

    Parameters
    ----------
    a : Fraction
        The factor of *left*.
    left : Form or None
    b : Fraction
        The factor of *right*.
    right : Form or None
    """
    if left is None or right is None:
        return None
    return {k: a * left.get(k, ZERO) + b * right.get(k, ZERO) for k in (*left, *(k for k in right if k not in left))}


def vanishes(form: Form) -> bool:
    """Whether c₀ + Σ cₖ·log bₖ = 0, exactly.

    Σ cₖ·log bₖ is the log of an algebraic number, so it is rational only if it is 0; and it is 0 exactly when the
    exponents vanish over pairwise coprime whole numbers that generate the bₖ.

    Parameters
    ----------
    form : Form
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
