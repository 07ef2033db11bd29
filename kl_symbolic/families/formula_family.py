"""Families whose closed forms are not proved: their parameters, read exactly and checked by role.

They are called as :class:`~kl_symbolic.families.family.ParametricFamily` is. Their parameters may be vectors and
matrices, and their density is text for people.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, final

import sympy
from sympy import ImmutableMatrix

from ..language.errors import InvalidType, InvalidValue
from ..sympy_bridge.exact import exact
from .reading import holds

__all__ = ["Condition", "FormulaFamily", "FormulaLaw", "FormulaParameter", "FormulaRole"]

FormulaRole: TypeAlias = Literal[
    "real",
    "positive",
    "above 1",
    "probability",
    "open probability",
    "integer",
    "natural",
    "positive integer",
    "vector",
    "positive vector",
    "probability vector",
    "positive definite matrix",
]
"""The roles of parameters; a probability may be 0 or 1, an open one may not."""

_WORDS: dict[str, str] = {
    "real": "a real number",
    "positive": "a positive number",
    "above 1": "a number above 1",
    "probability": "a probability from 0 to 1",
    "open probability": "a probability between 0 and 1, neither 0 nor 1",
    "integer": "an integer",
    "natural": "an integer from 0 on",
    "positive integer": "a positive integer",
    "vector": "a vector of real numbers",
    "positive vector": "a vector of positive numbers",
    "probability vector": "a vector of probabilities with sum 1",
    "positive definite matrix": "a symmetric positive definite matrix",
}

_BOUNDS: dict[str, tuple[tuple[int, int, bool], ...]] = {
    "positive": ((1, 0, True),),
    "above 1": ((1, 1, True),),
    "probability": ((1, 0, False), (-1, -1, False)),
    "open probability": ((1, 0, True), (-1, -1, True)),
    "natural": ((1, 0, False),),
    "positive integer": ((1, 0, True),),
    "positive vector": ((1, 0, True),),
    "probability vector": ((1, 0, False),),
}
"""For each role (sign, bound, strict): sign·value is above the bound."""

_LARGEST_SIZE = 100
"""Entries of a vector, and rows of a matrix: determinants of larger ones take minutes."""


@final
@dataclass(frozen=True, slots=True)
class FormulaParameter:
    """A parameter of a family.

    Parameters
    ----------
    name : str
    role : str
        What it may be.
    """

    name: str
    role: FormulaRole = "positive"


@final
@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on several parameters.

    Parameters
    ----------
    text : str
        ``"low < high"``.
    gap : callable
        Takes the parameters by name and returns the number that is positive, or not negative.
    strict : bool
    """

    text: str
    gap: Callable[..., Any]
    strict: bool = True


@final
@dataclass(frozen=True, eq=False)
class FormulaFamily:
    """A family of distributions; called with its parameters it returns a :class:`FormulaLaw`.

    Parameters
    ----------
    name : str
    title : str
        In words: ``"Cauchy distribution"``.
    parameters : tuple of FormulaParameter
    density : str
        In words of mathematics, for people.
    domain : str
        Where it is positive.
    source : str
        Where the family is treated, with the page or section.
    conditions : tuple of Condition
        What holds of several parameters, beyond their roles.
    sizes : tuple of str
        Parameters that are vectors and matrices of one size.
    finite : bool
        Whether its members have finitely many outcomes.

    Examples
    --------
    >>> from kl_symbolic import families
    >>> families.Cauchy(loc=0, scale=3)
    Cauchy(loc=0, scale=3)
    """

    name: str
    title: str
    parameters: tuple[FormulaParameter, ...]
    density: str
    domain: str
    source: str
    conditions: tuple[Condition, ...] = ()
    sizes: tuple[str, ...] = ()
    finite: bool = False

    def __call__(self, **values: Any) -> FormulaLaw:
        """Return the distribution with these parameters.

        Parameters
        ----------
        **values : number, sympy.Expr, sequence or matrix
            Every parameter by its name; a plain symbol counts as real.

        Raises
        ------
        InvalidType
            When a parameter is missing or unknown, or is of another type.
        InvalidValue
            When a parameter is outside of its range.
        """
        names = [p.name for p in self.parameters]
        if sorted(names) != sorted(values):
            expected, got = ", ".join(names), ", ".join(values) or "nothing"
            raise InvalidType(f"expected the parameters {expected} of {self.name}, got {got}")
        read = {p.name: _read(values[p.name], p.role, f"{p.name} of {self.name}") for p in self.parameters}
        self._check_sizes(read)
        found = FormulaLaw(self, tuple(read.values()))
        for condition, verdict in self._judged(read):
            if verdict is False:
                named = [p for p in self.parameters if p.name in condition.text.split()]
                shown = " and ".join(f"{p.name} = {_shown(read[p.name], p.role)}" for p in named)
                raise InvalidValue(f"expected {condition.text} for {self.name}, got {shown}")
        return found

    def __repr__(self) -> str:
        return f"<family {self.name}: {', '.join(f'{p.name} {p.role}' for p in self.parameters)}>"

    @property
    def theorems(self) -> tuple[str, ...]:
        """The names of the theorems about the family: there are none."""
        return ()

    def _check_sizes(self, read: Mapping[str, Any]) -> None:
        sizes = {n: read[n].shape[0] for n in self.sizes}
        if len(set(sizes.values())) > 1:
            shown = " and ".join(f"{n} with {size}" for n, size in sizes.items())
            raise InvalidValue(f"expected {' and '.join(sizes)} of {self.name} of one size, got {shown}")

    def _judged(self, read: Mapping[str, Any]) -> list[tuple[Condition, Any]]:
        return [(c, holds(sympy.sympify(c.gap(**read)), c.strict)) for c in self.conditions]


@final
@dataclass(frozen=True, slots=True)
class FormulaLaw:
    """A distribution of a family without theorems, made by calling the family.

    Parameters
    ----------
    family : FormulaFamily
    values : tuple of sympy.Expr or sympy.ImmutableMatrix
        The parameters, exact, in the order of the family; a vector is a matrix with one column.
    """

    family: FormulaFamily
    values: tuple[Any, ...]

    def __post_init__(self) -> None:
        if not isinstance(self.family, FormulaFamily):
            raise InvalidType(f"expected a family of distributions, got {type(self.family).__name__}")
        if len(self.values) != len(self.family.parameters):
            raise InvalidValue(f"expected {len(self.family.parameters)} parameters, got {len(self.values)}")

    def __repr__(self) -> str:
        shown = (f"{p.name}={_shown(v, p.role)}" for p, v in zip(self.family.parameters, self.values, strict=True))
        return f"{self.family.name}({', '.join(shown)})"

    @property
    def open_conditions(self) -> tuple[Any, ...]:
        """The conditions on the parameters that are not known to hold.

        A symbol for a probability is between 0 and 1, not 0 or 1, as logarithms of both are in closed forms.
        """
        found: list[Any] = []
        for p, value in zip(self.family.parameters, self.values, strict=True):
            if p.role == "positive definite matrix":
                found += [holds(value[:k, :k].det(), strict=True) for k in range(1, value.rows + 1)]
                continue
            for entry in value if isinstance(value, ImmutableMatrix) else (value,):
                found += _bounds(entry, p.role, strict=bool(entry.free_symbols))
            if p.role == "probability vector" and (gap := sympy.expand(sum(value) - 1)) != 0:
                found.append(sympy.Eq(gap, 0))
        read = dict(zip((p.name for p in self.family.parameters), self.values, strict=True))
        found += [verdict for _, verdict in self.family._judged(read)]
        return tuple(verdict for verdict in found if verdict is not True)


def _shown(value: Any, role: str) -> str:
    if not isinstance(value, ImmutableMatrix):
        return str(value)
    rows = value.tolist()
    return str(rows if role == "positive definite matrix" else [row[0] for row in rows])


def _bounds(value: Any, role: str, strict: bool = False) -> list[Any]:
    return [holds(sign * value - bound, strict or above) for sign, bound, above in _BOUNDS.get(role, ())]


def _read(value: Any, role: FormulaRole, label: str) -> Any:
    """Return a parameter, exact.

    Raises
    ------
    InvalidType, InvalidValue
    """
    if role == "positive definite matrix":
        return _matrix(value, label)
    if role in ("vector", "positive vector", "probability vector"):
        return _vector(value, role, label)
    return _number(value, role, label)


def _number(value: Any, role: FormulaRole, label: str) -> Any:
    number = exact(value, label)
    if number.is_extended_real is False:
        raise InvalidValue(f"expected a real number as {label}, got {number}")
    integer = role in ("integer", "natural", "positive integer")
    if (integer and number.is_integer is False) or any(verdict is False for verdict in _bounds(number, role)):
        raise InvalidValue(f"expected {_WORDS[role]} as {label}, got {number}")
    return number


def _rows(value: Any, role: FormulaRole, label: str) -> list[Any]:
    listed = value.tolist() if hasattr(value, "tolist") else value
    if not isinstance(listed, list | tuple) or not listed:
        raise InvalidType(f"expected {_WORDS[role]} as {label}, got {value!r}")
    if len(listed) > _LARGEST_SIZE:
        raise InvalidValue(f"expected at most {_LARGEST_SIZE} entries in {label}, got {len(listed)}")
    return list(listed)


def _vector(value: Any, role: FormulaRole, label: str) -> ImmutableMatrix:
    rows = _rows(value, role, label)
    if all(isinstance(r, list | tuple) and len(r) == 1 for r in rows):  # a matrix with one column
        rows = [r[0] for r in rows]
    entries = [_number(r, "real", f"entry {k} of {label}") for k, r in enumerate(rows)]
    for k, entry in enumerate(entries):
        if any(verdict is False for verdict in _bounds(entry, role)):
            raise InvalidValue(f"expected {_WORDS[role]} as {label}, got entry {k} = {entry}")
    if role == "probability vector":
        total = sum(entries, sympy.S.Zero)
        if holds(-abs(total - 1), strict=False) is False:
            raise InvalidValue(f"expected {_WORDS[role]} as {label}, got the sum {total}")
    return ImmutableMatrix(entries)


def _matrix(value: Any, label: str) -> ImmutableMatrix:
    role: FormulaRole = "positive definite matrix"
    rows = _rows(value, role, label)
    if not all(isinstance(r, list | tuple) and len(r) == len(rows) for r in rows):
        raise InvalidValue(f"expected {_WORDS[role]} as {label}, got rows that make no square")
    entries = [[_number(x, "real", f"entry {j}, {k} of {label}") for k, x in enumerate(r)] for j, r in enumerate(rows)]
    found = ImmutableMatrix(entries)
    if found != found.T:
        raise InvalidValue(f"expected {_WORDS[role]} as {label}, got one that is not symmetric")
    if found.free_symbols:
        minors = [found[:k, :k].det() for k in range(1, len(rows) + 1)]
        definite = not any(holds(minor, strict=True) is False for minor in minors)
    else:
        definite = bool(found.is_positive_definite)
    if not definite:
        raise InvalidValue(f"expected {_WORDS[role]} as {label}, got {_shown(found, role)}")
    return found
