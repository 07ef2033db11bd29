"""Integrals, derivatives and membership: linearity, equal integrands, cited integrals, and the table of derivatives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ...kernel.axioms import derivative
from ...kernel.integrals import INTEGRALS
from ...kernel.statements import eq, lt
from ...kernel.terms import Node, apply_abs, num, substitute
from ...language.rewriting import on_domain
from ..builder import Fact
from ..integrals import Points, combination, congruent, integrand, with_value
from ..tactics import algebra
from .antiderivatives import Antiderivatives
from .combination import Host
from .functions import absolutes, equal_apart
from .lemmas import Lemma, matches, shipped, subterms
from .ring import Ring
from .signs import attempt
from .sources import cited
from .state import FULL

__all__ = ["derivatives", "integrals", "membership"]

_INTO = {"open": ("in_open", "ab"), "above": ("in_above", "a"), "below": ("in_below", "b"), "reals": ("in_reals", "")}
"""The scheme that shows membership in an interval, and the names that it has for the ends."""
_ROWS = tuple(
    Lemma(name, scope, row.hypotheses, row.conclusion, ())
    for name, (_, scope, row) in INTEGRALS.items()
    if name in ("gamma_int", "beta_int", "exp_series", "int_null")
)
"""The schemes that give an integral."""


def _halves(domain: Node) -> tuple[Node, ...]:
    """Return the parts below and above 0 of an interval that has both, or nothing."""
    zero = num(0)
    if domain.op == "reals":
        return Node("below", None, (zero,)), Node("above", None, (zero,))
    if domain.op != "open" or any(a.op != "num" for a in domain.args):
        return ()
    low, high = domain.args
    return (Node("open", None, (low, zero)), Node("open", None, (zero, high))) if low.data < 0 < high.data else ()


def _shown(host: Host, goals: Iterable[Node], extra: Sequence[Fact]) -> list[Fact] | None:
    """Return lines that show all statements, or None."""
    lines = [host.show(goal, extra) for goal in goals]
    found = [line for line in lines if line is not None]
    return found if len(found) == len(lines) else None


def membership(host: Host, goal: Node, extra: tuple[Fact, ...], effort: int) -> Fact | None:
    """Show that a number lies in an interval, from the inequalities that it says, or in ℕ.

    Parameters
    ----------
    host : Host
        What shows premises.
    goal : Node
        What is to be shown.
    extra : tuple of Fact
        Facts to use beside the hypotheses.
    effort : int
        How hard to search.
    """
    if goal.op != "in":
        return None
    p, (x, domain) = host.p, goal.args
    for fact in (*extra, *p.known):
        if fact.statement == goal:
            return fact
    if domain.op == "nats" and x.op == "nat":
        return p.scheme("nat_in", {"n": x.args[0]})
    if domain.op not in _INTO:
        return None
    rule, ends = _INTO[domain.op]
    values = dict(zip(ends, domain.args, strict=True))
    wanted = [lt(end, x) if name == "a" else lt(x, end) for name, end in values.items()]
    premises = _shown(host, wanted, extra)
    return None if premises is None else p.scheme(rule, {**values, "c": x}, premises)


def derivatives(host: Host, goal: Node, extra: tuple[Fact, ...], effort: int) -> Fact | None:
    """Show a derivative by the table of the kernel, with the conditions shown at the point.

    Parameters
    ----------
    host : Host
        What shows premises.
    goal : Node
        What is to be shown.
    extra : tuple of Fact
        Facts to use beside the hypotheses.
    effort : int
        How hard to search.
    """
    if goal.op != "deriv":
        return None
    p, (_, at, value) = host.p, goal.args
    for fact in (*extra, *p.known):
        if fact.statement.op == "deriv" and fact.statement.args[:2] == goal.args[:2]:
            return _valued(host, fact, value, extra)
    x = p.fresh_number()
    body = apply_abs(goal.args[0], x)
    _, conditions = derivative(body, x.data)
    needed = list(dict.fromkeys(conditions))
    here = _shown(host, [substitute(c, {x.data: at}) for c in needed], extra)
    if here is None:
        return None
    line = p.inst(p.differentiate(x, body, *map(p.assume, needed)), {x.data: at}, here)
    return _valued(host, line, value, extra)


def _valued(host: Host, line: Fact, value: Node, extra: tuple[Fact, ...]) -> Fact | None:
    """Return a line with another value in the last place, if both are shown to be equal."""
    old = line.statement.args[-1]
    if old == value:
        return line
    same = host.show(eq(old, value), extra) or attempt(equal_apart, host.p, eq(old, value), extra)
    return None if same is None else with_value(host.p, line, value, same)


def integrals(host: Host, goal: Node, extra: tuple[Fact, ...], effort: int) -> Fact | None:
    """Show an integral by linearity, from known and cited ones.

    Parameters
    ----------
    host : Host
        What shows premises.
    goal : Node
        What is to be shown.
    extra : tuple of Fact
        Facts to use beside the hypotheses.
    effort : int
        How hard to search.
    """
    if goal.op != "int":
        return None
    p, (domain, function, value) = host.p, goal.args
    x = p.fresh_number()
    on = Points(p, domain, x.data)
    search = _Integrator(host, on, extra, effort)
    line = search.find(apply_abs(function, x))
    return None if line is None else _valued(host, line, value, search.elementary.extra)


class _Integrator:
    """Integrates over one domain."""

    def __init__(self, host: Host, on: Points, extra: tuple[Fact, ...], effort: int) -> None:
        self.host, self.on, self.p, self.outside = host, on, host.p, extra
        facts = [*extra, *self.p.known]
        # What holds on the whole domain holds for x.
        here = [on.at(f) for f in facts if on_domain(f.statement) == on.domain]
        self.inside = (on.member, *on.inside, *here, *extra)
        self.elementary = Antiderivatives(host, on, self.inside, extra, effort)
        self.known = [f for f in facts if f.statement.op == "int" and f.statement.args[0] == on.domain]

    def find(self, body: Node) -> Fact | None:
        """Return ∫ f = v for f(x), with v as it comes out; None if nothing fits."""
        found = self.whole(body) or self.parts(body) or self.arranged(body) or self.elementary.find(body)
        return found or self.multiplied_out(body) or attempt(self.halves, body)

    def whole(self, body: Node) -> Fact | None:
        """Return the integral if it is known as it stands, or cited."""
        for fact in self.known:
            if integrand(self.on, fact) == body:
                return fact
        return next(self.cited(body), None)

    def cited(self, body: Node) -> Iterator[Fact]:
        """Yield what schemes and shipped theorems say of the integral."""
        function = self.on.function(body)
        for lemma in (*_ROWS, *(x for x in shipped() if x.conclusion.op == "int")):
            if any(h.op == "int" for h in lemma.hypotheses):
                continue
            pattern = lemma.conclusion
            for first in matches(pattern.args[0], self.on.domain, lemma.scope):
                for values in matches(pattern.args[1], function, lemma.scope, first):
                    line = self.instance(lemma, values)
                    if line is not None and line.statement.args[1] == function:
                        yield line

    def instance(self, lemma: Lemma, values: dict[str, Node | str]) -> Fact | None:
        """Return a scheme or a theorem with its hypotheses shown."""
        if lemma.name not in INTEGRALS:
            return cited(self.p, lemma, values, self.outside, self.host.show)
        premises = _shown(self.host, [substitute(h, values) for h in lemma.hypotheses], self.outside)
        return None if premises is None else self.p.scheme(lemma.name, values, premises)

    def parts(self, body: Node) -> Fact | None:
        """Integrate a sum, a difference, or a multiple part by part."""
        op, x = body.op, self.on.x.data
        if op in ("+", "-"):
            found = [self.find(a) for a in body.args]
            if None in found:
                return None
            first, second = (f for f in found if f is not None)
            return self.combined(body, [(1, first), (1 if op == "+" else -1, second)])
        if op == "neg":
            inner = self.find(body.args[0])
            return None if inner is None else self.combined(body, [(-1, inner)])
        if op not in ("*", "/") or x not in body.names:
            return self.constant(body)
        left, right = body.args
        if x not in right.names:
            inner = self.find(left)
            return None if inner is None else self.combined(body, [(right if op == "*" else 1 / right, inner)])
        if op == "*" and x not in left.names:
            inner = self.find(right)
            return None if inner is None else self.combined(body, [(left, inner)])
        return None

    def constant(self, body: Node) -> Fact | None:
        """Integrate a constant over a bounded interval."""
        if self.on.x.data in body.names or self.on.domain.op != "open":
            return None
        length = next(self.cited(num(1)), None)
        return None if length is None else self.combined(body, [(body, length)])

    def combined(self, body: Node, pieces: list[tuple[object, Fact]]) -> Fact | None:
        """Return ∫ body from lines whose combination it is."""
        total = combination(self.p, pieces)
        now = integrand(self.on, total)
        same = None if now == body else attempt(algebra, self.p, eq(now, body), self.inside)
        return congruent(self.on, total, body, same) if now == body or same is not None else None

    def multiplied_out(self, body: Node) -> Fact | None:
        """Integrate a product of sums term by term."""
        ring = Ring(self.p.spend)
        plain = ring.term(ring.read(body))
        if body.op not in ("*", "/", "^") or plain.op not in ("+", "-"):
            return None
        line = self.parts(plain)
        same = attempt(algebra, self.p, eq(plain, body), self.inside) if line is not None else None
        return None if line is None or same is None else congruent(self.on, line, body, same)

    def halves(self, body: Node) -> Fact | None:
        """Integrate below 0 and above it, where the sign of the integrand changes there, or |x| is in it."""
        ends = _halves(self.on.domain)
        if not ends or self.elementary.left <= 0:
            return None
        p, x, zero, domain = self.p, self.on.x, num(0), self.on.domain
        lines: list[Fact] = []
        within: list[Fact] = []
        onto: list[Fact] = []
        for half, low in zip(ends, (True, False), strict=True):
            on = Points(p, half, p.fresh_number().data)
            line = _Integrator(self.host, on, self.outside, FULL).without_signs(substitute(body, {x.data: on.x}))
            here = self.host.show(Node("in", None, (on.x, domain)), [on.member, *on.inside])
            side = lt(x, zero) if low else lt(zero, x)
            there = self.host.show(Node("in", None, (x, half)), [p.assume(side), *self.inside])
            if line is None or here is None or there is None:
                return None
            lines.append(line)
            within += [on.every(here), on.every(on.inside[-1] if low else on.inside[0])]
            onto.append(self.on.every(p.disch(side, there)))
        values = {"D": domain, "E": ends[0], "G": ends[1], "c": zero, "f": self.on.function(body)}
        values |= {"u": lines[0].statement.args[2], "v": lines[1].statement.args[2]}
        return p.scheme("int_split", values, [*within, *onto, *lines])

    def without_signs(self, body: Node) -> Fact | None:
        """Integrate a function in which |a| is a or −a."""
        p, plain, steps = self.p, body, list[Fact]()
        atoms = [part for part in subterms(body) if part.op == "abs"]
        for fact in absolutes(p, atoms, self.inside, lambda goal: self.host.show(goal, self.inside)):
            steps.append(p.congr(plain, fact))
            plain = steps[-1].right
        line = self.find(plain)
        return None if line is None else congruent(self.on, line, body, p.symm(p.trans(*steps)) if steps else None)

    def arranged(self, body: Node) -> Fact | None:
        """Return an integral that is known for an equal integrand."""
        for fact in self.known:
            same = attempt(algebra, self.p, eq(integrand(self.on, fact), body), self.inside)
            if same is not None:
                return congruent(self.on, fact, body, same)
        return None
