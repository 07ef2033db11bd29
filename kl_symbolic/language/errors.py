"""The errors that are raised outside the kernel for what a user gives; each is a ``KLError``."""

from __future__ import annotations

from ..kernel.errors import InvalidType, KLError

__all__ = ["InvalidType", "InvalidValue", "NoClosedForm", "NoSuchFamily", "NotAModule", "NotInstalled", "need_type"]


class InvalidValue(KLError, ValueError):
    """An argument of the right type whose value is not taken: a negative probability, a base below 1, and the like."""


class NoSuchFamily(KLError, KeyError):
    """There is no family of distributions of a name."""

    def __str__(self) -> str:
        return str(self.args[0])


class NoClosedForm(KLError, NotImplementedError):
    """A measure of two distributions for which no closed form is known; the message says why."""


_LONGEST = 200
"""Characters of a message that shows an object of the user."""


def need_type(name: str, value: object, kind: type | tuple[type, ...], expected: str) -> None:
    """Refuse an argument of another type.

    Parameters
    ----------
    name : str
        Of the argument.
    value : object
    kind : type or tuple of type
        What it must be an instance of; ``bool`` counts as ``int`` only where it is named.
    expected : str
        The same in words.

    Raises
    ------
    InvalidType
        The message says what was expected, and what came.

    Examples
    --------
    >>> need_type("digits", 15, int, "an int")
    >>> need_type("digits", "15", int, "an int")
    Traceback (most recent call last):
        ...
    kl_symbolic.kernel.errors.InvalidType: expected digits as an int, got '15'
    """
    kinds = kind if isinstance(kind, tuple) else (kind,)
    if not isinstance(value, kinds) or (type(value) is bool and bool not in kinds):
        raise InvalidType(f"expected {name} as {expected}, got {value!r}"[:_LONGEST])


class NotInstalled(KLError, ModuleNotFoundError):
    """An optional package that is not installed; the message says how to install it."""


class NotAModule(KLError, ImportError):
    """A file that is not a Python module, where one with derivations is expected."""
