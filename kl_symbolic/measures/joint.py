"""Entropies and mutual information of the variables of a joint distribution.

A joint distribution of n variables is

* a nested list, a SymPy matrix or array, or a NumPy array, with an axis for each variable;
* a dict from tuples of n values to probabilities, or a pandas Series with such an index; a missing tuple has
  probability 0.

A variable is called by its axis, 0, 1, …, or by its name, where *names* gives one to each axis. Several variables, as
a tuple of them, count as one: ``mutual_information(joint, "X", ("Y", "Z"), names="XYZ")``. What is neither asked for
nor conditioned on is summed out.

A NumPy array may hold many joint distributions: *axes* are then the axes of the variables, and the result has the
others. Numbers are read, and results exact or floats, as the module :mod:`kl_symbolic.measures.evaluation` says.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any, TypeAlias, final

import sympy

from ..language.errors import InvalidType, InvalidValue
from ..sympy_bridge import rel_entr, xlogy
from ..sympy_bridge.exact import Number, kind_of
from .bases import Base, read_base
from .distributions import Exact, Probability, checked, weigh
from .expressions import RECORDS, ClosedForm, Value
from .inputs import Array, Entries, recognize
from .records import Backing, Entry, record

if TYPE_CHECKING:
    from numpy import generic
    from numpy.typing import NDArray

__all__ = [
    "JointLike",
    "Variable",
    "conditional_entropy",
    "conditional_mutual_information",
    "joint_entropy",
    "mutual_information",
]

JointLike: TypeAlias = (
    "Sequence[object] | Mapping[tuple[Hashable, ...], Probability] | NDArray[generic] | sympy.MatrixBase"
    " | sympy.NDimArray"
)
"""A value accepted as a joint distribution; a pandas Series with tuples as its index too."""
Variable: TypeAlias = "int | str | tuple[int | str, ...]"
"""A variable, by its axis or its name, or several of them, which count as one."""


def joint_entropy(
    joint: JointLike,
    *variables: Variable,
    names: Sequence[str] | None = None,
    axes: Sequence[int] | None = None,
    base: Number | sympy.Expr | None = None,
    normalize: bool = False,
    exact: bool | None = None,
) -> Value:
    """Return the entropy H(X, Y, …) of variables of a joint distribution.

    Parameters
    ----------
    joint : joint distribution
        As the module :mod:`kl_symbolic.measures.joint` says.
    *variables : int, str or tuple
        The variables; all of them by default.
    names : sequence of str, optional
        The names of the axes, in their order.
    axes : sequence of int, optional
        The axes of the variables in a NumPy array of several joint distributions; all axes by default.
    base : number, optional
        The base of the logarithm, greater than 1; 2 gives bits. Nats by default.
    normalize : bool, optional
        Whether to divide by the sum of all probabilities.
    exact : bool, optional
        Whether the result is exact; by default it is for everything but floating NumPy arrays.

    Returns
    -------
    sympy.Expr, float or numpy.ndarray
        The entropy.

    Raises
    ------
    InvalidValue, InvalidType
        As in :func:`kl_divergence`, and for variables that the joint distribution has not.

    Notes
    -----
    H(X, Y) = H(Y) + H(X|Y) is the theorem ``entropy_chain_rule``.

    References
    ----------
    T. M. Cover and J. A. Thomas, "Elements of Information Theory", 2nd edition, Wiley 2006, section 2.2.

    Examples
    --------
    >>> weather = {("rain", "cold"): 0.5, ("rain", "warm"): 0.25, ("sun", "warm"): 0.25}
    >>> joint_entropy(weather, base=2), joint_entropy(weather, "sky", names=["sky", "air"], base=2)
    (3/2, -3*log(3)/(4*log(2)) + 2)
    """
    return _value(joint, _joint_entropy, variables, (), names, axes, base, normalize, exact)


def conditional_entropy(
    joint: JointLike,
    *variables: Variable,
    given: Variable,
    names: Sequence[str] | None = None,
    axes: Sequence[int] | None = None,
    base: Number | sympy.Expr | None = None,
    normalize: bool = False,
    exact: bool | None = None,
) -> Value:
    """Return the conditional entropy H(X|Y), what is left of the entropy of X when Y is known.

    Parameters
    ----------
    joint : joint distribution
        As the module :mod:`kl_symbolic.measures.joint` says.
    *variables : int, str or tuple
        X; everything that is not given by default.
    given : int, str or tuple
        Y.
    names : sequence of str, optional
        The names of the axes, in their order.
    axes : sequence of int, optional
        The axes of the variables in a NumPy array of several joint distributions; all axes by default.
    base : number, optional
        The base of the logarithm, greater than 1; 2 gives bits. Nats by default.
    normalize : bool, optional
        Whether to divide by the sum of all probabilities.
    exact : bool, optional
        Whether the result is exact; by default it is for everything but floating NumPy arrays.

    Returns
    -------
    sympy.Expr, float or numpy.ndarray
        The entropy.

    Raises
    ------
    InvalidValue, InvalidType
        As in :func:`kl_divergence`, and for variables that the joint distribution has not.

    Notes
    -----
    It is not negative (``cond_entropy_nonneg``) and at most H(X) (``cond_entropy_le_entropy``).

    References
    ----------
    T. M. Cover and J. A. Thomas, "Elements of Information Theory", 2nd edition, Wiley 2006, section 2.2.

    Examples
    --------
    >>> conditional_entropy([[0.5, 0], [0.25, 0.25]], 1, given=0, base=2)
    1/2
    >>> conditional_entropy([[0.5, 0], [0, 0.5]], "Y", given="X", names=["X", "Y"])
    0
    """
    return _value(joint, _conditional_entropy, variables, (given,), names, axes, base, normalize, exact)


def mutual_information(
    joint: JointLike,
    *variables: Variable,
    names: Sequence[str] | None = None,
    axes: Sequence[int] | None = None,
    base: Number | sympy.Expr | None = None,
    normalize: bool = False,
    exact: bool | None = None,
) -> Value:
    """Return the mutual information I(X; Y), the divergence of the joint distribution from independence.

    Parameters
    ----------
    joint : joint distribution
        As the module :mod:`kl_symbolic.measures.joint` says.
    *variables : int, str or tuple
        X and Y; they can be left out where the joint distribution has no others.
    names : sequence of str, optional
        The names of the axes, in their order.
    axes : sequence of int, optional
        The axes of the variables in a NumPy array of several joint distributions; all axes by default.
    base : number, optional
        The base of the logarithm, greater than 1; 2 gives bits. Nats by default.
    normalize : bool, optional
        Whether to divide by the sum of all probabilities, so that a table of counts can be given.
    exact : bool, optional
        Whether the result is exact; by default it is for everything but floating NumPy arrays.

    Returns
    -------
    sympy.Expr, float or numpy.ndarray
        The mutual information; never infinite.

    Raises
    ------
    InvalidValue, InvalidType
        As in :func:`kl_divergence`, and for variables that the joint distribution has not.

    Notes
    -----
    I(X; Y) = H(X) + H(Y) − H(X, Y) is the theorem ``mutual_info_eq_entropies``. It is symmetric, not negative, and 0
    for independent variables only.

    References
    ----------
    T. M. Cover and J. A. Thomas, "Elements of Information Theory", 2nd edition, Wiley 2006, section 2.3.

    Examples
    --------
    >>> mutual_information([[0.5, 0], [0, 0.5]], base=2)
    1
    >>> xor = {(0, 0, 0): 1, (0, 1, 1): 1, (1, 0, 1): 1, (1, 1, 0): 1}
    >>> mutual_information(xor, "X", ("Y", "Z"), names="XYZ", normalize=True)
    log(2)
    """
    return _value(joint, _mutual_information, variables, (), names, axes, base, normalize, exact)


def conditional_mutual_information(
    joint: JointLike,
    *variables: Variable,
    given: Variable,
    names: Sequence[str] | None = None,
    axes: Sequence[int] | None = None,
    base: Number | sympy.Expr | None = None,
    normalize: bool = False,
    exact: bool | None = None,
) -> Value:
    """Return the conditional mutual information I(X; Y|Z), what X tells about Y to one who knows Z.

    Parameters
    ----------
    joint : joint distribution
        As the module :mod:`kl_symbolic.measures.joint` says.
    *variables : int, str or tuple
        X and Y; they can be left out where the joint distribution has no others beside Z.
    given : int, str or tuple
        Z.
    names : sequence of str, optional
        The names of the axes, in their order.
    axes : sequence of int, optional
        The axes of the variables in a NumPy array of several joint distributions; all axes by default.
    base : number, optional
        The base of the logarithm, greater than 1; 2 gives bits. Nats by default.
    normalize : bool, optional
        Whether to divide by the sum of all probabilities.
    exact : bool, optional
        Whether the result is exact; by default it is for everything but floating NumPy arrays.

    Returns
    -------
    sympy.Expr, float or numpy.ndarray
        The conditional mutual information; never infinite.

    Raises
    ------
    InvalidValue, InvalidType
        As in :func:`kl_divergence`, and for variables that the joint distribution has not.

    Notes
    -----
    I(X; Y|Z) = H(X, Z) + H(Y, Z) − H(X, Y, Z) − H(Z) is the theorem ``cond_mutual_info_eq_entropies``. It is not
    negative, and may be greater or less than I(X; Y).

    References
    ----------
    T. M. Cover and J. A. Thomas, "Elements of Information Theory", 2nd edition, Wiley 2006, section 2.5.

    Examples
    --------
    >>> xor = {(0, 0, 0): 0.25, (0, 1, 1): 0.25, (1, 0, 1): 0.25, (1, 1, 0): 0.25}
    >>> mutual_information(xor, "X", "Y", names="XYZ")
    0
    >>> conditional_mutual_information(xor, "X", "Y", given="Z", names="XYZ", base=2)
    1
    """
    return _value(joint, _conditional_mutual_information, variables, (given,), names, axes, base, normalize, exact)


# --- reading ---------------------------------------------------------------------------------------------------------


@final
@dataclass(frozen=True, slots=True)
class _Joint:
    """A joint distribution as given: entries by position or by key, or an array of many of them.

    Parameters
    ----------
    entries : Entries or None
        One joint distribution whose outcomes are tuples, of numbers for arrays.
    array : numpy.ndarray or None
        Else: the variables are on the last axes.
    variables : tuple
        What they are called.
    floating : bool
        Whether it is a floating array.
    """

    entries: Entries | None
    array: Any
    variables: tuple[Hashable, ...]
    floating: bool


def _read(joint: object, names: Sequence[str] | None, axes: Sequence[int] | None) -> _Joint:
    nested = isinstance(joint, list | tuple | sympy.Tuple | sympy.MatrixBase | sympy.NDimArray)
    found = _nested(joint) if nested else recognize(joint, "joint")
    if isinstance(found, Array):
        rank = found.values.ndim
        chosen = tuple(range(rank)) if axes is None else _axes(axes, rank)
        called = chosen if names is None else _names(names, len(chosen))
        import numpy as np

        moved = np.moveaxis(found.values, chosen, range(rank - len(chosen), rank))
        return _Joint(None, moved, called, found.floating)
    if axes is not None:
        raise InvalidType(f"axes= is for NumPy arrays, and joint is of {kind_of(joint)}")
    if not isinstance(found, Entries) or found.outcomes is None:
        raise InvalidType(
            "expected a joint distribution, a nested sequence, an array or a dict whose keys are tuples of values;"
            f" got {kind_of(joint)}{'' if isinstance(found, Entries) else f': {joint}'}"
        )
    wrong = next((key for key in found.outcomes if not isinstance(key, tuple)), None)
    if wrong is not None:
        raise InvalidType(f"expected a dict whose keys are tuples, one value for each variable, got the key {wrong!r}")
    lengths = sorted({len(key) for key in found.outcomes if isinstance(key, tuple)})
    if len(lengths) != 1 or lengths[0] == 0:
        raise InvalidValue(f"expected keys of one length, at least 1, got the lengths {lengths}")
    own = getattr(getattr(joint, "index", None), "names", None)  # of a pandas Series
    if names is None and own is not None and all(isinstance(name, str) for name in own):
        names = list(own)
    called = tuple(range(lengths[0])) if names is None else _names(names, lengths[0])
    return _Joint(found, None, called, found.floating)


def _nested(joint: Any) -> Entries:
    """Return the entries of nested sequences, all of the same shape; the outcomes are their positions."""
    if isinstance(joint, sympy.MatrixBase | sympy.NDimArray):
        shape = tuple(int(n) for n in joint.shape)
        keys = list(product(*map(range, shape)))
        return Entries("joint", tuple(joint[key] for key in keys), tuple(keys))
    values: dict[tuple[int, ...], Any] = {}

    def walk(part: Any, at: tuple[int, ...]) -> tuple[int, ...]:
        if not isinstance(part, list | tuple | sympy.Tuple):
            values[at] = part
            return ()
        shapes = {walk(inner, (*at, k)) for k, inner in enumerate(part)}
        if len(shapes) != 1:
            what = "an empty list" if not shapes else "lists of different lengths"
            raise InvalidValue(f"expected a joint distribution with an axis for each variable, got {what} in joint")
        return (len(part), *shapes.pop())

    walk(joint, ())
    return Entries("joint", tuple(values.values()), tuple(values))


def _axes(axes: Sequence[int], rank: int) -> tuple[int, ...]:
    if isinstance(axes, str) or not isinstance(axes, Iterable):
        raise InvalidType(f"expected axes= as a sequence of integers, got {axes!r}")
    found = []
    for axis in axes:
        if isinstance(axis, bool) or not isinstance(axis, int) or not -rank <= axis < rank:
            raise InvalidValue(f"expected axes= from {-rank} to {rank - 1}, got {axis!r}")
        found.append(axis % rank)
    if not found or len(set(found)) != len(found):
        raise InvalidValue(f"expected different axes=, at least one, got {axes!r}")
    return tuple(found)


def _names(names: Sequence[str], count: int) -> tuple[Hashable, ...]:
    found = tuple(names) if isinstance(names, Iterable) else ()
    if len(found) != count or len(set(found)) != count or not all(isinstance(name, str) for name in found):
        raise InvalidValue(f"expected names= as {count} different texts, one for each variable, got {names!r}")
    return found


def _positions(variable: Variable, called: tuple[Hashable, ...]) -> tuple[int, ...]:
    """Return the positions of a variable, or of several that count as one."""
    several = variable if isinstance(variable, tuple | list) else (variable,)
    found = []
    for one in several:
        if isinstance(one, bool) or one not in called:
            shown = ", ".join(map(repr, called))
            hint = "; names= gives names to the axes" if isinstance(one, str) and called and called[0] == 0 else ""
            raise InvalidValue(f"expected variables of joint, which are {shown}, got {one!r}{hint}")
        found.append(called.index(one))
    if not found or len(set(found)) != len(found):
        raise InvalidValue(f"expected one variable or several different ones, got {variable!r}")
    return tuple(found)


_Measure: TypeAlias = "Callable[[_Marginals, list[tuple[int, ...]], tuple[int, ...]], tuple[sympy.Expr, Backing]]"


@final
@dataclass(frozen=True, slots=True)
class _Kind:
    """A measure of joint distributions.

    Parameters
    ----------
    count : int or None
        How many variables it compares; None for any, which count as one.
    exactly : callable
        The value, and what stands behind it.
    in_floats : str
        The name of the function in ``float_measures``.
    """

    count: int | None
    exactly: _Measure
    in_floats: str


def _chosen(
    kind: _Kind, variables: Sequence[Variable], given: Sequence[Variable], called: tuple[Hashable, ...]
) -> tuple[list[tuple[int, ...]], tuple[int, ...]]:
    """Return the positions of what is asked for and of what is given."""
    condition = _positions(given[0], called) if given else ()
    asked = [_positions(v, called) for v in variables]
    if not asked:
        asked = [(k,) for k in range(len(called)) if k not in condition]
        if kind.count is not None and len(asked) != kind.count:
            rest = ", ".join(repr(called[k]) for (k,) in asked)
            raise InvalidValue(f"expected {kind.count} variables, such as X and Y; joint has {rest or 'no others'}")
    if kind.count is not None and len(asked) != kind.count:
        raise InvalidValue(f"expected {kind.count} variables, such as X and Y, got {len(asked)}")
    if kind.count is None:
        asked = [tuple(dict.fromkeys(k for part in asked for k in part))]
    return asked, condition


def _value(
    joint: object,
    kind: _Kind,
    variables: Sequence[Variable],
    given: Sequence[Variable],
    names: Sequence[str] | None,
    axes: Sequence[int] | None,
    base: Number | sympy.Expr | None,
    normalize: bool,
    exact: bool | None,
) -> Value:
    unit = read_base(base)
    checked(normalize)
    if not (exact is None or isinstance(exact, bool)):
        raise InvalidType(f"expected exact=True or False, got {exact!r}")
    found = _read(joint, names, axes)
    asked, condition = _chosen(kind, variables, given, found.variables)
    if exact is False or (exact is None and found.floating):
        from . import float_measures

        measure: Callable[..., Value] = getattr(float_measures, kind.in_floats)
        values: Value = unit.of_floats(measure(float_measures.joint(*_array(found), normalize), asked, condition))
        return values
    if found.array is None or found.array.ndim == len(found.variables):
        return _form(_entries(found), kind, asked, condition, unit, normalize).expression
    import numpy as np

    shape = found.array.shape[: -len(found.variables)]
    results = np.empty(shape, dtype=object)
    for row in np.ndindex(shape):
        one = _Joint(None, found.array[row], found.variables, found.floating)
        results[row] = _form(_entries(one), kind, asked, condition, unit, normalize).expression
    return results


def _entries(found: _Joint) -> Entries:
    if found.entries is not None:
        return found.entries
    keys = list(product(*map(range, found.array.shape)))
    return Entries("joint", tuple(found.array[key] for key in keys), tuple(keys))


def _array(found: _Joint) -> tuple[Any, tuple[int, ...], int]:
    """Return, for floats, an array with all variables on the last axis, its shape before, and their number."""
    import numpy as np

    if found.array is not None:
        count = len(found.variables)
        return np.reshape(found.array, (*found.array.shape[:-count], -1)), found.array.shape, count
    entries = _entries(found)
    keys = [key for key in entries.outcomes or () if isinstance(key, tuple)]
    places = [{value: k for k, value in enumerate(dict.fromkeys(column))} for column in zip(*keys, strict=True)]
    shape = tuple(map(len, places))
    flat = np.zeros(int(np.prod(shape)), dtype=object)
    for key, value in zip(keys, entries.values, strict=True):
        at = tuple(place[part] for place, part in zip(places, key, strict=True))
        flat[np.ravel_multi_index(at, shape)] = value
    return flat, shape, len(shape)


def _form(
    entries: Entries, kind: _Kind, asked: list[tuple[int, ...]], condition: tuple[int, ...], unit: Base, normalize: bool
) -> ClosedForm:
    weights = weigh(entries, normalize)
    value, backing = kind.exactly(_Marginals(weights.entries(), entries.outcomes or ()), asked, condition)
    return record(Exact((weights,)), value, unit, backing)


@final
class _Marginals:
    """The marginal distributions of a joint distribution, each computed once.

    Parameters
    ----------
    entries : sequence of Entry
    keys : sequence of tuple
        The outcome of each entry.
    """

    def __init__(self, entries: Sequence[Entry], keys: Sequence[Any]) -> None:
        self._entries, self._keys = entries, keys
        self._known: dict[tuple[int, ...], dict[tuple[Hashable, ...], tuple[sympy.Expr, str]]] = {}

    def of(self, positions: tuple[int, ...]) -> dict[tuple[Hashable, ...], tuple[sympy.Expr, str]]:
        """Return probability and sign of each outcome of some variables."""
        found = self._known.get(positions)
        if found is None:
            groups: dict[tuple[Hashable, ...], list[Entry]] = {}
            for entry, key in zip(self._entries, self._keys, strict=True):
                groups.setdefault(tuple(key[k] for k in positions), []).append(entry)
            found = self._known[positions] = {
                key: (sympy.Add(*(p for p, _, _ in group)), _sign_of_sum([s for _, _, s in group]))
                for key, group in groups.items()
            }
        return found

    def together(self, *parts: tuple[int, ...]) -> list[tuple[tuple[sympy.Expr, str], ...]]:
        """Return, for each possible outcome of the first part, its entry and those of the other parts within it."""
        whole, *others = parts
        places = [[whole.index(k) for k in part] for part in others]
        return [
            (entry, *(self.of(part)[tuple(key[k] for k in at)] for part, at in zip(others, places, strict=True)))
            for key, entry in self.of(whole).items()
            if entry[1] != "0"
        ]


def _sign_of_sum(signs: Sequence[str]) -> str:
    return "+" if "+" in signs else "?" if "?" in signs else "0"


def _union(*parts: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(k for part in parts for k in part))


def _apart(*parts: tuple[int, ...]) -> bool:
    return len(_union(*parts)) == sum(map(len, parts))


_SHARED = "the theorems of the library are about different variables, and here one is on both sides"


def _joint_sum(
    marginals: _Marginals, asked: list[tuple[int, ...]], condition: tuple[int, ...]
) -> tuple[sympy.Expr, Backing]:
    (whole,) = asked
    terms = [-p * sympy.log(p) if s == "+" else -xlogy(p, p) for p, s in marginals.of(whole).values() if s != "0"]
    if len(whole) == 1:
        return sympy.Add(*terms), Backing("entropy_eq_neg_kl_one", ("entropy_nonneg", "entropy_le_log_card"))
    return sympy.Add(*terms), Backing("entropy_chain_rule", ("joint_entropy_symm", "entropy_joint_le_add"))


def _conditional_sum(
    marginals: _Marginals, asked: list[tuple[int, ...]], condition: tuple[int, ...]
) -> tuple[sympy.Expr, Backing]:
    (whole,) = asked
    rows = marginals.together(_union(whole, condition), condition)
    terms = [p * sympy.log(g / p) if s == "+" else -rel_entr(p, g) for (p, s), (g, _) in rows]
    if not _apart(whole, condition):
        return sympy.Add(*terms), Backing(reason=_SHARED)
    return sympy.Add(*terms), Backing("entropy_chain_rule", ("cond_entropy_nonneg", "cond_entropy_le_entropy"))


def _mutual_sum(
    marginals: _Marginals, asked: list[tuple[int, ...]], condition: tuple[int, ...]
) -> tuple[sympy.Expr, Backing]:
    first, second = asked
    rows = marginals.together(_union(first, second), first, second)
    terms = [p * sympy.log(p / (a * b)) if s == "+" else rel_entr(p, a * b) for (p, s), (a, _), (b, _) in rows]
    if not _apart(first, second):
        return sympy.Add(*terms), Backing(reason=_SHARED)
    facts = ("mutual_info_nonneg", "mutual_info_eq_zero_iff", "mutual_info_symm", "mutual_info_eq_sub_cond")
    return sympy.Add(*terms), Backing("mutual_info_eq_entropies", facts)


def _conditional_mutual_sum(
    marginals: _Marginals, asked: list[tuple[int, ...]], condition: tuple[int, ...]
) -> tuple[sympy.Expr, Backing]:
    first, second = asked
    parts = (_union(first, second, condition), _union(first, condition), _union(second, condition), condition)
    terms = []
    for (p, s), (a, _), (b, _), (c, _) in marginals.together(*parts):
        if s == "+":
            terms.append(p * sympy.log(p * c / (a * b)))
        else:
            terms.append(xlogy(p, p) + xlogy(p, c) - xlogy(p, a) - xlogy(p, b))
    if not _apart(first, second, condition):
        return sympy.Add(*terms), Backing(reason=_SHARED)
    facts = ("cond_mutual_info_nonneg", "cond_mutual_info_eq_zero_iff", "mutual_info_chain_rule")
    return sympy.Add(*terms), Backing("cond_mutual_info_eq_entropies", facts)


_joint_entropy = _Kind(None, _joint_sum, "joint_entropy")
_conditional_entropy = _Kind(None, _conditional_sum, "conditional_entropy")
_mutual_information = _Kind(2, _mutual_sum, "mutual_information")
_conditional_mutual_information = _Kind(2, _conditional_mutual_sum, "conditional_mutual_information")


def _record_of(kind: _Kind) -> Callable[..., ClosedForm]:
    def found_record(
        joint: JointLike,
        *variables: Variable,
        given: Variable | None = None,
        names: Sequence[str] | None = None,
        base: Number | sympy.Expr | None = None,
        normalize: bool = False,
    ) -> ClosedForm:
        checked(normalize)
        found = _read(joint, names, None)
        asked, condition = _chosen(kind, variables, () if given is None else (given,), found.variables)
        return _form(_entries(found), kind, asked, condition, read_base(base), normalize)

    return found_record


RECORDS[joint_entropy] = _record_of(_joint_entropy)
RECORDS[conditional_entropy] = _record_of(_conditional_entropy)
RECORDS[mutual_information] = _record_of(_mutual_information)
RECORDS[conditional_mutual_information] = _record_of(_conditional_mutual_information)
