"""Three classes that SymPy lacks: 0·log 0 = 0 in two forms, and ∀."""

from __future__ import annotations

from typing import Any, ClassVar, final

import sympy
from sympy.core.evalf import prec_to_dps
from sympy.core.function import ArgumentIndexError
from sympy.logic.boolalg import Boolean
from sympy.printing.numpy import SciPyPrinter
from sympy.printing.pycode import SymPyPrinter

from ..language.errors import InvalidType

__all__ = ["ForAll", "rel_entr", "xlogy"]

_GUARD = 5
"""Digits beyond those asked for, so that what is rounded at the end is right in all of them."""
_IN_ARRAYS = "where inf nan log log1p"
"""The members of NumPy, CuPy, JAX or PyTorch that generated code uses."""


class _ZeroLog(sympy.Function):  # type: ignore[misc]
    """The common part of :class:`xlogy` and :class:`rel_entr`: digits, forms without them, and code.

    The generated code is a function of two operands that is called at once, so each operand is computed once. Each
    branch of ``where`` gets operands on which it is defined: so NumPy does not warn, and in PyTorch and JAX a gradient
    is not NaN times 0.
    """

    nargs = 2
    _plain: ClassVar[Any]  # of the operands: the form without this class, right where both are positive
    _at: ClassVar[Any]  # of their signs: the value where one of them is 0, else None
    _SCALAR: ClassVar[str]
    _MPMATH: ClassVar[str]
    _ARRAY: ClassVar[str]

    def _eval_rewrite_as_log(self, a: Any, b: Any, **_: Any) -> Any:
        return self._plain(a, b)

    _eval_rewrite_as_tractable = _eval_rewrite_as_log  # for limits

    def _eval_is_extended_real(self) -> bool | None:
        return True if all(x.is_extended_nonnegative for x in self.args) else None

    def _eval_is_finite(self) -> bool | None:
        a, b = self.args
        return True if a.is_nonnegative and b.is_positive else None

    def _eval_evalf(self, prec: int) -> Any:
        digits = prec_to_dps(prec) + _GUARD
        signs = [_sign(x, digits) for x in self.args]
        if None in signs:
            return None
        known = self._at(*signs)
        # The operands are not rounded first: a/b may be close to 1.
        return self._plain(*self.args).evalf(digits) if known is None and signs[1] == 1 else known

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        own = getattr(printer, f"_print_{type(self).__name__}", None)  # that of kl_symbolic.latex
        if own is not None:
            return str(own(self, exp))
        plain = printer._print(self._plain(*self.args))
        return plain if exp is None else rf"\left({plain}\right)^{{{exp}}}"

    def _lambda(self, printer: Any, body: str, names: str, module: str) -> str:
        """Return code that applies ``lambda a, b: body``; *names* are those of the module's members in it."""
        found = {name: printer._module_format(f"{module}.{name}") for name in names.split()}
        a, b = (self._operand(printer, x, module) for x in self.args)
        return f"(lambda a, b: {body.format(**found)})({a}, {b})"

    @staticmethod
    def _operand(printer: Any, x: Any, module: str) -> str:
        if module != "torch":
            return str(printer._print(x))
        # SymPy's printer for PyTorch does not know p[i], and torch.log wants a tensor.
        code = printer._print(x.xreplace({e: sympy.Symbol(str(e)) for e in x.atoms(sympy.Indexed)}))
        if x.free_symbols:
            return str(code)
        return f"{printer._module_format('torch.tensor')}({code}, dtype={printer._module_format('torch.float64')})"

    def _pythoncode(self, printer: Any) -> str:
        if isinstance(printer, SymPyPrinter):
            return str(printer._print_Function(self))
        return self._lambda(printer, self._SCALAR, "inf nan log log1p", "math")

    _lambdacode = _pythoncode

    def _mpmathcode(self, printer: Any) -> str:
        return self._lambda(printer, self._MPMATH, "mpf inf log log1p fdiv fsub", "mpmath")

    def _numpycode(self, printer: Any) -> str:
        if isinstance(printer, SciPyPrinter):
            name = printer._module_format(f"scipy.special.{type(self).__name__}")
            return f"{name}({', '.join(map(printer._print, self.args))})"
        return self._lambda(printer, self._ARRAY + "[()]", _IN_ARRAYS, printer._module)  # [()]: a number from numbers

    def _cupycode(self, printer: Any) -> str:
        return self._lambda(printer, self._ARRAY, _IN_ARRAYS, "cupy")

    def _jaxcode(self, printer: Any) -> str:
        return self._lambda(printer, self._ARRAY, _IN_ARRAYS, "jax.numpy")

    def _torchcode(self, printer: Any) -> str:
        return self._lambda(printer, self._ARRAY, _IN_ARRAYS, "torch")


@final
class xlogy(_ZeroLog):
    """``a·log b``, and 0 at a = 0 for every b; SciPy's name.

    Parameters
    ----------
    a, b : sympy.Expr

    Notes
    -----
    At a = 0 the value is 0, and at b = 0 it is −∞ for a > 0: whatever is substituted, the convention 0·log 0 = 0 holds.
    It becomes ``a*log(b)`` only where b is known to be positive.

    Code made by ``lambdify`` for NumPy, SciPy, mpmath, ``math``, PyTorch and JAX has the same values. There, a
    gradient at a = b = 0, where there is no derivative, is 0.

    Examples
    --------
    >>> x, p = sympy.Symbol("x"), sympy.Symbol("p", positive=True)
    >>> xlogy(0, x), xlogy(x, p), xlogy(x, x), xlogy(p, 0)
    (0, x*log(p), xlogy(x, x), -oo)
    >>> xlogy(x, x).subs(x, 0), xlogy(x, x).diff(x)
    (0, log(x) + 1)
    >>> xlogy(x, x).rewrite(sympy.Piecewise)
    Piecewise((0, Eq(x, 0)), (x*log(x), True))
    """

    _SCALAR = "a*b if a != a or b != b else 0.0 if a == 0 else a*{log}(b) if b != 0 else -a*{inf}"
    _MPMATH = "{mpf}(0) if a == 0 and b == b else a*{log}(b) if b != 0 else -a*{inf}"
    _ARRAY = (
        "{where}((a == 0) & (b <= 0), 0.0, {where}((a > 0) & (b == 0), -{inf}, {where}((a < 0) & (b == 0), {inf}, "
        "{where}(b > 0, a*{log}({where}(b > 0, b, 1.0)), {nan}))))"
    )

    @classmethod
    def eval(cls, a: Any, b: Any) -> Any:
        """Return the plain form where the assumptions tell that it is right, and the value at 0.

        Parameters
        ----------
        a : sympy.Basic
        b : sympy.Basic
        """
        if sympy.nan in (a, b):
            return sympy.nan
        if a.is_zero:
            return sympy.S.Zero
        if b.is_positive:
            return a * sympy.log(b)
        if b.is_zero and (a.is_positive or a.is_negative):
            return -sympy.oo if a.is_positive else sympy.oo
        return None

    def fdiff(self, argindex: int = 1) -> Any:
        """Return the derivative by the first or second operand, where both are positive.

        Parameters
        ----------
        argindex : int, optional
            1 for the first operand, 2 for the second.

        Raises
        ------
        ArgumentIndexError
            For any other number.
        """
        a, b = self.args
        if argindex == 1:
            return sympy.log(b)
        if argindex == 2:
            return a / b
        raise ArgumentIndexError(self, argindex)

    @staticmethod
    def _plain(a: Any, b: Any) -> Any:
        return a * sympy.log(b)

    @staticmethod
    def _at(first: int, second: int) -> Any:
        return sympy.S.Zero if first == 0 else -first * sympy.oo if second == 0 else None

    def _eval_rewrite_as_Piecewise(self, a: Any, b: Any, **_: Any) -> Any:
        infinite = (-a * sympy.oo, sympy.Eq(b, 0))
        return sympy.Piecewise((0, sympy.Eq(a, 0)), infinite, (a * sympy.log(b), True))


@final
class rel_entr(_ZeroLog):
    """``a·log(a/b)``, and 0 at a = 0 for every b: the summand of the divergence, by SciPy's name.

    Parameters
    ----------
    a, b : sympy.Expr

    Notes
    -----
    At a = 0 the value is 0, and at b = 0 it is ∞ for a > 0, so that substitution keeps the conventions of the
    divergence. It becomes ``a*log(a/b)`` only where both operands are known to be positive.

    Code made by ``lambdify`` for NumPy, SciPy, mpmath, ``math``, PyTorch and JAX has the same values. There, a
    gradient at a = 0 is 0: that by b is 0 there, and that by a tends to −∞, with which no optimizer can go on.

    Examples
    --------
    >>> p, q, x = *sympy.symbols("p q", positive=True), sympy.Symbol("x", nonnegative=True)
    >>> rel_entr(p, q), rel_entr(0, q), rel_entr(x, q), rel_entr(p, 0)
    (p*log(p/q), 0, rel_entr(x, q), oo)
    >>> rel_entr(x, q).subs(x, 0), rel_entr(x, q).diff(x)
    (0, log(x/q) + 1)
    >>> sympy.lambdify(x, rel_entr(x, sympy.Rational(1, 2)), "math")(0.0)
    0.0
    """

    _SCALAR = (
        "a*b if a != a or b != b else 0.0 if a == 0 else ({inf} if a > 0 else {nan}) if b == 0 else "
        "a*({log1p}((a - b)/b) if abs(a - b) < b/2 else {log}(a) - {log}(b))"
    )
    _MPMATH = (
        "{mpf}(0) if a == 0 and b == b else {inf} if b == 0 else "
        "a*({log1p}({fdiv}({fsub}(a, b), b)) if abs(a - b) < b/2 else {log}({fdiv}(a, b)))"
    )
    # Near a = b the logarithm of the quotient loses digits, and far from it the quotient overflows.
    _ARRAY = (
        "(lambda ok: (lambda s, t: (lambda near: {where}((a == 0) & (b == b), 0.0, "
        "{where}((a > 0) & (b == 0), {inf}, {where}(ok, "
        "s*{where}(near, {log1p}({where}(near, s - t, 0.0)/{where}(near, t, 1.0)), {log}(s) - {log}(t)), {nan}))))"
        "(abs(s - t) < t/2))({where}(ok, a, 1.0), {where}(ok, b, 1.0)))((a > 0) & (b > 0))"
    )

    @classmethod
    def eval(cls, a: Any, b: Any) -> Any:
        """Return the plain form where the assumptions tell that it is right, and the value at 0.

        Parameters
        ----------
        a : sympy.Basic
        b : sympy.Basic
        """
        if sympy.nan in (a, b):
            return sympy.nan
        if a.is_zero:
            return sympy.S.Zero
        if a.is_positive and b.is_positive:
            return a * sympy.log(a / b)
        return sympy.oo if a.is_positive and b.is_zero else None

    def fdiff(self, argindex: int = 1) -> Any:
        """Return the derivative by the first or second operand, where both are positive.

        Parameters
        ----------
        argindex : int, optional
            1 for the first operand, 2 for the second.

        Raises
        ------
        ArgumentIndexError
            For any other number.
        """
        a, b = self.args
        if argindex == 1:
            return sympy.log(a / b) + 1
        if argindex == 2:
            return -a / b
        raise ArgumentIndexError(self, argindex)

    @staticmethod
    def _plain(a: Any, b: Any) -> Any:
        return a * sympy.log(a / b)

    @staticmethod
    def _at(first: int, second: int) -> Any:
        return sympy.S.Zero if first == 0 else sympy.oo if first == 1 and second == 0 else None

    def _eval_rewrite_as_Piecewise(self, a: Any, b: Any, **_: Any) -> Any:
        infinite = (sympy.oo, sympy.Eq(b, 0))
        return sympy.Piecewise((0, sympy.Eq(a, 0)), infinite, (a * sympy.log(a / b), True))


def _sign(x: Any, digits: int) -> int | None:
    """Return the sign of an expression without symbols, or None where it is not visible."""
    if x.is_zero:
        return 0
    if x.is_positive or x.is_negative:
        return 1 if x.is_positive else -1
    value = x.evalf(digits)
    # SymPy gives a number all of whose digits cancel the precision 1.
    return None if not value.is_Float or value._prec == 1 else 1 if value > 0 else -1


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
