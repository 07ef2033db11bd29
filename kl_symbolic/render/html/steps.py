"""The details of a displayed line: the rule, the lines it was made from, what it assumes, and LaTeX to copy.

All of it is read from the replayed lines. The lines that a page does not display are shown in the language of the
certificate, in which nothing is left out.
"""

from __future__ import annotations

from typing import final

from ...kernel import Line
from ...kernel.terms import Node
from ...language.printer import sequent, text
from ..latex.aligned import aligned
from ..model.displays import state
from ..model.document import ProofLines
from ..model.hypotheses import hypotheses
from ..model.rule_words import rule_words
from .typesetter import Typesetter, code, copied, escape

__all__ = ["Behind"]


@final
class Behind:
    """Shows the details of the lines of one theorem.

    Parameters
    ----------
    proof : ProofLines
    typesetter : Typesetter
    whole : str or None
        Where the whole proof is: the address of a page, empty for this one, None where it cannot be reached.
    """

    def __init__(self, proof: ProofLines, typesetter: Typesetter, whole: str | None) -> None:
        self._proof, self._lines = proof, proof.lines
        self._typesetter = typesetter
        self._whole = whole

    def step(self, number: int) -> str:
        """Return the details that are unfolded below a displayed line.

        Parameters
        ----------
        number : int
            Of the line.
        """
        line = self._lines[number]
        notation = self._typesetter.notation
        statement = aligned(state(line.sequent.conclusion, notation), notation)
        used = [self._typesetter.text(h) for h in hypotheses(line.sequent.hypotheses, notation)]
        rows = [("Rule", f"{self._rule(line)} ({self._link(number)} of the proof)")]
        if line.premises:
            rows.append(("From", _listed([self._premise(k) for k in line.premises])))
        rows.append(("Hypotheses used", _listed(used) if used else "none"))
        gamma = map(text, line.sequent.hypotheses)
        rows.append(("In the certificate", code(sequent(gamma, text(line.sequent.conclusion)))))
        rows.append(("LaTeX", copied(statement)))
        shown = "\n".join(f"<dt>{title}</dt><dd>{content}</dd>" for title, content in rows)
        return f'<dl class="behind">\n{shown}\n</dl>'

    def proof(self) -> str:
        """Return every line; folded, unless the page is to list them."""
        head = "<tr><th>line</th><th>what it shows</th><th>rule</th><th>from</th><th>assuming</th></tr>"
        assumed = self._proof.assumptions()
        rows = "\n".join(self._row(number, line, assumed) for number, line in enumerate(self._lines))
        count = len(self._lines)
        title = f"The whole proof: {count} line{'s' * (count != 1)}, in the language of the certificate"
        return (
            f'<details class="proof"{" open" * self._proof.listed}><summary>{title}</summary>\n'
            f'<div class="wide"><table>\n<thead>{head}</thead>\n<tbody>\n{rows}\n</tbody>\n</table></div>\n</details>'
        )

    def _row(self, number: int, line: Line, assumed: dict[Node, int]) -> str:
        premises = ", ".join(map(self._number, line.premises))
        under = ", ".join(self._number(assumed[h]) if h in assumed else code(text(h)) for h in line.sequent.hypotheses)
        rule = f"{line.rule} {self._typesetter.name(line.lemma)}" if line.lemma else line.rule
        cells = (str(number), escape(text(line.sequent.conclusion)), rule, premises, under)
        return f'<tr id="L{number}">' + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"

    def _rule(self, line: Line) -> str:
        cited = f" {self._typesetter.name(line.lemma)}" if line.lemma else ""
        return f"{code(line.rule)}{cited}: {escape(rule_words(line.rule))}"

    def _premise(self, number: int) -> str:
        line = self._lines[number]
        return f"{self._link(number)}, {code(line.rule)}: {code(text(line.sequent.conclusion))}"

    def _link(self, number: int) -> str:
        return f"line {number}" if self._whole is None else f'<a href="{self._whole}#L{number}">line {number}</a>'

    def _number(self, number: int) -> str:
        return f'<a href="#L{number}">{number}</a>'


def _listed(items: list[str]) -> str:
    return "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
