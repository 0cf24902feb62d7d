"""One entry of the record, opened from a reason's row or from the timeline."""

from __future__ import annotations

import streamlit as st

from casework import wording
from casework.caseload import entries as read
from casework.caseload.client_record import ClientRecord
from casework.users import User
from pages.client import entries
from pages.shared.client_dialog import opened
from pages.shared.transactions import reading
from pages.shared.widgets import html_text


def show(record: ClientRecord, user: User) -> None:
    """The entry whole, with the versions that it replaced, and the way to correct it."""
    chosen = opened(record.item.client_id)
    with reading(user) as session:
        found = read.entries(session, user, record.item.client_id, record.today, weeks=entries.EVERYTHING)
    one = next((one for one in found if chosen is not None and one.key == chosen.about), None)
    if one is None:
        st.info("This entry is not on the record any more.")
        return
    html_text.show(
        f"{html_text.span(wording.label(one.kind), strong=True)} {html_text.on(one.on, record.today)}"
    )
    st.text(one.said)
    entries.whole(one, found, record, place="entry")
