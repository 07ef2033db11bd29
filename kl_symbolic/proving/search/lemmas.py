"""The shipped theorems as patterns: which instance of one has a given form.

Statements are read from the certificates without replaying them, for here they only guide the search; a lemma that is
cited is replayed by the kernel, like any other.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import final

from ...kernel.normal_form import integer_exponent
from ...kernel.syntax import Scope, decode, read_scope
from ...kernel.terms import DOMAINS, NAT, RELATIONS, Node, abstract, bound, instantiate, lam, substitute, unwrap
from ...language.rewriting import match, plain
from ...library import certificate_text, names

__all__ = ["Lemma", "Values", "anchors", "every_anchors", "fits_every_goal", "lemma", "matches", "shipped", "subterms"]

Values = dict[str, "Node | str"]
_ATOMS = ("log", "exp", "abs", "xlogy", "def", "sum", "prod", "delta", "card")
_COMMUTE = ("+", "*", "=", "<=>")
_NOWHERE = Node("idx", "?")
MAX_ANCHORS = 3
"""At most so many terms of a claim tell together of which instance of a theorem they are part."""


@final
@dataclass(frozen=True, slots=True)
class Lemma:
    """A shipped theorem: its name, its names, Γ and φ, and the terms by which its instances are found.

    Parameters
    ----------
    name : str
    scope : Scope
        The declared names.
    hypotheses : tuple of Node
        Γ.
    conclusion : Node
    anchors : tuple of Node
    """

    name: str
    scope: Scope
    hypotheses: tuple[Node, ...]
    conclusion: Node
    anchors: tuple[Node, ...]


def fits_every_goal(conclusion: Node) -> bool:
    """Whether a statement compares names only, so that any goal of its form is an instance of it.

    Parameters
    ----------
    conclusion : Node

    Examples
    --------
    >>> from kl_symbolic.language.parser import declare, parse
    >>> scope = declare({"a": "number", "b": "number"})
    >>> [fits_every_goal(parse(s, "statement", scope)) for s in ("a <= b", "log(a) = log(b)")]
    [True, False]
    """
    if conclusion.op in RELATIONS:
        return all(a.op == "sym" for a in conclusion.args)
    parts = (unwrap(a) for a in conclusion.args)
    return conclusion.op in ("all", "=>", "<=>") and all(map(fits_every_goal, parts))


CITED = (
    "artanh_lower_3", "artanh_upper_3", "artanh_lower_12", "artanh_upper_12", "log_lt", "exp_lt", "mix_pos", "sum_pos",
    "mean_pos", "card_pos_of_sum",
)  # fmt: skip
"""Theorems that the search of bounds and signs cites where they are needed; matching them would only take time."""


@cache
def shipped() -> tuple[Lemma, ...]:
    """Return the shipped theorems that a goal can be matched with, the shortest first."""
    found = [lemma(name) for name in names() if name not in CITED]
    # Where hypotheses have further names, facts must match them; nothing else says for which goals this is meant.
    telling = (
        x for x in found if not fits_every_goal(x.conclusion) or any(h.names - x.conclusion.names for h in x.hypotheses)
    )
    return tuple(sorted(telling, key=lambda x: (len(x.hypotheses), x.conclusion.size, x.name)))


@cache
def lemma(name: str) -> Lemma:
    """Return a shipped theorem as a pattern.

    Parameters
    ----------
    name : str
    """
    data = json.loads(certificate_text(name))
    declared = read_scope(data["names"])
    gamma = tuple(decode(h, "statement", declared) for h in data["hypotheses"])
    conclusion = decode(data["conclusion"], "statement", declared)
    used = conclusion.names.union(*(h.names for h in gamma))
    used = used.union(*((*over, values) for n, (over, values) in declared.items() if n in used))
    scope = {n: s for n, s in declared.items() if n in used}
    return Lemma(name, scope, gamma, conclusion, anchors(conclusion, scope))


def subterms(node: Node) -> Iterator[Node]:
    """Yield the closed atoms in a statement, outermost first, none below a binder that would leave it open.

    Parameters
    ----------
    node : Node
    """
    if _is_atom(node):
        yield node
    for a in node.args:
        yield from subterms(a)


def _is_atom(node: Node) -> bool:
    return not node.loose and (node.op in _ATOMS or (node.op == "^" and integer_exponent(node) is None))


def anchors(conclusion: Node, scope: Scope) -> tuple[Node, ...]:
    """Return atoms of a comparison that together mention every name, as few as a greedy choice finds.

    Parameters
    ----------
    conclusion : Node
    scope : Scope
        The declared names.
    """
    if conclusion.op not in RELATIONS:
        return ()
    outer = [a for side in conclusion.args for a in _outermost(side)]
    missing, chosen = set(scope), []
    for atom in sorted(dict.fromkeys(outer), key=lambda a: (-len(a.names), -a.size)):
        if missing & atom.names:
            chosen.append(atom)
            missing -= atom.names
    return () if missing else tuple(chosen)


def every_anchors(conclusion: Node, scope: Scope) -> Iterator[tuple[Node, ...]]:
    """Yield the sets of atoms of a comparison that together mention every name, where none of them can be left out.

    Parameters
    ----------
    conclusion : Node
    scope : Scope
        The declared names.
    """
    outer = list(dict.fromkeys(a for side in conclusion.args for a in _outermost(side)))
    found: list[tuple[Node, ...]] = []
    for size in range(min(len(outer), MAX_ANCHORS) + 1):
        for chosen in combinations(outer, size):
            tells = set(scope) <= frozenset[str]().union(*(a.names for a in chosen))
            if tells and not any({*other} <= {*chosen} for other in found):
                found.append(chosen)
    yield from found or [()]


def _outermost(node: Node) -> Iterator[Node]:
    if _is_atom(node):
        yield node
        return
    for a in node.args:
        yield from _outermost(a)


def matches(pattern: Node, node: Node, scope: Scope, found: Mapping[str, Node | str] | None = None) -> Iterator[Values]:
    """Yield what the names of *scope* must become so that *pattern* becomes *node*, up to a + b = b + a and the like.

    A name under binders, such as p[i] in Σ_i, becomes an abstraction over its bound indices.

    Parameters
    ----------
    pattern : Node
    node : Node
    scope : Scope
        The declared names.
    found : mapping of str to Node or str, optional

    Examples
    --------
    >>> from kl_symbolic.language.parser import declare, parse
    >>> from kl_symbolic.language.printer import text
    >>> scope = declare({"X": "set", "f": "X -> number"})
    >>> here = declare({"T": "set", "p": "T -> number"})
    >>> pattern = parse("sum(i in X: f[i])", "number", scope)
    >>> (values,) = matches(pattern, parse("sum(t in T: p[t]^2)", "number", here), scope)
    >>> values["X"], text(values["f"])
    ('T', 't in T: p[t]^2')
    """
    for values, later in _match(pattern, node, (), dict(found or {}), (), scope):
        for complete in _later(list(later), values, scope):
            if all(substitute(p, complete) == n for p, n, _ in later):
                yield complete


Later = tuple[tuple[Node, Node, tuple[str, ...]], ...]


def _later(rest: list[tuple[Node, Node, tuple[str, ...]]], found: Values, scope: Scope) -> Iterator[Values]:
    """Match names whose arguments are not bound variables, such as p[x(t)]: the others are known by now."""
    if not rest:
        yield found
        return
    ready = next((k for k, (pattern, _, _) in enumerate(rest) if pattern.data in found), 0)
    pattern, node, stack = rest.pop(ready)
    if pattern.data not in found:
        points = [substitute(a, found) for a in pattern.args]
        if all(p.op == "idx" and not p.args and scope.get(p.data) != ((), "set") for p in points):
            # f[j] for a known j: f becomes the term in its place, as a function of j.
            over = [str(found.get(s, s)) for s in scope[pattern.data][0]]
            body = node
            for point, index_set in zip(reversed(points), reversed(over), strict=True):
                body = lam((index_set,), abstract(body, point.data))
            yield from _later(rest, {**found, pattern.data: body}, scope)
        return
    value = found[pattern.data]
    indices = _arguments(value, node, len(pattern.args)) if isinstance(value, Node) else None
    if indices is None:
        yield from _later(rest, found, scope)
        return
    for values, later in _all(list(zip(pattern.args, indices, strict=True)), stack, found, (), scope):
        yield from _later([*rest, *later], values, scope)


def _arguments(function: Node, node: Node, count: int) -> tuple[Node, ...] | None:
    """Return the arguments at which an abstraction is a term; those of a name may have bound variables."""
    name = plain(function)
    return node.args if name and name == node.data else match(unwrap(function), node, count)


def _match(
    pattern: Node, node: Node, stack: tuple[str, ...], found: Values, later: Later, scope: Scope
) -> Iterator[tuple[Values, Later]]:
    """Match below the binders *stack*; *later* holds what can be compared only when all names are known."""
    op, data = pattern.op, pattern.data
    if op in ("sym", "idx") and data in scope:
        yield from _variable(pattern, node, stack, found, later)
        return
    if op == "dom" and data in scope:
        # Only intervals stand for a name of the sort interval; the kernel refuses any other.
        if node.op in ("dom", *DOMAINS) and not node.loose and found.get(data, node) == node:
            yield {**found, data: node}, later
        return
    if op != node.op or len(pattern.args) != len(node.args):
        return
    pairs: list[tuple[str, str]] = []
    if op in ("lam", "card", "delta"):
        pairs = [(data, node.data)]
    elif op == "def" and data[0] == node.data[0]:
        pairs = list(zip(data[1], node.data[1], strict=True))
    elif data != node.data:
        return
    values = _sets(pairs, found, scope)
    if values is None:
        return
    inner = (*stack, node.data) if op == "lam" else stack
    orders = [node.args]
    if op in _COMMUTE and node.args[0] != node.args[1]:
        orders.append(node.args[::-1])
    for args in orders:
        yield from _all(list(zip(pattern.args, args, strict=True)), inner, values, later, scope)


def _all(
    pairs: list[tuple[Node, Node]], stack: tuple[str, ...], found: Values, later: Later, scope: Scope
) -> Iterator[tuple[Values, Later]]:
    if not pairs:
        yield found, later
        return
    (pattern, node), *rest = pairs
    for values, more in _match(pattern, node, stack, found, later, scope):
        yield from _all(rest, stack, values, more, scope)


def _sets(pairs: Sequence[tuple[str, str]], found: Values, scope: Scope) -> Values | None:
    values = dict(found)
    for mine, theirs in pairs:
        if mine in scope and theirs != NAT:
            if values.setdefault(mine, theirs) != theirs:
                return None
        elif mine != theirs:
            return None
    return values


def _variable(
    pattern: Node, node: Node, stack: tuple[str, ...], found: Values, later: Later
) -> Iterator[tuple[Values, Later]]:
    if (pattern.op == "sym") != node.is_number:
        return
    places = [a.data for a in pattern.args if a.op in ("bound", "#")]
    if len(set(places)) != len(pattern.args):
        yield found, (*later, (pattern, node, stack))
        return
    # The bound indices that are arguments become those of an abstraction; any other one must not occur.
    inside = [_NOWHERE] * len(stack)
    for position, place in enumerate(reversed(places)):
        inside[len(stack) - 1 - place] = bound(position, stack[len(stack) - 1 - place])
    body = instantiate(node, inside)
    if _NOWHERE.data in body.points:
        return
    value = lam([stack[len(stack) - 1 - place] for place in places], body)
    if found.get(pattern.data, value) == value:
        yield {**found, pattern.data: value}, later
