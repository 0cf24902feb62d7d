"""Today's lines in their sections: the lane, the groups above the end of the day's calls, and everybody else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from casework import wording
from casework.caseload.call_budget import CallPlan, Ranked
from casework.caseload.standing import good_news
from casework.caseload.worklist import SafetyAlert
from casework.vocabulary import Group
from casework.wording import CRISIS_LINES
from pages.shared.widgets import safety, story
from pages.shared.widgets.client_list import Section
from pages.today.lines import LineStyle, line


def in_lane(one: Ranked) -> bool:
    """Who comes before all groups, outside the day's calls."""
    return bool(one.item.story.lane) or one.item.safety_open


def lane(
    day: CallPlan, alerts: Sequence[SafetyAlert], protocol: str, style: LineStyle
) -> tuple[Section, ...]:
    """Who comes before all groups today, with the lines to call and what waits for a name; nothing when nobody does."""
    lines = tuple(
        line(
            one,
            style,
            alerts=[alert for alert in alerts if alert.client_id == one.item.client_id],
            beneath=[
                f"{wording.safety_concerns(alert.concerns)}, raised {wording.ago(alert.raised_on, style.today)}"
                for alert in alerts
                if alert.client_id == one.item.client_id and not one.item.story.lane
            ],
        )
        for one in (*day.within, *day.below)
        if in_lane(one)
    )
    if not lines:
        return ()
    return (
        Section(
            f"Today, before all others: {wording.counted(len(lines), 'client')}",
            meaning=CRISIS_LINES,
            lines=lines,
            tone="lane",
            folded=(safety.PROTOCOL, protocol or safety.NO_PROTOCOL),
        ),
    )


def groups(day: CallPlan, chosen: Group | None, style: LineStyle) -> list[Section]:
    """The groups of those above the line, the line, and the rest. A group that was chosen hides the others; it moves
    nobody over the line."""
    within, below = (
        [one for one in part if not in_lane(one) and chosen in (None, one.item.story.group)]
        for part in (day.within, day.below)
    )
    found = [_group(group, within, below, style) for group in Group]
    under = [one for one in below if one.item.client_id in _why_under(day)]
    rest = [one for one in below if one not in under]
    return [
        *(one for one in found if one.lines),
        _line(day, under, style),
        *_rest(rest, day, style),
        *([] if within or below else [Section(notes=("Nobody is in this group.",))]),
    ]


def _group(group: Group, within: Sequence[Ranked], below: Sequence[Ranked], style: LineStyle) -> Section:
    """Its name, how many of it stand above the line, what it means, and who they are."""
    some = [one for one in within if one.item.story.group is group]
    in_all = len(some) + sum(one.item.story.group is group for one in below)
    return Section(
        wording.label(group),
        count=str(len(some)) if len(some) == in_all else f"{len(some)} of {in_all}",
        meaning=wording.sentence_of(group),
        lines=tuple(
            line(one, style, group=story.group_words(one.item.story) if one.item.story.plan_kind else "")
            for one in some
        ),
    )


# --- the line -----------------------------------------------------------------------------------------------------


def _why_under(day: CallPlan) -> Mapping[int, str]:
    return {one.item.client_id: one.why for one in day.just_under}


def _line(day: CallPlan, under: Sequence[Ranked], style: LineStyle) -> Section:
    """The end of the day's calls: what is made, what stays free, and who stands just below, with the reason."""
    why = _why_under(day)
    places = list(why)
    ordered = sorted(under, key=lambda one: places.index(one.item.client_id))
    return Section(
        _made(day),
        meaning=_left(day, bool(ordered)),
        tone="line",
        lines=tuple(
            line(
                one,
                style,
                group=story.group_words(one.item.story),
                dense=True,
                below=why[one.item.client_id],
            )
            for one in ordered
        ),
    )


def _made(plan: CallPlan) -> str:
    if not plan.made and not plan.per_day:
        return "No calls planned today."
    made = f"{plan.made} of {wording.count(plan.per_day, 'call')} made today"
    if plan.made > plan.per_day:
        made = f"{wording.count(plan.made, 'call')} made today, {plan.per_day} planned"
    return f"{made}, {plan.unreached} not reached yet." if plan.unreached else f"{made}."


def _left(plan: CallPlan, any_under: bool) -> str:
    """Whom else there is a reason to call."""
    if any_under:
        return "Just under the line:"
    if plan.just_under:
        return ""
    if plan.free and plan.free < plan.per_day:
        return f"Nobody else has a reason for a call today; {wording.counted(plan.free, 'call')} to spare."
    if plan.free:
        return "Nobody has a reason for a call today."
    return "Nobody else has a reason for a call today." if plan.per_day else ""


# --- everybody else -----------------------------------------------------------------------------------------------


def _rest(rest: Sequence[Ranked], day: CallPlan, style: LineStyle) -> list[Section]:
    news = _good_news(day, style)
    if not rest:
        return [Section(notes=news)] if news else []
    lines = tuple(line(one, style, group=story.group_words(one.item.story), dense=True) for one in rest)
    return [
        Section(f"Then {wording.counted(len(rest), 'more client')}", lines=lines, tone="dense", notes=news)
    ]


def _good_news(day: CallPlan, style: LineStyle) -> tuple[str, ...]:
    """How many stand steady, and one line a day that says what holds."""
    everybody = [one.item for one in (*day.within, *day.below)]
    steady = [item for item in everybody if item.story.group is Group.STEADY]
    told = good_news((item.story for item in steady), style.today)
    if not steady:
        return ()
    said = f"{wording.sentence(wording.counted(len(steady), 'client'))} steady, and nothing asks for a call."
    if told is None:
        return (said,)
    name = next(item.name for item in steady if item.client_id == told.client_id)
    return (f"{said} {name}: {told.strength}.",)
