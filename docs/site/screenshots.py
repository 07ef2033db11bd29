"""The pictures of the site's first page, from what the package prints today.

    python docs/site/screenshots.py

writes ``docs/pictures/page_coin_flips.png``, ``page_gibbs.png`` and ``session_prove.png``. It needs Chromium.
"""

from __future__ import annotations

import html
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

PICTURES = Path(__file__).resolve().parents[1] / "pictures"

PAGES = {"page_coin_flips": ("coin_flips", 900, 1040), "page_gibbs": ("kl_nonneg", 900, 900)}
"""Of each page: the theorem, and the width and height in pixels of what is shown of it."""

SESSION = (
    ("prove", "log(x/y) <= x/y - 1", "--given", "0 < x; 0 < y"),
    ("prove", "log(x + y) = log(x) + log(y)", "--given", "0 < x; 0 < y"),
    ("axioms", "kl_nonneg"),
)
"""The commands of the session in a terminal."""

WIDTH, LINE, PADDING = 900, 19, 16
"""Pixels of the picture of a terminal: its width, the height of a line, and the space around."""

COLUMNS = 108
"""Characters that fit into the width."""


def session() -> str:
    """Return what a terminal shows of the session, each command after its prompt."""
    lines: list[str] = []
    for words in SESSION:
        shown = " ".join(f'"{word}"' if " " in word else word for word in words)
        done = subprocess.run([sys.executable, "-m", "kl_symbolic", *words], capture_output=True, text=True)
        lines += [f"$ kl-symbolic {shown}", *done.stdout.splitlines(), ""]
    wrapped = [line[k : k + COLUMNS] for line in lines for k in range(0, max(len(line), 1), COLUMNS)]
    return "\n".join(wrapped).rstrip("\n")


def terminal(shown: str) -> str:
    """Return an HTML page that looks like a terminal."""
    rows = [f"<b>{html.escape(row)}</b>" if row.startswith("$") else html.escape(row) for row in shown.split("\n")]
    style = (
        f"body {{ margin: 0; padding: {PADDING}px; background: #1e1e1e; color: #d4d4d4 }}"
        f"pre {{ margin: 0; font: 13.5px/{LINE}px 'DejaVu Sans Mono', monospace }} b {{ color: #8fd0ff }}"
    )
    return f"<!DOCTYPE html><meta charset=utf-8><style>{style}</style><pre>{chr(10).join(rows)}</pre>"


def photograph(page: Path, picture: Path, width: int, height: int) -> None:
    """Write what Chromium shows of a page."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("chromium is missing (Debian: apt-get install chromium)")
    options = ["--headless", "--no-sandbox", "--hide-scrollbars", "--force-device-scale-factor=1"]
    wanted = [f"--window-size={width},{height}", f"--screenshot={picture}", "--virtual-time-budget=5000"]
    subprocess.run([chromium, *options, *wanted, page.as_uri()], check=True, capture_output=True)


def main() -> None:
    """Write all pictures."""
    with TemporaryDirectory() as scratch:
        page = Path(scratch, "page.html")
        for picture, (name, width, height) in PAGES.items():
            command = [sys.executable, "-m", "kl_symbolic", "show", name, "--format", "html", "-o", str(page)]
            subprocess.run(command, check=True)
            photograph(page, PICTURES / f"{picture}.png", width, height)
        shown = session()
        page.write_text(terminal(shown), encoding="utf-8")
        height = LINE * len(shown.split("\n")) + 2 * PADDING
        photograph(page, PICTURES / "session_prove.png", WIDTH, height)


if __name__ == "__main__":
    main()
