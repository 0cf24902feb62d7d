"""The documents speak of what there is."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

from casework.indicators.tables import CANDIDATES, TABLE

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    path.relative_to(ROOT).as_posix() for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"))
)
CODE = re.compile(r"`((?:casework|db|pages)\.[A-Za-z_.]+)`")
SHORT = re.compile(r"`([a-z_]+)\.([A-Za-z_]+)`")
"""A module by its own name alone, and something in it."""
FILES = {"py", "js", "csv", "json", "md", "parquet"}
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


def exists(dotted: str) -> bool:
    """True when a module has this name, or something in one."""
    parts = dotted.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found: object = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for name in parts[length:]:
            if not hasattr(found, name):
                return False
            found = getattr(found, name)
        return True
    return False


def modules(name: str) -> list[str]:
    """The modules and packages of that name."""
    files = (path for folder in ("casework", "db", "pages") for path in (ROOT / folder).rglob(f"{name}.py"))
    packages = (
        path.parent
        for folder in ("casework", "db", "pages")
        for path in (ROOT / folder).rglob(f"{name}/__init__.py")
    )
    return [
        path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".") for path in (*files, *packages)
    ]


@pytest.mark.parametrize("page", [page for page in PAGES if page != "CHANGELOG.md"])
def test_what_a_document_names_in_a_module_is_there(page: str) -> None:
    rules = {rule.id for rule in (*CANDIDATES, *TABLE)}
    named = set(SHORT.findall((ROOT / page).read_text(encoding="utf-8")))
    assert not [
        f"{module}.{name}"
        for module, name in named
        if f"{module}.{name}" not in rules
        and name not in FILES
        and (found := modules(module))
        and not any(exists(f"{one}.{name}") for one in found)
    ]


@pytest.mark.parametrize("page", [page for page in PAGES if page != "CHANGELOG.md"])
def test_what_a_document_names_in_the_code_is_there(page: str) -> None:
    named = set(CODE.findall((ROOT / page).read_text(encoding="utf-8")))
    assert not [one for one in named if not exists(one.rstrip("."))]


@pytest.mark.parametrize("page", PAGES)
def test_the_links_between_documents_lead_somewhere(page: str) -> None:
    links = LINK.findall((ROOT / page).read_text(encoding="utf-8"))
    assert not [link for link in links if not (ROOT / page).parent.joinpath(link).exists()]
