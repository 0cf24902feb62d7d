"""The gate in front of HTTP and WebSocket, with a small app behind it and a clock that tests turn."""

from __future__ import annotations

import datetime as dt
import re
from collections import OrderedDict
from collections.abc import Callable, Mapping
from types import MappingProxyType

import pytest
from starlette.testclient import TestClient, WebSocketTestSession
from starlette.websockets import WebSocketDisconnect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from casework.actions.staff import deactivate, set_password
from casework.errors import DatabaseLocked
from pages.shared.sign_in import connection, sessions
from tests.security.conftest import HTML, Clock, form_token, sign_in
from tests.support.clinic import SmallClinic
from tests.support.databases import Database
from tests.support.patience import patient

STREAM = "ws://localhost/_stcore/stream"
ORIGIN = MappingProxyType({"origin": "http://localhost"})


def opened(client: TestClient, headers: Mapping[str, str] = ORIGIN, **more) -> WebSocketTestSession:
    """A WebSocket of a page; the test client would change the headers that it is given."""
    return patient(client.websocket_connect(STREAM, headers=dict(headers), **more))


def rerun(*, by_a_timer: bool = False) -> bytes:
    message = BackMsg()
    message.rerun_script.is_auto_rerun = by_a_timer
    return message.SerializeToString() or b"\x5a\x00"


class TestWithoutASession:
    @pytest.mark.parametrize("path", ["/", "/clients", "/client?client=R-1", "/anything/else", "/index.html"])
    def test_a_page_leads_to_the_sign_in(self, browser_client: TestClient, path: str):
        answer = browser_client.get(path, headers=HTML)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/login")

    @pytest.mark.parametrize(
        "path", ["/who", "/media/report.csv", "/static/index.js", "/_stcore/host-config", "/_stcore/metrics"]
    )
    def test_everything_else_is_refused(self, browser_client: TestClient, path: str):
        assert browser_client.get(path).status_code == 401

    @pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
    def test_nothing_can_be_sent(self, browser_client: TestClient, method: str):
        answer = browser_client.request(method, "/_stcore/upload_file/session/file", headers=HTML)
        assert answer.status_code == 401

    def test_the_health_check_answers(self, browser_client: TestClient):
        assert browser_client.get("/_stcore/health").text == "ok"

    @pytest.mark.parametrize(
        "path", ["/login/", "/LOGIN", "/login%2f..%2fwho", "//login", "/_stcore/health/x"]
    )
    def test_nearly_an_open_address_is_not_open(self, browser_client: TestClient, path: str):
        assert browser_client.get(path).status_code == 401

    @pytest.mark.parametrize("token", ["", "x", "../../etc/passwd", "a" * 5000, '"', "%00"])
    def test_a_made_up_cookie_opens_nothing(self, browser_client: TestClient, token: str):
        answer = browser_client.get("/who", headers={"cookie": f"tideline_session={token}"})
        assert answer.status_code == 401

    @pytest.mark.parametrize("name", ["X-Tideline-Staff", "x-tideline-staff", "X_Tideline_Staff"])
    def test_an_identity_header_opens_nothing(self, browser_client: TestClient, name: str):
        assert browser_client.get("/who", headers={name: "1"}).status_code == 401

    def test_an_unknown_host_is_refused(self, browser_client: TestClient):
        """Another site whose name leads here must not be able to use the browser's way to us."""
        for path in ("/login", "/who"):
            assert browser_client.get(path, headers={"host": "evil.example"}).status_code == 400


class TestSigningIn:
    def test_the_right_password_leads_to_the_page_that_was_asked_for(self, browser_client: TestClient):
        asked = browser_client.get("/client?client=R-1&x=a%26b", headers=HTML)
        way_back = form_token_page(browser_client, asked.headers["location"])
        answer = sign_in(browser_client, next=way_back)
        assert answer.status_code == 303
        assert answer.headers["location"] == "/client?client=R-1&x=a%26b"
        assert browser_client.get("/who").text != "nobody"

    @pytest.mark.parametrize(
        "there", ["https://evil.example/", "//evil.example", "/\\evil.example", "/login"]
    )
    def test_the_way_back_never_leaves_this_site(self, browser_client: TestClient, there: str):
        assert sign_in(browser_client, next=there).headers["location"] == "/"
        assert browser_client.get("/login", params={"next": there}).headers["location"] == "/"

    def test_the_cookie_is_for_this_site_and_no_script(self, browser_client: TestClient):
        set_cookie = sign_in(browser_client).headers["set-cookie"].lower()
        assert "tideline_session=" in set_cookie
        for word in ("httponly", "samesite=strict", "path=/"):
            assert word in set_cookie
        assert "secure" not in set_cookie.split(",")[0]
        assert "max-age" not in set_cookie.split(",")[0]

    def test_behind_tls_the_cookie_never_travels_without_it(self, browser_client: TestClient):
        browser_client.headers["x-forwarded-proto"] = "https"
        assert "; secure" in sign_in(browser_client).headers["set-cookie"].lower()

    def test_a_wrong_password_says_neither_which_part_was_wrong_nor_the_password(
        self, browser_client: TestClient
    ):
        wrong = sign_in(browser_client, "alice", "open sesame")
        unknown = sign_in(browser_client, "mallory", "open sesame")
        assert wrong.status_code == unknown.status_code == 401
        said = [re.findall(r'role="alert">([^<]+)<', answer.text) for answer in (wrong, unknown)]
        assert said[0] == said[1] != []
        assert "open sesame" not in wrong.text
        assert browser_client.get("/who").status_code == 401

    def test_what_was_typed_is_shown_as_text(self, browser_client: TestClient):
        answer = sign_in(browser_client, '"><img src=x onerror=alert(1)>', "x")
        assert "<img" not in answer.text
        assert "&lt;img" in answer.text

    def test_a_token_planted_before_the_sign_in_is_replaced(self, browser_client: TestClient):
        browser_client.cookies.set("tideline_session", "planted", domain="localhost.local", path="/")
        fresh = sign_in(browser_client).cookies["tideline_session"]
        assert fresh != "planted"
        assert browser_client.get("/who", headers={"cookie": "tideline_session=planted"}).status_code == 401

    def test_each_sign_in_has_a_token_of_its_own(self, new_browser: Callable[[], TestClient]):
        tokens = {sign_in(new_browser()).cookies["tideline_session"] for _ in range(2)}
        assert len(tokens) == 2

    def test_who_is_signed_in_already_goes_straight_on(self, browser_client: TestClient):
        sign_in(browser_client)
        assert browser_client.get("/login?next=/clients").headers["location"] == "/clients"

    def test_whom_a_page_sent_to_the_sign_in_is_never_sent_back_in_a_circle(self, browser_client: TestClient):
        sign_in(browser_client)
        answer = browser_client.get("/login?ended")
        assert answer.status_code == 200
        assert "Your session has ended" in answer.text

    def test_repeated_failures_are_slowed_down_and_said_so(self, browser_client: TestClient, clock: Clock):
        for _ in range(5):
            assert sign_in(browser_client, "alice", "open sesame").status_code == 401
        refused = sign_in(browser_client)
        assert refused.status_code == 429
        assert "wait 15 minutes" in refused.text
        clock.forward(minutes=15)
        assert sign_in(browser_client).status_code == 303

    def test_a_form_without_its_token_is_not_accepted(self, browser_client: TestClient):
        form_token(browser_client.get("/login").text)
        for token in ({}, {"form_token": ""}, {"form_token": "guessed"}):
            fields = {"username": "alice", "password": "harbor demo one", **token}
            assert browser_client.post("/login", data=fields).status_code == 403
        assert browser_client.get("/who").status_code == 401

    def test_a_form_without_its_cookie_is_not_accepted(self, browser_client: TestClient):
        token = form_token(browser_client.get("/login").text)
        browser_client.cookies.clear()
        fields = {"username": "alice", "password": "harbor demo one", "form_token": token}
        assert browser_client.post("/login", data=fields).status_code == 403

    def test_a_form_that_another_site_sends_is_not_accepted(self, browser_client: TestClient):
        browser_client.headers["sec-fetch-site"] = "cross-site"
        assert sign_in(browser_client).status_code == 403

    @pytest.mark.parametrize(
        "body", [b"\xff\xfe", b"x=" + b"1" * 100_000, b"&".join([b"a=1"] * 100), b"\x00"]
    )
    def test_a_body_that_is_no_form_is_refused(self, browser_client: TestClient, body: bytes):
        browser_client.get("/login")
        assert browser_client.post("/login", content=body).status_code == 403

    def test_a_second_tab_does_not_spoil_the_form_of_the_first(self, browser_client: TestClient):
        first = form_token(browser_client.get("/login").text)
        assert form_token(browser_client.get("/login").text) == first


class TestSignedIn:
    def test_the_app_learns_who_it_is_from_the_gate_alone(
        self, browser_client: TestClient, sqlite_clinic: SmallClinic
    ):
        sign_in(browser_client, "bob")
        forged = browser_client.get("/who", headers={"X-Tideline-Staff": str(sqlite_clinic.alice.id)})
        assert forged.text == str(sqlite_clinic.bob.id)

    def test_the_session_ends_after_thirty_minutes_without_activity(
        self, browser_client: TestClient, clock: Clock
    ):
        sign_in(browser_client)
        clock.forward(minutes=29, seconds=59)
        assert browser_client.get("/who").status_code == 200
        clock.forward(seconds=1)
        assert browser_client.get("/who").status_code == 401

    def test_the_session_ends_after_twelve_hours_in_any_case(self, browser_client: TestClient, clock: Clock):
        signed_in_at = clock.now
        sign_in(browser_client)
        for _ in range(36):
            clock.forward(minutes=20)
            if clock.now == signed_in_at + dt.timedelta(hours=12):
                break
            with opened(browser_client) as socket:
                socket.receive_text()
                socket.send_bytes(rerun())
                socket.receive_bytes()
        assert browser_client.get("/who").status_code == 401

    def test_signing_out_needs_the_sessions_own_token(
        self, browser_client: TestClient, new_browser: Callable[[], TestClient]
    ):
        sign_in(browser_client)
        other = new_browser()
        sign_in(other)
        for fields in ({}, {"form_token": "guessed"}, {"form_token": form_token(other.get("/logout").text)}):
            assert browser_client.post("/logout", data=fields).status_code == 403
            assert browser_client.get("/who").status_code == 200

    def test_a_link_to_the_sign_out_signs_nobody_out(self, browser_client: TestClient):
        sign_in(browser_client)
        assert browser_client.get("/logout").status_code == 200
        assert browser_client.get("/who").status_code == 200

    def test_signing_out_ends_the_session_on_the_server(self, browser_client: TestClient):
        sign_in(browser_client)
        token = browser_client.cookies["tideline_session"]
        answer = browser_client.post(
            "/logout", data={"form_token": form_token(browser_client.get("/logout").text)}
        )
        assert answer.headers["location"] == "/login?signed_out"
        assert "tideline_session" not in browser_client.cookies
        assert browser_client.get("/who", headers={"cookie": f"tideline_session={token}"}).status_code == 401

    def test_a_closed_account_is_out_at_once(
        self, browser_client: TestClient, writing: Database, clock: Clock
    ):
        sign_in(browser_client)
        with writing.writing() as session:
            deactivate(session, by=None, now=clock.now, username="alice")
        assert browser_client.get("/who").status_code == 401


class TestWebSocket:
    def test_a_page_of_this_site_gets_through_and_is_who_it_is(
        self, browser_client: TestClient, sqlite_clinic: SmallClinic
    ):
        sign_in(browser_client)
        forged = ORIGIN | {"x-tideline-staff": str(sqlite_clinic.bob.id)}
        with opened(browser_client, forged) as socket:
            assert socket.receive_text() == str(sqlite_clinic.alice.id)

    @pytest.mark.parametrize(
        "headers",
        [{}, {"origin": "http://evil.example"}, {"origin": "null"}, {"origin": "http://localhost:9999"}],
        ids=str,
    )
    def test_without_an_origin_of_this_site_it_is_refused(self, browser_client: TestClient, headers):
        sign_in(browser_client)
        with pytest.raises(WebSocketDisconnect), opened(browser_client, headers):
            pass

    def test_without_a_session_it_is_refused(self, browser_client: TestClient, sqlite_clinic: SmallClinic):
        forged = ORIGIN | {"x-tideline-staff": str(sqlite_clinic.alice.id)}
        for headers in (ORIGIN, forged):
            with (
                pytest.raises(WebSocketDisconnect),
                opened(browser_client, headers),
            ):
                pass

    def test_a_page_whose_session_ended_while_it_was_away_is_sent_to_the_sign_in(
        self, browser_client: TestClient, clock: Clock
    ):
        sign_in(browser_client)
        clock.forward(minutes=31)
        assert browser_client.get("/_stcore/host-config").status_code == 200  # asked before it connects again
        with opened(browser_client, subprotocols=["streamlit"]) as socket:
            assert ends_at_the_sign_in(socket)

    def test_a_click_keeps_the_session_open(self, browser_client: TestClient, clock: Clock):
        sign_in(browser_client)
        with opened(browser_client) as socket:
            socket.receive_text()
            for _ in range(3):
                clock.forward(minutes=20)
                socket.send_bytes(rerun())
                assert not leads_to_sign_in(socket.receive_bytes())

    def test_a_timer_does_not(self, browser_client: TestClient, clock: Clock):
        sign_in(browser_client)
        with opened(browser_client) as socket:
            socket.receive_text()
            for minutes in (20, 9):
                clock.forward(minutes=minutes)
                socket.send_bytes(rerun(by_a_timer=True))
                assert not leads_to_sign_in(socket.receive_bytes())
            clock.forward(minutes=1)
            socket.send_bytes(rerun(by_a_timer=True))
            assert ends_at_the_sign_in(socket)

    def test_nor_does_a_page_that_connects_again_by_itself(self, browser_client: TestClient, clock: Clock):
        sign_in(browser_client)
        clock.forward(minutes=20)
        again = ["streamlit", "xsrf", "id-of-its-session"]
        with opened(browser_client, subprotocols=again) as socket:
            socket.receive_text()
            socket.send_bytes(rerun())
            socket.receive_bytes()
        clock.forward(minutes=10)
        assert browser_client.get("/who").status_code == 401

    def test_an_open_page_stops_at_its_next_message_after_the_session_was_revoked(
        self, browser_client: TestClient, writing: Database, clock: Clock
    ):
        sign_in(browser_client)
        with opened(browser_client) as socket:
            socket.receive_text()
            with writing.writing() as session:
                set_password(session, by=None, now=clock.now, username="alice", password="another long one")
            socket.send_bytes(rerun())
            assert ends_at_the_sign_in(socket)

    def test_an_open_page_that_says_nothing_is_ended_too(
        self, browser_client: TestClient, clock: Clock, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(connection, "WATCH_SECONDS", 0.1)
        sign_in(browser_client)
        with opened(browser_client) as socket:
            socket.receive_text()
            clock.forward(minutes=31)
            assert ends_at_the_sign_in(socket)


class TestHeaders:
    def test_every_page_is_locked_down(self, browser_client: TestClient):
        sign_in(browser_client)
        for path in ("/login?x", "/clients", "/logout"):
            answer = browser_client.get(path, follow_redirects=True)
            policy = answer.headers["content-security-policy"]
            assert "frame-ancestors 'none'" in policy
            assert "unsafe-eval" not in policy
            assert "'unsafe-inline'" not in policy.split("style-src")[0]
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["referrer-policy"] == "no-referrer"
            assert answer.headers["cache-control"] == "no-store"

    def test_a_file_can_run_nothing(self, browser_client: TestClient):
        sign_in(browser_client)
        answer = browser_client.get("/media/report.html")
        assert answer.headers["content-security-policy"].startswith("default-src 'none'; sandbox")
        assert answer.headers["cache-control"] == "no-store"

    def test_only_the_packages_own_files_may_be_kept_by_the_browser(self, browser_client: TestClient):
        sign_in(browser_client)
        assert "cache-control" not in browser_client.get("/static/index.js").headers
        assert browser_client.get("/who").headers["cache-control"] == "no-store"

    def test_a_script_of_the_package_asks_for_no_new_look_at_a_session_found_seconds_ago(
        self, browser_client: TestClient, clock: Clock, monkeypatch: pytest.MonkeyPatch
    ):
        """A page asks for a hundred of them at once, and they hold nothing of anybody."""
        sign_in(browser_client)
        assert browser_client.get("/who").status_code == 200
        monkeypatch.setattr(sessions, "find", lambda token: None)  # as if it had ended this moment
        assert browser_client.get("/static/index.js").status_code == 200
        assert browser_client.get("/who").status_code == 401
        clock.forward(seconds=10)
        assert browser_client.get("/static/index.js").status_code == 401

    def test_an_end_that_was_seen_ends_the_scripts_too(self, browser_client: TestClient):
        sign_in(browser_client)
        token = browser_client.cookies[sessions.COOKIE]
        assert browser_client.get("/static/index.js").status_code == 200
        sessions.end(token)
        assert browser_client.get("/who").status_code == 401
        assert browser_client.get("/static/index.js").status_code == 401

    def test_only_so_many_sessions_are_remembered_for_it(
        self, browser_client: TestClient, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(sessions, "_held", OrderedDict())
        monkeypatch.setattr(sessions, "_MOST_HELD", 1)
        tokens = []
        for username in ("alice", "bob"):
            browser_client.cookies.clear()
            sign_in(browser_client, username)
            assert browser_client.get("/who").status_code == 200
            tokens.append(browser_client.cookies[sessions.COOKIE])
        assert [sessions.held_lately(token) for token in tokens] == [False, True]


class TestDemoAccounts:
    def test_the_demo_clinic_shows_its_accounts(self, browser_client: TestClient):
        assert "harbor demo one" in browser_client.get("/login").text

    def test_no_other_clinic_does(self, real_clinic_client: TestClient):
        page = real_clinic_client.get("/login").text
        assert "Username" in page
        assert "harbor demo" not in page
        assert "demo clinic" not in page


class TestWithoutADatabase:
    def test_people_are_told_calmly_and_nothing_opens(
        self, browser_client: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path
    ):
        sign_in(browser_client)
        monkeypatch.setenv("TIDELINE_DATABASE_URL", f"sqlite:///{tmp_path / 'gone.db'}")
        for path in ("/login", "/clients", "/who"):
            answer = browser_client.get(path, headers=HTML)
            assert answer.status_code == 503
            assert "There is no database yet" in answer.text
        with pytest.raises(WebSocketDisconnect), opened(browser_client):
            pass

    def test_a_sign_in_while_the_database_is_busy_gives_the_form_back_with_the_name(
        self, browser_client: TestClient, monkeypatch: pytest.MonkeyPatch
    ):
        def busy(*_given: object, **_named: object) -> None:
            raise DatabaseLocked("The database is busy. Nothing was saved; please try again in a moment.")

        with monkeypatch.context() as meanwhile:
            meanwhile.setattr("pages.shared.sign_in.routes.sign_in", busy)
            answer = sign_in(browser_client, "alice", next="/clients")
        assert answer.status_code == 503
        assert "try again in a moment" in answer.text
        assert 'name="username" value="alice"' in answer.text
        assert 'name="next" value="/clients"' in answer.text
        assert 'type="password"' in answer.text
        assert sign_in(browser_client).status_code == 303


def leads_to_sign_in(data: bytes) -> bool:
    """True when Streamlit's page would leave for the sign-in at this message."""
    try:
        message = ForwardMsg.FromString(data)
    except Exception:
        return False
    return message.auth_redirect.url.startswith("/login")


def ends_at_the_sign_in(socket: WebSocketTestSession) -> bool:
    """True when the last message before the connection ends leads to the sign-in, whatever came before."""
    last = b""
    try:
        while True:
            last = socket.receive_bytes()
    except WebSocketDisconnect:
        return leads_to_sign_in(last)


def form_token_page(client: TestClient, address: str) -> str:
    """The way back that the form at `address` will send."""
    found = client.get(address).text.split('name="next" value="')[1].split('"')[0]
    return found.replace("&amp;", "&")
