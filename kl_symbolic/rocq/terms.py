"""Kernel terms in the language of Rocq (Coq): a syntax with every parenthesis written, so that it reads back one way.

======================== ======================================= ==============================================
sort                     kernel                                  text
======================== ======================================= ==============================================
number                   ``num`` 3, −3, 7/10, −7/10              ``3  (IZR (-3))  (ratio 7 10)  (ratio (-7) 10)``
number                   ``sym`` p, u_{i,n}                      ``p  (u i n)``
number                   ``+ - * / neg``                         ``(a + b) (a - b) (a * b) (a / b) (- a)``
number                   ``^ log exp abs xlogy``                 ``(rpow a b) (ln a) (exp a) (Rabs a) (xlogy a b)``
number                   ``card delta nat``                      ``(card X) (delta X i j) (INR n)``
number                   ``sum prod``                            ``(sum X (fun i : X => a))``, ``(prod X …)``
number                   ``def`` kl over X of p, q               ``(kl X (fun i : X => a) (fun i : X => b))``
number                   ``Gamma digamma pi``                    ``(Gamma a) (digamma a) PI``
index, number            ``bound idx``, ``#``                    ``i  (f i)``, ``x``
interval                 ``open above below reals``              ``(open a b) (above a) (below b) reals``
domain                   an interval, ``nats``, ``dom`` D        ``(over M' reals)  (nats M')  D``
statement                ``= <= < !=``                           ``(a = b) (a <= b) (a < b) (a <> b)``
statement                ``->``                                  ``(tends (fun n : nat => a) b)``
statement                ``=> <=>``                              ``(A -> B) (A <-> B)``
statement                ``all``                                 ``(forall i : X, A)``, ``(forall n : nat, A)``
statement                ``in int``                              ``(mem D a)  (int D (fun x : R => a) b)``
statement                ``deriv``                               ``(deriv (fun x : R => a) b s)``
======================== ======================================= ==============================================

Operands of a defined symbol that are not functions stand as they are: ``(rel_entr a b)``, ``(count T X (fun t : T =>
(x t)) i)``. An operand over two sets is ``(fun (i : X) (j : Y) => a)``; ℕ is ``nat``, numbers are ``R``. ``M'`` is the
integral for the intervals and ℕ, which a statement that mentions them is about: ``(M' : integrals)``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import final

from ..kernel.definitions import DEFINITIONS
from ..kernel.errors import KLError
from ..kernel.rules import HOLE
from ..kernel.syntax import Scope, Signature
from ..kernel.terms import DOMAINS, INTERVALS, NAT, REAL, Node

__all__ = [
    "COMPARISONS", "FUNCTIONS", "INFIX", "MODEL", "TAKEN", "NotExported", "RocqNames", "measured", "mentions",
    "rocq_name",
]  # fmt: skip

INFIX = {"+": "+", "-": "-", "*": "*", "/": "/"}
"""Operators between two numbers."""
COMPARISONS = {"=": "=", "<=": "<=", "<": "<", "!=": "<>"}
"""Statements between two numbers."""
FUNCTIONS = {
    "log": "ln", "exp": "exp", "abs": "Rabs", "xlogy": "xlogy", "^": "rpow", "nat": "INR",
    "Gamma": "Gamma", "digamma": "digamma", "pi": "PI", "deriv": "deriv", "int": "int",
    "open": "open", "above": "above", "below": "below", "reals": "reals", "in": "mem", "->": "tends",
}  # fmt: skip
"""Operators that are written before their operands."""
_CONNECTIVES = {"=>": "->", "<=>": "<->"}

_KEYWORDS = (
    "Axiom CoFixpoint Definition Fixpoint Hypothesis Parameter Prop SProp Set Theorem Type Variable as at by cofix "
    "else end exists exists2 fix for forall fun if in is let ltac match mod return then using where with"
)
_COMMANDS = (
    "Axioms Parameters Conjecture Conjectures Hypotheses Variables Context Declare Admitted Admit admit give_up "
    "bypass_check Unset Universe Polymorphic Drop Load ML Extraction Redirect Cd"
)
_PRELUDE = "R IZR INR Rabs ln exp xlogy rpow ratio sum prod card delta tends finset nat kl eq eq_refl I True False"
_INTEGRALS = "Gamma digamma PI deriv domain interval integrals mem int over open above below reals nats"
TAKEN = frozenset((*_KEYWORDS.split(), *_COMMANDS.split(), *_PRELUDE.split(), *_INTEGRALS.split(), *DEFINITIONS))
"""Words that mean something in a statement or a proof, and commands that no file may hold: a name of a certificate that
is one of them gets a prime.

A name of a certificate never contains a prime, so two names never become one.
"""

MODEL = "M'"
"""The integral for the intervals and ℕ: an argument of every lemma of a proof that mentions them."""

_BOUND = {NAT: ("n", "m"), REAL: ("x", "y", "z")}
_BOUND_IN_A_SET = ("i", "j", "k", "l", "m", "o")


@final
class NotExported(KLError, ValueError):
    """A theorem, a rule or a name that has no counterpart in Rocq; nothing weaker is written instead."""


def rocq_name(name: str) -> str:
    """Return how a declared name of a certificate, or the hole of a template, is written.

    Parameters
    ----------
    name : str
    """
    return "hole'" if name == HOLE else name + "'" if name in TAKEN else name


def mentions(terms: Iterable[Node], condition: Callable[[Node], bool]) -> bool:
    """Whether any node of some terms or statements has a property.

    Parameters
    ----------
    terms : iterable of Node
    condition : callable
        From a node to whether it has the property.
    """
    seen = dict.fromkeys(terms)
    wanted = [*seen]
    for term in wanted:
        if condition(term):
            return True
        new = dict.fromkeys(a for a in term.args if a not in seen)
        seen |= new
        wanted += new
    return False


def measured(scope: Scope, terms: Iterable[Node]) -> bool:
    """Whether any of some terms or statements mentions an interval or ℕ as a domain, which only ``MODEL`` makes one.

    Parameters
    ----------
    scope : Scope
        The declared names.
    terms : iterable of Node
    """
    return mentions(terms, lambda t: t.op in DOMAINS or (t.op == "dom" and scope[t.data][1] == "interval"))


@final
class RocqNames:
    """Writes terms and statements about the names of one scope.

    Parameters
    ----------
    scope : Scope
        The declared names. A bound variable is called like none of them.
    """

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self._free = frozenset(map(rocq_name, scope))

    def statement(self, node: Node) -> str:
        """Return the text of a closed statement, or of a closed term.

        Parameters
        ----------
        node : Node
        """
        return self._text(node, ())

    def abstraction(self, node: Node) -> str:
        """Return the text of an abstraction over any number of sets, none included.

        Parameters
        ----------
        node : Node
        """
        return self._abstraction(node, ())

    def interval(self, node: Node) -> str:
        """Return the text of an interval as such, and not as the domain that ``MODEL`` makes of it.

        Parameters
        ----------
        node : Node
        """
        return rocq_name(node.data) if node.op == "dom" else self._applied(node, ())

    def set_name(self, index_set: str) -> str:
        """Return the type of the elements of an index set, or of numbers.

        Parameters
        ----------
        index_set : str
        """
        return {NAT: "nat", REAL: "R"}.get(index_set) or rocq_name(index_set)

    def type_of(self, signature: Signature) -> str:
        """Return the type of a declared name, such as ``X -> Y -> R``.

        Parameters
        ----------
        signature : Signature
        """
        over, values = signature
        space = {"set": "finset", "domain": "domain R", "interval": "interval"}.get(values)
        return space or " -> ".join(map(self.set_name, (*over, values)))

    def binders(self, names: Iterable[str]) -> str:
        """Return ``(X : finset) (p : X -> R)`` for *names*, in the given order.

        Parameters
        ----------
        names : iterable of str
        """
        return " ".join(f"({self.binder(n)})" for n in names)

    def binder(self, name: str) -> str:
        """Return ``p : X -> R`` for a declared name.

        Parameters
        ----------
        name : str
        """
        return f"{rocq_name(name)} : {self.type_of(self.scope[name])}"

    def _fresh(self, index_set: str, stack: tuple[str, ...]) -> str:
        for name in _BOUND.get(index_set, _BOUND_IN_A_SET):
            if name not in self._free and name not in stack:
                return name
        return f"i'{len(stack)}"  # no declared name looks like this

    def _abstraction(self, node: Node, stack: tuple[str, ...]) -> str:
        binders = []
        while node.op == "lam":
            name = self._fresh(node.data, stack)
            binders.append(f"{name} : {self.set_name(node.data)}")
            stack, node = (*stack, name), node.args[0]
        if not binders:
            return self._text(node, stack)
        shown = binders[0] if len(binders) == 1 else " ".join(f"({b})" for b in binders)
        return f"(fun {shown} => {self._text(node, stack)})"

    def _text(self, node: Node, stack: tuple[str, ...]) -> str:
        op, data, args = node.op, node.data, node.args
        if op == "num":
            top, bottom = data.numerator, data.denominator
            sign = str(top) if top >= 0 else f"({top})"
            return f"(ratio {sign} {bottom})" if bottom != 1 else sign if top >= 0 else f"(IZR {sign})"
        if op in ("bound", "#"):
            name: str = stack[-1 - data]
            return name
        if op == "all":
            (inner,) = args
            name = self._fresh(inner.data, stack)
            return f"(forall {name} : {self.set_name(inner.data)}, {self._text(inner.args[0], (*stack, name))})"
        if op in INFIX or op in COMPARISONS or op in _CONNECTIVES:
            left, right = (self._abstraction(a, stack) for a in args)
            return f"({left} {INFIX.get(op) or COMPARISONS.get(op) or _CONNECTIVES[op]} {right})"
        if op == "nats":
            return f"(nats {MODEL})"
        if op in INTERVALS:
            return f"(over {MODEL} {self._applied(node, stack)})"
        if op == "dom":
            return f"(over {MODEL} {rocq_name(data)})" if self.scope[data][1] == "interval" else rocq_name(data)
        return self._applied(node, stack)

    def _applied(self, node: Node, stack: tuple[str, ...]) -> str:
        """Return the text of a function before its operands."""
        shown = [self._abstraction(a, stack) for a in node.args]
        if node.op == "neg":
            return f"(- {shown[0]})"
        words = (*self._head(node), *(reversed(shown) if node.op == "in" else shown))
        return words[0] if len(words) == 1 else f"({' '.join(words)})"

    def _head(self, node: Node) -> tuple[str, ...]:
        """Return the function that a node applies, and the sets that come before its operands."""
        op, data = node.op, node.data
        if op in ("sym", "idx"):
            return (rocq_name(data),)
        if op in ("card", "delta"):
            return (op, self.set_name(data))
        if op in ("sum", "prod"):
            return (op, self.set_name(node.args[0].data))
        if op == "def":
            return (data[0], *map(self.set_name, data[1]))
        if op in FUNCTIONS:
            return (FUNCTIONS[op],)
        raise NotExported(f"expected an operator that has a counterpart in Rocq, got {op!r}")
