"""Integrals, domains and derivatives: what looks like one of their laws and is none."""

from __future__ import annotations

from typing import Any

from kl_symbolic.kernel.syntax import Signature, encode
from kl_symbolic.kernel.table import SCHEMES
from kl_symbolic.kernel.terms import REAL, Node

from .pair import (
    NO_SIGN,
    NOT_ARBITRARY,
    NOT_EQUAL,
    OTHER_CLAIM,
    UNCLAIMED,
    UNUSED,
    WRONG_PREMISE,
    Case,
    Page,
    proof,
)  # fmt: skip
from .twins import shifted

NO_CONDITION = "axioms: the function may leave its domain"
NO_INTERVAL = "expected an interval"
X: list[Any] = ["#", 0]


def _spelled(signature: Signature) -> str:
    over, values = signature
    return f"{', '.join(over)} -> {values}" if over else values


def _itself(name: str, signature: Signature) -> Any:
    """Return a name as it is put for itself: a function with its bound variables, outermost first."""
    over, values = signature
    inside = [["#", k] if s == REAL else k for k, s in reversed(list(enumerate(reversed(over))))]
    return name if values == "set" or (not over and values == "Nat") else [name, *inside]


def _row(name: str) -> Page:
    """Return the certificate that shows a row of the table from its own hypotheses, each a line."""
    _, scope, sequent = SCHEMES[name]
    p = proof(**{n: _spelled(s) for n, s in scope.items()})
    facts = [p.given(h) for h in sequent.hypotheses]
    return Page.of(p, p.step(name, [{n: _itself(n, s) for n, s in scope.items()}], facts))


def _from_another(name: str, k: int, other: str) -> Case:
    """Let hypothesis *k* of a row be proved by another statement."""
    page = _row(name)
    last = len(page.data["lines"]) - 1
    shown = page.statement(other)
    return page.spoil(
        ("wrong premise", "got:      "), row=(k, "assume", [shown], []), at=last, hypothesis=(k, other),
        off=(WRONG_PREMISE, UNCLAIMED),
    )  # fmt: skip


def _at(name: str, says: str | tuple[str, ...], **values: Any) -> Case:
    """Use a row without hypotheses, or with all of them kept, at other values."""
    _, scope, sequent = SCHEMES[name]
    p = proof(**{n: _spelled(s) for n, s in scope.items()})
    by = {n: _itself(n, s) for n, s in scope.items()}
    fact = p.step(name, [by])
    p.hypotheses = list(sequent.hypotheses)
    return Page.of(p, fact).spoil(says, row=(0, name, [{**by, **values}], []))


# --- every domain ----------------------------------------------------------------------------------------------------


def integral_of_zero_that_is_one() -> Case:
    """∫ 0 = 1, which would make every domain a probability space."""
    return _row("int_null").spoil("the last line is not the claim", conclusion="int(x in D: 0) = 1", off=(OTHER_CLAIM,))


def integrals_over_two_domains() -> Case:
    """∫_D f = u and ∫_ℝ g = v, added as if D were ℝ."""
    return _from_another("int_add", 1, "int(x in reals: g(x)) = v")


def factor_that_depends_on_the_number() -> Case:
    """∫ x·f(x) = x·u: the bound number taken for a constant."""
    return _at("int_mul", "expected the number of a bound number", a=X)


def integral_that_depends_on_the_number() -> Case:
    """∫ f(x) = x."""
    return _at("int_mul", "expected the number of a bound number", u=X)


def domain_that_depends_on_the_number() -> Case:
    """∫ over (0, x) of a function of the same x."""
    return _at("int_mul", "expected the number of a bound number", D=["open", 0, X])


def function_of_a_number_too_many() -> Case:
    """An integrand with a variable that no binder binds."""
    return _at("int_mul", "expected the number of a bound number", f=["#", 1])


def sum_of_integrals_over_another_domain() -> Case:
    """Σ and ∫ exchanged for integrals over ℝ, to get one over D."""
    return _from_another("int_sum", 0, "forall i in X: int(x in reals: f(i, x)) = v[i]")


def sum_of_integrals_of_the_diagonal() -> Case:
    """Σ and ∫ exchanged for one value that all integrals share, claimed with a value for each."""
    return _row("int_sum").spoil(
        "the last line is not the claim", conclusion="int(x in D: sum(i in X: f(i, x))) = card(X)*sum(i in X: v[i])",
        off=(OTHER_CLAIM,),
    )  # fmt: skip


def order_on_half_of_the_domain() -> Case:
    """∫ f ≤ ∫ g where f ≤ g holds for positive numbers only."""
    return _from_another("int_mono", 0, "forall x in D: 0 < x => f(x) <= g(x)")


def order_on_a_smaller_domain() -> Case:
    """∫_D f ≤ ∫_D g where f ≤ g holds on ℕ, which is a null set of ℝ."""
    return _from_another("int_mono", 0, "forall x in nats: f(x) <= g(x)")


def order_of_an_integral_over_less() -> Case:
    """∫ f ≤ ∫ g where the second is over another domain."""
    return _from_another("int_mono", 2, "int(x in (0, 1): g(x)) = v")


def order_at_one_number() -> Case:
    """f ≤ g on D, for f ≤ g at the number x that Γ speaks of."""
    p = proof(D="domain", f="number -> number", g="number -> number", x="number", y="number")
    inside = p.step("weaken", [["in", ["x"], ["D"]]], [p.given("f(y) <= g(y)")])
    page = Page.of(p, p.gen(Node("sym", "x"), p.step("disch", [["in", ["x"], ["D"]]], [inside])))
    return page.spoil(
        ("the index is not arbitrary", "index:   x", "free in: f(x) <= g(x)"),
        row=(0, "assume", [page.statement("f(x) <= g(x)")], []), at=page.where("gen"),
        hypothesis=(0, "f(x) <= g(x)"), conclusion="forall x in D: f(x) <= g(x)", off=(NOT_ARBITRARY, UNUSED),
    )  # fmt: skip


def squeeze_between_two_integrals() -> Case:
    """∫ lₙ → v and ∫ hₙ → v + 1: nothing is squeezed."""
    return _from_another("int_squeeze", 5, "lim(n: b[n]) -> v + 1")


def squeeze_for_positive_n_only() -> Case:
    """The upper bounds hold for positive n only, which would be enough: but the row says every n."""
    return _from_another("int_squeeze", 1, "forall n in Nat: 0 < n => forall x in D: f(x) <= h(n, x)")


def squeeze_on_part_of_the_domain() -> Case:
    """The upper bounds hold for positive numbers only."""
    return _from_another("int_squeeze", 1, "forall n in Nat: forall x in D: 0 < x => f(x) <= h(n, x)")


def squeeze_of_the_wrong_side() -> Case:
    """f ≤ lₙ in place of lₙ ≤ f."""
    return _from_another("int_squeeze", 0, "forall n in Nat: forall x in D: f(x) <= l(n, x)")


def squeeze_with_integrals_over_another_domain() -> Case:
    """∫ lₙ = aₙ over ℝ."""
    return _from_another("int_squeeze", 2, "forall n in Nat: int(x in reals: l(n, x)) = a[n]")


# --- which numbers lie in a domain -----------------------------------------------------------------------------------


def lower_end_of_an_open_interval() -> Case:
    """A ≤ c for c ∈ (a, b)."""
    return _from_another("in_open", 0, "a <= c")


def upper_end_of_an_open_interval() -> Case:
    """C ≤ b for c ∈ (a, b)."""
    return _from_another("in_open", 1, "c <= b")


def lower_bound_of_a_number_of_reals() -> Case:
    """A < c for c ∈ (−∞, b)."""
    return _from_another("open_low", 0, "c in (-oo, b)")


def upper_bound_of_a_number_of_a_ray() -> Case:
    """C < b for c ∈ (a, ∞)."""
    return _from_another("open_high", 0, "c in (a, oo)")


def end_of_a_ray() -> Case:
    """A ≤ c for c ∈ (a, ∞)."""
    return _from_another("in_above", 0, "a <= c")


def lower_bound_of_any_number() -> Case:
    """A < c for c ∈ ℝ."""
    return _from_another("above_low", 0, "c in reals")


def end_of_a_ray_to_the_left() -> Case:
    """C ≤ b for c ∈ (−∞, b)."""
    return _from_another("in_below", 0, "c <= b")


def upper_bound_of_any_number() -> Case:
    """C < b for c ∈ ℝ."""
    return _from_another("below_high", 0, "c in reals")


def any_number_is_natural() -> Case:
    """c ∈ ℕ, as c ∈ ℝ is shown."""
    return _row("in_reals").spoil("the last line is not the claim", conclusion="c in nats", off=(OTHER_CLAIM,))


def half_is_natural() -> Case:
    """½ ∈ ℕ."""
    return _at("nat_in", "expected an index in Nat", n="1/2")


def sign_of_any_number() -> Case:
    """0 ≤ c for c ∈ ℝ."""
    return _from_another("nats_nonneg", 0, "c in reals")


# --- intervals -------------------------------------------------------------------------------------------------------


def split_with_a_gap_on_the_left() -> Case:
    """The left half lacks (c − 1, c)."""
    return _from_another("int_split", 4, "forall x in D: x < c - 1 => x in E")


def split_with_a_gap_on_the_right() -> Case:
    """The right half lacks (c, c + 1)."""
    return _from_another("int_split", 5, "forall x in D: c + 1 < x => x in G")


def split_with_an_overlap() -> Case:
    """The left half goes on to c + 1, so (c, c + 1) is counted twice."""
    return _from_another("int_split", 1, "forall x in E: x < c + 1")


def split_with_an_overlap_on_the_right() -> Case:
    """The right half begins at c − 1."""
    return _from_another("int_split", 3, "forall x in G: c - 1 < x")


def half_outside_on_the_left() -> Case:
    """The left half need not lie in D."""
    return _from_another("int_split", 0, "forall x in E: x in reals")


def half_outside_on_the_right() -> Case:
    """The right half need not lie in D."""
    return _from_another("int_split", 2, "forall x in G: x in reals")


def split_of_the_natural_numbers() -> Case:
    """ℕ split at 1, which is not a null set of ℕ."""
    return _at("int_split", NO_INTERVAL, D=["nats"])


def antiderivative_without_a_minorant() -> Case:
    """FTC for a function that nothing bounds from below: ∫ might exist as a limit only."""
    return _from_another("int_ftc", 1, "forall x in D: 0 < x => m(x) <= f(x)")


def antiderivative_with_a_minorant_on_part_of_the_domain() -> Case:
    """FTC with a minorant that is integrable on (0, 1) only."""
    return _from_another("int_ftc", 0, "int(x in (0, 1): m(x)) = w")


def antiderivative_with_a_pole() -> Case:
    """FTC across a number at which g has no derivative: ∫ of 1/x² over (−1, 1) is not −2."""
    return _from_another("int_ftc", 2, "forall x in D: x != 0 => deriv(y: g(y), x) = f(x)")


def antiderivative_of_a_function_with_a_jump() -> Case:
    """FTC where f has a derivative for positive numbers only."""
    return _from_another("int_ftc", 3, "forall x in D: 0 < x => deriv(y: f(y), x) = h(x)")


def antiderivative_on_an_empty_interval() -> Case:
    """FTC on (1, 0), where g(0) − g(1) would be claimed for 0: no uₙ lies in it."""
    return _from_another("int_ftc", 4, "forall n in Nat: u[n] in reals")


def antiderivative_without_upper_numbers() -> Case:
    """FTC with vₙ that need not lie in the interval."""
    return _from_another("int_ftc", 7, "forall n in Nat: v[n] in reals")


def antiderivative_that_stops_before_the_lower_end() -> Case:
    """FTC from the middle: uₙ is below one number of D only."""
    return _from_another("int_ftc", 5, "lim(n: abs(u[n] - w) + (u[n] - w)) -> 0")


def antiderivative_that_stops_before_the_upper_end() -> Case:
    """FTC to the middle: vₙ is near the number 1 less than the end."""
    return _from_another("int_ftc", 8, "forall x in D: lim(n: abs(x - 1 - v[n]) + (x - 1 - v[n])) -> 0")


def antiderivative_with_another_lower_value() -> Case:
    """FTC with a value that g does not tend to."""
    return _from_another("int_ftc", 6, "lim(n: g(u[n])) -> k + 1")


def antiderivative_with_another_upper_value() -> Case:
    """FTC with a value at v₀ in place of the limit."""
    return _from_another("int_ftc", 9, "forall n in Nat: g(v[n]) = l")


def antiderivative_over_the_natural_numbers() -> Case:
    """FTC for a series."""
    return _at("int_ftc", NO_INTERVAL, D=["nats"])


def substitution_that_leaves() -> Case:
    """φ need not map D into E."""
    return _from_another("int_subst", 1, "forall x in D: phi(x) in reals")


def substitution_that_is_not_onto() -> Case:
    """φ reaches the positive numbers of E only."""
    return _from_another("int_subst", 3, "forall x in E: 0 < x => phi(psi(x)) = x")


def substitution_back_to_somewhere() -> Case:
    """ψ need not map E into D, so a number of E may be no value of φ on D."""
    return _from_another("int_subst", 2, "forall x in E: psi(x) in reals")


def substitution_inverted_from_the_left() -> Case:
    """ψ(φ(x)) = x on D in place of φ(ψ(x)) = x on E: injective, not onto."""
    return _from_another("int_subst", 3, "forall x in D: psi(phi(x)) = x")


def substitution_that_is_not_injective() -> Case:
    """φ may turn around: s may be zero, and change its sign."""
    return _from_another("int_subst", 6, "forall x in D: x != 0 => s(x) != 0")


def substitution_with_a_kink() -> Case:
    """φ has the derivative s for positive numbers only."""
    return _from_another("int_subst", 4, "forall x in D: 0 < x => deriv(y: phi(y), x) = s(x)")


def substitution_with_a_slope_that_jumps() -> Case:
    """S has a derivative for positive numbers only."""
    return _from_another("int_subst", 5, "forall x in D: 0 < x => deriv(y: s(y), x) = t(x)")


def substitution_of_another_integral() -> Case:
    """∫ over ℝ in place of E."""
    return _from_another("int_subst", 0, "int(x in reals: f(x)) = u")


def substitution_without_the_absolute_value() -> Case:
    """∫ f(φ)·s, which is −∫ f where φ falls."""
    return _row("int_subst").spoil(
        "the last line is not the claim", conclusion="int(x in D: f(phi(x))*s(x)) = u", off=(OTHER_CLAIM,)
    )


def substitution_on_the_natural_numbers() -> Case:
    """Σ over ℕ of f(2k)·2 = Σ f: there is no |φ′| in a sum."""
    return _at("int_subst", NO_INTERVAL, E=["nats"])


def substitution_from_the_natural_numbers() -> Case:
    """The same, with ℕ as the domain of φ."""
    return _at("int_subst", NO_INTERVAL, D=["nats"])


def zero_only_almost_everywhere() -> Case:
    """∫ f = 0 and f ≥ 0, but f may jump at c."""
    return _from_another("int_zero", 0, "forall x in D: x != c => deriv(y: f(y), x) = g(x)")


def zero_outside_of_the_domain() -> Case:
    """f(c) = 0 where c need not lie in D."""
    return _from_another("int_zero", 3, "c in reals")


def zero_of_a_function_with_two_signs() -> Case:
    """∫ f = 0 for an f that is negative somewhere."""
    return _from_another("int_zero", 1, "forall x in D: 0 <= f(x) + 1")


def zero_of_a_function_with_mass() -> Case:
    """∫ f = 1."""
    return _from_another("int_zero", 2, "int(x in D: f(x)) = 1")


def zero_on_a_named_domain() -> Case:
    """∫ f = 0 on any space, where points may have no mass."""
    return _row("int_zero").spoil(
        (NO_INTERVAL, "got: ['D']"), change=lambda data: data["names"].update(D="domain"), at=4, rule="int_zero"
    )


def split_of_a_named_domain() -> Case:
    """A space with any measure, split at c: the point c may have mass."""
    return _row("int_split").spoil(
        (NO_INTERVAL, "got: ['D']"), change=lambda data: data["names"].update(D="domain"), at=8, rule="int_split"
    )


# --- series ----------------------------------------------------------------------------------------------------------


def shift_of_an_integral() -> Case:
    """∫_ℝ f(x + 1) shifted as if it were a series."""
    return _from_another("nats_shift", 0, "int(x in reals: f(x + 1)) = u")


def shift_without_the_first_term() -> Case:
    """Σ f(k + 1) = Σ f(k)."""
    return _row("nats_shift").spoil(
        "the last line is not the claim", conclusion="int(x in nats: f(x)) = u + u", off=(OTHER_CLAIM,)
    )


def telescope_with_two_signs() -> Case:
    """Terms of two signs: the series converges, perhaps, but not absolutely."""
    return _from_another("nats_telescope", 0, "forall x in nats: 0 <= f(x + 1)")


def telescope_without_a_limit() -> Case:
    """The sum of increments of a sequence that is only bounded by u."""
    return _from_another("nats_telescope", 1, "forall n in Nat: f(n) <= u")


def exponential_series_at_zero() -> Case:
    """0 ≤ a, where 0⁰ would have to be 1."""
    return _from_another("exp_series", 0, "0 <= a")


# --- derivatives -----------------------------------------------------------------------------------------------------


def chain_at_the_wrong_number() -> Case:
    """(f∘g)′(a) with f′(a) in place of f′(g(a))."""
    return _from_another("deriv_chain", 1, "deriv(x: f(x), a) = t")


def chain_of_another_function() -> Case:
    """(f∘g)′ with the derivative of g at 0."""
    return _from_another("deriv_chain", 0, "deriv(x: g(x), 0) = s")


def derivative_of_a_sum_at_several_numbers() -> Case:
    """(Σ fᵢ)′(a) with fᵢ′(0)."""
    return _from_another("deriv_sum", 0, "forall i in X: deriv(x: f(i, x), 0) = s[i]")


def quotient_of_differences_at_zero() -> Case:
    """(g(a + hₙ) − g(a))/hₙ for hₙ that may be 0."""
    return _from_another("deriv_limit", 2, "forall n in Nat: 0 < n => h[n] != 0")


def quotient_of_differences_from_afar() -> Case:
    """The same for hₙ that tends to 1."""
    return _from_another("deriv_limit", 1, "lim(n: h[n]) -> 1")


def quotient_of_differences_elsewhere() -> Case:
    """The same with the derivative at 0."""
    return _from_another("deriv_limit", 0, "deriv(x: g(x), 0) = s")


def _slope(function: str, *conditions: str) -> Page:
    """Return that a function has a derivative at x under conditions, each a line."""
    p = proof(x="number", y="number")
    facts = [p.given(c) for c in conditions]
    return Page.of(p, p.step("differentiate", ["x", encode(p.term(function))], facts))


def slope_of_log_anywhere() -> Case:
    """Log′(x) = 1/x with 0 ≤ x."""
    return _slope("log(x)", "0 < x").spoil(
        ("the function may leave its domain", "no premise shows: 0 < x"),
        row=(0, "assume", [["<=", 0, ["x"]]], []), at=1, hypothesis=(0, "0 <= x"), off=(NO_CONDITION,),
    )  # fmt: skip


def slope_of_log_where_another_number_is_positive() -> Case:
    """y·log(x) has a derivative where 0 < y."""
    return _slope("y*log(x)", "0 < x").spoil(
        ("the function may leave its domain", "no premise shows: 0 < x"),
        row=(0, "assume", [["<", 0, ["y"]]], []), at=1, hypothesis=(0, "0 < y"), off=(NO_CONDITION,),
    )  # fmt: skip


def slope_at_a_pole() -> Case:
    """(1/x)′ with 0 ≤ x."""
    return _slope("1/x", "x != 0").spoil(
        ("the function may leave its domain", "no premise shows: x != 0"),
        row=(0, "assume", [["<=", 0, ["x"]]], []), at=1, hypothesis=(0, "0 <= x"), off=(NO_CONDITION,),
    )  # fmt: skip


def slope_of_a_root_of_any_number() -> Case:
    """(x^y)′ with x ≠ 0, which is enough for integers only."""
    return _slope("x^y", "0 < x").spoil(
        ("the function may leave its domain", "no premise shows: 0 < x"),
        row=(0, "assume", [["!=", ["x"], 0]], []), at=1, hypothesis=(0, "x != 0"), off=(NO_CONDITION,),
    )  # fmt: skip


def slope_with_a_pole_inside_the_domain() -> Case:
    """∀x ∈ (0, ∞): (1/x)′ = …, where x ≠ 0 is assumed of the very x."""
    p = proof(x="number")
    inside = p.assume("x in (0, oo)")
    positive = p.step("above_low", [{"a": 0, "c": ["x"]}], [inside])
    apart = p.pos("x != 0", positive)
    slope = p.step("differentiate", ["x", ["/", 1, ["x"]]], [apart])
    page = Page.of(p, p.gen(Node("sym", "x"), p.step("disch", [["in", ["x"], ["above", 0]]], [slope])))
    return page.spoil(
        ("the premise does not assume what is discharged", "have:     x != 0"),
        row=(page.where("pos"), "assume", [["!=", ["x"], 0]], []),
        at=page.where("disch"),
    )


def slope_on_the_diagonal() -> Case:
    """h(x, x)′ with the derivative of h(·, x) alone."""
    p = proof(h="number, number -> number", s="number", x="number")
    page = Page.of(p, p.step("differentiate", ["x", ["h", ["x"], ["x"]]], [p.given("deriv(z: h(z, z), x) = s")]))
    part = "deriv(z: h(z, x), x) = s"
    return page.spoil(
        ("no derivative is known", "term: h(x, x)"),
        row=(0, "assume", [page.statement(part)], []),
        at=1,
        hypothesis=(0, part),
    )


def slope_at_another_number() -> Case:
    """H(x)′ with the derivative of h at 0."""
    p = proof(h="number -> number", s="number", x="number")
    page = Page.of(p, p.step("differentiate", ["x", ["h", ["x"]]], [p.given("deriv(z: h(z), x) = s")]))
    there = "deriv(z: h(z), 0) = s"
    return page.spoil(
        ("no derivative is known", "term: h(x)"),
        row=(0, "assume", [page.statement(there)], []),
        at=1,
        hypothesis=(0, there),
    )


def slope_of_a_declared_function() -> Case:
    """H(x)′ out of nothing."""
    p = proof(h="number -> number", x="number")
    page = Page.of(p, p.step("differentiate", ["x", ["*", ["h", 0], ["x"]]]))
    return page.spoil(
        ("no derivative is known", "term: h(x)"), row=(0, "differentiate", ["x", ["*", ["h", ["x"]], ["x"]]], [])
    )


def slope_of_an_exponential_of_another_base() -> Case:
    """(2^x)′ by the rule for powers."""
    return _slope("x^2").spoil(
        ("no derivative is known", "term: 2^x"), row=(0, "differentiate", ["x", ["^", 2, ["x"]]], [])
    )


def slope_of_a_defined_symbol() -> Case:
    """rel_entr(x, y)′ without unfolding it."""
    return _slope("x*y").spoil(
        "no derivative is known", row=(0, "differentiate", ["x", ["rel_entr", [], ["x"], ["y"]]], [])
    )


def slope_in_a_variable_that_is_a_function() -> Case:
    """The derivative with respect to a function."""
    p = proof(h="number -> number", x="number")
    page = Page.of(p, p.step("differentiate", ["x", ["*", ["h", 0], ["x"]]]))
    return page.spoil(("expected a variable", "got: h"), row=(0, "differentiate", ["h", ["*", ["h", 0], ["x"]]], []))


# --- Γ, ψ and Beta ---------------------------------------------------------------------------------------------------


def gamma_at_its_pole() -> Case:
    """Γ(a) = ∫ for 0 ≤ a."""
    return _from_another("gamma_int", 0, "0 <= a")


def digamma_at_a_pole() -> Case:
    """Γ′ = Γψ for a ≠ 0, which may be −1."""
    return _from_another("digamma_deriv", 0, "a != 0")


def gamma_of_a_half_that_is_pi() -> Case:
    """Γ(½) = π."""
    return _row("gamma_half").spoil(
        "the last line is not the claim", conclusion="Gamma(1/2)*Gamma(1/2) = pi*pi", off=(OTHER_CLAIM,)
    )


def beta_at_a_pole() -> Case:
    """B(a, b) = ∫ for 0 ≤ b."""
    return _from_another("beta_int", 1, "0 <= b")


def beta_at_the_other_pole() -> Case:
    """B(a, b) = ∫ for a ≠ 0."""
    return _from_another("beta_int", 0, "a != 0")


def gamma_of_another_number() -> Case:
    """Γ(x + 1) = Γ(x + 2), as Γ(x + 1) = Γ(1 + x)."""
    p = proof(x="number")
    page = Page.of(p, p.field("Gamma(x + 1) = Gamma(1 + x)"))
    wrong = "Gamma(x + 1) = Gamma(x + 2)"
    return page.spoil(
        "the two sides are not equal by arithmetic",
        row=(0, "field", [page.statement(wrong)], []), conclusion=wrong, off=(NOT_EQUAL,),
    )  # fmt: skip


def gamma_that_is_digamma() -> Case:
    """Γ(x) = ψ(x): functions of one argument are not one function."""
    p = proof(x="number")
    page = Page.of(p, p.field("Gamma(x)*1 = Gamma(x)"))
    wrong = "Gamma(x)*1 = digamma(x)"
    return page.spoil(
        "the two sides are not equal by arithmetic",
        row=(0, "field", [page.statement(wrong)], []), conclusion=wrong, off=(NOT_EQUAL,),
    )  # fmt: skip


def gamma_that_is_positive_by_structure() -> Case:
    """0 < Γ(x) for 0 < x, by the signs of the parts."""
    p = proof(x="number")
    page = Page.of(p, p.pos("0 < x*x", p.given("0 < x")))
    return page.spoil(
        ("the structure of the term and the premises do not tell", "goal: 0 < Gamma(x)"),
        row=(1, "pos", [page.statement("0 < Gamma(x)")], [0]), conclusion="0 < Gamma(x)", off=(NO_SIGN,),
    )  # fmt: skip


# --- an integral is not an equation ----------------------------------------------------------------------------------

INTEGRAL = "int(x in (0, a): x) = b"


def _equation(rule: str, *args: Any) -> Page:
    p = proof(a="number", b="number")
    return Page.of(p, p.step(rule, list(args), [p.given("a = b")]))


def integral_turned_around() -> Case:
    """V = ∫ f."""
    return _equation("symm").spoil(
        ("expected a premise with =, != or <=>", "got: int(x in (0, a): x) = b"),
        row=(0, "assume", [["int", ["open", 0, ["a"]], X, ["b"]]], []), at=1, hypothesis=(0, INTEGRAL),
    )  # fmt: skip


def integral_in_a_chain() -> Case:
    """∫ f = b and b = c give ∫ f = c by the rule for equations."""
    p = proof(a="number", b="number", c="number")
    page = Page.of(p, p.step("trans", [], [p.given("a = b"), p.given("b = c")]))
    return page.spoil(
        "expected a premise of the form a = b",
        row=(0, "assume", [["int", ["open", 0, ["a"]], X, ["b"]]], []), at=2, hypothesis=(0, INTEGRAL),
    )  # fmt: skip


def integral_that_is_put_into_a_term() -> Case:
    """2·∫ f = 2·b by congruence."""
    return _equation("congr", ["*", 2, ["_"]]).spoil(
        "expected an equality, perhaps under forall,",
        row=(0, "assume", [["int", ["open", 0, ["a"]], X, ["b"]]], []), at=1, hypothesis=(0, INTEGRAL),
    )  # fmt: skip


def integral_that_rewrites() -> Case:
    """0 ≤ ∫ f, hence 0 ≤ b."""
    p = proof(a="number", b="number")
    page = Page.of(p, p.step("rewrite", [["<=", 0, ["_"]]], [p.given("a = b"), p.given("0 <= a")]))
    return page.spoil(
        "expected an equality, perhaps under forall,",
        row=(0, "assume", [["int", ["open", 0, ["a"]], X, ["b"]]], []), at=2, hypothesis=(0, INTEGRAL),
    )  # fmt: skip


def integral_as_a_case() -> Case:
    """∫ f = b or not: that it is not b says nothing."""
    p = proof(a="number", b="number")
    both = [p.step("weaken", [["=", ["a"], ["b"]]], [p.field("a + b = b + a")])]
    both.append(p.step("weaken", [["!=", ["a"], ["b"]]], [p.field("a + b = b + a")]))
    page = Page.of(p, p.step("cases", [["=", ["a"], ["b"]]], both))
    return page.spoil(
        "expected a case a = b or a <= b", row=(3, "cases", [["int", ["open", 0, ["a"]], X, ["b"]]], [1, 2])
    )


def integral_that_is_a_number() -> Case:
    """2·∫ f, as a term."""
    p = proof(a="number")
    page = Page.of(p, p.field("2*a = a*2"))
    return page.spoil(
        ("expected a number, got an unknown operator or undeclared name", "got: int"),
        row=(0, "field", [["=", ["*", 2, ["int", ["open", 0, ["a"]], X]], ["*", ["a"], 2]]], []),
    )


def integral_that_is_compared() -> Case:
    """∫ f = b as a premise of arithmetic."""
    page = shifted()
    return page.spoil(
        "an entry names premise 0, which is not a comparison",
        row=(0, "assume", [["int", ["open", 0, ["x"]], X, ["y"]]], []), at=1, hypothesis=(0, "int(z in (0, x): z) = y"),
    )  # fmt: skip


# --- names and sorts -------------------------------------------------------------------------------------------------


def domain_that_is_a_word() -> Case:
    """The text "reals" for ["reals"]: a domain has one spelling."""
    return _at("int_null", ("expected a domain", "got: reals"), D="reals")


def domain_that_is_a_number() -> Case:
    """An integral over a number."""
    return _at("int_null", "expected a domain", D=1)


def interval_to_infinity_as_a_number() -> Case:
    """(0, ∞) with a number ∞."""
    return _at("int_null", "expected a number, got an unknown operator or undeclared name", D=["open", 0, ["oo"]])


def interval_with_one_end() -> Case:
    """(0, …)."""
    return _at("int_null", "'open' takes 2 operands", D=["open", 0])


def name_of_a_domain_with_an_argument() -> Case:
    """D(0)."""
    return _at("int_null", "expected a domain", D=["D", 0])


def set_of_all_real_numbers() -> Case:
    """Σ over the numbers."""
    p = proof(X="set")
    page = Page.of(p, p.step("sum_one", [{"X": "X"}]))
    return page.spoil(("expected a declared index set", "got: number"), row=(0, "sum_one", [{"X": "number"}], []))


def function_into_the_numbers_of_a_set() -> Case:
    """A function of numbers whose values are elements of a set: Σ over it would be a sum over the reals."""
    p = proof(f="number -> number", x="number")
    page = Page.of(p, p.field("f(x) = f(x)"))
    return page.spoil(
        ("expected a declared index set", "got: number"),
        change=lambda data: data["names"].update(f="number -> Nat"),
    )


def function_over_a_domain() -> Case:
    """A function on a domain, which may be empty or no set of numbers at all."""
    return _row("int_mul").spoil(
        ("expected a declared index set", "got: D"), change=lambda data: data["names"].update(f="D -> number")
    )


def function_into_the_domains() -> Case:
    """A family of domains."""
    return _row("int_sum").spoil(
        ("too many arguments", "got: D"), change=lambda data: data["names"].update(D="X -> domain")
    )


def name_that_is_a_domain() -> Case:
    """A number that is called nats."""
    return _renamed("nats")


def name_that_looks_like_a_domain() -> Case:
    """A number that is called reaIs, with a capital I."""
    return _renamed("reaIs")


def name_that_is_a_statement() -> Case:
    """A number that is called deriv."""
    return _renamed("deriv")


def _renamed(name: str) -> Case:
    p = proof(z="number")
    page = Page.of(p, p.field("z = z"))
    return page.spoil(
        f"the names 'a reserved word' and '{name}' look alike", change=lambda data: data.update(names={name: "number"})
    )


def interval_that_is_the_natural_numbers() -> Case:
    """A theorem about intervals, used for ℕ."""
    return _instance(["nats"])


def interval_that_is_any_domain() -> Case:
    """A theorem about intervals, used for any space."""
    return _instance(["D"])


def _instance(domain: list[str]) -> Case:
    p = proof(D="domain", I="interval")
    row = p.step("inst", [{"I": ["above", 0]}], [p.step("int_null", [{"D": ["I"]}])])
    last = p.step("weaken", [["int", ["D"], 1, 0]], [row])
    p.hypotheses = list(last.sequent.hypotheses)
    return Page.of(p, last).spoil((NO_INTERVAL, f"got: {domain}"), row=(1, "inst", [{"I": domain}], [0]))


def every_number_under_a_hypothesis_about_it() -> Case:
    """∀x, where Γ speaks of x."""
    p = proof(a="number", x="number")
    page = Page.of(p, p.gen(Node("sym", "x"), p.given("a = a")))
    return page.spoil(
        ("the index is not arbitrary", "index:   x", "free in: a = x"),
        row=(0, "assume", [page.statement("a = x")], []), at=1, hypothesis=(0, "a = x"),
        conclusion="forall x in number: a = x",
        off=(NOT_ARBITRARY,),
    )  # fmt: skip


def every_domain() -> Case:
    """∀ over domains, which the language does not have."""
    p = proof(D="domain", x="number")
    inside = p.step("weaken", [["in", 0, ["D"]]], [p.field("x = x")])
    p.hypotheses = list(inside.sequent.hypotheses)
    page = Page.of(p, p.gen(Node("sym", "x"), inside))
    return page.spoil(("expected a point", "got: D"), row=(2, "gen", ["D"], [1]))


def every_natural_number_for_every_number() -> Case:
    """A statement about ℕ, used at ½."""
    p = proof(u="Nat -> number", n="Nat")
    page = Page.of(p, p.spec(p.given("forall n in Nat: u[n] = 0"), Node("idx", "n")))
    return page.spoil("expected an index in Nat", row=(1, "spec", ["1/2"], [0]))


def index_for_a_number() -> Case:
    """A statement about all numbers, used at an index."""
    p = proof(f="number -> number", n="Nat")
    page = Page.of(p, p.spec(p.given("forall x in number: f(x) = 0"), Node("nat", None, (Node("idx", "n"),))))
    return page.spoil("expected a fraction in lowest terms such as '7/10'", row=(1, "spec", ["n"], [0]))


def bound_number_outside_of_the_integral() -> Case:
    """The value of an integral written with its bound number."""
    p = proof(f="number -> number", u="number")
    page = Page.of(p, p.given("int(x in reals: f(x)) = u"))
    return page.spoil("expected the number of a bound number", row=(0, "assume", [["int", ["reals"], ["f", X], X]], []))
