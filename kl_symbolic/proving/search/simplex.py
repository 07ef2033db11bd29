"""Exact search for multipliers: Σ λₖ·columnₖ = goal with λₖ ≥ 0 for inequalities, in rational numbers.

This is Farkas' lemma read as a program. Equalities may have any multiplier, so they are eliminated first; the rest is
the first phase of the simplex method. Nothing here is trusted: the kernel adds the combination up again.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, final

__all__ = ["Column", "combine"]

SPARSE_PIVOTS, MAX_PIVOTS, MAX_UPDATES = 110, 180, 40_000
"""After so many exchanges Bland's rule, which cannot cycle, chooses; after so many the search gives up, unless they
were cheap: a chain of inequalities needs one for each of its links, and each changes a few coefficients only."""

_ZERO, _ONE = Fraction(0), Fraction(1)
Row = dict[int, Fraction]


@final
@dataclass(frozen=True, slots=True)
class Column:
    """A column of the linear program: what one fact contributes to each monomial, and its possible multipliers.

    Parameters
    ----------
    values : mapping
        Coefficients by monomial; none is 0.
    free : bool
        Whether the multiplier may be negative: the fact is an equality.
    strict : bool
        Whether the contribution is more than 0, and not only at least 0.
    """

    values: Mapping[Any, Fraction]
    free: bool = False
    strict: bool = False


def combine(
    columns: Sequence[Column], goal: Mapping[Any, Fraction], strict: bool = False
) -> dict[int, Fraction] | None:
    """Return multipliers other than 0 of columns that add up to *goal*, or None when none are found.

    Parameters
    ----------
    columns : sequence of Column
    goal : mapping
        Coefficients by monomial.
    strict : bool
        Whether some strict column must have a multiplier other than 0.

    Examples
    --------
    From 0 < y − x and 0 ≤ z − y follows 0 < z − x:

    >>> first = Column({"x": Fraction(-1), "y": Fraction(1)}, strict=True)
    >>> second = Column({"y": Fraction(-1), "z": Fraction(1)})
    >>> combine([first, second], {"x": Fraction(-1), "z": Fraction(1)}, strict=True)
    {0: Fraction(1, 1), 1: Fraction(1, 1)}
    >>> combine([second], {"z": Fraction(1)}) is None
    True
    """
    useful = _useful(columns, goal)
    if useful is None:
        return None
    rows = _rows(columns, useful, goal)
    order, rest = _eliminate(rows, [k for k in useful if columns[k].free])
    if any(set(row) == {_GOAL} for row in rest):
        return None
    bounded = [k for k in useful if not columns[k].free]
    wanted = [k for k in bounded if columns[k].strict] if strict else []
    if strict and not wanted:
        return None
    found = _Tableau(rest).solve(bounded, wanted, strict)
    if found is None:
        return None
    # The rows of the equalities give their multipliers, the last eliminated one first.
    for k, row in reversed(order):
        others = (v * found.get(j, _ZERO) for j, v in row.items() if j not in (k, _GOAL))
        found[k] = row.get(_GOAL, _ZERO) - sum(others, _ZERO)
    return {k: found[k] for k in sorted(found) if found[k]}


_GOAL = -1
"""Where a row keeps the coefficient of the goal."""


def _useful(columns: Sequence[Column], goal: Mapping[Any, Fraction]) -> list[int] | None:
    """Return the columns that can have a multiplier at all; None when a monomial of the goal cannot be reached."""
    at: dict[Hashable, dict[int, None]] = {m: {} for m in goal}
    for k, column in enumerate(columns):
        for monomial in column.values:
            at.setdefault(monomial, {})[k] = None
    todo, dead = [*at], set[int]()
    while todo:
        monomial = todo.pop()
        users = at[monomial]
        signs = {columns[k].values[monomial] > 0 for k in users if not columns[k].free}
        free = sum(columns[k].free for k in users)
        if monomial in goal:
            if not users or (signs == {goal[monomial] < 0} and not free):
                return None
        elif len(users) == 1 or (len(signs) == 1 and not free):
            for k in [*users]:
                dead.add(k)
                for other in columns[k].values:
                    del at[other][k]
                    todo.append(other)
    return [k for k in range(len(columns)) if k not in dead]


def _rows(columns: Sequence[Column], useful: list[int], goal: Mapping[Any, Fraction]) -> list[Row]:
    rows: dict[Hashable, Row] = {m: {_GOAL: v} for m, v in goal.items() if v}
    for k in useful:
        for monomial, value in columns[k].values.items():
            rows.setdefault(monomial, {})[k] = value
    return list(rows.values())


def _subtract(row: Row, other: Row, factor: Fraction) -> None:
    for k, value in other.items():
        left = row.get(k, _ZERO) - factor * value
        if left:
            row[k] = left
        else:
            row.pop(k, None)


def _eliminate(rows: list[Row], free: list[int]) -> tuple[list[tuple[int, Row]], list[Row]]:
    """Solve for the free multipliers; return each with the row that determines it, and the rows without them."""
    rest = [dict(row) for row in rows]
    order: list[tuple[int, Row]] = []
    for k in free:
        pivot = min((r for r in rest if k in r), key=len, default=None)
        if pivot is None:
            continue
        rest = [r for r in rest if r is not pivot]
        scale = pivot[k]
        solved = {j: v / scale for j, v in pivot.items()}
        for row in rest:
            if k in row:
                _subtract(row, solved, row[k])
        order.append((k, solved))
    return order, [row for row in rest if row]


@final
class _Tableau:
    """Rows Σ aₖ·λₖ = b with b ≥ 0, each with a basic variable; artificial ones have numbers below −1."""

    def __init__(self, rows: list[Row]) -> None:
        self.rows: list[Row] = []
        self.basis: list[int] = []
        for number, row in enumerate(rows):
            sign = -_ONE if row.get(_GOAL, _ZERO) < 0 else _ONE
            self.rows.append({k: sign * v for k, v in row.items()})
            self.basis.append(-2 - number)
        self.pivots = self.updates = 0

    def solve(self, bounded: list[int], wanted: list[int], strict: bool) -> dict[int, Fraction] | None:
        """Return λ ≥ 0, with Σ λ over *wanted* other than 0 if *strict*, or None."""
        cost: Row = {}
        for row in self.rows:
            _subtract(cost, row, _ONE)
        if not self._minimize(cost, lambda: not cost.get(_GOAL)) or cost.get(_GOAL):
            return None
        self._drop_artificial()
        if not strict or self._total(wanted):
            return self._values()
        cost = dict.fromkeys(wanted, -_ONE)
        for k, row in zip(self.basis, self.rows, strict=True):
            if k in cost:
                _subtract(cost, row, cost[k])
        if self._minimize(cost, lambda: self._total(wanted) > 0) and self._total(wanted):
            return self._values()
        ray = self._ray(cost)
        return ray if ray is not None and any(ray.get(k) for k in wanted) else None

    def _minimize(self, cost: Row, done: Callable[[], object]) -> bool:
        """Exchange until the cost cannot fall or *done*; False when it is unbounded, or too many exchanges are made."""
        while not done():
            falling = sorted(k for k, v in cost.items() if k >= 0 and v < 0)
            if not falling:
                return True
            entering = self._sparsest(falling) if self.pivots < SPARSE_PIVOTS else falling[0]
            upward = [(r, row) for r, row in enumerate(self.rows) if row.get(entering, _ZERO) > 0]
            ratios = [(row.get(_GOAL, _ZERO) / row[entering], self.basis[r], r) for r, row in upward]
            self.pivots += 1
            if not ratios or (self.pivots > MAX_PIVOTS and self.updates > MAX_UPDATES):
                return False
            self._exchange(min(ratios)[2], entering, cost)
        return True

    def _sparsest(self, candidates: list[int]) -> int:
        """Return the variable that stands in the fewest rows: its exchange changes the least."""
        count = dict.fromkeys(candidates, 0)
        for row in self.rows:
            for k in row:
                if k in count:
                    count[k] += 1
        return min(candidates, key=lambda k: (count[k], k))

    def _exchange(self, r: int, entering: int, cost: Row) -> None:
        scale = self.rows[r][entering]
        solved = {k: v / scale for k, v in self.rows[r].items()}
        self.rows[r] = solved
        self.basis[r] = entering
        for other in (*(row for k, row in enumerate(self.rows) if k != r), cost):
            if entering in other:
                self.updates += len(solved)
                _subtract(other, solved, other[entering])

    def _drop_artificial(self) -> None:
        """Exchange artificial variables, which are 0 now, for others; a row without others says nothing."""
        for r in range(len(self.rows)):
            entering = min((k for k in self.rows[r] if k >= 0), default=None)
            if self.basis[r] < _GOAL and entering is not None:
                self._exchange(r, entering, {})
        kept = [(k, row) for k, row in zip(self.basis, self.rows, strict=True) if k >= 0]
        self.basis, self.rows = [k for k, _ in kept], [row for _, row in kept]

    def _values(self) -> dict[int, Fraction]:
        return {k: row.get(_GOAL, _ZERO) for k, row in zip(self.basis, self.rows, strict=True)}

    def _total(self, wanted: list[int]) -> Fraction:
        values = self._values()
        return sum((values.get(k, _ZERO) for k in wanted), _ZERO)

    def _ray(self, cost: Row) -> dict[int, Fraction] | None:
        """Return the solution one unit along a column that can grow without end."""
        for entering in sorted(k for k, v in cost.items() if k >= 0 and v < 0):
            if all(row.get(entering, _ZERO) <= 0 for row in self.rows):
                moved = [row.get(_GOAL, _ZERO) - row.get(entering, _ZERO) for row in self.rows]
                return {**dict(zip(self.basis, moved, strict=True)), entering: _ONE}
        return None
