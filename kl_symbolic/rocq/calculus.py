"""Limits between two others, and growth from the derivative, as Coq proofs."""

from __future__ import annotations

from collections.abc import Mapping

from ..kernel.axioms import derivative
from ..kernel.normal_form import integer_exponent
from ..kernel.statements import le, lt, ne
from ..kernel.syntax import decode
from ..kernel.terms import NAT, Node, bound, lam, unwrap
from .lines import Place, RocqLine, RocqProof, applied
from .terms import RocqNames, rocq_name

__all__ = ["mono_of_deriv", "squeeze"]


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
    shown = {proof.conclusion(k): proof.premise(k, inside) for k in domain}
    functions = [f"(fun {point} : R => {proof.names.statement(t)})" for t in (g, derivative(g, x)[0])]
    steps = [_derived(g, x, shown, proof.names), proof.premise(slope, inside)]
    words = [f"(fun {point} {first} {second} => {step})" for step in steps]
    return applied("mono_of_deriv'", [*functions, *words, proof.premise(ends, place)])


def _derived(term: Node, x: str, shown: Mapping[Node, str], names: RocqNames) -> str:
    """Return the proof that the derivative of *term* is what the kernel's table says."""
    if x not in term.names:
        return f"(deriv_const' {names.statement(term)} {rocq_name(x)})"
    if term.op == "sym":
        return f"(deriv_id' {rocq_name(x)})"
    exponent = integer_exponent(term)
    if exponent is not None:
        return f"(deriv_pow' {exponent} {_derived(term.args[0], x, shown, names)})"
    words = [_derived(a, x, shown, names) for a in term.args]
    if term.op in ("/", "log"):
        words.append(shown[ne(term.args[1], 0) if term.op == "/" else lt(0, term.args[0])])
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
