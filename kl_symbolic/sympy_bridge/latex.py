r"""SymPy expressions as LaTeX, in the forms of a textbook.

SymPy prints the logarithm before its factor, a minus first, powers with negative exponents instead of a fraction, and
loses the base of a logarithm. This printer keeps to what SymPy holds, and lays it out as one would write it:
``p_i \log \frac{p_i}{q_i}``, ``\log x - \log a``, constants last in a sum, ``\log \Gamma(x)``, ``\psi(x)``.

The macros are those that TeX, KaTeX and MathJax read alike. An unusual name is spelled out in upright
letters with everything special in it escaped, so that it can neither break a page nor put anything into it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from typing import Any, TypeAlias, final

import sympy
from sympy.printing.latex import LatexPrinter
from sympy.printing.precedence import PRECEDENCE, precedence_traditional

from ..language.errors import InvalidType, InvalidValue
from . import ForAll, rel_entr, xlogy
from .exact import Number, exact

__all__ = ["Expression", "latex"]

Expression: TypeAlias = "sympy.Basic | sympy.MatrixBase | Fraction | int | Sequence[Expression]"
"""A value that can be printed: SymPy's objects, exact numbers, and lists and tuples of them."""


def latex(
    expr: Expression, *, base: Number | sympy.Expr | None = None, ln: bool = False, convention: bool = True
) -> str:
    r"""Return LaTeX for a SymPy expression, as a textbook would print it.

    Parameters
    ----------
    expr : sympy.Basic, sympy matrix, int, Fraction, or a list or tuple of them
        Text is refused: it would have to be read first, and text is not read.
    base : number or symbol, optional
        What is divided by log b prints with ``\log_b``; the value stays what it is. Other logarithms then print as
        ``\ln``.
    ln : bool
        Print natural logarithms as ``\ln``. By default they are ``\log``, as on the pages of the package.
    convention : bool
        Let 0 log 0 = 0 be understood, so that ``rel_entr(p, q)`` prints as ``p \log \frac{p}{q}`` and ``xlogy(p, q)``
        as ``p \log q``. With False they print by their names.

    Returns
    -------
    str
        LaTeX for math mode, without delimiters.

    Raises
    ------
    InvalidType
        For text, and for anything else that is not an expression.
    InvalidValue
        For a base that is not greater than 1.

    Examples
    --------
    >>> from kl_symbolic import kl_divergence
    >>> p, q, i = *map(sympy.IndexedBase, "pq"), sympy.Symbol("i", integer=True)
    >>> print(latex(kl_divergence(p[i], q[i])))
    \sum_{i=0}^{K - 1} p_i \log \frac{p_i}{q_i}
    >>> print(latex(kl_divergence(sympy.Rational(1, 2), sympy.Rational(1, 4), base=2), base=2))
    1 - \frac{1}{2} \log_2 3
    """
    found = _expression(expr)
    if base is not None:
        number = exact(base, "base")
        if number.is_number and not number > 1:
            raise InvalidValue(f"expected a base greater than 1, got {number}")
        found = _in_base(found, number)
    return str(_Textbook(ln or base is not None, convention).doprint(found))


def _expression(given: Any) -> Any:
    if isinstance(given, list | tuple):
        return sympy.Tuple(*map(_expression, given))
    if isinstance(given, Fraction):
        return sympy.Rational(given.numerator, given.denominator)
    if isinstance(given, int) and not isinstance(given, bool):
        return sympy.Integer(given)
    if isinstance(given, sympy.Basic | sympy.MatrixBase):
        return given
    raise InvalidType(f"expected a SymPy expression, got {type(given).__name__}: {given!r}")


# --- logarithms to another base ------------------------------------------------------------------------------------


@final
class _BasedLog(sympy.Function):  # type: ignore[misc]
    """log x to the base b, which SymPy would turn into a quotient."""

    nargs = 2


@final
class _LogRatio(sympy.Function):  # type: ignore[misc]
    """log a/b, to a base where there is a third argument; SymPy would cancel the fraction."""

    nargs = (2, 3)


def _in_base(e: Any, b: Any) -> Any:
    """Write what is divided by log b with logarithms to the base b."""
    if isinstance(e, sympy.Mul):
        divisor = 1 / sympy.log(b)
        if divisor in e.args:
            scaled = _scaled(sympy.Mul(*(f for f in e.args if f != divisor)), b)
            if scaled is not None:
                return scaled
    if not e.args or isinstance(e, sympy.Indexed):
        return e
    args = [_in_base(a, b) for a in e.args]
    return e if args == list(e.args) else e.func(*args)


def _scaled(e: Any, b: Any) -> Any:
    """Return e/log b in logarithms to the base b, or None where that would leave log b in it."""
    if e in (sympy.S.Zero, sympy.oo):
        return e
    if isinstance(e, sympy.log):
        return sympy.S.One if e.args[0] == b else _BasedLog(e.args[0], b)
    if isinstance(e, rel_entr):
        return e.args[0] * _LogRatio(*e.args, b)
    if isinstance(e, xlogy):
        return e.args[0] * _BasedLog(e.args[1], b)
    if isinstance(e, sympy.Sum):
        body = _scaled(e.function, b)
        return None if body is None else sympy.Sum(body, *e.limits)
    if isinstance(e, sympy.Add):
        terms = [_scaled(a, b) for a in e.args]
        return None if None in terms else sympy.Add(*terms)
    if isinstance(e, sympy.Piecewise):
        values = [_scaled(value, b) for value, _ in e.args]
        return None if None in values else sympy.Piecewise(*zip(values, (c for _, c in e.args), strict=True))
    for k, factor in enumerate(e.args if isinstance(e, sympy.Mul) else ()):
        value = _scaled(factor, b)
        if value is not None:
            return sympy.Mul(*e.args[:k], value, *e.args[k + 1 :])
    return None


# --- pieces of a formula -------------------------------------------------------------------------------------------

_CLAIM, _RELATION, _SUM, _SLASH, _PRODUCT, _FRACTION, _POWER, _ATOM = range(8)
"""How tightly a piece holds together."""
_LEVELS = (("Atom", _ATOM), ("Pow", _POWER), ("Mul", _PRODUCT), ("Add", _SUM), ("Relational", _RELATION))
"""The same for what SymPy's own methods print."""


@final
class _Piece(str):
    """A piece of LaTeX, how tightly it holds together, and whether its end would swallow a factor after it."""

    __slots__ = ("level", "open")

    level: int
    open: bool

    def __new__(cls, text: str, level: int = _ATOM, swallows: bool = False) -> _Piece:
        piece = super().__new__(cls, text)
        piece.level, piece.open = level, swallows
        return piece


_TALL = re.compile(r"\\(frac|sum|prod|lim|int|begin|left)(?![A-Za-z])")
_GREEK = {
    **{n: n for n in "alpha beta gamma delta zeta eta theta iota kappa mu nu xi pi rho sigma tau upsilon".split()},
    **{n: n for n in "chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega".split()},
    "lambda": "lambda", "lamda": "lambda", "epsilon": "varepsilon", "eps": "varepsilon", "phi": "varphi",
}  # fmt: skip
"""Greek names and their macros, as on the pages; SymPy spells lambda without b, for lambda is a word of Python."""
_USUAL = re.compile(r"\\?([A-Za-z]+)([0-9]*)('*)((?:(?:__?|\^)(?:[A-Za-z0-9*+-]+|\{[A-Za-z0-9,*+ -]+\}))*)\Z")
"""A letter or a word, its number, primes, and scripts: SymPy's, in which two underscores raise, and those of TeX."""
_SCRIPT = re.compile(r"(__|_|\^)(?:\{([^}]*)\}|([A-Za-z0-9*+-]+))")
_ACCENTS = {"hat": "hat", "bar": "bar", "tilde": "tilde", "ddot": "ddot", "dot": "dot", "vec": "vec"}
"""The ends of names that SymPy reads as accents of the letter before."""
_SPECIAL = {
    **{c: "\\" + c for c in "_%$#&{}"},
    "\\": r"\backslash ", "~": r"\sim ", "^": r"\wedge ", "<": "{<}", ">": "{>}", " ": r"\ ",
}  # fmt: skip


def _word(name: str) -> str:
    """Return a letter, a Greek letter, a number, or a word in upright letters."""
    if name in _GREEK:
        return "\\" + _GREEK[name]
    return name if name.isdigit() or (len(name) == 1 and name.isalpha()) else rf"\mathrm{{{name}}}"


def _letter(name: str) -> str:
    """Return a letter or a word, with an accent where SymPy would set one."""
    accent = next((a for a in _ACCENTS if name.endswith(a)), "")
    plain = name.removesuffix(accent)
    if accent and (len(plain) == 1 or plain in _GREEK):
        return rf"\{_ACCENTS[accent]}{{{_word(plain)}}}"
    return _word(name)


def _scripts(text: str) -> str:
    """Return what stands in braces above or below a letter: letters side by side, or words between commas."""
    parts = [part.strip() for part in text.split(",")]
    return ", ".join(_word(p) if p.isalnum() and (p.isdigit() or len(p) > 2 or p in _GREEK) else p for p in parts)


def _spelled(name: str) -> tuple[str, list[str]]:
    """Return a name as LaTeX with what stands above it, and its subscripts."""
    size = re.fullmatch(r"\|([A-Za-z]+)\|", name)
    if size:
        return f"|{_word(size[1])}|", []
    marginal = re.fullmatch(r"([a-z])([A-Z]+)", name)
    if marginal:
        return marginal[1], [_word(marginal[2])]  # rX, a marginal of r
    usual = _USUAL.match(name)
    if usual is None or (name.startswith("\\") and usual[1] not in _GREEK):
        return rf"\mathrm{{{''.join(_SPECIAL.get(c, c) for c in name if c.isprintable())}}}", []
    below, above = [_word(usual[2])] if usual[2] else [], usual[3]
    for sign, braced, bare in _SCRIPT.findall(usual[4]):
        script = _scripts(braced) if braced else _word(bare) if bare.isalnum() else bare
        if sign == "_":
            below.append(script)
        elif above:  # two things above one letter would be an error in TeX
            return rf"\mathrm{{{''.join(_SPECIAL.get(c, c) for c in name)}}}", []
        else:  # a number above would be a power
            above = f"^{_script(f'({script})' if script.isdigit() else script)}"
    return _letter(usual[1]) + above, below


def _marked(head: str, below: Sequence[str], own: Sequence[str] = ()) -> str:
    """Return a letter with subscripts, *own* ones of the name before others: p_i, r_{ij}, x_{0, i}."""
    if not (own or below):
        return head
    letters = not own and all((len(s) == 1 and s.isalpha()) or s[1:] in _GREEK.values() for s in below)
    gap = ", " if not letters else " " if any("\\" in s for s in below) else ""
    return f"{head}_{_script(gap.join([*own, *below]))}"


def _script(text: str) -> str:
    return str(text) if len(text) == 1 else f"{{{text}}}"


def _bracket(text: str) -> _Piece:
    return _Piece(rf"\left( {text} \right)" if _TALL.search(text) else f"({text})")


def _joined(factors: Sequence[_Piece]) -> str:
    """Return factors one after the other, with a dot where two numbers would run into one."""
    text = ""
    for factor in factors:
        digits = factor[0].isdigit() or (factor.startswith(r"\frac") and text[-1:].isdigit())
        text += f" \\cdot {factor}" if text and digits else f" {factor}" if text else factor
    return text


# --- the printer -----------------------------------------------------------------------------------------------------


@final
class _Textbook(LatexPrinter):  # type: ignore[misc]
    """Prints what SymPy holds in textbook order; every method returns a :class:`_Piece` or what SymPy would print."""

    def __init__(self, ln: bool, convention: bool) -> None:
        super().__init__()
        self._log_name = r"\ln" if ln else r"\log"
        self._convention = convention
        self._flat = False

    @contextmanager
    def _small(self) -> Iterator[None]:
        """Write fractions with a slash, as in exponents and subscripts."""
        before, self._flat = self._flat, True
        try:
            yield
        finally:
            self._flat = before

    def _print(self, expr: Any, **kwargs: Any) -> Any:
        # These bring a LaTeX form of their own, which SymPy would prefer to a method of the printer.
        own = {
            ForAll: self._print_ForAll, type(sympy.E): self._print_Exp1,
            rel_entr: self._print_rel_entr, xlogy: self._print_xlogy,
        }.get(type(expr))  # fmt: skip
        return super()._print(expr, **kwargs) if own is None else own(expr)

    def _piece(self, expr: Any) -> _Piece:
        text = self._print(expr)
        if isinstance(text, _Piece):
            return text
        tight = precedence_traditional(expr)
        for name, level in _LEVELS:
            if tight >= PRECEDENCE[name]:
                return _Piece(text, level, level == _PRODUCT)
        return _Piece(text, _CLAIM)

    def _at_least(self, level: int, expr: Any) -> _Piece:
        piece = self._piece(expr)
        return piece if piece.level >= level else _bracket(piece)

    def _call(self, name: str, *args: Any) -> _Piece:
        return _Piece(name + _bracket(", ".join(map(self._print, args))))

    # names and numbers

    def _print_Symbol(self, expr: Any, style: str = "plain") -> _Piece:
        head, below = _spelled(expr.name)
        # What is raised to a power must not have anything above it already.
        return _Piece(_marked(head, below), _POWER if "^" in head or "'" in head else _ATOM)

    _print_Dummy = _print_Symbol

    def _print_Idx(self, expr: Any) -> _Piece:
        return self._piece(expr.label)

    def _print_IndexedBase(self, expr: Any) -> _Piece:
        return self._piece(expr.label)

    def _print_Indexed(self, expr: Any) -> _Piece:
        head, own = _spelled(str(expr.base.label))
        with self._small():
            return _Piece(_marked(head, [*map(self._print, expr.indices)], own))

    def _print_Exp1(self, expr: Any, exp: Any = None) -> _Piece:
        return _Piece(r"\mathrm{e}")

    def _print_Integer(self, expr: Any) -> _Piece:
        return _Piece(str(expr), _SUM if expr < 0 else _ATOM)

    _print_Zero = _print_One = _print_NegativeOne = _print_Integer

    def _print_Rational(self, expr: Any) -> _Piece:
        top, sign = abs(expr.p), "-" if expr.p < 0 else ""
        if self._flat:
            return _Piece(f"{sign}{top}/{expr.q}", _SUM if sign else _SLASH)
        return _Piece(rf"{sign}\frac{{{top}}}{{{expr.q}}}", _SUM if sign else _FRACTION)

    _print_Half = _print_Rational

    # sums, products, powers

    def _print_Add(self, expr: Any, order: Any = None) -> _Piece:
        terms = self._as_ordered_terms(expr, order=order)
        # Constants come last, and the rational ones at the very end.
        terms.sort(key=lambda t: 0 if t.free_symbols else 2 if t.is_Rational else 1)
        pieces = [self._at_least(_SUM, t) for t in terms]
        first = next((k for k, p in enumerate(pieces) if not p.startswith("-")), 0)
        pieces.insert(0, pieces.pop(first))
        text = str(pieces[0])
        for piece in pieces[1:]:
            text += f" - {piece[1:]}" if piece.startswith("-") else f" + {piece}"
        return _Piece(text, _SUM)

    def _print_Mul(self, expr: Any, whole: bool = False) -> Any:
        if not expr.is_commutative:
            return super()._print_Mul(expr)
        if _as_written(expr):
            return self._written(expr.args)
        negative, top, bottom = False, [], []
        parts = expr.as_ordered_factors()
        for factor in parts:  # a product in a product, which SymPy did not evaluate, adds its factors to them
            if factor.is_Rational:
                negative ^= bool(factor < 0)
                top += [sympy.Integer(abs(factor.p))] if abs(factor.p) != 1 else []
                bottom += [sympy.Integer(factor.q)] if factor.q != 1 else []
            elif factor.is_Mul:
                parts += factor.as_ordered_factors()
            elif (below := _denominator(factor)) is not None:
                bottom.append(below)
            else:
                top.append(factor)
        piece = self._product(top, bottom, whole)
        if not negative:
            return piece
        return _Piece(f"-{piece if piece.level >= _SLASH else _bracket(piece)}", _SUM, piece.open)

    def _written(self, factors: Sequence[Any]) -> _Piece:
        """Write factors in their order, each with its sign: (-2) · (-5)."""
        if factors[0] == -1 and len(factors) > 1:
            rest = self._written(factors[1:])
            return _Piece(f"-{rest if rest.level >= _PRODUCT else _bracket(rest)}", _SUM, rest.open)
        if len(factors) == 1:
            return self._piece(factors[0])
        text = ""
        for k, factor in enumerate(factors):
            piece = self._piece(factor)
            if piece.level < _PRODUCT or (piece.open and k < len(factors) - 1):
                piece = self._closed(factor, piece)
            numbers = k > 0 and factor.is_number and factors[k - 1].is_number
            text += f" \\cdot {piece}" if numbers else f" {piece}" if k else str(piece)
        return _Piece(text, _PRODUCT, piece.open)

    def _product(self, top: list[Any], bottom: list[Any], whole: bool = False) -> _Piece:
        """Write factors above and below a fraction bar, logarithms last.

        What is tall or ends in a logarithm stands beside the bar, unless the quotient is to be one *whole* fraction.
        """
        top.sort(key=_rank)
        bottom.sort(key=_rank)
        if not bottom:
            pieces = self._factors(top) or [_Piece("1")]
            return pieces[0] if len(pieces) == 1 else _Piece(_joined(pieces), _PRODUCT, pieces[-1].open)
        whole = whole or self._is_one_fraction(top, bottom)
        beside = [f for f in top if not whole and self._stands_beside(f)]
        above = [f for f in top if f not in beside]
        if self._flat:
            over, under = self._factors(above), self._factors(bottom)
            down = under[0] if len(under) == 1 and under[0].level >= _POWER else _bracket(_joined(under))
            fraction = _Piece(f"{_joined(over) or '1'}/{down}", _SLASH)
        else:
            over_text, under_text = (_joined(self._factors(side)) or "1" for side in (above, bottom))
            fraction = _Piece(rf"\frac{{{over_text}}}{{{under_text}}}", _FRACTION)
        if not beside:
            return fraction
        pieces = [fraction if fraction.level >= _PRODUCT else _bracket(fraction), *self._factors(beside, first=False)]
        return _Piece(_joined(pieces), _PRODUCT, pieces[-1].open)

    def _is_one_fraction(self, top: list[Any], bottom: list[Any]) -> bool:
        """Whether a quotient is one fraction: of logarithms, as in a change of base, or of a sum over a fraction."""
        wide = [f for f in top if self._stands_beside(f)]
        sums = (sympy.Sum, sympy.Product, sympy.Integral, sympy.Limit)
        if any(isinstance(f, sympy.log) for f in bottom):
            return bool(wide) and all(_rank(f) >= _OPEN and not isinstance(f, sums) for f in wide)
        return len(wide) == len(top) == 1 and _rank(wide[0]) == _BRACKETS and any(map(self._is_tall, bottom))

    def _is_tall(self, factor: Any) -> bool:
        return _TALL.search(self._print(factor)) is not None

    def _stands_beside(self, factor: Any) -> bool:
        rank = _rank(factor)
        return rank >= _OPEN or (rank == _BRACKETS and self._is_tall(factor))

    def _factors(self, factors: Sequence[Any], first: bool = True) -> list[_Piece]:
        """Write factors with the brackets that they need beside each other."""
        pieces = []
        for k, factor in enumerate(factors):
            piece = self._piece(factor)
            alone, last = first and len(factors) == 1, k == len(factors) - 1
            if not alone and (piece.level < _PRODUCT or (piece.open and not last)):
                piece = self._closed(factor, piece)
            pieces.append(piece)
        return pieces

    def _closed(self, factor: Any, piece: _Piece) -> _Piece:
        """Return a factor so that another can follow: log x as log(x), anything else in brackets."""
        if isinstance(factor, sympy.log) and len(factor.args) == 1:
            return self._call(self._log_name, factor.args[0])
        return _bracket(piece)

    def _print_Pow(self, expr: Any) -> _Piece:
        base, exponent = expr.args
        if exponent == sympy.S.Half:
            return _Piece(rf"\sqrt{{{self._print(base)}}}")
        below = _denominator(expr)
        return self._product([], [below]) if below is not None else self._raised(base, exponent)

    def _raised(self, base: Any, exponent: Any) -> _Piece:
        low = self._at_least(_ATOM, base)
        with self._small():
            return _Piece(f"{low}^{_script(self._print(exponent))}", _POWER)

    # functions

    def _print_log(self, expr: Any, exp: Any = None) -> _Piece:
        return self._log(*expr.args)

    def _print__BasedLog(self, expr: Any, exp: Any = None) -> _Piece:
        return self._log(*expr.args)

    def _log(self, x: Any, base: Any = None) -> _Piece:
        name = self._log_name
        if base is not None:
            with self._small():
                name = rf"\log_{_script(self._print(base))}"
        # The argument is one fraction, for any operands.
        inner = self._print_Mul(x, whole=True) if x.is_Mul and x.is_commutative else self._piece(x)
        return self._log_of(name, inner)

    def _log_of(self, name: str, inner: _Piece) -> _Piece:
        bare = inner.level in (_FRACTION, _ATOM) and not inner.startswith((r"\exp", r"\operatorname"))
        return _Piece(f"{name} {inner}" if bare else name + _bracket(inner), _PRODUCT, True)

    def _print__LogRatio(self, expr: Any, exp: Any = None) -> _Piece:
        a, b, *base = expr.args
        over, under = (self._at_least(_PRODUCT, e) if self._flat else self._piece(e) for e in (a, b))
        if self._flat:
            ratio = _Piece(f"{over}/{under if under.level >= _POWER else _bracket(under)}", _SLASH)
        else:
            ratio = _Piece(rf"\frac{{{over}}}{{{under}}}", _FRACTION)
        return self._log_of(rf"\log_{_script(self._print(base[0]))}" if base else self._log_name, ratio)

    def _print_exp(self, expr: Any, exp: Any = None) -> _Piece:
        return self._call(r"\exp", expr.args[0])

    def _print_Function(self, expr: Any, exp: Any = None) -> Any:
        if isinstance(expr, sympy.core.function.AppliedUndef):
            return self._call(_marked(*_spelled(expr.func.__name__)), *expr.args)
        text = super()._print_Function(expr)
        return _Piece(text if exp is None else f"{text}^{_script(exp)}")

    def _print_gamma(self, expr: Any, exp: Any = None) -> _Piece:
        return self._call(r"\Gamma", *expr.args)

    def _print_loggamma(self, expr: Any, exp: Any = None) -> _Piece:
        return _Piece(rf"\log {self._print_gamma(expr)}", _PRODUCT, True)

    def _print_polygamma(self, expr: Any, exp: Any = None) -> _Piece:
        order, x = expr.args
        mark = "'" * int(order) if order in (0, 1) else rf"^{{({self._print(order)})}}"
        return self._call(rf"\psi{mark}", x)

    def _print_beta(self, expr: Any, exp: Any = None) -> _Piece:
        return self._call(r"\mathrm{B}", *expr.args)

    def _print_Abs(self, expr: Any, exp: Any = None) -> _Piece:
        return _Piece(rf"\left| {self._print(expr.args[0])} \right|")

    def _print_KroneckerDelta(self, expr: Any, exp: Any = None) -> _Piece:
        return self._call(r"\delta", *expr.args[:2])

    def _print_rel_entr(self, expr: Any, exp: Any = None) -> _Piece:
        a, b = expr.args
        if not self._convention:
            return self._call(r"\mathrm{rel\_entr}", a, b)
        return self._piece(sympy.Mul(a, _LogRatio(a, b), evaluate=False))

    def _print_xlogy(self, expr: Any, exp: Any = None) -> _Piece:
        a, b = expr.args
        if not self._convention:
            return self._call(r"\mathrm{xlogy}", a, b)
        return self._piece(sympy.Mul(a, sympy.log(b, evaluate=False), evaluate=False))

    # sums and products over indices, limits

    def _print_Sum(self, expr: Any) -> _Piece:
        return self._over(r"\sum", expr)

    def _print_Product(self, expr: Any) -> _Piece:
        return self._over(r"\prod", expr)

    def _over(self, name: str, expr: Any) -> _Piece:
        text = str(self._at_least(_PRODUCT, expr.function))
        for variable, *ends in expr.limits:
            with self._small():
                below, *above = map(self._print, (variable, *ends))
            ranges = f"_{_script(below)}"
            if len(above) == 2:
                top = above[1] if above[1].isalpha() and len(above[1]) == 1 else f"{{{above[1]}}}"
                ranges = f"_{{{below}={above[0]}}}^{top}"
            text = f"{name}{ranges} {text}"
        return _Piece(text, _PRODUCT, True)

    def _print_Limit(self, expr: Any) -> _Piece:
        body, variable, point, direction = expr.args
        side = "" if point.is_infinite or str(direction) == "+-" else rf"^{direction}"
        below = rf"{self._print(variable)} \to {self._print(point)}{side}"
        return _Piece(rf"\lim_{{{below}}} {self._at_least(_PRODUCT, body)}", _PRODUCT, True)

    # statements

    def _print_Relational(self, expr: Any) -> _Piece:
        sides = (self._at_least(_SUM, side) for side in (expr.lhs, expr.rhs))
        return _Piece(f" {_RELATIONS[expr.rel_op]} ".join(sides), _RELATION)

    def _print_Implies(self, expr: Any, altchar: Any = None) -> _Piece:
        return _Piece(r" \Rightarrow ".join(self._at_least(_RELATION, a) for a in expr.args), _CLAIM)

    def _print_Equivalent(self, expr: Any, altchar: Any = None) -> _Piece:
        parts = (self._at_least(_RELATION, a) for a in sorted(expr.args, key=sympy.default_sort_key))
        return _Piece(r" \iff ".join(parts), _CLAIM)

    def _print_ForAll(self, expr: Any) -> _Piece:
        variable, first, last = expr.limits[0]
        whole = r"\mathbb{R}" if first is -sympy.oo else r"\mathbb{N}"
        over = whole if last is sympy.oo else rf"\{{{self._print(first)}, \ldots, {self._print(last)}\}}"
        return _Piece(rf"\forall\, {self._print(variable)} \in {over}\colon\ {self._print(expr.body)}", _CLAIM)

    def _print_Piecewise(self, expr: Any) -> _Piece:
        rows = [
            f"{self._print(value)} & " + (r"\text{otherwise}" if c == sympy.true else rf"\text{{if }} {self._print(c)}")
            for value, c in expr.args
        ]
        return _Piece(r"\begin{cases} " + r" \\ ".join(rows) + r" \end{cases}", _RELATION)


_RELATIONS = {"==": "=", "!=": r"\ne", "<=": r"\le", "<": "<", ">=": r"\ge", ">": ">"}
_OPENS = (
    sympy.log, sympy.loggamma, sympy.Sum, sympy.Product, sympy.Limit, sympy.Integral, sympy.Derivative,
    _BasedLog, _LogRatio, rel_entr, xlogy,
)  # fmt: skip
_BRACKETS, _OPEN = 3, 5
"""Ranks from :func:`_rank`: factors in brackets, and those whose operand is open to the right and must stand last."""


def _rank(factor: Any) -> int:
    """Return where a factor stands in a product: numbers, letters, brackets, functions, then what swallows the rest."""
    core = factor.base if isinstance(factor, sympy.Pow) else factor
    if isinstance(core, _OPENS):
        bracketed = core is not factor
        return _BRACKETS if bracketed else _OPEN + (not isinstance(factor, sympy.Sum | sympy.Product))
    if factor.is_number:
        return 0 if factor.is_Rational else 1
    if isinstance(core, sympy.Add | sympy.Mul | sympy.Piecewise):
        return _BRACKETS
    return 2 if core.is_Symbol or isinstance(core, sympy.Indexed) else 4


def _as_written(product: Any) -> bool:
    """Whether a product was not evaluated, so that its signs and numbers would be lost by collecting them."""
    numbers = sum(bool(f.is_Rational) for f in product.args)
    signs = sum(bool(f.as_coeff_Mul()[0].is_negative) for f in product.args if f.is_Rational or f.is_Mul)
    return numbers > 1 or signs > 1


def _denominator(factor: Any) -> Any:
    """Return what stands below the bar for a power whose exponent is negative; None for anything else."""
    if not isinstance(factor, sympy.Pow):
        return None
    base, exponent = factor.args
    terms = exponent.args if isinstance(exponent, sympy.Add) else (exponent,)
    if not all(t.as_coeff_Mul()[0].is_negative for t in terms):
        return None
    return base if exponent == -1 else sympy.Pow(base, -exponent, evaluate=False)
