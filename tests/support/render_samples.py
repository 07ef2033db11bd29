"""Small checked theorems for the tests of the renderer, from certificates written by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

from kl_symbolic.kernel import CheckedTheorem, check
from kl_symbolic.kernel.certificate import FORMAT, dump
from kl_symbolic.kernel.rules import HOLE
from kl_symbolic.kernel.syntax import encode
from kl_symbolic.language.parser import declare, parse
from kl_symbolic.render import html, latex, markdown, text
from kl_symbolic.render.html import notebook
from kl_symbolic.render.latex.aligned import LINE
from kl_symbolic.render.model import STATED, Document, Provenance, document_of_narrative, document_of_theorem
from kl_symbolic.render.model.document import Statement, leaves
from kl_symbolic.render.model.notation import Notation, Value

Row = tuple[str, Sequence[Any], Sequence[int]]


def theorem(
    names: Mapping[str, str],
    hypotheses: Sequence[str],
    conclusion: str,
    rows: Sequence[Row],
    story: Sequence[Sequence[Any]] = (),
    name: str = "sample",
) -> CheckedTheorem:
    """Check a certificate whose statements and terms are text; an argument ``"statement: …"`` is read as its sort."""
    scope = declare(names)
    return check(
        dump(
            {
                "format": FORMAT,
                "name": name,
                "names": dict(sorted(names.items())),
                "hypotheses": [encode(parse(h, "statement", scope)) for h in hypotheses],
                "conclusion": encode(parse(conclusion, "statement", scope)),
                "uses": {},
                "lines": [[rule, [_argument(a, scope) for a in args], list(used)] for rule, args, used in rows],
                "story": [list(entry) for entry in story],
            }
        )
    )


def _argument(value: Any, scope: Any) -> Any:
    if not isinstance(value, str) or ": " not in value:
        return value
    sort, _, source = value.partition(": ")
    if sort in ("statement", "number"):
        return encode(parse(source, sort, scope))
    # a template over one index set, with the symbol hole for what is replaced
    template = parse(source, "number", {**scope, "hole": ((sort,), "number") if sort != "plain" else ((), "number")})
    return _renamed(encode(template))


def _renamed(value: Any) -> Any:
    if isinstance(value, list):
        return [_renamed(v) for v in value]
    return HOLE if value == "hole" else value


def shown(
    names: Mapping[str, str], hypotheses: Sequence[str], story: Sequence[Sequence[Any]] = (), name: str = "sample"
) -> CheckedTheorem:
    """Return Γ ⊢ the last statement of Γ; line k of its certificate assumes hypothesis k.

    The kernel wants every hypothesis used, so each is weakened in, discharged, and brought back by its own line.
    """
    rows: list[Row] = [("assume", [f"statement: {h}"], ()) for h in hypotheses]
    last = len(rows) - 1
    for k, hypothesis in enumerate(hypotheses[:-1]):
        rows.append(("weaken", [f"statement: {hypothesis}"], (last,)))
        rows.append(("disch", [f"statement: {hypothesis}"], (len(rows) - 1,)))
        rows.append(("mp", [], (len(rows) - 1, k)))
        last = len(rows) - 1
    return theorem(names, hypotheses, hypotheses[-1], rows, story, name)


def sum_of_fractions(story: Sequence[Sequence[Any]] | None = None) -> CheckedTheorem:
    """0 < b ⊢ a/b + c/b = (c + a)/b; lines 1 and 2 are its two steps."""
    names = {"a": "number", "b": "number", "c": "number"}
    own = [
        ["heading", "One denominator"],
        ["prose", "Fractions over one `b` are added above it."],
        ["step", 1, "one denominator"],
        ["step", 2, "addition commutes"],
    ]
    return theorem(
        names,
        ["0 < b"],
        "a/b + c/b = (c + a)/b",
        [
            ("assume", ["statement: 0 < b"], ()),
            ("field", ["statement: a/b + c/b = (a + c)/b"], (0,)),
            ("field", ["statement: (a + c)/b = (c + a)/b"], (0,)),
            ("trans", [], (1, 2)),
        ],
        own if story is None else story,
        "sum_of_fractions",
    )


def inverse_limit() -> CheckedTheorem:
    """⊢ lim 1·1/n = 0; an equality for every positive n, and then the limit."""
    names = {"n": "Nat"}
    return theorem(
        names,
        [],
        "lim(m: 1*1/m) -> 0",
        [
            ("assume", ["statement: 0 < n"], ()),
            ("field", ["statement: 1*1/n = 1/n"], (0,)),
            ("limit_inv_nat", [{}], ()),
            ("order", ["statement: 1/n <= 1*1/n", []], (1, 0)),
            ("order", ["statement: 1*1/n <= 1/n", []], (1, 0)),
            ("disch", ["statement: 0 < n"], (3,)),
            ("disch", ["statement: 0 < n"], (4,)),
            ("gen", ["n"], (5,)),
            ("gen", ["n"], (6,)),
            ("limit_squeeze", [], (2, 2, 7, 8)),
        ],
        [["step", 1, "one is neutral"], ["step", 2, "the powers of n win"]],
        "inverse_limit",
    )


def divergence() -> CheckedTheorem:
    """⊢ D(p‖q) = Σ (xlogy(p_i, p_i) − xlogy(p_i, q_i)), by the two definitions."""
    names = {"X": "set", "i": "X", "p": "X -> number", "q": "X -> number"}
    return theorem(
        names,
        [],
        "kl(p, q) = sum(j in X: xlogy(p[j], p[j]) - xlogy(p[j], q[j]))",
        [
            ("unfold", ["kl", {"X": "X", "p": ["p", 0], "q": ["q", 0]}], ()),
            ("unfold", ["rel_entr", {"a": ["p", "i"], "b": ["q", "i"]}], ()),
            ("gen", ["i"], (1,)),
            ("congr", ["X: sum(j in X: hole[j])"], (2,)),
            ("trans", [], (0, 3)),
        ],
        [
            ["prose", "What `kl(p, q)` is, for a model `q` of the distribution `p`:"],
            ["step", 0, "the definition of the divergence"],
            ["step", 3, "and of its summands"],
        ],
        "divergence",
    )


def variables() -> CheckedTheorem:
    """A statement about the entropies of three variables, assumed."""
    names = {"X": "set", "Y": "set", "Z": "set", "r": "X, Y, Z -> number"}
    xz, z = "i in X: k in Z: sum(j in Y: r[i, j, k])", "k in Z: sum(i in X: sum(j in Y: r[i, j, k]))"
    claim = f"cond_mutual_info(r) <= cond_entropy({xz}) + joint_entropy({xz}) - entropy({z})"
    return shown(names, [claim], [["step", 0, "assumed"]], "variables")


def known(name: str) -> Provenance:
    """Return what is known of a theorem."""
    example = ("For ", Value("b", "=", "(1/2, 1/3)", "(1/2, 1/3)"), ": it holds.")
    badges = ("kernel", "50 digits", "Rocq (Coq 8.16.1)")
    return Provenance(badges, f"Where {name} is from, 1948.", ("one", "two"), lambda notation: (example,), linked=True)


def draft(of: CheckedTheorem) -> SimpleNamespace:
    """Return what has every attribute of a theorem and is none."""
    kept = ("name", "scope", "hypotheses", "conclusion", "axioms", "uses", "lines", "story")
    return SimpleNamespace(**{key: getattr(of, key) for key in kept})


def notation_of(shown_: Any, **more: Any) -> Notation:
    """Return the notation in which a theorem is stated."""
    (said,) = (b for b in leaves(document_of(shown_, view=STATED, **more).blocks) if isinstance(b, Statement))
    return said.notation


# --- printed in one call: of a theorem, with the parameters of its document, or of a document ---------------------------


def document_of(shown_: Any, **more: Any) -> Document:
    """Return the document of a theorem; a document as it is."""
    return shown_ if isinstance(shown_, Document) else document_of_theorem(shown_, **more)


def to_text(shown_: Any, width: int = 88, **more: Any) -> str:
    """Return what is printed as text."""
    return text.render(document_of(shown_, **more), width)


def to_latex(shown_: Any, standalone: bool = False, **more: Any) -> str:
    """Return what is printed as LaTeX."""
    return latex.render(document_of(shown_, **more), latex.DOCUMENT if standalone else latex.Layout(width=LINE))


def to_markdown(shown_: Any, flavor: Any = "github", **more: Any) -> str:
    """Return what is printed as Markdown."""
    return markdown.render(document_of(shown_, **more), flavor)


def to_html(shown_: Any, around: html.Surroundings | None = None, **more: Any) -> str:
    """Return what is printed as a page."""
    return html.render(document_of(shown_, **more), around or html.Surroundings())


def to_notebook(shown_: Any, **more: Any) -> str:
    """Return what a notebook shows."""
    return notebook.render(document_of(shown_, **more))


def to_formula(shown_: Any, **more: Any) -> str:
    """Return the derivation as one formula."""
    return latex.derivation_formula(document_of(shown_, **more))


def told(narrative: Any, find: Any, full: bool = True, **more: Any) -> Document:
    """Return the document of a narrative; what it lacks is empty."""
    fields = {"title": "", "names": {}, "parts": (), "brief": ()}
    whole = SimpleNamespace(**{key: getattr(narrative, key, empty) for key, empty in fields.items()})
    return document_of_narrative(whole, find, full, **more)
