"""A page's WebSocket while it is open: it lives no longer than the session that opened it.

A page stays open for hours, so the check at its start is not enough. Every message is let through only while the
session holds, a watcher ends the connection when the session ends in between, and the browser is sent to the sign-in,
so that no client's data stays on an unattended screen.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Final

from anyio import to_thread
from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx

from casework.errors import DatabaseProblem
from pages.shared.sign_in import sessions

POLICY_VIOLATION: Final = 1008
WATCH_SECONDS: Final = 5.0
"""How long a page may stay on the screen after its session was ended elsewhere."""
ENDED: Final = f"{sessions.SIGN_IN}?ended"
SIGNED_OUT: Final = f"{sessions.SIGN_IN}?signed_out"


async def refuse(receive: Receive, send: Send) -> None:
    """Do not open the WebSocket; the server answers 403."""
    await receive()
    await send({"type": "websocket.close", "code": POLICY_VIOLATION})


async def send_to_sign_in(scope: Scope, receive: Receive, send: Send) -> None:
    """Open the WebSocket only to say where to sign in again: for a page whose session ended while it was away."""
    await receive()
    await send({"type": "websocket.accept", "subprotocol": next(iter(scope["subprotocols"]), None)})
    await send({"type": "websocket.send", "bytes": redirect_message().SerializeToString()})
    await send({"type": "websocket.close", "code": POLICY_VIOLATION})


async def guard(app: ASGIApp, scope: Scope, receive: Receive, send: Send, token: str) -> None:
    """Run the page's connection while the session of `token` is open."""
    guarded = _Guarded(scope, receive, send, token)
    watcher = asyncio.create_task(guarded.watch())
    try:
        await app(scope, guarded.receive, guarded.send)
    finally:
        watcher.cancel()


def go_to_sign_in(url: str = ENDED) -> None:
    """From a page's script: let the browser leave for the sign-in."""
    context = get_script_run_ctx()
    if context is not None:
        context.enqueue(redirect_message(url))


def redirect_message(url: str = ENDED) -> ForwardMsg:
    """Streamlit's message "load this address". A private field: a test pins it to the installed version."""
    message = ForwardMsg()
    message.auth_redirect.url = url
    return message


def is_activity(data: bytes) -> bool:
    """True when a message means that somebody used the page, not that a timer of the page ran out."""
    message = BackMsg()
    try:
        message.ParseFromString(data)
    except DecodeError:
        return False
    return message.WhichOneof("type") == "rerun_script" and not message.rerun_script.is_auto_rerun


class _Guarded:
    """One open connection."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, token: str) -> None:
        self._receive, self._send, self._token = receive, send, token
        self._opened = asyncio.Event()
        self._ending = self._closed = False
        # Third comes the id of the page's session when it connects again: its first run is nobody's doing.
        self._reconnects = len(scope["subprotocols"]) > 2

    async def receive(self) -> Message:
        message = await self._receive()
        if message["type"] == "websocket.receive" and not await self._may_pass(message.get("bytes") or b""):
            await self._end()
            return {"type": "websocket.disconnect", "code": POLICY_VIOLATION}
        return message

    async def send(self, message: Message) -> None:
        if self._closed:
            raise OSError("the session has ended")  # Starlette understands this as a lost connection
        await self._send(message)
        if message["type"] == "websocket.accept":
            self._opened.set()
        elif message["type"] == "websocket.close":
            self._closed = True

    async def watch(self) -> None:
        """End the connection when the session runs out or is ended elsewhere."""
        await self._opened.wait()
        while not self._closed:
            seconds = WATCH_SECONDS
            try:
                found = await to_thread.run_sync(sessions.find, self._token)
            except DatabaseProblem:
                pass  # the pages say so themselves; whoever was signed in still is
            else:
                if found is None:
                    await self._end()
                    return
                seconds = min(seconds, (found.ends_at - sessions.utc_now()).total_seconds())
            await asyncio.sleep(max(seconds, 0.1))

    async def _may_pass(self, data: bytes) -> bool:
        try:
            found = await to_thread.run_sync(sessions.find, self._token)
            if found is None:
                return False
            if is_activity(data):
                if self._reconnects:
                    self._reconnects = False
                else:
                    await to_thread.run_sync(sessions.note_activity, found)
        except DatabaseProblem:
            pass  # the page that this message runs meets the same database, and says so in words
        return True

    async def _end(self) -> None:
        if self._ending or self._closed:
            return
        self._ending = True
        with suppress(OSError, RuntimeError):  # the browser has gone already
            await self.send({"type": "websocket.send", "bytes": redirect_message().SerializeToString()})
            await self.send({"type": "websocket.close", "code": POLICY_VIOLATION})
