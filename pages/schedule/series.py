"""Series of sessions: who is on the roster, ending one, and planning a new one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

import streamlit as st

from casework import wording
from casework.actions.schedule import add_member, create_series, end_series, remove_member
from casework.caseload.people import Counselor
from casework.caseload.sessions import Member, SeriesPlan
from casework.caseload.story import Chip
from casework.users import User
from casework.vocabulary import SessionKind
from pages.shared import as_of, clock
from pages.shared.form import Form, Subject, client
from pages.shared.widgets import flags, html_text
from pages.shared.widgets.components import plain, told_apart

USUAL_MINUTES: Final = {
    SessionKind.GROUP: 90,
    SessionKind.INDIVIDUAL: 50,
    SessionKind.MEDICATION_VISIT: 20,
    SessionKind.OUTSIDE_MEETING: 60,
}
CHOSEN: Final = "schedule-series"


def when(one: SeriesPlan, today: dt.date) -> str:
    """ "Tuesdays 10:00 am" or "Mar 12, 10:00 am"."""
    if not one.weekly:
        return f"{wording.short_date(one.first_on, today)}, {wording.clock(one.starts_at)}"
    return f"{wording.WEEKDAYS[one.first_on.weekday()]}s {wording.clock(one.starts_at)}"


# --- rosters ------------------------------------------------------------------------------------------------------


def rosters(
    user: User,
    all_series: tuple[SeriesPlan, ...],
    names: dict[int, str],
    today: dt.date,
    raised: flags.Raised,
) -> None:
    """Choose a series; see and change who is on its roster."""
    if not all_series:
        st.info("No series yet. Plan the first session.")
        return
    by_id = {one.id: one for one in all_series}
    if st.session_state.get(CHOSEN) not in by_id:
        st.session_state[CHOSEN] = next(iter(by_id))
    labels = told_apart({one.id: _label(one, today) for one in all_series})
    st.selectbox(
        "Series",
        list(by_id),
        format_func=labels.__getitem__,
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
            _member(user, one, member, raised.get(member.client_id, ()))
        if not one.members:
            st.text("Nobody is on the roster yet." if one.mine else "None of your clients is on the roster.")
    runs_on = one.last_on is None or one.last_on > today
    if one.mine and one.weekly and runs_on and not as_of.locked():
        with st.popover("End this series"):
            form = Form("end_series", _about(one), {"last_on": today})
            form.day("last_on", "Last session on or before", first=one.first_on, ahead=True)
            form.refusal("last_on")
            form.save_button("End it", _end, user, one, type="secondary")


def _about(one: SeriesPlan) -> Subject:
    """A series as what a form is about."""
    alone = one.kind is SessionKind.INDIVIDUAL and len(one.members) == 1
    return Subject(f"series-{one.id}", f"{one.title} with {one.members[0].name}" if alone else one.title)


def _label(one: SeriesPlan, today: dt.date) -> str:
    who = one.members[0].name if one.kind is SessionKind.INDIVIDUAL and len(one.members) == 1 else one.title
    return f"{when(one, today)} · {who} · {one.leader}"


def _member(user: User, one: SeriesPlan, member: Member, chips: Sequence[Chip]) -> None:
    with st.container(
        horizontal=True,
        vertical_alignment="center",
        gap="small",
        key=f"row-member-{one.id}-{member.client_id}",
    ):
        with st.container(width="stretch", gap=None):
            plain(member.name)
            flags.show(chips)
        if one.mine or member.mine:
            form = Form(f"remove_member-{one.id}", client(member.client_id, member.name))
            form.save_button(
                "Remove",
                _remove,
                user,
                one,
                member.client_id,
                type="tertiary",
                help="From today on. Marks that were given stay.",
                disabled=as_of.locked(),
            )


def _add(user: User, one: SeriesPlan, names: dict[int, str]) -> None:
    there = {member.client_id for member in one.members}
    free = {id_: name for id_, name in names.items() if id_ not in there}
    form = Form("add_member", _about(one), {"client": None})
    if free:
        st.selectbox(
            "Add a client",
            list(free),
            index=None,
            format_func=free.__getitem__,
            placeholder="Add a client to the roster",
            label_visibility="collapsed",
            on_change=_added,
            args=(form, user, one, free),
            **form.field("client", among=free),
        )


def _added(form: Form, user: User, one: SeriesPlan, names: dict[int, str]) -> None:
    client_id = form.get("client")
    if client_id is None:
        return
    saved = form.save(
        add_member,
        f"{names[client_id]} is on the roster.",
        on=max(clock.today(), one.first_on),
        with_token=False,
        by=user,
        series_id=one.id,
        client_id=client_id,
    )
    if saved is None:
        form.fill(client=None)


def _remove(form: Form, user: User, one: SeriesPlan, client_id: int) -> None:
    form.save(
        remove_member,
        f"off the roster of {one.title} from today on.",
        with_token=False,
        by=user,
        series_id=one.id,
        client_id=client_id,
    )


def _end(form: Form, user: User, one: SeriesPlan) -> None:
    form.save(
        end_series,
        lambda last_on: f"ends after {wording.long_date(last_on)}.",
        with_token=False,
        by=user,
        series_id=one.id,
        last_on=form.get("last_on"),
    )


# --- planning -----------------------------------------------------------------------------------------------------


def planning(user: User, team: tuple[Counselor, ...], names: dict[int, str], today: dt.date) -> None:
    """The form that plans a session, once or every week."""
    form = _plan_form(today)
    _what(form)
    _at_what_time(form)
    st.radio(
        "How often",
        [True, False],
        format_func=lambda weekly: "Every week" if weekly else "Once",
        horizontal=True,
        **form.field("weekly"),
    )
    st.multiselect(
        "Clients expected",
        list(names),
        format_func=names.__getitem__,
        placeholder="Type names",
        select_all=False,  # Enter takes the one that is marked, never all that match
        **form.field("members", among=names),
    )
    form.refusal("members")
    if user.sees_team:
        leaders = told_apart({one.id: one.name for one in team} | {user.id: user.name})
        st.selectbox(
            "Led by", list(leaders), format_func=leaders.__getitem__, **form.field("leader", among=leaders)
        )
    form.save_button("Plan it", _plan, user)


def _plan_form(today: dt.date) -> Form:
    """The session that is being planned: about nobody yet."""
    starts = {"kind": SessionKind.GROUP, "first_on": today, "starts_at": dt.time(10), "weekly": True}
    usual = USUAL_MINUTES[SessionKind.GROUP]
    return Form("plan", None, {**starts, "minutes": usual, "title": None, "members": None, "leader": None})


def _what(form: Form) -> None:
    with st.container(horizontal=True, gap="small"):
        st.selectbox(
            "Kind",
            list(SessionKind),
            format_func=wording.label,
            on_change=_usual_length,
            args=(form,),
            width=220,
            **form.field("kind"),
        )
        st.text_input(
            "Title",
            max_chars=200,
            placeholder=wording.label(form.get("kind")),
            width=240,
            **form.field("title"),
        )


def _at_what_time(form: Form) -> None:
    with st.container(horizontal=True, gap="small"):
        form.day("first_on", "First day", ahead=True, width=150)
        st.time_input("Starts", value=None, step=300, width=110, **form.field("starts_at"))
        st.number_input(
            "Minutes",
            value=None,
            min_value=5,
            max_value=720,
            step=5,
            width=130,
            **form.field("minutes"),
        )
    form.refusal("first_on", "minutes")


def _usual_length(form: Form) -> None:
    form.fill(minutes=USUAL_MINUTES[form.get("kind")])


def _plan(form: Form, user: User) -> None:
    kind, first_on, weekly = form.get("kind"), form.get("first_on"), form.get("weekly")
    title = (form.get("title") or "").strip()
    saved = form.save(
        create_series,
        lambda _: (
            f"{wording.session_title(kind, title)} is planned {'every week from' if weekly else 'on'} "
            f"{wording.long_date(first_on)}."
        ),
        by=user,
        kind=kind,
        title=title,
        first_on=first_on,
        starts_at=form.get("starts_at"),
        minutes=form.get("minutes"),
        weekly=weekly,
        leader_id=form.get("leader"),
        members=form.get("members") or (),
    )
    if saved and saved.result is not None:  # the next one is often of the same kind
        form.begin_with(kind=kind, minutes=USUAL_MINUTES[kind])
