"""The pictures: what is drawn are the numbers of the package, and the same picture is the same file."""

from __future__ import annotations

import hashlib
import math
import os
import re
import subprocess
import sys
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import matplotlib
import pytest
import sympy
from matplotlib.figure import Figure

from kl_symbolic import cross_entropy, entropy, kl_divergence, library
from kl_symbolic.cli import main as cli
from kl_symbolic.measures import plots
from kl_symbolic.numerics.evaluate import evaluate
from kl_symbolic.numerics.point import Point
from kl_symbolic.samples import outcomes, reading

from ..support.lanes import sampled

ROOT = Path(__file__).resolve().parents[2]
SEVEN, HALF = Fraction(7, 10), Fraction(1, 2)
DIE_P = {"a": Fraction(1, 2), "b": Fraction(1, 4), "c": Fraction(1, 4)}
DIE_Q = dict.fromkeys("abc", Fraction(1, 3))


def close(a: float, b: Any) -> bool:
    return bool(abs(a - float(b)) < 1e-12)


@cache
def default(name: str) -> str:
    """Return a picture as it is drawn without arguments."""
    return plots.svg(plots.NAMES[name]())


def line(axes: Any, words: str) -> Any:
    return next(one for one in axes.get_lines() if words in one.get_label())


# --- what is drawn ---------------------------------------------------------------------------------------------------


def test_the_paths_are_those_of_the_simulated_outcomes() -> None:
    axes = plots.llr_concentration({"H": 0.7, "T": 0.3}, {"H": 0.5, "T": 0.5}, n=500, paths=2, seed=4)
    paths = [one for one in axes.get_lines() if len(one.get_xdata()) > 2]
    assert len(paths) == 2
    p, q = reading.distribution("7/10"), reading.distribution("1/2")
    for k, path in enumerate(paths):
        flips = reading.simulate(p, 500, 4 + k)
        facts = outcomes.report(flips, p, q).facts
        assert path.get_xdata()[-1] == 500
        assert abs(path.get_ydata()[-1] - float(facts["per_flip"])) < 1e-12
        ten = outcomes.report(flips[:10], p, q).facts
        assert abs(path.get_ydata()[list(path.get_xdata()).index(10)] - float(ten["per_flip"])) < 1e-12


def test_the_level_is_the_divergence_and_the_band_that_of_the_theorem() -> None:
    axes = plots.llr_concentration(SEVEN, HALF, n=1000, paths=1)
    divergence = kl_divergence(SEVEN, HALF)
    assert close(line(axes, "D(P").get_ydata()[0], divergence.evalf(30))
    wide, narrow = (band.get_paths()[0].vertices for band in axes.collections)
    # llr_concentration: outside D ± ε with a probability of at most V/(|T|·ε²), here with |T| = 1000.
    bound = library.theorem("llr_concentration").conclusion.args[1]
    for vertices, chance in ((wide, Fraction(1, 20)), (narrow, Fraction(1))):
        eps = max(y for x, y in vertices if x == 1000) - float(divergence.evalf(30))
        point = Point.of(
            sizes={"X": 2, "T": 1000, "Omega": 1},
            numbers={"p": {(0,): SEVEN, (1,): 1 - SEVEN}, "q": {(0,): HALF, (1,): HALF}, "eps": Fraction(eps)},
        )
        assert abs(float(evaluate(bound, point, 30)) - float(chance)) < 1e-9


def test_the_curves_are_the_divergence_and_its_mirror() -> None:
    axes = plots.divergence_and_mirror([HALF, SEVEN])
    for label, p in (("1/2", HALF), ("7/10", SEVEN)):
        for turned, words in ((False, r"D(p \parallel q)$, $p = "), (True, r"D(q \parallel p)$, $p = ")):
            curve = line(axes, words + label)
            drawn = dict(zip(curve.get_xdata(), curve.get_ydata(), strict=True))
            assert min(drawn) < 1e-10 and max(drawn) > 1 - 1e-10
            for exact in (Fraction(1, 12800), Fraction(1, 100), Fraction(1, 4), Fraction(3, 5), Fraction(99, 100)):
                wanted = kl_divergence(exact, p) if turned else kl_divergence(p, exact)
                assert close(drawn[float(exact)], wanted.evalf(30)), (label, turned, exact)
    touching = [one for one in axes.get_lines() if len(one.get_xdata()) == 1]
    assert [one.get_xdata()[0] for one in touching] == [0.5, 0.7]
    assert float(min(line(axes, r"q)$, $p = 1/2").get_ydata())) == pytest.approx(0, abs=1e-20)


def test_the_gaps_below_the_tangent_add_up_to_the_divergence() -> None:
    axes = plots.log_le(DIE_P, DIE_Q)
    gaps = [one for one in axes.get_lines() if len(one.get_xdata()) == 2 and one.get_xdata()[0] == one.get_xdata()[1]]
    total = 0.0
    for gap, p, q in zip(gaps, DIE_P.values(), DIE_Q.values(), strict=True):
        low, high = gap.get_ydata()
        assert close(gap.get_xdata()[0], q / p)
        assert close(low, sympy.log(sympy.Rational(q.numerator, q.denominator) / sympy.Rational(p)).evalf(30))
        assert close(high, q / p - 1)
        total += float(p) * (high - low)
    assert close(total, kl_divergence(DIE_P, DIE_Q).evalf(30))
    assert f"{total:.4g}" in axes.get_title()
    assert [t.get_text() for t in axes.texts] == ["$q_{1}/p_{1} = 2/3$", "$q_{2}/p_{2} = q_{3}/p_{3} = 4/3$"]
    curve, tangent = line(axes, "log x"), line(axes, "tangent")
    assert all(y <= x - 1 for x, y in zip(curve.get_xdata(), curve.get_ydata(), strict=True))
    assert all(y == x - 1 for x, y in zip(tangent.get_xdata(), tangent.get_ydata(), strict=True))


def test_the_bars_are_entropy_divergence_and_cross_entropy() -> None:
    qs = [DIE_P, DIE_Q, {"c": HALF, "b": Fraction(1, 4), "a": Fraction(1, 4)}]
    axes = plots.cross_entropy_identity(DIE_P, qs)
    for k, q in enumerate(qs):
        low, high = axes.patches[2 * k : 2 * k + 2]
        assert close(low.get_height(), entropy(DIE_P).evalf(30))
        assert close(high.get_height(), kl_divergence(DIE_P, q).evalf(30))
        assert close(high.get_y() + high.get_height(), cross_entropy(DIE_P, q).evalf(30))
        assert axes.texts[k].get_text() == f"{float(cross_entropy(DIE_P, q).evalf(30)):.3f}"
    assert [t.get_text() for t in axes.get_xticklabels()][2] == "(1/4, 1/4, 1/2)"


def test_the_errors_of_the_estimators_are_those_of_their_definition() -> None:
    p = 0.25
    axes = plots.estimators(p)
    curves = [line(axes, said) for said in ("k1", "k2", "k3", "which they estimate")]
    for k in (0, 40, 80, -1):
        q = curves[0].get_xdata()[k]
        sides = [(p, q), (1 - p, 1 - q)]
        divergence = sum(a * math.log(a / b) for a, b in sides)
        estimates = [
            [math.log(a / b) for a, b in sides],
            [math.log(a / b) ** 2 / 2 for a, b in sides],
            [b / a - 1 - math.log(b / a) for a, b in sides],
        ]
        errors = [
            math.sqrt(sum(a * (x - divergence) ** 2 for (a, _), x in zip(sides, found, strict=True)))
            for found in estimates
        ]
        for curve, expected in zip(curves, [*errors, divergence], strict=True):
            assert math.isclose(curve.get_ydata()[k], expected, rel_tol=1e-9)


# --- axes, labels, settings ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sampled(sorted(plots.NAMES), 4))
def test_every_picture_draws_on_axes_that_it_is_given_and_changes_no_setting(name: str) -> None:
    before = dict(matplotlib.rcParams)
    axes = Figure().add_subplot()
    assert plots.NAMES[name](ax=axes) is axes
    own = plots.NAMES[name]()
    assert own.get_figure() is not axes.get_figure()
    plots.svg(own)
    assert dict(matplotlib.rcParams) == before
    for one in (axes, own):
        assert one.get_xlabel() and one.get_ylabel().endswith(("probability", "(nats)"))
        assert one.get_title()
        assert one.get_legend() is not None


def contrast(a: str, b: str) -> float:
    """Return the contrast of two colors as WCAG defines it."""

    def light(color: str) -> float:
        parts = [int(color[k : k + 2], 16) / 255 for k in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((light(a), light(b)))
    return (high + 0.05) / (low + 0.05)


def test_letters_and_lines_stand_out_on_light_and_on_dark_paper() -> None:
    dark = plots._IN_THE_DARK
    assert contrast(plots._INK, plots._PAPER) > 7
    assert contrast(dark[plots._INK], dark[plots._PAPER]) > 7
    for color in (plots._BLUE, plots._RED, plots._GREEN):
        assert contrast(color, plots._PAPER) > 3
        assert contrast(dark.get(color, color), dark[plots._PAPER]) > 3
    # The bars of the lighter orange are hatched, and stand on blue ones.
    assert contrast(plots._ORANGE, plots._BLUE) > 2


@pytest.mark.parametrize("name", sampled(sorted(plots.NAMES), 4))
def test_the_file_turns_dark_with_the_page_and_loads_nothing(name: str) -> None:
    text = default(name)
    root = ElementTree.fromstring(text)
    assert root.tag.endswith("svg")
    title = root.find("{http://www.w3.org/2000/svg}title")
    assert title is not None and len(title.text or "") > 20
    colors = set(re.findall(r"(?:fill|stroke): (#[0-9a-f]{6})", text.partition("</style>")[2]))
    assert colors <= {*plots._IN_THE_DARK, plots._RED, plots._GREEN, plots._ORANGE}
    assert "prefers-color-scheme: dark" in text
    assert not re.search(r"(?:href|src)=\"(?!#)|@import|<script|<image|font-family", text)
    assert "<dc:date>" not in text


def test_axes_of_the_user_keep_their_colors_in_the_file() -> None:
    text = plots.svg(plots.log_le(ax=Figure(facecolor="white").add_subplot()))
    assert "prefers-color-scheme" not in text
    assert text == plots.svg(plots.log_le(ax=Figure(facecolor="white").add_subplot()))


def test_many_long_names_below_the_bars_are_turned() -> None:
    few, many = (plots.cross_entropy_identity(DIE_P, [DIE_Q] * k) for k in (3, 12))
    assert {t.get_rotation() for t in few.get_xticklabels()} == {0.0}
    assert {t.get_rotation() for t in many.get_xticklabels()} == {30.0}


# --- the same bytes --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seed", "names"),
    [
        pytest.param("0", [*plots.NAMES][:1], marks=pytest.mark.slow),
        pytest.param("12345", [*plots.NAMES], marks=pytest.mark.slow),
    ],
)
def test_the_same_picture_is_the_same_file_for_every_hash_seed_and_setting(seed: str, names: list[str]) -> None:
    program = (
        "import hashlib, matplotlib, sys\n"
        "matplotlib.rcParams.update({'font.size': 20, 'axes.grid': False, 'svg.hashsalt': None, 'lines.linewidth': 9})\n"
        "from kl_symbolic import plots\n"
        "for name in sys.argv[1:]:\n    print(hashlib.sha256(plots.svg(plots.NAMES[name]()).encode()).hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    done = subprocess.run(
        [sys.executable, "-c", program, *names], env=environment, capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.split() == [hashlib.sha256(default(name).encode()).hexdigest() for name in names]


DRAWN_WITH = "3.11.2"
"""The version of matplotlib that drew the pictures in the documents; another may set letters a little differently."""


@pytest.mark.parametrize("name", sampled(sorted(plots.NAMES), 4))
def test_the_pictures_in_the_documents_are_up_to_date(name: str) -> None:
    drawn = (ROOT / "docs" / "pictures" / f"{name}.svg").read_text(encoding="utf-8")
    assert f"pictures/{name}.svg" in (ROOT / "docs" / "how-to.md").read_text(encoding="utf-8")
    assert drawn.count("<svg") == 1
    if matplotlib.__version__ == DRAWN_WITH:
        assert drawn == default(name), f"kl-symbolic plot {name} -o docs/pictures/{name}.svg"


# --- what is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("draw", "error", "message"),
    [
        (lambda: plots.estimators([0.5, 0.25, 0.25]), TypeError, "expected the probability of heads of a coin"),
        (lambda: plots.estimators(1), ValueError, "expected a value of p between 0 and 1, got 1"),
        (lambda: plots.llr_concentration(n=9), ValueError, "expected at least 10 outcomes, got n=9"),
        (lambda: plots.llr_concentration(paths=0), ValueError, "expected 1 to 20 paths, got 0"),
        (lambda: plots.llr_concentration(paths=21), ValueError, "expected 1 to 20 paths, got 21"),
        (lambda: plots.llr_concentration(n=10**8), ValueError, "simulated outcomes"),
        (lambda: plots.llr_concentration(seed=-1), ValueError, "a seed that is not negative"),
        (lambda: plots.llr_concentration([0.5, 0.5], [1, 0]), ValueError, "infinite: P gives outcome 2 probability 1/2"),
        (lambda: plots.llr_concentration("7/10"), TypeError, "P is text"),
        (lambda: plots.llr_concentration([0.5, 0.4], [0.5, 0.5]), ValueError, "sum"),
        (lambda: plots.llr_concentration([0.5, 0.5], [0.2, 0.3, 0.5]), ValueError, "2 outcomes and Q has 3"),
        (lambda: plots.llr_concentration(sympy.Symbol("p")), TypeError, "expected rational probabilities, got P = p"),
        (lambda: plots.llr_concentration(1 / sympy.sqrt(2)), TypeError, "expected rational probabilities"),
        (lambda: plots.log_le(sympy.IndexedBase("p")), TypeError, "symbolic index"),
        (lambda: plots.log_le([1, 0], [0.5, 0.5]), ValueError, "got 0 and 1/2 for outcome 2"),
        (lambda: plots.log_le([0.5, 0.5], [1, 0]), ValueError, "got 1/2 and 0 for outcome 2"),
        (lambda: plots.divergence_and_mirror([]), ValueError, "one to three values of p, got 0"),
        (lambda: plots.divergence_and_mirror([0.1, 0.2, 0.3, 0.4]), ValueError, "one to three values of p, got 4"),
        (lambda: plots.divergence_and_mirror([0]), ValueError, "between 0 and 1, got 0"),
        (lambda: plots.divergence_and_mirror([[0.2, 0.3, 0.5]]), TypeError, "heads of coins"),
        (lambda: plots.cross_entropy_identity([0.5, 0.5]), ValueError, "1 to 12 distributions Q, got 0"),
        (lambda: plots.cross_entropy_identity([0.5, 0.5], [[0.5, 0.5]] * 13), ValueError, "got 13"),
        (lambda: plots.cross_entropy_identity([0.5, 0.5], [[1, 0]]), ValueError, "infinite"),
        (lambda: plots.save(plots.log_le(), "x.jpg"), ValueError, r"ends in \.svg, \.png or \.pdf, got 'x\.jpg'"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_refused(draw: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        draw()


@pytest.mark.slow
def test_equal_distributions_and_sure_outcomes_can_be_drawn() -> None:
    for p, q in ((HALF, HALF), (1, HALF), ([1, 0], [1, 0])):
        axes = plots.llr_concentration(p, q, n=50, paths=1)
        assert plots.svg(axes)
        assert close(line(axes, "D(P").get_ydata()[0], kl_divergence(p, q).evalf(30))
    assert plots.svg(plots.cross_entropy_identity([1], [[1]]))


# --- the command -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sampled(sorted(plots.NAMES), 4))
def test_the_command_writes_the_picture(name: str, tmp_path: Path) -> None:
    path = tmp_path / "picture.svg"
    assert cli.main(["plot", name, "-o", str(path)]) == 0
    assert path.read_text(encoding="utf-8") == default(name)
    assert f"\n  {name} " in cli.VERBS["plot"].EPILOG


def test_without_a_file_it_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["plot", "log_le"]) == 0
    assert capsys.readouterr().out == default("log_le")


@pytest.mark.slow
def test_the_command_takes_distributions(tmp_path: Path) -> None:
    path = tmp_path / "picture.svg"
    assert cli.main(["plot", "log_le", "--p", "a=1/2,b=1/4,c=1/4", "--q", "a=1/3,b=1/3,c=1/3", "-o", str(path)]) == 0
    assert path.read_text(encoding="utf-8") == plots.svg(plots.log_le(DIE_P, DIE_Q))
    assert cli.main(["plot", "cross_entropy_identity", "--p", "7/10", "--q", "1/2", "-o", str(path)]) == 0
    both = {"H": SEVEN, "T": 1 - SEVEN}, [{"H": HALF, "T": HALF}]
    assert path.read_text(encoding="utf-8") == plots.svg(plots.cross_entropy_identity(*both))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nothing"], "there is no picture 'nothing'; there are cross_entropy_identity, distributions, divergence"),
        (["log_le", "--p", "1/2"], "--p and --q go together"),
        (["divergence_and_mirror", "--p", "1/2", "--q", "1/3"], "takes neither --p nor --q"),
        (["log_le", "--p", "1/2", "--q", "x"], "expected a number such as 7/10, 0.7 or 70%, got 'x'"),
        (["llr_concentration", "--p", "1/2", "--q", "1"], "the divergence is infinite"),
        (["log_le", "-o", "picture.jpg"], "picture.jpg: its suffix means no format; there are .pdf, .svg, .png"),
        (["distributions", "--p", "1/2"], "--p and --q go together"),
        (["evidence", "--outcomes", "x"], "--outcomes needs --q"),
    ],
)
def test_the_command_says_what_cannot_be_drawn(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["plot", *arguments]) == 2
    assert message in capsys.readouterr().err


@pytest.mark.slow
def test_without_matplotlib_the_way_to_install_it_is_said() -> None:
    program = (
        "import sys\nsys.modules['matplotlib'] = None\n"
        "from kl_symbolic.cli import main as cli; from kl_symbolic import plots\n"
        "print(cli.main(['plot', 'log_le']))\n"
        "try:\n    plots.log_le()\nexcept ModuleNotFoundError as error:\n    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "2\nplots need matplotlib, which is not installed: pip install 'kl-symbolic[plot]'\n"
    assert "pip install 'kl-symbolic[plot]'" in done.stderr


def test_the_package_gives_the_module_and_loads_it_late() -> None:
    program = (
        "import sys, kl_symbolic as kl\nassert 'kl_symbolic.measures.plots' not in sys.modules\n"
        "print(kl.plots.__name__)\nassert 'matplotlib' not in sys.modules\n"
        "import kl_symbolic.measures.plots\nprint(kl_symbolic.measures.plots is kl.plots)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "kl_symbolic.measures.plots\nTrue\n"


# --- pictures of own data --------------------------------------------------------------------------------------------


def test_the_bars_are_the_probabilities_and_the_marks_the_frequencies() -> None:
    axes = plots.distributions({"sun": 0.5, "rain": 0.25, "snow": 0.25}, {"sun": 1}, {"sun": 3, "snow": 1})
    heights = [round(patch.get_height(), 12) for patch in axes.patches]
    assert heights == [0.5, 0.25, 0.25, 1, 0, 0]
    assert [label.get_text() for label in axes.get_xticklabels()] == ["sun", "rain", "snow"]
    assert [*line(axes, "4 observed").get_ydata()] == [0.75, 0, 0.25]
    assert axes.get_title() == "D(P‖Q) = ∞"
    assert f"{float(kl_divergence(SEVEN, HALF).evalf(30)):.4g}" in plots.distributions(0.7, 0.5).get_title()


def test_names_are_text_and_no_formulas_and_control_characters_are_not_drawn() -> None:
    axes = plots.distributions({"$\\frac$": 0.5, "a\x1b[2J" + "b" * 50: 0.5}, {"$\\frac$": 1})
    assert plots.svg(axes).count("<svg") == 1
    assert len(axes.get_xticklabels()[1].get_text()) == 24
    assert "\x1b" not in axes.get_xticklabels()[1].get_text()


def test_the_path_is_that_of_the_outcomes() -> None:
    flips = "HHTHTTHHHHTH"
    axes = plots.evidence(flips, SEVEN, HALF)
    path = line(axes, "observed")
    assert [*path.get_xdata()] == [*range(1, 13)]
    for k, height in zip(path.get_xdata(), path.get_ydata(), strict=True):
        facts = outcomes.report(flips[:k], reading.distribution("7/10"), reading.distribution("1/2")).facts
        assert abs(height - float(facts["per_flip"])) < 1e-12
    assert close(line(axes, "D(P").get_ydata()[0], kl_divergence(SEVEN, HALF).evalf(30))


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (lambda: plots.distributions([0.01] * 100, [0.01] * 100), "expected at most 40 outcomes in a picture, got 100"),
        (lambda: plots.distributions(0.5, 0.5, {"X": 1}), "expected counts of H, T, got one of 'X'"),
        (lambda: plots.distributions({"a": 1}, {"b": 1}), "no outcome in common"),
        (lambda: plots.evidence("", 0.5, 0.5), "expected outcomes, got none"),
        (lambda: plots.evidence("HX", 0.5, 0.5), "'X' was observed, and P gives it probability 0"),
        (lambda: plots.evidence("HT", 0.5, 1), "'T' was observed, and Q gives it probability 0"),
        (lambda: plots.picture(plots.log_le(), "jpg"), "expected a format, one of svg, png, pdf; got 'jpg'"),
    ],
)
def test_own_data_that_cannot_be_drawn(draw: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        draw()


@pytest.mark.slow
def test_the_command_draws_a_file_of_outcomes_in_the_format_of_the_suffix(tmp_path: Path) -> None:
    flips = tmp_path / "flips.csv"
    flips.write_text("toss,side\n1,heads\n2,tails\n3,heads\n4,heads\n", encoding="utf-8")
    for name in ("distributions", "evidence"):
        for suffix, begins in ((".svg", b"<?xml"), (".png", b"\x89PNG"), (".pdf", b"%PDF-")):
            path = tmp_path / f"picture{suffix}"
            words = ["plot", name, "--outcomes", str(flips), "--q", "heads=1/2,tails=1/2", "-o", str(path)]
            assert cli.main(words) == 0
            assert path.read_bytes().startswith(begins)
    counted = {"heads": 3, "tails": 1}
    estimated = {"heads": Fraction(3, 4), "tails": Fraction(1, 4)}
    drawn = plots.distributions(estimated, dict.fromkeys(counted, HALF), counted)
    assert (
        cli.main(["plot", "distributions", "--outcomes", str(flips), "--q", ".5", "-o", str(tmp_path / "x.svg")]) == 0
    )
    wanted = plots.svg(plots.distributions({"H": Fraction(3, 4), "T": Fraction(1, 4)}, HALF, {"H": 3, "T": 1}))
    assert (tmp_path / "x.svg").read_text(encoding="utf-8") == wanted
    assert plots.svg(drawn) != wanted  # the names are those of the distributions


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["png", "pdf"])
def test_the_bytes_of_png_and_pdf_are_the_same_on_any_day(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    program = (
        "import hashlib, sys\nfrom kl_symbolic.measures import plots\n"
        "sys.stdout.write(hashlib.sha256(plots.picture(plots.distributions(), sys.argv[1])).hexdigest())\n"
    )
    found = set()
    for seed, day in (("1", "0"), ("2", "1700000000")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": day}
        command = [sys.executable, "-c", program, kind]
        found.add(subprocess.run(command, env=environment, capture_output=True, check=True, cwd=ROOT).stdout)
    found.add(hashlib.sha256(plots.picture(plots.distributions(), kind)).hexdigest().encode())
    assert len(found) == 1


def test_without_matplotlib_the_message_says_what_to_install(capsys: pytest.CaptureFixture[str]) -> None:
    program = (
        "import sys\nsys.modules['matplotlib'] = None\nfrom kl_symbolic.cli.main import main\n"
        "sys.exit(main(['plot', 'distributions', '--p', '1/2', '--q', '1/3', '-o', 'x.png']))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 2
    assert done.stderr.endswith("plots need matplotlib, which is not installed: pip install 'kl-symbolic[plot]'\n")
