"""The kinds of the names in SymPy expressions: index sets by the numbers that they run over, and signatures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, final

import sympy
from sympy.core.function import AppliedUndef

from ..kernel import Refused
from ..kernel.errors import need
from ..kernel.syntax import Scope, Signature
from ..kernel.terms import NAT, REAL
from .classes import ForAll

__all__ = ["Ranges", "SymPyNames", "binders", "fits", "refusal", "runs_over", "size", "size_symbol"]

Ranges = Mapping[str, tuple[Any, Any]]
"""The first and the last number of the elements of each index set."""

_HINT = 'a range 1 ... K with K = Symbol("K", integer=True, nonnegative=True), or one that is given in ranges'


def size_symbol(index_set: str, **assumptions: bool) -> Any:
    """Return the symbol for the number of elements of an index set.

    Parameters
    ----------
    index_set : str
    **assumptions : bool
        Assumptions of SymPy beside ``integer`` and ``nonnegative``.

    Examples
    --------
    >>> size_symbol("X"), size_symbol("X").is_nonnegative, size_symbol("X", positive=True).is_positive
    (|X|, True, True)
    """
    return sympy.Symbol(f"|{index_set}|", **{"integer": True, "nonnegative": True, **assumptions})


def size(limits: tuple[Any, Any]) -> Any:
    """Return how many numbers there are from the first to the last.

    Parameters
    ----------
    limits : (object, object)
    """
    return limits[1] - limits[0] + 1


def refusal(reason: str, expression: Any, **parts: object) -> Refused:
    """Return the refusal of a sub-expression, named with its kind.

    Parameters
    ----------
    reason : str
        What was expected.
    expression : sympy.Basic
    **parts : sympy.Basic
        What came, by label.
    """
    return Refused(reason, {"sub-expression": str(expression), "of_the_kind": type(expression).__name__, **parts})


def signature(over: tuple[str, ...], values: str) -> str:
    """Return a signature as it is declared, such as ``X, Y -> number``."""
    return f"{', '.join(over)} -> {values}" if over else values


def fits(variable: Any, first: Any, last: Any, expression: Any) -> None:
    """Refuse a variable of numbers whose assumptions leave out a part of what it runs over.

    Parameters
    ----------
    variable : sympy.Basic
    first, last : sympy.Basic
        The ends of what it runs over.
    expression : sympy.Basic
        An integral, a series, a derivative or ∀.
    """
    above = not variable.is_nonnegative or first.is_nonnegative
    below = not variable.is_nonpositive or last.is_nonpositive
    zero = not variable.is_nonzero or isinstance(expression, sympy.Integral)  # which does not feel one number
    whole = isinstance(expression, sympy.Sum)
    dense = variable.is_even is variable.is_odd is None if whole else not (variable.is_integer or variable.is_rational)
    if not (above and below and zero and dense) or variable.is_zero or variable.is_extended_real is False:
        got = sympy.srepr(variable)
        raise refusal("the assumptions on the variable leave out a part of what it runs over", expression, variable=got)


def binders(expression: Any) -> list[tuple[Any, Any, Any]]:
    """Return (variable, first, last) of a sum, product, integral, limit or ∀, outermost first; nothing for others.

    Parameters
    ----------
    expression : sympy.Basic
    """
    if isinstance(expression, sympy.Limit):
        if expression.args[2] is not sympy.oo or not expression.args[1].is_integer:
            raise refusal("expected a limit n -> oo with an integer symbol n", expression)
        return [(expression.args[1], sympy.S.Zero, sympy.oo)]
    if not isinstance(expression, sympy.Sum | sympy.Product | sympy.Integral | ForAll):
        return []
    limits = [tuple(limit) for limit in reversed(expression.limits)]
    if any(len(limit) != 3 for limit in limits):
        raise refusal("expected a first and a last number for each variable", expression)
    return limits


def runs_over(expression: Any, first: Any, last: Any) -> str:
    """Return ℕ or the sort of numbers where the variable of a binder runs over one of these, else nothing.

    Parameters
    ----------
    expression : sympy.Basic
        A sum, product, integral, limit or ∀; a sum over ℕ is an infinite series, whose variable is a number.
    first : sympy.Basic
    last : sympy.Basic
    """
    if isinstance(expression, sympy.Integral) or (first is -sympy.oo and last is sympy.oo):
        return REAL
    if last is not sympy.oo or first != 0:
        return ""
    return REAL if isinstance(expression, sympy.Sum) else "" if isinstance(expression, sympy.Product) else NAT


def name_of(e: Any) -> str:
    """Return the name of a symbol, an indexed symbol or an applied function; of others the empty string."""
    if isinstance(e, sympy.Indexed):
        return str(e.base.label)
    return e.func.__name__ if isinstance(e, AppliedUndef) else str(getattr(e, "name", ""))


@final
class SymPyNames:
    """The declared names, the ranges of the index sets, and the bound symbols around.

    Parameters
    ----------
    scope : Scope or None
        The declared names; None to declare what is met.
    ranges : mapping of str to (first, last)
    """

    def __init__(self, scope: Scope | None, ranges: Ranges) -> None:
        self.open = scope is None
        self.settled = False
        """Whether nothing more can be learnt from indices, so that an argument that is none of them is a number."""
        self.scope: dict[str, Signature] = dict(scope or {})
        self.ranges: dict[str, tuple[Any, Any]] = {}
        self.stack: list[tuple[Any, str]] = []
        for index_set, (first, last) in ranges.items():
            self.put(index_set, ((), "set"), index_set)
            limits = sympy.Integer(0) + first, sympy.Integer(0) + last
            other = self.of_size(size(limits))
            need(other is None, "two index sets of one size cannot be told apart", first=other, second=index_set)
            self.ranges[index_set] = limits

    def put(self, name: str, found: Signature, expression: Any) -> None:
        """Declare a name; refuse another signature, and any new name where the scope was given.

        Parameters
        ----------
        name : str
        found : Signature
        expression : sympy.Basic
        """
        known = self.scope.get(name)
        if known is None and not self.open:
            raise refusal(f"{name} is not declared", expression, declared=", ".join(self.scope) or "nothing")
        if known not in (None, found):
            raise refusal(f"{name} is declared as {signature(*known)} and used as {signature(*found)}", expression)
        self.scope[name] = found

    def of_size(self, expression: Any) -> str | None:
        """Return the index set whose size *expression* is.

        Parameters
        ----------
        expression : sympy.Basic
        """
        return next((s for s, limits in self.ranges.items() if bool(size(limits) == expression)), None)

    def over(self, variable: Any, first: Any, last: Any, expression: Any) -> str:
        """Return the index set that runs from *first* to *last*; a new one is named as its size is.

        Parameters
        ----------
        variable : sympy.Basic
        first : sympy.Basic
        last : sympy.Basic
        expression : sympy.Basic
        """
        for index_set, limits in self.ranges.items():
            if limits == (first, last):
                return index_set
        count = size((first, last))
        if not (isinstance(count, sympy.Symbol) and count.is_integer and count.is_nonnegative and first in (0, 1)):
            got = f"{first} ... {last}"
            raise refusal(f"{variable} runs over no index set", expression, expected=_HINT, got=got)
        index_set = self.of_size(count) or count.name.strip("|")
        if index_set in self.ranges:
            one, two = (f"{a} ... {b}" for a, b in (self.ranges[index_set], (first, last)))
            raise refusal(f"the index set {index_set} runs over two ranges", expression, first=one, second=two)
        self.put(index_set, ((), "set"), expression)
        self.ranges[index_set] = (first, last)
        return index_set

    def bind(self, expression: Any) -> list[str]:
        """Enter the binders of *expression*; return their sets, outermost first.

        Parameters
        ----------
        expression : sympy.Basic
        """
        sets = []
        for variable, first, last in binders(expression):
            sets.append(runs_over(expression, first, last) or self.over(variable, first, last, expression))
            if sets[-1] == REAL:
                fits(variable, first, last, expression)
            self.stack.append((variable, sets[-1]))
        return sets

    def unbind(self, sets: list[str]) -> None:
        """Leave as many binders again.

        Parameters
        ----------
        sets : list of str
        """
        del self.stack[len(self.stack) - len(sets) :]

    def at(self, index: Any) -> str | None:
        """Return the set that a symbol, or the values of a function, are in, as far as it is known yet.

        Parameters
        ----------
        index : sympy.Basic
        """
        for symbol, index_set in self.stack[::-1]:
            if symbol == index:
                return index_set
        if isinstance(index, sympy.Idx) and index.lower is not None:
            return self.over(index, index.lower, index.upper, index)
        name = name_of(index)
        return self.scope[name][1] if name in self.scope else None

    # the two looks before terms are read

    def learn_ranges(self, expression: Any) -> None:
        """Learn the index sets from the ranges of indices, then from size symbols such as ``|X|``.

        Parameters
        ----------
        expression : sympy.Basic
        """
        parts = list(sympy.preorder_traversal(expression))
        for part in parts:
            for variable, first, last in binders(part):
                if not runs_over(part, first, last):
                    self.over(variable, first, last, part)
            if isinstance(part, sympy.Idx) and part.lower is not None:
                self.over(part, part.lower, part.upper, part)
        for part in parts:
            sized = isinstance(part, sympy.Symbol) and part.name[:1] == part.name[-1:] == "|"
            if sized and self.of_size(part) is None:
                self.over(part, sympy.S.One, part, part)

    def learn(self, expression: Any) -> None:
        """Learn signatures from the indices whose sets are known; look again until nothing is new.

        Parameters
        ----------
        expression : sympy.Basic
        """
        if isinstance(expression, sympy.Indexed):
            self._apply(expression, expression.indices, "number")
        elif isinstance(expression, AppliedUndef):
            for argument in expression.args:
                natural = isinstance(argument, sympy.Symbol) and argument.is_integer and argument.is_nonnegative
                if natural and self.at(argument) is None and self.open:
                    self.put(argument.name, ((), NAT), expression)
            self._apply(expression, expression.args, "number")
            for argument in expression.args if self.settled else ():
                self.learn(argument)
        elif isinstance(expression, sympy.Derivative | sympy.Subs):
            # Not of f(x) by x: x is a bound symbol, or is known as a free one.
            variables = expression.variables
            self.stack.extend((variable, REAL) for variable in variables)
            self.learn(expression.args[0])
            del self.stack[len(self.stack) - len(variables) :]
            for place in expression.point if isinstance(expression, sympy.Subs) else ():
                self.learn(place)
        elif isinstance(expression, sympy.KroneckerDelta):
            left, right = expression.args[:2]
            self._in(left, self.at(right))
            self._in(right, self.at(left))
        else:
            sets = self.bind(expression)
            for argument in expression.args[:1] if sets else expression.args:
                self.learn(argument)
            self.unbind(sets)

    def _apply(self, expression: Any, indices: Any, values: str) -> None:
        name = name_of(expression)
        over = self.scope[name][0] if name in self.scope else ()
        for index, index_set in zip(indices, over, strict=False):
            self._in(index, index_set)
        called = isinstance(expression, AppliedUndef) and values == "number"
        found = [s for s in map(self._sort if called else self.at, indices) if s]
        if self.open and name not in self.scope and len(found) == len(indices):
            self.put(name, (tuple(found), values), expression)

    def _sort(self, argument: Any) -> str | None:
        """Return the set that an argument of a function is in, as far as it is known; in the end, a number."""
        found = self.at(argument)
        integral = isinstance(argument, sympy.Symbol | sympy.Idx) and argument.is_integer
        unknown = found is None and not integral and not isinstance(argument, AppliedUndef)
        return REAL if unknown and self.settled else found

    def _in(self, index: Any, index_set: str | None) -> None:
        """Learn that *index* is one of *index_set*."""
        if index_set == REAL:
            self.learn(index)
        elif index_set and isinstance(index, AppliedUndef):
            self._apply(index, index.args, index_set)
        elif index_set and self.open and isinstance(index, sympy.Symbol | sympy.Idx) and self.at(index) is None:
            self.put(index.name, ((), index_set), index)
