"""Certificates, and ``check``: the only maker of theorems.

A certificate is a canonical JSON text. It declares names, claims Γ ⊢ φ, names the lemmas that it cites together
with the digests of their statements, and lists lines: rule, arguments, premises and *not* a conclusion. ``check``
replays the lines and compares what the last one says with the claim.
"""

import json
from collections.abc import Mapping
from dataclasses import InitVar, dataclass
from hashlib import sha256
from typing import Any, NamedTuple, final

from .errors import InvalidType, Refused, need
from .normal_form import Budget
from .statements import Sequent, derive
from .syntax import MAX_DIGITS, Scope, bound_nesting, decode, encode, read_scope
from .table import AXIOM_OF, a_list, apply_rule, instantiate
from .terms import Node

FORMAT = "kl_symbolic certificate 1"
KEYS = ("format", "name", "names", "hypotheses", "conclusion", "uses", "lines", "story")

_MAX_BYTES, _MAX_LINES, _MAX_LIST, MAX_WORK = 1_000_000, 5_000, 200, 500_000
"""Bounds under which any file is decided in bounded time and memory: tests try the worst files that were found."""
_SEAL = object()


class Line(NamedTuple):
    """A replayed line of a certificate.

    Parameters
    ----------
    rule : str
        The rule that was applied.
    premises : tuple of int
        The numbers of the lines that it used.
    lemma : str
        The lemma that it cited, or the empty string.
    sequent : Sequent
        What it shows.

    Examples
    --------
    >>> import kl_symbolic as kl
    >>> kl.theorem("log_one").checked.lines[0].rule
    'pos'
    """

    rule: str
    premises: tuple[int, ...]
    lemma: str
    sequent: Sequent


@final
@dataclass(frozen=True, slots=True, repr=False)
class CheckedTheorem:
    """A theorem Γ ⊢ φ that ``check`` returned for a certificate. Nothing else makes one.

    Parameters
    ----------
    name : str
        The name of the theorem.
    scope : mapping
        The names that occur in the statement, with their signatures.
    hypotheses : tuple of Node
        Γ, in the order of the claim.
    conclusion : Node
        φ.
    axioms : tuple of str
        The axioms that the proof rests on, its lemmas' included, sorted.
    uses : tuple of str
        The lemmas that it cites directly, sorted.
    lines : tuple of Line
        The replayed lines.
    story : object
        What the author wants shown; the kernel does not look at it.
    certificate : str
        The text that was checked.
    seal : object
        Known to ``check`` only.

    Examples
    --------
    >>> import kl_symbolic as kl
    >>> kl.theorem("log_one").checked.axioms
    ('log_mul',)
    """

    name: str
    scope: Scope
    hypotheses: tuple[Node, ...]
    conclusion: Node
    axioms: tuple[str, ...]
    uses: tuple[str, ...]
    lines: tuple[Line, ...]
    story: Any
    certificate: str
    seal: InitVar[object]

    def __post_init__(self, seal: object) -> None:
        if seal is not _SEAL:
            raise InvalidType("a CheckedTheorem is what kernel.check returns for a certificate, nothing else")


def check(certificate: str, lemmas: Mapping[str, CheckedTheorem] | None = None) -> CheckedTheorem:
    """Replay a certificate and return the theorem that it proves.

    Parameters
    ----------
    certificate : str
        The canonical text.
    lemmas : mapping of str to CheckedTheorem, optional
        The theorems that it may cite. They were checked before, so nothing can cite itself.

    Returns
    -------
    CheckedTheorem
        What the certificate claims, with the axioms and lemmas that it rests on.

    Raises
    ------
    Refused
        With the line and the rule, when anything is not exactly as it must be.

    Examples
    --------
    >>> import kl_symbolic as kl
    >>> check(kl.theorem("log_one").certificate()).name
    'log_one'
    """
    data = parse(certificate)
    name = data["name"]
    need(type(name) is str and name.isidentifier() and name.isascii(), "expected an ASCII identifier", got=name)
    scope, budget = read_scope(data["names"]), Budget(MAX_WORK)
    # A node holds a set of its names, so what is read costs by their number.
    budget.spend(len(certificate) // 8 * (1 + len(scope) // 8))
    need(1 <= len(data["lines"]) <= _MAX_LINES, f"expected 1 to {_MAX_LINES} lines", got=len(data["lines"]))
    need(len(data["hypotheses"]) <= _MAX_LIST, f"at most {_MAX_LIST} hypotheses can be claimed")
    hypotheses = tuple(decode(h, "statement", scope) for h in data["hypotheses"])
    conclusion = decode(data["conclusion"], "statement", scope)
    cited = _lemmas(data["uses"], lemmas or {})
    lines = _run(data["lines"], scope, cited, budget)
    _compare(lines[-1].sequent, hypotheses, conclusion)
    _all_used(data["lines"], lines, scope, cited)
    names = conclusion.names.union(*(h.names for h in hypotheses))
    axioms = ({AXIOM_OF.get(line.rule, "") for line in lines} - {""}).union(*(t.axioms for t in cited.values()))
    known = (_restrict(scope, names), hypotheses, conclusion, tuple(sorted(axioms)), tuple(cited))
    return CheckedTheorem(name, *known, lines, data["story"], certificate, _SEAL)


def dump(data: Mapping[str, Any]) -> str:
    """Return the canonical text of a certificate: one line of text for each line of proof."""
    rows = []
    for key, value in data.items():
        split = key in ("hypotheses", "lines", "story") and bool(value)
        shown = "[\n" + ",\n".join(map(_compact, value)) + "\n]" if split else _compact(value)
        rows.append(f"{_compact(key)}: {shown}")
    return "{\n" + ",\n".join(rows) + "\n}\n"


_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def canonical_statement(scope: Scope, hypotheses: tuple[Node, ...], conclusion: Node) -> str:
    """Return Γ as a sorted set, φ, and the signatures of the names that occur, as one text.

    Parameters
    ----------
    scope : mapping
        The declared names; those that do not occur are left out.
    hypotheses : tuple of Node
        Γ, in any order.
    conclusion : Node
        φ.

    Returns
    -------
    str
        The same text for the same statement; :func:`digest` is its hash.

    Examples
    --------
    >>> import kl_symbolic as kl
    >>> found = kl.theorem("log_one").checked
    >>> canonical_statement(found.scope, found.hypotheses, found.conclusion)
    '[{},[],["=",["log",1],0]]'
    """
    used = _restrict(scope, conclusion.names.union(*(h.names for h in hypotheses)))
    return _compact([dict(sorted(used.items())), sorted(_compact(encode(h)) for h in hypotheses), encode(conclusion)])


def digest(theorem: CheckedTheorem) -> str:
    """Return the SHA-256 of a theorem's canonical statement.

    Parameters
    ----------
    theorem : CheckedTheorem
        A theorem that was checked.

    Returns
    -------
    str
        64 hexadecimal digits; a certificate that cites the theorem holds them.

    Examples
    --------
    >>> import kl_symbolic as kl
    >>> len(digest(kl.theorem("log_one").checked))
    64
    """
    return sha256(canonical_statement(theorem.scope, theorem.hypotheses, theorem.conclusion).encode()).hexdigest()


def _restrict(scope: Scope, names: frozenset[str]) -> Scope:
    """Return the part of *scope* that *names* and their signatures need."""
    needed = names.union(*((*over, values) for n, (over, values) in scope.items() if n in names))
    return {n: s for n, s in scope.items() if n in needed}


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    need(len(dict(pairs)) == len(pairs), "a key appears twice", keys=[k for k, _ in pairs])
    return dict(pairs)


def _integer(digits: str) -> int:
    need(len(digits) <= MAX_DIGITS, f"an integer has {len(digits)} digits; at most {MAX_DIGITS} are read")
    return int(digits)


def _no_float(literal: str) -> Any:
    raise Refused('expected an exact number, an integer or a fraction such as "7/10"', {"got": literal})


def parse(source: str) -> dict[str, Any]:
    """Read the canonical JSON of a certificate, and nothing else.

    Raises
    ------
    Refused
        When the text is too long, nested too deeply, no JSON, or not byte for byte what ``dump`` writes.
    """
    need(len(source) <= _MAX_BYTES, f"the certificate has {len(source)} characters; at most {_MAX_BYTES} are read")
    bound_nesting(source)
    try:
        hooks: dict[str, Any] = {"parse_int": _integer, "parse_float": _no_float, "parse_constant": _no_float}
        data: dict[str, Any] = json.loads(source, object_pairs_hook=_unique, **hooks)
    except json.JSONDecodeError as error:
        raise Refused(f"not JSON: {error}", {}) from None
    need(type(data) is dict and tuple(data) == KEYS, f"expected an object with the keys {', '.join(KEYS)}")
    need(data["format"] == FORMAT, f"expected the format {FORMAT!r}", got=data["format"])
    need(all(type(data[k]) is list for k in ("hypotheses", "lines", "story")), "hypotheses, lines, story must be lists")
    need(dump(data) == source, "the certificate is not in canonical form")
    return data


def _lemmas(uses: Any, theorems: Mapping[str, CheckedTheorem]) -> dict[str, CheckedTheorem]:
    need(type(uses) is dict and [*uses] == sorted(uses), "uses must be an object of names and digests, sorted")
    for name, expected in uses.items():
        theorem = theorems.get(name)
        need(type(theorem) is CheckedTheorem and theorem.name == name, f"there is no theorem for the lemma {name!r}")
        found = digest(theorems[name])
        need(found == expected, f"the lemma {name!r} has another statement", expected=expected, got=found)
    return {name: theorems[name] for name in uses}


def _run(rows: list[Any], scope: Scope, lemmas: dict[str, CheckedTheorem], budget: Budget) -> tuple[Line, ...]:
    lines: list[Line] = []
    for number, row in enumerate(rows):
        try:
            lines.append(_step(row, lines, scope, lemmas, budget))
        except Refused as refusal:
            rule = row[0] if type(row) is list and row and type(row[0]) is str else "?"
            raise Refused(refusal.reason, refusal.parts, number, rule) from None
    return tuple(lines)


def _step(row: Any, lines: list[Line], scope: Scope, lemmas: dict[str, CheckedTheorem], budget: Budget) -> Line:
    rule, args, numbers = a_list(row, 3)
    for k in a_list(numbers):
        need(type(k) is int and 0 <= k < len(lines), "a premise must be the number of an earlier line", got=k)
    need(len(numbers) <= _MAX_LIST, f"at most {_MAX_LIST} premises can be given", got=len(numbers))
    premises = tuple(lines[k].sequent for k in numbers)
    budget.spend(sum(s.size for p in premises for s in (p.conclusion, *p.hypotheses)))
    if rule != "cite":
        return Line(rule, tuple(numbers), "", apply_rule(rule, args, premises, scope, budget))
    name, value = a_list(args, 2)
    need(type(name) is str and name in lemmas, "expected a lemma that is listed in uses", got=name)
    source = derive(lemmas[name].conclusion, add=lemmas[name].hypotheses)
    return Line(rule, tuple(numbers), name, instantiate(source, lemmas[name].scope, value, premises, scope, budget))


def _compare(last: Sequent, hypotheses: tuple[Node, ...], conclusion: Node) -> None:
    need(last.conclusion == conclusion, "the last line is not the claim", claimed=conclusion, shown=last.conclusion)
    claimed, used = dict.fromkeys(hypotheses), dict.fromkeys(last.hypotheses)
    extra, lost = [h for h in used if h not in claimed], [h for h in claimed if h not in used]
    need(len(claimed) == len(hypotheses), "a hypothesis is claimed twice")
    need(not extra, "the proof uses a hypothesis that is not claimed", hypothesis=tuple(extra))
    need(not lost, "the proof does not have a claimed hypothesis", hypothesis=tuple(lost))
    stray = sorted(last.points.difference(conclusion.points, *(h.points for h in hypotheses)))
    need(not stray, "the proof presupposes points that the statement does not mention", points=stray)


def _all_used(rows: list[Any], lines: tuple[Line, ...], scope: Scope, lemmas: dict[str, CheckedTheorem]) -> None:
    used = {k for line in lines for k in line.premises} | {len(lines) - 1}
    unused = [f"line {k}" for k in range(len(lines)) if k not in used]
    need(len(set(map(repr, rows))) == len(rows), "a line appears twice")
    shown = (*(line.sequent.conclusion for line in lines), *lines[-1].sequent.hypotheses)
    names = frozenset(row[1][0] for row in rows if row[0] == "gen").union(*(statement.names for statement in shown))
    unused += [n for n in lemmas if all(line.lemma != n for line in lines)]
    unused += [n for n in scope if n not in _restrict(scope, names)]
    need(not unused, "declared but not used", unused=unused)
