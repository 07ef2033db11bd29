"""Certificates written by hand, line by line, in the statement language."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from kl_symbolic.kernel import CheckedTheorem, Line, Refused, check
from kl_symbolic.kernel.certificate import MAX_WORK, _step
from kl_symbolic.kernel.normal_form import Budget
from kl_symbolic.kernel.rules import HOLE
from kl_symbolic.kernel.syntax import SPACES, Scope, encode
from kl_symbolic.kernel.table import SCHEMES
from kl_symbolic.kernel.terms import NAT, Node, abstract, unwrap
from kl_symbolic.language.parser import declare, parse
from kl_symbolic.language.printer import explain, statement, text

from .claim import Row, complete


class Draft:
    """Lines of a proof, with their terms given as text.

    A free index or number is bound by naming it: ``inst({"f": ("i", "p[i]*2")}, …)`` means f := λ i. p_i·2, for i
    declared. A domain is written as in ``x in (0, oo)``.
    """

    def __init__(self, lemmas: Mapping[str, CheckedTheorem] | None = None, /, **names: str) -> None:
        self.lemmas = dict(lemmas or {})
        self.names = names
        self.scope = declare(names)
        self.rows: list[Row] = []

    def add(self, rule: str, args: list[Any], *premises: int) -> int:
        """Append a line as it stands."""
        self.rows.append([rule, args, list(premises)])
        return len(self.rows) - 1

    def statement(self, source: str) -> Any:
        """Return a statement as JSON."""
        return encode(parse(source, "statement", self.scope))

    def number(self, source: str) -> Any:
        """Return a number term as JSON."""
        return encode(parse(source, "number", self.scope))

    def template(self, source: str, sort: str, *sets: str) -> Any:
        """Return a template as JSON; the hole is written ``hole``, or ``hole[i]``."""
        scope = {**self.scope, "hole": (sets, "number")}
        return _renamed(encode(parse(source, sort, scope)))

    def assume(self, source: str) -> int:
        """``φ ⊢ φ``."""
        return self.add("assume", [self.statement(source)])

    def goal(self, rule: str, source: str, *premises: int) -> int:
        """Append a line of ``pos`` or ``field``, or of another rule whose one argument is a statement."""
        return self.add(rule, [self.statement(source)], *premises)

    def order(self, source: str, entries: list[tuple[Any, str, list[int]]], *premises: int) -> int:
        """Append a line of ``order``; an entry is (multiplier, term, positions of premises)."""
        shown = [[factor, self.number(term), positions] for factor, term, positions in entries]
        return self.add("order", [self.statement(source), shown], *premises)

    def values(self, by: Mapping[str, Any], scope: Scope) -> dict[str, Any]:
        """Return an object of replacements as JSON: text, or (free index, …, text) for an abstraction over it."""
        return {n: self._value(v, scope.get(n, ((), ""))[1]) for n, v in sorted(by.items())}

    def _value(self, value: Any, wanted: str) -> Any:
        if wanted in SPACES and wanted != "set":
            return encode(parse(value, "domain", self.scope))
        *points, body = value if isinstance(value, tuple) else (value,)
        if self.scope.get(body, ((), ""))[1] == "set":
            return body
        found = self.scope.get(body.split("(")[0], ((), "number"))[1]
        sort = "number" if found == NAT != wanted else found
        node = parse(body, sort, self.scope)
        for point in reversed(points):
            node = Node("lam", NAT, (abstract(node, point),))
        return encode(unwrap(node))

    def scheme(self, rule: str, by: Mapping[str, Any], *premises: int) -> int:
        """Append a line of a scheme."""
        return self.add(rule, [self.values(by, SCHEMES[rule][1])], *premises)

    def inst(self, by: Mapping[str, Any], *premises: int) -> int:
        """``Γ ⊢ φ  ⟹  Γσ ⊢ φσ``."""
        return self.add("inst", [self.values(by, self.scope)], *premises)

    def cite(self, name: str, by: Mapping[str, Any], *premises: int) -> int:
        """Append a citation."""
        return self.add("cite", [name, self.values(by, self.lemmas[name].scope)], *premises)

    def unfold(self, symbol: str, by: Mapping[str, Any]) -> int:
        """Append the definition of a symbol."""
        return self.add("unfold", [symbol, self.values(by, {})])

    def text(self, name: str = "draft", last: int | None = None) -> str:
        """Return the certificate of what line *last* shows."""
        return complete(name, self.names, self.rows, self.lemmas, last)

    def check(self, name: str = "draft", last: int | None = None) -> CheckedTheorem:
        """Return the theorem of what line *last* shows."""
        return check(self.text(name, last), self.lemmas)


def _renamed(value: Any) -> Any:
    if isinstance(value, list):
        return [HOLE if k == 0 and v == "hole" else _renamed(v) for k, v in enumerate(value)]
    return value


def shown(draft: Draft) -> str:
    """Return what the last line of a draft shows, as text, after its certificate was checked."""
    return statement(draft.check())


def conclusion(draft: Draft) -> str:
    """Return what the last line of a draft concludes, without checking a certificate of it."""
    return text(_last(draft).sequent.conclusion)


def refusal(draft: Draft) -> str:
    """Return why the last line of a draft is refused, as a user reads it.

    Raises
    ------
    AssertionError
        When that line is accepted, or an earlier one is refused: then the draft tests something else than it says.
    """
    before = copy.copy(draft)
    before.rows = draft.rows[:-1]
    if before.rows:
        _last(before)
    try:
        found = _last(draft)
    except Refused as refused:
        return explain(refused)
    raise AssertionError(f"accepted: {text(found.sequent.conclusion)}")


def _last(draft: Draft) -> Line:
    lines: list[Line] = []
    budget = Budget(MAX_WORK)
    for row in draft.rows:
        lines.append(_step(row, lines, draft.scope, draft.lemmas, budget))
    return lines[-1]
