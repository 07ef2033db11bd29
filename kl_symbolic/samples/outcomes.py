"""Two distributions and the outcomes of real or simulated flips: which of them a sequence supports, and how strongly.

Probabilities are exact fractions and stay so; logarithms are evaluated in intervals, and every digit that is shown is
right. This is arithmetic about one sequence, not a proof; where a theorem is used, it is named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import prod
from typing import Any, final

from ..kernel.terms import Node, num
from ..language.chains import plus
from ..render.model.document import Chain, Table
from ..render.model.reports import INFINITY, Report, ReportBlock, number_latex, words
from .reading import BadInput, Distribution, Outcomes

__all__ = ["Units", "divergence", "report", "shown", "value"]

MAX_DIGITS = 1000
"""Digits of a value, at most: more take minutes, and nobody needs them."""
SHORT = 12
"""Up to so many outcomes the factors of the likelihoods are written out one by one."""
LEAVES = Fraction(1, 20)
"""The probability with which simulated flips may leave the band, at most."""

# --- values ----------------------------------------------------------------------------------------------------------


def value(node: Node, digits: int) -> Any:
    """Return the value of a closed term: a Fraction, or an mpmath number whose *digits* digits are right.

    Parameters
    ----------
    node : Node
        Without names.
    digits : int
        How many, 1 to 1000.
    """
    from ..numerics.evaluate import Undecided, evaluate
    from ..numerics.point import Point

    if not 1 <= digits <= MAX_DIGITS:
        raise BadInput(f"expected 1 to {MAX_DIGITS} digits, got {digits}")
    try:
        return evaluate(node, Point.of(), digits + 15)
    except Undecided as error:
        raise BadInput(f"a value cannot be told: {error}") from None


def shown(node: Node, digits: int) -> str:
    """Return the value of a closed term to so many significant digits; ``0`` when it is exactly 0.

    Parameters
    ----------
    node : Node
        Without names.
    digits : int
        How many, 1 to 1000.
    """
    import mpmath

    found = value(node, digits)
    if isinstance(found, Fraction):
        if found.denominator == 1:
            return str(found)
        with mpmath.workdps(digits + 15):
            found = mpmath.mpf(found.numerator) / found.denominator
    return str(mpmath.nstr(found, digits))


@final
class Units:
    """Nats, bits, or units of another base.

    Parameters
    ----------
    base : int, optional
        Of the logarithms, 2 to 1000; default e.
    """

    def __init__(self, base: int | None = None) -> None:
        if base is not None and not 2 <= base <= 1000:
            raise BadInput(f"expected a base from 2 to 1000, got {base}")
        self.base = base
        self.name = "nats" if base is None else "bits" if base == 2 else f"units of base {base}"
        self.log = "log" if base is None else f"log{str(base).translate(_LOWERED)}"
        self.latex = r"\log" if base is None else f"\\log_{{{base}}}"

    def of(self, nats: Node) -> Node:
        """Return a number of nats in these units.

        Parameters
        ----------
        nats : Node
        """
        return nats if self.base is None else nats / Node("log", None, (num(self.base),))

    def value(self, found: str) -> tuple[str, str]:
        """Return a number with its unit, in plain text and LaTeX.

        Parameters
        ----------
        found : str
            The number as it is printed.
        """
        return f"{found} {self.name}", f"{number_latex(found)} \\text{{ {self.name}}}"


_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def fraction_latex(number: Fraction) -> str:
    """Return LaTeX for an exact number."""
    sign, top = "-" if number < 0 else "", abs(number.numerator)
    return f"{sign}{top}" if number.denominator == 1 else f"{sign}\\frac{{{top}}}{{{number.denominator}}}"


def _bare(number: Fraction) -> str:
    return str(number) if number.denominator == 1 else f"({number})"


@final
class _Pair:
    """P and Q over one list of outcomes."""

    def __init__(self, p: Distribution, q: Distribution, base: int | None, digits: int) -> None:
        self.names = list({**p, **q})
        self.p = {name: p.get(name, Fraction(0)) for name in self.names}
        self.q = {name: q.get(name, Fraction(0)) for name in self.names}
        self.ratios = {n: self.p[n] / self.q[n] for n in self.names if self.p[n] and self.q[n]}
        self.support = [n for n in self.names if self.p[n]]
        self.alone = [n for n in self.support if not self.q[n]]
        self.units, self.digits = Units(base), digits

    def sides(self) -> tuple[str, str]:
        """Return both distributions as they are written in a sentence."""
        first, second = (", ".join(f"{n} {v}" for n, v in side.items()) for side in (self.p, self.q))
        return first, second

    def logs(self, weights: Mapping[str, Fraction | int]) -> Node:
        """Return Σ wᵢ·log(pᵢ/qᵢ), in nats."""
        used = [n for n in self.ratios if weights.get(n)]
        return plus([num(weights[n]) * Node("log", None, (num(self.ratios[n]),)) for n in used])

    def variance(self) -> Node:
        """Return V = Σ pᵢ·(log(pᵢ/qᵢ) − D)² in nats²."""
        mean = self.logs(self.p)
        if len({self.ratios[n] for n in self.support}) == 1:
            return num(0)  # the log-ratio is constant; no interval would tell
        each = ((n, Node("log", None, (num(self.ratios[n]),)) - mean) for n in self.support)
        return plus([num(self.p[n]) * (gap * gap) for n, gap in each])

    def written(self, weights: Mapping[str, Fraction | int]) -> tuple[tuple[str, str], ...]:
        """Return the summands wᵢ·log(pᵢ/qᵢ) as they are shown, in plain text and LaTeX."""
        found = []
        for n in self.ratios:
            weight, ratio = Fraction(weights.get(n, 0)), self.ratios[n]
            if weight:
                plain, latex = ("", "") if weight == 1 else (f"{_bare(weight)}·", f"{fraction_latex(weight)} ")
                found.append(
                    (f"{plain}{self.units.log}({ratio})", f"{latex}{self.units.latex} {fraction_latex(ratio)}")
                )
        return tuple(found)


# --- the report on a sequence ----------------------------------------------------------------------------------------


def divergence(p: Distribution, q: Distribution, digits: int = 15, base: int | None = None, why: str = "") -> Report:
    """Return a report of D(P‖Q) for two distributions that a theorem does not speak of.

    Parameters
    ----------
    p, q : dict
        The true and the other distribution.
    digits : int
        Significant digits of the value.
    base : int, optional
        Of the logarithms; default e.
    why : str, optional
        What the theorem assumes that does not hold.

    Returns
    -------
    Report

    Examples
    --------
    >>> from .reading import distribution
    >>> divergence(distribution("7/10"), distribution("0")).facts["divergence"]
    '∞'
    """
    pair = _Pair(p, q, base, digits)
    facts = {"units": pair.units.name}
    blocks: list[ReportBlock] = [words("P: {}. Q: {}.".format(*pair.sides()))]
    blocks += _divergence(pair, facts)
    if why:
        blocks.append(words(f"{why}. The value is the one of the definition, with 0 log 0 = 0."))
    return Report("The divergence of P and Q", tuple(blocks), facts)


def report(
    outcomes: Iterable[str],
    p: Distribution,
    q: Distribution,
    digits: int = 15,
    base: int | None = None,
    seed: int | None = None,
    estimated: bool = False,
) -> Report:
    """Return a report of the evidence of a sequence of outcomes about P and Q.

    Parameters
    ----------
    outcomes : iterable of str
        From :func:`read_outcomes` or :func:`simulate`.
    p, q : dict
        The true and the other distribution.
    digits : int
        Significant digits of the values.
    base : int, optional
        Of the logarithms; default e.
    seed : int, optional
        Given for simulated outcomes; the table then shows the band of ``llr_concentration``.
    estimated : bool
        Whether P is the distribution of relative frequencies of these very outcomes.

    Returns
    -------
    Report

    Examples
    --------
    >>> from .reading import distribution
    >>> report("HHT", distribution("7/10"), distribution("1/2")).facts["ratio"]
    '147/125'
    """
    pair = _Pair(p, q, base, digits)
    sequence = Outcomes.of(outcomes, pair.names)
    counts = sequence.counts()
    first = [sequence.first(n for n in sequence.names if not side.get(n)) for side in (pair.p, pair.q)]
    facts = {"n": str(len(sequence)), "units": pair.units.name}
    if estimated:
        facts["p"] = "estimated"
    blocks: list[ReportBlock] = [words(_opening(sequence, counts, pair, seed, estimated))]
    blocks += [
        words(
            f"{name} cannot produce this sequence: outcome {k} is {sequence[k - 1]}, to which {name} gives "
            "probability 0."
        )
        for name, k in zip("PQ", first, strict=True)
        if k is not None
    ]
    blocks += _likelihoods(sequence, counts, pair, facts)
    blocks += _divergence(pair, facts)
    blocks += _evidence(counts, pair, first, facts, estimated)
    blocks += _running(sequence, pair, first, seed is not None and not pair.alone)
    title = f"{len(sequence)} {'simulated ' if seed is not None else ''}outcomes under P and Q"
    return Report(title, tuple(blocks), facts)


def _opening(outcomes: Outcomes, counts: Counter[str], pair: _Pair, seed: int | None, estimated: bool) -> str:
    how = "" if seed is None else f" They were simulated under P with seed {seed}."
    how += " P was not given: it is the relative frequencies, under which the sequence is likeliest." * estimated
    how += f" They are the column {outcomes.head!r}." if outcomes.head else ""
    sequence = f" The sequence is {', '.join(outcomes)}." if len(outcomes) <= SHORT else ""
    tally = ", ".join(f"{n} {counts[n]}" for n in pair.names)
    return "P: {}. Q: {}.".format(*pair.sides()) + f"{how}{sequence} Counts: {tally}."


def _likelihoods(outcomes: Outcomes, counts: Counter[str], pair: _Pair, facts: dict[str, str]) -> list[ReportBlock]:
    """Show both likelihoods; of a short sequence factor by factor, in its order."""
    chains: list[ReportBlock] = []
    short = len(outcomes) <= SHORT
    for name, side in (("P", pair.p), ("Q", pair.q)):
        factors = [(side[o], 1) for o in outcomes] if short else [(side[n], counts[n]) for n in pair.names if counts[n]]
        plain = " · ".join(str(f) if k == 1 else f"{_bare(f)}^{k}" for f, k in factors)
        latex = r" \cdot ".join(
            fraction_latex(f) if k == 1 else f"\\left({fraction_latex(f)}\\right)^{{{k}}}" for f, k in factors
        )
        if short or not all(f for f, _ in factors):
            exact = prod((f for f, _ in factors), start=Fraction(1))
            found, sign, end = str(exact), "=", (str(exact), fraction_latex(exact))
        else:
            logs = [num(k) * Node("log", None, (num(f),)) for f, k in factors]
            found = shown(Node("exp", None, (plus(logs),)), min(pair.digits, 15))
            sign, end = "≈", (found, number_latex(found))
        facts[f"likelihood_{name.lower()}"] = found
        chains.append(Chain.of((f"L_{name}",) * 2, "=", (plain, latex), sign, end))
    if short and Fraction(facts["likelihood_q"]):
        ratio = Fraction(facts["likelihood_p"]) / Fraction(facts["likelihood_q"])
        facts["ratio"] = str(ratio)
        chains.append(Chain.of(("L_P/L_Q", r"\frac{L_P}{L_Q}"), "=", (str(ratio), fraction_latex(ratio))))
    return chains


def _divergence(pair: _Pair, facts: dict[str, str]) -> list[ReportBlock]:
    name = ("D(P‖Q)", r"D_{\mathrm{KL}}(P \parallel Q)")
    if pair.alone:
        facts["divergence"] = INFINITY
        first = pair.alone[0]
        why = f"D is infinite: P gives {first} probability {pair.p[first]}, and Q gives it 0."
        return [Chain.of(name, "=", (INFINITY, r"\infty")), words(why)]
    facts["divergence"] = found = shown(pair.units.of(pair.logs(pair.p)), pair.digits)
    return [Chain.of(name, "=", pair.written(pair.p), _sign(found), pair.units.value(found))]


def _sign(found: str) -> str:
    """Return ≈ before a number that was rounded."""
    return "≈" if "." in found else "="


def _evidence(
    counts: Counter[str], pair: _Pair, first: list[int | None], facts: dict[str, str], estimated: bool
) -> list[ReportBlock]:
    """Show the log-likelihood ratio, per flip, and how rarely the other distribution does this."""
    n, units, digits = counts.total(), pair.units, pair.digits
    if None not in first:
        return [words("Neither distribution can produce this sequence, so there is no likelihood ratio.")]
    if first != [None, None]:
        sign, ruled = ("", "Q") if first[0] is None else ("−", "P")
        facts["log_ratio"] = sign + INFINITY
        said = f"The log-likelihood ratio is {sign}{INFINITY}: one such outcome rules {ruled} out for good."
        return [words(said)]
    total = pair.logs(counts)
    log_ratio, per = shown(units.of(total), digits), shown(units.of(total / n), digits)
    facts |= {"log_ratio": log_ratio, "per_flip": per}
    name, latex = f"{units.log}(L_P/L_Q)", f"{units.latex} \\frac{{L_P}}{{L_Q}}"
    chains: list[ReportBlock] = [
        Chain.of((name, latex), "=", pair.written(counts), _sign(log_ratio), units.value(log_ratio)),
        Chain.of((f"{name}/{n}", f"\\frac{{1}}{{{n}}} {latex}"), _sign(per), units.value(per)),
    ]
    if log_ratio == "0":
        return [*chains, words("The two likelihoods are equal: the sequence speaks for neither.")]
    if estimated:
        note = (
            "The log-ratio per outcome is D(P‖Q), as for every sequence with the frequencies P. P was fitted to the "
            "sequence, so that change_of_measure bounds nothing here: it speaks of a P that was fixed before."
        )
        return [*chains, words(note)]
    nats = value(total, 15)
    winner, loser, rare = ("P", "Q", -total) if nats > 0 else ("Q", "P", total)
    exact = Fraction(facts["ratio"]) if "ratio" in facts else None
    if exact is not None:
        exact = 1 / exact if winner == "P" else exact
        bound, sides = str(exact), (str(exact), fraction_latex(exact))
    else:
        bound = shown(Node("exp", None, (rare,)), min(digits, 15))
        sides = (bound, number_latex(bound))
    facts |= {"speaks_for": winner, "bound": bound}
    amount = shown(units.of(-rare), digits)
    note = (
        f"The evidence is {amount} {units.name} for {winner}. How often does {loser} produce a sequence that speaks "
        f"for {winner} at least this strongly? By change_of_measure"
        f"{'' if winner == 'P' else ', with P and Q exchanged'}:"
    )
    rarely = Chain.of(
        (f"{loser}(such a sequence)", f"{loser}(\\text{{such a sequence}})"),
        "≤",
        (f"L_{loser}/L_{winner}", f"\\frac{{L_{loser}}}{{L_{winner}}}"),
        "=" if exact is not None else "≈",
        sides,
    )
    return [*chains, words(note), rarely]


def _checkpoints(n: int) -> list[int]:
    """Return 1, 2, 5, 10, 20, 50, … below *n*, and *n*."""
    found, power = [], 1
    while power < n:
        found += [power * k for k in (1, 2, 5) if power * k < n]
        power *= 10
    return [*found, n]


def _running(outcomes: Outcomes, pair: _Pair, first: list[int | None], band: bool) -> list[ReportBlock]:
    """Show the per-flip log-ratio against D as the sequence goes on."""
    import mpmath

    finite = not pair.alone
    scale = pair.units.of(num(1))
    variance = pair.variance() if band else num(0)
    header = ("n", f"log-ratio ({pair.units.name})", "per flip", *(("per flip − D",) if finite else ()))
    rows, counts, done = [], Counter[str](), 0
    for n in _checkpoints(len(outcomes)):
        counts.update(outcomes.counts(done, n))
        done = n
        low, high = (k is not None and k <= n for k in first)
        if low or high:
            cell = "none" if low and high else f"−{INFINITY}" if low else INFINITY
            rows.append((str(n), *[cell] * (len(header) - 1)))
            continue
        total = pair.logs(counts)
        cells = [str(n), shown(total * scale, 6), shown(total / n * scale, 6)]
        gap = pair.logs({k: Fraction(counts[k], n) - pair.p[k] for k in pair.names})
        if finite:
            cells.append(shown(gap * scale, 6))
        if band:
            width = (variance / (LEAVES * n)) ** Fraction(1, 2)
            with mpmath.workdps(30):
                inside = abs(_mp(value(gap, 20))) <= _mp(value(width, 20) if variance != num(0) else Fraction(0))
            cells += [shown(width * scale, 4) if variance != num(0) else "0", "yes" if inside else "no"]
        rows.append(tuple(cells))
    blocks: list[ReportBlock] = [Table((*header, *(("± ε", "inside") if band else ())), tuple(rows))]
    if band:
        square = shown(variance * scale * scale, 6)
        log = pair.units
        per_flip = rf"\frac{{1}}{{n}} {log.latex} \frac{{L_P}}{{L_Q}}"
        blocks += [
            words(
                "The band is the one of llr_concentration: under P, the per-flip log-ratio after n flips is ε or more "
                f"away from D with a probability of at most {LEAVES}."
            ),
            Chain.of(
                ("V", "V"),
                "=",
                (
                    f"Σ p_i·({log.log}(p_i/q_i) − D)²",
                    rf"\sum_i p_i \left( {log.latex} \frac{{p_i}}{{q_i}} - D \right)^2",
                ),
                _sign(square),
                (square, number_latex(square)),
            ),
            Chain.of(
                (
                    f"P(|{log.log}(L_P/L_Q)/n − D| ≥ ε)",
                    rf"P\left( \left| {per_flip} - D \right| \ge \varepsilon \right)",
                ),
                "≤",
                ("V/(n·ε²)", r"\frac{V}{n \varepsilon^2}"),
                "=",
                (str(LEAVES), fraction_latex(LEAVES)),
            ),
        ]
    return blocks


def _mp(number: Any) -> Any:
    import mpmath

    return mpmath.mpf(number.numerator) / number.denominator if isinstance(number, Fraction) else number
