"""The small print of a page: what its symbols mean, in which unit logarithms are, what the axioms say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from ...kernel.statements import lt
from ...kernel.syntax import Scope
from ...kernel.terms import Node
from ...language.parser import declare
from ...language.printer import text
from .displays import Display, Row, conjunction
from .notation import Formula, Notation, Paragraph, walk
from .story import read_prose
from .symbols import opened, plainly, variables

__all__ = ["AXIOMS", "gloss", "notes"]

AXIOMS = {
    "abs_def": "`abs(a)` is `a` where `0 <= a`, and `-a` where `a <= 0`",
    "beta": "`int(x in (0, 1): x^(a - 1)*(1 - x)^(b - 1)) = Gamma(a)*Gamma(b)/Gamma(a + b)` for `0 < a` and `0 < b`",
    "delta": "`sum(j in X: delta(i, j)*f[j]) = f[i]` and `delta(i, i) = 1`",
    "deriv_limit": "difference quotients tend to the derivative",
    "derivative": "the derivatives of sums, products, quotients, powers, exponentials and logarithms; the chain rule",
    "digamma": "the derivative of `Gamma` at `0 < a` is `Gamma(a)*digamma(a)`",
    "domain": "which numbers lie in an interval; natural numbers lie in `nats`, and no number in it is negative",
    "exp_pos": "`0 < exp(a)`",
    "exp_series": "`int(k in nats: a^k/Gamma(k + 1)) = exp(a)` for `0 < a`",
    "ftc": "the fundamental theorem of calculus: the integral of a derivative is the difference of the limits at the "
    "ends",
    "gamma": "`int(x in (0, oo): x^(a - 1)*exp(-x)) = Gamma(a)` for `0 < a`",
    "gamma_half": "`Gamma(1/2)*Gamma(1/2) = pi`",
    "integral": "the integral is linear and monotone; finite sums and constant factors are taken out of it",
    "integral_split": "the integral over an interval is the sum of those over its two parts",
    "integral_squeeze": "a function between others whose integrals tend to one number has this integral: the "
    "measure is complete",
    "integral_zero": "a differentiable function that is not negative and has the integral 0 is 0",
    "limit_algebra": "limits of sums, products and quotients",
    "limit_squeeze": "a sequence between two others with one limit has that limit",
    "log_exp": "`log(exp(a)) = a`",
    "log_le": "`log(a) <= a - 1` for `0 < a`",
    "log_mul": "`log(a*b) = log(a) + log(b)` for `0 < a` and `0 < b`",
    "mono_of_deriv": "a function with non-negative derivative does not decrease",
    "prod_def": "`prod(i in X: f[i]) = exp(sum(i in X: log(f[i])))` for positive factors",
    "rpow_def": "`a^b = exp(b*log(a))` for `0 < a`",
    "series": "a series without its first term, and a series that telescopes",
    "substitution": "the substitution rule: the change of variable maps one interval onto the other, with an inverse, "
    "and its derivative is not 0",
    "xlogy_def": "0 log 0 := 0: a product with a logarithm counts as 0 where its first factor is 0",
}
"""A short description of each axiom of the kernel."""

_DEFINED = (
    "kl", "entropy", "joint_entropy", "cond_entropy", "mutual_info", "cond_mutual_info", "cross_entropy", "binary_kl",
    "count", "rel_entr",
)  # fmt: skip

_LONGEST = 160
"""The most characters, in the statement language, of a definition in running text: about three quarters of a line of
print. TeX seldom finds where to break a longer one."""


def notes(nodes: list[Node], notation: Notation, wanted: int | None) -> Iterator[Paragraph | Display]:
    """Yield what the symbols on the page mean: defined ones, and the conventions about zeros and indicators.

    Parameters
    ----------
    nodes : list of Node
        The terms and statements on the page.
    notation : Notation
    wanted : int, optional
        The base of the logarithms that was asked for.
    """
    first: dict[str, Node] = {}
    likewise: dict[str, dict[Node, None]] = {}
    waiting = list(nodes)
    while waiting:
        found = {}
        for node in walk(waiting):
            key = _symbol(node, notation)
            if key.endswith(" of variables"):
                likewise.setdefault(key, {})[node] = None
            better = key in first and not plainly(first[key]) and plainly(node)
            if node.op == "def" and (key not in first or better):
                found[key] = first[key] = node
            elif node.op in ("xlogy", "delta") and key not in first:
                first[key] = node
        hidden = "rel_entr" if notation.rel_entr else ""
        waiting = [opened(node, notation.scope)[1] for name, node in found.items() if name != hidden]
    items: list[Paragraph] = []
    wide: list[Display] = []
    for name in (key for symbol in _DEFINED for key in (symbol, f"{symbol} of variables")):
        if name in first and not (name == "rel_entr" and notation.rel_entr):
            left, right = opened(first[name], notation.scope)
            more: Paragraph = ()
            seen = [_as_printed(left, notation)]
            for node in likewise.get(name, ()):
                if _as_printed(node, notation) not in seen:
                    seen.append(_as_printed(node, notation))
                    more += (" and likewise " if len(seen) == 2 else ", ", Formula(node))
            formula = Formula(left, ((":=", (right,)),))
            if len(text(left)) + len(text(right)) > _LONGEST:
                wide.append(Display((), Formula(left), (Row(":=", Formula(right)),), more))
            else:
                items.append((formula, *more))
    if items:
        yield ("Here ", *conjunction(items, "; and " if likewise else " and "), ".")
    for k, display in enumerate(wide):
        yield replace(display, intro=("and" if k else "Moreover" if items else "Here",))
    zeros = _zeros(first, notation)
    if zeros:
        yield zeros
    if "xlogy" in first and not notation.xlogy:
        yield read_prose("The value of `xlogy(a, b)` is 0 where `a = 0`, and `a*log(b)` where `0 < b`.", _AB)
    if "delta" in first:
        yield _indicator(notation)
    yield from _analysis(nodes, notation)
    used = {n.data[0] if n.op == "def" else n.op for n in walk(nodes)}
    if wanted is not None and not used.isdisjoint(_LOGS):
        yield _conversion(wanted, notation.base is not None)


_INTEGRAL = (
    "An equation between an integral and a number says two things: that the integrand is absolutely integrable, and "
    "that its integral is this number."
)
_SERIES = (
    "An equation between an infinite series and a number says two things: that the series converges absolutely, and "
    "that its sum is this number."
)
_DERIVATIVE = (
    "An equation between a derivative and a number says that the function is differentiable there, and that this "
    "number is its derivative."
)


def _analysis(nodes: list[Node], notation: Notation) -> Iterator[Paragraph]:
    """Yield what is meant by integrals, series and derivatives, by domains, and by Γ and ψ, where a page has them."""
    found = [*walk(nodes)]
    sorts = {values for _, values in notation.scope.values()}
    over = {n.args[0].op for n in found if n.op == "int"}
    if over - {"nats"}:
        yield (_INTEGRAL,)
    if "nats" in over:
        yield (_SERIES,)
    if any(n.op == "deriv" for n in found):
        yield (_DERIVATIVE,)
    if "domain" in sorts:
        yield (
            "A domain of integration is an open interval with Lebesgue measure, ",
            Formula(Node("nats")),
            " with counting measure, or any other set of real numbers with a complete measure; over ",
            Formula(Node("nats")),
            ", an integral is a series.",
        )
    if "interval" in sorts:
        yield ("An open interval may be unbounded, and it may be empty.",)
    loose = [n for n in found if n.op == "open" and not n.loose and not notation.in_order(*n.args)]
    for interval in loose[:1]:
        yield ("The interval ", Formula(interval), " is empty unless ", Formula(lt(*interval.args)), ".")
    if any(n.op == "in" and n.args[1].op == "nats" for n in found):
        yield ("The set ", Formula(Node("nats")), " begins with 0.")
    yield from _special({n.op for n in found}, notation)


def _special(used: set[str], notation: Notation) -> Iterator[Paragraph]:
    """Yield what Γ and ψ are, where they are on the page."""
    x = Node("sym", _fresh("xyza", notation.scope))
    gamma, psi = Node("Gamma", None, (x,)), Node("digamma", None, (x,))
    first: Paragraph = (Formula(gamma), " is the gamma function") if "Gamma" in used else ()
    second: Paragraph = (
        " is" * (not first),
        " the digamma function, the derivative of ",
        Formula(Node("log", None, (gamma,))),
    )
    if "digamma" in used:
        first = (*first, ", and " * bool(first), Formula(psi), *second)
    if first:
        yield (*first, ".")


def _symbol(node: Node, notation: Notation) -> str:
    """Return the operator, or the defined symbol; H(X) and H(p) are not explained alike."""
    if node.op != "def":
        return node.op
    return f"{node.data[0]} of variables" if variables(node, notation.scope) else str(node.data[0])


def _as_printed(node: Node, notation: Notation) -> object:
    """Return the key by which printed symbols of named variables differ."""
    return node.data[0], variables(node, notation.scope)


def _zeros(first: dict[str, Node], notation: Notation) -> Paragraph:
    """Return the values of x log y and x log(x/y) at 0, where xlogy and rel_entr are printed so."""
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


_LOGS = {"log", "xlogy", *_DEFINED} - {"count"}


def _conversion(base: int, fits: bool) -> Paragraph:
    """Return the conventions about logarithms to *base* on this page."""
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
    """Return an axiom in words. Its formula is about natural logarithms, so it is left out beside other ones.

    Parameters
    ----------
    name : str
        Of the axiom.
    base : int, optional
        The base of the logarithms on the page.
    """
    return () if base is not None else read_prose(AXIOMS.get(name, ""), _AB)
