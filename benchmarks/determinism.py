"""The same book, byte for byte, for every hash seed, with SymPy 1.13 and 1.14.

``python -m benchmarks.determinism`` makes a virtual environment for each of two versions of SymPy in a temporary
directory, writes the book with each of them and several hash seeds, and compares. ``--python 1.13=/path/to/python``
takes an environment that is there. The exit status is 1 when something differs.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from pathlib import Path

from .timing import process

RUNS = (("1.14", "0"), ("1.14", "12345"), ("1.13", "1"))
"""Versions of SymPy, and hash seeds."""
_WRITE = """
import sys
from pathlib import Path
from kl_symbolic import book
import sympy
if sys.argv[2] == "certificates":
    for name, theorem in book.library().items():
        Path(sys.argv[1], f"{name}.klcert.json").write_text(theorem.certificate, encoding="utf-8")
else:
    book.build(Path(sys.argv[1]))
print(sympy.__version__)
"""


def environment(version: str, directory: Path) -> str:
    """Make a virtual environment with this SymPy, and return its Python."""
    venv.create(directory, with_pip=True)
    python = str(directory / "bin" / "python")
    wanted = [f"sympy=={version}.*", "mpmath>=1.3", "numpy>=1.26"]
    subprocess.run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *wanted], check=True)
    return python


def digests(directory: Path) -> dict[str, str]:
    """Return the SHA-256 of each file of a book."""
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(directory.iterdir()) if p.is_file()}


def books(pythons: dict[str, str], scratch: Path, what: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Write a book with each Python and seed; yield what made it, and its digests."""
    for version, seed in RUNS:
        target = scratch / f"book-{version}-{seed}"
        target.mkdir()
        run = process(["-c", _WRITE, str(target), what], pythons[version], PYTHONHASHSEED=seed)
        if run.status:
            raise SystemExit(f"the book could not be written with SymPy {version}, seed {seed}:\n{run.output}")
        label = f"SymPy {run.output.split()[-1]}, PYTHONHASHSEED={seed}"
        found = digests(target)
        print(f"  {label}: {len(found)} files in {run.clock:.0f} s", flush=True)
        yield label, found


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.determinism", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument(
        "--python", action="append", default=[], metavar="VERSION=PATH", help="an environment that is there"
    )
    parser.add_argument("--certificates", action="store_true", help="only the certificates, which is quicker")
    args = parser.parse_args()
    given = dict(entry.split("=", 1) for entry in args.python)
    print("the book, written anew")
    with tempfile.TemporaryDirectory(prefix="determinism-") as name:
        scratch = Path(name)
        pythons = {v: given.get(v) or environment(v, scratch / f"sympy-{v}") for v in dict(RUNS)}
        made = list(books(pythons, scratch, "certificates" if args.certificates else "book"))
    (first, wanted), *others = made
    status = 0
    for label, found in others:
        differ = sorted(n for n in {*wanted, *found} if wanted.get(n) != found.get(n))
        if differ:
            status = 1
            print(f"  {label} differs from {first} in {len(differ)} files: {', '.join(differ[:8])}")
    if not status:
        text = "\n".join(f"{n} {d}" for n, d in wanted.items())
        print(f"  all {len(made)} books have the same bytes: {hashlib.sha256(text.encode()).hexdigest()[:16]}")
    return status


if __name__ == "__main__":
    sys.exit(main())
