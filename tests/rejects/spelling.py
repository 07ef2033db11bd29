"""How a certificate is spelled: names, keys, literals, positions. What could be read in two ways is not read."""

from __future__ import annotations

from .pair import UNUSED, WRONG_SIGNS, Case, Page, proof


def _tangent() -> Page:
    """Log p1 ≤ p1 − 1."""
    p = proof(p1="number")
    return Page.of(p, p.scheme("log_le", {"a": p.term("p1")}, [p.given("0 < p1")]))


def _doubled() -> Page:
    """2x ≤ 2y from x ≤ y."""
    p = proof(x="number", y="number")
    return Page.of(p, p.order("2*x <= 2*y", [(2, 1, p.given("x <= y"))]))


def _positive_product() -> Page:
    """0 < x·y from 0 < x and 0 < y."""
    p = proof(x="number", y="number")
    return Page.of(p, p.pos("0 < x*y", p.given("0 < x"), p.given("0 < y")))


# --- names -----------------------------------------------------------------------------------------------------------


def letter_for_a_digit() -> Case:
    """p1 beside pl."""
    return _tangent().spoil(
        "the names 'p1' and 'pl' look alike",
        change=lambda data: data["names"].update(pl="number"),
        off=("syntax: the names 'p1' and 'pl' look alike", UNUSED),
    )


def underscore_that_is_overlooked() -> Case:
    """p1 beside p_1."""
    return _tangent().spoil(
        "the names 'p1' and 'p_1' look alike",
        change=lambda data: data["names"].update(p_1="number"),
        off=("syntax: the names 'p1' and 'p_1' look alike", UNUSED),
    )


def name_that_looks_reserved() -> Case:
    """Iog, with a capital i, beside log."""
    return _tangent().spoil(
        "the names 'a reserved word' and 'Iog' look alike",
        change=lambda data: data.update(names={"Iog": "number", **data["names"]}),
        off=("syntax: the names 'a reserved word' and 'Iog' look alike", UNUSED),
    )


def name_of_a_function() -> Case:
    """A number that is called log."""
    return _tangent().spoil(
        "the names 'a reserved word' and 'log' look alike",
        change=lambda data: data.update(names={"log": "number", **data["names"]}),
    )


def letter_of_another_alphabet() -> Case:
    """p1 beside р1, whose first letter is Cyrillic."""
    return _tangent().spoil(
        "expected a name of letters, digits and _ (ASCII, at most 40)",
        change=lambda data: data["names"].update({"р1": "number"}),
        off=("syntax: expected a name of letters, digits and _", UNUSED),
    )


def title_in_another_alphabet() -> Case:
    """A theorem whose name is not ASCII, and looks like another's."""
    return Page.shipped("log_one").spoil(
        ("expected an ASCII identifier", "got: lоg_one"),
        change=lambda data: data.update(name="lоg_one"),
        off=("certificate: expected an ASCII identifier",),
    )


def names_out_of_order() -> Case:
    """Names that are not sorted."""
    return _doubled().spoil(
        "expected an object of declared names, sorted",
        change=lambda data: data.update(names={"y": "number", "x": "number"}),
        off=("syntax: expected an object of declared names, sorted",),
    )


def name_that_is_not_declared() -> Case:
    """A symbol that has no signature."""
    return _doubled().spoil(
        ("expected a number, got an unknown operator or undeclared name", "got: y"),
        change=lambda data: data.update(names={"x": "number"}),
    )


def signature_that_is_none() -> Case:
    """A symbol over a set that is not declared."""
    return _doubled().spoil(
        ("expected a declared index set", "got: X"),
        change=lambda data: data.update(names={"x": "number", "y": "X -> number"}),
    )


# --- keys and form ---------------------------------------------------------------------------------------------------


def key_twice() -> Case:
    """Two conclusions: a reader may see the first and a parser keep the second."""
    claim = '"conclusion": ["<=",["*",2,["x"]],["*",2,["y"]]],\n'
    return _doubled().retype(
        claim,
        '"conclusion": ["<=",["y"],["x"]],\n' + claim,
        "a key appears twice",
        off=("certificate: a key appears twice", "certificate: the certificate is not in canonical form"),
    )


def key_twice_inside_a_line() -> Case:
    """Two replacements for one name."""
    return _tangent().retype(
        '{"a":["p1"]}',
        '{"a":["p1"],"a":["p1"]}',
        ("a key appears twice", "keys: ['a', 'a']"),
        off=("certificate: a key appears twice", "certificate: the certificate is not in canonical form"),
    )


def key_that_is_unknown() -> Case:
    """A remark, where a certificate has no room for one."""
    return _doubled().retype(
        '"uses": {},\n', '"uses": {},\n"remark": "none",\n', "expected an object with the keys format, name, names"
    )


def key_that_is_missing() -> Case:
    """No story."""
    return _doubled().retype(',\n"story": []', "", "expected an object with the keys format, name, names")


def space_too_many() -> Case:
    """A space where the canonical form has none."""
    return _doubled().retype(
        '["assume",[', '["assume", [', "the certificate is not in canonical form",
        off=("certificate: the certificate is not in canonical form",),
    )  # fmt: skip


def letter_written_as_a_code() -> Case:
    """x written as \\u0078: the same JSON, another text."""
    return _doubled().retype(
        '"names": {"x"', '"names": {"\\u0078"', "the certificate is not in canonical form",
        off=("certificate: the certificate is not in canonical form",),
    )  # fmt: skip


def minus_zero() -> Case:
    """−0 for 0."""
    return _positive_product().retype(
        '"conclusion": ["<",0,', '"conclusion": ["<",-0,', "the certificate is not in canonical form",
        off=("certificate: the certificate is not in canonical form",),
    )  # fmt: skip


def format_of_the_future() -> Case:
    """A format that this kernel does not know."""
    return _doubled().retype(
        "kl_symbolic certificate 1", "kl_symbolic certificate 2",
        ("expected the format 'kl_symbolic certificate 1'", "got: kl_symbolic certificate 2"),
        off=("certificate: expected the format",),
    )  # fmt: skip


def text_that_goes_on() -> Case:
    """A second object after the first."""
    return _doubled().retype('"story": []\n}', '"story": []\n}{}', "not JSON: Extra data")


def mark_before_the_text() -> Case:
    """A byte order mark."""
    return _doubled().retype('{\n"format"', '\ufeff{\n"format"', "not JSON: Unexpected UTF-8 BOM")


# --- literals ----------------------------------------------------------------------------------------------------------


def true_for_a_number() -> Case:
    """True in the place of 1, in a term."""
    p = proof(x="number")
    page = Page.of(p, p.order("2*x <= 2*x + 1", [(1, 1)]))
    return page.retype(
        '["<=",["*",2,["x"]],["+",["*",2,["x"]],1]],[[1,1,[]]]',
        '["<=",["*",2,["x"]],["+",["*",2,["x"]],true]],[[1,1,[]]]',
        ("expected a number", "got: True"),
        at=0,
        rule="order",
    )


def true_for_a_multiplier() -> Case:
    """True in the place of 1, as a multiplier."""
    return _positive_order().retype(
        "[[1,1,[0]]]", "[[true,1,[0]]]", ("expected a number", "got: True"), at=1, rule="order"
    )


def true_for_a_premise() -> Case:
    """True in the place of line 1."""
    return _positive_product().retype(
        '"*",["x"],["y"]]]],[0,1]]', '"*",["x"],["y"]]]],[0,true]]',
        ("a premise must be the number of an earlier line", "got: True"),
        at=2, rule="pos", off=("certificate: a premise must be the number of an earlier line",),
    )  # fmt: skip


def false_for_a_position() -> Case:
    """False in the place of the first premise of a combination."""
    return _positive_order().retype(
        "[[1,1,[0]]]", "[[1,1,[false]]]", ("expected positions of premises", "got: [False]"), at=1, rule="order",
        off=("table: expected positions of premises",),
    )  # fmt: skip


def false_for_a_bound_variable() -> Case:
    """False in the place of the bound variable 0."""
    page = Page.shipped("kl_nonneg")
    return page.retype(
        '["unfold",["kl",{"X":"X","p":["p",0]', '["unfold",["kl",{"X":"X","p":["p",false]',
        ("expected an index in X", "got: [False]"), at=page.where("unfold"), rule="unfold",
    )  # fmt: skip


def _positive_order() -> Page:
    """x + 1 ≤ y + 1 from x ≤ y."""
    p = proof(x="number", y="number")
    return Page.of(p, p.order("x + 1 <= y + 1", [(1, 1, p.given("x <= y"))]))


def _half() -> Page:
    p = proof(x="number")
    return Page.of(p, p.field("1/2*x = x/2"))


def fraction_that_is_not_reduced() -> Case:
    """2/4 for 1/2."""
    return _half().retype(
        '"lines": [\n["field",[["=",["*","1/2"', '"lines": [\n["field",[["=",["*","2/4"',
        ("expected a fraction in lowest terms such as '7/10'", "got: 2/4"), at=0, rule="field",
        off=("syntax: expected a fraction in lowest terms",),
    )  # fmt: skip


def fraction_that_is_an_integer() -> Case:
    """2/1 for 2."""
    return _doubled().retype(
        "[[2,1,[0]]]", '[["2/1",1,[0]]]', ("expected a fraction in lowest terms such as '7/10'", "got: 2/1"),
        at=1, rule="order", off=("syntax: expected a fraction in lowest terms",),
    )  # fmt: skip


def fraction_over_zero() -> Case:
    """1/0."""
    return _half().retype(
        '"lines": [\n["field",[["=",["*","1/2"', '"lines": [\n["field",[["=",["*","1/0"',
        ("expected a fraction in lowest terms such as '7/10'", "got: 1/0"), at=0, rule="field",
    )  # fmt: skip


def fraction_in_other_digits() -> Case:
    """١/٢, whose digits are Arabic."""
    return _half().retype(
        '"lines": [\n["field",[["=",["*","1/2"', '"lines": [\n["field",[["=",["*","١/٢"',
        "expected a fraction in lowest terms such as '7/10'", at=0, rule="field",
    )  # fmt: skip


def decimal_number() -> Case:
    """2.0 for 2."""
    return _doubled().retype(
        "[[2,1,[0]]]",
        "[[2.0,1,[0]]]",
        ('expected an exact number, an integer or a fraction such as "7/10"', "got: 2.0"),
    )


def number_with_an_exponent() -> Case:
    """2e0 for 2."""
    return _doubled().retype("[[2,1,[0]]]", "[[2e0,1,[0]]]", ("expected an exact number", "got: 2e0"))


def not_a_number() -> Case:
    """NaN, which Python's JSON reads."""
    return _doubled().retype("[[2,1,[0]]]", "[[NaN,1,[0]]]", ("expected an exact number", "got: NaN"))


def infinity() -> Case:
    """Infinity, which Python's JSON reads."""
    return _doubled().retype("[[2,1,[0]]]", "[[Infinity,1,[0]]]", ("expected an exact number", "got: Infinity"))


def nothing() -> Case:
    """Null for 2."""
    return _doubled().retype("[[2,1,[0]]]", "[[null,1,[0]]]", ("expected a number", "got: None"), at=1, rule="order")


def multiplier_zero() -> Case:
    """An entry that says nothing."""
    return _doubled().retype(
        "[[2,1,[0]]]", "[[2,1,[0]],[0,1,[0]]]", ("expected a rational multiplier other than 0", "got: 0"),
        at=1, rule="order", off=("table: expected a rational multiplier other than 0", WRONG_SIGNS),
    )  # fmt: skip


# --- lines -----------------------------------------------------------------------------------------------------------


def rule_that_is_unknown() -> Case:
    """log aₙ → log a by a rule that there is not."""
    p = proof(a="number", u="Nat -> number")
    page = Page.of(p, p.scheme("limit_const", {"a": p.term("a")}))
    return page.spoil(("there is no such rule", "got: limit_log"), row=(0, "limit_log", [{"a": ["a"]}], []))


def premise_ahead() -> Case:
    """A premise that comes later."""
    page = Page.shipped("log_one")
    k = page.where("trans")
    return page.spoil(
        ("a premise must be the number of an earlier line", f"got: {k + 1}"),
        row=(k, "trans", [], [page.data["lines"][k][2][0], k + 1]),
    )


def premise_that_is_the_line_itself() -> Case:
    """A line that leans on itself."""
    page = Page.shipped("log_one")
    k = page.where("symm")
    return page.spoil(
        ("a premise must be the number of an earlier line", f"got: {k}"),
        row=(k, "symm", [], [k]),
    )


def premise_counted_from_the_end() -> Case:
    """−1, which Python reads as the line before."""
    page = Page.shipped("log_one")
    k = page.where("symm")
    return page.spoil(
        ("a premise must be the number of an earlier line", "got: -1"),
        row=(k, "symm", [], [-1]),
    )


def argument_too_many() -> Case:
    """A rule with an argument that it does not have."""
    page = Page.shipped("log_one")
    k = page.where("symm")
    return page.spoil(("expected a list of 0", "got: [1]"), row=(k, "symm", [1], page.data["lines"][k][2]))


def line_of_two_parts() -> Case:
    """A line without premises, not even an empty list of them."""
    page = Page.shipped("log_one")
    return page.spoil(
        ("expected a list of 3", "got: ['pos'"),
        change=lambda data: data["lines"][0].pop(),
        at=0,
    )


def lines_that_are_none() -> Case:
    """No line at all."""
    p = proof(x="number")
    page = Page.of(p, p.field("x = x"))
    return page.spoil(("expected 1 to 5000 lines", "got: 0"), change=lambda data: data["lines"].clear())


def number_for_an_index() -> Case:
    """p at a number."""
    page = Page.shipped("kl_nonneg")
    k = page.where("unfold")
    return page.spoil(
        ("expected an index in X", "got: [1]"),
        row=(k, "unfold", ["kl", {"X": "X", "p": ["p", 1], "q": ["q", 0]}], []),
    )


def statement_for_a_number() -> Case:
    """log of a statement."""
    page = _tangent()
    return page.spoil(
        ("expected a number, got an unknown operator or undeclared name", "got: ="),
        row=(1, "log_le", [{"a": ["=", ["p1"], ["p1"]]}], [0]),
    )


def hole_in_a_statement() -> Case:
    """The hole of templates, where nothing is filled in."""
    page = _doubled()
    return page.spoil(
        ("expected a number, got an unknown operator or undeclared name", "got: _"),
        row=(0, "assume", [["<=", ["_"], ["y"]]], []),
    )
