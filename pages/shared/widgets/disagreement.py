"""Where a client's word and the record differ: both sides with their days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from casework.caseload.client_record import ClientRecord
from casework.caseload.disagreements import DisagreementAccount, DisagreementKind
from pages.shared.widgets import html_text

SHORT = {
    DisagreementKind.FINE: "Says fine, the record differs",
    DisagreementKind.HARD: "Says it is hard, the record looks fine",
}


def show(record: ClientRecord) -> None:
    """One line below the reasons of the score; nothing when word and record agree or cannot be compared."""
    difference = record.difference
    if difference is None:
        return
    said, recorded = (
        "; ".join(_account(one, record.today) for one in side)
        for side in (difference.word, difference.record)
    )
    head = html_text.span(SHORT[difference.kind], strong=True)
    html_text.show(f"{head} (no points). Says {said}. On record {recorded}.", small=True)


def accounts(title: str, side: Sequence[DisagreementAccount], today: dt.date) -> None:
    """One side, an account a line."""
    html_text.show(html_text.span(title, muted=True), *(_account(one, today) for one in side), small=True)


def _account(one: DisagreementAccount, today: dt.date) -> str:
    return f"{html_text.on(one.on, today)}: {html_text.span(one.text)}"
