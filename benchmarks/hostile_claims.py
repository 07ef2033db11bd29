"""Claims and certificates that are made to cost time or memory: what ``prove`` and ``verify`` spend at most.

Each kind is a function from sizes to a question, and the sizes of the most expensive ones are made worse, as in
:mod:`.hostile`. The last size of a claim says whether it is true, or wrong by one. A question is answered in a fresh
process. An answer that is a Python error, or that does not come, is reported as such.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from kl_symbolic.kernel.certificate import dump

from . import hostile
from .hostile import MEGABYTES, Cost, Kind, Sizes
from .timing import process

_LONGEST = 200_000
"""Characters of a claim; a longer one is refused by its length."""

_PATIENCE = 60
"""Seconds of the processor after which a question counts as one without an answer."""


class Question(NamedTuple):
    """A claim for ``prove``, with its hypotheses and declarations."""

    claim: str
    given: list[str]
    names: dict[str, str] | None


def _x(k: int) -> str:
    return f"x{k}"


def _joined(operator: str, parts: list[str], brackets: bool = False) -> str:
    return f"({operator.join(parts)})" if brackets else operator.join(parts)


def _sum(count: int, first: int = 0) -> str:
    return _joined(" + ", [_x(first + k) for k in range(count)], True)


def _off(term: str, wrong: int) -> str:
    """Return a term, or what is larger by one."""
    return term if wrong == 1 else f"{term} + 1"


def powers(terms: int, exponent: int, wrong: int) -> Question:
    """(x₀ + x₁ + …)ⁿ, forwards and backwards."""
    back = _joined(" + ", [_x(k) for k in reversed(range(terms))], True)
    return Question(f"{_sum(terms)}^{exponent} = {_off(f'{back}^{exponent}', wrong)}", [], None)


def towers(base: int, height: int, wrong: int) -> Question:
    """Numerals to the power of numerals, and logarithms of them."""
    tower = str(base)
    for _ in range(height):
        tower = f"({tower})^{base}"
    return Question(f"log({tower}) <= {_off(f'{base}^{height}*log({base})', wrong)}", [], None)


def numerals(digits: int, terms: int, wrong: int) -> Question:
    """Products and quotients of long numerals."""
    product = _joined("*", ["9" * digits] * terms)
    return Question(f"{product}*x0 = {_off(f'x0*{product}', wrong)}", [], None)


def fractions(terms: int, width: int, wrong: int) -> Question:
    """1/(x₀ + … + 1) + 1/(x₁ + …) + …, forwards and backwards."""
    parts = [f"1/({_joined(' + ', [_x((k + j) % terms) for j in range(width)])} + 1)" for k in range(terms)]
    given = [f"0 <= {_x(k)}" for k in range(terms)]
    return Question(f"{_joined(' + ', parts)} = {_off(_joined(' + ', parts[::-1]), wrong)}", given, None)


def logarithms(factors: int, exponent: int, wrong: int) -> Question:
    """The logarithm of a product of powers."""
    product = _joined("*", [f"{_x(k)}^{exponent}" for k in range(factors)])
    logs = _joined(" + ", [f"{exponent}*log({_x(k)})" for k in range(factors)])
    return Question(f"log({product}) = {_off(logs, wrong)}", [f"0 < {_x(k)}" for k in range(factors)], None)


def nested(depth: int, width: int, wrong: int) -> Question:
    """log(exp(… + x)), where each level holds the one below several times."""
    term = "x0"
    for k in range(depth):
        inside = _joined(" + ", [term] * (width if k < 5 else 1))
        term = f"{('exp', 'abs')[k % 2]}({inside})" if k % 3 else f"log(exp({inside}))"
    return Question(f"{term} <= {_off(term, wrong)}", [], None)


def brackets(depth: int, kind: int, wrong: int) -> Question:
    """Text that nests."""
    opened, closed = (("(", ")"), ("log(", ")"), ("-(", ")"), ("1/(", ")"))[kind % 4]
    return Question(f"{opened * depth}x0{closed * depth} = {_off('x0', wrong)}", [], None)


def long_text(count: int, kind: int, wrong: int) -> Question:
    """One operator many times."""
    chain = _joined((" + ", "*", " - ", "/", " <= ")[kind % 5], ["x0"] * count)
    return Question(f"{chain} <= {_off('x0', wrong)}", ["0 < x0"], None)


def chains(count: int, spread: int, wrong: int) -> Question:
    """x₀ ≤ x₁, x₁ ≤ x₂, …; and what is asked is far along."""
    given = [f"{_x(k)} <= {_x(k + 1 + k % spread)}" for k in range(count)]
    return Question(f"{_x(0)} <= {_off(_x(count), wrong)}", given, None)


def equations(unknowns: int, count: int, wrong: int) -> Question:
    """A linear system with many solutions, and a consequence of it."""
    rows = [[f"{(3 * k + 5 * j) % 7 + 1}*{_x(j)}" for j in range(unknowns)] for k in range(count)]
    given = [f"{_joined(' + ', row)} <= {k}" for k, row in enumerate(rows)]
    total = _joined(" + ", [_x(j) for j in range(unknowns)])
    return Question(f"{total} <= {_off(str(count), wrong)}", given, None)


def squares(terms: int, exponent: int, wrong: int) -> Question:
    """A sum of squares of differences is not negative."""
    parts = [f"({_x(k)} - {_x(k + 1)})^{2 * exponent}" for k in range(terms)]
    return Question(f"0 <= {_joined(' + ', parts)}{' - 1' if wrong > 1 else ''}", [], None)


def bound_sums(depth: int, width: int, wrong: int) -> Question:
    """Sums inside sums, forwards and backwards."""
    letters = [f"i{k}" for k in range(depth)]
    body = _joined("*", [f"p[{letters[k % depth]}]" for k in range(width)])
    back = _joined("*", [f"p[{letters[k % depth]}]" for k in reversed(range(width))])
    for letter in letters:
        body, back = f"sum({letter} in X: {body})", f"sum({letter} in X: {back})"
    return Question(f"{body} = {_off(back, wrong)}", [], {"X": "set", "p": "X -> number"})


def quantifiers(depth: int, width: int, wrong: int) -> Question:
    """∀ inside ∀, over sets and over all numbers."""
    letters = [f"i{k}" for k in range(depth)]
    body = _joined(" + ", [f"p[{letters[k % depth]}]^2" for k in range(width)])
    claim = f"0 <= {body}{' - 1' if wrong > 1 else ''}"
    for letter in letters:
        claim = f"forall {letter} in X: {claim}"
    return Question(claim, [], {"X": "set", "p": "X -> number"})


def joints(sets: int, depth: int, wrong: int) -> Question:
    """Mutual informations, each of them inside the joint distribution of the next one."""
    over = ", ".join(["X"] * 2)
    entry = "r[i, j]"
    for _ in range(depth):
        entry = f"mutual_info(a in X: b in X: r[a, b]*{entry})"
    parts = _joined(" + ", [f"mutual_info(i in X: j in X: {entry})"] * sets)
    given = ["forall i in X: forall j in X: 0 <= r[i, j]"]
    return Question(f"0 <= {parts}{' - 1' if wrong > 1 else ''}", given, {"X": "set", "r": f"{over} -> number"})


def divergences(terms: int, families: int, wrong: int) -> Question:
    """Sums of divergences of several distributions."""
    names = {"X": "set", **{f"p{k}": "X -> number" for k in range(families)}}
    given = [f"forall i in X: 0 < p{k}[i]" for k in range(families)]
    given += [f"sum(i in X: p{k}[i]) = 1" for k in range(families)]
    parts = [f"kl(p{k % families}, p{(k + 1) % families})" for k in range(terms)]
    return Question(f"0 <= {_joined(' + ', parts)}{' - 1' if wrong > 1 else ''}", given, names)


def many_names(count: int, indices: int, wrong: int) -> Question:
    """Many families with many indices."""
    names = {"X": "set", "i": "X", **{f"f{k}": ", ".join(["X"] * indices) + " -> number" for k in range(count)}}
    entries = [f"f{k}[{', '.join(['i'] * indices)}]" for k in range(count)]
    return Question(f"{_joined(' + ', entries)} = {_off(_joined(' + ', entries[::-1]), wrong)}", [], names)


def roots(terms: int, degree: int, wrong: int) -> Question:
    """Powers with fractions as exponents, of numbers that are not squares."""
    parts = [f"{k + 2}^(1/{degree + k})" for k in range(terms)]
    return Question(f"{_joined('*', parts)} = {_off(_joined('*', parts[::-1]), wrong)}", [], None)


def integrals(degree: int, terms: int, wrong: int) -> Question:
    """∫ of a polynomial by an exponential function, on a half-line and on an interval."""
    inside = _joined(" + ", [f"x^{degree + k}*exp(-{k + 1}*x)" for k in range(terms)])
    return Question(f"int(x in (0, oo): {inside}) = {_off('u', wrong)}", [f"int(x in (0, oo): {inside}) = u"], None)


def integrals_of_integrands(depth: int, kind: int, wrong: int) -> Question:
    """An integrand that oscillates, peaks or has poles."""
    inside = ("x^{0}*(1 - x)^{0}", "exp(-(10^{0}*x - 1)^2)", "abs(x - 1/3)^(-1 + 1/{0})", "log(x)^{0}")[kind % 4]
    return Question(f"int(x in (0, 1): {inside.format(depth)}) = {_off('1/7', wrong)}", [], None)


def derivatives(depth: int, kind: int, wrong: int) -> Question:
    """A derivative that is much longer than its function."""
    term = "x"
    for k in range(depth):
        term = (f"({term})*(x + {k})", f"({term})/(x + {k + 1})", f"exp(({term})*x)")[kind % 3]
    return Question(f"deriv(x: {term}, a) = {_off('0', wrong)}", ["0 < a"], None)


def limits(terms: int, degree: int, wrong: int) -> Question:
    """Limits of rational functions of n."""
    above = _joined(" + ", [f"{k + 1}*n^{degree}" for k in range(terms)])
    return Question(f"lim(n: ({above})/(n^{degree} + 1)) -> {_off(str(terms * (terms + 1) // 2), wrong)}", [], None)


CLAIMS: dict[str, Kind] = {
    "powers": Kind(powers, (40, 1000, 2)),
    "towers": Kind(towers, (30, 30, 2)),
    "numerals": Kind(numerals, (1100, 100, 2)),
    "fractions": Kind(fractions, (100, 20, 2)),
    "logarithms": Kind(logarithms, (150, 500, 2)),
    "nested functions": Kind(nested, (60, 8, 2)),
    "brackets": Kind(brackets, (100_000, 4, 2)),
    "long text": Kind(long_text, (40_000, 5, 2)),
    "chains": Kind(chains, (300, 20, 2)),
    "equations": Kind(equations, (60, 150, 2)),
    "squares": Kind(squares, (60, 60, 2)),
    "sums in sums": Kind(bound_sums, (60, 200, 2)),
    "quantifiers": Kind(quantifiers, (60, 60, 2)),
    "informations in informations": Kind(joints, (10, 5, 2)),
    "divergences": Kind(divergences, (30, 15, 2)),
    "many names": Kind(many_names, (245, 8, 2)),
    "roots": Kind(roots, (60, 500, 2)),
    "integrals": Kind(integrals, (300, 30, 2)),
    "integrands": Kind(integrals_of_integrands, (1000, 4, 2)),
    "derivatives": Kind(derivatives, (60, 3, 2)),
    "limits": Kind(limits, (60, 60, 2)),
}
"""The kinds of claims, by name."""

_PROVE = """\
import json, resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE))
import kl_symbolic as kl
try:
    found = kl.prove(**json.load(sys.stdin))
    print(type(found).__name__, str(found)[:300])
except kl.KLError as error:
    print(type(error).__name__, str(error)[:300])
memory = [row.split()[1] for row in Path("/proc/self/status").read_text().splitlines() if row.startswith("VmHWM")]
print("MEMORY", *memory)
"""

_VERIFY = """\
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE))
from kl_symbolic import KLError
from kl_symbolic.kernel import check
from kl_symbolic.numerics.verification import verify
try:
    theorem = check(sys.stdin.read())
except KLError as refusal:
    print("refused", str(refusal)[:300])
else:
    evidence = verify(theorem)
    print(evidence.verdict.value, evidence.reason[:300])
memory = [row.split()[1] for row in Path("/proc/self/status").read_text().splitlines() if row.startswith("VmHWM")]
print("MEMORY", *memory)
"""


def _answered(program: str, question: str, sizes: Sizes) -> Cost:
    run = process(["-c", program.replace("PATIENCE", str(_PATIENCE))], given=question)
    answer, ended, memory = run.output.rpartition("MEMORY ")
    if run.status or not ended:  # a Python error, or the process was ended
        last = run.output.rstrip().rpartition("\n")[2]
        return Cost(max(run.processor, _PATIENCE), MEGABYTES, f"NO ANSWER, status {run.status}: {last}", sizes)
    return Cost(run.processor, int(memory.split()[0]) / 1024, " ".join(answer.split()), sizes)


def proved(asked: Question, sizes: Sizes) -> Cost | None:
    """Return what ``prove`` spends on a claim, and what it says; None where the claim is too long."""
    if len(asked.claim) + sum(map(len, asked.given)) > _LONGEST:
        return None
    return _answered(_PROVE, json.dumps(asked._asdict()), sizes)


def verified(made: dict[str, Any], sizes: Sizes) -> Cost | None:
    """Return what ``verify`` spends on a certificate, checking it included; None where it is too long."""
    text = dump(made)
    return _answered(_VERIFY, text, sizes) if len(text) <= hostile.LONGEST else None


def report(seconds: float = 600, seed: int = 1) -> Iterator[str]:
    """Yield the rows of the report; two thirds of the time are for ``prove``."""
    yield f"claims made to be expensive, prove at effort 1, {seconds * 2 / 3:.0f} s of search, seed {seed}"
    yield from hostile.rows(hostile.search(seconds * 2 / 3, seed, CLAIMS, proved))
    yield f"certificates made to be expensive, verify at effort 1, {seconds / 3:.0f} s of search, seed {seed}"
    yield from hostile.rows(hostile.search(seconds / 3, seed, hostile.KINDS, verified))
