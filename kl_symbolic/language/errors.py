"""The errors that are raised outside the kernel for what a user gives; each is a ``KLError``."""

from __future__ import annotations

from ..kernel.errors import InvalidType, KLError

__all__ = ["InvalidType", "InvalidValue", "NotAModule", "NotInstalled"]


class InvalidValue(KLError, ValueError):
    """An argument of the right type whose value is not taken: a negative probability, a base below 1, and the like."""


class NotInstalled(KLError, ModuleNotFoundError):
    """An optional package that is not installed; the message says how to install it."""


class NotAModule(KLError, ImportError):
    """A file that is not a Python module, where one with derivations is expected."""
