"""Families of distributions: the density, its parameters by role, the statistics of its log-density, its means.

A family is data in the statement language. ``carriers`` derive its means from a few integrals, ``divergence`` writes
the proof of a closed form from them, and the kernel checks it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Literal, TypeAlias, final

from ..kernel.syntax import Scope
from ..kernel.terms import Node, substitute
from ..language.errors import InvalidType, InvalidValue
from ..language.parser import declare, parse
from .carriers import Carrier, Product

if TYPE_CHECKING:
    import sympy

    from ..sympy_bridge.exact import Number

__all__ = ["STATISTIC_NUMBERS", "Instance", "Law", "Mean", "Parameter", "ParametricFamily", "Role"]

Role: TypeAlias = Literal["real", "positive", "probability", "positive integer"]
"""The values that a parameter may have."""

STATISTIC_NUMBERS = ("r", "t")
"""Names for the numbers of a statistic; no parameter is called so, except where a family says otherwise."""

_CALLED = {
    "density": "The density",
    "log_density": "The logarithm of the density",
    "total": "The total probability",
    "mean": "The mean",
    "square_mean": "The second moment",
    "inverse_mean": "The mean reciprocal",
    "log_mean": "The mean logarithm",
    "power_mean": "The moments",
    "abs_mean": "The mean distance from a number",
    "own_mean": "The mean of the statistic",
    "log_square_mean": "The mean squared logarithm",
    "log_mean_from_zero": "The mean logarithm, from 0 on,",
    "log_square_mean_from_zero": "The mean squared logarithm, from 0 on,",
    "power_mean_from_zero": "The moments, from 0 on,",
    "exp_mean": "The moment generating function",
    "entropy": "The entropy",
}
"""The titles of theorems about a family, by the end of their names."""

_CONDITIONS: dict[str, tuple[str, ...]] = {
    "real": (),
    "positive": ("0 < {}",),
    "probability": ("0 < {}", "{} < 1"),
    "positive integer": ("0 < {}",),
}


@final
@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a family.

    Parameters
    ----------
    name : str
    role : str
        What it may be: ``"real"``, ``"positive"``, ``"probability"`` (between 0 and 1), ``"positive integer"``.
    """

    name: str
    role: Role = "positive"

    @property
    def conditions(self) -> tuple[str, ...]:
        """The conditions of its role, in the statement language."""
        return tuple(text.format(self.name) for text in _CONDITIONS[self.role])


@final
@dataclass(frozen=True, slots=True)
class Mean:
    """The mean E T(X) of a statistic.

    Parameters
    ----------
    name : str
        What the theorem is called behind the name of the family: ``"mean"``, ``"log_mean"``.
    statistic : str
        T(x). Names other than those of the parameters are numbers of the statistic, such as r in ``x^r``.
    value : str
        The mean; empty where it is what the integrals behind it say.
    given : tuple of str
        The exact condition under which it exists; where it is not met, the mean is infinite. A statistic may have
        several means, under conditions of which one is met if its mean exists.
    """

    name: str
    statistic: str
    value: str
    given: tuple[str, ...] = ()


@final
@dataclass(frozen=True, eq=False)
class ParametricFamily:
    """A family of distributions; called with its parameters it returns a :class:`Law`.

    Parameters
    ----------
    name : str
    title : str
        In words: ``"gamma distribution"``.
    parameters : tuple of Parameter
    domain : str
        Where the density is positive, in the statement language; ``"nats"`` for a family on ℕ.
    density : str
        At x.
    log_density : tuple of (statistic, coefficient)
        The logarithm of the density, as a linear combination of statistics; that of ``"1"`` is the constant.
    means : tuple of Mean
        Of the statistics; the first one that fits is used. Without means a family can be the second of two.
    carrier : Carrier or None
        What the means are derived from; None where they are theorems of the theory.
    source : str
        Where the family is treated, with the page or section.
    conditions : tuple of str
        What holds of several parameters, beyond their roles.
    spelled : mapping of str to str
        What the parameters are called in the theorems, where that is something else.
    known : tuple of str
        The means whose theorems belong to the theory.
    identities : tuple of (left, right)
        Terms in the density that its statistics spell differently: positive ones whose logarithms agree by algebra,
        then others in which these are parts.
    signs : tuple of (str, mapping of str to str)
        Theorems about signs in the density, and what their names become in the parameters.
    first : int
        Of a family on ℕ the outcome that is counted as 0: a member has the outcomes n + first, and in the texts of the
        density and of statistics x is the outcome. So a number of trials, which is at least 1, has first 1.
    closed_entropy : bool
        Whether the entropy is a theorem; not where it has no closed form.
    shared : mapping of str to str
        In the theorem about the divergence of two members, what parameters of the second one are: where they are
        anything else, there is no closed form. The names of its other parameters end in 2.
    like : str
        The family whose theorems are about this one too, which is a part of it.
    inline : bool
        Whether its means are derived in the proof that needs them; there are no theorems about it then.
    definitions : mapping of str to str
        Of parameters that are named numbers: the integral that defines each, ``"int(x in D: f) = z"``.
    closed : tuple of str
        Conditions of the theorems that may also hold with equality: the distribution is a limit of the family then,
        and no theorem speaks about it.
    sides : tuple of ParametricFamily
        Where the density is another term on each side of a number, the densities there, from left to right; the
        domains are next to each other.

    Examples
    --------
    >>> from kl_symbolic import families
    >>> families.Gamma(shape=2, rate=3)
    Gamma(shape=2, rate=3)
    """

    name: str
    title: str
    parameters: tuple[Parameter, ...]
    domain: str
    density: str
    log_density: tuple[tuple[str, str], ...]
    means: tuple[Mean, ...]
    carrier: Carrier | None
    source: str
    conditions: tuple[str, ...] = ()
    spelled: Mapping[str, str] = field(default_factory=dict)
    known: tuple[str, ...] = ()
    identities: tuple[tuple[str, str], ...] = ()
    signs: tuple[tuple[str, Mapping[str, str]], ...] = ()
    first: int = 0
    closed_entropy: bool = True
    shared: Mapping[str, str] = field(default_factory=dict)
    like: str = ""
    inline: bool = False
    definitions: Mapping[str, str] = field(default_factory=dict)
    closed: tuple[str, ...] = ()
    sides: tuple[ParametricFamily, ...] = ()

    def __call__(self, **values: Number | sympy.Expr) -> Law:
        """Return the distribution with these parameters.

        Parameters
        ----------
        **values : number or sympy.Expr
            Every parameter by its name; a plain symbol counts as real.

        Raises
        ------
        InvalidType
            When a parameter is missing or unknown, or is not a real number.
        InvalidValue
            When a parameter is outside of its range.
        """
        from .reading import read

        allowed = [c.replace("<", "<=") if c in self.closed else c for c in self.assumed]
        return Law(self, read(self.name, {p.name: p.role for p in self.parameters}, allowed, values))

    def __repr__(self) -> str:
        return f"<family {self.name}: {', '.join(f'{p.name} {p.role}' for p in self.parameters)}>"

    @property
    def finite(self) -> bool:
        """Whether its members have finitely many outcomes."""
        return False

    @cached_property
    def assumed(self) -> tuple[str, ...]:
        """The conditions on the parameters, in the statement language."""
        return (*(c for p in self.parameters for c in p.conditions), *self.conditions)

    @cached_property
    def scope(self) -> Scope:
        """The names of the parameters, and x."""
        return declare({**{p.name: "number" for p in self.parameters}, "x": "number"})

    @property
    def derived(self) -> tuple[Mean, ...]:
        """The means in the order in which they are derived: first those that others follow from."""
        own = [mean for mean in self.means if mean.name not in self.known]
        return tuple(sorted(own, key=lambda mean: mean.name != "total" and mean != self.general))

    @property
    def general(self) -> Mean | None:
        """The mean of a statistic with a number that can be chosen, such as ``x^r``."""
        return next((mean for mean in self.means if self.numbers(mean)), None)

    @property
    def theorems(self) -> tuple[str, ...]:
        """The names of the theorems about the family, in the order in which they are derived."""
        if not self.means or self.like or self.inline:
            return ()
        found = ["log_density"]
        if self.carrier is not None:
            found += ["density"] if isinstance(self.carrier, Product) else []
            found += [mean.name for mean in self.derived]
        found += ["entropy"] if self.closed_entropy else []
        return (*map(self.theorem, found), self.divergence)

    def numbers(self, mean: Mean) -> tuple[str, ...]:
        """Return the numbers of a statistic that are not parameters: r of ``x^r``.

        Parameters
        ----------
        mean : Mean
        """
        return tuple(name for name in STATISTIC_NUMBERS if name in re.findall(r"[A-Za-z]+", mean.statistic))

    def mean(self, name: str) -> Mean:
        """Return the mean of a name.

        Parameters
        ----------
        name : str
        """
        return next(m for m in self.means if m.name == name)

    def theorem(self, name: str) -> str:
        """Return the name of a theorem about the family: ``total`` becomes ``gamma_total``.

        Parameters
        ----------
        name : str
        """
        return f"{snake(self.like or self.name)}_{name}"

    def called(self, theorem: str) -> str:
        """Return the title of a theorem about the family.

        Parameters
        ----------
        theorem : str
        """
        if theorem == self.divergence:
            return f"The divergence of the {self.title}"
        kind = theorem.removeprefix(self.theorem(""))
        return f"{_CALLED.get(kind) or kind.replace('_', ' ').capitalize()} of the {self.title}"

    @property
    def divergence(self) -> str:
        """The name of the theorem about two members of the family."""
        return f"kl_{snake(self.name)}"


def snake(name: str) -> str:
    """Return a name in lower case: ``ChiSquared`` becomes ``chi_squared``.

    Parameters
    ----------
    name : str
    """
    inner = "".join(f"_{c.lower()}" if c.isupper() and k else c.lower() for k, c in enumerate(name))
    return inner


@final
@dataclass(frozen=True, eq=False)
class Instance:
    """A family with a term for each parameter.

    Parameters
    ----------
    family : ParametricFamily
    values : mapping of str to Node
    """

    family: ParametricFamily
    values: Mapping[str, Node]

    def read(self, text: str, sort: str = "number", /, **more: Node) -> Node:
        """Return a text about the parameters as a term about the values.

        Parameters
        ----------
        text : str
        sort : str
            ``"number"``, ``"statement"`` or ``"domain"``.
        **more : Node
            Terms for x and for the numbers of a statistic.
        """
        return substitute(_parsed(text, sort, (*sorted(self.values), *sorted(more))), {**self.values, **more})

    def outcome(self, x: Node) -> Node:
        """Return the outcome at a number of the domain: that number, except where the first outcome is not 0.

        Parameters
        ----------
        x : Node
        """
        return x + self.family.first if self.family.first else x

    def density(self, x: Node) -> Node:
        """Return the density at x.

        Parameters
        ----------
        x : Node
        """
        return self.read(self.family.density, x=x)

    def statistic(self, mean: Mean, x: Node, numbers: Mapping[str, Node]) -> tuple[Node, Node | None]:
        """Return the statistic of a mean at x, and its value, if that is given.

        Parameters
        ----------
        mean : Mean
        x : Node
        numbers : mapping of str to Node
            The numbers of the statistic that are not parameters.
        """
        value = self.read(mean.value, **numbers) if mean.value else None
        return self.read(mean.statistic, x=x, **numbers), value

    @property
    def sides(self) -> tuple[Instance, ...]:
        """The distribution on each side, or itself where its density is one term."""
        return tuple(Instance(side, self.values) for side in self.family.sides) or (self,)

    @property
    def definitions(self) -> tuple[Node, ...]:
        """The integrals that define named numbers."""
        return tuple(self.read(text, "statement") for text in self.family.definitions.values())

    @property
    def spelled(self) -> dict[str, Node]:
        """The values by the names that the parameters have in the theorems."""
        return {self.family.spelled.get(n, n): v for n, v in self.values.items()}

    @property
    def domain(self) -> Node:
        """Where the density is positive."""
        return self.read(self.family.domain, "domain")


@lru_cache(maxsize=4096)
def _parsed(text: str, sort: str, names: tuple[str, ...]) -> Node:
    return parse(text, sort, declare(dict.fromkeys(names, "number")))


@final
@dataclass(frozen=True, slots=True)
class Law:
    """A distribution of a family, made by calling the family.

    Parameters
    ----------
    family : ParametricFamily
    values : tuple of sympy.Expr
        The parameters, exact, in the order of the family.
    """

    family: ParametricFamily
    values: tuple[sympy.Expr, ...]

    def __post_init__(self) -> None:
        if not isinstance(self.family, ParametricFamily):
            raise InvalidType(f"expected a family of distributions, got {type(self.family).__name__}")
        if len(self.values) != len(self.family.parameters):
            raise InvalidValue(f"expected {len(self.family.parameters)} parameters, got {len(self.values)}")

    @property
    def open_conditions(self) -> tuple[sympy.Basic, ...]:
        """The conditions on the parameters that are not known to hold or not to hold."""
        from .reading import judged

        values = dict(zip((p.name for p in self.family.parameters), self.values, strict=True))
        return tuple(h for _, h in judged(self.family.assumed, values) if h not in (True, False))

    def __repr__(self) -> str:
        shown = (f"{p.name}={v}" for p, v in zip(self.family.parameters, self.values, strict=True))
        return f"{self.family.name}({', '.join(shown)})"
