"""SymPy ⇄ kernel terms, on a whitelist; everything else is refused by naming the sub-expression.

A kernel term keeps what was written and a SymPy expression evaluates, so a conversion keeps the *meaning* and not the
form; what comes from SymPy is laid out by one fixed arrangement. No proof trusts this package. It decides what a
statement given as SymPy means, and so its tests compare the values of both sides.

==============================  =====================================================================================
in the kernel                   in SymPy
==============================  =====================================================================================
number ``x``                    ``Symbol("x", real=True)``
number ``p[i]``, ``r[x, y]``    ``IndexedBase("p", real=True)[i]``, ``IndexedBase("r", real=True)[x, y]``
sequence ``N_h[n]``             ``Function("N_h", real=True)(n)``, and every other symbol with an argument in ℕ
function ``f(x)``               ``Function("f", real=True)(x)``; ``T(j, x)`` of an index and a number likewise
index ``i``, function ``x(t)``  ``Symbol("i", integer=True)``, ``Function("x", integer=True)(t)``
index set ``X``                 its elements are numbered 1 … ``|X|``; *ranges* chooses other numbers
``card(X)``                     ``Symbol("|X|", integer=True, nonnegative=True)``
``sum(i in X: ...)``, ``prod``  ``Sum(..., (i, 1, |X|))``, ``Product``
``delta(i, j)``                 ``KroneckerDelta(i, j)``
``log exp abs + - * / ^``       ``log``, ``exp``, ``Abs``, ``Add``, ``Mul``, ``Pow``
``Gamma``, ``digamma``, ``pi``  ``gamma``, ``polygamma(0, .)``, ``pi``; ``factorial(x)`` is read as Γ(x + 1)
``xlogy``, ``rel_entr``         :class:`xlogy`, :class:`rel_entr`; plain logarithms where the operands are positive
other defined symbols           their definitions
``a = b``, ``<=``, ``<``, !=    ``Eq``, ``Le``, ``Lt``, ``Ne``, not evaluated; ``Ge`` and ``Gt`` are read too
``a => b``, ``a <=> b``         ``Implies``, not evaluated; ``Equivalent``. ``Implies(And(a, b), c)`` is read too
``forall i in X: ...``          :class:`ForAll`, ``ForAll(..., (i, 1, |X|))``; ``(n, 0, oo)`` for ℕ, ``(x, -oo, oo)``
``x in (a, oo)``                ``Contains(x, Interval.open(a, oo))``, not evaluated; ``S.Reals``, ``S.Naturals0``
``int(x in (a, oo): f) = v``    ``Eq(Integral(f, (x, a, oo)), v)``, not evaluated
``int(n in nats: f) = v``       ``Eq(Sum(f, (n, 0, oo)), v)``, not evaluated
``deriv(y: f, x) = s``          ``Eq(Derivative(f, x), s)``, or ``Eq(Subs(Derivative(f, y), y, a), s)`` at another place
``lim(n: a) -> l``              ``Eq(Limit(a, n, oo), l)``, not evaluated
``0 < x`` and its like in Γ     the assumptions ``positive``, ``nonnegative``, ``nonzero``, ``negative``, …
==============================  =====================================================================================

The kernel has real numbers only: a symbol without assumptions is read as a real one. An assumption that Γ cannot say
(``integer``, ``prime``, …) is dropped; a term so read is about more numbers, never about fewer. A range 1 … K must have
a size that cannot be −1 or ½: K is a symbol with ``integer=True`` and ``nonnegative=True`` (or ``positive=True``).

An integral or a series is read as an absolutely convergent one, which for SymPy it need not be. SymPy's integral from b
down to a is a negative, and over the empty interval (b, a) it is 0 in the kernel: an integral crosses only where its
ends are known to be in order. A name that stands for a domain has no counterpart.

What converts is loaded when it is first used: an expression of a measure needs the classes alone.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .classes import ForAll, rel_entr, xlogy

if TYPE_CHECKING:
    from .names import Ranges, size_symbol
    from .reading import Imported, from_sympy, read_sympy
    from .writing import statement_to_sympy, to_sympy

__all__ = [
    "ForAll",
    "Imported",
    "Ranges",
    "from_sympy",
    "read_sympy",
    "rel_entr",
    "size_symbol",
    "statement_to_sympy",
    "to_sympy",
    "xlogy",
]

_HOME = {
    "Imported": "reading",
    "Ranges": "names",
    "from_sympy": "reading",
    "read_sympy": "reading",
    "size_symbol": "names",
    "statement_to_sympy": "writing",
    "to_sympy": "writing",
}
"""The names that are loaded when they are first used, and the module that defines each."""


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = found
    return found
