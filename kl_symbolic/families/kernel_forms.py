"""Densities of families without theorems, as the statement language has them, so that pairs with them are proved.

Such a family is written like those with theorems, but its means are derived in the proof that needs them. What the
language has no name for, such as the total of a bell curve between two ends, is a number with a name, and the theorem
says by which integral it is defined.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, final

from sympy import Ei, Eq, Piecewise, S, exp, log, pi, sqrt

from .carriers import Combined, Piece
from .family import Law, Mean, Parameter, ParametricFamily
from .formula_family import FormulaLaw
from .intervals import normal_between
from .special import log_rest

__all__ = ["KernelForm", "kernel_form"]


@final
@dataclass(frozen=True)
class KernelForm:
    """A density in the statement language.

    Parameters
    ----------
    family : ParametricFamily
        Its theorems are not shipped.
    values : callable
        Returns its parameters but the constants, from the parameters of the law by name; None where the density is
        another one.
    constants : mapping of str to callable
        Its parameters that are defined by an integral, as SymPy has them, from the parameters of the law by name.
    """

    family: ParametricFamily
    values: Callable[..., Mapping[str, Any] | None]
    constants: Mapping[str, Callable[..., Any]] = field(default_factory=dict)


def kernel_form(law: Law | FormulaLaw) -> tuple[KernelForm, Mapping[str, Any], Mapping[str, Any]] | None:
    """Return the density of a law, its parameters, and its constants; None where it has none.

    Of a family with theorems it is the one with further means.

    Parameters
    ----------
    law : Law or FormulaLaw

    Examples
    --------
    >>> from kl_symbolic import families
    >>> form, values, constants = kernel_form(families.ContinuousBernoulli(lam=S.One / 4))
    >>> form.family.density, values, constants
    ('exp(eta*x)/z', {'eta': -log(3)}, {'z': 2/(3*log(3))})
    """
    form = _FORMS.get(law.family.name)
    if form is None:
        return None
    given = dict(zip((p.name for p in law.family.parameters), law.values, strict=True))
    values = form.values(**given)
    if values is None:
        return None
    return form, values, {name: value(**given) for name, value in form.constants.items()}


# --- the truncated normal distribution --------------------------------------------------------------------------------

_BELL = {"a": "low", "b": "high", "m": "mu", "c": "1/(2*sigma^2)", "z": "z"}

_TRUNCATED_NORMAL = ParametricFamily(
    name="TruncatedNormal",
    title="truncated normal distribution",
    parameters=(
        Parameter("mu", "real"),
        Parameter("sigma"),
        Parameter("low", "real"),
        Parameter("high", "real"),
        Parameter("z"),
    ),
    domain="(low, high)",
    density="exp(-(1/(2*sigma^2)*(x - mu)^2))/z",
    log_density=(
        ("1", "-(mu^2/(2*sigma^2)) - log(z)"),
        ("x", "mu/sigma^2"),
        ("x^2", "-(1/(2*sigma^2))"),
    ),
    means=(Mean("total", "1", ""), Mean("mean", "x", ""), Mean("square_mean", "x^2", "")),
    carrier=Combined(
        {
            "total": (Piece("z", {}, "1/z"),),
            "mean": (Piece("int_mul_bell", _BELL, "1/z"),),
            "square_mean": (Piece("int_square_bell", _BELL, "1/z"),),
        }
    ),
    source="Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1, 2nd ed., Wiley 1994, chapter 13",
    conditions=("low < high",),
    definitions={"z": "int(x in (low, high): exp(-(1/(2*sigma^2)*(x - mu)^2))) = z"},
    inline=True,
)

# --- the continuous Bernoulli distribution ----------------------------------------------------------------------------

_UNIT = {"a": "0", "b": "1"}

_CONTINUOUS_BERNOULLI = ParametricFamily(
    name="ContinuousBernoulli",
    title="continuous Bernoulli distribution",
    parameters=(Parameter("eta", "real"), Parameter("z")),
    domain="(0, 1)",
    density="exp(eta*x)/z",
    log_density=(("1", "-log(z)"), ("x", "eta")),
    means=(
        Mean("total", "1", ""),
        Mean("mean", "x", "", ("eta != 0",)),
        Mean("square_mean", "x^2", "", ("eta != 0",)),
        Mean("exp_mean", "exp(t*x)", "", ("eta + t != 0",)),
    ),
    carrier=Combined(
        {
            "total": (Piece("z", {}, "1/z"),),
            "mean": (Piece("int_mul_exp", {**_UNIT, "k": "eta"}, "1/z"),),
            "square_mean": (Piece("int_square_exp", {**_UNIT, "k": "eta"}, "1/z"),),
            "exp_mean": (Piece("int_exp", {**_UNIT, "k": "eta + t"}, "1/z"),),
        }
    ),
    source="Loaiza-Ganem and Cunningham, The continuous Bernoulli, NeurIPS 2019",
    definitions={"z": "int(x in (0, 1): exp(eta*x)) = z"},
    inline=True,
)

# --- the triangular distribution, on both sides of its mode -----------------------------------------------------------

_CORNERS = (Parameter("low", "real"), Parameter("mode", "real"), Parameter("high", "real"))
_IN_ORDER = ("low < mode", "mode < high", "low < high")
_SOURCE = "Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2, 2nd ed., Wiley 1995, chapter 26"

_Known = tuple[str, Mapping[str, str]]


def _linear(name: str, slope: str, zero: str, ends: Mapping[str, str], own: tuple[Piece, ...]) -> ParametricFamily:
    """Return the family of a density slope·(x − zero) on (a, b), where zero is one of the ends.

    Parameters
    ----------
    name : str
    slope : str
        Positive where zero is the lower end, and negative where it is the upper one.
    zero : str
    ends : mapping of str to str
        What a and b are.
    own : tuple of Piece
        Of the mean of the logarithm of the distance from zero.
    """
    rises = zero == ends["a"]
    distance = f"x - {zero}" if rises else f"{zero} - x"
    size = slope if rises else slope.removeprefix("-")

    def means(first: _Known, second: _Known | None = None) -> tuple[Piece, ...]:
        """Return the pieces of ∫ T·p from ∫ x·T and ∫ T; the latter does not count where zero is 0."""
        found = Piece(first[0], first[1], slope)
        return (found,) if second is None else (found, Piece(second[0], second[1], f"-({slope}*{zero})"))

    upper = {"b": ends["b"]}
    above, whole = f"0 < {ends['a']}", f"{ends['a']} = 0"
    table: dict[str, tuple[str, tuple[str, ...], tuple[Piece, ...]]] = {
        "total": ("1", (), means(("int_id", ends), ("int_one", ends))),
        "mean": ("x", (), means(("int_square_id", ends), ("int_id", ends))),
        "square_mean": ("x^2", (), means(("int_cube_id", ends), ("int_square_id", ends))),
        "log_mean": (
            "log(x)", (above,), means(("int_power_log_between", {**ends, "k": "2"}), ("int_log_between", ends)),
        ),
        "log_mean_from_zero": (
            "log(x)", (whole,), means(("int_power_log", {**upper, "k": "2"})),
        ),
        "log_square_mean": (
            "log(x)^2", (above,),
            means(("int_power_log_square_between", {**ends, "k": "2"}), ("int_log_square_between", ends)),
        ),
        "log_square_mean_from_zero": (
            "log(x)^2", (whole,),
            means(("int_power_log_square", {**upper, "k": "2"})),
        ),
        "inverse_mean": ("1/x", (above,), means(("int_one", ends), ("int_reciprocal", ends))),
        "power_mean": (
            "x^r", (above, "r + 1 != 0", "r + 2 != 0"),
            means(("int_power_between", {**ends, "k": "r + 2"}), ("int_power_between", {**ends, "k": "r + 1"})),
        ),
        "power_mean_from_zero": (
            "x^r", (whole, "0 < r + 2"),
means(("int_power", {**upper, "k": "r + 2"})),
        ),
        "exp_mean": (
            "exp(t*x)", ("t != 0",), means(("int_mul_exp", {**ends, "k": "t"}), ("int_exp", {**ends, "k": "t"})),
        ),
        "own_mean": (f"log({distance})", (), own),
    }  # fmt: skip
    if not rises:
        table = {key: row for key, row in table.items() if not key.endswith("from_zero")}
    return ParametricFamily(
        name=name,
        title="triangular distribution on one side of its mode",
        parameters=_CORNERS,
        domain=f"({ends['a']}, {ends['b']})",
        density=f"{size}*({distance})",
        log_density=(("1", f"log({size})"), (f"log({distance})", "1")),
        means=tuple(Mean(key, statistic, "", given) for key, (statistic, given, _) in table.items()),
        carrier=Combined({key: pieces for key, (_, _, pieces) in table.items()}),
        source=_SOURCE,
        conditions=_IN_ORDER,
        inline=True,
    )


def _sides() -> tuple[ParametricFamily, ParametricFamily]:
    """Return the two sides of the triangular density.

    The mean of log(x − low) is that of log t for t = (x − low)/(mode − low), and of log(mode − low).
    """
    up, down = "2/((high - low)*(mode - low))", "2/((high - low)*(high - mode))"
    left, right = {"a": "low", "b": "mode"}, {"a": "mode", "b": "high"}
    unit = {"b": "1", "k": "2"}
    rising = (
        Piece("int_power_log", unit, f"{up}*(mode - low)^2", Piece("int_open_change", left)),
        Piece("int_id", left, f"{up}*log(mode - low)"),
        Piece("int_one", left, f"-({up}*low*log(mode - low))"),
    )
    mirrored = Piece("int_one_sub", {}, "1", Piece("int_open_change", right))
    falling = (
        Piece("int_power_log", unit, f"{down}*(high - mode)^2", mirrored),
        Piece("int_id", right, f"-({down}*log(high - mode))"),
        Piece("int_one", right, f"{down}*high*log(high - mode)"),
    )
    return _linear("RisingSide", up, "low", left, rising), _linear("FallingSide", f"-{down}", "high", right, falling)


_TRIANGULAR = ParametricFamily(
    name="Triangular",
    title="triangular distribution",
    parameters=_CORNERS,
    domain="(low, high)",
    density="2/(high - low) + (1/(mode - low) - 1/(high - mode))/(high - low)*(x - mode)"
    " - (1/(mode - low) + 1/(high - mode))/(high - low)*abs(x - mode)",
    log_density=(),
    means=(),
    carrier=None,
    source=_SOURCE,
    conditions=_IN_ORDER,
    inline=True,
    sides=_sides(),
)


# --- the logarithmic distribution -------------------------------------------------------------------------------------

_LOGARITHMIC = ParametricFamily(
    name="Logarithmic",
    title="logarithmic distribution",
    parameters=(Parameter("p", "probability"), Parameter("z")),
    domain="nats",
    density="p^x/(x*z)",
    log_density=(("1", "-log(z)"), ("x", "log(p)"), ("log(x)", "-1")),
    means=(Mean("total", "1", ""), Mean("mean", "x", "")),
    carrier=Combined(
        {
            "total": (Piece("z", {}, "1/z"),),
            "mean": (Piece("geometric_total", {"r": "p"}, "p/((1 - p)*z)"),),
        }
    ),
    source="Johnson, Kemp and Kotz, Univariate Discrete Distributions, 3rd ed., Wiley 2005, chapter 7",
    definitions={"z": "int(n in nats: p^(n + 1)/(n + 1)) = z"},
    inline=True,
    first=1,
)

# --- the Cauchy distribution: its values, and how likely they are -----------------------------------------------------

_CAUCHY = ParametricFamily(
    name="Cauchy",
    title="Cauchy distribution",
    parameters=(Parameter("loc", "real"), Parameter("scale")),
    domain="reals",
    density="scale/(pi*(scale^2 + (x - loc)^2))",
    log_density=(("1", "log(scale) - log(pi)"), ("log(scale^2 + (x - loc)^2)", "-1")),
    means=(),
    carrier=None,
    source="Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1, 2nd ed., Wiley 1994, chapter 16",
    inline=True,
)

# --- the Lindley distribution: further means, among them that of log(1 + x) -------------------------------------------

_SIZE = "theta^2/(1 + theta)"


def _gamma_pieces(theorem: str, power: str = "0") -> tuple[Piece, Piece]:
    """Return the pieces of the mean of a statistic with x^r from integrals of Γ, for 1 and x of the density."""
    shapes = (f"{power} + {k}" if power != "0" else str(k) for k in (1, 2))
    first, second = (Piece(theorem, {"a": a, "c": "theta", "p": "1"}, _SIZE) for a in shapes)
    return first, second


_DECAY = {"m": "0", "c": "theta"}
_TILTED = {"m": "0", "c": "theta - t"}

_LINDLEY = ParametricFamily(
    name="Lindley",
    title="Lindley distribution",
    parameters=(Parameter("theta"), Parameter("w")),
    domain="(0, oo)",
    density=f"{_SIZE}*(1 + x)*exp(-(theta*x))",
    log_density=(("1", "2*log(theta) - log(1 + theta)"), ("x", "-theta"), ("log(1 + x)", "1")),
    means=(
        Mean("total", "1", ""),
        Mean("mean", "x", ""),
        Mean("square_mean", "x^2", ""),
        Mean("log_mean", "log(x)", ""),
        Mean("power_mean", "x^r", "", ("0 < r + 1",)),
        Mean("exp_mean", "exp(t*x)", "", ("0 < theta - t",)),
        Mean("own_mean", "log(1 + x)", ""),
    ),
    carrier=Combined(
        {
            "total": (Piece("exp_above_int", _DECAY, _SIZE), Piece("exp_above_mean_int", _DECAY, _SIZE)),
            "mean": (Piece("exp_above_mean_int", _DECAY, _SIZE), Piece("exp_above_square_int", _DECAY, _SIZE)),
            "square_mean": _gamma_pieces("power_gamma_int", "2"),
            "log_mean": _gamma_pieces("power_gamma_log_int"),
            "power_mean": _gamma_pieces("power_gamma_int", "r"),
            "exp_mean": (Piece("exp_above_int", _TILTED, _SIZE), Piece("exp_above_mean_int", _TILTED, _SIZE)),
            "own_mean": (
                Piece("int_log_decay", {"c": "theta", "w": "w"}, _SIZE),
                Piece("int_mul_log_decay", {"c": "theta", "w": "w"}, _SIZE),
            ),
        }
    ),
    source="M. E. Ghitany, B. Atieh and S. Nadarajah, Mathematics and Computers in Simulation 78 (2008), 493–506",
    definitions={"w": "int(x in (0, oo): exp(-(theta*x))/(1 + x)) = w"},
    inline=True,
)

# --- domains alone ----------------------------------------------------------------------------------------------------

_CIRCLE = ParametricFamily(
    name="VonMises",
    title="von Mises distribution",
    parameters=(),
    domain="(-pi, pi)",
    density="",
    log_density=(),
    means=(),
    carrier=None,
    source="Mardia and Jupp, Directional Statistics, Wiley 2000, section 3.5.4",
    inline=True,
)
"""Its density is not in the statement language: it is only known where its values are."""


def _triangular(low: Any, mode: Any, high: Any) -> dict[str, Any] | None:
    if mode in (low, high):
        return None
    return {"low": low, "mode": mode, "high": high}


def _bell_total(mu: Any, sigma: Any, low: Any, high: Any) -> Any:
    return sigma * sqrt(2 * pi) * normal_between((low - mu) / sigma, (high - mu) / sigma)


def _exponential_total(lam: Any) -> Any:
    return Piecewise((S.One, Eq(lam, S.Half)), ((2 * lam - 1) / ((1 - lam) * log(lam / (1 - lam))), True))


_FORMS = {
    "TruncatedNormal": KernelForm(_TRUNCATED_NORMAL, dict, {"z": _bell_total}),
    "ContinuousBernoulli": KernelForm(
        _CONTINUOUS_BERNOULLI, lambda lam: {"eta": log(lam / (1 - lam))}, {"z": _exponential_total}
    ),
    "Cauchy": KernelForm(_CAUCHY, dict),
    "Triangular": KernelForm(_TRIANGULAR, _triangular),
    "Lindley": KernelForm(_LINDLEY, dict, {"w": lambda theta: -exp(theta) * Ei(-theta)}),
    "Logarithmic": KernelForm(_LOGARITHMIC, dict, {"z": lambda p: -log_rest(p)}),
    "VonMises": KernelForm(_CIRCLE, lambda loc, kappa: {}),
}
"""Of each such family its density."""
