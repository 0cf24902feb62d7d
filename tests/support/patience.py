"""How long tests wait for anything: a page, a run, a server, a command, a message.

One that succeeds waits no longer than it must, so this is only what tells a busy machine from something that hangs.
Nothing waits without this bound: `tests/unit/test_patience.py` looks for what does.
"""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Sequence
from typing import Any, Final

import anyio
from starlette.testclient import WebSocketTestSession
from starlette.types import Message

PATIENCE_SECONDS: Final = 120
PATIENCE_MS: Final = 1_000 * PATIENCE_SECONDS


def finished(command: Sequence[str], **more: Any) -> subprocess.CompletedProcess[str]:
    """A command that has ended well, with what it printed; AssertionError for another end,
    subprocess.TimeoutExpired for none."""
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=PATIENCE_SECONDS, **more
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def next_line(process: subprocess.Popen[str]) -> str:
    """The next line that a running program prints, without its end; one that prints none in time is killed, and the
    line is empty."""
    assert process.stdout is not None
    late = threading.Timer(PATIENCE_SECONDS, process.kill)
    late.start()
    try:
        return process.stdout.readline().rstrip("\n")
    finally:
        late.cancel()


def patient(socket: WebSocketTestSession) -> WebSocketTestSession:
    """The test client's WebSocket, which waits for a message for ever, with a bound: TimeoutError."""

    async def next_message() -> Message:
        with anyio.fail_after(PATIENCE_SECONDS):
            return await socket._send_rx.receive()

    def receive() -> Message:
        return socket.portal.call(next_message)

    socket.receive = receive  # type: ignore[method-assign]
    return socket
