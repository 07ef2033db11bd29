"""Run the tamper and forge harness: ``python -m tests.harness [--full] [--tamper N] [--forge N] [--seed S] [--jobs J]``.

``python -m tests.harness --rocq N [--seed S]`` lets Coq check N accepted forgeries instead.
"""

from __future__ import annotations

import argparse
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from kl_symbolic.rocq.running import version

from . import forge as forging
from . import rocq as rechecking
from . import tamper as tampering
from .catalogue import catalogue, leaves

_CHUNK = 250
_SAMPLE, _FULL = 2_000, 12_000
SHARE = 0.05
"""The least part of the forgeries that must be accepted and evaluated, or the generator is too weak to count."""


def _tamper(number: int, seed: int, each: int, only: int | None) -> tampering.Report:
    entry = catalogue()[number]
    report = tampering.tamper(entry, seed, each, only)
    report.add(tampering.raw(entry, seed, 10))
    return report


def _forge(chunk: int, seed: int, count: int) -> forging.Report:
    # The certificates about integrals are few beside the others, and are taken as often as all of them.
    entries = catalogue()
    analytic = [e for e in entries if e.analytic]
    return forging.forge((*entries, *analytic * (len(entries) // len(analytic))), seed * 100_003 + chunk, count)


def _rocq(count: int, seed: int, jobs: int) -> int:
    start = time.monotonic()
    report = rechecking.run(catalogue(), seed, count, jobs)
    print(f"Coq {version()}: {report} ({time.monotonic() - start:.0f} s)")
    print("rules in them:", ", ".join(f"{rule} {n}" for rule, n in report.rules.most_common()))
    for found in report.refused:
        print("FAILED", found)
    return int(bool(report.refused))


def main(argv: list[str] | None = None) -> int:
    """Run both parts and print what became of the mutants; 1 when anything was forged or the generator was too weak."""
    parser = argparse.ArgumentParser(prog="python -m tests.harness", description=__doc__)
    parser.add_argument("--full", action="store_true", help="every leaf of every certificate, and 12 000 forgeries")
    parser.add_argument("--tamper", type=int, default=None, help="so many leaves, drawn at random")
    parser.add_argument("--forge", type=int, default=None, help="so many forgeries")
    parser.add_argument("--rocq", type=int, default=None, help="only this: so many accepted forgeries for Coq")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--list", action="store_true", help="list the mutants that prove the same statement")
    options = parser.parse_args(argv)
    entries = catalogue()
    count = sum(1 for e in entries for _ in leaves({k: v for k, v in e.data.items() if k != "story"}))
    print(f"{len(entries)} certificates with {count} leaves", flush=True)
    if options.rocq is not None:
        return _rocq(options.rocq, options.seed, options.jobs)
    forgeries = options.forge if options.forge is not None else _FULL if options.full else _SAMPLE
    start = time.monotonic()
    only = None if options.full and options.tamper is None else -(-(options.tamper or _SAMPLE) // len(entries))
    tampered, forged = tampering.Report(), forging.Report()
    with ProcessPoolExecutor(options.jobs) as pool:
        if options.tamper != 0:
            work = partial(_tamper, seed=options.seed, each=1, only=only)
            for k, report in enumerate(pool.map(work, range(len(entries)))):
                tampered.add(report)
                if k % 8 == 7:
                    print(f"tamper: {k + 1} certificates, {tampered}", flush=True)
            print(f"tamper: {tampered} ({time.monotonic() - start:.0f} s)", flush=True)
        chunks = -(-forgeries // _CHUNK)
        for k, piece in enumerate(pool.map(partial(_forge, seed=options.seed, count=_CHUNK), range(chunks))):
            forged.add(piece)
            for found in piece.refuted:
                print("FAILED", found, flush=True)
            if k % 8 == 7:
                print(f"forge: {forged} ({time.monotonic() - start:.0f} s)", flush=True)
    print(f"forge: {forged} ({time.monotonic() - start:.0f} s)")
    print("rules in accepted forgeries:", ", ".join(f"{rule} {n}" for rule, n in forged.rules.most_common()))
    if options.list:
        print("other proofs of the same statement:", *tampered.same, sep="\n  ")
    for found in tampered.forged:
        print("FAILED", found)
    weak = forgeries > 0 and forged.share < SHARE
    if weak:
        print(f"FAILED only {forged.share:.1%} of the forgeries were accepted and evaluated")
    return int(bool(tampered.forged or forged.refuted or weak))


if __name__ == "__main__":
    sys.exit(main())
