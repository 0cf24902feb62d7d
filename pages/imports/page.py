"""Import: a clinic's own spreadsheets, looked at before anything is saved."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import streamlit as st

from casework.errors import TidelineError
from casework.imports import spreadsheets
from casework.imports.spreadsheets import Imported, Preview, SpreadsheetKind
from casework.users import User
from casework.vocabulary import Role
from pages.shared import as_of, clock
from pages.shared.form import Form, Subject
from pages.shared.saving import notices, tell
from pages.shared.sign_in.gate import require_user
from pages.shared.transactions import reading, writing
from pages.shared.widgets import layout
from pages.shared.widgets.components import escaped

KIND: Final = "import_kind"
CHECKED: Final = "import_checked"
"""Key in the session state of the last preview, so that it is not made again at every rerun."""
DONE: Final = "import_done"
"""Key in the session state of what each upload of this browser tab brought, by the token of its form."""
SHOWN: Final = 200


def render() -> None:
    """The page."""
    user = require_user()
    layout.title("Import")
    notices()
    if user.role is Role.ADMIN:
        st.info("Administrators see no clients, so they import none. A supervisor or a counselor can.")
        return
    if as_of.instead_of_form():
        return
    st.write(
        "Bring clients, check-ins, attendance or urine screens from a spreadsheet saved as “CSV UTF-8”. You see "
        "what would be saved first. Either all of its rows are saved or none, and rows that are here already are "
        "left alone."
    )
    kind = _choose()
    form = Form("import", Subject(f"kind-{kind.id}", kind.label), {"file": None})
    uploaded = st.file_uploader(
        f"Spreadsheet of {kind.label.lower()} (CSV)",
        type="csv",
        key=form.key("file"),
        max_upload_size=spreadsheets.MAX_BYTES // 1_000_000,
    )
    if uploaded is not None:
        _look(form, user, kind, uploaded.file_id, uploaded.getvalue())


def _choose() -> SpreadsheetKind:
    """The kind of sheet, what it may hold, and an empty one to start from."""
    chosen = st.segmented_control(
        "What does the spreadsheet hold?",
        list(spreadsheets.KINDS),
        default="clients",
        required=True,
        format_func=lambda id_: spreadsheets.kind_of(id_).label,
        key=KIND,
    )
    kind = spreadsheets.kind_of(chosen or "clients")
    with st.expander("Columns of this spreadsheet"):
        st.dataframe(
            pd.DataFrame(
                {
                    "column": [column.name for column in kind.columns],
                    "needed": ["yes" if column.required else "" for column in kind.columns],
                    "takes": [column.takes for column in kind.columns],
                }
            ),
            hide_index=True,
            width="stretch",
            alt=f"The columns of a spreadsheet of {kind.label.lower()}, and what each takes",
        )
        st.download_button(
            "Download an empty one",
            spreadsheets.template(kind.id),
            file_name=f"tideline-{kind.id.replace('_', '-')}.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
    return kind


def _look(form: Form, user: User, kind: SpreadsheetKind, file_id: str, data: bytes) -> None:
    """Show what an import of this file would do, and offer to do it."""
    try:
        found = _preview(user, kind, file_id, data)
    except TidelineError as error:
        st.error(escaped(str(error)))  # it may quote the file's header
        return
    with st.container(horizontal=True):
        for label, count in (
            ("Rows", len(found.lines)),
            ("New", found.new),
            ("Here already", len(found.duplicates)),
            ("To put right", len({problem.line for problem in found.problems})),
        ):
            st.metric(label, count, border=True, width=150)
    if found.problems:
        _problems(found)
    elif not found.new:
        st.info("Every row of this file is here already. There is nothing to import.")
    if found.safety_items:
        st.warning(
            f"{found.safety_items} of these check-ins tell of danger. Each opens a safety item "
            "that stays on top until somebody acknowledges it."
        )
    _rows(found)
    form.save_button(
        f"Import {found.new:,} {'row' if found.new == 1 else 'rows'}",
        _import,
        user,
        kind.id,
        data,
        found.digest,
        disabled=not found.can_run,
        help=None if found.can_run else "There is nothing to import, or a row has to be put right first.",
    )


def _preview(user: User, kind: SpreadsheetKind, file_id: str, data: bytes) -> Preview:
    """The preview of this upload, made once for each file and day."""
    key = (user.id, kind.id, file_id, clock.today())
    kept: tuple[Any, Preview] | None = st.session_state.get(CHECKED)
    if kept is not None and kept[0] == key:
        return kept[1]
    with reading(user) as session:
        found = spreadsheets.preview(session, by=user, now=clock.now(), kind=kind.id, data=data)
    st.session_state[CHECKED] = (key, found)
    return found


def _problems(found: Preview) -> None:
    st.error(
        "Nothing can be imported until these rows are put right. Change them in the spreadsheet and choose the "
        "file again."
    )
    st.dataframe(
        pd.DataFrame(
            [
                (problem.line, problem.column or "whole row", problem.message)
                for problem in found.problems[:SHOWN]
            ],
            columns=["line", "column", "what is wrong"],
        ),
        hide_index=True,
        width="stretch",
        column_config={
            "line": st.column_config.NumberColumn(width="small"),
            "what is wrong": st.column_config.TextColumn(width="large"),
        },
        alt="The rows to put right: line, column, and what is wrong",
    )
    if len(found.problems) > SHOWN:
        st.text(f"The first {SHOWN} of {len(found.problems):,} are shown.")


def _rows(found: Preview) -> None:
    """The file's rows as they were typed."""
    known = set(found.duplicates)
    wrong = {problem.line for problem in found.problems}
    lines = found.lines[:SHOWN]
    columns = [column.name for column in spreadsheets.kind_of(found.kind).columns]
    used = [name for name in columns if any(name in cells for _, cells in lines)]
    state = [
        "put right" if number in wrong else "here already" if number in known else "new"
        for number, _ in lines
    ]
    frame = pd.DataFrame({name: [_shown(cells.get(name, "")) for _, cells in lines] for name in used})
    frame.insert(0, "line", [number for number, _ in lines])
    frame.insert(1, "state", state)
    st.dataframe(frame, hide_index=True, width="stretch", alt="The rows of the file as they were typed")
    if len(found.lines) > SHOWN:
        st.text(f"The first {SHOWN} of {len(found.lines):,} rows are shown.")


def _shown(cell: str) -> str:
    """A cell without the characters that would break the table; such a row is among those to put right."""
    return cell.replace("\0", "\N{SYMBOL FOR NULL}")


def _import(form: Form, user: User, kind: str, data: bytes, digest: str) -> None:
    """Import the file that was looked at. The second half of a double click finds it done, and tells it again.

    It may come while the first half is at work, and then cuts that short where it next touches the session state: after
    the import was saved. So what was done is noted in a dict, which is written to without that.
    """
    done: dict[str, Imported] = st.session_state.setdefault(DONE, {})
    upload = form.token
    if upload not in done:
        try:
            now = clock.now()
            with writing(user) as session:
                found = spreadsheets.run(session, by=user, now=now, kind=kind, data=data, digest=digest)
            done.setdefault(upload, found)  # the first half was first, if both are at work at once
        except TidelineError as error:
            st.session_state.pop(CHECKED, None)  # others work meanwhile: look again
            tell(str(error), kind="error")
            return
    form.clear()
    st.session_state.pop(CHECKED, None)
    tell(_said(done[upload]))


def _said(done: Imported) -> str:
    label = spreadsheets.kind_of(done.kind).label.lower()
    said = f"Imported {label}: {done.added:,} new."
    if done.duplicates:
        said += f" {done.duplicates:,} were here already."
    if done.safety_items:
        said += f" {done.safety_items:,} safety items are open."
    return said
