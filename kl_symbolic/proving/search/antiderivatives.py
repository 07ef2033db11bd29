"""Integrals by an antiderivative: SymPy proposes it, and the kernel applies the fundamental theorem of calculus."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import final

from ...kernel import Refused
from ...kernel.axioms import derivative
from ...kernel.statements import eq, le, lt, ne
from ...kernel.terms import REAL, Node, num, substitute
from ..builder import Fact
from ..integrals import Points, antiderivative, combination, congruent, integrand, with_value
from ..tactics import nonzero, prove
from .combination import Combination, Host
from .functions import equal_apart
from .sequences import Along
from .signs import attempt
from .state import SHORT

__all__ = ["Antiderivatives"]

MAX_PROPOSALS = 6
"""How many integrands of one goal SymPy is asked about."""

End = tuple[Along, Fact, Fact, Node]
"""The limits along a sequence, that it lies in an interval, that it runs to an end, and the sequence at n."""
_ENDS = {"open": "ab", "above": "a", "below": "b", "reals": ""}
"""The names that the schemes of membership have for the ends of an interval."""


def _exp(term: Node) -> Node:
    return Node("exp", None, (term,))


@final
class Antiderivatives:
    """Integrates over one interval by antiderivatives.

    Parameters
    ----------
    host : Host
        What shows premises.
    on : Points
        A number of the interval.
    inside : tuple of Fact
        What is known of that number.
    extra : tuple of Fact
        Facts to use beside the hypotheses.
    effort : int
        Nothing is asked of SymPy for the premises of a lemma.
    """

    def __init__(self, host: Host, on: Points, inside: tuple[Fact, ...], extra: tuple[Fact, ...], effort: int) -> None:
        self.host, self.on, self.p = host, on, host.p
        self.inside, self.extra = inside, extra
        self.left = MAX_PROPOSALS if effort > SHORT else 0

    def find(self, body: Node) -> Fact | None:
        """Return ∫ f = v for f(x), or None.

        Parameters
        ----------
        body : Node
            f(x).
        """
        plain = self.on.domain.op in _ENDS and self._is_elementary(body)
        if not plain or self.left <= 0:
            return None
        self.left -= 1
        return attempt(self._integral, body)

    def _is_elementary(self, body: Node) -> bool:
        """Whether a term is built of numbers by operators that have a row in the table of derivatives."""
        plain = body.op in ("num", "sym", "+", "-", "*", "/", "^", "neg", "log", "exp")
        return plain and (body.op != "sym" or not body.args) and all(map(self._is_elementary, body.args))

    def _integral(self, body: Node) -> Fact:
        from ...sympy_bridge.proposals import propose_antiderivative

        p, x = self.p, self.on.x
        self._learn(body)
        g = propose_antiderivative(body, x.data, [f.statement for f in (*p.known, *self.inside)], p.scope)
        self._learn(g)
        below = self._compared(le(0, body), self.inside)
        if below is not None:
            return self._by(g, body, p.scheme("int_null", {"D": self.on.domain}), below)
        above = self._compared(le(body, 0), self.inside)
        if above is not None:
            turned = p.order(le(0, -body), [(1, 1, above)])
            line = self._by(-g, -body, p.scheme("int_null", {"D": self.on.domain}), turned)
            total = combination(p, [(-1, line)])
            return congruent(self.on, total, body, p.field(eq(integrand(self.on, total), body)))
        for end in self.on.domain.args if self.on.domain.op == "open" else ():
            least = substitute(body, {x.data: end})
            below = self._compared(le(least, body), self.inside)
            if below is not None:
                return self._by(g, body, self._constant(least), below)
        raise Refused("no integrable function is known to be below", {"term": body})

    def _learn(self, body: Node) -> None:
        """Find the signs of numbers, of divisors, of what powers and logarithms are of, and of logarithms."""
        for part in dict.fromkeys((*self._numbers(body), *_parts(body))):
            about = self.on.x.data in part.names
            goals = (le(0, part), le(part, 0)) if part.op == "log" else (lt(0, part), lt(part, 0))
            found = (self._compared(goal, self.inside if about else self.extra) for goal in goals)
            sign = next((f for f in found if f is not None), None)
            if sign is None or sign in self.inside:
                continue
            new = [sign]
            if sign.left == part:
                new.append(self.p.order(le(0, -part), [(1, 1, sign)]))
            if sign.statement == lt(part, 0):
                new.append(self.p.order(ne(part, 0), [(1, 1, sign)]))
            self.inside += tuple(new)
            self.extra += () if about else tuple(new)

    def _numbers(self, body: Node) -> list[Node]:
        """Return the numbers that the integrand and the interval mention."""
        names = sorted(body.names | self.on.domain.names)
        return [Node("sym", name) for name in names if self.p.scope[name] == ((), REAL)]

    def _by(self, g: Node, body: Node, minorant: Fact, below: Fact) -> Fact:
        """Return ∫ f from an antiderivative g of f, and a minorant m with m ≤ f at x."""
        p, x = self.p, self.on.x
        slope, conditions = derivative(g, x.data)
        needed = [self._shown(c) for c in dict.fromkeys(conditions)]
        same = equal_apart(p, eq(slope, body), (*self.inside, *needed))
        above = p.order(le(below.left, slope), [(1, 1, below), (-1, 1, same)], *nonzero(p, [slope, body], self.inside))
        low, high = (self._end(g, ends) for ends in (self._low(), self._high()))
        whole = antiderivative(self.on, g, minorant, above, low, high, [*needed, *self.inside])
        return congruent(self.on, whole, body, same)

    def _constant(self, value: Node) -> Fact:
        """Return ∫ c = c·(b − a) over a bounded interval."""
        p, domain = self.p, self.on.domain
        length = p.cite("int_one", dict(zip("ab", domain.args, strict=True)), [self._outside(lt(*domain.args))])
        total = combination(p, [(value, length)])
        return congruent(self.on, total, value, p.field(eq(integrand(self.on, total), value)))

    def _compared(self, goal: Node, facts: tuple[Fact, ...]) -> Fact | None:
        return attempt(self._line, goal, facts) or attempt(Combination(self.host, goal, facts).find, 3)

    def _shown(self, goal: Node) -> Fact:
        return self._line(goal, self.inside)

    def _outside(self, goal: Node) -> Fact:
        """Show what is not about x."""
        return self._line(goal, self.extra)

    def _line(self, goal: Node, extra: tuple[Fact, ...]) -> Fact:
        line = attempt(prove, self.p, goal, extra) or self.host.show(goal, extra)
        if line is None:
            raise Refused("no known fact shows this", {"goal": goal})
        return line

    # --- the ends ----------------------------------------------------------------------------------------------------

    def _end(self, g: Node, ends: Iterator[End]) -> tuple[Fact, Fact, Fact]:
        """Return an end of the interval with the limit of g along the first sequence that has one."""
        for along, inside, run, term in ends:
            line = attempt(along.limit, substitute(g, {self.on.x.data: term}))
            if line is not None:
                return inside, run, line
        raise Refused("no limit of the antiderivative was found", {"term": g})

    def _low(self) -> Iterator[End]:
        """Yield sequences that run to the lower end."""
        domain = self.on.domain
        if domain.op in ("open", "above"):
            yield self._bounded(low=True)
            return
        for term in (lambda n: -n, lambda n: -n - 1):
            yield from self._unbounded(term, low=True)

    def _high(self) -> Iterator[End]:
        """Yield sequences that run to the upper end."""
        domain = self.on.domain
        if domain.op in ("open", "below"):
            yield self._bounded(low=False)
            return
        shapes: list[Callable[[Node], Node]] = [lambda n: n, lambda n: n + 1, _exp]
        if domain.op == "above" and domain.args[0] != num(0):
            (start,) = domain.args
            shapes += [lambda n: start + n + 1, lambda n: start * _exp((n + 1) / start)]
        for shape in shapes:
            yield from self._unbounded(shape, low=False)

    def _bounded(self, low: bool) -> End:
        """Return a sequence in the interval that tends to its end: beside a, a + (b − a)·exp(−n − 1)."""
        along, p, domain = Along(self.host, self.extra), self.p, self.on.domain
        n = along.n
        if domain.op != "open":
            (end,) = domain.args
            size = _exp(-n)
            term = _plus(end, num(1), size) if low else end - size
            positive = p.scheme("exp_pos", {"a": size.args[0]})
            inside = [p.order(lt(end, term) if low else lt(term, end), [(1, 1, positive)])]
        else:
            a, b = domain.args
            end, size, width = a if low else b, _exp(-(n + 1)), _minus(b, a)
            term = _plus(a, width, size) if low else b - _plus(num(0), width, size)
            apart, near = self._outside(lt(a, b)), (p.scheme("exp_pos", {"a": size.args[0]}), self._below_one(along))
            facts = near if low else near[::-1]
            inside = [
                p.order(goal, [(1, 1, apart, f)]) for goal, f in zip((lt(a, term), lt(term, b)), facts, strict=True)
            ]
        member = self._member(along, term, inside)
        return along, member, with_value(p, along.limit(term), end, extra=self.extra), term

    def _below_one(self, along: Along) -> Fact:
        """Return exp(−(n + 1)) < 1."""
        p, m = self.p, along.n + 1
        e, above = _exp(-m), p.order(lt(0, m), [(1, 1, along.extra[0]), (1, 1)])
        positive, same = p.scheme("exp_pos", {"a": -m}), p.cite("exp_neg", {"a": m})
        large = p.scheme("exp_pos", {"a": m})
        tangent = p.cite("exp_ge_one_add", {"a": m})
        return p.order(lt(e, 1), [(1, 1, positive, tangent), (1, 1, positive, above), (1, _exp(m), same)], large)

    def _unbounded(self, shape: Callable[[Node], Node], low: bool) -> Iterator[End]:
        """Yield a sequence if it lies in the interval and is above n, or below −n."""
        along = Along(self.host, self.extra)
        try:
            term = shape(along.n)
            run = self._of(along, le(term, -along.n) if low else le(along.n, term))
            ends = dict(zip(_ENDS[self.on.domain.op], self.on.domain.args, strict=True))
            inside = [self._of(along, lt(end, term) if name == "a" else lt(term, end)) for name, end in ends.items()]
            yield along, self._member(along, term, inside), self.p.gen(along.index, run), term
        except (Refused, ZeroDivisionError):
            return

    def _member(self, along: Along, term: Node, inside: Sequence[Fact]) -> Fact:
        """Return ∀ n. u(n) ∈ D, and tell what is known of every number of D for u(n)."""
        p, domain = self.p, self.on.domain
        ends = dict(zip(_ENDS[domain.op], domain.args, strict=True))
        member = p.scheme(f"in_{domain.op}", {**ends, "c": term}, inside)
        about = [f for f in self.inside if f.statement.op == "<" and self.on.member.statement in f.sequent.hypotheses]
        along.told([*inside, *(p.inst(f, {self.on.x.data: term}, [member]) for f in about)])
        return p.gen(along.index, member)

    def _of(self, along: Along, goal: Node) -> Fact:
        """Show a comparison with a term of a sequence, with the tangent of its exponentials."""
        facts = [*along.extra]
        for part in dict.fromkeys(_exponentials(goal)):
            tangent = self.p.cite("exp_ge_one_add", {"a": part.args[0]})
            facts += [self.p.scheme("exp_pos", {"a": part.args[0]}), tangent]
            # a·exp(n/a) is at least a + n.
            for start in self.on.domain.args:
                if (positive := attempt(along.shown, lt(0, start))) is not None:
                    scaled = le(start * tangent.left, start * part)
                    facts += [positive, self.p.order(scaled, [(1, 1, positive, tangent)], positive)]
        found = attempt(along.shown, goal) or attempt(Combination(self.host, goal, facts).find, 3)
        if found is None:
            raise Refused("no known fact shows this", {"goal": goal})
        return found


def _minus(b: Node, a: Node) -> Node:
    """Return b − a, without a zero, and as one literal where both are."""
    if a.op == b.op == "num":
        return num(b.data - a.data)
    return b if a == num(0) else b - a


def _plus(a: Node, factor: Node, term: Node) -> Node:
    """Return a + k·t, without a zero or a factor one."""
    part = term if factor == num(1) else factor * term
    return part if a == num(0) else a + part


def _parts(node: Node) -> Iterator[Node]:
    """Yield what the logarithms and powers of a term are of, the divisors, and logarithms, innermost first."""
    for a in node.args:
        yield from _parts(a)
    if node.op in ("log", "^", "/"):
        yield node.args[node.op == "/"]
    if node.op == "log":
        yield node


def _exponentials(node: Node) -> Iterator[Node]:
    if node.op == "exp":
        yield node
    for a in node.args:
        yield from _exponentials(a)
