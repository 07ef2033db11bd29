"""Theorems and derivations as people use them: what the kernel checked, in SymPy, in text, in LaTeX, in a notebook.

Everything here is read from a checked theorem; nothing is searched and nothing is proved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, final

from . import kernel, library
from .book.narratives import NARRATIVES, Narrative
from .language.errors import InvalidType, InvalidValue, NotAModule, need_type
from .language.printer import statement, text, visible

if TYPE_CHECKING:
    import sympy

    from .proving.claims import Statement
    from .proving.prover import Counterexample, Unknown
    from .render.model import Document, Report
    from .samples.numbers import Numbers

__all__ = [
    "Derivation", "Step", "Theorem", "assert_proved", "certify", "check", "derive", "is_author", "load", "prove",
    "show", "theorem",
]  # fmt: skip


_Value = TypeVar("_Value")


def _need_checked(value: object) -> None:
    if not isinstance(value, kernel.CheckedTheorem):
        raise InvalidType(f"expected a theorem that the kernel checked, got {type(value).__name__}")


@final
@dataclass(frozen=True, slots=True)
class Theorem:
    """A theorem Γ ⊢ φ that the kernel checked in this process.

    Parameters
    ----------
    checked : kl_symbolic.kernel.CheckedTheorem
        What ``check`` returned for the certificate.
    note : str, optional
        What :func:`prove` has to say about it: that its hypotheses contradict each other. Such a theorem has no truth
        value, so that ``assert kl.prove(...)`` fails on it.

    Examples
    --------
    >>> print(theorem("log_one"))
    log_one: ⊢ log(1) = 0
    """

    checked: kernel.CheckedTheorem
    note: str = ""

    def __post_init__(self) -> None:
        _need_checked(self.checked)

    @property
    def name(self) -> str:
        """The name of the theorem, its certificate and its label."""
        return self.checked.name

    @property
    def statement(self) -> sympy.Basic:
        """The conclusion φ as a SymPy expression, not evaluated."""
        from .sympy_bridge import statement_to_sympy

        return statement_to_sympy(self.checked.conclusion, self.checked.scope, self.checked.hypotheses)

    @property
    def hypotheses(self) -> tuple[sympy.Basic, ...]:
        """The hypotheses Γ as SymPy expressions, in the order of the claim."""
        from .sympy_bridge import statement_to_sympy

        return tuple(
            statement_to_sympy(h, self.checked.scope, self.checked.hypotheses) for h in self.checked.hypotheses
        )

    @property
    def axioms(self) -> tuple[str, ...]:
        """Every axiom that the proof rests on, those of its lemmas included."""
        return self.checked.axioms

    @property
    def uses(self) -> tuple[str, ...]:
        """The lemmas that the proof cites."""
        return self.checked.uses

    @property
    def derivation(self) -> Derivation:
        """Its derivation, to be shown; of a theorem that :func:`prove` found, the steps that were found.

        Examples
        --------
        >>> print(prove("x <= 1", given=["x < 1"]).derivation.to_text(alone=True).splitlines()[0])
        claim
        """
        return Derivation(self.checked)

    def certificate(self) -> str:
        """Return the certificate: a text that ``kl-symbolic check`` replays in a fresh process.

        Returns
        -------
        str
            Canonical JSON, the same bytes for the same proof.

        Examples
        --------
        >>> print(theorem("log_one").certificate()[:36])
        {
        "format": "kl_symbolic certificate
        """
        return self.checked.certificate

    def __bool__(self) -> bool:
        if self.note:
            raise InvalidType(f"{self}\n  so it is taken for no success")
        return True

    def __str__(self) -> str:
        return f"{self.name}: {statement(self.checked)}" + (f"\n  note: {self.note}" if self.note else "")

    def __repr__(self) -> str:
        return f"<Theorem {self.name}: {statement(self.checked)}>"

    def _document(self) -> Document:
        """Return what it says, without its derivation."""
        from dataclasses import replace

        from .render.model import STATED, document_of_theorem
        from .render.model.document import Callout

        found = document_of_theorem(self.checked, view=STATED)
        return replace(found, blocks=(Callout("Note", (self.note,)), *found.blocks)) if self.note else found

    def _repr_html_(self) -> str:
        from .render.html import notebook

        return notebook.render(self._document())

    def _repr_markdown_(self) -> str:
        from .render import markdown
        from .render.markdown.flavors import NOTEBOOK

        return markdown.render(self._document(), NOTEBOOK)

    def _repr_latex_(self) -> str:
        from .render.latex import claim_formula

        return rf"$\displaystyle {claim_formula(self._document())}$"


@final
@dataclass(frozen=True, slots=True)
class Step:
    """A line of the derivation that the author shows.

    Parameters
    ----------
    number : int
        Of the line in the certificate.
    rule : str
        The rule that the kernel applied.
    statement : str
        What it shows, in the statement language.
    reason : str
        In the author's words.
    """

    number: int
    rule: str
    statement: str
    reason: str

    def __str__(self) -> str:
        return f"{self.statement}    [{self.reason}]" if self.reason else self.statement


@final
@dataclass(frozen=True, slots=True)
class Derivation:
    r"""A derivation, built from its replayed certificate; a notebook shows it typeset.

    Parameters
    ----------
    checked : kl_symbolic.kernel.CheckedTheorem
        What ``check`` returned for the certificate.
    given : kl_symbolic.samples.numbers.Numbers, optional
        The numbers that are shown with it, as :func:`derive` reads them.

    Examples
    --------
    >>> print(*derive("log_one").steps, sep="\n")
    log(1*1) = log(1) + log(1)    [the log of the product `1*1`]
    log(1) = 0    [subtract `log(1)`]
    """

    checked: kernel.CheckedTheorem
    given: Numbers | None = None

    def __post_init__(self) -> None:
        _need_checked(self.checked)

    @property
    def theorem(self) -> Theorem:
        """The theorem that it derives."""
        return Theorem(self.checked)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The lines that the author shows, in order, each with its reason."""
        from .render.model import story

        lines = self.checked.lines
        entries = story.read_story(self.checked.story, len(lines))
        shown = [e for e in entries if isinstance(e, story.StoryStep)]
        return tuple(Step(e.line, lines[e.line].rule, text(lines[e.line].sequent.conclusion), e.reason) for e in shown)

    @property
    def story(self) -> Narrative | None:
        """The narrative around this theorem, a page about several theorems, where the package ships one."""
        shipped = self.checked.name in NARRATIVES and library.theorem(self.checked.name) is self.checked
        return NARRATIVES[self.checked.name] if shipped else None

    def reports(self, base: int | None = None) -> tuple[Report, ...]:
        """Return what the numbers say that were given; each has ``title`` and ``facts``, the values by name.

        Parameters
        ----------
        base : int, optional
            Of the logarithms; default e.

        Returns
        -------
        tuple of Report
            Empty when no numbers were given.

        Examples
        --------
        >>> derive("coin_flips", p="7/10", q="1/2").reports()[0].facts["limit"]
        '0.0822828785050518'
        """
        return () if self.given is None else self.given.reports(self.checked, base)

    def _document(
        self,
        base: int | None = None,
        alone: bool = False,
        full: bool = False,
        detail: str = "blackboard",
        parts: str | Sequence[str] = (),
        title: str = "",
    ) -> Document:
        """Return the document that every format prints."""
        from .book.documents import document
        from .render.model import View

        need_type("title", title, str, "a str")
        need_type("detail", detail, str, "a str")
        shown = [parts] if isinstance(parts, str) else _listed("parts", parts)
        for part in shown:
            need_type("each of parts", part, str, "a str")
        view = View(detail, tuple(shown))
        return document(self.checked, base, alone, full, self.reports(base), view=view, title=title)

    def to_text(
        self,
        base: int | None = None,
        alone: bool = False,
        full: bool = False,
        *,
        detail: str = "blackboard",
        parts: str | Sequence[str] = (),
        title: str = "",
    ) -> str:
        """Return the derivation for a terminal.

        Parameters
        ----------
        base : int, optional
            The base of the logarithms that are shown, where every line says the same in it.
        alone : bool
            Whether to leave out the narrative around the theorem.
        full : bool
            Whether the narrative is told in full, also where there is a brief telling.
        detail : str
            How much of each theorem on the page: ``"result"`` (what it says, and an example), ``"blackboard"`` (its
            derivation too), or ``"steps"`` (every line that the kernel replayed, with its rule and premises). With
            ``"result"`` the page is that of the theorem alone, or the full narrative without derivations.
        parts : str or sequence of str
            Only these parts of the page of the theorem: ``title``, ``hypotheses``, ``statement``, ``notation``,
            ``proof``, ``steps``, ``example``, ``axioms`` (what it rests on), ``provenance`` (who checked it, its name,
            its source).
        title : str
            A title instead of the one that the page has.

        Returns
        -------
        str

        Raises
        ------
        ValueError
            For options that do not exist or do not go together.

        Examples
        --------
        >>> "log 1 = 0" in derive("log_one").to_text()
        True
        >>> print(derive("log_one").to_text(parts="statement"))
        Always
        <BLANKLINE>
          log 1 = 0
        <BLANKLINE>
        """
        from .render import text as backend

        # The names of outcomes and a certificate's author may say what would move the cursor of a terminal.
        return visible(backend.render(self._document(base, alone, full, detail, parts, title)))

    def to_markdown(
        self,
        base: int | None = None,
        alone: bool = False,
        flavor: str = "github",
        full: bool = False,
        *,
        detail: str = "blackboard",
        parts: str | Sequence[str] = (),
        title: str = "",
        flavour: str | None = None,
    ) -> str:
        r"""Return the derivation in Markdown.

        Parameters
        ----------
        base, alone : optional
            As in :meth:`to_text`.
        flavor : str
            ``"github"`` for GitHub and GitLab, ``"hugo"`` for Hugo, with front matter and its passthrough extension
            (``\( \)`` and ``\[ \]``), ``"myst"`` for Sphinx and Jupyter Book.
        full, detail, parts, title : optional
            As in :meth:`to_text`.
        flavour : str, optional
            Another spelling of *flavor*.

        Returns
        -------
        str

        Raises
        ------
        ValueError
            When there is no such flavor, and as in :meth:`to_text`.

        Examples
        --------
        >>> derive("log_one").to_markdown(flavor="myst").count("```{math}")
        3
        """
        from .render import markdown
        from .render.markdown.flavors import flavor_of

        need_type("flavor", flavour or flavor, str, "a str")
        chosen = flavor_of(flavour or flavor)
        return markdown.render(self._document(base, alone, full, detail, parts, title), chosen)

    def to_latex(
        self,
        document: bool = False,
        base: int | None = None,
        alone: bool = False,
        full: bool = False,
        *,
        detail: str = "blackboard",
        parts: str | Sequence[str] = (),
        title: str = "",
        width: str = "",
        font_size: int = 10,
        heading: str = "section",
        numbered: bool | None = None,
        label: str = "",
        rename: Mapping[str, str] | None = None,
    ) -> str:
        r"""Return the derivation in LaTeX.

        Parameters
        ----------
        document : bool
            Whether to return a document that compiles by itself, rather than a fragment for ``\input``, which needs
            amsmath and amssymb.
        base, alone, full, detail, parts, title : optional
            As in :meth:`to_text`.
        width : str
            The width of a line: a length such as ``8.6cm`` or ``20em``, or ``page``, ``column`` or ``slide``. Without
            it TeX measures: a fragment carries the layouts of a long display, and the first that fits is taken.
        font_size : int
            The size of the font in points, for a width in another unit than em.
        heading : str
            ``section``, ``subsection``, ``subsubsection`` or ``paragraph``; or the environment of the statement,
            ``theorem``, ``lemma``, ``proposition`` or ``corollary``, whose derivation is a ``proof`` (amsthm); or
            ``frame``, slides of beamer. In environments and on slides the page is that of the theorem alone.
        numbered : bool, optional
            Whether the heading or the environment has a number. By default an environment has one, and a heading where
            there is a label.
        label : str
            For ``\ref`` and ``\cref``.
        rename : mapping of str to str, optional
            Other symbols for names, such as ``{"p1": r"\theta_1"}``.

        Returns
        -------
        str

        Raises
        ------
        ValueError
            For a width, heading, label or symbol that cannot be used, a symbol that two names would share, and as in
            :meth:`to_text`.

        Examples
        --------
        >>> derive("log_one").to_latex(document=True).splitlines()[0]
        '\\documentclass[11pt]{article}'
        >>> r"\log x_1 = 0" in derive("log_one").to_latex(rename={"a": "x_1"}, parts="axioms")
        False
        """
        from .render import latex
        from .render.model.renaming import Renaming

        for option, value in (("width", width), ("heading", heading), ("label", label)):
            need_type(option, value, str, "a str")
        need_type("font_size", font_size, (int, float), "a number of points")
        need_type("rename", {} if rename is None else rename, Mapping, "a dict of symbols by name")
        for name, symbol in (rename or {}).items():
            need_type("each name of rename", name, str, "a str")
            need_type(f"the symbol of {name}", symbol, str, "a str")
        layout = latex.Layout(document, latex.width_of(width, font_size) if width else None, heading, numbered, label)
        shown = self._document(base, alone or (layout.alone and not full), full, detail, parts, title)
        return latex.render(shown, layout, Renaming.of(rename) if rename else None)

    def to_html(
        self,
        base: int | None = None,
        alone: bool = False,
        full: bool = False,
        *,
        detail: str = "blackboard",
        parts: str | Sequence[str] = (),
        title: str = "",
    ) -> str:
        """Return the derivation as one HTML page that needs nothing else.

        Parameters
        ----------
        base, alone, full, detail, parts, title : optional
            As in :meth:`to_text`.

        Returns
        -------
        str

        Raises
        ------
        ValueError
            As in :meth:`to_text`.

        Examples
        --------
        >>> derive("log_one").to_html().splitlines()[0]
        '<!DOCTYPE html>'
        """
        from .render import html

        return html.render(self._document(base, alone, full, detail, parts, title))

    def to_pdf(
        self,
        base: int | None = None,
        alone: bool = False,
        full: bool = False,
        *,
        detail: str = "blackboard",
        parts: str | Sequence[str] = (),
        title: str = "",
        rename: Mapping[str, str] | None = None,
    ) -> bytes:
        """Return the derivation as PDF.

        Parameters
        ----------
        base, alone, full, detail, parts, title : optional
            As in :meth:`to_text`.
        rename : mapping of str to str, optional
            As in :meth:`to_latex`.

        Returns
        -------
        bytes

        Raises
        ------
        NoTeX
            When latexmk or pdflatex is missing; the message names the Debian packages.
        ValueError
            As in :meth:`to_latex`.

        Examples
        --------
        >>> derive("log_one").to_pdf()[:5]  # doctest: +SKIP
        b'%PDF-'
        """
        from .render.pdf import pdf

        return pdf(self.to_latex(True, base, alone, full, detail=detail, parts=parts, title=title, rename=rename))

    def __str__(self) -> str:
        return self.to_text()

    def __repr__(self) -> str:
        return f"<Derivation of {self.theorem}>"

    def _repr_html_(self) -> str:
        from .render.html import notebook

        return notebook.render(self._document())

    def _repr_markdown_(self) -> str:
        from .render import markdown
        from .render.markdown.flavors import NOTEBOOK

        return markdown.render(self._document(), NOTEBOOK)

    def _repr_latex_(self) -> str:
        from .render.latex import derivation_formula
        from .render.model import document_of_theorem

        return rf"$\displaystyle {derivation_formula(document_of_theorem(self.checked))}$"


def theorem(name: str) -> Theorem:
    """Return a shipped theorem, replayed by the kernel; each is replayed once in a process.

    Parameters
    ----------
    name : str
        Its name, one of :func:`kl_symbolic.names`.

    Returns
    -------
    Theorem
        The theorem that the kernel returned.

    Raises
    ------
    NoSuchTheorem
        When no shipped theorem has this name; the message names similar ones.

    Examples
    --------
    >>> print(theorem("kl_nonneg").name, theorem("kl_nonneg").axioms)
    kl_nonneg ('log_le', 'log_mul', 'xlogy_def')
    """
    need_type("name", name, str, "the name of a theorem")
    return Theorem(library.theorem(name))


def derive(
    name: str | Theorem | Derivation | Callable[..., object],
    *,
    lemmas: Iterable[Theorem | Derivation] = (),
    p: object = None,
    q: object = None,
    outcomes: str | Path | Iterable[object] | None = None,
    column: str | None = None,
    simulate: int | None = None,
    seed: int = 1,
    digits: int = 15,
) -> Derivation:
    """Return a derivation, from a replayed certificate, with numbers of the user's own where they are given.

    Parameters
    ----------
    name : str, Theorem, Derivation or function
        The name of a shipped theorem, one of :func:`kl_symbolic.names`; what :func:`prove` or :func:`check` returned;
        or a function marked by ``@derivation``, which is run and checked.
    lemmas : iterable of Theorem or Derivation, optional
        Theorems that the function may cite before the shipped ones.
    p, q : object
        The true and the other distribution: text as on the command line (``"7/10"``, ``"a=1/2,b=1/2"``), the
        probability of heads, a dict, or a sequence of probabilities. Without *p* the relative frequencies of the
        outcomes are taken, and the page says so.
    outcomes : str, Path or iterable, optional
        Observed outcomes: text such as ``"HHT"``, a file, or one by one.
    column : str, optional
        The column of the text that holds them.
    simulate : int, optional
        How many outcomes of *p* to simulate, instead.
    seed : int
        Of the simulation.
    digits : int
        Significant digits of values.

    Returns
    -------
    Derivation
        What can be printed as text, Markdown, LaTeX, HTML and PDF.

    Raises
    ------
    NoSuchTheorem
        When no shipped theorem has this name; the message names similar ones.
    Refused
        When a step of the function is refused.
    BadInput
        When the numbers cannot be read, or the theorem is not about them.
    InvalidType
        For anything else.

    Examples
    --------
    >>> derive("log_one").theorem
    <Theorem log_one: ⊢ log(1) = 0>
    >>> derive("coin_flips", p=0.7, q=0.5, outcomes="HHT").reports()[1].facts["ratio"]
    '147/125'
    """
    checked = _checked_theorem(name, lemmas)
    if (p, q, outcomes, column, simulate) == (None,) * 5:
        return Derivation(checked, name.given if isinstance(name, Derivation) else None)
    from .samples.numbers import numbers

    need_type("outcomes", outcomes, (str, Path, Iterable, type(None)), "text, a Path or an iterable")
    need_type("column", column, (str, type(None)), "a str")
    need_type("simulate", simulate, (int, type(None)), "an int")
    need_type("seed", seed, int, "an int")
    need_type("digits", digits, int, "an int")
    found = Derivation(checked, numbers(p, q, outcomes, simulate, seed, digits, column))
    found.reports()  # what does not fit is refused here, and not when a notebook shows it
    return found


def _checked_theorem(
    name: str | Theorem | Derivation | Callable[..., object], lemmas: Iterable[Theorem | Derivation]
) -> kernel.CheckedTheorem:
    if isinstance(name, Theorem | Derivation):
        return name.checked
    if isinstance(name, str):
        return library.theorem(name)
    if not is_author(name):
        expected = "the name of a theorem, a theorem, or a function marked by @derivation"
        raise InvalidType(f"expected {expected}; got {name!r}"[:_LONGEST])
    found = _listed("lemmas", lemmas)
    for lemma in found:
        need_type("each of lemmas", lemma, (Theorem, Derivation), "a Theorem or a Derivation")
    return certify(name, {lemma.checked.name: lemma.checked for lemma in found})


def _listed(name: str, values: Iterable[_Value]) -> list[_Value]:
    """Return a list of several things; refuse a text, whose letters are not meant, and what is not iterable."""
    need_type(name, values, Iterable, "an iterable")
    if isinstance(values, str | bytes):
        raise InvalidType(f"expected {name} as several of them, such as a list; got {values!r}"[:_LONGEST])
    return list(values)


_LONGEST = 200
"""Characters of a message that shows an object of the user."""


def show(what: str | Theorem | Derivation | Callable[..., object], format: str = "text") -> None:
    r"""Show a derivation: typeset in a notebook, printed as text elsewhere.

    Parameters
    ----------
    what : str, Theorem, Derivation or function
        As in :func:`derive`: a name, what :func:`prove` found, or a function marked by ``@derivation``; or what
        :func:`derive` returned, with numbers perhaps.
    format : str
        ``"text"``, ``"latex"``, ``"markdown"``, ``"html"`` or ``"certificate"``; another one than text is printed in a
        notebook too.

    Raises
    ------
    InvalidValue
        When there is no such format.

    Examples
    --------
    >>> show(prove("x <= 1", given=["x < 1"]), format="markdown")  # doctest: +ELLIPSIS
    # claim
    ...
    """
    import sys

    need_type("format", format, str, "a str")
    found = derive(what)
    printers: dict[str, Callable[[], str]] = {
        "text": found.to_text,
        "latex": found.to_latex,
        "markdown": found.to_markdown,
        "html": found.to_html,
        "certificate": found.theorem.certificate,
    }
    if format not in printers:
        raise InvalidValue(f"expected a format, one of {', '.join(printers)}; got {format!r}")
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    if format == "text" and shell is not None and hasattr(shell, "kernel"):
        import_module("IPython.display").display(found)
        return
    sys.stdout.write(printers[format]().rstrip("\n") + "\n")


def check(path: str | Path, among: Iterable[str | Path] = ()) -> Theorem:
    r"""Replay the certificate in a file.

    Parameters
    ----------
    path : str or Path
        The file.
    among : iterable of str or Path, optional
        Files whose certificates it may cite, before those in its own directory and the shipped ones.

    Returns
    -------
    Theorem
        What the certificate proves.

    Raises
    ------
    Refused
        When the kernel refuses it; the message names the line, the rule, and what was expected.
    OSError
        When the file cannot be read.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as directory:
    ...     path = Path(directory, "log_one.klcert.json")
    ...     _ = path.write_text(theorem("log_one").certificate(), encoding="utf-8", newline="\n")
    ...     print(check(path))
    log_one: ⊢ log(1) = 0
    """
    files = [path, *_listed("among", among)]
    for file in files:
        need_type("each file", file, (str, Path), "a str or a Path")
        if "\0" in str(file):
            raise InvalidValue(f"no file has a zero byte in its name, got {str(file)!r}"[:_LONGEST])
    return Theorem(library.check_file(path, files[1:]))


def prove(
    claim: Statement,
    given: Sequence[Statement] = (),
    names: Mapping[str, str] | None = None,
    effort: int = 1,
    using: Sequence[str] = (),
) -> Theorem | Counterexample | Unknown:
    """Prove a claim, or refute it, or say that neither was found.

    Parameters
    ----------
    claim : str, SymPy statement or Node
        Text in the statement language, a SymPy relation, implication or ``ForAll``, or a statement of the kernel. What
        is assumed of SymPy symbols (``positive=True``) becomes hypotheses.
    given : sequence of the same
        The hypotheses.
    names : mapping of str to str, optional
        Signatures of the names in text, such as ``{"X": "set", "p": "X -> number"}``. Without it they are inferred
        where they are obvious: ``x`` is a number, ``p[i]`` under ``i in X`` is a function of the elements of X.
    effort : int, optional
        The work that is allowed: 1 is about twice what any claim takes that is known to be decided, and 10 is ten times
        as much. It is counted in steps and never in seconds, so that equal claims get equal answers. An
        ``Unknown`` whose search ended because the budget was spent says so, and is ``spent``.
    using : sequence of str, optional
        Names of shipped theorems that are looked at first, and in more ways than others.

    Returns
    -------
    Theorem, Counterexample or Unknown
        The theorem that the kernel returned for the certificate that was found; an exact point at which the claim
        fails; or what was tried. Nothing happens where the answer is not looked at: ``match`` on its type, or call
        :func:`assert_proved` in a test. The last two have no truth value and raise where one is asked for, and so does
        a theorem whose hypotheses contradict each other, as its ``note`` says.

    Raises
    ------
    Refused
        When the claim or a hypothesis cannot be read; the message shows the place with a caret.
    InvalidType
        When *given* is one statement and not a sequence of statements, *names* are not a dict of signatures, or
        *using* is not a sequence of names.
    InvalidValue
        When the effort is not an integer of at least 1.
    NoSuchTheorem
        When no shipped theorem has a name in *using*.

    Examples
    --------
    >>> print(prove("log(x/y) <= x/y - 1", given=["0 < x", "0 < y"]))
    claim: 0 < x, 0 < y ⊢ log(x/y) <= x/y - 1
    >>> print(prove("log(x + y) = log(x) + log(y)", given=["0 < x", "0 < y"]))
    false: log(x + y) = log(x) + log(y)
      given 0 < x, 0 < y
      at x = 1, y = 1
      log(x + y)      ≈ 0.693147180559945
      log(x) + log(y) = 0
    """
    from .proving.prover import CONTRADICTORY, contradictory
    from .proving.prover import prove as search

    answer = search(claim, given, names, effort, using)
    if not isinstance(answer, kernel.CheckedTheorem):
        return answer
    return Theorem(answer, CONTRADICTORY if contradictory(answer, effort) else "")


def assert_proved(
    claim: Statement,
    given: Sequence[Statement] = (),
    names: Mapping[str, str] | None = None,
    allow_contradiction: bool = False,
    effort: int = 1,
    using: Sequence[str] = (),
) -> Theorem:
    """Return the theorem that a claim is, or fail: :func:`prove` for tests.

    Parameters
    ----------
    claim : str, SymPy statement or Node
        As in :func:`prove`.
    given : sequence of the same
        The hypotheses.
    names : mapping of str to str, optional
        Signatures of the names in text.
    allow_contradiction : bool
        Whether hypotheses that contradict each other, from which everything follows, are accepted.
    effort : int, optional
        As in :func:`prove`.
    using : sequence of str, optional
        As in :func:`prove`.

    Returns
    -------
    Theorem
        The theorem that the kernel returned.

    Raises
    ------
    NotProved
        An ``AssertionError`` that shows the counterexample, or what was tried, or says that the hypotheses contradict
        each other.
    Refused
        When the claim or a hypothesis cannot be read.
    NoSuchTheorem
        When no shipped theorem has a name in *using*.

    Examples
    --------
    >>> print(assert_proved("x <= 1", given=["x < 1"]))
    claim: x < 1 ⊢ x <= 1
    """
    from .proving.prover import assert_proved as search

    return Theorem(search(claim, given, names, allow_contradiction, effort, using))


def load(path: Path) -> list[Callable[..., object]]:
    """Run a Python file as the user's own code, and return the functions that it marks by ``@derivation``, in order.

    Parameters
    ----------
    path : Path

    Raises
    ------
    OSError
        When the file cannot be read.
    NotAModule
        When it is not a Python file.
    InvalidValue
        When two of them have one name.
    """
    import sys
    from importlib.util import module_from_spec, spec_from_file_location

    from .proving.calc import marked, repeated

    spec = spec_from_file_location(f"kl_symbolic_user_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise NotAModule(f"expected a Python file, got {path}")
    module = module_from_spec(spec)
    sys.modules[spec.name] = module  # as an import does: classes of the file look their own module up
    sys.path.insert(0, str(path.resolve().parent))  # as `python FILE` does: the file may import modules beside it
    spec.loader.exec_module(module)
    authors = marked(vars(module))
    if problems := repeated(authors):
        raise InvalidValue("; ".join(problems.values()))
    return authors


def is_author(value: object) -> bool:
    """Whether *value* is a function marked by ``@derivation``.

    Parameters
    ----------
    value : object
    """
    return callable(value) and isinstance(getattr(value, "__kl_derivation__", None), str)


def certify(
    author: Callable[..., object], lemmas: Mapping[str, kernel.CheckedTheorem] | None = None
) -> kernel.CheckedTheorem:
    """Run a function marked by ``@derivation``, and check the certificate that it writes.

    Parameters
    ----------
    author : callable
    lemmas : mapping of str to Theorem, optional
        Theorems that it may cite before the shipped ones.

    Raises
    ------
    Refused
        When a step of it, or the certificate, is refused.
    """
    from .proving.calc import write

    if not is_author(author):
        raise InvalidType(f"expected a function marked by @derivation, got {author!r}")
    own = lemmas or {}
    source = write(author, lambda lemma: own[lemma] if lemma in own else library.theorem(lemma))
    return library.check_text(source, own)
