"""SymPy as adviser: what it makes of a term, laid out as it stands in textbooks. Nothing here is trusted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import reduce
from importlib import import_module
from threading import get_ident
from typing import Any

import sympy

from ..kernel.errors import need
from ..kernel.syntax import Scope
from ..kernel.terms import Node, apply_abs, num
from ..language.chains import times
from ..language.rewriting import replace
from .reading import from_sympy
from .writing import to_sympy

__all__ = ["lay_out", "propose", "propose_antiderivative", "propose_limit"]


def propose(by: Callable[[Any], Any], term: Node, hypotheses: Sequence[Node], scope: Scope) -> Node:
    """Return what a SymPy function makes of a term, laid out as a term again.

    Parameters
    ----------
    by : callable
        Such as ``sympy.expand_log``; it gets and returns a SymPy expression.
    term : Node
        A closed number term.
    hypotheses : sequence of Node
        What they say of signs, SymPy gets as assumptions.
    scope : mapping of str to Signature

    Raises
    ------
    Refused
        When the term or the proposal has no counterpart on the other side.

    Examples
    --------
    >>> from kl_symbolic.language.parser import declare, parse
    >>> from kl_symbolic.language.printer import text
    >>> scope = declare({"p": "number", "k": "number", "n": "number"})
    >>> given = [parse("0 < p", "statement", scope)]
    >>> text(propose(sympy.expand_log, parse("log(p^k)/n", "number", scope), given, scope))
    'k/n*log(p)'
    """
    return lay_out(from_sympy(by(to_sympy(term, scope, hypotheses)), scope))


def propose_limit(term: Node, index: Node, limits: Sequence[Node], hypotheses: Sequence[Node], scope: Scope) -> Node:
    """Return what SymPy gives as the limit of a term in *index*, from known limits.

    SymPy has no sequences about which only a limit is known, so each known aₙ becomes a symbol that tends to its limit.

    Parameters
    ----------
    term : Node
        aₙ at the free index *index* over ℕ.
    index : Node
    limits : sequence of Node
        Statements aₙ → l.
    hypotheses : sequence of Node
        What they say of signs, SymPy gets as assumptions.
    scope : mapping of str to Signature

    Raises
    ------
    Refused
        When the term or the proposal has no counterpart on the other side.
    """
    # The placeholders are not declared in the proof: its certificate must not depend on what SymPy can do.
    wider: Scope = {**scope, **{f"limit{k}": ((), "number") for k in range(len(limits))}}
    placeholders = [Node("sym", f"limit{k}") for k in range(len(limits))]
    for limit, placeholder in zip(limits, placeholders, strict=True):
        term = replace(term, apply_abs(limit.args[0], index), placeholder)
    shown = to_sympy(term, wider, hypotheses)
    for limit, placeholder in zip(limits, placeholders, strict=True):
        shown = sympy.limit(shown, to_sympy(placeholder, wider), to_sympy(limit.args[1], wider, hypotheses))
    return lay_out(from_sympy(shown, scope))


_LARGEST_INTEGRAND = 48
"""The most nodes of an integrand."""
_STEPS = 100
"""How many integrands SymPy's rules of integration may look at for one: 90 are enough for all of the tests,
and for some integrands, such as x^5·exp(−x²)·log(x)³, they would look at more and more."""


def propose_antiderivative(term: Node, variable: str, hypotheses: Sequence[Node], scope: Scope) -> Node:
    """Return what SymPy gives as an antiderivative of a term, by its rules of integration.

    Where it distinguishes cases, such as x^(a − 1) for a ≠ 0 and for a = 0, it is that of the general one.

    Parameters
    ----------
    term : Node
    variable : str
        The name of a number.
    hypotheses : sequence of Node
        What they say of signs, SymPy gets as assumptions.
    scope : mapping of str to Signature

    Raises
    ------
    Refused
        When the term is too large, or it or the proposal has no counterpart on the other side.

    Examples
    --------
    >>> from kl_symbolic.language.parser import declare, parse
    >>> from kl_symbolic.language.printer import text
    >>> scope = declare({"a": "number", "x": "number"})
    >>> given = [parse("0 < x", "statement", scope)]
    >>> text(propose_antiderivative(parse("x^(a - 1)", "number", scope), "x", given, scope))
    'x^a/a'
    """
    need(term.size <= _LARGEST_INTEGRAND, "the integrand is too large to ask for an antiderivative", term=term)
    shown, x = (to_sympy(t, scope, hypotheses) for t in (term, Node("sym", variable)))
    found = _by_rules(shown, x).replace(sympy.Piecewise, _general_case).rewrite(sympy.Pow)
    return lay_out(from_sympy(found, scope))


def _by_rules(integrand: Any, x: Any) -> Any:
    """Return what SymPy's rules of integration give in a bounded number of steps.

    They call each other by the name of one function, which gives up for this thread when the steps are spent. That
    ends them in order, where an exception would leave their caches filled.
    """
    # The module is not among what SymPy loads by itself, and takes a while.
    rules: Any = import_module("sympy.integrals.manualintegrate")
    plain, thread, left = rules.integral_steps, get_ident(), _STEPS

    def bounded(integrand: Any, symbol: Any, **options: Any) -> Any:
        nonlocal left
        if get_ident() == thread:
            left -= 1
            if left < 0:
                return rules.DontKnowRule(integrand, symbol)
        return plain(integrand, symbol, **options)

    rules.integral_steps = bounded
    try:
        return rules.manualintegrate(integrand, x)
    finally:
        rules.integral_steps = plain


def _general_case(*pieces: Any) -> Any:
    return next((value for value, condition in pieces if not isinstance(condition, sympy.Eq)), pieces[-1][0])


_BEHIND = ("log", "xlogy", "def", "sum", "prod")
"""Operators of the factors that are written behind the fraction that multiplies them."""


def lay_out(term: Node) -> Node:
    """Return a term with the fraction before a logarithm or a sum: k/n·log p and not k·log p/n.

    Parameters
    ----------
    term : Node

    Examples
    --------
    >>> from kl_symbolic.language.parser import declare, parse
    >>> from kl_symbolic.language.printer import text
    >>> scope = declare({"p": "number", "k": "number"})
    >>> text(lay_out(parse("3*log(p)/2 - k*p/2", "number", scope)))
    '3/2*log(p) - k*p/2'
    >>> text(lay_out(parse("-((k - p)*log(p)/2)", "number", scope)))
    '(p - k)/2*log(p)'
    """
    args = tuple(lay_out(a) if a.op not in ("bound", "idx") else a for a in term.args)
    node = term if args == term.args else Node(term.op, term.data, args)
    if node.op == "neg":
        return _turned(node.args[0]) or node
    if node.op != "/":
        return node
    above, below = _factors(node.args[0]), _factors(node.args[1])
    behind = [f for f in above if _is_behind(f)]
    if not behind or any(map(_is_behind, below)):
        return node
    front = [f for f in above if not _is_behind(f)]
    values = [reduce(lambda a, b: a * b, (f.data for f in fs if f.op == "num"), Fraction(1)) for fs in (front, below)]
    # A rational coefficient is one literal, 3/2·p·log q; before a sum in parentheses it stays below: (p + q)/2·log q.
    literal = all(f.op == "num" for f in below) and all(f.op not in ("+", "-") for f in front)
    over, under = (values[0] / values[1], None) if literal else (values[0], _times(values[1], below))
    fraction = _times(over, front) if under is None else _times(over, front) / under
    return times([fraction, *behind])


def _is_behind(factor: Node) -> bool:
    return factor.op in _BEHIND or (factor.op in ("+", "-") and any(map(_is_behind, factor.args)))


def _turned(term: Node) -> Node | None:
    """Return −term for a product with a difference a − b among its factors, as the product with b − a."""
    if term.op == "-":
        return Node("-", None, term.args[::-1])
    if term.op not in ("*", "/"):
        return None
    first = _turned(term.args[0])
    if first is not None:
        return Node(term.op, None, (first, term.args[1]))
    second = _turned(term.args[1]) if term.op == "*" else None
    return None if second is None else Node("*", None, (term.args[0], second))


def _factors(term: Node) -> list[Node]:
    return [f for a in term.args for f in _factors(a)] if term.op == "*" else [term]


def _times(literal: Fraction, factors: Sequence[Node]) -> Node:
    """Return a product that starts with a literal, unless that is 1."""
    nodes = [f for f in factors if f.op != "num"]
    return times(nodes if nodes and literal == 1 else [num(literal), *nodes])
