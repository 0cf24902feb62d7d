"""Series of sessions: who is on the roster, ending one, and planning a new one."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import streamlit as st

from casework import wording
from casework.actions.schedule import add_member, create_series, end_series, remove_member
from casework.caseload.people import Counselor
from casework.caseload.sessions import Member, SeriesPlan
from casework.errors import Refused
from casework.users import User
from casework.vocabulary import SessionKind
from pages.shared import as_of
from pages.shared.saving import save
from pages.shared.widgets import html_text
from pages.shared.widgets.components import plain, told_apart

USUAL_MINUTES: Final = {
    SessionKind.GROUP: 90,
    SessionKind.INDIVIDUAL: 50,
    SessionKind.MEDICATION_VISIT: 20,
    SessionKind.OUTSIDE_MEETING: 60,
}
CHOSEN: Final = "schedule-series"
_PLAN: Final = "plan"
_PLAN_FIELDS: Final = ("title", "weekly", "first_on", "starts_at", "minutes", "members", "leader")


def when(one: SeriesPlan, today: dt.date) -> str:
    """ "Tuesdays 10:00 am" or "Mar 12, 10:00 am"."""
    if not one.weekly:
        return f"{wording.short_date(one.first_on, today)}, {wording.clock(one.starts_at)}"
    return f"{wording.WEEKDAYS[one.first_on.weekday()]}s {wording.clock(one.starts_at)}"


# --- rosters ------------------------------------------------------------------------------------------------------


def rosters(user: User, all_series: tuple[SeriesPlan, ...], names: dict[int, str], today: dt.date) -> None:
    """Choose a series; see and change who is on its roster."""
    if not all_series:
        st.info("No series yet. Plan the first session beside this.")
        return
    by_id = {one.id: one for one in all_series}
    if st.session_state.get(CHOSEN) not in by_id:
        st.session_state[CHOSEN] = next(iter(by_id))
    st.selectbox(
        "Series",
        list(by_id),
        format_func=lambda id_: _label(by_id[id_], today),
        key=CHOSEN,
        label_visibility="collapsed",
        persist_state="session",
    )
    one = by_id[st.session_state[CHOSEN]]
    ends = f", last on {wording.short_date(one.last_on, today)}" if one.weekly and one.last_on else ""
    html_text.show(
        html_text.span(
            f"{wording.label(one.kind)}, {wording.count(one.minutes, 'minute')}{ends}", muted=True
        ),
        small=True,
    )
    if not as_of.locked():
        _add(user, one, names)
    with st.container(gap=None):
        for member in one.members:
            _member(user, one, member)
        if not one.members:
            st.text("Nobody is on the roster yet." if one.mine else "None of your clients is on the roster.")
    runs_on = one.last_on is None or one.last_on > today
    if one.mine and one.weekly and runs_on and not as_of.locked():
        with st.popover("End this series"):
            st.date_input(
                "Last session on or before",
                value=today,
                min_value=one.first_on,
                format="YYYY-MM-DD",
                key=f"end-{one.id}",
            )
            st.button("End it", key=f"end_series-{one.id}", on_click=_end, args=(user, one))


def _label(one: SeriesPlan, today: dt.date) -> str:
    who = one.members[0].name if one.kind is SessionKind.INDIVIDUAL and len(one.members) == 1 else one.title
    return f"{when(one, today)} · {who} · {one.leader}"


def _member(user: User, one: SeriesPlan, member: Member) -> None:
    key = f"{one.id}-{member.client_id}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"row-member-{key}"):
        with st.container(width="stretch"):
            plain(member.name)
        if one.mine or member.mine:
            st.button(
                "Remove",
                key=f"remove-{key}",
                type="tertiary",
                on_click=_remove,
                args=(user, one, member),
                help="From today on. Marks that were given stay.",
                disabled=as_of.locked(),
            )


def _add(user: User, one: SeriesPlan, names: dict[int, str]) -> None:
    there = {member.client_id for member in one.members}
    free = {id_: name for id_, name in names.items() if id_ not in there}
    if free:
        st.selectbox(
            "Add a client",
            list(free),
            index=None,
            format_func=free.__getitem__,
            placeholder="Add a client to the roster",
            key=f"add-{one.id}",
            label_visibility="collapsed",
            on_change=_added,
            args=(user, one, free),
        )


def _added(user: User, one: SeriesPlan, names: dict[int, str]) -> None:
    client_id = st.session_state.get(f"add-{one.id}")
    st.session_state[f"add-{one.id}"] = None
    if client_id is None:
        return

    def act(session: Any, *, by: User, now: dt.datetime, token: str) -> None:
        add_member(session, by=by, now=now, series_id=one.id, client_id=client_id)

    save(f"add-{one.id}-{client_id}", act, f"{names[client_id]} is on the roster.", by=user)


def _remove(user: User, one: SeriesPlan, member: Member) -> None:
    def act(session: Any, *, by: User, now: dt.datetime, token: str) -> None:
        remove_member(session, by=by, now=now, series_id=one.id, client_id=member.client_id)

    save(
        f"remove-{one.id}-{member.client_id}", act, f"{member.name} is off the roster from today on.", by=user
    )


def _end(user: User, one: SeriesPlan) -> None:
    last_on = st.session_state[f"end-{one.id}"]

    def act(session: Any, *, by: User, now: dt.datetime, token: str) -> None:
        end_series(session, by=by, now=now, series_id=one.id, last_on=last_on)

    save(f"end-{one.id}", act, f"{one.title} ends after {wording.long_date(last_on)}.", by=user)


# --- planning -----------------------------------------------------------------------------------------------------


def planning(user: User, team: tuple[Counselor, ...], names: dict[int, str], today: dt.date) -> None:
    """The form that plans a session, once or every week."""
    state = st.session_state
    state.setdefault(f"{_PLAN}-kind", SessionKind.GROUP)
    state.setdefault(f"{_PLAN}-first_on", today)
    state.setdefault(f"{_PLAN}-starts_at", dt.time(10))
    state.setdefault(f"{_PLAN}-minutes", USUAL_MINUTES[state[f"{_PLAN}-kind"]])
    state.setdefault(f"{_PLAN}-weekly", True)
    _what()
    _at_what_time()
    st.radio(
        "How often",
        [True, False],
        format_func=lambda weekly: "Every week" if weekly else "Once",
        horizontal=True,
        key=f"{_PLAN}-weekly",
        persist_state="session",
    )
    st.multiselect(
        "Clients expected",
        list(names),
        format_func=names.__getitem__,
        key=f"{_PLAN}-members",
        placeholder="Type names",
        persist_state="session",
    )
    if user.sees_team:
        leaders = told_apart({one.id: one.name for one in team} | {user.id: user.name})
        st.selectbox(
            "Led by",
            list(leaders),
            format_func=leaders.__getitem__,
            key=f"{_PLAN}-leader",
            persist_state="session",
        )
    st.button("Plan it", type="primary", key=f"{_PLAN}-save", on_click=_plan, args=(user,))


def _what() -> None:
    state = st.session_state
    with st.container(horizontal=True, gap="small"):
        st.selectbox(
            "Kind",
            list(SessionKind),
            format_func=wording.label,
            key=f"{_PLAN}-kind",
            on_change=_usual_length,
            persist_state="session",
            width=220,
        )
        st.text_input(
            "Title",
            key=f"{_PLAN}-title",
            max_chars=200,
            placeholder=wording.label(state[f"{_PLAN}-kind"]),
            persist_state="session",
            width=240,
        )


def _at_what_time() -> None:
    with st.container(horizontal=True, gap="small"):
        st.date_input(
            "First day", key=f"{_PLAN}-first_on", format="YYYY-MM-DD", persist_state="session", width=150
        )
        st.time_input("Starts", key=f"{_PLAN}-starts_at", step=300, persist_state="session", width=110)
        st.number_input(
            "Minutes",
            min_value=5,
            max_value=720,
            step=5,
            key=f"{_PLAN}-minutes",
            persist_state="session",
            width=130,
        )


def _usual_length() -> None:
    st.session_state[f"{_PLAN}-minutes"] = USUAL_MINUTES[st.session_state[f"{_PLAN}-kind"]]


def _plan(user: User) -> None:
    typed: dict[str, Any] = {
        field: st.session_state.get(f"{_PLAN}-{field}") for field in ("kind", *_PLAN_FIELDS)
    }
    title = (typed["title"] or "").strip() or wording.label(typed["kind"])

    def act(session: Any, *, by: User, now: dt.datetime, token: str) -> int:
        if typed["first_on"] is None or typed["starts_at"] is None or typed["minutes"] is None:
            raise Refused("Day, time and length are needed.", field="first_on")
        return create_series(
            session,
            by=by,
            now=now,
            token=token,
            kind=typed["kind"],
            title=title,
            first_on=typed["first_on"],
            starts_at=typed["starts_at"],
            minutes=typed["minutes"],
            weekly=typed["weekly"],
            leader_id=typed["leader"],
            members=typed["members"] or (),
        )

    how_often = "every week from" if typed["weekly"] else "on"
    day = wording.long_date(typed["first_on"]) if typed["first_on"] else ""
    if save(_PLAN, act, f"{title} is planned {how_often} {day}.", by=user):
        for field in _PLAN_FIELDS:
            st.session_state.pop(f"{_PLAN}-{field}", None)
        # Said outright: a browser keeps what is in a field whose value is merely forgotten here.
        st.session_state[f"{_PLAN}-title"] = ""
        st.session_state[f"{_PLAN}-members"] = []
