"""Facts that shipped theorems give: instances whose anchors occur in a claim, divergences, elements of sums.

Each function appends lines to the proof and returns them; lines that are not used are left out of the certificate.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, product

from ...kernel.statements import le
from ...kernel.terms import NAT, Node, apply_abs, lam, num, substitute
from ...language.rewriting import close
from ..builder import Fact, Proof
from ..tactics import prove
from .at_hand import indices
from .lemmas import Lemma, Values, every_anchors, matches, shipped, subterms
from .signs import Prover, attempt

__all__ = ["cited", "cited_by_hypotheses", "divergences", "elements", "instances"]

MAX_INSTANCES, MAX_WAYS = 24, 100
"""At most so many instances of shipped theorems are used, and so many ways are tried to use one that the user named."""
MAX_BINDINGS = 12
"""At most so many ways are tried in which known facts can be the hypotheses of one theorem."""

_ONE = num(1)


# --- finite sums ---------------------------------------------------------------------------------------------------


def elements(p: Proof, atoms: Sequence[Node], extra: Sequence[Fact]) -> Iterator[Fact]:
    """Yield f(j) ≤ Σ_i f(i) for families of known sign whose sum and element are among *atoms*.

    Parameters
    ----------
    p : Proof
        The proof that gets the lines.
    atoms : sequence of Node
        The atoms of a claim.
    extra : sequence of Fact
        Facts to use beside the hypotheses.
    """
    for total in [a for a in atoms if a.op == "sum"][:4]:
        over, summand = total.args[0].data, total.args[0]
        points = [i for i in indices(atoms) if p.scope[i.data][1] == over]
        for j in points[:2]:
            if apply_abs(summand, j) in atoms:
                yield from filter(None, [attempt(_element, p, over, summand, j, extra)])


def _element(p: Proof, over: str, summand: Node, j: Node, extra: Sequence[Fact]) -> Fact:
    """Return f(j) ≤ Σ_i f(i): the sum of δ(j, i)·f(i), where f(i)·(1 − δ)² ≥ 0 and δ² = δ."""
    i = p.fresh(over)
    value = apply_abs(summand, i)
    above = prove(p, le(0, value), extra)
    here = Node("delta", over, (j, i))
    idem = p.cite("delta_idem", {"X": over, "i": j, "j": i})
    below = p.order(le(here * value, value), [(1, 1 - here, above), (1, value, idem)])
    picked = close(here * value, (i.data, over))
    mono = p.scheme("sum_mono", {"X": over, "f": picked, "g": summand}, [p.gen(i, below)])
    sift = p.scheme("delta_sift", {"X": over, "i": j, "f": summand})
    return p.rewrite(mono, sift)


# --- instances of shipped theorems -----------------------------------------------------------------------------


def cited(p: Proof, lemma: Lemma, values: Values, extra: Sequence[Fact], show: Prover) -> Fact | None:
    """Return an instance of a lemma with its hypotheses shown, or None.

    Names that stand in its hypotheses only are found by matching those with the known facts, in a few ways.

    Parameters
    ----------
    p : Proof
        The proof that gets the lines.
    lemma : Lemma
    values : dict of str to Node or str
    extra : sequence of Fact
        Facts to use beside the hypotheses.
    show : Prover
        Shows a statement, or returns None.
    """
    found = (_with_premises(p, lemma, names, extra, show) for names in _bound(p, lemma, values, extra))
    return next((fact for fact in found if fact is not None), None)


def cited_by_hypotheses(p: Proof, lemma: Lemma, goal: Node, extra: Sequence[Fact], show: Prover) -> Fact | None:
    """Return a goal as an instance of a lemma whose conclusion alone does not tell which, as f(x^2) does not tell f.

    Parameters
    ----------
    p : Proof
        The proof that gets the lines.
    lemma : Lemma
    goal : Node
    extra : sequence of Fact
        Facts to use beside the hypotheses.
    show : Prover
        Shows a statement, or returns None.
    """
    for hypothesis in (h for h in lemma.hypotheses if h.op == goal.op):
        for known in (f.statement for f in (*extra, *p.known) if f.statement.op == goal.op):
            for first in matches(hypothesis, known, lemma.scope):
                for values in matches(lemma.conclusion, goal, lemma.scope, first):
                    fact = cited(p, lemma, values, extra, show)
                    if fact is not None and fact.statement == goal:
                        return fact
    return None


def _bound(p: Proof, lemma: Lemma, values: Values, extra: Sequence[Fact]) -> list[Values]:
    """Return ways in which known facts are hypotheses of a lemma; those in which most of them are come first."""
    known = dict.fromkeys(f.statement for f in (*extra, *p.known))
    found = list(islice(_bindings(p, lemma, values, tuple(known)), MAX_BINDINGS))
    return sorted(found, key=lambda names: -sum(substitute(h, names) in known for h in lemma.hypotheses))


def _bindings(p: Proof, lemma: Lemma, values: Values, known: Sequence[Node]) -> Iterator[Values]:
    """Yield what all names of a lemma may stand for, by matching its hypotheses with known facts.

    Those come first that tell most names.
    """
    missing = [n for n in lemma.scope if n not in values]
    if not missing:
        yield values
        return
    telling = {h: sum(n in h.names for n in missing) for h in lemma.hypotheses}
    for hypothesis in sorted((h for h in telling if telling[h]), key=lambda h: (-telling[h], -h.size)):
        p.spend(len(known))
        ways = [v for f in known for v in matches(hypothesis, f, lemma.scope, values) if len(v) > len(values)]
        for more in ways:
            yield from _bindings(p, lemma, more, known)
        if ways:
            return


def _with_premises(p: Proof, lemma: Lemma, values: Values, extra: Sequence[Fact], show: Prover) -> Fact | None:
    """Return an instance of a lemma if all its hypotheses are shown."""
    premises: list[Fact] = []
    for hypothesis in lemma.hypotheses:
        shown = show(substitute(hypothesis, values), extra)
        if shown is None:
            return None
        premises += [shown] if shown not in premises else []
    return attempt(p.cite, lemma.name, values, premises)


def instances(
    p: Proof, statements: Sequence[Node], extra: Sequence[Fact], show: Prover, using: Sequence[Lemma] = ()
) -> Iterator[Fact]:
    """Yield instances of shipped comparisons whose anchors occur in statements.

    Parameters
    ----------
    p : Proof
        The proof that gets the lines.
    statements : sequence of Node
    extra : sequence of Fact
        Facts to use beside the hypotheses.
    show : Prover
        Shows a statement, or returns None.
    using : sequence of Lemma, optional
        Theorems whose instances come first and are not counted, also those that only facts tell.
    """
    here = list(dict.fromkeys(t for s in statements for t in subterms(s)))
    for lemma in using:
        chosen = every_anchors(lemma.conclusion, lemma.scope)
        ways = islice((v for a in chosen for v in _anchored(lemma, a, here, {})), MAX_WAYS)
        yield from (fact for values in ways if (fact := cited(p, lemma, values, extra, show)) is not None)
    left = MAX_INSTANCES
    for lemma in shipped():
        for values in _anchored(lemma, lemma.anchors, here, {}) if lemma.anchors else ():
            fact = cited(p, lemma, values, extra, show)
            if fact is not None:
                yield fact
                left -= 1
                if not left:
                    return


def _anchored(
    lemma: Lemma, anchors: Sequence[Node], here: Sequence[Node], found: dict[str, Node | str]
) -> Iterator[dict[str, Node | str]]:
    if not anchors:
        yield found
        return
    for term in here:
        for values in matches(anchors[0], term, lemma.scope, found):
            yield from _anchored(lemma, anchors[1:], here, values)


def divergences(p: Proof, statements: Sequence[Node], extra: Sequence[Fact], show: Prover) -> Iterator[Fact]:
    """Yield 0 ≤ D(u‖v) for families u, v that stand in logarithms of the statements' sums.

    Parameters
    ----------
    p : Proof
        The proof that gets the lines.
    statements : sequence of Node
    extra : sequence of Fact
        Facts to use beside the hypotheses.
    show : Prover
        Shows a statement, or returns None.
    """
    gibbs = next((x for x in shipped() if x.name == "kl_nonneg"), None)
    families: dict[str, list[Node]] = {}
    sizes = [t for s in statements for t in subterms(s) if t.op == "card"]
    for size in dict.fromkeys(sizes):
        families[size.data] = [lam((size.data,), _ONE / size)]
    for statement in statements:
        for over, family in _families(statement, []):
            known = families.setdefault(over, [])
            if family not in known and len(known) < 4:
                known.append(family)
    for over, known in families.items():
        for u, v in product(known, repeat=2):
            if u != v and gibbs is not None:
                fact = cited(p, gibbs, {"X": over, "p": u, "q": v}, extra, show)
                if fact is not None:
                    yield fact


def _families(node: Node, stack: list[str]) -> Iterator[tuple[str, Node]]:
    """Yield (X, λ i. u(i)) for u in log u, log(u/v), xlogy(·, u) below a binder over X, and operands of definitions."""
    if node.op == "def" and not node.loose:
        yield from ((a.data, a) for a in node.args if a.op == "lam" and a.args[0].is_number)
    if node.op in ("log", "xlogy") or (node.op == "def" and node.data[0] == "rel_entr"):
        for part in node.args:
            for term in part.args if part.op in ("/", "*") else (part,):
                if stack and term.loose <= 1 and stack[-1] != NAT:
                    yield stack[-1], lam((stack[-1],), term)
    if node.op == "lam":
        stack = [*stack, node.data]
    for a in node.args:
        yield from _families(a, stack)
