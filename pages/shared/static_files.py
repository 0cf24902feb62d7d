"""What is sent compressed: the scripts and styles of Streamlit and of the components, which are the same for everybody.

Streamlit sends its own uncompressed, in small pieces read from the disk: its chunk for charts has 4.7 MB, which a
phone's line takes many seconds for. Here each is compressed once and kept in memory. Everything else is sent as it is:
the length of a compressed answer that holds a secret beside something that others may choose tells of it (BREACH).
"""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path
from typing import Final

from anyio import to_thread
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import file_util

from pages.shared.sign_in.headers import STATIC

COMPONENTS: Final = "/_stcore/bidi-components/"
CACHE: Final = "public, immutable, max-age=31536000"
"""As Streamlit says of its own files: another content has another name."""
TYPES: Final = {".js": "text/javascript", ".css": "text/css"}
SMALLEST: Final = 500
"""Bytes below which compressing gains nothing."""
LEVEL: Final = 6


class StaticFiles:
    """ASGI middleware behind the gate: it answers for Streamlit's scripts and styles where the browser takes gzip. For
    all else but components the request is passed on as if the browser did not."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._compressed: dict[Path, bytes] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        file = _files().get(scope["path"]) if scope["method"] == "GET" else None
        if file is not None and _takes_gzip(Headers(scope=scope)):
            await (await self._answer(file))(scope, receive, send)
        elif scope["path"].startswith(COMPONENTS):
            await self.app(scope, receive, send)
        else:
            headers = [one for one in scope["headers"] if one[0] != b"accept-encoding"]
            await self.app({**scope, "headers": headers}, receive, send)

    async def _answer(self, file: Path) -> Response:
        if file not in self._compressed:
            self._compressed[file] = await to_thread.run_sync(_compress, file)
        headers = {"Content-Encoding": "gzip", "Cache-Control": CACHE, "Vary": "Accept-Encoding"}
        return Response(self._compressed[file], headers=headers, media_type=TYPES[file.suffix])


def _takes_gzip(headers: Headers) -> bool:
    """Whether the browser asks for a whole file and takes it compressed."""
    asked = [one.replace(" ", "") for one in headers.get("accept-encoding", "").split(",")]
    return any(one == "gzip" or (one.startswith("gzip;") and one != "gzip;q=0") for one in asked) and (
        "range" not in headers
    )


@cache
def _files() -> dict[str, Path]:
    """The files by their paths. No other path is looked up, so that nothing else can be asked for."""
    folder = Path(file_util.get_static_dir(), STATIC.strip("/"))
    return {
        STATIC + file.relative_to(folder).as_posix(): file
        for file in sorted(folder.rglob("*"))
        if file.suffix in TYPES and file.stat().st_size >= SMALLEST
    }


def _compress(file: Path) -> bytes:
    return gzip.compress(file.read_bytes(), LEVEL, mtime=0)
