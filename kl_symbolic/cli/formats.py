"""The format of what is written: the one that was asked for, or the one that the suffix of the file means."""

from __future__ import annotations

from pathlib import Path

from .console import Unusable, note

__all__ = ["chosen", "suffix_of"]

_MEANT: dict[str, tuple[str, ...]] = {
    ".txt": ("text",),
    ".tex": ("latex",),
    ".md": ("markdown", "github", "myst", "hugo"),
    ".html": ("html",),
    ".htm": ("html",),
    ".pdf": ("pdf",),
    ".klcert.json": ("certificate",),
    ".json": ("json", "certificate"),
    ".svg": ("svg",),
    ".png": ("png",),
}
"""The formats that may be in a file by how its name ends; the first one is meant where nothing else is said."""


def suffix_of(path: Path) -> str:
    """Return how the name of a file ends, ``.klcert.json`` as a whole.

    Parameters
    ----------
    path : Path

    Examples
    --------
    >>> suffix_of(Path("a.b.klcert.json")), suffix_of(Path("A.TEX")), suffix_of(Path("page"))
    ('.klcert.json', '.tex', '')
    """
    name = path.name.lower()
    return ".klcert.json" if name.endswith(".klcert.json") else Path(name).suffix


def chosen(asked: str | None, path: Path | None, formats: tuple[str, ...], default: str) -> str:
    """Return the format in which something is written; what was asked for counts more than the suffix.

    Parameters
    ----------
    asked : str or None
        By ``--format``.
    path : Path or None
        The file; None for standard output.
    formats : tuple of str
        The formats that can be written.
    default : str
        The format without a file, and for a file without a suffix.

    Raises
    ------
    Unusable
        When nothing was asked for, and the suffix means no format.
    """
    meant = () if path is None else tuple(f for f in _MEANT.get(suffix_of(path), ()) if f in formats)
    if asked is not None:
        if meant and asked not in meant:
            note(f"{path} gets the format {asked}, as --format says, though its name means {meant[0]}")
        return asked
    if meant:
        return meant[0]
    if path is None or not suffix_of(path):
        return default
    known = ", ".join(suffix for suffix, kinds in _MEANT.items() if {*kinds} & {*formats})
    raise Unusable(f"{path}: its suffix means no format; there are {known}, or name one by --format")
