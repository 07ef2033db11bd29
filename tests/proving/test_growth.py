"""How proofs grow with claims: counted in lines, bytes, steps and rows, never in seconds."""

from __future__ import annotations

import random
from itertools import count

import pytest
import sympy

import kl_symbolic as kl
from benchmarks import growth, hostile_claims
from kl_symbolic.kernel import CheckedTheorem
from kl_symbolic.kernel.normal_form import sign
from kl_symbolic.kernel.rules import known_signs
from kl_symbolic.kernel.statements import le, lt, ne
from kl_symbolic.kernel.terms import Node, num
from kl_symbolic.language.chains import MULTIPLICATIVE, operands
from kl_symbolic.language.printer import text
from kl_symbolic.library import check_text
from kl_symbolic.numerics.verdicts import Verdict
from kl_symbolic.numerics.verification import verify
from kl_symbolic.proving import prover
from kl_symbolic.proving.builder import Fact, Proof
from kl_symbolic.proving.search.at_hand import MAX_FACTS, at_hand, ranked
from kl_symbolic.proving.tactics import prove, signs
from kl_symbolic.render.latex.terms import Latex
from kl_symbolic.render.model.notation import Formula, agree
from kl_symbolic.render.text.terms import Unicode
from kl_symbolic.sympy_bridge import from_sympy

from ..support.lanes import sampled, sizes

TERMS = [f"x{k % 40 + 1}^{k // 40 + 1}" for k in range(1000)]


def proved(claim: object, given: list[str] | None = None) -> kl.Theorem:
    answer = prover.prove(claim, given or [])
    assert isinstance(answer, CheckedTheorem), str(answer)[:500]
    return kl.Theorem(check_text(answer.certificate))


# --- a thousand terms ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", sizes(200, 1000))
def test_a_sum_of_a_thousand_terms_is_proved_printed_and_verified(count: int) -> None:
    claim = f"{' + '.join(TERMS[:count])} = {' + '.join(reversed(TERMS[:count]))}"
    theorem = proved(claim).checked
    assert text(theorem.conclusion) == claim
    notation = agree([theorem.conclusion], theorem.scope, frozenset(theorem.scope), None)
    for shown in (
        Unicode(notation).formula(Formula(theorem.conclusion)),
        Latex(notation).formula(Formula(theorem.conclusion)).text,
    ):
        assert shown.count(" + ") == 2 * (count - 1)
        assert "(" not in shown
    assert verify(theorem, points=2).verdict == Verdict.SUPPORTED


@pytest.mark.slow
def test_a_product_of_a_thousand_factors_is_proved_and_one_more_is_refuted() -> None:
    product, turned = "*".join(TERMS), "*".join(reversed(TERMS))
    assert text(proved(f"{product} = {turned}").checked.conclusion) == f"{product} = {turned}"
    positive = [f"0 < x{k}" for k in range(1, 41)]
    assert len(proved(f"0 < {product}", positive).checked.lines) == 41
    assert isinstance(kl.prove(f"{product} = {turned}*x1", given=positive), kl.Counterexample)


@pytest.mark.slow
def test_sympy_sums_and_products_of_a_thousand_terms() -> None:
    x = sympy.symbols("x1:41", real=True)
    terms = [x[k % 40] ** (k // 40 + 1) for k in range(1000)]
    total = sympy.Add(*terms)
    theorem = proved(sympy.Le(total, total + 1, evaluate=False))
    assert theorem.statement == sympy.Le(total, total + 1, evaluate=False)
    product = sympy.Mul(*(1 + t for t in terms))
    read = from_sympy(product)
    assert len(operands(read, MULTIPLICATIVE)) == 1000
    assert read.depth < 20


def test_a_derivation_states_a_sum_of_a_thousand_terms() -> None:
    from kl_symbolic.proving.calc import plus

    @kl.derivation("long_sum")
    def long_sum(d):  # type: ignore[no-untyped-def]
        (x,) = d.numbers("x")
        d.start(plus([x] * 1000))
        d.eq(1000 * x, because="collect")
        d.close()

    assert len(text(kl.derive(long_sum).theorem.checked.conclusion)) > 3000


def test_more_names_than_a_certificate_declares_are_refused_in_words() -> None:
    with pytest.raises(kl.Refused, match="at most 250 names can be declared"):
        kl.prove(" + ".join(f"x{k}" for k in range(1, 1001)) + " = 0")


# --- lines and bytes of certificates ---------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("family", growth.FAMILIES, ids=lambda f: f.name)
def test_certificates_of_twice_the_size_are_hardly_more_than_twice_as_long(family: growth.Family) -> None:
    found = []
    for n in (40, 80):
        claim, given = family.claim(n)
        theorem = proved(claim, given)
        found.append((len(theorem.checked.lines), len(theorem.certificate())))
    (lines, size), (more, larger) = found
    assert more <= 2.1 * lines
    assert larger <= 2.5 * size


@pytest.mark.parametrize("family", growth.FAMILIES, ids=lambda f: f.name)
def test_a_family_claims_what_is_true_of_its_size_alone(family: growth.Family) -> None:
    claim, given = family.claim(5)
    proved(claim, given)
    assert claim != family.claim(6)[0]
    assert family.sizes[:5] == growth.SIZES[:5]


def test_the_exponent_is_fitted_to_the_larger_half() -> None:
    sizes = growth.SIZES
    assert growth.exponent(sizes, [3.0 * n**2 for n in sizes]) == pytest.approx(2)
    assert growth.exponent(sizes, [9.0, 9.0, 9.0, *(float(n) for n in sizes[3:])]) == pytest.approx(1)


@pytest.mark.parametrize("count", sizes(60, 160))
def test_log_of_a_product_of_160_factors_within_the_budget_of_the_kernel(count: int) -> None:
    claim, given = next(f for f in growth.FAMILIES if f.name.startswith("log of a product")).claim(count)
    theorem = proved(claim, given)
    assert len(theorem.checked.lines) < 4 * count


# --- signs -----------------------------------------------------------------------------------------------------------


def steps_of_signs(monkeypatch: pytest.MonkeyPatch, n: int) -> int:
    counter = count()
    plain = signs.PartSigns._sign
    monkeypatch.setattr(signs.PartSigns, "_sign", lambda self, part: (next(counter), plain(self, part))[1])
    p = Proof("t", {}.__getitem__)
    p.declare(**{f"x{k}": "number" for k in range(1, n + 1)})
    for k in range(1, n + 1):
        p.given(f"0 < x{k}")
    prove(p, "0 < " + "*".join(f"x{k}" for k in range(1, n + 1)))
    monkeypatch.undo()
    return next(counter)


def test_facts_about_signs_are_tested_along_one_branch_each(monkeypatch: pytest.MonkeyPatch) -> None:
    small, large = (steps_of_signs(monkeypatch, n) for n in (60, 240))
    assert large <= 6 * small
    assert large < 240 * 24


def test_the_facts_that_are_kept_are_those_that_the_kernel_needs() -> None:
    drawn = random.Random(3)
    leaves = [Node("sym", name) for name in "abcd"]
    tried = 0
    for _ in range(400):
        term = _term(drawn, leaves, 4)
        p = Proof("t", {}.__getitem__)
        p.declare(**dict.fromkeys("abcd", "number"))
        made = [drawn.choice((lt(0, a), le(0, a), ne(a, 0))) for a in (*leaves, *term.args) if a.op != "num"]
        facts = [p.assume(s) for s in dict.fromkeys(drawn.sample(made, drawn.randint(1, len(made))))]
        parts = signs.PartSigns(term, facts)
        assert parts.of(term) == sign(term, known_signs(tuple(f.sequent for f in facts)))
        for wanted in (("<",), ("<", "<="), ("<", "!=")):
            if parts.of(term) in wanted:
                tried += 1
                assert signs.PartSigns(term, facts).needed(wanted) == _needed(facts, term, wanted)
    assert tried > 150


def _term(drawn: random.Random, leaves: list[Node], depth: int) -> Node:
    if depth == 0 or drawn.random() < 0.15:
        return drawn.choice([*leaves, num(drawn.choice([-1, 0, 2]))])
    op = drawn.choice("++**/^n")
    if op == "^":
        return _term(drawn, leaves, depth - 1) ** num(drawn.choice([-2, -1, 0, 1, 2, 3]))
    if op == "n":
        return -_term(drawn, leaves, depth - 1)
    left = _term(drawn, leaves, depth - 1)
    return Node(op, None, (left, left if drawn.random() < 0.2 else _term(drawn, leaves, depth - 1)))


def _needed(facts: list[Fact], term: Node, wanted: tuple[str, ...]) -> list[Fact]:
    """Drop one fact after the other and ask the kernel each time."""
    kept = list(facts)
    for fact in facts:
        fewer = [f for f in kept if f is not fact]
        if sign(term, known_signs(tuple(f.sequent for f in fewer))) in wanted:
            kept = fewer
    return kept


# --- many hypotheses -------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("n", [41, 42, 120, 200])
def test_a_chain_of_many_inequalities(n: int) -> None:
    links = [f"t{k} <= t{k + 1}" for k in range(1, n + 1) if k < 200]
    last = min(n, 199) + 1
    theorem = proved(f"t1 <= t{last}", links)
    used = {k for line in theorem.checked.lines for k in line.premises}
    assert len(used) >= len(links)


@pytest.mark.parametrize("place", [0, 60, 149])
def test_what_is_needed_is_found_wherever_it_stands(place: int) -> None:
    others = [f"u{k} <= v{k}" for k in range(1, 100)]
    needed = ["a <= b", "b < c"]
    given = others[:place] + needed + others[place:]
    proved("a < c + 1/2", given)


def test_near_facts_come_first_and_no_fact_is_lost() -> None:
    p = Proof("t", {}.__getitem__)
    names = [f"{letter}{k}" for letter in "uv" for k in range(1, 61)]
    p.declare(**dict.fromkeys([*names, "a", "b", "c"], "number"))
    far = [p.given(f"u{k} <= v{k}") for k in range(1, 61)]
    second, first = p.given("b <= c"), p.given("a <= b")
    goal = p.statement("a <= 1")
    assert ranked(p.known, goal) == [first, second, *far]
    assert len(at_hand(p, goal, ())) == 62
    few = [*far[: MAX_FACTS - 1], first]
    assert ranked(few, goal) == few


def test_known_facts_are_found_in_their_order() -> None:
    p = Proof("t", {}.__getitem__)
    p.declare(X="set", p="X -> number", i="X", x="number")
    general, plain, other = p.given("forall i in X: 0 < p[i]"), p.given("0 < p[i]"), p.given("0 < x")
    assert [*p.telling(plain.statement)] == [general, plain]
    assert [*p.telling(other.statement)] == [general, other]
    assert [*p.telling(p.statement("x <= 1"))] == [general]
    p.known[:] = [other, plain, general]
    assert [*p.telling(plain.statement)] == [plain, general]


# --- divergences that are written out --------------------------------------------------------------------------------


def _divergence(n: int) -> tuple[str, list[str]]:
    both = [f"{letter}{k}" for letter in "pq" for k in range(1, n + 1)]
    totals = [" + ".join(f"{letter}{k}" for k in range(1, n + 1)) + " = 1" for letter in "pq"]
    claim = " + ".join(f"p{k}*log(p{k}/q{k})" for k in range(1, n + 1))
    return claim, [*(f"0 < {x}" for x in both), *totals]


@pytest.mark.parametrize("n", [2, 3, *sizes(6, 12)])
def test_a_divergence_of_named_probabilities_is_not_negative(n: int) -> None:
    claim, given = _divergence(n)
    proved(f"0 <= {claim}", given)
    if n < 4:
        assert isinstance(kl.prove(f"1/100 <= {claim}", given=given), kl.Counterexample)


def test_a_long_combination_is_added_up_in_several_lines() -> None:
    claim, given = growth.FAMILIES[-1].claim(120)
    rules = [line.rule for line in proved(claim, given).checked.lines]
    assert rules.count("order") == 4  # 119 links in three parts, and their sum


@pytest.mark.parametrize("kind", sampled(hostile_claims.CLAIMS))
def test_what_is_made_to_cost_much_has_an_answer_where_it_is_small(kind: str) -> None:
    asked = hostile_claims.CLAIMS[kind].make(2, 1, 1)
    assert isinstance(kl.prove(**asked._asdict()), kl.Theorem | kl.Counterexample | kl.Unknown)
