"""The record of a measure: an expression, when it holds, and the theorem behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import sympy

if TYPE_CHECKING:
    from ..api import Theorem

__all__ = ["ClosedForm"]


@final
@dataclass(frozen=True, slots=True)
class ClosedForm:
    """A divergence, and when it holds.

    Parameters
    ----------
    expression : sympy.Expr or None
        D(P‖Q), in nats or in the base that was asked for; ``oo`` when it is infinite, None where none is known.
    conditions : tuple of sympy Boolean
        What must hold of the symbols for the expression to be the divergence, where their assumptions do not tell it.
        Nothing for numbers.
    derivation : str
        The name of the derivation behind it, for ``kl_symbolic.derive``; empty where the divergence is infinite, or
        may be, for no theorem speaks about that case.
    hypotheses : tuple of sympy Boolean
        What the theorem of that name assumes beyond the conditions: most often that entries are positive, where the
        expression is right for 0 as well. Nothing for numbers.
    facts : tuple of str
        The names of further theorems about the measure: that it is not negative, its bounds, its other forms.
    reason : str
        Why there is no theorem, where there is none; of an infinite divergence, why it is infinite.
    theorems : tuple of Theorem
        For distributions of families: the theorem that was found for them, or those that carry the verdict that the
        divergence is infinite.
    evidence : sympy.Float or None
        Where no closed form is known and the parameters are numbers: the value by quadrature, in the digits in which
        two computations agree. Nothing is proved about it.

    Examples
    --------
    >>> from kl_symbolic import closed_form
    >>> found = closed_form([0.7, 0.3], [0.5, 0.5])
    >>> found.expression, found.conditions, found.derivation
    (3*log(3/5)/10 + 7*log(7/5)/10, (), 'coin_flips')
    """

    expression: sympy.Expr | None
    conditions: tuple[sympy.Basic, ...]
    derivation: str
    hypotheses: tuple[sympy.Basic, ...] = ()
    facts: tuple[str, ...] = ()
    reason: str = ""
    theorems: tuple[Theorem, ...] = ()
    evidence: sympy.Float | None = None

    @property
    def theorem(self) -> Theorem | None:
        """The theorem that the kernel checked, replayed when it is asked for; None where there is none."""
        if self.theorems:
            return self.theorems[0]
        from ..api import theorem

        return theorem(self.derivation) if self.derivation else None
