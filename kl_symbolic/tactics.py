"""Tactics: functions that find kernel lines. Nothing here is trusted, for each line is checked when it is appended.

* :func:`prove` finds signs and the facts at hand: backward chaining through ∀ and ⇒, then structure.
* :func:`algebra` proves an equality by bringing both sides to one arrangement: definitions unfolded, logarithms
  expanded under positivity, sums pushed through + and constants and sifted by indicators, then the rule ``field``.
* :func:`linear` finds the multipliers of the rule ``order``.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import reduce

from .kernel import Refused
from .kernel.normal_form import integer_exponent, sign
from .kernel.rules import known_signs
from .kernel.statements import eq, forall, le, lt, ne
from .kernel.terms import NAT, Node, abstract, apply_abs, bound, instantiate, lam, num, unwrap
from .proof import Fact, Proof, close, match
from .text import text

__all__ = ["algebra", "equal", "limit", "linear", "nonneg", "nonzero", "positive", "prove", "unequal_from_lt"]

_DEPTH = 6
_NESTING = 12
ZERO, ONE = num(0), num(1)


def _call(op: str, *args: Node) -> Node:
    return Node(op, None, args)


# --- facts at hand ---------------------------------------------------------------------------------------------


def _known(p: Proof, goal: Node, extra: Sequence[Fact], depth: int) -> Fact | None:
    """Return a line that shows *goal* by a known fact, through ∀ and ⇒."""
    for fact in (*extra, *p.known):
        body, sets = fact.statement, 0
        while body.op == "all":
            body, sets = unwrap_one(body), sets + 1
        sides, count = [], sets
        while True:
            found = match(body, goal, count)
            if found is not None and all(not f.loose for f in found):
                line = p.spec(fact, *found)
                try:
                    return p.mp(line, *(prove(p, instantiate(s, found), extra, depth + 1) for s in sides))
                except Refused:
                    pass
            if body.op != "=>" or depth > _DEPTH:
                break
            sides.append(body.args[0])
            body = body.args[1]
    return None


def unwrap_one(statement: Node) -> Node:
    """Return the body of a ∀ statement, with its index open."""
    return statement.args[0].args[0]


def prove(p: Proof, goal: str | Node, extra: Sequence[Fact] = (), depth: int = 0) -> Fact:
    """Return a line that shows *goal*.

    Parameters
    ----------
    p : Proof
    goal : str or Node
        A statement: an instance of a known fact, a sign, an equality by :func:`algebra`, or a ∀ of these.
    extra : sequence of Fact
        Facts to use beside ``p.known``.

    Raises
    ------
    Refused
        When nothing works.
    """
    target = p.statement(goal)
    found = _known(p, target, extra, depth)
    if found is not None:
        return found
    if target.op == "all":
        point = p.fresh(target.args[0].data)
        return p.gen(point, prove(p, apply_abs(target.args[0], point), extra, depth))
    if target.op == "=>":
        assumed = p.assume(target.args[0])
        return p.disch(target.args[0], prove(p, target.args[1], (*extra, assumed), depth))
    if target.op in ("<", "<=") and target.args[0] == ZERO:
        return _sign(p, target, extra, depth)
    if target.op == "!=" and target.args[1] == ZERO:
        return _sign(p, target, extra, depth)
    if target.op == "=":
        return algebra(p, target, extra)
    if target.op in ("<", "<="):
        difference = target.args[1] - target.args[0]
        return p.order(target, [(1, 1, _sign(p, Node(target.op, None, (ZERO, difference)), extra, depth))])
    raise Refused("no fact at hand shows this", {"goal": target})


def positive(p: Proof, term: object, extra: Sequence[Fact] = ()) -> Fact:
    """Return a line 0 < term."""
    return prove(p, lt(0, p.term(term)), extra)


def nonneg(p: Proof, term: object, extra: Sequence[Fact] = ()) -> Fact:
    """Return a line 0 ≤ term."""
    return prove(p, le(0, p.term(term)), extra)


def nonzero(p: Proof, term: object, extra: Sequence[Fact] = ()) -> Fact:
    """Return a line term ≠ 0."""
    return prove(p, ne(p.term(term), 0), extra)


def unequal_from_lt(p: Proof, fact: Fact) -> Fact:
    """Return a ≠ b from a < b."""
    return p.order(ne(fact.left, fact.right), [(1, 1, fact)])


_STRUCTURE = ("+", "*", "/", "^", "neg")


def _sign(p: Proof, goal: Node, extra: Sequence[Fact], depth: int) -> Fact:
    """Prove a sign by the structure of its term, from the strongest facts about its parts."""
    term = goal.args[0] if goal.op == "!=" else goal.args[1]
    leaves: dict[Node, list[Fact]] = {}
    _collect(p, term, extra, depth, leaves)
    facts = [f for found in leaves.values() for f in found]
    found = sign(term, known_signs(tuple(f.sequent for f in facts)))
    wanted = {"<": ("<",), "<=": ("<", "<="), "!=": ("<", "!=")}[goal.op]
    if found not in wanted:
        weak = known_signs(tuple(f.sequent for f in facts))
        raise Refused("no fact at hand shows this sign", {"goal": goal, "known": tuple(weak)})
    return p.pos(goal, *_minimal(facts, term, wanted))


def _minimal(facts: list[Fact], term: Node, wanted: tuple[str, ...]) -> list[Fact]:
    keep = list(facts)
    for fact in facts:
        fewer = [f for f in keep if f is not fact]
        if sign(term, known_signs(tuple(f.sequent for f in fewer))) in wanted:
            keep = fewer
    return keep


def _collect(p: Proof, term: Node, extra: Sequence[Fact], depth: int, leaves: dict[Node, list[Fact]]) -> None:
    if term in leaves or term.op == "num":
        return
    leaves[term] = []
    for goal in (lt(0, term), le(0, term), ne(term, 0)):
        found = _known(p, goal, extra, depth + 1) if depth <= _DEPTH else None
        if found is not None:
            leaves[term].append(found)
            if goal.op == "<":
                return
    inside = _by_function(p, term, extra, depth)
    if inside is not None:
        leaves[term].append(inside)
    elif term.op in _STRUCTURE:
        parts = term.args[:1] if integer_exponent(term) is not None else term.args
        for part in parts:
            _collect(p, part, extra, depth, leaves)


def _by_function(p: Proof, term: Node, extra: Sequence[Fact], depth: int) -> Fact | None:
    """Return the sign of a function value: exp, powers and products of positives, sums, indicators, sizes, |a|."""
    try:
        constant = _constant(term)
        if constant is not None and constant > 0:
            return p.order(lt(0, term), [(constant, ONE)])
        if term.op == "-":
            return _difference(p, term, extra, depth)
        if term.op == "exp":
            return p.scheme("exp_pos", {"a": term.args[0]})
        if term.op == "^" and integer_exponent(term) is None:
            base = prove(p, lt(0, term.args[0]), extra, depth + 1)
            same = p.scheme("rpow_def", {"a": term.args[0], "b": term.args[1]}, [base])
            return p.rewrite(p.scheme("exp_pos", {"a": same.right.args[0]}), p.symm(same))
        if term.op == "prod":
            inside = prove(p, forall(term.args[0].data, lt(0, unwrap(term.args[0]))), extra, depth + 1)
            same = p.scheme("prod_def", {"X": term.args[0].data, "f": term.args[0]}, [inside])
            return p.rewrite(p.scheme("exp_pos", {"a": same.right.args[0]}), p.symm(same))
        if term.op == "sum":
            return sum_nonneg(p, term, extra, depth)
        if term.op == "card":
            return p.cite("card_nonneg", {"X": term.data})
        if term.op == "delta":
            return p.cite("delta_nonneg", {"X": term.data, "i": term.args[0], "j": term.args[1]})
        if term.op == "abs":
            return p.cite("abs_nonneg", {"a": term.args[0]})
        if term.op == "def" and term.data[0] == "count":
            opened = p.unfold(term)
            return p.rewrite(prove(p, le(0, opened.right), extra, depth + 1), p.symm(opened))
    except (Refused, KeyError):
        return None
    return None


def _constant(term: Node) -> Fraction | None:
    """Return the value of a term without atoms, else None."""
    if term.names or term.op not in (*_STRUCTURE, "-", "num"):
        return None
    try:
        poly = expand(term)
    except (KeyError, ZeroDivisionError):
        return None
    return poly.get((), Fraction(0)) if set(poly) <= {()} else None


def _difference(p: Proof, term: Node, extra: Sequence[Fact], depth: int) -> Fact | None:
    """Return the sign of a − b from a fact b < a or b ≤ a."""
    high, low = term.args
    for op in ("<", "<="):
        found = _known(p, Node(op, None, (low, high)), extra, depth + 1)
        if found is not None:
            return p.order(Node(op, None, (ZERO, term)), [(1, ONE, found)])
    return None


def sum_nonneg(p: Proof, term: Node, extra: Sequence[Fact] = (), depth: int = 0) -> Fact:
    """Return 0 ≤ Σ_i f(i) from ∀ i. 0 ≤ f(i)."""
    over, body = term.args[0].data, term.args[0]
    inside = prove(p, forall(over, le(0, unwrap(body))), extra, depth + 1)
    mono = p.scheme("sum_mono", {"X": over, "f": lam((over,), ZERO), "g": body}, [inside])
    return p.rewrite(mono, sum_zero(p, over))


def sum_zero(p: Proof, over: str) -> Fact:
    """Return Σ_i 0 = 0."""
    product = p.scheme("sum_mul", {"X": over, "a": ZERO, "f": lam((over,), ZERO)})
    same = p.congr(Node("sum", None, (lam((over,), Node("sym", "_")),)), p.field(eq(0, num(0) * num(0))))
    return p.trans(same, product, p.field(eq(product.right, 0)))


# --- polynomials, for arrangement only ---------------------------------------------------------------------------

Monomial = tuple[tuple[Node, int], ...]
Poly = dict[Monomial, Fraction]


def expand(term: Node) -> Poly:
    """Return *term* as a polynomial in its atoms; a divisor of several monomials becomes an atom 1/d."""
    op, args = term.op, term.args
    if op == "num":
        return {(): term.data} if term.data else {}
    if op in ("+", "-"):
        return _add(expand(args[0]), expand(args[1]), 1 if op == "+" else -1)
    if op == "neg":
        return _add({}, expand(args[0]), -1)
    if op == "*":
        return _times(expand(args[0]), expand(args[1]))
    if op == "/":
        return _times(expand(args[0]), _inverse(args[1]))
    exponent = integer_exponent(term)
    if exponent is not None and abs(exponent) <= 12:
        factor = expand(args[0]) if exponent >= 0 else _inverse(args[0])
        return reduce(_times, [factor] * abs(exponent), {(): Fraction(1)})
    return {((term, 1),): Fraction(1)}


def _inverse(divisor: Node) -> Poly:
    poly = expand(divisor)
    if len(poly) == 1:
        ((monomial, value),) = poly.items()
        return {tuple((a, -e) for a, e in monomial): 1 / value}
    return {((divisor, -1),): Fraction(1)}


def _add(left: Poly, right: Poly, factor: int) -> Poly:
    out = dict(left)
    for monomial, value in right.items():
        out[monomial] = out.get(monomial, Fraction(0)) + factor * value
    return {m: v for m, v in out.items() if v}


def _key(item: tuple[Node, int]) -> tuple[str, int]:
    return text(item[0]), item[1]


def _times(left: Poly, right: Poly) -> Poly:
    out: Poly = {}
    for m1, v1 in left.items():
        for m2, v2 in right.items():
            powers = dict(m1)
            for atom, exponent in m2:
                powers[atom] = powers.get(atom, 0) + exponent
            monomial = tuple(sorted(((a, e) for a, e in powers.items() if e), key=_key))
            out[monomial] = out.get(monomial, Fraction(0)) + v1 * v2
    return {m: v for m, v in out.items() if v}


def _product(factors: Monomial) -> Node:
    """Return a product of powers as a term."""
    top = [a if e == 1 else a ** num(e) for a, e in factors if e > 0]
    low = [a if e == -1 else a ** num(-e) for a, e in factors if e < 0]
    over = reduce(lambda a, b: a * b, top) if top else ONE
    return over / reduce(lambda a, b: a * b, low) if low else over


def _order(monomial: Monomial) -> tuple[tuple[str, int], ...]:
    return tuple(map(_key, monomial))


# --- one arrangement for both sides of an equality -----------------------------------------------------------------


def equal(p: Proof, left: Node, right: Node, extra: Sequence[Fact] = ()) -> Fact:
    """Return left = right by the rule ``field``, with the divisors shown to be non-zero."""
    facts: list[Fact] = []
    for divisor in [*_divisors(left), *_divisors(right)]:
        if divisor.op == "num":
            continue
        for part in _factors(divisor):
            if part.op == "num":
                continue
            try:
                fact = prove(p, lt(0, part), extra)
            except Refused:
                try:
                    fact = prove(p, ne(part, 0), extra)
                except Refused:
                    continue
            if fact not in facts:
                facts.append(fact)
    return p.field(eq(left, right), *facts)


def _factors(term: Node) -> list[Node]:
    if term.op in ("*", "/"):
        return [f for a in term.args for f in _factors(a)]
    if integer_exponent(term) is not None or term.op == "neg":
        return _factors(term.args[0])
    return [term]


def _divisors(term: Node) -> list[Node]:
    """Return the closed divisors of *term*, those inside functions too, but none below a binder."""
    out = [d for a in term.args if term.op not in ("sum", "prod", "lam", "def", "->") for d in _divisors(a)]
    if term.op == "/":
        out.append(term.args[1])
    exponent = integer_exponent(term)
    if exponent is not None and exponent < 0:
        out.append(term.args[0])
    return out


def algebra(p: Proof, goal: str | Node, extra: Sequence[Fact] = ()) -> Fact:
    """Prove an equality by bringing both sides to one arrangement.

    Raises
    ------
    Refused
        When the two arrangements differ; the parts show both.
    """
    target = p.statement(goal)
    left, right = target.args
    try:
        return equal(p, left, right, extra)
    except Refused:
        pass
    first, second = arrange(p, left, extra), arrange(p, right, extra)
    a = first.right if first else left
    b = second.right if second else right
    try:
        middle = equal(p, a, b, extra)
    except Refused as refusal:
        parts = {"left": left, "right": right, "left_arranged": a, "right_arranged": b, **{k: v for k, v in refusal.parts.items() if k == "divisor"}}
        raise Refused(refusal.reason, parts) from None
    return p.trans(first, middle, p.symm(second) if second else None)


def arrange(p: Proof, term: Node, extra: Sequence[Fact] = ()) -> Fact | None:
    """Return term = its arrangement, or None when it is arranged already."""
    if term.op in ("def", "sum"):
        # Two rearrangements of nested sums can undo each other; rather refuse than go on for ever.
        if p.nesting >= _NESTING:
            raise Refused("the arrangement of this sum does not end", {"term": term})
        p.nesting += 1
        try:
            if term.op == "sum":
                return _arrange_sum(p, term, extra)
            opened = p.unfold(term)
            return p.trans(opened, arrange(p, opened.right, extra))
        finally:
            p.nesting -= 1
    if term.op == "prod":
        return None
    steps: list[Fact] = []
    current = term
    if term.op in ("+", "-", "*", "/", "neg", "log", "exp", "abs", "xlogy") or term.op == "^":
        for k, part in enumerate(term.args):
            inner = arrange(p, part, extra)
            if inner is not None:
                args = list(current.args)
                args[k] = Node("sym", "_")
                steps.append(p.congr(Node(term.op, term.data, tuple(args)), inner))
                current = steps[-1].right
    follow = _arrange_function(p, current, extra)
    if follow is not None:
        steps.append(follow)
    return p.trans(*steps) if steps else None


def _arrange_function(p: Proof, term: Node, extra: Sequence[Fact]) -> Fact | None:
    try:
        if term.op == "log":
            return _arrange_log(p, term.args[0], extra)
        if term.op == "xlogy":
            return _arrange_xlogy(p, *term.args, extra)
    except (Refused, KeyError):
        return None
    return None


def _arrange_xlogy(p: Proof, a: Node, b: Node, extra: Sequence[Fact]) -> Fact | None:
    zero = equal_to_zero(p, a, extra)
    if zero is not None:
        both = p.congr(_call("xlogy", Node("sym", "_"), b), zero)
        return p.trans(both, p.scheme("xlogy_zero", {"a": b}))
    mul = p.scheme("xlogy_mul", {"a": a, "b": b}, [prove(p, lt(0, b), extra)])
    return p.trans(mul, arrange(p, mul.right, extra))


def equal_to_zero(p: Proof, term: Node, extra: Sequence[Fact]) -> Fact | None:
    """Return a = 0 when that is a fact at hand."""
    if term == ZERO:
        return p.field(eq(ZERO, ZERO))
    return _known(p, eq(term, 0), extra, 0)


def _arrange_log(p: Proof, inside: Node, extra: Sequence[Fact]) -> Fact | None:
    """Expand log of a product, quotient, power, exponential or Π, as far as positivity is known."""
    if inside.op == "num":
        return _arrange_log_number(p, inside.data)
    constant = _constant(inside)
    if constant is not None:
        same = p.congr(_call("log", Node("sym", "_")), equal(p, inside, num(constant)))
        return p.trans(same, _arrange_log_number(p, constant))
    step: Fact | None = None
    if inside.op == "*":
        a, b = inside.args
        step = p.scheme("log_mul", {"a": a, "b": b}, [prove(p, lt(0, a), extra), prove(p, lt(0, b), extra)])
    elif inside.op == "/":
        a, b = inside.args
        step = p.cite("log_div", {"a": a, "b": b}, [prove(p, lt(0, a), extra), prove(p, lt(0, b), extra)])
    elif inside.op == "^":
        a, b = inside.args
        step = p.cite("log_pow", {"a": a, "b": b}, [prove(p, lt(0, a), extra)])
    elif inside.op == "exp":
        step = p.scheme("log_exp", {"a": inside.args[0]})
    elif inside.op == "prod":
        over = inside.args[0].data
        positivity = prove(p, forall(over, lt(0, unwrap(inside.args[0]))), extra)
        step = p.cite("log_prod", {"T": over, "f": inside.args[0]}, [positivity])
    if step is None:
        return None
    return p.trans(step, arrange(p, step.right, extra))


def _arrange_log_number(p: Proof, value: Fraction) -> Fact | None:
    """Split log of a positive rational into logs of primes."""
    if value <= 0:
        return None
    if value == 1:
        return p.cite("log_one", {})
    top, low = value.numerator, value.denominator
    if low > 1:
        a, b = num(top), num(low)
        same = p.congr(_call("log", Node("sym", "_")), p.field(eq(num(value), a / b)))
        split = p.cite("log_div", {"a": a, "b": b}, [p.pos(lt(0, a)), p.pos(lt(0, b))])
    else:
        divisor = next((d for d in range(2, top) if d * d <= top and top % d == 0), None)
        if divisor is None:
            return None
        a, b = num(divisor), num(top // divisor)
        same = p.congr(_call("log", Node("sym", "_")), p.field(eq(num(value), a * b)))
        split = p.scheme("log_mul", {"a": a, "b": b}, [p.pos(lt(0, a)), p.pos(lt(0, b))])
    return p.trans(same, split, arrange(p, split.right))


# --- sums --------------------------------------------------------------------------------------------------------


def _arrange_sum(p: Proof, term: Node, extra: Sequence[Fact]) -> Fact | None:
    """Bring Σ_i f(i) to a combination of sums of monomials, with indicators sifted and nested sums in one order."""
    over = term.args[0].data
    point = p.fresh(over)
    body = apply_abs(term.args[0], point)
    inner = arrange(p, body, extra)
    opened = inner.right if inner else body
    pieces: list[tuple[Node, Node]] = []
    for monomial, value in sorted(expand(opened).items(), key=lambda item: _order(item[0])):
        outside = tuple((a, e) for a, e in monomial if point.data not in a.points)
        inside = tuple((a, e) for a, e in monomial if point.data in a.points)
        outer = _product(outside) if value == 1 else num(value) if not outside else num(value) * _product(outside)
        pieces.append((outer, _product(inside)))
    if not pieces:
        same = p.trans(inner, equal(p, opened, ZERO, extra))
        return p.trans(p.under("sum", point, same), sum_zero(p, over))
    laid = [a * b for a, b in pieces]
    total = reduce(lambda a, b: a + b, laid)
    same = p.trans(inner, equal(p, opened, total, extra))
    links = [] if total == body else [p.under("sum", point, same)]
    links += _split(p, over, point, pieces)
    result = p.trans(*links)
    for single in dict.fromkeys(Node("sum", None, (close(summand, (point.data, over)),)) for _, summand in pieces):
        tidy = _arrange_single(p, single, extra)
        if tidy is not None:
            result = p.trans(result, p.congr(result.right, tidy))
    return None if result.left == result.right else result


def _split(p: Proof, over: str, point: Node, pieces: list[tuple[Node, Node]]) -> list[Fact]:
    """Return the links from Σ_i (c₁f₁ + c₂f₂ + …) to c₁Σf₁ + c₂Σf₂ + …."""
    links: list[Fact] = []
    laid = [a * b for a, b in pieces]
    tail: list[Node] = []
    for k in range(len(pieces) - 1, 0, -1):
        head = reduce(lambda a, b: a + b, laid[:k])
        add = p.scheme("sum_add", {"X": over, "f": close(head, (point.data, over)), "g": close(laid[k], (point.data, over))})
        context = reduce(lambda a, b: a + b, [Node("sym", "_"), *reversed(tail)])
        links.append(add if not tail else p.congr(context, add))
        tail.append(add.right.args[1])
    for a, b in pieces:
        mul = p.scheme("sum_mul", {"X": over, "a": a, "f": close(b, (point.data, over))})
        links.append(p.congr(links[-1].right, mul) if links else mul)
    return links


def _arrange_single(p: Proof, term: Node, extra: Sequence[Fact]) -> Fact | None:
    """Arrange Σ_i of one monomial: count, sift, pull factors into inner sums, order nested sums."""
    over, point = term.args[0].data, p.fresh(term.args[0].data)
    body = apply_abs(term.args[0], point)
    if body == ONE:
        return p.scheme("sum_one", {"X": over})
    sifted = _sift(p, over, point, body, extra)
    if sifted is not None:
        return p.trans(sifted, arrange(p, sifted.right, extra))
    factors = next(iter(expand(body)))
    nested = [(a, e) for a, e in factors if a.op == "sum" and e > 0]
    if nested and (len(factors) > 1 or nested[0][1] > 1):
        return _pull_in(p, over, point, body, nested[0][0], extra)
    if nested:
        return _reorder(p, term, extra)
    return None


def _sift(p: Proof, over: str, point: Node, body: Node, extra: Sequence[Fact]) -> Fact | None:
    """Return Σ_i δ(a, i)·g(i) = g(a) for a monomial with such an indicator."""
    factors = next(iter(expand(body)))
    for atom, exponent in factors:
        if atom.op != "delta" or exponent < 1 or point not in atom.args:
            continue
        other = atom.args[1] if atom.args[0] == point else atom.args[0]
        if point.data in other.points:
            continue
        rest = tuple((a, e if a != atom else e - 1) for a, e in factors)
        remainder = _product(tuple((a, e) for a, e in rest if e))
        flipped = Node("delta", atom.data, (other, point))
        line = equal(p, body, atom * remainder, extra)
        if flipped != atom:
            symmetric = p.cite("delta_symm", {"X": atom.data, "i": point, "j": other})
            line = p.trans(line, p.congr(Node("sym", "_") * remainder, symmetric))
        same = p.under("sum", point, line)
        return p.trans(same, p.scheme("delta_sift", {"X": over, "i": other, "f": close(remainder, (point.data, over))}))
    return None


def _pull_in(p: Proof, over: str, point: Node, body: Node, inner: Node, extra: Sequence[Fact]) -> Fact | None:
    """Return Σ_i f(i)·Σ_j g(i, j) = Σ_i Σ_j f(i)·g(i, j), arranged."""
    factors = next(iter(expand(body)))
    rest = _product(tuple((a, e - (a == inner)) for a, e in factors if (a, e) != (inner, 1)))
    second = inner.args[0].data
    line = equal(p, body, rest * inner, extra)
    pulled = p.scheme("sum_mul", {"X": second, "a": rest, "f": inner.args[0]})
    line = p.trans(line, p.symm(pulled))
    same = p.under("sum", point, line)
    return p.trans(same, arrange_nested(p, same.right, extra))


def arrange_nested(p: Proof, term: Node, extra: Sequence[Fact]) -> Fact | None:
    """Arrange Σ_i Σ_j m(i, j) without first pulling the inner factors out again."""
    over = term.args[0].data
    point = p.fresh(over)
    inner = apply_abs(term.args[0], point)
    second = inner.args[0].data
    other = p.fresh(second)
    body = apply_abs(inner.args[0], other)
    monomial = next(iter(expand(body)))
    tidy = _product(monomial)
    links: list[Fact] = []
    if tidy != body:
        links.append(p.under("sum", point, p.under("sum", other, equal(p, body, tidy, extra))))
    current = links[-1].right if links else term
    follow = _reorder(p, current, extra)
    return p.trans(*links, follow) if links or follow else None


def _reorder(p: Proof, term: Node, extra: Sequence[Fact]) -> Fact | None:
    """Put nested sums of one monomial into one order, sifting where an indicator allows it."""
    over = term.args[0].data
    point = p.fresh(over)
    inner = apply_abs(term.args[0], point)
    second = inner.args[0].data
    other = p.fresh(second)
    body = apply_abs(inner.args[0], other)
    inside = _sift(p, second, other, body, extra) if body.op != "sum" else None
    if inside is not None:
        line = p.trans(inside, arrange(p, inside.right, extra))
        same = p.under("sum", point, line)
        return p.trans(same, arrange(p, same.right, extra))
    if body.op != "sum" and any(a.op == "sum" and e > 0 for a, e in next(iter(expand(body)), ())):
        deeper = _arrange_single(p, inner, extra)
        if deeper is not None:
            same = p.under("sum", point, deeper)
            return p.trans(same, arrange(p, same.right, extra))
    swapped_inner = Node("sum", None, (close(body, (point.data, over)),))
    swap = p.scheme("sum_swap", {"X": over, "Y": second, "f": close(body, (point.data, over), (other.data, second))})
    sift = _sift(p, over, point, body, extra) if body.op != "sum" else None
    if sift is not None:
        line = p.trans(sift, arrange(p, sift.right, extra))
        same = p.under("sum", other, line)
        return p.trans(swap, same, arrange(p, same.right, extra))
    if _rank(swap.right) < _rank(term):
        deeper = _arrange_single(p, swapped_inner, extra)
        if deeper is None:
            return swap
        same = p.under("sum", other, deeper)
        return p.trans(swap, same)
    return None


def _rank(term: Node) -> tuple[list[str], str]:
    sets: list[str] = []
    node = term
    while node.op == "sum":
        sets.append(node.args[0].data)
        node = unwrap_lam(node.args[0])
    return sets, text(term)


def unwrap_lam(node: Node) -> Node:
    """Return the body of one abstraction, its variable open."""
    return node.args[0]


# --- inequalities --------------------------------------------------------------------------------------------------


def linear(p: Proof, goal: str | Node, facts: Sequence[object], extra: Sequence[Fact] = ()) -> Fact:
    """Prove a comparison as a combination of facts with rational multipliers, found by elimination.

    Parameters
    ----------
    p : Proof
    goal : str or Node
    facts : sequence
        Comparisons, or tuples ``(term, fact, fact, …)`` for t²·Π(right − left) (t·Π(…) where a fact is an equality).

    Raises
    ------
    Refused
        When no multipliers with the right signs are found.
    """
    target = p.statement(goal)
    entries = [f if isinstance(f, tuple) else (ONE, f) for f in facts]
    columns = []
    for term, *used in entries:
        weight = p.term(term)
        value = weight if any(u.statement.op == "=" for u in used) else weight * weight
        for fact in used:
            value = value * (fact.right - fact.left)
        columns.append(expand(value))
    wanted = expand(target.args[1] - target.args[0])
    multipliers = _solve(columns, wanted)
    if multipliers is None:
        raise Refused("no combination of these facts gives the goal", {"goal": target, "facts": tuple(f.statement for e in entries for f in e[1:])})
    rows = [(m, *e) for m, e in zip(multipliers, entries, strict=True) if m]
    divisors: list[Node] = []
    for side in (*target.args, *(s for _, t, *fs in rows for f in fs for s in f.statement.args), *(p.term(t) for _, t, *_ in rows)):
        divisors += _divisors(side)
    more: list[Fact] = []
    for divisor in divisors:
        for part in _factors(divisor):
            if part.op != "num":
                more.append(_nonzero_fact(p, part, extra))
    return p.order(target, rows, *more)


def _nonzero_fact(p: Proof, part: Node, extra: Sequence[Fact]) -> Fact:
    try:
        return prove(p, lt(0, part), extra)
    except Refused:
        return prove(p, ne(part, 0), extra)


def _solve(columns: list[Poly], wanted: Poly) -> list[Fraction] | None:
    """Return multipliers with Σ mₖ·columnₖ = wanted by Gaussian elimination; free ones are 0."""
    monomials = sorted({m for c in (*columns, wanted) for m in c}, key=_order)
    rows = [[c.get(m, Fraction(0)) for c in columns] + [wanted.get(m, Fraction(0))] for m in monomials]
    pivots: list[int] = []
    for column in range(len(columns)):
        row = next((r for r in range(len(pivots), len(rows)) if rows[r][column]), None)
        if row is None:
            continue
        rows[len(pivots)], rows[row] = rows[row], rows[len(pivots)]
        top = rows[len(pivots)]
        top[:] = [v / top[column] for v in top]
        for r, other in enumerate(rows):
            if r != len(pivots) and other[column]:
                factor = other[column]
                other[:] = [a - factor * b for a, b in zip(other, top, strict=True)]
        pivots.append(column)
    if any(row[-1] for row in rows[len(pivots) :]):
        return None
    out = [Fraction(0)] * len(columns)
    for row, column in zip(rows, pivots, strict=False):
        out[column] = row[-1]
    return out


# --- limits --------------------------------------------------------------------------------------------------------


def limit(p: Proof, sequence: Node, facts: Sequence[Fact], extra: Sequence[Fact] = ()) -> Fact:
    """Return (n ↦ aₙ) → l by the algebra of limits, from known limits.

    Parameters
    ----------
    p : Proof
    sequence : Node
        An abstraction over ℕ.
    facts : sequence of Fact
        Limits aₙ → l; they are matched as written.

    Raises
    ------
    Refused
        When a part has no known limit, or a divisor may tend to 0.
    """
    body = sequence.args[0]
    for fact in facts:
        if fact.statement.args[0] == sequence:
            return fact
    if not body.loose:
        return p.scheme("limit_const", {"a": body})
    if body.op in ("+", "*", "/"):
        u, v = (lam((NAT,), a) for a in body.args)
        left, right = limit(p, u, facts, extra), limit(p, v, facts, extra)
        a, b = left.right, right.right
        values: dict[str, Node | str] = {"a": a, "b": b, "u": u, "v": v}
        if body.op == "/":
            return p.scheme("limit_div", values, [left, right, prove(p, ne(b, 0), extra)])
        return p.scheme("limit_add" if body.op == "+" else "limit_mul", values, [left, right])
    if body.op in ("-", "neg"):
        point = p.fresh(NAT)
        shown = apply_abs(sequence, point)
        first, second = shown.args if body.op == "-" else (ZERO, shown.args[0])
        x, y = p.fresh_number(), p.fresh_number()
        pattern = p.field(eq(x + num(-1) * y, x - y))
        same = p.inst(pattern, {x.data: first, y.data: second})
        if body.op == "neg":
            flipped = p.inst(p.field(eq(ZERO - y, -y)), {y.data: second})
            same = p.trans(same, flipped)
        line = limit(p, close(same.left, (point.data, NAT)), facts, extra)
        return p.rewrite(line, p.gen(point, same))
    if body.op == "sum":
        over = body.args[0].data
        index = p.fresh(over)
        inside = apply_abs(lam((over, NAT), _swap(body)), index)
        line = p.gen(index, limit(p, inside, facts, extra))
        abstraction = line.statement.args[0].args[0]
        values = {"X": over, "u": lam((over,), abstraction.args[0]), "l": lam((over,), abstraction.args[1])}
        return p.scheme("limit_sum", values, [line])
    raise Refused("no known limit fits", {"sequence": sequence})


def _swap(body: Node) -> Node:
    """Return the summand of Σ_i f(n, i), below n, as a body below i and then n."""
    summand = body.args[0].args[0]
    return unwrap(apply_abs(lam((NAT, "_"), summand), bound(0), bound(1)))


def _divisor_facts(p: Proof, fact: Fact) -> list[Fact]:
    """Return that the divisors in a comparison are not zero, where its own hypotheses and the known facts tell."""
    extra = [p.assume(h) for h in fact.sequent.hypotheses]
    parts = [f for s in fact.statement.args for d in _divisors(s) for f in _factors(d) if f.op != "num"]
    return [_nonzero_fact(p, part, extra) for part in parts]


def eventually(p: Proof, line: Fact, same: Fact, index: Node, *guards: Node) -> Fact:
    """Return bₙ → l from aₙ → l and bₙ = aₙ, which may assume guards such as 0 < n.

    Parameters
    ----------
    p : Proof
    line : Fact
        aₙ → l.
    same : Fact
        bₙ = aₙ, with n the free *index*.
    index : Node
    *guards : Node
        The statements to discharge, outermost last.
    """
    bounds = []
    for goal in (le(same.right, same.left), le(same.left, same.right)):
        bound_line = p.order(goal, [(-1 if goal.args[0] == same.right else 1, 1, same)], *_divisor_facts(p, same))
        for guard in guards:
            bound_line = p.disch(guard, bound_line)
        bounds.append(p.gen(index, bound_line))
    return p.step("limit_squeeze", [], [line, line, *bounds])
