"""The worked examples of CONTRIBUTING.md run as they stand, in a copy of the project."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest

from tests.support.patience import finished

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"```python\n(# (\S+\.py)\n.*?)```", re.DOTALL)
NOT_COPIED = shutil.ignore_patterns("__pycache__", "*.png")
ADDED = {
    "casework/indicators/__init__.py": "import casework.indicators.causes\n",
    "casework/wording/en/indicators/__init__.py": (
        "from casework.wording.en.indicators import causes\n\nINDICATORS.update(causes.WORDS)\n"
    ),
    "db/models/__init__.py": "from db.models.meetings import Meeting as Meeting\n",
    "pages/shared/menu.py": 'ENTRIES += (Entry("meetings", "Recovery meetings", ":material/groups:"),)\n',
}
"""What the guide says in words: the lines that make the new modules known."""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with the guide's files in it, and the migration that its new table needs."""
    project = tmp_path_factory.mktemp("guide") / "project"
    for name in ("casework", "db", "pages", "tests", ".streamlit"):
        shutil.copytree(ROOT / name, project / name, ignore=NOT_COPIED)
    for name in ("pyproject.toml", "alembic.ini"):
        shutil.copy(ROOT / name, project / name)
    for text, path in BLOCK.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")):
        file = project / path
        assert not file.exists(), f"{path} is a file of the project already"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    for path, lines in ADDED.items():
        with (project / path).open("a", encoding="utf-8") as file:
            file.write(f"\n{lines}")
    for command in ("upgrade head", "revision --autogenerate -m meetings"):
        run(project, "alembic", "-c", "alembic.ini", *command.split())
    return project


def run(project: Path, *module: str) -> None:
    environment = {"TIDELINE_DATABASE_URL": f"sqlite:///{project}/guide.db", "PATH": "/usr/bin:/bin"}
    finished([sys.executable, "-m", *module], cwd=project, env=environment)


@pytest.mark.parametrize(
    "example", ["tests/spec/test_causes.py", "tests/db/test_meetings.py", "tests/pages/test_meetings.py"]
)
def test_the_guides_example_works_as_it_stands(copy: Path, example: str) -> None:
    run(copy, "pytest", "-m", "not postgres", "-p", "no:xdist", "-p", "no:randomly", example)
