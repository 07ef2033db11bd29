"""Equalities of rational functions: each becomes a lemma about numbers only, proved by ``ring`` or ``field``.

Whatever the kernel treats as an atom (a symbol, a logarithm, a sum, …) becomes a variable x0, x1, … of the lemma, so
Coq looks at polynomials and at nothing else. Atoms that are equal because their arguments are, such as log(a + b) and
log(b + a), are two variables with a premise that they are equal; divisors come with premises that they are not zero.
"""

from __future__ import annotations

from contextlib import suppress
from typing import final

from ..kernel import Refused
from ..kernel.normal_form import Budget, Field
from ..kernel.statements import eq, ne
from ..kernel.terms import Node
from .signs import Signs, exponent_of
from .terms import FUNCTIONS, RocqNames

__all__ = ["Arithmetic"]

_WORK = 1_000_000  # the kernel has found the same atoms equal with less
_OF_NUMBERS = ("log", "exp", "abs", "xlogy", "^", "Gamma", "digamma")


@final
class Arithmetic:
    """The equalities that the lines of one proof need, each a lemma once."""

    def __init__(self) -> None:
        self._new: list[str] = []
        self._names: dict[str, str] = {}

    def take(self) -> list[str]:
        """Return the lemmas that were added since the last call."""
        new, self._new = self._new, []
        return new

    def equality(self, goal: Node, signs: Signs, names: RocqNames) -> str:
        """Return the proof of an equality of rational functions.

        Parameters
        ----------
        goal : Node
            The equality.
        signs : Signs
            What is known of divisors.
        names : RocqNames
            How the terms of the proof are written.
        """
        atoms = _Atoms()
        parts = {part: proof for d in _divisors(goal) for part, proof in self._factors(d, signs).items()}
        shown = atoms.abstract(goal)
        premises = [(atoms.abstract(ne(part, 0)), proof) for part, proof in parts.items()]
        same = []
        for first, second in _equal_pairs(tuple(atoms.found), signs):
            proofs = [self.equality(eq(b, a), signs, names) for a, b in zip(first.args, second.args, strict=True)]
            lemma = "congr'" if len(proofs) == 1 else "congr2'"
            proof = f"({lemma} {FUNCTIONS[first.op]} {' '.join(proofs)})"
            same.append((eq(atoms.abstract(second), atoms.abstract(first)), proof))
        lemma = self._lemma(atoms, [s for s, _ in same], [p for p, _ in premises], shown)
        words = [*(names.statement(a) for a in atoms.found), *(p for _, p in same), *(p for _, p in premises)]
        return f"({lemma} {' '.join(words)})" if words else lemma

    @staticmethod
    def _factors(divisor: Node, signs: Signs) -> dict[Node, str]:
        return signs.factors(divisor, signs.proof(divisor, "!=")) if divisor.op != "num" else {}

    def _lemma(self, atoms: _Atoms, same: list[Node], nonzero: list[Node], goal: Node) -> str:
        """Add a lemma unless it is there, and return its name."""
        scope = {a.data: ((), "number") for a in atoms.found.values()}
        names = RocqNames(scope)
        premises = [*(f"(e'{k} : {names.statement(s)})" for k, s in enumerate(same))]
        premises += [f"(d'{k} : {names.statement(s)})" for k, s in enumerate(nonzero)]
        variables = f"({' '.join(scope)} : R)" if scope else ""
        binders = " ".join(filter(None, [variables, *premises]))
        rewriting = "".join(f"subst {s.args[0].data}; " for s in same)
        proof = f"{rewriting}{_tactic(goal)}"
        body = f"{' ' * bool(binders)}{binders} :\n  {names.statement(goal)}.\nProof. {proof}. Qed.\n"
        if body not in self._names:
            self._names[body] = f"field'{len(self._names)}"
            self._new.append(f"Lemma {self._names[body]}{body}")
        return self._names[body]


@final
class _Atoms:
    """The atoms of some terms, each with the variable that stands for it."""

    def __init__(self) -> None:
        self.found: dict[Node, Node] = {}

    def abstract(self, term: Node) -> Node:
        if term.op == "num":
            return term
        if term.op in ("+", "-", "*", "/", "neg", "=", "!="):
            return Node(term.op, None, tuple(map(self.abstract, term.args)))
        if exponent_of(term) is not None:
            return Node("^", None, (self.abstract(term.args[0]), term.args[1]))
        return self.found.setdefault(term, Node("sym", f"x{len(self.found)}"))


def _divisors(term: Node) -> tuple[Node, ...]:
    """Return the divisors in a term, outside of its atoms."""
    own: tuple[Node, ...] = ()
    exponent = exponent_of(term)
    if exponent is not None:
        inside, own = term.args[:1], term.args[:1] if exponent < 0 else ()
    elif term.op in ("+", "-", "*", "/", "neg", "=", "!="):
        inside, own = term.args, term.args[1:] if term.op == "/" else ()
    else:
        return ()
    return tuple(dict.fromkeys([*(d for a in inside for d in _divisors(a)), *own]))


def _equal_pairs(atoms: tuple[Node, ...], signs: Signs) -> list[tuple[Node, Node]]:
    """Return each atom that equals an earlier one because its arguments do, after that one."""
    pairs = []
    for k, atom in enumerate(atoms):
        for earlier in atoms[:k] if atom.op in _OF_NUMBERS else ():
            with suppress(Refused):
                if earlier.op == atom.op and Field(signs.known, Budget(_WORK)).is_zero(earlier - atom):
                    pairs.append((earlier, atom))
                    break
    return pairs


def _tactic(goal: Node) -> str:
    kinds = _kinds(goal)
    before = "literals'; " if kinds & {"^", "ratio"} else ""
    return f"{before}field; nonzero'" if _divisors(goal) else f"{before}{'field' if 'ratio' in kinds else 'ring'}"


def _kinds(term: Node) -> set[str]:
    own = "ratio" if term.op == "num" and term.data.denominator != 1 else term.op
    return {own}.union(*map(_kinds, term.args))
