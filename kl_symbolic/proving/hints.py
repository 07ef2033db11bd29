"""Hints for a step that the kernel refuses. Nothing here is trusted.

* :func:`hint` names the rule or lemma that is nearest to a claim, and what it would need.
* :func:`refused_step` adds both sides, the hint and an exact counterexample, where there is one, to a refusal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ..kernel import Refused
from ..kernel.axioms import FINITE
from ..kernel.integrals import INTEGRALS
from ..kernel.normal_form import integer_exponent
from ..kernel.statements import forall, lt, ne
from ..kernel.syntax import Scope
from ..kernel.terms import RELATIONS, Node, apply_abs, substitute
from ..language.printer import text
from ..language.rewriting import close
from .builder import LINE_WORK, Fact, Proof
from .tactics import prove

if TYPE_CHECKING:
    from .search.state import Search

__all__ = ["hint", "refused_step"]


_HINT_WORK = LINE_WORK // 5
"""Units of work for a hint, whatever the effort of the search: it should take less time than the search itself."""


# --- what would help -----------------------------------------------------------------------------------------------


def hint(goal: Node, hypotheses: Sequence[Node], scope: Scope) -> str:
    """Return the rule or lemma that is nearest to a claim and what it would need, or the empty string.

    Parameters
    ----------
    goal : Node
        A closed statement.
    hypotheses : sequence of Node
    scope : mapping of str to Signature

    Examples
    --------
    >>> from kl_symbolic.language.parser import declare, parse
    >>> scope = declare({"x": "number", "y": "number"})
    >>> given = [parse("0 < x", "statement", scope)]
    >>> hint(parse("log(x*y) = log(x) + log(y)", "statement", scope), given, scope)
    'log_mul needs 0 < y: add it to the hypotheses'
    """
    from .. import library
    from ..numerics.sampling import restrict

    p = Proof("hint", library.theorem, _HINT_WORK)
    own = restrict(scope, [*hypotheses, goal])
    p.declare(**{n: f"{', '.join(over)} -> {values}" if over else values for n, (over, values) in own.items()})
    try:
        for hypothesis in hypotheses:
            p.given(hypothesis)
        return next(_hints(p, goal), "")
    except Refused:
        if p.left >= 0:
            raise
        return ""  # advice that takes more work than that is not given


def _hints(p: Proof, goal: Node) -> Iterator[str]:
    """Yield what may help, the most specific first."""
    from .search.domain import domain
    from .search.state import Search
    from .search.table import TACTICS

    own = frozenset(p.names)
    extra: list[Fact] = []
    point = goal
    while point.op in ("all", "=>"):
        if point.op == "=>":
            extra, point = [*extra, p.assume(point.args[0])], point.args[1]
        else:
            point = apply_abs(point.args[0], p.fresh(point.args[0].data))
    search = Search(p, TACTICS)
    if point.op in RELATIONS:
        extra += domain(search, [point], extra)
    yield from _nearest(search, point, extra, own)
    if point.op != "->":
        yield from _demands(p, point, extra, own)
    yield from _about(point)


def _shows(p: Proof, statement: Node, extra: Sequence[Fact]) -> bool:
    try:
        prove(p, statement, extra)
    except (Refused, KeyError):
        return False
    return True


_TABLE = FINITE | {name: row for name, row in INTEGRALS.items() if row[2].conclusion.op not in RELATIONS}
"""The schemes whose conclusion tells what they are about: an integral says little of u <= v, and a domain of a < b."""


def _nearest(search: Search, goal: Node, extra: Sequence[Fact], own: frozenset[str]) -> Iterator[str]:
    """Yield rules and theorems that show just this, with the hypotheses that are missing; the fewest first."""
    from .search.lemmas import fits_every_goal, matches, shipped

    table = [(name, scope, rule.hypotheses, rule.conclusion) for name, (_, scope, rule) in _TABLE.items()]
    table += [(x.name, x.scope, x.hypotheses, x.conclusion) for x in shipped()]
    found: list[tuple[int, str]] = []
    for name, scope, hypotheses, conclusion in table:
        if conclusion.op != goal.op or fits_every_goal(conclusion):
            continue
        for values in matches(conclusion, goal, scope):
            if set(values) == set(scope):
                instances = [substitute(h, values) for h in hypotheses]
                missing = [text(_general(search.p, h, own)) for h in instances if search.show(h, extra) is None]
                found.append((len(missing), _needs(name, missing)))
            break
    yield from (shown for _, shown in sorted(found, key=lambda row: row[0]))


def _needs(name: str, missing: Sequence[str]) -> str:
    if not missing:
        return f"{name} shows this: cite it"
    return f"{name} needs {', '.join(missing)}: add {'it' if len(missing) == 1 else 'them'} to the hypotheses"


_LAWS = {"*": "log_mul", "/": "log_div", "^": "log_pow", "prod": "log_prod"}
_BY_USE = ("log_mul", "log_div", "log_pow", "log_prod", "rpow_def", "prod_def", "/", "xlogy_mul")
"""Rules in the order in which a missing hypothesis of theirs is worth naming."""


def _demands(p: Proof, goal: Node, extra: Sequence[Fact], own: frozenset[str]) -> Iterator[str]:
    """Yield rules that would apply to parts of a claim if what they need were known."""
    missing: dict[str, dict[Node, None]] = {name: {} for name in _BY_USE}
    for name, needed in _needed(p, goal):
        if not _shows(p, needed, extra):
            missing[name][_general(p, needed, own)] = None
    for name, statements in missing.items():
        if statements and name != "/":
            yield _needs(name, list(map(text, statements)))
        for statement in statements if name == "/" else ():
            yield _needs(_quotient(statement), [text(statement)])


def _quotient(unequal: Node) -> str:
    """Return what needs the statement b ≠ 0, or one like it for every index."""
    if unequal.op == "all":
        return "a division"
    shown = text(unequal.args[0])
    return f"{shown}/{shown} = 1" if unequal.args[0].op == "sym" else f"a division by {shown}"


def _general(p: Proof, statement: Node, own: frozenset[str]) -> Node:
    """Return a statement with the indices that are not the author's *own* bound by ∀."""
    for name in sorted(statement.points - own):
        over = p.scope[name][1]
        statement = forall(over, close(statement, (name, over)).args[0])
    return statement


def _needed(p: Proof, node: Node) -> Iterator[tuple[str, Node]]:
    """Yield (rule, what it needs) for the operators in a node; bound variables become free, definitions are opened."""
    op, args = node.op, node.args
    if op == "lam":
        yield from _needed(p, apply_abs(node, p.fresh(node.data)))
        return
    if op == "def" and not node.loose:
        yield from _needed(p, p.unfold(node).right)
        return
    for a in args:
        yield from _needed(p, a)
    if op == "log" and args[0].op == "prod":
        over = args[0].args[0]
        yield "log_prod", forall(over.data, lt(0, over.args[0]))
    elif op == "log" and args[0].op in _LAWS:
        inside = args[0]
        yield from ((_LAWS[inside.op], lt(0, part)) for part in inside.args[: 1 if inside.op == "^" else 2])
    if op == "/" and args[1].op != "num":
        yield "/", ne(args[1], 0)
    if op == "^" and integer_exponent(node) is None:
        yield "rpow_def", lt(0, args[0])
    if op == "xlogy":
        yield "xlogy_mul", lt(0, args[1])
    if op == "prod":
        yield "prod_def", forall(args[0].data, lt(0, args[0].args[0]))


def _about(goal: Node) -> Iterator[str]:
    """Yield what is to be known about the operators in a claim."""
    sides = [dict.fromkeys(_inside(a)) for a in goal.args if a.is_number]
    everything = {n: None for side in sides for n in side}
    for node in everything:
        if node.op == "log" and node.args[0].op in ("+", "-") and any(node not in side for side in sides):
            yield f"log has no law for a sum such as {text(node)}: log_mul is about products, log_div about quotients"
    operators = {n.data[0] if n.op == "def" else n.op for n in everything if integer_exponent(n) is None}
    yield from (statement for operator, statement in _ABOUT.items() if operator in {*operators, goal.op})


def _inside(node: Node) -> Iterator[Node]:
    if not node.loose:
        yield node
    for a in node.args:
        yield from _inside(a)


_ABOUT = {
    "->": "limit_add, limit_mul, limit_div, limit_sum and exp_limit are the laws of limits; limit_squeeze gives others",
    "^": "a^b is exp(b*log(a)) for 0 < a (rpow_def), and exp_add multiplies exponentials",
    "prod": "a product is opened by its logarithm: log_prod, or prod_def",
    "abs": "|a| is a where 0 <= a (abs_of_nonneg) and -a where a <= 0 (abs_of_nonpos); abs_sq needs neither",
    "xlogy": "xlogy(a, b) is 0 at a = 0 (xlogy_zero) and a*log(b) where 0 < b (xlogy_mul): split at a = 0",
    "rel_entr": "rel_entr(a, b) is 0 at a = 0 (xlogy_zero); elsewhere it needs 0 < b (xlogy_mul): split at a = 0",
    "exp": "exp_add, exp_neg and exp_log are the laws of exp; log_exp takes it out of a logarithm",
    "delta": "delta_sift takes an indicator out of a sum; delta_self, delta_symm and delta_idem are its laws",
    "sum": "sum_add and sum_mul open a sum, sum_swap exchanges two; a sum of products is not a product of sums",
}
"""The lemmas about an operator, by the operator."""


# --- what is said when a step is refused -------------------------------------------------------------------------


_DRAWN, _SIMPLE = 12, 80
"""How many points a hint looks at: fewer than a claim, because the author waits."""


def refused_step(refusal: Refused, goal: Node, p: Proof, using: Sequence[Fact] = ()) -> Refused:
    """Return a refusal of a step with both sides, a hint and, where there is one, an exact counterexample.

    Parameters
    ----------
    refusal : Refused
        What the tactic said.
    goal : Node
        The step: a closed comparison.
    p : Proof
        Its hypotheses, and the assumptions of its known facts, hold at the counterexample.
    using : sequence of Fact
        Further facts that the step could use; their assumptions hold there, too.
    """
    parts: dict[str, object] = dict(zip(("left", "right"), goal.args, strict=False)) if _compares(goal) else {}
    for side in ("left", "right"):
        arranged = refusal.parts.get(f"{side}_arranged")
        if isinstance(arranged, Node) and arranged != parts.get(side):
            parts[f"{side}_arranged"] = arranged
    parts.update({k: v for k, v in refusal.parts.items() if k not in ("left", "right", *parts) and "arranged" not in k})
    divisor = refusal.parts.get("divisor")
    assumed = (h for f in (*p.known, *using) for h in f.sequent.hypotheses)
    hypotheses = tuple(dict.fromkeys((*p.hypotheses, *assumed)))
    if isinstance(divisor, Node) and divisor.op != "num" and not divisor.loose:
        advice = _needs(_quotient(ne(divisor, 0)), [text(ne(divisor, 0))])
    else:
        shown = (f.statement for f in (*p.known, *using))
        advice = hint(goal, tuple(dict.fromkeys((*hypotheses, *shown))), p.scope)
    if advice:
        parts["hint"] = advice
    return Refused(refusal.reason, {**parts, **_numbers(goal, hypotheses, p.scope)}, refusal.line, refusal.rule)


def _compares(goal: Node) -> bool:
    return len(goal.args) == 2 and all(a.is_number for a in goal.args)


def _numbers(goal: Node, hypotheses: tuple[Node, ...], scope: Scope) -> Mapping[str, object]:
    """Return a counterexample and the values of both sides there, or at how many points the step holds."""
    from ..numerics.counterexamples import look, shown, value

    found = look(hypotheses, goal, scope, drawn=_DRAWN, simple=_SIMPLE)
    if found.goal is not None and found.point is not None:
        values = (shown(value(found.goal.part, k, found.point)).removeprefix("= ") for k in (0, 1))
        return {"counterexample": found.point, **dict(zip(("left_there", "right_there"), values, strict=True))}
    if found.doubt:
        return {"doubtful": found.doubt}
    if found.points and goal.op == "=":
        return {"numerically_equal": f"at {found.points} points of the hypotheses"}
    return {"numerically_true": f"at {found.points} points of the hypotheses"} if found.points else {}
