"""The table of docs/measures.md: every measure with every kind of input. ``python -m tests.measures.table`` writes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import sympy
from sympy import IndexedBase, Matrix, Rational, Symbol, log, sqrt, symbols

import kl_symbolic as kl

PAGE = Path(__file__).parents[2] / "docs" / "measures.md"
t = Symbol("t", positive=True)
F = Fraction


@dataclass(frozen=True)
class Measure:
    """A measure: its formula, how it is called in the table, and its value for the distributions of the table."""

    name: str
    formula: str
    call: Callable[..., Any]
    value: Any
    inputs: str = "PQ"

    @property
    def record(self) -> kl.ClosedForm:
        """Its record for the distributions of the table."""
        measure = getattr(kl, self.name)
        return self.call(*given(LISTS, self), function=lambda *a, **k: kl.closed_form(*a, measure=measure, **k))


def calls(name: str, *extra: Any, first: tuple[Any, ...] = (), **options: Any) -> Callable[..., Any]:
    """Return how the table calls a measure: with what was given, and fixed further arguments."""

    def call(*given: Any, function: Any = None, **more: Any) -> Any:
        return (function or getattr(kl, name))(*first, *given, *extra, **options, **more)

    return call


MEASURES = [
    Measure("kl_divergence", "D(P‖Q) = Σ p·log(p/q)", calls("kl_divergence"), 3 * log(3) / 4 - log(2)),
    Measure("entropy", "H(P) = −Σ p·log p", calls("entropy"), 2 * log(2) - 3 * log(3) / 4, "P"),
    Measure("cross_entropy", "H(P, Q) = −Σ p·log q", calls("cross_entropy"), log(2)),
    Measure(
        "jensen_shannon",
        "Σ wₖ·D(Pₖ‖M), M = Σ wₖ·Pₖ",
        calls("jensen_shannon"),
        log(Rational(2, 3)) / 8 + 3 * log(Rational(6, 5)) / 8 + log(Rational(4, 3)) / 4 + log(Rational(4, 5)) / 4,
    ),
    Measure("renyi_divergence", "log(Σ p^α·q^(1−α))/(α − 1)", calls("renyi_divergence", alpha=2), log(Rational(5, 4))),
    Measure("renyi_entropy", "log(Σ p^α)/(1 − α)", calls("renyi_entropy", alpha=2), log(Rational(8, 5)), "P"),
    Measure("total_variation", "½·Σ abs(p − q)", calls("total_variation"), Rational(1, 4)),
    Measure("chi_squared", "Σ (p − q)²/q", calls("chi_squared"), Rational(1, 4)),
    Measure("hellinger", "√(½·Σ (√p − √q)²)", calls("hellinger"), sqrt(1 - sqrt(2) / 4 - sqrt(6) / 4)),
    Measure("f_divergence", "Σ q·f(p/q)", calls("f_divergence", first=((t - 1) ** 2 / (t + 1),)), Rational(2, 15)),
    Measure("joint_entropy", "H(X, Y) = −Σ r·log r", calls("joint_entropy"), 2 * log(2), "J"),
    Measure(
        "conditional_entropy",
        "H(X∣Y) = −Σ r·log(r/r_y)",
        calls("conditional_entropy", 0, given=2),
        3 * log(3) / 4 - log(2) / 2,
        "J",
    ),
    Measure(
        "mutual_information",
        "I(X; Y) = Σ r·log(r/(r_x·r_y))",
        calls("mutual_information", 0, 2),
        3 * log(2) / 2 - 3 * log(3) / 4,
        "J",
    ),
    Measure(
        "conditional_mutual_information",
        "I(X; Y∣Z) = Σ r·log(r·r_z/(r_xz·r_yz))",
        calls("conditional_mutual_information", 0, 1, given=2),
        3 * log(3) / 4 - log(2),
        "J",
    ),
]
"""Rényi's measures of order 2; f(t) = (t − 1)²/(t + 1); of three variables X₀, X₁, X₂ those of X₀, X₁ or X₂."""


@dataclass(frozen=True)
class Kind:
    """A kind of input: P, Q and a joint distribution J of this kind, and what comes of them.

    Results are ``exact``, ``float``, ``array`` (of floats), ``symbolic`` and ``refused``; None where the kind has no
    joint distributions of its own.
    """

    name: str
    P: Callable[[], Any]
    Q: Callable[[], Any]
    result: str
    J: Callable[[], Any] | None = None
    joint_result: str = ""
    options: tuple[tuple[str, Any], ...] = ()
    joint_options: tuple[tuple[str, Any], ...] | None = None
    close: bool = False
    needs: str = ""


CUBE = [[[F(1, 4), 0], [F(1, 4), 0]], [[F(1, 4), 0], [0, F(1, 4)]]]
"""X₀ and X₁ are fair and independent, and X₂ is 1 where both are."""
ONES = {(0, 0, 0), (0, 1, 0), (1, 0, 0), (1, 1, 1)}
HALVES = [F(1, 2), F(1, 2)]
p, q = symbols("p q")
z = symbols("z:8")


def array(values: Any, dtype: Any = float) -> Any:
    """Return a NumPy array."""
    return np.array(values, dtype=dtype)


def random_variable(heads: Any) -> Any:
    """Return a coin of sympy.stats, with the outcomes 1 and 0."""
    from sympy.stats import Bernoulli

    return Bernoulli("X", Rational(heads))


def skewed() -> Any:
    """Return a continuous random variable of no family that is known."""
    from sympy.stats import ExGaussian

    return ExGaussian("A", 0, 1, 1)


def series(values: Any, index: Any = None) -> Any:
    """Return a pandas Series."""
    import pandas

    return pandas.Series(values, index=index)


def cube_series() -> Any:
    """Return the joint distribution as a pandas Series with three levels."""
    import pandas

    index = pandas.MultiIndex.from_tuples(sorted(ONES))
    return pandas.Series([0.25] * 4, index=index)


def binomial(n: int, heads: float) -> Any:
    """Return a distribution of scipy.stats."""
    import scipy.stats

    return scipy.stats.binom(n, heads)


LISTS = Kind("lists, tuples", lambda: [F(1, 4), F(3, 4)], lambda: (0.5, 0.5), "exact", lambda: CUBE, "exact")
KINDS = [
    LISTS,
    Kind(
        "lists with `exact=False`",
        lambda: [0.25, 0.75],
        lambda: HALVES,
        "float",
        lambda: CUBE,
        "float",
        options=(("exact", False),),
    ),
    Kind(
        "floats whose sum is rounded",
        lambda: [0.25, 0.7500000000000001],
        lambda: [0.5, 0.5],
        "exact",
        lambda: [[[0.25, 0], [0.25, 0]], [[0.2500000000000001, 0], [0, 0.25]]],
        "exact",
        close=True,
    ),
    Kind(
        "counts with `normalize=True`",
        lambda: [5, 15],
        lambda: array([7, 7], int),
        "exact",
        lambda: array([[[2, 0], [2, 0]], [[2, 0], [0, 2]]], int),
        "exact",
        options=(("normalize", True),),
    ),
    Kind("a coin, one number", lambda: F(1, 4), lambda: 0.5, "exact", lambda: 0.25, "refused"),
    Kind(
        "dicts; a missing outcome is 0",
        lambda: {"a": F(1, 4), "b": F(3, 4), "c": 0},
        lambda: {"b": F(1, 2), "a": F(1, 2)},
        "exact",
        lambda: dict.fromkeys(sorted(ONES), F(1, 4)),
        "exact",
    ),
    Kind(
        "SymPy vectors, matrices, arrays",
        lambda: Matrix([1, 3]) / 4,
        lambda: Matrix([[1, 1]]) / 2,
        "exact",
        lambda: sympy.Array(CUBE),
        "exact",
    ),
    Kind(
        "NumPy, floating", lambda: array([0.25, 0.75]), lambda: array([0.5, 0.5]), "float", lambda: array(CUBE), "float"
    ),
    Kind(
        "NumPy, floating, with `exact=True`",
        lambda: array([0.25, 0.75]),
        lambda: array([0.5, 0.5], np.float32),
        "exact",
        lambda: array(CUBE),
        "exact",
        options=(("exact", True),),
    ),
    Kind(
        "NumPy, integers or objects",
        lambda: array([F(1, 4), F(3, 4)], object),
        lambda: array(HALVES, object),
        "exact",
        lambda: array(CUBE, object),
        "exact",
    ),
    Kind(
        "NumPy, several with `axis=`, `axes=`",
        lambda: array([[0.25, 0.75], [0.25, 0.75], [0.25, 0.75]]),
        lambda: array([0.5, 0.5]),
        "array",
        lambda: np.stack([array(CUBE)] * 3, axis=-1),
        "array",
        options=(("axis", -1),),
        joint_options=(("axes", (0, 1, 2)),),
    ),
    Kind(
        "random variables of `sympy.stats`, finite",
        lambda: random_variable("1/4"),
        lambda: random_variable("1/2"),
        "exact",
        lambda: random_variable("1/2"),
        "refused",
    ),
    Kind(
        "`scipy.stats`, finite",
        lambda: binomial(1, 0.75),
        lambda: binomial(1, 0.5),
        "exact",
        lambda: binomial(1, 0.5),
        "refused",
        close=True,
        needs="scipy",
    ),
    Kind(
        "pandas Series, matched by index",
        lambda: series([0.25, 0.75], ["a", "b"]),
        lambda: series([0.5, 0.5], ["b", "a"]),
        "float",
        cube_series,
        "float",
        needs="pandas",
    ),
    Kind(
        "symbols",
        lambda: p,
        lambda: [q, 1 - q],
        "symbolic",
        lambda: np.reshape(np.array(z), (2, 2, 2)).tolist(),
        "symbolic",
    ),
    Kind(
        "`p[i]`, `q[i]`",
        lambda: IndexedBase("P")[Symbol("i")],
        lambda: IndexedBase("Q")[Symbol("i")],
        "symbolic",
        lambda: IndexedBase("P")[Symbol("i")],
        "refused",
    ),
    Kind(
        "text, sets, iterators, functions", lambda: "1/4, 3/4", lambda: {0.5}, "refused", lambda: iter([1]), "refused"
    ),
    Kind("random variables of no family", skewed, skewed, "refused", skewed, "refused"),
]

POINT = {
    p: Rational(1, 4),
    q: Rational(1, 2),
    **{x: Rational(int(k in (0, 2, 4, 7)), 4) for k, x in enumerate(z)},
    Symbol("K", integer=True, positive=True): 2,
}
"""Numbers for the symbols."""
ENTRIES = {f"{name}[{k}]": v for name, vs in (("P", (F(1, 4), F(3, 4))), ("Q", HALVES)) for k, v in enumerate(vs)}
"""Numbers for P[0], P[1], Q[0], Q[1]."""


def given(kind: Kind, measure: Measure) -> tuple[Any, ...]:
    """Return the inputs of a kind for a measure."""
    if measure.inputs == "J":
        assert kind.J is not None
        return (kind.J(),)
    return (kind.P(), kind.Q())[: len(measure.inputs)]


def expected(kind: Kind, measure: Measure) -> str:
    """Return what comes of a kind of input."""
    return kind.joint_result if measure.inputs == "J" else kind.result


def options(kind: Kind, measure: Measure) -> dict[str, Any]:
    """Return the options that belong to a kind."""
    joint = measure.inputs == "J" and kind.joint_options is not None
    return dict(kind.joint_options or ()) if joint else dict(kind.options)


# --- the page --------------------------------------------------------------------------------------------------------


def kinds_table() -> list[str]:
    """Return the table of kinds of input as Markdown."""
    groups = [("of distributions", "PQ"), ("of joint distributions", "J")]
    counts = {"PQ": sum(m.inputs != "J" for m in MEASURES), "J": sum(m.inputs == "J" for m in MEASURES)}
    head = " | ".join(f"the {counts[key]} measures {title}" for title, key in groups)
    rows = [f"| input | {head} |", "|---|---|---|"]
    for kind in KINDS:
        rows.append(f"| {kind.name} | {kind.result} | {kind.joint_result} |")
    return rows


def measures_table() -> list[str]:
    """Return the table of measures as Markdown: formula, the value of the example, and the theorems."""
    rows = ["| measure | definition | example | theorems |", "|---|---|---|---|"]
    topics = {path.stem: path.parent.name for path in (PAGE.parents[1] / "derivations").glob("*/*.md")}
    for measure in MEASURES:
        record = measure.record
        names = [record.derivation] if record.derivation else []
        links = [f"[{n}](../derivations/{topics[n]}/{n}.md)" for n in [*names, *record.facts]]
        shown = ", ".join(links) or record.reason
        rows.append(f"| `{measure.name}` | {measure.formula} | `{record.expression}` | {shown} |")
    return rows


def page(text: str) -> str:
    """Return the page with its generated tables as they must be."""
    for name, rows in (("measures", measures_table()), ("kinds", kinds_table())):
        begin, end = f"<!-- {name}: written by tests/measures/table.py -->\n\n", f"\n\n<!-- end of {name} -->"
        assert begin in text and end in text, f"the page lacks the comments around its table {name}"
        before, _, rest = text.partition(begin)
        _, _, after = rest.partition(end)
        text = before + begin + "\n".join(rows) + end + after
    return text


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
