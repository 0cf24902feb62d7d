"""The lists that the whole of Tideline speaks in.

The lists of warning signs, stages, causes of craving, kinds of treatment and plan elements follow the article
"Heroin Relapse" (American Addiction Centers), retold here in the project's own words. Each entry has a stable
identifier that is stored, a short label for screens, one sentence, and its source.

The order within a list is part of the stored format: an entry's position is its bit in the integer bitmasks of a
check-in (:func:`mask`). Append, never reorder; a test pins the order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

SOURCE = '"Heroin Relapse", American Addiction Centers'


@dataclass(frozen=True)
class Entry:
    """One term of a list: `id` is stored, `label` is shown, `sentence` explains."""

    id: str
    label: str
    sentence: str
    source: str = SOURCE


class Aspect(StrEnum):
    """What a warning sign shows itself in."""

    BEHAVIOR = "behavior"
    THOUGHT = "thought"
    ATTITUDE = "attitude"


@dataclass(frozen=True)
class WarningSign(Entry):
    """One of the source's twelve warning signs; `aspect` is Tideline's own reading of where it shows."""

    aspect: Aspect = Aspect.BEHAVIOR


WARNING_SIGNS: tuple[WarningSign, ...] = (
    WarningSign(
        "same_activities",
        "Old activities",
        "Has gone back to activities that were part of life while using.",
        aspect=Aspect.BEHAVIOR,
    ),
    WarningSign(
        "boredom",
        "Bored, no hobbies",
        "Is bored, or has no healthy pastime to turn to.",
        aspect=Aspect.THOUGHT,
    ),
    WarningSign(
        "glamorizing",
        "Glamorizing past use",
        "Dwells on past use or speaks of heroin and its effects as something good.",
        aspect=Aspect.THOUGHT,
    ),
    WarningSign(
        "drugs_within_reach",
        "Drugs within reach",
        "Has drugs, or the equipment for using them, close by and easy to get at.",
        aspect=Aspect.BEHAVIOR,
    ),
    WarningSign(
        "isolating",
        "Isolating",
        "Keeps away from other people.",
        aspect=Aspect.BEHAVIOR,
    ),
    WarningSign(
        "health_unaddressed",
        "Health left unaddressed",
        "Leaves a physical or mental health concern without care.",
        aspect=Aspect.BEHAVIOR,
    ),
    WarningSign(
        "no_self_care",
        "No self-care (HALT)",
        "Neglects self-care: hungry, angry, lonely or tired.",
        aspect=Aspect.BEHAVIOR,
    ),
    WarningSign(
        "not_taking_medication",
        "Not taking medication",
        "Does not take the maintenance medication as prescribed. Not applicable without a prescription.",
        aspect=Aspect.BEHAVIOR,
    ),
    WarningSign(
        "leaving_support_groups",
        "Leaving support groups",
        "Draws back from support groups even while struggling.",
        aspect=Aspect.ATTITUDE,
    ),
    WarningSign(
        "refusing_support",
        "Refusing all support",
        "Turns down every kind of social support.",
        aspect=Aspect.ATTITUDE,
    ),
    WarningSign(
        "old_places",
        "Old people and places",
        "Spends time with people or in places tied to past use.",
        aspect=Aspect.BEHAVIOR,
    ),
    WarningSign(
        "contact_with_sellers",
        "In touch with sellers or users",
        "Stays in contact with people who sell or use drugs.",
        aspect=Aspect.BEHAVIOR,
    ),
)

MEDICATION_SIGN = "not_taking_medication"
SELF_CARE_SIGN = "no_self_care"

HALT: tuple[Entry, ...] = (
    Entry("hungry", "Hungry", "Does not eat properly."),
    Entry("angry", "Angry", "Is angry or irritable most of the time."),
    Entry("lonely", "Lonely", "Feels alone."),
    Entry("tired", "Tired", "Sleeps badly or is worn out."),
)


class Stage(StrEnum):
    """The source's three stages. Shown as tags with dated evidence, not as a ladder to be climbed."""

    EMOTIONAL = "emotional"
    MENTAL = "mental"
    PHYSICAL = "physical"


@dataclass(frozen=True)
class StageSign(Entry):
    """A sign of one stage; `opens_safety` marks those that open the safety route."""

    stage: Stage = Stage.EMOTIONAL
    opens_safety: bool = False


def _stage_signs(stage: Stage, *rows: tuple[str, str, str]) -> tuple[StageSign, ...]:
    return tuple(StageSign(*row, stage=stage) for row in rows)


STAGE_SIGNS: tuple[StageSign, ...] = (
    *_stage_signs(
        Stage.EMOTIONAL,
        (
            "acting_out",
            "Acting out",
            "Lets feelings out in ways that harm self or others.",
        ),
        ("aggression", "Aggression", "Is aggressive towards others."),
        ("anger", "Anger", "Is often angry."),
        ("denial", "Denial", "Denies that there is a problem or a risk."),
        ("poor_coping", "Poor coping", "Copes with hard feelings in unhelpful ways."),
        (
            "socializing_with_users",
            "Time with people who use",
            "Socializes with people who use substances.",
        ),
        ("missing_meetings", "Missing meetings", "Does not go to recovery meetings."),
        ("self_care_neglected", "Self-care neglected", "Does not look after self."),
    ),
    *_stage_signs(
        Stage.MENTAL,
        (
            "conflict",
            "Torn about using",
            "Wants to use and wants not to, both at once.",
        ),
        (
            "craving_escape",
            "Craving an escape",
            "Longs for a way out of how things feel.",
        ),
        (
            "bargaining",
            "Bargaining",
            "Makes deals about using, such as just this once.",
        ),
        ("lying", "Lying", "Hides or twists the truth about feelings or whereabouts."),
        (
            "controlling_use",
            "Controlling use unhealthily",
            "Tries to hold urges in check in unhealthy ways.",
        ),
        ("seeking_opportunities", "Seeking opportunities", "Looks for chances to use."),
        ("planning", "Planning to use", "Plans a return to use."),
        (
            "rationalizing",
            "Rationalizing",
            "Finds reasons why using would be all right.",
        ),
        (
            "losing_reasons",
            "Losing sight of reasons",
            "Loses sight of the reasons not to use.",
        ),
        (
            "recurring_thoughts",
            "Recurring thoughts",
            "Keeps thinking of people, places and things tied to use.",
        ),
        ("cravings_intensify", "Cravings intensify", "Feels cravings grow stronger."),
        (
            "alcohol_for_urges",
            "Alcohol to control urges",
            "Drinks alcohol to keep urges down.",
        ),
    ),
    StageSign(
        "self_harm_for_urges",
        "Self-harm to control urges",
        "Hurts self to keep urges down. This opens the safety route.",
        stage=Stage.MENTAL,
        opens_safety=True,
    ),
    *_stage_signs(
        Stage.PHYSICAL,
        ("lapse", "Slip or lapse", "Has used a single time."),
        (
            "preoccupied",
            "Preoccupied after one use",
            "Cannot stop thinking about using after a single use.",
        ),
        (
            "relapse",
            "Regular or uncontrolled use",
            "Uses regularly or cannot control it.",
        ),
    ),
)

CRAVING_CAUSES: tuple[Entry, ...] = (
    Entry("triggers", "Triggers", "People, places or things tied to heroin."),
    Entry("stress", "Stress", "Hard events that using once seemed to ease."),
    Entry(
        "pain",
        "Pain or withdrawal",
        "Physical pain or discomfort, withdrawal included.",
    ),
    Entry(
        "self_medication",
        "Self-medication",
        "An untreated condition that using seems to relieve.",
    ),
)
CRAVING_MAX = 10


class Level(StrEnum):
    """Levels of care: the source's kinds of treatment as rungs, from the least to the most intensive."""

    AFTERCARE = "aftercare"
    OUTPATIENT = "outpatient"
    INTENSIVE_OUTPATIENT = "intensive_outpatient"
    RESIDENTIAL = "residential"
    DETOX = "detox"


LEVELS: tuple[Entry, ...] = (
    Entry(
        "aftercare",
        "Aftercare",
        "Support that keeps recovery going after a program has been completed.",
    ),
    Entry(
        "outpatient",
        "Outpatient",
        "Living at home and visiting through the week for counseling and medication.",
    ),
    Entry(
        "intensive_outpatient",
        "Intensive outpatient",
        "Living at home with several long visits a week.",
        source=f"{SOURCE}; a rung of its own in Tideline",
    ),
    Entry(
        "residential",
        "Inpatient or residential",
        "Living at a facility with care around the clock.",
    ),
    Entry(
        "detox",
        "Detox",
        "Medically supervised withdrawal, inpatient or outpatient, only with a next rung named.",
    ),
)
BEHAVIORAL_THERAPY = Entry(
    "behavioral_therapy",
    "Behavioral therapy",
    "Learning to handle triggers, cravings and stress; goes alongside any level of care.",
)
TREATMENTS: tuple[Entry, ...] = (
    LEVELS[4],
    LEVELS[3],
    LEVELS[1],
    BEHAVIORAL_THERAPY,
    LEVELS[0],
)

PLAN_ELEMENTS: tuple[Entry, ...] = (
    Entry(
        "delete_contacts",
        "Contacts removed",
        "Numbers of people tied to past use are deleted.",
    ),
    Entry("triggers", "Triggers named", "Inner and outer triggers are written down."),
    Entry(
        "coping_skills",
        "Coping skills",
        "Healthy ways to respond to each trigger are practiced.",
    ),
    Entry(
        "sober_network",
        "Sober network",
        "Names and numbers of people to call when it gets hard.",
    ),
    Entry(
        "trigger_steps",
        "Steps when triggered",
        "What to do, step by step, when a trigger comes up.",
    ),
    Entry(
        "clear_home",
        "Surroundings cleared",
        "Drugs and equipment are gone from home, work and car.",
    ),
    Entry(
        "manage_stress",
        "Managing stress",
        "Ways to bring stress down, such as yoga or meditation.",
    ),
    Entry("against_boredom", "Against boredom", "Good things to do when boredom comes."),
    Entry(
        "self_care",
        "Self-care routine",
        "Regular time for oneself, food, sleep and exercise.",
    ),
)

PROTECTIVE_FACTORS: tuple[Entry, ...] = (
    Entry("meetings", "Meetings", "Goes to support meetings."),
    Entry("sober_support", "Sober support", "Has people to lean on who do not use."),
    Entry("work_or_school", "Work or school", "Has work, school or another steady task."),
    Entry("routine", "Routine", "Keeps a regular daily routine."),
)

SAFETY_CONCERNS: tuple[Entry, ...] = (
    Entry("self_harm", "Self-harm", "Has hurt self, or is about to.", source="Tideline"),
    Entry(
        "suicidal_thoughts",
        "Suicidal thoughts",
        "Has thoughts of ending life.",
        source="Tideline",
    ),
    Entry(
        "overdose",
        "Overdose",
        "Has overdosed since the last contact.",
        source="Tideline",
    ),
)
CRISIS_LINES = "988 Suicide & Crisis Lifeline (call or text 988) · Emergency 911"

SUBSTANCES: tuple[Entry, ...] = tuple(
    Entry(
        id_,
        label,
        f"Found in a urine screen or reported: {label.lower()}.",
        source="Tideline",
    )
    for id_, label in (
        ("heroin", "Heroin"),
        ("fentanyl", "Fentanyl"),
        ("other_opioid", "Other opioid"),
        ("methadone", "Methadone"),
        ("buprenorphine", "Buprenorphine"),
        ("cocaine", "Cocaine"),
        ("amphetamine", "Amphetamines"),
        ("benzodiazepine", "Benzodiazepines"),
        ("alcohol", "Alcohol"),
        ("cannabis", "Cannabis"),
        ("other", "Other substance"),
    )
)


CO_OCCURRING: tuple[Entry, ...] = tuple(
    Entry(id_, label, f"{label}, diagnosed or under assessment.", source="Tideline")
    for id_, label in (
        ("depression", "Depression"),
        ("anxiety", "Anxiety or panic"),
        ("bipolar", "Bipolar disorder"),
        ("psychosis", "Schizophrenia or psychosis"),
        ("trauma", "Trauma-related disorder"),
        ("brain_injury", "Brain injury"),
        ("epilepsy", "Epilepsy"),
        ("alcohol_use", "Alcohol use disorder"),
        ("stimulant_use", "Stimulant use disorder"),
        ("sedative_use", "Sedative use disorder"),
        ("chronic_pain", "Chronic pain"),
    )
)


class Use(StrEnum):
    """Opioid use since the last check-in. Not asked is null, never `none`."""

    NONE = "none"
    SLIP = "slip"
    REGULAR = "regular"


class ContactKind(StrEnum):
    """How a check-in took place."""

    VISIT = "visit"
    PHONE = "phone"
    VIDEO = "video"
    MESSAGE = "message"
    COLLATERAL = "collateral"


class InformationSource(StrEnum):
    """Who the answers come from."""

    CLIENT = "client"
    STAFF = "staff"
    COLLATERAL = "collateral"


class SessionKind(StrEnum):
    """Kinds of scheduled sessions."""

    GROUP = "group"
    INDIVIDUAL = "individual"
    MEDICATION_VISIT = "medication_visit"
    OUTSIDE_MEETING = "outside_meeting"


class Mark(StrEnum):
    """A roll call's mark. Not marked is the absence of a mark."""

    ATTENDED = "attended"
    LATE = "late"
    EXCUSED = "excused"
    NO_SHOW = "no_show"
    CANCELLED_BY_CLINIC = "cancelled_by_clinic"


KEPT_MARKS = frozenset({Mark.ATTENDED, Mark.LATE})


class ScreenStatus(StrEnum):
    """A urine screen's course: planned, collected with a result, missed, or excused by the clinic."""

    DUE = "due"
    COLLECTED = "collected"
    MISSED = "missed"
    EXCUSED = "excused"


class Certainty(StrEnum):
    """A presumptive result can be wrong; a confirmed one has been checked in a laboratory."""

    PRESUMPTIVE = "presumptive"
    CONFIRMED = "confirmed"


@dataclass(frozen=True)
class MaintenanceMedication(Entry):
    """`covers_days` is how long one dose lasts; `shows_as` is the substance that a urine screen then expects."""

    covers_days: int = 1
    shows_as: str | None = None


EXTENDED_RELEASE_NALTREXONE_DAYS = 31  # one 380 mg injection; CTN-0094 event rules count about 31 days
EXTENDED_RELEASE_BUPRENORPHINE_DAYS = (
    28  # monthly injection, at least 26 days between doses (FDA label, Sublocade)
)

MEDICATIONS: tuple[MaintenanceMedication, ...] = (
    MaintenanceMedication(
        "methadone",
        "Methadone",
        "Taken daily.",
        source="FDA label",
        covers_days=1,
        shows_as="methadone",
    ),
    MaintenanceMedication(
        "buprenorphine",
        "Buprenorphine",
        "Taken daily under the tongue, often with naloxone.",
        source="FDA label",
        covers_days=1,
        shows_as="buprenorphine",
    ),
    MaintenanceMedication(
        "buprenorphine_xr",
        "Buprenorphine injection",
        "Given about once a month.",
        source="FDA label",
        covers_days=EXTENDED_RELEASE_BUPRENORPHINE_DAYS,
        shows_as="buprenorphine",
    ),
    MaintenanceMedication(
        "naltrexone",
        "Naltrexone tablets",
        "Taken daily.",
        source="FDA label",
        covers_days=1,
    ),
    MaintenanceMedication(
        "naltrexone_xr",
        "Naltrexone injection",
        "Extended release, given about once a month.",
        source="FDA label",
        covers_days=EXTENDED_RELEASE_NALTREXONE_DAYS,
    ),
)


class ToleranceCause(StrEnum):
    """Times away from opioids after which the same dose can kill."""

    DETOX = "detox"
    CUSTODY = "custody"
    HOSPITAL = "hospital"


class CallOutcome(StrEnum):
    """How a call ended. Only `reached` is contact."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    LEFT_MESSAGE = "left_message"
    WRONG_NUMBER = "wrong_number"


class Permission(StrEnum):
    """Whether it is safe to call or to leave a message."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Role(StrEnum):
    """What a member of staff may see."""

    COUNSELOR = "counselor"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"


class Score(StrEnum):
    """The scores of a client and day: is use returning, will contact be lost, and the burden of warning signs."""

    USE = "use"
    ENGAGEMENT = "engagement"
    SIGNS = "signs"


class Band(StrEnum):
    """Overall risk. Unknown is a band of its own and is never drawn or sorted as low."""

    LOW = "low"
    WATCH = "watch"
    ELEVATED = "elevated"
    HIGH = "high"
    UNKNOWN = "unknown"


_TRIALS = "CTN-0094 trials"


class Outcome(StrEnum):
    """What can happen within the weeks after a day (see `casework.outcomes`). The ids go into files and databases."""

    RELAPSE = "relapse"
    EARLY = "early"
    USE = "use"
    DROPOUT = "dropout"


OUTCOMES: tuple[Entry, ...] = (
    Entry(
        Outcome.RELAPSE,
        "Four weeks of use or absence",
        "Within four weeks the fourth week in a row with an unexpected opioid in urine or without coming.",
        source=f"{_TRIALS}, missing counted as use",
    ),
    Entry(
        Outcome.EARLY,
        "Four weeks of use or absence begin",
        "After a week of neither use nor absence, four weeks in a row of either begin within the next four.",
        source=f"{_TRIALS}, missing counted as use",
    ),
    Entry(
        Outcome.USE,
        "Use in two of four weeks",
        "Opioid use shows in urine or is reported in at least two of the next four weeks.",
        source=f"{_TRIALS}, only what was observed",
    ),
    Entry(
        Outcome.DROPOUT,
        "Four weeks without coming",
        "Within four weeks the fourth week in a row without coming, although expected.",
        source=_TRIALS,
    ),
)


class Likelihood(StrEnum):
    """A counselor's forecast in words; `casework.forecasts.PROBABILITY` has the number that stands beside each."""

    VERY_UNLIKELY = "very_unlikely"
    UNLIKELY = "unlikely"
    EVEN = "even"
    LIKELY = "likely"
    VERY_LIKELY = "very_likely"


class ClinicKind(StrEnum):
    """What a database holds: a real clinic, the made-up demo clinic, or trial data."""

    REAL = "real"
    DEMO = "demo"
    STUDY = "study"


def ids(entries: Sequence[Entry]) -> tuple[str, ...]:
    """The identifiers of a list, in stored order."""
    return tuple(entry.id for entry in entries)


def entry(entries: Sequence[Entry], id_: str) -> Entry:
    """The entry with that identifier; KeyError if the list has none."""
    for candidate in entries:
        if candidate.id == id_:
            return candidate
    raise KeyError(id_)


def mask(entries: Sequence[Entry], chosen: Iterable[str]) -> int:
    """Pack identifiers of one list into its bitmask; KeyError for a foreign identifier."""
    position = {one.id: bit for bit, one in enumerate(entries)}
    packed = 0
    for id_ in chosen:
        packed |= 1 << position[id_]
    return packed


def unmask(entries: Sequence[Entry], packed: int) -> tuple[str, ...]:
    """The identifiers in a bitmask, in the list's order."""
    return tuple(one.id for bit, one in enumerate(entries) if packed >> bit & 1)


OPIOIDS = ("heroin", "fentanyl", "other_opioid", "methadone", "buprenorphine")
OPIOID_MASK = mask(SUBSTANCES, OPIOIDS)
"""Substances that count as an opioid in a urine screen unless they are the client's own prescription."""

SAFETY_STAGE_MASK = mask(STAGE_SIGNS, [sign.id for sign in STAGE_SIGNS if sign.opens_safety])


def stage_mask(stage: Stage) -> int:
    """The bits of one stage's signs within a check-in's stage mask."""
    return mask(STAGE_SIGNS, [sign.id for sign in STAGE_SIGNS if sign.stage is stage])
