"""The user's numbers: two distributions, real or simulated outcomes, and what they say about each other.

Probabilities are exact fractions and stay so; logarithms are evaluated by mpmath at a precision that is raised until
the digits that were asked for no longer change. What is shown here is arithmetic about one sequence, not a proof; where
a theorem is used, it is named.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from math import lcm
from typing import Any, final

__all__ = ["BadInput", "Distribution", "Report", "distribution", "read_outcomes", "report", "simulate"]

Distribution = dict[str, Fraction]
"""The probability of each outcome, in the order in which the user wrote them."""

MAX_OUTCOMES = 10_000_000
MAX_DIGITS = 1000
SHORT = 12
"""Up to so many outcomes the factors of the likelihoods are written out one by one."""

CONFIDENCE = Fraction(1, 20)
"""The probability with which a simulated sequence may leave the band."""

_NUMBER = re.compile(r"[+-]?[0-9]{1,400}(?:/0*[1-9][0-9]{0,399}|\.[0-9]{1,400})?\Z")
_INFINITY = "∞"


@final
class BadInput(ValueError):
    """What the user gave cannot be used; the message says what was expected and what came."""


# --- reading ---------------------------------------------------------------------------------------------------------


def fraction(source: str) -> Fraction:
    """Return an exact number written as ``7/10``, ``0.7`` or ``1``.

    Raises
    ------
    BadInput
        For anything else.

    Examples
    --------
    >>> fraction("0.7")
    Fraction(7, 10)
    """
    if not _NUMBER.match(source.strip()):
        raise BadInput(f"expected a number such as 7/10 or 0.7, got {source[:60]!r}")
    return Fraction(source.strip())


def distribution(source: str) -> Distribution:
    """Return the distribution that the user wrote.

    Parameters
    ----------
    source : str
        ``7/10`` for a coin with outcomes H and T, or ``a=1/2,b=1/4,c=1/4``.

    Raises
    ------
    BadInput
        When a probability is malformed or negative, an outcome appears twice, or the sum is not one.

    Examples
    --------
    >>> distribution("7/10")
    {'H': Fraction(7, 10), 'T': Fraction(3, 10)}
    """
    if "=" not in source:
        heads = fraction(source)
        if not 0 <= heads <= 1:
            raise BadInput(f"expected the probability of heads, between 0 and 1, got {heads}")
        return {"H": heads, "T": 1 - heads}
    found: Distribution = {}
    for part in source.split(","):
        name, _, value = (s.strip() for s in part.partition("="))
        if not name or any(c.isspace() for c in name) or not value:
            raise BadInput(f"expected outcome=probability, such as a=1/2, got {part.strip()[:60]!r}")
        if name in found:
            raise BadInput(f"the outcome {name!r} appears twice")
        found[name] = fraction(value)
        if found[name] < 0:
            raise BadInput(f"the probability of {name!r} is negative: {found[name]}")
    total = sum(found.values())
    if total != 1:
        raise BadInput(f"the probabilities sum to {total}, which is {abs(total - 1)} too {'much' if total > 1 else 'little'}")
    return found


def read_outcomes(source: str, p: Distribution, q: Distribution) -> tuple[str, ...]:
    """Return the outcomes in a text: ``HHTHT``, or one on each line.

    Parameters
    ----------
    source : str
    p, q : dict
        They tell which outcomes there are.

    Raises
    ------
    BadInput
        When there are none or too many, or one is known to neither distribution, with its position.

    Examples
    --------
    >>> read_outcomes("HHT", distribution("7/10"), distribution("1/2"))
    ('H', 'H', 'T')
    """
    known = {**p, **q}
    lines = [line.strip() for line in source.splitlines() if line.strip()]
    letters = all(len(name) == 1 for name in known)
    # One line is a string of letters unless it is itself an outcome; several lines are one outcome each, unless
    # outcomes are letters and a line holds more than one.
    joined = len(lines) == 1 and lines[0] not in known
    found = "".join("".join(lines).split()) if joined or (letters and any(len(s) > 1 for s in lines)) else lines
    if not found:
        raise BadInput("expected outcomes, such as HHTHT or one on each line; there is none")
    if len(found) > MAX_OUTCOMES:
        raise BadInput(f"expected at most {MAX_OUTCOMES} outcomes, got {len(found)}")
    for position, name in enumerate(found, 1):
        if name not in known:
            raise BadInput(f"outcome {position} is {name[:40]!r}; expected one of {', '.join(known)}")
        if not p.get(name) and not q.get(name):
            raise BadInput(f"outcome {position} is {name!r}, to which both distributions give probability 0")
    return tuple(found)


def simulate(p: Distribution, n: int, seed: int) -> tuple[str, ...]:
    """Return *n* independent outcomes of *p*, the same for the same seed.

    The draws are integers below the common denominator, so the probabilities are the exact ones.

    Raises
    ------
    BadInput
        When there are too many, or the common denominator has more than 63 bits.
    """
    import numpy

    if not 1 <= n <= MAX_OUTCOMES:
        raise BadInput(f"expected 1 to {MAX_OUTCOMES} simulated outcomes, got {n}")
    if seed < 0:
        raise BadInput(f"expected a seed that is not negative, got {seed}")
    whole = lcm(*(value.denominator for value in p.values()))
    if whole >= 2**63:
        raise BadInput(f"expected probabilities with a common denominator below 2^63, got {whole}")
    names = list(p)
    limits = numpy.array([int(total * whole) for total in accumulate(p.values())], dtype=numpy.int64)
    draws = numpy.random.default_rng(seed).integers(0, whole, size=n, dtype=numpy.int64)
    places = numpy.searchsorted(limits, draws, side="right").tolist()
    return tuple(names[k] for k in places)


# --- what is shown ---------------------------------------------------------------------------------------------------


@final
@dataclass(frozen=True, slots=True)
class Formulas:
    """Formulas, each as plain text and as LaTeX."""

    lines: tuple[tuple[str, str], ...]


@final
@dataclass(frozen=True, slots=True)
class Table:
    """A table of numbers."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = str | Formulas | Table
"""A paragraph, formulas or a table."""


@final
@dataclass(frozen=True, slots=True)
class Report:
    """What is shown of a computation with the user's numbers.

    Attributes
    ----------
    title : str
    blocks : tuple of str, Formulas and Table
    facts : dict of str to str
        The numbers by name, for programs.
    """

    title: str
    blocks: tuple[Block, ...]
    facts: dict[str, str]

    def to_text(self) -> str:
        """Return the report for a terminal."""
        parts = [f"{self.title}\n{'-' * len(self.title)}"]
        for block in self.blocks:
            if isinstance(block, str):
                parts.append(_filled(block))
            elif isinstance(block, Formulas):
                parts.append("\n".join(f"  {text}" for text, _ in block.lines))
            else:
                grid = [block.header, *block.rows]
                widths = [max(len(row[k]) for row in grid) for k in range(len(block.header))]
                parts.append("\n".join("  " + "  ".join(map(str.rjust, row, widths)) for row in grid))
        return "\n\n".join(parts) + "\n"

    def to_markdown(self) -> str:
        """Return the report in the Markdown of GitHub."""
        parts = [f"## {self.title}"]
        for block in self.blocks:
            if isinstance(block, str):
                parts.append(_escaped_markdown(block))
            elif isinstance(block, Formulas):
                parts += [f"```math\n{latex}\n```" for _, latex in block.lines]
            else:
                rule = "|" + " ---: |" * len(block.header)
                rows = ["| " + " | ".join(map(_escaped_markdown, row)) + " |" for row in (block.header, *block.rows)]
                parts.append("\n".join([rows[0], rule, *rows[1:]]))
        return "\n\n".join(parts) + "\n"

    def to_latex(self) -> str:
        """Return the report as a LaTeX fragment."""
        parts = [f"\\section*{{{_escaped_latex(self.title)}}}"]
        for block in self.blocks:
            if isinstance(block, str):
                parts.append(_escaped_latex(block))
            elif isinstance(block, Formulas):
                parts += [f"\\[ {latex} \\]" for _, latex in block.lines]
            else:
                rows = [" & ".join(map(_escaped_latex, row)) + r" \\" for row in (block.header, *block.rows)]
                inside = "\n".join([rows[0], r"\hline", *rows[1:]])
                parts.append(
                    f"\\begin{{center}}\n\\begin{{tabular}}{{{'r' * len(block.header)}}}\n{inside}\n"
                    "\\end{tabular}\n\\end{center}"
                )
        return "\n\n".join(parts) + "\n"


def _filled(paragraph: str) -> str:
    from textwrap import fill

    return fill(paragraph, 100, break_long_words=False, break_on_hyphens=False)


_LATEX = {c: "\\" + c for c in "#$%&_{}"} | {
    "\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
    "∞": r"$\infty$", "−": "$-$", "±": r"$\pm$", "·": r"$\cdot$", "≤": r"$\leq$", "ε": r"$\varepsilon$",
}  # fmt: skip


def _escaped_latex(text: str) -> str:
    return "".join(_LATEX.get(c, c if c.isascii() else f"[U+{ord(c):04X}]") for c in text)


def _escaped_markdown(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>#|~$])", r"\\\1", text)


# --- evaluating ------------------------------------------------------------------------------------------------------


def shown(value: Callable[[], Any], digits: int) -> str:
    """Return *value* to the requested significant digits, computed twice with different guard digits until both agree.

    Parameters
    ----------
    value : callable
        Computes the number with mpmath at the precision in force.
    digits : int

    Raises
    ------
    BadInput
        When *digits* is not between 1 and 1000, or the digits do not settle.
    """
    import mpmath

    if not 1 <= digits <= MAX_DIGITS:
        raise BadInput(f"expected 1 to {MAX_DIGITS} digits, got {digits}")
    before = ""
    for guard in (15, 40, 120, 400, 1300, 4000):
        with mpmath.workdps(digits + guard):
            found = value()
            text = "0" if found == 0 else mpmath.nstr(found, digits, strip_zeros=digits < 7)
        if text == before:
            return text
        before = text
    raise BadInput(f"the value does not settle at {digits} digits")


def _mpf(value: Fraction) -> Any:
    import mpmath

    return mpmath.mpf(value.numerator) / value.denominator


@final
class _Units:
    """Nats, bits, or units of another base."""

    def __init__(self, base: Fraction | None) -> None:
        if base is not None and (base <= 0 or base == 1):
            raise BadInput(f"expected a base that is positive and not 1, got {base}")
        self.base = base
        self.name = "nats" if base is None else "bits" if base == 2 else f"units of base {base}"
        self.text = "log" if base is None else f"log_{base if base.denominator == 1 else f'({base})'}"
        self.latex = r"\log" if base is None else f"\\log_{{{_frac(base)}}}"

    def log(self, value: Fraction) -> Any:
        """Return the logarithm of a positive fraction at the precision in force."""
        import mpmath

        found = mpmath.log(_mpf(value))
        return found if self.base is None else found / mpmath.log(_mpf(self.base))


def _frac(value: Fraction) -> str:
    sign = "-" if value < 0 else ""
    top = abs(value.numerator)
    return f"{sign}{top}" if value.denominator == 1 else f"{sign}\\frac{{{top}}}{{{value.denominator}}}"


def _bare(value: Fraction) -> str:
    return str(value) if value.denominator == 1 else f"({value})"


@final
class _Pair:
    """P and Q, and the log-ratio of each outcome."""

    def __init__(self, p: Distribution, q: Distribution, units: _Units) -> None:
        self.names = list({**p, **q})
        self.p = {name: p.get(name, Fraction(0)) for name in self.names}
        self.q = {name: q.get(name, Fraction(0)) for name in self.names}
        self.units = units
        self.ratios = {n: self.p[n] / self.q[n] for n in self.names if self.p[n] and self.q[n]}
        self.support = [n for n in self.names if self.p[n]]
        self.infinite = any(not self.q[n] for n in self.support)

    def log_ratio(self, counts: Counter[str]) -> Any:
        """Return Σ N_i·log(p_i/q_i)."""
        import mpmath

        return mpmath.fsum(counts[n] * self.units.log(r) for n, r in self.ratios.items() if counts[n])

    def divergence(self) -> Any:
        """Return D(P‖Q), which must be finite."""
        import mpmath

        return mpmath.fsum(_mpf(self.p[n]) * self.units.log(self.ratios[n]) for n in self.support)

    def variance(self) -> Any:
        """Return V = Σ p_i (log(p_i/q_i) − D)²."""
        import mpmath

        if len({self.ratios[n] for n in self.support}) == 1:
            return mpmath.mpf(0)  # the log-ratio is a constant; rounding must not turn it into a tiny variance
        mean = self.divergence()
        return mpmath.fsum(_mpf(self.p[n]) * (self.units.log(self.ratios[n]) - mean) ** 2 for n in self.support)


# --- the report on a sequence ----------------------------------------------------------------------------------------


def report(
    outcomes: Sequence[str],
    p: Distribution,
    q: Distribution,
    digits: int = 15,
    base: Fraction | None = None,
    seed: int | None = None,
) -> Report:
    """Return what a sequence of outcomes says about P and Q.

    Parameters
    ----------
    outcomes : sequence of str
        From :func:`read_outcomes` or :func:`simulate`.
    p, q : dict
        The true and the other distribution.
    digits : int
        Significant digits of the values.
    base : Fraction, optional
        Of the logarithms; default nats.
    seed : int, optional
        Given for simulated outcomes; the table then shows the band of ``llr_concentration``.

    Returns
    -------
    Report

    Examples
    --------
    >>> print(report("HHT", distribution("7/10"), distribution("1/2")).facts["ratio"])
    147/125
    """
    pair = _Pair(p, q, _Units(base))
    counts = Counter(outcomes)
    barred = [next((k for k, o in enumerate(outcomes, 1) if not side[o]), None) for side in (pair.p, pair.q)]
    blocks: list[Block] = [_opening(outcomes, counts, pair, seed)]
    blocks += _exclusions(outcomes, barred)
    products, facts = _products(outcomes, counts, pair, digits)
    blocks.append(products)
    evidence, more = _evidence(counts, pair, digits, barred)
    blocks += evidence
    band = seed is not None and not pair.infinite
    blocks += _table(outcomes, pair, barred, band)
    title = f"{len(outcomes)} {'simulated ' if seed is not None else ''}outcomes under P and Q"
    return Report(title, tuple(blocks), {"n": str(len(outcomes)), **facts, **more})


def _opening(outcomes: Sequence[str], counts: Counter[str], pair: _Pair, seed: int | None) -> str:
    def side(values: Distribution) -> str:
        return ", ".join(f"{n} {v}" for n, v in values.items())

    how = "" if seed is None else f" They were simulated under P with seed {seed}."
    sequence = f" The sequence is {', '.join(outcomes)}." if len(outcomes) <= SHORT else ""
    tally = ", ".join(f"{n} {counts[n]}" for n in pair.names)
    return f"P: {side(pair.p)}. Q: {side(pair.q)}.{how}{sequence} Counts: {tally}."


def _exclusions(outcomes: Sequence[str], barred: list[int | None]) -> list[Block]:
    return [
        f"{name} cannot produce this sequence: outcome {k} is {outcomes[k - 1]}, to which {name} gives probability 0, "
        f"and nothing before it ruled {name} out."
        for name, k in zip("PQ", barred, strict=True)
        if k is not None
    ]


def _products(
    outcomes: Sequence[str], counts: Counter[str], pair: _Pair, digits: int
) -> tuple[Formulas, dict[str, str]]:
    """Return the likelihoods under P and Q, their factors in the order of the sequence where it is short."""
    lines, exact, facts = [], [], {}
    short = len(outcomes) <= SHORT
    for name, side in (("P", pair.p), ("Q", pair.q)):
        if short:
            factors: list[tuple[Fraction, int]] = [(side[o], 1) for o in outcomes]
        else:
            factors = [(side[n], counts[n]) for n in pair.names if counts[n]]
        text = " · ".join(str(f) if k == 1 else f"{_bare(f)}^{k}" for f, k in factors)
        latex = r" \cdot ".join(_frac(f) if k == 1 else f"\\left({_frac(f)}\\right)^{{{k}}}" for f, k in factors)
        zero = any(not f for f, _ in factors)
        if short or zero:
            value = Fraction(0)
            if not zero:
                value = Fraction(1)
                for factor, _ in factors:
                    value *= factor
            exact.append(value)
            facts[f"likelihood_{name.lower()}"] = str(value)
            lines.append((f"L_{name} = {text} = {value}", f"L_{name} = {latex} = {_frac(value)}"))
        else:
            number = shown(lambda f=factors: _power_product(f), min(digits, 15))  # type: ignore[misc]
            facts[f"likelihood_{name.lower()}"] = number
            lines.append((f"L_{name} = {text} ≈ {number}", f"L_{name} = {latex} \\approx {_number_latex(number)}"))
    if short and len(exact) == 2 and exact[1]:
        ratio = exact[0] / exact[1]
        facts["ratio"] = str(ratio)
        lines.append((f"L_P / L_Q = {ratio}", f"\\frac{{L_P}}{{L_Q}} = {_frac(ratio)}"))
    return Formulas(tuple(lines)), facts


def _power_product(factors: Iterable[tuple[Fraction, int]]) -> Any:
    import mpmath

    return mpmath.fprod(_mpf(f) ** k for f, k in factors)


def _number_latex(number: str) -> str:
    mantissa, mark, exponent = number.partition("e")
    return f"{mantissa} \\cdot 10^{{{int(exponent)}}}" if mark else number.replace(_INFINITY, r"\infty")


def _evidence(
    counts: Counter[str], pair: _Pair, digits: int, barred: list[int | None]
) -> tuple[list[Block], dict[str, str]]:
    import mpmath

    units, n = pair.units, counts.total()
    divergence = _INFINITY if pair.infinite else shown(pair.divergence, digits)
    d_text = " + ".join(f"{_bare(pair.p[k])}·{units.text}({_over(pair, k)})" for k in pair.support)
    d_latex = " + ".join(f"{_frac(pair.p[k])} {units.latex} {_over_latex(pair, k)}" for k in pair.support)
    d_line = (
        f"D(P‖Q) = {d_text} = {divergence} {units.name}",
        f"D_{{\\mathrm{{KL}}}}(P \\parallel Q) = {d_latex} = {_number_latex(divergence)} \\text{{ {units.name}}}",
    )
    facts = {"units": units.name, "divergence": divergence}
    if barred != [None, None]:
        if None in barred:
            sign, ruled = ("", "Q") if barred[0] is None else ("−", "P")
            facts["log_ratio"] = f"{sign}{_INFINITY}"
            note = f"The log-likelihood ratio is {sign}{_INFINITY}: one such outcome outweighs everything else, and rules {ruled} out."
        else:
            note = "Neither distribution can produce this sequence, so there is no likelihood ratio."
        return [Formulas((d_line,)), note], facts
    total = shown(lambda: pair.log_ratio(counts), digits)
    per = shown(lambda: pair.log_ratio(counts) / n, digits)
    used = [k for k in pair.names if counts[k]]
    l_text = " + ".join(f"{counts[k]}·{units.text}({_over(pair, k)})" for k in used)
    l_latex = " + ".join(f"{counts[k]} {units.latex} {_over_latex(pair, k)}" for k in used)
    lines = [
        (
            f"{units.text}(L_P/L_Q) = {l_text} = {total} {units.name}",
            f"{units.latex} \\frac{{L_P}}{{L_Q}} = {l_latex} = {_number_latex(total)} \\text{{ {units.name}}}",
        ),
        (f"per flip: {per} {units.name}", f"\\frac{{1}}{{{n}}} {units.latex} \\frac{{L_P}}{{L_Q}} = {_number_latex(per)}"),
        d_line,
    ]
    facts |= {"log_ratio": total, "per_flip": per}
    with mpmath.workdps(30 + digits):
        direction = 0 if total == "0" else mpmath.sign(mpmath.mpf(total))
    if direction == 0:
        return [Formulas(tuple(lines)), "The two likelihoods are equal: the sequence speaks for neither."], facts
    winner, loser = ("P", "Q") if direction > 0 else ("Q", "P")
    bound = shown(lambda: mpmath.exp(-abs(_Pair(pair.p, pair.q, _Units(None)).log_ratio(counts))), min(digits, 15))
    facts |= {"speaks_for": winner, "bound": bound}
    note = (
        f"The evidence is {total.lstrip('-')} {units.name} for {winner}. Under {loser}, sequences that speak for {winner} at "
        f"least this strongly have together a probability of at most L_{loser}/L_{winner} = {bound} (change_of_measure"
        f"{'' if winner == 'P' else ', with P and Q exchanged'})."
    )
    return [Formulas(tuple(lines)), note], facts


def _over(pair: _Pair, name: str) -> str:
    return str(pair.ratios[name]) if name in pair.ratios else f"{_bare(pair.p[name])}/0"


def _over_latex(pair: _Pair, name: str) -> str:
    return _frac(pair.ratios[name]) if name in pair.ratios else f"\\frac{{{_frac(pair.p[name])}}}{{0}}"


def _checkpoints(n: int) -> list[int]:
    """Return 1, 2, 5, 10, 20, 50, … up to *n*, and *n*."""
    found, power = [], 1
    while power <= n:
        found += [power * k for k in (1, 2, 5) if power * k < n]
        power *= 10
    return [*found, n]


def _table(outcomes: Sequence[str], pair: _Pair, barred: list[int | None], band: bool) -> list[Block]:
    """Return the running per-flip log-ratio against D."""
    import mpmath

    header = ("n", f"log-ratio ({pair.units.name})", "per flip", "per flip − D", *(("± ε", "inside") if band else ()))
    rows, counts, done = [], Counter[str](), 0
    digits = 6
    with mpmath.workdps(30):
        mean = None if pair.infinite else pair.divergence()
        spread = pair.variance() if band else None
        for n in _checkpoints(len(outcomes)):
            counts.update(outcomes[done:n])
            done = n
            low, high = (k is not None and k <= n for k in barred)
            if low or high:
                value = "none" if low and high else f"−{_INFINITY}" if low else _INFINITY
                rows.append((str(n), value, value, value if mean is not None else "none"))
                continue
            total = pair.log_ratio(counts)
            difference = None if mean is None else total / n - mean
            if difference is not None and abs(difference) < mpmath.mpf(10) ** -25:
                difference = mpmath.mpf(0)  # what is left is rounding
            cells = [str(n), *(mpmath.nstr(v, digits) for v in (total, total / n))]
            cells.append(f"−{_INFINITY}" if difference is None else mpmath.nstr(difference, digits))
            if spread is not None and difference is not None:
                width = mpmath.sqrt(spread / (n * _mpf(CONFIDENCE)))
                cells += [mpmath.nstr(width, 4), "yes" if abs(difference) <= width else "no"]
            rows.append(tuple(cells))
        blocks: list[Block] = [Table(header, tuple(rows))]
        if spread is not None:
            blocks.append(
                f"The band is the one of llr_concentration: a difference of at least ε has a probability of at most V/(n·ε^2), "
                f"here {CONFIDENCE}, with V = {mpmath.nstr(spread, digits)} the variance of the log-ratio of one flip."
            )
    return blocks
