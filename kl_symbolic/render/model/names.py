"""How declared names are spelled on a page: p1 as p with subscript 1, lambda in Greek, N_h as N with subscript h.

The kernel refuses two names that differ only in ``_`` or in look-alike letters, so spelling cannot merge two names.
What it could do is make a number called p_h look like the entry p_h of a family p, or nu look like v beside it; such a
name is spelled out instead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

from ...kernel.syntax import SPACES, Scope
from ...kernel.terms import NAT, REAL

__all__ = ["GREEK", "Spelling", "lowered", "spell"]

GREEK: dict[str, tuple[str, str]] = {
    "alpha": (r"\alpha", "α"), "beta": (r"\beta", "β"), "gamma": (r"\gamma", "γ"), "epsilon": (r"\varepsilon", "ε"),
    "zeta": (r"\zeta", "ζ"), "eta": (r"\eta", "η"), "theta": (r"\theta", "θ"), "iota": (r"\iota", "ι"),
    "kappa": (r"\kappa", "κ"), "lambda": (r"\lambda", "λ"), "mu": (r"\mu", "μ"), "nu": (r"\nu", "ν"),
    "xi": (r"\xi", "ξ"), "pi": (r"\pi", "π"), "rho": (r"\rho", "ρ"), "sigma": (r"\sigma", "σ"), "tau": (r"\tau", "τ"),
    "phi": (r"\varphi", "φ"), "chi": (r"\chi", "χ"), "psi": (r"\psi", "ψ"), "omega": (r"\omega", "ω"),
    "Gamma": (r"\Gamma", "Γ"), "Delta": (r"\Delta", "Δ"), "Theta": (r"\Theta", "Θ"), "Lambda": (r"\Lambda", "Λ"),
    "Xi": (r"\Xi", "Ξ"), "Phi": (r"\Phi", "Φ"), "Psi": (r"\Psi", "Ψ"), "Omega": (r"\Omega", "Ω"),
}  # fmt: skip
"""Greek names in LaTeX and Unicode. delta is the indicator; Pi and Sigma would look like a product and a sum."""

_LATIN_TWIN = {
    "alpha": "a", "gamma": "y", "eta": "n", "iota": "i", "kappa": "k", "nu": "v", "rho": "p", "chi": "x",
}  # fmt: skip
"""Greek letters that are easily taken for a Latin one beside them."""

_STEM = re.compile(r"([A-Za-z]+)([0-9]*)\Z")
_MARKED = re.compile(r"([a-z])([A-Z]+)\Z")


@final
@dataclass(frozen=True, slots=True)
class Spelling:
    """A name as letters with subscripts.

    Parameters
    ----------
    base : str
        A letter, a Greek name or a word; the whole name where it is spelled out.
    subs : tuple of str
        The subscripts.
    whole : bool
        Whether the name is spelled out, in upright letters.
    """

    base: str
    subs: tuple[str, ...] = ()
    whole: bool = False


def spell(name: str, scope: Scope) -> Spelling:
    """Return how a name is spelled among the names of *scope*.

    Parameters
    ----------
    name : str
    scope : Scope
        The declared names.

    Examples
    --------
    >>> spell("p1", {})
    Spelling(base='p', subs=('1',), whole=False)
    >>> spell("p_h", {"p": (("X",), "number")})
    Spelling(base='p_h', subs=(), whole=True)
    >>> spell("nu", {"v": ((), "number")})
    Spelling(base='nu', subs=(), whole=True)
    """
    base, marks = _parts(name)
    if not base:
        return Spelling(name, whole=True)
    if base == "eps" and "epsilon" not in scope:
        base = "epsilon"
    entry = bool(scope.get(base, ((), ""))[0])
    twin = _LATIN_TWIN.get(base)
    if twin and any(twin == _parts(other)[0] for other in scope):
        return Spelling(name, whole=True)
    if marks and entry and _could_be_an_index(marks[0], scope):
        return Spelling(name, whole=True)
    return Spelling(base, marks)


def _parts(name: str) -> tuple[str, tuple[str, ...]]:
    """Return the letter or word that a name begins with, and its subscripts; an empty one where there are none."""
    first, *rest = name.split("_")
    stem = _STEM.match(first)
    if stem is None or "" in rest:
        return "", ()
    marked = _MARKED.match(name)  # rX, a marginal of r
    return (marked[1], (marked[2],)) if marked else (stem[1], tuple(filter(None, (stem[2], *rest))))


def _could_be_an_index(mark: str, scope: Scope) -> bool:
    letters = ("i", "j", "k", "h", "t", "s", "r", "n", "m", "omega", "psi", "chi")
    return mark.rstrip("0123456789") in letters or scope.get(mark, ((), "set"))[1] not in (*SPACES, "number")


def lowered(over: Sequence[str], sort: str) -> list[bool]:
    """Return which of the arguments of a name stand as subscripts, and not in parentheses.

    The indices of numbers do, as in p_i and V_i(x), but x_t is written so only where T is time; what runs over ℕ does
    beside a number, as in f_n(x), while N_h(n) is a sequence; a number never does.

    Parameters
    ----------
    over : sequence of str
        The sets of the arguments.
    sort : str
        Of the values.

    Examples
    --------
    >>> lowered(["X", "number"], "number"), lowered(["X", "Nat"], "number"), lowered(["Nat", "number"], "number")
    ([True, False], [True, False], [True, False])
    """
    return [s != REAL and (REAL in over if s == NAT else sort == "number" or s == "T") for s in over]
