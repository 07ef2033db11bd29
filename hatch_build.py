"""Puts the certificates and the ledger into the wheel, as one archive.

The archive is one stream of LZMA over all of them, so what certificates have in common is written once; compression
in a wheel looks back 32 kB only. The wheel has one member in place of hundreds.
"""

from __future__ import annotations

import json
import lzma
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_FILTERS = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "lc": 4, "lp": 0, "pb": 0}]
"""The strongest compression, and what suits text: a byte depends on half of the one before, and not on alignment."""


class DerivationsHook(BuildHookInterface[Any]):
    """Adds ``kl_symbolic/derivations.xz`` to a wheel; an editable installation has the directory of the checkout."""

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
        archive = Path(self._scratch.name) / "derivations.xz"
        write(Path(self.root) / "derivations", archive)
        build_data["force_include"][str(archive)] = "kl_symbolic/derivations.xz"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the archive outside the wheel, and compress the wheel more strongly than its builder does.

        Parameters
        ----------
        version : str
            ``standard`` or ``editable``.
        build_data : dict
            What the build was told.
        artifact_path : str
            The wheel.
        """
        if version == "editable":
            return
        self._scratch.cleanup()
        wheel = Path(artifact_path)
        with ZipFile(BytesIO(wheel.read_bytes())) as built, ZipFile(wheel, "w", ZIP_DEFLATED, compresslevel=9) as file:
            for member in built.infolist():
                file.writestr(member, built.read(member), ZIP_DEFLATED, 9)


def write(directory: Path, archive: Path) -> None:
    """Write the certificates and the ledger of a directory to an archive; the same files give the same bytes.

    The archive is an ``.xz`` file. Its first line is an object of JSON that gives the size of each file by its path in
    the directory; then come the files, one after the other.

    Parameters
    ----------
    directory : Path
        It holds the folders of the topics and the ledger.
    archive : Path
        The file to be written.
    """
    paths = [*sorted(directory.glob("*/*.klcert.json")), directory / "ledger.json"]
    files = {path.relative_to(directory).as_posix(): path.read_bytes() for path in paths}
    sizes = json.dumps({name: len(data) for name, data in files.items()}, separators=(",", ":"))
    archive.write_bytes(lzma.compress(b"\n".join((sizes.encode(), b"".join(files.values()))), filters=_FILTERS))
