"""Theorems as Coq files: what is written, that it is the kernel's own, what is refused, and what Coq says to it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from kl_symbolic import library
from kl_symbolic.kernel import CheckedTheorem, check
from kl_symbolic.kernel.axioms import defining_equation, derivative
from kl_symbolic.kernel.definitions import DEFINITIONS
from kl_symbolic.kernel.syntax import Scope
from kl_symbolic.kernel.table import SCHEMES
from kl_symbolic.kernel.terms import REAL
from kl_symbolic.language.parser import parse
from kl_symbolic.language.printer import text
from kl_symbolic.rocq import export as export_module
from kl_symbolic.rocq import running, scripts
from kl_symbolic.rocq.export import body, export, header, prelude
from kl_symbolic.rocq.lines import needed
from kl_symbolic.rocq.reading import NotTheSame, statement_of
from kl_symbolic.rocq.running import compile_all, write
from kl_symbolic.rocq.terms import MODEL, NotExported, RocqNames, measured

from ..harness.claim import complete
from ..harness.draft import Draft
from ..support.rocq import Piece, session


def file_of(name: str) -> str:
    theorem = library.theorem(name)
    return export(theorem, {lemma: library.theorem(lemma) for lemma in theorem.uses})


def one_line(source: str) -> str:
    return " ".join(source.split())


# --- what is written -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "statement"),
    [
        ("log_one", "((ln 1) = 0)"),
        (
            "kl_nonneg",
            "forall (X : finset) (p : X -> R) (q : X -> R), (forall i : X, (0 <= (p i))) -> "
            "((sum X (fun i : X => (p i))) = 1) -> (forall i : X, (0 <= (q i))) -> "
            "((sum X (fun i : X => (q i))) <= 1) -> (forall i : X, (((q i) = 0) -> ((p i) = 0))) -> "
            "(0 <= (kl X (fun i : X => (p i)) (fun i : X => (q i))))",
        ),
        # An index of the set is a name of the theorem, so it says nothing of an empty set.
        ("delta_symm", "forall (X : finset) (i : X) (j : X), ((delta X i j) = (delta X j i))"),
        ("card_nonneg", "forall (X : finset), (0 <= (card X))"),
        (
            "exp_limit",
            "forall (a : R) (u : nat -> R), (tends (fun n : nat => (u n)) a) -> "
            "(tends (fun n : nat => (exp (u n))) (exp a))",
        ),
    ],
)
def test_statements_by_hand(name: str, statement: str) -> None:
    assert one_line(statement_of(file_of(name), name)) == statement


def test_a_line_is_a_lemma_about_its_own_names() -> None:
    d = Draft(X="set", i="X", p="X -> number", q="X -> number")
    above = d.assume("forall i in X: 0 <= p[i]")
    here = d.add("spec", ["i"], above)
    d.add("gen", ["i"], here)
    lemmas = re.findall(r"Lemma (line'\d+) (.*) :\n  (.*)\.\nProof\. exact (.*)\. Qed\.", body(d.check("draft"), {}))
    hypothesis = "(h'0 : (forall j : X, (0 <= (p j))))"
    assert lemmas == [
        ("line'0", f"(X : finset) (p : X -> R) {hypothesis}", "(forall j : X, (0 <= (p j)))", "h'0"),
        ("line'1", f"(X : finset) (i : X) (p : X -> R) {hypothesis}", "(0 <= (p i))", "((line'0 X p h'0) i)"),
        (
            "line'2",
            f"(X : finset) (p : X -> R) {hypothesis}",
            "(forall j : X, (0 <= (p j)))",
            "(fun i => (line'1 X i p h'0))",
        ),
    ]


def test_names_that_mean_something_in_coq_get_a_prime() -> None:
    d = Draft(R="set", ln="R -> number", fun="number")
    d.assume("forall i in R: ln[i] < fun")
    found = statement_of(body(d.check(), {}), "draft")
    statement = "(forall i : R', ((ln' i) < fun'))"
    assert one_line(found) == f"forall (R' : finset) (fun' : R) (ln' : R' -> R), {statement} -> {statement}"


@pytest.mark.parametrize("name", ["ML", "Load", "Context", "Axiom", "Axioms", "Theorem", "admit"])
def test_a_name_that_is_a_command_of_coq_is_not_used_as_a_command(name: str) -> None:
    d = Draft(**{name: "number"})
    d.assume(f"0 < {name}")
    source = export(d.check(), {})
    assert f"forall ({name}' : R)," in source
    assert running.FORBIDDEN.search(source) is None
    assert running.FORBIDDEN.search(source.replace("Lemma", "Axiom")) is not None


def test_citations_are_required_and_called_by_their_full_names() -> None:
    source = file_of("exp_neg")
    assert library.theorem("exp_neg").uses == ("exp_add", "exp_zero")
    assert "From kl Require exp_add.\nFrom kl Require exp_zero.\n" in source
    assert "exact (kl.exp_add.exp_add a (- a))" in source
    assert header(()) == "From Coq Require Import Reals.\nFrom kl Require Import kl_prelude.\nOpen Scope R_scope.\n"


@pytest.mark.slow
def test_the_same_text_whatever_the_hash_seed() -> None:
    names = ("kl_nonneg", "binary_kl_nonneg_of_deriv", "exp_limit", "likelihood_of_counts")
    code = (
        "import sys; from kl_symbolic import library as l; from kl_symbolic.rocq.export import export\n"
        "for n in sys.argv[1:]:\n"
        "    t = l.theorem(n); print(export(t, {u: l.theorem(u) for u in t.uses}))"
    )
    texts = set()
    for seed in ("0", "1", "4242"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", code, *names]
        texts.add(subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout)
    assert len(texts) == 1
    assert texts.pop() == "".join(f"{file_of(n)}\n" for n in names)


# --- the prelude says what the kernel's tables say ---------------------------------------------------------------------


def statement(scope: Scope, hypotheses: tuple[Any, ...], conclusion: Any) -> tuple[str, str]:
    names = RocqNames(scope)
    model = f"({MODEL} : integrals) " if measured(scope, (*hypotheses, conclusion)) else ""
    return model + names.binders(needed(scope, scope)), " -> ".join(map(names.statement, (*hypotheses, conclusion)))


@pytest.mark.parametrize("name", list(SCHEMES))
def test_the_lemma_of_a_scheme_is_the_scheme(name: str) -> None:
    _, scope, sequent = SCHEMES[name]
    binders, shown = statement(scope, sequent.hypotheses, sequent.conclusion)
    opening = one_line(f"Lemma {name}' {binders} :")
    assert f"{opening} {shown}. Proof." in one_line(prelude())


@pytest.mark.parametrize("name", list(DEFINITIONS))
def test_the_definition_of_a_symbol_is_the_kernels(name: str) -> None:
    _, scope, sequent = defining_equation(name)
    order = [n for n in scope if scope[n][1] == "set"]
    order += [n for n in DEFINITIONS[name][0] if n not in order]
    names = RocqNames(scope)
    shown = names.statement(sequent.conclusion.args[1])
    assert f"Definition {name} {names.binders(order)} : R := {shown}." in one_line(prelude())


def test_the_prelude_assumes_nothing() -> None:
    code = re.sub(r"\(\*.*?\*\)", "", prelude(), flags=re.DOTALL)
    assert not re.search(r"\b(Axiom|Parameter|Hypothesis|Variable|Conjecture|Admitted|admit|give_up)s?\b", code)


# --- refusals ----------------------------------------------------------------------------------------------------------


def test_a_rule_without_a_counterpart_is_refused() -> None:
    theorem = library.theorem("log_one")
    less = {name: rule for name, rule in scripts._RULES.items() if name != "pos"}
    with mock.patch.object(scripts, "_RULES", less), pytest.raises(NotExported, match="a rule that has a counterpart"):
        export(theorem, {})


@pytest.mark.parametrize(
    "name", ["forall", "Type", "kl_prelude", "kl_assumptions", "kl_assumptions_of_one", "Load", "_log"]
)
def test_a_theorem_that_no_file_can_be_called_after_is_refused(name: str) -> None:
    d = Draft(a="number")
    d.assume("0 < a")
    with pytest.raises(NotExported, match="a name that a file of Coq can have"):
        export(d.check(name), {})


def test_a_statement_that_does_not_read_back_is_not_written() -> None:
    theorem = library.theorem("log_div")
    lemmas = {"log_one": library.theorem("log_one")}
    first = RocqNames(theorem.scope).statement(theorem.hypotheses[0])

    def without_one(theorem: Any, proof: Any) -> str:
        return str(written(theorem, proof)).replace(f"{first} ->\n", "")

    written = export_module._theorem
    with mock.patch.object(export_module, "_theorem", without_one), pytest.raises(NotTheSame, match="hypothesis 1"):
        export(theorem, lemmas)


# --- Coq ---------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def compiled(by_hand: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory in which the files that are written by hand are compiled."""
    return shutil.copytree(by_hand, tmp_path_factory.mktemp("rocq"), dirs_exist_ok=True)


@pytest.mark.coq
def test_coq_accepts_some_theorems(compiled: Path) -> None:
    wanted = ["kl_nonneg"]
    order: dict[str, tuple[str, ...]] = {}
    while wanted:
        name = wanted.pop(0)
        theorem = library.theorem(name)
        order[name] = theorem.uses
        wanted += [n for n in theorem.uses if n not in order]
    write(compiled, {name: file_of(name) for name in order})
    outcomes = list(compile_all(compiled, order))
    assert len(outcomes) == len(order)
    assert [(o.name, o.why) for o in outcomes if not o.accepted] == []


def plain(name: str, scope: Scope) -> Any:
    """Return the value that leaves a name of a scheme as it is."""
    over, values = scope[name]
    inside = [["#", k] if s == REAL else k for k, s in zip(reversed(range(len(over))), over, strict=True)]
    bare = not over and values not in ("number", "domain", "interval")
    return name if bare else [name, *inside]


def scheme(name: str) -> CheckedTheorem:
    """Return a scheme, or the definition of a symbol, as a theorem."""
    scope = (SCHEMES[name] if name in SCHEMES else defining_equation(name))[1]
    signatures = {n: (f"{', '.join(o)} -> " if o else "") + v for n, (o, v) in scope.items()}
    value = {n: plain(n, scope) for n in sorted(scope)}
    row = [name, [value], []] if name in SCHEMES else ["unfold", [name, value], []]
    return check(complete("draft", signatures, [row], {}, None))


def log_equal() -> Draft:
    d = Draft(a="number", b="number", X="set", f="X -> number")
    d.goal("field", "log(a*b + xlogy(a + b, a)) + sum(i in X: f[i]) = sum(i in X: f[i]) + log(xlogy(b + a, a) + b*a)")
    return d


def divisors() -> Draft:
    d = Draft(a="number", b="number")
    given = [d.assume("a + b != 0"), d.assume("0 < a*a*b")]
    d.goal("field", "1/(a + b)^2/(-(a*a*b)) = -((a + b)^(-2))*(a*a*b)^(-1)*1/7*7", *given)
    return d


def nested_divisors() -> Draft:
    d = Draft(a="number", b="number")
    given = [d.assume("0 < a"), d.assume("2/3 - b/a != 0")]
    d.goal("field", "3/(2/3 - b/a) = 9*a/(2*a - 3*b)", *given, d.assume("2*a - 3*b != 0"))
    return d


def continued_fraction() -> Draft:
    d = Draft(a="number", b="number", c="number", e="number")
    divisors = ["c", "b + a/c", "a + 1/(b + a/c)", "e + b/(a + 1/(b + a/c))"]
    d.goal("field", f"a/({divisors[3]}) = a*(1/({divisors[3]}))", *(d.assume(f"{part} != 0") for part in divisors))
    return d


def divisor_in_itself() -> Draft:
    """The last divisor is the first, written with itself inside."""
    d = Draft(a="number", b="number", c="number")
    whole = "-a - b/c"
    other = f"(-a - b*c^(-1)/({whole})*({whole}))/({whole})*({whole})"
    given = [d.assume(s) for s in ("c != 0", f"{whole} != 0", f"0 < {other}")]
    d.goal("field", f"b/({whole}) = b/({other})", *given)
    return d


def signs() -> Draft:
    d = Draft(a="number", b="number", c="number")
    given = [d.assume("0 <= a"), d.assume("b != 0"), d.assume("0 < c"), d.assume("a != 0")]
    d.goal("pos", "0 < (a*c + b^2 + (c - a)^2 + 1/2)/(c^3*b^(-2)*(2*a)^(-3))", *given)
    return d


def comparison(source: str, entries: list[tuple[Any, str, list[int]]], *given: str) -> Draft:
    d = Draft(a="number", b="number", c="number")
    d.order(source, entries, *map(d.assume, given))
    return d


def lost_names() -> Draft:
    """A set and a function that the proof mentions on its way, and the theorem does not."""
    d = Draft(Y="set", f="Y -> number")
    there = d.goal("field", "0*sum(j in Y: f[j]) = 0")
    d.add("trans", [], d.add("symm", [], there), there)
    return d


def lost_in_a_case() -> Draft:
    d = Draft(a="number", b="number")
    back = d.goal("field", "a + b - b = a")
    there = d.add("trans", [], d.add("symm", [], back), back)
    branches = [d.goal("weaken", case, there) for case in ("a = b", "a != b")]
    d.add("cases", [d.statement("a = b")], *branches)
    return d


def lost_in_a_combination() -> Draft:
    d = Draft(a="number", b="number", c="number")
    d.order("a = a", [(1, "b", [0])], d.goal("field", "c + b - b = c"))
    return d


def squeezed() -> Draft:
    """The bounds and one side of a guard are not mentioned by what is shown."""
    d = Draft(u="Nat -> number", a="number")
    zero, two = (d.scheme("limit_const", {"a": a}) for a in ("0", "2"))
    inverse = d.scheme("limit_inv_nat", {})
    d.rows[zero] = ["limit_const", [{"a": d.number("0*a")}], []]
    same = d.goal("field", "0*a = 0")
    zero = d.add("rewrite", [["->", ["*", 0, ["a"]], ["_"]]], same, zero)
    below = d.assume("forall n in Nat: 0 < n => 0 <= u[n]")
    below = d.add(
        "rewrite",
        [["all", "Nat", ["=>", ["<", 0, ["nat", 0]], ["<=", ["_"], ["u", 0]]]]],
        d.add("symm", [], same),
        below,
    )
    above = d.assume("forall n in Nat: 1/n < 2 => 0 < n => u[n] <= 1/n")
    d.add("limit_squeeze", [], zero, inverse, below, above, inverse, two, d.goal("pos", "0 < 2"))
    return d


def slope() -> Draft:
    """A derivative with every row of the kernel's table, shown to be positive for 1 ≤ x."""
    d = Draft(v="number", x="number")
    g = "x^3 - -log(x) + exp(2*x) + x/(x + 1)*exp(v)"
    one = d.order("0 < x", [(1, "1", [0]), (1, "1", [1])], d.assume("1 <= x"), d.goal("pos", "0 < 1"))
    kept = d.goal("weaken", "x <= v", one)
    parts = ["0 < 1/x", "0 < exp(2*x)", "0 < exp(v)/((x + 1)*(x + 1))", "x + 1 != 0"]
    exps = [d.scheme("exp_pos", {"a": a}) for a in ("2*x", "v")]
    shown = [d.goal("pos", part, kept, *exps) for part in parts]
    slope = text(derivative(parse(g, "number", d.scope), "x")[0])
    entries: list[Any] = [(3, "x", []), (1, "1", [0]), (2, "1", [1]), (1, "1", [2])]
    rising = d.order(f"0 <= {slope}", entries, *shown, kept)
    ends = d.assume("1 <= v")
    d.add("mono_of_deriv", ["x", d.number(g), 1, d.number("v")], rising, ends, kept, shown[3])
    return d


DRAFTS: dict[str, Callable[[], Draft]] = {
    "log_equal": log_equal,
    "divisors": divisors,
    "nested_divisors": nested_divisors,
    "continued_fraction": continued_fraction,
    "divisor_in_itself": divisor_in_itself,
    "signs": signs,
    "lost_names": lost_names,
    "lost_in_a_case": lost_in_a_case,
    "lost_in_a_combination": lost_in_a_combination,
    "squeezed": squeezed,
    "slope": slope,
    "order_nothing": lambda: comparison("a <= a", []),
    "order_square": lambda: comparison("2*a*b <= a^2 + b^2", [(1, "a - b", [])]),
    "order_strict": lambda: comparison("a < c", [("1/2", "1", [0]), ("1/2", "1", [1])], "2*a < b", "b <= 2*c"),
    "order_equal": lambda: comparison("a*c = b*c", [(-1, "c", [0])], "b = a"),
    "order_product": lambda: comparison("a*b <= a*c", [(1, "1", [0, 1])], "0 <= a", "b <= c"),
    "order_unequal": lambda: comparison("a != b", [("-1/3", "1", [0]), (1, "1", [1])], "3*c != 0", "a + c = b"),
}
"""Proofs that use what the shipped theorems seldom do."""


@pytest.mark.coq
def test_coq_accepts_every_scheme_definition_and_kind_of_step(compiled: Path) -> None:
    theorems = {name: scheme(name) for name in (*SCHEMES, *DEFINITIONS)}
    theorems |= {name: draft().check("draft") for name, draft in DRAFTS.items()}
    verdicts = session(compiled, header((), True), [Piece(n, body(t, {})) for n, t in theorems.items()])
    complaints = {name: [v for v in found if v.complaint] for name, found in verdicts.items()}
    assert {name: found for name, found in complaints.items() if found} == {}


@pytest.mark.coq
def test_coq_refuses_what_is_altered(compiled: Path) -> None:
    """The control: the harness above would notice."""
    right = body(DRAFTS["order_square"]().check("draft"), {})
    wrong = right.replace("(x0 - x1)", "(x0 - 2)").replace("(a - b)", "(a - 2)")
    assert wrong != right
    found = session(compiled, header(()), [Piece("right", right), Piece("wrong", wrong)])
    assert all(not v.complaint for v in found["right"])
    assert any(v.complaint for v in found["wrong"])
