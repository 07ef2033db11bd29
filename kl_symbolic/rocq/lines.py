"""The lines of a certificate as lemmas for Coq, and the vocabulary of their proofs.

A line is Γ ⊢ φ about some names. Its lemma takes these names and a proof of each hypothesis, in order, and nothing
else: so a theorem about an index is never used where its set might be empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, final

from ..kernel import CheckedTheorem
from ..kernel.rules import HOLE, template_signature
from ..kernel.statements import Sequent
from ..kernel.syntax import Scope, decode, decode_abs, known_set
from ..kernel.terms import Node, substitute
from .arithmetic import Arithmetic
from .terms import MODEL, NotExported, RocqNames, measured, rocq_name

__all__ = ["SANDWICH", "Place", "RocqLine", "RocqProof", "applied", "needed"]

SANDWICH = "kl.kl_prelude_sandwich.sandwich"
"""The integral that is constructed in Coq, for proofs that need one and theorems that mention none."""

_ANY = {"set": "void'", "interval": "reals", "domain": f"(nats {SANDWICH})"}
"""A value for the name of a set or a domain, where its value does not matter."""


def needed(scope: Scope, names: Iterable[str]) -> tuple[str, ...]:
    """Return *names* and the sets of their signatures: sets first, then in the order of the scope.

    Parameters
    ----------
    scope : Scope
        The declared names.
    names : iterable of str
    """
    used = frozenset(names)
    used = used.union(*((*over, values) for n, (over, values) in scope.items() if n in used))
    found = [n for n in scope if n in used]
    return tuple(sorted(found, key=lambda n: scope[n][1] != "set"))


def applied(function: str, words: Iterable[str]) -> str:
    """Return a function before its arguments, in parentheses where there are any.

    Parameters
    ----------
    function : str
    words : iterable of str
        Its arguments, as Coq writes them.
    """
    shown = " ".join([function, *words])
    return f"({shown})" if " " in shown else shown


@final
@dataclass(frozen=True, slots=True)
class RocqLine:
    """One certificate line and its lemma.

    Parameters
    ----------
    rule : str
    args : list
        As the certificate spells them.
    premises : tuple of int
    sequent : Sequent
    about : tuple of str
        The names that its lemma takes.
    """

    rule: str
    args: list[Any]
    premises: tuple[int, ...]
    sequent: Sequent
    about: tuple[str, ...]


@final
@dataclass(frozen=True, slots=True)
class Place:
    """The names and the proofs that are in scope at one place of a proof.

    Parameters
    ----------
    names : frozenset of str
        The declared names that are bound around it.
    proofs : mapping of Node to str
        The hypotheses, each with its proof.
    """

    names: frozenset[str]
    proofs: Mapping[Node, str]

    @classmethod
    def of(cls, names: Iterable[str], hypotheses: Iterable[Node]) -> Place:
        """Return the place in which some hypotheses about some names are given.

        Parameters
        ----------
        names : iterable of str
        hypotheses : iterable of Node
            Γ.
        """
        return cls(frozenset(names), {h: f"h'{k}" for k, h in enumerate(hypotheses)})

    def knowing(self, name: str) -> Place:
        """Return the place below a function of a declared name.

        Parameters
        ----------
        name : str
        """
        return Place(self.names | {name}, self.proofs)

    def assuming(self, statement: Node) -> tuple[str, Place]:
        """Return the variable of a function of a proof of *statement*, and the place below that function.

        Parameters
        ----------
        statement : Node
        """
        variable = f"h'{len(self.proofs)}"
        return variable, Place(self.names, {**self.proofs, statement: variable})


@final
class RocqProof:
    """The lines of one theorem.

    Parameters
    ----------
    scope : Scope
        The declared names of the certificate.
    theorem : CheckedTheorem
    rows : list
        The lines as the certificate spells them.
    lemmas : mapping of str to CheckedTheorem
        The theorems that it cites.

    Attributes
    ----------
    scope, lemmas
    names : RocqNames
        How terms are written.
    arithmetic : Arithmetic
        Where equalities of rational functions become lemmas.
    lines : list of RocqLine
    measured : bool
        Whether an interval or ℕ is mentioned as a domain. Then each lemma takes the integral that makes it one.
    """

    def __init__(
        self, scope: Scope, theorem: CheckedTheorem, rows: list[Any], lemmas: Mapping[str, CheckedTheorem]
    ) -> None:
        self.scope = scope
        self.lemmas = lemmas
        self.names = RocqNames(scope)
        self.arithmetic = Arithmetic()
        self.lines: list[RocqLine] = []
        for (rule, premises, _, sequent), row in zip(theorem.lines, rows, strict=True):
            names = sequent.conclusion.names.union(sequent.points, *(h.names for h in sequent.hypotheses))
            self.lines.append(RocqLine(rule, row[1], premises, sequent, needed(scope, names)))
        sequents = [line.sequent for line in self.lines]
        self.measured = measured(scope, [s for q in sequents for s in (*q.hypotheses, q.conclusion)])

    def premise(self, number: int, place: Place) -> str:
        """Return the lemma of a line, applied to what is known there.

        Parameters
        ----------
        number : int
        place : Place
            What is known where the line stands.
        """
        line = self.lines[number]
        words = [MODEL] * self.measured + [self._name(n, place) for n in line.about]
        return applied(f"line'{number}", [*words, *(place.proofs[h] for h in line.sequent.hypotheses)])

    def given(self, line: RocqLine, place: Place) -> list[tuple[Sequent, str]]:
        """Return the premises of a line with their proofs.

        Parameters
        ----------
        line : RocqLine
            The line of the certificate.
        place : Place
            What is known where the line stands.
        """
        return [(self.lines[k].sequent, self.premise(k, place)) for k in line.premises]

    def proofs(self, line: RocqLine, place: Place) -> list[str]:
        """Return the proofs of the premises of a line.

        Parameters
        ----------
        line : RocqLine
            The line of the certificate.
        place : Place
            What is known where the line stands.
        """
        return [self.premise(k, place) for k in line.premises]

    def conclusion(self, number: int) -> Node:
        """Return the statement that a line shows.

        Parameters
        ----------
        number : int
        """
        return self.lines[number].sequent.conclusion

    def _name(self, name: str, place: Place) -> str:
        """Return a declared name, or any value for one that is not known there: then its value does not matter."""
        over, values = self.scope[name]
        if name in place.names:
            return rocq_name(name)
        if values != "number" and values not in _ANY:
            raise NotExported(f"expected the index {name!r} to be known here")
        return _ANY.get(values) or (f"(fun {'_ ' * len(over)}=> 0)" if over else "0")

    def mentioning(self, terms: Iterable[Node | str], place: Place, write: Callable[[Place], str]) -> str:
        """Return a proof that mentions *terms*; a number, set or domain of theirs that is not known there may be any.

        Parameters
        ----------
        terms : iterable of Node or str
            Terms, and names of sets.
        place : Place
        write : callable
            From the place in which all names of *terms* are known to the proof.
        """
        names = (frozenset((t,)) if isinstance(t, str) else t.names for t in terms)
        about = needed(self.scope, frozenset[str]().union(*names))
        lost = [n for n in about if n not in place.names]
        values = [self._name(n, place) for n in lost]
        shown = write(Place(place.names.union(lost), place.proofs))
        return applied(f"(fun {self.names.binders(lost)} => {shown})", values) if lost else shown

    def template(self, line: RocqLine, sort: str, place: Place) -> tuple[str, str]:
        """Return a template as a function of its hole, and the proof that the two things to be put there are equal.

        Parameters
        ----------
        line : RocqLine
            The line of the certificate.
        sort : str
        place : Place
            What is known where the line stands.
        """
        first = line.premises[0]
        signature = (template_signature(self.lines[first].sequent)[0], "number")
        scope = {**self.scope, HOLE: signature}
        names, equality = RocqNames(scope), self.premise(first, place)
        shown = names.statement(decode(line.args[0], sort, scope))
        return f"(fun {names.binder(HOLE)} => {shown})", _extended(equality, len(signature[0]))

    def instance(
        self,
        lemma: str,
        about: tuple[Scope, Iterable[str]],
        gamma: Iterable[Node],
        value: Mapping[str, Any],
        premises: Iterable[int],
        place: Place,
    ) -> str:
        """Return a scheme, a theorem or a line at what its names become, with the proofs of its hypotheses.

        Parameters
        ----------
        lemma : str
            With the integral of the intervals and ℕ, if it takes one.
        about : Scope and iterable of str
            The names that are replaced, and all names that the lemma takes.
        gamma : iterable of Node
            Its hypotheses.
        value : mapping of str to object
            What each name becomes, as the certificate spells it.
        premises : iterable of int
            Lines that prove some of the hypotheses.
        place : Place
            Where the others are given.
        """
        by = self._substitution(about[0], value)
        proved = {self.conclusion(k): k for k in premises}

        def write(inside: Place) -> str:
            words = [self._value(by[n], about[0][n][1]) if n in by else self._name(n, inside) for n in about[1]]
            for hypothesis in (substitute(h, by) for h in gamma):
                known = hypothesis in proved
                words.append(self.premise(proved[hypothesis], inside) if known else inside.proofs[hypothesis])
            return applied(lemma, words)

        return self.mentioning(by.values(), place, write)

    def _substitution(self, names: Scope, value: Mapping[str, Any]) -> dict[str, Node | str]:
        sets = {n: known_set(v, self.scope) for n, v in value.items() if names[n][1] == "set"}
        by: dict[str, Node | str] = dict(sets)
        for name, (over, sort) in ((n, names[n]) for n in value if n not in sets):
            by[name] = decode_abs(value[name], tuple(sets.get(s, s) for s in over), sets.get(sort, sort), self.scope)
        return by

    def _value(self, value: Node | str, sort: str) -> str:
        if isinstance(value, str):
            return rocq_name(value)
        return self.names.interval(value) if sort == "interval" else self.names.abstraction(value)


def _extended(equality: str, count: int) -> str:
    """Return the equality of two functions of *count* indices from the equality of their values."""
    if count <= 1:
        return applied("ext'", [equality]) if count else equality
    points = [f"i'{k}" for k in range(count)]
    shown = applied(equality, points)
    for point in reversed(points):
        shown = f"(ext' (fun {point} => {shown}))"
    return shown
