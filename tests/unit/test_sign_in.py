"""The small rules of signing in that need no database and no server."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from pathlib import Path

import pytest
from streamlit import file_util
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from casework.actions.sign_in import canonical_username, digest_of
from casework.errors import Refused
from casework.passwords import (
    check_new_password,
    generated_password,
    hash_password,
    is_password,
    needs_new_hash,
)
from pages.shared.sign_in import connection, gate, headers, routes, sessions


class TestPasswords:
    @pytest.mark.usefixtures("real_passwords")
    def test_a_password_is_stored_as_an_argon2id_hash_of_at_least_19_megabytes(self):
        stored = hash_password("correct horse battery")
        found = re.match(r"\$argon2id\$v=19\$m=(\d+),", stored)
        assert found is not None
        assert int(found[1]) >= 19 * 1024  # OWASP's floor

    def test_the_same_password_never_has_the_same_hash(self):
        assert hash_password("correct horse battery") != hash_password("correct horse battery")

    def test_only_the_right_password_matches(self):
        stored = hash_password("correct horse battery")
        assert is_password(stored, "correct horse battery")
        assert not is_password(stored, "correct horse batterY")
        assert not is_password(stored, "")

    def test_without_a_stored_hash_no_password_matches(self):
        assert not is_password(None, "correct horse battery")

    def test_a_damaged_hash_matches_nothing(self):
        assert not is_password("$argon2id$nonsense", "correct horse battery")

    def test_an_accent_counts_the_same_however_the_keyboard_composes_it(self):
        assert is_password(
            hash_password("caf\N{LATIN SMALL LETTER E WITH ACUTE} au lait!"), "cafe\u0301 au lait!"
        )

    def test_a_lone_surrogate_is_a_wrong_password_not_a_crash(self):
        assert not is_password(hash_password("correct horse battery"), "\ud800")

    @pytest.mark.parametrize(
        "password", ["", "short", "x" * 11, "x" * 257, "Alice Alice Alice", "my-alice-secret-12"]
    )
    def test_a_new_password_is_neither_short_nor_endless_nor_built_on_the_user_name(self, password):
        with pytest.raises(Refused) as refused:
            check_new_password(password, username="alice")
        assert password == "" or password not in str(refused.value)

    def test_a_generated_password_is_long_and_always_another(self):
        made = {generated_password() for _ in range(50)}
        assert len(made) == 50
        for password in made:
            check_new_password(password, username="alice")

    def test_a_hash_with_todays_parameters_needs_no_new_one(self):
        assert not needs_new_hash(hash_password("correct horse battery"))
        assert needs_new_hash(
            "$argon2id$v=19$m=8192,t=1,p=1$c2FsdHNhbHRzYWx0$Zm9vYmFyYmF6Zm9vYmFyYmF6Zm9vYmFyYmE"
        )


@pytest.mark.parametrize("typed", ["alice", " Alice ", "ALICE", "\N{FULLWIDTH LATIN SMALL LETTER A}lice"])
def test_a_user_name_is_the_same_however_it_is_typed(typed):
    assert canonical_username(typed) == "alice"


def test_the_database_keeps_the_sha256_of_a_token():
    assert digest_of("token") == hashlib.sha256(b"token").hexdigest()


class TestWayBack:
    @pytest.mark.parametrize("path", ["/", "/clients", "/client?client=R-1&x=a%20b", "/clients#top"])
    def test_a_path_of_this_site_is_kept(self, path):
        assert routes.return_path(path) == path

    @pytest.mark.parametrize(
        "path",
        [
            None,
            "",
            "clients",
            "https://evil.example/",
            "//evil.example/",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            "/clients\r\nSet-Cookie: a=b",
            "javascript:alert(1)",
            "http:evil.example",
            " //evil.example",
            "/" + "x" * 3000,
            "/login",
            "/login?next=/clients",
            "/logout",
        ],
    )
    def test_anything_else_leads_to_the_start(self, path):
        assert routes.return_path(path) == "/"


class TestMessages:
    def test_streamlits_message_for_loading_an_address_is_still_where_it_was(self):
        """The redirect at timeout uses this private field: whoever updates Streamlit looks here first."""
        field = ForwardMsg.DESCRIPTOR.fields_by_name["auth_redirect"]
        assert field.number == 24
        assert [each.name for each in field.message_type.fields] == ["url"]
        read = ForwardMsg.FromString(connection.redirect_message("/login").SerializeToString())
        assert read.WhichOneof("type") == "auth_redirect"
        assert read.auth_redirect.url == "/login"

    def test_a_click_is_activity(self):
        assert connection.is_activity(rerun(is_auto_rerun=False))

    def test_a_timer_of_the_page_is_not(self):
        assert not connection.is_activity(rerun(is_auto_rerun=True))

    def test_a_heartbeat_or_nonsense_is_not(self):
        beat = BackMsg()
        beat.app_heartbeat = True
        assert not connection.is_activity(beat.SerializeToString())
        assert not connection.is_activity(b"\xff\xff\xff")
        assert not connection.is_activity(b"")


class TestRequests:
    @pytest.mark.parametrize(
        "name", [b"x-tideline-staff", b"X-Tideline-Staff", b"x_tideline_staff", b"x-tideline-x"]
    )
    def test_no_identity_header_of_a_client_gets_through(self, name):
        scope = {"headers": [(name, b"1"), (b"accept", b"*/*")]}
        assert gate.without_identity(scope)["headers"] == [(b"accept", b"*/*")]

    @pytest.mark.parametrize(
        ("origin", "allowed"),
        [
            (b"http://localhost:8501", True),
            (b"https://LOCALHOST:8501", True),
            (b"http://localhost", False),
            (b"http://localhost:8501.evil.example", False),
            (b"http://evil.example", False),
            (b"null", False),
            (b"", False),
            (None, False),
        ],
    )
    def test_a_websocket_is_opened_by_a_page_of_this_site_only(self, origin, allowed):
        named = [(b"host", b"localhost:8501")] + ([] if origin is None else [(b"origin", origin)])
        assert gate.is_same_origin({"headers": named}) is allowed

    def test_a_websocket_with_two_origins_is_refused(self):
        origin = (b"origin", b"http://localhost:8501")
        assert not gate.is_same_origin({"headers": [(b"host", b"localhost:8501"), origin, origin]})

    def test_of_two_session_cookies_none_counts(self):
        one = {"headers": [(b"cookie", b"a=b; tideline_session=x")]}
        two = {"headers": [(b"cookie", b"tideline_session=planted; tideline_session=x")]}
        apart = {"headers": [(b"cookie", b"tideline_session=planted"), (b"cookie", b"tideline_session=x")]}
        assert sessions.token_of(one) == "x"
        assert sessions.token_of(two) is None
        assert sessions.token_of(apart) is None

    def test_the_limits_can_be_changed_by_the_environment(self, monkeypatch):
        assert sessions.limits().idle == dt.timedelta(minutes=30)
        assert sessions.limits().absolute == dt.timedelta(hours=12)
        monkeypatch.setenv("TIDELINE_IDLE_MINUTES", "0.5")
        monkeypatch.setenv("TIDELINE_SESSION_HOURS", "8")
        assert sessions.limits().idle == dt.timedelta(seconds=30)
        assert sessions.limits().absolute == dt.timedelta(hours=8)


def test_the_page_allows_streamlits_own_inline_script_and_no_other():
    page = Path(file_util.get_static_dir(), "index.html").read_text(encoding="utf-8")
    inline = re.findall(r"<script(?![^>]*src=)[^>]*>(.*?)</script>", page, re.DOTALL)
    policy = headers.content_security_policy()
    script = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert script.split() == ["script-src", "'self'", *(f"'{headers.source_hash(text)}'" for text in inline)]
    assert "img-src 'self' data: blob:" in policy
    assert "frame-ancestors 'none'" in policy


def rerun(*, is_auto_rerun: bool) -> bytes:
    message = BackMsg()
    message.rerun_script.is_auto_rerun = is_auto_rerun
    message.rerun_script.query_string = ""
    return message.SerializeToString()
