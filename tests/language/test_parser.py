"""The statement language: printing and parsing are inverse; an ill-sorted text is refused at the place of the error."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from kl_symbolic.kernel import Refused
from kl_symbolic.kernel.syntax import decode, encode
from kl_symbolic.kernel.terms import DOMAINS, NAT, REAL, RELATIONS, UNARY, Node, bound, lam, num
from kl_symbolic.language.parser import declare, parse
from kl_symbolic.language.printer import explain, text

SCOPE = declare(
    {
        "X": "set",
        "T": "set",
        "Z": "set",
        "p": "X -> number",
        "q": "X -> number",
        "s": "X, T -> number",
        "x": "T -> X",
        "f": "X -> X",
        "y": "T, X -> X",
        "u": "Nat -> number",
        "a": "number",
        "b": "number",
        "D": "domain",
        "I": "interval",
        "g": "number -> number",
        "r": "X, number -> number",
        "w": "Nat, number -> number",
        "v": "number, number -> number",
        "e": "number, X -> number",
        # Names that bound variables would like to have.
        "i": "X",
        "t": "T -> Z",
        "n": "Nat",
        "z": "Z",
        "k": "T",
    }
)


# --- random terms and statements -------------------------------------------------------------------------------------


def index(pick: random.Random, index_set: str, stack: tuple[str, ...], depth: int) -> Node:
    choices = [bound(k) for k, s in enumerate(reversed(stack)) if s == index_set]
    choices += [Node("idx", name) for name, signature in SCOPE.items() if signature == ((), index_set)]
    if depth > 0 and index_set == "X":
        name = pick.choice(["x", "f", "y"])
        return Node("idx", name, tuple(index(pick, s, stack, depth - 1) for s in SCOPE[name][0]))
    return pick.choice(choices)


def term(pick: random.Random, depth: int, stack: tuple[str, ...] = ()) -> Node:
    def below(*sets: str) -> Node:
        return lam(sets, term(pick, depth - 1, stack + sets))

    if depth <= 0 or pick.random() < 0.1:
        if REAL in stack and pick.random() < 0.5:
            return pick.choice([bound(k, REAL) for k, s in enumerate(reversed(stack)) if s == REAL])
        name = pick.choice(["a", "b", "p", "q", "s", "u"])
        leaf = Node("sym", name, tuple(index(pick, s, stack, pick.randint(0, 1)) for s in SCOPE[name][0]))
        literal = num(Fraction(pick.randint(-12, 12), pick.choice((1, 1, 2, 7))))
        return pick.choice(
            [leaf, literal, literal, Node("pi"), Node("card", "T"), Node("nat", None, (index(pick, NAT, stack, 0),))]
        )
    simple = ["+", "-", "*", "/", "^", "neg", "neg", "log", "exp", "abs", "xlogy", "Gamma", "digamma"]
    op = pick.choice([*simple, "delta", "sum", "prod", "def", "call", "call"])
    if op == "call":
        name = pick.choice(["g", "r", "w", "v", "e"])
        over = SCOPE[name][0]
        return Node("sym", name, tuple(below() if s == REAL else index(pick, s, stack, 1) for s in over))
    if op in ("sum", "prod"):
        return Node(op, None, (below(pick.choice("XTZ")),))
    if op == "delta":
        return Node("delta", "X", (index(pick, "X", stack, 1), index(pick, "X", stack, 0)))
    if op == "def":
        name = pick.choice(["rel_entr", "binary_kl", "kl", "entropy", "cross_entropy", "count"])
        over = pick.choice("XTZ")
        if name in ("rel_entr", "binary_kl"):
            return Node("def", (name, ()), (below(), below()))
        if name == "count":
            function = lam((over,), index(pick, "X", (*stack, over), 1))
            return Node("def", (name, (over, "X")), (function, index(pick, "X", stack, 1)))
        return Node("def", (name, (over,)), tuple(below(over) for _ in range(1 if name == "entropy" else 2)))
    return Node(op, None, tuple(below() for _ in range(1 if op in (*UNARY, "neg") else 2)))


def domain(pick: random.Random, stack: tuple[str, ...]) -> Node:
    op = pick.choice(["open", "above", "below", "reals", "nats", "dom"])
    if op == "dom":
        return Node(op, pick.choice("DI"))
    return Node(op, None, tuple(term(pick, 1, stack) for _ in range(DOMAINS[op])))


def claim(pick: random.Random, depth: int, stack: tuple[str, ...] = ()) -> Node:
    op = pick.choice([*RELATIONS, "->", "=>", "<=>", "all", "all"]) if depth > 0 else pick.choice(RELATIONS)
    op = pick.choice(["in", "int", "int", "deriv"]) if pick.random() < 0.3 else op
    if op in ("int", "deriv"):
        function, other = lam((REAL,), term(pick, 2, (*stack, REAL))), term(pick, 2, stack)
        args = (domain(pick, stack), function, other) if op == "int" else (function, term(pick, 1, stack), other)
        return Node(op, None, args)
    if op == "in":
        return Node(op, None, (term(pick, 1, stack), domain(pick, stack)))
    if op == "->":
        return Node(op, None, (lam((NAT,), term(pick, 2, (*stack, NAT))), term(pick, 2, stack)))
    if op == "all":
        over = pick.choice(["X", "T", "Z", NAT, REAL, REAL])
        body = claim(pick, depth - 1, (*stack, over))
        if over == REAL and pick.random() < 0.6:  # about the numbers of a domain, which may mention the variable
            body = Node("=>", None, (Node("in", None, (bound(0, REAL), domain(pick, (*stack, REAL)))), body))
        return Node(op, None, (lam((over,), body),))
    if op in ("=>", "<=>"):
        return Node(op, None, (claim(pick, depth - 1, stack), claim(pick, depth - 1, stack)))
    return Node(op, None, (term(pick, 2, stack), term(pick, 2, stack)))


@pytest.mark.parametrize("block", range(4))
def test_terms_are_read_back_as_they_were(block: int) -> None:
    for seed in range(250 * block, 250 * (block + 1)):
        node = term(random.Random(seed), seed % 5)
        assert decode(encode(node), "number", SCOPE) == node  # the generator makes well-sorted terms
        assert parse(text(node), "number", SCOPE) == node, text(node)


@pytest.mark.parametrize("block", range(2))
def test_statements_are_read_back_as_they_were(block: int) -> None:
    for seed in range(250 * block, 250 * (block + 1)):
        node = claim(random.Random(seed), seed % 4)
        assert decode(encode(node), "statement", SCOPE) == node
        assert parse(text(node), "statement", SCOPE) == node, text(node)


def test_the_text_does_not_depend_on_spaces() -> None:
    for seed in range(60):
        shown = text(claim(random.Random(seed), 2))
        wide = shown.replace(",", " ,\n").replace("(", " ( ").replace("+", "\t+ ")
        assert parse(wide, "statement", SCOPE) == parse(shown, "statement", SCOPE)


# --- precedence and literals -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "same"),
    [
        ("a + b - a", "(a + b) - a"),
        ("a*b/a", "(a*b)/a"),
        ("-a*b", "(-a)*b"),
        ("-a^2", "-(a^2)"),
        ("-2^a", "-(2^a)"),
        ("3/4*a", "(3/4)*a"),
        ("a*3/4", "(a*3)/4"),
        ("- 3/4", "-3/4"),
        ("a/b/a", "(a/b)/a"),
        ("--a", "-(-a)"),
        ("sum(j in X: p[j] + a)", "sum(j in X: (p[j] + a))"),
        ("kl(j in X: p[j], q)", "kl(p, j in X: q[j])"),
    ],
)
def test_operators_bind_as_in_print(source: str, same: str) -> None:
    assert parse(source, "number", SCOPE) == parse(same, "number", SCOPE)


@pytest.mark.parametrize(
    ("source", "same"),
    [
        ("a = b => b = a => a = a", "a = b => (b = a => a = a)"),
        ("a = b <=> b = a => a = a", "a = b <=> (b = a => a = a)"),
        ("forall j in X: p[j] = a => a = b", "forall j in X: (p[j] = a => a = b)"),
        ("forall j in X: p[j] = a <=> a = b", "(forall j in X: p[j] = a) <=> a = b"),
        ("((a)) = b", "a = b"),
        ("((a = b))", "a = b"),
        ("(a + b)*(a - b) = a^2 - b^2", "((a + b)*(a - b)) = ((a^2) - (b^2))"),
        ("(lim(m: u[m]) -> a) => a = b", "lim(m: (u[m])) -> a => a = b"),
    ],
)
def test_statements_group_to_the_right(source: str, same: str) -> None:
    assert parse(source, "statement", SCOPE) == parse(same, "statement", SCOPE)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("int(y in (-oo, oo): g(y)) = 1", "int(x in reals: g(x)) = 1"),
        ("int(x in nats: a^x) = b", "int(n in nats: a^n) = b"),
        ("forall x in nats: 0 < g(x)", "forall n in nats: 0 < g(n)"),
        ("forall x in number: x in D => g(x) = a", "forall x in D: g(x) = a"),
        ("forall x in number: x in (0, x) => g(x) = a", "forall x in number: x in (0, x) => g(x) = a"),
        ("forall x in (0, a): forall y in (x, a): v(x, y) = a", "forall x in (0, a): forall y in (x, a): v(x, y) = a"),
        ("deriv(a: a^2, a) = 2*a", "deriv(x: x^2, a) = 2*a"),
        ("int(b in (0, b): b) = b", "int(x in (0, b): x) = b"),
    ],
)
def test_bound_numbers_have_the_customary_letters(source: str, shown: str) -> None:
    node = parse(source, "statement", SCOPE)
    assert text(node) == shown and parse(shown, "statement", SCOPE) == node


@pytest.mark.parametrize(
    ("source", "node"),
    [
        ("7/10", num(Fraction(7, 10))),
        ("-7/10", num(Fraction(-7, 10))),
        ("-7", num(-7)),
        ("2/4", num(2) / num(4)),
        ("(7)/10", num(7) / num(10)),
        ("7/1", num(7) / num(1)),
        ("7/0", num(7) / num(0)),
        ("-(7)", -num(7)),
        ("(-7)/10", num(-7) / num(10)),
        ("0", num(0)),
    ],
)
def test_a_literal_is_an_integer_or_a_fraction_in_lowest_terms(source: str, node: Node) -> None:
    assert parse(source, "number", SCOPE) == node


def test_a_bound_variable_may_hide_a_declared_index() -> None:
    node = parse("sum(i in X: p[i]) + p[i]", "number", SCOPE)
    assert text(node) == "sum(j in X: p[j]) + p[i]"


def test_an_operand_may_bind_a_variable_with_the_name_of_a_function() -> None:
    # t is declared as a function of T with values in Z, and here it is a variable in T.
    assert text(parse("count(t in T: x(t), i)", "number", SCOPE)) == "count(x, i)"
    assert text(parse("count(t, z)", "number", SCOPE)) == "count(t, z)"
    assert parse("kl(p in X: q[p], q)", "number", SCOPE) == parse("kl(q, q)", "number", SCOPE)


def test_abstractions_are_read_over_given_sets() -> None:
    assert parse("j in X: m in T: s[j, m]", "number", SCOPE, ("X", "T")) == parse("s", "number", SCOPE, ("X", "T"))
    assert parse("m in T: x(m)", "X", SCOPE, ("T",)) == parse("x", "X", SCOPE, ("T",))
    assert parse("m in Nat: u[m]", "number", SCOPE, (NAT,)) == parse("u", "number", SCOPE, (NAT,))
    for source, over in (("j in T: s[i, j]", ("X", "T")), ("x", ("X",)), ("p", ("T",)), ("a", ("X",))):
        with pytest.raises(Refused, match=r"expected a (variable bound over|function of)"):
            parse(source, "number", SCOPE, over)


# --- refusals, each with its accepted twin ---------------------------------------------------------------------------


def before(refusal: Refused, source: str) -> str:
    """Return what stands in a text of one line before the caret of a refusal."""
    place, shown, caret = str(refusal.parts["at"]).split("\n")
    column = int(place.removeprefix("line 1, column "))
    assert caret.index("^") - 4 == column - 1 and shown[4:].removesuffix("...") == source[: column + 59]
    return source[: column - 1].rstrip() or "nothing"


@pytest.mark.parametrize(
    ("source", "accepted", "reason", "got", "read"),
    [
        ("a + ", "a + b", "expected more", "the end", "a +"),
        ("log(a", "log(a)", "expected )", "the end", "log(a"),
        ("log(a, b)", "xlogy(a, b)", "expected )", ",", "log(a"),
        ("xlogy(a)", "log(a)", "expected ,", ")", "xlogy(a"),
        ("rel_entr(a)", "rel_entr(a, b)", "expected ,", ")", "rel_entr(a"),
        ("p[i", "p[i]", "expected ]", "the end", "p[i"),
        ("p(i)", "p[i]", "expected [", "(", "p"),
        ("p", "p[i]", "expected [", "the end", "p"),
        ("p[f[i]]", "p[f(i)]", "expected (", "[", "p[f"),
        ("s[i]", "s[i, k]", "expected ,", "]", "s[i"),
        ("a b", "a*b", "the text goes on after the term", None, "a"),
        ("a^2^3", "(a^2)^3", "expected parentheses around one of two powers", None, "a^2"),
        ("a = b", "a - b", "the text goes on after the term", None, "a"),
        ("2^-1", "2^(-1)", "expected a number, in parentheses if it is negative", "-", "2^"),
        ("c", "b", "this name is not declared, or not where it can stand", "c", "nothing"),
        ("X", "card(X)", "this name is not declared, or not where it can stand", "X", "nothing"),
        ("i", "p[i]", "expected a number, got an index", "i", "nothing"),
        ("p[n]", "u[n]", "expected an index in X, got one in Nat", None, "p["),
        ("p[k]", "p[x(k)]", "expected an index in X, got one in T", None, "p["),
        ("p[a]", "p[i]", "this name is not declared, or not where it can stand", "a", "p["),
        ("p[1]", "p[i]", "this name is not declared, or not where it can stand", "1", "p["),
        ("delta(i, k)", "delta(i, x(k))", "expected an index in X, got one in T", None, "delta(i,"),
        ("delta(n, n)", "delta(i, i)", "delta is for finite index sets", None, "delta("),
        ("card(Nat)", "card(T)", "expected a", "Nat", "card("),
        ("card(p)", "card(T)", "expected a", "p", "card("),
        ("sum(j in Nat: u[j])", "sum(j in X: p[j])", "expected a", "Nat", "sum(j in"),
        ("sum(j in W: a)", "sum(j in X: a)", "expected a", "W", "sum(j in"),
        ("sum(j X: a)", "sum(j in X: a)", "expected in", "X", "sum(j"),
        ("sum(j in X p[j])", "sum(j in X: p[j])", "expected :", "p", "sum(j in X"),
        ("sum(log in X: a)", "sum(lg in X: a)", "expected the name of a bound variable", "log", "sum("),
        ("sum(_ in X: a)", "sum(j in X: a)", "expected the name of a bound variable", "_", "sum("),
        ("sum(j in X: p[j]) + p[j]", "sum(j in X: p[j] + p[j])", "this name is not declared", "j", None),
        ("kl(p)", "kl(p, q)", "expected ,", ")", "kl(p"),
        ("kl(s, q)", "kl(j in X: s[j, k], q)", "expected a function of one index in X", "s", "kl("),
        ("kl(f, q)", "kl(j in X: p[f(j)], q)", "expected a function of X with numbers as values", "f", "kl("),
        ("kl(a, q)", "kl(j in X: a, q)", "expected a function of one index in X", "a", "kl("),
        ("kl(u, u)", "kl(p, p)", "expected the set ", "Nat", "kl("),
        ("kl(p, j in T: a)", "kl(p, j in X: a)", "expected the set X", "T", None),
        ("count(p, i)", "count(x, i)", "expected a function of one index in T", "p", "count("),
        ("count(x, z)", "count(t, z)", "expected the set X", "Z", "count(x,"),
        ("sum(q in X: kl(p, q))", "sum(j in X: kl(p, q))", "expected a function of X", "q", "sum(q in X: kl(p,"),
        ("007", "7", "expected an integer without leading zeros", "007", "nothing"),
        ("1" * 1101, "1" * 1100, "an integer has 1101 digits", None, "nothing"),
        ("0.5", "1/2", "unexpected character", ".", None),
        ("a%b", "a/b", "unexpected character", "%", None),
        ("a²", "a^2", "unexpected character", "²", None),
        ("a−b", "a-b", "unexpected character", "−", None),
        ("", "0", "expected more", "the end", "nothing"),
        ("a if a else b", "a", "the text goes on after the term", None, "a"),
        ("__import__(a)", "exp(a)", "this name is not declared", "__import__", "nothing"),
    ],
)
def test_what_is_not_a_term_is_refused_where_it_stops(
    source: str, accepted: str, reason: str, got: str | None, read: str | None
) -> None:
    with pytest.raises(Refused) as refusal:
        parse(source, "number", SCOPE)
    assert refusal.value.reason.startswith(reason)
    if got is not None:
        assert refusal.value.parts["got"] == got
    if read is not None:
        assert before(refusal.value, source) == read
    assert parse(accepted, "number", SCOPE).is_number


@pytest.mark.parametrize(
    ("source", "accepted", "reason"),
    [
        ("a", "a = a", "expected = or <= or < or !="),
        ("a = b = a", "a = b => b = a", "the text goes on after the term"),
        ("a <=> b", "a = a <=> b = b", "expected = or <= or < or !="),
        ("a = b <=> a = b <=> a = b", "a = b <=> (a = b <=> a = b)", "the text goes on after the term"),
        ("forall j: a = b", "forall j in X: a = b", "expected in"),
        ("forall j in X, a = b", "forall j in X: a = b", "expected :"),
        ("lim(m: u[m])", "lim(m: u[m]) -> a", "expected ->"),
        ("lim(m: p[m]) -> a", "lim(m: u[m]) -> a", "expected an index in X, got one in Nat"),
        ("lim(m: u[m]) -> m", "lim(m: u[m]) -> n", "this name is not declared"),
        ("(a = b", "(a = b)", "expected )"),
        ("(a = b) + 1 = 2", "(a - b) + 1 = 2", "the text goes on after the term"),
        ("log(a = b) = 1", "log(a - b) = 1", "expected )"),
    ],
)
def test_what_is_not_a_statement_is_refused(source: str, accepted: str, reason: str) -> None:
    with pytest.raises(Refused) as refusal:
        parse(source, "statement", SCOPE)
    assert refusal.value.reason.startswith(reason)
    assert not parse(accepted, "statement", SCOPE).is_number


def test_a_refusal_shows_the_place_with_a_caret() -> None:
    with pytest.raises(Refused) as refusal:
        parse("log(a) + log(b))", "number", SCOPE)
    shown = "the text goes on after the term\n  at: line 1, column 16\n    log(a) + log(b))\n                   ^"
    assert str(refusal.value) == explain(refusal.value) == shown


@pytest.mark.parametrize(
    ("source", "at"),
    [
        ("a +\n\tlog(# b)", "line 2, column 6\n     log(# b)\n         ^"),
        ("a +\n", "line 2, column 1\n    \n    ^"),
        ("a + " * 40 + "(", "line 1, column 162\n    ..." + ("a + " * 40 + "(")[101:] + "\n" + " " * 67 + "^"),
        ("(# " + "a" * 90, "line 1, column 2\n    (# " + "a" * 58 + "...\n     ^"),
        ("\u2009a # b", "line 1, column 4\n     a # b\n       ^"),
    ],
)
def test_the_caret_stands_below_its_place_in_several_lines_long_lines_and_after_tabs(source: str, at: str) -> None:
    with pytest.raises(Refused) as refusal:
        parse(source, "number", SCOPE)
    assert refusal.value.parts["at"] == at


def test_only_text_is_read() -> None:
    with pytest.raises(Refused, match="expected the text of a number"):
        parse(3, "number", SCOPE)  # type: ignore[arg-type]
    assert parse("3", "number", SCOPE) == num(3)


# --- declarations ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "accepted"),
    [
        ({"p": "X -> number"}, {"X": "set", "p": "X -> number"}),
        ({"X": "set", "p": "X->number"}, {"X": "set", "p": "X -> number"}),
        ({"X": "set", "p": "X -> set"}, {"X": "set", "p": "X -> X"}),
        ({"Nat": "set"}, {"Nats": "set"}),
        ({"sum": "number"}, {"total": "number"}),
        ({"x-y": "number"}, {"x_y": "number"}),
        ({"π": "number"}, {"pie": "number"}),
        ({"pi": "number"}, {"pi": "X -> number", "X": "set"}),
        ({"x1": "number", "xl": "number"}, {"x1": "number", "x2": "number"}),
    ],
)
def test_declarations_are_checked(names: dict[str, str], accepted: dict[str, str]) -> None:
    with pytest.raises(Refused):
        declare(names)
    assert set(declare(accepted)) == set(accepted)


@pytest.mark.parametrize(("written", "read"), [("a > b", "b < a"), ("a >= b + 1", "b + 1 <= a"), ("(a > b)", "b < a")])
def test_greater_is_less_read_from_the_other_side(written: str, read: str) -> None:
    scope = declare({"a": "number", "b": "number"})
    assert text(parse(written, "statement", scope)) == read
