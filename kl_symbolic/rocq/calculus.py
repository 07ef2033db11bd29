"""Limits between two others, derivatives, and growth from the derivative, as Coq proofs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import final

from ..kernel.normal_form import integer_exponent
from ..kernel.statements import le, lt, ne
from ..kernel.syntax import decode
from ..kernel.terms import NAT, Node, apply_abs, bound, lam, unwrap
from .lines import Place, RocqLine, RocqProof, applied
from .terms import rocq_name

__all__ = ["differentiate", "mono_of_deriv", "squeeze"]


def squeeze(proof: RocqProof, line: RocqLine, place: Place) -> str:
    """The two bounds, each from some number on, and the limits of the outer sequences.

    Parameters
    ----------
    proof : RocqProof
        The proof that is exported.
    line : RocqLine
        The line of the certificate.
    place : Place
        What is known where the line stands.
    """
    lower, upper, below, above, *guards = line.premises
    large = {lt(0, Node("nat", None, (bound(0),))): "large_nat'"}
    for k in range(0, len(guards), 3):
        f, g = (unwrap(proof.conclusion(n).args[0]) for n in guards[k : k + 2])
        large[lt(f, g)] = applied("large_lt'", [proof.premise(n, place) for n in guards[k : k + 3]])
    outer = [proof.conclusion(n).args[0] for n in (lower, upper)]
    middle, limit = line.sequent.conclusion.args
    words = [*map(proof.names.abstraction, (*outer, middle)), proof.names.statement(limit)]
    words += [proof.premise(n, place) for n in (lower, upper)]
    words += [_eventually(proof, n, place, large) for n in (below, above)]
    return applied("@limit_squeeze'", words)


def _eventually(proof: RocqProof, number: int, place: Place, large: Mapping[Node, str]) -> str:
    """Return the proof that an inequality holds for all large n, from ∀n (G ⇒ … ⇒ the inequality)."""

    def sequence(body: Node) -> str:
        return proof.names.abstraction(lam((NAT,), body))

    statement = unwrap(proof.conclusion(number).args[0])
    shown = applied("@always'", [sequence(statement), proof.premise(number, place)])
    while statement.op == "=>":
        guard, statement = statement.args
        shown = applied("@guarded'", [sequence(guard), sequence(statement), large[guard], shown])
    return shown


def mono_of_deriv(proof: RocqProof, line: RocqLine, place: Place) -> str:
    """The derivative on the interval, its sign there, and the order of the ends.

    Parameters
    ----------
    proof : RocqProof
        The proof that is exported.
    line : RocqLine
        The line of the certificate.
    place : Place
        What is known where the line stands.
    """
    x, *terms = line.args
    g, low, high = (decode(t, "number", proof.scope) for t in terms)
    slope, ends, *domain = line.premises
    point, inside = rocq_name(x), place.knowing(x)
    first, inside = inside.assuming(le(low, Node("sym", x)))
    second, inside = inside.assuming(le(Node("sym", x), high))
    table = _Table(proof, x, domain, inside)
    _, rising = proof.conclusion(slope).args
    functions = [f"(fun {point} : R => {proof.names.statement(t)})" for t in (g, rising)]
    steps = [table.derived(g), proof.premise(slope, inside)]
    words = [f"(fun {point} {first} {second} => {step})" for step in steps]
    return applied("mono_of_deriv'", [*functions, *words, proof.premise(ends, place)])


def differentiate(proof: RocqProof, line: RocqLine, place: Place) -> str:
    """The derivative at a point by the table.

    Parameters
    ----------
    proof : RocqProof
        The proof that is exported.
    line : RocqLine
        The line of the certificate.
    place : Place
        What is known where the line stands.
    """
    x, term = line.args
    g = decode(term, "number", proof.scope)
    # A premise may mention a number that the line does not.
    terms = [Node("sym", x), *map(proof.conclusion, line.premises)]
    return proof.mentioning(terms, place, lambda inside: _Table(proof, x, line.premises, inside).derived(g))


@final
class _Table:
    """Derivatives by the kernel's table, row by row, with the premises where they are asked for.

    Parameters
    ----------
    proof : RocqProof
        The proof that is exported.
    x : str
        The variable.
    premises : iterable of int
        The lines that show conditions of the table, and the derivatives of parts.
    place : Place
        What is known where the derivative is taken.
    """

    def __init__(self, proof: RocqProof, x: str, premises: Iterable[int], place: Place) -> None:
        self._names, self._x = proof.names, x
        self._shown = {proof.conclusion(k): proof.premise(k, place) for k in premises}
        self._given: dict[Node, str] = {}
        for statement, shown in self._shown.items():
            # Where x stands in the function itself, it is not the derivative of its value at x.
            if statement.op == "deriv" and statement.args[1] == Node("sym", x) and x not in statement.args[0].names:
                self._given[apply_abs(statement.args[0], statement.args[1])] = shown

    def derived(self, term: Node) -> str:
        """Return the proof that the derivative of *term* is what the table says.

        Parameters
        ----------
        term : Node
        """
        if term in self._given:
            return self._given[term]
        if self._x not in term.names:
            return f"(deriv_const' {self._names.statement(term)} {rocq_name(self._x)})"
        if term.op == "sym":
            return f"(deriv_id' {rocq_name(self._x)})"
        exponent = integer_exponent(term)
        if exponent is not None and exponent > 0:
            return f"(deriv_pow' {exponent} {self.derived(term.args[0])})"
        if term.op == "^":
            base, power = term.args
            return applied("deriv_rpow'", [self._names.statement(power), self.derived(base), self._shown[lt(0, base)]])
        words = [self.derived(a) for a in term.args]
        if term.op in ("/", "log"):
            words.append(self._shown[ne(term.args[1], 0) if term.op == "/" else lt(0, term.args[0])])
        return applied(_DERIVATIVES[term.op], words)


_DERIVATIVES = {
    "+": "deriv_add'",
    "-": "deriv_sub'",
    "*": "deriv_mul'",
    "/": "deriv_div'",
    "neg": "deriv_neg'",
    "log": "deriv_log'",
    "exp": "deriv_exp'",
}
