"""Writes docs/standing.md from the code: ``python -m tests.support.standing_docs``. A test compares the two."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from casework import wording
from casework.indicators import medication
from casework.indicators.tolerance import WATCH_DAYS
from casework.standing import (
    bad_weeks,
    circumstances,
    flags,
    headline,
    lane,
    look_again,
    rest,
    stays,
    without_dose,
)
from casework.standing.ranks import RANKS, Rank
from casework.vocabulary import ActionKind, Flag, Group, LaneReason

PAGE = Path(__file__).parents[2] / "docs" / "standing.md"

HEAD = """\
# Where a client stands

This page is written from the code (`python -m tests.support.standing_docs`), and a test fails when the two differ.

One pure function, `casework.standing.standings`, says where each client stands on a day: lane, group, headline, flags,
next action. `casework.caseload.standing` puts it into words and names (a `Story`), and every screen shows that and
nothing of its own beside it. The vignettes in `tests/db/test_vignettes.py` say what a panel of clinicians would expect.

```
facts -> assessment -> groups, rests (docs/calls.md) -+
      -> courses: the few dated rows that are looked at -> lane, flags, headline, actions -> Standing -> Story
```

- The **lane** comes before all groups, outside every budget, today.
- The **group** says what a client is listed for; a client has one. How groups are found, who rests and how the day's
  places are dealt is in `docs/calls.md`.
- The **headline** goes by clinical rank, not by points: a fact is never crowded out by unvalidated signs.
- **Flags** are chips wherever the name stands. No score and no group is asked: a falling score clears none.
- The **next action** is a button, with an owner and a day; others stand beside it. Each is of a kind of its own, and
  one of them at a time is about being in touch.

A property test holds that of two records of which one has a bad fact more, the worse never has a later headline or a
calmer group, and no flag less.
"""

LANE: Final = {
    LaneReason.OVERDOSE: (
        "told by anybody, until a named person has acknowledged it and the client was reached; then on the days on "
        "which somebody looks again"
    ),
    LaneReason.SELF_HARM: "until it is acknowledged, the client was reached, and somebody has looked again",
    LaneReason.WITHDRAWAL: (
        "by the latest answer of 14 days, until medical care for it is done (it answers what the client had told "
        "by then, from whichever list it is done; a look at the dose is none), or a decision to which a prescriber "
        "agreed has answered it"
    ),
    LaneReason.PREGNANCY: "use of 14 days that the prescriber has not answered, or two missed doses",
}

SAID: Final = {
    "overdose": "an overdose that was told of, with its own day and the day on which it was told",
    "self_harm": "thoughts of suicide or self-harm",
    "dangerous_withdrawal": "withdrawal from alcohol or benzodiazepines that no physician has seen",
    "withdrawal_in_pregnancy": "any withdrawal while pregnant that the prescriber has not answered",
    "released": "custody, a hospital or detox ended lately; whether the medication was given, and goes on",
    "without": "days without the medication, while they last",
    "back": "days without the medication that ended lately",
    "told": "use that the client or others told of",
    "found": "an opioid in urine that no prescription explains",
    "weeks": "four weeks or more of use or of not coming",
    "unseen": "nobody has heard from the client for longer than agreed",
    "no_show": "sessions missed in a row, or the appointment of the last call",
    "missed_screen": "a urine screen that nobody took, and the client did not come since",
    "missed_weeks": "weeks without coming, where nothing else says so",
    "medication_absent": "the last screen does not show what is prescribed",
    "doses_told": "days of medication that the client did not take, by their own word",
    "withdrawal": "moderate or severe withdrawal from opioids",
    "missed_doses": "one or two days without a daily medication",
    "returned": "use that is longer ago, and the negative screens since",
    "signs": "warning signs that are present",
    "craving": "craving from 4 of 10 on",
    "drift": "more signs or craving than is usual for this client",
    "early_find": "a positive screen of the first four weeks in care, before any negative one",
    "looks": "the days on which somebody looks again after a safety answer, and has not yet",
    "away_now": "a dated absence that goes on",
    "pregnancy_review": "the medical review of the pregnancy that is on record, with its date",
    "new": "the first four weeks in care",
    "slipping": "nothing else, for who slips now",
    "plan": "nothing else, for who needs a plan",
    "likely": "nothing else, for who looks well but is more likely than most",
    "not_asked": "nothing else, for who is not heard from enough",
    "steady": "nothing else",
}

ASKED: Final = {
    ActionKind.REACH_TODAY: "an overdose or thoughts of suicide: not acknowledged, or the client was not reached",
    ActionKind.LOOK_AGAIN: "acknowledged and reached: within 24 hours; after an overdose again by the days below",
    ActionKind.CALL_TODAY: "the medication has stopped, a session was missed, or the client was not seen",
    ActionKind.CALL: "signs, craving, a change against the own usual, a release, more likely than most, or slipping "
    "with nothing else left to do",
    ActionKind.ANOTHER_WAY: "instead of a call, where the phone is not safe or three tries in five days failed",
    ActionKind.PLAN_REVIEW: "use that was told or found, or back after days without medication",
    ActionKind.CASE_REVIEW: "needs a plan: the next working day, and again before the longest wait is over",
    ActionKind.PREGNANCY_REVIEW: "pregnant, until a review since then is on record",
    ActionKind.PRESCRIBER_BEFORE_DOSE: "methadone or buprenorphine was missed: before the next dose, never as usual",
    ActionKind.PRESCRIBER_DOSE: "taken and still use, withdrawal, an early positive screen, an overdose",
    ActionKind.OFFER_MEDICATION: "no medication, with a stop, use, withdrawal or an overdose",
    ActionKind.CHECK_FOR_OPIOIDS: "naltrexone has stopped, or there was use with it",
    ActionKind.MEDICAL_WITHDRAWAL: "withdrawal from alcohol or benzodiazepines; what is prescribed is continued",
    ActionKind.RECORD_NALOXONE: "no kit is on record",
    ActionKind.REPLACE_NALOXONE: "the kit on record was used",
    ActionKind.CHECK_NALOXONE: "use returned, and the kit was handed over before it",
    ActionKind.TELL_TOLERANCE: "lowered tolerance, once for each cause",
    ActionKind.TELL_SUPERVISOR: "an overdose; three tries that reached nobody",
    ActionKind.CHECK_IN: "new, or not heard from enough",
    ActionKind.KEEP_ON: "nothing asks for more, and the client does not slip",
}

CONSTANTS: Final = (
    ("Days for which an overdose is named", look_again.OVERDOSE_DAYS),
    ("Days without a daily medication after which it has stopped", medication.MISSED_DAYS),
    ("Missed dosing days that are enough in pregnancy", medication.MISSED_DAYS_IN_PREGNANCY),
    ("Days without a dose after which nobody counts as medicated", without_dose.NONE_TAKEN_DAYS),
    ("Days of lowered tolerance after the last day of a cause", WATCH_DAYS),
    ("Days of the safety-answer chip", flags.SAFETY_ANSWER_DAYS),
    ("Days of the postpartum chip", flags.POSTPARTUM_DAYS),
    ("Days of the first-weeks-of-methadone chip", flags.FIRST_WEEKS_DAYS),
    ("Days in which a positive screen need not be use", bad_weeks.NEW_DAYS),
    ("Days for which use is said first", headline.USE_IS_SAID_DAYS),
    ("Days after a return to use in which nobody is steady", bad_weeks.RETURN_DAYS),
    ("Days for which a release is said", stays.RELEASED_DAYS),
    ("Days after which the end of a medication is no news", without_dose.NEWS_DAYS),
    ("Days in which use puts a pregnant client into the lane", lane.USE_IN_PREGNANCY_DAYS),
    ("Working days until a plan review or a look at the dose", circumstances.REVIEW_DAYS),
    ("Days between case reviews", rest.PLAN_WAIT_DAYS),
    ("Days between case reviews off medication", rest.PLAN_WAIT_OFF_MEDICATION_DAYS),
    ("Days in which a steady client is heard from", rest.STEADY_DAYS),
)


def page() -> str:
    """The whole page."""
    parts = [HEAD, _lane(), _groups(), _headline(), _flags(), _actions(), _constants()]
    return "\n".join(parts)


def _table(title: str, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]], after: str = "") -> str:
    lines = [f"## {title}", "", f"| {' | '.join(heads)} |", "|" + "---|" * len(heads)]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([*lines, "", *([after, ""] if after else [])])


def _lane() -> str:
    rows = [(wording.label(reason), LANE[reason]) for reason in LaneReason]
    return _table("The lane", ("reason", "how long"), rows)


def _groups() -> str:
    rows = [(wording.label(group), wording.sentence_of(group)) for group in Group]
    return _table("Groups", ("group", "what it means"), rows)


def _headline() -> str:
    ranks = {
        Rank.SAFETY: "1 overdose or suicidal thoughts",
        Rank.WITHDRAWAL: "2 dangerous withdrawal",
        Rank.MEDICATION: "3 medication stopped",
        Rank.USE: "4 use told or found",
        Rank.LOST: "5 contact lost",
        Rank.CONTACT: "6 contact",
        Rank.SIGNS: "7 signs and craving",
        Rank.BESIDE: "8 beside",
    }
    rows = [(ranks[rank], f"`{id_}`", SAID[id_]) for id_, rank in RANKS.items()]
    after = (
        "Of equal rank the fact that became known last comes first. A fact is dated by its own day, and by the day on "
        'which it was told where that is another: "use reported, March 8 (told Mar 10)". What was recorded as done is '
        "said with its date."
    )
    return _table("The headline", ("rank", "said", "what it is about"), rows, after)


def _flags() -> str:
    rows = [(wording.label(flag), wording.sentence_of(flag)) for flag in Flag]
    after = (
        "Lowered tolerance stands without an end while its cause holds, and then until four weeks after the last day "
        "of the last cause. An old naloxone kit is no flag: when use has returned it is an action, to ask whether it "
        "is still there."
    )
    return _table("Flags", ("chip", "what it means"), rows, after)


def _actions() -> str:
    rows = [(wording.label(kind), ASKED[kind]) for kind in ActionKind]
    after = (
        "An action goes when it was done: when a task of its kind, for a call also a call, has answered its facts, or "
        "with the fact that it asks for. A decision answers the level of care and takes no action away; what the "
        "prescriber is asked, the prescriber answers. One that was put off stands with its new day. It is never "
        '"resume" or "take up again": after missed doses the prescriber sees the client before the next one.'
    )
    return _table("Actions", ("action", "when it is asked for"), rows, after)


def _constants() -> str:
    rows = [(what, str(value)) for what, value in CONSTANTS]
    after = (
        "Where the code names no source beside a constant, a clinic's medical director signs it. "
        f"After an overdose somebody looks again {_listed(look_again.OVERDOSE_TOLD_DAYS)} days after it was told, and "
        f"{look_again.OVERDOSE_DAYS} days after it happened."
    )
    return _table("Constants to be signed", ("what", "value"), rows, after)


def _listed(days: tuple[int, ...]) -> str:
    return wording.listed([str(day) for day in days])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
