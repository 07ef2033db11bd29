"""The outcomes of distributions with finitely many of them, with their probabilities."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy
from sympy import binomial, rf

from .formula_family import FormulaLaw

__all__ = ["outcomes"]

_MOST = 30
"""Up to which number outcomes are written out: a sum of more logarithms is not a form that anybody reads."""


def outcomes(law: FormulaLaw) -> dict[int, sympy.Expr] | None:
    """Return the probability of each outcome; None where their number is not known, or large.

    Parameters
    ----------
    law : FormulaLaw
        Of a family with finitely many outcomes.

    Examples
    --------
    >>> from kl_symbolic import families
    >>> outcomes(families.Binomial(n=2, p=sympy.Rational(1, 3)))
    {0: 4/9, 1: 4/9, 2: 1/9}
    """
    tabulate = _TABLES.get(law.family.name)
    integers = [v for v, p in zip(law.values, law.family.parameters, strict=True) if p.role in _INTEGERS]
    if tabulate is None or not all(v.is_Integer and abs(v) <= _MOST for v in integers):
        return None
    found: dict[int, sympy.Expr] = tabulate(*law.values)
    return found


_INTEGERS = ("integer", "natural", "positive integer")
"""The roles of parameters that count outcomes."""


def _hypergeometric(N: Any, K: Any, n: Any) -> dict[int, Any]:
    first, last = max(0, int(n + K - N)), min(int(K), int(n))
    return {k: binomial(K, k) * binomial(N - K, n - k) / binomial(N, n) for k in range(first, last + 1)}


def _beta_binomial(n: Any, alpha: Any, beta: Any) -> dict[int, Any]:
    whole = rf(alpha + beta, n)
    return {k: binomial(n, k) * rf(alpha, k) * rf(beta, n - k) / whole for k in range(int(n) + 1)}


_TABLES: dict[str, Callable[..., dict[int, Any]]] = {
    "Bernoulli": lambda p: {0: 1 - p, 1: p},
    "Binomial": lambda n, p: {k: binomial(n, k) * p**k * (1 - p) ** (n - k) for k in range(int(n) + 1)},
    "DiscreteUniform": lambda low, high: dict.fromkeys(range(int(low), int(high) + 1), 1 / (high - low + 1)),
    "Hypergeometric": _hypergeometric,
    "BetaBinomial": _beta_binomial,
    "Categorical": lambda p: dict(enumerate(p)),
}
"""Of each such family the probabilities of the outcomes, from the parameters."""
