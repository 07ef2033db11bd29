"""Wrong steps for Coq: a certificate that the kernel refuses, exported as if it had not been.

The kernel is made to overlook the checks that stand against a case; what it then takes for a theorem is exported. Where
the wrong step lacks something, the exporter has nothing to write. Then the boldest attempt is written in its place: Coq
is asked to find the missing proof by itself, from all that is at hand, by its procedures for linear and polynomial
inequalities. So it is Coq that refuses, and not a gap in the exporter; and had the step been right after all, Coq would
have a fair chance to say so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from unittest import mock

from kl_symbolic.kernel import CheckedTheorem
from kl_symbolic.kernel.terms import Node
from kl_symbolic.rocq import export
from kl_symbolic.rocq.lines import Place, RocqLine, RocqProof
from kl_symbolic.rocq.terms import NotExported

from ..rejects.pair import Case, Off, switched_off

EVERYTHING: Off = (
    "rules: ", "axioms: ", "statements: ", "normal_form: division by a term", "certificate: the last line",
    "certificate: the proof", "certificate: declared but not used", "certificate: the lemma",
)  # fmt: skip
"""The checks that are switched off in a case that names none itself: all that are about proofs, none about form."""

SEARCH = (
    "Ltac search' := intros; timeout 20 (first [assumption | contradiction | lra | nra | congruence | "
    "split; intros; first [lra | nra] | solve [auto]]).\n"
)
"""How Coq looks for what is missing."""

_FOUND = "ltac:(search')"


class _Offered(dict[Node, str]):
    """Proofs of hypotheses; of one that is not there, whatever Coq finds."""

    def __missing__(self, statement: Node) -> str:
        return _FOUND


def forged(case: Case) -> CheckedTheorem:
    """Return what the kernel takes for a theorem when it overlooks what stands against a case."""
    with switched_off(case.off or EVERYTHING):
        return case.replay(case.false)


def attempt(theorem: CheckedTheorem, lemmas: Mapping[str, CheckedTheorem]) -> str:
    """Return the Coq lemmas of something that is not a theorem, with an attempt in each place where a proof is missing."""
    with _bold():
        return export.body(theorem, lemmas)


@contextmanager
def _bold() -> Iterator[None]:
    plain_script, plain_premise, plain_name = export.script, RocqProof.premise, RocqProof._name

    def offered(place: Place) -> Place:
        return Place(place.names, _Offered(place.proofs))

    def script(proof: RocqProof, line: RocqLine, place: Place) -> str:
        try:
            return plain_script(proof, line, offered(place))
        except (KeyError, NotExported):
            posed = (f"pose proof {premise(proof, k, place)} as p'{k}; " for k in line.premises)
            return f"ltac:({''.join(posed)}search')"

    def premise(proof: RocqProof, number: int, place: Place) -> str:
        return plain_premise(proof, number, offered(place))

    def name(proof: RocqProof, declared: str, place: Place) -> str:
        try:
            return plain_name(proof, declared, place)
        except NotExported:
            return _FOUND  # an element of a set that may be empty

    with ExitStack() as stack:
        stack.enter_context(mock.patch.object(export, "script", script))
        stack.enter_context(mock.patch.object(RocqProof, "premise", premise))
        stack.enter_context(mock.patch.object(RocqProof, "_name", name))
        yield
