"""From what a user gives to a value: exact or in floats, for one distribution or along an axis of arrays.

Every measure is two functions, one of exact distributions and one of floats, and :func:`evaluate` chooses:

=============================================  ====================================================================
inputs                                         result
=============================================  ====================================================================
numbers, sequences, dicts, random variables,   a SymPy expression; with ``exact=False`` a float
arrays of integers or of objects, ``p[i]``
one of them a floating array or Series         a float; with ``exact=True`` a SymPy expression
an array of more dimensions, with ``axis=``    an array of such values, for the other dimensions
=============================================  ====================================================================

What the result is depends on the kinds of the inputs alone, never on a size or a value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import sympy

from ..language.errors import InvalidType, InvalidValue
from .distributions import Exact, align, checked, one_dimensional, read
from .inputs import Array, Input, recognize

if TYPE_CHECKING:
    from .arrays import Batch, Floats

__all__ = ["evaluate", "read_exact"]


def read_exact(given: Mapping[str, object], normalize: bool) -> Exact:
    """Read the distributions of a measure exactly; each is one distribution.

    Parameters
    ----------
    given : mapping from str to object
        What the user gave, by the names for messages: ``{"P": P, "Q": Q}``.
    normalize : bool
        Whether to divide each by its sum.
    """
    checked(normalize)
    inputs = [one_dimensional(recognize(value, name)) for name, value in given.items()]
    return align([read(one, normalize) for one in inputs])


def evaluate(
    given: Mapping[str, object],
    exactly: Callable[[Exact], sympy.Expr],
    in_floats: Callable[..., Floats],
    *,
    normalize: bool = False,
    exact: bool | None = None,
    axis: int | None = None,
) -> Any:
    """Return the value of a measure.

    Parameters
    ----------
    given : mapping from str to object
        What the user gave, by the names for messages: ``{"P": P, "Q": Q}``.
    exactly : callable
        Takes an :class:`Exact` and returns the value as an expression.
    in_floats : callable
        Takes a :class:`Batch` for each input and returns the values of the rows.
    normalize : bool, optional
        Whether to divide each distribution by its sum.
    exact : bool or None, optional
        Whether the result is exact; None leaves it to the kinds of the inputs.
    axis : int or None, optional
        The axis of the outcomes, in arrays of more than one dimension.

    Returns
    -------
    sympy.Expr, float or numpy.ndarray
        As the table of this module says.
    """
    checked(normalize)
    if not (exact is None or isinstance(exact, bool)):
        raise InvalidType(f"expected exact=True or False, got {exact!r}")
    inputs = [recognize(value, name) for name, value in given.items()]
    if exact is False or (exact is None and any(one.floating for one in inputs)):
        from .arrays import batches

        found: tuple[Batch, ...] = batches(inputs, normalize, axis)
        return in_floats(*found)
    if axis is None and not any(isinstance(one, Array) and one.values.ndim > 1 for one in inputs):
        return exactly(align([read(one, normalize) for one in inputs]))
    return _rows(inputs, exactly, normalize, axis)


def _rows(inputs: list[Input], exactly: Callable[[Exact], sympy.Expr], normalize: bool, axis: int | None) -> Any:
    """Return the exact values along an axis, in an array of objects; one expression if there is one row."""
    import numpy as np

    from .arrays import positions

    where = positions(inputs, axis)
    moved = [
        np.moveaxis(one.values, k, -1) if isinstance(one, Array) else None for one, k in zip(inputs, where, strict=True)
    ]
    try:
        shape = np.broadcast_shapes(*(a.shape[:-1] for a in moved if a is not None))
    except ValueError:
        shapes = " and ".join(
            f"{one.name} {a.shape[:-1]}" for one, a in zip(inputs, moved, strict=True) if a is not None
        )
        raise InvalidValue(f"the shapes without the axis of the outcomes do not broadcast: {shapes}") from None
    whole = [None if a is None else np.broadcast_to(a, (*shape, a.shape[-1])) for a in moved]
    values = np.empty(shape, dtype=object)
    for row in np.ndindex(shape):
        here = [one if a is None else Array(one.name, a[row]) for one, a in zip(inputs, whole, strict=True)]
        try:
            values[row] = exactly(align([read(one, normalize) for one in here]))
        except (InvalidValue, InvalidType) as error:
            if not row:
                raise
            raise type(error)(f"in the row [{', '.join(map(str, row))}]: {error}") from error
    return values if shape else values[()]
