"""What is sent compressed: the package's scripts and styles, and nothing that may hold a secret."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit import file_util

from pages.shared import static_files

FOLDER = Path(file_util.get_static_dir())
SCRIPTS = sorted((FOLDER / "static" / "js").glob("index.*.js"), key=lambda file: file.stat().st_size)
CHARTS = next((FOLDER / "static" / "js").glob("PlotlyChart.*.js"))
GZIP = {"accept-encoding": "gzip, deflate, br"}


def _what_was_asked(request: Request) -> Response:
    return PlainTextResponse(request.headers.get("accept-encoding", "nothing"))


@pytest.fixture
def client() -> TestClient:
    """Before an application that says which encodings it was asked for."""
    routes = [Route("/{path:path}", _what_was_asked, methods=["GET", "HEAD", "POST"])]
    app = Starlette(routes=routes, middleware=[Middleware(static_files.StaticFiles)])
    return TestClient(app, base_url="http://localhost")


def address(file: Path) -> str:
    return f"/{file.relative_to(FOLDER).as_posix()}"


@pytest.mark.parametrize("file", [SCRIPTS[-1], CHARTS], ids=["index", "charts"])
def test_a_script_of_the_package_comes_compressed_and_whole(client: TestClient, file: Path) -> None:
    with client.stream("GET", address(file), headers=GZIP) as answer:
        sent = b"".join(answer.iter_raw())
    assert gzip.decompress(sent) == file.read_bytes()
    assert len(sent) < file.stat().st_size / 2
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["cache-control"] == "public, immutable, max-age=31536000"
    assert answer.headers["content-type"].startswith("text/javascript")


@pytest.mark.parametrize(
    "headers",
    [{"accept-encoding": "br"}, {"accept-encoding": "gzip;q=0"}, {**GZIP, "range": "bytes=0-9"}],
)
def test_who_takes_no_gzip_or_asks_for_a_part_gets_the_file_from_streamlit(
    client: TestClient, headers: dict[str, str]
) -> None:
    assert client.get(address(CHARTS), headers=headers).text == "nothing"


@pytest.mark.parametrize(
    "path", ["/", "/login", "/check_in", "/media/rows.csv", "/_stcore/host-config", "/static/../index.html",
             "/static/js/none.js", "/static/js//" + SCRIPTS[0].name, "/static/media/x.woff2"],
)  # fmt: skip
def test_nothing_else_is_compressed_by_whoever_answers(client: TestClient, path: str) -> None:
    assert client.get(path, headers=GZIP).text == "nothing"


def test_a_component_is_compressed_by_streamlit(client: TestClient) -> None:
    answer = client.get("/_stcore/bidi-components/tideline/list.js", headers=GZIP)
    assert answer.text == GZIP["accept-encoding"]


def test_only_reading_is_answered(client: TestClient) -> None:
    assert client.post(address(CHARTS), headers=GZIP).text == "nothing"
