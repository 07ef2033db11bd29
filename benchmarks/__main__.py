"""``python -m benchmarks``: every comparison, in one run. ``python -m benchmarks replay`` runs one."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator

from . import replay

NAMES = (
    "replay", "imports", "equality", "arrays", "outcomes", "growth", "entropies", "hostile", "claims", "pairs",
    "pairs_coq", "integrate", "libraries", "deciders",
)  # fmt: skip


def _equality(every: int) -> Iterator[str]:
    from . import equality  # SymPy is imported here and not before the imports are measured

    return equality.report(every)


def _arrays() -> Iterator[str]:
    from . import arrays

    return arrays.report()


def _outcomes() -> Iterator[str]:
    from . import outcomes  # and NumPy

    return outcomes.report()


def _hostile(seconds: float) -> Iterator[str]:
    from . import hostile  # and the kernel

    return hostile.report(seconds)


def _claims(seconds: float) -> Iterator[str]:
    from . import hostile_claims

    return hostile_claims.report(seconds)


def _pairs() -> Iterator[str]:
    from . import pairs

    return pairs.table()


def _pairs_coq() -> Iterator[str]:
    from . import pairs

    return pairs.coq()


def _entropies() -> Iterator[str]:
    from . import entropies  # and SciPy

    return entropies.report()


def _growth() -> Iterator[str]:
    from . import growth

    return growth.report()


def _integrate() -> Iterator[str]:
    from . import integrate

    return integrate.report()


def _libraries() -> Iterator[str]:
    from . import libraries

    return libraries.report()


def _deciders() -> Iterator[str]:
    from . import deciders

    return deciders.report()


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Side by side with peers; reports ratios."
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(NAMES)}; default: all")
    parser.add_argument("--every", type=int, default=1, metavar="K", help="only each K-th equality line")
    parser.add_argument(
        "--seconds", type=float, default=600, metavar="S", help="for how long what is hostile is searched"
    )
    args = parser.parse_args()
    unknown = [n for n in args.names if n not in NAMES]
    if unknown:
        parser.error(f"there is no benchmark {unknown[0]!r}; there are {', '.join(NAMES)}")
    reports: dict[str, Callable[[], Iterator[str]]] = {
        "replay": replay.report,
        "imports": replay.imports,
        "equality": lambda: _equality(args.every),
        "arrays": _arrays,
        "outcomes": _outcomes,
        "growth": _growth,
        "entropies": _entropies,
        "hostile": lambda: _hostile(args.seconds),
        "claims": lambda: _claims(args.seconds),
        "pairs": _pairs,
        "pairs_coq": _pairs_coq,
        "integrate": _integrate,
        "libraries": _libraries,
        "deciders": _deciders,
    }
    for name in args.names or NAMES:
        for row in reports[name]():
            print(row, flush=True)
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
