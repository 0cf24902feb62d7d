"""The gate: nothing of the dashboard answers before somebody has signed in.

It stands in front of every HTTP request and every WebSocket, whatever the layout of the pages: pages, scripts, uploads,
downloads. Open are only the sign-in itself and the health check. Behind it each page calls `require_user()`, which
reads the session again, so that neither wall depends on the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from typing import Final
from urllib.parse import quote

import streamlit as st
from anyio import to_thread
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

from casework.actions.sign_in import OpenSession
from casework.errors import DatabaseProblem
from casework.users import User
from pages.shared import as_of
from pages.shared.sign_in import connection, sessions
from pages.shared.sign_in.headers import STATIC, with_security_headers
from pages.shared.sign_in.routes import problem_page

STAFF_HEADER: Final = b"x-tideline-staff"
"""How the gate tells Streamlit who it is (`server.trustedUserHeaders`). Never accepted from outside."""
OUR_HEADERS: Final = b"x-tideline-"
HEALTH: Final = "/_stcore/health"
OPEN: Final = frozenset({sessions.SIGN_IN, "/logout", HEALTH})
HOST_CONFIG: Final = "/_stcore/host-config"
_of_this_run: Final[ContextVar[User | None]] = ContextVar("user_of_this_run", default=None)


class Gate:
    """ASGI middleware, outermost in the stack."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._http(without_identity(scope), receive, with_security_headers(scope, send))
        elif scope["type"] == "websocket":
            await self._websocket(without_identity(scope), receive, send)
        else:
            await self.app(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        if path != HEALTH and not is_host_allowed(header(scope, b"host")):
            await PlainTextResponse("Unknown host.", 400)(scope, receive, send)
            return
        if path in OPEN:
            await self.app(scope, receive, send)
            return
        token = sessions.token_of(scope)
        if path.startswith(STATIC) and sessions.held_lately(token):
            await self.app(scope, receive, send)
            return
        try:
            found = await to_thread.run_sync(sessions.find, token)
        except DatabaseProblem as problem:
            await problem_page(problem)(scope, receive, send)
            return
        if found is not None:
            await self.app(with_identity(scope, found), receive, send)
        elif path == HOST_CONFIG and token is not None:
            # A page that was open when its session ended asks this before it connects again and learns where to go.
            await self.app(scope, receive, send)
        else:
            await turned_away(scope)(scope, receive, send)

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        token = sessions.token_of(scope)
        if token is None or not is_same_origin(scope):
            await connection.refuse(receive, send)
            return
        try:
            found = await to_thread.run_sync(sessions.find, token)
        except DatabaseProblem:
            await connection.refuse(receive, send)
            return
        if found is None:
            await connection.send_to_sign_in(scope, receive, send)
        else:
            await connection.guard(self.app, with_identity(scope, found), receive, send, token)


def require_user() -> User:
    """Who is signed in. Every page calls this first; without an open session the page ends here, at the sign-in.

    Read once for each run of the script: the page gets whom the menu found a moment before.
    """
    user = _of_this_run.get() or signed_in()
    if user is not None:
        return as_of.with_present_rights(user)
    connection.go_to_sign_in()
    st.stop()


@contextmanager
def for_this_run(user: User) -> Iterator[None]:
    """Inside, `require_user` answers this user, whom the same run of the script has just found."""
    before = _of_this_run.set(replace(user, rights_on=None))
    try:
        yield
    finally:
        _of_this_run.reset(before)


def signed_in() -> User | None:
    """Whom the gate vouched for when this page connected, if that session is still open.

    The one function that reads `st.user`: page tests, which have no WebSocket, replace it.
    """
    claimed = st.user.get("staff_id")
    found = sessions.find(st.context.cookies.get(sessions.COOKIE))
    return found.user if found is not None and claimed == str(found.user.id) else None


def header(scope: Scope, name: bytes) -> str | None:
    """The request's header, when it is there exactly once."""
    values = [value for key, value in scope["headers"] if key == name]
    return values[0].decode("latin-1") if len(values) == 1 else None


def without_identity(scope: Scope) -> Scope:
    """The request without any header that only the gate may set."""
    return {**scope, "headers": [(key, value) for key, value in scope["headers"] if not _is_ours(key)]}


def with_identity(scope: Scope, found: OpenSession) -> Scope:
    """The request, saying whose it is."""
    return {**scope, "headers": [*scope["headers"], (STAFF_HEADER, str(found.user.id).encode("ascii"))]}


def is_same_origin(scope: Scope) -> bool:
    """True when a page of this very site opened the WebSocket. A client that does not say is refused."""
    origin, host = header(scope, b"origin"), header(scope, b"host")
    if origin is None or host is None or not is_host_allowed(host):
        return False
    return origin.lower() in (f"http://{host.lower()}", f"https://{host.lower()}")


def turned_away(scope: Scope) -> Response:
    """To the sign-in when somebody navigates, with the way back; a plain refusal for everything else."""
    navigates = scope["method"] in ("GET", "HEAD") and "text/html" in (header(scope, b"accept") or "")
    if not navigates:
        return PlainTextResponse("Please sign in.", 401)
    if scope["path"] == "/" and not scope["query_string"]:
        return RedirectResponse(sessions.SIGN_IN, 303)
    asked = quote(scope["path"])
    if scope["query_string"]:
        asked += "?" + scope["query_string"].decode("latin-1")
    return RedirectResponse(f"{sessions.SIGN_IN}?next={quote(asked, safe='/')}", 303)


def _is_ours(name: bytes) -> bool:
    return name.lower().replace(b"_", b"-").startswith(OUR_HEADERS)
