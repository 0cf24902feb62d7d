"""A row of the table in docs/performance.md, and the servers that several rows are measured on."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.support.clinic import NOW, password_of
from tests.support.databases import Database, open_database
from tests.support.fills import fill_demo
from tests.support.large_clinic import LargeClinic, enlarge
from tests.support.load_client import sign_in
from tests.support.server import Served, running_dashboard, running_stock_page

CLOCK = {"TIDELINE_NOW": NOW.isoformat(), "TIDELINE_IDLE_MINUTES": "600"}


@dataclass(frozen=True)
class Row:
    """What was measured, how it came out, what it should be, and whether it is."""

    what: str
    measured: str
    target: str
    met: bool


@dataclass
class Bench:
    """Databases and servers, each made when it is first asked for and ended with the run. `short`: few of everything,
    to see that the benchmarks work."""

    folder: Path
    stack: ExitStack
    short: bool = False

    @property
    def counselors(self) -> int:
        """As many as sign in at once."""
        return 4 if self.short else 100

    @cached_property
    def demo(self) -> Path:
        """The demo clinic's file, to be copied."""
        file = self.folder / "demo.db"
        fill_demo(f"sqlite:///{file}")
        return file

    def clinic(self, counselors: int) -> tuple[Database, LargeClinic]:
        """An opened database of the demo clinic and `counselors` with forty clients each."""
        file = self.folder / f"clinic-{counselors}.db"
        shutil.copyfile(self.demo, file)
        database = open_database(f"sqlite:///{file}")
        self.stack.callback(database.close)
        return database, enlarge(database, counselors)

    @cached_property
    def ours(self) -> tuple[Served, LargeClinic]:
        """The dashboard on a clinic of `counselors`."""
        database, large = self.clinic(self.counselors)
        return self.serve(database), large

    @cached_property
    def stock_rows(self) -> Served:
        """A table of forty rows on default settings."""
        return self.stock("stock_rows")

    @cached_property
    def floor(self) -> Served:
        """The same with our settings: what Streamlit costs anyhow."""
        return self.stock("stock_rows", our_settings=True)

    def serve(self, database: Database) -> Served:
        """The dashboard on `database`, on the demo's day."""
        url = database.write_engine.url.render_as_string(hide_password=False)
        return self.stack.enter_context(running_dashboard(url, self._subfolder(), CLOCK))

    def stock(self, name: str, *, our_settings: bool = False) -> Served:
        """A page of stock elements, served from a folder of its own."""
        return self.stack.enter_context(
            running_stock_page(self._subfolder(), name, our_settings=our_settings)
        )

    @cached_property
    def cookies(self) -> list[str]:
        """A signed-in browser of each counselor of `ours`."""
        served, large = self.ours
        return [sign_in(served, name, password_of("alice")) for name in large.counselors]

    def _subfolder(self) -> Path:
        return Path(tempfile.mkdtemp(dir=self.folder))


@contextmanager
def bench(*, short: bool = False) -> Iterator[Bench]:
    """A folder and all that is started for one run."""
    with tempfile.TemporaryDirectory(prefix="tideline-bench-") as folder, ExitStack() as stack:
        yield Bench(Path(folder), stack, short)


def times(ours: float, theirs: float) -> str:
    """A ratio as it stands in the table."""
    ratio = ours / theirs
    return f"{ratio:.2f}x" if ratio < 10 else f"{ratio:.0f}x"
