"""What every answer tells the browser about whom to trust: nobody but this site.

User text can never load a picture or a script from elsewhere, even where it slipped through as Markdown.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Scope, Send
from streamlit import file_util

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
# A file that somebody uploaded or downloads is data, whatever type it claims.
OF_A_FILE = "default-src 'none'; sandbox; frame-ancestors 'none'"
STATIC = "/static/"
"""The package's own scripts and styles, named by their content, which the browser keeps. Everything else may hold
personal data."""


def with_security_headers(scope: Scope, send: Send) -> Send:
    """`send`, adding the headers that the answer does not set itself."""
    path: str = scope["path"]

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message.setdefault("headers", []))
            for name, value in EVERYWHERE.items():
                headers.setdefault(name, value)
            if path.startswith("/media/"):
                headers["Content-Security-Policy"] = OF_A_FILE
            elif headers.get("content-type", "").startswith("text/html"):
                headers.setdefault("Content-Security-Policy", content_security_policy())
            if not path.startswith(STATIC):
                headers["Cache-Control"] = "no-store"
        await send(message)

    return sending


@cache
def content_security_policy() -> str:
    """The policy of the dashboard's page: everything from this site, inline only Streamlit's own script."""
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {' '.join(_inline_scripts())}",
            "style-src 'self' 'unsafe-inline'",  # Streamlit's and Plotly's styles are made in the browser
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "frame-src 'none'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def _inline_scripts() -> list[str]:
    """The hashes of the inline scripts in the page that the installed Streamlit serves."""
    page = Path(file_util.get_static_dir(), "index.html").read_text(encoding="utf-8")
    return [f"'{source_hash(script)}'" for script in re.findall(r"<script>(.*?)</script>", page, re.DOTALL)]


def source_hash(text: str) -> str:
    """The name by which a Content-Security-Policy allows this very script or style."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
