"""Many theorems in one process of Coq: each as a module of a file, instead of a file of its own.

A process takes most of a second to load the real numbers, more than most theorems take. So the files of theorems are
copied, without what they require, into modules of a few files, the *batches*, which run two at a time. A batch is
accepted as a whole or not at all: when Coq refuses it, its theorems and what rests on them are compiled from their own
files, and only that says which is refused.

A module does not protect others from a text that closes it. So only a text with nothing but lemmas and proofs goes
into a batch; there, no sentence can be a command that acts on another module. Any other text is compiled from its file.
"""

from __future__ import annotations

import re
import time
from bisect import bisect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, final

from .export import header, on_integrals
from .running import FORBIDDEN, INTEGRALS, PRELUDE, Outcome, carried_out, compile_all, compile_one, version

if TYPE_CHECKING:
    from .files import Exported

__all__ = ["compile_together", "plain"]

_FIRST = 200_000
"""Bytes of a batch that is begun before any has ended. It is small: what rests on it must wait for it."""

_LEAST = 300_000
"""Bytes of a later batch at least, while there are so many. Compiling them takes about four times as long as loading
the real numbers; smaller ones would load more than they compile."""

_SCRAP = _LEAST // 3
"""Bytes that are not worth a process while another runs, after which there will be more."""

_SHARE = 2
"""A batch is this part of what each process has still to do, so that all end at about the same time."""

_COMMENT = re.compile(r"\(\* [^*()\"]* \*\)\n\n")
_LINE = re.compile(r"line ([0-9]+): ")
# ASCII without quotation marks; and there are no comments: so every period before a blank ends a sentence.
_WRITTEN = re.compile(r"[ -!#-~\n]*\.\n")
_LEMMAS = re.compile(r"(LPt+Q)*")


@final
@dataclass(frozen=True, slots=True)
class _Batch:
    """Theorems that one process compiles, or a file that is written by hand.

    Parameters
    ----------
    file : str
        Its name; no theorem has a prime in its name.
    names : tuple of str
        The theorems, lemmas before what cites them; none in a file that is written by hand.
    """

    file: str
    names: tuple[str, ...]


def plain(text: str, uses: Sequence[str]) -> str | None:
    r"""Return the lemmas of a theorem's file, when there is nothing else in it that Coq would act on.

    Parameters
    ----------
    text : str
        The file.
    uses : sequence of str
        The theorems that it requires.

    Returns
    -------
    str or None
        What comes after the requirements; None when the file must be compiled by itself.

    Examples
    --------
    >>> lemma = "Lemma a : 1 = 1.\nProof. reflexivity. Qed.\n"
    >>> plain(header([]) + "\n" + lemma, []) == lemma
    True
    >>> plain(header([]) + "\n" + lemma + "End a.\n", [])
    """
    before, _, body = text.partition(header(uses, on_integrals(text)) + "\n")
    if not _WRITTEN.fullmatch(body) or "(*" in body or (before and not _COMMENT.fullmatch(before)):
        return None
    sentences = re.split(r"\.[ \n]", body)[:-1]
    return body if not FORBIDDEN.search(text) and _LEMMAS.fullmatch("".join(map(_kind, sentences))) else None


def _kind(sentence: str) -> str:
    """Return L for the statement of a lemma, P and Q for the words around its proof, t for a tactic, ? for all else."""
    words = sentence.split()
    if words[:1] in (["Lemma"], ["Theorem"]):
        return "L"
    if words in (["Proof"], ["Qed"]):
        return words[0][0]
    return "t" if sentence.strip()[:1].islower() else "?"  # commands of Coq begin with a capital


def compile_together(
    directory: Path,
    exported: Exported,
    jobs: int = 2,
    start: Callable[[str], None] = lambda name: None,
    fall_back: Callable[[str, int], None] = lambda why, count: None,
) -> Iterator[Outcome]:
    """Compile theorems in batches, and yield the result of each.

    Parameters
    ----------
    directory : Path
        Where the files have been written.
    exported : Exported
        The same files.
    jobs : int
        How many processes run at a time.
    start : callable
        Called with each name before it is compiled.
    fall_back : callable
        Called before files are compiled one by one: with the reason, and how many theorems are left to them.

    Yields
    ------
    Outcome
        As soon as it is known. The files below a theorem that is not compiled in a batch are compiled too, and yielded
        a second time only when they are refused.

    Raises
    ------
    NoCoq
    """
    version()
    start(PRELUDE)
    first = compile_one(directory, PRELUDE)
    yield first
    if not first.accepted:
        yield from (Outcome(n, False, 0.0, why=f"not tried: it rests on {PRELUDE}") for n in [*exported.order][1:])
        return
    queue = _Queue(exported, jobs, start)
    for batch, outcome in carried_out(jobs, queue.take, lambda batch: queue.compile(directory, batch)):
        if not batch.names:
            queue.by_hand[batch.file] = outcome.accepted
            yield outcome
        elif outcome.accepted:
            queue.done |= dict.fromkeys(batch.names, batch.file)
            beside = len(batch.names) - 1
            yield from (Outcome(n, True, outcome.seconds, library=batch.file, beside=beside) for n in batch.names)
        else:
            queue.apart |= dict.fromkeys(batch.names, outcome.why)
    apart = queue.apart | dict.fromkeys(queue.waiting, "")
    if apart:
        fall_back(next(iter(apart.values())), len(apart))
        # A refused file that is written by hand is tried again, so that what rests on it is not.
        wanted = _below(apart, exported.uses).union(n for n in exported.ground if not queue.by_hand.get(n))
        order = {n: needed for n, needed in exported.order.items() if n in wanted}
        for outcome in compile_all(directory, order, jobs, lambda name: start(name) if name in apart else None):
            if outcome.name in apart or not outcome.accepted:
                yield outcome


def _below(names: Mapping[str, str], uses: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Return some theorems and all that they rest on."""
    found, wanted = set(names), [*names]
    for name in wanted:
        new = [n for n in uses[name] if n not in found]
        found.update(new)
        wanted += new
    return found


@final
class _Queue:
    """The theorems that wait for a batch, and those that are in none.

    Parameters
    ----------
    exported : Exported
    jobs : int
    start : callable
    """

    def __init__(self, exported: Exported, jobs: int, start: Callable[[str], None]) -> None:
        bodies = {name: plain(text, exported.uses[name]) for name, text in exported.texts.items()}
        self._bodies = {name: body for name, body in bodies.items() if body is not None}
        self._uses, self._jobs, self._start = exported.uses, jobs, start
        self._order = exported.order
        self._integrals = {name for name, text in exported.texts.items() if on_integrals(text)}
        self._begun = 0
        self._rest = [name for name in exported.ground if name != PRELUDE]
        self.by_hand = {PRELUDE: True}
        self.done: dict[str, str] = {}
        self.apart = {n: f"{n} holds more than lemmas and their proofs" for n, body in bodies.items() if body is None}
        self.waiting = self._urgent_first()

    def _urgent_first(self) -> dict[str, int]:
        """Return the size of each theorem, those first on which most of the others rest."""
        above: dict[str, set[str]] = {name: set() for name in self._uses}
        for name in reversed(self._uses):  # what cites comes after what it cites
            for lemma in self._uses[name]:
                above[lemma] |= {name, *above[name]}
        size = {name: len(body) for name, body in self._bodies.items()}
        weight = {name: sum(size.get(n, 0) for n in above[name]) for name in size}
        return {name: size[name] for name in sorted(size, key=lambda n: -weight[n])}

    def take(self, busy: bool) -> _Batch | None:
        """Return the next batch; none when nothing is ready, or so little that it is better to wait for more.

        What is written by hand comes first, because all theorems about integrals wait for it.
        """
        for name in self._rest:
            if all(self.by_hand.get(n) for n in self._order[name]):
                self._rest.remove(name)
                self._start(name)
                return _Batch(name, ())
        left = sum(self.waiting.values())
        wanted = max(_LEAST, left // (_SHARE * self._jobs)) if self.done else _FIRST
        taken: dict[str, int] = {}
        for name in [*self.waiting]:  # a lemma weighs more than what cites it, so it comes before
            if sum(taken.values()) < wanted and self._ready(name, taken):
                taken[name] = self.waiting[name]
        if not taken or (busy and len(taken) < len(self.waiting) and sum(taken.values()) < _SCRAP):
            return None
        for name in taken:
            del self.waiting[name]
            self._start(name)
        self._begun += 1
        return _Batch(f"batch'{self._begun}", tuple(taken))

    def _ready(self, name: str, taken: Mapping[str, int]) -> bool:
        """Whether all that a theorem rests on is compiled, or in the batch before it."""
        by_hand = INTEGRALS if name in self._integrals else ()
        lemmas = all(n in self.done or n in taken for n in self._uses[name])
        return lemmas and all(self.by_hand.get(n) for n in by_hand)

    def compile(self, directory: Path, batch: _Batch) -> Outcome:
        """Compile a file that is written by hand, or a batch whose lemmas are compiled."""
        if not batch.names:
            return compile_one(directory, batch.file)
        cited = dict.fromkeys(self.done[u] for name in batch.names for u in self._uses[name] if u in self.done)
        required = "".join(f"From kl Require Import {b}.\n" for b in cited)
        top = header([], not self._integrals.isdisjoint(batch.names)).replace("Open Scope", f"{required}Open Scope")
        pieces = [f"{top}Module kl.\n"]
        lines: list[int] = []
        for name in batch.names:
            lines.append(sum(piece.count("\n") for piece in pieces[-1:]) + (lines[-1] if lines else 0))
            pieces.append(f"Module {name}.\n{self._bodies[name]}End {name}.\n")
        (directory / f"{batch.file}.v").write_text("".join([*pieces, "End kl.\n"]), encoding="utf-8")
        begin = time.monotonic()
        outcome = compile_one(directory, batch.file)
        found, why = _LINE.match(outcome.why), outcome.why
        if found is not None:
            why = f"{batch.names[max(bisect(lines, int(found[1]) - 1) - 1, 0)]}: {why[found.end() :]}"
        return Outcome(batch.file, outcome.accepted, time.monotonic() - begin, why)
