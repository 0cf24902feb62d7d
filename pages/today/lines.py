"""A client's line on Today: who, what stands out, what next, how to reach them, and the buttons for it."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from casework import wording
from casework.caseload.call_budget import NextSession, Ranked
from casework.caseload.claims import Claim
from casework.caseload.story import NextAction, Story
from casework.caseload.worklist import Item, SafetyAlert
from casework.figures.template import BAND_STYLES
from casework.indicators.assessment import CHANGE_WEEKS
from casework.vocabulary import ActionKind, Band, Permission
from pages.shared import client_dialog
from pages.shared.widgets import calls, flags, html_text, safety, story, tasks
from pages.shared.widgets.client_list import Button, Line, Menu, MenuItem, Phone, Remark, Spark, Tag
from pages.shared.widgets.component import Event

LIST: Final = "worklist"
CHECK_IN, CALL, ACKNOWLEDGE = "check_in", "call", "acknowledge"
DONE, LATER, GIVE = "done", "later", "give"
TAKE, GIVE_BACK = "take", "give_back"
TABS: Final = {DONE: tasks.DONE, LATER: tasks.LATER, GIVE: tasks.GIVE}
BY_CALLING: Final = frozenset({ActionKind.CALL, ActionKind.CALL_TODAY, ActionKind.REACH_TODAY})
"""Actions that a call does: the call's button stands out then."""


@dataclass(frozen=True)
class LineStyle:
    """How lines are drawn: `counselors` names whose caseload it is, `claims` say who calls whom today."""

    today: dt.date
    counselors: bool
    dark: bool
    claims: Mapping[int, Claim]


def line(
    one: Ranked,
    style: LineStyle,
    *,
    group: str = "",
    dense: bool = False,
    beneath: Sequence[str] = (),
    below: str = "",
    alerts: Sequence[SafetyAlert] = (),
) -> Line:
    """A client's line; `dense`: without the small line of points, and as low as can be. `below`: why the client stands
    below the line. `alerts` wait for a name."""
    item, told = one.item, one.item.story
    return Line(
        id=item.client_id,
        name=item.name,
        marks=_marks(item),
        group=group,
        of=item.counselor if style.counselors and not item.mine else "",
        headline=told.headline,
        new=story.is_new(told),
        next=Remark(story.next_words(told.action), date=wording.full_date(told.action.due)),
        next_acts=_next_acts(told, stands_out=not alerts),
        beneath=(*beneath, *(one.text for one in _tries(item, style.today) if dense)),
        spark=None if dense or told.lane else _spark(item, style.dark),
        phone=_phone(item),
        contact=(*_contact(one, style), *(() if dense else _tries(item, style.today))),
        acts=_acts(item, style.claims.get(item.client_id), alerts),
        more=_more(item, below),
        token=calls.token_of(item.client_id, item.name),
    )


def _marks(item: Item) -> tuple[Tag, ...]:
    found = [Tag(one.text, one.tooltip, one.flag in flags.GRAVE) for one in item.story.chips]
    if item.off:
        off = wording.sentence(html_text.not_counted(item.off))
        found.append(Tag(f"{wording.count(len(item.off), 'rule')} switched off", off))
    return tuple(found)


# --- what is done from a line -------------------------------------------------------------------------------------


def _next_acts(told: Story, *, stands_out: bool) -> tuple[Button, ...]:
    """Done and Later of the next action; what a call or a check-in does has its button already."""
    kind, label = told.action.kind, wording.within(told.action.kind)
    if kind in BY_CALLING | tasks.HAS_ITS_BUTTON:
        return ()
    return (
        Button("Done", DONE, kind.value, says=f"Done, {label}", primary=stands_out),
        Button("Later", LATER, kind.value, says=f"Later, {label}"),
    )


def _acts(item: Item, held: Claim | None, alerts: Sequence[SafetyAlert]) -> tuple[Button, ...]:
    kind = item.story.action.kind
    waiting = [
        Button(
            "Acknowledge",
            ACKNOWLEDGE,
            about=one.id,
            says=f"Acknowledge, {wording.safety_concerns(one.concerns)}",
            primary=True,
        )
        for one in alerts
    ]
    return (
        *waiting,
        Button("Call", menu=_outcomes(item), primary=not waiting and kind in BY_CALLING),
        Button("Check in", CHECK_IN, primary=not waiting and kind is ActionKind.CHECK_IN),
        Button("⋯", menu=_rest(item, held), says="More to do"),
    )


def _outcomes(item: Item) -> tuple[Menu, ...]:
    """How a call can end; and that the one which is next is put off."""
    ended = Menu(tuple(MenuItem(calls.said(one), CALL, str(one)) for one in calls.choices_for(item)))
    kind = item.story.action.kind
    if kind not in BY_CALLING or item.story.lane:
        return (ended,)
    return (ended, Menu((MenuItem("Later …", LATER, kind.value),)))


def _rest(item: Item, held: Claim | None) -> tuple[Menu, ...]:
    """All that is done about a client, and who calls."""
    also = tuple(
        MenuItem(f"{wording.label(one.kind)} …", DONE, one.kind.value)
        for one in item.story.also
        if one.kind not in tasks.HAS_ITS_BUTTON
    )
    menus = (_ways(item.story.action.kind), Menu(also, "Also"), _claiming(item, held))
    return tuple(menu for menu in menus if menu.choices)


def _claiming(item: Item, held: Claim | None) -> Menu:
    """Who calls; nobody takes a call where calling is not safe."""
    if held is not None:
        return Menu((MenuItem(calls.GIVE_BACK, GIVE_BACK),))
    return Menu(() if item.safe_to_call is Permission.NO else (MenuItem(calls.TAKE, TAKE),))


def _ways(kind: ActionKind) -> Menu:
    if kind is ActionKind.KEEP_ON:
        return Menu(())
    ways = (LATER, GIVE) if kind in tasks.HAS_ITS_BUTTON else (DONE, LATER, GIVE)
    return Menu(tuple(MenuItem(f"{TABS[way]} …", way, kind.value) for way in ways), wording.label(kind))


def handlers(items: Sequence[Item], alerts: Sequence[SafetyAlert]) -> dict[str, Callable[[Event], None]]:
    """What the acts of these lines do, right after the click: save, or open a dialog with the next run."""
    by_id = {item.client_id: item for item in items}
    waiting = {one.id: one for one in alerts}

    def call(event: Event) -> None:
        item = by_id[int(event.about)]
        calls.log(item.client_id, item.name, event.value, item.story.refs, token=event.token)

    def dialog(event: Event) -> None:
        item = by_id[int(event.about)]
        action = _action(item.story, event.value)
        about = (item.name, action, TABS[event.kind])
        client_dialog.open_dialog(item.client_id, tasks.DIALOG, about=about)

    def claimed(act: Callable[[int, str], None]) -> Callable[[Event], None]:
        return lambda event: act(int(event.about), by_id[int(event.about)].name)

    return {
        CALL: call,
        **dict.fromkeys(TABS, dialog),
        TAKE: claimed(calls.take),
        GIVE_BACK: claimed(calls.give_back),
        ACKNOWLEDGE: lambda event: safety.open_dialog(waiting[int(event.about)]),
    }


def _action(told: Story, kind: str) -> NextAction:
    return next(one for one in (told.action, *told.also) if one.kind.value == kind)


# --- reaching the client ------------------------------------------------------------------------------------------


def _phone(item: Item) -> Phone | None:
    """The number; none where calling is not safe."""
    if item.safe_to_call is Permission.NO or not item.phone:
        return None
    return Phone(item.phone, calls.dial(item.phone))


def _contact(one: Ranked, style: LineStyle) -> list[Remark]:
    """Another way where calling is not safe, what became of a call of today, who calls, and the last contact."""
    item, today = one.item, style.today
    said: list[Remark] = []
    if item.safe_to_call is Permission.NO:
        said += [Remark("Not safe to call", strong=True), _other_way(one.next_session, today)]
    elif not item.phone:
        said.append(Remark("No phone number", muted=True))
    elif item.wrong_number_on is not None:
        wrong = f"Wrong number {wording.ago(item.wrong_number_on, today)}: ask for the right one"
        said.append(Remark(wrong, wording.full_date(item.wrong_number_on), strong=True))
    if one.called:
        said.append(Remark(wording.sentence(one.contact), strong=True))
    held = style.claims.get(item.client_id)
    if held is not None:
        said.append(Remark(calls.claimed_by(held), strong=True))
    return [*said, _last(item, today)]


def _other_way(expected: NextSession | None, today: dt.date) -> Remark:
    if expected is None:
        return Remark("No session planned: agree on a safe way at the next visit")
    when = f"{wording.ago(expected.on, today)}, {wording.clock(expected.at)}"
    return Remark(f"Speak at the next session: {when}", wording.full_date(expected.on))


def _last(item: Item, today: dt.date) -> Remark:
    if item.last_contact is None:
        return Remark("Not heard from yet", strong=True)
    on = item.last_contact.on
    told = f"{wording.within(item.last_contact.kind)} {wording.ago(on, today)}"
    if item.overdue:
        return Remark(f"Overdue: {told}", wording.full_date(on), strong=True)
    return Remark(wording.sentence(told), wording.full_date(on))


def _tries(item: Item, today: dt.date) -> list[Remark]:
    """Calls since the last contact that reached nobody, and whether the client rests."""
    told, said = item.story, []
    if item.unanswered and item.last_unanswered:
        tried = (
            "No answer" if item.unanswered == 1 else f"{wording.count(item.unanswered, 'call')} unanswered,"
        )
        on = item.last_unanswered
        said.append(Remark(f"{tried} {wording.ago(on, today)}", wording.full_date(on)))
    elif told.tries:
        said.append(Remark(wording.sentence(told.tries)))
    if told.rest:
        said.append(Remark(wording.sentence(told.rest), muted=True))
    return said


# --- behind a click -----------------------------------------------------------------------------------------------


def _more(item: Item, below: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What else was found and what holds, the points, and what else is to be done, under a head each."""
    told = item.story
    new = "" if story.is_new(told) else told.new.removeprefix("new ")
    facts = {
        "Below the line": (below,) if below else (),
        "New": (new,) if new else (),
        "Also found": told.lines,
        "Holds": (told.strength,) if told.strength else (),
        "Also to do": tuple(map(story.next_words, told.also)),
        "Group": (story.group_words(told),) if told.lane else (),
        "Risk": (_points(item),),
    }
    return tuple((head, texts) for head, texts in facts.items() if texts)


def _points(item: Item) -> str:
    """Band and points; no group and no order comes from them alone."""
    band = BAND_STYLES[item.band].marked
    if item.band is Band.UNKNOWN:
        return f"{band}: heard from {wording.percent(item.coverage)} of areas"
    points = f"{wording.count(item.points, 'point')}, {wording.change(item.change, f'{CHANGE_WEEKS} weeks')}"
    return f"{band}: {points}"


def _spark(item: Item, dark: bool) -> Spark | None:
    known = [point for point in item.history if not math.isnan(point)]
    if not known:
        return None
    weeks = wording.count(len(item.history), "week")
    said = f"from {wording.decimal(min(known))} to {wording.decimal(max(known))}"
    return Spark(item.history, BAND_STYLES[item.band].color(dark), f"Risk points over {weeks}, {said}")
