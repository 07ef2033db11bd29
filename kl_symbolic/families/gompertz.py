"""The Gompertz distribution, as the second of two distributions: its own means need the exponential integral."""

from __future__ import annotations

from .family import Parameter, ParametricFamily

__all__ = ["GOMPERTZ"]

GOMPERTZ = ParametricFamily(
    name="Gompertz",
    title="Gompertz distribution",
    parameters=(Parameter("rate"), Parameter("eta")),
    domain="(0, oo)",
    density="rate*eta*exp(rate*x)*exp(-(eta*(exp(rate*x) - 1)))",
    log_density=(
        ("1", "log(rate) + log(eta) + eta"),
        ("x", "rate"),
        ("exp(rate*x)", "-eta"),
    ),
    means=(),
    carrier=None,
    source="Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2, 2nd ed., Wiley 1995, section 22.8",
    closed_entropy=False,
)
