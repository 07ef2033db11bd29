r"""Reads the LaTeX of ``kl.latex`` back, and gives what was printed and what was read the same values.

SymPy's own reader (``parse_latex`` with the antlr backend) decides what fractions, powers, logarithms, sums, products
and limits mean. What it cannot read is prepared here:

* a name with its subscripts becomes one letter, because antlr knows neither ``r_{1, 2}`` nor ``\mathrm{rate}``;
* ``\left| x \right|``, ``\delta(i, j)``, ``\psi(x)``, ``N_h(n)`` become applications of such a letter;
* a letter that is not a function gets a dot before a bracket: antlr reads p (1 - p) as p of 1 − p;
* ∀, ⇒, ⟺, relations and cases are split here, at the outermost level: SymPy would evaluate ``Eq(x, x)``.

Values are mpmath numbers. A name has the value that it was given when the printed expression was evaluated, so a name
that is misprinted has none.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import partial
from typing import Any

import mpmath
import sympy
from sympy.core.function import AppliedUndef
from sympy.parsing.latex import parse_latex

from kl_symbolic.sympy_bridge import ForAll

DIGITS = 40
LETTERS = "abcfghjklmnopqrstuvwxyzABCDFGHJKLMNOPQRSTUVWXYZ"
"""For the names; antlr takes d x for a differential, and e, i and E for constants."""


class NoValue(Exception):
    """The expression has no value of a sensible size at this point."""


def canonical(name: str) -> str:
    """Return one spelling for all that print alike: p1, p_1, p[1]; lamda, lambda."""
    parts = re.sub(r"([A-Za-z])([0-9])|^([a-z])([A-Z]+)$", r"\1\3_\2\4", name.replace("\\", "")).split("_")
    same = {"lamda": "lambda", "eps": "varepsilon", "epsilon": "varepsilon", "phi": "varphi"}
    return "_".join(same.get(part, part) for part in parts)


class Values:
    """A value for every name, chosen when it is first asked for, and later the same."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.known: dict[str, Any] = {}

    def number(self, name: str, whole: bool, signed: bool) -> Any:
        if name not in self.known:
            chance = random.Random(f"{self.seed} {name}")
            number = sympy.Rational(chance.randrange(20, 290), 97)
            self.known[name] = sympy.Integer(chance.randrange(2, 4)) if whole else -number if signed else number
        return self.known[name]


def mp(number: Any) -> Any:
    return mpmath.mpf(int(number.p)) / int(number.q)


# --- the value of an expression --------------------------------------------------------------------------------------


class Evaluator:
    """Evaluates what was printed (with *table* None) or what antlr read (with the table of its letters)."""

    def __init__(self, values: Values, table: dict[str, tuple[str, str | None]] | None = None) -> None:
        self.values = values
        self.table = table
        self.bound: dict[str, int] = {}

    def __call__(self, e: Any) -> Any:
        with mpmath.workdps(DIGITS):
            return self.of(e)

    def over(self, e: Any, name: str, numbers: Iterator[int] | range) -> list[Any]:
        outside, found = self.bound.get(name), []
        for k in numbers:
            self.bound[name] = k
            found.append(self.of(e))
        self.bound.pop(name)
        if outside is not None:
            self.bound[name] = outside
        return found

    def whole(self, e: Any) -> int:
        value = self.of(e)
        if value != int(mpmath.nint(value)):
            raise NoValue(f"{e} is not a whole number")
        return int(mpmath.nint(value))

    def named(self, e: Any) -> Any:
        """Return the value of a name of the printed expression."""
        if isinstance(e, sympy.Indexed):
            key = "_".join([canonical(str(e.base.label)), *(str(self.whole(k)) for k in e.indices)])
            return mp(self.values.number(key, False, e.base.is_negative is True))
        if isinstance(e, AppliedUndef):
            key = canonical(e.func.__name__) + str([self.whole(a) if e.is_integer else self.text(a) for a in e.args])
            return mp(self.values.number(key, e.is_integer is True, False))
        if e.name in self.bound:
            return mpmath.mpf(self.bound[e.name])
        return mp(self.values.number(canonical(e.name), e.is_integer is True, e.is_negative is True))

    def text(self, argument: Any) -> str:
        return mpmath.nstr(self.of(argument), 25)

    def read(self, letter: str) -> Any:
        """Return the value of a letter that antlr read."""
        if letter in self.bound:
            return mpmath.mpf(self.bound[letter])
        name, below = (self.table or {})[letter]
        if name in CONSTANTS:
            return mpmath.mpf(CONSTANTS[name].evalf(DIGITS)._mpf_)
        if below is None:
            return mp(self.values.known[canonical(plain(name))])
        parts = [canonical(name)]
        for part in top_level(below, ", "):
            pieces = [part] if "(" in part or " " in part or not part.replace("\\", "").isalpha() else split(part)
            parts += [self.index(piece) for piece in pieces]
        return mp(self.values.known["_".join(parts)])

    def index(self, source: str) -> str:
        """Return what a subscript is: the value of an index, or a part of the name."""
        letters = {t + (f"_{b}" if b else ""): letter for letter, (t, b) in (self.table or {}).items()}
        if source in letters and letters[source] in self.bound:
            return str(self.bound[letters[source]])
        if canonical(source) in self.values.known:
            return str(int(self.values.known[canonical(source)]))
        if re.fullmatch(r"\\mathrm\{\w+\}|\\?[A-Za-z]+|[0-9]+", source):
            return canonical(plain(source))
        function = re.fullmatch(r"([A-Za-z])\((.*)\)", source)
        if function:  # x(t), the value of an index function
            inside = [int(self.index(s)) for s in function[2].split(", ")]
            return str(int(self.values.known[function[1] + str(inside)]))
        first, sign, more = source.split(" ")
        return str(int(self.index(first)) + int(sign + more))

    def of(self, e: Any) -> Any:
        if isinstance(e, sympy.Rational):
            return mp(e)
        if isinstance(e, sympy.Indexed):
            return self.named(e)
        if isinstance(e, sympy.Symbol):
            return self.named(e) if self.table is None else self.read(e.name)
        if isinstance(e, sympy.NumberSymbol):
            return mpmath.mpf(e.evalf(DIGITS)._mpf_)
        if e in (sympy.oo, -sympy.oo):
            return mpmath.inf if e is sympy.oo else -mpmath.inf
        if isinstance(e, AppliedUndef):
            return self.named(e) if self.table is None else self.applied(e)
        if isinstance(e, sympy.Sum | sympy.Product):
            inner = e.function if len(e.limits) == 1 else e.func(e.function, *e.limits[:-1])
            variable, first, last = e.limits[-1]
            found = self.over(inner, variable.name, range(self.whole(first), self.whole(last) + 1))
            return mpmath.fsum(found) if isinstance(e, sympy.Sum) else mpmath.fprod(found)
        if isinstance(e, sympy.Limit):  # the sequence at one number stands for its limit
            return self.over(e.args[0], e.args[1].name, range(7, 8))[0]
        if isinstance(e, sympy.Tuple):
            return tuple(map(self.of, e.args))
        if isinstance(e, sympy.Piecewise):
            return tuple(self.of(part) for row in e.args for part in row)
        if isinstance(e, ForAll):
            variable, first, last = e.limits[0]
            numbers = range(3, 5) if last is sympy.oo else range(self.whole(first), self.whole(last) + 1)
            return tuple(self.over(e.body, variable.name, numbers))
        if e in (sympy.true, sympy.false):
            return bool(e)
        if isinstance(e, sympy.Rel):
            return {"==": "=", "!=": "≠"}.get(e.rel_op, e.rel_op), self.of(e.lhs), self.of(e.rhs)
        if isinstance(e, sympy.Equivalent):
            return ("⟺", *map(self.of, sorted(e.args, key=sympy.default_sort_key)))
        if isinstance(e, sympy.Implies):
            return ("⇒", *map(self.of, e.args))
        if isinstance(e, sympy.Mul):
            return self.product(e.args)
        return self.function(e, [self.of(a) for a in e.args])

    def product(self, factors: Any) -> Any:
        """Return a product; 0 times what has no value is 0, as in 0·log 0."""
        found, missing = [], []
        for factor in factors:
            try:
                found.append(self.of(factor))
            except NoValue as error:
                missing.append(error)
        if missing and 0 not in found:
            raise missing[0]
        return mpmath.mpf(0) if missing else mpmath.fprod(found)

    def function(self, e: Any, args: list[Any]) -> Any:
        if isinstance(e, sympy.Add):
            return mpmath.fsum(args)
        name = "log_to" if isinstance(e, sympy.log) and len(args) == 2 else e.func.__name__
        try:
            value = FUNCTIONS[name](*args)
        except (ZeroDivisionError, OverflowError, ValueError):
            raise NoValue(str(e)) from None
        if not mpmath.isfinite(value) or abs(value) > 1e60:
            raise NoValue(str(e))
        return value

    def applied(self, e: Any) -> Any:
        """Return the value of an application that antlr read."""
        called = e.func.__name__
        name, below = (self.table or {}).get(called, (called, None))
        if name in READ:
            return self.function_read(name, [self.of(a) for a in e.args])
        texts = [self.text(a) for a in e.args]
        wholes = [int(float(t)) if float(t) == int(float(t)) else t for t in texts]
        whole_name = canonical(plain(name) + (f"_{plain(below)}" if below else ""))
        both = [whole_name + str(shown) for shown in (texts, wholes)]
        found = next(self.values.known[key] for key in both if key in self.values.known)
        return mp(found)

    def function_read(self, name: str, args: list[Any]) -> Any:
        try:
            return READ[name](*args)
        except (ZeroDivisionError, OverflowError, ValueError):
            raise NoValue(name) from None


def power(x: Any, y: Any) -> Any:
    if abs(y) > 200:
        raise NoValue("a large exponent")
    return mpmath.power(x, y)


FUNCTIONS: dict[str, Any] = {
    "log": mpmath.log, "log_to": lambda x, b: x if b == 0 else mpmath.log(x) / mpmath.log(b), "exp": mpmath.exp,
    "Pow": power, "Abs": abs, "gamma": mpmath.gamma, "loggamma": mpmath.loggamma, "polygamma": mpmath.polygamma,
    "beta": mpmath.beta, "KroneckerDelta": lambda i, j: mpmath.mpf(i == j),
    "rel_entr": lambda a, b: a * mpmath.log(a / b) if a else a, "xlogy": lambda a, b: a * mpmath.log(b) if a else a,
}  # fmt: skip
READ: dict[str, Any] = {
    r"\delta": FUNCTIONS["KroneckerDelta"], "Gamma": mpmath.gamma, r"\Gamma": mpmath.gamma, r"\mathrm{B}": mpmath.beta,
    r"\psi": mpmath.digamma, r"\psi'": lambda x: mpmath.polygamma(1, x), "abs": abs,
    r"\mathrm{rel\_entr}": FUNCTIONS["rel_entr"], r"\mathrm{xlogy}": FUNCTIONS["xlogy"],
    **{rf"\psi^{{({n})}}": partial(mpmath.polygamma, n) for n in range(2, 5)},
}  # fmt: skip


# --- reading ---------------------------------------------------------------------------------------------------------

NAME = re.compile(
    r"(?P<name>\\mathrm\{(?:[^{}\\]|\\.)*\}|\|\\?[A-Z][a-z]*\||\\(?:alpha|beta|gamma|delta|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi"
    r"|rho|sigma|tau|chi|psi|omega|varphi|varepsilon|Gamma|Delta|Theta|Lambda|Xi|Phi|Psi|Omega)(?![A-Za-z])"
    r"(?:'|\^\{\([0-9]\)\})?|(?<![A-Za-z\\])[A-Za-z](?![A-Za-z]))"
    r"(?:_(?:\{(?P<below>(?:[^{}]|\{[^{}]*\})*)\}|(?P<one>\w)))?"
)
MACRO = re.compile(r"\\(?!mathrm)[A-Za-z]+")
BRACKET = r" ?(\\left)?\("
CONSTANTS = {r"\mathrm{e}": sympy.E, r"\pi": sympy.pi, r"\gamma": sympy.EulerGamma}
CONSTANT = re.compile(r"\\mathrm\{e\}|\\(?:pi|gamma)(?![A-Za-z])")


def plain(token: str) -> str:
    r"""Return ``\mathrm{rate}`` as rate."""
    found = re.fullmatch(r"\\mathrm\{(.*)\}", token)
    return (found[1] if found else token).replace("\\", "")


def split(marks: str) -> list[str]:
    r"""Return ij as i and j, and ``i \lambda`` as both."""
    return re.findall(r"\\[A-Za-z]+|[A-Za-z]", marks)


def functions_in(e: Any) -> set[str]:
    return {canonical(f.func.__name__) for f in e.atoms(AppliedUndef)}


class Reader:
    """Reads formulas with one table of letters."""

    def __init__(self, functions: set[str]) -> None:
        self.functions = functions
        self.letters: dict[tuple[str, str | None], str] = {}

    @property
    def table(self) -> dict[str, tuple[str, str | None]]:
        return {letter: token for token, letter in self.letters.items()}

    def letter(self, name: str, below: str | None) -> str:
        token = (name, below)
        if token not in self.letters:
            number = len(self.letters)
            self.letters[token] = LETTERS[number] if number < len(LETTERS) else f"a_{{{number}}}"
        return self.letters[token]

    def formula(self, source: str) -> Any:
        """Return what antlr reads in a formula without ∀, ⇒, ⟺, relations and cases."""
        name = NAME.fullmatch(source)
        if name and not CONSTANT.match(source):  # a name or a number alone leaves antlr nothing to decide
            return sympy.Symbol(self.letter(name["name"], name["below"] or name["one"]))
        return sympy.Integer(source) if source.isdecimal() else parse_latex(self.prepared(source), backend="antlr")

    def prepared(self, source: str) -> str:
        """Return the formula with one letter for each name."""
        text = source.replace(r"\left|", r"abs\left(").replace(r"\right|", r"\right)")
        pieces, at = [], 0
        while at < len(text):
            if text.startswith(r"abs\left(", at):
                pieces.append(self.letter("abs", None))
                at += 3
                continue
            constant = CONSTANT.match(text, at)
            if constant:
                pieces.append(self.letter(constant[0], None))
                at = constant.end()
                if re.match(BRACKET, text[at:]):
                    pieces.append(r" \cdot ")
                continue
            base = re.compile(r"\\log_(?:\{([^{}]*)\}|(\w))").match(text, at)
            if base:
                pieces.append(rf"\log_{{{self.prepared(base[1] or base[2])}}}")
                at = base.end()
                continue
            name, macro = NAME.match(text, at), MACRO.match(text, at)
            if name is None:
                end = macro.end() if macro else at + 1
                pieces.append(text[at:end])
                at = end
                continue
            below = name["below"] or name["one"]
            letter = self.letter(name["name"], below)
            at = name.end()
            if pieces[-1:] == ["^"]:
                pieces.append(f"{{{letter}}}")
                continue
            pieces.append(letter)
            bracket = re.match(BRACKET, text[at:])
            special = name["name"] in READ and below is None
            called = canonical(plain(name["name"]) + (f"_{plain(below)}" if below else "")) in self.functions
            if bracket and not ((special or called) and not bracket[0].startswith(" ")):
                pieces.append(r" \cdot ")
        return "".join(pieces)


def top_level(text: str, mark: str) -> list[str]:
    """Split at a mark outside all brackets."""
    parts, depth, begin, at = [], 0, 0, 0
    while at < len(text):
        if text[at] in "({":
            depth += text[at - 1 : at] != "\\"
        elif text[at] in ")}":
            depth -= text[at - 1 : at] != "\\"
        elif depth == 0 and text.startswith(mark, at):
            parts.append(text[begin:at])
            begin = at = at + len(mark)
            continue
        at += 1
    return [*parts, text[begin:]]


class Reading:
    """The value of a printed text: its statements are taken apart here, its formulas by antlr."""

    def __init__(self, values: Values, functions: set[str]) -> None:
        self.values = values
        self.reader = Reader(functions)
        self.evaluator = Evaluator(values, {})
        self.formulas: dict[str, Any] = {}

    def __call__(self, text: str) -> Any:
        with mpmath.workdps(DIGITS):
            return self.of(text.strip())

    def value(self, source: str) -> Any:
        if source not in self.formulas:
            self.formulas[source] = self.reader.formula(source)
        self.evaluator.table = self.reader.table
        return self.evaluator.of(self.formulas[source])

    def of(self, text: str) -> Any:
        for mark, op in ((r" \iff ", "⟺"), (r" \Rightarrow ", "⇒")):
            parts = top_level(text, mark)
            if len(parts) > 1 and not text.startswith(r"\forall"):
                return (op, *(self.of(unbracketed(p)) for p in parts))
        if text.startswith(r"\forall"):
            return self.for_all(text)
        for mark, op in ((" = ", "="), (r" \ne ", "≠"), (r" \le ", "<="), (" < ", "<"), (r" \ge ", ">="), (" > ", ">")):
            parts = top_level(text, mark)
            if len(parts) > 1:
                return (op, *map(self.value, parts))
        if text.startswith(r"\begin{cases}"):
            inside = text.removeprefix(r"\begin{cases} ").removesuffix(r" \end{cases}")
            rows = [row.split(" & ") for row in inside.split(r" \\ ")]
            conditions = [True if c == r"\text{otherwise}" else self.of(c.removeprefix(r"\text{if }")) for _, c in rows]
            return tuple(part for (v, _), c in zip(rows, conditions, strict=True) for part in (self.of(v), c))
        return self.value(text)

    def for_all(self, text: str) -> Any:
        found = re.match(
            r"\\forall\\, (\S+) \\in (?:\\\{(.*?), \\ldots, (.*?)\\\}|(\\mathbb\{N\}))\\colon\\ (.*)", text
        )
        assert found is not None, text
        numbers = range(3, 5)
        if not found[4]:
            first, last = (int(mpmath.nint(self.value(found[k]))) for k in (2, 3))
            numbers = range(first, last + 1)
        letter = self.reader.letter(found[1], None)
        outside, values = self.evaluator.bound.get(letter), []
        for k in numbers:
            self.evaluator.bound[letter] = k
            values.append(self.of(found[5]))
        self.evaluator.bound.pop(letter)
        if outside is not None:
            self.evaluator.bound[letter] = outside
        return tuple(values)


def unbracketed(text: str) -> str:
    for opening, closing in ((r"\left( ", r" \right)"), ("(", ")")):
        inside = text.removeprefix(opening).removesuffix(closing)
        if text.startswith(opening) and text.endswith(closing) and balanced(inside):
            return inside
    return text


def balanced(text: str) -> bool:
    depth = 0
    for c in text:
        depth += (c == "(") - (c == ")")
        if depth < 0:
            return False
    return depth == 0


def same(a: Any, b: Any) -> bool:
    """Whether two values agree to 25 digits, part by part."""
    if isinstance(a, tuple):
        return isinstance(b, tuple) and len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, str | bool) or isinstance(b, str | bool):
        return bool(a == b)
    if mpmath.isinf(a) or mpmath.isinf(b):
        return bool(a == b)
    with mpmath.workdps(DIGITS):
        return bool(abs(a - b) <= mpmath.mpf(10) ** -25 * (1 + abs(a)))


def values_of(e: Any, text: str, seed: int) -> tuple[Any, Any]:
    """Return the value of an expression and of its LaTeX at a random point."""
    values = Values(seed)
    wanted = Evaluator(values)(e)
    return wanted, Reading(values, functions_in(e))(text)
