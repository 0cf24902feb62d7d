"""The dashboard as users get it: `streamlit run streamlit_app.py` in a process of its own, on a free port."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.patience import PATIENCE_SECONDS

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Served:
    """A running dashboard."""

    url: str
    database_url: str
    log: Path
    process: subprocess.Popen[bytes]

    def logged(self) -> str:
        """All that the server has written to its log so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """The server stands still meanwhile, as on a machine that is far too busy, and then reads all that has come."""
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)


@contextmanager
def running_dashboard(
    database_url: str, folder: Path, environment: Mapping[str, str] | None = None
) -> Iterator[Served]:
    """Serve the database at `database_url`; the log goes into `folder`. Stops the server at the end."""
    settings = {"TIDELINE_DATABASE_URL": database_url, **(environment or {})}
    with _running("streamlit_app.py", ROOT, folder, settings, database_url) as served:
        yield served


@contextmanager
def running_stock_page(
    folder: Path, name: str = "stock_page", *, our_settings: bool = False
) -> Iterator[Served]:
    """Serve a page of stock elements (of tests/support) from `folder`: with none of Tideline's settings, which `folder`
    has none of, or with all of them."""
    settings = {"STREAMLIT_SERVER_HEADLESS": "true", "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false"}
    if our_settings:
        shutil.copytree(ROOT / ".streamlit", folder / ".streamlit", dirs_exist_ok=True)
    with _running(str(Path(__file__).with_name(f"{name}.py")), folder, folder, settings, "") as served:
        yield served


@contextmanager
def _running(
    script: str, cwd: Path, folder: Path, environment: Mapping[str, str], database_url: str
) -> Iterator[Served]:
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    log = folder / f"server-{port}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [
                sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port),
            ],
            cwd=cwd,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        served = Served(url, database_url, log, process)
        _wait_until_healthy(served)
        yield served
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(PATIENCE_SECONDS)


def _wait_until_healthy(served: Served) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if served.process.poll() is not None:
            raise RuntimeError(f"The dashboard ended while starting:\n{served.logged()[-4000:]}")
        try:
            with urllib.request.urlopen(f"{served.url}/_stcore/health", timeout=PATIENCE_SECONDS) as answer:
                if answer.status == 200:
                    return
        except OSError:  # refused, or not answering yet
            time.sleep(0.05)
    raise RuntimeError(f"The dashboard did not answer in {PATIENCE_SECONDS} s:\n{served.logged()[-4000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
