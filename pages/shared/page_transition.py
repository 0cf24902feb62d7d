"""From one page to the next, without losing what was typed on the way out.

Somebody who taps a link of the menu right from a field leaves both at once. Streamlit's browser part then sends the
change of page first and the field second, still for the page that is being left, which would call that page back. So a
small script of ours, `page_transition.js`, has the field sent first.

Streamlit runs only the last of several messages that wait, and one that asks for a page says nothing of that page's
fields: on a busy server the field's message would be forgotten. So a change of page takes along what the fields said
before it. And whatever else still comes for a page that was left, from a browser that cannot have seen another one yet
(a table's selection, say), is passed on for the page that was asked for. No message is judged by when it comes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import streamlit as st
from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.navigation.page import StreamlitPage
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

SCRIPTS: Final = ("page_transition.js", "sidebar.js")
"""The scripts of ours in Streamlit's page, in the order in which they run, before Streamlit's own."""
TRIGGERS: Final = frozenset(
    {"trigger_value", "string_trigger_value", "chat_input_value", "json_trigger_value"}
)
"""Kinds of values that say that something was clicked or sent. Streamlit keeps these itself."""
MOST_TYPED_FIELDS: Final = 500
MOST_TYPED_BYTES: Final = 4 * 1024 * 1024
"""How many fields, and bytes of them, a tab's `Transitions` keeps for a change of page; the oldest are dropped."""
_STREAMLITS_OWN: Final = b'<script type="module"'
_TAGS: Final = "".join(f'<script src="/{name}"></script>' for name in SCRIPTS).encode("ascii")


def switch(page: StreamlitPage) -> None:
    """Go to another page from a page's script. What the address says of the day that is shown goes along."""
    # Without parameters of its own Streamlit clears all, and refuses to while a field is bound to one.
    st.switch_page(page, query_params={})


async def show_script(request: Request) -> Response:
    """GET /<one of SCRIPTS>: the script."""
    return FileResponse(
        Path(__file__).with_name(request.url.path.removeprefix("/")), media_type="text/javascript"
    )


ROUTES: Final = tuple(Route(f"/{name}", show_script, methods=["GET"]) for name in SCRIPTS)


class PageTransitions:
    """ASGI middleware between the gate and Streamlit: it puts the script into Streamlit's page, which must come
    uncompressed (`pages.shared.static_files`), and reads what goes through each page's WebSocket."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self._websocket(scope, receive, send)
        elif scope["type"] == "http" and scope["method"] == "GET":
            await self.app(scope, receive, _with_script(send))
        else:
            await self.app(scope, receive, send)

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        transitions = Transitions()

        async def receiving() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive" and message.get("bytes"):
                message["bytes"] = transitions.from_browser(message["bytes"])
            return message

        async def sending(message: Message) -> None:
            if message["type"] == "websocket.send" and message.get("bytes"):
                transitions.to_browser(message["bytes"])
            await send(message)

        await self.app(scope, receiving, sending)


def _with_script(send: Send) -> Send:
    """`send`, adding the script to the page that Streamlit serves, before Streamlit's own."""
    start: Message | None = None
    body = b""

    async def sending(message: Message) -> None:
        nonlocal start, body
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message.setdefault("headers", []))
            if message["status"] == 200 and headers.get("content-type", "").startswith("text/html"):
                start = message
                return
        elif message["type"] == "http.response.body" and start is not None:
            body += message.get("body", b"")
            if message.get("more_body", False):
                return
            body = body.replace(_STREAMLITS_OWN, _TAGS + _STREAMLITS_OWN, 1)
            MutableHeaders(raw=start["headers"])["content-length"] = str(len(body))
            await send(start)
            message = {**message, "body": body}
        await send(message)

    return sending


@dataclass
class Asked:
    """A page that the browser asked for.

    page: Streamlit's hash of it. path: the path of the address at that moment. query: the parameters for the page.
    menu: the widgets that the request named; a link names only those outside of the pages.
    begun: the server said that the page runs.
    """

    page: str
    path: str
    query: str
    menu: frozenset[str]
    begun: bool = False


@dataclass
class Transitions:
    """The changes of page in one browser tab.

    page: the page that the server ran last. asked: the page that the browser is changing to, if any.
    path: the path of the address in the browser's last message. sent: the widgets' values in that message.
    typed: the values that changed on this path after the last click. They go along with a change of page, and are
    dropped when the new page runs.
    """

    page: str = ""
    asked: Asked | None = None
    path: str = ""
    sent: dict[str, WidgetState] = field(default_factory=dict)
    typed: dict[str, WidgetState] = field(default_factory=dict)

    def to_browser(self, data: bytes) -> None:
        """Note which page the server runs."""
        message = ForwardMsg()
        try:
            message.ParseFromString(data)
        except DecodeError:
            return
        if message.WhichOneof("type") != "new_session":
            return
        self.page = message.new_session.page_script_hash
        if self.asked is not None:
            if self.page == self.asked.page:
                self.asked.begun, self.typed = True, {}
            elif self.asked.begun:  # the page that was asked for led to this one
                self.asked = None

    def from_browser(self, data: bytes) -> bytes:
        """The message as Streamlit shall read it; what cannot be read as it is."""
        message = BackMsg()
        try:
            message.ParseFromString(data)
        except DecodeError:
            return data
        if message.WhichOneof("type") != "rerun_script":
            return data
        try:
            path = urlsplit(message.rerun_script.context_info.url).path
        except ValueError:
            return data
        self._redirect(message.rerun_script, path)
        passed: bytes = message.SerializeToString()
        return passed

    def _redirect(self, rerun: ClientState, path: str) -> None:
        """Send a late message of a field to the page that was asked for, and `typed` along with a change of page. Then
        note what the message says."""
        states = {state.id: state for state in rerun.widget_states.widgets}
        by_history, page = rerun.is_history_navigation, rerun.page_script_hash
        if path != self.path and not by_history:  # going back, the address is the other page's already
            self.typed, self.sent = {}, {}
        asked = None if self.asked is None or by_history or path != self.asked.path else self.asked
        of_a_field = asked is not None and not states.keys() <= asked.menu
        if asked is not None and of_a_field and page != asked.page:  # late
            rerun.page_script_hash, rerun.query_string, rerun.fragment_id = asked.page, asked.query, ""
        elif not of_a_field and (by_history or asked is not None or (self.page and page != self.page)):
            self.asked = Asked(page, path, rerun.query_string, frozenset(states))
            rerun.widget_states.widgets.extend(self.typed[id_] for id_ in self.typed.keys() - states.keys())
        else:
            self.asked = None
        if by_history or any(state.WhichOneof("value") in TRIGGERS for state in states.values()):
            self.typed = {}  # whoever clicks may have cleared the fields, by saving them
        else:
            self._keep({id_: state for id_, state in states.items() if self.sent.get(id_) != state})
        self.path, self.sent = path, states

    def _keep(self, typed: Mapping[str, WidgetState]) -> None:
        """Take down what fields say now; the newest stand last."""
        for id_, state in typed.items():
            self.typed.pop(id_, None)
            self.typed[id_] = state
        size = sum(state.ByteSize() for state in self.typed.values())
        while len(self.typed) > MOST_TYPED_FIELDS or size > MOST_TYPED_BYTES:
            size -= self.typed.pop(next(iter(self.typed))).ByteSize()
