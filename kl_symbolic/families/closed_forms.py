"""From two distributions to the theorem about their divergence, or the theorems that it is infinite."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, final

import sympy

from .. import library
from ..kernel import CheckedTheorem, Refused
from ..kernel.terms import REAL, Node
from ..language.errors import InvalidValue, NoClosedForm
from ..proving.calc import Draft
from ..sympy_bridge import read_sympy, statement_to_sympy, to_sympy
from . import divergent, infinite
from .divergence import Infinite, Measure, NoMean, measured, opposite
from .domains import OutsideDomain
from .family import Instance, Law, ParametricFamily, snake
from .formula_family import FormulaLaw
from .kernel_forms import kernel_form
from .reading import holds
from .special import log_rest
from .values import closed_value

if TYPE_CHECKING:
    from ..proving.builder import Fact
    from ..sympy_bridge.reading import Imported

__all__ = ["Proved", "proved", "proved_by_cases"]

_CONSTANTS = ("z", "w", "c", "k", "m", "zp", "zq")
"""Names for numbers that are defined by an integral; the first ones that no parameter has."""

_VARIABLES = ("x", "y", "z", "u", "v", "w", "x0")
"""Names for the number over which is integrated; the first that no parameter has."""


@final
@dataclass(frozen=True, slots=True)
class Proved:
    """A closed form that the kernel checked.

    Parameters
    ----------
    expression : sympy.Expr
        ``oo`` for an infinite divergence.
    conditions : tuple of sympy Boolean
        What must hold of the symbols, where their assumptions do not tell it.
    theorems : tuple of CheckedTheorem
        The theorem; of an infinite divergence all that carry the verdict.
    reason : str
        Why it is infinite.
    """

    expression: sympy.Expr
    conditions: tuple[sympy.Basic, ...]
    theorems: tuple[CheckedTheorem, ...]
    reason: str = ""


@final
class _Pair:
    """Two distributions as terms over the same names.

    Parameters
    ----------
    P, Q : Law or FormulaLaw
    further : bool
        Whether P has means beyond those of the shipped theorems about its family.
    """

    def __init__(self, P: Law | FormulaLaw, Q: Law | FormulaLaw, further: bool = False) -> None:
        forms = [_written(P, further), _written(Q)]
        values = [v for form in forms for v in form.values.values()]
        symbols = {s for v in values for s in v.free_symbols}
        self.users: dict[str, sympy.Expr] = {s.name: s for s in symbols}
        if len(self.users) < len(symbols):
            raise InvalidValue("two different symbols of the parameters have one name")
        real = {s: sympy.Symbol(s.name, real=True) for s in symbols if s.is_extended_real is None}
        self.read: Imported = read_sympy(*(v.xreplace(real) for v in values))
        self.variable = next(v for v in _VARIABLES if v not in self.read.scope)
        free = (c for c in _CONSTANTS if c not in self.read.scope and c != self.variable)
        terms = iter(self.read.terms)
        self.constants: list[str] = []
        laws = []
        for form in forms:
            given = dict(zip(form.values, terms, strict=False))
            for parameter, value in form.constants.items():
                name = next(free)
                self.constants.append(name)
                self.users[name] = value
                given[parameter] = Node("sym", name)
            laws.append(Instance(form.family, given))
        self.P, self.Q = laws
        self.conditions = tuple(c for form in forms for c in form.conditions)
        first, last = P.family.name, Q.family.name
        self.name = f"kl_{snake(first)}" if first == last else f"kl_{snake(first)}_{snake(last)}"

    def certified(self, name: str, write: Callable[[Draft], Fact], given: Sequence[Node] = ()) -> CheckedTheorem:
        """Return the theorem of a derivation that gets the declared names.

        Parameters
        ----------
        name : str
        write : callable
        given : sequence of Node
            Further hypotheses.
        """
        d = Draft(name, library.theorem)
        d.p.declare(
            **{n: str(values) for n, (_, values) in self.read.scope.items()}, **dict.fromkeys(self.constants, REAL)
        )
        for hypothesis in (*self.read.hypotheses, *given):
            d.p.given(hypothesis)
        fact = write(d)
        for definition in (h for h in d.p.hypotheses if h.op == "int"):
            # Also where a named number is only carried along, the theorem says what it is.
            fact = fact if definition in fact.sequent.hypotheses else d.p.weaken(definition, fact)
        return library.check_text(d.certificate(fact))

    def sympy(self, node: Node, theorem: CheckedTheorem) -> Any:
        """Return a term or a statement in the symbols of the user.

        Parameters
        ----------
        node : Node
        theorem : CheckedTheorem
        """
        if node.is_number:
            found = to_sympy(node, theorem.scope, theorem.hypotheses)
        else:
            found = statement_to_sympy(node, theorem.scope)
        return found.xreplace({s: self.users[s.name] for s in found.free_symbols if s.name in self.users})

    def proved(self, expression: Any, *theorems: CheckedTheorem, reason: str = "") -> Proved:
        """Return the record of theorems with the conditions that they need.

        Parameters
        ----------
        expression : sympy.Expr
        *theorems : CheckedTheorem
        reason : str
        """
        claims = [
            self.sympy(h, t)
            for t in theorems
            for h in t.hypotheses
            if h.op != "int" and h.names <= self.read.scope.keys()
        ]
        found = dict.fromkeys(c for c in (*self.conditions, *claims) if c != sympy.true)
        return Proved(expression, tuple(found), theorems, reason)

    def below(self, left: Node, right: Node) -> bool:
        """Return whether a number is known to be less than another one.

        Parameters
        ----------
        left, right : Node
        """
        low, high = (to_sympy(t, self.read.scope, self.read.hypotheses) for t in (left, right))
        return holds(high - low, strict=True) is True


@dataclass(frozen=True, slots=True)
class _Written:
    """The density of a law in the statement language: its family, its parameters, and those that have a definition."""

    family: ParametricFamily
    values: Mapping[str, sympy.Expr]
    constants: Mapping[str, sympy.Expr]
    conditions: tuple[sympy.Basic, ...] = ()


def _written(law: Law | FormulaLaw, further: bool = False) -> _Written:
    if isinstance(law, Law) and not further:
        return _Written(law.family, dict(zip((p.name for p in law.family.parameters), law.values, strict=True)), {})
    form = kernel_form(law)
    if form is None:
        raise NoMean(f"there are no theorems about {law.family.name}", {"distribution": str(law)})
    names = {p.name for p in law.family.parameters}
    # The conditions of the density are about its own parameters, such as log(p/(1 − p)).
    return _Written(form[0].family, form[1], form[2], () if form[1].keys() <= names else law.open_conditions)


def proved(measure: Measure, P: Law | FormulaLaw, Q: Law | FormulaLaw) -> Proved:
    """Return the closed form of a measure of two distributions, with its theorems.

    Parameters
    ----------
    measure : str
    P, Q : Law or FormulaLaw
        For the entropy both are P.

    Raises
    ------
    NoMean
        When a mean that is needed has no theorem.
    Infinite
        When it is infinite because a mean is, which has no theorem.
    OutsideDomain
        When P has values where Q has none, and that is not proved.
    """
    pair = _Pair(P, Q)
    try:
        return _finite(measure, pair)
    except OutsideDomain:
        found = _missed(pair)
        if found is None:
            raise
        return found
    except (Infinite, NoMean) as refusal:
        if isinstance(P, Law) and kernel_form(P) is not None:
            try:
                return _finite(measure, _Pair(P, Q, further=True))
            except Refused:
                pass
        searched = measure == "divergence" and (isinstance(refusal, Infinite) or _may_diverge(P, Q))
        found = _diverges(pair) if searched else None
        if found is None:
            raise
        return found


def _finite(measure: Measure, pair: _Pair) -> Proved:
    """Return a measure from the means of the statistics."""
    name = pair.name if measure == "divergence" else f"{snake(pair.P.family.name)}_{measure}"
    last = pair.P if measure == "entropy" else pair.Q
    theorem = pair.certified(name, partial(measured, measure=measure, P=pair.P, Q=last, name=pair.variable))
    return pair.proved(_near_one(pair.sympy(theorem.conclusion.args[2], theorem)), theorem)


def proved_by_cases(P: Law | FormulaLaw, Q: Law | FormulaLaw) -> Proved:
    """Return the divergence of two distributions, with ∞ where a mean that it needs is infinite.

    Parameters
    ----------
    P, Q : Law or FormulaLaw

    Returns
    -------
    Proved
        A condition is a case of the expression if a theorem says that the integral does not exist where it fails, under
        no other conditions than those of the families; the others remain conditions.

    Raises
    ------
    NoMean, Infinite, OutsideDomain
        As :func:`proved` does.
    """
    found = proved("divergence", P, Q)
    if found.expression is sympy.oo:
        return found
    pair, theorem = _Pair(P, Q), found.theorems[0]
    own = {law.read(c, "statement") for law in (pair.P, pair.Q) for c in law.family.assumed}
    cases, theorems = [], []
    for claim in theorem.hypotheses:
        if claim.op not in ("<", "<=") or claim in own or not claim.names <= pair.read.scope.keys():
            continue
        denial = opposite(claim)
        write = partial(divergent.refuted, P=pair.P, Q=pair.Q, name=pair.variable)
        try:
            diverges = pair.certified(f"{pair.name}_diverges", write, [denial])
        except Refused:
            continue
        if all(h in own or h == denial or h.op == "int" for h in diverges.hypotheses):
            cases.append(pair.sympy(claim, theorem))
            theorems.append(diverges)
    if not cases:
        return found
    expression = sympy.Piecewise((found.expression, sympy.And(*cases)), (sympy.oo, True))
    conditions = tuple(c for c in found.conditions if c not in cases)
    return Proved(expression, conditions, (theorem, *theorems))


def _near_one(expression: sympy.Expr) -> sympy.Expr:
    """Return an expression with logarithms of numbers near 1 in a form that keeps their digits."""
    logs = {f: log_rest(1 - f.args[0]) for f in expression.atoms(sympy.log) if f.args[0].is_Rational}
    return expression.xreplace({f: new for f, new in logs.items() if f != new})


def _may_diverge(P: Law | FormulaLaw, Q: Law | FormulaLaw) -> bool:
    """Return whether a divergence is infinite by what is known of tails; only then a proof is looked for."""
    try:
        return closed_value("divergence", P, Q).expression is sympy.oo
    except NoClosedForm:
        return False


def _diverges(pair: _Pair) -> Proved | None:
    """Return the theorem that the integral does not exist; None where it is not proved."""
    try:
        theorem = pair.certified(f"{pair.name}_diverges", lambda d: divergent.refuted(d, pair.P, pair.Q, pair.variable))
    except Refused:
        return None
    return pair.proved(sympy.oo, theorem, reason="the integral that defines it does not exist")


def _missed(pair: _Pair) -> Proved | None:
    """Return the theorems that P has values where Q has none."""
    found = ((side, part) for side in pair.P.sides if (part := infinite.missed(side, pair.Q, pair.below)) is not None)
    side, part = next(found, (None, None))
    if side is None or part is None:
        return None
    x = pair.variable
    theorems = (
        pair.certified(f"{pair.name}_mass", lambda d: infinite.positive_mass(d, side, part, x)),
        pair.certified(f"{pair.name}_inside", lambda d: infinite.inside_first(d, pair.P, part, x)),
        pair.certified(f"{pair.name}_outside", lambda d: infinite.outside_second(d, pair.Q, part, x)),
    )
    reason = "the first distribution gives a positive probability to an interval where the second one has no values"
    return pair.proved(sympy.oo, *theorems, reason=reason)
