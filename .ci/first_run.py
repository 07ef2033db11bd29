"""Do what README.md tells a newcomer, as it stands there: each command in an empty clone, with nothing but Python.

``first_run.py readme`` runs both commands with this Python; ``first_run.py versions`` runs the second one with every
other version that pyproject.toml declares and this machine has, and compares what each prints with what is stored;
``first_run.py missing`` prints the declared versions that this machine does not have.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SECTION = "## One command each"
DERIVED = "D(p‖q) = Σ_i p_i log(p_i/q_i)"
"""A part of what the first command must print."""
LANE = 90.0
"""Seconds that the tests should take on two cores that have nothing else to do."""
_NETWORK = re.compile(r"PIP_|SSL_CERT_|(https?|no|all)_proxy\Z", re.IGNORECASE)
"""The variables that tell pip where packages are; nothing else of the environment is kept."""
_SUMMARY = re.compile(r"^=* ?(\d+ (?:passed|failed|errors?|skipped|xfailed|xpassed)\b.*) in ([0-9.]+)s")
_BAD = re.compile(r"failed|error|skipped|xfailed|xpassed|warning")


def commands() -> list[str]:
    """Return the commands of the README's section, in their order."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    section = text.partition(SECTION)[2].partition("\n## ")[0]
    found = re.findall(r"^```console\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
    if len(found) != 2 or "derive" not in found[0] or "pytest" not in found[1]:
        raise SystemExit(f"README.md: expected two console blocks below {SECTION!r}, derive and pytest; got {found}")
    return found


def declared() -> list[str]:
    """Return the versions of Python in the classifiers, such as 3.11."""
    classifiers = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["classifiers"]
    return [m[1] for c in classifiers if (m := re.fullmatch(r"Programming Language :: Python :: (3\.\d+)", c))]


def interpreters() -> dict[str, Path]:
    """Return, for each declared version that is found on PATH or among pyenv's, the directory of its ``python3``."""
    found: dict[str, Path] = {}
    for version in declared():
        of_pyenv = sorted((Path.home() / ".pyenv" / "versions").glob(f"{version}.*/bin/python3"))
        places = [shutil.which(f"python{version}"), *of_pyenv]
        for place in filter(None, places):
            directory = directory_of(str(place), version)
            if directory is not None:
                found.setdefault(version, directory)
    return found


def directory_of(program: str, version: str) -> Path | None:
    """Return where the installation of an interpreter has its ``python3``; None if it is of another version."""
    asked = "import sys; print(sys.base_prefix, '%d.%d' % sys.version_info[:2])"
    # A shim of pyenv for a version that is not selected fails.
    done = subprocess.run([program, "-c", asked], capture_output=True, text=True, check=False)
    prefix, _, got = done.stdout.strip().rpartition(" ")
    directory = Path(prefix) / "bin"
    return directory if done.returncode == 0 and got == version and (directory / "python3").exists() else None


def environment(home: Path, python: Path) -> dict[str, str]:
    """Return an environment with that Python before the system's programs, and the way to the package index."""
    kept = {name: value for name, value in os.environ.items() if _NETWORK.match(name)}
    for config in (Path.home() / ".config" / "pip" / "pip.conf", Path.home() / ".pip" / "pip.conf"):
        if config.is_file():
            kept.setdefault("PIP_CONFIG_FILE", str(config))
    return {**kept, "HOME": str(home), "LANG": "C.UTF-8", "PATH": f"{python}:/usr/bin:/bin"}


def run(command: str, clone: Path, surroundings: Mapping[str, str]) -> str:
    """Run a command in a clone, print it and what it says, and return that; end this program if it fails."""
    print(f"$ {command.strip()}", flush=True)
    shell = ["/bin/bash", "-c", f"exec 2>&1\n{command}"]
    done = subprocess.run(
        shell, cwd=clone, env=dict(surroundings), stdout=subprocess.PIPE, encoding="utf-8", check=False
    )
    lines = done.stdout.splitlines()
    print("\n".join(lines if done.returncode else lines[-3:]), flush=True)
    if done.returncode:
        raise SystemExit(f"the command ended with {done.returncode}")
    return done.stdout


def clone_to(directory: Path) -> Path:
    """Return an empty clone of what is committed."""
    clone = directory / "clone"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    (directory / "home").mkdir()
    return clone


def test(command: str, clone: Path, surroundings: Mapping[str, str]) -> None:
    """Run the tests; they must pass, with nothing skipped and no warning."""
    printed = run(command, clone, surroundings)
    found = [m for line in printed.splitlines() if (m := _SUMMARY.match(line))]
    if not found or "passed" not in found[-1][1] or _BAD.search(found[-1][1]):
        raise SystemExit(f"expected tests that all pass, got: {found[-1][0] if found else 'no summary of pytest'}")
    if float(found[-1][2]) > LANE:
        print(f"!!! the tests took {found[-1][2]} s, more than the {LANE:.0f} s of an idle machine with two cores")


def readme() -> None:
    """Run both commands with this Python, each in a clone of its own."""
    derive, pytest = commands()
    python = Path(sys.base_prefix) / "bin"
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        printed = run(derive, clone_to(Path(one)), environment(Path(one, "home"), python))
        if DERIVED not in printed:
            raise SystemExit(f"the first command does not print {DERIVED}")
        test(pytest, clone_to(Path(two)), environment(Path(two, "home"), python))


def versions() -> None:
    """Run the tests with every other declared version, and compare its book with the one that is committed."""
    this = f"{sys.version_info.major}.{sys.version_info.minor}"
    for version, python in interpreters().items():
        if version == this:
            continue
        print(f"--- Python {version}: {python}", flush=True)
        with tempfile.TemporaryDirectory() as scratch:
            clone, surroundings = clone_to(Path(scratch)), environment(Path(scratch, "home"), python)
            test(commands()[1], clone, surroundings)
            run(".venv/bin/python -m kl_symbolic book check --keep-numbers", clone, surroundings)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["readme"]:
            readme()
        case ["versions"]:
            versions()
        case ["missing"]:
            print("\n".join(v for v in declared() if v not in interpreters()))
        case _:
            raise SystemExit(__doc__)
