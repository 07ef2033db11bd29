"""Well-formed random edits of the lines of a correct proof."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from kl_symbolic.kernel.definitions import DEFINITIONS
from kl_symbolic.kernel.syntax import Scope
from kl_symbolic.kernel.table import RULES, SCHEMES

from .catalogue import leaves
from .claim import Row

_NUMBER_HEADS = {"+", "-", "*", "/", "^", "neg", "log", "exp", "abs", "xlogy", "sum", "prod", "delta", "card", "nat"}
_NUMBER_HEADS |= {"Gamma", "digamma", "pi", "#"}
_DOMAIN_HEADS = {"open", "above", "below", "reals", "nats"}
_STATEMENT_HEADS = {"=", "<=", "<", "!=", "->", "=>", "<=>", "all", "in", "int", "deriv"}
_DOMAINS: tuple[Any, ...] = (["reals"], ["nats"], ["open", 0, 1], ["open", 1, 0], ["above", 0], ["below", 0])
_LITERALS: tuple[Any, ...] = (0, 1, -1, 2, "1/2", "-1/3")


@dataclass
class Work:
    """Rows under the knife, and the numbers of those that differ from the original."""

    rows: list[Row]
    scope: Scope
    rng: random.Random
    touched: set[int] = field(default_factory=set)
    numbers: list[Any] = field(default_factory=list)
    statements: list[Any] = field(default_factory=list)
    domains: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        for _, args, _ in self.rows:
            self._collect(args)

    def _collect(self, value: Any) -> None:
        kind = sort_of(value, self.scope)
        if kind:
            {"number": self.numbers, "domain": self.domains, "statement": self.statements}[kind].append(value)
        for inside in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            self._collect(inside)

    def pick(self) -> int:
        """Return a row, more often a late one."""
        return max(self.rng.randrange(len(self.rows)) for _ in range(self.rng.choice((1, 1, 2))))

    def same_sort(self, value: Any) -> Any:
        """Return another JSON term of the sort of *value*, or a literal, or another operand position's leaf."""
        kind = sort_of(value, self.scope)
        if kind == "statement" and self.statements:
            return copy.deepcopy(self.rng.choice(self.statements))
        if kind == "domain":
            return copy.deepcopy(self.rng.choice((*self.domains, *_DOMAINS)))
        if kind == "number":
            return copy.deepcopy(self.rng.choice((*self.numbers, *_LITERALS)))
        if isinstance(value, str) and value in self.scope:
            sort = self.scope[value]
            return self.rng.choice([n for n, s in self.scope.items() if s == sort])
        if isinstance(value, int):
            return self.rng.choice((0, 1, 2, value + 1, value - 1, -value, "1/2"))
        return self.rng.choice(_LITERALS)


def sort_of(value: Any, scope: Scope) -> str:
    """Return the sort of a JSON term that is a list with an operator, or the empty string."""
    head = value[0] if isinstance(value, list) and value and isinstance(value[0], str) else ""
    if head in _NUMBER_HEADS or head in DEFINITIONS or (head in scope and scope[head][1] == "number"):
        return "number"
    if head in _DOMAIN_HEADS or (head in scope and scope[head][1] in ("domain", "interval")):
        return "domain"
    return "statement" if head in _STATEMENT_HEADS else ""


def swap_premises(work: Work) -> int | None:
    """Exchange two premises of a line."""
    k = work.pick()
    premises = work.rows[k][2]
    if len(premises) < 2:
        return None
    a, b = work.rng.sample(range(len(premises)), 2)
    premises[a], premises[b] = premises[b], premises[a]
    return k


def other_premise(work: Work) -> int | None:
    """Let a line use another earlier line."""
    k = work.pick()
    if not k or not work.rows[k][2]:
        return None
    work.rows[k][2][work.rng.randrange(len(work.rows[k][2]))] = work.rng.randrange(k)
    return k


def fewer_or_more_premises(work: Work) -> int | None:
    """Drop a premise of a line, or add one."""
    k = work.pick()
    premises = work.rows[k][2]
    if premises and work.rng.random() < 0.5:
        premises.pop(work.rng.randrange(len(premises)))
    elif k:
        premises.insert(work.rng.randrange(len(premises) + 1), work.rng.randrange(k))
    return k


def replace_term(work: Work) -> int | None:
    """Replace a term in the arguments of a line by another one of its sort."""
    k = work.pick()
    places = [(p, v) for p, v in _terms(work.rows[k][1]) if sort_of(v, work.scope)]
    if not places:
        return None
    path, value = work.rng.choice(places)
    _put(work.rows[k][1], path, work.same_sort(value))
    return k


def replace_everywhere(work: Work) -> int | None:
    """Replace a term in the arguments of all lines by one and the same other term."""
    if not work.numbers:
        return None
    old = work.rng.choice(work.numbers)
    new = work.same_sort(old)
    found = None
    for k, (_, args, _) in enumerate(work.rows):
        for path, value in list(_terms(args)):
            if value == old and path:
                _put(args, path, copy.deepcopy(new))
                found = k
                work.touched.add(k)
                break
    return found


def replace_leaf(work: Work) -> int | None:
    """Replace a leaf in the arguments of a line: a literal, a bound variable, an index, a set, an operator."""
    k = work.pick()
    places = [(p, v) for p, v in leaves(work.rows[k][1]) if p and p[-1] is not None]
    if not places:
        return None
    path, value = work.rng.choice(places)
    if isinstance(value, str) and value in _NUMBER_HEADS:
        new: Any = work.rng.choice(sorted(_NUMBER_HEADS))
    elif isinstance(value, str) and value in _STATEMENT_HEADS:
        new = work.rng.choice(sorted(_STATEMENT_HEADS))
    elif isinstance(value, str) and value in _DOMAIN_HEADS:
        new = work.rng.choice(sorted(_DOMAIN_HEADS))
    else:
        new = work.same_sort(value)
    _put(work.rows[k][1], path, new)
    return k


def change_rule(work: Work) -> int | None:
    """Let a line name another rule of the same shape."""
    k = work.pick()
    rule = work.rows[k][0]
    if rule in SCHEMES:
        names = SCHEMES[rule][1].keys()
        others = [r for r in SCHEMES if SCHEMES[r][1].keys() == names and r != rule]
    elif rule in RULES:
        others = [r for r in RULES if len(RULES[r][1]) == len(RULES[rule][1]) and r != rule]
    else:
        return None
    if not others:
        return None
    work.rows[k][0] = work.rng.choice(others)
    return k


def drop_line(work: Work) -> int | None:
    """Drop a line; what used it uses another earlier line instead."""
    if len(work.rows) < 3:
        return None
    k = work.rng.randrange(len(work.rows) - 1)
    work.touched = {j - (j > k) for j in work.touched if j != k}
    work.rows.pop(k)
    last = None
    for j in range(k, len(work.rows)):
        premises = work.rows[j][2]
        if k in premises:
            last = j
        work.rows[j][2] = [p - 1 if p > k else work.rng.randrange(j) if p == k and j else p for p in premises]
    return last


def duplicate_line(work: Work) -> int | None:
    """Repeat a line at the end with one term changed."""
    work.rows.append(copy.deepcopy(work.rows[work.pick()]))
    k = len(work.rows) - 1
    places = [(p, v) for p, v in _terms(work.rows[k][1]) if sort_of(v, work.scope)]
    if places:
        path, value = work.rng.choice(places)
        _put(work.rows[k][1], path, work.same_sort(value))
    return k


def reorder(work: Work) -> int | None:
    """Exchange two neighboring lines that do not rest on each other, without renumbering what uses them."""
    if len(work.rows) < 3:
        return None
    k = work.rng.randrange(len(work.rows) - 1)
    if k in work.rows[k + 1][2]:
        return None
    work.rows[k], work.rows[k + 1] = work.rows[k + 1], work.rows[k]
    work.touched.update({k, k + 1})
    return next((j for j in range(len(work.rows) - 1, -1, -1) if {k, k + 1} & set(work.rows[j][2])), k)


EDITS: tuple[Callable[[Work], int | None], ...] = (
    swap_premises, other_premise, fewer_or_more_premises, replace_term, replace_term, replace_everywhere, replace_leaf, replace_leaf,
    change_rule, drop_line, duplicate_line, reorder,
)  # fmt: skip


def _terms(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[tuple[Any, ...], Any]]:
    found = [(path, value)] if path else []
    if isinstance(value, list):
        inside: Any = enumerate(value)
    else:
        inside = value.items() if isinstance(value, dict) else ()
    for step, item in inside:
        found += _terms(item, (*path, step))
    return found


def _put(args: Any, path: tuple[Any, ...], value: Any) -> None:
    for step in path[:-1]:
        args = args[step]
    args[path[-1]] = value
