"""Costs: every test that pins time, memory or depth of the stack is here.

A bound is on what is counted – calls, bytes, frames – where that can be counted; seconds are bounds that a busy machine
keeps.
"""

from __future__ import annotations

import re
import sys
import time
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from typing import Any

import pytest
import sympy

from kl_symbolic import library
from kl_symbolic.kernel import Refused, certificate, check
from kl_symbolic.kernel.statements import eq
from kl_symbolic.kernel.syntax import MAX_NESTING, bound_nesting, encode
from kl_symbolic.kernel.terms import MAX_DEPTH, Node, bound, lam, substitute
from kl_symbolic.language.parser import declare, parse
from kl_symbolic.language.printer import explain, text
from kl_symbolic.proving.calc import Draft
from kl_symbolic.sympy_bridge import from_sympy

from .rejects.table import cases
from .support.lanes import sampled

SCOPE = declare({"X": "set", "f": "X -> X", "i": "X", "p": "X -> number", "a": "number", "b": "number"})
A, B = Node("sym", "a"), Node("sym", "b")
FRAMES = 750
"""How deep the stack may grow below a caller: the least limit of a Python is 1000, and callers need some of it."""

# --- hostile certificates ------------------------------------------------------------------------------------------


def calls(run: Callable[[], object]) -> int:
    """Return how many functions are called until the end, which may be a refusal."""
    count = 0

    def note(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        with suppress(Refused):
            run()
    finally:
        sys.setprofile(before)
    return count


@cache
def cost(name: str) -> tuple[int, int]:
    """Return how many functions the refusal of a case calls, and how many bytes it has in use at most."""
    case = cases()[name]()
    made = calls(lambda: case.replay(case.false))
    tracemalloc.start()
    try:
        with suppress(Refused):
            case.replay(case.false)
        return made, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


HOSTILE = tuple(name for name in cases() if name.startswith("hostile."))
UNREAD = ("integer_of_100000_digits", "depth_of_100000", "lists_in_lists", "text_of_a_million_letters")
"""These are turned away before anything of them is understood."""


@pytest.mark.parametrize("name", sampled(HOSTILE, 6))
def test_a_hostile_file_costs_little(name: str) -> None:
    calls_made, bytes_used = cost(name)
    assert calls_made <= 1_000_000
    assert bytes_used <= 40_000_000


@pytest.mark.parametrize("name", UNREAD)
def test_a_file_that_is_too_large_is_not_even_read(name: str) -> None:
    calls_made, bytes_used = cost(f"hostile.{name}")
    assert calls_made <= 200
    assert bytes_used <= 1_000_000


def test_the_costs_are_really_measured() -> None:
    calls_made, bytes_used = cost("hostile.term_of_20001_parts")
    assert calls_made > 100_000
    assert bytes_used > 1_000_000
    assert sys.getprofile() is None
    assert not tracemalloc.is_tracing()


def powers(exponent: int, count: int) -> str:
    """Return a certificate whose first *count* lines expand (a + b + … + h)ⁿ by arithmetic, twice each."""
    names = "abcdefgh"
    total: object = ["a"]
    for name in names[1:]:
        total = ["+", total, [name]]
    forms: list[object] = [["^", total, exponent]]
    for _ in range(count):
        forms.append(["*", 1, forms[-1]])
    rows: list[object] = [["field", [["=", forms[k], forms[k + 1]]], []] for k in range(count)]
    rows += [["trans", [], [0 if k == 1 else count + k - 2, k]] for k in range(1, count)]
    head = {"format": certificate.FORMAT, "name": "powers", "names": dict.fromkeys(names, "number"), "hypotheses": []}
    return certificate.dump({**head, "conclusion": ["=", forms[0], forms[-1]], "uses": {}, "lines": rows, "story": []})


def spent(text: str, allowance: int, monkeypatch: pytest.MonkeyPatch) -> tuple[str, int]:
    """Return how a certificate ends when it may cause so much work, and how many functions it calls until then."""
    monkeypatch.setattr(certificate, "MAX_WORK", allowance)
    try:
        check(text)
        end = "accepted"
    except Refused as refusal:
        end = explain(refusal)
    return end, calls(lambda: check(text))


@pytest.mark.slow
def test_the_work_of_a_line_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The kernel does no more work for a line than it allows, for any line."""
    much = "line 0 rule field: the certificate needs more work than the kernel allows"
    assert spent(powers(3, 1), 40_000, monkeypatch)[0] == "accepted"
    once, twice = (spent(powers(200, 1), allowance, monkeypatch) for allowance in (40_000, 80_000))
    assert once[0] == twice[0] == much
    assert once[1] <= 40 * 40_000
    assert twice[1] <= 2 * once[1] + 10_000


def test_the_lines_of_a_certificate_share_their_allowance(monkeypatch: pytest.MonkeyPatch) -> None:
    enough = next(w for w in (2**k for k in range(10, 22)) if spent(powers(3, 1), w, monkeypatch)[0] == "accepted")
    line = "line [123] rule field: the certificate needs more work than the kernel allows"
    assert re.fullmatch(line, spent(powers(3, 4), 2 * enough, monkeypatch)[0])
    assert spent(powers(3, 4), 8 * enough, monkeypatch)[0] == "accepted"


@pytest.mark.slow
def test_a_large_instance_is_refused_before_much_of_it_is_built() -> None:
    # A comb of 100 levels with 7 values of h at each; every one of the 700 becomes a tree of 16 383 parts.
    point = Node("idx", "i")
    comb = tree = point
    for _ in range(100):
        comb = Node("idx", "g", (*[Node("idx", "h", (point,))] * 7, comb))
    tree = bound(0)
    for _ in range(13):
        tree = Node("idx", "s", (tree, tree))
    tracemalloc.start()
    try:
        with pytest.raises(Refused, match="a term is too large"):
            substitute(Node("sym", "f", (comb,)), {"h": lam(("X",), tree)})
        assert tracemalloc.get_traced_memory()[1] < 40_000_000
    finally:
        tracemalloc.stop()


# --- depth -----------------------------------------------------------------------------------------------------------


def frames(run: Callable[[], object]) -> int:
    """Return by how many frames the stack grows."""
    most, here = 0, sys._getframe()

    def note(frame: Any, event: str, argument: object) -> None:
        nonlocal most
        if event == "call":
            depth = 0
            while frame is not None and frame is not here:
                depth, frame = depth + 1, frame.f_back
            most = max(most, depth)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        run()
    finally:
        sys.setprofile(before)
    return most


DEEPER: dict[str, Callable[[Node], Node]] = {
    "neg": lambda x: -x,
    "log": lambda x: Node("log", None, (x,)),
    "+": lambda x: A + x,
    "/": lambda x: A / x,
    "^": lambda x: x**B,
    "xlogy": lambda x: Node("xlogy", None, (A, x)),
    "sum": lambda x: Node("sum", None, (lam(("X",), x),)),
    "exp of neg": lambda x: Node("exp", None, (-(A - x),)),
    "index function": lambda x: Node("idx", "f", (x,)),
}


def tower(grow: str) -> Node:
    """Return a number that is as deep as it can be with a step below an equation between two of them."""
    term = Node("idx", "i") if grow == "index function" else A
    levels = DEEPER[grow](term).depth - term.depth
    for _ in range((MAX_DEPTH - 3) // levels):
        term = DEEPER[grow](term)
    return Node("sym", "p", (term,)) if grow == "index function" else term


def of_equation(term: Node) -> str:
    """Return a certificate that shows t = t by arithmetic."""
    goal = encode(eq(term, term))
    names = {name: " -> ".join(filter(None, (", ".join(over), to))) for name, (over, to) in sorted(SCOPE.items())}
    used = {n: s for n, s in names.items() if n in term.names or (n == "X" and "p" in term.names)}
    return certificate.dump(
        {
            "format": certificate.FORMAT, "name": "deep", "names": used, "hypotheses": [], "conclusion": goal,
            "uses": {}, "lines": [["field", [goal], []]], "story": [],
        }
    )  # fmt: skip


@pytest.mark.parametrize("grow", sampled(DEEPER, 3))
def test_the_deepest_terms_are_read_within_the_stack_of_every_python(grow: str) -> None:
    term = tower(grow)
    assert parse(text(term), "number", SCOPE) == term
    assert frames(lambda: parse(text(term), "number", SCOPE)) <= FRAMES
    if grow != "/":  # a divisor would have to be shown to be non-zero
        assert check(of_equation(term)).conclusion == eq(term, term)
        assert frames(lambda: check(of_equation(term))) <= FRAMES


@pytest.mark.parametrize(
    ("opening", "closing", "levels"),
    [("(", ")", 1), ("-", "", 1), ("log(", ")", 1), ("rel_entr(a, ", ")", 2), ("sum(j in X: ", ")", 2)],
)
def test_text_may_nest_so_deep_and_no_deeper(opening: str, closing: str, levels: int) -> None:
    def nested(count: int) -> Callable[[], Node]:
        return lambda: parse(opening * count + "a" + closing * count, "number", SCOPE)

    with pytest.raises(Refused, match="the text is nested too deeply") as refusal:
        nested(MAX_DEPTH // levels + 1)()
    assert refusal.value.parts["allowed"] == MAX_DEPTH
    with suppress(Refused):  # the term may be one level too deep, which is said in other words
        nested(MAX_DEPTH // levels)()
    assert nested((MAX_DEPTH - 1) // levels)()


def test_json_may_nest_so_deep_and_no_deeper() -> None:
    for opening, closing in (("[", "]"), ('{"a":', "}"), ('["[[",', "]")):
        bound_nesting(opening * MAX_NESTING + "0" + closing * MAX_NESTING)
        with pytest.raises(Refused, match="nested too deeply"):
            bound_nesting(opening * (MAX_NESTING + 1))
    bound_nesting('"' + "[" * 1000 + '\\"' + "[" * 1000)  # in a string, which a quotation mark does not end
    with pytest.raises(Refused, match="nested too deeply"):
        bound_nesting('"\\\\"' + "[" * 1000)


@pytest.mark.parametrize("text", ['"' * 1_000_000, '"\\"' * 330_000, '"' + '\\"' * 499_999, "[]" * 500_000])
def test_counting_brackets_takes_linear_time(text: str) -> None:
    start = time.process_time()
    bound_nesting(text)
    assert time.process_time() - start < 2


def test_a_sympy_expression_may_be_so_deep_and_no_deeper() -> None:
    e = sympy.Symbol("z", real=True)
    for _ in range(MAX_DEPTH - 1):
        e = sympy.exp(e, evaluate=False)
    assert from_sympy(e).depth == MAX_DEPTH
    for _ in range(2):
        e = sympy.exp(e, evaluate=False)
        with pytest.raises(Refused, match="the expression is nested too deeply"):
            from_sympy(e)


# --- text, terms and advice -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "source",
    [
        "(" * 90_000,
        "-" * 90_000,
        "log(" * 20_000,
        "((a=b)=>" * 10_000,
        "forall j in X: " * 6_000,
        "a+" * 45_000 + "a",
        "a*" * 45_000 + "a",
    ],
)
def test_hostile_text_is_refused_in_little_time(source: str) -> None:
    start = time.process_time()
    with pytest.raises(Refused, match=r"too deeply|too large"):
        parse(source, "statement", SCOPE)
    assert time.process_time() - start < 2
    with pytest.raises(Refused, match="the text has 100001 characters; at most 100000 are read"):
        parse(" " * 100_001, "number", SCOPE)
    assert parse("(" * 50 + "a" + ")" * 50, "number", SCOPE) == Node("sym", "a")


def test_advice_is_quick() -> None:
    d = Draft("wrong", library.theorem)
    d.declare(p="X -> number", q="X -> number", X="set")
    d.start("sum(i in X: p[i]*q[i])")
    start = time.perf_counter()
    with pytest.raises(Refused) as refusal:
        d.eq("sum(i in X: p[i])")
    assert "counterexample: " in explain(refusal.value)
    # A bound that a busy machine keeps: advice is meant to take well below a second.
    assert time.perf_counter() - start < 5
