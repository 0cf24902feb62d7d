"""The demo clinic for tests, loaded by the same commands that `make run` uses, as of the tests' own day."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.support.clinic import NOW
from tests.support.server import ROOT


def fill_demo(url: str) -> None:
    """Fill for a database with the demo clinic."""
    admin("migrate", url=url)
    admin("load-demo", "--if-empty", url=url)


def admin(*arguments: str, url: str) -> str:
    """Run `python -m casework.admin …` on the database at `url`; returns what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "casework.admin", *arguments],
        cwd=ROOT,
        env={**os.environ, "TIDELINE_DATABASE_URL": url, "TIDELINE_NOW": NOW.isoformat()},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, f"casework.admin {arguments} failed:\n{done.stdout}\n{done.stderr}"
    return done.stdout
