"""``assert_agrees``: a numeric function against exact values, with the simplest input at which they differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, final

import mpmath
import numpy as np

from ..kernel.errors import KLError
from ..language.errors import InvalidType, InvalidValue
from .expected import Expected, expected_of
from .mistakes import guess, guess_reduction
from .points import Input, inputs, simpler

if TYPE_CHECKING:
    import sympy
    from numpy.typing import NDArray

    from ..api import Theorem
    from ..sympy_bridge.exact import Number

__all__ = ["Agreement", "Disagreement", "assert_agrees"]

TOLERANCES = {"float64": 1e-12, "float32": 1e-4, "float16": 5e-2}
"""The relative tolerance of each kind of float: some thousand roundings, as in a plain sum of 500 terms."""
_EXPONENTS = {"float64": 400, "float32": 60, "float16": 9}
"""How often 1 is halved at most: quotients of the smallest probabilities and products with them stay normal floats."""
_DOMAINS = ("all", "finite", "positive")
_REDUCTIONS = ("none", "sum", "mean")
_BATCH = 5
"""Rows of a batch: not a size that the outcomes have often, so that a sum over the wrong axis shows."""
_SIMPLIFIED = 200
"""How often a failing input is made simpler at most."""
_SHOWN = 12
"""Digits that are shown of a value, about as many as agree."""
_LONGEST = 200
"""Characters of an exact value, or of what a function raised or returned, in a message."""
_POLICY = {
    "infinite": "policy: the exact value is infinite, where the second distribution excludes an outcome of the first;"
    " domain='finite' leaves such inputs out",
    "zero": "policy: 0·log 0 is 0, and 0·log(0/0) too; domain='positive' leaves zeros out",
}


@final
@dataclass(frozen=True, slots=True)
class Agreement:
    """The extent of an agreement.

    Parameters
    ----------
    inputs : int
        How many inputs were tried, over all kinds of floats.
    error : float
        The largest error, relative to the larger of 1 and the exact value.

    Examples
    --------
    >>> print(Agreement(314, 1.2e-07))
    agrees at 314 inputs; the largest error is 1.2e-07
    """

    inputs: int
    error: float

    def __str__(self) -> str:
        return f"agrees at {self.inputs} inputs; the largest error is {self.error:.1e}"


@final
class Disagreement(KLError, AssertionError):
    """A numeric function that differs from the exact value; an ``AssertionError``, so that pytest shows a failed test.

    Parameters
    ----------
    message : str
        The whole text.
    arguments : tuple of tuple of Fraction
        The simplest input at which it was found wrong.
    expected : object
        The exact value there.
    got : object
        What the function returned, or the exception that it raised.
    """

    def __init__(self, message: str, arguments: tuple[Any, ...], expected: object, got: object) -> None:
        super().__init__(message)
        self.arguments, self.expected, self.got = arguments, expected, got


@final
@dataclass(frozen=True, slots=True)
class _Wrong:
    """An input at which the function is wrong."""

    rows: tuple[Input, ...]
    exact: Any
    wanted: Any
    got: Any
    reason: str


def assert_agrees(
    function: Callable[..., object],
    measure: Callable[..., object] | Theorem | str,
    *,
    tolerance: float | None = None,
    absolute: float | None = None,
    dtype: str | Sequence[str] = ("float64", "float32"),
    batched: int | None = None,
    reduction: str = "none",
    convert: Callable[[NDArray[np.floating]], object] | None = None,
    base: Number | sympy.Expr | None = None,
    domain: str = "all",
    seed: int = 0,
) -> Agreement:
    """Fail unless a numeric function agrees with the exact value of a measure, wherever it is tried.

    The inputs are distributions with one outcome to 500: interior ones, with zeros on either side, equal and nearly
    equal, with tiny and huge ratios. All probabilities are dyadic, so that floats hold them exactly and sum to 1
    exactly; the function is compared with the exact value at just these numbers.

    Parameters
    ----------
    function : callable
        Takes an array for each distribution, and returns a number; or, with *batched*, one for each row.
    measure : callable, Theorem or str
        A measure of the library, such as :func:`kl_symbolic.kl_divergence`, or a function that calls one with further
        arguments; or a theorem, or its name, that is an equation about distributions on one set. Then the function is
        compared with the value of its sides, where its hypotheses hold.
    tolerance : float, optional
        The relative error that is allowed. By default 1e-12 for float64, 1e-4 for float32 and 5e-2 for float16.
    absolute : float, optional
        The absolute error that is allowed, as large as *tolerance* by default: a divergence of nearly equal
        distributions is far below the rounding of its terms. 0 asks for relative accuracy there, too.
    dtype : str or sequence of str
        Kinds of floats: ``"float64"``, ``"float32"``, ``"float16"``.
    batched : int, optional
        The axis of the outcomes, -1 or 0, for a function that takes two-dimensional arrays of several distributions.
    reduction : str
        What a batched function returns: ``"none"`` a value for each distribution, ``"sum"`` or ``"mean"`` one number
        for all of them.
    convert : callable, optional
        Applied to each array before the call, such as ``torch.from_numpy``.
    base : number, optional
        The base of the logarithms, given to the measure.
    domain : str
        ``"all"``, ``"finite"`` for inputs with a finite value only, or ``"positive"`` for inputs without zeros.
    seed : int
        Of the random inputs. Equal seeds give equal inputs and equal messages.

    Returns
    -------
    Agreement
        How many inputs were tried, and the largest error.

    Raises
    ------
    Disagreement
        An ``AssertionError`` that shows the simplest input that was found to fail, what was expected there and what
        came, and the likely mistake where one is recognized.
    InvalidType, InvalidValue
        When the measure, the theorem or an option is none that can be compared with.

    Examples
    --------
    >>> import numpy as np
    >>> from kl_symbolic import kl_divergence
    >>> def mine(p, q):
    ...     return np.sum(p * np.log(p / q))
    >>> print(assert_agrees(mine, kl_divergence, domain="positive").inputs > 100)
    True
    >>> assert_agrees(lambda p, q: mine(q, p), kl_divergence, domain="positive")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    kl_symbolic.testing.agreement.Disagreement: <lambda> disagrees with kl_divergence at ...
      P = [1/4, 3/4]
      Q = [1/2, 1/2]
      expected: ...
    """
    trial = _Trial(function, expected_of(measure, base), convert, batched, reduction, domain)
    kinds = [dtype] if isinstance(dtype, str) else list(dtype)
    count, error = 0, 0.0
    for kind in kinds:
        _one_of("dtype", kind, tuple(TOLERANCES))
        relative = TOLERANCES[kind] if tolerance is None else _not_negative("tolerance", tolerance)
        allowed = relative if absolute is None else _not_negative("absolute", absolute)
        found = trial.run(kind, relative, allowed, seed)
        count, error = count + found.inputs, max(error, found.error)
    return Agreement(count, error)


def _one_of(option: str, given: object, known: tuple[str, ...]) -> None:
    if given not in known:
        raise InvalidValue(f"expected {option} to be one of {', '.join(map(repr, known))}; got {given!r}")


def _not_negative(option: str, given: float) -> float:
    if not isinstance(given, int | float) or isinstance(given, bool) or not given >= 0:
        raise InvalidValue(f"expected {option} to be a number, at least 0; got {given!r}")
    return given


@final
class _Trial:
    """A function, what it is compared with, and how it is called."""

    def __init__(
        self,
        function: Callable[..., object],
        expected: Expected,
        convert: Callable[[NDArray[np.floating]], object] | None,
        axis: int | None,
        reduction: str,
        domain: str,
    ) -> None:
        if not callable(function):
            raise InvalidType(f"expected a function of arrays, got {type(function).__name__}")
        _one_of("reduction", reduction, _REDUCTIONS)
        _one_of("domain", domain, _DOMAINS)
        if axis not in (None, 0, -1, 1):
            raise InvalidValue(f"expected batched to be the axis of the outcomes, 0 or -1; got {axis!r}")
        if axis is not None and expected.joint:
            raise InvalidValue(f"{expected.name} takes a joint distribution: batched goes with distributions")
        if reduction != "none" and axis is None:
            raise InvalidValue(f"reduction={reduction!r} goes with batched")
        self.function, self.expected, self.convert = function, expected, convert
        self.axis, self.reduction, self.domain = axis, reduction, domain
        self.name = getattr(function, "__name__", "") or type(function).__name__
        self.kind, self.relative, self.absolute = "float64", 0.0, 0.0

    def run(self, kind: str, relative: float, absolute: float, seed: int) -> Agreement:
        """Try the function with one kind of floats."""
        self.kind, self.relative, self.absolute = kind, relative, absolute
        bits = np.finfo(kind).nmant + 1
        arguments = len(self.expected.arguments)
        made = inputs(arguments, self.expected.joint, bits, _EXPONENTS[kind], seed)
        tried = [one for one in made if self._is_meant(one)]
        if not tried:
            raise InvalidValue(f"{self.expected.name}: no input of domain={self.domain!r} satisfies its hypotheses")
        wrong: list[_Wrong] = []
        right: list[tuple[Input, float]] = []
        largest = 0.0
        for rows in self._batches(tried):
            found, values = self._compare(rows)
            if found is not None:
                wrong.append(found)
            else:
                right += zip(rows, values, strict=False)
                largest = max(
                    largest, *(self._error(one, value) for one, value in zip(rows, values, strict=False)), 0.0
                )
        if wrong:
            failure = self._disagreement(wrong, right, len(tried))
            raise failure from (failure.got if isinstance(failure.got, Exception) else None)
        return Agreement(len(tried), largest)

    def _is_meant(self, one: Input) -> bool:
        if self.domain == "positive" and not one.positive:
            return False
        if not self._fits(one):
            return False
        found = self.expected.at(one)
        return found is not None and (self.domain == "all" or bool(mpmath.isfinite(found[1])))

    def _fits(self, one: Input) -> bool:
        """Whether the floats hold an input exactly."""
        kind = np.dtype(self.kind).type
        return all(float(kind(float(w))) == w for table in one.tables for w in table)

    def _batches(self, tried: list[Input]) -> Iterator[tuple[Input, ...]]:
        if self.axis is None:
            yield from ((one,) for one in tried)
            return
        by_size: dict[int, list[Input]] = {}
        for one in tried:
            by_size.setdefault(one.size, []).append(one)
        for group in by_size.values():
            # One row by itself, too: a size of 1 is where dimensions get lost.
            yield (group[0],)
            yield from (tuple(group[k : k + _BATCH]) for k in range(0, len(group), _BATCH))

    # one call

    def _call(self, rows: tuple[Input, ...]) -> Any:
        count = len(rows[0].tables)
        arrays = []
        for k in range(count):
            table = np.array([[float(w) for w in one.tables[k]] for one in rows], dtype=self.kind)
            if self.axis is None:
                columns = rows[0].columns
                table = table[0].reshape(-1, columns) if columns else table[0]
            elif self.axis == 0:
                table = np.ascontiguousarray(table.T)
            arrays.append(table if self.convert is None else self.convert(table))
        with np.errstate(all="ignore"):
            return self.function(*arrays)

    def _compare(self, rows: tuple[Input, ...]) -> tuple[_Wrong | None, list[float]]:
        """Return what is wrong with the result at some rows, and its values."""
        pairs = [found for found in map(self.expected.at, rows) if found is not None]
        exact, wanted = [e for e, _ in pairs], [w for _, w in pairs]
        if self.reduction != "none":
            total = mpmath.fsum(wanted) / (len(rows) if self.reduction == "mean" else 1)
            exact, wanted = [total], [total]
        try:
            result = self._call(rows)
        except Exception as error:  # noqa: BLE001  whatever the user's function raises is a wrong result
            return _Wrong(rows, exact[0], wanted[0], error, f"it raised {type(error).__name__}: {error}"[:_LONGEST]), []
        values, reason = _numbers(result, len(wanted), rows[0].size, self.axis is not None)
        if reason:
            return _Wrong(rows, exact[0], wanted[0], result, reason), []
        for k, (e, w, value) in enumerate(zip(exact, wanted, values, strict=True)):
            if not self._is_near(value, w):
                alone = self._compare((rows[k],))[0] if len(rows) > 1 and self.reduction == "none" else None
                return alone or _Wrong(rows, e, w, value, ""), values
        return None, values

    def _is_near(self, value: float, wanted: Any) -> bool:
        if mpmath.isinf(wanted) or not np.isfinite(value):
            return bool(value == wanted)
        return bool(abs(mpmath.mpf(value) - wanted) <= max(self.absolute, self.relative * abs(wanted)))

    def _error(self, one: Input, value: float) -> float:
        found = self.expected.at(one)
        if found is None or self.reduction != "none" or not mpmath.isfinite(found[1]):
            return 0.0
        return float(abs(mpmath.mpf(value) - found[1]) / max(1, abs(found[1])))

    # the message

    def _simplest(self, wrong: list[_Wrong]) -> _Wrong:
        """Return a failure at an input that is as simple as can be found."""
        best = min(wrong, key=lambda one: (len(one.rows), [row.complexity for row in one.rows]))
        left = _SIMPLIFIED
        improved = len(best.rows) == 1
        while improved and left > 0:
            improved = False
            for other in simpler(best.rows[0]):
                left -= 1
                found = self._compare((other,))[0] if self._is_meant(other) else None
                if found is not None:
                    best, improved = found, True
                if improved or left <= 0:
                    break
        return best

    def _disagreement(self, wrong: list[_Wrong], right: list[tuple[Input, float]], tried: int) -> Disagreement:
        best = self._simplest(wrong)
        calls = f"{tried} inputs" if self.axis is None else f"{tried} inputs in batches"
        options = f"{self.kind}, tolerance {self.relative:g}"
        many = f"{len(wrong)} of {calls}" if self.axis is None else f"{len(wrong)} batches of {calls}"
        lines = [f"{self.name} disagrees with {self.expected.name} at {many} ({options}). The simplest found:"]
        for one in best.rows:
            lines.append(one.named(self.expected.arguments))
        if len(best.rows) > 1:
            lines.append(f"  (a batch of {len(best.rows)}, in the order of its rows)")
        lines.append(f"  expected: {_shown_exact(best.exact, best.wanted)}")
        lines.append(f"  got:      {best.reason or _shown(best.got)}")
        advice = self._advice(best, wrong, right)
        lines += [f"  {words}" for words in advice]
        kinds = list(dict.fromkeys(one.kind for failure in wrong for one in failure.rows))
        lines.append(f"  wrong at: {'; '.join(kinds)}")
        return Disagreement("\n".join(lines), tuple(one.tables for one in best.rows), best.exact, best.got)

    def _advice(self, best: _Wrong, wrong: list[_Wrong], right: list[tuple[Input, float]]) -> list[str]:
        """Return what may be the matter, and which convention was followed."""
        finite = [w for w in wrong if not w.reason and np.isfinite(w.got)]
        tolerance = max(self.relative, float(np.finfo(self.kind).eps))
        if self.reduction == "none":
            words = guess(self.expected, [(w.rows[0], w.got) for w in finite if len(w.rows) == 1], right, tolerance)
        else:
            batches = [(len(w.rows), w.rows[0].size, self._total(w), w.got) for w in finite]
            words = guess_reduction(batches, tolerance)
        found = [words] if words else []
        infinite, zeros = bool(mpmath.isinf(best.wanted)), any(not one.positive for one in best.rows)
        if not words and not best.reason:
            found += _about(best.got, infinite, zeros)
        if not words and not infinite and any(mpmath.isinf(w.wanted) for w in finite):
            found.append("elsewhere it is finite where the exact value is infinite: is a probability clipped?")
        elsewhere = any(one.positive for w in wrong for one in w.rows)
        if zeros and not elsewhere and not infinite:
            found += ["it is wrong only where a probability is 0", _POLICY["zero"]]
        if infinite:
            found.append(_POLICY["infinite"])
        return found

    def _total(self, one: _Wrong) -> Any:
        return one.wanted * (len(one.rows) if self.reduction == "mean" else 1)


def _about(got: float, infinite: bool, zeros: bool) -> list[str]:
    """Return what a value tells that is not a number, or is one where none is expected."""
    if infinite and np.isfinite(got):
        return ["a finite value where the exact one is infinite: is a probability clipped, or an ε added?"]
    if np.isnan(got):
        return ["NaN: is 0·log 0, or a quotient by 0, computed and not taken as its limit?"] if zeros else ["NaN"]
    if np.isinf(got) and not infinite:
        return ["an infinite value where the exact one is finite: a term with probability 0, or an overflow?"]
    return []


def _numbers(result: Any, count: int, size: int, batched: bool) -> tuple[list[float], str]:
    """Return the values in what a function returned; or the reason why there are none.

    Parameters
    ----------
    result : object
        A number, an array, a tensor, or what can be made an array.
    count : int
        How many values there must be.
    size : int
        The number of outcomes.
    batched : bool
        Whether the function took several distributions.
    """
    if result is None:
        return [], "None: does the function return its result?"
    for method in ("detach", "cpu"):
        result = getattr(result, method, lambda own=result: own)()
    if not isinstance(result, np.ndarray) and hasattr(result, "tolist"):
        result = result.tolist()
    try:
        array = np.asarray(result)
        values = array.astype(float) if array.dtype.kind in "biufO" else None
    except (TypeError, ValueError):
        values = None
    if values is None:
        return [], f"no real number: {result!r}"[:_LONGEST]
    if values.size == count and (count == 1 or values.squeeze().shape == (count,)):
        return [float(v) for v in values.ravel()], ""
    came = f"an array of shape {values.shape}" if values.shape else "one number"
    if not batched:
        hint = ", one for each outcome: is the sum over the outcomes missing?" if values.shape == (size,) else ""
        return [], f"{came} where one number was expected{hint}"
    expected = f"{count} numbers, one for each row," if count > 1 else "one number"
    if values.size == 1:
        hint = ": reduction='sum' or 'mean' compares one number for all rows"
    elif values.size == size:
        hint = ", one for each outcome: is the sum over the wrong axis?"
    elif values.size == size * count:
        hint = ", one for each entry: is the sum over the outcomes missing?"
    else:
        hint = ""
    return [], f"{came} where {expected} were expected{hint}".replace("number were", "number was")


def _shown_exact(exact: Any, wanted: Any) -> str:
    if mpmath.isinf(wanted):
        return "∞" if wanted > 0 else "-∞"
    if not wanted:
        return "0"
    digits = mpmath.nstr(wanted, _SHOWN)
    shown = str(exact)
    return (
        digits if shown == digits or len(shown) > _LONGEST or isinstance(exact, mpmath.mpf) else f"{shown} ≈ {digits}"
    )


def _shown(value: Any) -> str:
    return "nan" if np.isnan(value) else repr(float(value))
