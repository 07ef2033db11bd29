"""Claims: text, kernel statements and SymPy statements, read in one scope, with hypotheses.

Where names are not declared, their signatures are read off the text in the simple cases: a bare name is a number,
``p[i]`` under ``i in X`` is a family over X. Whatever is not that simple is refused, saying what to declare.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, final

from ..kernel import Refused
from ..kernel.definitions import DEFINITIONS
from ..kernel.errors import need
from ..kernel.syntax import RESERVED, Scope
from ..kernel.terms import NAT, STATEMENTS, Node
from ..language.errors import InvalidType
from ..language.parser import declare, parse
from ..language.printer import text

if TYPE_CHECKING:
    import sympy

__all__ = ["Claim", "Statement", "infer", "read_claim"]

Statement: TypeAlias = "str | Node | sympy.Basic"
"""Text in the statement language, a kernel statement, or a SymPy relation, implication or ``ForAll``."""


@final
@dataclass(frozen=True, slots=True)
class Claim:
    """A claim that was read.

    Parameters
    ----------
    names : dict of str to str
        Signatures of the declared names.
    hypotheses : tuple of Node
        What the assumptions on SymPy symbols say, then what was given; without repetition.
    statement : Node
    """

    names: Mapping[str, str]
    hypotheses: tuple[Node, ...]
    statement: Node

    @property
    def scope(self) -> Scope:
        """The declared names, as the kernel has them."""
        return declare(self.names)


def read_claim(claim: Statement, given: Sequence[Statement], names: Mapping[str, str] | None) -> Claim:
    """Read a claim and its hypotheses in one scope.

    Parameters
    ----------
    claim : Statement
    given : sequence of Statement
    names : mapping of str to str or None
        Signatures; None to infer them.

    Raises
    ------
    Refused
        When something cannot be read, or a signature cannot be inferred.
    """
    if isinstance(given, str | Node) or not isinstance(given, Sequence):
        raise InvalidType(f"expected a sequence of hypotheses, such as ['0 < x'], got {given!r}")
    sources = [*given, claim]
    if names is not None and not (isinstance(names, Mapping) and all(isinstance(name, str) for name in names)):
        raise InvalidType(f"expected names as a dict of signatures, such as {{'x': 'number'}}, got {names!r}")
    for source in sources:
        if isinstance(source, Node):
            fits = source.op in STATEMENTS and not source.loose
            need(fits, "expected a closed statement", got=source)
    foreign = [s for s in sources if not isinstance(s, str | Node)]
    declared = dict(names or {})
    scope = declare(declared) if names is not None else None
    extra: tuple[Node, ...] = ()
    terms: list[Node] = []
    if foreign:
        from ..sympy_bridge import read_sympy

        imported = read_sympy(*foreign, scope=scope)
        terms, extra = list(imported.terms), imported.hypotheses
        declared.update({n: _signature(*s) for n, s in imported.scope.items()})
    if names is None:
        texts = [s if isinstance(s, str) else text(s) for s in sources if isinstance(s, str | Node)]
        declared = infer(texts, declared)
    scope = declare(declared)
    read = []
    for source in sources:
        if isinstance(source, str):
            read.append(parse(source, "statement", scope))
        elif isinstance(source, Node):
            # Through the text and back, so that a statement about other names than the declared ones is refused.
            again = parse(text(source), "statement", scope)
            need(again == source, "expected a statement about the declared names", got=source)
            read.append(source)
        else:
            node = terms.pop(0)
            need(node.op in STATEMENTS, "expected a statement, got a number", got=node)
            read.append(node)
    *hypotheses, statement = read
    return Claim(declared, tuple(dict.fromkeys((*extra, *hypotheses))), statement)


def _signature(over: tuple[str, ...], values: str) -> str:
    return f"{', '.join(over)} -> {values}" if over else values


# --- signatures from text ------------------------------------------------------------------------------------------

_TOKEN = re.compile(r"[A-Za-z][A-Za-z0-9_]*|[0-9]+|<=>|=>|->|<=|!=|\S")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z")


def infer(texts: Sequence[str], known: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return signatures for all free names in some texts.

    Parameters
    ----------
    texts : sequence of str
    known : mapping of str to str, optional
        Signatures that are known already.

    Raises
    ------
    Refused
        When a name is neither a bare number nor a family whose indices are bound in the text, or is one that readers
        take for a constant, such as e; the hint says what to write or declare.

    Examples
    --------
    >>> infer(["forall i in X: 0 < p[i]", "log(x) <= p[j] - 1"])
    {'X': 'set', 'j': 'X', 'p': 'X -> number', 'x': 'number'}
    """
    reader = _Inference(dict(known or {}))
    uses = [use for source in texts for use in reader.uses(source)]
    found = -1
    while found != len(reader.names):
        found = len(reader.names)
        for use in uses:
            reader.learn(use)
    for use in uses:
        reader.settle(use)
    return dict(sorted(reader.names.items()))


@final
@dataclass(frozen=True, slots=True)
class _Use:
    """An occurrence of a free name, with its arguments and the names bound around it with their sets.

    ``number`` says whether a bare name can be nothing but a number there: it is neither an index nor an operand
    that is a family.
    """

    name: str
    bracket: str
    arguments: tuple[str, ...]
    bound: Mapping[str, str]
    number: bool


@final
class _Inference:
    """Signatures that were found so far."""

    def __init__(self, names: dict[str, str]) -> None:
        self.names = names

    def uses(self, source: str) -> list[_Use]:
        """Return the occurrences of free names in a text; sets are learnt at once."""
        need(isinstance(source, str), "expected the text of a statement", got=source)
        if "π" in source:
            raise _not_a_constant("π")
        tokens = ["", "", *_TOKEN.findall(source), "", ""]
        around: list[tuple[str, str]] = []  # what opened each bracket, and the word before it
        bound: list[tuple[int, str, str]] = []
        found = []
        for k in range(2, len(tokens) - 2):
            before, token, after = tokens[k - 1 : k + 2]
            if token in ("(", "["):
                around.append((token, before))
            elif token in (")", "]", "<=>"):
                # A variable of sum(...) ends with the bracket, one of forall at <=> too.
                bound = [b for b in bound if b[0] < len(around)]
                around = around[: -1 if token != "<=>" else None]
            if not _NAME.match(token) or token in RESERVED or after == "in" or tokens[k - 2 : k] == ["lim", "("]:
                over = NAT if after == ":" else tokens[k + 2] if after == "in" else ""
                bound += [(len(around), token, over)] if over else []
                self._is_set(over)
                continue
            if before == "in" or around[-1:] == [("(", "card")]:
                self._is_set(token)
            elif all(token != name for _, name, _ in bound):
                opening, head = around[-1] if around else ("", "")
                alone = before in (":", "(", ",") and after in (")", ",")
                number = opening != "[" and (not alone or _has_numbers(head))
                arguments = _arguments(tokens[k + 1 :]) if after in ("(", "[") else ()
                bracket = after if arguments else ""
                found.append(_Use(token, bracket, arguments, {name: over for _, name, over in bound}, number))
        return found

    def _is_set(self, name: str) -> None:
        if name not in ("", NAT):
            self.names.setdefault(name, "set")

    def learn(self, use: _Use) -> None:
        """Learn a family from its indices, and free indices from their family."""
        if use.bracket != "[":
            return
        if use.name in self.names:
            over, arrow, _ = self.names[use.name].rpartition(" -> ")
            for argument, index_set in zip(use.arguments, over.split(", ") if arrow else (), strict=False):
                if _NAME.match(argument) and argument not in use.bound:
                    self.names.setdefault(argument, index_set)
            return
        sets = [use.bound.get(a, self.names.get(a, "")) for a in use.arguments]
        if all(s not in ("", "number", "set") and " " not in s for s in sets):
            self.names[use.name] = f"{', '.join(sets)} -> number"

    def settle(self, use: _Use) -> None:
        """Declare what is still unknown as a number, if it stands bare; else refuse."""
        if use.name in self.names:
            return
        if use.name == "pi" and use.number and not use.bracket:
            return  # the number π
        if use.bracket == "(" and use.name in _FUNCTIONS:
            raise Refused(f"{use.name} is not a function of the language", {"write": _FUNCTIONS[use.name]})
        if use.number and not use.bracket and use.name in _CONSTANTS:
            raise _not_a_constant(use.name)
        if use.bracket or not use.number:
            hint = "names={'X': 'set', 'p': 'X -> number', 'i': 'X', 'f': 'X -> X', 'a': 'number'}"
            raise Refused(f"the signature of {use.name} cannot be inferred", {"declare_all_names_as_in": hint})
        self.names[use.name] = "number"


_NO_INFINITY = "the language has real numbers only: leave the bound away, or state a limit, as 'lim(n: u[n]) -> a'"
_CONSTANTS = {
    **dict.fromkeys(("e", "E"), "exp(1)"),
    **dict.fromkeys(("Pi", "PI", "π"), "pi"),
    **dict.fromkeys(("inf", "Inf", "INF", "infinity", "Infinity", "infty"), _NO_INFINITY),
    **dict.fromkeys(("nan", "NaN", "NAN"), "the language has real numbers only"),
    "I": "the language has real numbers only",
}
"""Names that readers take for constants, and what to write instead. None is taken for a variable unless it is declared:
e^x >= 1 + x would be refuted at e = 1."""
_FUNCTIONS = {
    "ln": "log(x)",
    "log2": "log(x)/log(2)",
    "log10": "log(x)/log(10)",
    "log1p": "log(1 + x)",
    "expm1": "exp(x) - 1",
    "sqrt": "x^(1/2)",
}
"""Functions of other languages, and what they are in this one."""


def _not_a_constant(name: str) -> Refused:
    declared = f"declare all names: names={{'{name}': 'number', ...}}"
    parts: dict[str, object] = {"for_the_constant": _CONSTANTS[name]}
    if _NAME.match(name):
        parts["for_a_variable"] = declared
    return Refused(f"{name} is read neither as a constant nor, unless it is declared, as a variable", parts)


def _has_numbers(head: str) -> bool:
    """Whether a bare name that is a whole operand of *head* is a number."""
    if head in DEFINITIONS:
        return all(sort == "number" for sort in DEFINITIONS[head][0].values())
    return head != "delta" and (head in RESERVED or not _NAME.match(head))


def _arguments(tokens: Sequence[str]) -> tuple[str, ...]:
    """Return the texts between the brackets that open first, split at the outer commas."""
    level, parts = 0, [""]
    for token in tokens:
        level += (token in ("(", "[")) - (token in (")", "]"))
        if level == 0:
            break
        if token == "," and level == 1:
            parts.append("")
        elif level > 1 or token not in ("(", "["):
            parts[-1] += token
    return tuple(parts)
