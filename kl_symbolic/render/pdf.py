"""PDF from a LaTeX document, by latexmk and pdflatex in a directory of their own.

The same document gives the same bytes: the clock is stopped, and neither a date nor the version of TeX is written down.
No command that a document names is run, and no file outside the directory and TeX's own is opened.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from ..kernel.errors import KLError

__all__ = ["PACKAGES", "NoTeX", "NotCompiled", "pdf"]

PACKAGES = ("texlive-latex-recommended", "lmodern", "latexmk")
"""The Debian packages that are needed."""

_PROGRAMS = ("latexmk", "pdflatex")
_LONGEST = 300.0
"""Seconds after which TeX is stopped: the longest page of the library takes some ten, on a slow machine a minute."""
_HEAD = "\\pdfinfoomitdate=1 \\pdfsuppressptexinfo=-1 \\pdftrailerid{}%\n"
_SETTINGS = {
    "SOURCE_DATE_EPOCH": "0",
    "FORCE_SOURCE_DATE": "1",
    "shell_escape": "f",
    "openin_any": "p",  # paranoid: nothing above the working directory, no hidden file
    "openout_any": "p",
    "max_print_line": "1000",
}


class NoTeX(KLError, RuntimeError):
    """TeX is not installed; the message names the Debian packages."""


class NotCompiled(KLError, RuntimeError):
    """TeX refused the document; the message says where."""


def pdf(document: str) -> bytes:
    """Return a LaTeX document as PDF.

    Parameters
    ----------
    document : str
        A complete document.

    Raises
    ------
    NoTeX
        When a program is missing.
    NotCompiled
        When TeX refuses the document, or does not end.
    """
    missing = [program for program in _PROGRAMS if shutil.which(program) is None]
    if missing:
        raise NoTeX(f"a PDF needs {' and '.join(missing)} (Debian: apt-get install {' '.join(PACKAGES)})")
    with TemporaryDirectory() as name:
        directory = Path(name)
        (directory / "page.tex").write_text(_HEAD + document, encoding="utf-8")
        command = [
            "latexmk", "-norc", "-pdf", "-silent", "-interaction=nonstopmode", "-halt-on-error",
            "-pdflatex=pdflatex -no-shell-escape %O %S", "page.tex",
        ]  # fmt: skip
        # The user's own search paths must not change the document.
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("TEXINPUTS", "TEXMFOUTPUT"))}
        run = subprocess.Popen(
            command,
            cwd=directory,
            env={**environment, **_SETTINGS},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,  # latexmk does not end pdflatex when it is ended
        )
        try:
            _, said = run.communicate(timeout=_LONGEST)
        except subprocess.TimeoutExpired:
            raise NotCompiled(f"pdflatex did not end in {_LONGEST:.0f} seconds") from None
        finally:
            if run.poll() is None:
                os.killpg(run.pid, signal.SIGKILL)
                run.communicate()
        made = directory / "page.pdf"
        if run.returncode or not made.is_file():
            raise NotCompiled(f"pdflatex refused the document: {_why(directory, said)}")
        return made.read_bytes()


def _why(directory: Path, said: bytes) -> str:
    """Return the complaint in the log, or what was said where there is none."""
    log = directory / "page.log"
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines() if log.is_file() else []
    for k, line in enumerate(lines):
        if line.startswith("! "):
            place = next((after for after in lines[k:] if after.startswith("l.")), "")
            return f"{line[2:]} {place}".strip()
    last = said.decode(errors="replace").strip().splitlines()
    return last[-1] if last else "it wrote no file"
