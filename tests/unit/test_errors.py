"""What a user is told: complete sentences, one family, nothing personal."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest

from casework import errors
from casework.errors import NotYours, Refused, TidelineError

CLASSES = [
    found for _, found in inspect.getmembers(errors, inspect.isclass) if found.__module__ == errors.__name__
]
ACTIONS = Path(errors.__file__).parent / "actions"


@pytest.mark.parametrize("error", CLASSES)
def test_every_error_is_of_one_family_and_says_what_it_is_for(error: type[Exception]) -> None:
    assert issubclass(error, TidelineError)
    assert error.__doc__


def test_a_refusal_names_the_field() -> None:
    assert Refused("This date is in the future.", field="held_on").field == "held_on"
    assert Refused("No.").field is None


def test_missing_and_forbidden_are_told_apart_to_nobody() -> None:
    assert str(NotYours()) == str(NotYours())
    assert not issubclass(NotYours, Refused)


def test_messages_of_the_actions_are_sentences() -> None:
    seen = 0
    for module in ACTIONS.glob("*.py"):
        for node in ast.walk(ast.parse(module.read_text())):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id not in {error.__name__ for error in CLASSES} or not node.args:
                continue
            message = node.args[0]
            if isinstance(message, ast.JoinedStr):
                message = message.values[-1]
            if isinstance(message, ast.Constant):
                assert str(message.value).endswith("."), f"{module.name}: {message.value!r}"
                seen += 1
    assert seen > 30
