"""Printed formulas, read back as a reader would, have the value of the term: brackets are where they are needed.

The reader below knows the conventions of mathematical writing and nothing of the printers. log, exp and powers are
replaced by arbitrary rational functions, so that two readings of one line do not agree by accident.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kl_symbolic.kernel.terms import Node, bound, lam, num
from kl_symbolic.language.parser import declare
from kl_symbolic.render.latex.aligned import broken
from kl_symbolic.render.latex.terms import Latex
from kl_symbolic.render.model.notation import Formula, agree
from kl_symbolic.render.text.page import TextLayout
from kl_symbolic.render.text.terms import Unicode

from ..support.lanes import examples

SCOPE = declare(
    {
        "D": "domain", "X": "set", "a": "number", "p1": "number", "N_h": "number", "lambda": "number",
        "f": "X -> number", "g": "number -> number",
    }
)  # fmt: skip
VALUES = {"a": Fraction(3, 7), "p1": Fraction(-5, 11), "N_h": Fraction(13, 3), "lambda": Fraction(2, 19)}
FAMILY = (Fraction(17, 5), Fraction(-23, 29))


def log_like(x: Fraction) -> Fraction:
    return x * x + x / 3 + 5


def exp_like(x: Fraction) -> Fraction:
    return x * x - 2 * x + 11


def gamma_like(x: Fraction) -> Fraction:
    return 3 * x * x + x + 13


def psi_like(x: Fraction) -> Fraction:
    return 5 * x * x - x + 17


def function(x: Fraction) -> Fraction:
    return 2 * x * x + x + 19


ONE: dict[str, Callable[[Fraction], Fraction]] = {
    "log": log_like,
    "exp": exp_like,
    "abs": abs,
    "Gamma": gamma_like,
    "digamma": psi_like,
}
PI, PLACE = Fraction(41, 13), Fraction(31, 23)
"""The values of π, and of the variable of an integral."""


def power_like(x: Fraction, y: Fraction) -> Fraction:
    return x * x + 3 * x * y + 7 * y + 1


def quotient(x: Fraction, y: Fraction) -> Fraction:
    return x / y if y else Fraction(0)


def value(node: Node, stack: tuple[int, ...] = ()) -> Fraction:
    """Evaluate a term."""
    op, args = node.op, node.args
    if op == "num":
        return Fraction(node.data)
    if op == "sym" and node.data == "g":
        return function(value(args[0], stack))
    if op == "sym":
        return FAMILY[stack[-1 - args[0].data]] if args else VALUES[node.data]
    if op in ("pi", "#"):
        return PI if op == "pi" else PLACE
    if op in ("sum", "prod"):
        first, second = (value(args[0].args[0], (*stack, k)) for k in range(2))
        return first + second if op == "sum" else first * second
    inside = [value(a, stack) for a in args]
    if op == "neg":
        return -inside[0]
    if op in ONE:
        return ONE[op](inside[0])
    x, y = inside
    return {"+": x + y, "-": x - y, "*": x * y, "/": quotient(x, y), "^": power_like(x, y)}[op]


leaves = st.one_of(
    st.integers(-3, 4).map(num),
    st.fractions(-2, 2, max_denominator=4).map(num),
    st.sampled_from([*(Node("sym", n) for n in VALUES), Node("pi")]),
)
entries = st.just(Node("sym", "f", (bound(0),)))


def terms(inside: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    def bigger(smaller: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
        return st.one_of(
            st.builds(lambda op, x, y: Node(op, None, (x, y)), st.sampled_from("+-*/^*+-"), smaller, smaller),
            st.builds(lambda op, x: Node(op, None, (x,)), st.sampled_from(["neg", "log", "exp", "Gamma"]), smaller),
            st.builds(lambda op, x: Node(op, None, (x,)), st.sampled_from(["log", "digamma"]), smaller),
            st.builds(lambda x: Node("sym", "g", (x,)), smaller),
        )

    return st.recursive(inside, bigger, max_leaves=6)


bodies = terms(st.one_of(leaves, entries, entries))
big = st.builds(lambda op, body: Node(op, None, (lam(("X",), body),)), st.sampled_from(["sum", "prod"]), bodies)
whole = terms(st.one_of(leaves, leaves, big))


class Reader:
    """Reads a line of mathematics as people do, and returns its value."""

    def __init__(self, pattern: str, text: str) -> None:
        self.tokens = [t for t in re.findall(pattern, text) if t.strip() and t != r"\,"]
        assert "".join(self.tokens) == re.sub(r"\s|\\,", "", text), f"a token was not understood in {text}"
        self.at = 0
        self.index: list[int] = []

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, *wanted: str) -> str:
        token = self.peek()
        assert not wanted or token in wanted, f"expected {wanted}, got {token!r} in {self.tokens}"
        self.at += 1
        return token

    def read(self) -> Fraction:
        found = self.sum()
        assert self.peek() == "", f"the line goes on: {self.tokens[self.at :]}"
        return found

    def sum(self) -> Fraction:
        sign = -1 if self.peek() == "-" and self.take() else 1
        total = sign * self.product()
        while self.peek() in ("+", "-"):
            total += self.signed()
        return total

    def signed(self) -> Fraction:
        sign = 1 if self.take("+", "-") == "+" else -1
        return sign * self.product()

    def product(self) -> Fraction:
        total = self.factor()
        slashed = False
        while True:
            if self.peek() == "/":
                self.take()
                total, slashed = quotient(total, self.factor()), True
            elif self.peek() in (r"\cdot", "·"):
                self.take()
                total, slashed = total * self.factor(), False
            elif self.begins():
                assert not slashed, f"a/b c could be read in two ways: {self.tokens}"
                total *= self.factor()
            else:
                return total

    def begins(self) -> bool:
        return bool(self.peek()) and self.peek() not in ("+", "-", ")", "}", r"\right)", "·", "/", r"\cdot", "^")

    def group(self) -> Fraction:
        closing = {"(": ")", "{": "}", r"\left(": r"\right)"}[self.take("(", "{", r"\left(")]
        found = self.sum()
        self.take(closing)
        return found

    def bracketed(self) -> bool:
        return self.peek() in ("(", r"\left(")

    def factor(self) -> Fraction:
        token = self.peek()
        if token in (r"\log", "log"):
            self.take()
            if self.bracketed():
                inside = self.group()
            elif self.peek() in (r"\sum", r"\prod", "Σ", "Π"):
                inside = self.big()
            else:
                inside = self.atom()
            assert self.peek() not in ("^", "²", "³"), "log x^2 could be read in two ways"
            return log_like(inside)
        if token in (r"\sum", r"\prod", "Σ", "Π"):
            return self.big()
        base = self.atom()
        if self.peek() == "^":
            self.take()
            base = power_like(base, self.group() if self.peek() in ("{", "(") else self.atom())
        elif self.peek() and self.peek() in "⁰¹²³⁴⁵⁶⁷⁸⁹":
            base = power_like(base, Fraction("⁰¹²³⁴⁵⁶⁷⁸⁹".index(self.take())))
        assert self.peek() != "^", "a^b^c could be read in two ways"
        return base

    def big(self) -> Fraction:
        op = self.take()
        self.take("_{i}", "_i")
        start, found = self.at, []
        for k in range(2):
            self.at = start
            self.index.append(k)
            found.append(self.product())  # Σ reaches to the next + or −
            self.index.pop()
        return found[0] + found[1] if op in (r"\sum", "Σ") else found[0] * found[1]

    def atom(self) -> Fraction:
        token = self.peek()
        if token in ("(", r"\left("):
            return self.group()
        self.take()
        if token == r"\frac":
            top = self.group()
            return quotient(top, self.group())
        called = {"exp": exp_like, "Gamma": gamma_like, "Γ": gamma_like, "psi": psi_like, "ψ": psi_like, "g": function}
        if token.lstrip("\\") in called:
            assert self.bracketed()
            return called[token.lstrip("\\")](self.group())
        if token in (r"\pi", "π", "x"):
            return PLACE if token == "x" else PI
        if token.isdigit() and token.isascii():
            return Fraction(int(token))
        if token == "f_i":
            return FAMILY[self.index[-1]]
        return VALUES[{"p_1": "p1", "p₁": "p1", r"\lambda": "lambda", "λ": "lambda"}.get(token, token)]


LATEX = r"\\left\(|\\right\)|\\[A-Za-z]+|\\,|_\{i\}|[Nf]_[hi]|p_1|a|g|x|[0-9]+|[-+/^(){}]|\s"
UNICODE = r"log|exp|[ΣΠ]|_i|[Nf]_[hi]|p₁|λ|Γ|ψ|π|g|x|a|[0-9]+|[⁰¹²³⁴⁵⁶⁷⁸⁹]|[-+/^()·]|\s"


@examples(200)
@given(whole)
def test_lines_are_read_as_they_are_meant(node: Node) -> None:
    notation, expected = agree([node], SCOPE, frozenset()), value(node)
    shown = Latex(notation).formula(Formula(node)).text
    assert Reader(LATEX, shown).read() == expected, shown
    shown = Latex(notation, flat=True).formula(Formula(node)).text
    assert Reader(LATEX, shown).read() == expected, shown
    line = Unicode(notation).formula(Formula(node))
    assert Reader(UNICODE, line).read() == expected, line


@examples(100)
@given(whole, st.sampled_from([2.0, 5.0, 9.0]))
def test_broken_lines_are_read_as_they_are_meant(node: Node, width: float) -> None:
    notation, expected = agree([node], SCOPE, frozenset()), value(node)
    lines = broken(Latex(notation).formula(Formula(node)), width)
    joined = re.sub(r"\\Big[lr]", "", " ".join(lines))
    assert Reader(LATEX, joined).read() == expected, lines
    for line in lines:
        assert line.count(r"\left") == line.count(r"\right") and line.count("{") == line.count("}")
    text = TextLayout(notation, int(4 * width)).broken(Unicode(notation).side(node, Formula(node)), 2, "")
    assert Reader(UNICODE, " ".join(text)).read() == expected, text


variables = st.just(bound(0, "number"))
integrands = terms(st.one_of(leaves, variables, variables))


@examples(150)
@given(integrands, st.sampled_from([3.0, 6.0, 1e9]))
def test_an_integrand_is_read_as_one_term(body: Node, width: float) -> None:
    """An integrand, between the sign and dx, is read as one product, also where a long one is broken."""
    side = Node("int", None, (Node("dom", "D"), lam(("number",), body)))
    notation, expected = agree([side], SCOPE, frozenset()), value(body)
    shown = re.sub(r"\\Big[lr]", "", " ".join(broken(Latex(notation).formula(Formula(side)), width)))
    line = " ".join(
        TextLayout(notation, int(min(4 * width, 999))).broken(Unicode(notation).side(side, Formula(side)), 2, "")
    )
    for pattern, text, start, end in ((LATEX, shown, r"\int_D ", r"\, dx"), (UNICODE, line.strip(), "∫_D ", " dx")):
        assert text.startswith(start) and text.endswith(end), text
        reader = Reader(pattern, text.removeprefix(start).removesuffix(end))
        sign = -1 if isinstance(body.data, Fraction) and body.data < 0 else 1
        assert sign == 1 or reader.peek() in ("(", r"\left("), text
        assert reader.product() == expected and reader.peek() == "", text


@pytest.mark.parametrize(
    ("meant", "misprinted"),
    [("(a - (p1 - a))", "a - p_1 - a"), ("log(a*p1)", r"(\log a)\, p_1"), ("a^(p1*2)", r"a^{p_1} \cdot 2")],
)
def test_the_reader_notices_a_missing_bracket(meant: str, misprinted: str) -> None:
    from kl_symbolic.language.parser import parse

    assert Reader(LATEX, misprinted).read() != value(parse(meant, "number", SCOPE))
