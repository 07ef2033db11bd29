"""The small print of a page: what its symbols mean, in which unit logarithms are, what the axioms say."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ..grammar import declare
from ..kernel.syntax import Scope
from ..kernel.terms import Node
from .displays import conjunction
from .notation import Formula, Notation, Paragraph, opened, plainly, walk
from .story import read_prose

__all__ = ["AXIOMS", "gloss", "notes"]

AXIOMS = {
    "abs_def": "`abs(a)` is `a` where `0 <= a`, and `-a` where `a <= 0`",
    "delta": "`sum(j in X: delta(i, j)*f[j]) = f[i]` and `delta(i, i) = 1`",
    "exp_pos": "`0 < exp(a)`",
    "limit_algebra": "limits of sums, products and quotients",
    "limit_squeeze": "a sequence between two others with one limit has that limit",
    "log_exp": "`log(exp(a)) = a`",
    "log_le": "`log(a) <= a - 1` for `0 < a`",
    "log_mul": "`log(a*b) = log(a) + log(b)` for `0 < a` and `0 < b`",
    "mono_of_deriv": "a function with non-negative derivative does not decrease",
    "prod_def": "`prod(i in X: f[i]) = exp(sum(i in X: log(f[i])))` for positive factors",
    "rpow_def": "`a^b = exp(b*log(a))` for `0 < a`",
    "xlogy_def": "0 log 0 := 0: a product with a logarithm counts as 0 where its first factor is 0",
}
"""What each axiom of the kernel says, in a few words."""

_DEFINED = ("kl", "entropy", "cross_entropy", "binary_kl", "count", "rel_entr")


def notes(nodes: list[Node], notation: Notation, wanted: int | None) -> Iterator[Paragraph]:
    """Yield what the symbols on the page mean: defined ones, and the conventions about zeros and indicators."""
    first: dict[str, Node] = {}
    waiting = list(nodes)
    while waiting:
        found = {}
        for node in walk(waiting):
            if node.op == "def" and (node.data[0] not in first or (not plainly(first[node.data[0]]) and plainly(node))):
                found[node.data[0]] = first[node.data[0]] = node
            elif node.op in ("xlogy", "delta") and node.op not in first:
                first[node.op] = node
        hidden = "rel_entr" if notation.rel_entr else ""
        waiting = [opened(node, notation.scope)[1] for name, node in found.items() if name != hidden]
    items: list[Paragraph] = []
    for name in _DEFINED:
        if name in first and not (name == "rel_entr" and notation.rel_entr):
            left, right = opened(first[name], notation.scope)
            items.append((Formula(left, ((":=", (right,)),)),))
    if items:
        yield ("Here ", *conjunction(items), ".")
    zeros = _zeros(first, notation)
    if zeros:
        yield zeros
    if "xlogy" in first and not notation.xlogy:
        yield read_prose("The value of `xlogy(a, b)` is 0 where `a = 0`, and `a*log(b)` where `0 < b`.", _AB)
    if "delta" in first:
        yield _indicator(notation)
    used = {n.data[0] if n.op == "def" else n.op for n in walk(nodes)}
    if wanted is not None and not used.isdisjoint(_LOGS):
        yield _conversion(wanted, notation.base is not None)


def _zeros(first: dict[str, Node], notation: Notation) -> Paragraph:
    """Return what x log y and x log(x/y) are at 0, where xlogy and rel_entr are printed so."""
    letters = [_fresh(pair, notation.scope) for pair in ("xuac", "yvbd")]
    x, y = (Node("sym", letter) for letter in letters)
    shown: list[Paragraph] = []
    if "xlogy" in first and notation.xlogy:
        shown.append((Formula(Node("xlogy", None, (x, y))),))
    if "rel_entr" in first and notation.rel_entr:
        shown.append((Formula(Node("def", ("rel_entr", ()), (x, y))),))
    if not shown:
        return ()
    words = ("terms ", " count") if len(shown) > 1 else ("a term ", " counts")
    zero = Node("num", Fraction(0))
    return (
        "As usual ",
        Formula(zero * Node("log", None, (zero,)), ((":=", (zero,)),)),
        f": {words[0]}",
        *conjunction(shown),
        f"{words[1]} as 0 where ",
        Formula(x, (("=", (zero,)),)),
        ".",
    )


def _fresh(letters: str, scope: Scope) -> str:
    return next((c for c in letters if c not in scope), letters[0])


_AB = declare({"X": "set", "i": "X", "a": "number", "b": "number", "f": "X -> number"})


def _indicator(notation: Notation) -> Paragraph:
    node = Node("delta", "X", (Node("idx", "i"), Node("idx", "j")))
    return ("The indicator ", Formula(node), " is 1 where its two indices are equal, and 0 elsewhere.")


_LOGS = {"log", "xlogy", "kl", "entropy", "cross_entropy", "binary_kl", "rel_entr"}


def _conversion(base: int, fits: bool) -> Paragraph:
    """Return what is true of logarithms to *base* on this page."""
    unit = f"to base {base}" + ", that is in bits" * (base == 2)
    if fits:
        return (
            f"Logarithms, entropies and divergences are shown {unit}. What was checked is the same with natural "
            "logarithms: on every line of this page both sides scale alike when the base changes, and a logarithm to "
            f"base {base} is the natural one divided by that of {base}.",
        )
    return (
        "All logarithms on this page are natural: not every line keeps its form in another base. "
        f"The value of a logarithm, an entropy or a divergence {unit}{',' * (base == 2)} is the one here divided by ",
        Formula(Node("log", None, (Node("num", Fraction(base)),))),
        ".",
    )


def gloss(name: str, base: int | None) -> Paragraph:
    """Return what an axiom says. Its formula is about natural logarithms, so it is left out beside other ones."""
    return () if base is not None else read_prose(AXIOMS.get(name, ""), _AB)
