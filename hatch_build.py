"""Puts the certificates and the ledger into the wheel, as one archive.

The archive is stored and not compressed: the wheel compresses it, as one stream. So what certificates have in common is
written once, and the wheel has one member in place of hundreds.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile, ZipInfo

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_FILE = 0o100644 << 16
"""A regular file that its owner may write and everybody may read, where a zip archive has the mode of a file."""


class DerivationsHook(BuildHookInterface[Any]):
    """Adds ``kl_symbolic/derivations.zip`` to a wheel; an editable installation has the directory of the checkout."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the archive, and say where it belongs in the wheel.

        Parameters
        ----------
        version : str
            ``standard`` or ``editable``.
        build_data : dict
            What the build is told.
        """
        if version == "editable":
            return
        self._scratch = TemporaryDirectory()
        archive = Path(self._scratch.name) / "derivations.zip"
        write(Path(self.root) / "derivations", archive)
        build_data["force_include"][str(archive)] = "kl_symbolic/derivations.zip"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the archive outside the wheel.

        Parameters
        ----------
        version : str
            ``standard`` or ``editable``.
        build_data : dict
            What the build was told.
        artifact_path : str
            The wheel.
        """
        if version != "editable":
            self._scratch.cleanup()


def write(directory: Path, archive: Path) -> None:
    """Write the certificates and the ledger of a directory to an archive; the same files give the same bytes.

    Parameters
    ----------
    directory : Path
        It holds the folders of the topics and the ledger.
    archive : Path
        The file to be written.
    """
    with ZipFile(archive, "w") as file:
        for path in (*sorted(directory.glob("*/*.klcert.json")), directory / "ledger.json"):
            member = ZipInfo(path.relative_to(directory).as_posix())  # of 1980, whenever the file was written
            member.create_system, member.external_attr = 3, _FILE  # 3: Unix, wherever the wheel is built
            file.writestr(member, path.read_bytes())
