"""Every field of a page belongs to a form, whose keys hold whom or what it is about; the others are named here."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.support.server import ROOT

FIELDS = {
    "text_input", "text_area", "number_input", "date_input", "time_input", "selectbox", "multiselect", "radio",
    "checkbox", "toggle", "pills", "segmented_control", "slider", "select_slider", "color_picker", "chat_input",
    "data_editor", "feedback", "camera_input", "audio_input", "file_uploader",
}  # fmt: skip
VIEW = "chooses what the page shows; nothing of it is saved"
RULE = "about a rule of the clinic, whose id is in the key"
SERIES = "about a series, whose id is in the key"
NEW_SERIES = "a series that is being planned: about nobody yet"
WITHOUT_A_FORM = {
    **dict.fromkeys(
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
            "today/page.py: 'today_band'",
            "today/page.py: 'today_counselor'",
        ),
        VIEW,
    ),
    "forecasts/week.py: _key(turn.client_id, question)": "its key holds the client, and no name is told before",
    "imports/page.py: f'import_file_{kind.id}_{st.session_state.get(ROUND, 0)}'": "a file of many clients",
    "report_card/rules.py: f'{REASON}-{row.rule.id}'": RULE,
    "schedule/series.py: f'add-{one.id}'": SERIES,
    "schedule/series.py: f'end-{one.id}'": SERIES,
    **{
        f"schedule/series.py: f'{{_PLAN}}-{field}'": NEW_SERIES
        for field in ("first_on", "kind", "leader", "members", "minutes", "starts_at", "title", "weekly")
    },
    "today/budget.py: KEY": "the user's own number of calls",
}


def fields() -> Iterator[tuple[str, str]]:
    """Each call of a field's widget that no form makes: its file, and its key as written."""
    for path in sorted((ROOT / "pages").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            if node.func.attr not in FIELDS or any(_is_of_a_form(one) for one in node.keywords):
                continue
            key = next((ast.unparse(one.value) for one in node.keywords if one.arg == "key"), "no key")
            yield str(path.relative_to(ROOT / "pages")), key


def _is_of_a_form(keyword: ast.keyword) -> bool:
    """`**form.field("text")`; or `**options`, which form.py itself takes from there."""
    value = keyword.value
    if keyword.arg is not None:
        return False
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
        return value.func.attr == "field"
    return isinstance(value, ast.Name) and value.id == "options"


def test_every_field_of_a_page_is_made_by_a_form_or_is_named_here_with_its_reason() -> None:
    found = {f"{file}: {key}" for file, key in fields()}
    assert found == set(WITHOUT_A_FORM)
