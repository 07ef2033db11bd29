"""The written table of rules, and how a certificate line spells their arguments."""

from collections.abc import Callable
from typing import Any

from . import rules
from .axioms import FINITE, defining_equation, differentiate, limit_squeeze, mono_of_deriv
from .definitions import DEFINITIONS
from .errors import need
from .integrals import INTEGRALS
from .normal_form import Budget
from .statements import Sequent, body_over
from .syntax import SPACES, Scope, decode, decode_abs, known_set
from .terms import Node, Substitution

Premises = tuple[Sequent, ...]
RULES: dict[str, tuple[Callable[..., Sequent], tuple[str, ...], int, bool]] = {
    # name: function, how each argument is spelled, premises, whether more may follow
    "assume": (rules.assume, ("statement",), 0, False),
    "weaken": (rules.weaken, ("statement",), 1, False),
    "disch": (rules.disch, ("statement",), 1, False),
    "mp": (rules.mp, (), 2, False),
    "gen": (rules.gen, ("point",), 1, False),
    "spec": (rules.spec, ("index",), 1, False),
    "iff_intro": (rules.iff_intro, (), 2, False),
    "iff_elim": (rules.iff_elim, (), 1, False),
    "cases": (rules.cases, ("statement",), 2, False),
    "absurd": (rules.absurd, ("statement",), 2, False),
    "symm": (rules.symm, (), 1, False),
    "trans": (rules.trans, (), 2, False),
    "congr": (rules.congr, ("number template",), 1, False),
    "rewrite": (rules.rewrite, ("statement template",), 2, False),
    "pos": (rules.pos, ("statement",), 0, True),
    "field": (rules.field, ("budget", "statement"), 0, True),
    "order": (rules.order, ("budget", "statement", "entries"), 0, True),
    "limit_squeeze": (limit_squeeze, (), 4, True),
    "mono_of_deriv": (mono_of_deriv, ("variable", "number", "number", "number"), 2, True),
    "differentiate": (differentiate, ("budget", "variable", "number"), 0, True),
}
SCHEMES = FINITE | INTEGRALS
"""The rules whose figure is a row of a written table."""
AXIOM_OF = {name: scheme[0] for name, scheme in SCHEMES.items()}
AXIOM_OF |= {"limit_squeeze": "limit_squeeze", "mono_of_deriv": "mono_of_deriv", "differentiate": "derivative"}
"""The axiom that a rule rests on, where there is one."""
_NAMES = {*RULES, *SCHEMES, "unfold", "inst"}


def apply_rule(name: Any, args: Any, premises: Premises, scope: Scope, budget: Budget) -> Sequent:
    """Run one certificate line, other than a citation, on the sequents of its premises.

    Raises
    ------
    Refused
        When there is no such rule, an argument is malformed, or the rule refuses.
    """
    need(type(name) is str and name in _NAMES, "there is no such rule", got=name)
    if name in SCHEMES or name == "unfold":
        symbol, value = a_list(args, 2) if name == "unfold" else (name, *a_list(args, 1))
        known = name in SCHEMES or (type(symbol) is str and symbol in DEFINITIONS)
        need(known, "expected a defined symbol", got=symbol)
        _, names, source = SCHEMES[name] if name in SCHEMES else defining_equation(symbol)
        return instantiate(source, names, value, premises, scope, budget)
    if name == "inst":
        (value,) = a_list(args, 1)
        need(bool(premises) and type(value) is dict, "expected an object of replacements and a premise")
        own = {n: s for n, s in scope.items() if n in value and s[1] != "set"}
        return instantiate(premises[0], own, value, premises[1:], scope, budget)
    function, spelled, count, more = RULES[name]
    fits = len(premises) == count or (len(premises) > count and more)
    need(fits, f"expected {count}{' or more' * more} premises, got {len(premises)}")
    kinds = [k for k in spelled if k != "budget"]
    values = [_argument(k, a, scope, premises) for k, a in zip(kinds, a_list(args, len(kinds)), strict=True)]
    result = function(*([budget] if len(kinds) < len(spelled) else []), *values, *premises)
    return _used(result, values, budget)


def instantiate(source: Sequent, names: Scope, value: Any, premises: Premises, scope: Scope, budget: Budget) -> Sequent:
    """Return the instance of a scheme, a lemma or a line; *value* says what each of *names* becomes.

    Raises
    ------
    Refused
        When *value* is malformed, or a premise proves none of the hypotheses.
    """
    by = _substitution(value, names, scope)
    budget.spend(source.conclusion.size + sum(h.size for h in source.hypotheses))
    result = rules.instance(source, by, *premises)
    return _used(result._replace(points=result.points.union(source.points.difference(by))), list(by.values()), budget)


def _used(result: Sequent, values: list[Any], budget: Budget) -> Sequent:
    """Add the index names and functions of the arguments: they were used, even if they vanished."""
    # Each node holds a set of its names, so many names cost memory.
    budget.spend(sum(s.size * (1 + len(s.names) // 8) for s in (result.conclusion, *result.hypotheses)))
    return result._replace(points=result.points.union(*map(_points, values)))


def _points(value: Any) -> frozenset[str]:
    if isinstance(value, list | tuple):
        return frozenset[str]().union(*map(_points, value))
    return value.points if isinstance(value, Node) else frozenset()


def _substitution(value: Any, names: Scope, scope: Scope) -> Substitution:
    fits = type(value) is dict and list(value) == sorted(names)
    need(fits, "expected an object that says what each name becomes, sorted", names=sorted(names), got=value)
    sets = {n: known_set(v, scope) for n, v in value.items() if names[n][1] == "set"}
    by: dict[str, Node | str] = dict(sets)
    for name in [n for n in value if n not in sets]:
        over, sort = names[name]
        by[name] = decode_abs(value[name], tuple(sets.get(s, s) for s in over), sets.get(sort, sort), scope)
    return by


def _argument(kind: str, value: Any, scope: Scope, premises: tuple[Sequent, ...]) -> Any:
    if kind in ("number", "statement"):
        return decode(value, kind, scope)
    if kind.endswith(" template"):
        signature = (rules.template_signature(premises[0])[0], "number")
        return decode(value, kind.split()[0], {**scope, rules.HOLE: signature})
    if kind == "index":
        return decode(value, body_over(premises[0].conclusion).data, scope)
    if kind == "entries":
        return tuple(_entry(v, scope) for v in a_list(value))
    over, values = scope.get(value, ((), "set")) if type(value) is str else ((), "set")
    fits = not over and (values == "number" if kind == "variable" else values not in SPACES)
    need(fits, f"expected a {kind}", got=value)
    return value if kind == "variable" else (value, values)


def a_list(value: Any, length: int | None = None) -> list[Any]:
    """Return *value* if it is a list, of the given length if one is given."""
    fits = type(value) is list and length in (None, len(value))
    need(fits, f"expected a list{'' if length is None else f' of {length}'}", got=value)
    return list(value)


def _entry(value: Any, scope: Scope) -> rules.Entry:
    factor, term, positions = a_list(value, 3)
    literal = decode(factor, "number", scope)
    need(literal.op == "num" and literal.data, "expected a rational multiplier other than 0", got=factor)
    need(all(type(k) is int and k >= 0 for k in a_list(positions)), "expected positions of premises", got=positions)
    return literal.data, decode(term, "number", scope), tuple(positions)
