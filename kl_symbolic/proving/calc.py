"""How derivations are written: a chain of forms, each with a reason, as on a blackboard.

::

    @derivation("coin_flips_finite")
    def coin_flips_finite(d):
        p1, p2, q1, q2 = d.positive("p1 p2 q1 q2")
        ...
        d.start(log(p1**Nh * p2**Nt / (q1**Nh * q2**Nt)) / N, "the log of the ratio, per flip")
        d.eq(Nh/N*log(p1/q1) + Nt/N*log(p2/q2), by=sympy.expand_log, because="the log of a product is a sum of logs")

Forms are terms of the kernel, or text in the little language. The form that the author wrote is what the reader sees.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, final

from ..kernel import CheckedTheorem, Refused
from ..kernel.statements import eq, le, lt
from ..kernel.terms import NAT, Node, num
from ..language.rewriting import close
from .builder import Fact, Proof
from .tactics import algebra, eventually, limit, linear

if TYPE_CHECKING:
    import sympy

__all__ = ["Draft", "Symbol", "absolute", "derivation", "exp", "log", "write"]


def log(argument: object) -> Node:
    """Return the term log(argument)."""
    return Node("log", None, (num(argument),))


def exp(argument: object) -> Node:
    """Return the term exp(argument)."""
    return Node("exp", None, (num(argument),))


def absolute(argument: object) -> Node:
    """Return the term |argument|."""
    return Node("abs", None, (num(argument),))


@final
class Symbol:
    """A family of numbers p_i: ``p[i]`` is a term."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __getitem__(self, index: Node | tuple[Node, ...]) -> Node:
        return Node("sym", self.name, index if isinstance(index, tuple) else (index,))


Author = Callable[["Draft"], object]


def derivation(name: str) -> Callable[[Author], Author]:
    """Mark a function as the derivation of the theorem *name*.

    The function gets a :class:`Draft` and appends to it. The name is kept on the function, where the command line and
    the pytest plugin find it.
    """

    def mark(function: Author) -> Author:
        function.__kl_derivation__ = name  # type: ignore[attr-defined]
        return function

    return mark


def write(author: Author, lemma: Callable[[str], CheckedTheorem]) -> str:
    """Run a function marked by :func:`derivation` and return the certificate that it writes.

    The first paragraph of its docstring opens the page.

    Parameters
    ----------
    author : callable
    lemma : callable
        Returns the theorem of a name; raises ``KeyError`` when there is none.

    Raises
    ------
    Refused
        When a step is refused.
    """
    draft = Draft(author.__kl_derivation__, lemma)  # type: ignore[attr-defined]
    opening = (inspect.getdoc(author) or "").split("\n\n")[0].replace("**", "").replace("``", "`")
    if opening:
        draft.prose(opening)
    author(draft)
    return draft.certificate()


@final
class Draft:
    """A derivation in the making.

    Parameters
    ----------
    name : str
        The name of the theorem.
    lemma : callable
        Returns the theorem of a name; raises ``KeyError`` when there is none.
    """

    def __init__(self, name: str, lemma: Callable[[str], CheckedTheorem]) -> None:
        self.p = Proof(name, lemma)
        self.story: list[list[str | int]] = []
        self.chain: list[Fact] = []
        self.form: Node | None = None
        self.proposals: list[tuple[Node, Node]] = []
        """What SymPy proposed, and the form that was taken."""
        self.last: Fact | None = None

    # names and hypotheses

    def sets(self, names: str) -> None:
        """Declare index sets."""
        self.p.declare(**dict.fromkeys(names.split(), "set"))

    def declare(self, **names: str) -> None:
        """Declare names with their signatures, such as ``p="X -> number"``."""
        self.p.declare(**names)

    def numbers(self, names: str) -> list[Node]:
        """Declare number symbols and return them."""
        self.p.declare(**dict.fromkeys(names.split(), "number"))
        return [Node("sym", n) for n in names.split()]

    def positive(self, names: str) -> list[Node]:
        """Declare number symbols, assume that each is positive, and return them."""
        symbols = self.numbers(names)
        for symbol in symbols:
            self.p.given(lt(0, symbol))
        return symbols

    def counts(self, names: str, total: str) -> list[Node]:
        """Declare counts and their total, assume that they add up and that the total is positive."""
        *parts, n = self.numbers(f"{names} {total}")
        whole = parts[0]
        for part in parts[1:]:
            whole = whole + part
        self.p.given(eq(whole, n))
        self.p.given(lt(0, n))
        return [*parts, n]

    def family(self, name: str, *sets: str) -> Symbol:
        """Declare a family of numbers over index sets and return it."""
        self.p.declare(**{name: f"{', '.join(sets)} -> number"})
        return Symbol(name)

    def given(self, *statements: str | Node) -> list[Fact]:
        """Assume hypotheses, in the order in which the theorem states them."""
        return [self.p.given(s) for s in statements]

    # what the reader sees

    def heading(self, title: str) -> None:
        """Start a section."""
        self.story.append(["heading", title])

    def prose(self, text: str) -> None:
        """Add a paragraph; formulas of the little language stand between backticks."""
        self.story.append(["prose", " ".join(text.split())])

    def show(self, fact: Fact, because: str = "") -> Fact:
        """Show a line by itself."""
        self.story.append(["step", fact.number, because])
        self.last = fact
        return fact

    # chains

    def start(self, form: str | Node, because: str = "") -> None:
        """Begin a chain of equalities or inequalities at a form."""
        self.chain, self.form = [], self.p.term(form)
        if because:
            self.prose(because[0].upper() + because[1:] + ":")

    def eq(
        self,
        form: str | Node | None = None,
        by: Fact | Callable[[sympy.Expr], sympy.Expr] | None = None,
        because: str = "",
        using: Sequence[Fact] = (),
    ) -> Fact:
        """Continue the chain with an equal form.

        Parameters
        ----------
        form : str or Node, optional
            What the reader sees. Without it the proposal of *by* is laid out by one fixed arrangement.
        by : Fact or callable, optional
            A line that shows the step, or a SymPy function that proposes the form, such as ``sympy.expand_log``.
            Without it the step is closed by :func:`kl_symbolic.proving.tactics.algebra`.
        because : str
            The reason.
        using : sequence of Fact
            Facts to use beside the hypotheses.

        Raises
        ------
        Refused
            When the kernel does not accept the step; the parts show both sides, a hint, and an exact counterexample
            where there is one.
        """
        before = self.current
        if callable(by) and not isinstance(by, Fact):
            from ..sympy_bridge.proposals import propose

            proposed = propose(by, before, [f.statement for f in self.p.known], self.p.scope)
            form = proposed if form is None else form
            self.proposals.append((proposed, self.p.term(form)))
        target = self.p.term(form if form is not None else before)
        fact = by if isinstance(by, Fact) else self._proved(eq(before, target), using)
        return self._append(fact, target, because)

    def le(self, form: str | Node, by: Fact, because: str = "") -> Fact:
        """Continue the chain with a form that is at least as large."""
        return self._append(self._placed(by, le(self.current, self.p.term(form))), self.p.term(form), because)

    def lt(self, form: str | Node, by: Fact, because: str = "") -> Fact:
        """Continue the chain with a larger form."""
        return self._append(self._placed(by, lt(self.current, self.p.term(form))), self.p.term(form), because)

    def to(
        self, form: str | Node | None, index: Node, limits: Sequence[Fact], because: str = "", *guards: Node
    ) -> Fact:
        """End the chain with a limit: the last form, as a sequence in *index*, tends to *form*.

        SymPy proposes the limit; the kernel proves it by the algebra of limits.

        Parameters
        ----------
        form : str, Node or None
            What the reader sees; None takes the proposal.
        index : Node
            The free index over ℕ in which the chain is written.
        limits : sequence of Fact
            The limits that are known.
        because : str
        *guards : Node
            What the chain assumes about *index*, such as 0 < n.
        """
        from ..sympy_bridge.proposals import propose_limit

        try:
            known = [fact.statement for fact in limits]
            proposed = propose_limit(self.current, index, known, self.p.hypotheses, self.p.scope)
        except (Refused, NotImplementedError):
            # Advice may fail where the author knows the answer.
            if form is None:
                raise
            target = self.p.term(form)
        else:
            target = proposed if form is None else self.p.term(form)
            self.proposals.append((proposed, target))
        line = limit(self.p, close(self.current, (index.data, NAT)), limits)
        if line.right != target:
            line = self.p.rewrite(line, algebra(self.p, eq(line.right, target)))
        self.story.append(["step", line.number, because])
        if self.chain:
            line = eventually(self.p, line, self.p.trans(*self.chain), index, *guards)
        self.form, self.chain, self.last = None, [], line
        return line

    def close(self) -> Fact:
        """End the chain and return the line from its first form to its last."""
        facts = self.chain
        if all(f.statement.op == "=" for f in facts):
            result = self.p.trans(*facts)
        else:
            op = "<" if any(f.statement.op == "<" for f in facts) else "<="
            goal = Node(op, None, (facts[0].left, facts[-1].right))
            result = linear(self.p, goal, facts)
        self.chain, self.form, self.last = [], None, result
        return result

    @property
    def current(self) -> Node:
        """The form at which the open chain stands."""
        if self.form is None:
            raise Refused("there is no open chain: call start first", {})
        return self.form

    def _placed(self, fact: Fact, goal: Node) -> Fact:
        return fact if fact.statement == goal else linear(self.p, goal, [fact])

    def _append(self, fact: Fact, target: Node, because: str) -> Fact:
        self.chain.append(fact)
        self.form = target
        self.story.append(["step", fact.number, because])
        self.last = fact
        return fact

    def _proved(self, goal: Node, using: Sequence[Fact]) -> Fact:
        try:
            return algebra(self.p, goal, using)
        except Refused as refusal:
            from .hints import refused_step

            advised = refused_step(refusal, goal, self.p, using)
            shown = sum(entry[0] == "step" for entry in self.story)
            raise Refused(f"step {shown + 1}: {advised.reason}", advised.parts) from None

    def certificate(self, last: Fact | None = None) -> str:
        """Return the certificate that claims what the last line shows.

        Raises
        ------
        Refused
            When nothing was shown, or the line needs a hypothesis that is not given.
        """
        if self.chain:
            self.close()
        fact = last or self.last
        if fact is None:
            raise Refused("the derivation shows nothing", {"name": self.p.name})
        return self.p.certificate(fact, self.story)
