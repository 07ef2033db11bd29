"""How derivations are written: a chain of forms, each with a reason, as on a blackboard.

Forms are terms of the kernel, or text in the statement language. The reader sees the forms that the author wrote.

Examples
--------
>>> import sympy
>>> from kl_symbolic.kernel import check
>>> from kl_symbolic.language.printer import text
>>> @derivation("log_fourth_power")
... def log_fourth_power(d):
...     d.positive("a")
...     d.start("log(a*a*a*a)")
...     d.eq("log(a) + log(a) + log(a) + log(a)", by=sympy.expand_log, because="the log of a product is a sum of logs")
...     d.eq("4*log(a)", because="collect")
...     d.close()
>>> theorem = check(write(log_fourth_power, {}.__getitem__), {})
>>> text(theorem.conclusion)
'log(a*a*a*a) = 4*log(a)'
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FunctionType
from typing import TYPE_CHECKING, Any, final

from ..kernel import CheckedTheorem, Refused
from ..kernel.statements import eq, le, lt
from ..kernel.terms import NAT, Node, num
from ..language.chains import plus, times
from ..language.errors import InvalidType, InvalidValue
from ..language.rewriting import close
from .builder import Fact, Proof
from .tactics import algebra, eventually, limit, linear
from .tactics.facts import nonzero

if TYPE_CHECKING:
    import sympy

__all__ = ["Draft", "Symbol", "absolute", "derivation", "exp", "log", "marked", "plus", "repeated", "times", "write"]


def log(argument: object) -> Node:
    """Return the term log(argument).

    Parameters
    ----------
    argument : Node, int or Fraction
        What the logarithm is taken of.

    Returns
    -------
    Node
        The term.

    Examples
    --------
    >>> log(2) == Node("log", None, (num(2),))
    True
    """
    return Node("log", None, (num(argument),))


def exp(argument: object) -> Node:
    """Return the term exp(argument).

    Parameters
    ----------
    argument : Node, int or Fraction
        The exponent.

    Returns
    -------
    Node
        The term.

    Examples
    --------
    >>> exp(2) == Node("exp", None, (num(2),))
    True
    """
    return Node("exp", None, (num(argument),))


def absolute(argument: object) -> Node:
    """Return the term |argument|.

    Parameters
    ----------
    argument : Node, int or Fraction
        What the absolute value is taken of.

    Returns
    -------
    Node
        The term.

    Examples
    --------
    >>> absolute(-2) == Node("abs", None, (num(-2),))
    True
    """
    return Node("abs", None, (num(argument),))


@final
class Symbol:
    """A family of numbers p_i: ``p[i]`` is a term.

    Parameters
    ----------
    name : str
        The declared name of the family.

    Examples
    --------
    >>> i = Node("idx", "i")
    >>> Symbol("p")[i] == Node("sym", "p", (i,))
    True
    """

    def __init__(self, name: str) -> None:
        self.name = name

    def __getitem__(self, index: Node | tuple[Node, ...]) -> Node:
        return Node("sym", self.name, index if isinstance(index, tuple) else (index,))


Author = Callable[["Draft"], object]
_MARK, _MARKED = "__kl_derivation__", "__kl_derivations__"
"""The attribute of a marked function that holds its name, and the one of a module that lists what was marked in it."""
_WRITTEN = "__kl_written__"
"""The attribute of a marked function that was run; the pytest plugin warns of one that a test marks and leaves."""


def derivation(name: str) -> Callable[[Author], Author]:
    """Mark a function as the derivation of the theorem *name*.

    The function gets a :class:`Draft` and appends to it. The name is kept on the function, and the function in its
    module, where the command line and the pytest plugin find it, whatever it is bound to.

    Parameters
    ----------
    name : str
        The name of the theorem.

    Returns
    -------
    callable
        The decorator.

    Raises
    ------
    InvalidValue
        When the name is not an identifier, or the function is marked already.
    InvalidType
        When what is marked is not a plain function of one argument: a method, a generator, a coroutine, a class, or a
        function with further parameters, which nobody would fill.

    Examples
    --------
    >>> @derivation("zero")
    ... def zero(d):
    ...     d.start("a - a")
    >>> zero.__kl_derivation__
    'zero'
    """
    if callable(name):
        raise InvalidType('expected the name of the theorem, as in @derivation("name")')
    if not isinstance(name, str):
        raise InvalidType(f"expected the name of the theorem as text, got {name!r}")
    if not (name.isidentifier() and name.isascii()):
        raise InvalidValue(f"expected a name of ASCII letters, digits and _, got {name!r}")

    def mark(function: Author) -> Author:
        plain = _need_author(name, function)
        setattr(function, _MARK, name)
        plain.__globals__.setdefault(_MARKED, []).append(function)
        return function

    return mark


def _need_author(name: str, function: object) -> FunctionType:
    """Return the function that is marked, without its wrappers; refuse what could not be run with a draft."""
    plain = inspect.unwrap(function) if callable(function) else None
    if not isinstance(plain, FunctionType):
        raise InvalidType(f"the derivation {name}: expected a function of the draft, got {type(function).__name__}")
    label = f"the derivation {name}, {plain.__qualname__}"
    if inspect.iscoroutinefunction(plain) or inspect.isasyncgenfunction(plain) or inspect.isgeneratorfunction(plain):
        raise InvalidType(f"{label}: expected a plain function, got a generator or a coroutine, whose body never runs")
    try:
        signature = inspect.signature(function)  # type: ignore[arg-type]
        signature.bind(None)
    except TypeError:
        listed = ", ".join(signature.parameters) or "none"
        raise InvalidType(
            f"{label}: expected one parameter, the draft, got {listed}; a derivation is a function and no method, and"
            " gets neither fixtures nor other arguments"
        ) from None
    if _MARK in getattr(function, "__dict__", {}):
        raise InvalidValue(f"{label}: it is marked already, as {getattr(function, _MARK)}")
    return plain


def marked(module: Mapping[str, Any]) -> list[Author]:
    """Return the functions that :func:`derivation` marked in a module, in the order in which they were marked.

    Parameters
    ----------
    module : mapping of str to object
        Its namespace.

    Returns
    -------
    list of callable
        Those that :func:`derivation` marked.

    Examples
    --------
    >>> marked({})
    []
    """
    return list(module.get(_MARKED, ()))


def repeated(authors: Iterable[Author]) -> dict[str, str]:
    """Return the names that several derivations share, each with a message that says where they are.

    Parameters
    ----------
    authors : iterable of callable
        Functions marked by :func:`derivation`.

    Returns
    -------
    dict of str to str
        The messages by name, empty where all names differ.

    Examples
    --------
    >>> repeated([])
    {}
    """
    found: dict[str, list[str]] = {}
    for author in authors:
        plain = inspect.unwrap(author)
        where = f"{plain.__qualname__} in line {plain.__code__.co_firstlineno}"
        found.setdefault(getattr(author, _MARK), []).append(where)
    return {
        name: f"{len(places)} derivations are named {name}: {', '.join(places)}; none is taken for the other"
        for name, places in found.items()
        if len(places) > 1
    }


def write(author: Author, lemma: Callable[[str], CheckedTheorem]) -> str:
    """Run a function marked by :func:`derivation` and return the certificate that it writes.

    The first paragraph of its docstring opens the page.

    Parameters
    ----------
    author : callable
        A function marked by :func:`derivation`.
    lemma : callable
        Returns the theorem of a name; raises ``KeyError`` when there is none.

    Returns
    -------
    str
        The certificate, ready for :func:`kl_symbolic.kernel.check`.

    Raises
    ------
    Refused
        When a step is refused; the message says in which line of which file the step stands.

    Examples
    --------
    >>> from kl_symbolic.kernel import check
    >>> @derivation("self_sub")
    ... def self_sub(d):
    ...     d.numbers("a")
    ...     d.start("a - a")
    ...     d.eq("0", because="arithmetic")
    >>> check(write(self_sub, {}.__getitem__), {}).name
    'self_sub'
    """
    draft = Draft(getattr(author, _MARK), lemma)
    setattr(author, _WRITTEN, True)
    opening = (inspect.getdoc(author) or "").split("\n\n")[0].replace("**", "").replace("``", "`")
    if opening:
        draft.prose(opening)
    try:
        author(draft)
        return draft.certificate()
    except Refused as refusal:
        refusal.parts.setdefault("where", _place(author, refusal))
        raise


def _place(author: Author, error: BaseException) -> str:
    """Return the file and the line of an author's function in which an error came up."""
    code = inspect.unwrap(author).__code__
    line, trace = code.co_firstlineno, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == code.co_filename:
            line = trace.tb_lineno
        trace = trace.tb_next
    path = Path(code.co_filename)
    shown = path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
    return f"{shown}:{line}"


@final
class Draft:
    """A derivation in the making.

    Parameters
    ----------
    name : str
        The name of the theorem.
    lemma : callable
        Returns the theorem of a name; raises ``KeyError`` when there is none.

    Attributes
    ----------
    p : Proof
        The lines of the certificate, with a method for each rule.
    story : list
        What the reader sees, in order.

    Examples
    --------
    >>> from kl_symbolic.kernel import check
    >>> d = Draft("self_sub", {}.__getitem__)
    >>> (a,) = d.numbers("a")
    >>> d.start(a - a)
    >>> line = d.eq("0", because="arithmetic")
    >>> check(d.certificate(), {}).name
    'self_sub'
    """

    def __init__(self, name: str, lemma: Callable[[str], CheckedTheorem]) -> None:
        self.p = Proof(name, lemma)
        self.story: list[list[str | int]] = []
        self.chain: list[Fact] = []
        self.form: Node | None = None
        self.proposals: list[tuple[Node, Node]] = []
        """The forms that SymPy proposed, each with the form that was taken."""
        self.last: Fact | None = None

    # names and hypotheses

    def sets(self, names: str) -> None:
        """Declare index sets.

        Parameters
        ----------
        names : str
            The names, separated by spaces.

        Examples
        --------
        >>> d = Draft("example", {}.__getitem__)
        >>> d.sets("X Y")
        >>> d.p.names
        {'X': 'set', 'Y': 'set'}
        """
        self.p.declare(**dict.fromkeys(names.split(), "set"))

    def declare(self, **names: str) -> None:
        """Declare names with their signatures.

        Parameters
        ----------
        **names : str
            Signatures, such as ``p="X -> number"``.

        Examples
        --------
        >>> d = Draft("example", {}.__getitem__)
        >>> d.declare(X="set", x="X", f="X -> number")
        >>> d.p.term("f[x]") == d.symbol("f", d.index("x"))
        True
        """
        self.p.declare(**names)

    def numbers(self, names: str) -> list[Node]:
        """Declare number symbols and return them.

        Parameters
        ----------
        names : str
            The names, separated by spaces.

        Returns
        -------
        list of Node
            The symbols, in the order of the names.

        Examples
        --------
        >>> d = Draft("example", {}.__getitem__)
        >>> a, b = d.numbers("a b")
        >>> d.p.term("a + b") == a + b
        True
        """
        self.p.declare(**dict.fromkeys(names.split(), "number"))
        return [self.symbol(n) for n in names.split()]

    def positive(self, names: str) -> list[Node]:
        """Declare number symbols, assume that each is positive, and return them.

        Parameters
        ----------
        names : str
            The names, separated by spaces.

        Returns
        -------
        list of Node
            The symbols, in the order of the names.

        Examples
        --------
        >>> d = Draft("example", {}.__getitem__)
        >>> (a,) = d.positive("a")
        >>> d.p.hypotheses == [lt(0, a)]
        True
        """
        symbols = self.numbers(names)
        for symbol in symbols:
            self.p.given(lt(0, symbol))
        return symbols

    def counts(self, names: str, total: str) -> list[Node]:
        """Declare counts and their total, assume that they add up and that the total is positive.

        Parameters
        ----------
        names : str
            The names of the counts, separated by spaces.
        total : str
            The name of the total.

        Returns
        -------
        list of Node
            The counts and, last, the total.

        Examples
        --------
        >>> d = Draft("example", {}.__getitem__)
        >>> h, t, n = d.counts("h t", total="n")
        >>> d.p.hypotheses == [eq(h + t, n), lt(0, n)]
        True
        """
        *parts, n = self.numbers(f"{names} {total}")
        whole = parts[0]
        for part in parts[1:]:
            whole = whole + part
        self.p.given(eq(whole, n))
        self.p.given(lt(0, n))
        return [*parts, n]

    def family(self, name: str, *sets: str) -> Symbol:
        """Declare a family of numbers over index sets and return it.

        Parameters
        ----------
        name : str
            The name of the family.
        *sets : str
            The sets that it is indexed by.

        Returns
        -------
        Symbol
            The family; its members are ``family[i]``.

        Examples
        --------
        >>> d = Draft("example", {}.__getitem__)
        >>> d.sets("X")
        >>> f = d.family("f", "X")
        >>> (i,) = d.indices(i="X")
        >>> d.p.term("f[i]") == f[i]
        True
        """
        self.p.declare(**{name: f"{', '.join(sets)} -> number"})
        return Symbol(name)

    def indices(self, **sets: str) -> list[Node]:
        """Declare free indices, under names that the reader sees, and return them.

        Parameters
        ----------
        **sets : str
            The set of each index.

        Returns
        -------
        list of Node
            The indices, in the order of the names.

        Examples
        --------
        >>> d = Draft("example", {}.__getitem__)
        >>> d.sets("X Y")
        >>> x, y = d.indices(x="X", y="Y")
        >>> x == d.index("x")
        True
        """
        self.p.declare(**sets)
        return [self.index(name) for name in sets]

    def index(self, name: str, *arguments: Node) -> Node:
        """Return a declared free index, or a declared index function at index terms.

        Parameters
        ----------
        name : str
            The declared name.
        *arguments : Node
            The index terms at which a function is taken.

        Returns
        -------
        Node
            The index term.

        Examples
        --------
        >>> d = Draft("example", {}.__getitem__)
        >>> d.declare(T="set", X="set", x="T -> X", f="X -> number", t="T")
        >>> d.p.term("f[x(t)]") == d.symbol("f", d.index("x", d.index("t")))
        True
        """
        return self.p.index(name, *arguments)

    def symbol(self, name: str, *arguments: Node) -> Node:
        """Return a declared number symbol, or a member of a declared family of numbers.

        Parameters
        ----------
        name : str
            The declared name.
        *arguments : Node
            The index terms at which a family is taken.

        Returns
        -------
        Node
            The number term.

        Examples
        --------
        >>> d = Draft("example", {}.__getitem__)
        >>> (a,) = d.numbers("a")
        >>> d.symbol("a") == a
        True
        """
        return self.p.symbol(name, *arguments)

    def given(self, *statements: str | Node) -> list[Fact]:
        """Assume hypotheses, in the order in which the theorem states them.

        Parameters
        ----------
        *statements : str or Node
            The hypotheses.

        Returns
        -------
        list of Fact
            A line for each hypothesis.

        Examples
        --------
        >>> d = Draft("example", {}.__getitem__)
        >>> (a,) = d.numbers("a")
        >>> (sign,) = d.given("0 <= a")
        >>> sign.right == a
        True
        """
        return [self.p.given(s) for s in statements]

    # what the reader sees

    def heading(self, title: str) -> None:
        """Start a section.

        Parameters
        ----------
        title : str
            Its title.

        Examples
        --------
        >>> d = Draft("example", {}.__getitem__)
        >>> d.heading("The limit")
        >>> d.story
        [['heading', 'The limit']]
        """
        self.story.append(["heading", title])

    def prose(self, text: str) -> None:
        """Add a paragraph.

        Parameters
        ----------
        text : str
            Prose, with formulas of the statement language between backticks.

        Examples
        --------
        >>> d = Draft("example", {}.__getitem__)
        >>> d.prose("Let `D` be the divergence.")
        >>> d.story
        [['prose', 'Let `D` be the divergence.']]
        """
        self.story.append(["prose", " ".join(text.split())])

    def show(self, fact: Fact, because: str = "") -> Fact:
        """Show a line by itself.

        Parameters
        ----------
        fact : Fact
            The line.
        because : str
            The reason: prose, with formulas of the statement language between backticks.

        Returns
        -------
        Fact
            The line.

        Examples
        --------
        >>> d = Draft("example", {}.__getitem__)
        >>> (a,) = d.numbers("a")
        >>> d.show(d.p.field("a - a = 0"), "arithmetic").number
        0
        """
        self.story.append(["step", fact.number, because])
        self.last = fact
        return fact

    # chains

    def start(self, form: str | Node, because: str = "") -> None:
        """Begin a chain of equalities or inequalities.

        Parameters
        ----------
        form : str or Node
            The first form.
        because : str
            What it is; it opens the chain as a sentence of its own.

        Examples
        --------
        >>> d = Draft("example", {}.__getitem__)
        >>> (a,) = d.numbers("a")
        >>> d.start("a + a")
        >>> d.current == a + a
        True
        """
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

        Returns
        -------
        Fact
            The equality of the two forms.

        Raises
        ------
        Refused
            When the kernel does not accept the step; the parts show both sides, a hint, and an exact counterexample
            where there is one.

        Examples
        --------
        >>> d = Draft("example", {}.__getitem__)
        >>> a, b = d.positive("a b")
        >>> d.start("log(a*b)")
        >>> d.eq("log(a) + log(b)", because="the log of a product").right == log(a) + log(b)
        True
        """
        before = self.current
        with self._step():
            if callable(by) and not isinstance(by, Fact):
                from ..sympy_bridge.proposals import propose

                proposed = propose(by, before, [f.statement for f in self.p.known], self.p.scope)
                form = proposed if form is None else form
                self.proposals.append((proposed, self.p.term(form)))
            target = self.p.term(form if form is not None else before)
            goal = eq(before, target)
            if not isinstance(by, Fact):
                by = self._proved(goal, using)
            elif by.statement != goal:
                raise Refused("the line that was given shows another step", {"step": goal, "the_line": by.statement})
        return self._append(by, target, because)

    def le(self, form: str | Node, by: Fact, because: str = "") -> Fact:
        """Continue the chain with a form that is at least as large.

        Parameters
        ----------
        form : str or Node
            What the reader sees.
        by : Fact
            A line from which the inequality follows by linear arithmetic.
        because : str
            The reason.

        Returns
        -------
        Fact
            The inequality of the two forms.

        Raises
        ------
        Refused
            As in :meth:`eq`.

        Examples
        --------
        >>> d = Draft("example", {}.__getitem__)
        >>> (a,) = d.positive("a")
        >>> d.start("1 + a")
        >>> d.le("1 + 2*a", by=d.p.known[0], because="`a` is positive").statement.op
        '<='
        """
        with self._step():
            target = self.p.term(form)
            fact = self._placed(by, le(self.current, target))
        return self._append(fact, target, because)

    def lt(self, form: str | Node, by: Fact, because: str = "") -> Fact:
        """Continue the chain with a larger form.

        Parameters
        ----------
        form : str or Node
            What the reader sees.
        by : Fact
            A line from which the inequality follows by linear arithmetic.
        because : str
            The reason.

        Returns
        -------
        Fact
            The inequality of the two forms.

        Raises
        ------
        Refused
            As in :meth:`eq`.

        Examples
        --------
        >>> d = Draft("example", {}.__getitem__)
        >>> (a,) = d.positive("a")
        >>> d.start("1")
        >>> d.lt("1 + a", by=d.p.known[0], because="`a` is positive").statement.op
        '<'
        """
        with self._step():
            target = self.p.term(form)
            fact = self._placed(by, lt(self.current, target))
        return self._append(fact, target, because)

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
            The reason.
        *guards : Node
            What the chain assumes about *index*, such as 0 < n.

        Returns
        -------
        Fact
            The limit of the first form of the chain.

        Raises
        ------
        Refused
            When the algebra of limits does not give the limit.

        Examples
        --------
        >>> d = Draft("example", {}.__getitem__)
        >>> d.declare(u="Nat -> number", a="number", n="Nat")
        >>> (limit_of_u,) = d.given("lim(n: u[n]) -> a")
        >>> d.start("u[n] + 1", "each member")
        >>> d.to("a + 1", d.index("n"), [limit_of_u], "limits add up").statement.op
        '->'
        """
        from ..sympy_bridge.proposals import propose_limit

        with self._step():
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
                line = self.p.rewrite(line, self._proved(eq(line.right, target), ()))
        self.story.append(["step", line.number, because])
        if self.chain:
            line = eventually(self.p, line, self.p.trans(*self.chain), index, *guards)
        self.form, self.chain, self.last = None, [], line
        return line

    def close(self) -> Fact:
        """End the chain and return the line from its first form to its last.

        Returns
        -------
        Fact
            Equal, at most or less, as the links are.

        Raises
        ------
        Refused
            When no chain is open.

        Examples
        --------
        >>> d = Draft("example", {}.__getitem__)
        >>> (a,) = d.numbers("a")
        >>> d.start("a + a")
        >>> line = d.eq("2*a")
        >>> d.close().left == a + a
        True
        """
        facts = self.chain
        if not facts:
            raise Refused("there is no chain to close: call start, then eq or le", {})
        if all(f.statement.op == "=" for f in facts):
            result = self.p.trans(*facts)
        else:
            op = "<" if any(f.statement.op == "<" for f in facts) else "<="
            goal = Node(op, None, (facts[0].left, facts[-1].right))
            sides = [side for fact in facts for side in fact.statement.args]
            result = self.p.order(goal, [(1, 1, fact) for fact in facts], *nonzero(self.p, sides))
        self.chain, self.form, self.last = [], None, result
        return result

    @property
    def current(self) -> Node:
        """The form at which the open chain stands."""
        if self.form is None:
            raise Refused("there is no open chain: call start first", {})
        return self.form

    @contextmanager
    def _step(self) -> Iterator[None]:
        """Say of a refusal which step of the derivation is refused."""
        try:
            yield
        except Refused as refusal:
            shown = sum(entry[0] == "step" for entry in self.story)
            reason = f"step {shown + 1}: {refusal.reason}"
            raise Refused(reason, refusal.parts, refusal.line, refusal.rule) from None

    def _placed(self, fact: Fact, goal: Node) -> Fact:
        if fact.statement == goal:
            return fact
        try:
            return linear(self.p, goal, [fact])
        except Refused as refusal:
            from .hints import refused_step

            advised = refused_step(refusal, goal, self.p, [fact])
            raise Refused(advised.reason, {**advised.parts, "the_line": fact.statement}) from None

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

            raise refused_step(refusal, goal, self.p, using) from None

    def certificate(self, last: Fact | None = None) -> str:
        """Return the certificate that claims what the last line shows.

        Parameters
        ----------
        last : Fact, optional
            The line to claim instead of the last one shown.

        Returns
        -------
        str
            The certificate.

        Raises
        ------
        Refused
            When nothing was shown, a line that is shown is not used, or the line needs a hypothesis that is not given.

        Examples
        --------
        >>> d = Draft("example", {}.__getitem__)
        >>> d.certificate()
        Traceback (most recent call last):
            ...
        kl_symbolic.kernel.errors.Refused: the derivation shows nothing
          name: example
        """
        if self.chain:
            self.close()
        fact = last or self.last
        if fact is None:
            raise Refused("the derivation shows nothing", {"name": self.p.name})
        return self.p.certificate(fact, self.story)
