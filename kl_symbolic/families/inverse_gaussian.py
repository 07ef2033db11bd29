"""The inverse Gaussian distribution, as the second of two distributions.

Its mean logarithm has no closed form, and its total is not proved here.
"""

from __future__ import annotations

from .family import Parameter, ParametricFamily

__all__ = ["INVERSE_GAUSSIAN"]

INVERSE_GAUSSIAN = ParametricFamily(
    name="InverseGaussian",
    title="inverse Gaussian distribution",
    parameters=(Parameter("mean"), Parameter("shape")),
    domain="(0, oo)",
    density="(shape/(2*pi*x^3))^(1/2)*exp(-(shape*(x - mean)^2/(2*mean^2*x)))",
    log_density=(
        ("1", "shape/mean + log(shape)/2 - log(2)/2 - log(pi)/2"),
        ("log(x)", "-(3/2)"),
        ("x", "-(shape/(2*mean^2))"),
        ("1/x", "-(shape/2)"),
    ),
    means=(),
    carrier=None,
    source="Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1, 2nd ed., Wiley 1994, chapter 15",
    closed_entropy=False,
)
