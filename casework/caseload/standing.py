"""Where each client stands, in words and names: what every screen shows of a client, and nothing of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from casework import wording
from casework.caseload.assessment import assess_for
from casework.caseload.clinic import clinic_days
from casework.caseload.kept import keeps, working
from casework.caseload.story import Chip, NextAction, Story
from casework.clinic_days import ClinicDays
from casework.frames import Facts, to_date, to_day
from casework.indicators import Assessment
from casework.standing import Action, Standing, standings
from casework.standing.headline import known_on
from casework.standing.places import DEALING
from casework.users import User
from casework.vocabulary import Group, Owner
from db.kept import size_of
from db.queries import clients, tasks
from db.queries.clients import ClientRow


@dataclass(frozen=True)
class KnownCaseload:
    """The whole caseloads of some clients as known on a day, read once for all that a page shows of them."""

    facts: Facts
    assessment: Assessment
    days: ClinicDays
    standings: Mapping[int, Standing]


def known_caseload(
    session: Session, user: User, today: dt.date, *, client_ids: Sequence[int] | None = None
) -> KnownCaseload:
    """The whole caseloads of `client_ids` (default: all that the user sees), as `assess_for` reads them, and where each
    client stands. Raises NotYours."""
    facts, assessment = assess_for(session, user, today, client_ids=client_ids)

    def compute() -> KnownCaseload:
        days = clinic_days(session, today)
        return KnownCaseload(facts, assessment, days, standings(assessment, facts, days))

    return working(
        session,
        user,
        today,
        ("standings", *assessment.clients.tolist()),
        compute,
        size=lambda read: size_of(read.standings),  # the facts are counted where they are kept
    )


@keeps
def stories(session: Session, user: User, today: dt.date) -> dict[int, Story]:
    """Where each client stands whom the user sees, by id, as known on `today`. The number of SQL statements does not
    grow with the caseload."""
    people = {row.id: row for row in clients.all_of(session, user, today)}
    return stories_of(session, user, known_caseload(session, user, today), people, today) if people else {}


def stories_of(
    session: Session, user: User, read: KnownCaseload, people: Mapping[int, ClientRow], today: dt.date
) -> dict[int, Story]:
    """The stories of those `people`, who are among the caseloads that were read. One SELECT: whose the open actions
    are."""
    owners = {row.id: row.owner for row in tasks.open_ones(session, user, today)}
    called = _last_calls(read.facts, today)
    return {
        id_: story_of(read.standings[id_], person.counselor, today, owners=owners, called_on=called.get(id_))
        for id_, person in people.items()
        if id_ in read.standings
    }


def story_of(
    one: Standing,
    counselor: str,
    today: dt.date,
    *,
    owners: Mapping[int, str] | None = None,
    called_on: dt.date | None = None,
) -> Story:
    """A standing in words. `counselor`: the name of whose the client is; `owners`: whose an open action is, by its id;
    `called_on`: the last call that reached the client."""
    words = wording.story
    lines = [words.said(said, today) for said in one.headline]
    return Story(
        client_id=one.client_id,
        group=one.group,
        group_label=wording.label(one.group),
        plan_kind=one.plan_kind,
        plan_kind_label="" if one.plan_kind is None else wording.label(one.plan_kind),
        since=None if one.since is None else to_date(one.since),
        lane=one.lane,
        lane_label=wording.label(one.lane[0]) if one.lane else "",
        headline=lines[0],
        lines=tuple(lines[1:]),
        chips=tuple(
            Chip(flag.flag, words.chip(flag, today), words.tooltip(flag, today)) for flag in one.flags
        ),
        action=_action(one.action, counselor, today, owners or {}),
        also=tuple(_action(other, counselor, today, owners or {}) for other in one.also),
        rest="" if one.rest is None else words.rest(one.rest.why, to_date(one.rest.until), today),
        tries=words.tries(one.tries),
        new=words.new_since(_new(one, lines, called_on), called_on, today),
        strength=words.strength(one.strength, today),
        keeps_place=one.keeps_place,
        refs=tuple(dict.fromkeys((*(ref for said in one.headline for ref in said.refs), *one.known_today))),
        grounds=tuple(said.refs for said in one.headline),
    )


def _action(one: Action, counselor: str, today: dt.date, owners: Mapping[int, str]) -> NextAction:
    usual = counselor if one.owner is Owner.COUNSELOR else wording.label(one.owner)
    owner = usual if one.task is None else owners.get(one.task, usual)
    due = to_date(one.due)
    text = wording.story.action(one, today)
    return NextAction(one.kind, text, owner, due, wording.story.due(due, today), one.task, one.answers)


def _new(one: Standing, lines: list[str], called_on: dt.date | None) -> list[str]:
    """The lines that rest on a fact that nothing has answered, and that became known since the last call."""
    unanswered, since = set(one.new), None if called_on is None else to_day(called_on)
    return [
        line
        for said, line in zip(one.headline, lines, strict=True)
        if unanswered & set(said.refs) and (since is None or (known_on(said) or since) > since)
    ]


def _last_calls(facts: Facts, today: dt.date) -> dict[int, dt.date]:
    """The day of each client's last call that reached the client, unless it is longer ago than a turn: what is new
    since then is no news."""
    columns = (facts.column("calls", name).tolist() for name in ("client_id", "day", "reached"))
    since = to_day(today) - DEALING.turn_days
    return {
        client_id: to_date(day)
        for client_id, day, reached in zip(*columns, strict=True)
        if reached and day >= since
    }


def good_news(found: Iterable[Story], today: dt.date) -> Story | None:
    """The steady client of whom the day's good news tells: another one each day."""
    steady = [one for one in found if one.group is Group.STEADY and one.strength]
    steady.sort(key=lambda one: one.client_id)
    return steady[today.toordinal() % len(steady)] if steady else None


@keeps
def chips_of(session: Session, user: User, today: dt.date) -> dict[int, tuple[Chip, ...]]:
    """The chips of the clients whom the user sees, by client id: for lists that show nothing else of the story."""
    return {id_: one.chips for id_, one in stories(session, user, today).items()}
