"""Known facts: backward chaining through ∀ and ⇒, and signs by the structure of a term."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ...kernel import Refused
from ...kernel.normal_form import integer_exponent
from ...kernel.statements import eq, forall, le, lt, ne
from ...kernel.terms import Node, apply_abs, instantiate, lam, num, unwrap
from ...language.rewriting import match
from ..builder import Fact, Proof
from .bounds import sign_by_bounds
from .polynomials import constant
from .signs import STRUCTURE, PartSigns

__all__ = ["known", "nonzero", "prove", "sum_zero"]

_DEPTH = 6
"""How many antecedents may be proved inside each other: implications can lead back to themselves."""
_ZERO, _ONE = num(0), num(1)
_BOUNDED = ("sym", "-", "log", "sum", "def", "card")
"""Operators of terms whose sign their bounds may tell where their structure does not."""


def known(p: Proof, goal: Node, extra: Sequence[Fact] = (), depth: int = 0) -> Fact | None:
    """Return a line that shows *goal* by a known fact, specialized and with its antecedents proved; or None.

    Parameters
    ----------
    p : Proof
        The proof that gets the lines.
    goal : Node
        What is to be shown.
    extra : sequence of Fact, optional
        Facts to use beside the hypotheses.
    depth : int, optional
        How many facts deep to look.
    """
    for fact in (*extra, *p.telling(goal)):
        body, count = fact.statement, 0
        while body.op == "all":
            body, count = body.args[0].args[0], count + 1
        antecedents: list[Node] = []
        while True:
            found = match(body, goal, count)
            if found is not None and not any(f.loose for f in found):
                line = _instance(p, fact, found, antecedents, extra, depth)
                if line is not None:
                    return line
            if body.op != "=>" or depth > _DEPTH:
                break
            antecedents.append(body.args[0])
            body = body.args[1]
    return None


def _instance(
    p: Proof, fact: Fact, indices: Sequence[Node], antecedents: list[Node], extra: Sequence[Fact], depth: int
) -> Fact | None:
    try:
        shown = [prove(p, instantiate(a, indices), extra, depth + 1) for a in antecedents]
    except Refused:
        return None
    return p.mp(p.spec(fact, *indices), *shown)


def prove(p: Proof, goal: str | Node, extra: Sequence[Fact] = (), depth: int = 0) -> Fact:
    """Return a line that shows *goal*.

    Parameters
    ----------
    p : Proof
    goal : str or Node
        A statement: an instance of a known fact, a sign, a comparison of two terms whose difference has a sign, an
        equality by arithmetic, or ∀ and ⇒ of these.
    extra : sequence of Fact
        Facts to use beside ``p.known``.
    depth : int, optional
        How many facts deep to look.

    Raises
    ------
    Refused
        When nothing works.
    """
    target = p.statement(goal)
    found = known(p, target, extra, depth)
    if found is not None:
        return found
    op, args = target.op, target.args
    if op == "all":
        point = p.fresh(args[0].data)
        return p.gen(point, prove(p, apply_abs(args[0], point), extra, depth))
    if op == "=>":
        return p.disch(args[0], prove(p, args[1], (*extra, p.assume(args[0])), depth))
    if (op in ("<", "<=") and args[0] == _ZERO) or (op == "!=" and args[1] == _ZERO):
        return _sign(p, target, extra, depth)
    if op in ("<", "<="):
        return p.order(target, [(1, 1, _sign(p, Node(op, None, (_ZERO, args[1] - args[0])), extra, depth))])
    if op == "=":
        return p.field(target, *nonzero(p, args, extra))
    raise Refused("no known fact shows this", {"goal": target})


def _sign(p: Proof, goal: Node, extra: Sequence[Fact], depth: int) -> Fact:
    """Prove a sign by the structure of its term, from the strongest facts about its parts."""
    term = goal.args[0] if goal.op == "!=" else goal.args[1]
    leaves: dict[Node, list[Fact]] = {}
    _collect(p, term, extra, depth, leaves)
    wanted = {"<": ("<",), "<=": ("<", "<="), "!=": ("<", "!=")}[goal.op]
    signs = PartSigns(term, [f for found in leaves.values() for f in found])
    if signs.of(term) not in wanted:
        raise Refused("no known fact shows this sign", {"goal": goal})
    return p.pos(goal, *signs.needed(wanted))


def _collect(p: Proof, term: Node, extra: Sequence[Fact], depth: int, leaves: dict[Node, list[Fact]]) -> None:
    """Gather what is known of the signs of *term* and, where that is not 0 < term, of its parts."""
    if term in leaves or term.op == "num":
        return
    leaves[term] = []
    if depth <= _DEPTH:
        for goal in (lt(0, term), le(0, term), ne(term, 0)):
            found = known(p, goal, extra, depth + 1)
            if found is not None:
                leaves[term].append(found)
                if goal.op == "<":
                    return
    inside = _by_function(p, term, extra, depth)
    if inside is not None and (inside.statement.op == "<" or not leaves[term]):
        leaves[term].append(inside)
    elif term.op in STRUCTURE:
        for part in term.args[:1] if integer_exponent(term) is not None else term.args:
            _collect(p, part, extra, depth, leaves)


def _by_function(p: Proof, term: Node, extra: Sequence[Fact], depth: int) -> Fact | None:
    """Return the sign of a constant, a difference, or a value of exp, a power, Π, Σ, an indicator, a size or |a|."""
    value = constant(term)
    try:
        if value is not None and value > 0:
            return p.order(lt(0, term), [(value, _ONE)])
        found = _function_value(p, term, extra, depth)
    except (Refused, KeyError):
        found = None
    return found or (sign_by_bounds(p, term, extra) if term.op in _BOUNDED else None)


def _function_value(p: Proof, term: Node, extra: Sequence[Fact], depth: int) -> Fact | None:
    op, args = term.op, term.args
    if op == "-":
        return _difference(p, term, extra, depth)
    if op == "+":
        return _mixture(p, term, extra, depth)
    if op == "exp":
        return p.scheme("exp_pos", {"a": args[0]})
    if op == "^" and integer_exponent(term) is None:
        base = prove(p, lt(0, args[0]), extra, depth + 1)
        return _is_exp(p, p.scheme("rpow_def", {"a": args[0], "b": args[1]}, [base]))
    if op == "prod":
        inside = prove(p, forall(args[0].data, lt(0, unwrap(args[0]))), extra, depth + 1)
        return _is_exp(p, p.scheme("prod_def", {"X": args[0].data, "f": args[0]}, [inside]))
    if op == "sum":
        return _if_cited(_sum_positive, p, args[0], extra, depth) or _sum_nonneg(p, args[0], extra, depth)
    if op == "card":
        return _if_cited(_card_positive, p, term.data, extra) or p.cite("card_nonneg", {"X": term.data})
    if op == "delta":
        return p.cite("delta_nonneg", {"X": term.data, "i": args[0], "j": args[1]})
    if op == "abs":
        return p.cite("abs_nonneg", {"a": args[0]})
    if op == "def" and term.data[0] == "count":
        opened = p.unfold(term)
        return p.rewrite(prove(p, le(0, opened.right), extra, depth + 1), p.symm(opened))
    return None


def _is_exp(p: Proof, same: Fact) -> Fact:
    """Return 0 < a from a = exp b."""
    return p.rewrite(p.scheme("exp_pos", {"a": same.right.args[0]}), p.symm(same))


def _difference(p: Proof, term: Node, extra: Sequence[Fact], depth: int) -> Fact | None:
    """Return the sign of a − b from a fact b < a or b ≤ a."""
    high, low = term.args
    for op in ("<", "<="):
        found = known(p, Node(op, None, (low, high)), extra, depth + 1)
        if found is not None:
            return p.order(Node(op, None, (_ZERO, term)), [(1, _ONE, found)])
    return None


def _mixture(p: Proof, term: Node, extra: Sequence[Fact], depth: int) -> Fact | None:
    """Return 0 < t·a + (1 − t)·b from 0 ≤ t ≤ 1, 0 < a and 0 < b: its structure tells only that it is not negative."""
    for first, second in (term.args, term.args[::-1]):
        if first.op == second.op == "*" and second.args[0] in (_ONE - first.args[0], _ONE - first.args[1]):
            t = second.args[0].args[1]
            values = {"t": t, "a": first.args[1 if first.args[0] == t else 0], "b": second.args[1]}
            goals = (le(0, t), le(t, 1), lt(0, values["a"]), lt(0, values["b"]))
            line = p.cite("mix_pos", values, [prove(p, goal, extra, depth + 1) for goal in goals])
            return p.order(lt(0, term), [(1, _ONE, line)])
    return None


def _if_cited(tactic: Callable[..., Fact | None], *args: object) -> Fact | None:
    """Return what a tactic shows, or None where a theorem that it cites is derived later."""
    try:
        return tactic(*args)
    except KeyError:
        return None


def _totals(p: Proof, over: str, extra: Sequence[Fact]) -> Iterator[Fact]:
    """Yield known facts Σ_i f(i) = 1 for sums over a set."""
    for fact in (*extra, *p.known):
        if fact.statement.op == "=" and fact.right == _ONE and fact.left.op == "sum" and fact.left.args[0].data == over:
            yield fact


def _card_positive(p: Proof, over: str, extra: Sequence[Fact]) -> Fact | None:
    """Return 0 < |X| where something is known to sum to 1 over X."""
    total = next(_totals(p, over, extra), None)
    return None if total is None else p.cite("card_pos_of_sum", {"X": over, "p": total.left.args[0]}, [total])


def _sum_positive(p: Proof, summand: Node, extra: Sequence[Fact], depth: int) -> Fact | None:
    """Return 0 < Σ_i f(i) from 0 < f(i) where the set is not empty, or for a mean Σ_i p(i)·f(i)."""
    over, body = summand.data, unwrap(summand)
    try:
        each = prove(p, forall(over, lt(0, body)), extra, depth + 1)
        return p.cite(
            "sum_pos", {"X": over, "f": summand}, [each, prove(p, lt(0, Node("card", over)), extra, depth + 1)]
        )
    except Refused:
        pass
    for total in _totals(p, over, extra) if body.op == "*" else ():
        for weight, value in (body.args, body.args[::-1]):
            if lam((over,), weight) != total.left.args[0]:
                continue
            try:
                signs = [prove(p, forall(over, goal), extra, depth + 1) for goal in (le(0, weight), lt(0, value))]
            except Refused:
                continue
            values = {"X": over, "p": total.left.args[0], "f": lam((over,), value)}
            line = p.cite("mean_pos", values, [signs[0], total, signs[1]])
            return (
                line if line.right.args[0] == summand else p.order(lt(0, Node("sum", None, (summand,))), [(1, 1, line)])
            )
    return None


def _sum_nonneg(p: Proof, summand: Node, extra: Sequence[Fact], depth: int) -> Fact:
    """Return 0 ≤ Σ_i f(i) from ∀ i. 0 ≤ f(i)."""
    over = summand.data
    inside = prove(p, forall(over, le(0, unwrap(summand))), extra, depth + 1)
    mono = p.scheme("sum_mono", {"X": over, "f": lam((over,), _ZERO), "g": summand}, [inside])
    return p.rewrite(mono, sum_zero(p, over))


def sum_zero(p: Proof, over: str) -> Fact:
    """Return Σ_i 0 = 0.

    Parameters
    ----------
    p : Proof
        The proof that gets the lines.
    over : str
        The index set.
    """
    product = p.scheme("sum_mul", {"X": over, "a": _ZERO, "f": lam((over,), _ZERO)})
    hole = Node("sum", None, (lam((over,), Node("sym", "_")),))
    same = p.congr(hole, p.field(eq(0, num(0) * num(0))))
    return p.trans(same, product, p.field(eq(product.right, 0)))


def nonzero(p: Proof, terms: Sequence[Node], extra: Sequence[Fact] = ()) -> list[Fact]:
    """Return facts that the divisors in *terms* are not zero, as far as they are known.

    Parameters
    ----------
    p : Proof
        The proof that gets the lines.
    terms : sequence of Node
    extra : sequence of Fact, optional
        Facts to use beside the hypotheses.
    """
    facts: list[Fact] = []
    for part in dict.fromkeys(f for t in terms for d in _divisors(t) for f in _factors(d)):
        for goal in (lt(0, part), ne(part, 0)):
            try:
                fact = prove(p, goal, extra)
            except Refused:
                continue
            if fact not in facts:
                facts.append(fact)
            break
    return facts


def _factors(term: Node) -> list[Node]:
    if term.op in ("*", "/"):
        return [f for a in term.args for f in _factors(a)]
    if integer_exponent(term) is not None or term.op == "neg":
        return _factors(term.args[0])
    return [] if term.op == "num" else [term]


def _divisors(term: Node) -> list[Node]:
    """Return the closed divisors of *term*, those inside functions too, but none below a binder."""
    below = () if term.op in ("sum", "prod", "lam", "def", "->") else term.args
    out = [d for a in below for d in _divisors(a)]
    if term.op == "/":
        out.append(term.args[1])
    exponent = integer_exponent(term)
    return [*out, term.args[0]] if exponent is not None and exponent < 0 else out


def equal(p: Proof, left: Node, right: Node, extra: Sequence[Fact] = ()) -> Fact:
    """Return left = right by the rule ``field``, with the divisors shown to be non-zero.

    Parameters
    ----------
    p : Proof
        The proof that gets the lines.
    left : Node
    right : Node
    extra : sequence of Fact, optional
        Facts to use beside the hypotheses.
    """
    return p.field(eq(left, right), *nonzero(p, (left, right), extra))
