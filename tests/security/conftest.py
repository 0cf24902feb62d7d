"""Fixtures for tests of the gate: a small app behind it in this process, with a clock that tests turn."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from casework.vocabulary import ClinicKind
from pages.shared.sign_in import sessions
from pages.shared.sign_in.gate import Gate
from pages.shared.sign_in.routes import routes
from tests.support.clinic import NOW, SmallClinic, build_clinic, password_of
from tests.support.databases import Database

HTML = {"accept": "text/html"}


@dataclass
class Clock:
    """The time that sessions live by."""

    now: dt.datetime = NOW

    def forward(self, **more: float) -> None:
        """Let time pass: `clock.forward(minutes=5)`."""
        self.now += dt.timedelta(**more)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Real time as the gate sees it; stands still until a test turns it."""
    turned = Clock()
    monkeypatch.setattr(sessions, "utc_now", lambda: turned.now)
    return turned


@pytest.fixture
def new_browser(
    sqlite_url: str, sqlite_clinic: SmallClinic, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], TestClient]]:
    """Make browsers, each with cookies of its own, in front of one small app behind the gate."""
    monkeypatch.setenv("TIDELINE_DATABASE_URL", sqlite_url)
    st.cache_resource.clear()
    app = Starlette(routes=[*routes, *_inside], middleware=[Middleware(Gate)])
    yield lambda: TestClient(app, base_url="http://localhost", follow_redirects=False)
    st.cache_resource.clear()


@pytest.fixture
def browser_client(new_browser: Callable[[], TestClient]) -> TestClient:
    """One browser that nobody has signed in with yet."""
    return new_browser()


@pytest.fixture
def real_clinic_client(
    sqlite_database: Database, sqlite_url: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[TestClient]:
    """A browser in front of a real clinic."""
    with sqlite_database.writing() as session:
        build_clinic(session, ClinicKind.REAL)
    monkeypatch.setenv("TIDELINE_DATABASE_URL", sqlite_url)
    st.cache_resource.clear()
    yield TestClient(Starlette(routes=routes, middleware=[Middleware(Gate)]), base_url="http://localhost")
    st.cache_resource.clear()


@pytest.fixture
def writing(sqlite_database: Database) -> Database:
    """The database behind the gate, for acts from elsewhere."""
    return sqlite_database


def form_token(answer_text: str) -> str:
    """The hidden token of a form."""
    found = re.search(r'name="form_token" value="([^"]+)"', answer_text)
    assert found is not None
    return found[1]


def sign_in(client: TestClient, username: str = "alice", password: str | None = None, **more: str):
    """Fill in the form and send it; the answer is not followed."""
    token = form_token(client.get("/login").text)
    fields = {"username": username, "password": password or password_of(username), "form_token": token} | more
    return client.post("/login", data=fields)


def _who(request: Request) -> Response:
    return PlainTextResponse(request.headers.get("x-tideline-staff", "nobody"))


def _page(_request: Request) -> Response:
    return HTMLResponse("<p>A page</p>")


async def _stream(websocket: WebSocket) -> None:
    """Says who is there, then echoes."""
    await websocket.accept(subprotocol=next(iter(websocket.scope["subprotocols"]), None))
    await websocket.send_text(websocket.headers.get("x-tideline-staff", "nobody"))
    try:
        while True:
            await websocket.send_bytes(await websocket.receive_bytes())
    except WebSocketDisconnect:
        return


_inside = [
    Route("/who", _who, methods=["GET", "POST", "PUT", "DELETE"]),
    Route("/media/{name}", _page),
    Route("/static/{name}", _who),
    Route("/_stcore/health", lambda request: PlainTextResponse("ok")),
    Route("/_stcore/host-config", lambda request: PlainTextResponse("config")),
    WebSocketRoute("/_stcore/stream", _stream),
    Route("/{path:path}", _page),
]
