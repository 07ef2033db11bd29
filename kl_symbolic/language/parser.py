"""The parser of the statement language: text → terms and statements, with every sort checked.

:func:`kl_symbolic.language.printer.text` writes the language::

    forall i in X: 0 < p[i] => log(p[i]) <= p[i] - 1
    kl(p, q) = sum(i in X: rel_entr(p[i], q[i]))
    H(X|Y) <= H(X)
    lim(n: N_h[n]/n) -> p1
    int(x in (0, oo): exp(-x)) = 1
    forall x in D: deriv(y: f(y), x) = g(x)

A literal is an integer or a fraction in lowest terms such as ``7/10``; p[i] is an indexed symbol, f(t) an index
function or a function of a number, and an operand that is a function is written ``i in X: p[i]`` or just ``p``.
Domains are ``(a, b)``, ``(a, oo)``, ``(-oo, b)``, ``reals``, ``nats`` and declared names; ``forall x in D: ...`` is
about every number x with ``x in D``, and ``forall x in number: ...`` about every number. Nothing is evaluated.

``H(X, Y|Z)`` and ``I(X; Y|Z)`` are about the one declared family ``r: X, Y, Z, … -> number`` that has these sets, and
``D(p||q)`` about two families; they are read as the terms that they stand for, unless H, I or D is declared. Sums
and products of many operands become trees of small depth, as :mod:`kl_symbolic.language.chains` says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from math import gcd
from typing import final

from ..kernel import Refused
from ..kernel.definitions import DEFINITIONS
from ..kernel.errors import need
from ..kernel.syntax import MAX_DIGITS, RESERVED, SPACES, Scope, known_set, read_scope
from ..kernel.terms import MAX_DEPTH, MAX_SIZE, NAT, REAL, RELATIONS, UNARY, Node, bound, lam, num
from .chains import ADDITIVE, chain, times
from .entropies import divergence, entropy, information
from .rewriting import bound_variables

__all__ = ["declare", "parse", "place"]

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}\Z")
_TOKEN = re.compile(r"\s*([0-9]+|[A-Za-z_][A-Za-z0-9_]*|<=>|=>|->|<=|>=|!=|\|\||[-+*/^()\[\],:;=<>|]|\Z)")
_MAX_LENGTH = 100_000
"""Characters of one text: far above what anyone writes, and read in well under a second."""
_MAX_NESTING = MAX_DEPTH
"""How deep text may nest: as deep as a term. Parentheses, functions, signs and ⇒ are one level, and binders and defined
symbols two, so that a level is at most six calls, and the reader never meets the limit of Python's own stack."""
_AROUND = 60
"""Characters that a message shows before and after the place of an error, so that it fits on a screen."""
_LISTS = "kl.entropy([...]) and the like in Python, or the sum written out"
"""The way to measures of written distributions."""
_NOTATION = ("H", "I", "D")
"""Entropy, mutual information and divergence."""
_FLIPPED = {">": "<", ">=": "<="}
"""``a > b`` is read as ``b < a``: the kernel has one order."""
_TRUTH = {*RELATIONS, "->", "=>", "<=>", ">", ">="}


def declare(names: Mapping[str, str]) -> Scope:
    """Return the scope of declared names.

    Parameters
    ----------
    names : mapping of str to str
        Signatures: ``set``, ``number``, an index set, ``X, Y -> number`` and the like, ``number -> number``, ``domain``
        (any space with an integral) or ``interval``.

    Examples
    --------
    >>> declare({"p": "X -> number", "X": "set"})
    {'X': ((), 'set'), 'p': (('X',), 'number')}
    """
    return read_scope(dict(sorted(names.items())))


def parse(source: str, sort: str, scope: Scope, over: tuple[str, ...] = ()) -> Node:
    """Read a term.

    Parameters
    ----------
    source : str
    sort : str
        ``number``, ``statement``, ``domain``, ``interval``, or the index set of an index.
    scope : mapping of str to Signature
        From :func:`declare`.
    over : tuple of str
        Read an abstraction over these sets.

    Raises
    ------
    Refused
        When the text is not a well-sorted term of that sort.

    Examples
    --------
    >>> from kl_symbolic.language.printer import text
    >>> text(parse("log( x*y )", "number", declare({"x": "number", "y": "number"})))
    'log(x*y)'
    """
    need(isinstance(source, str), f"expected the text of a {sort}", got=source)
    need(len(source) <= _MAX_LENGTH, f"the text has {len(source)} characters; at most {_MAX_LENGTH} are read")
    reader = _Reader(source, scope)
    try:
        reader.tokenize()
        node = reader.abstraction(over, sort)
        need(reader.peek() == "", "the text goes on after the term")
    except Refused as refusal:
        raise Refused(refusal.reason, {**refusal.parts, "at": place(source, reader.starts[reader.at])}) from None
    return node


def place(source: str, position: int) -> str:
    """Return the number of a line and a column, the line, and a caret below the character at a position.

    Of a long line only the surroundings are shown. A tab or another character that moves the cursor is shown as a
    space, so that the caret stands where it belongs.

    Parameters
    ----------
    source : str
    position : int
        The number of characters before it.

    Examples
    --------
    >>> print(place("log x", 4))
    line 1, column 5
        log x
            ^
    """
    start = source.rfind("\n", 0, position) + 1
    end = source.find("\n", position)
    line, column = source[start : len(source) if end < 0 else end], position - start
    first = max(0, column - _AROUND)
    before, after = "..." if first else "", "..." if len(line) > column + _AROUND else ""
    shown = "".join(c if c.isprintable() else " " for c in line[first : column + _AROUND])
    caret = " " * (len(before) + column - first) + "^"
    number = source.count("\n", 0, start) + 1
    return f"line {number}, column {column + 1}\n    {before}{shown}{after}\n    {caret}"


@final
class _Reader:
    """A recursive-descent parser over one text."""

    def __init__(self, source: str, scope: Scope) -> None:
        self.source, self.scope, self.at, self.found = source, scope, 0, ""
        self.tokens: list[str] = []
        self.starts: list[int] = []
        self.stack: list[tuple[str, str]] = []
        self.applied: tuple[int, tuple[str, ...]] = (0, ())
        self.groups: frozenset[int] = frozenset()
        self.nesting = 0

    def tokenize(self) -> None:
        """Split the text into tokens; the last one is empty."""
        place = 0
        while not self.tokens or self.tokens[-1]:
            found = _TOKEN.match(self.source, place)
            if not found:
                self.at = len(self.starts)
                self.starts.append(place + len(self.source[place:]) - len(self.source[place:].lstrip()))
                raise Refused("unexpected character", {"got": self.source[self.starts[-1]]})
            self.tokens.append(found[1])
            self.starts.append(found.start(1))
            place = found.end()
        self.groups = _statement_groups(self.tokens)

    def peek(self, ahead: int = 0) -> str:
        return self.tokens[min(self.at + ahead, len(self.tokens) - 1)]

    def take(self, *wanted: str) -> str:
        token = self.peek()
        fits = token != "" and (not wanted or token in wanted)
        need(fits, f"expected {' or '.join(wanted) or 'more'}", got=token or "the end")
        self.at += 1
        return token

    def deeper(self, by: int = 1) -> None:
        """Enter so many levels, or refuse; leave them by a negative number."""
        self.nesting += by
        need(self.nesting <= _MAX_NESTING, "the text is nested too deeply", allowed=_MAX_NESTING)

    def check(self, start: int, condition: object, reason: str, **parts: object) -> None:
        """Refuse, with the caret at the token *start*, unless a condition holds."""
        if not condition:
            self.at = start
            raise Refused(reason, parts)

    def take_set(self, *more: str) -> str:
        """Take the name of a declared index set, or of one of *more*."""
        start, name = self.at, self.take()
        try:
            return known_set(name, self.scope, more)
        except Refused:
            self.at = start
            raise

    def take_variable(self) -> str:
        """Take the name of a variable to be bound."""
        start, name = self.at, self.take()
        fits = _NAME.match(name) and name not in RESERVED
        self.check(start, fits, "expected the name of a bound variable", got=name)
        return name

    def read(self, sort: str) -> Node:
        if sort == "statement":
            return self.statement()
        if sort == "number":
            return self.sum()
        if sort in SPACES:
            return self.domain(sort)
        start = self.at
        node, self.found = self.index()
        shown = self.source[self.starts[start] : self.starts[self.at]].rstrip()
        self.check(
            start, sort in ("", self.found), f"expected an index in {sort}, got one in {self.found}", index=shown
        )
        return node

    # statements

    def statement(self) -> Node:
        left = self.implication()
        return Node("<=>", None, (left, self.implication())) if self.peek() == "<=>" and self.take() else left

    def implication(self) -> Node:
        left = self.atomic()
        if self.peek() != "=>":
            return left
        self.take()
        self.deeper()
        right = self.implication()
        self.deeper(-1)
        return Node("=>", None, (left, right))

    def atomic(self) -> Node:
        if self.peek() == "forall":
            return self.universal()
        if self.peek() == "lim":
            sequence = self.group(lambda: self.bind(self.take_variable(), NAT, "number"))
            self.take("->")
            return Node("->", None, (sequence, self.sum()))
        if self.peek() in ("int", "deriv"):
            return self.integral() if self.peek() == "int" else self.slope()
        if self.peek() == "(" and self.at in self.groups:
            self.take()
            self.deeper()
            inside = self.statement()
            self.deeper(-1)
            self.take(")")
            return inside
        left = self.sum()
        if self.peek() == "in":
            self.take()
            return Node("in", None, (left, self.domain("domain")))
        relation = self.take(*RELATIONS, *_FLIPPED)
        right = self.sum()
        if relation in _FLIPPED:
            return Node(_FLIPPED[relation], None, (right, left))
        return Node(relation, None, (left, right))

    def universal(self) -> Node:
        """Read ``forall i in X: ...``, over a set, ℕ, every number, or every number of a domain."""
        self.take()
        name = self.take_variable()
        self.take("in")
        if not self.at_domain():
            return Node("all", None, (self.bind(name, self.take_set(NAT, REAL), "statement"),))
        self.stack.append(("", REAL))  # no name, for the domain is read outside
        condition = Node("in", None, (Node("#", 0), self.domain("domain")))
        self.stack.pop()
        over = self.bind(name, REAL, "statement")
        return Node("all", None, (lam((REAL,), Node("=>", None, (condition, *over.args))),))

    def integral(self) -> Node:
        self.take()
        self.take("(")
        name = self.take_variable()
        self.take("in")
        domain = self.domain("domain")
        body = self.bind(name, REAL, "number")
        self.take(")")
        self.take("=")
        return Node("int", None, (domain, body, self.sum()))

    def slope(self) -> Node:
        self.take()
        self.take("(")
        body = self.bind(self.take_variable(), REAL, "number")
        self.take(",")
        at = self.sum()
        self.take(")")
        self.take("=")
        return Node("deriv", None, (body, at, self.sum()))

    # domains

    def at_domain(self) -> bool:
        """Whether what follows ``in`` is a domain, and not the name of a set."""
        head = self.peek()
        return head in ("(", "reals", "nats") or self.scope.get(head, ((), ""))[1] in SPACES["domain"]

    def domain(self, sort: str) -> Node:
        """Read a domain, or an interval."""
        start, head = self.at, self.peek()
        if head == "(":
            self.take()
            self.deeper()
            node = self.interval()
            self.deeper(-1)
            self.take(")")
            return node
        declared = self.scope.get(head, ((), ""))[1] in SPACES[sort] and not self.is_bound(head)
        fits = declared or head == "reals" or (head == "nats" and sort == "domain")
        kinds = "(a, b), (a, oo), (-oo, b), reals" + ", nats" * (sort == "domain")
        self.check(start, fits, f"expected {kinds} or the name of a declared {sort}", got=head or "the end")
        return Node("dom", self.take()) if declared else Node(self.take())

    def interval(self) -> Node:
        low = None if self.peek() == "-" and self.peek(1) == "oo" else self.sum()
        if low is None:
            self.take("-")
            self.take("oo")
        self.take(",")
        high = None if self.peek() == "oo" else self.sum()
        if high is None:
            self.take("oo")
        ends = tuple(end for end in (low, high) if end is not None)
        return Node("reals" if not ends else "open" if len(ends) > 1 else "above" if low else "below", None, ends)

    # binders

    def group(self, inside: Callable[[], Node]) -> Node:
        self.take()
        self.take("(")
        node = inside()
        self.take(")")
        return node

    def binder(self) -> Node:
        name = self.take_variable()
        self.take("in")
        return self.bind(name, self.take_set(), "number")

    def bind(self, name: str, index_set: str, sort: str, over: tuple[str, ...] = ()) -> Node:
        self.take(":")
        self.stack.append((name, index_set))
        self.deeper(2)
        body = self.abstraction(over, sort) if over or sort != "statement" else self.implication()
        self.deeper(-2)
        self.stack.pop()
        return lam((index_set,), body)

    def abstraction(self, over: tuple[str, ...], sort: str) -> Node:
        """Read ``i in X: body`` for each set, or the bare name of a symbol or function over just these sets."""
        if not over:
            return self.read(sort)
        if self.peek(1) != "in":
            fits = self.scope.get(self.peek()) == (over, sort) and not self.is_bound(self.peek())
            kind = "numbers as values" if sort == "number" else f"values in {sort}"
            need(fits, f"expected a function of {', '.join(over)} with {kind}", got=self.peek() or "the end")
            arguments = bound_variables(over)
            return lam(over, Node("sym" if sort == "number" else "idx", self.take(), arguments))
        start, name = self.at, self.take_variable()
        self.take("in")
        self.check(start, self.take_set(NAT, REAL) == over[0], f"expected a variable bound over {over[0]}", got=name)
        return self.bind(name, over[0], sort, over[1:])

    # numbers

    def sum(self) -> Node:
        parts = [("+", self.product())]
        size = parts[0][1].size
        while self.peek() in ADDITIVE:
            parts.append((self.take(), self.product()))
            size = self.longer(size, parts[-1][1])
        return chain(parts)

    def longer(self, size: int, operand: Node) -> int:
        """Return the size of a chain with one operand more, or refuse before the rest is read."""
        size += 1 + operand.size
        need(size <= MAX_SIZE, "a term is too large", size=size)
        return size

    def product(self) -> Node:
        start = self.peek()
        node = self.signed()
        bare = node.op == "num" and start != "("
        factors, size = [node], node.size
        while self.peek() in ("*", "/"):
            op, literal = self.take(), self.peek().isdigit()
            right = self.signed()
            size = self.longer(size, right)
            ratio = op == "/" and bare and literal and right.op == "num" and right.data > 1
            if ratio and gcd(int(node.data), int(right.data)) == 1:
                factors = [num(Fraction(node.data, right.data))]
            elif op == "/":
                factors = [Node(op, None, (times(factors), right))]
            else:
                factors.append(right)
            bare = False
        return times(factors)

    def signed(self) -> Node:
        if self.peek() != "-":
            return self.power()
        self.take()
        literal = self.peek().isdigit() and self.peek(1) != "^"
        self.deeper()
        inside = self.signed()
        self.deeper(-1)
        return num(-inside.data) if literal else Node("neg", None, (inside,))

    def power(self) -> Node:
        base = self.atom()
        if self.peek() != "^":
            return base
        self.take()
        node = Node("^", None, (base, self.atom()))
        need(self.peek() != "^", "expected parentheses around one of two powers", write="x^(y^z) or (x^y)^z")
        return node

    def atom(self) -> Node:
        start, head = self.at, self.peek()
        if head == "(":
            self.take()
            self.deeper()
            inside = self.sum()
            self.deeper(-1)
            self.take(")")
            return inside
        if head.isdigit():
            need(len(head) <= MAX_DIGITS, f"an integer has {len(head)} digits; at most {MAX_DIGITS} are read")
            need(head == "0" or head[0] != "0", "expected an integer without leading zeros", got=head[:40])
            number, after = num(int(self.take())), self.peek()
            factor = after == "(" or (_NAME.match(after) and after not in ("in", "and", "or"))
            need(not factor, "expected an operator after a number", got=after, write=f"{head[:40]}*{after}")
            return number
        if head in _NOTATION and self.peek(1) == "(" and head not in self.scope and not self.is_bound(head):
            return self.notation()
        if head in ("sum", "prod"):
            return Node(head, None, (self.group(self.binder),))
        if head == "card":
            return self.group(lambda: Node("card", self.take_set()))
        if head in (*UNARY[1:], "xlogy", "delta") or head in DEFINITIONS:
            return self.call(self.take())
        need(head != "-", "expected a number, in parentheses if it is negative", got=head)
        need(head != "oo", "there are real numbers only; oo can stand as the end of an interval, or leave a bound away")
        over, values = self.scope.get(head, ((), ""))
        if head == "pi" and not over and not self.is_bound(head):
            return Node(self.take())
        if values == "number" and not self.is_bound(head):
            if over and over == self.applied[1] and self.peek(1) != "[":
                outside = len(self.stack) - self.applied[0]
                return Node("sym", self.take(), tuple(bound(outside - 1 - k, s) for k, s in enumerate(over)))
            return Node("sym", self.take(), self.indices(over, *("()" if REAL in over else "[]")))
        node, found = self.index()
        if found == REAL:
            return node
        self.check(start, found == NAT, "expected a number, got an index", got=head)
        return Node("nat", None, (node,))

    def notation(self) -> Node:
        """Read ``H(X, Y|Z)``, ``I(X; Y|Z)`` or ``D(p||q)``."""
        head = self.take()
        self.take("(")
        self.deeper(2)
        node = self.divergence() if head == "D" else self.entropies(head)
        self.deeper(-2)
        self.take(")")
        return node

    def divergence(self) -> Node:
        sides = []
        sets: tuple[str, ...] = ()
        for k in (0, 1):
            start, over, tokens = self.at, tuple[str, ...](), self.operand_tokens()
            while self.peek(4 * len(over) + 1) == "in":
                over = (*over, self.peek(4 * len(over) + 2))
            families = (
                self.scope[t][0] for t in tokens if t in self.scope and self.is_family(t, len(self.scope[t][0]))
            )
            pointwise = not over and len(tokens) > 1
            over = over or next(families, ())
            self.check(start, over, "expected a function of an index", got=self.peek() or "the end")
            self.check(start, k == 0 or over == sets, f"expected a function of {', '.join(sets)}", got=self.peek())
            sets = over
            named = dict.fromkeys(over, "")
            sides.append(self.pointwise([*over], "number", named) if pointwise else self.abstraction(over, "number"))
            if k == 0:
                self.take("||")
        return divergence(sets, *sides)

    def entropies(self, head: str) -> Node:
        start, seen = self.at, dict[str, int]()
        groups = [self.variables(seen)]
        if head == "I":
            self.take(";")
            groups.append(self.variables(seen))
        given = self.variables(seen) if self.peek() == "|" and self.take() else ()
        family, over = self.family(start, tuple(seen))
        if head == "H":
            return entropy(family, over, groups[0], given)
        return information(family, over, groups[0], groups[1], given)

    def variables(self, seen: dict[str, int]) -> tuple[str, ...]:
        """Read names of sets, each of which stands for a variable."""
        found: list[str] = []
        while not found or (self.peek() == "," and self.take()):
            start, name = self.at, self.take()
            hint = "names={'X': 'set', 'Y': 'set', 'r': 'X, Y -> number'}"
            fits = self.scope.get(name) == ((), "set")
            self.check(start, fits, "expected a variable: an index set of a declared family", got=name, declare=hint)
            self.check(start, name not in seen, "this variable stands here already", got=name)
            seen[name] = start
            found.append(name)
        return tuple(found)

    def family(self, start: int, variables: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
        """Return the declared family that has all of some sets, once each, and its sets."""
        fits = {
            name: over
            for name, (over, values) in self.scope.items()
            if values == "number" and {*variables} <= {*over} and len({*over}) == len(over)
        }
        joint = {name: over for name, over in fits.items() if len(over) > 1} or fits
        wanted = ", ".join(variables)
        twice = next((n for n, (over, _) in self.scope.items() if {*variables} <= {*over}), None) if not fits else None
        self.check(start, twice is None, "each variable needs an index set of its own", got=twice)
        hint = f"names={{..., 'r': '{wanted} -> number'}}"
        self.check(start, joint, f"expected a declared family of numbers over {wanted}, and others", declare=hint)
        self.check(start, len(joint) == 1, "this is about one joint family, and several are declared", got=tuple(joint))
        return next(iter(joint.items()))

    def is_bound(self, name: str) -> bool:
        """Whether a binder around has taken the name."""
        return any(name == taken for taken, _ in self.stack)

    def indices(self, over: tuple[str, ...], opening: str, closing: str) -> tuple[Node, ...]:
        if not over:
            return ()
        nodes = []
        self.deeper()
        for k, index_set in enumerate(over):
            self.take("," if k else opening)
            nodes.append(self.read(index_set))
        self.deeper(-1)
        self.take(closing)
        return tuple(nodes)

    def index(self) -> tuple[Node, str]:
        start, name = self.at, self.take()
        for k, (bound_name, index_set) in enumerate(reversed(self.stack)):
            if bound_name == name:
                return bound(k, index_set), index_set
        over, found = self.scope.get(name, ((), "number"))
        fits = found != REAL and found not in SPACES
        self.check(start, fits, "this name is not declared, or not where it can stand", got=name)
        return Node("idx", name, self.indices(over, "(", ")")), found

    def call(self, name: str) -> Node:
        levels = 2 if name in DEFINITIONS else 1
        argument = self.peek() if self.peek().isalnum() else "..."
        need(self.peek() == "(", "expected (", got=self.peek() or "the end", write=f"{name}({argument})")
        self.take("(")
        self.deeper(levels)
        if name == "delta":
            start = self.at
            left, over = self.index()
            self.check(start, over != NAT, "delta is for finite index sets", got=left)
            self.take(",")
            node = Node("delta", over, (left, self.read(over)))
        elif name in DEFINITIONS:
            node = self.defined(name)
        else:
            args = [self.sum()]
            while name == "xlogy" and len(args) < 2 and self.take(","):
                args.append(self.sum())
            node = Node(name, None, tuple(args))
        self.deeper(-levels)
        self.take(")")
        return node

    def defined(self, name: str) -> Node:
        sets: dict[str, str] = {}
        args: list[Node] = []
        for formal, shown in DEFINITIONS[name][0].items():
            if shown == "set":
                sets[formal] = ""
                continue
            if args:
                self.take(",")
            over, _, values = shown.rpartition(" -> ")
            args.append(self.operand(over, values, sets))
        return Node("def", (name, tuple(sets.values())), tuple(args))

    def operand(self, over: str, values: str, sets: dict[str, str]) -> Node:
        """Read an operand of a defined symbol and learn from it which index sets are meant."""
        start = self.at
        if not over and values == "number":
            return self.sum()
        if not over:
            node, found = self.index()
            learned = [(values, found)]
        else:
            # A bare name says itself what it is a function of; otherwise its variable does.
            need(self.peek() != "[", "expected a function, not a list of numbers", write=_LISTS)
            formals, bare = over.split(", "), self.peek(1) != "in"
            if bare and self.peek(1) not in (",", ")", "||"):
                return self.pointwise(formals, values, sets)
            written = tuple(self.peek(4 * k + 2) for k in range(len(formals)))
            actual_over, found = self.scope.get(self.peek(), ((), "")) if bare else (written, "")
            fits = len(actual_over) == len(formals) and (found != "number" or values == "number")
            count = "one index" if len(formals) == 1 else f"{len(formals)} indices"
            need(fits, f"expected a function of {count} in {over}", got=self.peek() or "the end")
            node = self.abstraction(actual_over, "number" if values == "number" else found)
            result = [] if values == "number" else [(values, found or self.found)]
            learned = [*zip(formals, actual_over, strict=True), *result]
        for formal, actual in learned:
            fits = sets[formal] in ("", actual) and actual != NAT
            self.check(start, fits, f"expected the set {sets[formal]}", got=actual)
            sets[formal] = actual
        return node

    def pointwise(self, formals: list[str], values: str, sets: dict[str, str]) -> Node:
        """Read an operand such as ``(p + q)/2``, in which families stand for their values."""
        start = self.at
        family = next((self.scope[t][0] for t in self.operand_tokens() if self.is_family(t, len(formals))), ())
        fits = family and values == "number"
        shown = ", ".join(f"{i} in {s}" for i, s in zip("ijk", family or formals, strict=False))
        self.check(start, fits, "expected a function of an index", got=self.peek(), write=f"{shown}: ...")
        for formal, actual in zip(formals, family, strict=True):
            self.check(start, sets[formal] in ("", actual), f"expected the set {sets[formal]}", got=actual)
            sets[formal] = actual
        before, self.applied = self.applied, (len(self.stack), family)
        self.stack += [("", over) for over in family]  # no names, for the text has none
        body = self.sum()
        del self.stack[-len(family) :]
        self.applied = before
        return lam(family, body)

    def operand_tokens(self) -> list[str]:
        """Return the tokens up to the end of the operand."""
        depth, found = 0, list[str]()
        for token in self.tokens[self.at :]:
            depth += (token in ("(", "[")) - (token in (")", "]"))
            if depth < 0 or (depth == 0 and token in (",", "||")):
                break
            found.append(token)
        return found

    def is_family(self, name: str, count: int = 0) -> bool:
        """Whether a name is that of a declared family of numbers over so many index sets, or over any."""
        over, values = self.scope.get(name, ((), ""))
        fits = values == "number" and len(over) == (count or len(over)) > 0 and not {NAT, REAL} & {*over}
        return fits and not self.is_bound(name)


def _statement_groups(tokens: list[str]) -> frozenset[int]:
    """Return where the parentheses open that hold a statement and not a number: those around a sign such as <=.

    The word ``in`` is such a sign too, but not in the parentheses of an operator such as Σ, where a variable is bound.
    """
    found: set[int] = set()
    around: list[int] = []
    for k, token in enumerate(tokens):
        if token == "(":
            around.append(k)
        elif token in _TRUTH or (token == "in" and around and not tokens[around[-1] - 1][:1].isalpha()):
            found.update(around[-1:])
        elif token == ")" and around and around.pop() in found:
            found.update(around[-1:])  # what holds a group with a statement holds a statement
    return frozenset(found)
