"""Pictures of what the theorems say, drawn with matplotlib: ``pip install 'kl-symbolic[plot]'``.

Each function draws one picture, takes the axes to draw on and returns them. Without axes it makes a figure of its own,
which pyplot does not know; ``axes.figure`` shows it in a notebook, and :func:`save` writes it to a file. With
``figure, ax = pyplot.subplots()`` and ``ax=ax`` the picture becomes part of anything. Settings of matplotlib are never
changed.

Values are computed exactly, by :func:`kl_symbolic.kl_divergence` and its like, and become floats when they are drawn.
Everything is in nats. The colors can be told apart by people who are color-blind (they are those of Okabe and Ito),
and lines differ in their dashes or names too.
"""

from __future__ import annotations

import io
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from fractions import Fraction
from itertools import pairwise
from math import fsum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sympy

from ..language.errors import InvalidType, InvalidValue, NotInstalled
from ..samples.reading import Outcomes, aligned, given, simulate
from .evaluation import read_exact
from .expressions import closed_form, cross_entropy, entropy, kl_divergence

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ..sympy_bridge.exact import Number
    from .distributions import DistributionLike

__all__ = [
    "NAMES", "cross_entropy_identity", "distributions", "divergence_and_mirror", "estimators", "evidence",
    "llr_concentration", "log_le", "picture", "save", "svg",
]  # fmt: skip

_HALF, _SEVEN = Fraction(1, 2), Fraction(7, 10)
_MOST_PATHS, _MOST_BARS = 20, 12
"""More than this cannot be told apart in one picture."""
_MOST_OUTCOMES, _LONGEST_LABEL = 40, 24
"""Outcomes that have a bar in a picture, and letters of their names: more are not read."""
_LEAST_OUTCOMES = 10
"""A path of fewer outcomes does not show that it settles."""
_PATH_STEP, _BAND_STEP = 5, 20
"""By how many percent the number of outcomes grows from one point of a path, or of a band, to the next. On an axis of
four decades 5 percent are three pixels; the band is smooth, and its chords are a thousandth of its width off."""


# --- the pictures ----------------------------------------------------------------------------------------------------


def llr_concentration(
    p: DistributionLike = _SEVEN,
    q: DistributionLike = _HALF,
    n: int = 10_000,
    paths: int = 6,
    seed: int = 1,
    ax: Axes | None = None,
) -> Axes:
    """Draw the per-flip log-likelihood ratio of simulated sequences on its way to D(P‖Q), and its band.

    V = Σ p·(log(p/q) − D)² is the variance of the log-ratio of one outcome. The narrow band is D ± √(V/n), one
    standard deviation of the mean of n. The wide one is D ± √(20·V/n): by the theorem ``llr_concentration``, at each n
    a sequence is outside it with a probability of at most 1/20. Both are about one n, not about whole paths.

    Parameters
    ----------
    p, q : distribution
        The true and the other one, of rational probabilities, as in :func:`kl_symbolic.kl_divergence`.
    n : int
        How many outcomes there are in each sequence, at least 10.
    paths : int
        How many sequences there are, 1 to 20.
    seed : int
        Of the first sequence; the next ones follow it.
    ax : matplotlib Axes, optional
        What to draw on; by default the axes of a new figure.

    Returns
    -------
    matplotlib Axes
        What was drawn on.

    Raises
    ------
    InvalidValue
        When D is infinite, or a number is out of range.
    InvalidType
        For anything that is not a distribution of rational numbers.
    NotInstalled
        When matplotlib is missing.

    Notes
    -----
    That the mean of the log-ratios tends to D(P‖Q) is the theorem ``llr_per_flip``; the band is Chebyshev's inequality.

    References
    ----------
    T. M. Cover and J. A. Thomas, "Elements of Information Theory", 2nd edition, Wiley 2006, sections 3.1 and 11.8.

    Examples
    --------
    >>> llr_concentration(n=100, paths=1).get_ylabel()
    'log-likelihood ratio per outcome (nats)'
    """
    first, second = _pair(p, q)
    if n < _LEAST_OUTCOMES:
        raise InvalidValue(f"expected at least {_LEAST_OUTCOMES} outcomes, got n={n}")
    if not 1 <= paths <= _MOST_PATHS:
        raise InvalidValue(f"expected 1 to {_MOST_PATHS} paths, got {paths}")
    divergence = _finite(first, second)
    # An outcome that P excludes does not come, and has no log-ratio.
    logs = [sympy.log(_rational(a / b)) if a else sympy.S.Zero for a, b in zip(first, second, strict=True)]
    variance = sympy.Add(*(_rational(a) * (log - divergence) ** 2 for a, log in zip(first, logs, strict=True)))
    mean, spread, jumps = _float(divergence), _float(variance), [*map(_float, logs)]
    numbers, bends = _checkpoints(n, _PATH_STEP), _checkpoints(n, _BAND_STEP)
    with _drawing(ax) as axes:
        axes.set_xscale("log")
        for factor, opacity, said in ((20, 0.14, _WIDE), (1, 0.28, r"$D \pm \sqrt{V/n}$, one standard deviation")):
            width = [(factor * spread / k) ** 0.5 for k in bends]
            low, high = ([mean + sign * w for w in width] for sign in (-1, 1))
            axes.fill_between(bends, low, high, color=_BLUE, alpha=opacity, linewidth=0, label=said)
        true = {str(k): a for k, a in enumerate(first)}
        named = {str(k): jump for k, jump in enumerate(jumps)}
        for path in range(paths):
            flips = simulate(true, n, seed + path)
            label = None if path else f"{paths} simulated sequences" if paths > 1 else "a simulated sequence"
            axes.plot(numbers, _means(flips, named, numbers), color=_RED, linewidth=0.9, label=label)
        axes.axhline(
            mean, color=_ink(), linewidth=1.4, linestyle=(0, (5, 2)), label=rf"$D(P \parallel Q) = {mean:.4g}$"
        )
        axes.set_xlim(1, n)
        reach = 2.2 * (20 * spread / 100) ** 0.5 or 0.1
        axes.set_ylim(mean - reach, mean + reach)
        axes.set_xlabel("number of outcomes n")
        axes.set_ylabel("log-likelihood ratio per outcome (nats)")
        axes.set_title("The log-likelihood ratio per outcome tends to the divergence")
        axes.legend(loc="upper right")
        return axes


_WIDE = r"$D \pm \sqrt{20\,V/n}$, outside with probability $\leq 1/20$"


def divergence_and_mirror(
    ps: Sequence[Number | sympy.Expr] = (_HALF, _SEVEN, Fraction(9, 10)), ax: Axes | None = None
) -> Axes:
    r"""Draw D(p‖q) of two coins against q for several p, and its mirror D(q‖p): the divergence is not symmetric.

    Parameters
    ----------
    ps : sequence of number
        Probabilities of heads, strictly between 0 and 1; one to three.
    ax : matplotlib Axes, optional
        What to draw on; by default the axes of a new figure.

    Returns
    -------
    matplotlib Axes
        What was drawn on.

    Examples
    --------
    >>> [line.get_label() for line in divergence_and_mirror([0.5]).get_lines()][:2]
    ['$D(p \\parallel q)$, $p = 1/2$', '$D(q \\parallel p)$, $p = 1/2$']
    """
    if not 1 <= len(ps) <= 3:
        raise InvalidValue(f"expected one to three values of p, got {len(ps)}")
    read_ones = [_pair(p, p)[0] for p in ps]
    if any(len(one) != 2 for one in read_ones):
        raise InvalidType("expected the probabilities of heads of coins")
    coins = [one[0] for one in read_ones]
    if any(not 0 < p < 1 for p in coins):
        raise InvalidValue(f"expected values of p between 0 and 1, got {', '.join(map(str, coins))}")
    q = sympy.Symbol("q", positive=True)
    inside = [Fraction(k, 100) for k in range(1, 100)]
    # D(p‖q) grows without bound at both ends, slowly.
    ends = [Fraction(1, 100 * 2**k) for k in range(30, 0, -1)]
    grid = [*ends, *inside, *(1 - k for k in reversed(ends))]
    with _drawing(ax) as axes:
        for p, color in zip(coins, (_BLUE, _RED, _GREEN), strict=False):
            for found, style in ((closed_form(p, q), "solid"), (closed_form(q, p), (0, (4, 2)))):
                said = "D(p \\parallel q)" if style == "solid" else "D(q \\parallel p)"
                assert found.expression is not None
                heights = [float(found.expression.evalf(30, subs={q: _rational(k)})) for k in grid]
                axes.plot([*map(float, grid)], heights, color=color, linestyle=style, label=f"${said}$, $p = {p}$")
        for p, color in zip(coins, (_BLUE, _RED, _GREEN), strict=False):
            axes.plot([float(p)], [0], marker="o", markersize=5, color=color, linestyle="none", clip_on=False, zorder=5)
        axes.set_xlim(0, 1)
        axes.set_ylim(0, 2)
        axes.set_xlabel("q, the probability of heads of the other coin")
        axes.set_ylabel("divergence (nats)")
        axes.set_title("The divergence of two coins is 0 at p = q only, and not symmetric")
        axes.legend(loc="upper center", bbox_to_anchor=(0.55, 1))
        return axes


def estimators(p: Number | sympy.Expr = Fraction(1, 20), ax: Axes | None = None) -> Axes:
    """Draw how far the estimators k1, k2 and k3 are from D(p‖q) for a coin p, against q, and the divergence itself.

    For a sample of p, k1 is log(p/q), k2 is half its square, and k3 is q/p − 1 − log(q/p), with the probabilities of
    the side that was seen. Their distance from the divergence is the root of the mean square error of one sample: for
    k1 and k3, which are unbiased, the standard deviation, of which the mean of n samples has a √n-th.

    Parameters
    ----------
    p : number
        The probability of heads, strictly between 0 and 1.
    ax : matplotlib Axes, optional
        What to draw on; by default the axes of a new figure.

    Returns
    -------
    matplotlib Axes
        What was drawn on.

    Raises
    ------
    InvalidType, InvalidValue
        When it is not the probability of heads of a coin that can fall on both sides.

    Notes
    -----
    Near q = p the error of k1 is of the first order in the difference, and that of the others of the second. Where q
    is much larger than p, that of k3 grows as q/p, and that of k1 as its logarithm: ``k3_second_moment_unbounded``.

    References
    ----------
    J. Schulman, "Approximating KL divergence", 2020, http://joschu.net/blog/kl-approx.html.

    Examples
    --------
    >>> [line.get_label() for line in estimators(0.5).get_lines()][:3]
    ['k1 = log(p/q)', 'k2 = ½(log(p/q))²', 'k3 = q/p − 1 − log(q/p)']
    """
    coin = _pair(p, p)[0]
    if len(coin) != 2:
        raise InvalidType("expected the probability of heads of a coin")
    if not 0 < coin[0] < 1:
        raise InvalidValue(f"expected a value of p between 0 and 1, got {coin[0]}")
    # Rational q, which also has values close to both ends and on both sides of p.
    inside = [Fraction(k, 100) for k in range(1, 100)]
    close = [coin[0] * (1 + sign * Fraction(k, 20)) for sign in (1, -1) for k in range(1, 20)]
    grid = sorted({q for q in (*inside, *close) if 0 < q < 1 and q != coin[0]})
    found = [_errors(coin[0], q) for q in grid]
    with _drawing(ax) as axes:
        for k, (color, style, said) in enumerate(_ESTIMATORS):
            axes.plot([*map(float, grid)], [row[k] for row in found], color=color, linestyle=style, label=said)
        label = r"$D(p \parallel q)$, which they estimate"
        axes.plot(
            [*map(float, grid)], [row[3] for row in found], color=_ink(), linewidth=1.2, linestyle="dotted", label=label
        )
        axes.axvline(float(coin[0]), color=_FAINT, linewidth=1)
        axes.set_xlim(0, 1)
        axes.set_yscale("log")
        axes.set_ylim(1e-3, 10)
        axes.set_xlabel(f"q, the probability of heads of the other coin (p = {coin[0]})")
        axes.set_ylabel("root mean square error of one sample (nats)")
        axes.set_title("Near q = p, k3 is closer than k1; where q is much larger, it is farther off")
        axes.legend(loc="lower right")
        return axes


def _errors(p: Fraction, q: Fraction) -> tuple[float, ...]:
    """Return the root mean square errors of k1, k2 and k3 for one sample of a coin, and the divergence."""
    sides = [(_rational(a), _rational(b / a)) for a, b in ((p, q), (1 - p, 1 - q))]
    rows = [(a, r, -sympy.log(r).evalf(30)) for a, r in sides]
    divergence = sum(a * k1 for a, _, k1 in rows)
    squares = [
        sum(a * (k1 - divergence) ** 2 for a, _, k1 in rows),
        sum(a * (k1**2 / 2 - divergence) ** 2 for a, _, k1 in rows),
        sum(a * (r - 1 + k1 - divergence) ** 2 for a, r, k1 in rows),
    ]
    return (*(float(square) ** 0.5 for square in squares), float(divergence))


def log_le(p: DistributionLike = _SEVEN, q: DistributionLike = _HALF, ax: Axes | None = None) -> Axes:
    """Draw log x ≤ x − 1, the picture behind Gibbs' inequality.

    At x = q_i/p_i the tangent is above the logarithm by a gap that is never negative. Weighted by p_i, the gaps add up
    to D(P‖Q), because Σ p_i·(q_i/p_i − 1) = 0.

    Parameters
    ----------
    p, q : distribution
        Of positive rational probabilities, as in :func:`kl_symbolic.kl_divergence`.
    ax : matplotlib Axes, optional
        What to draw on; by default the axes of a new figure.

    Returns
    -------
    matplotlib Axes
        What was drawn on.

    Examples
    --------
    >>> log_le().get_xlabel()
    'x = q/p, the ratio of the two probabilities of an outcome'
    """
    first, second = _pair(p, q)
    zero = next((k for k, (a, b) in enumerate(zip(first, second, strict=True)) if not a or not b), None)
    if zero is not None:
        got = f"{first[zero]} and {second[zero]} for outcome {zero + 1}"
        raise InvalidValue(f"expected positive probabilities in P and Q, got {got}")
    ratios = [b / a for a, b in zip(first, second, strict=True)]
    right = max(Fraction(5, 2), *(r * 6 / 5 for r in ratios))
    grid = [right * k / 400 for k in range(1, 401)]
    with _drawing(ax) as axes:
        axes.plot(
            [0, float(right)], [-1, float(right) - 1], color=_RED, linestyle=(0, (5, 2)), label="x − 1, the tangent"
        )
        axes.plot([*map(float, grid)], [_float(sympy.log(_rational(x))) for x in grid], color=_BLUE, label="log x")
        for k, x in enumerate(ratios):
            below, above = _float(sympy.log(_rational(x))), float(x - 1)
            label = r"the gaps at $x = q_i/p_i$" if k == 0 else None
            axes.plot([float(x)] * 2, [below, above], color=_GREEN, linewidth=3, marker="o", markersize=5, label=label)
            if x not in ratios[:k]:
                same = [f"q_{{{j}}}/p_{{{j}}}" for j, other in enumerate(ratios, 1) if other == x]
                shown = " = ".join([*same, str(x)])
                axes.annotate(f"${shown}$", (float(x), below), (8, -13), textcoords="offset points")
        axes.set_xlim(0, float(right))
        axes.set_ylim(-2, max(float(right) - 1, 1))
        axes.set_xlabel("x = q/p, the ratio of the two probabilities of an outcome")
        axes.set_ylabel("log x and x − 1 (nats)")
        total = _float(_finite(first, second))
        axes.set_title(f"The gaps, weighted by the probabilities of P, add up to D(P‖Q) = {total:.4g} nats")
        axes.legend(loc="upper left")
        return axes


def cross_entropy_identity(
    p: DistributionLike | None = None, qs: Sequence[DistributionLike] | None = None, ax: Axes | None = None
) -> Axes:
    """Draw H(P, Q) = H(P) + D(P‖Q) as stacked bars, a bar for each Q.

    Parameters
    ----------
    p : distribution, optional
        As in :func:`kl_symbolic.kl_divergence`, of rational probabilities; default (1/2, 1/4, 1/8, 1/8).
    qs : sequence of distribution, optional
        Up to twelve, over the same outcomes; default P itself, one with the same entries in another order, and so on.
    ax : matplotlib Axes, optional
        What to draw on; by default the axes of a new figure.

    Returns
    -------
    matplotlib Axes
        What was drawn on.

    Examples
    --------
    >>> len(cross_entropy_identity([0.5, 0.5], [[0.5, 0.5], [0.9, 0.1]]).patches)
    4
    """
    if p is None:
        p = [Fraction(k, 8) for k in (4, 2, 1, 1)]
        qs = qs or [[Fraction(k, 8) for k in row] for row in ((4, 2, 1, 1), (2, 2, 2, 2), (2, 4, 1, 1), (1, 1, 2, 4))]
    if qs is None or not 1 <= len(qs) <= _MOST_BARS:
        raise InvalidValue(f"expected 1 to {_MOST_BARS} distributions Q, got {0 if qs is None else len(qs)}")
    pairs = [_pair(p, q) for q in qs]
    base, top = entropy([*map(_rational, pairs[0][0])]), 0.1
    with _drawing(ax) as axes:
        for k, (first, second) in enumerate(pairs):
            more = _finite(first, second)
            whole = cross_entropy([*map(_rational, first)], [*map(_rational, second)])
            low, high = _float(base), _float(more)
            labels = ("H(P), entropy", "D(P‖Q), divergence") if k == 0 else (None, None)
            axes.bar(k, low, 0.62, color=_BLUE, label=labels[0])
            axes.bar(
                k, high, 0.62, bottom=low, color=_ORANGE, hatch="///", edgecolor=_PAPER, linewidth=0, label=labels[1]
            )
            axes.annotate(f"{_float(whole):.3f}", (k, low + high), (0, 4), textcoords="offset points", ha="center")
            top = max(top, low + high)
        axes.set_ylim(0, top * 1.25)
        axes.set_xlim(-0.6, len(pairs) - 0.4)
        axes.xaxis.grid(False)
        names = [_listed(second) for _, second in pairs]
        turned: dict[str, Any] = {"rotation": 30, "ha": "right"} if sum(map(len, names)) > 90 else {}
        axes.set_xticks(range(len(pairs)), names, **turned)
        axes.set_xlabel(f"Q, for P = {_listed(pairs[0][0])}")
        axes.set_ylabel("cross entropy H(P, Q) (nats)")
        axes.set_title("Cross entropy is entropy plus divergence")
        axes.legend(loc="upper left", ncols=2)
        return axes


def distributions(
    p: object = _SEVEN, q: object = _HALF, counts: Mapping[str, int] | None = None, ax: Axes | None = None
) -> Axes:
    """Draw two distributions as bars, a pair for each outcome, and the frequencies of observed outcomes on them.

    Parameters
    ----------
    p, q : object
        Distributions as :func:`kl_symbolic.derive` reads them: a dict gives names to the outcomes, a number is a coin.
    counts : mapping of str to int, optional
        How often each outcome was observed.
    ax : matplotlib Axes, optional
        What to draw on; by default the axes of a new figure.

    Returns
    -------
    matplotlib Axes
        What was drawn on.

    Raises
    ------
    BadInput
        When they are not distributions, or have no outcome in common.
    InvalidValue
        When there are too many outcomes for a picture.

    Examples
    --------
    >>> [label.get_text() for label in distributions({"sun": 0.5, "rain": 0.5}, {"sun": 1}).get_xticklabels()]
    ['sun', 'rain']
    """
    first, second = aligned(given(p, "P"), given(q, "Q"))
    names = [*{**first, **second}]
    if len(names) > _MOST_OUTCOMES:
        raise InvalidValue(f"expected at most {_MOST_OUTCOMES} outcomes in a picture, got {len(names)}")
    strange = [str(name) for name in counts or () if str(name) not in names]
    if strange:
        raise InvalidValue(f"expected counts of {', '.join(names)}, got one of {strange[0]!r}")
    sides = [[side.get(name, Fraction(0)) for name in names] for side in (first, second)]
    total = sum((counts or {}).values())
    with _drawing(ax) as axes:
        places = range(len(names))
        axes.bar([k - 0.2 for k in places], [*map(float, sides[0])], 0.38, color=_BLUE, label="P")
        axes.bar(
            [k + 0.2 for k in places], [*map(float, sides[1])], 0.38, color=_ORANGE, label="Q", hatch="///",
            edgecolor=_PAPER, linewidth=0,
        )  # fmt: skip
        top = max(map(float, (*sides[0], *sides[1])))
        if counts is not None and total:
            seen = [counts.get(name, 0) / total for name in names]
            top = max(top, *seen)
            axes.plot(
                [*places], seen, marker="D", markersize=6, linestyle="none", color=_ink(), label=f"{total} observed"
            )
        axes.set_ylim(0, top * 1.2)
        axes.xaxis.grid(False)
        shown = [*map(_label, names)]
        turned: dict[str, Any] = {"rotation": 30, "ha": "right"} if sum(map(len, shown)) > 60 else {}
        axes.set_xticks([*places], shown, **turned)
        axes.set_xlabel("outcome")
        axes.set_ylabel("probability")
        divergence = kl_divergence([*map(_rational, sides[0])], [*map(_rational, sides[1])])
        value = "∞" if divergence is sympy.oo else f"{_float(divergence):.4g} nats"
        axes.set_title(f"D(P‖Q) = {value}")
        axes.legend(loc="upper right", ncols=3)
        return axes


def evidence(
    outcomes: Sequence[str] | None = None, p: object = _SEVEN, q: object = _HALF, ax: Axes | None = None
) -> Axes:
    """Draw the log-likelihood ratio per outcome of a sequence that was observed, as it grows, against D(P‖Q).

    Parameters
    ----------
    outcomes : sequence of str, optional
        What was observed, in order; default a thousand simulated outcomes of P.
    p, q : object
        Distributions, as in :func:`distributions`, both positive wherever an outcome was observed.
    ax : matplotlib Axes, optional
        What to draw on; by default the axes of a new figure.

    Returns
    -------
    matplotlib Axes
        What was drawn on.

    Raises
    ------
    InvalidValue
        When an outcome is none of the distributions', or one of them excludes it; and when D is infinite.

    Examples
    --------
    >>> evidence("HHTHTHHHTH", 0.7, 0.5).get_lines()[0].get_xdata().tolist()[-1]
    10
    """
    first, second = aligned(given(p, "P"), given(q, "Q"))
    names = [*{**first, **second}]
    sequence = simulate(first, 1000, 1) if outcomes is None else Outcomes.of(outcomes, names)
    if not len(sequence):
        raise InvalidValue("expected outcomes, got none")
    for name in sequence.counts():
        for side, called in ((first, "P"), (second, "Q")):
            if not side.get(name):
                raise InvalidValue(f"{name!r} was observed, and {called} gives it probability 0: the ratio is infinite")
    sides = [[side.get(name, Fraction(0)) for name in names] for side in (first, second)]
    mean = _float(_finite(*sides))
    logs = [sympy.log(_rational(a / b)) if a and b else sympy.S.Zero for a, b in zip(*sides, strict=True)]
    jumps = {name: _float(log) for name, log in zip(names, logs, strict=True)}
    numbers = _checkpoints(len(sequence), _PATH_STEP)
    with _drawing(ax) as axes:
        if len(sequence) > _LEAST_OUTCOMES:
            axes.set_xscale("log")
        label = "simulated outcomes" if outcomes is None else "observed outcomes"
        axes.plot(numbers, _means(sequence, jumps, numbers), color=_RED, marker=".", label=label)
        axes.axhline(
            mean, color=_ink(), linewidth=1.4, linestyle=(0, (5, 2)), label=rf"$D(P \parallel Q) = {mean:.4g}$"
        )
        axes.axhline(0, color=_FAINT, linewidth=1)
        axes.set_xlabel("number of outcomes n")
        axes.set_ylabel("log-likelihood ratio per outcome (nats)")
        axes.set_title("Above 0 the outcomes speak for P, below 0 for Q")
        axes.legend(loc="upper right")
        return axes


NAMES: dict[str, Callable[..., Axes]] = {
    "cross_entropy_identity": cross_entropy_identity,
    "distributions": distributions,
    "divergence_and_mirror": divergence_and_mirror,
    "estimators": estimators,
    "evidence": evidence,
    "llr_concentration": llr_concentration,
    "log_le": log_le,
}
"""The pictures by their names; three are those of the theorem or the axiom that they show, two are of own data."""


# --- files -----------------------------------------------------------------------------------------------------------


def svg(ax: Axes) -> str:
    """Return the figure of the axes as SVG: the same text for the same picture, on any day, with any hash seed.

    Letters are drawn as outlines, so no font is needed. In a dark surrounding the picture turns dark by itself, where
    it was drawn in a figure of its own.

    Parameters
    ----------
    ax : matplotlib Axes
        The axes of the figure.

    Returns
    -------
    str
        The SVG file.

    Examples
    --------
    >>> svg(divergence_and_mirror([0.5])).count("<svg")
    1
    """
    matplotlib = _matplotlib()
    figure: Any = ax.get_figure()
    file = io.StringIO()
    metadata = {"Date": None, "Creator": "kl_symbolic", "Title": ax.get_title()}
    salted = {"svg.hashsalt": "kl_symbolic", "svg.fonttype": "path", "svg.image_inline": True}
    ours = figure.get_label() == _OURS
    with _our_style() if ours else nullcontext(), matplotlib.rc_context(salted), _unwarned():
        figure.savefig(file, format="svg", metadata=metadata)
    if not ours:
        return file.getvalue()
    head, tag, rest = file.getvalue().partition("<svg ")
    opening, end, body = rest.partition(">")
    return f"{head}{tag}{opening}{end}\n{_DARK}{body}"


KINDS = ("svg", "png", "pdf")
"""The formats in which a picture is written; the suffix of a file names one."""

_DOTS = 200
"""Dots per inch of a PNG: a figure is 1440 dots wide, enough for print in a column and for any screen."""


def picture(ax: Axes, kind: str) -> bytes:
    """Return the figure of the axes as a file: the same bytes for the same picture, with one version of matplotlib.

    Parameters
    ----------
    ax : matplotlib Axes
        The axes of the figure.
    kind : str
        ``svg``, as :func:`svg` gives it, ``png`` or ``pdf``.

    Returns
    -------
    bytes
        The file.

    Raises
    ------
    InvalidValue
        When there is no such format.

    Examples
    --------
    >>> picture(log_le(), "png")[1:4]
    b'PNG'
    """
    if kind == "svg":
        return svg(ax).encode()
    if kind not in KINDS:
        raise InvalidValue(f"expected a format, one of {', '.join(KINDS)}; got {kind!r}")
    # What the writers put in by themselves names the day, or the version of matplotlib.
    metadata: dict[str, str | None] = {"Software": "kl_symbolic"}
    if kind == "pdf":
        metadata = {"Creator": "kl_symbolic", "Producer": None, "CreationDate": None}
    figure: Any = ax.get_figure()
    file = io.BytesIO()
    ours = figure.get_label() == _OURS
    with _our_style() if ours else nullcontext(), _unwarned():
        figure.savefig(file, format=kind, metadata={**metadata, "Title": ax.get_title()}, dpi=_DOTS)
    return file.getvalue()


def save(ax: Axes, path: str | Path) -> None:
    """Write the figure of the axes to a file, as :func:`picture` gives it.

    Parameters
    ----------
    ax : matplotlib Axes
        The axes of the figure.
    path : str or Path
        The file; its name ends in ``.svg``, ``.png`` or ``.pdf``.

    Raises
    ------
    InvalidValue
        When the name ends otherwise. For another format use ``ax.figure.savefig``.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as directory:
    ...     save(log_le(), f"{directory}/log_le.svg")
    """
    kind = Path(path).suffix.lower().removeprefix(".")
    if kind not in KINDS:
        raise InvalidValue(f"expected a file name that ends in .svg, .png or .pdf, got {str(path)!r}")
    Path(path).write_bytes(picture(ax, kind))


# --- colors ---------------------------------------------------------------------------------------------------------

_BLUE, _RED, _GREEN, _ORANGE = "#0072b2", "#d55e00", "#009e73", "#e69f00"
_PAPER, _INK, _FAINT = "#ffffff", "#1f2328", "#c9ced6"
_IN_THE_DARK = {_PAPER: "#0d1117", _INK: "#e6edf3", _FAINT: "#39414b", _BLUE: "#3fa0dd"}
"""The color that replaces a color on a dark page; the others stand out on both."""

_ESTIMATORS = (
    (_BLUE, "solid", "k1 = log(p/q)"),
    (_ORANGE, (0, (5, 2)), "k2 = ½(log(p/q))²"),
    (_RED, (0, (3, 1, 1, 1)), "k3 = q/p − 1 − log(q/p)"),
)
"""The color, the dashes and the name of each estimator of the divergence."""

_DARK = (
    "<style>@media (prefers-color-scheme: dark) {"
    + "".join(
        f' [style*="{what}: {light}"] {{ {what}: {dark} !important }}'
        for light, dark in _IN_THE_DARK.items()
        for what in ("fill", "stroke")
    )
    + " }</style>"
)

_SEEN = 0.25
"""By how many pixels a curve may be off: points that matter less than the soft edge of a line are not written."""

_STYLE: dict[str, Any] = {
    "figure.figsize": (7.2, 4.4), "figure.facecolor": _PAPER, "figure.constrained_layout.use": True,
    "axes.facecolor": _PAPER, "axes.edgecolor": _INK, "axes.labelcolor": _INK, "axes.titlecolor": _INK,
    "axes.titlesize": 11.5, "axes.titlepad": 10, "axes.labelsize": 10.5,
    "axes.spines.top": False, "axes.spines.right": False,
    "axes.grid": True, "axes.axisbelow": True, "axes.linewidth": 0.8,
    "grid.color": _FAINT, "grid.linewidth": 0.6, "text.color": _INK, "xtick.color": _INK, "ytick.color": _INK,
    "font.size": 10, "mathtext.fontset": "dejavusans",
    "legend.frameon": True, "legend.framealpha": 1, "legend.facecolor": _PAPER, "legend.edgecolor": _FAINT,
    "legend.fontsize": 9.5, "lines.linewidth": 2, "hatch.linewidth": 0.8,
    "path.simplify_threshold": _SEEN,
}  # fmt: skip


def _matplotlib() -> Any:
    try:
        import matplotlib.figure
        import matplotlib.style
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "matplotlib":
            raise
        message = "plots need matplotlib, which is not installed: pip install 'kl-symbolic[plot]'"
        raise NotInstalled(message, name="matplotlib") from None
    return matplotlib


@contextmanager
def _drawing(ax: Axes | None) -> Iterator[Axes]:
    """Give the axes that were passed, in the style that they have, or new ones in our style."""
    matplotlib = _matplotlib()
    if ax is not None:
        yield ax
        return
    with _our_style():
        axes = matplotlib.figure.Figure(label=_OURS).add_subplot()
        # Ticks are made when the picture is shown, in the style of that moment.
        axes.tick_params(which="both", colors=_INK, grid_color=_FAINT)
        yield axes


@contextmanager
def _our_style() -> Iterator[None]:
    """Use our style inside, and restore the user's afterwards."""
    matplotlib = _matplotlib()
    with matplotlib.rc_context():
        matplotlib.style.use("default")
        matplotlib.rcParams.update(_STYLE)
        yield


@contextmanager
def _unwarned() -> Iterator[None]:
    """Draw a name in letters that the font lacks as boxes, without a warning for each."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        yield


_OURS = "kl_symbolic"
"""The label of figures that are drawn in our style."""


def _ink() -> Any:
    return _matplotlib().rcParams["text.color"]


# --- numbers ---------------------------------------------------------------------------------------------------------


def _pair(p: DistributionLike, q: DistributionLike) -> tuple[list[Fraction], list[Fraction]]:
    """Return two distributions over the same outcomes as exact fractions."""
    exact = read_exact({"P": p, "Q": q}, False)
    if exact.limits is not None:
        raise InvalidType("expected distributions of numbers, got a symbolic one")
    found = []
    for side in exact.distributions:
        other = [f"{label} = {w}" for label, w in zip(side.labels, side.weights, strict=True) if not w.is_Rational]
        if other:
            raise InvalidType(f"expected rational probabilities, got {other[0]}")
        found.append([Fraction(int(w.p), int(w.q)) for w in side.weights])
    return found[0], found[1]


def _rational(value: Fraction) -> Any:
    return sympy.Rational(value.numerator, value.denominator)


def _float(value: Any) -> float:
    return float(sympy.N(value, 30))


def _finite(p: Sequence[Fraction], q: Sequence[Fraction]) -> Any:
    """Return D(P‖Q); refuse to draw what is infinite."""
    found = kl_divergence([*map(_rational, p)], [*map(_rational, q)])
    if found is sympy.oo:
        k = next(k for k, (a, b) in enumerate(zip(p, q, strict=True), 1) if a and not b)
        raise InvalidValue(f"the divergence is infinite: P gives outcome {k} probability {p[k - 1]}, and Q gives it 0")
    return found


def _checkpoints(n: int, percent: int) -> list[int]:
    """Return numbers from 1 to n, each larger than the one before by so many percent, and at least by 1.

    Examples
    --------
    >>> _checkpoints(20, 50)
    [1, 2, 3, 4, 6, 9, 13, 19, 20]
    """
    found = [1]
    while found[-1] < n:
        found.append(min(n, max(found[-1] + 1, found[-1] * (100 + percent) // 100)))
    return found


def _means(flips: Outcomes, jumps: Mapping[str, float], numbers: Sequence[int]) -> list[float]:
    """Return the mean of the log-ratios of the first k outcomes, for each of the numbers k."""
    counts, found = Counter[str](), []
    for before, k in pairwise([0, *numbers]):
        counts.update(flips.counts(before, k))
        found.append(fsum(counts[name] * jump for name, jump in jumps.items()) / k)
    return found


def _label(name: str) -> str:
    """Return the name of an outcome as text of a picture: matplotlib reads formulas between dollars."""
    shown = "".join(c if c.isprintable() else "�" for c in name).replace("$", r"\$")
    return shown if len(shown) <= _LONGEST_LABEL else f"{shown[: _LONGEST_LABEL - 1]}…"


def _listed(p: Sequence[Fraction]) -> str:
    return f"({', '.join(map(str, p))})"
