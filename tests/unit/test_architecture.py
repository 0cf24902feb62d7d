"""What import-linter cannot see: the clock in the core, the first line of a page, the size of modules."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.patience import finished
from tests.support.server import ROOT

CORE = (
    "checks", "what_if", "report_card", "forecasts", "recalibration", "outcomes", "indicators", "level_of_care",
    "standing", "clinic_days", "windows", "figures", "frames", "intervals", "vocabulary", "errors",
)  # fmt: skip
CLOCKS = {"now", "today", "utcnow"}
OUTSIDE_WORLD = {"open", "print", "input", "eval", "exec", "__import__"}

LONGEST_MODULE = 500
LONGEST_FUNCTION = 60
# Lists of words and lists of tables are as long as they are.
MAY_BE_LONG = "db/migrations/versions/"


def modules(*folders: str) -> list[Path]:
    """All Python files in these folders of the project, or the file itself."""
    found: list[Path] = []
    for folder in folders:
        path = ROOT / folder
        found += sorted(path.rglob("*.py")) if path.is_dir() else [path.with_suffix(".py")]
    return [path for path in found if path.exists()]


def core_modules() -> list[Path]:
    return modules(*(f"casework/{name}" for name in CORE))


def screens() -> list[Path]:
    return sorted((ROOT / "pages").glob("*/page.py"))


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def calls(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and last name of each call: `dt.date.today()` gives "today"."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node.lineno, f".{node.func.attr}"
            elif isinstance(node.func, ast.Name):
                yield node.lineno, node.func.id


@pytest.mark.parametrize("path", core_modules(), ids=named)
def test_the_core_reads_no_clock_and_touches_nothing_outside(path: Path) -> None:
    forbidden = {f".{name}" for name in CLOCKS} | OUTSIDE_WORLD
    found = [f"line {line}: {name}" for line, name in calls(parsed(path)) if name in forbidden]
    assert not found, f"{named(path)} is core: `today` and `now` are arguments"


@pytest.mark.parametrize("path", screens(), ids=named)
def test_a_page_only_defines_render_and_asks_first_who_is_there(path: Path) -> None:
    tree = parsed(path)
    loose = [
        node.lineno for node in tree.body if not isinstance(node, DEFINITIONS) and not is_docstring(node)
    ]
    assert not loose, "Streamlit may run the file on its own: nothing but definitions at its top level"
    render = next(
        (node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "render"), None
    )
    assert render is not None, "a page defines render()"
    first = next(node for node in render.body if not is_docstring(node))
    assert "require_user" in {name for _, name in calls(first)}, "render() begins with require_user()"


def test_the_audit_log_is_written_and_never_read_as_data() -> None:
    """So that it can be changed for its own purpose: what is shown comes from the versions of rows."""
    found = {
        named(path)
        for path in modules("casework", "pages", "db", "streamlit_app")
        for node in ast.walk(parsed(path))
        if (isinstance(node, ast.Name) and node.id == "AuditEvent")
        or (isinstance(node, ast.Attribute) and node.attr == "AuditEvent")
        or (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and "from audit_event" in node.value.lower()
        )
    }
    assert found == {"casework/actions/audit.py"}


def test_the_history_of_all_facts_is_read_in_one_place() -> None:
    found = [
        named(path)
        for path in modules("db/queries")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef) and "superseded_too" in {one.arg for one in node.args.kwonlyargs}
    ]
    assert found == ["db/queries/versions.py"], (
        "add a row class with `fact`, and read it with versions.history"
    )


def test_the_entry_file_holds_the_app_object_and_nothing_else() -> None:
    tree = parsed(ROOT / "streamlit_app.py")
    assert not [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    assert [
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    ] == ["app"]


@pytest.mark.parametrize("path", modules("casework", "db", "pages"), ids=named)
def test_a_module_holds_one_subject_and_a_function_one_thought(path: Path) -> None:
    if named(path).startswith(MAY_BE_LONG):
        return
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST_MODULE, f"{named(path)} has {lines} lines: it is asking to be two"
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{node.name} has {length} lines: it is asking to be two"


DEFINITIONS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef, ast.Assign, ast.AnnAssign)


def is_docstring(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@pytest.mark.parametrize("path", modules("pages"), ids=named)
def test_pages_take_the_time_from_the_one_clock_that_refuses_in_the_past(path: Path) -> None:
    """A moment from anywhere else could date an entry by a day that is over, or save while one looks back."""
    if named(path) in ("pages/shared/clock.py", "pages/shared/sign_in/sessions.py"):
        return
    found = [
        node.lineno
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and node.attr in CLOCKS and not _is_clock(node)
    ]
    assert not found, f"lines {found}: ask pages.shared.clock"


def _is_clock(node: ast.Attribute) -> bool:
    return isinstance(node.value, ast.Name) and node.value.id != "dt"


MAY_OPEN_THE_DATABASE = (
    "pages/shared/database.py",
    "pages/shared/transactions.py",
    "pages/shared/sign_in/",
)
OPENS_A_SESSION = {"Session", "sessionmaker", "scoped_session", ".connect", ".begin_nested"}


@pytest.mark.parametrize("path", modules("pages", "casework/caseload", "casework/actions"), ids=named)
def test_a_moment_is_in_the_clinics_zone_before_it_is_asked_for_its_day(path: Path) -> None:
    """The database gives moments in UTC, where a late evening is tomorrow already."""
    found = [
        node.lineno
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute)
        and node.attr in ("date", "time")
        and ast.unparse(node.value).split(".")[-1].endswith("_at")
    ]
    assert not found, f"lines {found}: ask it with astimezone first"


def test_no_page_action_or_loader_opens_a_session_without_an_actor() -> None:
    """Sessions are opened by `Database.reading` and `Database.writing` alone, which take an actor; pages ask
    `pages.shared.transactions`, which makes one of the signed-in user."""
    found = [
        f"{named(path)}:{line} {name}"
        for path in modules("pages", "casework", "db")
        for line, name in calls(parsed(path))
        if (name in OPENS_A_SESSION and not named(path).startswith("db/"))
        or (
            name == "database"
            and named(path).startswith("pages/")
            and not named(path).startswith(MAY_OPEN_THE_DATABASE)
        )
    ]
    assert not found, "open it for somebody: pages.shared.transactions.reading(user)"


def test_the_looks_of_the_pages_stand_in_one_stylesheet() -> None:
    """`style=` is left for what is worked out: a band's color, a number of lines."""
    found = [
        f"{named(path)}:{number}"
        for path in modules("pages")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if ("<style" in line and named(path) != "pages/shared/navigation.py")
        or re.search(r'style="(?![^"]*\{)', line)
    ]
    assert not found, "put it into pages/shared/styles.css"


def test_the_stylesheet_speaks_of_nothing_that_is_not_drawn() -> None:
    sheet = (ROOT / "pages" / "shared" / "styles.css").read_text(encoding="utf-8")
    sources = "\n".join(path.read_text(encoding="utf-8") for path in modules("pages"))
    named_in_sheet = set(re.findall(r"st-key-([a-z_-]+)|\.(tideline-[a-z-]+)", sheet))
    gone = [
        key or name
        for key, name in named_in_sheet
        if (key or name).rstrip("-") not in sources and f"{key.partition('-')[0]}-{{" not in sources
    ]
    assert not gone, "nothing has this key or class"


ONLY_FOR_COMMANDS = ("faker", "casework.demo.clinic", "casework.validation", "casework.imports.ctn0094")
IMPORT_EVERY_PAGE = """
import importlib, pathlib, sys
for page in sorted(pathlib.Path("pages").glob("*/page.py")):
    importlib.import_module(f"pages.{page.parent.name}.page")
print(*sorted(sys.modules))
"""


def test_the_dashboard_loads_nothing_that_only_commands_need() -> None:
    loaded = finished([sys.executable, "-c", IMPORT_EVERY_PAGE], cwd=ROOT).stdout.split()
    assert "streamlit" in loaded
    assert not [name for name in loaded if name.startswith(ONLY_FOR_COMMANDS)]


PLOTLY_PLACES = {"top left", "bottom center", "middle left", "middle right", "x domain", "y domain"}
_TWO_WORDS = re.compile(r"\b[a-z]+[,;:]? [a-z]+\b")


def sentences(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and text of what is written for readers: texts with two words in a row, but for docstrings and what is
    raised, which only developers see."""
    aside: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise) or (
            isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        ):
            aside |= set(ast.walk(node))
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and node not in aside
            and _TWO_WORDS.search(node.value)
        ):
            yield node.lineno, node.value


def test_sentences_are_told_from_docstrings_errors_and_identifiers() -> None:
    lines = (
        '"""A module about weeks."""',
        'WORD = "missed_weeks"',
        'SAID = f"Missed {n} weeks in a row"',
        'raise ValueError("no such row")',
    )
    source = "\n".join(lines)
    assert list(sentences(ast.parse(source))) == [(3, " weeks in a row")]


def test_the_core_says_identifiers_with_values_and_no_sentence() -> None:
    found = [
        f"{named(path)}:{line}: {text!r}"
        for path in modules(*(f"casework/{name}" for name in CORE if name != "errors"))
        for line, text in sentences(parsed(path))
        if text not in PLOTLY_PLACES
    ]
    assert not found, "\n".join(["words belong in casework/wording/en", *found])


STILL_SPEAK = {"check_in_form", "disagreements", "evidence_report", "people", "scores"}


def test_what_a_screen_reads_is_put_into_words_in_wording() -> None:
    """The modules named above still hold words of their own; none joins them."""
    found = {path.stem for path in modules("casework/caseload") if any(sentences(parsed(path)))}
    assert found == STILL_SPEAK


def test_figures_name_no_axis_and_no_mark_themselves() -> None:
    """A label can be one word, so that here a capital letter counts too."""
    found = [
        f"{named(path)}:{node.lineno}: {node.value!r}"
        for path in modules("casework/figures")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.match(r"[A-Z][a-z]", node.value)
        and node.value not in docstrings(path)
    ]
    assert not found, "\n".join(["words belong in casework/wording/en/charts", *found])


def docstrings(path: Path) -> set[str]:
    return {
        node.value.value
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    }


def test_no_two_classes_have_one_name() -> None:
    places: dict[str, list[str]] = {}
    for path in modules("casework", "db", "pages"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places.setdefault(node.name, []).append(named(path))
    assert not {name: found for name, found in places.items() if len(found) > 1}


RULES = ("casework/indicators", "casework/standing", "casework/level_of_care")
NUMBER = re.compile(r"^([A-Z][A-Z_]+): Final = [-0-9.]+$", re.MULTILINE)


def test_a_limit_of_the_rules_has_one_name_and_one_owner() -> None:
    owners: dict[str, list[str]] = {}
    for path in modules(*RULES):
        for name in NUMBER.findall(path.read_text(encoding="utf-8")):
            owners.setdefault(name, []).append(named(path))
    assert {name: paths for name, paths in owners.items() if len(paths) > 1} == {}
