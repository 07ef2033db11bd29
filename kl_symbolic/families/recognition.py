"""A density that is written out, read as a distribution of a family: the theorem says that both are equal.

The logarithm of the density is expanded into statistics, their coefficients are compared with those of each family, and
SymPy solves for the parameters. What it proposes counts when the kernel has checked that the densities agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, final

import sympy
from sympy import S, oo

from .. import families, library
from ..kernel import CheckedTheorem, Refused
from ..kernel.statements import lt
from ..kernel.terms import Node
from ..language.errors import InvalidType, InvalidValue, NoClosedForm
from ..proving.calc import Draft
from ..proving.integrals import Points
from ..proving.tactics.facts import equal
from ..sympy_bridge import read_sympy, to_sympy
from .divergence import conditions
from .domains import end
from .facts import identities, inside, positive_gammas, same_by_logs, signs_of, tidied, within
from .family import Instance, Law, ParametricFamily
from .gammas import relations
from .products import plain_sums

__all__ = ["Recognized", "recognized"]

_VARIABLE = "x"
"""The name of the number in the theorem."""


@final
@dataclass(frozen=True, slots=True)
class Recognized:
    """A distribution of a family, and that its density is the given one.

    Parameters
    ----------
    law : Law
    theorem : CheckedTheorem
    """

    law: Law
    theorem: CheckedTheorem


def recognized(density: sympy.Expr, limits: tuple[sympy.Symbol, Any, Any]) -> Recognized:
    """Return the distribution of a family that has a density.

    Parameters
    ----------
    density : sympy.Expr
    limits : (x, low, high)
        The number, and between which ends the density is positive; ``(n, 0, oo)`` with an integer symbol is ℕ.

    Raises
    ------
    NoClosedForm
        When no family is found that has it.
    InvalidType
        When the density is not an expression, or the limits are not a symbol and two numbers.

    Examples
    --------
    >>> x = sympy.Symbol("x")
    >>> found = recognized(4 * x * sympy.exp(-2 * x), (x, 0, oo))
    >>> found.law
    Gamma(shape=2, rate=2)
    >>> from kl_symbolic.language.printer import statement
    >>> print(statement(found.theorem))
    x in (0, oo) ⊢ 4*x*exp(-(2*x)) = 2^2/Gamma(2)*x^(2 - 1)*exp(-(2*x))
    """
    if not isinstance(density, sympy.Expr) or len(limits) != 3 or not isinstance(limits[0], sympy.Symbol):
        raise InvalidType(f"expected a density and (x, low, high), got {density!r} and {limits!r}")
    given, low, high = limits
    x = sympy.Symbol(_VARIABLE, real=True)
    if any(s.name == _VARIABLE for s in density.free_symbols - {given}):
        raise InvalidValue(f"expected no parameter that is called {_VARIABLE}, got one in {density}")
    own = density.xreplace({given: x}).rewrite(sympy.gamma)
    ends = (sympy.sympify(low), sympy.sympify(high))
    terms = _statistics(sympy.log(own), x)
    for name in families.FAMILIES:
        family = families.named(name)
        if (family.domain == "nats") != bool(given.is_integer):
            continue
        for values in _solutions(family, terms, x, ends):
            try:
                law = family(**values)
                return Recognized(law, _certified(law, own, x))
            except (InvalidValue, InvalidType, Refused):
                continue
    raise NoClosedForm(f"no family is known to have the density {density} on ({low}, {high})")


def _log_gamma(argument: sympy.Expr) -> sympy.Expr:
    return sympy.log(sympy.gamma(argument))


def _statistics(logarithm: sympy.Expr, x: sympy.Symbol) -> dict[sympy.Expr, sympy.Expr]:
    """Return a logarithm as a combination of functions of x."""
    expanded = sympy.expand(sympy.expand_log(logarithm.replace(sympy.loggamma, _log_gamma), force=True))
    found: dict[sympy.Expr, sympy.Expr] = {}
    for term in sympy.Add.make_args(expanded):
        factor, statistic = term.as_independent(x, as_Add=False)
        found[statistic] = found.get(statistic, S.Zero) + factor
    return {s: c for s, c in found.items() if c != 0}


def _solutions(
    family: ParametricFamily, terms: Mapping[sympy.Expr, sympy.Expr], x: sympy.Symbol, ends: tuple[Any, Any]
) -> Iterator[dict[str, Any]]:
    """Yield the parameters for which a family has these statistics and ends, as SymPy proposes them."""
    symbols = {p.name: sympy.Dummy(p.name, real=True, positive=p.role != "real" or None) for p in family.parameters}
    named = Instance(family, {n: Node("sym", n) for n in symbols})
    plain = {**family.scope}

    def written(node: Node) -> Any:
        found = to_sympy(node, plain)
        back = {s: x if s.name == _VARIABLE else symbols[s.name] for s in found.free_symbols}
        return found.xreplace(back)

    wanted: list[Any] = []
    if family.domain != "nats":
        for side, given, none in ((True, ends[0], -oo), (False, ends[1], oo)):
            edge = end(named.domain, side)
            if (edge is None) != (given == none):
                return
            if edge is not None:
                wanted.append(written(edge) - given)
    statistics: dict[Any, Any] = {}
    for text, coefficient in family.log_density:
        for statistic, factor in _statistics(written(named.read(text, x=Node("sym", _VARIABLE))), x).items():
            statistics[statistic] = statistics.get(statistic, S.Zero) + factor * written(named.read(coefficient))
    left = {s: c for s, c in terms.items() if s != 1}
    known: dict[Any, Any] = {}
    for statistic, coefficient in sorted(statistics.items(), key=lambda item: len(item[0].free_symbols)):
        if statistic == 1:
            continue
        match = next((m for s in left if (m := _matched(statistic, s, symbols)) is not None), None)
        known |= {} if match is None else {symbols[n]: v for n, v in match[1].items()}
        wanted.append(coefficient - (left.pop(match[0]) if match is not None else 0))
    if left:
        return
    unknown = [s for s in symbols.values() if s not in known]
    equations = [w for e in wanted if (w := e.xreplace(known)) != 0]
    try:
        solved = sympy.solve(equations, unknown, dict=True) if equations else [{}]
    except NotImplementedError:
        return
    for solution in solved:
        values = {n: (known | solution).get(s) for n, s in symbols.items()}
        if all(v is not None and not v.has(*unknown) for v in values.values()):
            yield values


def _matched(statistic: Any, own: Any, symbols: Mapping[str, Any]) -> tuple[Any, dict[str, Any]] | None:
    """Return a statistic that is one of a family for some of its parameters, and what these are."""
    if statistic == own:
        return own, {}
    inner = {
        n: sympy.Wild(n, exclude=[sympy.Symbol(_VARIABLE, real=True)]) for n, s in symbols.items() if statistic.has(s)
    }
    if not inner:
        return None
    for name in inner:  # a parameter that is 1 is not seen in log(1 + x/scale)
        if statistic.xreplace({symbols[name]: S.One}) == own:
            return own, {name: S.One}
    found = own.match(statistic.xreplace({symbols[n]: w for n, w in inner.items()}))
    return None if not found else (own, {n: found[w] for n, w in inner.items()})


def _certified(law: Law, own: sympy.Expr, x: sympy.Symbol) -> CheckedTheorem:
    """Return the theorem that a density is that of a law."""
    read = read_sympy(own, *law.values)
    values = dict(zip((p.name for p in law.family.parameters), read.terms[1:], strict=True))
    instance = Instance(law.family, values)
    d = Draft("own_density", library.theorem)
    p = d.p
    p.declare(**{n: str(sort) for n, (_, sort) in read.scope.items()})
    for hypothesis in read.hypotheses:
        p.given(hypothesis)
    facts = conditions(d, [instance.read(c, "statement") for c in law.family.assumed])
    facts += signs_of(p, instance, facts)
    on = Points(p, instance.domain, x.name)
    p.given(on.member.statement)
    density = instance.density(on.x)
    signs = [*facts, *inside(on, facts), *within(on, density, facts)]
    if on.domain.op == "nats":
        signs.append(p.order(lt(0, on.x + 1), [(1, 1, on.inside[0]), (1, 1)]))
    signs += positive_gammas(p, [density, read.terms[0]], signs)
    short = tidied(p, density, on.x, signs)
    plain = density if short is None else short.right
    sums = plain_sums(on, read.terms[0], plain, signs)
    written = read.terms[0] if sums is None else sums.right
    equal_terms = identities(on, instance, signs)
    try:
        same = equal(p, written, plain, signs)
    except Refused:
        try:
            same = same_by_logs(p, written, plain, signs, (), equal_terms)
        except Refused:  # Γ has another argument, or a value
            same = same_by_logs(p, written, plain, signs, relations(p, plain, written, signs), equal_terms)
    same = p.trans(sums, same, None if short is None else p.symm(short))
    return library.check_text(d.certificate(d.show(same, "the logarithms of both sides agree")))
