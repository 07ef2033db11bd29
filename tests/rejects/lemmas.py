"""Citations: circles, altered lemmas, and lemmas used for what they do not say."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from kl_symbolic import library
from kl_symbolic.kernel import CheckedTheorem, check, digest
from kl_symbolic.numerics.point import Point
from kl_symbolic.proving.builder import Proof

from .pair import NO_LINE, UNCLAIMED, UNUSED, WRONG_PREMISE, Case, Page, proof


def _beside(name: str, others: dict[str, str], start: str) -> Callable[[str], CheckedTheorem]:
    """Return what replays *start* in a directory with a text, under *name*, and other certificates."""

    def replay(text: str) -> CheckedTheorem:
        with TemporaryDirectory() as place:
            for stem, source in {**others, name: text}.items():
                Path(place, stem + library.SUFFIX).write_text(source, encoding="utf-8")
            return library.check_file(Path(place, start + library.SUFFIX))

    return replay


OWN = "log_le_half_root"
"""A name that no shipped theorem has: of a lemma that is shipped too, the shipped certificate would be taken."""


def _own(name: str) -> str:
    """Return a shipped certificate in which ``log_le_half`` has the name ``OWN``."""
    return library.certificate_text(name).replace('"log_le_half"', f'"{OWN}"')


@cache
def lemma(name: str) -> CheckedTheorem:
    """Return a theorem that a case cites: a shipped one, or that of the name ``OWN``."""
    if name != OWN:
        return library.theorem(name)
    source = _own("log_le_half")
    return check(source, {cited: library.theorem(cited) for cited in library.cited_names(source)})


def circle() -> Case:
    """First by second, second by first."""
    first = Proof("first", library.theorem)
    first.declare(x="number")
    page = Page.of(first, first.field("x + 0 = x"))
    known = check(page.source)
    second = Proof("second", lambda name: known)
    second.declare(x="number")
    other = second.certificate(second.cite("first", {"x": second.term("x")}))
    return page.spoil(
        ("a theorem rests on itself", "circle: second -> first -> second"),
        row=(0, "cite", ["second", {"x": ["x"]}], []),
        change=lambda data: data["uses"].update(second=digest(check(other, {"first": known}))),
        at=NO_LINE,
        replay=_beside("first", {"second": other}, "second"),
    )


def citation_of_itself() -> Case:
    """A theorem that cites itself, with the right digest of its own statement."""
    p = proof(x="number")
    page = Page.of(p, p.field("x + 0 = x"))
    own = digest(check(page.source))
    return page.spoil(
        "there is no theorem for the lemma 'twin'",
        row=(0, "cite", ["twin", {"x": ["x"]}], []),
        change=lambda data: data["uses"].update(twin=own),
        at=NO_LINE,
    )


def lemma_with_another_digest() -> Case:
    """A lemma whose statement is not the one that the certificate was written for."""
    page = Page.shipped("log_eq_sub_one_iff")
    return page.spoil(
        ("the lemma 'log_le_half' has another statement", "got:      " + page.data["uses"]["log_le_half"]),
        change=lambda data: data["uses"].update(log_le_half="0" * 64),
        off=("certificate: the lemma 'log_le_half' has another statement",),
    )


def lemma_with_an_altered_statement() -> Case:
    """A lemma of the same name, proved and true, that says less."""
    page = Page(_own("log_le_half"))
    k = len(page.data["lines"]) - 1
    rule, (_, entries), premises = page.data["lines"][k]
    weaker = "log(x) <= 2*(x^(1/2) - 1) + 1"
    cites = "log_eq_sub_one_iff"
    return page.spoil(
        f"the lemma {OWN!r} has another statement",
        row=(k, rule, [page.statement(weaker), [*entries, [1, 1, []]]], premises),
        conclusion=weaker,
        at=NO_LINE,
        replay=_beside(OWN, {cites: _own(cites)}, cites),
    )


def lemma_that_is_false() -> Case:
    """A lemma beside the certificate, spoiled: what rests on it is refused, and the lemma's line is named."""
    page = Page(_own("log_le_half"))
    k = len(page.data["lines"]) - 1
    rule, (_, entries), premises = page.data["lines"][k]
    false = "log(x) <= x^(1/2) - 1"
    cites = "log_eq_sub_one_iff"
    return page.spoil(
        (f"the lemma {OWN!r} is refused: line {k} rule order: right - left", f"goal: {false}"),
        row=(k, rule, [page.statement(false), entries], premises),
        conclusion=false,
        at=NO_LINE,
        point=Point.of(numbers={"x": 4}),
        replay=_beside(OWN, {cites: _own(cites)}, cites),
    )


def lemma_that_is_not_listed() -> Case:
    """A citation of what ``uses`` does not list."""
    page = Page.shipped("exp_zero")
    k = page.where("cite", "exp_log")
    return page.spoil(
        ("expected a lemma that is listed in uses", "got: exp_logs"),
        row=(k, "cite", ["exp_logs", page.data["lines"][k][1][1]], page.data["lines"][k][2]),
    )


def lemma_that_is_not_needed() -> Case:
    """A lemma that no line cites."""
    page = Page.shipped("log_one")
    return page.spoil(
        ("declared but not used", "unused: ['exp_zero']"),
        uses=("exp_zero",),
        off=(UNUSED,),
    )


def lemma_with_a_weaker_premise() -> Case:
    """exp(log x) = x for 0 < x, cited with a premise that only says 0 ≤ x."""
    page = Page.shipped("exp_zero")
    k = page.where("pos")
    return page.spoil(
        ("wrong premise", "expected: 0 < 1", "got:      0 <= 1"),
        row=(k, "pos", [page.statement("0 <= 1")], []),
        at=page.where("cite", "exp_log"),
        off=(WRONG_PREMISE, UNCLAIMED),
    )


def lemma_with_a_name_too_few() -> Case:
    """A citation that does not say what every name of the lemma becomes."""
    page = Page.shipped("log_le_half")
    k = page.where("cite", "log_pow")
    return page.spoil(
        ("expected an object that says what each name becomes, sorted", "names: ['a', 'b']"),
        row=(k, "cite", ["log_pow", {"a": ["x"]}], page.data["lines"][k][2]),
    )


def lemma_with_a_hypothesis_forgotten() -> Case:
    """A citation without the premise for a hypothesis of the lemma: it becomes one of the proof."""
    p = proof(x="number")
    inside = p.cite("exp_log", {"x": p.term("x")}, [p.given("0 < x")])
    page = Page.of(p, p.order("exp(log(x)) - x = 0", [(1, 1, inside)]))
    k = page.where("cite")
    return page.spoil(
        ("the proof uses a hypothesis that is not claimed", "hypothesis: 0 < x"),
        row=(k, "cite", ["exp_log", {"x": ["x"]}], []),
        hypothesis=(0, None),
        at=NO_LINE,
        off=(UNCLAIMED, UNUSED),
    )
