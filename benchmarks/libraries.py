"""The pairs of which other libraries and texts have closed forms, and what is known of them here: a page of docs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sympy

import kl_symbolic as kl
from kl_symbolic import families

__all__ = ["LIBRARIES", "MEMBERS", "Row", "page", "report", "rows", "said"]

PAGE = Path(__file__).parents[1] / "docs" / "libraries.md"

LIBRARIES: dict[str, str] = {
    "torch": "[torch.distributions](https://docs.pytorch.org/docs/stable/distributions.html) 2.13",
    "TFP": "[TensorFlow Probability](https://www.tensorflow.org/probability)",
    "numpyro": "[NumPyro](https://num.pyro.ai)",
    "distrax": "[Distrax](https://github.com/google-deepmind/distrax)",
    "Distributions.jl": "[Distributions.jl](https://juliastats.org/Distributions.jl/stable/)",
    "StatProofBook": "[The Book of Statistical Proofs](https://statproofbook.github.io)",
    "Gil": "[Gil, Alajaji and Linder 2013](https://doi.org/10.1016/j.ins.2013.06.018)",
}
"""Where closed forms are listed, as their sources were read in November 2026; those of Gil et al. from memory."""

_ROWS = """\
Bernoulli Bernoulli ✓ torch TFP distrax StatProofBook
Bernoulli Poisson ✓ torch
Beta Beta ✓ torch TFP numpyro distrax Distributions.jl Gil
Beta ChiSquared ✓ torch
Beta ContinuousBernoulli ✓ torch
Beta Exponential ✓ torch
Beta Gamma ✓ torch
Beta Normal ✓ torch
Beta Pareto ∞ torch
Beta Uniform ✓ torch
Binomial Binomial ✓ torch Distributions.jl StatProofBook
Categorical Categorical ✓ torch TFP numpyro distrax
Cauchy Cauchy ✓ torch TFP
Chi Chi ✓ TFP Distributions.jl Gil
ChiSquared Beta ∞ torch
ChiSquared ChiSquared ✓ torch TFP numpyro Distributions.jl Gil
ChiSquared ContinuousBernoulli ∞ torch
ChiSquared Exponential ✓ torch TFP
ChiSquared Gamma ✓ torch TFP numpyro
ChiSquared Gumbel ✓ torch
ChiSquared Normal ✓ torch
ChiSquared Pareto ∞ torch
ChiSquared Uniform ∞ torch
ContinuousBernoulli ContinuousBernoulli ✓ torch TFP
ContinuousBernoulli Exponential ✓ torch
ContinuousBernoulli Normal ✓ torch
ContinuousBernoulli Pareto ∞ torch
ContinuousBernoulli Uniform ✓ torch
Dirichlet Dirichlet ✓ torch TFP numpyro distrax StatProofBook Gil
DiscreteUniform DiscreteUniform ✓ StatProofBook
Exponential Beta ∞ torch
Exponential ChiSquared ✓ torch TFP
Exponential ContinuousBernoulli ∞ torch
Exponential Exponential ✓ torch TFP Distributions.jl Gil
Exponential Gamma ✓ torch TFP
Exponential Gumbel ✓ torch
Exponential Normal ✓ torch
Exponential Pareto ∞ torch
Exponential Uniform ∞ torch
Gamma Beta ∞ torch
Gamma ChiSquared ✓ torch TFP numpyro
Gamma ContinuousBernoulli ∞ torch
Gamma Exponential ✓ torch TFP
Gamma Gamma ✓ torch TFP numpyro distrax Distributions.jl StatProofBook Gil
Gamma Gumbel ✓ torch
Gamma Normal ✓ torch
Gamma Pareto ∞ torch
Gamma Uniform ∞ torch
GeometricFailures GeometricFailures ✓ torch Distributions.jl
Gumbel Beta ∞ torch
Gumbel ChiSquared ∞ torch
Gumbel ContinuousBernoulli ∞ torch
Gumbel Exponential ∞ torch
Gumbel Gamma ∞ torch
Gumbel Gumbel ✓ torch TFP distrax Gil
Gumbel Normal ✓ torch
Gumbel Pareto ∞ torch
Gumbel Uniform ∞ torch
HalfCauchy HalfCauchy ✓ torch
HalfNormal HalfNormal ✓ torch TFP Gil
InverseGamma InverseGamma ✓ torch Distributions.jl
InverseGaussian InverseGaussian ✓ Gil
Kumaraswamy Beta ✓ numpyro
Laplace Beta ∞ torch
Laplace ChiSquared ∞ torch
Laplace ContinuousBernoulli ∞ torch
Laplace Exponential ∞ torch
Laplace Gamma ∞ torch
Laplace Laplace ✓ torch TFP distrax Distributions.jl Gil
Laplace Normal ✓ torch
Laplace Pareto ∞ torch
Laplace Uniform ∞ torch
Levy Levy ✓ Gil
Lindley Lindley ✓ Distributions.jl
LogNormal LogNormal ✓ torch TFP Distributions.jl Gil
LogUniform LogUniform ✓ Distributions.jl
Maxwell Maxwell ✓ Gil
Moyal Moyal ✓ TFP
MultivariateNormal MultivariateNormal ✓ torch TFP numpyro distrax Distributions.jl StatProofBook Gil
NegativeBinomial NegativeBinomial ✓ Distributions.jl
Normal Beta ∞ torch
Normal ChiSquared ∞ torch
Normal ContinuousBernoulli ∞ torch
Normal Exponential ∞ torch
Normal Gamma ∞ torch
Normal Gumbel ✓ torch
Normal Laplace ✓ torch
Normal Normal ✓ torch TFP numpyro distrax Distributions.jl StatProofBook Gil
Normal Pareto ∞ torch
Normal Uniform ∞ torch
NormalGamma NormalGamma ✓ StatProofBook
Pareto Beta ∞ torch
Pareto ChiSquared ✓ torch
Pareto ContinuousBernoulli ∞ torch
Pareto Exponential ✓ torch
Pareto Gamma ✓ torch
Pareto Normal ✓ torch
Pareto Pareto ✓ torch TFP Gil
Pareto Uniform ∞ torch
Poisson Bernoulli ∞ torch
Poisson Binomial ∞ torch
Poisson Poisson ✓ torch Distributions.jl
Rayleigh Rayleigh ✓ Gil
Uniform Beta ✓ torch
Uniform ChiSquared ✓ torch
Uniform ContinuousBernoulli ✓ torch
Uniform Exponential ✓ torch
Uniform Gamma ✓ torch
Uniform Gumbel ✓ torch
Uniform Normal ✓ torch
Uniform Pareto ✓ torch
Uniform Uniform ✓ torch TFP distrax StatProofBook Gil
VonMises VonMises ✓ TFP distrax
Weibull ChiSquared ✓ numpyro
Weibull Exponential ✓ TFP
Weibull Gamma ✓ TFP numpyro
Weibull Weibull ✓ TFP Gil
Wishart Wishart ✓ torch StatProofBook
"""
"""P, Q, whether their divergence is finite (✓) or infinite, and where that is found; also by inheritance."""

LEFT_OUT: dict[str, str] = {
    "torch": (
        "Independent ‖ Independent, LogisticNormal ‖ LogisticNormal, LowRankMultivariateNormal ‖ "
        "LowRankMultivariateNormal, LowRankMultivariateNormal ‖ MultivariateNormal, MultivariateNormal ‖ "
        "LowRankMultivariateNormal, OneHotCategorical ‖ OneHotCategorical, TransformedDistribution ‖ "
        "TransformedDistribution"
    ),
    "TFP": (
        "Deterministic ‖ (any), ExpGamma ‖ ExpGamma, ExpInverseGamma ‖ ExpInverseGamma, GaussianProcess ‖ "
        "MultivariateNormal, LogitNormal ‖ LogitNormal, MatrixNormal ‖ MatrixNormal, MultivariateNormal ‖ "
        "GaussianProcess, OneHotCategorical ‖ OneHotCategorical, OrderedLogistic ‖ OrderedLogistic, PowerSpherical "
        "‖ SphericalUniform, PowerSpherical ‖ VonMisesFisher, ProbitBernoulli ‖ ProbitBernoulli, "
        "StoppingRatioLogistic ‖ StoppingRatioLogistic, VonMisesFisher ‖ SphericalUniform"
    ),
    "numpyro": ("Deterministic ‖ (any), Independent(Normal) ‖ CirculantNormal"),
    "distrax": (
        "Beta ‖ Dirichlet, Categorical ‖ OneHotCategorical, Deterministic ‖ Deterministic, Dirichlet ‖ Beta, "
        "Independent ‖ Independent, Joint ‖ Joint, LogStddevNormal ‖ LogStddevNormal, OneHotCategorical ‖ "
        "Categorical, Transformed ‖ Transformed"
    ),
    "Distributions.jl": (
        "LogisticNormal ‖ LogisticNormal, LogitNormal ‖ LogitNormal, NormalCanon ‖ NormalCanon, ProductNamedTuple "
        "‖ ProductNamedTuple"
    ),
    "StatProofBook": ("MatrixNormal ‖ MatrixNormal"),
    "Gil": ("Cramer ‖ Cramer"),
}
"""Pairs of distributions that have no family here, by library."""

MEMBERS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "Binomial": ({"n": 3, "p": "1/3"}, {"n": 3, "p": "1/2"}),
    "Categorical": ({"p": ["1/3", "2/3"]}, {"p": ["1/2", "1/2"]}),
    "Dirichlet": ({"alpha": [2, 3]}, {"alpha": [3, 1]}),
    "DiscreteUniform": ({"low": 1, "high": 3}, {"low": 0, "high": 4}),
    "LogUniform": ({"low": 2, "high": 3}, {"low": 1, "high": 4}),
    "MultivariateNormal": (
        {"mean": [0, 1], "cov": [[2, 1], [1, 2]]},
        {"mean": [1, 0], "cov": [[1, 0], [0, 3]]},
    ),
    "NegativeBinomial": ({"r": 2, "p": "1/3"}, {"r": 2, "p": "1/2"}),
    "Pareto": ({"scale": "1/8", "shape": 3}, {"scale": "1/8", "shape": 2}),
    "Uniform": ({"low": "1/4", "high": "3/4"}, {"low": 0, "high": 1}),
    "Wishart": ({"df": 3, "scale": [[2, 1], [1, 2]]}, {"df": 4, "scale": [[1, 0], [0, 3]]}),
}
"""Parameters of P and of Q where those of their roles would not do: supports lie in each other, counts are equal."""

_BY_ROLE: dict[str, tuple[Any, Any]] = {
    "positive": (3, 2),
    "real": (0, 1),
    "probability": ("1/3", "1/2"),
    "open probability": ("1/3", "3/4"),
}

Row = tuple[str, str, bool, tuple[str, ...]]
"""P, Q, whether the divergence is finite, and the libraries."""


def rows() -> list[Row]:
    """Return the pairs."""
    found = (line.split() for line in _ROWS.splitlines())
    return [(first, second, mark == "✓", tuple(where)) for first, second, mark, *where in found]


def said(first: str, second: str) -> tuple[bool, bool] | None:
    """Return whether the divergence of two distributions is finite, and whether that has a proof; None if unknown.

    Parameters
    ----------
    first, second : str
        Names of families.
    """
    form = kl.closed_form(_member(first, 0), _member(second, 1))
    if form.expression is None:
        return None
    return form.expression is not sympy.oo, bool(form.theorems)


def _member(name: str, turn: int) -> Any:
    """Return a distribution of a family, another one as Q than as P."""
    family = getattr(families, name)
    if name in MEMBERS:
        return family(**{n: _number(v) for n, v in MEMBERS[name][turn].items()})
    return family(**{p.name: _number(_BY_ROLE[p.role][turn]) for p in family.parameters})


def _number(value: Any) -> Any:
    return [_number(v) for v in value] if isinstance(value, list) else sympy.Rational(value)


def page() -> str:
    """Return the page of the documentation."""
    table = []
    counts = {name: [0, 0, 0] for name in LIBRARIES}
    for first, second, finite, where in rows():
        found = said(first, second)
        assert found is not None and found[0] == finite, (first, second, found)
        shown = ("a formula" if finite else "∞") + (", proved" if found[1] else "")
        table.append(f"| {first} | {second} | {shown} | {', '.join(where)} |")
        for name in where:
            counts[name][2] += 1
            counts[name][0 if found[1] else 1] += 1
    lines = [
        "# Beside other libraries",
        "",
        "This page is generated by `python -m benchmarks libraries`. It lists the pairs of distributions of which"
        " other libraries and texts have the Kullback–Leibler divergence in closed form, where both are"
        " [families](families.md) here, and what `kl.closed_form` says of them: a formula or ∞, with or without a"
        " proof. Each is in agreement with them on whether it is finite. Of all pairs that are in none of them, and"
        " of conditions on the parameters, [the table of pairs](pairs.md) tells more.",
        "",
        "| | pairs | proved here | not proved |",
        "|---|---|---|---|",
        *(f"| {LIBRARIES[n]} | {whole} | {proved} | {rest} |" for n, (proved, rest, whole) in counts.items()),
        "",
        "## The pairs",
        "",
        "| P | Q | here | found in |",
        "|---|---|---|---|",
        *table,
        "",
        "## What is left out",
        "",
        "Distributions that have no family here:",
        "",
        *(f"* {LIBRARIES[name]}: {pairs}." for name, pairs in LEFT_OUT.items()),
        "",
        "Rules for products, masks and transformations of distributions are not listed either.",
    ]
    return "\n".join(lines) + "\n"


def report() -> Iterator[str]:
    """Write the page, and yield its counts."""
    text = page()
    PAGE.write_text(text, encoding="utf-8")
    yield from (line for line in text.split("## The pairs")[0].splitlines() if line.startswith("| "))
