"""Integrals and derivatives for Coq: what a statement about them says there, and proofs with each kind of step."""

from __future__ import annotations

import random
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kl_symbolic.kernel import CheckedTheorem
from kl_symbolic.kernel.syntax import encode
from kl_symbolic.kernel.terms import NAT, REAL, Node, abstract, bound, lam, num
from kl_symbolic.language.parser import declare, parse
from kl_symbolic.rocq.batches import compile_together
from kl_symbolic.rocq.export import export, ground, on_integrals
from kl_symbolic.rocq.files import Exported, exports
from kl_symbolic.rocq.lines import SANDWICH, needed
from kl_symbolic.rocq.reading import NotTheSame, Unreadable, compare, read_statement, statement_of
from kl_symbolic.rocq.running import ASSUMPTIONS, FORBIDDEN, GROUND, INTEGRALS, Outcome, assumptions, rests_on
from kl_symbolic.rocq.terms import MODEL, RocqNames, measured

from ..harness.draft import Draft
from ..support.lanes import sampled
from ..support.rocq import coq


def one_line(text: str) -> str:
    return " ".join(text.split())


def said(theorem: CheckedTheorem) -> str:
    """Return the statement that Coq gets."""
    return one_line(statement_of(export(theorem, {}), theorem.name))


def function(d: Draft, x: str, source: str) -> Any:
    """Return λ x of a number term, for a declared number x, as a value of a scheme."""
    return encode(abstract(parse(source, "number", d.scope), x))


def on(d: Draft, x: str, domain: str, line: int) -> int:
    """Append ``forall x in D``, for a line that may assume x ∈ D."""
    inside = d.add("disch", [d.statement(f"{x} in {domain}")], line)
    return d.add("gen", [x], inside)


def domain(d: Draft, source: str) -> Any:
    return encode(parse(source, "domain", d.scope))


NAMES = {"f": "number -> number", "g": "number -> number", "u": "number", "x": "number", "n": "Nat"}


def congruence(where: str, **names: str) -> Draft:
    """∀x∈D f(x) = g(x), ∫f = u ⊢ ∫g = u: f is both bounds of g, for each n."""
    d = Draft(**NAMES, **names)
    equal = d.assume(f"forall x in {where}: f(x) = g(x)")
    integral = d.assume(f"int(x in {where}: f(x)) = u")
    at_x = d.add("mp", [], d.add("spec", [["x"]], equal), d.assume(f"x in {where}"))
    bounds = []
    for source, factor in (("f(x) <= g(x)", 1), ("g(x) <= f(x)", -1)):
        bounds.append(d.add("gen", ["n"], on(d, "x", where, d.order(source, [(factor, "1", [0])], at_x))))
    limit, always = d.scheme("limit_const", {"a": "u"}), d.add("gen", ["n"], integral)
    values: dict[str, Any] = {"D": domain(d, where), "a": ["u"], "b": ["u"], "v": ["u"]}
    values |= {name: function(d, "x", source) for name, source in (("f", "g(x)"), ("h", "f(x)"), ("l", "f(x)"))}
    d.add("int_squeeze", [dict(sorted(values.items()))], *bounds, always, always, limit, limit)
    return d


def slopes() -> Draft:
    """The derivative on (0, oo) by every row of the table, of a declared function, and of a sum."""
    d = Draft(x="number", b="number", X="set", p="X, number -> number", q="X -> number", F="number -> number")
    positive = d.scheme("above_low", {"a": "0", "c": "x"}, d.assume("x in (0, oo)"))
    given = d.assume("deriv(y: F(y), x) = b")
    total = d.add(
        "deriv_sum",
        [{"X": "X", "a": ["x"], "f": ["p", 1, ["#", 0]], "s": ["q", 0]}],
        d.assume("forall i in X: deriv(y: p(i, y), x) = q[i]"),
    )
    square = d.goal("pos", "x^2 != 0", positive)
    g = "x^3*exp(-x) - log(x)/x^2 + x^b - (x^(1/2) - x^(-2)) + F(x)*b + sum(i in X: p(i, x))"
    d.add("differentiate", ["x", d.number(g)], positive, square, given, total)
    return d


def chain() -> Draft:
    """The derivative of f(t) where f has one on a domain, and t is in it."""
    d = Draft(D="domain", f="number -> number", g="number -> number", t="number -> number", a="number", s="number")
    inside = d.add(
        "mp",
        [],
        d.add("spec", [d.number("t(a)")], d.assume("forall x in D: deriv(y: f(y), x) = g(x)")),
        d.assume("t(a) in D"),
    )
    values = {"a": ["a"], "f": ["f", ["#", 0]], "g": ["t", ["#", 0]], "s": ["s"], "t": d.number("g(t(a))")}
    d.add("deriv_chain", [values], d.assume("deriv(x: t(x), a) = s"), inside)
    return d


def gamma_nonneg() -> Draft:
    """0 < a ⊢ 0 ≤ Gamma(a): the proof is about (0, oo), the theorem is not."""
    d = Draft(a="number", x="number")
    positive = d.scheme("above_low", {"a": "0", "c": "x"}, d.assume("x in (0, oo)"))
    power = d.scheme("rpow_def", {"a": "x", "b": "a - 1"}, positive)
    factor = d.add(
        "rewrite",
        [d.template("0 < hole", "statement")],
        d.add("symm", [], power),
        d.scheme("exp_pos", {"a": "(a - 1)*log(x)"}),
    )
    other = d.scheme("exp_pos", {"a": "-x"})
    integrand = "x^(a - 1)*exp(-x)"
    below = on(d, "x", "(0, oo)", d.goal("pos", f"0 <= {integrand}", factor, other))
    values = {
        "D": domain(d, "(0, oo)"), "f": 0, "g": function(d, "x", integrand), "u": 0, "v": d.number("Gamma(a)")
    }  # fmt: skip
    null = d.add("int_null", [{"D": domain(d, "(0, oo)")}])
    d.add("int_mono", [values], below, null, d.scheme("gamma_int", {"a": "a"}, d.assume("0 < a")))
    return d


def lost(kind: str) -> Draft:
    """A domain or an interval that the proof mentions on its way, and the theorem does not."""
    d = Draft(D=kind, x="number")
    null = d.add("int_null", [{"D": ["D"]}])
    zero = d.goal("weaken", "x in D", d.order("0 <= 0", []))
    d.add("int_mono", [{"D": ["D"], "f": 0, "g": 0, "u": 0, "v": 0}], on(d, "x", "D", zero), null, null)
    return d


def instance() -> Draft:
    """A line about an interval, at an interval of which the ends are named."""
    d = Draft(D="interval", a="number", b="number", c="number")
    null = d.add("int_null", [{"D": ["D"]}])
    d.add("inst", [{"D": ["open", ["a"], d.number("b + c")]}], null)
    return d


def rising() -> Draft:
    """The slope of a power whose exponent is a symbol, and of a function with a given derivative."""
    d = Draft(b="number", v="number", x="number", f="number -> number")
    positive = d.order("0 < x", [(1, "1", [0]), (1, "1", [1])], d.assume("1 <= x"), d.goal("pos", "0 < 1"))
    kept = d.goal("weaken", "x <= v", positive)
    given = d.add(
        "mp",
        [],
        d.add("spec", [["x"]], d.assume("forall x in reals: deriv(y: f(y), x) = 0")),
        d.scheme("in_reals", {"c": "x"}),
    )
    power = d.scheme("rpow_def", {"a": "x", "b": "b - 1"}, kept)
    shown = d.add(
        "rewrite",
        [d.template("0 < hole", "statement")],
        d.add("symm", [], power),
        d.scheme("exp_pos", {"a": "(b - 1)*log(x)"}),
    )
    slope = d.goal("pos", "0 <= b*x^(b - 1)*1 + 0", d.assume("0 < b"), shown)
    d.add("mono_of_deriv", ["x", d.number("x^b + f(x)"), 1, ["v"]], slope, d.assume("1 <= v"), kept, given)
    return d


def half() -> Draft:
    d = Draft()
    d.add("gamma_half", [{}])
    return d


DRAFTS: dict[str, Callable[[], Draft]] = {
    "congruence": lambda: congruence("D", D="domain"),
    "congruence_on_interval": lambda: congruence("D", D="interval"),
    "congruence_on_reals": lambda: congruence("reals"),
    "congruence_on_nats": lambda: congruence("nats"),
    "slopes": slopes,
    "chain": chain,
    "gamma_nonneg": gamma_nonneg,
    "lost_domain": lambda: lost("domain"),
    "lost_interval": lambda: lost("interval"),
    "instance": instance,
    "rising": rising,
    "half": half,
}
"""Proofs with each kind of step that the schemes alone do not show."""


SCOPE = declare(
    {
        "X": "set", "D": "domain", "E": "interval", "a": "number", "f": "number -> number", "i": "X",
        "h": "X, number -> number", "l": "Nat, number, number -> number", "n": "Nat",
    }
)  # fmt: skip
"""Names of each kind that a statement about integrals may have."""


class Statements:
    """Draws statements about integrals, domains and derivatives; *stack* has the sorts of the bound variables."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    def number(self, depth: int, stack: tuple[str, ...]) -> Node:
        numbers = [bound(k, REAL) for k, over in enumerate(reversed(stack)) if over == REAL]
        leaves = [Node("sym", "a"), Node("pi"), num(2), *numbers, *numbers]
        if depth <= 0:
            return self.rng.choice(leaves)
        one, two = (self.number(depth - 1, stack) for _ in range(2))
        over = self.number(depth - 1, (*stack, "X"))
        return self.rng.choice([
            *leaves, Node("sym", "f", (one,)), Node("sym", "h", (self.index("X", "i", stack), one)),
            Node("sym", "l", (self.index(NAT, "n", stack), one, two)), Node("Gamma", None, (one,)),
            Node("digamma", None, (one,)), one * two, Node("sum", None, (lam(("X",), over),)),
            Node("nat", None, (self.index(NAT, "n", stack),)),
        ])  # fmt: skip

    def index(self, over: str, free: str, stack: tuple[str, ...]) -> Node:
        found = [bound(k) for k, s in enumerate(reversed(stack)) if s == over]
        return self.rng.choice([Node("idx", free), *found])

    def domain(self, depth: int, stack: tuple[str, ...]) -> Node:
        ends = [self.number(depth - 1, stack) for _ in range(2)]
        shapes = {"open": 2, "above": 1, "below": 1, "reals": 0, "nats": 0}
        return self.rng.choice(
            [Node("dom", "D"), Node("dom", "E"), *(Node(s, None, tuple(ends[:k])) for s, k in shapes.items())]
        )

    def statement(self, depth: int, stack: tuple[str, ...]) -> Node:
        rng = self.rng
        one, two = (self.number(depth - 1, stack) for _ in range(2))
        body = lam((REAL,), self.number(depth - 1, (*stack, REAL)))
        domain = self.domain(depth - 1, stack)
        kind = rng.choice(("int", "in", "deriv", "=", "->", *(("all", "all", "=>") if depth > 0 else ())))
        if kind == "all":
            over = rng.choice((REAL, REAL, NAT, "X"))
            return Node("all", None, (lam((over,), self.statement(depth - 1, (*stack, over))),))
        if kind == "=>":
            return Node("=>", None, (self.statement(depth - 1, stack), self.statement(depth - 1, stack)))
        sequence = lam((NAT,), self.number(depth - 1, (*stack, NAT)))
        args = {"int": (domain, body, one), "in": (one, domain), "deriv": (body, one, two), "=": (one, two)}
        return Node(kind, None, args.get(kind, (sequence, one)))


# --- statements ------------------------------------------------------------------------------------------------------


def test_a_theorem_about_any_domain_is_one_about_the_record() -> None:
    about = "forall (D : domain R) (f : R -> R) (g : R -> R) (u : R),"
    shown = f"{about} (forall x : R, ((mem D x) -> ((f x) = (g x)))) -> (int D (fun x : R => (f x)) u) -> (int D (fun x : R => (g x)) u)"
    assert said(DRAFTS["congruence"]().check()) == shown


def test_a_theorem_about_intervals_is_one_about_every_integral_with_the_laws() -> None:
    about = "forall (M' : integrals) (D : interval) (f : R -> R) (g : R -> R) (u : R),"
    equal = "(forall x : R, ((mem (over M' D) x) -> ((f x) = (g x))))"
    shown = f"{about} {equal} -> (int (over M' D) (fun x : R => (f x)) u) -> (int (over M' D) (fun x : R => (g x)) u)"
    assert said(DRAFTS["congruence_on_interval"]().check()) == shown


def test_a_theorem_that_mentions_no_integral_is_proved_with_the_constructed_one() -> None:
    theorem = DRAFTS["gamma_nonneg"]().check()
    assert said(theorem) == "forall (a : R), (0 < a) -> (0 <= (Gamma a))"
    assert f"(let M' := {SANDWICH} in (line'" in export(theorem, {})


def test_only_theorems_about_integrals_require_their_files() -> None:
    finite = Draft(a="number")
    finite.assume("0 < a")
    for draft, wanted in ((finite, []), (DRAFTS["congruence"](), [*GROUND][1:])):
        theorem = draft.check()
        found = exports([theorem.name], {theorem.name: theorem}.__getitem__)
        assert [*found.ground] == [*GROUND][: 1 + len(wanted)]
        assert set(INTEGRALS) <= {*found.order[theorem.name]} or not wanted
        assert on_integrals(found.texts[theorem.name]) == bool(wanted)


@pytest.mark.parametrize("d", ["D = 0", "0 = D"])
def test_a_domain_is_not_a_number(d: str) -> None:
    with pytest.raises(Unreadable, match="expected a number"):
        read_statement(f"forall (D : domain R), ({d})")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("(mem D 0)", "expected the name of a declared domain, got D"),
        ("forall (D : interval), (mem D 0)", "expected the name of a declared domain, got D"),
        ("forall (M' : integrals) (D : domain R), (mem (over M' D) 0)", "expected the name of a declared interval, got D"),
        ("forall (D : interval), (mem (over M' D) 0)", "expected M' among the names exactly if it is mentioned"),
        ("forall (M' : integrals) (D : domain R), (mem D 0)", "expected M' among the names exactly if it is mentioned"),
        ("forall (D : domain R) (M' : integrals), (mem (nats M') 0)", "expected a name that means nothing yet, got M'"),
        ("forall (M' : R), (M' = M')", "expected a name that means nothing yet, got M'"),
        ("forall (N' : integrals), (mem (nats N') 0)", "expected a set that was named before, got integrals"),
        ("forall (M' : integrals), (mem (over M' (open 0)) 0)", "expected 2 ends of open"),
        ("forall (M' : integrals), (mem (over M' (reals)) 0)", "expected 0 ends of reals"),
        ("forall (M' : integrals), (mem (over M' above) 0)", "expected 1 ends of above"),
        ("forall (M' : integrals), (mem (over M' nats) 0)", "expected the name of a declared interval, got nats"),
        ("forall (M' : integrals), (int (nats M') (fun n : nat => 0) 0)", "expected a function over number"),
        ("forall (M' : integrals), (int (nats M') 0 0)", "expected (fun i : X => …)"),
        ("forall (M' : integrals), (int (nats M') (fun x : R => 0))", "expected a statement"),
        ("(deriv (fun x : R => x) 0)", "expected a statement"),
        ("(deriv (fun x : R => y) 0 0)", "expected a name that was declared, got 'y'"),
        ("forall (X : finset) (f : X -> R), (forall x : R, ((f x) = 0))", "expected an index in X"),
        ("forall (f : R -> R), (forall n : nat, ((f n) = 0))", "expected a number, got n"),
        ("forall (f : R -> R), ((f (fun x : R => x)) = 0)", "expected a name that was declared"),
        ("((PI 2) = 0)", "expected 0 operands of PI"),
        ("((Gamma 1 2) = 0)", "expected 1 operands of Gamma"),
    ],
)  # fmt: skip
def test_what_is_not_a_statement_about_integrals_is_unreadable(text: str, says: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_statement(text)
    assert says in str(caught.value)


@given(st.integers(0, 2**48))
def test_random_statements_read_back(seed: int) -> None:
    sequent = tuple(Statements(random.Random(seed)).statement(3, ()) for _ in range(2))
    names = RocqNames(SCOPE)
    model = f"({MODEL} : integrals) " if measured(SCOPE, sequent) else ""
    shown = f"forall {model}{names.binders(needed(SCOPE, SCOPE))}, {' -> '.join(map(names.statement, sequent))}"
    assert read_statement(shown) == (dict(SCOPE), sequent[:1], sequent[1])


@pytest.mark.parametrize("name", sampled(["half", "slopes", "chain", "instance", "congruence_on_interval"], 5))
def test_no_change_of_one_token_goes_unnoticed(name: str) -> None:
    """A statement with another word in one place, or none, is another statement or unreadable."""
    theorem = DRAFTS[name]().check()
    shown = said(theorem)
    compare(shown, theorem.scope, theorem.hypotheses, theorem.conclusion)
    tokens = list(re.finditer(r"[A-Za-z][A-Za-z0-9_']*|[^A-Za-z ()]+", shown))
    words = sorted(
        {t[0] for t in tokens} | {"M'", "mem", "nats", "over", "open", "reals", "domain", "interval", "x", "0"}
    )
    rng = random.Random(1)
    for token in tokens:
        for other in ("", *rng.sample([w for w in words if w != token[0]], 5)):
            spoiled = shown[: token.start()] + other + shown[token.end() :]
            with pytest.raises((Unreadable, NotTheSame)):
                compare(spoiled, theorem.scope, theorem.hypotheses, theorem.conclusion)


# --- Coq -------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Exported, dict[str, Outcome]]:
    """All drafts, and one that cites another, compiled in batches."""
    coq()
    theorems = {name: draft().check(name) for name, draft in DRAFTS.items()}
    for name, about, value in (("congruence", "D", ["above", 0]), ("congruence_on_interval", "D", ["above", ["u"]])):
        d = Draft(theorems, **NAMES)
        d.add("cite", [name, {about: value, "f": ["f", ["#", 0]], "g": ["g", ["#", 0]], "u": ["u"]}])
        theorems[f"{name}_cited"] = d.check(f"{name}_cited")
    found = exports([*theorems], theorems.__getitem__)
    directory = tmp_path_factory.mktemp("integrals")
    found.write(directory)
    return directory, found, {o.name: o for o in compile_together(directory, found)}


@pytest.mark.coq
def test_coq_accepts_every_kind_of_step(outcomes: tuple[Path, Exported, dict[str, Outcome]]) -> None:
    _, found, results = outcomes
    assert {o.name: o.why for o in results.values() if not o.accepted} == {}
    assert {*results} == {*found.order}
    assert all(results[name].library.startswith("batch'") for name in found.texts)


@pytest.mark.coq
def test_they_rest_on_the_axioms_of_the_real_numbers(outcomes: tuple[Path, Exported, dict[str, Outcome]]) -> None:
    directory, found, results = outcomes
    assert set(rests_on(directory, {name: results[name].library for name in found.texts})) == set(ASSUMPTIONS)


@pytest.mark.coq
def test_the_constructed_integral_has_all_laws_and_assumes_nothing_else(
    outcomes: tuple[Path, Exported, dict[str, Outcome]],
) -> None:
    directory, _, _ = outcomes
    question = f"From kl Require kl_prelude_gamma kl_prelude_sandwich.\nCheck {SANDWICH} : kl.kl_prelude_integrals.integrals.\n"
    lemmas = ("kl_prelude_gamma.gamma_half'", "kl_prelude_gamma.digamma_deriv'", "kl_prelude_sandwich.sandwich")
    mentioned = "".join(f"  let _ := kl.{name} in\n" for name in lemmas)
    (directory / "asked.v").write_text(
        f"{question}Definition together : True :=\n{mentioned}  I.\nPrint Assumptions together.\n"
    )
    ran = subprocess.run(
        ["coqc", "-q", "-Q", ".", "kl", "asked.v"], cwd=directory, capture_output=True, text=True, check=True
    )
    assert set(assumptions(ran.stdout[ran.stdout.index("Axioms:") :])) == set(ASSUMPTIONS)


def test_the_files_by_hand_hold_no_word_that_assumes() -> None:
    for name, text in ground().items():
        assert FORBIDDEN.search(text) is None, name


@pytest.mark.coq
def test_a_file_by_hand_that_is_refused_stops_what_rests_on_it_and_nothing_else(tmp_path: Path) -> None:
    coq()
    finite = Draft(a="number")
    finite.assume("0 < a")
    theorems = {"finite": finite.check("finite"), "half": DRAFTS["half"]().check("half")}
    found = exports([*theorems], theorems.__getitem__)
    spoiled = {**found.ground, "kl_prelude_integrals": "Lemma a : 1 = 2.\nProof. reflexivity. Qed.\n"}
    wrong = Exported(spoiled, found.texts, found.uses)
    wrong.write(tmp_path)
    results = {o.name: o for o in compile_together(tmp_path, wrong)}
    accepted = {name for name, o in results.items() if o.accepted}
    assert accepted == {"kl_prelude", "kl_prelude_riemann", "finite"}
    assert results["half"].why.startswith("not tried: it rests on kl_prelude_")
