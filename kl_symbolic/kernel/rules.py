"""Logic, arithmetic, finite sums and definitions: the rules that are not axioms about functions.

Each rule is a plain function from arguments and premises (sequents) to a sequent; it opens with its inference
figure and its *Raises* says when it refuses. The hypotheses of all premises are collected unless the figure says
otherwise. Rules run only inside ``check`` and, for instant feedback, for authors; a sequent is not a theorem.
"""

from fractions import Fraction

from .errors import need
from .normal_form import Budget, Field, Sign, sign, stronger
from .statements import Sequent, body_over, derive, eq, expect, forall, iff, implies, lt, ne, sides
from .terms import RELATIONS, Node, Substitution, abstract, apply_abs, lam, num, substitute

HOLE = "_"
"""The symbol of a template that marks what is replaced."""

Entry = tuple[Fraction, Node, tuple[int, ...]]
"""A summand of ``order``: rational multiplier, term, positions of the premises that are multiplied."""


# --- logic ---------------------------------------------------------------------------------------------------


def assume(statement: Node) -> Sequent:
    """``φ ⊢ φ``."""
    return derive(statement, add=(statement,))


def weaken(statement: Node, premise: Sequent) -> Sequent:
    """``Γ ⊢ φ  ⟹  Γ, ψ ⊢ φ``.

    Raises
    ------
    Refused
        When ψ already stands in Γ.
    """
    need(statement not in premise.hypotheses, "the hypothesis is already there", hypothesis=statement)
    return derive(premise.conclusion, premise, add=(statement,))


def disch(statement: Node, premise: Sequent) -> Sequent:
    """``Γ, φ ⊢ ψ  ⟹  Γ ⊢ φ ⇒ ψ``.

    Raises
    ------
    Refused
        When φ is not a hypothesis.
    """
    _assumed(premise, statement)
    return derive(implies(statement, premise.conclusion), premise, drop=(statement,))


def _assumed(premise: Sequent, statement: Node) -> None:
    found = statement in premise.hypotheses
    need(found, "the premise does not assume what is discharged", expected=statement, have=premise.hypotheses)


def mp(implication: Sequent, premise: Sequent) -> Sequent:
    """``Γ ⊢ φ ⇒ ψ,  Δ ⊢ φ  ⟹  Γ, Δ ⊢ ψ``.

    Raises
    ------
    Refused
        When the first premise is not an implication, or the second is not its left side.
    """
    left, right = sides(implication.conclusion, "=>")
    expect(premise, left)
    return derive(right, implication, premise)


def gen(point: tuple[str, str], premise: Sequent) -> Sequent:
    """``Γ ⊢ φ(i)  ⟹  Γ ⊢ ∀ i ∈ X. φ(i)``, where X may be ℕ or the numbers.

    Raises
    ------
    Refused
        When i is free in Γ.
    """
    name, index_set = point
    for hypothesis in premise.hypotheses:
        need(name not in hypothesis.names, "the index is not arbitrary", index=name, free_in=hypothesis)
    conclusion = forall(index_set, abstract(premise.conclusion, name))
    return Sequent(premise.hypotheses, conclusion, premise.points - {name})


def spec(index: Node, premise: Sequent) -> Sequent:
    """``Γ ⊢ ∀ i ∈ X. φ(i)  ⟹  Γ ⊢ φ(e)`` for an index e of X, or a number e.

    Raises
    ------
    Refused
        When the premise is not universal, or e is of another sort.
    """
    return derive(apply_abs(body_over(premise.conclusion), index), premise)


def iff_intro(forward: Sequent, backward: Sequent) -> Sequent:
    """``Γ ⊢ φ ⇒ ψ,  Δ ⊢ ψ ⇒ φ  ⟹  Γ, Δ ⊢ φ ⇔ ψ``.

    Raises
    ------
    Refused
        When the second premise is not the converse of the first.
    """
    left, right = sides(forward.conclusion, "=>")
    expect(backward, implies(right, left))
    return derive(iff(left, right), forward, backward)


def iff_elim(premise: Sequent) -> Sequent:
    """``Γ ⊢ φ ⇔ ψ  ⟹  Γ ⊢ φ ⇒ ψ``.

    Raises
    ------
    Refused
        When the premise is not an equivalence.
    """
    return derive(implies(*sides(premise.conclusion, "<=>")), premise)


def cases(statement: Node, true: Sequent, false: Sequent) -> Sequent:
    """``Γ, a = b ⊢ φ,  Δ, a ≠ b ⊢ φ  ⟹  Γ, Δ ⊢ φ``, and the same with ``a ≤ b`` and ``b < a``.

    Raises
    ------
    Refused
        When a branch does not assume its case, or the branches conclude differently.
    """
    need(statement.op in ("=", "<="), "expected a case a = b or a <= b", got=statement)
    (left, right), phi = statement.args, true.conclusion
    opposite = ne(left, right) if statement.op == "=" else lt(right, left)
    _assumed(true, statement)
    _assumed(false, opposite)
    expect(false, phi)
    return derive(phi, derive(phi, true, drop=(statement,)), derive(phi, false, drop=(opposite,)))


def absurd(statement: Node, equal: Sequent, unequal: Sequent) -> Sequent:
    """``Γ ⊢ a = b,  Δ ⊢ a ≠ b  ⟹  Γ, Δ ⊢ φ``.

    Raises
    ------
    Refused
        When the premises do not contradict each other.
    """
    expect(unequal, ne(*sides(equal.conclusion, "=")))
    return derive(statement, equal, unequal)


# --- equality and substitution -------------------------------------------------------------------------------


def symm(premise: Sequent) -> Sequent:
    """``Γ ⊢ a = b  ⟹  Γ ⊢ b = a``, and the same for ≠ and ⇔.

    Raises
    ------
    Refused
        When the premise is none of these.
    """
    op, args = premise.conclusion.op, premise.conclusion.args
    need(op in ("=", "!=", "<=>"), "expected a premise with =, != or <=>", got=premise.conclusion)
    return derive(Node(op, None, args[::-1]), premise)


def trans(first: Sequent, second: Sequent) -> Sequent:
    """``Γ ⊢ a = b,  Δ ⊢ b = c  ⟹  Γ, Δ ⊢ a = c``.

    Raises
    ------
    Refused
        When the middle terms differ.
    """
    left, middle = sides(first.conclusion, "=")
    other, right = sides(second.conclusion, "=")
    need(middle == other, "the middle terms differ", first_ends=middle, second_begins=other)
    return derive(eq(left, right), first, second)


def template_signature(equality: Sequent) -> tuple[tuple[str, ...], Node, Node]:
    """Return X, …, λ l and λ r of a premise ``∀ i ∈ X … l(i, …) = r(i, …)``."""
    sets: list[str] = []
    statement = equality.conclusion
    while statement.op == "all":
        sets.append(statement.args[0].data)
        statement = statement.args[0].args[0]
    left, right = sides(statement, "=", "an equality, perhaps under forall,")
    return tuple(sets), lam(sets, left), lam(sets, right)


def congr(template: Node, equality: Sequent) -> Sequent:
    """``Γ ⊢ ∀ i … l(i, …) = r(i, …)  ⟹  Γ ⊢ t[l] = t[r]`` for a term t[_] with a hole.

    Raises
    ------
    Refused
        When the premise is not an equality, or the hole does not occur.
    """
    return derive(eq(*_fill(template, equality)), equality)


def rewrite(template: Node, equality: Sequent, premise: Sequent) -> Sequent:
    """``Γ ⊢ ∀ i … l = r,  Δ ⊢ φ[l]  ⟹  Γ, Δ ⊢ φ[r]`` for a statement φ[_] with a hole.

    Raises
    ------
    Refused
        When the first premise is not an equality, or the second is not φ[l].
    """
    left, right = _fill(template, equality)
    expect(premise, left)
    return derive(right, equality, premise)


def _fill(template: Node, equality: Sequent) -> tuple[Node, Node]:
    need(HOLE in template.names, "the template has no hole _", template=template)
    _, left, right = template_signature(equality)
    return tuple(substitute(template, {HOLE: side}) for side in (left, right))  # type: ignore[return-value]


def instance(names: Sequent, by: Substitution, *premises: Sequent) -> Sequent:
    """``Γ ⊢ φ  ⟹  Γσ ⊢ φσ``, where premises may prove statements of Γσ.

    This is the rule ``inst`` for a line of the same proof, ``cite`` for a lemma, and every rule whose figure is a
    row of the table of schemes.

    Raises
    ------
    Refused
        When a premise is none of the statements in Γσ.
    """
    hypotheses = tuple(dict.fromkeys(substitute(h, by) for h in names.hypotheses))
    for premise in premises:
        need(premise.conclusion in hypotheses, "wrong premise", expected=hypotheses, got=premise.conclusion)
    proved = {p.conclusion for p in premises}
    return derive(substitute(names.conclusion, by), *premises, add=[h for h in hypotheses if h not in proved])


# --- the ordered field ---------------------------------------------------------------------------------------


def known_signs(premises: tuple[Sequent, ...]) -> dict[Node, Sign]:
    """Return what premises ``0 < e``, ``0 ≤ e`` and ``e ≠ 0`` say about terms e."""
    known: dict[Node, Sign] = {}
    for op, args in ((p.conclusion.op, p.conclusion.args) for p in premises):
        if op in ("<", "<=", "!=") and args[op == "!="] == num(0):
            term = args[op != "!="]
            known[term] = stronger(known.get(term, ""), op)
    return known


def pos(goal: Node, *premises: Sequent) -> Sequent:
    """``Γ ⊢ 0 < e``, ``Γ ⊢ 0 ≤ e`` or ``Γ ⊢ e ≠ 0`` by the structure of e, from premises about its parts.

    Raises
    ------
    Refused
        When the structure does not tell.
    """
    term, wanted = next(iter(known_signs((derive(goal),)).items()), (None, ""))
    need(term is not None, "expected a goal 0 < e, 0 <= e or e != 0", got=goal)
    found = sign(term or goal, known_signs(premises))
    need(found in (wanted, "<"), "the structure of the term and the premises do not tell", goal=goal)
    return derive(goal, *premises)


def field(budget: Budget, goal: Node, *premises: Sequent) -> Sequent:
    """``⊢ a = b`` when a = b in ℚ(atoms); every divisor must be non-zero by the premises.

    Raises
    ------
    Refused
        When the two sides differ, or a divisor is not known to be non-zero.
    """
    left, right = sides(goal, "=", "a goal")
    equal = Field(known_signs(premises), budget).is_zero(left - right)
    need(equal, "the two sides are not equal by arithmetic", left=left, right=right)
    return derive(goal, *premises)


def order(budget: Budget, goal: Node, entries: tuple[Entry, ...], *premises: Sequent) -> Sequent:
    """``Γ ⊢ a ≤ b`` (or <, =, ≠) because b − a is, identically, a sum of signed multiples of the premises.

    Each entry (c, t, k₁ k₂ …) stands for c·t²·Π(right − left of premise k), which is ≥ 0 for c > 0 and
    inequalities; where one of its premises is an equality it stands for c·t·Π(…), which is 0.

    Raises
    ------
    Refused
        When an entry has the wrong sign for the goal, or the identity fails.
    """
    need(goal.op in RELATIONS, "expected a goal with =, <=, < or !=", got=goal)
    rest, kinds = goal.args[1] - goal.args[0], list[str]()
    for multiplier, term, positions in entries:
        kind, value = _entry(multiplier, term, tuple(_picked(premises, k) for k in positions))
        rest, kinds = rest - value, [*kinds, kind]
    need(_licensed(goal.op, kinds), "the multipliers do not have the signs that the goal needs", goal=goal, signs=kinds)
    combined = Field(known_signs(premises), budget).is_zero(rest)
    need(combined, "right - left of the goal is not the given combination of the premises", goal=goal)
    return derive(goal, *premises)


def _picked(premises: tuple[Sequent, ...], position: int) -> Node:
    fits = position < len(premises) and premises[position].conclusion.op in RELATIONS
    need(fits, f"an entry names premise {position}, which is not a comparison")
    return premises[position].conclusion


def _entry(multiplier: Fraction, term: Node, factors: tuple[Node, ...]) -> tuple[str, Node]:
    """Return what is known of a summand (``=`` zero, ``<=``, ``<``, ``!=`` or ``?``) and the summand."""
    ops = {f.op for f in factors}
    value = num(multiplier) * term if "=" in ops else num(multiplier) * (term * term)
    for factor in factors:
        value = value * (factor.args[1] - factor.args[0])
    plain = term == num(1)
    if "=" in ops:
        return "=", value
    if multiplier > 0 and "!=" not in ops:
        return "<" if plain and ops <= {"<"} else "<=", value
    return "!=" if plain and "<=" not in ops and multiplier else "?", value


def _licensed(op: str, kinds: list[str]) -> bool:
    found = set(kinds)
    summed = found <= {"=", "<=", "<"}
    strict, apart = summed and "<" in found, found <= {"=", "!="} and kinds.count("!=") == 1
    return {"=": found <= {"="}, "<=": summed, "<": strict, "!=": strict or apart}[op]
