"""What is installed is what the requirements say, to the byte."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from tests.support.patience import finished

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


def test_the_dashboard_does_not_load_what_only_the_commands_of_validation_need() -> None:
    """SciPy takes a second to load, and nothing that is served needs it."""
    served = "import sys, pkgutil, importlib\n"
    served += "from casework import actions, caseload, figures, standing\n"
    served += "for package in (actions, caseload, figures, standing):\n"
    served += "    for one in pkgutil.walk_packages(package.__path__, package.__name__ + '.'):\n"
    served += "        importlib.import_module(one.name)\n"
    served += (
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'scipy', 'sklearn', 'statsmodels'}))"
    )
    found = finished([sys.executable, "-c", served], cwd=ROOT)
    assert found.stdout.strip() == "[]"
