"""What the tests of a run took: by folder, and the slowest. Printed at the end; no test is judged by it."""

from __future__ import annotations

from collections import Counter
from typing import Final

import pytest

SLOWEST: Final = 10
LEAST_TESTS: Final = 50
"""A run of fewer tests is somebody's work on them, and needs no table."""


class Durations:
    """A pytest plugin. Seconds of set-up, test and teardown together; of all workers, so their sum is not the run's."""

    def __init__(self) -> None:
        self._tests: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._tests[report.nodeid] += report.duration  # type: ignore[assignment]

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if len(self._tests) < LEAST_TESTS:
            return
        folders: Counter[str] = Counter()
        number: Counter[str] = Counter()
        for test, seconds in self._tests.items():
            folder = test.split("/")[1]
            folders[folder] += seconds
            number[folder] += 1
        terminalreporter.section("seconds by folder, and the slowest tests")
        for folder, seconds in folders.most_common():
            terminalreporter.write_line(f"{seconds:8.1f}  {folder}, {number[folder]} tests")
        terminalreporter.write_line("")
        for test, seconds in self._tests.most_common(SLOWEST):
            terminalreporter.write_line(f"{seconds:8.1f}  {test}")
