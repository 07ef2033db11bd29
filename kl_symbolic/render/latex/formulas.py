r"""A document as one formula, for a notebook: no headings, no prose."""

from __future__ import annotations

from ..model.document import DERIVATION, Aligned, Block, Document, Group, Hypotheses, Statement, leaves
from .aligned import aligned, sentence

__all__ = ["claim_formula", "derivation_formula"]


def derivation_formula(document: Document) -> str:
    r"""Return the displayed lines of a derivation, or the claim if there are none.

    Parameters
    ----------
    document : Document
        Of a theorem.
    """
    rows = [] if document.checked else [r"\text{UNCHECKED}"]
    shown: list[Aligned | Statement] = [b for b in leaves(_derivations(document.blocks)) if isinstance(b, Aligned)]
    for block in shown or [b for b in leaves(document.blocks) if isinstance(b, Statement)]:
        intro = block.display.intro
        rows += ["".join(sentence(intro, block.notation))] if intro else []
        rows.append(aligned(block.display, block.notation))
    return "\\begin{gathered}\n" + " \\\\\n".join(rows) + "\n\\end{gathered}"


def _derivations(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Group):
            found += block.blocks if block.role == DERIVATION else _derivations(block.blocks)
    return tuple(found)


def claim_formula(document: Document) -> str:
    r"""Return the statement of a theorem: its hypotheses, each on a line, ⊢ its conclusion.

    Parameters
    ----------
    document : Document
        Of a theorem.
    """
    rows = [] if document.checked else [r"& \text{UNCHECKED}"]
    for block in leaves(document.blocks):
        if isinstance(block, Hypotheses):
            rows += [f"& {''.join(sentence(h, block.notation))}" for h in block.assumed]
        elif isinstance(block, Statement) and not block.lead:
            rows.append(rf"\vdash {{}} & {aligned(block.display, block.notation)}")
    return "\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}"
