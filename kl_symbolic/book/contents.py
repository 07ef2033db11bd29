"""The contents of the book: the theorems of the theory, then those about families of distributions."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from .. import families, theory
from ..theory import references
from ..theory.titles import TITLES

if TYPE_CHECKING:
    from ..families.family import ParametricFamily
    from ..proving.calc import Author

__all__ = ["authors", "family_headings", "source", "table", "titles"]

_FOLDER = "families."


@lru_cache(maxsize=1)
def table() -> dict[str, tuple[str, ...]]:
    """Return the theorems of each file, in the order in which they are derived."""
    shipped = {f"{_FOLDER}{file}": families.named(name).theorems for name, file in families.FAMILIES.items()}
    return {**theory.TABLE, **shipped}


def authors() -> Iterator[tuple[str, Author]]:
    """Yield the name and the derivation of each theorem, in an order in which every citation points back."""
    from ..families import derivations

    yield from theory.authors()
    for name in families.FAMILIES:
        yield from derivations.authors(families.named(name))


@lru_cache(maxsize=1)
def titles() -> dict[str, str]:
    """Return the title of each theorem that has one."""
    return {**TITLES, **{name: family.called(name) for name, family in _families().items()}}


@lru_cache(maxsize=1)
def family_headings() -> dict[str, str]:
    """Return the heading of each file about a family: its name in full."""
    found = {f"{_FOLDER}{file}": families.named(name).title for name, file in families.FAMILIES.items()}
    return {file: title[:1].upper() + title[1:] for file, title in found.items()}


def source(name: str) -> str:
    """Return where a theorem comes from, as a sentence.

    Parameters
    ----------
    name : str
    """
    family = _families().get(name)
    return references.source(name) if family is None else f"{family.source}."


@lru_cache(maxsize=1)
def _families() -> dict[str, ParametricFamily]:
    """Return the family of each theorem about one."""
    return {theorem: family for family in map(families.named, families.FAMILIES) for theorem in family.theorems}
