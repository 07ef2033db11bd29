"""Three classes that SymPy lacks: 0·log 0 = 0 in two forms, and ∀."""

from __future__ import annotations

from typing import Any, final

import sympy
from sympy.logic.boolalg import Boolean

from ..language.errors import InvalidType

__all__ = ["ForAll", "rel_entr", "xlogy"]


@final
class xlogy(sympy.Function):  # type: ignore[misc]
    """``a·log b``, and 0 at a = 0 for every b; SciPy's name.

    Parameters
    ----------
    a, b : sympy.Expr

    Examples
    --------
    >>> x, p = sympy.Symbol("x"), sympy.Symbol("p", positive=True)
    >>> xlogy(0, x), xlogy(x, p), xlogy(x, x)
    (0, x*log(p), xlogy(x, x))
    >>> xlogy(x, x).rewrite(sympy.Piecewise)
    Piecewise((0, Eq(x, 0)), (x*log(x), True))
    """

    nargs = 2

    @classmethod
    def eval(cls, a: Any, b: Any) -> Any:
        """Return the plain form where the assumptions tell that it is right.

        Parameters
        ----------
        a : sympy.Basic
        b : sympy.Basic
        """
        return sympy.S.Zero if a.is_zero else a * sympy.log(b) if b.is_positive else None

    def fdiff(self, argindex: int = 1) -> Any:
        """Return the derivative by the first or second operand, inside the domain.

        Parameters
        ----------
        argindex : int, optional
            1 for the first operand, 2 for the second.
        """
        a, b = self.args
        return sympy.log(b) if argindex == 1 else a / b

    def _eval_rewrite_as_Piecewise(self, a: Any, b: Any, **_: Any) -> Any:
        return sympy.Piecewise((0, sympy.Eq(a, 0)), (a * sympy.log(b), True))


@final
class rel_entr(sympy.Function):  # type: ignore[misc]
    """``a·log(a/b)``, and 0 at a = 0 for every b: the summand of the divergence, by SciPy's name.

    Parameters
    ----------
    a, b : sympy.Expr

    Examples
    --------
    >>> p, q, x = *sympy.symbols("p q", positive=True), sympy.Symbol("x", nonnegative=True)
    >>> rel_entr(p, q), rel_entr(0, q), rel_entr(x, q)
    (p*log(p/q), 0, rel_entr(x, q))
    """

    nargs = 2

    @classmethod
    def eval(cls, a: Any, b: Any) -> Any:
        """Return the plain form where the assumptions tell that it is right.

        Parameters
        ----------
        a : sympy.Basic
        b : sympy.Basic
        """
        return sympy.S.Zero if a.is_zero else a * sympy.log(a / b) if a.is_positive and b.is_positive else None

    def fdiff(self, argindex: int = 1) -> Any:
        """Return the derivative by the first or second operand, inside the domain.

        Parameters
        ----------
        argindex : int, optional
            1 for the first operand, 2 for the second.
        """
        a, b = self.args
        return sympy.log(a / b) + 1 if argindex == 1 else -a / b

    def _eval_rewrite_as_Piecewise(self, a: Any, b: Any, **_: Any) -> Any:
        return sympy.Piecewise((0, sympy.Eq(a, 0)), (a * sympy.log(a / b), True))


@final
class ForAll(Boolean):  # type: ignore[misc]
    """``ForAll(body, (i, first, last))``: the body holds for every i from first to last.

    SymPy has no quantifier. This one binds: its variable is not free, and substitution does not capture it.

    Parameters
    ----------
    body : sympy.Basic
    limits : sympy.Basic

    Examples
    --------
    >>> p, q, i = sympy.IndexedBase("p"), sympy.IndexedBase("q"), sympy.Symbol("i", integer=True)
    >>> same = ForAll(sympy.Eq(p[i], q[i]), (i, 1, 2))
    >>> same
    ForAll(Eq(p[i], q[i]), (i, 1, 2))
    >>> same.doit()
    Eq(p[1], q[1]) & Eq(p[2], q[2])
    """

    def __new__(cls, body: Any, limits: Any) -> Any:
        """Build the statement; it is true if its body is."""
        if not isinstance(body, Boolean) or len(limits) != 3 or not isinstance(limits[0], sympy.Symbol | sympy.Idx):
            raise InvalidType(f"expected a statement and (symbol, first, last), got {body!r} and {limits!r}")
        return body if body == sympy.true else sympy.Basic.__new__(cls, body, sympy.Tuple(*limits))

    @property
    def body(self) -> Any:
        """The statement that holds for every value of the variable."""
        return self.args[0]

    @property
    def limits(self) -> Any:
        """The variable, the first and the last number, as ``Sum.limits`` has them."""
        return (self.args[1],)

    @property
    def bound_symbols(self) -> list[Any]:
        """The variable, in a list."""
        return [self.args[1].args[0]]

    @property
    def free_symbols(self) -> set[Any]:
        """The symbols of the statement, less its variable and what depends on it."""
        variable, first, last = self.args[1].args
        inside = {s for s in self.body.free_symbols if variable not in s.free_symbols}
        return inside.union(first.free_symbols, last.free_symbols)

    def _eval_subs(self, old: Any, new: Any) -> Any:
        variable, first, last = self.args[1].args
        if variable in old.free_symbols:
            return self
        if variable not in new.free_symbols:
            return None  # SymPy then substitutes in the arguments
        fresh = sympy.Dummy(variable.name, **variable.assumptions0)
        return ForAll(self.body.subs(variable, fresh), (fresh, first, last)).subs(old, new)

    def doit(self, **hints: Any) -> Any:
        """Write out a statement whose first and last number are integers.

        Parameters
        ----------
        **hints : sympy.Basic
            Passed on to ``doit`` of the body.
        """
        variable, first, last = self.args[1].args
        if not (first.is_Integer and last.is_Integer):
            return ForAll(self.body.doit(**hints), (variable, first, last))
        return sympy.And(*(self.body.subs(variable, k).doit(**hints) for k in range(int(first), int(last) + 1)))

    def _latex(self, printer: Any) -> str:
        variable, first, last = map(printer.doprint, self.args[1].args)
        return rf"\forall {variable} \in \left\{{{first}, \ldots, {last}\right\}} : {printer.doprint(self.body)}"
