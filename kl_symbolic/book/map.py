"""The map of the library: which theorem follows from which, and what other libraries have. Markdown, generated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..kernel import CheckedTheorem
from ..theory.twins import densities
from .contents import table
from .layout import title, topic
from .related_work import LIBRARIES, NOT_LOOKED_FOR, NOT_OURS, ROWS, Comparison

__all__ = ["overview", "reduced"]

_BOOK = "../derivations"
_CONTINUOUS = ("densities", "families")
"""The topics about integrals, which are drawn apart."""
_CARRIERS = 12
"""How many of the theorems that carry the most others are listed."""


def overview(theorems: Mapping[str, CheckedTheorem]) -> str:
    """Return the page of the whole library.

    Parameters
    ----------
    theorems : mapping of str to CheckedTheorem
        By name, lemmas before what cites them.

    Returns
    -------
    str
        The page in Markdown.

    Examples
    --------
    >>> overview({}).splitlines()[0]
    '# The theorems'
    """
    uses = {name: theorem.uses for name, theorem in theorems.items()}
    files = {file: [n for n in names if n in theorems] for file, names in table().items()}
    home = {name: file for file, names in files.items() for name in names}
    blocks = [
        "# The theorems",
        f"{len(theorems)} theorems in {len(files)} files, and what follows from what. The page is made by `kl-symbolic "
        "book` from the checked certificates. Arrows lead from a lemma to what cites it; where a citation follows from "
        "others by going on along the arrows, its arrow is left out. "
        f"[Statements, axioms and who has checked what]({_BOOK}/index.md).",
        "## The files",
        *_files(uses, files),
        "## What carries the library",
        "The theorems on which the most others rest, directly or through others:",
        _carriers(uses),
        *_twins(theorems),
    ]
    first = next((file for file in files if file.startswith("families.")), None)
    for file, names in files.items():
        if file == first:
            blocks += [
                f"## {title('families')}",
                "What is proved of each family of distributions, one after the other:",
            ]
        inside = {n: tuple(u for u in uses[n] if home[u] == file) for n in names}
        blocks += [f"## {title(file)}", _diagram(inside, {n: n for n in names})]
        if shown := _outside(names, uses, home):
            blocks.append(f"From other files: {shown}.")
        blocks.append("Pages: " + ", ".join(map(_link, names)) + ".")
    return "\n\n".join([*blocks, *_compared(theorems)]) + "\n"


def reduced(uses: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Return the transitive reduction of an acyclic relation.

    Parameters
    ----------
    uses : mapping of str to iterable of str
        What each name uses.

    Returns
    -------
    dict of str to tuple of str
        Without the pairs that follow from the others by transitivity.

    Examples
    --------
    >>> reduced({"a": (), "b": ("a",), "c": ("a", "b")})
    {'a': (), 'b': ('a',), 'c': ('b',)}
    """
    below = _below(uses)
    return {n: tuple(u for u in found if not any(u in below[v] for v in found)) for n, found in uses.items()}


def _below(uses: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    """Return the transitive closure of the citations: each name with all names that it rests on."""
    below: dict[str, frozenset[str]] = {}

    def find(name: str) -> frozenset[str]:
        if name not in below:
            used = frozenset(uses[name])
            below[name] = used.union(*map(find, sorted(used)))
        return below[name]

    for name in uses:
        find(name)
    return below


def _files(uses: Mapping[str, tuple[str, ...]], files: Mapping[str, list[str]]) -> Iterable[str]:
    """Yield diagrams of the files about sums, and of those about integrals, where the families are one."""
    drawn: dict[bool, dict[str, list[str]]] = {False: {}, True: {}}
    for file, names in files.items():
        topic_of = file.partition(".")[0]
        drawn[topic_of in _CONTINUOUS].setdefault("families" if topic_of == "families" else file, []).extend(names)
    for continuous, parts in drawn.items():
        home = {name: file for file, names in parts.items() for name in names}
        inside = {n: tuple(u for u in uses[n] if u in home) for n in home}
        labels = {f: f"{title(f)}: {len(names)}" for f, names in parts.items()}
        if continuous and home:
            yield "Those about integrals, and the families of distributions:"
        yield _diagram(_between(inside, home, parts), labels)


def _between(
    uses: Mapping[str, tuple[str, ...]], home: Mapping[str, str], files: Mapping[str, list[str]]
) -> dict[str, tuple[str, ...]]:
    """Return which files each file cites."""
    found = {file: {home[u] for n in names for u in uses[n]} - {file} for file, names in files.items()}
    return {file: tuple(f for f in files if f in found[file]) for file in files}


def _diagram(uses: Mapping[str, tuple[str, ...]], labels: Mapping[str, str]) -> str:
    """Return a Mermaid diagram of an acyclic relation, without the names that are related to no other."""
    arrows = [(lemma, name) for name, found in reduced(uses).items() for lemma in found]
    drawn = {name for arrow in arrows for name in arrow}
    lines = ["```mermaid", "graph LR"]
    lines += [f'  {_node(name)}["{label}"]' for name, label in labels.items() if name in drawn]
    lines += [f"  {_node(lemma)} --> {_node(name)}" for lemma, name in arrows]
    return "\n".join([*lines, "```"]) if arrows else "None of them cites another."


def _carriers(uses: Mapping[str, tuple[str, ...]]) -> str:
    below = _below(uses)
    counts = {name: sum(name in found for found in below.values()) for name in uses}
    best = sorted(uses, key=lambda name: (-counts[name], name))[:_CARRIERS]
    rows = [f"| {_link(name)} | {counts[name]} | {sum(name in found for found in uses.values())} |" for name in best]
    return "\n".join(["| theorem | theorems that rest on it | that cite it |", "|---|---|---|", *rows])


def _outside(names: list[str], uses: Mapping[str, tuple[str, ...]], home: Mapping[str, str]) -> str:
    """Return the theorems of other files that a file cites."""
    found: dict[str, dict[str, None]] = {}
    for lemma in dict.fromkeys(u for n in names for u in uses[n] if u not in names):
        found.setdefault(home[lemma], {})[lemma] = None
    shown = [f"{title(file)} ({', '.join(map(_link, found[file]))})" for file in table() if file in found]
    return "; ".join(shown)


def _link(name: str) -> str:
    return f"[{name}]({_BOOK}/{topic(name)}/{name}.md)"


def _node(name: str) -> str:
    """Return the name of a theorem or of a file as Mermaid takes it: without dots."""
    return name.replace(".", "_")


def _twins(theorems: Mapping[str, CheckedTheorem]) -> Iterable[str]:
    """Yield the pairs of a finite theorem and its versions for densities, where both are in the library."""
    rows = {n: [d for d in densities(n) if d in theorems] for names in table().values() for n in names if n in theorems}
    shown = [f"| {_link(name)} | {', '.join(map(_link, found))} |" for name, found in rows.items() if found]
    if shown:
        yield "## Sums and integrals"
        yield (
            "Most theorems about densities hold on every domain of integration, ℕ with counting measure among them, "
            "and have a finite version, in which the integral is a sum:"
        )
        yield "\n".join(["| finite | densities |", "|---|---|", *shown])


def _cell(text: str) -> str:
    """Return text in which nothing ends a cell of a table and nothing is emphasized."""
    return text.replace("|", r"\|").replace("*", r"\*")


# --- beside other libraries ----------------------------------------------------------------------------------------


def _compared(theorems: Mapping[str, CheckedTheorem]) -> Iterable[str]:
    yield "## Beside other libraries"
    yield (
        "What was found by reading the sources of [mathlib](https://github.com/leanprover-community/mathlib4), "
        "[testing-lower-bounds](https://github.com/RemyDegenne/testing-lower-bounds), "
        "[PFR](https://github.com/teorth/pfr), [infotheo](https://github.com/affeldt-aist/infotheo), Isabelle's "
        "HOL-Probability and HOL4. A name means that it is proved there; *PR* a pull request of mathlib that was "
        "not seen merged; *blueprint* a statement that is announced and not proved; – that it was not found. The "
        "statements differ in generality, and in more than one direction: most of theirs are about measures or "
        "random variables, those of ours about finite families, with zeros allowed and with equality cases. Other "
        "projects in Lean have some of what is missing in these columns."
    )
    for subject, rows in ROWS.items():
        yield f"### {subject}"
        head = "| theorem | here | " + " | ".join(LIBRARIES) + " |"
        yield "\n".join([head, "|---" * (2 + len(LIBRARIES)) + "|", *(_compared_row(row, theorems) for row in rows)])
    missing = ", ".join(_link(name) for name in NOT_LOOKED_FOR if name in theorems)
    if missing:
        yield f"Not looked for in the other libraries: {missing}, and the lemmas that serve other proofs."
    yield "### What is not here"
    yield "\n".join(f"* {text}" for text in NOT_OURS)


def _compared_row(row: Comparison, theorems: Mapping[str, CheckedTheorem]) -> str:
    ours = ", ".join(_link(name) for name in row.ours if name in theorems) or "–"
    return " | ".join([f"| {_cell(row.what)}", ours, *(_cell(other) or "–" for other in row.others)]) + " |"
