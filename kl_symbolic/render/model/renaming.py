r"""Other symbols for the names of a page: p1 as ``\theta_1``.

What is written instead is read here, letter by letter: a letter, a Greek letter or a word in another alphabet, with
accents, subscripts and superscripts. Anything else is refused, so that a symbol can neither run a command nor end the
formula in which it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import final

from ...language.errors import InvalidValue
from .names import GREEK

__all__ = ["RenamedSymbol", "Renaming", "read_symbol"]

_LONGEST = 60
"""Characters of a symbol: longer ones are not symbols, and reading one takes recursion as deep as its braces."""

_LETTERS = {
    *(latex for latex, _ in GREEK.values()), r"\delta", r"\epsilon", r"\vartheta", r"\varpi", r"\varrho", r"\varsigma",
    r"\phi", r"\varkappa", r"\upsilon", r"\Pi", r"\Sigma", r"\Upsilon", r"\ell", r"\imath", r"\jmath", r"\hbar",
}  # fmt: skip
_ACCENTS = {
    rf"\{name}" for name in "hat tilde bar vec dot ddot check breve acute grave widehat widetilde overline".split()
}
_ALPHABETS = {rf"\{name}" for name in "mathrm mathit mathbf mathsf mathtt mathcal mathbb mathfrak boldsymbol".split()}
_MARKS = {r"\star", r"\ast", r"\dagger", r"\ddagger", r"\prime", r"\circ", r"\infty", r"\pm", r"\bullet", r"\top"}
"""Symbols that stand only above or below a letter."""

_FIXED = {
    "H": "the entropy", "I": "mutual information", "d": "the divergence of two coins", r"\delta": "the indicator",
    r"D_{\mathrm{KL}}": "the divergence", r"\mathbb{R}": "the set of numbers", r"\mathbb{N}": "the natural numbers",
}  # fmt: skip
"""Symbols that mean something on every page."""

_TOKEN = re.compile(r"\\[A-Za-z]+|[A-Za-z0-9]|[_^{}',+*-]| +")
_WIDE = 0.6
"""The width of a letter in em, about."""


@final
@dataclass(frozen=True, slots=True)
class RenamedSymbol:
    r"""A symbol that was read.

    Parameters
    ----------
    latex : str
        In one spelling: ``\theta_{1}`` is ``\theta_1``.
    below : bool
        Whether it has a subscript, so that no index can be put below it.
    width : float
        In em, estimated.
    """

    latex: str
    below: bool
    width: float


def read_symbol(source: str) -> RenamedSymbol:
    r"""Read a symbol that is written in LaTeX.

    Parameters
    ----------
    source : str

    Raises
    ------
    InvalidValue
        When it is not a letter with accents, subscripts and superscripts.

    Examples
    --------
    >>> read_symbol(r"\theta_{1}").latex, read_symbol(r"\hat{p}^\star").latex
    ('\\theta_1', '\\hat{p}^\\star')
    >>> read_symbol("")
    Traceback (most recent call last):
    ...
    kl_symbolic.language.errors.InvalidValue: expected a symbol such as \theta_1, got '': it has 1 to 60 characters
    """
    return _Reader(source).whole()


@final
class _Reader:
    """Reads one symbol by recursive descent."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._width = 0.0
        self._at = 0
        if not isinstance(source, str) or not 0 < len(source.strip()) <= _LONGEST:
            raise self._refused(f"it has 1 to {_LONGEST} characters")
        self._tokens = _TOKEN.findall(source.strip())
        if "".join(self._tokens) != source.strip():
            odd = next((c for c in source.strip() if _TOKEN.fullmatch(c) is None and c != "\\"), "\\")
            raise self._refused(f"{odd!r} cannot stand in it")
        self._tokens = [t for t in self._tokens if not t.isspace()]

    def _refused(self, why: str) -> InvalidValue:
        return InvalidValue(rf"expected a symbol such as \theta_1, got {self._source[:_LONGEST]!r}: {why}")

    def _next(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _take(self) -> str:
        token = self._next()
        self._at += 1
        return token

    def _need(self, wanted: str) -> None:
        if self._take() != wanted:
            raise self._refused("the braces do not match")

    def whole(self) -> RenamedSymbol:
        latex, below = self._scripted(self._nucleus())
        if self._next():
            raise self._refused(f"{self._next()} is too much; a symbol is one letter with accents and scripts")
        return RenamedSymbol(latex, below, self._width + 0.1)

    def _nucleus(self) -> str:
        token = self._take()
        if token in _ACCENTS:
            return f"{token}{{{self._argument()}}}"
        if token in _ALPHABETS:
            self._need("{")
            word = ""
            while re.fullmatch("[A-Za-z0-9]", self._next()) or self._next() in _LETTERS:
                self._width += _WIDE
                word += self._take()
            self._need("}")
            if word:
                return f"{token}{{{word}}}"
        elif token in _LETTERS or re.fullmatch("[A-Za-z]", token):
            self._width += _WIDE
            return token
        elif token.startswith("\\"):
            raise self._refused(f"{token} is not one of the letters, accents and alphabets that are known")
        raise self._refused("a symbol begins with a letter")

    def _argument(self) -> str:
        """Return what an accent stands on: a symbol in braces, or a letter."""
        if self._next() != "{":
            return self._nucleus()
        self._need("{")
        inside, _ = self._scripted(self._nucleus())
        self._need("}")
        return inside

    def _scripted(self, nucleus: str) -> tuple[str, bool]:
        """Return a letter with its primes and scripts, and whether one is below."""
        found: dict[str, str] = {}
        while self._next() in ("_", "^", "'") and self._next():
            kind = self._take()
            place = "_" if kind == "_" else "^"
            if place in found and not (kind == "'" and set(found[place]) == {"'"}):
                raise self._refused("it has two scripts in one place")
            found[place] = found.get(place, "") + "'" if kind == "'" else self._script()
        above, below = found.get("^", ""), found.get("_", "")
        primes = set(above) == {"'"}
        text = nucleus + (above if primes else "") + (f"_{below}" if below else "")
        return text + (f"^{above}" if above and not primes else ""), bool(below)

    def _script(self) -> str:
        if self._next() != "{":
            return "".join(self._mark())
        self._need("{")
        parts: list[str] = []
        while self._next() and self._next() != "}":
            parts += self._mark()
        self._need("}")
        if not parts:
            raise self._refused("a script is empty")
        text = ""
        for part in parts:
            text += " " * (re.search(r"\\[A-Za-z]+\Z", text) is not None and part[0].isalpha()) + part
        single = len(parts) == 1 and (len(text) == 1 or text in _LETTERS or text in _MARKS)
        return text if single else f"{{{text}}}"

    def _mark(self) -> Iterator[str]:
        """Yield a piece of a script."""
        token = self._next()
        if token and (token in _MARKS or token in ",+-*" or token.isdigit()):
            self._width += _WIDE * 0.7
            yield self._take()
        else:
            yield self._scripted(self._nucleus())[0]


@final
@dataclass(frozen=True, slots=True)
class Renaming:
    r"""Symbols for names, and the names that were printed under it.

    Parameters
    ----------
    symbols : mapping of str to RenamedSymbol
    seen : set of str
        Every name that was printed.

    Examples
    --------
    >>> Renaming.of({"p1": r"\theta_1"}).symbols["p1"].latex
    '\\theta_1'
    """

    symbols: Mapping[str, RenamedSymbol]
    seen: set[str] = field(default_factory=set)

    @staticmethod
    def of(names: Mapping[str, str]) -> Renaming:
        """Read symbols for names.

        Parameters
        ----------
        names : mapping of str to str
            LaTeX for each name.

        Raises
        ------
        InvalidValue
            When one is not a symbol, means something else on every page, or is given to two names.
        """
        symbols: dict[str, RenamedSymbol] = {}
        owners: dict[str, str] = {}
        for name, source in names.items():
            symbol = read_symbol(source)
            if symbol.latex in _FIXED:
                raise InvalidValue(f"cannot show {name} as {symbol.latex}: it is {_FIXED[symbol.latex]}")
            if symbol.latex in owners:
                raise InvalidValue(f"cannot show both {owners[symbol.latex]} and {name} as {symbol.latex}")
            owners[symbol.latex], symbols[name] = name, symbol
        return Renaming(symbols)

    def printed(self, name: str, head: str, latex: str) -> None:
        """Take notice of what is printed for a name.

        Parameters
        ----------
        name : str
        head : str
            The name alone.
        latex : str
            With the indices that stand below it.

        Raises
        ------
        InvalidValue
            When another name is to be shown like that.
        """
        self.seen.add(name)
        for other, symbol in self.symbols.items():
            entry = head != latex and symbol.latex.startswith(f"{head}_")
            if other != name and (entry or symbol.latex == latex):
                raise InvalidValue(f"cannot show {other} as {symbol.latex}: {name} is shown like that on this page")

    def fixed(self, latex: str, what: str) -> None:
        """Take notice of a symbol that means the same on every page on which it is printed.

        Parameters
        ----------
        latex : str
        what : str
            What it means.

        Raises
        ------
        InvalidValue
            When a name is to be shown like that.
        """
        for name, symbol in self.symbols.items():
            if symbol.latex == latex:
                raise InvalidValue(f"cannot show {name} as {symbol.latex}: it is {what} on this page")

    def check(self) -> None:
        """Refuse names that are not on the page.

        Raises
        ------
        InvalidValue
            When a name was to be shown in another way, and is not there.
        """
        for name in self.symbols:
            if name not in self.seen:
                raise InvalidValue(f"cannot rename {name}: this page has {', '.join(sorted(self.seen)) or 'no names'}")
