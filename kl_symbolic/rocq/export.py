"""Theorems as Rocq (Coq) files: a lemma for each line of the certificate, and the theorem with exactly its Γ."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from ..kernel import CheckedTheorem
from ..kernel.certificate import parse
from ..kernel.syntax import read_scope
from .lines import SANDWICH, Place, RocqProof, needed
from .reading import compare, statement_of
from .running import GROUND, INTEGRALS, PRELUDE, QUESTION
from .scripts import script
from .terms import MODEL, TAKEN, NotExported, RocqNames, measured, mentions, rocq_name

__all__ = ["NotExported", "about_integrals", "body", "export", "ground", "header", "on_integrals", "prelude"]

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z")

_IMPORTED = f"From kl Require Import {PRELUDE}.\n"
_WITH_INTEGRALS = f"""From kl Require Import {PRELUDE} {INTEGRALS[0]}.
From kl Require {" ".join(INTEGRALS[1:])}.
"""
"""The requirements of a theorem about integrals. The last files have lemmas of their own, whose names would be in the
way; what is needed of them is called by its full name."""


_MODEL = f"({MODEL} : integrals)"


@cache
def prelude() -> str:
    """Return the text on which exported theorems build: that of the files that are written by hand."""
    return "".join(ground().values())


@cache
def ground() -> dict[str, str]:
    """Return the files that are written by hand, in an order that compiles: from the name of each to its text."""
    here = Path(__file__).parent
    return {name: (here / f"{name.removeprefix('kl_')}.v").read_text(encoding="utf-8") for name in GROUND}


def export(theorem: CheckedTheorem, lemmas: Mapping[str, CheckedTheorem]) -> str:
    """Return the file of a theorem.

    Parameters
    ----------
    theorem : CheckedTheorem
    lemmas : mapping of str to CheckedTheorem
        The theorems that it cites; their files are required by name.

    Returns
    -------
    str

    Raises
    ------
    NotExported
        When a rule or a name has no counterpart.
    NotTheSame, Unreadable
        When the statement does not read back as Γ ⊢ φ.
    """
    comment = f"(* {theorem.name}, exported by kl_symbolic: each line of the certificate is a lemma. *)\n"
    return "\n".join([comment, header(theorem.uses, about_integrals(theorem)), body(theorem, lemmas)])


def about_integrals(theorem: CheckedTheorem) -> bool:
    """Whether a proof has words that the first file of the prelude does not define.

    Parameters
    ----------
    theorem : CheckedTheorem
    """
    statements = [s for line in theorem.lines for s in (*line.sequent.hypotheses, line.sequent.conclusion)]
    spaces = any(values in ("domain", "interval") for _, values in theorem.scope.values())
    return spaces or mentions(statements, lambda t: t.op in ("in", "int", "Gamma", "digamma"))


def on_integrals(text: str) -> bool:
    """Whether a file requires the files about integrals.

    Parameters
    ----------
    text : str
        From :func:`export`.
    """
    return _WITH_INTEGRALS in text


def header(uses: Iterable[str], integrals: bool = False) -> str:
    """Return what a file requires; cited theorems are called by their full names, so that none hides another.

    Parameters
    ----------
    uses : iterable of str
        The lemmas that the file imports.
    integrals : bool, optional
        Whether the file is about integrals.

    Raises
    ------
    NotExported
        When a theorem is called as no file of Coq can be.
    """
    required = "".join(f"From kl Require {_module(name)}.\n" for name in uses)
    imported = _WITH_INTEGRALS if integrals else _IMPORTED
    return f"From Coq Require Import Reals.\n{imported}{required}Open Scope R_scope.\n"


def body(theorem: CheckedTheorem, lemmas: Mapping[str, CheckedTheorem]) -> str:
    """Return the lemmas of a theorem, one for each line, and the theorem; it was read back and compared.

    Parameters
    ----------
    theorem : CheckedTheorem
    lemmas : mapping of str to CheckedTheorem
        Theorems by name.
    """
    data = parse(theorem.certificate)
    proof = RocqProof(read_scope(data["names"]), theorem, data["lines"], lemmas)
    text = "\n".join([*(_line(proof, k) for k in range(len(proof.lines))), _theorem(theorem, proof)])
    compare(statement_of(text, theorem.name), theorem.scope, theorem.hypotheses, theorem.conclusion)
    return text


def _module(name: str) -> str:
    if not _NAME.match(name) or name in TAKEN or name.startswith((PRELUDE, QUESTION)):
        raise NotExported(f"expected a name that a file of Coq can have, got {name!r}")
    return name


def _line(proof: RocqProof, number: int) -> str:
    """Return the lemma of a line, and before it the lemmas about numbers that it is the first to need."""
    line = proof.lines[number]
    place = Place.of(line.about, line.sequent.hypotheses)
    shown = script(proof, line, place)
    given = [f"({v} : {proof.names.statement(h)})" for h, v in place.proofs.items()]
    model = [_MODEL] * proof.measured
    words = [f"Lemma line'{number}", *model, *map("({})".format, map(proof.names.binder, line.about)), *given, ":"]
    lemma = f"{' '.join(words)}\n  {proof.names.statement(line.sequent.conclusion)}.\nProof. exact {shown}. Qed.\n"
    return "".join([*proof.arithmetic.take(), lemma])


def _theorem(theorem: CheckedTheorem, proof: RocqProof) -> str:
    """Return the theorem with the hypotheses in the order of the claim."""
    names = RocqNames(theorem.scope)
    about = needed(theorem.scope, theorem.scope)
    place = Place.of(about, theorem.hypotheses)
    mentioned = measured(theorem.scope, (*theorem.hypotheses, theorem.conclusion))
    binders = [*([_MODEL] if mentioned else []), *([names.binders(about)] if about else [])]
    first = [f"forall {' '.join(binders)},"] if binders else []
    gamma = [f"{names.statement(h)} ->" for h in theorem.hypotheses]
    statement = "\n  ".join([*first, *gamma, names.statement(theorem.conclusion)])
    shown, words = proof.premise(len(proof.lines) - 1, place), [*map(rocq_name, about), *place.proofs.values()]
    if proof.measured and not mentioned:
        shown = f"(let {MODEL} := {SANDWICH} in {shown})"
    words = [MODEL] * mentioned + words
    term = f"(fun {' '.join(words)} => {shown})" if words else shown
    return f"Theorem {_module(theorem.name)} :\n  {statement}.\nProof. exact {term}. Qed.\n"
