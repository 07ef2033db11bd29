"""Recognizes what a user gives as a distribution: which kind it is, its entries and its outcomes; refuses the rest.

Nothing is computed here. An input is *entries* (one distribution, with named outcomes or without), an *array* of one or
more dimensions, or *symbolic* (``p[i]``). A plain scalar is a coin. What is none of these is refused by a message that
says what was given and what to write instead; in particular nothing that stands for a whole distribution (a random
variable, a ``Lambda``, a density) is taken for the probability of heads.

Objects of NumPy, pandas, SciPy and ``sympy.stats`` are recognized through ``sys.modules``: whoever has made one has
imported its library, and nobody else has to.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, KeysView, Mapping, Sequence, ValuesView
from dataclasses import dataclass
from numbers import Number as AnyNumber
from typing import TYPE_CHECKING, Any, TypeAlias, final

import sympy

from ..language.errors import InvalidType, InvalidValue
from ..sympy_bridge.exact import kind_of
from .densities import density_in

if TYPE_CHECKING:
    from numpy import generic
    from numpy.typing import NDArray

__all__ = ["Array", "Entries", "Input", "Symbolic", "indices", "recognize", "scalar"]

_ACCEPTED = "a probability (a coin), a sequence, a dict or an array of probabilities, a finite random variable, or p[i]"
_LARGEST_SUPPORT = 10**6
"""Outcomes of a SciPy distribution that are written out: a support like 0 … 10¹² is finite and fits into no memory."""


@final
@dataclass(frozen=True, slots=True)
class Entries:
    """One distribution with finitely many entries, as given.

    Parameters
    ----------
    name : str
        ``P`` or ``Q``, for messages.
    values : tuple
        The entries, not looked at yet.
    outcomes : tuple or None
        What the entries belong to; None where their order says it.
    coin : bool
        Whether it was one number, the probability of heads; the values are then that and its complement.
    floating : bool
        Whether it comes from a floating array, so that its measures are floats unless exact ones are asked for.
    """

    name: str
    values: tuple[Any, ...]
    outcomes: tuple[Hashable, ...] | None = None
    coin: bool = False
    floating: bool = False

    def label(self, k: int) -> str:
        """Return what entry *k* is called in messages.

        Parameters
        ----------
        k : int
            The number of the entry.
        """
        if self.coin:
            return f"1 - {self.name}" if k else self.name
        return f"{self.name}[{k if self.outcomes is None else repr(self.outcomes[k])}]"


@final
@dataclass(frozen=True, slots=True)
class Array:
    """An array of one or more dimensions, of real numbers or of objects.

    Parameters
    ----------
    name : str
        ``P`` or ``Q``, for messages.
    values : numpy.ndarray
        As given, a plain ``ndarray``.
    """

    name: str
    values: NDArray[generic]

    @property
    def floating(self) -> bool:
        """Whether its numbers are floats."""
        return self.values.dtype.kind == "f"


@final
@dataclass(frozen=True, slots=True)
class Symbolic:
    """An expression with a symbolic index, or an ``IndexedBase``.

    Parameters
    ----------
    name : str
        ``P`` or ``Q``, for messages.
    weight : sympy.Expr
        As given.
    """

    name: str
    weight: sympy.Expr
    floating = False


Input: TypeAlias = Entries | Array | Symbolic
"""One of the three kinds of input."""


def recognize(given: object, name: str) -> Input:
    """Return what was given, by kind; refuse what is not a distribution.

    Parameters
    ----------
    given : object
        What the user gave.
    name : str
        ``P`` or ``Q``, for messages.
    """
    if isinstance(given, str | bytes | bytearray):
        raise InvalidType(f"{name} is text, and text is not read: {given!r}")
    if isinstance(given, Mapping):
        return Entries(name, tuple(given.values()), tuple(given))
    for read in (_numpy, _pandas, _random_variable, _scipy):
        found = read(given, name)
        if found is not None:
            return found
    if isinstance(given, sympy.MatrixBase | sympy.NDimArray):
        shape = given.shape
        if isinstance(given, sympy.MatrixBase) and 1 in shape:
            return Entries(name, tuple(given))
        if len(shape) != 1:
            raise InvalidValue(f"expected a vector as {name}, got a {_dimensional(shape)} of the shape {shape}")
        return Entries(name, tuple(given))
    if isinstance(given, Sequence | sympy.Tuple):
        return Entries(name, tuple(given))
    if isinstance(given, sympy.Basic):
        return _expression(given, name)
    numpy = sys.modules.get("numpy")
    if isinstance(given, AnyNumber) or (numpy is not None and isinstance(given, numpy.generic)):
        return _coin(given, name)
    if hasattr(given, "__array__") and not isinstance(given, type):
        return _array(_converted(given, name), name)
    raise InvalidType(f"expected a distribution as {name}, {_ACCEPTED}; got {kind_of(given)}{_hint(given, name)}")


def _dimensional(shape: tuple[int, ...]) -> str:
    return "matrix" if len(shape) == 2 else f"{len(shape)}-dimensional array"


def _hint(given: object, name: str) -> str:
    if isinstance(given, ValuesView):
        return f"; give the dict itself, whose outcomes are matched by key, or list({name}) for the order it has"
    if isinstance(given, Collection) and not isinstance(given, KeysView):
        return ", which has no order; write a list, or a dict from outcomes to probabilities"
    if isinstance(given, Iterator):
        return f", which can be read only once; write list({name})"
    if callable(getattr(given, "tolist", None)):
        return f"; write {name}.tolist()"
    return f"; write list({name})" if isinstance(given, Iterable) and not isinstance(given, KeysView) else ""


def _coin(heads: Any, name: str) -> Entries:
    return Entries(name, (heads,), coin=True)


# --- expressions -----------------------------------------------------------------------------------------------------


def _expression(given: Any, name: str) -> Input:
    if not isinstance(given, sympy.Expr) or isinstance(given, sympy.Lambda):
        raise InvalidType(
            f"expected a distribution as {name}, {_ACCEPTED}; got {kind_of(given)}: {given}."
            f" {'A function' if callable(given) else 'It'} is not read: write its values as a list or a dict"
        )
    if indices(given):
        return Symbolic(name, given)
    if given.has(sympy.Piecewise) and given.atoms(sympy.Piecewise) - _closed(given):
        raise InvalidValue(
            f"expected a distribution as {name}, got a Piecewise expression: {given}. It may be a density or a mass"
            f" function, and these are not read; for a coin with this probability write [{name}, 1 - {name}]"
        )
    x = density_in(given)
    if x is not None:
        raise InvalidValue(
            f"expected a distribution as {name}, got a density or a mass function of {x}: {given}. These are not read;"
            f" for a coin with this probability write [{name}, 1 - {name}]"
        )
    return _coin(given, name)


def _closed(e: Any) -> set[Any]:
    return {part for part in e.atoms(sympy.Piecewise) if not part.free_symbols}


def scalar(value: Any, label: str) -> Any:
    """Return an entry that may be a probability; refuse expressions that are not plain numbers.

    Parameters
    ----------
    value : object
        One entry, or the probability of heads.
    label : str
        What to call it in messages.
    """
    if not isinstance(value, sympy.Basic) or isinstance(value, sympy.Number | sympy.Symbol):
        return value
    rv = sys.modules.get("sympy.stats.rv")
    random = sorted(value.atoms(rv.RandomSymbol), key=str) if rv is not None else []
    if random:
        raise InvalidType(
            f"expected a real number as {label}, got {value}, which has the random variable {random[0]} in it"
        )
    if isinstance(value, sympy.Lambda) or value.has(sympy.Lambda, sympy.Order):
        raise InvalidType(f"expected a real number as {label}, got {value}")
    return value


def indices(e: Any) -> list[Any]:
    """Return the symbolic indices in an expression, sorted; None stands for that of a bare IndexedBase.

    Parameters
    ----------
    e : sympy.Expr
        Any expression.
    """
    if isinstance(e, sympy.IndexedBase):
        return [None]
    bound = {v for s in e.atoms(sympy.Sum, sympy.Product) for v in s.variables}
    found = {i for a in e.atoms(sympy.Indexed) for i in a.indices if i.free_symbols}
    return sorted((i for i in found if i not in bound), key=str)


# --- NumPy and pandas ------------------------------------------------------------------------------------------------


def _numpy(given: Any, name: str) -> Input | None:
    numpy = sys.modules.get("numpy")
    if numpy is None or not isinstance(given, numpy.ndarray):
        return None
    if isinstance(given, numpy.matrix):
        raise InvalidType(
            f"{name} is a numpy.matrix, whose rows are matrices again; write numpy.asarray({name}).ravel()"
        )
    if isinstance(given, numpy.ma.MaskedArray):
        if numpy.ma.is_masked(given):
            raise InvalidValue(f"{name} has masked entries; write {name}.filled(0), or {name}.compressed()")
        given = given.data
    return _array(numpy.asarray(given), name)


def _array(values: Any, name: str) -> Array:
    kind = values.dtype.kind
    if kind in "US":
        raise InvalidType(f"{name} is an array of text, and text is not read; write {name}.astype(float)")
    if kind not in "iufO":
        hint = {"b": f"; write {name}.astype(int)", "c": f"; write {name}.real"}.get(kind, "")
        raise InvalidType(f"expected an array of real numbers as {name}, got one of the type {values.dtype}{hint}")
    if values.ndim == 0:
        raise InvalidValue(
            f"expected an array of one or more dimensions as {name}, got one of the shape (); write {name}.item() for a"
            " coin"
        )
    return Array(name, values)


def _converted(given: Any, name: str) -> Any:
    """Return the array that an object makes of itself, such as a tensor."""
    import numpy

    try:
        return numpy.asarray(given)
    except (RuntimeError, TypeError, ValueError) as error:
        raise InvalidType(f"{name}, of {kind_of(given)}, does not convert to an array: {error}") from error


def _pandas(given: Any, name: str) -> Input | None:
    pandas = sys.modules.get("pandas")
    if pandas is None:
        return None
    if isinstance(given, pandas.DataFrame):
        raise InvalidType(
            f"{name} is a DataFrame; write {name}[column] or {name}.loc[row] for one distribution, matched by its"
            f" index, or {name}.to_numpy() with axis= for several"
        )
    if not isinstance(given, pandas.Series):
        return None
    if not given.index.is_unique:
        twice = given.index[given.index.duplicated()][0]
        raise InvalidValue(f"the index of {name} has {twice!r} more than once; write {name}.groupby(level=0).sum()")
    values = given.to_numpy()
    floating = getattr(given.dtype, "kind", "") == "f"
    return Entries(name, tuple(values), tuple(given.index), floating=floating)


# --- random variables ------------------------------------------------------------------------------------------------


def _random_variable(given: Any, name: str) -> Input | None:
    """Read a finite random variable of ``sympy.stats``, or its distribution; refuse the others by name."""
    rv = sys.modules.get("sympy.stats.rv")
    if rv is None or not isinstance(given, sympy.Basic):
        return None
    frv = sys.modules["sympy.stats.frv"]
    distribution = given
    if isinstance(given, rv.RandomSymbol):
        space = given.pspace
        distribution = getattr(space, "distribution", None)
        if isinstance(space, frv.FinitePSpace) and not isinstance(space, frv.SingleFinitePSpace):
            table = space.compute_density(given)  # given(X, condition), say
            return Entries(name, tuple(table.values()), tuple(table))
    elif not isinstance(given, rv.Distribution):
        random = sorted(given.atoms(rv.RandomSymbol), key=str) if not isinstance(given, sympy.Tuple) else []
        if random and not isinstance(given, sympy.MatrixBase | sympy.NDimArray):
            raise InvalidType(
                f"{name} is {given}, an expression in the random variable {random[0]}; only a random variable itself is"
                f" read, or a dict such as dict(sympy.stats.density({name}))"
            )
        return None
    kind = (
        type(distribution).__name__.removesuffix("Distribution") if distribution is not None else type(given).__name__
    )
    shown = f"{name} is {given}, a random variable of the kind {kind}"
    if not isinstance(distribution, frv.SingleFiniteDistribution):
        raise InvalidType(
            f"{shown}; only random variables with finitely many outcomes are read, such as Bernoulli, Binomial, Die,"
            " DiscreteUniform and FiniteRV"
        )
    if distribution.is_symbolic:
        raise InvalidType(f"{shown}, and the number of its outcomes is not known: {distribution}")
    return Entries(name, tuple(distribution.dict.values()), tuple(distribution.dict))


def _scipy(given: Any, name: str) -> Input | None:
    """Read a distribution of ``scipy.stats`` with finite support; refuse the others by name."""
    stats = sys.modules.get("scipy.stats")
    kind = type(given)
    if stats is None or not kind.__module__.startswith("scipy.stats"):
        return None
    numpy = sys.modules["numpy"]
    law = getattr(given, "dist", given)  # a frozen distribution holds the law and its parameters
    shown = f"{name} is {getattr(law, 'name', None) or kind.__name__} of scipy.stats"
    if isinstance(given, stats.rv_discrete | stats.rv_continuous) and not hasattr(given, "xk"):
        raise InvalidType(f"{shown} without parameters; give it some, as in scipy.stats.binom(10, 0.5)")
    support: Callable[[], tuple[Any, Any]] | None = getattr(given, "support", None)
    mass = getattr(given, "pmf", None)
    discrete = not isinstance(law, stats.rv_continuous) and _is_discrete(given)
    if support is None or mass is None or not discrete:
        raise InvalidType(
            f"{shown}; only distributions with finitely many outcomes are read, such as binom and randint"
        )
    first, last = support()
    if numpy.ndim(first) or numpy.ndim(last):
        raise InvalidValue(f"{shown} with arrays of parameters; give one distribution at a time")
    if not (numpy.isfinite(first) and numpy.isfinite(last)):
        raise InvalidType(f"{shown} on {first} ... {last}; only distributions with finitely many outcomes are read")
    points = getattr(law, "xk", None)
    if points is None and last - first >= _LARGEST_SUPPORT:
        raise InvalidValue(f"{shown} with {int(last - first) + 1} outcomes; at most {_LARGEST_SUPPORT} are written out")
    if points is None:
        points = numpy.arange(int(first), int(last) + 1)
    else:
        points = numpy.sort(points) + (first - numpy.min(points))  # a frozen one may be shifted by loc
    outcomes = tuple(int(x) if x == int(x) else float(x) for x in points.tolist())
    return Entries(name, tuple(map(float, numpy.asarray(mass(points)))), outcomes)


def _is_discrete(given: Any) -> bool:
    """Return whether a distribution of SciPy is discrete: by the old classes, or by the new one, made for it."""
    stats = sys.modules["scipy.stats"]
    if isinstance(getattr(given, "dist", given), stats.rv_discrete):
        return True
    return any(base.__name__ == "DiscreteDistribution" for base in type(given).__mro__)
