"""The documents speak of what there is."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    path.relative_to(ROOT).as_posix() for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"))
)
CODE = re.compile(r"`((?:casework|db|pages)\.[A-Za-z_.]+)`")
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


@pytest.mark.parametrize("page", [page for page in PAGES if page != "CHANGELOG.md"])
def test_what_a_document_names_in_the_code_is_there(page: str) -> None:
    named = set(CODE.findall((ROOT / page).read_text(encoding="utf-8")))
    assert not [one for one in named if not exists(one.rstrip("."))]


@pytest.mark.parametrize("page", PAGES)
def test_the_links_between_documents_lead_somewhere(page: str) -> None:
    links = LINK.findall((ROOT / page).read_text(encoding="utf-8"))
    assert not [link for link in links if not (ROOT / page).parent.joinpath(link).exists()]
