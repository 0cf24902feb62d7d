"""A browser's sign-in as the web side handles it: its cookie, its limits, and the check that it still holds."""

from __future__ import annotations

import datetime as dt
import os
from collections import OrderedDict
from dataclasses import replace
from typing import Final

from starlette.types import Scope

from casework.actions import sign_in as actions
from casework.actions.sign_in import Limits, OpenSession
from casework.users import GATE
from pages.shared.database import database

COOKIE: Final = "tideline_session"
SIGN_IN: Final = "/login"

# An activity is written down at most once in this part of the idle limit: a click costs no write.
_TOUCH_PART: Final = 30
_LATELY: Final = dt.timedelta(seconds=10)
_MOST_HELD: Final = 1_000
_held: Final[OrderedDict[str, dt.datetime]] = OrderedDict()
"""When each session was last found open, by its digest."""


def utc_now() -> dt.datetime:
    """Real time, which sessions live by whatever day the pages show. The one place that tests turn."""
    return dt.datetime.now(dt.UTC)


def limits() -> Limits:
    """The sign-in limits: `TIDELINE_IDLE_MINUTES` and `TIDELINE_SESSION_HOURS` change the two expiries."""
    given = Limits()
    idle, absolute = os.environ.get("TIDELINE_IDLE_MINUTES"), os.environ.get("TIDELINE_SESSION_HOURS")
    if idle:
        given = replace(given, idle=dt.timedelta(minutes=float(idle)))
    if absolute:
        given = replace(given, absolute=dt.timedelta(hours=float(absolute)))
    return given


def token_of(scope: Scope) -> str | None:
    """The session token that a request brings in its cookie, if any."""
    return cookie(scope, COOKIE)


def cookie(scope: Scope, name: str) -> str | None:
    """A cookie of a request. Of two with the same name none counts: the second may have been planted."""
    values = []
    for header, value in scope["headers"]:
        if header == b"cookie":
            for pair in value.decode("latin-1").split(";"):
                key, _, text = pair.strip().partition("=")
                if key == name:
                    values.append(text)
    return values[0] if len(values) == 1 and values[0] else None


def find(token: str | None) -> OpenSession | None:
    """The open session of `token`, read from the database every time, so that an end is an end at once."""
    if token is None:
        return None
    now = utc_now()
    with database().reading(GATE) as session:
        found = actions.open_session(session, token=token, now=now, limits=limits())
    if found is None:
        _held.pop(actions.digest_of(token), None)
    else:
        _held[found.digest] = now
        if len(_held) > _MOST_HELD:
            _held.popitem(last=False)
    return found


def held_lately(token: str | None) -> bool:
    """Whether the session of `token` was found within the last seconds. Enough for the package's scripts alone, which
    hold nothing of anybody: a page asks for a hundred of them at once."""
    held = None if token is None else _held.get(actions.digest_of(token))
    return held is not None and dt.timedelta() <= utc_now() - held < _LATELY


def note_activity(found: OpenSession) -> None:
    """Move the idle limit on, because the session's user did something."""
    now = utc_now()
    if now - found.last_seen_at < limits().idle / _TOUCH_PART:
        return
    with database().writing(GATE) as session:
        actions.touch(session, digest=found.digest, now=now)


def end(token: str | None) -> None:
    """Sign out the browser that holds `token`."""
    if token is not None:
        with database().writing(GATE) as session:
            actions.sign_out(session, token=token, now=utc_now())


def is_https(scope: Scope) -> bool:
    """True when the browser speaks TLS, to us or to the proxy in front.

    Anybody can send X-Forwarded-Proto, but all it does is to make the sender's own cookie stricter.
    """
    forwarded = [value for header, value in scope["headers"] if header == b"x-forwarded-proto"]
    return scope.get("scheme") in ("https", "wss") or forwarded[:1] == [b"https"]
