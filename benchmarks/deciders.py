"""Claims about numbers, decided here, by SymPy and by z3: how many each decides, how many rightly, and in what time."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import sympy

from kl_symbolic.kernel.terms import Node
from kl_symbolic.proving.claims import Claim, read_claim
from kl_symbolic.proving.prover import prove, verdict
from kl_symbolic.sympy_bridge import to_sympy

__all__ = ["CLAIMS", "report"]

LIMIT = 10_000
"""Milliseconds that z3 gets for a claim."""

_POSITIVE = ("0 < x", "0 < y", "0 < z")

CLAIMS: tuple[tuple[str, tuple[str, ...], bool], ...] = (
    # polynomials and quotients
    ("2*x*y <= x^2 + y^2", (), True),
    ("x*y + y*z + z*x <= x^2 + y^2 + z^2", (), True),
    ("2 <= x/y + y/x", _POSITIVE[:2], True),
    ("9 <= (x + y + z)*(1/x + 1/y + 1/z)", _POSITIVE, True),
    ("3*x*y*z <= x^3 + y^3 + z^3", _POSITIVE, True),
    ("4*x*y <= (x + y)^2", (), True),
    ("x*(1 - x) <= 1/4", (), True),
    ("x*y <= 1/4", (*_POSITIVE[:2], "x + y = 1"), True),
    ("x*y*z <= 1/27", (*_POSITIVE, "x + y + z = 1"), True),
    ("(x + y)/2 <= x + y", _POSITIVE[:2], True),
    ("0 < x^4 - x + 1", (), True),
    ("x^4 + 1 <= 2*x^2", (), False),
    ("2*x*y < x^2 + y^2", (), False),
    ("x*y <= 1/5", (*_POSITIVE[:2], "x + y = 1"), False),
    ("3 <= x/y + y/x", _POSITIVE[:2], False),
    ("x^3 + y^3 <= x^2*y", _POSITIVE[:2], False),
    # numbers
    ("exp(1) < 3", (), True),
    ("2 < exp(1)", (), True),
    ("693/1000 < log(2)", (), True),
    ("log(8)/log(2) = 3", (), True),
    ("3^(1/2) + 2^(1/2) < 10^(1/2)", (), True),
    ("log(3) < 1", (), False),
    ("exp(2) < 7", (), False),
    # logarithms and exponentials
    ("log(x) <= x - 1", _POSITIVE[:1], True),
    ("1 - 1/x <= log(x)", _POSITIVE[:1], True),
    ("log(x*y) = log(x) + log(y)", _POSITIVE[:2], True),
    ("log(x + y) = log(x) + log(1 + y/x)", _POSITIVE[:2], True),
    ("1 + x <= exp(x)", (), True),
    ("exp(x) <= 1/(1 - x)", ("x < 1",), True),
    ("log(1 + x) <= x", ("0 <= x",), True),
    ("x - x^2/2 <= log(1 + x)", ("0 <= x",), True),
    ("-exp(-1) <= x*log(x)", _POSITIVE[:1], True),
    ("log(x) <= x/exp(1)", _POSITIVE[:1], True),
    ("(x + y)*log((x + y)/2) <= x*log(x) + y*log(y)", _POSITIVE[:2], True),
    ("(log(x) + log(y))/2 <= log((x + y)/2)", _POSITIVE[:2], True),
    ("x*log(x/y) >= x - y", _POSITIVE[:2], True),
    ("exp(x + y) = exp(x)*exp(y)", (), True),
    ("log(x + y) = log(x) + log(y)", _POSITIVE[:2], False),
    ("log(x) <= x/3", _POSITIVE[:1], False),
    ("exp(x) <= 1 + x + x^2/2", (), False),
    ("log(1 + x) <= x - x^2/2", ("0 <= x",), False),
)
"""Claims, hypotheses and truth: what textbooks use of numbers, and neighbors that are false."""


def here(claim: Claim) -> bool | None:
    """Return what ``kl.prove`` decides."""
    answer = prove(claim.statement, claim.hypotheses, claim.names)
    return {"proved": True, "refuted": False}.get(verdict(answer).value)


def by_sympy(claim: Claim) -> bool | None:
    """Return what SymPy's simplification and its assumptions decide."""
    scope = dict.fromkeys(claim.names, ((), "number"))
    positive = {h.args[1].data for h in claim.hypotheses if h.op in ("<", "<=") and h.args[0] == Node("num", 0)}
    left, right = (to_sympy(a, scope) for a in claim.statement.args)
    known = {
        s: sympy.Symbol(s.name, positive=s.name in positive or None, real=True) for s in (left - right).free_symbols
    }
    gap = sympy.simplify((right - left).xreplace(known))
    if claim.statement.op == "=":
        return True if gap == 0 else gap.is_zero
    facts = sympy.And(*(sympy.Q.positive(s) for s in known.values() if s.is_positive)) if positive else True
    found = gap.is_nonnegative if claim.statement.op == "<=" else gap.is_positive
    if found is None:
        asked = sympy.Q.nonnegative if claim.statement.op == "<=" else sympy.Q.positive
        found = sympy.ask(asked(gap), facts)
    return found if found is None else bool(found)


def by_z3(claim: Claim) -> bool | None:
    """Return what z3 decides of polynomials, quotients and absolute values; it has no logarithms."""
    import z3

    names = {name: z3.Real(name) for name in claim.names}
    solver = z3.Solver()
    solver.set("timeout", LIMIT)
    try:
        for hypothesis in claim.hypotheses:
            solver.add(_in_z3(hypothesis, names))
        solver.add(z3.Not(_in_z3(claim.statement, names)))
    except LookupError:
        return None
    found = solver.check()
    return None if found == z3.unknown else bool(found == z3.unsat)


def _in_z3(node: Node, names: dict[str, Any]) -> Any:
    """Return a term or a comparison for z3; a LookupError tells what it has no name for."""
    if node.op == "num":
        return int(node.data.numerator) if node.data.denominator == 1 else _fraction(node)
    if node.op == "sym":
        return names[node.data]
    args = [_in_z3(a, names) for a in node.args]
    operators: dict[str, Callable[..., Any]] = {
        "+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a / b,
        "neg": lambda a: -a, "<=": lambda a, b: a <= b, "<": lambda a, b: a < b, "=": lambda a, b: a == b,
        "!=": lambda a, b: a != b,
    }  # fmt: skip
    if node.op == "^" and node.args[1].op == "num" and node.args[1].data.denominator == 1:
        return args[0] ** args[1]
    return operators[node.op](*args)


def _fraction(node: Node) -> Any:
    import z3

    return z3.Q(node.data.numerator, node.data.denominator)


def report() -> Iterator[str]:
    """Yield what each decides, then the times."""
    deciders: dict[str, Callable[[Claim], bool | None]] = {"here": here, "SymPy": by_sympy, "z3": by_z3}
    counts: dict[str, Counter[str]] = {name: Counter() for name in deciders}
    times: Counter[str] = Counter()
    for source, given, truth in CLAIMS:
        claim = read_claim(source, given, None)
        shown = []
        for name, decide in deciders.items():
            begin = time.process_time()
            try:
                found = decide(claim)
            except ImportError:
                found = None
                shown.append(f"{name} is not installed")
            times[name] += time.process_time() - begin
            kind = "undecided" if found is None else "right" if found == truth else "wrong"
            counts[name][kind] += 1
            shown.append(f"{name} {kind}")
        yield f"{source} ({'true' if truth else 'false'}): {', '.join(shown)}"
    for name, found in counts.items():
        ratio = f"{times[name] / times['here']:.2f} of the time here"
        yield f"{name}: {found['right']} of {len(CLAIMS)} decided rightly, {found['wrong']} wrongly; {ratio}"
