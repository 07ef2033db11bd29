r"""Terms and statements as LaTeX mathematics, from macros that TeX, KaTeX and MathJax read alike.

The author's order and fractions are kept; brackets stand only where a reader needs them. Each piece of formula knows
how wide it will be, so that a page can break long lines before TeX has seen them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import final

from ...kernel.terms import DOMAINS, NAT, REAL, Node, apply_abs, bound, num
from ...language.chains import ADDITIVE, operands
from ...language.rewriting import depends, on_domain, plain
from ..model.names import lowered, spell
from ..model.notation import Formula, Notation
from ..model.symbols import POSITIONS, SYMBOLS, Variables, variables
from .boxes import (
    ATOM,
    FRACTION,
    GREEK_LETTERS,
    IFF,
    IMPLIES,
    POWER,
    PRODUCT,
    RELATION,
    SLASH,
    SMALL,
    SUM,
    Box,
    between,
    mark,
    total,
    word,
)  # fmt: skip

__all__ = ["RELATIONS", "Latex"]

RELATIONS = {
    "=": "=", "<=": r"\le", "<": "<", "!=": r"\ne", "->": r"\longrightarrow", "=>": r"\Rightarrow", "<=>": r"\iff",
    ":=": ":=", "in": r"\in",
}  # fmt: skip


@final
class Latex:
    """Prints the formulas of one page.

    Parameters
    ----------
    notation : Notation
    flat : bool
        Whether fractions are written with a slash, as in running text.
    depth : int
        How many fraction bars are around.
    """

    def __init__(self, notation: Notation, flat: bool = False, depth: int = 0) -> None:
        self._notation = notation
        self._flat = flat
        self._depth = depth
        self._taken: frozenset[str] = frozenset()

    def _inner(self, flat: bool, depth: int) -> Latex:
        """Return a printer for a part of the formula that is printed."""
        inner = Latex(self._notation, flat, depth)
        inner._taken = self._taken
        return inner

    def formula(self, formula: Formula) -> Box:
        """Return a formula with its links on one line.

        Parameters
        ----------
        formula : Formula
        """
        shown = self.side(formula.first, formula)
        text, width, tall, parts = shown.text, shown.width, shown.tall, [shown]
        for relation, rights in formula.links:
            around = replace(formula, stack=formula.stack[:-1]) if relation == "->" else formula
            boxes = [self.side(r, around) for r in rights]
            arrow = r"\to" if relation == "->" else RELATIONS[relation]
            more = ", ".join(b.text for b in boxes)
            text += f" {arrow} {more}"
            own = 1.4 + total(b.width + 0.5 for b in boxes)
            width += own
            tall = tall or any(b.tall for b in boxes)
            inner = boxes[0].within(f"{arrow} ", "", 1.4) if len(boxes) == 1 else Box(f"{arrow} {more}", width=own)
            parts.append(inner)
        if not formula.links:
            return shown
        return Box(text, RELATION, width, tall=tall, parts=tuple(parts))

    def side(self, node: Node, around: Formula, closed: bool = False) -> Box:
        """Return a term, or a statement, below the bound variables of *around*.

        With *closed*, a statement that would swallow what follows it stands in brackets.

        Parameters
        ----------
        node : Node
        around : Formula
            What gives the names of the bound variables around it.
        closed : bool
            Whether something follows it, so that an open end, as in log x, needs brackets.
        """
        self._taken = around.taken.union(node.names)
        box = self._any(node, around.stack)
        return self._bracket(box) if closed and box.level < RELATION else box

    def name(self, name: str) -> Box:
        """Return a declared or bound name without its arguments.

        Parameters
        ----------
        name : str
        """
        return self._spelled(name, ())

    def index(self, node: Node, stack: tuple[str, ...]) -> Box:
        """Return an index: a bound variable, a constant of its set, or the value of an index function.

        Parameters
        ----------
        node : Node
            The index.
        stack : tuple of str
            Names of the variables bound around it, outermost first.
        """
        if node.op == "bound":
            return self.name(stack[-1 - node.data])
        return self._applied(node, stack, "index")

    # names

    def _spelled(self, name: str, more: Sequence[Box]) -> Box:
        """Return a name with indices below it."""
        spelling, renaming = spell(name, self._notation.scope), self._notation.renaming
        symbol = renaming.symbols.get(name) if renaming else None
        subs = () if symbol else spelling.subs
        if symbol:
            text, width = symbol.latex, symbol.width
        elif spelling.whole:
            text, width = word(spelling.base), 0.52 * len(spelling.base)
        else:
            text, width = mark(spelling.base)
        alone = text
        marks = [mark(s) for s in subs] + [(b.text, b.width) for b in more]
        if marks:
            single = not subs and all(len(m) == 1 or m in GREEK_LETTERS for m, _ in marks)
            inside = (" " if single else ", ").join(m for m, _ in marks)
            if single and "\\" not in inside:
                inside = inside.replace(" ", "")
            text += f"_{inside}" if len(inside) == 1 else f"_{{{inside}}}"
            width += SMALL * total(w for _, w in marks) + (0 if single else 0.3 * (len(marks) - 1))
        if renaming:
            renaming.printed(name, alone if more else text, text)
        return Box(text, ATOM, width + 0.05, tail="word" if text.startswith(r"\mathrm") and not marks else "letter")

    def _applied(self, node: Node, stack: tuple[str, ...], sort: str) -> Box:
        """Return p_i, r_{ij}, x_t(ω), N_h(n), f_j(x): arguments stand below a bare letter, else in brackets."""
        head, rest = self._headed(node, stack, sort)
        if not rest:
            return head
        shown, tall = ", ".join(b.text for b in rest), any(b.tall for b in rest)
        width = head.width + 0.8 + total(b.width + 0.4 for b in rest) + 0.7 * tall
        text = rf"{head.text}\left( {shown} \right)" if tall else f"{head.text}({shown})"
        return Box(text, ATOM, width, tail="bracket", tall=tall)

    def _headed(self, node: Node, stack: tuple[str, ...], sort: str) -> tuple[Box, list[Box]]:
        """Return a name with the arguments that stand below it, and those that stand in brackets."""
        spelling, renaming = spell(node.data, self._notation.scope), self._notation.renaming
        symbol = renaming.symbols.get(node.data) if renaming else None
        below = not symbol.below if symbol else not spelling.subs and not spelling.whole
        over = self._notation.scope.get(node.data, ((), ""))[0]
        over = over if len(over) == len(node.args) else tuple(REAL if a.is_number else "X" for a in node.args)
        inside = [self._any(a, stack) for a in node.args]
        split = [below and sub for sub in lowered(over, sort)]
        subs = [b for b, sub in zip(inside, split, strict=True) if sub]
        return self._spelled(node.data, subs), [b for b, sub in zip(inside, split, strict=True) if not sub]

    def _variable(self, name: str, index_set: str) -> tuple[str, float]:
        """Return the subscript of Σ."""
        shown = self.name(name)
        if index_set not in self._notation.named:
            return shown.text, shown.width
        over = self.name(index_set)
        return rf"{shown.text} \in {over.text}", shown.width + over.width + 0.67

    # terms and statements

    def _any(self, node: Node, stack: tuple[str, ...]) -> Box:
        if node.op in ("bound", "idx"):
            return self.index(node, stack)
        if node.op in ("dom", *DOMAINS):
            return self._domain(node, stack)
        return self._number(node, stack) if node.is_number else self._statement(node, stack)

    def _statement(self, node: Node, stack: tuple[str, ...]) -> Box:
        if node.op == "all":
            (over,), domain = node.args, on_domain(node)
            name = self._notation.letter(domain or over.data, self._taken.union(stack))
            inner = (*stack, name)
            shown, of = self.name(name), self._any(domain, inner) if domain else self.index_set(over.data)
            body = self._at_least(IMPLIES, over.args[0].args[1] if domain else over.args[0], inner)
            head = rf"\forall\, {shown.text} \in {of.text}\colon\ "
            width = shown.width + (2.7 + of.width if domain else 3.7)
            return replace(body.within(head, "", width), level=IMPLIES, head="letter", product=False)
        if node.op in ("int", "deriv"):
            left = self._integral(node, stack) if node.op == "int" else self._slope(node, stack)
            return left if len(node.args) == 2 else self._related(left, "=", self._number(node.args[2], stack))
        if node.op == "->":
            over, limit = node.args
            name = self._notation.letter(NAT, self._taken.union(stack))
            body, value = self._at_least(PRODUCT, over.args[0], (*stack, name)), self._number(limit, stack)
            shown = self.name(name)
            parts = body.within(rf"\lim_{{{shown.text} \to \infty}} ", "", 2.2), value.within("= ", "", 1.4)
            text = " ".join(part.text for part in parts)
            return Box(text, RELATION, 3.6 + body.width + value.width, tall=True, parts=parts)
        own = {"<=>": IFF, "=>": IMPLIES}.get(node.op, RELATION)
        left = self._at_least(RELATION, node.args[0], stack)
        return self._related(left, node.op, self._at_least(own if node.op == "=>" else own + 1, node.args[1], stack))

    def _related(self, left: Box, relation: str, right: Box) -> Box:
        """Return two sides with a relation between them."""
        own = {"<=>": IFF, "=>": IMPLIES}.get(relation, RELATION)
        wide = {IFF: 3.0, IMPLIES: 2.4}.get(own, 1.4)
        parts = (left, right.within(f"{RELATIONS[relation]} ", "", wide))
        text = " ".join(p.text for p in parts)
        return Box(text, own, left.width + right.width + wide, tall=left.tall or right.tall, parts=parts)

    # integrals, derivatives and domains

    def index_set(self, name: str) -> Box:
        """Return the name of an index set, ℕ or ℝ.

        Parameters
        ----------
        name : str
        """
        fixed = {NAT: r"\mathbb{N}", REAL: r"\mathbb{R}"}.get(name)
        return Box(fixed, width=0.75) if fixed else self.name(name)

    def _domain(self, node: Node, stack: tuple[str, ...]) -> Box:
        """Return (a, b), (a, ∞), ℝ, ℕ or the name of a domain."""
        if node.op == "dom":
            return self.name(node.data)
        if node.op in ("reals", "nats"):
            return self.index_set(REAL if node.op == "reals" else NAT)
        ends = [self._inner(True, 0)._number(a, stack) for a in node.args]
        low, high = (
            (Box(r"-\infty", width=1.8), *ends) if node.op == "below" else (*ends, Box(r"\infty", width=1.0))[:2]
        )
        tall, shown = low.tall or high.tall, f"{low.text}, {high.text}"
        text = rf"\left( {shown} \right)" if tall else f"({shown})"
        return Box(text, ATOM, low.width + high.width + 1.3, "bracket", "bracket", tall)

    def _limits(self, domain: Node, name: str, stack: tuple[str, ...]) -> tuple[str, str, float]:
        """Return ∫ or Σ with its limits, what stands behind the integrand, and how wide both are."""
        shown = self.name(name)
        if domain.op == "nats":
            return rf"\sum_{{{shown.text}=0}}^{{\infty}} ", "", max(1.45, SMALL * (shown.width + 1.7)) + 0.25
        low, high = self._ends(domain, stack)
        sign = rf"\int{_script('_', low.text)}" + (_script("^", high.text) if high.text else "") + " "
        return sign, rf"\, d{shown.text}", 1.0 + SMALL * max(low.width, high.width) + 0.7 + shown.width

    def _ends(self, domain: Node, stack: tuple[str, ...]) -> tuple[Box, Box]:
        """Return the limits of an integral; the domain and nothing where the limits may be in the wrong order."""
        inner = self._inner(True, 0)
        low, high = Box(r"-\infty", width=1.8), Box(r"\infty", width=1.0)
        if domain.op == "dom" or (domain.op == "open" and not self._notation.in_order(*domain.args)):
            return inner._any(domain, stack), Box("", width=0.0)
        if domain.op in ("open", "above"):
            low = inner._number(domain.args[0], stack)
        if domain.op in ("open", "below"):
            high = inner._number(domain.args[-1], stack)
        return low, high

    def _integral(self, node: Node, stack: tuple[str, ...]) -> Box:
        domain, over = node.args[:2]
        name = self._notation.letter(domain, self._taken.union(stack))
        sign, behind, wide = self._limits(domain, name, stack)
        body = self._at_least(PRODUCT, over.args[0], (*stack, name))
        shown = body.within(sign, behind, wide)
        return replace(shown, level=PRODUCT, head="operator", tail="open", tall=body.tall or not self._flat)

    def _slope(self, node: Node, stack: tuple[str, ...]) -> Box:
        """Return f′(a) for a function with a name, d/dx of a term in x, and d/dy of others with a bar and the place."""
        over, at = node.args[:2]
        body, place = over.args[0], self._number(at, stack)
        if prime := self._prime(body, stack):
            shown = rf"\left( {place.text} \right)" if place.tall else f"({place.text})"
            return Box(f"{prime.text}{shown}", ATOM, prime.width + place.width + 1.1, tail="bracket", tall=place.tall)
        variable = (at.op == "sym" and not at.args and at.data not in over.names) or (
            at.op == "#" and not depends(over, at.data)
        )
        if variable:
            shown_body, head, bar, wide = self._at_least(POWER, apply_abs(over, at), stack), place, "", 0.0
        else:
            name = self._notation.letter(REAL, self._taken.union(stack))
            shown_body, head = self._at_least(POWER, body, (*stack, name)), self.name(name)
            bar = r"\big" if self._flat else r"\Big"
            bar, wide = rf" {bar}|_{{{head.text} = {place.text}}}", SMALL * (head.width + place.width + 1.2) + 0.3
        sign = rf"\frac{{d}}{{d{head.text}}} "
        whole = shown_body.within(sign, bar, head.width + 1.0 + wide)
        tall = shown_body.tall or not self._flat
        return replace(whole, level=PRODUCT, head="operator", tail="open", tall=tall)

    def _prime(self, body: Node, stack: tuple[str, ...]) -> Box | None:
        """Return f′ where a function is one with a name, of which the last argument is the variable, else nothing."""
        variable = bound(0, REAL)
        if body.op == "Gamma" and body.args == (variable,):
            return Box(self._fixed(r"\Gamma", "the gamma function") + "'", width=0.85)
        if body.op != "sym" or body.args[-1:] != (variable,) or any(depends(a, 0) for a in body.args[:-1]):
            return None
        # The argument that runs is replaced by one that is printed and left away.
        head, rest = self._headed(Node("sym", body.data, (*body.args[:-1], num(0))), (*stack, ""), "number")
        name = f"{{{head.text}}}" if "^" in head.text or "'" in head.text else head.text
        return replace(head, text=f"{name}'", width=head.width + 0.3) if len(rest) == 1 else None

    def _at_least(self, level: int, node: Node, stack: tuple[str, ...]) -> Box:
        box = self._any(node, stack)
        return box if box.level >= level else self._bracket(box)

    def _bracket(self, box: Box) -> Box:
        ends = {"level": ATOM, "head": "bracket", "tail": "bracket"}
        if not box.tall:
            return replace(box.within("(", ")", 0.8), **ends)  # type: ignore[arg-type]
        # A pair of growing brackets must be closed in its line, so where it is broken the brackets have a fixed size.
        parts = box.within(r"\Bigl( ", r" \Bigr)", 1.9).parts
        shown = rf"\left( {box.text} \right)"
        return replace(box, text=shown, width=box.width + 1.9, parts=parts, **ends)  # type: ignore[arg-type]

    def _call(self, name: str, width: float, box: Box) -> Box:
        return replace(self._bracket(box).within(name, "", width), head="operator")

    def _number(self, node: Node, stack: tuple[str, ...]) -> Box:
        op, data, args = node.op, node.data, node.args
        if op == "num":
            return self._literal(data)
        if op == "nat":
            return self.index(args[0], stack)
        if op == "#":
            return self.name(stack[-1 - data])
        if op == "pi":
            return Box(self._fixed(r"\pi", "the number pi"), width=0.6)
        if op == "sym":
            return self._applied(node, stack, "number")
        if op == "card":
            over_box = self.name(data)
            return Box(f"|{over_box.text}|", ATOM, over_box.width + 0.6, "bar", "bar")
        if op in ("+", "-"):
            return self._sum(node, stack)
        if op in ("sum", "prod"):
            return self._big(node, stack)
        if op == "def":
            return self._defined(node, stack)
        if op == "delta":
            inside = [self.index(a, stack) for a in args]
            shown = ", ".join(b.text for b in inside)
            return Box(rf"\delta({shown})", ATOM, 1.8 + total(b.width for b in inside), tail="bracket")
        if op == "xlogy" and self._notation.xlogy:
            return self._product(args[0] * Node("log", None, args[1:]), stack)
        if op == "xlogy":
            return self._listed(word("xlogy"), 2.6, args, stack)
        if op == "exp":
            return self._call(r"\exp", 1.6, self._number(args[0], stack))
        if op in ("Gamma", "digamma"):
            sign, wide = (r"\Gamma", 0.65) if op == "Gamma" else self._digamma()
            sign = self._fixed(sign, f"the {op.lower()} function")
            inner = self._bracket(self._number(args[0], stack))
            return replace(inner.within(sign, "", wide), head="letter", product=False)
        if op == "abs":
            inner = self._number(args[0], stack)
            parts = inner.within(r"\Bigl| ", r" \Bigr|", 0.8).parts
            return Box(rf"\left| {inner.text} \right|", ATOM, inner.width + 0.8, "bar", "bar", inner.tall, parts)
        if op == "neg":
            inner = self._number(args[0], stack)
            inner = inner if inner.level >= SLASH and inner.head != "minus" else self._bracket(inner)
            return replace(inner.within("-", "", 0.8), level=SUM, head="minus")
        return {"*": self._product, "/": self._quotient, "^": self._power, "log": self._log}[op](node, stack)

    def _literal(self, value: Fraction) -> Box:
        top, bottom = abs(value.numerator), value.denominator
        if bottom == 1:
            box = Box(str(top), ATOM, 0.5 * len(str(top)), "digit", "digit")
        elif self._flat:
            box = Box(f"{top}/{bottom}", SLASH, 0.5 * len(f"{top}{bottom}") + 0.5, "digit", "digit")
        else:
            wide = 0.5 * max(len(str(top)), len(str(bottom))) + 0.25
            box = Box(rf"\frac{{{top}}}{{{bottom}}}", FRACTION, wide, "fraction", "fraction", True)
        return box if value >= 0 else replace(box, text="-" + box.text, level=SUM, width=box.width + 0.8, head="minus")

    def _sum(self, node: Node, stack: tuple[str, ...]) -> Box:
        (_, start), *terms = operands(node, ADDITIVE, None)
        first = self._at_least(SLASH if start.op in ADDITIVE else SUM, start, stack)
        boxes = [first]
        for sign, term in terms:
            box = self._at_least(SLASH, term, stack)
            boxes.append(box.within(f"{sign} ", "", 1.2))
        text = " ".join(b.text for b in boxes)
        width, tall = total(b.width for b in boxes), any(b.tall for b in boxes)
        return Box(text, SUM, width, first.head, boxes[-1].tail, tall, tuple(boxes))

    def _product(self, node: Node, stack: tuple[str, ...]) -> Box:
        factors = self._factors(node)
        boxes: list[Box] = []
        for k, factor in enumerate(factors):
            box, last = self._number(factor, stack), k == len(factors) - 1
            slash = self._flat and (factor.args or (factor,))[0].op in ("num", "/") and "/" in box.text
            negative = k == 0 and factor.op in ("num", "neg") and not slash
            if (box.level < PRODUCT and not negative) or (box.tail == "open" and not last):
                box = self._bracket(box)
            if boxes:
                gap = between(boxes[-1], box)
                box = box.within(gap, "", 0.75 if "cdot" in gap else 0.2)
            boxes.append(box)
        text, width = "".join(b.text for b in boxes), total(b.width for b in boxes)
        level = SUM if boxes[0].head == "minus" else PRODUCT
        tall = any(b.tall for b in boxes)
        return Box(text, level, width, boxes[0].head, boxes[-1].tail, tall, tuple(boxes), True)

    def _factors(self, node: Node) -> list[Node]:
        if node.op != "*":
            return [node]
        return [*self._factors(node.args[0]), *self._factors(node.args[1])]

    def _quotient(self, node: Node, stack: tuple[str, ...]) -> Box:
        if not self._flat:
            deep = self._depth > 0
            top, bottom = (self._inner(deep, self._depth + 1)._number(a, stack) for a in node.args)
            if not (deep and (top.tall or bottom.tall)):
                width = (max(top.width, bottom.width) + 0.1) * (SMALL if deep else 1) + 0.25
                shown = rf"\frac{{{top.text}}}{{{bottom.text}}}"
                return Box(shown, FRACTION, width, "fraction", "fraction", True, self._sloped(top, bottom))
        top, bottom = (self._number(a, stack) for a in node.args)
        top = top if top.level >= PRODUCT and top.tail != "open" else self._bracket(top)
        bottom = bottom if bottom.level >= POWER else self._bracket(bottom)
        tall, parts = top.tall or bottom.tall, (top, bottom.within("/", "", 0.5))
        width = top.width + bottom.width + 0.5
        return Box(f"{top.text}/{bottom.text}", SLASH, width, top.head, bottom.tail, tall, parts, True)

    def _sloped(self, top: Box, bottom: Box) -> tuple[Box, ...]:
        """Return the parts of a fraction that is wider than a line: with a slash, in brackets, it can be broken."""
        top = top if top.level >= PRODUCT and top.tail != "open" else self._bracket(top)
        bottom = bottom if bottom.level >= POWER else self._bracket(bottom)
        return top.within(r"\Bigl( ", "", 0.8), bottom.within("/ ", r" \Bigr)", 1.4)

    def _power(self, node: Node, stack: tuple[str, ...]) -> Box:
        base = self._at_least(ATOM, node.args[0], stack)
        if base.head == "letter" and ("^" in base.text or "'" in base.text):  # a symbol with a superscript
            base = self._bracket(base)
        exponent = self._inner(True, 0)._number(node.args[1], stack)
        text = exponent.text if len(exponent.text) == 1 else f"{{{exponent.text}}}"
        shown = base.within("", f"^{text}", 0.0)
        return replace(
            shown, level=POWER, width=base.width + SMALL * exponent.width, tail="letter",
            tall=base.tall or exponent.tall, product=False,
        )  # fmt: skip

    def _log(self, node: Node, stack: tuple[str, ...]) -> Box:
        base = self._notation.base
        name, width = (r"\log", 1.45) if base is None else (rf"\log_{{{base}}}", 1.45 + 0.35 * len(str(base)))
        inner = self._number(node.args[0], stack)
        bare = inner.level >= FRACTION and inner.head != "operator"
        if not bare and node.args[0].op not in ("sum", "prod"):
            inner = self._bracket(inner)
        space = "" if inner.head == "bracket" else " "
        return replace(inner.within(name + space, "", width), level=PRODUCT, head="operator", tail="open")

    def _big(self, node: Node, stack: tuple[str, ...]) -> Box:
        (over,) = node.args
        name = self._notation.letter(over.data, self._taken.union(stack))
        below, narrow = self._variable(name, over.data)
        body = self._at_least(PRODUCT, over.args[0], (*stack, name))
        width = max(1.45, SMALL * narrow + 0.1) + 0.25 + body.width
        tall = body.tall or not self._flat
        shown = body.within(rf"\{node.op}_{{{below}}} ", "", width - body.width)
        return replace(shown, level=PRODUCT, head="operator", tail="open", tall=tall)

    # defined symbols

    def _fixed(self, sign: str, what: str) -> str:
        """Return a symbol that does not stand for a name, and that no name may look like."""
        if self._notation.renaming:
            self._notation.renaming.fixed(sign, what)
        return sign

    def _digamma(self) -> tuple[str, float]:
        return (r"\psi", 0.65) if self._notation.psi else (word("digamma"), 3.6)

    def _listed(self, name: str, width: float, args: Sequence[Node], stack: tuple[str, ...], gap: str = ", ") -> Box:
        boxes = [self._operand(a, stack) for a in args]
        width += 0.8 + total(b.width for b in boxes) + (len(boxes) - 1) * (0.5 if gap == ", " else 1.3)
        text, tall = gap.join(b.text for b in boxes), any(b.tall for b in boxes)
        brackets = (r"\left( ", r" \right)") if tall else ("(", ")")
        width += 0.7 * tall
        around = (r"\Bigl( ", r" \Bigr)") if tall else ("(", ")")
        parts = [boxes[0].within(name + around[0], "", 1.5), *(b.within(gap.lstrip(), "", 1.0) for b in boxes[1:])]
        parts[-1] = parts[-1].within("", around[1], 0.4)
        shown = f"{name}{brackets[0]}{text}{brackets[1]}"
        return Box(shown, ATOM, width + 0.2, tail="bracket", tall=tall, parts=tuple(parts))

    def _operand(self, node: Node, stack: tuple[str, ...]) -> Box:
        """Return an operand of a defined symbol; a family of numbers by its name, or as (…)_i."""
        if node.op != "lam":
            return self._any(node, stack)
        if short := plain(node):
            return self.name(short)
        names: list[tuple[str, str]] = []
        while node.op == "lam":
            name = self._notation.letter(node.data, self._taken.union(stack))
            names.append((name, node.data))
            node, stack = node.args[0], (*stack, name)
        if len(names) == 1 and not depends(node, 0):
            return self._any(node, stack)
        body = self._inner(True, self._depth)._any(node, stack)
        if not node.is_number:
            head = self.name(names[0][0]).text
            return Box(rf"{head} \mapsto {body.text}", RELATION, body.width + 2.0, tall=body.tall)
        below = [self._variable(name, over) for name, over in names]
        inside, narrow = self._bracket(body), total(w for _, w in below) + 0.5 * (len(below) - 1)
        listed = ", ".join(shown for shown, _ in below)
        return replace(inside, text=f"{inside.text}_{{{listed}}}", width=inside.width + SMALL * narrow)

    def _defined(self, node: Node, stack: tuple[str, ...]) -> Box:
        name, args = node.data[0], node.args
        if found := variables(node, self._notation.scope):
            return self._of_variables(name, found)
        if name in POSITIONS:
            below, width = POSITIONS[name]
            symbol = rf"{SYMBOLS[name][0]}_{{{below}}}".replace("|", r" \mid ")
            return self._listed(symbol if below else "H", 0.8 + SMALL * width, args, stack)
        if name == "kl":
            return self._listed(r"D_{\mathrm{KL}}", 1.9, args, stack, r" \parallel ")
        if name == "binary_kl":
            return self._listed("d", 0.5, args, stack, r" \parallel ")
        if name in ("entropy", "cross_entropy"):
            return self._listed("H", 0.8, args, stack)
        if name == "count":
            sequence, index = self._operand(args[0], stack), self.index(args[1], stack)
            head = f"N_{index.text}" if len(index.text) == 1 else f"N_{{{index.text}}}"
            if self._notation.counts:
                return Box(head, ATOM, 0.8 + SMALL * index.width)
            return Box(f"{head}({sequence.text})", ATOM, 1.6 + index.width + sequence.width, tail="bracket")
        if name == "rel_entr" and self._notation.rel_entr:
            return self._product(args[0] * Node("log", None, (args[0] / args[1],)), stack)
        return self._listed(word(name), 0.52 * len(name), args, stack)

    def _of_variables(self, name: str, found: Variables) -> Box:
        """Return H(X | Y), with the joint distribution below H where the page has several."""
        symbol, gaps = SYMBOLS[name]
        sets = [self.name(s) for s in found.sets]
        text = sets[0].text
        for gap, box in zip(gaps, sets[1:], strict=True):
            text += {",": ", ", ";": "; ", "|": r" \mid "}[gap] + box.text
        head = Box(symbol, ATOM, 0.8)
        if len(self._notation.joints) > 1:
            below = self.name(found.joint)
            shown = below.text if len(below.text) == 1 else f"{{{below.text}}}"
            head = Box(f"{symbol}_{shown}", ATOM, 0.8 + SMALL * below.width)
        width = head.width + 0.9 + total(b.width + 0.1 for b in sets) + 0.6 * len(gaps)
        return Box(f"{head.text}({text})", ATOM, width, tail="bracket")


def _script(sign: str, text: str) -> str:
    """Return a sub- or superscript."""
    return f"{sign}{text}" if len(text) == 1 or text == r"\infty" else f"{sign}{{{text}}}"
