"""The head of a page: what the names of a statement are, and its hypotheses in a reader's form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...kernel.syntax import Scope
from ...kernel.terms import NAT, Node
from .displays import Peeled, conjunction, is_denial, letters, peel, quantifier, reads_on, relation
from .notation import Formula, Names, Notation, Paragraph, Range

__all__ = ["hypotheses", "setting"]


def setting(scope: Scope) -> Paragraph:
    """Return ``Let X be a finite set, p, q : X → ℝ, and c a real number.``.

    Parameters
    ----------
    scope : Scope
        The declared names.
    """
    groups: dict[tuple[tuple[str, ...], str], list[str]] = {}
    for name, signature in scope.items():
        groups.setdefault(signature, []).append(name)
    items: list[Paragraph] = []
    rank = {"set": 0, "domain": 0, "interval": 0, "number": 1}
    for (over, values), names in sorted(groups.items(), key=lambda g: (rank.get(g[0][1], 2), len(g[0][0]))):
        be, many = "" if items else "be ", len(names) > 1
        listed = conjunction([(Names((n,)),) for n in names])
        if over or values not in _KINDS:
            items.append((Names(tuple(names), over, values),))
        else:
            items.append((*listed, f" {be}{_KINDS[values][many]}"))
    return ("Let ", *conjunction(items), ".") if items else ()


_KINDS = {
    "set": ("a finite set", "finite sets"),
    "domain": ("a domain of integration", "domains of integration"),
    "interval": ("an open interval", "open intervals"),
    "number": ("a real number", "real numbers"),
}
"""The words for one name and for several ones, by their sort."""


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
        if same and core.args[0].op == "num" and rights[-1].op == core.args[1].op == "sym":
            rights.append(core.args[1])
            return True
        if len(self.links) == 1 and len(rights) == 1 and core.args[0] == rights[0]:
            self.links.append((core.op, [core.args[1]]))
            return True
        return False


def hypotheses(statements: tuple[Node, ...], notation: Notation) -> Iterator[Paragraph]:
    """Yield the hypotheses in their order, those that are read together as one.

    Parameters
    ----------
    statements : tuple of Node
    notation : Notation
    """
    groups: list[_Group] = []
    for found in map(peel, statements):
        if groups and groups[-1].takes(found):
            continue
        said = relation(found.core)
        groups.append(_Group(found, [(said[0], [said[2]])] if said and said[0] in ("<", "<=", "=", "!=") else []))
    taken = notation.taken.union(*(s.names for s in statements))
    for group in groups:
        found = group.found
        stack = letters(found.sets, notation, taken)
        after = quantifier(found, stack, taken)
        core, shown = found.core, Formula(found.core, (), stack, taken)
        as_: Paragraph = ()
        said = relation(core)
        if said and group.links:
            shown = Formula(said[1], tuple((op, tuple(rights)) for op, rights in group.links), stack, taken)
        elif said and said[0] == "->":
            (variable,) = letters((NAT,), notation, taken.union(stack))
            shown = Formula(said[1], (("->", (said[2],)),), (*stack, variable), taken)
            as_ = (" as ", Range((variable,), NAT, "infinity"), *[","] * bool(after))
        if is_denial(found):
            yield ("there is no ", *after[1:])
        elif after and not reads_on(core):
            yield ("for all ", *after[1:], ": ", shown)
        else:
            yield (shown, *as_, *after)
