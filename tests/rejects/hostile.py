"""Files that are made to cost time or memory. Each stands beside the largest of its kind that is still read."""

from __future__ import annotations

import json
from typing import Any

from kl_symbolic.kernel.certificate import FORMAT, dump

from .pair import UNUSED, Case, Page

X: list[Any] = ["x"]


def _page(goal: Any, *, names: dict[str, str] | None = None, **more: Any) -> Page:
    """Return a certificate whose one line shows *goal* by arithmetic."""
    base = {
        "format": FORMAT, "name": "twin", "names": names or {"x": "number"}, "hypotheses": [], "conclusion": goal,
        "uses": {}, "lines": [["field", [goal], []]], "story": [],
    }  # fmt: skip
    return Page(dump({**base, **more}))


def _digits(count: int) -> str:
    return "7" * count


def integer_of_100000_digits() -> Case:
    """An integer with 10⁵ digits, where 1100 are read."""
    page = _page(["=", X, ["-", ["+", X, int(_digits(1100))], int(_digits(1100))]])
    row = '["field",[["=",["x"],["-",["+",["x"],{}]'
    return page.retype(
        row.format(_digits(1100)),
        row.format(_digits(100_000)),
        "an integer has 100000 digits; at most 1100 are read",
    )


def fraction_of_100000_digits() -> Case:
    """A fraction with 10⁵ digits, where 1100 characters are read."""
    small, large = ("1/1" + "0" * n for n in (1097, 100_000))
    page = _page(["=", ["*", small, X], ["*", X, small]])
    return page.retype(
        f'["field",[["=",["*","{small}"', f'["field",[["=",["*","{large}"',
        ("expected a fraction in lowest terms such as '7/10'", "got: 1/10000000"), at=0, rule="field",
    )  # fmt: skip


def _nested(depth: int) -> str:
    return '["neg",' * depth + '["x"]' + "]" * depth


def depth_of_100000() -> Case:
    """A term that is 10⁵ deep."""
    return _deep(100_000, "the certificate is nested too deeply")


def depth_of_1000() -> Case:
    """A term that is 1000 deep, which some readers of JSON read."""
    return _deep(1000, "the certificate is nested too deeply")


def depth_of_121() -> Case:
    """A term that is one deeper than the kernel allows."""
    return _deep(119, ("a term is too large", "depth: 121"), at=0, rule="field")


def _deep(signs: int, says: str | tuple[str, ...], at: int | None = None, rule: str = "") -> Case:
    """The twin −…−x = x has 118 signs, so the statement is 120 deep."""
    page = _page(["=", json.loads(_nested(118)), X])
    row = '["field",[["=",{},["x"]'
    return page.retype(row.format(_nested(118)), row.format(_nested(signs)), says, at=at, rule=rule)


def lists_in_lists() -> Case:
    """10⁵ opening brackets, in the story, which the kernel does not look at."""
    page = _page(["=", X, X])
    return page.retype('"story": []', '"story": [' + "[" * 100_000 + "]" * 100_000 + "]", "nested too deeply")


def _balanced(parts: list[Any]) -> Any:
    """Return the sum of *parts*, as flat as a binary tree can be."""
    if len(parts) == 1:
        return parts[0]
    half = len(parts) // 2
    return ["+", _balanced(parts[:half]), _balanced(parts[half:])]


def term_of_20001_parts() -> Case:
    """A term with one part too many, as the multiplier of an equation. The twin has one of 19987."""
    goal = ["=", X, X]
    page = _page(
        goal, lines=[["field", [["=", X, ["+", X, 0]]], []], ["order", [goal, [[1, _balanced([X] * 9994), [0]]]], [0]]]
    )
    return page.spoil(
        ("a term is too large", "size:  20001"),
        row=(1, "order", [goal, [[1, _balanced([X] * 10_001), [0]]]], [0]),
    )


def lines_5001() -> Case:
    """One line too many."""
    rows: list[Any] = [["field", [["=", X, X]], []]]
    rows += [["trans", [], [k, k]] for k in range(4999)]
    page = _page(["=", X, X], lines=rows)
    return page.spoil(
        ("expected 1 to 5000 lines", "got: 5001"),
        change=lambda data: data["lines"].append(["trans", [], [4999, 4999]]),
    )


def premises_201() -> Case:
    """A line with one premise too many."""
    page = _page(["=", X, X], lines=[["pos", [["<", 0, 1]], []], ["field", [["=", X, X]], [0] * 200]])
    return page.spoil(
        "at most 200 premises can be given",
        row=(1, "field", [["=", X, X]], [0] * 201),
        off=("certificate: at most 200 premises can be given",),
    )


def hypotheses_201() -> Case:
    """One hypothesis too many."""
    rows: list[Any] = [["field", [["=", X, X]], []]]
    rows += [["weaken", [["<=", X, k]], [k]] for k in range(200)]
    page = _page(["=", X, X], lines=rows, hypotheses=[["<=", X, k] for k in range(200)])
    return page.spoil(
        "at most 200 hypotheses can be claimed",
        change=lambda data: data["hypotheses"].append(["<=", X, 200]),
        off=("certificate: at most 200 hypotheses can be claimed", "certificate: the proof does not have a claimed"),
    )


def names_251() -> Case:
    """One name too many."""
    names = {f"x{k:03}": "number" for k in range(250)}
    term = _balanced([[name] for name in names])
    page = _page(["=", term, term], names=names)
    return page.spoil(
        ("at most 250 names can be declared", "got: 251"),
        change=lambda data: data["names"].update(y="number"),
        off=("syntax: at most 250 names can be declared", UNUSED),
    )


def symbol_of_nine_indices() -> Case:
    """A symbol with one index too many."""
    sets = ", ".join(["X"] * 8)
    term = ["p", *["i"] * 8]
    names = {"X": "set", "i": "X", "p": f"{sets} -> number"}
    page = _page(["=", term, term], names=names)
    return page.spoil(
        ("too many arguments", "got: p"),
        change=lambda data: data["names"].update(p=f"X, {sets} -> number"),
    )


def text_of_a_million_letters() -> Case:
    """A story that is longer than a certificate may be."""
    page = _page(["=", X, X], story=[["prose", "a" * 900_000]])
    return page.retype(
        '"prose","', '"prose","' + "a" * 200_000, "at most 1000000 are read",
        off=("certificate: the certificate has",),
    )  # fmt: skip


def name_of_41_letters() -> Case:
    """A name that is one letter too long."""
    name = "a" * 40
    page = _page(["=", [name], [name]], names={name: "number"})
    return page.spoil(
        "expected a name of letters, digits and _ (ASCII, at most 40)",
        change=lambda data: data.update(names={name + "a": "number"}),
    )


def _same(term: Any) -> list[Any]:
    return ["=", term, ["*", 1, term]]


def exponents_upon_exponents() -> Case:
    """x to the power 200³."""
    power = ["^", ["^", X, 200], 200]
    wrong = _same(["^", power, 200])
    return _page(_same(power)).spoil(
        "an exponent is too large",
        row=(0, "field", [wrong], []),
        conclusion=wrong,
        off=("normal_form: an exponent is too large",),
    )


def coefficient_of_100000_bits() -> Case:
    """7 to the power 200²."""
    wrong = _same(["^", ["^", 7, 200], 200])
    return _page(_same(["+", X, ["^", 7, 200]])).spoil(
        "a coefficient has too many digits",
        row=(0, "field", [wrong], []),
        conclusion=wrong,
        off=("normal_form: a coefficient has too many digits", UNUSED),
    )


def substitution_that_explodes() -> Case:
    """An index function with a large value, put into a symbol that has it as each of its eight indices."""
    names = {"X": "set", "f": "X -> X", "g": "X, X -> X", "i": "X", "p": ", ".join(["X"] * 8) + " -> number"}
    here = ["p", *[["f", "i"]] * 8]
    small = ["p", *[["g", "i", "i"]] * 8]
    page = _page(
        ["=", small, small],
        names=names,
        lines=[["field", [["=", here, here]], []], ["inst", [{"f": ["g", 0, 0]}], [0]]],
    )
    return page.spoil("a term is too large", row=(1, "inst", [{"f": _tree(1300)}], [0]))


def _tree(leaves: int) -> Any:
    """Return a balanced tree of g over so many bound variables."""
    return 0 if leaves == 1 else ["g", _tree(leaves // 2), _tree(leaves - leaves // 2)]
