"""Browsers without a browser: each signs in at the gate, opens a page's WebSocket, and has the page run again and
again, as the front end of the installed Streamlit does. What a run takes is measured, what it sends is counted."""

from __future__ import annotations

import asyncio
import math
import re
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

import httpx2
import psutil
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from pages.shared.sign_in import sessions
from tests.support.patience import PATIENCE_SECONDS
from tests.support.server import Served

EVERY_SECONDS: Final = 2.0
"""How long a session waits between two of its runs: a busy hand, on a page that is read."""
_LARGEST_MESSAGE: Final = 2**26
_FORM_TOKEN: Final = re.compile(r'name="form_token" value="([^"]+)"')


@dataclass(frozen=True)
class Sent:
    """What one run sent: bytes of all messages, and how many elements and blocks were drawn, by kind."""

    bytes: int
    elements: Counter[str]
    seconds: float
    """From the message that asked for the run until the one that said that it had finished."""
    page: str
    """Streamlit's hash of the page that ran."""

    @property
    def drawn(self) -> int:
        """How many elements and blocks."""
        return self.elements.total()


def sign_in(served: Served, username: str, password: str) -> str:
    """Sign in by the form, as a browser without scripts does; the session's cookie."""
    with httpx2.Client(
        base_url=served.url, timeout=PATIENCE_SECONDS, headers={"accept": "text/html"}
    ) as browser:
        found = _FORM_TOKEN.search(browser.get(sessions.SIGN_IN).text)
        assert found, "the sign-in page has no form"
        answer = browser.post(
            sessions.SIGN_IN,
            data={"username": username, "password": password, "form_token": found[1], "next": "/"},
            headers={"origin": served.url},
        )
        assert answer.status_code == 303, f"{username} could not sign in: {answer.status_code}"
        return browser.cookies[sessions.COOKIE]


class Session:
    """One browser tab. `await Session.open(…)`, then `await session.run()` as often as wanted, then `close()`.

    elements: what the last run drew, without blocks.
    """

    def __init__(self, served: Served, socket: ClientConnection, path: str) -> None:
        self._served, self._socket = served, socket
        self._path, _, self._query = path.strip("/").partition("?")
        self._page = ""
        self.elements: list[Element] = []

    @classmethod
    async def open(cls, served: Served, cookie: str | None = None, path: str = "") -> Session:
        """Connect as a page at `path` of `served` does (with its query, if any); with the cookie of somebody who has
        signed in."""
        host = urlsplit(served.url).netloc
        socket = await connect(
            f"ws://{host}/_stcore/stream",
            origin=served.url,  # type: ignore[arg-type]
            additional_headers={"Cookie": f"{sessions.COOKIE}={cookie}"} if cookie else {},
            # The second is where the front end puts its token against requests of other sites.
            subprotocols=[Subprotocol("streamlit"), Subprotocol("PLACEHOLDER_AUTH_TOKEN")],
            max_size=_LARGEST_MESSAGE,
            open_timeout=PATIENCE_SECONDS,
            ping_interval=None,
            compression=None,
        )
        return cls(served, socket, path)

    async def run(self, *widgets: WidgetState) -> Sent:
        """Have the page run once, as after a click that changed nothing (`widgets`: or what they say now), and read all
        that it sends. RuntimeError when the run fails or the server ends the session."""
        asked = BackMsg()
        rerun = asked.rerun_script
        rerun.widget_states.widgets.extend(widgets)
        rerun.query_string = self._query
        if self._page:
            rerun.page_script_hash = self._page
        else:
            rerun.page_name = self._path
        rerun.context_info.url = f"{self._served.url}/{self._path}?{self._query}".rstrip("?")
        rerun.context_info.timezone, rerun.context_info.locale = "America/New_York", "en-US"
        begun = time.perf_counter()
        await self._socket.send(asked.SerializeToString())
        return await asyncio.wait_for(self._until_finished(begun), PATIENCE_SECONDS)

    async def _until_finished(self, begun: float) -> Sent:
        size, elements = 0, Counter[str]()
        while True:
            data = await self._socket.recv(decode=False)
            message = ForwardMsg.FromString(data)
            size += len(data)
            kind = message.WhichOneof("type")
            if kind == "new_session":
                size, elements = len(data), Counter()  # a change of page starts anew
                self.elements.clear()
            elif kind == "navigation":
                self._page = message.navigation.page_script_hash
            elif kind == "delta":
                elements[_drawn(message)] += 1
                if message.delta.WhichOneof("type") == "new_element":
                    self.elements.append(message.delta.new_element)
            elif kind == "auth_redirect":
                raise RuntimeError("the server ended the session")
            elif kind == "script_finished":
                if message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                    return Sent(size, elements, time.perf_counter() - begun, self._page)
                if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    raise RuntimeError(f"the run ended as {message.script_finished}")

    def widget(self, kind: str, label: str) -> str:
        """The id of the widget of this kind and label that the last run drew. ValueError unless there is one."""
        (found,) = [
            one.id
            for element in self.elements
            if element.WhichOneof("type") == kind and (one := getattr(element, kind)).label == label
        ]
        return str(found)

    async def close(self) -> None:
        """Close the tab."""
        await self._socket.close()


def _drawn(message: ForwardMsg) -> str:
    delta = message.delta
    kind = delta.WhichOneof("type")
    return str(delta.new_element.WhichOneof("type") if kind == "new_element" else kind)


@dataclass
class Load:
    """What N sessions met and cost. `seconds`: of every run, first ones left out."""

    sessions: int
    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    processor_seconds: float = 0.0
    """Of the server's process, for all these runs."""
    memory_before: int = 0
    memory_after: int = 0
    """The server's resident bytes: before the sessions were opened, and at the end."""

    @property
    def p50(self) -> float:
        """Half of the runs took no longer."""
        return percentile(self.seconds, 50)

    @property
    def p95(self) -> float:
        """Nineteen of twenty runs took no longer."""
        return percentile(self.seconds, 95)

    @property
    def processor_per_run(self) -> float:
        """Seconds of processor time that the server spent for a run, all threads together."""
        return self.processor_seconds / max(len(self.seconds), 1)

    @property
    def memory_per_session(self) -> float:
        """Bytes that the server grew by for each session."""
        return (self.memory_after - self.memory_before) / max(self.sessions, 1)


def percentile(values: Iterable[float], of_hundred: int) -> float:
    """The smallest value that so many of a hundred do not exceed; NaN of none."""
    ordered = sorted(values)
    return ordered[max(math.ceil(len(ordered) * of_hundred / 100) - 1, 0)] if ordered else math.nan


def under_load(
    served: Served, cookies: Sequence[str | None], *, runs: int, path: str = "", every: float = EVERY_SECONDS
) -> Load:
    """Open a session for each cookie and have each run the page `runs` times, every `every` seconds, evenly spread.
    A session's first run (what is imported and read once) is made before the clock starts."""
    return asyncio.run(_under_load(served, cookies, runs, path, every))


async def _under_load(
    served: Served, cookies: Sequence[str | None], runs: int, path: str, every: float
) -> Load:
    process = psutil.Process(served.process.pid)
    load = Load(len(cookies), memory_before=process.memory_info().rss)
    opened = []
    for cookie in cookies:
        session = await Session.open(served, cookie, path)
        await session.run()
        opened.append(session)
    begun = processor_time(process)
    starts = time.perf_counter()
    await asyncio.gather(
        *(
            _one_hand(session, load, starts + every * number / len(opened), runs, every)
            for number, session in enumerate(opened)
        )
    )
    load.processor_seconds = processor_time(process) - begun
    load.memory_after = process.memory_info().rss
    for session in opened:
        await session.close()
    return load


async def _one_hand(session: Session, load: Load, starts: float, runs: int, every: float) -> None:
    """Run every `every` seconds, or at once when the run before took longer. An error ends the session's part."""
    for number in range(runs):
        await asyncio.sleep(max(starts + number * every - time.perf_counter(), 0))
        try:
            load.seconds.append((await session.run()).seconds)
        except Exception as error:
            load.errors.append(f"{type(error).__name__}: {error}")
            return


def processor_time(process: psutil.Process) -> float:
    """Seconds that the process has spent so far, in user code and in the system."""
    times = process.cpu_times()
    return float(times.user + times.system)
