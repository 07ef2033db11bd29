"""Terms and statements as one line of Unicode, for terminals.

Division is a slash, so brackets stand where LaTeX would draw a fraction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import final

from ...kernel.terms import DOMAINS, NAT, REAL, Node, apply_abs, bound, num, unwrap
from ...language.chains import ADDITIVE, operands
from ...language.rewriting import depends, on_domain, plain
from ..model.names import GREEK, Spelling, lowered, spell
from ..model.notation import Formula, Notation
from ..model.symbols import POSITIONS, SYMBOLS, Variables, variables

__all__ = ["RELATIONS", "TextLine", "Unicode"]

RELATIONS = {
    "=": "=", "<=": "≤", "<": "<", "!=": "≠", "->": "→", "=>": "⇒", "<=>": "⇔", ":=": ":=",
    "in": "∈",
}  # fmt: skip

_LONG = 60
"""Columns from which on a factor may itself be broken."""
_IFF, _IMPLIES, _RELATION, _SUM, _PRODUCT, _POWER, _ATOM = range(1, 8)
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@final
@dataclass(frozen=True, slots=True)
class TextLine:
    """A piece of formula.

    Parameters
    ----------
    text : str
    level : int
        How tightly its outermost operator binds.
    open : bool
        Whether it ends in log x or Σ, which would swallow what follows.
    parts : tuple of str
        The summands, factors or halves of a quotient, in front of which it may be broken; joined they are the text.
    """

    text: str
    level: int = _ATOM
    open: bool = False
    parts: tuple[str, ...] = ()


def _mark(text: str) -> str:
    return GREEK[text][1] if text in GREEK else text


@final
class Unicode:
    """Prints the formulas of one page for a terminal.

    Parameters
    ----------
    notation : Notation
    """

    def __init__(self, notation: Notation) -> None:
        self._notation = notation
        self._taken: frozenset[str] = frozenset()

    def formula(self, formula: Formula) -> str:
        """Return a formula with its links on one line.

        Parameters
        ----------
        formula : Formula
        """
        text = self.side(formula.first, formula).text
        for relation, rights in formula.links:
            around = replace(formula, stack=formula.stack[:-1]) if relation == "->" else formula
            text += f" {RELATIONS[relation]} " + ", ".join(self.side(r, around).text for r in rights)
        return text

    def side(self, node: Node, around: Formula, closed: bool = False) -> TextLine:
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
        line = self._any(node, around.stack)
        return TextLine(f"({line.text})") if closed and line.level < _RELATION else line

    def name(self, name: str) -> str:
        """Return a declared or bound name without its arguments.

        Parameters
        ----------
        name : str
        """
        return self._spelled(spell(name, self._notation.scope), ())

    def index(self, node: Node, stack: tuple[str, ...]) -> str:
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

    def _spelled(self, spelling: Spelling, more: Sequence[str]) -> str:
        if spelling.whole:
            return f"{{{spelling.base}}}" if "_" in spelling.base else spelling.base
        base, marks = _mark(spelling.base), [*map(_mark, spelling.subs), *more]
        if not marks:
            return base
        if all(m.isdigit() and m.isascii() for m in marks):
            return base + "".join(marks).translate(_LOWERED) if len(marks) == 1 else f"{base}_{','.join(marks)}"
        if spelling.subs:
            return f"{base}_{','.join(marks)}"
        if all(len(m) == 1 for m in marks):
            return f"{base}_{''.join(marks)}"
        return f"{base}[{', '.join(marks)}]"

    def _applied(self, node: Node, stack: tuple[str, ...], sort: str) -> str:
        head, rest = self._headed(node, stack, sort)
        return f"{head}({', '.join(rest)})" if rest else head

    def _headed(self, node: Node, stack: tuple[str, ...], sort: str) -> tuple[str, list[str]]:
        """Return a name with the arguments that stand below it, and those that stand in brackets."""
        spelling = spell(node.data, self._notation.scope)
        over = self._notation.scope.get(node.data, ((), ""))[0]
        over = over if len(over) == len(node.args) else tuple(REAL if a.is_number else "X" for a in node.args)
        inside = [self._any(a, stack).text for a in node.args]
        below = not spelling.subs and not spelling.whole
        split = [below and sub for sub in lowered(over, sort)]
        head = self._spelled(spelling, [t for t, sub in zip(inside, split, strict=True) if sub])
        return head, [t for t, sub in zip(inside, split, strict=True) if not sub]

    def _variable(self, name: str, index_set: str) -> str:
        shown = self.name(name)
        return f"{{{shown}∈{self.name(index_set)}}}" if index_set in self._notation.named else shown

    # terms and statements

    def _any(self, node: Node, stack: tuple[str, ...]) -> TextLine:
        if node.op in ("bound", "idx"):
            return TextLine(self.index(node, stack))
        if node.op in ("dom", *DOMAINS):
            return TextLine(self._domain(node, stack))
        return self._number(node, stack) if node.is_number else self._statement(node, stack)

    def _statement(self, node: Node, stack: tuple[str, ...]) -> TextLine:
        if node.op == "all":
            (over,), domain = node.args, on_domain(node)
            name = self._notation.letter(domain or over.data, self._taken.union(stack))
            inner = (*stack, name)
            of = self._any(domain, inner).text if domain else self.index_set(over.data)
            body = self._at_least(_IMPLIES, over.args[0].args[1] if domain else over.args[0], inner)
            return TextLine(f"∀{self.name(name)}∈{of}: {body}", _IMPLIES)
        if node.op in ("int", "deriv"):
            line = self._integral(node, stack) if node.op == "int" else self._slope(node, stack)
            if len(node.args) == 2:
                return line
            return TextLine(f"{line.text} = {self._number(node.args[2], stack).text}", _RELATION)
        if node.op == "->":
            name = self._notation.letter(NAT, self._taken.union(stack))
            body = self._any(unwrap(node.args[0]), (*stack, name)).text
            return TextLine(f"{body} → {self._any(node.args[1], stack).text} ({self.name(name)} → ∞)", _RELATION)
        own = {"<=>": _IFF, "=>": _IMPLIES}.get(node.op, _RELATION)
        left = self._at_least(_RELATION, node.args[0], stack)
        right = self._at_least(own if node.op == "=>" else own + 1, node.args[1], stack)
        return TextLine(f"{left} {RELATIONS[node.op]} {right}", own)

    # integrals, derivatives and domains

    def index_set(self, name: str) -> str:
        """Return the name of an index set, ℕ or ℝ.

        Parameters
        ----------
        name : str
        """
        return {NAT: "ℕ", REAL: "ℝ"}.get(name) or self.name(name)

    def _domain(self, node: Node, stack: tuple[str, ...]) -> str:
        """Return (a, b), (a, ∞), ℝ, ℕ or the name of a domain."""
        if node.op == "dom":
            return self.name(node.data)
        if node.op in ("reals", "nats"):
            return "ℝ" if node.op == "reals" else "ℕ"
        ends = [self._number(a, stack).text for a in node.args]
        low, high = ("-∞", *ends) if node.op == "below" else (*ends, "∞")[:2]
        return f"({low}, {high})"

    def _limits(self, domain: Node, stack: tuple[str, ...]) -> str:
        """Return what stands below and above ∫; the domain below it where its ends may be in the wrong order."""
        if domain.op == "dom" or (domain.op == "open" and not self._notation.in_order(*domain.args)):
            return _script("_", self._domain(domain, stack))
        low = self._number(domain.args[0], stack).text if domain.op in ("open", "above") else "-∞"
        high = self._number(domain.args[-1], stack).text if domain.op in ("open", "below") else "∞"
        return _script("_", low) + _script("^", high)

    def _integral(self, node: Node, stack: tuple[str, ...]) -> TextLine:
        domain, over = node.args[:2]
        name = self._notation.letter(domain, self._taken.union(stack))
        line = self._number(over.args[0], (*stack, name))
        body = line if line.level >= _PRODUCT else self._bracketed(line)
        shown = self.name(name)
        series = domain.op == "nats"
        sign, behind = (
            f"Σ_{{{shown}=0}}^∞ " if series else f"∫{self._limits(domain, stack)} ",
            "" if series else f" d{shown}",
        )
        parts = (sign + body.parts[0], *body.parts[1:-1], body.parts[-1] + behind) if len(body.parts) > 1 else ()
        return TextLine(f"{sign}{body.text}{behind}", _PRODUCT, True, parts)

    def _bracketed(self, line: TextLine) -> TextLine:
        parts = (f"({line.parts[0]}", *line.parts[1:-1], f"{line.parts[-1]})") if len(line.parts) > 1 else ()
        return TextLine(f"({line.text})", parts=parts)

    def _slope(self, node: Node, stack: tuple[str, ...]) -> TextLine:
        """Return f′(a) for a function with a name, d/dx of a term in x, and d/dy of others with a bar and the place."""
        over, at = node.args[:2]
        place = self._number(at, stack).text
        if prime := self._prime(over.args[0], stack):
            return TextLine(f"{prime}({place})")
        bare = at.op == "sym" and not at.args and at.data not in over.names
        if bare or (at.op == "#" and not depends(over, at.data)):
            return TextLine(f"d/d{place} {self._at_least(_POWER, apply_abs(over, at), stack)}", _PRODUCT, True)
        name = self._notation.letter(REAL, self._taken.union(stack))
        body = self._at_least(_POWER, over.args[0], (*stack, name))
        return TextLine(f"d/d{self.name(name)} {body} |_{{{self.name(name)}={place}}}", _PRODUCT, True)

    def _prime(self, body: Node, stack: tuple[str, ...]) -> str:
        """Return f′ where a function is one with a name, of which the last argument is the variable, else nothing."""
        variable = bound(0, REAL)
        if body.op == "Gamma" and body.args == (variable,):
            return "Γ′"
        if body.op != "sym" or body.args[-1:] != (variable,) or any(depends(a, 0) for a in body.args[:-1]):
            return ""
        head, rest = self._headed(Node("sym", body.data, (*body.args[:-1], num(0))), (*stack, ""), "number")
        return f"{head}′" if len(rest) == 1 else ""

    def _at_least(self, level: int, node: Node, stack: tuple[str, ...], closed: bool = False) -> str:
        line = self._any(node, stack)
        return f"({line.text})" if line.level < level or (closed and line.open) else line.text

    def _number(self, node: Node, stack: tuple[str, ...]) -> TextLine:
        op, data, args = node.op, node.data, node.args
        if op == "num":
            return _literal(data)
        if op == "nat":
            return TextLine(self.index(args[0], stack))
        if op == "#":
            return TextLine(self.name(stack[-1 - data]))
        if op == "pi":
            return TextLine("π")
        if op == "sym":
            return TextLine(self._applied(node, stack, "number"))
        if op == "card":
            return TextLine(f"|{self.name(data)}|")
        if op in ("+", "-"):
            return self._sum(node, stack)
        if op in ("sum", "prod"):
            return self._big(node, stack)
        if op == "def":
            return self._defined(node, stack)
        if op == "delta":
            return TextLine(f"δ({', '.join(self.index(a, stack) for a in args)})")
        if op == "xlogy":
            if self._notation.xlogy:
                return self._product(args[0] * Node("log", None, args[1:]), stack)
            return self._call("xlogy", args, stack)
        if op in ("exp", "Gamma", "digamma"):
            signs = {"Gamma": "Γ", "digamma": "ψ" if self._notation.psi else op}
            return self._call(signs.get(op, op), args, stack)
        if op == "abs":
            return TextLine(f"|{self._number(args[0], stack).text}|")
        if op == "neg":
            inner = self._number(args[0], stack)
            minus = inner.text.startswith("-")
            operand = f"({inner.text})" if inner.level < _PRODUCT or minus else inner.text
            return TextLine(f"-{operand}", _SUM, inner.open)
        return {"*": self._product, "/": self._quotient, "^": self._power, "log": self._log}[op](node, stack)

    def _sum(self, node: Node, stack: tuple[str, ...]) -> TextLine:
        (_, first), *terms = operands(node, ADDITIVE, None)
        lines = [(sign, self._number(t, stack)) for sign, t in terms]
        signed = [f" {sign} {f'({t.text})' if t.level < _PRODUCT else t.text}" for sign, t in lines]
        parts = (self._at_least(_PRODUCT if first.op in ADDITIVE else _SUM, first, stack), *signed)
        return TextLine("".join(parts), _SUM, lines[-1][1].open, parts)

    def _factors(self, node: Node) -> list[Node]:
        if node.op != "*":
            return [node]
        return [*self._factors(node.args[0]), *self._factors(node.args[1])]

    def _product(self, node: Node, stack: tuple[str, ...]) -> TextLine:
        factors = self._factors(node)
        parts: list[str] = []
        line = TextLine("")
        for k, factor in enumerate(factors):
            line, last = self._number(factor, stack), k == len(factors) - 1
            loose = line.level < _PRODUCT and not (k == 0 and factor.op in ("num", "neg"))
            if loose or (line.open and not last) or (_is_quotient(factor) and k > 0):
                line = TextLine(f"({line.text})")
            slash = k == 1 and _is_quotient(factors[0].args[0] if factors[0].op == "neg" else factors[0])
            gap = "" if k == 0 else " · " if slash else " " if line.text.startswith(("log", "Σ", "Π")) else "·"
            inside = line.parts if len(line.text) > _LONG and line.parts else (line.text,)
            parts += (gap + inside[0], *inside[1:])
        level = _SUM if parts[0].startswith("-") else _PRODUCT
        return TextLine("".join(parts), level, line.open, tuple(parts))

    def _quotient(self, node: Node, stack: tuple[str, ...]) -> TextLine:
        top, bottom = node.args
        upper = self._at_least(_PRODUCT, top, stack, closed=True)
        upper = f"({upper})" if _is_quotient(top) or (top.op == "*" and any(map(_is_quotient, top.args))) else upper
        parts = (upper, f"/{self._at_least(_POWER, bottom, stack)}")
        return TextLine("".join(parts), _PRODUCT, parts=parts)

    def _power(self, node: Node, stack: tuple[str, ...]) -> TextLine:
        base, exponent = self._at_least(_ATOM, node.args[0], stack), node.args[1]
        whole = exponent.op == "num" and _is_natural(exponent.data)
        if whole and base[-1] not in "₀₁₂₃₄₅₆₇₈₉":
            return TextLine(base + str(exponent.data).translate(_RAISED), _POWER)
        return TextLine(f"{base}^{self._at_least(_ATOM, exponent, stack)}", _POWER)

    def _log(self, node: Node, stack: tuple[str, ...]) -> TextLine:
        base = self._notation.base
        name = "log" if base is None else "log" + str(base).translate(_LOWERED)
        (inner,) = node.args
        bare = inner.op in ("sym", "nat", "card", "abs", "#", "Gamma", "pi") or (
            inner.op == "num" and _is_natural(inner.data)
        )
        line = self._number(inner, stack)
        if bare:
            return TextLine(f"{name} {line.text}", _PRODUCT, open=True)
        shown = self._bracketed(line)
        return TextLine(
            name + shown.text, _PRODUCT, parts=(name + shown.parts[0], *shown.parts[1:]) if shown.parts else ()
        )

    def _big(self, node: Node, stack: tuple[str, ...]) -> TextLine:
        (over,) = node.args
        name = self._notation.letter(over.data, self._taken.union(stack))
        body = self._at_least(_PRODUCT, over.args[0], (*stack, name))
        sign = "Σ" if node.op == "sum" else "Π"
        return TextLine(f"{sign}_{self._variable(name, over.data)} {body}", _PRODUCT, open=True)

    # defined symbols

    def _call(self, name: str, args: Sequence[Node], stack: tuple[str, ...], gap: str = ", ") -> TextLine:
        return TextLine(f"{name}({gap.join(self._operand(a, stack) for a in args)})")

    def _operand(self, node: Node, stack: tuple[str, ...]) -> str:
        if node.op != "lam":
            return self._any(node, stack).text
        if short := plain(node):
            return self.name(short)
        names: list[tuple[str, str]] = []
        while node.op == "lam":
            name = self._notation.letter(node.data, self._taken.union(stack))
            names.append((name, node.data))
            node, stack = node.args[0], (*stack, name)
        body = self._any(node, stack).text
        if len(names) == 1 and not depends(node, 0):
            return body
        if not node.is_number:
            return f"{self.name(names[0][0])} ↦ {body}"
        if len(names) == 1:
            return f"({body})_{self._variable(*names[0])}"
        inside = ", ".join(self._variable(*n).strip("{}") for n in names)
        return f"({body})_{{{inside}}}"

    def _defined(self, node: Node, stack: tuple[str, ...]) -> TextLine:
        name, args = node.data[0], node.args
        if found := variables(node, self._notation.scope):
            return self._of_variables(name, found)
        if name in POSITIONS:
            below, _ = POSITIONS[name]
            return self._call(f"{SYMBOLS[name][0]}_{{{below}}}" if below else "H", args, stack)
        if name in ("kl", "binary_kl"):
            return self._call("D" if name == "kl" else "d", args, stack, "‖")
        if name in ("entropy", "cross_entropy"):
            return self._call("H", args, stack)
        if name == "count":
            index = self.index(args[1], stack)
            head = f"N_{index}" if len(index) == 1 else f"N[{index}]"
            return TextLine(head if self._notation.counts else f"{head}({self._operand(args[0], stack)})")
        if name == "rel_entr" and self._notation.rel_entr:
            return self._product(args[0] * Node("log", None, (args[0] / args[1],)), stack)
        return self._call(name, args, stack)

    def _of_variables(self, name: str, found: Variables) -> TextLine:
        """Return H(X|Y), with the joint distribution below H where the page has several."""
        symbol, gaps = SYMBOLS[name]
        sets = [self.name(s) for s in found.sets]
        text = sets[0] + "".join({",": ", "}.get(gap, gap) + s for gap, s in zip(gaps, sets[1:], strict=True))
        if len(self._notation.joints) > 1:
            symbol += "_" + self.name(found.joint)
        return TextLine(f"{symbol}({text})")


def _literal(value: Fraction) -> TextLine:
    return TextLine(str(value), _SUM if value < 0 else _ATOM if value.denominator == 1 else _PRODUCT)


def _is_quotient(node: Node) -> bool:
    return node.op == "/" or (node.op == "num" and bool(node.data.denominator > 1))


def _is_natural(value: Fraction) -> bool:
    return value >= 0 and value.denominator == 1


def _script(sign: str, text: str) -> str:
    """Return a limit of an integral: a lowered digit, ∞ or a letter as it is, else in braces."""
    if sign == "_" and len(text) == 1 and text.isdigit():
        return text.translate(_LOWERED)
    if sign == "^" and len(text) == 1 and text.isdigit():
        return text.translate(_RAISED)
    return f"{sign}{text}" if len(text) == 1 else f"{sign}{{{text}}}"
