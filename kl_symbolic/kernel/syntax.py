"""Certificate syntax ⇄ terms, with every sort checked on the way in.

In a number position an int or a string such as ``"7/10"`` is a literal and a list is an operator or a declared
symbol; in an index position an int is a bound variable, a string a free index and a list an index function. A bound
number is ``["#", k]``, because an int would be a literal; a domain is a list too, such as ``["open", a, b]``.
"""

import re
from collections.abc import Mapping
from fractions import Fraction
from itertools import accumulate, repeat
from math import gcd
from typing import Any

from .definitions import DEFINITIONS
from .errors import Refused, need
from .terms import (
    BINARY,
    DOMAINS,
    INTERVALS,
    MAX_DEPTH,
    NAT,
    REAL,
    RELATIONS,
    STATEMENTS,
    UNARY,
    Node,
    bound,
    lam,
    unwrap,
)

Signature = tuple[tuple[str, ...], str]
"""The arguments of a name, and its values: a set or ``number``; ``set``, ``domain``, ``interval`` if it is one."""
Scope = Mapping[str, Signature]
"""The declared names."""

MAX_DIGITS, MAX_NAMES, MAX_ARGUMENTS = 1100, 250, 8
"""Literals are read in time quadratic in their digits; nodes keep sets of their names; more indices are not needed."""
MAX_NESTING = MAX_DEPTH + 30
"""How deep brackets may nest: the deepest term, and the lists around it."""
_TWO: tuple[str, ...] = ("number", "number")
_BOTH: tuple[str, ...] = ("statement", "statement")
_OPERANDS = dict.fromkeys(BINARY, _TWO) | dict.fromkeys(UNARY, _TWO[:1]) | {"nat": (NAT,), "pi": ()}
_CLAIMS = dict.fromkeys(RELATIONS, _TWO) | dict.fromkeys(("=>", "<=>"), _BOTH) | {"in": (REAL, "domain")}
SPACES = {"set": (), "domain": ("domain", "interval"), "interval": ("interval",)}
"""The sorts of names that do not stand for terms, with the sorts that may stand where one is expected."""
_WORDS = {"sum", "prod", "delta", "card", "lim", "forall", "oo", "number", "statement", NAT}
RESERVED = _WORDS.union(_OPERANDS, STATEMENTS, DEFINITIONS, DOMAINS, SPACES) - {"pi"}
_BINDERS: dict[str, tuple[str, int, tuple[str, ...]]] = {
    "all": ("", 0, ("statement",)),
    "->": (NAT, 0, _TWO),
    "int": (REAL, 1, ("domain", "number", "number")),
    "deriv": (REAL, 0, ("number", "number", "number")),
}
"""The statements with a bound variable: what it runs over (or what the file says), its operand, and their sorts."""
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}\Z")
_RATIO = re.compile(r"(-?[1-9][0-9]*)/([1-9][0-9]*)\Z")
_MARKS = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[][{}]', re.DOTALL)
"""A string, to its end or to that of the text, or a bracket."""
_STEPS = {"[": 1, "{": 1, "]": -1, "}": -1}
_LOOK_ALIKE = str.maketrans({"_": "", "l": "1", "I": "1", "O": "0", "o": "0"})


def bound_nesting(source: str) -> None:
    """Refuse a JSON text in which brackets nest too deeply.

    It is asked before anything recurses into the text, so the answer does not depend on the stack that Python has.

    Raises
    ------
    Refused
        When brackets outside of strings nest deeper than ``MAX_NESTING``.
    """
    steps = map(_STEPS.get, map(re.Match.group, _MARKS.finditer(source)), repeat(0))
    need(max(accumulate(steps), default=0) <= MAX_NESTING, "the certificate is nested too deeply", allowed=MAX_NESTING)


def read_scope(value: Any) -> Scope:
    """Read declared names; refuse malformed, reserved and look-alike ones, unknown sets, and names out of order.

    A signature is ``set``, ``domain``, ``interval``, ``number``, an index set, or ``X, number -> number`` and the like.
    """
    need(type(value) is dict and [*value] == sorted(value), "expected an object of declared names, sorted", got=value)
    need(len(value) <= MAX_NAMES, f"at most {MAX_NAMES} names can be declared", got=len(value))
    scope: dict[str, Signature] = {}
    seen = dict.fromkeys(map(_outline, RESERVED), "a reserved word")
    for name, shown in value.items():
        need(bool(_NAME.match(name)), "expected a name of letters, digits and _ (ASCII, at most 40)", got=name)
        twin = seen.setdefault(_outline(name), name)
        need(twin == name, f"the names {twin!r} and {name!r} look alike")
        need(type(shown) is str, "expected a signature such as 'X -> number'", got=shown)
        scope[name] = read_signature(shown)
    for name, (sets, values) in scope.items():
        need(sets or _outline(name) != "pi", "pi is a number; only the name of a function can be the same", got=values)
        need(len(sets) <= (0 if values in SPACES else MAX_ARGUMENTS), "too many arguments", got=name)
        for index_set in (*sets, *(() if values == "number" or values in SPACES else (values,))):
            known_set(index_set, scope, more=(NAT, REAL) if values == "number" else () if sets else (NAT,))
    return scope


def _outline(name: str) -> str:
    """Return what a name has in common with those that a reader may take it for."""
    return name.translate(_LOOK_ALIKE).replace("rn", "m").replace("vv", "w")


def read_signature(shown: str) -> Signature:
    """Read ``X, Y -> number`` and the like."""
    over, arrow, values = shown.rpartition(" -> ")
    return (tuple(over.split(", ")) if arrow else ()), values


def known_set(value: Any, scope: Scope, more: tuple[str, ...] = ()) -> str:
    """Return *value* if it is a declared set, or one of *more*."""
    known = type(value) is str and (scope.get(value) == ((), "set") or value in more)
    need(known, "expected a declared index set", got=value)
    return str(value)


def decode(value: Any, sort: str, scope: Scope, stack: tuple[str, ...] = ()) -> Node:
    """Read a term from certificate syntax.

    Parameters
    ----------
    value : object
        Parsed JSON.
    sort : str
        ``number``, ``statement``, ``domain``, ``interval``, or the index set of an index.
    scope : Scope
    stack : tuple of str
        The sets of the binders around, outermost first.

    Raises
    ------
    Refused
        When *value* is not a well-sorted term of that sort.
    """
    if sort == "number" and type(value) in (int, str):
        return _literal(value)
    head, *rest = value if type(value) is list and value else (value,)
    if sort in SPACES:
        return _domain(value, sort, scope, stack)
    if sort not in ("number", "statement"):
        return _index(head, rest, sort, scope, stack)
    need(type(head) is str, f"expected a {sort}", got=value)
    if head in (_BINDERS if sort == "statement" else ("sum", "prod")):
        return _binder(value, scope, stack)
    if head == "#" and sort == "number":
        return _variable(rest, stack)
    if sort == "number" and scope.get(head, ((), ""))[1] == "number":
        return Node("sym", head, _operands(head, rest, scope[head][0], scope, stack))
    if sort == "number" and head in DEFINITIONS:
        return _defined(head, rest, scope, stack)
    if sort == "number" and head in ("card", "delta"):
        over = known_set(rest.pop(0) if rest else None, scope)
        return Node(head, over, _operands(head, rest, (over, over) if head == "delta" else (), scope, stack))
    sorts = (_OPERANDS if sort == "number" else _CLAIMS).get(head)
    need(sorts is not None, f"expected a {sort}, got an unknown operator or undeclared name", got=head)
    return Node(head, None, _operands(head, rest, sorts or (), scope, stack))


def decode_abs(value: Any, over: tuple[str, ...], sort: str, scope: Scope, stack: tuple[str, ...] = ()) -> Node:
    """Read the body, of the given sort, of an abstraction over the sets *over*."""
    return lam(over, decode(value, sort, scope, (*stack, *over)))


def _binder(value: list[Any], scope: Scope, stack: tuple[str, ...]) -> Node:
    """Read Σ, Π, ∀, a limit, an integral or a derivative: one operand is an abstraction."""
    head, *rest = value
    over, place, sorts = _BINDERS.get(head, ("", 0, (REAL,)))
    over = over or known_set(rest.pop(0) if rest else None, scope, (NAT, REAL) if head == "all" else ())
    need(len(rest) == len(sorts), f"{head!r} has the wrong number of operands", got=value)
    args = list(_operands(head, rest[:place], sorts[:place], scope, stack))
    args.append(decode_abs(rest[place], (over,), sorts[place], scope, stack))
    return Node(head, None, (*args, *_operands(head, rest[place + 1 :], sorts[place + 1 :], scope, stack)))


def _variable(rest: list[Any], stack: tuple[str, ...]) -> Node:
    fits = len(rest) == 1 and type(rest[0]) is int and 0 <= rest[0] < len(stack) and stack[-1 - rest[0]] == REAL
    need(fits, "expected the number of a bound number", got=rest)
    return Node("#", rest[0])


def _domain(value: Any, sort: str, scope: Scope, stack: tuple[str, ...]) -> Node:
    """Read an interval, ℕ, or a name that stands for one or for any space with an integral."""
    head, *rest = value if type(value) is list and value and type(value[0]) is str else ("",)
    if scope.get(head, ((), ""))[1] in SPACES[sort] and not rest:
        return Node("dom", head)
    shapes = INTERVALS if sort == "interval" else DOMAINS
    need(head in shapes, f"expected {'an' if sort == 'interval' else 'a'} {sort}", got=value)
    return Node(head, None, _operands(head, rest, (REAL,) * shapes[head], scope, stack))


def _literal(value: int | str) -> Node:
    if isinstance(value, int):
        return Node("num", Fraction(value))
    ratio = _RATIO.match(value) if len(value) <= MAX_DIGITS else None
    top, bottom = (int(ratio[1]), int(ratio[2])) if ratio else (0, 0)
    need(bottom > 1 and gcd(top, bottom) == 1, "expected a fraction in lowest terms such as '7/10'", got=value)
    return Node("num", Fraction(top, bottom))


def _operands(head: str, rest: list[Any], sorts: tuple[str, ...], scope: Scope, stack: tuple[str, ...]) -> Any:
    if len(rest) != len(sorts):
        raise Refused(f"{head!r} takes {len(sorts)} operands", {"got": rest})
    return tuple([decode(v, s, scope, stack) for v, s in zip(rest, sorts, strict=True)])


def _index(head: Any, rest: list[Any], sort: str, scope: Scope, stack: tuple[str, ...]) -> Node:
    if type(head) is int and 0 <= head < len(stack) and not rest:
        node, found = bound(head), stack[-1 - head]
    else:
        over, found = scope.get(head, ((), "number")) if type(head) is str else ((), "number")
        need(found != "number" and found not in SPACES, f"expected an index in {sort}", got=[head, *rest])
        node = Node("idx", head, _operands(head, rest, over, scope, stack))
    need(found == sort, f"expected an index in {sort}, got one in {found}", got=[head, *rest])
    return node


def _defined(head: str, rest: list[Any], scope: Scope, stack: tuple[str, ...]) -> Node:
    names = DEFINITIONS[head][0]
    formal = [n for n in names if names[n] == "set"]
    operands = [read_signature(names[n]) for n in names if names[n] != "set"]
    need(len(rest) == 1 + len(operands), f"{head!r} takes a list of index sets and {len(operands)} operands", got=rest)
    sets = [known_set(s, scope) for s in rest[0]] if type(rest[0]) is list else []
    need(len(sets) == len(formal), f"{head!r} takes a list of {len(formal)} index sets", got=rest[0])
    rename = dict(zip(formal, sets, strict=True))
    pairs = zip(rest[1:], operands, strict=True)
    args = (decode_abs(v, tuple(rename[s] for s in o), rename.get(to, to), scope, stack) for v, (o, to) in pairs)
    return Node("def", (head, tuple(sets)), tuple(args))


def encode(node: Node) -> Any:
    """Return *node* in certificate syntax."""
    op, data, args = node.op, node.data, node.args
    if op == "num":
        return int(data) if data.denominator == 1 else str(data)
    if op == "bound" or (op == "idx" and not args):
        return data
    inside = [encode(unwrap(a)) for a in args]
    if op in ("sum", "prod", "all"):
        return [op, args[0].data, *inside]
    if op == "def":
        return [data[0], list(data[1]), *inside]
    return [
        *((op, data) if op in ("card", "delta", "#") else (data,) if op in ("sym", "idx", "dom") else (op,)),
        *inside,
    ]
