"""Is left = right? Our decision beside ``sympy.simplify(left - right) == 0``.

Two collections. *Certificate lines*: every identity that the rules ``field`` and ``order`` decide in the shipped
certificates; for ``order`` that is ``right − left = Σ multiplier·premise``. Ours is one application of the rule, from
the JSON of the line and the sequents of its premises. *Logarithms*: a written list; there logarithms must be expanded,
so ours is the tactic ``algebra``, which searches, and then ``check``, which replays what it found: everything that a
user waits for. The replay alone stands beside it.

SymPy starts from the same tree: its symbols, with the assumptions that Γ and the premises give, and its sums and
indicators are there already; the arithmetic, logarithms and exponentials are built, subtracted and simplified, with a
cleared cache. Much is settled while it is built, for SymPy evaluates; such lines are counted apart. Each side gets the
best of three runs; SymPy one run only, where that takes more than a second.

A false line is close to a true one. *Wrong* is a false line that is accepted; *undecided* a true line that is not
shown to be true, whether it was cut or came out as something else.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import sympy
from sympy.core.cache import clear_cache

from kl_symbolic import library
from kl_symbolic.kernel import CheckedTheorem, Refused, check
from kl_symbolic.kernel.normal_form import Budget
from kl_symbolic.kernel.rules import _entry
from kl_symbolic.kernel.statements import Sequent, eq, lt
from kl_symbolic.kernel.syntax import Scope, decode, read_scope
from kl_symbolic.kernel.table import apply_rule
from kl_symbolic.kernel.terms import Node, num
from kl_symbolic.language.parser import declare, parse
from kl_symbolic.proving.builder import Proof
from kl_symbolic.proving.tactics import algebra
from kl_symbolic.sympy_bridge import to_sympy

from .identities import IDENTITIES
from .timing import cut, timed

LIMIT = 60.0
_WORK = 4_000_000
_RUNS = 3


@dataclass
class Item:
    """One question, in both languages."""

    label: str
    true: bool
    left: Node
    right: Node
    build: Callable[[], Any]
    ours: Callable[[], object]
    replay: Callable[[], Callable[[], object]] | None = None


@dataclass
class Outcome:
    """The answers of both sides, and when each came."""

    item: Item
    ours: bool
    our_seconds: float
    sympy: bool
    cut: bool
    sympy_seconds: float
    built: bool
    replay_seconds: float | None = None

    @property
    def ratio(self) -> float:
        """How many times longer SymPy takes."""
        return self.sympy_seconds / self.our_seconds


_ARITHMETIC: dict[str, Callable[..., Any]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "^": lambda a, b: a**b,
    "neg": lambda a: -a,
    "log": sympy.log,
    "exp": sympy.exp,
}


def builder(left: Node, right: Node, scope: Scope, facts: Iterable[Node]) -> Callable[[], Any]:
    """Return what builds left − right in SymPy, from parts that are there already.

    Raises
    ------
    Refused
        When SymPy cannot express it.
    """
    facts = tuple(facts)
    parts: dict[Node, Any] = {}

    def collect(node: Node) -> None:
        if node.op in _ARITHMETIC:
            for inside in node.args:
                collect(inside)
        elif node not in parts:
            parts[node] = to_sympy(node, scope, facts)

    def value(node: Node) -> Any:
        return parts[node] if node in parts else _ARITHMETIC[node.op](*map(value, node.args))

    for side in (left, right):
        collect(side)
        to_sympy(side, scope, facts)
    return lambda: value(left) - value(right)


# --- the lines of the shipped certificates ------------------------------------------------------------------------


def _rows(theorem: CheckedTheorem) -> list[list[Any]]:
    import json

    return list(json.loads(theorem.certificate)["lines"])


def _scope(theorem: CheckedTheorem) -> Scope:
    import json

    return read_scope(json.loads(theorem.certificate)["names"])


def certificate_lines() -> Iterator[Item | str]:
    """Yield each identity once; where SymPy cannot express it, why."""
    seen = set()
    for name in library.names():
        theorem = library.theorem(name)
        scope = _scope(theorem)
        for number, (row, line) in enumerate(zip(_rows(theorem), theorem.lines, strict=True)):
            if line.rule not in ("field", "order"):
                continue
            premises = tuple(theorem.lines[k].sequent for k in line.premises)
            rule, args, _ = row
            for true, args in ((True, args), (False, _falsified(args))):  # noqa: B020
                if args is None:
                    continue
                left, right = _identity(rule, args, premises, scope)
                if (left, right) in seen:
                    continue
                seen.add((left, right))
                try:
                    facts = [*theorem.hypotheses, *(p.conclusion for p in premises)]
                    build = builder(left, right, scope, facts)
                except Refused as refusal:
                    if true:
                        yield f"{name} line {number}: {refusal.reason}"
                    continue
                if not true and not _really_false(build()):
                    continue

                def ours(rule: str = rule, args: Any = args, premises: Any = premises, scope: Scope = scope) -> object:
                    return apply_rule(rule, args, premises, scope, Budget(_WORK))

                yield Item(f"{name} line {number}", true, left, right, build, ours)


def _identity(rule: str, args: list[Any], premises: tuple[Sequent, ...], scope: Scope) -> tuple[Node, Node]:
    goal = decode(args[0], "statement", scope)
    left, right = goal.args
    if rule == "field":
        return left, right
    total: Node | None = None
    for factor, term, positions in args[1]:
        multiplier = decode(factor, "number", scope).data
        value = _entry(multiplier, decode(term, "number", scope), tuple(premises[k].conclusion for k in positions))[1]
        total = value if total is None else total + value
    return right - left, total if total is not None else num(0)


def _falsified(args: list[Any]) -> list[Any] | None:
    """Return the arguments with a sign of the goal's right side changed: the last + or −, or else a minus before it."""
    op, left, right = args[0]
    found = list(_signs(right, ()))
    if found:
        path, old = found[-1]
        new: Any = _at(right, path, {"+": "-", "-": "+"}[old])
    else:
        new = ["neg", right]
    return [[op, left, new], *args[1:]]


def _signs(value: Any, path: tuple[int, ...]) -> Iterator[tuple[tuple[int, ...], str]]:
    if isinstance(value, list):
        for k, inside in enumerate(value):
            if k == 0 and inside in ("+", "-") and len(value) == 3:
                yield (*path, 0), inside
            else:
                yield from _signs(inside, (*path, k))


def _at(value: Any, path: tuple[int, ...], new: Any) -> Any:
    if not path:
        return new
    return [_at(v, path[1:], new) if k == path[0] else v for k, v in enumerate(value)]


def _really_false(difference: Any) -> bool:
    """Whether the difference is clearly not 0 at a random point; sums, limits and the like are left out."""
    if difference.has(sympy.Sum, sympy.Product, sympy.Limit, sympy.KroneckerDelta):
        return False
    rng = random.Random(7)
    values = {
        part: sympy.Rational(rng.randrange(1, 97), 97)
        for part in sorted(difference.atoms(sympy.Indexed, sympy.core.function.AppliedUndef), key=str)
    }
    plain = difference.xreplace(values)
    plain = plain.xreplace({s: sympy.Rational(rng.randrange(1, 89), 89) for s in sorted(plain.free_symbols, key=str)})
    try:
        value = complex(plain.evalf(30))
    except (TypeError, ValueError):
        return False
    return value == value and abs(value) > 1e-9


# --- logarithms ---------------------------------------------------------------------------------------------------


def logarithms() -> Iterator[Item]:
    """Yield the written identities and false lines close to them."""
    names = dict.fromkeys("abcdmnpqrsN", "number")
    scope = declare(names)
    for source, *rights in IDENTITIES:
        for k, shown in enumerate(rights):
            left, right = parse(source, "number", scope), parse(shown, "number", scope)
            free = sorted(left.names | right.names)
            gamma = [lt(0, Node("sym", n)) for n in free]
            build = builder(left, right, scope, gamma)
            if k and not _really_false(build()):
                raise ValueError(f"the false line {source} = {shown} is not false")
            search = _searched(free, gamma, eq(left, right))

            def replay(search: Callable[[], str] = search) -> Callable[[], object]:
                text = search()
                lemmas = _lemmas(text)
                return lambda: check(text, lemmas)

            def ours(search: Callable[[], str] = search) -> object:
                text = search()
                return check(text, _lemmas(text))

            yield Item(f"{source} = {shown}", k == 0, left, right, build, ours, replay)


def _searched(free: list[str], gamma: list[Node], goal: Node) -> Callable[[], str]:
    def search() -> str:
        p = Proof("line", library.theorem)
        p.declare(**dict.fromkeys(free, "number"))
        for hypothesis in gamma:
            p.given(hypothesis)
        return p.certificate(algebra(p, goal))

    return search


def _lemmas(text: str) -> dict[str, CheckedTheorem]:
    return {name: library.theorem(name) for name in library.cited_names(text)}


# --- the comparison -----------------------------------------------------------------------------------------------


def _decided(function: Callable[[], object]) -> bool:
    try:
        function()
    except Refused:
        return False
    return True


def _simplified(item: Item) -> bool:
    return bool(sympy.simplify(item.build()) == 0)


def measure(item: Item) -> Outcome:
    """Ask both sides."""
    ours = _decided(item.ours)
    seconds = min(timed(lambda: _decided(item.ours)) for _ in range(_RUNS))
    best, verdict, was_cut = LIMIT, False, False
    for _ in range(_RUNS):
        clear_cache()
        found, took = cut(lambda: _simplified(item), LIMIT)
        was_cut = found is None
        verdict, best = bool(found), min(best, took)
        if took > 1:
            break
    replay = None
    if ours and item.replay is not None:
        again = item.replay()
        replay = min(timed(again) for _ in range(_RUNS))
    return Outcome(item, ours, seconds, verdict, was_cut, best, item.build() == 0, replay)


def _ratios(title: str, ratios: list[float]) -> str:
    low, high = sorted(ratios)[len(ratios) // 10], sorted(ratios)[-1 - len(ratios) // 10]
    middle = statistics.median(ratios)
    return f"  {title}: median ratio {middle:.1f}x (a tenth below {low:.1f}x, a tenth above {high:.1f}x)"


def _table(title: str, outcomes: list[Outcome]) -> Iterator[str]:
    true, false = [o for o in outcomes if o.item.true], [o for o in outcomes if not o.item.true]
    yield title
    yield f"  {len(true)} true lines, {len(false)} false lines close to them"
    yield _ratios("true lines", [o.ratio for o in true])
    unsettled = [o for o in true if not o.built]
    title = f"the {len(unsettled)} of them that SymPy does not settle while it builds them"
    yield _ratios(title, [o.ratio for o in unsettled])
    if false:
        yield _ratios("false lines close to them", [o.ratio for o in false])
    replays = [o.sympy_seconds / o.replay_seconds for o in true if o.replay_seconds is not None]
    if replays:
        yield _ratios("true lines, replay alone", replays)
    ours, peer = ([o.our_seconds for o in true], [o.sympy_seconds for o in true])
    yield f"  median time: ours {statistics.median(ours) * 1000:.2f} ms, SymPy {statistics.median(peer) * 1000:.1f} ms"
    yield f"  total time: ours {sum(ours):.2f} s, SymPy {sum(peer):.1f} s"
    cuts = sum(o.cut for o in outcomes)
    yield f"  wrong (a false line accepted): ours {sum(o.ours for o in false)}, SymPy {sum(o.sympy for o in false)}"
    undecided = [sum(not o.ours for o in true), sum(not o.sympy for o in true)]
    yield f"  undecided (a true line not shown): ours {undecided[0]}, SymPy {undecided[1]} (cut: {cuts})"
    for label, rows in (
        ("wrong, ours", [o for o in false if o.ours]),
        ("wrong, SymPy", [o for o in false if o.sympy]),
        ("undecided, ours", [o for o in true if not o.ours]),
        ("undecided, SymPy", [o for o in true if not o.sympy]),
    ):
        for outcome in rows[:6]:
            yield f"    {label}: {outcome.item.label}"
        if len(rows) > 6:
            yield f"    {label}: … and {len(rows) - 6} more"


def _measured(items: Iterable[Item], of: int) -> list[Outcome]:
    outcomes = []
    began = time.perf_counter()
    for k, item in enumerate(items, 1):
        outcomes.append(measure(item))
        if k % 20 == 0:
            print(f"    {k}/{of} lines, {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
    return outcomes


def report(every: int = 1) -> Iterator[str]:
    """Yield the rows of the report; with *every* = 3, of each third line only."""
    sympy.simplify(
        sympy.log(sympy.Symbol("w", positive=True) ** 2) + Fraction(1, 3)
    )  # what is imported late, is imported
    found = list(certificate_lines())
    items = [i for i in found if isinstance(i, Item)][::every]
    yield f"equality lines, SymPy {sympy.__version__}"
    outcomes = _measured(items, len(items))
    yield from _table("lines of the shipped certificates: the rules field and order", outcomes)
    yield f"  {sum(isinstance(i, str) for i in found)} more that SymPy cannot express"
    logs = list(logarithms())[::every]
    outcomes = _measured(logs, len(logs))
    yield from _table("identities of logarithms: the tactic algebra and check", outcomes)
