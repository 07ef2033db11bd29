"""Certificate lines as Coq proofs: for each rule, the term that proves a line from the lemmas of its premises.

A proof only ever applies earlier lines, cited theorems and the lemmas of the prelude, most of which are called like
the rule, with a prime. Nothing is searched for; what Coq has to find out itself are equalities of rational functions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..kernel.statements import lt, ne
from ..kernel.syntax import Scope, decode
from ..kernel.table import SCHEMES
from ..kernel.terms import Node
from .calculus import differentiate, mono_of_deriv, squeeze
from .combination import combination
from .lines import Place, RocqLine, RocqProof, applied, needed
from .signs import Signs
from .terms import MODEL, NotExported, measured, rocq_name

__all__ = ["script"]


def script(proof: RocqProof, line: RocqLine, place: Place) -> str:
    """Return the proof of a line.

    Parameters
    ----------
    proof : RocqProof
        The proof that is exported.
    line : RocqLine
        The line of the certificate.
    place : Place
        What is known where the line stands.

    Raises
    ------
    NotExported
        When its rule has no counterpart.
    """
    if line.rule in SCHEMES:
        _, scope, source = SCHEMES[line.rule]
        about = (scope, needed(scope, scope))
        lemma = _of_model(f"{_WHERE.get(line.rule, '')}{line.rule}'", scope, source.hypotheses, source.conclusion)
        return proof.instance(lemma, about, source.hypotheses, line.args[0], line.premises, place)
    if line.rule not in _RULES:
        raise NotExported(f"expected a rule that has a counterpart in Rocq, got {line.rule!r}")
    return _RULES[line.rule](proof, line, place)


_WHERE = dict.fromkeys(("digamma_deriv", "gamma_half"), "kl.kl_prelude_gamma.")
"""The files that are not imported and prove a row."""


def _of_model(lemma: str, scope: Scope, hypotheses: Iterable[Node], conclusion: Node) -> str:
    """Return a lemma with the integral of the intervals and ℕ, if its statement is about one."""
    return f"{lemma} {MODEL}" if measured(scope, (*hypotheses, conclusion)) else lemma


# --- logic and equality ------------------------------------------------------------------------------------------


def _assume(proof: RocqProof, line: RocqLine, place: Place) -> str:
    return place.proofs[line.sequent.conclusion]


def _weaken(proof: RocqProof, line: RocqLine, place: Place) -> str:
    return proof.premise(line.premises[0], place)


def _disch(proof: RocqProof, line: RocqLine, place: Place) -> str:
    return _assuming(proof, line.sequent.conclusion.args[0], line.premises[0], place)


def _assuming(proof: RocqProof, statement: Node, number: int, place: Place) -> str:
    """Return the function from a proof of *statement* to the proof of a premise."""
    variable, inside = place.assuming(statement)
    return f"(fun {variable} => {proof.premise(number, inside)})"


def _mp(proof: RocqProof, line: RocqLine, place: Place) -> str:
    implication, premise = proof.proofs(line, place)
    return applied(implication, [premise])


def _gen(proof: RocqProof, line: RocqLine, place: Place) -> str:
    name = line.args[0]
    return f"(fun {rocq_name(name)} => {proof.premise(line.premises[0], place.knowing(name))})"


def _spec(proof: RocqProof, line: RocqLine, place: Place) -> str:
    index_set = proof.conclusion(line.premises[0]).args[0].data
    index = decode(line.args[0], index_set, proof.scope)
    return applied(proof.premise(line.premises[0], place), [proof.names.statement(index)])


def _cases(proof: RocqProof, line: RocqLine, place: Place) -> str:
    statement = decode(line.args[0], "statement", proof.scope)
    left, right = statement.args
    lemma, opposite = ("cases_eq'", ne(left, right)) if statement.op == "=" else ("cases_le'", lt(right, left))

    def write(inside: Place) -> str:
        cases = zip((statement, opposite), line.premises, strict=True)
        branches = [_assuming(proof, case, k, inside) for case, k in cases]
        return applied(lemma, [proof.names.statement(left), proof.names.statement(right), *branches])

    return proof.mentioning([statement], place, write)


def _symm(proof: RocqProof, line: RocqLine, place: Place) -> str:
    kind = {"=": "eq", "!=": "ne", "<=>": "iff"}[line.sequent.conclusion.op]
    return f"(symm_{kind}' {proof.premise(line.premises[0], place)})"


def _by_lemma(name: str) -> Callable[[RocqProof, RocqLine, Place], str]:
    """Return the rule that is a lemma of the prelude, applied to the premises."""
    return lambda proof, line, place: applied(name, proof.proofs(line, place))


def _congr(proof: RocqProof, line: RocqLine, place: Place) -> str:
    return applied("congr'", proof.template(line, "number", place))


def _rewrite(proof: RocqProof, line: RocqLine, place: Place) -> str:
    return applied("rewrite'", [*proof.template(line, "statement", place), proof.premise(line.premises[1], place)])


def _inst(proof: RocqProof, line: RocqLine, place: Place) -> str:
    (value,), (first, *rest) = line.args, line.premises
    source = proof.lines[first]
    own = {n: s for n, s in proof.scope.items() if n in value and s[1] != "set"}
    lemma = f"line'{first} {MODEL}" if proof.measured else f"line'{first}"
    return proof.instance(lemma, (own, source.about), source.sequent.hypotheses, value, rest, place)


def _cite(proof: RocqProof, line: RocqLine, place: Place) -> str:
    name, value = line.args
    lemma = proof.lemmas[name]
    about = (lemma.scope, needed(lemma.scope, lemma.scope))
    shown = _of_model(f"kl.{name}.{name}", lemma.scope, lemma.hypotheses, lemma.conclusion)
    return proof.instance(shown, about, lemma.hypotheses, value, line.premises, place)


def _unfold(proof: RocqProof, line: RocqLine, place: Place) -> str:
    return "eq_refl"


def _squeeze(proof: RocqProof, line: RocqLine, place: Place) -> str:
    return proof.mentioning(map(proof.conclusion, line.premises), place, lambda inside: squeeze(proof, line, inside))


# --- arithmetic ----------------------------------------------------------------------------------------------------


def _pos(proof: RocqProof, line: RocqLine, place: Place) -> str:
    return Signs(proof.given(line, place)).goal(line.sequent.conclusion)


def _field(proof: RocqProof, line: RocqLine, place: Place) -> str:
    return proof.arithmetic.equality(line.sequent.conclusion, Signs(proof.given(line, place)), proof.names)


def _order(proof: RocqProof, line: RocqLine, place: Place) -> str:
    entries = []
    for multiplier, term, positions in line.args[1]:
        factor, value = (decode(v, "number", proof.scope) for v in (multiplier, term))
        entries.append((factor.data, value, tuple(positions)))

    def write(inside: Place) -> str:
        given = proof.given(line, inside)
        return combination(line.sequent.conclusion, entries, given, proof.arithmetic, proof.names)

    terms = [term for _, term, _ in entries]
    return proof.mentioning([*terms, *map(proof.conclusion, line.premises)], place, write)


_RULES: dict[str, Callable[[RocqProof, RocqLine, Place], str]] = {
    "assume": _assume,
    "weaken": _weaken,
    "disch": _disch,
    "mp": _mp,
    "gen": _gen,
    "spec": _spec,
    "iff_intro": _by_lemma("iff_intro'"),
    "iff_elim": _by_lemma("iff_elim'"),
    "cases": _cases,
    "absurd": _by_lemma("absurd'"),
    "symm": _symm,
    "trans": _by_lemma("trans'"),
    "congr": _congr,
    "rewrite": _rewrite,
    "inst": _inst,
    "cite": _cite,
    "unfold": _unfold,
    "pos": _pos,
    "field": _field,
    "order": _order,
    "limit_squeeze": _squeeze,
    "mono_of_deriv": mono_of_deriv,
    "differentiate": differentiate,
}
"""How each rule that is not a row of the table of schemes is proved."""
