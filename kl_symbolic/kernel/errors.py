"""The errors of the package: their base class, and the one way in which the kernel refuses."""

from collections.abc import Callable


class KLError(Exception):
    """The base class of every error that the package raises on purpose.

    Each is also a ``ValueError``, ``TypeError``, ``LookupError`` or the like, so that code which does not know this
    package can catch it. ``str`` of one is the whole message.
    """


class InvalidType(KLError, TypeError):
    """An argument of a kind that is not taken: text for a number, a float where exactness is needed, and the like."""


class Refused(KLError, ValueError):
    """A certificate, a line, a term or a text that is not accepted.

    ``str`` of it is the whole message: the line and the rule, the reason, and every part on a line of its own. The
    kernel does not print terms, so that what is trusted for proofs and what is trusted for reading stay apart:
    ``kl_symbolic.language``, which every entry point of the package imports, says how a message is laid out. Where the
    kernel is used by itself, the parts are shown by ``repr``.

    Parameters
    ----------
    reason : str
        What was expected.
    parts : dict of str to object
        What came, by label: terms, statements, tuples of them, and plain values.
    line : int or None
        The number of the refused certificate line, counted from 0.
    rule : str
        The rule that this line names.
    """

    _layout: Callable[["Refused"], str] = staticmethod(lambda refusal: f"{refusal.reason} {refusal.parts}")

    def __init__(self, reason: str, parts: dict[str, object], line: int | None = None, rule: str = "") -> None:
        super().__init__(reason, parts, line, rule)
        self.reason, self.parts, self.line, self.rule = reason, parts, line, rule

    def __str__(self) -> str:
        return type(self)._layout(self)


def need(condition: object, reason: str, **parts: object) -> None:
    """Refuse unless *condition* holds.

    Parameters
    ----------
    condition : object
    reason : str
    **parts : object

    Raises
    ------
    Refused
        With the reason and the parts.
    """
    if not condition:
        raise Refused(reason, parts)
