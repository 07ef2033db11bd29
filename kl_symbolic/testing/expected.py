"""The exact values with which a numeric function is compared: those of a measure, or of an equation."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, final

import mpmath
import sympy

from .. import api, library
from ..kernel.terms import Node
from ..language.errors import InvalidType, InvalidValue
from ..language.printer import statement, text
from ..numerics.evaluate import Reading, Truth, Undecided, Undefined
from ..numerics.point import Point

if TYPE_CHECKING:
    from .points import Input

__all__ = ["DIGITS", "Expected", "expected_of"]

DIGITS = 40
"""Digits of an expected value: far more than those of a float."""
_DISTRIBUTIONS = ("P", "Q", "joint")
"""The names of the parameters by which measures of the library take distributions."""
_JOINT = "joint"
"""The name of the parameter by which a measure takes a joint distribution."""


@final
class Expected:
    """The values that a numeric function should return.

    Parameters
    ----------
    name : str
        Of the measure or the theorem.
    arguments : tuple of str
        Names of the distributions that it is about.
    joint : bool
        Whether it is about one joint distribution.
    exact : callable
        Returns the value at an input, an expression or a number; None where it says nothing.
    measure : bool
        Whether it is a measure, which has a value at every distribution.
    """

    def __init__(
        self,
        name: str,
        arguments: tuple[str, ...],
        joint: bool,
        exact: Callable[[Input], Any],
        measure: bool,
    ) -> None:
        self.name, self.arguments, self.joint, self.measure = name, arguments, joint, measure
        self._exact = exact
        self._known: dict[Input, tuple[Any, Any] | None] = {}

    def at(self, one: Input) -> tuple[Any, Any] | None:
        """Return the exact value and its digits, infinite ones included; None where nothing is said.

        Parameters
        ----------
        one : Input
        """
        try:
            return self._known[one]
        except KeyError:
            exact = self._exact(one)
            found = None if exact is None else (exact, _digits(exact))
            self._known[one] = found
            return found


def _digits(exact: Any) -> Any:
    if exact is sympy.oo:
        return mpmath.inf
    if exact is -sympy.oo:
        return -mpmath.inf
    with mpmath.workdps(DIGITS):
        if isinstance(exact, Fraction):
            return mpmath.mpf(exact.numerator) / exact.denominator
        if isinstance(exact, sympy.Expr):
            return mpmath.mpf(sympy.Float(exact.evalf(DIGITS), DIGITS)._mpf_)
        return mpmath.mpf(exact)


def expected_of(measure: object, base: object) -> Expected:
    """Return what a measure, or a theorem, says about the values of a function.

    Parameters
    ----------
    measure : callable, Theorem or str
        A function of the library or one with the like parameters, a theorem, or the name of one.
    base : number or None
        Of the logarithms.

    Raises
    ------
    InvalidType
        When it is neither.
    InvalidValue
        When the theorem is not an equation about one or more distributions on one set.
    NoSuchTheorem
        When there is no theorem of that name.
    """
    if isinstance(measure, str | api.Theorem):
        if base is not None:
            raise InvalidValue("a theorem speaks of natural logarithms: base goes with a measure")
        return _of_theorem(library.theorem(measure) if isinstance(measure, str) else measure.checked)
    if callable(measure):
        own = getattr(measure, "__module__", "").startswith(_MEASURES)
        return _shared(measure, base) if own else _of_measure(measure, base)
    expected = "a measure such as kl_symbolic.kl_divergence, a theorem, or its name"
    raise InvalidType(f"expected {expected}; got {type(measure).__name__}")


_MEASURES = f"{__package__.partition('.')[0]}.measures."


@lru_cache(maxsize=16)
def _shared(measure: Callable[..., Any], base: object) -> Expected:
    """Return what a measure of the library says, with the values that are known from earlier comparisons."""
    return _of_measure(measure, base)


# --- measures --------------------------------------------------------------------------------------------------------


def _of_measure(measure: Callable[..., Any], base: object) -> Expected:
    plain = measure.func if isinstance(measure, partial) else measure
    name = getattr(plain, "__name__", "") or type(plain).__name__
    varying = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    parameters = [p for p in inspect.signature(measure).parameters.values() if p.kind not in varying]
    needed = [p for p in parameters if p.default is p.empty]
    taken = tuple(p.name for p in needed if p.kind is not inspect.Parameter.KEYWORD_ONLY)
    own = getattr(plain, "__module__", "").startswith(_MEASURES)
    more = [p.name for p in needed if p.name not in taken or (own and p.name not in _DISTRIBUTIONS)]
    if more:
        example = f"lambda {', '.join(n for n in taken if n not in more)}: {name}(...)"
        raise InvalidValue(f"{name} needs {', '.join(more)} too: give a function that says it, {example}")
    if not taken:
        raise InvalidType(f"{name}: expected a measure, a function of one distribution or more")
    options = {} if base is None else {"base": base}
    joint = taken[0] == _JOINT

    def exact(one: Input) -> Any:
        rows = [list(table) for table in one.tables]
        if joint:
            (table,) = rows
            return measure([table[k : k + one.columns] for k in range(0, len(table), one.columns)], **options)
        return measure(*rows, **options)

    return Expected(name, taken, joint, exact, True)


# --- theorems --------------------------------------------------------------------------------------------------------


def _of_theorem(theorem: Any) -> Expected:
    """Return the value that both sides of an equation have, at the points of its hypotheses."""
    sets = [name for name, (_, values) in theorem.scope.items() if values == "set"]
    families = tuple(name for name, signature in theorem.scope.items() if signature != ((), "set"))
    about = f"{theorem.name} says {statement(theorem)}"
    if theorem.conclusion.op != "=":
        raise InvalidValue(f"{about}: no equation, so it tells no value that a function could be compared with")
    if len(sets) != 1 or not families or any(theorem.scope[f] != ((sets[0],), "number") for f in families):
        raise InvalidValue(f"{about}: expected a theorem about distributions on one set, and nothing else")
    side: Node = theorem.conclusion.args[0]
    names = tuple(family for family in families if family in side.names)
    if set(names) != set(families):
        raise InvalidValue(f"{about}: {text(side)} does not depend on all of {', '.join(families)}")

    def exact(one: Input) -> Any:
        tables = zip(names, one.tables, strict=True)
        numbers: dict[str, dict[tuple[int, ...], Any]] = {n: {(k,): w for k, w in enumerate(t)} for n, t in tables}
        reading = Reading(Point.of({sets[0]: one.size}, {}, numbers), DIGITS)
        try:
            if any(reading.truth(h, exact=True) is not Truth.TRUE for h in theorem.hypotheses):
                return None
            return reading.value(side)
        except (Undefined, Undecided):
            return None

    return Expected(theorem.name, names, False, exact, False)
