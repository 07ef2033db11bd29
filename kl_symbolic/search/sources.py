"""Facts that a combination may use: what is at hand, signs, tangents, and instances of shipped theorems.

Each function appends lines to the proof and returns them. Lines that are not used in the end are left out of the
certificate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product

from ..kernel import Refused
from ..kernel.statements import eq, le, lt, ne
from ..kernel.syntax import encode
from ..kernel.terms import NAT, RELATIONS, Node, apply_abs, lam, num, substitute
from ..proof import Fact, Proof, close
from ..tactics import algebra, arrange, linear, prove
from .lemmas import Lemma, matches, shipped, subterms

__all__ = [
    "absolutes", "arranged", "at_hand", "attempt", "by_logarithms", "cited", "divergences", "elements",
    "exponentials", "from_contraposition", "indices", "instances", "numbers", "powers", "sign", "strictly", "tangents",
]  # fmt: skip

Prover = Callable[[Node, Sequence[Fact]], "Fact | None"]
"""Shows a premise of a lemma, or gives up."""
Comparer = Callable[[Node], "Fact | None"]
"""Shows a comparison, or gives up."""

MAX_FACTS, MAX_INSTANCES = 40, 24
_ZERO, _ONE, _HOLE = num(0), num(1), Node("sym", "_")


def attempt(tactic: Callable[..., Fact | None], *args: object) -> Fact | None:
    """Return what a tactic shows, or None when it refuses."""
    try:
        return tactic(*args)
    except (Refused, KeyError):
        return None


def positive(p: Proof, term: Node, extra: Sequence[Fact]) -> Fact | None:
    """Return 0 < term, if that is at hand."""
    return attempt(prove, p, lt(0, term), extra)


def sign(p: Proof, term: Node, extra: Sequence[Fact]) -> Fact | None:
    """Return 0 < term or, failing that, 0 ≤ term, if one is at hand."""
    return positive(p, term, extra) or attempt(prove, p, le(0, term), extra)


# --- what is at hand -----------------------------------------------------------------------------------------------


def indices(statements: Iterable[Node]) -> list[Node]:
    """Return the closed indices that occur in statements."""
    found: dict[Node, None] = {}

    def walk(node: Node) -> None:
        if node.op == "idx" and not node.loose:
            found[node] = None
        for a in node.args:
            walk(a)

    for statement in statements:
        walk(statement)
    return list(found)


def at_hand(p: Proof, goal: Node, extra: Sequence[Fact]) -> list[Fact]:
    """Return the comparisons that follow by ∀, ⇒ and ⇔ from the known facts, at the indices that the goal mentions."""
    points = indices([goal, *(f.statement for f in extra)])
    queue, found = [*extra, *p.known], dict[Node, Fact]()
    while queue and len(found) < MAX_FACTS:
        fact = queue.pop(0)
        op, args = fact.statement.op, fact.statement.args
        if op == "all":
            queue += [p.spec(fact, i) for i in points if p.scope[i.data][1] == args[0].data]
        elif op == "=>":
            left = attempt(prove, p, args[0], extra)
            queue += [p.mp(fact, left)] if left else []
        elif op == "<=>":
            queue += [p.step("iff_elim", [], [f]) for f in (fact, p.symm(fact))]
        elif op in RELATIONS:
            found.setdefault(fact.statement, fact)
            undone = inverse(p, fact, extra) if op == "=" and {"log", "exp"} & {a.op for a in args} else None
            if undone is not None:
                found.setdefault(undone.statement, undone)
    return list(found.values())


def from_contraposition(p: Proof, extra: Sequence[Fact] = ()) -> list[Fact]:
    """Return b ≠ 0, or 0 < b where 0 ≤ b is known, from b = 0 ⇒ a = 0 and a ≠ 0, under the ∀ of the implication."""
    found = []
    for fact in (*extra, *p.known):
        points: list[Node] = []
        line = fact
        while line.statement.op == "all":
            points.append(p.fresh(line.statement.args[0].data))
            line = p.spec(line, points[-1])
        shown = attempt(_contrapositive, p, line, extra)
        for point in reversed(points if shown else []):
            shown = p.gen(point, shown) if shown else None
        found += [shown] if shown else []
    return found


def _contrapositive(p: Proof, line: Fact, extra: Sequence[Fact]) -> Fact | None:
    if line.statement.op != "=>" or any(s.op != "=" for s in line.statement.args):
        return None
    left, right = line.statement.args
    if right.args[1] != _ZERO:
        return None
    some = prove(p, ne(right.args[0], 0), extra)
    clash = p.step("absurd", [encode(ne(*left.args))], [p.mp(line, p.assume(left)), some])
    unequal = p.cases(left, clash, p.assume(ne(*left.args)))
    return strictly(p, unequal, extra)


def strictly(p: Proof, unequal: Fact, extra: Sequence[Fact]) -> Fact:
    """Return 0 < b from b ≠ 0 where 0 ≤ b is at hand, else b ≠ 0 itself."""
    term, zero = unequal.statement.args
    below = attempt(prove, p, le(0, term), extra) if zero == _ZERO else None
    if below is None:
        return unequal
    if below.statement.op == "<":
        return below
    return p.scheme("lt_of_le_ne", {"a": _ZERO, "b": term}, [below, p.symm(unequal)])


def arranged(p: Proof, fact: Fact, extra: Sequence[Fact]) -> Fact:
    """Return a comparison with both sides in their arrangement."""
    for side in (0, 1):
        args = fact.statement.args
        tidy = attempt(arrange, p, args[side], extra)
        if tidy is not None:
            template = Node(fact.statement.op, None, (_HOLE, args[1]) if side == 0 else (args[0], _HOLE))
            fact = p.step("rewrite", [encode(template)], [tidy, fact])
    return fact


# --- functions -------------------------------------------------------------------------------------------------


def tangents(p: Proof, atoms: Sequence[Node], extra: Sequence[Fact]) -> Iterator[Fact]:
    """Yield log t ≤ t − 1, 1 − 1/t ≤ log t and log t − log s ≤ t/s − 1 for logarithms among *atoms*."""
    inside = [a.args[0] for a in atoms if a.op == "log"]
    signs = {t: f for t in inside[:6] if (f := positive(p, t, extra)) is not None}
    for t, fact in signs.items():
        yield p.scheme("log_le", {"a": t}, [fact])
        yield _quotient_tangent(p, _ONE, t, p.pos(lt(0, 1)), fact)
    for (t, above), (s, below) in product(list(signs.items())[:4], repeat=2):
        if t != s:
            yield _quotient_tangent(p, t, s, above, below)


def _quotient_tangent(p: Proof, t: Node, s: Node, above: Fact, below: Fact) -> Fact:
    """Return log t − log s ≤ t/s − 1; log 1 is left out."""
    tangent = p.scheme("log_le", {"a": t / s}, [p.pos(lt(0, t / s), above, below)])
    law = p.cite("log_div", {"a": t, "b": s}, [above, below])
    if t != _ONE:
        return linear(p, le(law.right, t / s - 1), [tangent, law], [below])
    return linear(p, le(-law.right.args[1], t / s - 1), [tangent, law, p.cite("log_one", {})], [below])


_NEAR = ((16, 15), (25, 24), (81, 80), (126, 125), (225, 224), (2401, 2400))
"""Ratios close to 1 of numbers with the prime factors 2, 3, 5, 7: their tangents bound logarithms of such numbers."""


def numbers(p: Proof, atoms: Sequence[Node]) -> Iterator[Fact]:
    """Yield tangents of log at ratios close to 1, where logarithms of numbers are among *atoms*."""
    values = [a.args[0].data for a in atoms if a.op == "log" and a.args[0].op == "num"]
    if not values:
        return
    # A prime above 7 is bound to smaller ones by q²/(q² − 1) = q·q/((q − 1)·(q + 1)).
    larger = [int(v) for v in values if v.denominator == 1 and 7 < v < 60]
    for top, low in (*_NEAR, *((q * q, q * q - 1) for q in larger)):
        a, b = num(top), num(low)
        above, below = p.pos(lt(0, a)), p.pos(lt(0, b))
        yield _quotient_tangent(p, a, b, above, below)
        yield _quotient_tangent(p, b, a, below, above)


def inverse(p: Proof, fact: Fact, extra: Sequence[Fact]) -> Fact | None:
    """Return u = exp r from log u = r, and u = log r from exp u = r; log v, exp v, 0 and 1 on the right are undone."""
    for line in (fact, p.symm(fact)):
        left = line.left
        other = {"log": "exp", "exp": "log"}.get(left.op)
        if other is None:
            continue
        undone = attempt(_undo, p, Node(other, None, (left,)), extra)
        if undone is not None:
            both = p.trans(p.symm(undone), p.congr(Node(other, None, (_HOLE,)), line))
            again = attempt(_undo, p, both.right, extra)
            return p.trans(both, again)
    return None


def _undo(p: Proof, term: Node, extra: Sequence[Fact]) -> Fact:
    """Return log exp a = a, exp log x = x for a positive x, exp 0 = 1 or log 1 = 0."""
    (inside,) = term.args
    if term == Node("exp", None, (_ZERO,)):
        return p.cite("exp_zero", {})
    if term == Node("log", None, (_ONE,)):
        return p.cite("log_one", {})
    if term.op == "log" and inside.op == "exp":
        return p.scheme("log_exp", {"a": inside.args[0]})
    if term.op == "exp" and inside.op == "log":
        return p.cite("exp_log", {"x": inside.args[0]}, [prove(p, lt(0, inside.args[0]), extra)])
    raise Refused("nothing to undo", {"term": term})


def exponentials(p: Proof, atoms: Sequence[Node]) -> Iterator[Fact]:
    """Yield exp s·(1 + t − s) ≤ exp t for exponentials among *atoms* and 1 = exp 0, and exp(s + t) = exp s·exp t."""
    inside = [a.args[0] for a in atoms if a.op == "exp"][:4]
    if not inside:
        return
    for t in inside:
        yield p.cite("exp_ge_one_add", {"a": t})
        if t.op == "log":
            yield from filter(None, [attempt(_exp_log, p, t.args[0])])
    for s, t in product([*inside, _ZERO], repeat=2):
        if s != t and s != _ZERO:
            yield _tangent_of_exp(p, s, t)
    for k, s in enumerate(inside):
        for t in inside[k:]:
            for whole in [*inside, _ZERO]:
                same = attempt(p.field, eq(s + t, whole))
                if same is not None:
                    split = p.cite("exp_add", {"a": s, "b": t})
                    line = p.trans(p.symm(p.congr(Node("exp", None, (_HOLE,)), same)), split)
                    yield line if whole != _ZERO else p.trans(p.symm(p.cite("exp_zero", {})), line)


def _exp_log(p: Proof, x: Node) -> Fact:
    return p.cite("exp_log", {"x": x}, [prove(p, lt(0, x))])


def _tangent_of_exp(p: Proof, s: Node, t: Node) -> Fact:
    """Return exp s·(1 + (t − s)) ≤ exp t; exp 0 is written 1."""
    above, gap = p.scheme("exp_pos", {"a": s}), t - s
    tangent, split = p.cite("exp_ge_one_add", {"a": gap}), p.cite("exp_add", {"a": s, "b": gap})
    es = Node("exp", None, (s,))
    same = p.trans(p.congr(Node("exp", None, (_HOLE,)), p.field(eq(t, s + gap))), split)
    if t == _ZERO:
        same = p.trans(p.symm(p.cite("exp_zero", {})), same)
    return p.order(le(es * (1 + gap), same.left), [(1, 1, above, tangent), (-1, 1, same)])


def powers(p: Proof, atoms: Sequence[Node], extra: Sequence[Fact]) -> Iterator[Fact]:
    """Yield a^b = exp(b·log a) for powers with a positive base, and a = √a·√a."""
    for atom in atoms:
        if atom.op != "^":
            continue
        base, exponent = atom.args
        above = positive(p, base, extra)
        if above is None:
            continue
        if exponent.op == "num" and exponent.data.denominator == 2 and exponent.data.numerator == 1:
            yield from filter(None, [attempt(by_logarithms, p, eq(atom * atom, base), extra)])
        else:
            yield p.scheme("rpow_def", {"a": base, "b": exponent}, [above])


def by_logarithms(p: Proof, goal: Node, extra: Sequence[Fact]) -> Fact:
    """Prove a = b for positive a and b from log a = log b.

    Raises
    ------
    Refused
        When a side is not known to be positive, or the logarithms are not equal by algebra.
    """
    positive_sides = [prove(p, lt(0, side), extra) for side in goal.args]
    left, right = (p.cite("exp_log", {"x": f.right}, [f]) for f in positive_sides)
    same = algebra(p, eq(*(Node("log", None, (side,)) for side in goal.args)), extra)
    return p.trans(p.symm(left), p.congr(Node("exp", None, (_HOLE,)), same), right)


def absolutes(p: Proof, atoms: Sequence[Node], extra: Sequence[Fact], compare: Comparer) -> Iterator[Fact]:
    """Yield |a| = a or |a| = −a where the sign of a is known."""
    for atom in atoms:
        if atom.op == "abs":
            (inside,) = atom.args
            for rule, goal in (("abs_of_nonneg", le(0, inside)), ("abs_of_nonpos", le(inside, 0))):
                shown = attempt(prove, p, goal, extra) or compare(goal)
                if shown is not None:
                    yield p.scheme(rule, {"a": inside}, [shown])
                    break


# --- finite sums ---------------------------------------------------------------------------------------------------


def elements(p: Proof, atoms: Sequence[Node], extra: Sequence[Fact]) -> Iterator[Fact]:
    """Yield f(j) ≤ Σ_i f(i) for families of known sign whose sum and element are among *atoms*."""
    for total in [a for a in atoms if a.op == "sum"][:4]:
        over, summand = total.args[0].data, total.args[0]
        points = [i for i in indices(atoms) if p.scope[i.data][1] == over]
        for j in points[:2]:
            if apply_abs(summand, j) in atoms:
                yield from filter(None, [attempt(_element, p, over, summand, j, extra)])


def _element(p: Proof, over: str, summand: Node, j: Node, extra: Sequence[Fact]) -> Fact:
    """Return f(j) ≤ Σ_i f(i): the sum of δ(j, i)·f(i), where f(i)·(1 − δ)² ≥ 0 and δ² = δ."""
    i = p.fresh(over)
    value = apply_abs(summand, i)
    above = prove(p, le(0, value), extra)
    here = Node("delta", over, (j, i))
    idem = p.cite("delta_idem", {"X": over, "i": j, "j": i})
    below = p.order(le(here * value, value), [(1, 1 - here, above), (1, value, idem)])
    picked = close(here * value, (i.data, over))
    mono = p.scheme("sum_mono", {"X": over, "f": picked, "g": summand}, [p.gen(i, below)])
    sift = p.scheme("delta_sift", {"X": over, "i": j, "f": summand})
    return p.rewrite(mono, sift)


# --- instances of shipped theorems -----------------------------------------------------------------------------


def cited(p: Proof, lemma: Lemma, values: dict[str, Node | str], extra: Sequence[Fact], show: Prover) -> Fact | None:
    """Return an instance of a lemma with its hypotheses shown, or None.

    Names that stand in its hypotheses only are found by matching those with the known facts.
    """
    while missing := [n for n in lemma.scope if n not in values]:
        telling = [h for h in lemma.hypotheses if missing[0] in h.names]
        known = (f.statement for f in (*extra, *p.known))
        found = (more for fact in known for h in telling for more in matches(h, fact, lemma.scope, values))
        extended = next(found, None)
        if extended is None or len(extended) == len(values):
            return None
        values = extended
    premises: list[Fact] = []
    for hypothesis in lemma.hypotheses:
        shown = show(substitute(hypothesis, values), extra)
        if shown is None:
            return None
        premises += [shown] if shown not in premises else []
    return attempt(p.cite, lemma.name, values, premises)


def instances(p: Proof, statements: Sequence[Node], extra: Sequence[Fact], show: Prover) -> Iterator[Fact]:
    """Yield instances of shipped comparisons whose anchors occur in statements."""
    here = list(dict.fromkeys(t for s in statements for t in subterms(s)))
    left = MAX_INSTANCES
    for lemma in shipped():
        for values in _anchored(lemma, lemma.anchors, here, {}) if lemma.anchors else ():
            fact = cited(p, lemma, values, extra, show)
            if fact is not None:
                yield fact
                left -= 1
                if not left:
                    return


def _anchored(
    lemma: Lemma, anchors: Sequence[Node], here: Sequence[Node], found: dict[str, Node | str]
) -> Iterator[dict[str, Node | str]]:
    if not anchors:
        yield found
        return
    for term in here:
        for values in matches(anchors[0], term, lemma.scope, found):
            yield from _anchored(lemma, anchors[1:], here, values)


def divergences(p: Proof, statements: Sequence[Node], extra: Sequence[Fact], show: Prover) -> Iterator[Fact]:
    """Yield 0 ≤ D(u‖v) for families u, v that stand in logarithms of the statements' sums."""
    gibbs = next((x for x in shipped() if x.name == "kl_nonneg"), None)
    families: dict[str, list[Node]] = {}
    sizes = [t for s in statements for t in subterms(s) if t.op == "card"]
    for size in dict.fromkeys(sizes):
        families[size.data] = [lam((size.data,), _ONE / size)]
    for statement in statements:
        for over, family in _families(statement, []):
            known = families.setdefault(over, [])
            if family not in known and len(known) < 4:
                known.append(family)
    for over, known in families.items():
        for u, v in product(known, repeat=2):
            if u != v and gibbs is not None:
                fact = cited(p, gibbs, {"X": over, "p": u, "q": v}, extra, show)
                if fact is not None:
                    yield fact


def _families(node: Node, stack: list[str]) -> Iterator[tuple[str, Node]]:
    """Yield (X, λ i. u(i)) for u in log u, log(u/v), xlogy(·, u) below a binder over X, and operands of definitions."""
    if node.op == "def" and not node.loose:
        yield from ((a.data, a) for a in node.args if a.op == "lam" and a.args[0].is_number)
    if node.op in ("log", "xlogy") or (node.op == "def" and node.data[0] == "rel_entr"):
        for part in node.args:
            for term in part.args if part.op in ("/", "*") else (part,):
                if stack and term.loose <= 1 and stack[-1] != NAT:
                    yield stack[-1], lam((stack[-1],), term)
    if node.op == "lam":
        stack = [*stack, node.data]
    for a in node.args:
        yield from _families(a, stack)
