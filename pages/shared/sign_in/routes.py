"""The pages that are open to everybody: signing in and out. Plain HTML that needs no script.

Cross-site requests: the sign-in form carries a random token that must equal the one in a cookie of its own (there is no
session to bind it to yet); the sign-out form carries the session's token.
"""

from __future__ import annotations

import hmac
import secrets
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from anyio import to_thread
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from casework.actions.sign_in import SignedIn, sign_in
from casework.errors import DatabaseLocked, DatabaseProblem, SignInRefused, TidelineError, TooManyAttempts
from casework.vocabulary import ClinicKind
from pages.shared.database import clinic, database
from pages.shared.sign_in import sessions
from pages.shared.sign_in.headers import source_hash

FORM_COOKIE: Final = "tideline_form"
HOME: Final = "/"
SAID: Final = {
    "ended": "Your session has ended. Please sign in again.",
    "signed_out": "You have signed out.",
}
"""What the form says to somebody whom `pages.shared.sign_in.connection` sent here."""
MAX_BODY: Final = 8_192
MAX_RETURN: Final = 2_000

_FOLDER = Path(__file__).parent / "templates"
_templates = Environment(
    loader=FileSystemLoader(_FOLDER),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_STYLE = (_FOLDER / "sign_in.css").read_text(encoding="utf-8")
_POLICY = (
    f"default-src 'none'; style-src '{source_hash(_STYLE)}'; img-src data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


async def show_sign_in(request: Request) -> Response:
    """GET /login: the form, or straight on for a browser that is signed in.

    Somebody whom a page sent here gets the form in any case: going straight back could go round in circles.
    """
    sent = next((words for key, words in SAID.items() if key in request.query_params), None)
    try:
        if (
            sent is None
            and await to_thread.run_sync(sessions.find, sessions.token_of(request.scope)) is not None
        ):
            return RedirectResponse(return_path(request.query_params.get("next")), 303)
        return await to_thread.run_sync(_form, request, request.query_params.get("next"), sent)
    except DatabaseProblem as problem:
        return problem_page(problem)


async def do_sign_in(request: Request) -> Response:
    """POST /login: check the password, and give the browser a new session."""
    fields = await _fields(request)
    try:
        return await _answer_sign_in(request, fields)
    except DatabaseProblem as problem:
        return problem_page(problem)


async def _answer_sign_in(request: Request, fields: dict[str, str]) -> Response:
    way_back = fields.get("next")
    if not _same(fields.get("form_token"), sessions.cookie(request.scope, FORM_COOKIE)) or _from_elsewhere(
        request
    ):
        said = "This page had been open for too long. Please sign in again."
        return await to_thread.run_sync(_form, request, way_back, said, 403)
    username, password = fields.get("username", ""), fields.get("password", "")
    try:
        done = await to_thread.run_sync(_sign_in, username, password, sessions.token_of(request.scope))
    except SignInRefused as refusal:
        status = 429 if isinstance(refusal, TooManyAttempts) else 401
        return await to_thread.run_sync(_form, request, way_back, str(refusal), status, username)
    except DatabaseLocked as busy:  # over in a moment: the form stays, to be sent again
        return await to_thread.run_sync(_form, request, way_back, str(busy), 503, username)
    answer = RedirectResponse(return_path(way_back), 303)
    _set_cookie(request, answer, sessions.COOKIE, done.token)
    answer.delete_cookie(FORM_COOKIE, path=sessions.SIGN_IN)
    return answer


async def show_sign_out(request: Request) -> Response:
    """GET /logout: ask first, because a link alone must not sign anybody out."""
    try:
        found = await to_thread.run_sync(sessions.find, sessions.token_of(request.scope))
    except DatabaseProblem as problem:
        return problem_page(problem)
    if found is None:
        return RedirectResponse(sessions.SIGN_IN, 303)
    return _page("sign_out.html", name=found.user.name, form_token=found.csrf_token)


async def do_sign_out(request: Request) -> Response:
    """POST /logout: end the session on the server, then forget the cookie."""
    fields = await _fields(request)
    token = sessions.token_of(request.scope)
    try:
        found = await to_thread.run_sync(sessions.find, token)
        if found is not None:
            if not _same(fields.get("form_token"), found.csrf_token) or _from_elsewhere(request):
                return _page("sign_out.html", 403, name=found.user.name, form_token=found.csrf_token)
            await to_thread.run_sync(sessions.end, token)
    except DatabaseProblem as problem:
        return problem_page(problem)
    answer = RedirectResponse(f"{sessions.SIGN_IN}?signed_out", 303)
    answer.delete_cookie(sessions.COOKIE, path="/")
    return answer


async def to_home(request: Request) -> Response:
    """GET /today: Streamlit serves its first page at "/" alone, but people type the name. The day in it stays."""
    query = request.url.query
    return RedirectResponse(f"{HOME}?{query}" if query else HOME, 303)


def problem_page(problem: TidelineError) -> Response:
    """What is said instead of the dashboard while the database cannot be used."""
    return _page("problem.html", 503, said=str(problem))


def return_path(asked: str | None) -> str:
    """Where to go after the sign-in: a path of this site, or the start."""
    if not asked or len(asked) > MAX_RETURN or not asked.isprintable() or "\\" in asked:
        return HOME
    parts = urlsplit(asked)
    if parts.scheme or parts.netloc or not asked.startswith("/") or asked.startswith("//"):
        return HOME
    return HOME if parts.path in (sessions.SIGN_IN, "/logout") else asked


def _sign_in(username: str, password: str, replaces: str | None) -> SignedIn:
    return sign_in(
        database(),
        username=username,
        password=password,
        now=sessions.utc_now(),
        limits=sessions.limits(),
        replaces=replaces,
    )


def _form(
    request: Request, way_back: str | None, said: str | None, status: int = 200, username: str = ""
) -> Response:
    here = clinic()
    # A second tab gets the first one's token, or the first one's form would be out of date.
    token = sessions.cookie(request.scope, FORM_COOKIE) or secrets.token_urlsafe(32)
    answer = _page(
        "sign_in.html",
        status,
        clinic=here.name,
        accounts=_demo_accounts() if here.kind is ClinicKind.DEMO else (),
        said=said,
        username=username[:64],
        form_token=token,
        way_back=return_path(way_back),
    )
    _set_cookie(request, answer, FORM_COOKIE, token, path=sessions.SIGN_IN)
    return answer


def _demo_accounts() -> tuple[tuple[str, str, str], ...]:
    """The made-up accounts (username, password, who); asked for only where the clinic is made up too."""
    from casework.demo import ACCOUNTS  # it brings a package that a real clinic's server has no use for

    return ACCOUNTS


def _page(template: str, status: int = 200, **values: Any) -> Response:
    html = _templates.get_template(template).render(style=_STYLE, **values)
    return HTMLResponse(html, status, headers={"Content-Security-Policy": _POLICY})


async def _fields(request: Request) -> dict[str, str]:
    """The fields of a small form; a body that is too large counts as empty."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            return {}
    try:
        fields = parse_qs(body.decode("ascii", "replace"), keep_blank_values=True, max_num_fields=20)
    except ValueError:
        return {}
    return {name: values[0] for name, values in fields.items()}


def _set_cookie(request: Request, answer: Response, name: str, value: str, path: str = "/") -> None:
    """A cookie that no script reads and no other site sends, gone when the browser closes."""
    answer.set_cookie(
        name, value, path=path, httponly=True, samesite="strict", secure=sessions.is_https(request.scope)
    )


def _same(given: str | None, expected: str | None) -> bool:
    return bool(given and expected) and hmac.compare_digest(str(given).encode(), str(expected).encode())


def _from_elsewhere(request: Request) -> bool:
    """True when the browser itself says that another site sent the form."""
    return request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")


routes = [
    Route(sessions.SIGN_IN, show_sign_in, methods=["GET"]),
    Route(sessions.SIGN_IN, do_sign_in, methods=["POST"]),
    Route("/logout", show_sign_out, methods=["GET"]),
    Route("/logout", do_sign_out, methods=["POST"]),
    Route("/today", to_home, methods=["GET"]),
]
