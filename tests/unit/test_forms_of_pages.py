"""Every field and every button that saves belongs to a form, whose keys hold whom or what it is about; the others are
named here."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.support.server import ROOT

FIELDS = {
    "text_input", "text_area", "number_input", "date_input", "time_input", "selectbox", "multiselect", "radio",
    "checkbox", "toggle", "pills", "segmented_control", "slider", "select_slider", "color_picker", "chat_input",
    "data_editor", "feedback", "camera_input", "audio_input", "file_uploader",
    "pagination", "menu_button",
}  # fmt: skip
BUTTONS = {"button", "menu_button", "download_button", "form_submit_button"}
VIEW = "chooses what the page shows; nothing of it is saved"
OPENS = "opens a page, a dialog or another view; nothing is saved by it"
WITHOUT_A_FORM = dict.fromkeys(
    (
        "attendance/page.py: 'attendance_day'",
        "attendance/page.py: 'attendance_session'",
        "client/entries.py: 'entries_kind'",
        "client/entries.py: 'entries_weeks'",
        "client/page.py: 'client_section'",
        "clients/page.py: 'find_client'",
        "definitions/page.py: 'definitions_part'",
        "definitions/page.py: SEARCH",
        "evidence/page.py: PART",
        "evidence/results.py: f'{PICKED}_{len(outcomes)}'",
        "forecasts/page.py: 'forecast-view'",
        "forecasts/week.py: PICKED",
        "imports/page.py: KIND",
        "report_card/page.py: 'report_card_part'",
        "report_card/rules.py: f'{CHOSEN}-{score.value}'",
        "schedule/series.py: CHOSEN",
        "shared/as_of.py: clock.AS_OF",
        "shared/widgets/caseloads.py: key",
        "shared/widgets/components.py: 'client_picker'",
        "today/page.py: 'today_group'",
        "today/page.py: 'today_counselor'",
    ),
    VIEW,
)
BUTTONS_WITHOUT_A_FORM = {
    **dict.fromkeys(
        (
            "check_in/confirmation.py: 'saved-another'",
            "check_in/confirmation.py: 'saved-client'",
            "check_in/confirmation.py: 'saved-today'",
            "check_in/page.py: 'past-client'",
            "clients/page.py: 'admit'",
            "client/actions.py: f'client_check_in-{client_id}'",
            "client/actions.py: f'client_level_of_care-{client_id}'",
            "client/actions.py: f'open_{name}-{client_id}'",
            "client/due.py: f'screen_due-{one.id}'",
            "client/cards.py: f'row-of-{client_id}-{one.text}-{row.key}'",
            "client/entries.py: f'correct-{place}-{one.key}'",
            "client/objections.py: f'open_override-{record.item.client_id}'",
            "definitions/page.py: 'to_report_card'",
            "disagreements/page.py: f'open-{row.client_id}'",
            "evidence/page.py: 'to_report_card'",
            "forecasts/week.py: f'forecast-open-{turn.client_id}'",
            "level_of_care/page.py: 'Everybody'",
            "schedule/page.py: f'week-{label}'",
            "shared/as_of.py: 'back_to_today'",
            "shared/widgets/layout.py: f'go-{go[1]}'",
            "shared/widgets/safety.py: f'safety_open-{alert.id}'",
            "shared/widgets/tasks.py: f'do-{place}-{action.kind}-{client_id}'",
        ),
        OPENS,
    ),
    "imports/page.py: 'Download an empty one'": "the same file for everybody",
    "shared/navigation.py: 'Sign out'": "ends the user's own session",
}
STRING_KEYS = dict.fromkeys(
    (
        "attendance/page.py: 'attendance_day'",
        "attendance/page.py: 'attendance_session'",
        "shared/widgets/components.py: 'client_picker'",
    ),
    VIEW,
)
MAY_WRITE = {
    "shared/transactions.py": "makes the transaction",
    "shared/saving.py": "for `Form.save`",
    "shared/sign_in/sessions.py": "begins and ends the user's own session",
    "imports/page.py": "a file of many clients; what it brought is told by the token of its form",
}


def sources() -> Iterator[tuple[str, ast.Module]]:
    """Each module of the pages, by its path in them."""
    folder: Path = ROOT / "pages"
    for path in sorted(folder.rglob("*.py")):
        yield str(path.relative_to(folder)), ast.parse(path.read_text(encoding="utf-8"))


def widgets(kinds: set[str]) -> Iterator[tuple[str, str]]:
    """Each call of such a widget that no form makes: its file, and its key as written, or its label without one."""
    makers = {"Form"} | {
        node.name
        for _, module in sources()
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef) and node.returns and ast.unparse(node.returns) == "Form"
    }
    for file, module in sources():
        forms = forms_in(module, makers)
        for node in ast.walk(module):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            if node.func.attr not in kinds or any(_is_of_a_form(one, forms, makers) for one in node.keywords):
                continue
            if file == "shared/form.py" or (node.func.attr == "button" and _is_a_forms_key(node)):
                continue
            key = next((ast.unparse(one.value) for one in node.keywords if one.arg == "key"), None)
            yield file, key or ast.unparse(node.args[0])


def forms_in(module: ast.Module, makers: set[str]) -> set[str]:
    """The names that stand for a form there: parameters of that type, and what `makers` (functions) return."""
    names = set()
    for node in ast.walk(module):
        if isinstance(node, ast.arg) and node.annotation and ast.unparse(node.annotation) == "Form":
            names.add(node.arg)
        if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
            continue
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target
        pairs = [(target, node.value)]
        if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            pairs = list(zip(target.elts, node.value.elts, strict=True))
        names |= {ast.unparse(name) for name, value in pairs if _makes_a_form(value, makers)}
    return names


def _makes_a_form(value: ast.expr, makers: set[str]) -> bool:
    return isinstance(value, ast.Call) and ast.unparse(value.func).split(".")[-1] in makers


def _is_of_a_form(keyword: ast.keyword, forms: set[str], makers: set[str]) -> bool:
    """`**form.field("text")`, `key=form.key("file")` or `key=form.button("close")`, of a form and nothing else."""
    value = keyword.value
    if not isinstance(value, ast.Call) or not isinstance(value.func, ast.Attribute):
        return False
    of = value.func.value
    if ast.unparse(of) not in forms and not _makes_a_form(of, makers):
        return False
    return value.func.attr in (("field",) if keyword.arg is None else ("key", "button"))


def _is_a_forms_key(call: ast.Call) -> bool:
    """`form.button("close")` itself, which draws nothing."""
    return ast.unparse(call.func.value) != "st" and not call.keywords  # type: ignore[attr-defined]


def string_keys() -> Iterator[tuple[str, str]]:
    """Each place that names a key of the session state in quotes: its file, and the key as written."""
    for file, module in sources():
        for node in ast.walk(module):
            key: ast.expr | None = None
            if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "st.session_state":
                key = node.slice
            elif isinstance(node, ast.Call) and ast.unparse(node.func).startswith("st.session_state."):
                key = node.args[0]
            if isinstance(key, ast.Constant | ast.JoinedStr):
                yield file, ast.unparse(key)


def named(found: Iterator[tuple[str, str]]) -> set[str]:
    return {f"{file}: {key}" for file, key in found}


def test_every_field_of_a_page_is_made_by_a_form_or_is_named_here_with_its_reason() -> None:
    assert named(widgets(FIELDS)) == set(WITHOUT_A_FORM)


def test_every_button_of_a_page_is_a_forms_or_is_named_here_with_its_reason() -> None:
    assert named(widgets(BUTTONS)) == set(BUTTONS_WITHOUT_A_FORM)


def test_what_is_about_somebody_is_kept_in_the_session_by_a_form_and_not_under_a_key_in_quotes() -> None:
    found = named(one for one in string_keys() if one[0] not in ("shared/form.py", "shared/saving.py"))
    assert found == set(STRING_KEYS)


def test_the_session_state_has_one_name() -> None:
    renamed = [
        file
        for file, module in sources()
        for node in ast.walk(module)
        if isinstance(node, ast.Assign) and ast.unparse(node.value) == "st.session_state"
    ]
    assert renamed == []


def test_only_a_form_saves() -> None:
    calls, writers = set(), set()
    for file, module in sources():
        for node in ast.walk(module):
            if isinstance(node, ast.ImportFrom) and node.module == "pages.shared.saving":
                calls |= {file for one in node.names if one.name == "save"}
            if isinstance(node, ast.Attribute) and ast.unparse(node) == "saving.save":
                calls.add(file)
            if isinstance(node, ast.Name | ast.Attribute) and ast.unparse(node).split(".")[-1] == "writing":
                writers.add(file)
    assert calls == {"shared/form.py"}
    assert writers == set(MAY_WRITE)
