"""The numbers that a user puts into a theorem: one path for the command line and for Python."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import final

from ..kernel import CheckedTheorem
from ..render.model.reports import Report
from .outcomes import divergence, report
from .reading import BadInput, Distribution, Outcomes, aligned, given, read_outcomes, simulate
from .substitution import Outside, substituted

__all__ = ["LONGEST_FILE", "Numbers", "bounded", "numbers", "read_file"]

LONGEST_FILE = 200_000_000
"""Bytes of an outcomes file that are read: ten million outcomes with long names."""


@final
@dataclass(frozen=True, slots=True)
class Numbers:
    """Two distributions, and perhaps a sequence of outcomes.

    Parameters
    ----------
    p, q : dict of str to Fraction
        The true and the other distribution.
    outcomes : Outcomes or None
        What was observed or simulated.
    seed : int or None
        Of the simulation.
    estimated : bool
        Whether *p* is the relative frequencies of the outcomes.
    digits : int
        Significant digits of values.
    """

    p: Distribution
    q: Distribution
    outcomes: Outcomes | None
    seed: int | None
    estimated: bool
    digits: int

    def reports(self, theorem: CheckedTheorem, base: int | None = None) -> tuple[Report, ...]:
        """Return the theorem at these distributions, and what the outcomes say.

        Parameters
        ----------
        theorem : CheckedTheorem
        base : int, optional
            Of the logarithms; default e.

        Returns
        -------
        tuple of Report

        Raises
        ------
        BadInput
            When the theorem is not about two distributions, and there are no outcomes to look at.
        """
        found = []
        try:
            found.append(substituted(theorem, self.p, self.q, self.digits, base))
        except Outside as error:
            if self.outcomes is None:
                found.append(divergence(self.p, self.q, self.digits, base, str(error)))
        except BadInput:
            # The sequence can be looked at even where the theorem does not speak of these distributions.
            if self.outcomes is None:
                raise
        if self.outcomes is not None:
            found.append(report(self.outcomes, self.p, self.q, self.digits, base, self.seed, self.estimated))
        return tuple(found)


def numbers(
    p: object = None,
    q: object = None,
    outcomes: str | bytes | Path | Iterable[object] | None = None,
    simulated: int | None = None,
    seed: int = 1,
    digits: int = 15,
    column: str | None = None,
) -> Numbers:
    """Return the numbers that a user gives, read and made to fit each other.

    Parameters
    ----------
    p, q : object
        Distributions, as :func:`kl_symbolic.samples.reading.given` reads them. Without *p* the relative frequencies of
        the outcomes are taken.
    outcomes : str, bytes, Path or iterable, optional
        What was observed: text such as ``HHT``, a file, or the outcomes one by one.
    simulated : int, optional
        How many outcomes of *p* to simulate.
    seed : int
        Of the simulation.
    digits : int
        Significant digits of values.
    column : str, optional
        The name or number of the column of the text that holds the outcomes.

    Returns
    -------
    Numbers

    Raises
    ------
    BadInput
        When something is missing, cannot be read, or does not fit.
    OSError
        When the file cannot be read.

    Examples
    --------
    >>> numbers(q="1/2", outcomes="HHT").p
    {'H': Fraction(2, 3), 'T': Fraction(1, 3)}
    """
    if outcomes is not None and simulated is not None:
        raise BadInput("expected outcomes, or a number of them to simulate, got both")
    if column is not None and outcomes is None:
        raise BadInput("a column is one of the outcomes, and there are none")
    if q is None:
        raise BadInput("expected Q, the distribution to compare with" + (", beside P" if p is not None else ""))
    second = given(q, "Q")
    source = read_file(outcomes) if isinstance(outcomes, Path) else outcomes
    if p is None:
        if source is None:
            raise BadInput("expected P, or outcomes from which it can be estimated")
        sequence = read_outcomes(source, None, second, column)
        return Numbers(sequence.frequencies(), second, sequence, None, True, digits)
    first, second = aligned(given(p, "P"), second)
    if source is not None:
        return Numbers(first, second, read_outcomes(source, first, second, column), None, False, digits)
    if simulated is not None:
        return Numbers(first, second, simulate(first, simulated, seed), seed, False, digits)
    return Numbers(first, second, None, None, False, digits)


def read_file(path: Path) -> bytes:
    """Return what a file of outcomes holds.

    Parameters
    ----------
    path : Path

    Raises
    ------
    BadInput
        When it is too long.
    OSError
        When it cannot be read.
    """
    with path.open("rb") as file:
        data = file.read(LONGEST_FILE + 1)
    return bounded(data, str(path))


def bounded(data: bytes, name: str) -> bytes:
    """Return what was read of a file; refuse it when it is too long.

    Parameters
    ----------
    data : bytes
        At most one byte more than is allowed.
    name : str
        Of the file.
    """
    if len(data) > LONGEST_FILE:
        raise BadInput(f"{name} has more than {LONGEST_FILE} bytes")
    return data
