"""Rocq statements: what is printed is read back as the same terms, and whatever differs is refused, with both sides."""

from __future__ import annotations

import random
import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kl_symbolic import library
from kl_symbolic.kernel.axioms import defining_equation
from kl_symbolic.kernel.definitions import DEFINITIONS
from kl_symbolic.kernel.syntax import Scope
from kl_symbolic.kernel.table import SCHEMES
from kl_symbolic.kernel.terms import Node, num
from kl_symbolic.language.parser import declare, parse
from kl_symbolic.rocq.export import export, prelude
from kl_symbolic.rocq.files import NotExported, exports
from kl_symbolic.rocq.reading import NotTheSame, Unreadable, compare, read_statement, statement_of
from kl_symbolic.rocq.terms import COMPARISONS, FUNCTIONS, MODEL, TAKEN, RocqNames, measured

from ..property.terms import SCOPE, Terms
from ..support.lanes import sampled

SEEDS = st.integers(0, 2**48)

GIBBS = (
    "forall (X : finset) (p : X -> R) (q : X -> R), (forall i : X, (0 <= (p i))) -> ((sum X (fun i : X => (p i))) = 1)"
    " -> (forall i : X, (0 <= (q i))) -> ((sum X (fun i : X => (q i))) <= 1)"
    " -> (forall i : X, (((q i) = 0) -> ((p i) = 0)))"
    " -> (0 <= (kl X (fun i : X => (p i)) (fun i : X => (q i))))"
)


def printed(scope: Scope, hypotheses: tuple[Node, ...], conclusion: Node) -> str:
    """Return a whole statement, its sets first, and before them the integral that it is about."""
    names = RocqNames(scope)
    order = [*(n for n in scope if scope[n][1] == "set"), *(n for n in scope if scope[n][1] != "set")]
    model = [f"({MODEL} : integrals)"] if measured(scope, (*hypotheses, conclusion)) else []
    binders = [*model, *([names.binders(order)] if order else [])]
    about = f"forall {' '.join(binders)}, " if binders else ""
    return about + " -> ".join(map(names.statement, (*hypotheses, conclusion)))


# --- what is printed is read back ------------------------------------------------------------------------------------


def test_the_statement_of_gibbs_inequality_by_hand() -> None:
    theorem = library.theorem("kl_nonneg")
    compare(GIBBS, theorem.scope, theorem.hypotheses, theorem.conclusion)


@pytest.mark.parametrize("name", sampled(library.names()))
def test_the_statement_of_every_shipped_theorem_reads_back(name: str) -> None:
    theorem = library.theorem(name)
    shown = printed(theorem.scope, theorem.hypotheses, theorem.conclusion)
    compare(shown, theorem.scope, theorem.hypotheses, theorem.conclusion)
    assert read_statement(shown) == (dict(theorem.scope), theorem.hypotheses, theorem.conclusion)


@given(SEEDS)
def test_random_statements_read_back(seed: int) -> None:
    drawn = Terms(SCOPE, random.Random(seed))
    sequent = tuple(drawn.statement(3) for _ in range(3))
    shown = printed(SCOPE, sequent[:2], sequent[2])
    assert read_statement(shown) == (dict(SCOPE), sequent[:2], sequent[2])


@given(SEEDS)
def test_two_statements_are_printed_alike_only_if_they_are_one(seed: int) -> None:
    drawn = Terms(SCOPE, random.Random(seed))
    first, second = drawn.statement(1), drawn.statement(1)
    names = RocqNames(SCOPE)
    assert (names.statement(first) == names.statement(second)) == (first == second)


@pytest.mark.parametrize("value", [0, 3, -3, Fraction(7, 10), Fraction(-7, 10), 10**40])
def test_a_literal_is_not_an_operation_on_literals(value: Fraction) -> None:
    literal = num(value)
    split = num(literal.data.numerator) / num(literal.data.denominator)
    for node in (literal, -literal, split, -split, literal - 0):
        statement = Node("=", None, (node, node))
        assert read_statement(printed({}, (), statement)) == ({}, (), statement)


def test_names_that_mean_something_in_rocq_read_back() -> None:
    words = ("R", "at", "end", "finset", "fun", "ln", "ratio", "tends")
    assert TAKEN.issuperset(words)
    scope = declare(dict.fromkeys(words, "number"))
    conclusion = Node("<", None, (Node("sym", "ln"), Node("sym", "fun") + Node("sym", "end")))
    shown = printed(scope, (), conclusion)
    assert "ln' < (fun' + end')" in shown
    assert read_statement(shown) == (dict(scope), (), conclusion)


def test_line_breaks_do_not_matter() -> None:
    theorem = library.theorem("kl_nonneg")
    compare(GIBBS.replace(" -> (", "\n  -> ("), theorem.scope, theorem.hypotheses, theorem.conclusion)


# --- whatever differs is refused -------------------------------------------------------------------------------------


def refused(text: str) -> str:
    """Return the words with which a spoiled statement of Gibbs' inequality is refused."""
    theorem = library.theorem("kl_nonneg")
    with pytest.raises((NotTheSame, Unreadable)) as caught:
        compare(text, theorem.scope, theorem.hypotheses, theorem.conclusion)
    return str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("((sum X (fun i : X => (q i))) <= 1) -> ", "", "hypothesis 4 differs\n  theorem: sum(i in X: q[i]) <= 1\n  Rocq:    forall i in X: q[i] = 0 => p[i] = 0"),
        ("(fun i : X => (q i))) <= 1)", "(fun i : X => (q i))) < 1)", "hypothesis 4 differs"),
        (" -> (0 <= (kl", " -> (0 = 0) -> (0 <= (kl", "hypothesis 6 differs\n  theorem: nothing\n  Rocq:    0 = 0"),
        ("(0 <= (kl X (fun i : X => (p i)) (fun i : X => (q i))))", "(0 <= (kl X (fun i : X => (q i)) (fun i : X => (p i))))", "the conclusion differs\n  theorem: 0 <= kl(p, q)\n  Rocq:    0 <= kl(q, p)"),
        ("(p : X -> R)", "(p : X -> X -> R)", "expected 2 operands of p"),
        (" (q : X -> R)", " (q : X -> R) (a : R)", "the name 'a' differs\n  theorem: nothing\n  Rocq:    number"),
        ("(forall i : X, (((q i) = 0) -> ((p i) = 0))) -> (0 <= ", "((forall i : X, (((q i) = 0) -> ((p i) = 0))) -> (0 <= ", "1 parentheses are not closed"),
        ("(forall i : X, (0 <= (q i)))", "(forall j : X, (0 <= (q i)))", "expected a name that was declared, got 'i'"),
        ("forall (X : finset) (p : X -> R) (q : X -> R), ", "", "expected a set that was declared, got X"),
        ("(X : finset) (p : X -> R)", "(p : X -> R) (X : finset)", "expected a set that was named before, got X"),
        ("(0 <= (kl", "(0 <=  (kl", None),
        ("(0 <= (kl", "(0 <=(kl", "expected the spacing"),
        ("(0 <= (kl", "(0 <= (* nothing *) (kl", "expected a statement"),
        ("(0 <= (kl", "(0 <= {kl", "expected a word of the language, got '{kl"),
        ("(0 <= (kl", "(0%nat <= (kl", "expected a word of the language, got '%nat"),
    ],
)  # fmt: skip
def test_what_differs_is_refused_and_both_sides_are_named(old: str, new: str, says: str | None) -> None:
    assert GIBBS.count(old) == 1
    spoiled = GIBBS.replace(old, new)
    if says is None:  # spaces between two tokens may be more
        theorem = library.theorem("kl_nonneg")
        compare(spoiled, theorem.scope, theorem.hypotheses, theorem.conclusion)
    else:
        assert says in refused(spoiled)


def test_a_hypothesis_is_not_part_of_an_implication_that_is_proved() -> None:
    scope = declare({"a": "number", "b": "number"})
    first, second = (parse(s, "statement", scope) for s in ("a = 0", "b = 0"))
    whole = Node("=>", None, (first, second))
    apart, together = printed(scope, (first,), second), printed(scope, (), whole)
    assert apart != together
    compare(apart, scope, (first,), second)
    compare(together, scope, (), whole)
    with pytest.raises(NotTheSame, match="hypothesis 1 differs\n  theorem: nothing\n  Rocq:    a = 0"):
        compare(apart, scope, (), whole)
    with pytest.raises(NotTheSame, match="hypothesis 1 differs\n  theorem: a = 0\n  Rocq:    nothing"):
        compare(together, scope, (first,), second)


def test_hypotheses_in_another_order_are_others() -> None:
    theorem = library.theorem("kl_nonneg")
    turned = printed(theorem.scope, theorem.hypotheses[::-1], theorem.conclusion)
    with pytest.raises(NotTheSame, match="hypothesis 1 differs"):
        compare(turned, theorem.scope, theorem.hypotheses, theorem.conclusion)


SPLIT = re.compile(r"[A-Za-z0-9_']+|<->|->|=>|<=|<>|[^\sA-Za-z0-9_']")


@pytest.mark.parametrize(
    "name", sampled(["kl_nonneg", "coin_flips", "likelihood_of_counts", "variance_of_sum", "delta_subst"])
)
def test_no_change_of_one_token_goes_unnoticed(name: str) -> None:
    """Bound variables may be called otherwise throughout; any one token that becomes another is refused."""
    theorem = library.theorem(name)
    shown = printed(theorem.scope, theorem.hypotheses, theorem.conclusion)
    tokens = list(SPLIT.finditer(shown))
    words = sorted({t[0] for t in tokens} | {"0", "2", "<", "<>", "ln", "nat", "k"})
    rng = random.Random(1)
    for token in tokens:
        for other in rng.sample([w for w in words if w != token[0]], 4):
            spoiled = shown[: token.start()] + other + shown[token.end() :]
            with pytest.raises((Unreadable, NotTheSame)):
                compare(spoiled, theorem.scope, theorem.hypotheses, theorem.conclusion)
        with pytest.raises((Unreadable, NotTheSame)):
            compare(
                shown[: token.start()] + shown[token.end() :], theorem.scope, theorem.hypotheses, theorem.conclusion
            )


# --- not a statement -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "expected a conclusion"),
        ("True", "expected a statement in parentheses, got True"),
        ("(1 = 1) ->", "expected a conclusion after the last arrow"),
        ("(1 = 1) <-> (1 = 1)", "expected statements in parentheses with arrows between them"),
        ("(1 = 1) /\\ (1 = 1)", "expected a word of the language"),
        ("forall, (1 = 1)", "expected a name after forall"),
        ("forall (a : R) (1 = 1)", "expected a comma after the names"),
        ("forall a : R, (a = a)", "expected a name with its type such as (p : X -> R), got a"),
        ("forall (a : R) (a : R), (a = a)", "expected each name once, got 'a' twice"),
        ("forall (a : R) (a' : R), (a = a')", "expected each name once, got 'a' twice"),
        ("forall (ln : R), (ln = ln)", "expected a name that means nothing yet, got ln"),
        ("forall (a : nat -> nat), (1 = 1)", "expected no function to the natural numbers"),
        ("forall (X : finset) (f : nat -> X), (1 = 1)", "expected no function from numbers to a set"),
        ("forall (X : R -> finset), (1 = 1)", "expected a set and no function to sets"),
        ("forall (a : Prop), (a = a)", "expected a set that was named before, got Prop"),
        ("forall (p : nat -> R), (p = p)", "expected 1 operands of p"),
        ("forall (n : nat), (n = n)", "expected a number, got n"),
        ("forall (X : finset), (X = X)", "expected a number, got X"),
        ("forall (X : finset) (i : X), (forall i : X, (1 = 1))", "expected a bound variable with a name of its own"),
        ("forall (X : finset), (forall i : X, (forall i : X, (1 = 1)))", "expected a bound variable with a name of its own"),
        ("forall (X : finset), (forall sum : X, (1 = 1))", "expected a bound variable with a name of its own"),
        ("(forall x : R, (x = y))", "expected a name that was declared, got 'y'"),
        ("(forall x : nat, (x = 1))", "expected a number, got x"),
        ("((ratio 2 4) = 1)", "expected a ratio in lowest terms"),
        ("((ratio 3 1) = 1)", "expected a ratio in lowest terms"),
        ("((ratio 3 (-2)) = 1)", "expected two integers after ratio"),
        ("((IZR 3) = 1)", "expected a negative integer after IZR"),
        ("((IZR (-0)) = 1)", "expected a negative integer after IZR"),
        ("(007 = 7)", "expected a name that was declared, got '007'"),
        ("(-1 = 1)", "expected a name that was declared, got '-1'"),
        ("((ln 1 2) = 1)", "expected 1 operands of ln"),
        ("((sum nat (fun n : nat => 1)) = 1)", "expected a set that was declared, got nat"),
        ("(tends (fun n : nat => (INR n)) 1 2)", "expected a statement"),
        ("(tends (INR n) 1)", "expected (fun i : X => …)"),
        ("((1 = 1))", "expected a statement"),
        ("(1 = 1))", "a parenthesis is closed that was not opened"),
        ("(1 = 1", "1 parentheses are not closed"),
        ("(() = 1)", "expected a number"),
        ("forall (X : finset), ((delta X () X) = 1)", "expected an index"),
    ],
)  # fmt: skip
def test_what_is_not_a_statement_is_unreadable(text: str, says: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_statement(text)
    assert says in str(caught.value)


# --- the statement in a file -----------------------------------------------------------------------------------------


def test_the_statement_of_the_theorem_is_found() -> None:
    source = "Lemma t_0 : (1 = 1).\nProof. ring. Qed.\nTheorem t :\n  (2 = 2).\nProof. ring. Qed.\n"
    assert statement_of(source, "t").strip() == "(2 = 2)"


@pytest.mark.parametrize(
    "source",
    [
        "Lemma t : (1 = 1).\n",
        "Theorem s : (1 = 1).\n",
        "Theorem t : (1 = 1).\nTheorem t : (2 = 2).\n",
        "Theorem t : (1 = 1).\nTheorem t (a : R) : (2 = 2).\n",
        "Theorem t (a : R) : (2 = 2).\n",
    ],
)
def test_a_file_has_one_theorem(source: str) -> None:
    with pytest.raises(Unreadable, match="expected one Theorem t, got"):
        statement_of(source, "t")


# --- what the exporter writes is read before it is given out ---------------------------------------------------------

WRONG_WORDS: dict[str, tuple[dict[str, str], str, str]] = {
    "a weaker hypothesis": (COMPARISONS, "<", "<="),
    "another conclusion": (COMPARISONS, "<=", "<>"),
    "another function": (FUNCTIONS, "log", "exp"),
}


@pytest.mark.parametrize("name", list(WRONG_WORDS))
def test_a_printer_that_says_something_else_is_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    table, word, other = WRONG_WORDS[name]
    assert export(library.theorem("log_le_sub_one"), {})
    monkeypatch.setitem(table, word, other)
    with pytest.raises(NotTheSame):
        export(library.theorem("log_le_sub_one"), {})
    with pytest.raises(NotExported, match=r"log_le_sub_one: (hypothesis 1|the conclusion) differs"):
        exports(["log_le_sub_one"], library.theorem)


@pytest.mark.slow
def test_every_shipped_theorem_can_be_exported() -> None:
    found = exports(library.names(), library.theorem)
    assert sorted(found.texts) == sorted(library.names())
    for name, source in found.texts.items():
        theorem = library.theorem(name)
        compare(statement_of(source, name), theorem.scope, theorem.hypotheses, theorem.conclusion)
        assert {f"From kl Require {lemma}." for lemma in theorem.uses} <= set(source.splitlines())
    below = list(found.texts)
    assert all(below.index(lemma) < below.index(name) for name in below for lemma in found.uses[name])


# --- the prelude says what the kernel's tables say -------------------------------------------------------------------


def of_the_prelude(kind: str, name: str, between: str) -> tuple[str, str]:
    """Return the binders and what stands after them of a lemma or definition of the prelude."""
    found = re.findall(
        rf"^{kind} {name}((?:\s+\([^:()]+ : [^()]+\))*)\s*:{between}\s([^.]*)\.\n", prelude(), re.MULTILINE
    )
    assert len(found) == 1, (name, found)
    binders = re.sub(r"\(([^:]+) : ([^)]+)\)", lambda m: " ".join(f"({n} : {m[2]})" for n in m[1].split()), found[0][0])
    return f"forall{binders}, " if binders else "", found[0][1]


@pytest.mark.parametrize("name", list(SCHEMES))
def test_every_scheme_of_the_kernel_is_a_lemma_of_the_prelude(name: str) -> None:
    _, scope, sequent = SCHEMES[name]
    about, statement = of_the_prelude("Lemma", f"{name}'", "")
    compare(about + statement, scope, sequent.hypotheses, sequent.conclusion)


@pytest.mark.parametrize("name", list(DEFINITIONS))
def test_every_definition_of_the_kernel_is_one_of_the_prelude(name: str) -> None:
    _, scope, sequent = defining_equation(name)
    about, body = of_the_prelude("Definition", name, " R :=")
    whole = sequent.conclusion.args[1]
    body = " ".join(body.split())
    compare(f"{about}({body} = {body})", scope, (), Node("=", None, (whole, whole)))


def test_nothing_in_the_prelude_is_assumed() -> None:
    ends = re.findall(r"\b(Qed|Defined|Admitted|Abort)\b", prelude())
    assert set(ends) == {"Qed", "Defined"}
    assert not re.search(r"\b(Axiom|Parameter|Conjecture|Hypothesis|Variable|admit|give_up)\b", prelude())
