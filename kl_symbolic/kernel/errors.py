"""The one way the kernel says no."""

from typing import final


@final
class Refused(Exception):
    """A certificate, a line or a term that the kernel does not accept.

    Attributes
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

    def __init__(self, reason: str, parts: dict[str, object], line: int | None = None, rule: str = "") -> None:
        super().__init__(reason)
        self.reason, self.parts, self.line, self.rule = reason, parts, line, rule


def need(condition: object, reason: str, **parts: object) -> None:
    """Refuse unless *condition* holds.

    Raises
    ------
    Refused
        With the reason and the parts.
    """
    if not condition:
        raise Refused(reason, parts)
