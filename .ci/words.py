"""Find words that the project does not use: invented metaphors, British spellings, and sentences that are hard to read.

    python .ci/words.py [--counts] [FILE ...]

looks at the code, the docstrings, the messages and the documents, or at some of these files, and prints each finding
with the rule that it breaks. Exit status 1 when there is one. ``ALLOWED`` holds the exceptions, each with its reason.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

RULES = {
    "invented metaphor": r"rooms?|doors?|borders?(?![-:])|colophons?|reading cop(?:y|ies)|little language|dear(?:er)?",
    "is not a, or has no": r"(?<!there )(?<!here )(?:is|are|was|were) no(?! (?:longer|more|less|matter|doubt)\b)",
    "American spelling": r"(?:colou|flavou|behaviou|neighbou|favou|honou|labou)r\w*"
    r"|(?:normal|recogn|organ|summar|minim|maxim|general|initial|formal|memor|visual)is(?:e[ds]?|ing|ation\w*)"
    r"|analys(?:e[ds]?|ing)|centre[ds]?|licence[ds]?|judgement\w*|cancelled|labelled|modelling|grey|whilst",
    "a word twice": r"(the|of|a|an|is|are|in|to|and|it|for|with|by|be|as|at|on|or) \1(?![-–])",
}
"""What each rule calls its findings, and the words that it looks for, whole and in any case; _ ends a word."""

_PATTERNS = {rule: re.compile(rf"(?<![A-Za-z])(?:{words})(?![A-Za-z])", re.IGNORECASE) for rule, words in RULES.items()}

CLAUSE = "a docstring begins with what the thing is or does"
_CLAUSE = re.compile(r"\s*What(?:ever)?\s")

ALLOWED: dict[tuple[str, str], str] = {
    (".ci/words.py", ""): "it lists the words",
    ("tests/docs/test_words.py", ""): "it tests the list",
    ("docs/changelog.md", ""): "it names modules and calls of earlier versions",
    ("kl_symbolic/_moved.py", ""): "it names modules of earlier versions",
    ("kl_symbolic/api.py", "flavour"): "the keyword of to_markdown in version 0.1, which keeps working",
    ("kl_symbolic/cli/", "flavour"): "the option of version 0.1",
    ("tests/cli/", "flavour"): "the option and the keyword of version 0.1",
}
"""Exceptions: the beginning of a path and a part of the line, and the reason."""

SCANNED = (".ci/*", "*.md", "*.py", "*.toml", "docs/*.ipynb")
"""What is looked at, of the files that git knows; what is generated is looked at where it is made."""

GENERATED = ("derivations/", "docs/theorems.md", "docs/measurements.md", "docs/pairs.md")


def files() -> list[Path]:
    """Return the files that are looked at."""
    listed = subprocess.run(["git", "ls-files", *SCANNED], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.splitlines() if not name.startswith(GENERATED) and (ROOT / name).is_file()]


def findings(source: str, name: str) -> Iterator[tuple[int, str, str]]:
    """Yield the number of each line (of a notebook: each cell) that breaks a rule, the rule, and what breaks it.

    Parameters
    ----------
    source : str
        The text of a file.
    name : str
        Its path in the project, with slashes.
    """
    allowed = [part for (start, part) in ALLOWED if name.startswith(start)]
    lines = cells(source) if name.endswith(".ipynb") else source.splitlines()
    for number, line in enumerate(lines, 1):
        if not any(part in line for part in allowed):
            for rule, pattern in _PATTERNS.items():
                yield from ((number, rule, found[0]) for found in pattern.finditer(line.replace("_", " ")))
    if name.endswith(".py"):
        for number in docstrings(source):
            if not any(part in lines[number - 1] for part in allowed):
                yield number, CLAUSE, lines[number - 1].strip()


def cells(notebook: str) -> list[str]:
    """Return the cells of a notebook, without their outputs: what a cell prints is written elsewhere."""
    return ["".join(cell["source"]) for cell in json.loads(notebook)["cells"]]


def docstrings(source: str) -> Iterator[int]:
    """Yield the line of each docstring, and of each string below a constant, that begins with a clause."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            text = node.value.value
            if isinstance(text, str) and _CLAUSE.match(text):
                yield node.lineno


def package(name: str) -> str:
    """Return the part of the project that a file belongs to: a package below kl_symbolic, or a directory."""
    parts = name.split("/")
    depth = 2 if parts[0] in ("kl_symbolic", "tests") and len(parts) > 2 else 1
    return "/".join(parts[:depth]) if len(parts) > 1 else "."


def main(arguments: list[str]) -> int:
    """Print the findings, and how many there are in each part of the project."""
    counts_only = "--counts" in arguments
    named = [Path(a).resolve() for a in arguments if a != "--counts"]
    counts: Counter[str] = Counter()
    for path in named or files():
        name = path.relative_to(ROOT).as_posix()
        for number, rule, found in findings(path.read_text(encoding="utf-8"), name):
            counts[package(name)] += 1
            if not counts_only:
                print(f"{name}:{number}: {found!r}: {rule}")
    for part, count in sorted(counts.items()):
        print(f"{count:5} {part}")
    print(f"{counts.total()} findings")
    return counts.total() > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
