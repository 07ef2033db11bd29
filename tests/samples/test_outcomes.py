"""Real and simulated outcomes: exact input, right digits, the bound and the band, and what cannot be."""

from __future__ import annotations

import math
from collections import Counter
from fractions import Fraction

import mpmath
import pytest

from kl_symbolic.render import latex, markdown, text
from kl_symbolic.render.model.document import Chain, Prose, Table
from kl_symbolic.render.model.reports import Report, document_of_report
from kl_symbolic.samples.outcomes import Units, report, shown
from kl_symbolic.samples.reading import BadInput, distribution, fraction, read_outcomes, simulate

BIASED, FAIR = distribution("7/10"), distribution("1/2")
THREE, OTHER = distribution("a=1/2,b=1/4,c=1/4"), distribution("a=1/4,b=1/4,c=1/2")


def table(found: Report) -> Table:
    (only,) = found.tables()
    return only


def prose(found: Report) -> str:
    paragraphs = [p for b in found.blocks if isinstance(b, Prose) for p in b.paragraphs]
    return "\n".join(piece for p in paragraphs for piece in p if isinstance(piece, str))


def formulas(found: Report) -> list[str]:
    return [b.plain for b in found.blocks if isinstance(b, Chain)]


# --- reading ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "value"), [("7/10", Fraction(7, 10)), ("0.1", Fraction(1, 10)), (" 1 ", 1), ("14/20", Fraction(7, 10))]
)
def test_numbers_are_exact(source: str, value: Fraction) -> None:
    assert fraction(source) == value


@pytest.mark.parametrize(
    "source", ["", "nan", "inf", "1e9999999", "1/0", "1/00", "½", "0x10", "1_0", "7/10/2", "--1", "1" * 401]
)
def test_what_is_not_a_number(source: str) -> None:
    with pytest.raises(BadInput, match="expected a number such as 7/10"):
        fraction(source)


def test_distributions() -> None:
    assert {"H": Fraction(7, 10), "T": Fraction(3, 10)} == BIASED
    assert list(THREE) == ["a", "b", "c"]
    assert distribution("heads=0.7, tails=0.3") == {"heads": Fraction(7, 10), "tails": Fraction(3, 10)}


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("3/2", "the probability of heads, between 0 and 1, got 3/2"),
        ("-1/2", "the probability of heads, between 0 and 1, got -1/2"),
        ("a=1/2,b=1/3", "sum to 5/6, which is 1/6 too little"),
        ("a=1/2,b=2/3", "sum to 7/6, which is 1/6 too much"),
        ("a=1/2,a=1/2", "the outcome 'a' appears twice"),
        ("a=-1/2,b=3/2", "the probability of 'a' is negative: -1/2"),
        ("a=1/2,b", "expected outcome=probability, such as a=1/2, got 'b'"),
        ("=1", "expected outcome=probability"),
        ("a b=1", "expected outcome=probability"),
    ],
)
def test_what_is_not_a_distribution(source: str, why: str) -> None:
    with pytest.raises(BadInput) as caught:
        distribution(source)
    assert why in str(caught.value)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("HHT", "HHT"),
        ("HHT\n", "HHT"),
        ("H H T", "HHT"),
        ("H\nH\nT\n", "HHT"),
        ("HH\nTH\n", "HHTH"),
        ("\r\nH\r\nT\r\n", "HT"),
    ],
)
def test_coin_flips_are_read(source: str, found: str) -> None:
    assert "".join(read_outcomes(source, BIASED, FAIR)) == found


def test_outcomes_with_names_are_read_one_on_each_line() -> None:
    p = distribution("heads=7/10,tails=3/10")
    assert [*read_outcomes("heads\ntails\nheads\n", p, p)] == ["heads", "tails", "heads"]
    assert [*read_outcomes("tails", p, p)] == ["tails"]


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("HHXT", "outcome 3 is 'X'; expected one of H, T"),
        ("H\nH\nX\n", "outcome 3 is 'X'; expected one of H, T"),
        ("", "there is none"),
        (" \n\n", "there is none"),
        ("xx", "outcome 1 is 'xx'; expected one of H, T"),
    ],
)
def test_outcomes_that_nobody_knows(source: str, why: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_outcomes(source, BIASED, FAIR)
    assert why in str(caught.value)


def test_an_outcome_that_neither_can_produce() -> None:
    sure = distribution("1")
    assert [*read_outcomes("HH", sure, sure)] == ["H", "H"]
    with pytest.raises(BadInput, match="outcome 2 is 'T', to which both distributions give probability 0"):
        read_outcomes("HT", sure, sure)


# --- values ----------------------------------------------------------------------------------------------------------


def test_the_seed_story_factor_by_factor() -> None:
    found = report(tuple("HHTHT"), BIASED, FAIR, digits=20)
    assert formulas(found)[:3] == [
        "L_P = 7/10 · 7/10 · 3/10 · 7/10 · 3/10 = 3087/100000",
        "L_Q = 1/2 · 1/2 · 1/2 · 1/2 · 1/2 = 1/32",
        "L_P/L_Q = 3087/3125",
    ]
    assert found.facts["ratio"] == "3087/3125"
    with mpmath.workdps(40):
        assert found.facts["log_ratio"] == mpmath.nstr(mpmath.log(mpmath.mpf(3087) / 3125), 20)
        assert found.facts["per_flip"] == mpmath.nstr(mpmath.log(mpmath.mpf(3087) / 3125) / 5, 20)
        p, half = mpmath.mpf(7) / 10, mpmath.mpf(1) / 2
        kl = p * mpmath.log(p / half) + (1 - p) * mpmath.log((1 - p) / half)
        assert found.facts["divergence"] == mpmath.nstr(kl, 20)


def test_evidence_against_p_uses_the_bound_the_other_way_round() -> None:
    found = report(tuple("HHTHT"), BIASED, FAIR)
    assert (found.facts["speaks_for"], found.facts["bound"]) == ("Q", "3087/3125")
    assert "change_of_measure, with P and Q exchanged" in prose(found)
    found = report(tuple("HHTHH"), BIASED, FAIR)
    assert (found.facts["speaks_for"], found.facts["bound"]) == ("P", str(1 / Fraction(found.facts["ratio"])))
    assert "exchanged" not in prose(found)


def test_the_bound_holds_for_every_short_sequence() -> None:
    """Under Q, all sequences with at least this log-ratio have together a probability of at most the bound."""
    n = 8
    ratios = {k: BIASED["H"] ** k * BIASED["T"] ** (n - k) * 2**n for k in range(n + 1)}
    for k in range(n + 1):
        found = report(("H",) * k + ("T",) * (n - k), BIASED, FAIR)
        strong = [j for j in ratios if (ratios[j] >= ratios[k] if ratios[k] > 1 else ratios[j] <= ratios[k])]
        under = FAIR if ratios[k] > 1 else BIASED
        weight = sum(math.comb(n, j) * under["H"] ** j * under["T"] ** (n - j) for j in strong)
        assert weight <= Fraction(found.facts["bound"]) < 1


def test_equal_likelihoods_are_found_exactly() -> None:
    p, q = distribution("a=0.6,b=0.3,c=0.1"), distribution("a=0.1,b=0.6,c=0.3")  # log 6 - log 2 - log 3 = 0
    for sequence in ("abc", "abc" * 20):
        found = report(tuple(sequence), p, q, digits=30)
        assert (found.facts["log_ratio"], found.facts["per_flip"]) == ("0", "0")
        assert "speaks for neither" in prose(found)
        assert "bound" not in found.facts
    assert report(tuple("abc" * 20 + "a"), p, q).facts["speaks_for"] == "P"


def test_bits_and_nats() -> None:
    nats = report(tuple("HHT"), BIASED, FAIR, digits=30)
    bits = report(tuple("HHT"), BIASED, FAIR, digits=30, base=2)
    assert (nats.facts["units"], bits.facts["units"]) == ("nats", "bits")
    with mpmath.workdps(50):
        for key in ("log_ratio", "per_flip", "divergence"):
            assert (
                abs(mpmath.mpf(nats.facts[key]) / mpmath.log(2) - mpmath.mpf(bits.facts[key])) < mpmath.mpf(10) ** -29
            )
    assert nats.facts["bound"] == bits.facts["bound"]
    assert "log₂(7/5)" in formulas(bits)[3]


@pytest.mark.parametrize("base", [1, 0, -2, 1001])
def test_a_base_is_bounded(base: int) -> None:
    with pytest.raises(BadInput, match="expected a base from 2 to 1000"):
        Units(base)
    assert Units(10).name == "units of base 10"


@pytest.mark.parametrize("digits", [0, -1, 1001])
def test_digits_are_bounded(digits: int) -> None:
    with pytest.raises(BadInput, match="expected 1 to 1000 digits"):
        report(tuple("HHT"), BIASED, FAIR, digits=digits)


def test_a_thousand_digits() -> None:
    found = report(tuple("HHT"), BIASED, FAIR, digits=1000).facts["divergence"]
    with mpmath.workdps(1100):
        p = mpmath.mpf(7) / 10
        assert found == mpmath.nstr(p * mpmath.log(2 * p) + (1 - p) * mpmath.log(2 - 2 * p), 1000)


def test_the_precision_of_the_caller_is_left_alone() -> None:
    before = mpmath.mp.dps
    report(simulate(BIASED, 1000, 1), BIASED, FAIR, digits=200, seed=1)
    assert mpmath.mp.dps == before


def test_nearly_equal_distributions_keep_their_digits() -> None:
    p = {"H": Fraction(1, 2) + Fraction(1, 10**30), "T": Fraction(1, 2) - Fraction(1, 10**30)}
    found = report(tuple("HT"), p, FAIR, digits=12).facts["divergence"]
    with mpmath.workdps(20):
        assert abs(mpmath.mpf(found) / mpmath.mpf("2e-60") - 1) < mpmath.mpf(10) ** -11  # 2δ² + O(δ⁴)


# --- what one of them cannot produce ---------------------------------------------------------------------------------


def test_an_outcome_that_q_cannot_produce_is_said_where_it_first_happens() -> None:
    found = report(tuple("HHTHT"), BIASED, distribution("1"))
    assert "Q cannot produce this sequence: outcome 3 is T, to which Q gives probability 0." in prose(found)
    assert (found.facts["log_ratio"], found.facts["likelihood_q"], found.facts["divergence"]) == ("∞", "0", "∞")
    assert [row[:2] for row in table(found).rows] == [("1", "-0.356675"), ("2", "-0.71335"), ("5", "∞")]
    twin = report(tuple("HHH"), BIASED, distribution("1"))
    assert "cannot produce" not in prose(twin)
    assert "P gives T probability 3/10, and Q gives it 0" in prose(twin)


def test_an_outcome_that_p_cannot_produce() -> None:
    found = report(tuple("HT"), distribution("1"), FAIR)
    assert "P cannot produce this sequence: outcome 2 is T" in prose(found)
    assert found.facts["log_ratio"] == "−∞"
    assert table(found).rows[-1][1:] == ("−∞", "−∞", "−∞")


def test_a_sequence_that_neither_can_produce() -> None:
    p, q = distribution("a=1/2,b=1/2,c=0"), distribution("a=1/2,b=0,c=1/2")
    found = report(tuple("abc"), p, q)
    assert "P cannot produce this sequence: outcome 3 is c" in prose(found)
    assert "Q cannot produce this sequence: outcome 2 is b" in prose(found)
    assert "there is no likelihood ratio" in prose(found)
    assert table(found).rows[-1][1] == "none"
    assert "log_ratio" not in found.facts


# --- the table -------------------------------------------------------------------------------------------------------


def test_the_running_table() -> None:
    sequence = tuple("HHTHTHHHTH" * 12)
    found = table(report(sequence, BIASED, FAIR))
    assert [row[0] for row in found.rows] == ["1", "2", "5", "10", "20", "50", "100", "120"]
    assert found.header == ("n", "log-ratio (nats)", "per flip", "per flip − D")
    for n, total, per, gap in found.rows:
        counts = Counter(sequence[: int(n)])
        value = counts["H"] * math.log(1.4) + counts["T"] * math.log(0.6)
        kl = 0.7 * math.log(1.4) + 0.3 * math.log(0.6)
        assert math.isclose(float(total), value, rel_tol=1e-5)
        assert math.isclose(float(per), value / int(n), rel_tol=1e-5)
        assert math.isclose(float(gap), value / int(n) - kl, rel_tol=1e-5, abs_tol=1e-12)


def test_a_gap_of_zero_is_zero_and_not_rounding() -> None:
    found = table(report(tuple("HHHHHHHTTT"), BIASED, FAIR))
    assert found.rows[-1] == ("10", "0.822829", "0.0822829", "0")


def test_simulation_is_repeatable_and_follows_p() -> None:
    flips = simulate(THREE, 100_000, 1)
    assert flips == simulate(THREE, 100_000, 1)
    assert flips != simulate(THREE, 100_000, 2)
    counts = Counter(flips)
    for name, weight in THREE.items():
        assert abs(counts[name] - 100_000 * weight) < 6 * math.sqrt(100_000 * weight * (1 - weight))


def test_what_has_probability_zero_is_never_drawn() -> None:
    assert set(simulate(distribution("a=0,b=1/3,c=0,d=2/3,e=0"), 10_000, 3)) == {"b", "d"}
    assert set(simulate(distribution("1"), 1000, 3)) == {"H"}


@pytest.mark.parametrize(
    ("n", "seed", "p", "why"),
    [
        (0, 1, BIASED, "expected 1 to 10000000 simulated outcomes, got 0"),
        (10**8, 1, BIASED, "got 100000000"),
        (10, -1, BIASED, "expected a seed that is not negative"),
        (10, 1, {"H": Fraction(1, 2**70), "T": 1 - Fraction(1, 2**70)}, "common denominator below"),
    ],
)
def test_simulations_that_cannot_be(n: int, seed: int, p: dict[str, Fraction], why: str) -> None:
    with pytest.raises(BadInput, match=why):
        simulate(p, n, seed)


def test_the_band_is_chebyshevs() -> None:
    found = table(report(simulate(BIASED, 2000, 1), BIASED, FAIR, seed=1))
    assert found.header[-2:] == ("± ε", "inside")
    log_h, log_t = math.log(1.4), math.log(0.6)
    mean = 0.7 * log_h + 0.3 * log_t
    variance = 0.7 * (log_h - mean) ** 2 + 0.3 * (log_t - mean) ** 2
    for n, _, _, gap, width, inside in found.rows:
        assert math.isclose(float(width), math.sqrt(variance / (0.05 * int(n))), rel_tol=1e-3)
        assert inside == ("yes" if abs(float(gap)) <= float(width) else "no")


def test_leaving_the_band_is_said() -> None:
    found = table(report(("T",) * 1000, BIASED, FAIR, seed=1))
    assert found.rows[-1][-1] == "no"
    assert found.rows[0][-1] == "yes"


def test_without_variance_the_band_is_a_point() -> None:
    half = distribution("a=1/2,b=1/2")
    found = table(report(simulate(half, 100, 1), half, distribution("a=1/4,b=1/4,c=1/2"), seed=1))
    assert {row[-3:] for row in found.rows} == {("0", "0", "yes")}


def test_there_is_no_band_where_d_is_infinite_nor_for_real_outcomes() -> None:
    assert "inside" not in table(report(("H",), BIASED, distribution("1"), seed=1)).header
    assert "inside" not in table(report(("H",), BIASED, FAIR)).header
    assert "inside" in table(report(("H",), BIASED, FAIR, seed=1)).header


def test_long_sequences_show_powers() -> None:
    found = report(tuple("HT" * 50_000), BIASED, FAIR)
    assert formulas(found)[0].startswith("L_P = (7/10)^50000 · (3/10)^50000 ≈ ")
    with mpmath.workdps(30):
        exact = mpmath.mpf(21) ** 50_000 / mpmath.mpf(100) ** 50_000
        assert found.facts["likelihood_p"] == mpmath.nstr(exact, 15)


# --- formats ---------------------------------------------------------------------------------------------------------


def test_every_format_shows_every_block() -> None:
    found = report(tuple("HHT"), BIASED, FAIR)
    document = document_of_report(found)
    as_text, as_markdown, as_latex = (backend.render(document) for backend in (text, markdown, latex))
    assert "L_P/L_Q = 147/125" in as_text
    assert "```math\n\\frac{L_P}{L_Q} = \\frac{147}{125}\n```" in as_markdown
    assert "\\[\n\\frac{L_P}{L_Q} = \\frac{147}{125}\n\\]" in as_latex
    assert as_markdown.count("| ---: ") == 4
    assert as_latex.count("\\begin{tabular}{rrrr}") == 1
    assert max(map(len, as_text.splitlines())) <= 88


def test_names_from_users_are_escaped() -> None:
    p = distribution(r"a_b=1/2,\input{x}=1/4,|$%=1/4")
    found = document_of_report(report((r"\input{x}", "a_b", "|$%"), p, p))
    assert r"\textbackslash{}input\{x\}" in latex.render(found)
    assert r"\textbar{}\$\%" in latex.render(found)
    assert r"\\input\{x\}" in markdown.render(found)
    assert r"\|<span>$</span>%" in markdown.render(found)
    # no letter is lost, and none reaches TeX that it cannot print
    assert latex.render(found).isascii()


def test_tables_are_aligned() -> None:
    rows = text.render(document_of_report(report(tuple("HHTHTHHHTH"), BIASED, FAIR))).splitlines()[-4:]
    assert len({len(row) for row in rows}) == 1


def test_shown_is_exact_where_it_can_be() -> None:
    from kl_symbolic.kernel.terms import num

    assert [shown(num(Fraction(v)), 5) for v in (0, 3, Fraction(1, 4), Fraction(-1, 3))] == [
        "0",
        "3",
        "0.25",
        "-0.33333",
    ]
