"""A number that decides where a client stands or which level of care fits has its source, or who signs it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.support.server import ROOT

SOURCE = re.compile(
    r"https?://|\b(19|20)\d\d\b|\bsigns?\b|Tideline's own|docs/\w+\.md|\bNIDA\b|\bDSM\b|CTN-\d+|as `?[A-Z_]{4,}"
)
TECHNICAL = {"LONG_AGO", "VERSION", "NAMED"}
"""Not about a client: a day before all days, a form's number, how many a sentence names."""


def _constants() -> Iterator[tuple[str, str, str]]:
    """Each module, name, and what stands with it: its line, the comment above, and the text under its group."""
    for package in ("standing", "level_of_care"):
        for path in sorted((ROOT / "casework" / package).glob("*.py")):
            text = path.read_text(encoding="utf-8")
            lines, body = text.splitlines(), ast.parse(text).body
            for place, node in enumerate(body):
                name = _number(node)
                if name is not None:
                    yield f"{package}/{path.name}", name, _said(lines, body, place)


def _number(node: ast.stmt) -> str | None:
    if not isinstance(node, ast.AnnAssign) or not isinstance(node.target, ast.Name):
        return None
    value = node.value
    plain = isinstance(value, ast.Constant) and isinstance(value.value, int | float)
    return node.target.id if plain and node.target.id.isupper() and node.target.id[0] != "_" else None


def _said(lines: list[str], body: list[ast.stmt], place: int) -> str:
    first = body[place].lineno - 1
    said = [lines[first]]
    while first and (lines[first - 1].startswith("#") or lines[first - 1][:1].isupper()):
        first -= 1
        said.append(lines[first])
    for node in body[place + 1 :]:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            said.append(str(node.value.value))
            break
        if not isinstance(node, ast.AnnAssign):
            break
    return " ".join(said)


CONSTANTS = [one for one in _constants() if one[1] not in TECHNICAL]


def test_there_are_such_numbers() -> None:
    assert len(CONSTANTS) > 30


@pytest.mark.parametrize(
    ("module", "name", "said"), CONSTANTS, ids=lambda one: one if one.isidentifier() else ""
)
def test_a_clinical_number_names_its_source_or_who_signs_it(module: str, name: str, said: str) -> None:
    assert SOURCE.search(said), f"{module}: {name}"
