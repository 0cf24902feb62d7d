"""The gate of the real server, started as users start it, against a client that is no browser."""

from __future__ import annotations

import http.client
import re
from contextlib import closing
from urllib.parse import urlencode, urlsplit

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

from pages.shared import page_transition
from pages.shared.menu import ENTRIES
from tests.security.conftest import HTML, form_token
from tests.support.clinic import password_of
from tests.support.patience import PATIENCE_SECONDS
from tests.support.server import Served

SECRET_WORDS = ("Mallory-Who-Types-Her-Name", "and-her-password-into-the-wrong-field")


def ask(
    served: Served, path: str, *, method: str = "GET", body: str | None = None, **headers: str
) -> tuple[int, dict[str, str], str]:
    """One request on a connection of its own: status, headers, text."""
    with closing(http.client.HTTPConnection(urlsplit(served.url).netloc, timeout=PATIENCE_SECONDS)) as line:
        line.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = line.getresponse()
        text = answer.read().decode("utf-8", "replace")
        names = {name.lower() for name, _ in answer.getheaders()}
        return answer.status, {name: answer.getheader(name, "") for name in names}, text


def sign_in(served: Served, username: str, password: str | None = None) -> str | None:
    """The session's cookie, or None when the sign-in was refused."""
    _, headers, text = ask(served, "/login")
    form_cookie = headers["set-cookie"].split(";")[0]
    fields = {
        "username": username,
        "password": password or password_of(username),
        "form_token": form_token(text),
    }
    _, headers, _ = ask(
        served,
        "/login",
        method="POST",
        body=urlencode(fields),
        cookie=form_cookie,
        content_type="application/x-www-form-urlencoded",
    )
    found = re.search(r"tideline_session=[^;]+", headers.get("set-cookie", ""))
    return found[0] if found else None


def stream(served: Served, *, origin: str | None = None, **headers: str) -> ClientConnection:
    return connect(
        served.url.replace("http:", "ws:") + "/_stcore/stream",
        origin=origin,  # type: ignore[arg-type]
        subprotocols=["streamlit"],  # type: ignore[list-item]
        additional_headers={name.replace("_", "-"): value for name, value in headers.items()},
        max_size=None,
        open_timeout=PATIENCE_SECONDS,
    )


def first_run(served: Served, socket: ClientConnection) -> list[ForwardMsg]:
    """What the server sends for the first page, up to the end of its script."""
    message = BackMsg()
    message.rerun_script.query_string = ""
    message.rerun_script.page_name = "definitions"
    socket.send(message.SerializeToString())
    sent: list[ForwardMsg] = []
    while not sent or sent[-1].WhichOneof("type") != "script_finished":
        data = socket.recv(timeout=PATIENCE_SECONDS)
        assert isinstance(data, bytes)
        sent.append(ForwardMsg.FromString(data))
    return sent


@pytest.mark.parametrize("path", ["", *(entry.path for entry in ENTRIES)])
def test_on_a_fresh_server_every_page_leads_a_stranger_to_the_sign_in(served_small: Served, path: str):
    status, headers, text = ask(served_small, f"/{path}", accept=HTML["accept"])
    assert (status, text) == (303, "")
    assert headers["location"].startswith("/login")


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/host-config",
        "/_stcore/metrics",
        "/_stcore/agent/openapi.json",
        "/_stcore/script-health-check",
        "/media/0123456789abcdef.csv",
        "/component/x/index.html",
        "/static/js/index.js",
        "/favicon.png",
        "/oauth2callback",
        "/auth/login",
    ],
)
def test_a_stranger_gets_nothing_else_either(served_small: Served, path: str):
    assert ask(served_small, path)[0] == 401


def test_a_stranger_cannot_upload(served_small: Served):
    status, _, _ = ask(served_small, "/_stcore/upload_file/session/file", method="PUT", body="a,b\n")
    assert status == 401


def test_the_health_check_is_open(served_small: Served):
    assert ask(served_small, "/_stcore/health")[2] == "ok"


def test_a_websocket_needs_a_session_and_a_page_of_this_site(served_small: Served):
    cookie = sign_in(served_small, "alice")
    assert cookie is not None
    here = served_small.url
    refused: list[dict[str, str]] = [
        {"origin": here},
        {"origin": here, "x_tideline_staff": "1"},
        {"cookie": cookie},
        {"cookie": cookie, "origin": "http://evil.example"},
        {"cookie": cookie, "origin": "http://127.0.0.1:1"},
        {"cookie": cookie, "origin": "null"},
    ]
    for given in refused:
        with pytest.raises(InvalidStatus) as answer:
            stream(served_small, **given)
        assert answer.value.response.status_code == 403, given


def test_a_forged_identity_header_changes_nobody(served_small: Served):
    cookie = sign_in(served_small, "alice")
    assert cookie is not None
    for forged in ("2", "3", "admin"):
        with stream(served_small, origin=served_small.url, cookie=cookie, x_tideline_staff=forged) as socket:
            shown = "".join(
                message.delta.new_element.text.body for message in first_run(served_small, socket)
            )
        assert "Alice, counselor" in shown
        assert "Bob" not in shown
        assert "Charlie" not in shown


def test_a_file_of_a_page_is_for_those_who_are_signed_in(served_small: Served):
    cookie = sign_in(served_small, "alice")
    assert cookie is not None
    file = "/media/0123456789abcdef.csv"
    assert ask(served_small, file)[0] == 401
    assert ask(served_small, file, cookie="tideline_session=guessed")[0] == 401
    assert ask(served_small, file, cookie=cookie)[0] == 404  # Streamlit's answer: it has no such file


def test_names_and_passwords_of_a_sign_in_never_reach_the_log(served_small: Served):
    assert sign_in(served_small, *SECRET_WORDS) is None
    assert sign_in(served_small, "alice", SECRET_WORDS[1]) is None
    cookie = sign_in(served_small, "alice")
    assert cookie is not None
    ask(served_small, "/login", method="POST", body=SECRET_WORDS[1] * 2000)
    ask(served_small, f"/client?client={SECRET_WORDS[0]}", accept=HTML["accept"])
    log = served_small.logged()
    for secret in (*SECRET_WORDS, cookie.partition("=")[2], password_of("alice")):
        assert secret not in log


@pytest.mark.parametrize("path", ["/", "/check_in", "/anything/else"])
def test_every_page_brings_our_scripts_before_streamlits_own(served_small: Served, path: str) -> None:
    cookie = sign_in(served_small, "alice")
    assert cookie is not None
    headers = {"cookie": cookie, "accept": "text/html", "accept_encoding": "gzip"}
    status, _, text = ask(served_small, path, **headers)
    assert status == 200
    assert text.rstrip().endswith("</html>")
    for name in page_transition.SCRIPTS:
        assert 0 < text.index(f'<script src="/{name}">') < text.index('<script type="module"')
        status, said, script = ask(served_small, f"/{name}", **headers)
        assert (status, said["content-type"]) == (200, "text/javascript; charset=utf-8")
        assert "addEventListener" in script


@pytest.mark.parametrize("path", ["/", "/login", "/check_in", "/logout", "/_stcore/host-config"])
def test_an_answer_that_may_hold_a_secret_is_never_compressed(served_small: Served, path: str) -> None:
    """Its length would tell of the secret, beside what somebody else had put into it."""
    cookie = sign_in(served_small, "alice")
    assert cookie is not None
    for asking in ({"cookie": cookie}, {}):
        _, headers, _ = ask(served_small, path, accept="text/html", accept_encoding="gzip", **asking)
        assert "content-encoding" not in headers, asking


def test_the_packages_scripts_come_compressed(served_small: Served) -> None:
    cookie = sign_in(served_small, "alice")
    assert cookie is not None
    _, _, page = ask(served_small, "/", cookie=cookie, accept="text/html")
    (script,) = re.findall(r'<script type="module"[^>]* src="\.(/static/[^"]+)"', page)
    status, headers, _ = ask(served_small, script, cookie=cookie, accept_encoding="gzip")
    assert (status, headers["content-encoding"]) == (200, "gzip")
