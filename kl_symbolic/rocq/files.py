"""The files of some theorems and of everything that they rest on, in an order that compiles."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import final

from ..kernel import CheckedTheorem
from . import running
from .export import export, ground, on_integrals
from .reading import NotTheSame, Unreadable
from .terms import NotExported

__all__ = ["Exported", "NotExported", "exports"]


@final
@dataclass(frozen=True, slots=True)
class Exported:
    """Some theorems for Coq.

    Parameters
    ----------
    ground : dict of str to str
        The files that are written by hand and that they build on, in an order that compiles: the prelude first.
    texts : dict of str to str
        The text of each theorem's file, lemmas before what cites them.
    uses : dict of str to tuple of str
        The lemmas that each cites.
    """

    ground: dict[str, str]
    texts: dict[str, str]
    uses: dict[str, tuple[str, ...]]

    def write(self, directory: Path) -> list[Path]:
        """Write all files into a directory, and after them a file that asks for the axioms of the theorems.

        Parameters
        ----------
        directory : Path
            Where they go.

        Returns
        -------
        list of Path
            The files.
        """
        asked = {running.QUESTION: running.question(dict.fromkeys(self.texts, ""))}
        return running.write(directory, {**self.ground, **self.texts, **asked})

    @property
    def order(self) -> dict[str, tuple[str, ...]]:
        """Return what each file requires, the prelude first: the input of ``running.compile_all``."""
        by_hand = {name: running.GROUND[name] for name in self.ground}
        needed = {name: running.INTEGRALS if on_integrals(text) else () for name, text in self.texts.items()}
        return {**by_hand, **{name: (running.PRELUDE, *needed[name], *self.uses[name]) for name in self.texts}}


def exports(
    names: Iterable[str], find: Callable[[str], CheckedTheorem], start: Callable[[str], None] = lambda name: None
) -> Exported:
    """Return theorems, and every lemma below them, as files for Coq.

    Parameters
    ----------
    names : iterable of str
    find : callable
        From the name of a theorem or lemma to the theorem, such as ``library.theorem``.
    start : callable
        Called with each name before it is exported.

    Raises
    ------
    NotExported
        When a rule has no counterpart, or a statement does not read back as what it was printed from.
    """
    theorems: dict[str, CheckedTheorem] = {}
    for name in names:
        _below(name, find, theorems)
    texts = {}
    for name, theorem in theorems.items():
        start(name)
        if name in (running.PRELUDE, running.QUESTION):
            raise NotExported(f"expected a theorem that is not called like a file of ours, got {name!r}")
        try:
            texts[name] = export(theorem, {lemma: theorems[lemma] for lemma in theorem.uses})
        except (NotExported, NotTheSame, Unreadable) as error:
            raise NotExported(f"{name}: {error}") from None
    integrals = any(map(on_integrals, texts.values()))
    by_hand = {name: text for name, text in ground().items() if integrals or name == running.PRELUDE}
    return Exported(by_hand, texts, {name: theorem.uses for name, theorem in theorems.items()})


def _below(name: str, find: Callable[[str], CheckedTheorem], theorems: dict[str, CheckedTheorem]) -> None:
    """Add a theorem to *theorems*, after all that it cites; the citations are acyclic, for they were checked."""
    if name not in theorems:
        theorem = find(name)
        for lemma in theorem.uses:
            _below(lemma, find, theorems)
        theorems[name] = theorem
