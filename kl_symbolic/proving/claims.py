"""Claims: text, kernel statements and SymPy statements, read in one scope, with hypotheses.

Where names are not declared, their signatures are read off the text in the simple cases: a bare name is a number,
``p[i]`` under ``i in X`` is a family over X, ``p(x)`` under ``x in (0, oo)`` is a function of a number, and D in
``int(x in D: p(x))`` is a domain. Whatever is not that simple is refused, saying what to declare.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias, final

from ..kernel import Refused
from ..kernel.definitions import DEFINITIONS
from ..kernel.errors import need
from ..kernel.syntax import RESERVED, Scope
from ..kernel.terms import NAT, REAL, STATEMENTS, Node
from ..language.errors import InvalidType
from ..language.parser import declare, parse
from ..language.printer import text
from .spellings import antecedents, conjuncts, refuse_words

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
    for written in (*given, claim):
        if isinstance(written, str):
            refuse_words(written)
    known = names if isinstance(names, Mapping) else {}
    given = [h for g in given for h in (conjuncts(g, known) if isinstance(g, str) else [g])]
    sources = [*given, antecedents(claim, known) if isinstance(claim, str) else claim]
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
        declared = infer(texts, {**_variables(texts[:-1]), **declared})
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
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


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
        When a name is neither a bare number nor a family or function whose variables are bound in the text, or is one
        that readers take for a constant, such as e; the hint says what to write or declare.

    Examples
    --------
    >>> infer(["forall i in X: 0 < p[i]", "log(x) <= p[j] - 1"])
    {'X': 'set', 'j': 'X', 'p': 'X -> number', 'x': 'number'}
    >>> infer(["forall x in D: 0 <= p(x)", "int(x in (0, a): p(x)) = 1"])
    {'D': 'domain', 'a': 'number', 'p': 'number -> number'}
    """
    reader = _Inference(dict(known or {}))
    uses = [use for source in texts for use in reader.uses(source)]
    reader.divide(uses)
    reader.learn_all(uses)
    for use in uses:
        reader.number(use)
    reader.learn_all(uses)
    for use in uses:
        reader.settle(use)
    return dict(sorted(reader.names.items()))


@final
@dataclass(frozen=True, slots=True)
class _Use:
    """An occurrence of a free name, with its arguments and the names bound around it with their sets.

    ``number`` says whether it can be nothing but a number there: it is neither an index nor an operand that is a
    family.
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
        self.sets: dict[str, bool] = {}
        """The names over which a variable runs, and whether one is a set for sure: of a sum, and not only of ∀."""
        self.domains: set[str] = set()

    def uses(self, source: str) -> list[_Use]:
        """Return the occurrences of free names in a text; sets and domains are learnt at once."""
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
            elif token in (")", "]", "<=>") or (token == "," and around[-1:] == [("(", "deriv")]):
                # A variable of sum(...) ends with the bracket, one of forall at <=> too, and one of deriv at the comma.
                bound = [b for b in bound if b[0] < len(around)]
                around = around[: -1 if token in (")", "]") else None]
            elif token == "in" and not _binds(tokens, k) and _NAME.match(after) and after not in RESERVED:
                self.domains.add(after)
            opening, head = around[-1] if around else ("", "")
            binds = after == "in" and _binds(tokens, k + 1)
            if not _NAME.match(token) or token in RESERVED:
                continue
            if binds or (before == "(" and after == ":" and tokens[k - 2] in _SORTS):
                over = self._over(tokens, k, before, head) if binds else _SORTS[tokens[k - 2]]
                bound.append((len(around), token, over))
                continue
            if before == "in" or (opening, head) == ("(", "card"):
                if before != "in":
                    self.sets[token] = True
            elif all(token != name for _, name, _ in bound):
                arguments, end = _arguments(tokens[k + 1 :]) if after in ("(", "[") else ((), 0)
                alone = before in (":", "(", ",") and tokens[k + 1 + end : k + 2 + end] in ([")"], [","])
                number = opening != "[" and (not alone or _has_numbers(head))
                bracket = after if arguments else ""
                found.append(_Use(token, bracket, arguments, {name: over for _, name, over in bound}, number))
        return found

    def _over(self, tokens: Sequence[str], k: int, before: str, head: str) -> str:
        """Return what the variable at place k, which is bound there, runs over, and learn what that is."""
        over = tokens[k + 2]
        if over in ("(", "reals", "nats", REAL):
            return REAL
        if over != NAT and before == "(" and head == "int":
            self.domains.add(over)
        elif over != NAT:
            self.sets[over] = self.sets.get(over, False) or before != "forall"
        return over

    def divide(self, uses: Sequence[_Use]) -> None:
        """Learn which of the names over which variables run are sets, and which are domains."""
        unclear: dict[str, str] = {}
        for use in uses:
            over = [use.bound.get(argument, "") for argument in use.arguments]
            if use.bracket == "[":
                self.sets.update(dict.fromkeys((s for s in over if s in self.sets), True))
            elif use.number and use.name not in self.names and len(over) == 1 and not self.sets.get(over[0], True):
                self.domains.add(over[0])
            elif use.number and use.name not in self.names:
                unclear.update(dict.fromkeys((s for s in over if s in self.sets), use.name))
        for name, sure in self.sets.items():
            if name in unclear and not sure and name not in self.domains and name not in self.names:
                what = f"{name} is an index set or a domain of integration: {unclear[name]}(...) does not tell which"
                raise Refused(what, {"declare_all_names_as_in": f"names={{'{name}': 'domain', ...}}"})
        for name in (*self.domains, *self.sets):
            self.names.setdefault(name, "domain" if name in self.domains else "set")

    def learn_all(self, uses: Sequence[_Use]) -> None:
        """Learn from the uses until nothing is new."""
        found = -1
        while found != len(self.names):
            found = len(self.names)
            for use in uses:
                self.learn(use)

    def learn(self, use: _Use) -> None:
        """Learn a family or a function from its arguments, and free indices from their family."""
        words = [word for argument in use.arguments for word in _WORD.findall(argument)]
        over_numbers = any(self._over_numbers(use.bound.get(word, "")) for word in words)
        known = use.name not in _FUNCTIONS and use.name not in _FOREIGN
        called = use.bracket == "(" and known and (use.number or over_numbers)
        if use.bracket != "[" and not called:
            return
        if use.name in self.names:
            over, arrow, _ = self.names[use.name].rpartition(" -> ")
            for argument, index_set in zip(use.arguments, over.split(", ") if arrow else (), strict=False):
                if _NAME.match(argument) and argument not in use.bound and argument not in RESERVED:
                    self.names.setdefault(argument, index_set)
            return
        sorts = [self._sort(argument, use, called) for argument in use.arguments]
        if called and over_numbers and len(sorts) == 1:
            sorts = [REAL]
        if (over_numbers or not called) and all(s not in ("", "set") and " " not in s for s in sorts):
            self.names[use.name] = f"{', '.join(sorts)} -> number"

    def _over_numbers(self, over: str) -> bool:
        return over == REAL or self.names.get(over) in ("domain", "interval")

    def _sort(self, argument: str, use: _Use, called: bool) -> str:
        """Return the set of an argument, or that it is a number; nothing where that is not clear."""
        over = use.bound.get(argument) or self.names.get(argument, "")
        if not called:
            return "" if over == REAL else over
        if self._over_numbers(over) or not _NAME.match(argument):
            return REAL
        return "" if over == NAT else over  # a natural number may also stand as a number

    def number(self, use: _Use) -> None:
        """Declare what stands bare, and is not taken for a constant, as a number."""
        if use.number and not use.bracket and use.name != "pi" and use.name not in _CONSTANTS:
            self.names.setdefault(use.name, REAL)

    def settle(self, use: _Use) -> None:
        """Refuse what is still unknown."""
        if use.name in self.names or (use.name == "pi" and use.number and not use.bracket):
            return
        if use.bracket == "(" and use.name in _NOTATION:
            return
        if use.bracket == "(" and use.name in _FUNCTIONS:
            raise Refused(f"{use.name} is not a function of the language", {"write": _FUNCTIONS[use.name]})
        if use.bracket == "(" and use.name in _FOREIGN:
            hint = f"declare all names: names={{'{use.name}': 'number -> number', ...}}"
            raise Refused(f"{use.name} is not a function of the language", {"for_any_function": hint})
        if use.number and not use.bracket and use.name in _CONSTANTS:
            raise _not_a_constant(use.name)
        hint = "names={'X': 'set', 'p': 'X -> number', 'i': 'X', 'f': 'X -> X', 'a': 'number'}"
        raise Refused(f"the signature of {use.name} cannot be inferred", {"declare_all_names_as_in": hint})


_SORTS = {"lim": NAT, "deriv": REAL}
"""The sorts of the variables of a limit and of a derivative, which the text does not say."""
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
_NOTATION = ("H", "I", "D")
"""Entropy, mutual information and divergence, unless they are declared; the parser checks what they are about."""
_FUNCTIONS = {
    "log1p": "log(1 + x)",
    "expm1": "exp(x) - 1",
    "gamma": "Gamma(x)",
    "factorial": "Gamma(x + 1)",
    "lgamma": "log(Gamma(x))",
    "loggamma": "log(Gamma(x))",
    "gammaln": "log(Gamma(x))",
    "sinh": "(exp(x) - exp(-x))/2",
    "cosh": "(exp(x) + exp(-x))/2",
    "tanh": "(exp(x) - exp(-x))/(exp(x) + exp(-x))",
    **dict.fromkeys(("max", "Max", "min", "Min"), "two claims, one for each operand"),
}
"""Functions of other languages, and what they are in this one."""
_FOREIGN = frozenset(
    "sin cos tan cot sec csc asin acos atan arcsin arccos arctan erf erfc zeta beta sign sgn floor ceil "
    "re im polygamma".split()
)
"""Functions that the language lacks: none is taken for an arbitrary function unless it is declared."""


_EULER = Fraction(27182818, 10**7)
_BOUND = re.compile(
    r"\s*(?:(?P<first>[eE])\s*(?P<sign><=?|>=?)\s*(?P<above>\d+(?:/\d+)?)|(?P<below>\d+(?:/\d+)?)\s*(?P<turned><=?|>=?)\s*(?P<last>[eE]))\s*\Z"
)


def _variables(hypotheses: Sequence[str]) -> dict[str, str]:
    """Return declarations of the names e and E that a hypothesis bounds as the constant is not: they are variables."""
    found = {}
    for match in filter(None, map(_BOUND.match, hypotheses)):
        value = Fraction(match["above"] or match["below"])
        at_most = (match["sign"] or match["turned"]).startswith("<") == bool(match["first"])
        if (value < _EULER) if at_most else (value > _EULER + 1):
            found[match["first"] or match["last"]] = REAL
    return found


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


def _binds(tokens: Sequence[str], k: int) -> bool:
    """Whether the word ``in`` at place k binds a variable: a colon stands behind what it runs over."""
    end = k + 2 if tokens[k + 1] != "(" else k + 1 + _arguments(tokens[k + 1 :])[1]
    return tokens[min(end, len(tokens) - 1)] == ":"


def _arguments(tokens: Sequence[str]) -> tuple[tuple[str, ...], int]:
    """Return the texts between the brackets that open first, split at the outer commas, and the number of tokens."""
    level, parts, end = 0, [""], 0
    for token in tokens:
        end += 1
        level += (token in ("(", "[")) - (token in (")", "]"))
        if level == 0:
            break
        if token == "," and level == 1:
            parts.append("")
        elif level > 1 or token not in ("(", "["):
            parts[-1] += token
    return tuple(parts), end
