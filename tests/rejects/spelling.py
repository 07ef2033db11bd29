"""How a certificate is spelled: its names, its keys and its form. What could be read in two ways is not read."""

from __future__ import annotations

from .pair import OTHER_FORM, UNUSED, Case, Page
from .twins import doubled, positive_product, tangent

# --- names -----------------------------------------------------------------------------------------------------------


def letter_for_a_digit() -> Case:
    """p1 beside pl."""
    return tangent().spoil(
        "the names 'p1' and 'pl' look alike",
        change=lambda data: data["names"].update(pl="number"),
        off=("syntax: the names 'p1' and 'pl' look alike", UNUSED),
    )


def underscore_that_is_overlooked() -> Case:
    """p1 beside p_1."""
    return tangent().spoil(
        "the names 'p1' and 'p_1' look alike",
        change=lambda data: data["names"].update(p_1="number"),
        off=("syntax: the names 'p1' and 'p_1' look alike", UNUSED),
    )


def name_that_looks_reserved() -> Case:
    """Iog, with a capital i, beside log."""
    return tangent().spoil(
        "the names 'a reserved word' and 'Iog' look alike",
        change=lambda data: data.update(names={"Iog": "number", **data["names"]}),
        off=("syntax: the names 'a reserved word' and 'Iog' look alike", UNUSED),
    )


def name_of_a_function() -> Case:
    """A number that is called log."""
    return tangent().spoil(
        "the names 'a reserved word' and 'log' look alike",
        change=lambda data: data.update(names={"log": "number", **data["names"]}),
    )


def number_that_is_called_pi() -> Case:
    """A number of one's own that a reader takes for π."""
    return tangent().spoil(
        "pi is a number; only the name of a function can be the same",
        change=lambda data: data["names"].update(pi="number"),
        off=("syntax: pi is a number; only the name of a function can be the same", UNUSED),
    )


def letter_of_another_alphabet() -> Case:
    """p1 beside р1, whose first letter is Cyrillic."""
    return tangent().spoil(
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
    return doubled().spoil(
        "expected an object of declared names, sorted",
        change=lambda data: data.update(names={"y": "number", "x": "number"}),
        off=("syntax: expected an object of declared names, sorted",),
    )


def name_that_is_not_declared() -> Case:
    """A symbol that has no signature."""
    return doubled().spoil(
        ("expected a number, got an unknown operator or undeclared name", "got: y"),
        change=lambda data: data.update(names={"x": "number"}),
    )


def signature_that_is_none() -> Case:
    """A symbol over a set that is not declared."""
    return doubled().spoil(
        ("expected a declared index set", "got: X"),
        change=lambda data: data.update(names={"x": "number", "y": "X -> number"}),
    )


# --- keys and form ---------------------------------------------------------------------------------------------------


def key_twice() -> Case:
    """Two conclusions: a reader may see the first and a parser keep the second."""
    claim = '"conclusion": ["<=",["*",2,["x"]],["*",2,["y"]]],\n'
    return doubled().retype(
        claim,
        '"conclusion": ["<=",["y"],["x"]],\n' + claim,
        "a key appears twice",
        off=("certificate: a key appears twice", OTHER_FORM),
    )


def key_twice_inside_a_line() -> Case:
    """Two replacements for one name."""
    return tangent().retype(
        '{"a":["p1"]}',
        '{"a":["p1"],"a":["p1"]}',
        ("a key appears twice", "keys: ['a', 'a']"),
        off=("certificate: a key appears twice", OTHER_FORM),
    )


def key_that_is_unknown() -> Case:
    """A key for remarks, which certificates do not have."""
    return doubled().retype(
        '"uses": {},\n', '"uses": {},\n"remark": "none",\n', "expected an object with the keys format, name, names"
    )


def key_that_is_missing() -> Case:
    """No story."""
    return doubled().retype(',\n"story": []', "", "expected an object with the keys format, name, names")


def space_too_many() -> Case:
    """A space where the canonical form has none."""
    return doubled().retype(
        '["assume",[', '["assume", [', "the certificate is not in canonical form",
        off=(OTHER_FORM,),
    )  # fmt: skip


def letter_written_as_a_code() -> Case:
    """x written as \\u0078: the same JSON, another text."""
    return doubled().retype(
        '"names": {"x"', '"names": {"\\u0078"', "the certificate is not in canonical form",
        off=(OTHER_FORM,),
    )  # fmt: skip


def minus_zero() -> Case:
    """−0 for 0."""
    return positive_product().retype(
        '"conclusion": ["<",0,', '"conclusion": ["<",-0,', "the certificate is not in canonical form",
        off=(OTHER_FORM,),
    )  # fmt: skip


def format_of_the_future() -> Case:
    """A format that this kernel does not know."""
    return doubled().retype(
        "kl_symbolic certificate 1", "kl_symbolic certificate 2",
        ("expected the format 'kl_symbolic certificate 1'", "got: kl_symbolic certificate 2"),
        off=("certificate: expected the format",),
    )  # fmt: skip


def text_that_goes_on() -> Case:
    """A second object after the first."""
    return doubled().retype('"story": []\n}', '"story": []\n}{}', "not JSON: Extra data")


def mark_before_the_text() -> Case:
    """A byte order mark."""
    return doubled().retype('{\n"format"', '\ufeff{\n"format"', "not JSON: Unexpected UTF-8 BOM")


def lines_that_are_not_a_list() -> Case:
    """An object where a list of hypotheses must stand."""
    return Page.shipped("log_one").spoil(
        "hypotheses, lines, story must be lists",
        change=lambda data: data.update(hypotheses={}),
        off=("certificate: hypotheses, lines, story must be lists",),
    )


def uses_out_of_order() -> Case:
    """Lemmas that are not sorted."""
    return Page.shipped("kl_nonneg").spoil(
        "uses must be an object of names and digests, sorted",
        change=lambda data: data.update(uses=dict(reversed(data["uses"].items()))),
        off=("certificate: uses must be an object of names and digests, sorted",),
    )


def signature_that_is_not_text() -> Case:
    """A symbol whose signature is a number."""
    return doubled().spoil(
        ("expected a signature such as 'X -> number'", "got: 1"),
        change=lambda data: data.update(names={"x": "number", "y": 1}),
    )
