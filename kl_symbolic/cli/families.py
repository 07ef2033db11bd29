"""``kl-symbolic families``: the families of distributions, with their parameters and densities."""

from __future__ import annotations

import argparse

from .console import ACCEPTED, Unusable, did_you_mean, say

__all__ = ["ABOUT", "EPILOG", "add_arguments", "run"]

ABOUT = "list the families of distributions, or say what is known of one"
EPILOG = """\
examples:
  kl-symbolic families             all families with their parameters
  kl-symbolic families Gamma       the density, and the theorems about the family

exit status: 0
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments.

    Parameters
    ----------
    parser : ArgumentParser
    """
    parser.add_argument("name", metavar="NAME", nargs="?", help="a family")


def run(args: argparse.Namespace) -> int:
    """Print the families.

    Parameters
    ----------
    args : Namespace
    """
    from .. import families

    if args.name is not None:
        if args.name not in families.FAMILIES:
            raise Unusable(f"there is no family {args.name!r}{did_you_mean(args.name, families.FAMILIES)}")
        say(_told(args.name))
        return ACCEPTED
    found = [families.named(name) for name in families.FAMILIES]
    width = max(len(family.name) for family in found)
    for family in found:
        roles = ", ".join(f"{p.name} ({p.role})" for p in family.parameters)
        say(f"{family.name:{width}}  {roles}")
    return ACCEPTED


def _told(name: str) -> str:
    from .. import families

    family = families.named(name)
    lines = [
        f"{name}: the {family.title}",
        f"parameters: {', '.join(f'{p.name} ({p.role})' for p in family.parameters)}",
        f"density:    {family.density}, for x in {family.domain}",
        f"theorems:   {', '.join(family.theorems)}",
        f"source:     {family.source}",
    ]
    return "\n".join(lines)
