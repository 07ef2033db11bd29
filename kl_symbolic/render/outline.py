"""Theorem → outline: the one place that decides what a page says. Every format prints this outline.

Title, hypotheses in a reader's form, statement, the sections of the story, the statement once more, and what it rests
on. Everything comes from the checked theorem; what is not one is marked UNCHECKED, whatever it says of itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol, final

from ..grammar import declare
from ..kernel import Line, Theorem
from ..kernel.certificate import parse as parse_certificate
from ..kernel.syntax import Scope, read_scope
from ..kernel.terms import NAT, Node, unwrap
from .chains import Display, Peeled, Steps, conjunction, letters, peel, quantifier, reads_on, state
from .notation import Formula, Names, Notation, Paragraph, Range, agree, opened, plainly, walk
from .story import Heading, Prose, Step, read_prose, read_story
from .units import scales, valid_base

__all__ = ["AXIOMS", "Outline", "Readable", "Section", "outline"]

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


class Readable(Protocol):
    """What an outline is made from: a :class:`kl_symbolic.kernel.Theorem`, or a draft that has the same attributes."""

    @property
    def name(self) -> str: ...
    @property
    def scope(self) -> Scope: ...
    @property
    def hypotheses(self) -> tuple[Node, ...]: ...
    @property
    def conclusion(self) -> Node: ...
    @property
    def axioms(self) -> tuple[str, ...]: ...
    @property
    def uses(self) -> tuple[str, ...]: ...
    @property
    def lines(self) -> tuple[Line, ...]: ...
    @property
    def story(self) -> Any: ...


@final
@dataclass(frozen=True, slots=True)
class Section:
    """The title of a section of the story."""

    title: Paragraph


@final
@dataclass(frozen=True, slots=True)
class Outline:
    """What a page says, in no format.

    Attributes
    ----------
    title : str
        The name of the theorem.
    checked : bool
        Whether a kernel accepted it. Where it is false, every format says UNCHECKED.
    notation : Notation
    setting : Paragraph
        The names of the statement and what they are.
    hypotheses : tuple of Paragraph
    statement : Display
    notes : tuple of Paragraph
        Defined symbols and conventions that occur, each once.
    body : tuple of Section, Paragraph and Display
    closing : Display or None
        The statement once more, unless it is what was displayed last.
    lemmas : tuple of str
    axioms : tuple of (str, Paragraph)
    """

    title: str
    checked: bool
    notation: Notation
    setting: Paragraph
    hypotheses: tuple[Paragraph, ...]
    statement: Display
    notes: tuple[Paragraph, ...]
    body: tuple[Section | Paragraph | Display, ...]
    closing: Display | None
    lemmas: tuple[str, ...]
    axioms: tuple[tuple[str, Paragraph], ...]


def outline(theorem: Readable, checked: bool = True, base: int | None = None) -> Outline:
    """Return the outline of a theorem.

    Parameters
    ----------
    theorem : Theorem
        A checked theorem, or a draft with its attributes.
    checked : bool
        False marks a theorem as unchecked. True cannot mark anything else as checked: only what
        :func:`kl_symbolic.kernel.check` returned is.
    base : int, optional
        Show logarithms to this base where every displayed line says the same in it; elsewhere the page states the
        conversion. The statement that was checked has natural logarithms.

    Raises
    ------
    Refused
        When the story is malformed.
    TypeError, ValueError
        When *base* is not an integer from 2 to 1000.
    """
    wanted, scope = valid_base(base), _scope(theorem)
    story = read_story(theorem.story, len(theorem.lines))
    texts = [read_prose(e.reason if isinstance(e, Step) else e.text, scope) for e in story]
    nodes = [*theorem.hypotheses, theorem.conclusion]
    nodes += [theorem.lines[e.line].sequent.conclusion for e in story if isinstance(e, Step)]
    nodes += [h for e in story if isinstance(e, Step) for h in theorem.lines[e.line].sequent.hypotheses]
    prose = [n for text in texts for piece in text if isinstance(piece, Formula) for n in _relations(piece)]
    known = frozenset(theorem.scope)
    fits = wanted is not None and scales([*nodes, *prose])
    notation = agree([*nodes, *prose], scope, known, wanted if fits else None)
    body = tuple(_body(theorem, story, texts, notation, known))
    steps = [e for e in story if isinstance(e, Step)]
    said = bool(steps) and theorem.lines[steps[-1].line].sequent.conclusion == theorem.conclusion
    return Outline(
        theorem.name,
        checked and type(theorem) is Theorem,
        notation,
        _setting(theorem.scope),
        tuple(_hypotheses(theorem.hypotheses, notation)),
        state(theorem.conclusion, notation),
        tuple(_notes([*nodes, *prose], notation, wanted)),
        body,
        None if said or not body else state(theorem.conclusion, notation),
        theorem.uses,
        tuple((name, _gloss(name, notation.base)) for name in theorem.axioms),
    )


def _scope(theorem: Readable) -> Scope:
    """Return every declared name: the story may speak of some that the statement does not mention."""
    if type(theorem) is Theorem:
        return read_scope(parse_certificate(theorem.certificate)["names"])
    return theorem.scope


def _relations(formula: Formula) -> list[Node]:
    """Return a formula with links as the relations that it states."""
    found, left = ([] if formula.links else [formula.first]), formula.first
    for relation, rights in formula.links:
        op = "=" if relation == "->" else relation
        found.extend(Node(op, None, (left, right)) for right in rights)
        left = rights[-1]
    return found


def _body(
    theorem: Readable,
    story: tuple[Heading | Prose | Step, ...],
    texts: list[Paragraph],
    notation: Notation,
    known: frozenset[str],
) -> Iterator[Section | Paragraph | Display]:
    steps = Steps(notation, theorem.hypotheses, known)
    for entry, text in zip(story, texts, strict=True):
        if isinstance(entry, Step):
            steps.add(theorem.lines[entry.line].sequent, text)
            continue
        yield from steps.displays()
        yield Section(text) if isinstance(entry, Heading) else text
    yield from steps.displays()


# --- names, hypotheses ---------------------------------------------------------------------------------------------


def _setting(scope: Scope) -> Paragraph:
    """Return ``Let X be a finite set, p, q : X → ℝ, and c a real number.``."""
    groups: dict[tuple[tuple[str, ...], str], list[str]] = {}
    for name, signature in scope.items():
        groups.setdefault(signature, []).append(name)
    items: list[Paragraph] = []
    rank = {"set": 0, "number": 1}
    for (over, values), names in sorted(groups.items(), key=lambda g: (rank.get(g[0][1], 2), len(g[0][0]))):
        be, many = "" if items else "be ", len(names) > 1
        listed = conjunction([(Names((n,)),) for n in names])
        if over or values not in ("set", "number"):
            items.append((Names(tuple(names), over, values),))
        elif values == "set":
            items.append((*listed, f" {be}finite sets" if many else f" {be}a finite set"))
        else:
            items.append((*listed, f" {be}real numbers" if many else f" {be}a real number"))
    return ("Let ", *conjunction(items), ".") if items else ()


@dataclass(slots=True)
class _Group:
    """Hypotheses that are read together: 0 < p, q or 0 < p < 1, for the same indices."""

    found: Peeled
    links: list[tuple[str, list[Node]]]

    def takes(self, other: Peeled) -> bool:
        """Take in a hypothesis, and say whether it fits."""
        if (self.found.sets, self.found.guards) != (other.sets, other.guards) or not self.links:
            return False
        core, (op, rights) = other.core, self.links[-1]
        if core.op not in ("<", "<=") or op not in ("<", "<="):
            return False
        same = len(self.links) == 1 and core.op == op and core.args[0] == self.found.core.args[0]
        if same and core.args[0].op == "num":
            rights.append(core.args[1])
            return True
        if len(self.links) == 1 and len(rights) == 1 and core.args[0] == rights[0]:
            self.links.append((core.op, [core.args[1]]))
            return True
        return False


def _hypotheses(statements: tuple[Node, ...], notation: Notation) -> Iterator[Paragraph]:
    groups: list[_Group] = []
    for found in map(peel, statements):
        if groups and groups[-1].takes(found):
            continue
        core = found.core
        groups.append(_Group(found, [(core.op, [core.args[1]])] if core.op in ("<", "<=", "=", "!=") else []))
    taken = notation.taken.union(*(s.names for s in statements))
    for group in groups:
        found = group.found
        stack = letters(found.sets, notation, taken)
        after = quantifier(found, stack, taken)
        core, shown = found.core, Formula(found.core, (), stack, taken)
        as_: Paragraph = ()
        if group.links:
            shown = Formula(core.args[0], tuple((op, tuple(rights)) for op, rights in group.links), stack, taken)
        elif core.op == "->":
            (variable,) = letters((NAT,), notation, taken.union(stack))
            shown = Formula(unwrap(core.args[0]), (("->", (core.args[1],)),), (*stack, variable), taken)
            as_ = (" as ", Range((variable,), NAT, "infinity"), *[","] * bool(after))
        if after and not reads_on(core):
            yield ("for all ", *after[1:], ": ", shown)
        else:
            yield (shown, *as_, *after)


# --- notes, axioms --------------------------------------------------------------------------------------------------

_DEFINED = ("kl", "entropy", "cross_entropy", "binary_kl", "count", "rel_entr")


def _notes(nodes: list[Node], notation: Notation, wanted: int | None) -> Iterator[Paragraph]:
    """Yield what the symbols on the page mean: defined ones, and the conventions about zeros and indicators."""
    first: dict[str, Node] = {}
    waiting = list(nodes)
    while waiting:
        found = {}
        for node in walk(waiting):
            if node.op == "def" and (node.data[0] not in first or not plainly(first[node.data[0]]) and plainly(node)):
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
    unit = "in bits, to base 2" if base == 2 else f"to base {base}"
    if fits:
        return (
            f"Logarithms, entropies and divergences are shown {unit}. What was checked is the same with natural "
            f"logarithms: on every line of this page both sides scale alike when the base changes, and a logarithm to "
            f"base {base} is the natural one divided by that of {base}.",
        )
    whole = Formula(Node("log", None, (Node("num", Fraction(base)),)))
    return (
        f"All logarithms are natural, because not every line of this page holds {unit} as it stands. A logarithm, "
        "an entropy or a divergence ",
        f"{unit} is its value here divided by ",
        whole,
        ".",
    )


def _gloss(name: str, base: int | None) -> Paragraph:
    """Return what an axiom says. Its formula is about natural logarithms, so it is left out beside other ones."""
    return () if base is not None else read_prose(AXIOMS.get(name, ""), _AB)

