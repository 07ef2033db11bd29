"""The document tree: what a page says and in which order, in no format.

A document is a tuple of blocks. What the blocks of a theorem, a narrative or a report are, and in which order they
stand, is decided in :mod:`.theorems`, :mod:`.narratives` and :mod:`.reports`, and nowhere else; each backend prints one
block after the other. A new kind of block is a class here, a member of ``Block``, and one case in each backend.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import final

from ...kernel import Line
from ...kernel.terms import Node
from .displays import Display
from .notation import Formula, Inline, Notation, Paragraph
from .renaming import Renaming
from .rule_words import rule_words

__all__ = [
    "ALWAYS", "ASSUME", "CLAIM", "DERIVATION", "FOUNDATIONS", "NUMBERS", "THEN", "THEOREM",
    "Aligned", "Badges", "Block", "Callout", "Chain", "Document", "Foundations", "Group", "Heading", "Hypotheses",
    "Link", "ListedLine", "Note", "Picture", "ProofLines", "Prose", "Statement", "Table", "leaves", "renamed",
]  # fmt: skip

ASSUME, THEN, ALWAYS = "Assume", "Then", "Always"
"""The words between what a theorem assumes and what it concludes; the last one where nothing is said before it."""

THEOREM, CLAIM, DERIVATION, FOUNDATIONS, NUMBERS = "theorem", "claim", "derivation", "foundations", "numbers"
"""The roles of groups of blocks."""

_PLAIN = Notation()
"""The notation of blocks without formulas."""


@final
@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a document, of a theorem or of a section.

    Parameters
    ----------
    level : int
        1 for the title of the document, up to 4.
    text : Paragraph
    notation : Notation
    name : str
        The name of the theorem that it is the title of, printed as a label below it; empty for other headings.
    checked : bool
        Whether a kernel accepted the theorem.
    """

    level: int
    text: Paragraph
    notation: Notation = _PLAIN
    name: str = ""
    checked: bool = True

    @property
    def is_name(self) -> bool:
        """Whether the title of a theorem is its name, so that no label is needed."""
        return bool(self.name) and self.text == (self.name,)


@final
@dataclass(frozen=True, slots=True)
class Prose:
    """Running text.

    Parameters
    ----------
    paragraphs : tuple of Paragraph
    notation : Notation
    small : bool
        Whether it explains symbols and conventions: sentences that stand together in small print.
    """

    paragraphs: tuple[Paragraph, ...]
    notation: Notation = _PLAIN
    small: bool = False


@final
@dataclass(frozen=True, slots=True)
class Callout:
    """A warning: that something is not checked, or cited from elsewhere.

    Parameters
    ----------
    label : str
    text : Paragraph
    notation : Notation
    grave : bool
        Whether it is about the whole document, and not about its own words.
    """

    label: str
    text: Paragraph
    notation: Notation = _PLAIN
    grave: bool = False


@final
@dataclass(frozen=True, slots=True)
class Badges:
    """Who has checked a theorem.

    Parameters
    ----------
    names : tuple of str
    """

    names: tuple[str, ...]


@final
@dataclass(frozen=True, slots=True)
class Hypotheses:
    """The setting and the hypotheses of a claim: Let … Assume … Then.

    Parameters
    ----------
    kind : str
        Theorem or Claim.
    setting : Paragraph
    assumed : tuple of Paragraph
    notation : Notation
    concluded : bool
        Whether the conclusion follows.
    """

    kind: str
    setting: Paragraph
    assumed: tuple[Paragraph, ...]
    notation: Notation
    concluded: bool = True

    @property
    def then(self) -> str:
        """The word in front of the conclusion, nothing where none follows."""
        return THEN if self.concluded else ""


@final
@dataclass(frozen=True, slots=True)
class Statement:
    """The conclusion of a theorem.

    Parameters
    ----------
    display : Display
    notation : Notation
    lead : Paragraph
        Words in front of it, where it does not stand behind its hypotheses.
    """

    display: Display
    notation: Notation
    lead: Paragraph = ()


@final
@dataclass(frozen=True, slots=True)
class ListedLine:
    """A line of a proof as a list shows it.

    Parameters
    ----------
    number : int
    statement : Formula
        What it shows.
    reason : Paragraph
        The rule, what it says, the lines it was made from, and what it assumes.
    """

    number: int
    statement: Formula
    reason: Paragraph


@final
@dataclass(frozen=True, slots=True)
class ProofLines:
    """Every line of a proof, to be unfolded; also what stands behind the displayed lines.

    Parameters
    ----------
    name : str
        Of the theorem.
    lines : tuple of Line
    whole : bool
        Whether all of them are shown here, rather than on the page of the theorem.
    listed : bool
        Whether every format shows them, and not only one in which they can be unfolded.
    notation : Notation
        In which they are listed.
    """

    name: str
    lines: tuple[Line, ...]
    whole: bool = True
    listed: bool = False
    notation: Notation = _PLAIN

    def assumptions(self) -> dict[Node, int]:
        """Return the hypotheses that lines of the proof assume, with the number of the first line that does."""
        found: dict[Node, int] = {}
        for number, line in enumerate(self.lines):
            if line.rule == "assume":
                found.setdefault(line.sequent.conclusion, number)
        return found

    def rows(self) -> Iterator[ListedLine]:
        """Yield the lines as a list shows them; nothing where they are not listed."""
        assumed = self.assumptions()
        for number, line in enumerate(self.lines if self.listed else ()):
            yield ListedLine(number, self._formula(line.sequent.conclusion), tuple(self._reason(line, assumed)))

    def _formula(self, node: Node) -> Formula:
        return Formula(node, taken=self.notation.taken)

    def _reason(self, line: Line, assumed: dict[Node, int]) -> Iterator[Inline]:
        rule = f"{line.rule} {line.lemma}" if line.lemma else line.rule
        yield f"{rule}: {rule_words(line.rule)}"
        if line.premises:
            yield f"; from {', '.join(map(str, line.premises))}"
        under = [h for h in line.sequent.hypotheses if h != line.sequent.conclusion]
        if at := sorted(assumed[h] for h in under if h in assumed):
            yield f"; assuming {', '.join(map(str, at))}"
        for hypothesis in under:
            if hypothesis not in assumed:
                yield "; assuming "
                yield self._formula(hypothesis)


@final
@dataclass(frozen=True, slots=True)
class Aligned:
    """A displayed chain or statement with reasons.

    Parameters
    ----------
    display : Display
    notation : Notation
    lines : tuple of int
        The numbers of the lines of the proof that its rows are; none for what is not a line of it.
    proof : ProofLines or None
    """

    display: Display
    notation: Notation
    lines: tuple[int, ...] = ()
    proof: ProofLines | None = None


@final
@dataclass(frozen=True, slots=True)
class Link:
    """A link of a chain of numbers: its relation, and its summands, each as plain text and as LaTeX.

    Parameters
    ----------
    relation : str
        Empty for the first link.
    terms : tuple of (str, str)
    """

    relation: str
    terms: tuple[tuple[str, str], ...]

    @property
    def plain(self) -> str:
        """The link in plain text."""
        return f"{self.relation} " * bool(self.relation) + " + ".join(plain for plain, _ in self.terms)


@final
@dataclass(frozen=True, slots=True)
class Chain:
    """A chain of numbers, a = b ≈ c.

    Parameters
    ----------
    links : tuple of Link
    """

    links: tuple[Link, ...]

    @staticmethod
    def of(*sides: str | tuple[str, str] | tuple[tuple[str, str], ...]) -> Chain:
        """Return a chain.

        Parameters
        ----------
        *sides : str or tuple
            A relation before each side but the first. A side is plain text and LaTeX, or several such pairs, its
            summands.

        Examples
        --------
        >>> Chain.of(("x", "x"), "=", (("a", "a"), ("b", "b"))).plain
        'x = a + b'
        """
        links, relation = [], ""
        for side in sides:
            if isinstance(side, str):
                relation = side
            else:
                terms = (side,) if isinstance(side[0], str) else side
                links.append(Link(relation, terms))
        return Chain(tuple(links))

    @property
    def plain(self) -> str:
        """The chain in plain text, on one line."""
        return " ".join(link.plain for link in self.links)


@final
@dataclass(frozen=True, slots=True)
class Table:
    """A table of numbers, right-aligned.

    Parameters
    ----------
    header : tuple of str
    rows : tuple of tuple of str
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@final
@dataclass(frozen=True, slots=True)
class Foundations:
    """The lemmas and axioms that a theorem uses.

    Parameters
    ----------
    label : str
    lemmas : tuple of str
    axioms : tuple of (str, Paragraph)
        The name of each and what it says, where that can be said in the notation.
    notation : Notation
    remark : str
        What was checked.
    linked : bool
        Whether each lemma has a page beside this one.
    """

    label: str
    lemmas: tuple[str, ...]
    axioms: tuple[tuple[str, Paragraph], ...]
    notation: Notation
    remark: str = ""
    linked: bool = False


@final
@dataclass(frozen=True, slots=True)
class Note:
    """A labeled remark: an example, where a theorem is used, its source.

    Parameters
    ----------
    label : str
    paragraphs : tuple of Paragraph
    notation : Notation
    listed : bool
        Whether the paragraphs are items of a list, where there is space for one.
    """

    label: str
    paragraphs: tuple[Paragraph, ...]
    notation: Notation = _PLAIN
    listed: bool = False


@final
@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to play with, by name; only a page with scripts shows it, and everything else is complete without it.

    Parameters
    ----------
    name : str
    base : int or None
        Of the logarithms in it.
    """

    name: str
    base: int | None = None


@final
@dataclass(frozen=True, slots=True)
class Group:
    """Blocks that belong together; a backend may frame or fold them.

    Parameters
    ----------
    role : str
        THEOREM, CLAIM, DERIVATION, FOUNDATIONS or NUMBERS.
    blocks : tuple of Block
    title : str
        What is read where it is folded.
    unfolded : bool
        Whether it is open at first, where it can be folded.
    """

    role: str
    blocks: tuple[Block, ...]
    title: str = ""
    unfolded: bool = True


Block = (
    Heading
    | Prose
    | Callout
    | Badges
    | Hypotheses
    | Statement
    | Aligned
    | ProofLines
    | Chain
    | Table
    | Foundations
    | Note
    | Picture
    | Group
)
"""The kinds of blocks."""


@final
@dataclass(frozen=True, slots=True)
class Document:
    """A printable document: a theorem, a narrative or a report, or one of these followed by reports.

    Parameters
    ----------
    title : str
    blocks : tuple of Block
    checked : bool
        Whether a kernel accepted every theorem in it.
    statements : mapping of str to str
        What theorems say, by their names: a format can show it where one is named.
    """

    title: str
    blocks: tuple[Block, ...]
    checked: bool = True
    statements: Mapping[str, str] = field(default_factory=dict)

    def followed_by(self, *others: Document) -> Document:
        """Return the document with the blocks of others behind its own.

        Parameters
        ----------
        *others : Document
        """
        blocks = (*self.blocks, *(block for other in others for block in other.blocks))
        return replace(self, blocks=blocks, checked=self.checked and all(other.checked for other in others))


def renamed(blocks: tuple[Block, ...], renaming: Renaming) -> tuple[Block, ...]:
    """Return blocks in which other symbols stand for some of the names.

    Parameters
    ----------
    blocks : tuple of Block
    renaming : Renaming
    """
    return tuple(_renamed(block, renaming) for block in blocks)


def _renamed(block: Block, renaming: Renaming) -> Block:
    if isinstance(block, Group):
        return replace(block, blocks=renamed(block.blocks, renaming))
    if isinstance(block, Badges | Chain | Table | Picture):
        return block
    return replace(block, notation=replace(block.notation, renaming=renaming))


def leaves(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Yield the blocks in their order, those of a group in place of the group.

    Parameters
    ----------
    blocks : tuple of Block
    """
    for block in blocks:
        if isinstance(block, Group):
            yield from leaves(block.blocks)
        else:
            yield block
