"""Chromium for tests, without a window, driven through its debugging pipe with the standard library alone.

One process shows many pages. It has no network: every name is resolved to nothing, and each request is written down.
"""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

PACKAGE = "chromium"
_PATIENCE = 60.0


def chromium() -> str:
    """Return the path of Chromium; without it skip the test loudly, or fail where the result counts."""
    found = shutil.which("chromium")
    if found is None and os.environ.get("CI"):
        pytest.fail("chromium is missing, and CI must not pass without it")
    if found is None:
        pytest.skip(f"SKIPPED: chromium is missing (apt-get install {PACKAGE})")
    return found


class Browser:
    """A running Chromium with one page. ``said`` is all that went wrong or was asked of a network since ``open``."""

    def __init__(self, process: subprocess.Popen[bytes], to: int, back: int) -> None:
        self._process, self._to, self._back = process, to, back
        self._number, self._buffer = 0, b""
        self._events: list[dict[str, Any]] = []
        self._session: str | None = None
        self.said: list[str] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and return its result; events that come before it are kept."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._to, data) :]
        while True:
            answer = self._read()
            if answer.get("id") == self._number:
                assert "error" not in answer, (method, answer["error"])
                return dict(answer["result"])

    def _read(self) -> dict[str, Any]:
        end = time.monotonic() + _PATIENCE
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._back], [], [], max(0.0, end - time.monotonic()))
            assert ready, "Chromium does not answer"
            more = os.read(self._back, 1 << 16)
            assert more, "Chromium has ended"
            self._buffer += more
        raw, _, self._buffer = self._buffer.partition(b"\0")
        message: dict[str, Any] = json.loads(raw)
        if "method" in message:
            self._events.append(message)
            self._note(message["method"], message["params"])
        return message

    def _note(self, method: str, parameters: dict[str, Any]) -> None:
        if method == "Runtime.exceptionThrown":
            self.said.append(f"exception: {parameters['exceptionDetails']}")
        elif method == "Runtime.consoleAPICalled":
            words = " ".join(str(a.get("value", a.get("description"))) for a in parameters["args"])
            self.said.append(f"console.{parameters['type']}: {words}")
        elif method == "Log.entryAdded":
            self.said.append(f"log: {parameters['entry']['text']}")
        elif method == "Network.requestWillBeSent":
            url = parameters["request"]["url"]
            if not url.startswith(("file:", "data:", "about:")):
                self.said.append(f"request: {url}")

    def open(self, path: Path) -> None:
        """Show a file, and wait until it has loaded and its fonts are there."""
        self.said, self._events = [], []
        self.call("Page.navigate", url=path.resolve().as_uri())
        while not any(e["method"] == "Page.loadEventFired" for e in self._events):
            self._read()
        self.settled()

    def settled(self) -> None:
        """Wait until every formula that is not folded is typeset, and the fonts for it are there."""
        end = time.monotonic() + _PATIENCE
        while self.run("document.documentElement.hasAttribute('data-typesetting')"):
            assert time.monotonic() < end, "the page is never done"
            time.sleep(0.02)
        self.run("document.fonts.ready.then(() => null)")

    def run(self, script: str) -> Any:
        """Return the value of an expression in the page."""
        found = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def window(self, width: int, height: int = 900, dark: bool = False, media: str = "") -> None:
        """Give the page a size, a color scheme and, if it is to be another than usual, a medium."""
        phone = width < 600
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=phone)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", media=media, features=[scheme])

    def scripts(self, on: bool) -> None:
        """Let the next page run scripts, or not."""
        self.call("Emulation.setScriptExecutionDisabled", value=not on)

    def picture(self, path: Path, whole: bool = True) -> None:
        """Write a picture of the page."""
        shot = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        path.write_bytes(base64.b64decode(shot["data"]))


@contextmanager
def browser(directory: Path) -> Iterator[Browser]:
    """Start Chromium with a profile of its own in *directory*, and end it."""
    program = chromium()
    to_child, to = os.pipe()
    back, from_child = os.pipe()
    options = [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--hide-scrollbars",
        "--disable-back-forward-cache", "--disable-background-networking", "--disable-component-update",
        "--disable-extensions", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND", "--remote-debugging-pipe",
        f"--user-data-dir={directory}",
    ]  # fmt: skip
    # The debugging pipe is read from file 3 and written to file 4.
    joined = f'exec "$@" 3<&{to_child} 4>&{from_child}'
    process = subprocess.Popen(
        ["bash", "-c", joined, "chromium", program, *options],
        pass_fds=(to_child, from_child),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(to_child)
    os.close(from_child)
    try:
        one = Browser(process, to, back)
        yield one
        one._session = None
        one.call("Browser.close")
        process.wait(20)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        os.close(to)
        os.close(back)
