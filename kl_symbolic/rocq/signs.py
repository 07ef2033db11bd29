"""Proofs of 0 < e, 0 ≤ e and e ≠ 0 from the structure of e: lemma upon lemma, case by case as the kernel's ``sign``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import final

from ..kernel.normal_form import MAX_EXPONENT, Sign, integer_exponent, sign
from ..kernel.rules import known_signs
from ..kernel.statements import Sequent
from ..kernel.terms import Node, num
from ..language.printer import text as shown
from .terms import NotExported

__all__ = ["Signs", "exponent_of"]

SignProof = tuple[Sign, str]
"""The known sign of a number, ``""`` if unknown, and its proof term."""

_UNKNOWN: SignProof = ("", "")


def exponent_of(term: Node) -> int | None:
    """Return the exponent of a power that the kernel takes for a repeated product; None for an atom.

    Parameters
    ----------
    term : Node
    """
    exponent = integer_exponent(term)
    return exponent if exponent is not None and abs(exponent) <= MAX_EXPONENT else None


@final
class Signs:
    """The signs of terms that follow from premises, with proofs.

    Parameters
    ----------
    premises : iterable of (Sequent, str)
        Each with the proof term of its conclusion.
    """

    def __init__(self, premises: Iterable[tuple[Sequent, str]]) -> None:
        pairs = list(premises)
        self.known = known_signs(tuple(sequent for sequent, _ in pairs))
        self._facts: dict[tuple[Node, Sign], str] = {}
        for sequent, proof in pairs:
            for term, found in known_signs((sequent,)).items():
                self._facts.setdefault((term, found), proof)

    def goal(self, statement: Node) -> str:
        """Return the proof of a statement 0 < e, 0 ≤ e or e ≠ 0.

        Parameters
        ----------
        statement : Node
        """
        wanted = statement.op
        return self.proof(statement.args[wanted != "!="], wanted)

    def proof(self, term: Node, wanted: Sign) -> str:
        """Return the proof that *term* has the sign *wanted*.

        Parameters
        ----------
        term : Node
        wanted : Sign
            One of ``<``, ``<=`` and ``!=``.

        Raises
        ------
        NotExported
            When neither its structure nor the premises tell; the kernel has refused such a line.
        """
        direct = self._facts.get((term, wanted))
        found, text = (wanted, direct) if direct is not None else self._best(term)
        if found == wanted:
            return text
        if found != "<":
            raise NotExported(f"expected a term known to be {wanted} 0, or 0 {wanted} it, got {shown(term)}")
        return f"({'lt_le' if wanted == '<=' else 'lt_ne'}' {text})"

    def _best(self, term: Node) -> SignProof:
        """Return the strongest that is known, as the kernel's ``sign`` has it."""
        proofs = {s: self._facts[term, s] for s in ("<", "<=", "!=") if (term, s) in self._facts}
        if "<" not in proofs:
            found, text = self._structural(term)
            proofs.setdefault(found, text)
        if "<" in proofs:
            return "<", proofs["<"]
        if "<=" in proofs and "!=" in proofs:
            return "<", f"(le_ne_lt' {proofs['<=']} {proofs['!=']})"
        return next(iter(proofs.items()))

    def _structural(self, term: Node) -> SignProof:
        op, exponent = term.op, integer_exponent(term)
        if op == "num":
            return _literal(term)
        if exponent is not None:
            return self._power(term.args[0], exponent)
        if op not in ("+", "*", "/", "neg"):
            return _UNKNOWN
        (left, a), (right, b) = (self._best(term.args[0]), self._best(term.args[-1]))
        if op == "neg":
            return ("!=", f"(neg_ne' {_nonzero(left, a)})") if left in ("<", "!=") else _UNKNOWN
        if op == "*" and term.args[0] == term.args[1]:
            if left in ("<", "!="):
                return "<", f"(square_lt' {_nonzero(left, a)})"
            return "<=", "(square_le' _)"
        if op == "+":
            return _added(left, a, right, b)
        return _multiplied("mul" if op == "*" else "div", left, a, right, b)

    def _power(self, base: Node, exponent: int) -> SignProof:
        found, text = self._best(base)
        if exponent == 0:
            return "<", "(power_zero' _)"
        literal = str(abs(exponent))
        if exponent % 2 == 0:
            half = str(abs(exponent) // 2)
            if found in ("<", "!="):
                return "<", f"(power_even{'_inv' if exponent < 0 else ''}_lt' {half} {_nonzero(found, text)})"
            return ("<=", f"(power_even_le' _ {half})") if exponent > 0 else _UNKNOWN
        if found in ("<", "!="):
            return found, f"(power_{'lt' if found == '<' else 'ne'}' ({exponent}) {text})"
        return ("<=", f"(power_le' {literal} {text})") if found == "<=" and exponent > 0 else _UNKNOWN

    def factors(self, divisor: Node, proof: str) -> dict[Node, str]:
        """Return the parts of a divisor that are not products, each with the proof that it is not zero.

        Parameters
        ----------
        divisor : Node
        proof : str
            The proof that the whole divisor is not zero.
        """
        op, exponent = divisor.op, exponent_of(divisor)
        found: dict[Node, str] = {}
        if op in ("*", "/"):
            back = ("mul_ne_left'", "mul_ne_right'") if op == "*" else ("div_ne_left'", "")
            for part, lemma in zip(divisor.args, back, strict=True):
                found.update(self.factors(part, self._part(part, f"({lemma} {proof})" if lemma else "")))
        elif op == "neg":
            found.update(self.factors(divisor.args[0], self._part(divisor.args[0], f"(neg_ne_back' {proof})")))
        elif exponent is not None:
            if exponent:
                back_text = f"(power_base' {exponent} {proof})" if exponent > 0 else ""
                found.update(self.factors(divisor.args[0], self._part(divisor.args[0], back_text)))
        elif op != "num":
            found[divisor] = proof
        return found

    def _part(self, part: Node, otherwise: str) -> str:
        """Return the proof that a factor is not zero: by itself, else because the product is not."""
        return self.proof(part, "!=") if not otherwise or sign(part, self.known) in ("<", "!=") else otherwise


def _nonzero(found: Sign, text: str) -> str:
    return f"(lt_ne' {text})" if found == "<" else text


def _nonnegative(found: Sign, text: str) -> str:
    return f"(lt_le' {text})" if found == "<" else text


def _literal(term: Node) -> SignProof:
    top, bottom = term.data.numerator, term.data.denominator
    if term == num(0):
        return "<=", "zero_le'"
    kind, end = ("<", "lt") if top > 0 else ("!=", "ne")
    return kind, f"(literal_{end}' {abs(top)})" if bottom == 1 else f"(ratio_{end}' {abs(top)} {bottom})"


def _added(left: Sign, a: str, right: Sign, b: str) -> SignProof:
    if not {left, right} <= {"<", "<="}:
        return _UNKNOWN
    if left == "<":
        return "<", f"(add_lt_le' {a} {_nonnegative(right, b)})"
    return (right, f"(add_le_lt' {a} {b})") if right == "<" else ("<=", f"(add_le' {a} {b})")


def _multiplied(lemma: str, left: Sign, a: str, right: Sign, b: str) -> SignProof:
    signed = {left, right} <= {"<", "<="}
    if {left, right} == {"<"}:
        return "<", f"({lemma}_lt' {a} {b})"
    if {left, right} <= {"<", "!="}:
        return "!=", f"({lemma}_ne' {_nonzero(left, a)} {_nonzero(right, b)})"
    if signed and (lemma == "mul" or right == "<"):
        divisor = b if lemma == "div" else _nonnegative(right, b)
        return "<=", f"({lemma}_le' {_nonnegative(left, a)} {divisor})"
    return _UNKNOWN
