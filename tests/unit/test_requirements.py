"""What is installed is what the requirements say, to the byte."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)", re.MULTILINE)


def pins(name: str) -> dict[str, str]:
    found = PIN.findall((ROOT / name).read_text(encoding="utf-8"))
    return {re.sub(r"[._-]+", "-", package).lower(): version for package, version in found}


@pytest.mark.parametrize(
    ("asked", "locked"),
    [
        ("requirements.txt", "requirements.lock"),
        ("requirements.txt", "requirements-dev.lock"),
        ("requirements-dev.txt", "requirements-dev.lock"),
    ],
)
def test_each_requirement_is_locked_at_its_version(asked: str, locked: str) -> None:
    assert pins(asked).items() <= pins(locked).items()


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_every_locked_package_has_hashes_and_no_index_is_named(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    packages = re.split(r"\n(?=\S)", text)
    assert not [one.splitlines()[0] for one in packages if PIN.match(one) and "--hash=sha256:" not in one]
    assert "://" not in text
