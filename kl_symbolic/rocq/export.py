"""Theorems as Rocq (Coq) files: a lemma for each line of the certificate, and the theorem with exactly its Γ."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from ..kernel import CheckedTheorem
from ..kernel.certificate import parse
from ..kernel.syntax import read_scope
from .lines import Place, RocqProof, needed
from .reading import compare, statement_of
from .running import PRELUDE, QUESTION
from .scripts import script
from .terms import TAKEN, NotExported, RocqNames, rocq_name

__all__ = ["NotExported", "body", "export", "header", "prelude"]

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z")


@cache
def prelude() -> str:
    """Return the text on which every exported theorem builds, ``kl_prelude.v``."""
    return Path(__file__).with_name("prelude.v").read_text(encoding="utf-8")


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
    return "\n".join([comment, header(theorem.uses), body(theorem, lemmas)])


def header(uses: Iterable[str]) -> str:
    """Return what a file requires; cited theorems are called by their full names, so that none hides another.

    Parameters
    ----------
    uses : iterable of str
        The lemmas that the file imports.

    Raises
    ------
    NotExported
        When a theorem is called as no file of Coq can be.
    """
    required = [f"From kl Require {_module(name)}." for name in uses]
    imported = ["From Coq Require Import Reals.", "From kl Require Import kl_prelude.", *required]
    return "\n".join([*imported, "Open Scope R_scope.", ""])


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
    words = [f"Lemma line'{number}", *map("({})".format, map(proof.names.binder, line.about)), *given, ":"]
    lemma = f"{' '.join(words)}\n  {proof.names.statement(line.sequent.conclusion)}.\nProof. exact {shown}. Qed.\n"
    return "".join([*proof.arithmetic.take(), lemma])


def _theorem(theorem: CheckedTheorem, proof: RocqProof) -> str:
    """Return the theorem with the hypotheses in the order of the claim."""
    names = RocqNames(theorem.scope)
    about = needed(theorem.scope, theorem.scope)
    place = Place.of(about, theorem.hypotheses)
    first = [f"forall {names.binders(about)},"] if about else []
    gamma = [f"{names.statement(h)} ->" for h in theorem.hypotheses]
    statement = "\n  ".join([*first, *gamma, names.statement(theorem.conclusion)])
    shown, words = proof.premise(len(proof.lines) - 1, place), [*map(rocq_name, about), *place.proofs.values()]
    term = f"(fun {' '.join(words)} => {shown})" if words else shown
    return f"Theorem {_module(theorem.name)} :\n  {statement}.\nProof. exact {term}. Qed.\n"
