"""Modules that have another name now: importing one by its old name fails with a message that says the new one."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from types import ModuleType
from typing import final

__all__ = ["MOVED", "Finder", "install"]

MOVED = {
    "advice": "proving.hints",
    "border": "sympy_bridge",
    "calc": "proving.calc",
    "comparison": "book.related_work",
    "derivation": "api",
    "distributions": "measures.distributions",
    "evaluate": "numerics.evaluate",
    "every_format": "cli.export",
    "examples": "book.examples",
    "expressions": "measures.expressions",
    "grammar": "language.parser",
    "html_book": "book.html_pages",
    "interval": "numerics.interval",
    "latex_printer": "sympy_bridge.latex",
    "numeric": "numerics.verification",
    "outcomes": "samples.outcomes",
    "overview": "book.map",
    "pages": "book.narratives",
    "pdf": "render.pdf",
    "plots": "measures.plots",
    "point": "numerics.point",
    "polynomials": "numerics.partial_polynomials",
    "proof": "proving.builder",
    "prove": "proving.prover",
    "reading_copy": "book.provenance",
    "report": "render.model.reports",
    "sampler": "numerics.sampling",
    "search": "proving.search",
    "solver": "numerics.constraints",
    "substituted": "samples.substitution",
    "tactics": "proving.tactics",
    "text": "language.printer",
    "values": "numerics.values",
}
"""The modules and packages of version 0.1, and where each is now; names below the package."""


@final
class Finder:
    """Looks at imports that found nothing, and says where a moved module is.

    It is not derived from ``importlib.abc.MetaPathFinder``, whose import would double what importing the package costs.
    """

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> None:
        """Raise an error for the old name of a module; leave every other name to the finders before this one.

        Parameters
        ----------
        fullname : str
            The dotted name of the module that is imported.
        path : sequence of str, optional
            Where the parent package looks for modules; ignored.
        target : module, optional
            The module that is reloaded; ignored.

        Raises
        ------
        ModuleNotFoundError
            When *fullname* is the old name of a module or package of this package.
        """
        package, _, rest = fullname.partition(".")
        if package == __package__ and rest in MOVED:
            new = f"{package}.{MOVED[rest]}"
            raise ModuleNotFoundError(f"No module named {fullname!r}: it is {new!r} now", name=fullname)


def install() -> None:
    """Add the finder behind all others, once."""
    if not any(isinstance(finder, Finder) for finder in sys.meta_path):
        sys.meta_path.append(Finder())
