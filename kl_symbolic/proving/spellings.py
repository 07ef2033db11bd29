"""Claims as people write them: sqrt, ln, decimals, ≤, |x| and the like, put into the statement language.

Only what can mean one thing is read. The statement that a claim becomes is what an answer shows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from fractions import Fraction

from ..kernel import Refused
from ..language.parser import place

__all__ = ["antecedents", "conjuncts", "refuse_words"]

_SIGNS = {"≤": "<=", "≥": ">=", "≠": "!=", "**": "^", "⇒": "=>", "⇔": "<=>", "·": "*", "−": "-", "∞": "oo"}
"""Signs, and how the statement language spells them."""
_LOGARITHMS = {"log2": "2", "log10": "10"}
"""Logarithms to a base: quotients of two logarithms."""
_TOKEN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*|\d+\.\d+|\d+|\*\*|<=>|=>|->|<=|>=|!=|\|\||\s+|.", re.DOTALL)
_COMPARED = ("<", "<=", ">", ">=", "=", "!=")
_ARROWS = {"=>", "<=>", "->", ":"}
"""The tokens of a statement that is more than a chain of comparisons."""
_ENDS = re.compile(r"[A-Za-z0-9_)\]]\Z")
"""The end of an operand: a bar behind it closes an absolute value, and any other bar opens one."""


def _plain(source: str, names: Collection[str] = ()) -> str:
    """Return a text with each sign and function in the spelling of the statement language; others stay as they are."""
    tokens = [_SIGNS.get(token, _decimal(token)) for token in _TOKEN.findall(source)]
    return re.sub(
        r"forall\s+((?:\w+\s*,\s*)+\w+)\s+in\s+(\w+)\s*:", _each, "".join(_functions(_bars(tokens, names), names))
    )


def conjuncts(source: str, names: Collection[str] = ()) -> list[str]:
    """Return what a hypothesis says, each comparison of a chain and each part of ``and`` by itself.

    Parameters
    ----------
    source : str
    names : collection of str, optional
        Declared names.

    Examples
    --------
    >>> conjuncts("0 < x < 1 and y ≥ 2")
    ['0 < x', 'x < 1', 'y >= 2']
    >>> conjuncts("forall i in X: 0 < p[i] < 1")
    ['forall i in X: 0 < p[i]', 'forall i in X: p[i] < 1']
    """
    return [link for part in _split(_TOKEN.findall(_plain(source, names)), ("and",))[0] for link in _links(part)]


def antecedents(source: str, names: Collection[str] = ()) -> str:
    """Return the text of a claim in the statement language, in which ``a and b => c`` is ``a => b => c``.

    Parameters
    ----------
    source : str
        A claim in the spelling of textbooks; what is not understood is left for the parser to refuse.
    names : collection of str, optional
        Declared names: a declared function of the name ``ln`` is that one.

    Examples
    --------
    >>> antecedents("|x| ≤ sqrt(x**2 + 0.5)")
    'abs(x) <= ((x^2 + (1/2))^(1/2))'
    >>> antecedents("forall i, j in X: ln(p[i]) <= log2(8)")
    'forall i in X: forall j in X: log(p[i]) <= (log(8)/log(2))'
    >>> antecedents("0 < x and y > 0 => x*y > 0")
    '0 < x => y > 0 => x*y > 0'
    """
    text = _plain(source, names)
    (*left, right), signs = _split(_TOKEN.findall(text), ("=>", "<=>"))
    if "<=>" in signs or text.lstrip().startswith("forall"):
        return text
    pieces = (piece for part in left for piece in _split(_TOKEN.findall(part), ("and",))[0])
    return " => ".join([*(link for piece in pieces for link in _links(piece)), right])


_E = re.compile(r"\be\b")
_WORDS: tuple[tuple[re.Pattern[str], str, Callable[[re.Match[str]], str]], ...] = (
    (
        re.compile(r"\b(\w+)(?:\s*(?:,|and)\s*\w+)*\s+(?:is|are)\s+(?:an?\s+)?(?:probability\s+)?distributions?\b"),
        "expected a statement, not words",
        lambda found: f"forall i in X: 0 <= {found[1]}[i]; sum(i in X: {found[1]}[i]) = 1; the same for others",
    ),
    (
        re.compile(r"\blim\s+(\w+)\s*->\s*(?:oo|∞)\s*:?(?P<inside>[^=]*)=(?P<value>.*)"),
        "expected a limit as lim(n: a) -> b",
        lambda found: f"lim({found[1]}: {found['inside'].strip()}) -> {re.sub(_E, 'exp(1)', found['value']).strip()}",
    ),
    (
        re.compile(r"\b(sum|prod)\s*\((?P<inside>[^:]*),\s*(?P<over>\w+\s+in\s+\w+)\s*\)"),
        "expected the variable before the summand",
        lambda found: f"{found[1]}({found['over']}: {found['inside'].strip()})",
    ),
    (
        re.compile(r"\b(sum|prod)\s*\(\s*(?P<name>\w+)\s*:"),
        "expected the set of the variable",
        lambda found: f"{found[1]}({found['name']} in X: ...)",
    ),
)
"""Ways to write that are not read, what was expected, and what to write instead."""


def refuse_words(source: str) -> None:
    """Refuse a text that says in words, or in the order of another language, what the statement language can say.

    Parameters
    ----------
    source : str
        A claim or a hypothesis.

    Raises
    ------
    Refused
        With what to write instead.

    Examples
    --------
    >>> refuse_words("sum(p[i]*x[i], i in X) = 1")
    Traceback (most recent call last):
        ...
    kl_symbolic.kernel.errors.Refused: expected the variable before the summand
      write: sum(i in X: p[i]*x[i])
      at:    line 1, column 1
        sum(p[i]*x[i], i in X) = 1
        ^
    """
    for pattern, reason, write in _WORDS:
        found = pattern.search(source)
        if found is not None:
            raise Refused(reason, {"write": write(found), "at": place(source, found.start())})


def _decimal(token: str) -> str:
    """Return a decimal as the fraction that it is."""
    return f"({Fraction(token)})" if "." in token and token != "." else token


def _conditions(tokens: list[str], names: Collection[str]) -> set[int]:
    """Return the places of the bars of H(X|Y), I(X; Y|Z) and D(p||q), which are not those of an absolute value."""
    found, around = set[int](), [""]
    for k, token in enumerate(tokens):
        if token in ("(", "["):
            before = next((t for t in reversed(tokens[:k]) if not t.isspace()), "")
            around.append(before if token == "(" and before not in names else "")
        elif token in (")", "]"):
            around = around[:-1] or [""]
        elif (token == "|" and around[-1] in ("H", "I")) or (token == "||" and around[-1] == "D"):
            found.add(k)
    return found


def _bars(tokens: list[str], names: Collection[str]) -> list[str]:
    """Replace bars by abs(…); none is one where two others stand together, or their number is odd."""
    conditions = _conditions(tokens, names)
    others = [token for k, token in enumerate(tokens) if token in ("|", "||") and k not in conditions]
    if "||" in others or len(others) % 2:
        return tokens
    out: list[str] = []
    for k, token in enumerate(tokens):
        if token == "|" and k not in conditions:
            before = "".join(out).rstrip()
            token = ")" if _ENDS.search(before) else "abs("
        out.append(token)
    return out


def _functions(tokens: list[str], names: Collection[str]) -> list[str]:
    """Replace sqrt(a), ln(a), log2(a) and log10(a) by what they stand for."""
    out: list[str] = []
    closing: list[str] = []
    called = False  # whether the next bracket is that of such a function, and is counted already
    for k, token in enumerate(tokens):
        follows = next((t for t in tokens[k + 1 :] if not t.isspace()), "")
        if follows == "(" and token not in names and token in ("sqrt", "ln", *_LOGARITHMS):
            quotient = "(log", f"/log({_LOGARITHMS.get(token)}))"
            opening, end = {"sqrt": ("(", "^(1/2))"), "ln": ("log", "")}.get(token, quotient)
            out.append(opening)
            closing.append(end)
            called = True
        elif token.endswith("("):
            out.append(token)
            closing += [] if called else [""]
            called = False
        elif token == ")" and closing:
            out += [token, closing.pop()]
        else:
            out.append(token)
    return out


def _each(found: re.Match[str]) -> str:
    """Return ``forall i in X: forall j in X:`` for ``forall i, j in X:``."""
    return " ".join(f"forall {name.strip()} in {found[2]}:" for name in found[1].split(","))


def _split(tokens: list[str], at: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Return the parts of a text between some words that stand in no brackets, and the words."""
    parts, words, depth = [""], list[str](), 0
    for token in tokens:
        depth += (token in ("(", "[")) - (token in (")", "]"))
        if depth == 0 and token in at:
            words.append(token)
            parts.append("")
        else:
            parts[-1] += token
    return [part.strip() for part in parts], words


def _links(source: str) -> list[str]:
    """Return the comparisons of a chain a < b < c, each with the universal quantifiers before it."""
    before = re.match(r"(?:forall\s+\w+\s+in\s+\w+\s*:\s*)*", source)
    prefix = before[0] if before else ""
    tokens = _TOKEN.findall(source[len(prefix) :])
    terms, signs = _split(tokens, _COMPARED)
    if len(signs) < 2 or not _ARROWS.isdisjoint(tokens):
        return [source]
    return [f"{prefix}{left} {sign} {right}" for left, sign, right in zip(terms, signs, terms[1:], strict=False)]
