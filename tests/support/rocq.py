"""Coq for tests: whether it is here, and many lemmas in one process with a verdict on each.

``coqc`` stops at the first error, and starting it costs half a second. ``coqtop`` goes on after one; so wrong proofs
and right ones can be told apart in one run. What is wrong must be refused by both: the tests compile some of it too.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from kl_symbolic.rocq.running import PACKAGES, NoCoq, version

_COMMAND = re.compile(r"^(?:Lemma|Theorem)\s+([A-Za-z0-9_']+)", re.MULTILINE)
_MARK = re.compile(r"^--mark--(.*)$", re.MULTILINE)
_ERROR = re.compile(r"^Error:?(.*?)(?=^\S* < |\Z)", re.MULTILINE | re.DOTALL)
_LONGEST = 1_800


def coq() -> str:
    """Return the version of Coq; without it skip the test loudly, or fail where the result counts."""
    try:
        return version()
    except NoCoq as error:
        if os.environ.get("CI"):
            pytest.fail(f"{error}, and CI must not pass without it")
        pytest.skip(f"SKIPPED: {error} (apt-get install {' '.join(PACKAGES)})")


@dataclass(frozen=True)
class Piece:
    """A sequence of lemmas, each of which may use those before it; names in one piece are not seen from another."""

    name: str
    body: str


@dataclass(frozen=True)
class Verdict:
    """The error message of Coq for one lemma, or nothing if it was accepted."""

    lemma: str
    complaint: str


def pieces_of(body: str) -> list[tuple[str, str]]:
    """Return the name and the text of each lemma of a body."""
    starts = [(m.start(), m[1]) for m in _COMMAND.finditer(body)]
    ends = [s for s, _ in starts[1:]] + [len(body)]
    return [(name, body[start:end]) for (start, name), end in zip(starts, ends, strict=True)]


def session(directory: Path, header: str, pieces: Sequence[Piece]) -> dict[str, list[Verdict]]:
    """Let one ``coqtop`` read the lemmas of all pieces, and return its verdicts piece by piece.

    A lemma is accepted when there is no complaint between it and the next one, *and* Coq can show its type.
    """
    script = [header, "Set Silent."]
    for k, piece in enumerate(pieces):
        script.append(f"Module piece{k}.")
        for lemma, text in pieces_of(piece.body):
            script += [f'Goal True. idtac "--mark--{k} {lemma}". Abort.', text, "Abort All.", f"Check @{lemma}."]
        script.append(f"End piece{k}.")
    script.append('Goal True. idtac "--mark--end". Abort.')
    command = ["coqtop", "-q", "-w", "none", "-Q", ".", "kl"]
    run = subprocess.run(
        command,
        cwd=directory,  # Coq leaves a cache of what it searched where it runs
        input="\n".join(script),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=_LONGEST,
    )
    parts = _MARK.split(run.stdout)
    before, marks, said = parts[0], parts[1::2], parts[2::2]
    if "Error" in before or not marks or marks[-1] != "end":
        raise RuntimeError(f"coqtop did not read the whole script: {before[-2000:]}{run.stdout[-2000:]}")
    verdicts: dict[str, list[Verdict]] = {piece.name: [] for piece in pieces}
    for mark, answer in zip(marks[:-1], said[:-1], strict=True):
        number, lemma = mark.split()
        verdicts[pieces[int(number)].name].append(Verdict(lemma, _complaint(lemma, answer)))
    for piece in pieces:
        assert [v.lemma for v in verdicts[piece.name]] == [lemma for lemma, _ in pieces_of(piece.body)], piece.name
    return verdicts


def _complaint(lemma: str, answer: str) -> str:
    found = _ERROR.search(answer)
    if found is not None:
        return " ".join(found[1].partition("Toplevel input")[0].split()) or "an error"
    return "" if re.search(rf"(^|\s){re.escape(lemma)}\s+:", answer) else "it is not there"


def sessions(directory: Path, header: str, pieces: Sequence[Piece], jobs: int = 2) -> dict[str, list[Verdict]]:
    """Share pieces out among so many processes."""
    shares = [pieces[k::jobs] for k in range(jobs)]
    with ThreadPoolExecutor(jobs) as pool:
        found = pool.map(lambda share: session(directory, header, share), [s for s in shares if s])
    return {name: verdicts for one in found for name, verdicts in one.items()}
