"""The statement language: terms and statements as text, and text as terms and statements."""

from ..kernel.errors import Refused
from .printer import explain

# The kernel does not print terms. Every entry point of the package imports this one, so that ``str`` of a refusal is
# the whole message wherever a user sees it.
Refused._layout = staticmethod(explain)
