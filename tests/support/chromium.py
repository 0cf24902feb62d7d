"""Finding Chromium, getting it when it is missing, and starting it.

`python -m tests.support.chromium` is what `make test` runs first: it installs Chromium where none is found.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from tests.support.availability import Unavailable
from tests.support.patience import PATIENCE_MS

# The headless shell first: the same engine without a window's own pages, which take a fifth of the time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

INSTALL_SECONDS: Final = 1800
"""Over a slow line."""

# Without these a new browser looks up its maker's hosts, and as root it does not start.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--font-render-hinting=none",
)


def chromium_path() -> Path | None:
    """The browser to use: $CHROMIUM, one on the PATH, or Playwright's own; None when there is none."""
    named = os.environ.get("CHROMIUM")
    if named:
        return Path(named)
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    return own if own.exists() else None


@contextmanager
def running_chromium(executable: Path) -> Iterator[Browser]:
    """Start a headless Chromium and close it at the end. Raises Unavailable when it does not start."""
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=executable, args=[*FLAGS], timeout=PATIENCE_MS
            )
        except PlaywrightError as error:
            raise Unavailable(f"Chromium does not start: {error.message[:2000]}") from error
        try:
            yield browser
        finally:
            browser.close()


def install() -> None:
    """Install Chromium: Debian's package when that is possible, otherwise the build that Playwright offers."""
    apt = shutil.which("apt-get")
    if apt and os.geteuid() == 0:
        print("Tideline: installing Debian's Chromium for the browser tests …", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        get = [apt, "install", "-qq", "-y", "--no-install-recommends", "fonts-liberation"]
        for command in ([apt, "update", "-qq"], [*get, "chromium-headless-shell"], [*get, "chromium"]):
            subprocess.run(
                command,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                check=False,
                timeout=INSTALL_SECONDS,
            )
            if chromium_path():
                return
    print("Tideline: installing Playwright's Chromium for the browser tests …", flush=True)
    subprocess.run(
        [sys.executable, "-m", "playwright", "install", "chromium"],
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=INSTALL_SECONDS,
    )


if __name__ == "__main__":
    if not chromium_path():
        install()
    if not chromium_path():
        print(
            "Tideline: there is no Chromium and it could not be installed, so the browser tests cannot run. "
            "Install Chromium (Debian: apt-get install chromium), or set CHROMIUM to its path.",
            file=sys.stderr,
        )
