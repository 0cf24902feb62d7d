"""No test waits for ever: whatever waits for another process, thread, page or message has a bound."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.support.server import ROOT

TESTS = sorted((ROOT / "tests").rglob("*.py"))
WITH_A_TIMEOUT = {
    "HTTPConnection": "timeout",
    "check_call": "timeout",
    "check_output": "timeout",
    "from_file": "default_timeout",
    "from_function": "default_timeout",
    "launch": "timeout",
    "urlopen": "timeout",
}
"""What waits, and the argument that bounds it."""
WITH_AN_ARGUMENT = {"acquire", "communicate", "exception", "get", "join", "recv", "result", "wait"}
"""Methods whose one argument is their bound, or that wait for nothing when they have one: ", ".join(words)."""
BY_THE_HELPERS = {"readline": "next_line", "websocket_connect": "patient"}
HELPERS = ROOT / "tests" / "support" / "patience.py"


def unbounded(tree: ast.AST) -> Iterator[str]:
    """Line and name of each call that may wait for ever."""
    helped = {
        id(given)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
        if call.func.id in BY_THE_HELPERS.values()
        for given in call.args
    }
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        named = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        given = {word.arg for word in call.keywords}
        if (
            WITH_A_TIMEOUT.get(named) not in {None, *given}
            or (
                named in WITH_AN_ARGUMENT
                and isinstance(call.func, ast.Attribute)
                and not call.args + call.keywords
            )
            or (named in BY_THE_HELPERS and id(call) not in helped)
            or (ast.unparse(call.func) == "subprocess.run" and "timeout" not in given)
        ):
            yield f"{call.lineno}: {ast.unparse(call.func)}"


def test_whatever_waits_has_a_bound() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{where}"
        for path in TESTS
        if path != HELPERS
        for where in unbounded(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "subprocess.run(['true'])",
        "process.wait()",
        "thread.join()",
        "queue.get()",
        "barrier.wait()",
        "process.stdout.readline()",
        "client.websocket_connect('ws://localhost/')",
        "AppTest.from_function(script).run()",
    ],
)
def test_a_wait_without_a_bound_is_found(line: str) -> None:
    assert len(list(unbounded(ast.parse(line)))) == 1
