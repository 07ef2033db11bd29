"""Terms and statements: what theorems are about.

One frozen class, :class:`Node`, carries both terms and statements. A node never evaluates and keeps what was
written in the order in which it was written. Bound variables are de Bruijn indices and the single binder is the
abstraction ``lam``; Σ, Π, ∫, ∀ and sequences are ordinary operators applied to an abstraction. So substitution,
free names and equality up to renaming of bound variables are each defined once.

========== ============================== =====================================
sort       operators                      meaning
========== ============================== =====================================
number     ``num`` ``sym``                rational, symbol p_i
number     ``+ - * / ^ neg``              written as they stand, total
number     ``log exp abs xlogy``          total, unspecified outside their domain
number     ``Gamma digamma pi``           Γ, ψ and π
number     ``delta card nat``             indicator, size of a set, n ∈ ℕ as number
number     ``sum prod def``               over a whole set; defined symbols
number     ``#``                          bound variable
index      ``bound idx``                  bound variable; free one or f(i, …)
domain     ``open above below reals``     (a, b), (a, ∞), (−∞, b) and ℝ: intervals
domain     ``nats dom``                   ℕ with the counting measure; a name
statement  ``= <= < != -> => <=> all``    what can be claimed: no ∃, no ∨
statement  ``in int deriv``               x ∈ D; ∫ f over D is v; f′(x) = s
binder     ``lam``                        λ over one index set, ℕ or the numbers
========== ============================== =====================================
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, final

from .errors import InvalidType, need

BINARY = ("+", "-", "*", "/", "^", "xlogy")
UNARY = ("neg", "log", "exp", "abs", "Gamma", "digamma")
RELATIONS = ("=", "<=", "<", "!=")
STATEMENTS = (*RELATIONS, "->", "=>", "<=>", "all", "in", "int", "deriv")
NAT, REAL = "Nat", "number"
"""ℕ of limits, and the sort of numbers: functions and ∀ run over them; sums, products and indicators never do."""
INTERVALS = {"open": 2, "above": 1, "below": 1, "reals": 0}
"""The intervals, by the number of their ends: (a, b), (a, ∞), (−∞, b), ℝ. One may be empty: a < b is not asked."""
DOMAINS = {**INTERVALS, "nats": 0}
"""The domains of integrals, besides the names that stand for one."""

MAX_SIZE, MAX_DEPTH = 20_000, 120
"""Nodes of a term, which bounds time, and how deep they nest, which stays within Python's own limit of recursion."""
MAX_BITS = 14_000
"""Bits of a numerator or denominator: no more than Python prints by default, which is 4300 digits."""


def _operator(op: str) -> Callable[[Node, object], Node]:
    return lambda left, right: Node(op, None, (left, num(right)))


def _reflected(op: str) -> Callable[[Node, object], Node]:
    return lambda right, left: Node(op, None, (num(left), right))


@final
@dataclass(frozen=True, eq=False, slots=True, init=False)
class Node:
    """One immutable term or statement; equal nodes are mostly one object, and are compared as one.

    Parameters
    ----------
    op : str
        The operator.
    data : Fraction, int, str, tuple or None
        The rational of ``num``, the number of ``bound`` and ``#``, the name of ``sym``, ``idx`` and ``dom``, the set of
        ``card``, ``delta`` and ``lam``, the name and the sets of ``def``.
    args : tuple of Node
        The operands.

    Attributes
    ----------
    loose : int
        One more than the largest de Bruijn index that points outside; 0 for a closed node.
    names : frozenset of str
        Every free name, of sets too.
    points : frozenset of str
        The free index names and index functions: the names that presuppose a non-empty set.
    size, depth : int
        Bounded by ``MAX_SIZE`` and ``MAX_DEPTH``; a larger node is refused.
    """

    op: str
    data: Any
    args: tuple[Node, ...]
    loose: int = field(repr=False)
    names: frozenset[str] = field(repr=False)
    points: frozenset[str] = field(repr=False)
    size: int = field(repr=False)
    depth: int = field(repr=False)
    _hash: int = field(repr=False)

    def __new__(cls, op: str, data: Any = None, args: tuple[Node, ...] = ()) -> Node:
        """Return the node, the one that was made before if it is still known."""
        # A node keeps its operands alive, so as long as it is known, their identities are not given to others. Numbers
        # are known by their digits: a file can hold many that Python hashes alike.
        key = (op, data.__class__, str(data), *map(id, args))
        found = _KNOWN.get(key)
        if found is None:
            found = object.__new__(cls)
            _fill(found, op, data, args)
            if len(_KNOWN) >= MAX_KNOWN:
                _KNOWN.clear()
            _KNOWN[key] = found
        return found

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if self is other or not isinstance(other, Node) or self._hash != other._hash:
            return self is other
        return (self.op, self.data, self.args) == (other.op, other.data, other.args)

    @property
    def is_number(self) -> bool:
        """Whether the node is a term of the sort number."""
        return self.op not in STATEMENTS and self.op not in ("bound", "idx", "lam", "dom", *DOMAINS)

    def __neg__(self) -> Node:
        return Node("neg", None, (self,))

    __add__, __sub__, __mul__, __truediv__, __pow__ = map(_operator, "+-*/^")
    __radd__, __rsub__, __rmul__, __rtruediv__, __rpow__ = map(_reflected, "+-*/^")


MAX_KNOWN = 50_000
"""Nodes that are remembered so as not to be made again; then they are forgotten, which costs time only."""
_KNOWN: dict[tuple[Any, ...], Node] = {}


_NAMED, _BOUND = ("sym", "idx", "card", "delta", "lam", "dom"), ("bound", "#")
"""The operators whose data is a name, and those whose data is a de Bruijn index."""


def _union(left: frozenset[str], right: frozenset[str]) -> frozenset[str]:
    """Return the union, which is one of the two where the other adds nothing: sets are shared and not copied."""
    return left if right <= left else right if left <= right else left | right


def _fill(node: Node, op: str, data: Any, args: tuple[Node, ...]) -> None:
    """Set the attributes of a new node, or refuse it for its size."""
    own = {data} if op in _NAMED and data not in (NAT, REAL) else data[1] if op == "def" else ()
    names, points = frozenset(own), frozenset(own if op == "idx" else ())
    loose, size, depth = data + 1 if op in _BOUND else 0, 1, 1
    for a in args:
        names, points = _union(names, a.names), _union(points, a.points)
        loose, size, depth = max(loose, a.loose), size + a.size, max(depth, a.depth + 1)
    need(size <= MAX_SIZE and depth <= MAX_DEPTH, "a term is too large", size=size, depth=depth)
    loose = max(0, loose - 1) if op == "lam" else loose
    values = (op, data, args, loose, names, points, size, depth, hash((op, str(data), args)))
    for name, value in zip(Node.__slots__, values, strict=True):
        object.__setattr__(node, name, value)


Substitution = Mapping[str, "Node | str"]
"""The replacements of free names: for a set a set, for others a closed term or an abstraction over its arguments."""


def num(value: object) -> Node:
    """Return *value* as a number term: a term as it is, an int or Fraction as a literal.

    Raises
    ------
    InvalidType
        For anything else, floats and bools among them: a float has no exact meaning on a blackboard.
    Refused
        For a number with too many digits.
    """
    if isinstance(value, Node) and value.is_number:
        return value
    if isinstance(value, bool) or not isinstance(value, int | Fraction):
        raise InvalidType(f"expected a number term, an int or a Fraction, got {type(value).__name__} {value!r}")
    number = Fraction(value)
    longest = max(number.numerator.bit_length(), number.denominator.bit_length())
    need(longest <= MAX_BITS, "a number has too many digits", bits=longest)
    return Node("num", number)


def bound(k: int, over: str = "") -> Node:
    """Return the bound variable *k*, counted from the innermost binder; it is a number if the binder is over these."""
    return Node("#" if over == REAL else "bound", k)


def lam(sets: Sequence[str], body: Node) -> Node:
    """Return λ over *sets*, outermost first; *body* itself when there is none."""
    for index_set in reversed(sets):
        body = Node("lam", index_set, (body,))
    return body


def unwrap(node: Node) -> Node:
    """Return what stands below the abstractions of *node*."""
    return unwrap(node.args[0]) if node.op == "lam" else node


def _map(node: Node, function: Any, depth: int) -> Node:
    """Apply *function* to each operand; below a binder, one level deeper."""
    inner = depth + 1 if node.op == "lam" else depth
    args = tuple(function(a, inner) for a in node.args)
    return node if args == node.args else Node(node.op, node.data, args)


def _shift(node: Node, by: int, cutoff: int) -> Node:
    """Raise every index of *node* that points outside *cutoff* binders by *by*."""
    if node.loose <= cutoff or by == 0:
        return node
    return Node(node.op, node.data + by) if node.op in _BOUND else _map(node, lambda a, d: _shift(a, by, d), cutoff)


def instantiate(body: Node, values: Sequence[Node], depth: int = 0) -> Node:
    """Replace the ``len(values)`` innermost binders that were stripped from *body*.

    The last value stands for index 0. Values may themselves contain loose indices, which are raised when they
    move below binders; indices of *body* beyond the stripped binders are lowered.
    """
    if body.loose <= depth:
        return body
    if body.op not in _BOUND:
        return _map(body, lambda a, d: instantiate(a, values, d), depth)
    k = body.data - depth
    return _shift(values[len(values) - 1 - k], depth, 0) if k < len(values) else Node(body.op, body.data - len(values))


def apply_abs(abstraction: Node, *values: Node) -> Node:
    """Return β-reduced ``abstraction(values…)``."""
    body = abstraction
    for _ in values:
        (body,) = body.args
    need(body.size * sum(v.size for v in values) <= 10 * MAX_SIZE, "a term is too large")
    return instantiate(body, values)


def abstract(node: Node, point: str, depth: int = 0) -> Node:
    """Turn the free index or number *point* of a closed node into the variable of a binder to be put around it."""
    if point not in node.names:
        return node
    if node.op in ("idx", "sym") and node.data == point and not node.args:
        return Node("bound" if node.op == "idx" else "#", depth)
    return _map(node, lambda a, d: abstract(a, point, d), depth)


def substitute(node: Node, by: Substitution, limit: int = MAX_SIZE) -> Node:
    """Replace free names simultaneously; nothing is captured, for replacements are closed.

    Operands are built before the node above them can be refused for its size, so each lowers the *limit* of the next.
    """
    if node.names.isdisjoint(by):
        return node
    need(limit > 0, "a term is too large")
    args: tuple[Node, ...] = ()
    for a in node.args:
        args += (substitute(a, by, limit - sum(b.size for b in args)),)
    op, data = node.op, node.data
    if op in ("sym", "idx", "dom") and data in by:
        return apply_abs(by[data], *args)  # type: ignore[arg-type]
    if op in ("card", "delta", "lam"):
        data = by.get(data, data)
    elif op == "def":
        data = (data[0], tuple(by.get(s, s) for s in data[1]))
    return Node(op, data, args)
