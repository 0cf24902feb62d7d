"""The next action and what is offered beside it: each of a kind of its own, with its owner and day.

A rule proposes actions for what it sees; the first that nobody has done is the button, the others stand beside it. An
action is done by doing it: it goes when one of its kind has answered its facts, or with the fact that it asks for (a
dose, a kit, somebody reached). A decision on the level of care takes no action away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, Final

from casework.indicators.craving import STRONG
from casework.indicators.screens import REPEATED_FINDINGS
from casework.indicators.tolerance import WATCH_DAYS
from casework.indicators.use import REGULAR
from casework.indicators.weeks import WEEK_DAYS
from casework.standing.bad_weeks import PLAN_WEEKS
from casework.standing.circumstances import Circumstances, reach
from casework.standing.course import DatedRow
from casework.standing.headline import known_on
from casework.standing.lane import (
    BY_THE_PRESCRIBER,
    is_open,
    look_again_due,
    missed_in_pregnancy,
    reached_since,
    use_in_pregnancy,
    withdrawal_waits,
)
from casework.standing.rest import PLAN_WAIT_DAYS, PLAN_WAIT_OFF_MEDICATION_DAYS, STEADY_DAYS
from casework.standing.standing import Action, Said
from casework.vocabulary import ActionKind, AnsweredBy, Flag, Group, Owner
from casework.windows import NEVER, FactRef

NEXT_CONTACT_DAYS: Final = 4
"""Working days until the next contact after a release. A clinic's medical director signs it."""
LATELY_DAYS: Final = 2
"""Who was in touch so lately is not called today about the missed doses: the prescriber is next. A clinic's medical
director signs it."""
TOLD_DAYS: Final = 7
"""A supervisor who was told of calls that reached nobody is not told of them again for so long. A clinic's medical
director signs it."""
_REVIEWS: Final = (ActionKind.PLAN_REVIEW, ActionKind.CASE_REVIEW)

CONTACT: Final = frozenset(
    {
        ActionKind.REACH_TODAY,
        ActionKind.LOOK_AGAIN,
        ActionKind.CALL_TODAY,
        ActionKind.CALL,
        ActionKind.ANOTHER_WAY,
        ActionKind.CHECK_IN,
    }
)
"""Ways of being in touch: a client needs one of them at a time."""
BESIDE: Final = frozenset(
    {
        ActionKind.RECORD_NALOXONE,
        ActionKind.REPLACE_NALOXONE,
        ActionKind.CHECK_NALOXONE,
        ActionKind.TELL_SUPERVISOR,
    }
)
"""Never the first button: they are done with what is."""
_ANSWERED_BY: Final[dict[ActionKind, tuple[ActionKind | AnsweredBy, ...]]] = {
    **dict.fromkeys(
        (ActionKind.PRESCRIBER_DOSE, ActionKind.PRESCRIBER_BEFORE_DOSE, ActionKind.OFFER_MEDICATION),
        BY_THE_PRESCRIBER,
    ),
    ActionKind.PLAN_REVIEW: (ActionKind.PLAN_REVIEW, ActionKind.CASE_REVIEW),
    ActionKind.CALL: (AnsweredBy.CALL, AnsweredBy.TASK),
}
"""What answers the facts of an action beside one of its own kind."""


def actions(asked: Circumstances) -> tuple[Action, ...]:
    """What to do, the next action first: never empty, one of each kind and one way of being in touch."""
    found: dict[ActionKind, Action] = {}
    in_touch = False
    for action in (one for rule in _RULES for one in rule(asked)):
        if action.kind is ActionKind.PLAN_REVIEW and ActionKind.CASE_REVIEW in found:
            continue  # a case review looks at the plan
        contact = action.kind in CONTACT
        if action.kind in found or (contact and in_touch) or _is_done(asked, action):
            continue
        in_touch |= contact
        found[action.kind] = _with_task(asked, action)
    for kind, task in asked.done.open.items():
        if kind not in found:
            found[kind] = Action(kind, Owner.COUNSELOR, task.due, {}, (), task.id)
    first = [one for one in found.values() if one.kind not in BESIDE]
    beside = [one for one in found.values() if one.kind in BESIDE]
    return (*(first or [_keep_on(asked)]), *beside)


def _is_done(asked: Circumstances, action: Action) -> bool:
    by = _ANSWERED_BY.get(action.kind, (action.kind,))
    return action.kind not in asked.done.open and asked.done.answered(action.answers, by)


def _with_task(asked: Circumstances, action: Action) -> Action:
    """The action as the open task has it: it may have been put off."""
    task = asked.done.open.get(action.kind)
    return action if task is None else replace(action, due=task.due, task=task.id)


def _safety(asked: Circumstances) -> Iterator[Action]:
    """Overdose, and thoughts of suicide or self-harm: who is to be reached, or looked at again, today."""
    return (one for one in _of_safety(asked) if one.due <= asked.today)


def _looks_later(asked: Circumstances) -> Iterator[Action]:
    """The looks of the days to come."""
    return (one for one in _of_safety(asked) if one.due > asked.today)


def _of_safety(asked: Circumstances) -> Iterator[Action]:
    course = asked.course
    for why, item in (("overdose", course.overdose), ("self_harm", course.self_harm)):
        if item is None or asked.said(why) is None:
            continue
        again = look_again_due(course, item)
        if is_open(item) or not reached_since(course, item):
            values = {"why": why, "safe": course.safe_to_call}
            yield Action(ActionKind.REACH_TODAY, Owner.COUNSELOR, asked.today, values)
        elif again is not None:
            yield Action(ActionKind.LOOK_AGAIN, Owner.COUNSELOR, max(again, asked.today), {"why": why})


def _after_overdose(asked: Circumstances) -> Iterator[Action]:
    item, gap = asked.course.overdose, asked.course.treatment
    if item is None or asked.said("overdose") is None:
        return
    if gap.none:
        values = {"why": "overdose", "medication": gap.medication}
        yield Action(ActionKind.OFFER_MEDICATION, Owner.PRESCRIBER, asked.today, values, (item.ref,))
    elif gap.opioid and not gap.stopped:
        values = {"why": "overdose", "medication": gap.medication}
        yield Action(ActionKind.PRESCRIBER_DOSE, Owner.PRESCRIBER, asked.by(item.day, 1), values, (item.ref,))
    yield Action(ActionKind.TELL_SUPERVISOR, Owner.COUNSELOR, asked.today, {"why": "overdose"}, (item.ref,))


def _withdrawal(asked: Circumstances) -> Iterator[Action]:
    row, gap = asked.course.withdrawal, asked.course.treatment
    if row is not None and withdrawal_waits(asked.course, asked.done):
        values = {
            "from": int(row["withdrawal_from"]),
            "medication": gap.medication if gap.prescribed else None,
        }
        yield Action(ActionKind.MEDICAL_WITHDRAWAL, Owner.PRESCRIBER, asked.today, values, (row.ref,))


def _pregnancy(asked: Circumstances) -> Iterator[Action]:
    course, gap = asked.course, asked.course.treatment
    if not course.pregnant:
        return
    if missed_in_pregnancy(course):
        values = {"why": "pregnant", "medication": gap.medication}
        yield Action(ActionKind.PRESCRIBER_BEFORE_DOSE, Owner.PRESCRIBER, asked.now, values, gap.refs)
    rows = [row for row in (course.withdrawal,) if asked.said("withdrawal_in_pregnancy") and row is not None]
    rows += use_in_pregnancy(course)
    if rows:
        used = bool(use_in_pregnancy(course))
        due = asked.now if used else asked.by(max(row.known for row in rows))
        kind = ActionKind.OFFER_MEDICATION if gap.none else ActionKind.PRESCRIBER_DOSE
        why = "pregnant_withdrawal" if rows[0] is course.withdrawal else "pregnant_use"
        yield Action(kind, Owner.PRESCRIBER, due, {"why": why, "medication": gap.medication}, _refs(rows))
    if asked.done.last.get(ActionKind.PREGNANCY_REVIEW, NEVER) < course.pregnant_since:
        due = asked.by(max(course.pregnant_since, 0))
        yield Action(ActionKind.PREGNANCY_REVIEW, Owner.PRESCRIBER, due, {"since": course.pregnant_since})


def _refs(rows: Iterable[DatedRow]) -> tuple[FactRef, ...]:
    return tuple(row.ref for row in rows)


def _case_review(asked: Circumstances) -> Iterator[Action]:
    """Somebody who needs a plan: the next working day, and again before the longest wait is over."""
    if asked.group is not Group.NEEDS_PLAN:
        return
    gap = asked.course.treatment
    longest = PLAN_WAIT_OFF_MEDICATION_DAYS if gap.stopped or gap.none else PLAN_WAIT_DAYS
    last = asked.done.last.get(ActionKind.CASE_REVIEW)
    if last is not None:
        due = max(
            asked.days.working_day_up_to(last + longest), asked.days.working_day_after(last), asked.today
        )
    else:
        complete = asked.today if asked.since is None else asked.since + WEEK_DAYS * PLAN_WEEKS
        due = max(asked.days.working_day_after(min(complete, asked.today)), asked.today)
    values = {"reviewed": last, "longest": longest, "no_medication": asked.course.treatment.none}
    yield Action(ActionKind.CASE_REVIEW, Owner.COUNSELOR, asked.days.working_day_from(due), values)


def _medication(asked: Circumstances) -> Iterator[Action]:
    """The medication has stopped: somebody is called, and the prescriber comes before the next dose."""
    course, gap, said = asked.course, asked.course.treatment, asked.said("without", "released")
    if said is None:
        return
    prescriber = _prescriber_after_stop(asked) if gap.stopped or gap.none else None
    if (
        gap.stopped
        and course.last_contact < max(gap.gap_from or 0, asked.today - LATELY_DAYS)
        and not course.is_away
    ):
        then = None if prescriber is None else prescriber.kind
        yield reach(
            asked, ActionKind.CALL_TODAY, asked.now, (), why="without", then=then, medication=gap.medication
        )
    if prescriber is not None:
        yield prescriber
    if said.id == "released" and asked.rest is None:
        due = asked.by(known_on(said) or asked.today, NEXT_CONTACT_DAYS)
        yield reach(asked, ActionKind.CALL, due, said.refs, why="released", cause=said.values["cause"])


def _prescriber_after_stop(asked: Circumstances) -> Action:
    gap = asked.course.treatment
    values = {"why": gap.why or "released", "medication": gap.medication, "days": gap.gap_days}
    if gap.medication is not None and not gap.opioid:
        return Action(ActionKind.CHECK_FOR_OPIOIDS, Owner.PRESCRIBER, asked.now, values, gap.refs)
    if gap.none:
        said = asked.said("released", "without")
        due = asked.by((known_on(said) if said is not None else None) or asked.today)
        return Action(ActionKind.OFFER_MEDICATION, Owner.PRESCRIBER, due, values, gap.refs)
    return Action(ActionKind.PRESCRIBER_BEFORE_DOSE, Owner.PRESCRIBER, asked.now, values, gap.refs)


def _back(asked: Circumstances) -> Iterator[Action]:
    """Back on the medication: what got in the way belongs into the plan."""
    said = asked.said("back")
    if said is not None and said.day is not None and not asked.done_since(said.day, *_REVIEWS):
        values = {"why": "back", "medication": said.values["medication"]}
        yield Action(ActionKind.PLAN_REVIEW, Owner.COUNSELOR, asked.by(said.day), values)


def _use(asked: Circumstances) -> Iterator[Action]:
    """Use: with the medication taken the prescriber looks at the dose, without it medication comes first."""
    course, gap, said = asked.course, asked.course.treatment, asked.said("told", "found")
    if said is None:
        return
    due, values = asked.by(int(said.values["told"])), {"why": "use", "medication": gap.medication}
    review = Action(ActionKind.PLAN_REVIEW, Owner.COUNSELOR, due, {"why": said.id}, said.refs)
    if gap.none:
        first = Action(ActionKind.OFFER_MEDICATION, Owner.PRESCRIBER, due, values, said.refs)
    elif gap.stopped:
        first = _prescriber_after_stop(asked)
    elif not gap.opioid:
        first = Action(ActionKind.CHECK_FOR_OPIOIDS, Owner.PRESCRIBER, due, values, said.refs)
    else:
        why = ("use_covered" if gap.long_acting else "use_taken") if gap.whole else "use"
        first = Action(ActionKind.PRESCRIBER_DOSE, Owner.PRESCRIBER, due, values | {"why": why}, said.refs)
    again = course.positives >= REPEATED_FINDINGS or said.values.get("use") == REGULAR
    yield from (first, review) if again or gap.none or not gap.opioid else (review, first)
    if 0 <= course.kit < (said.day or 0) and Flag.REPLACE_NALOXONE not in asked.flags:
        yield Action(ActionKind.CHECK_NALOXONE, Owner.COUNSELOR, due, {"kit": course.kit}, said.refs)


def _contact(asked: Circumstances) -> Iterator[Action]:
    """Somebody did not come, or was not heard from."""
    course, said = asked.course, asked.said("no_show", "unseen", "missed_screen", "missed_weeks")
    if asked.another_way and not asked.done_since(asked.today - TOLD_DAYS, ActionKind.TELL_SUPERVISOR):
        yield Action(
            ActionKind.TELL_SUPERVISOR, Owner.COUNSELOR, asked.now, {"why": "tries", "tries": asked.tries}
        )
    if said is None or asked.rest is not None or course.is_away:
        return
    if said.id == "no_show" and said.day is not None and course.last_contact > said.day:
        return
    missed = asked.said("no_show")
    if missed is not None and missed.values["appointment"]:
        said = missed  # what was agreed is what is talked about
    why = "appointment" if said.values.get("appointment") else said.id
    if asked.group is Group.STEADY and why == "no_show":
        return  # came to others meanwhile: one missed session is for the next time
    listed = asked.group in (Group.SLIPPING, Group.NEEDS_PLAN, Group.NOT_HEARD) or why == "appointment"
    kind, due = (ActionKind.CALL_TODAY, asked.now) if listed else (ActionKind.CALL, asked.soon)
    yield reach(asked, kind, due, (), why=why, day=said.day, count=said.values.get("count"))


def _withdrawal_from_opioids(asked: Circumstances) -> Iterator[Action]:
    said, gap = asked.said("withdrawal"), asked.course.treatment
    if said is None:
        return
    kind = ActionKind.OFFER_MEDICATION if gap.none else ActionKind.PRESCRIBER_DOSE
    due = asked.by(int(said.values["told"]))
    yield Action(kind, Owner.PRESCRIBER, due, {"why": "withdrawal", "medication": gap.medication}, said.refs)


def _early_find(asked: Circumstances) -> Iterator[Action]:
    """In the first weeks a positive screen is no return to use; whether the dose holds is worth a look."""
    said, gap = asked.said("early_find"), asked.course.treatment
    if said is None:
        return
    due = asked.by(int(said.values["told"]))
    kind = ActionKind.OFFER_MEDICATION if gap.none else ActionKind.PRESCRIBER_DOSE
    yield Action(kind, Owner.PRESCRIBER, due, {"why": "early", "medication": gap.medication}, said.refs)


def _call(asked: Circumstances) -> Iterator[Action]:
    """Signs and craving, a start in care, answers that are missing, and who is more likely than most to slip."""
    course, soon = asked.course, asked.soon
    if asked.rest is not None or course.is_away:
        return
    said = asked.said("missed_doses", "doses_told", "medication_absent", "signs", "craving", "drift")
    listed = asked.group in (Group.SLIPPING, Group.LOOKS_WELL, Group.NOT_HEARD)
    if said is not None and (listed or said.id not in ("signs", "craving") or _is_strong(said)):
        more = {name: said.values.get(name) for name in ("present", "craving", "medication")}
        due = asked.by(known_on(said) or asked.today)
        yield reach(asked, ActionKind.CALL, due, said.refs, why=said.id, **more)
    if asked.done_since(asked.today, ActionKind.CALL, ActionKind.CHECK_IN):
        return
    if asked.group is Group.NOT_HEARD:
        yield reach(asked, ActionKind.CHECK_IN, soon, (), why="not_heard")
    if asked.group is Group.NEW:
        due = max(soon, course.last_contact + course.interval)
        yield reach(asked, ActionKind.CHECK_IN, asked.days.working_day_from(due), (), why="new")
    if asked.group is Group.LOOKS_WELL:
        yield reach(asked, ActionKind.CALL, soon, (), why="likely")


def _is_strong(said: Said) -> bool:
    """A craving so strong that somebody is called whatever the group."""
    return said.id == "craving" and int(said.values["craving"]) >= STRONG


def _naloxone(asked: Circumstances) -> Iterator[Action]:
    at_once = bool(asked.flags & {Flag.LOWERED_TOLERANCE, Flag.OVERDOSE})
    due = asked.now if at_once else asked.days.working_day_from(asked.today + asked.course.interval)
    if Flag.REPLACE_NALOXONE in asked.flags:
        yield Action(ActionKind.REPLACE_NALOXONE, Owner.COUNSELOR, due, {"kit": asked.course.kit})
    elif Flag.NO_NALOXONE in asked.flags:
        yield Action(ActionKind.RECORD_NALOXONE, Owner.COUNSELOR, due)


def _tolerance(asked: Circumstances) -> Iterator[Action]:
    """What lowered tolerance means is said once for each cause."""
    course = asked.course
    if Flag.LOWERED_TOLERANCE not in asked.flags:
        return
    stay, gap = course.away, course.treatment
    days = (gap.gap_from, gap.back_on, None if stay is None else min(int(stay["until"]), course.today))
    since = max((day for day in days if day is not None), default=course.today - WATCH_DAYS)
    if not asked.done_since(since, ActionKind.TELL_TOLERANCE):
        yield Action(ActionKind.TELL_TOLERANCE, Owner.COUNSELOR, asked.by(min(since, course.today)))


def _keep_on(asked: Circumstances) -> Action:
    """Nothing asks for more: somebody is heard from every 30 days at least. While somebody slips that is a call, once
    the rest is over."""
    course = asked.course
    if asked.group is Group.SLIPPING and not course.is_away:
        next_call = asked.soon if asked.rest is None else max(asked.soon, asked.rest.until)
        return reach(asked, ActionKind.CALL, asked.days.working_day_from(next_call), (), why="slipping")
    heard = course.last_contact if course.last_contact != NEVER else course.today
    due = max(asked.now, heard + min(STEADY_DAYS, max(course.interval, 1) * 4))
    if asked.rest is not None:
        due = max(asked.now, asked.rest.until)
    values: dict[str, Any] = {
        "away": course.is_away,
        "rest": None if asked.rest is None else asked.rest.until,
    }
    about = asked.said("signs", "craving")
    if about is not None:
        values |= {name: about.values[name] for name in ("present", "craving") if name in about.values}
    return Action(ActionKind.KEEP_ON, Owner.COUNSELOR, asked.days.working_day_from(due), values)


_RULES: Final[tuple[Callable[[Circumstances], Iterator[Action]], ...]] = (
    _safety,
    _withdrawal,
    _looks_later,
    _after_overdose,
    _pregnancy,
    _case_review,
    _medication,
    _contact,
    _back,
    _use,
    _withdrawal_from_opioids,
    _early_find,
    _call,
    _tolerance,
    _naloxone,
)
