"""Distributions and outcomes as people write them: one reading is read, none and two are refused with what to write."""

from __future__ import annotations

import decimal
from fractions import Fraction
from typing import Any

import numpy
import pytest
import sympy

from kl_symbolic.samples.reading import (
    BadInput,
    Outcomes,
    aligned,
    distribution,
    fraction,
    given,
    read_outcomes,
    simulate,
)

COIN, FAIR = distribution("7/10"), distribution("1/2")
NAMED = distribution("heads=7/10,tails=3/10")
DIE = {str(k): Fraction(1, 6) for k in range(1, 7)}
HTH = ["H", "T", "H"]


# --- probabilities ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "value"),
    [
        (".36", Fraction(36, 100)),
        ("1e-3", Fraction(1, 1000)),
        ("70%", Fraction(7, 10)),
        ("70 %", Fraction(7, 10)),
        ("12.5%", Fraction(1, 8)),
        ("7/10", Fraction(7, 10)),
        ("7 / 10", Fraction(7, 10)),
        ("1.", Fraction(1)),
        ("2.5E-1", Fraction(1, 4)),
        ("+0.5", Fraction(1, 2)),
    ],
)
def test_probabilities_are_read_exactly(source: str, value: Fraction) -> None:
    assert fraction(source) == value


@pytest.mark.parametrize("source", [".", "%", "1/3%", "1e", "e-3", "1e-1000", "0,7x", "٣", "1 2", "1//2", "0.5.5"])
def test_what_is_not_a_probability_is_refused(source: str) -> None:
    with pytest.raises(BadInput, match=r"expected a number such as 7/10, 0\.7 or 70%"):
        fraction(source)


def test_a_list_of_probabilities_is_about_the_outcomes_1_2_and_so_on() -> None:
    assert distribution("1/2,25%,.25") == {"1": Fraction(1, 2), "2": Fraction(1, 4), "3": Fraction(1, 4)}
    with pytest.raises(BadInput, match=r"expected a decimal point, as in 0\.7; got '0,7'"):
        distribution("0,7")


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("7/10", COIN),
        (0.7, COIN),
        (1, {"H": Fraction(1), "T": Fraction(0)}),
        (Fraction(7, 10), COIN),
        (decimal.Decimal("0.7"), COIN),
        (sympy.Rational(7, 10), COIN),
        (numpy.float64(0.7), COIN),
        (numpy.float32(0.7), COIN),
        (numpy.array(0.7), COIN),
        ({"a": 0.5, "b": "1/2"}, {"a": Fraction(1, 2), "b": Fraction(1, 2)}),
        ([0.5, 0.5], {"1": Fraction(1, 2), "2": Fraction(1, 2)}),
        (numpy.array([0.25, 0.75]), {"1": Fraction(1, 4), "2": Fraction(3, 4)}),
        ((x for x in (0.5, 0.5)), {"1": Fraction(1, 2), "2": Fraction(1, 2)}),
        ([1 / 3] * 3, {str(k): Fraction(1, 3) for k in (1, 2, 3)}),
        ({0: 1}, {"0": Fraction(1)}),
    ],
)
def test_distributions_in_python(value: Any, found: dict[str, Fraction]) -> None:
    assert given(value, "P") == found


def test_a_float_is_the_decimal_that_it_prints_and_a_sum_is_forgiven_only_its_rounding() -> None:
    assert given([0.1 + 0.2, 0.7], "P")["1"] == fraction("0.30000000000000004") / fraction("1.00000000000000004")
    with pytest.raises(BadInput, match="sum to 9999/10000, which is 1/10000 too little"):
        given([0.4999, 0.5], "P")
    with pytest.raises(BadInput, match="too little"):
        given([Fraction(1, 2), Fraction(1, 2) - Fraction(1, 10**17)], "P")  # exact numbers are not rounded


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (True, "expected a probability as P, got True"),
        ({"a": None}, r"expected a probability as P\[a\], got None"),
        (float("nan"), "expected a rational probability as P, got 'nan'"),
        (sympy.Symbol("p"), "expected a rational probability as P, got 'p'"),
        (sympy.sqrt(2) / 2, r"expected a rational probability as P, got 'sqrt\(2\)/2'"),
        ([[0.5, 0.5]], r"expected a rational probability as P\[1\]"),
        (2, "expected the probability of heads, between 0 and 1, got 2"),
        ([], "sum to 0, which is 1 too little"),
        (b"7/10", "expected a rational probability as P"),
        ({1: 0.5, "1": 0.5}, "two outcomes of P have one name"),
        (object(), "expected a rational probability as P"),
    ],
)
def test_what_is_not_a_distribution_in_python(value: Any, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        given(value, "P")


def test_a_coin_that_was_given_by_a_number_takes_the_names_of_the_other_side() -> None:
    p, q = aligned(COIN, {"Tails": Fraction(1, 4), "Heads": Fraction(3, 4)})
    assert p == {"Heads": Fraction(7, 10), "Tails": Fraction(3, 10)}
    assert aligned(NAMED, FAIR)[1] == {"heads": Fraction(1, 2), "tails": Fraction(1, 2)}
    assert q["Heads"] == Fraction(3, 4)


def test_distributions_without_a_common_outcome_are_not_silently_infinitely_apart() -> None:
    with pytest.raises(BadInput, match="P is about H, T, and Q about win, loss: they have no outcome in common"):
        aligned(COIN, distribution("win=1/2,loss=1/2"))


# --- outcomes that are read ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "source",
    [
        "HTH",
        "hth",
        "H,T,H",
        "H, T, H\n",
        "H,T,H,\n",
        "H,T\nH\n",
        "H;T;H",
        "H\tT\tH",
        '"H","T","H"',
        '"H"\n"T"\n"H"\n',
        "'H' 'T' 'H'",
        "heads\ntails\nheads\n",
        "heads tails heads",
        "Heads, Tails, Heads",
        "HEADS\nTAILS\nHEADS",
        "head tail head",
        "H heads\nT H".replace("heads\nT", "tails\nheads").replace(" H", ""),
        "\ufeffH\r\nT\r\nH\r\n",
        "\n\nH\n\nT\n\nH\n\n",
        "# my coin\nH\nT\n# a pause\nH\n",
        "outcome\nH\nT\nH\n",
        "outcome\nHTH\n",
        '"Outcome"\n"heads"\n"tails"\n"heads"\n',
        "toss,side\n1,H\n2,T\n3,H\n",
        "toss;side\n1;heads\n2;tails\n3;heads\n",
        "toss\tside\n1\tH\n2\tT\n3\tH\n",
        "1,H\n2,T\n3,H\n",
        "1 H\n2 T\n3 H\n",
        'when,side,note\n"Mon, early",H,"a, b"\n"Tue",T,\n"Wed",H,x\n',
        "toss  side\n1     H\n2     T\n3     H\n",
        " H \r T \r H ",
        "HT\nH",
    ],
)
@pytest.mark.parametrize("kind", [str, bytes])
def test_three_flips_in_every_common_form(source: str, kind: type) -> None:
    text = source if kind is str else source.encode()
    if kind is str:
        text = source.removeprefix("\ufeff")
    found = read_outcomes(text, COIN, FAIR)
    assert [*found][:3] == HTH
    assert len(found) == 3
    named = read_outcomes(text, NAMED, NAMED)
    assert [*named] == ["heads", "tails", "heads"]


def test_what_powershell_writes_is_read() -> None:
    assert [*read_outcomes("H\r\nT\r\nH\r\n".encode("utf-16"), COIN, FAIR)] == HTH
    with pytest.raises(BadInput, match="expected UTF-16 text, as its first bytes say"):
        read_outcomes(b"\xff\xfeH", COIN, FAIR)


def test_a_die_is_read_as_digits_words_and_floats_of_a_table() -> None:
    for source in ("164", "1 6 4", "1\n6\n4", "1,6,4", "roll\n1.0\n6.0\n4.0\n", "a,roll\nx,1\ny,6\nz,4\n"):
        assert [*read_outcomes(source, DIE, DIE)] == ["1", "6", "4"], source


def test_names_that_differ_in_case_only_are_not_mixed_up() -> None:
    p = distribution("a=1/2,A=1/4,b=1/4")
    assert [*read_outcomes("aAbB", p, p)] == ["a", "A", "b", "b"]
    with pytest.raises(BadInput, match="outcome 1 is 'É'"):
        read_outcomes("É", p, p)


def test_a_hash_that_is_an_outcome_is_not_a_comment() -> None:
    p = distribution("#=1/2,b=1/2")
    assert [*read_outcomes("#\nb\n", p, p)] == ["#", "b"]


def test_outcomes_one_by_one() -> None:
    assert [*read_outcomes(["heads", "T", "h"], COIN, FAIR)] == ["H", "T", "H"]
    assert [*read_outcomes(numpy.array([1, 6, 4]), DIE, DIE)] == ["1", "6", "4"]
    assert [*read_outcomes(numpy.array([1.0, 6.0]), DIE, DIE)] == ["1", "6"]
    with pytest.raises(BadInput, match="outcome 2 is '0'; expected one of 1, 2"):
        read_outcomes([1, 0], DIE, DIE)


def test_a_column_by_its_name_and_by_its_number() -> None:
    table = "toss,left,right\n1,H,T\n2,T,H\n3,H,H\n"
    assert [*read_outcomes(table, COIN, FAIR, "left")] == HTH
    assert "".join(read_outcomes(table, COIN, FAIR, "RIGHT")) == "THH"
    assert "".join(read_outcomes(table, COIN, FAIR, "3")) == "THH"
    assert "".join(read_outcomes(table.split("\n", 1)[1], COIN, FAIR, "3")) == "THH"
    assert [*read_outcomes("side\nH\nT\nH\n", COIN, FAIR, "side")] == HTH
    with pytest.raises(BadInput, match="2 columns hold outcomes: left, right; name one, as in --column left"):
        read_outcomes(table, COIN, FAIR)
    with pytest.raises(BadInput, match="there is no column 'side'; the first line has toss, left, right"):
        read_outcomes(table, COIN, FAIR, "side")
    with pytest.raises(BadInput, match="there is no column '4'"):
        read_outcomes(table, COIN, FAIR, "4")
    with pytest.raises(BadInput, match="outcome 1 is '1'; expected one of H, T"):
        read_outcomes(table, COIN, FAIR, "toss")
    with pytest.raises(BadInput, match="expected 3 or more cells in each row; row 2 of the data has 2"):
        read_outcomes("toss,left,right\n1,H,T\n2,T\n", COIN, FAIR, "right")


# --- outcomes that are not -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("win\nloss\nwin\n", "if win is H, write --p win=7/10,loss=3/10 --q win=1/2,loss=1/2"),
        ("loss\nwin\nwin\n", "if win is H, write --p win=7/10,loss=3/10 --q win=1/2,loss=1/2"),
        ("w\nl\nw\n", "if w is H, write --p w=7/10,l=3/10 --q w=1/2,l=1/2"),
        ("1\n0\n1\n", "if 1 is H, write --p 1=7/10,0=3/10 --q 1=1/2,0=1/2"),
        ("0110", "if 1 is H, write --p 1=7/10,0=3/10 --q 1=1/2,0=1/2"),
        ("sun\nrain\nsnow\n", "to use the names of the file: --p sun=…,rain=…,snow=… --q sun=…,rain=…,snow=…"),
        ("heads\nedge\ntails\n", "outcome 2 is 'edge'; expected one of H, T"),
        ("edge heads tails", "outcome 1 is 'edge'; expected one of H, T"),
        ("H,,T", "outcome 2 is ''; expected one of H, T"),
        (",H,T", "outcome 1 is ''; expected one of H, T"),
        ("HHXTT", "outcome 3 is 'X'; expected one of H, T"),
        ("1,H\n2,X\n", "expected one of H, T"),
        ("# only a comment\n", "there is none"),
        ("outcome\n", "outcome 1 is 'outcome'; expected one of H, T"),
        ("", "there is none"),
        (" \r\n\t", "there is none"),
        ("\x1b[2JH", "expected one of H, T"),
    ],
)
def test_what_cannot_be_read_says_what_to_write(source: str, why: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_outcomes(source, COIN, FAIR)
    assert why in str(caught.value)


def test_what_the_message_says_to_write_reads_the_file() -> None:
    """The distributions of the message are those that were given, under the names of the file."""
    with pytest.raises(BadInput) as caught:
        read_outcomes("1\n0\n1\n", COIN, FAIR)
    words = str(caught.value).split()
    p, q = (distribution(words[words.index(option) + 1]) for option in ("--p", "--q"))
    assert [*p.values()] == [*COIN.values()]
    assert [*read_outcomes("1\n0\n1\n", p, q)] == ["1", "0", "1"]


def test_a_file_with_two_readings_is_not_guessed_at() -> None:
    p = {"a,b": Fraction(1, 2), "a": Fraction(1, 4), "b": Fraction(1, 4)}
    with pytest.raises(BadInput, match="can be read in more than one way"):
        read_outcomes("a,b", p, p)


def test_bytes_that_are_not_text() -> None:
    with pytest.raises(BadInput, match="expected UTF-8 text; byte 1 is not"):
        read_outcomes(b"H\xe9", COIN, FAIR)


def test_too_many_outcomes(monkeypatch: pytest.MonkeyPatch) -> None:
    from kl_symbolic.samples import reading

    monkeypatch.setattr(reading, "MAX_OUTCOMES", 4)
    for source in ("HHHHH", "heads " * 5, "H,H,H,H,H"):
        with pytest.raises(BadInput, match="expected at most 4 outcomes, got 5"):
            read_outcomes(source, COIN, FAIR)


# --- the sequence ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("names", [3, 40, 300])
def test_counts_are_those_of_the_names(names: int) -> None:
    p = {f"n{k}": Fraction(1, names) for k in range(names)}
    found = simulate(p, 5000, 1)
    plain = [*found]
    for start, stop in ((0, None), (17, 3210), (5, 5)):
        part = plain[start:stop]
        assert found.counts(start, stop) == {name: part.count(name) for name in set(part)}
    assert found.first(["n1", "n2"]) == 1 + min(plain.index("n1"), plain.index("n2"))
    assert found.first(["x"]) is None
    assert sum(found.frequencies().values()) == 1
    assert found[10:20] == Outcomes(found.names, found.codes[10:20])
    assert found[-1] == plain[-1]


def test_long_files_are_read_as_short_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    from kl_symbolic.samples import reading

    monkeypatch.setattr(reading, "_CHUNK", 8)
    for mark in ("\n", " ", ",", ",\n", ";"):
        source = mark.join(["heads", "tails", "tails"] * 7)
        assert [*read_outcomes(source, NAMED, NAMED)] == ["heads", "tails", "tails"] * 7
