"""The integrals that the means of a family follow from; ``products`` and ``combinations`` say how, in derivations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, final

__all__ = ["Carrier", "Combined", "Piece", "Product"]


@final
@dataclass(frozen=True, slots=True)
class Product:
    """A density that is a constant times the integrand of one integral.

    Parameters
    ----------
    total : str
        The theorem ∫ f = v for the integrand f.
    at : mapping of str to str
        What the names of the theorems become, in the parameters of the family and the number of the statistic.
    power : str
        The theorem ∫ T·f = w for all powers T; empty where the family has no such mean.
    logs : mapping of str to str
        Of further statistics the theorems, whose value is v times the mean.
    pieces : mapping of str to tuple of Piece
        By the names of other means, what they are combinations of.
    """

    total: str
    at: Mapping[str, str]
    power: str = ""
    logs: Mapping[str, str] = field(default_factory=dict)
    pieces: Mapping[str, tuple[Piece, ...]] = field(default_factory=dict)


@final
@dataclass(frozen=True, slots=True)
class Piece:
    """A multiple of a known integral.

    Parameters
    ----------
    theorem : str
        The theorem ∫ f = v, or the name of a number that is defined by such an integral.
    at : mapping of str to str
        What the names of the theorem become, in the parameters of the family and the numbers of the statistic.
    factor : str
    change : Piece, optional
        A theorem about a substitution, from ∫ f = v, with its other names; it may be followed by another one.
    """

    theorem: str
    at: Mapping[str, str] = field(default_factory=dict)
    factor: str = "1"
    change: Piece | None = None


@final
@dataclass(frozen=True, slots=True)
class Combined:
    """Means that are linear combinations of known integrals.

    Parameters
    ----------
    pieces : mapping of str to tuple of Piece
        By the names of the means; those that are not named follow from the mean of a statistic with a number.
    below : mapping of str to tuple of Piece
        For means that are made of two half-lines, the pieces on the lower one; *pieces* are those on the upper one.
    end : str
        Where these half-lines meet; else empty.
    """

    pieces: Mapping[str, tuple[Piece, ...]]
    below: Mapping[str, tuple[Piece, ...]] = field(default_factory=dict)
    end: str = ""


Carrier: TypeAlias = Product | Combined
"""The source of the means of a family."""
