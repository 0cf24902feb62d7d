"""The people of the demo clinic: what becomes of them, told as a curve of strain.

Strain, from 0 to 1, is the hidden cause of the model in `casework.demo.histories`. A curve is a list of
(days before today, strain), joined by straight lines. None of these people exists.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from casework.vocabulary import AbsenceCause, Level

Curve = tuple[tuple[int, float], ...]


@dataclass(frozen=True)
class Archetype:
    """One kind of course. Days count backwards from today; `levels` are (days before today, level), oldest first."""

    name: str
    curve: Curve
    admitted: int = 260
    levels: tuple[tuple[int, Level], ...] = ()
    medication: bool = True
    silent_for: int = 0
    """Nobody has heard from the client for so many days."""
    screen_every: int = 7
    """Days between urine screens."""
    unasked_for: int = 0
    """Sessions are kept, but for so many days nobody has asked how things are, or taken urine."""
    open_safety_item: bool = False
    old_safety_item: bool = False
    told_of_overdose: bool = False
    """A relative tells of an overdose, of which nobody else knows."""
    absence: tuple[AbsenceCause, int, int, bool | None] | None = None
    """A dated absence: cause, first and last day (in days before today), whether medication was given meanwhile."""
    supply_days: int = 7
    """So many days of a daily medication are handed out at a visit; more, where no gap may come of a missed one."""
    medication_gap: int = 0
    """No dose for so many days."""
    pregnant: bool = False
    birth: int = 0
    """A pregnancy ended so many days ago."""
    honest: float = 0.85
    """How often use is told when asked."""
    stays_away: float = 1.0
    """How much strain keeps the client from coming: some return to use and still come."""
    slips: tuple[int, ...] = ()
    """Days before today of a single use, whatever the strain."""

    @property
    def first_level(self) -> Level:
        """The level at admission."""
        return self.levels[0][1] if self.levels else Level.OUTPATIENT


STEADY = Archetype("steady", ((182, 0.3), (90, 0.12), (0, 0.08)), admitted=320)
LONG_STEADY = Archetype("long steady", ((182, 0.1), (0, 0.06)), admitted=520)
UNASKED = Archetype("comes, but was not asked", ((182, 0.25), (90, 0.15), (0, 0.2)), unasked_for=35)
READY_TO_STEP_DOWN = Archetype(
    "ready to step down",
    ((182, 0.35), (120, 0.12), (0, 0.05)),
    admitted=190,
    levels=((190, Level.INTENSIVE_OUTPATIENT),),
    supply_days=14,
)
RECOVERED = Archetype(
    "recovered from a hard spell",
    ((182, 0.35), (140, 0.9), (105, 0.85), (70, 0.3), (0, 0.12)),
    admitted=230,
    levels=((230, Level.OUTPATIENT), (96, Level.INTENSIVE_OUTPATIENT), (40, Level.OUTPATIENT)),
    old_safety_item=True,
)
DRIFTING_EARLY = Archetype(
    "signs creep up",
    ((182, 0.3), (70, 0.1), (35, 0.14), (21, 0.42), (7, 0.75), (0, 0.85)),
    stays_away=0.3,
    screen_every=14,
)
DRIFTING_LATE = Archetype(
    "signs, then missed sessions",
    ((182, 0.3), (90, 0.12), (58, 0.18), (30, 0.72), (0, 0.95)),
    honest=0.6,
    screen_every=14,
)
SILENT = Archetype("silent", ((182, 0.3), (80, 0.15), (45, 0.55), (30, 0.7), (0, 0.8)), silent_for=24)
RETURNED = Archetype(
    "returned to use",
    ((182, 0.35), (95, 0.15), (66, 0.5), (40, 0.95), (0, 1.0)),
    admitted=240,
    stays_away=0.5,
    honest=1.0,
    slips=(16, 8, 5),
    screen_every=14,
)
SLIPPED = Archetype(
    "a single slip",
    ((182, 0.3), (60, 0.12), (38, 0.5), (20, 0.6), (8, 0.35), (0, 0.22)),
    stays_away=0.2,
    slips=(17,),
    honest=1.0,
    screen_every=14,
)
UNTOLD = Archetype(
    "use that is not told",
    ((182, 0.25), (90, 0.12), (0, 0.1)),
    admitted=300,
    slips=(15, 12, 9, 6, 3),
    honest=0.0,
)
NEW = Archetype("newly admitted", ((182, 0.6), (0, 0.5)), admitted=11)
NEW_INTENSIVE = Archetype(
    "newly admitted, intensive",
    ((182, 0.7), (0, 0.55)),
    admitted=18,
    levels=((18, Level.INTENSIVE_OUTPATIENT),),
)
AFTERCARE = Archetype(
    "on aftercare",
    ((182, 0.1), (0, 0.08)),
    admitted=480,
    levels=((480, Level.INTENSIVE_OUTPATIENT), (390, Level.OUTPATIENT), (150, Level.AFTERCARE)),
)
LOWERED_TOLERANCE = Archetype(
    "back from custody",
    ((182, 0.35), (60, 0.5), (0, 0.5)),
    absence=(AbsenceCause.CUSTODY, 34, 9, False),
    admitted=210,
)
AFTER_HOSPITAL = Archetype(
    "back from hospital",
    ((182, 0.3), (40, 0.45), (0, 0.35)),
    absence=(AbsenceCause.HOSPITAL, 21, 16, True),
    admitted=275,
)
UNSAFE = Archetype(
    "open safety item",
    ((182, 0.35), (50, 0.3), (20, 0.6), (0, 0.7)),
    open_safety_item=True,
    admitted=205,
    screen_every=14,
)
PREGNANT = Archetype("pregnant", ((182, 0.4), (100, 0.25), (0, 0.28)), pregnant=True, admitted=130)
AFTER_BIRTH = Archetype("after a birth", ((182, 0.35), (100, 0.15), (0, 0.12)), birth=110, admitted=300)
TRAVELED = Archetype(
    "back from a journey",
    ((182, 0.3), (90, 0.12), (0, 0.1)),
    absence=(AbsenceCause.TRAVEL, 25, 12, True),
    admitted=290,
)
OVERDOSED = replace(SILENT, name="silent, and an overdose told of", told_of_overdose=True, admitted=250)
MEDICATION_GAP = Archetype(
    "stopped taking medication",
    ((182, 0.25), (40, 0.2), (14, 0.45), (0, 0.5)),
    medication_gap=9,
    screen_every=14,
)
WITHOUT_MEDICATION = Archetype(
    "without medication", ((182, 0.4), (100, 0.35), (0, 0.32)), medication=False, admitted=150
)
RESIDENTIAL = Archetype(
    "in residential care",
    ((182, 0.6), (24, 0.6), (10, 0.45), (0, 0.35)),
    admitted=24,
    levels=((24, Level.RESIDENTIAL),),
)

CASELOADS: tuple[tuple[Archetype, ...], ...] = (
    (  # Alice Bennett, 22
        STEADY, DRIFTING_LATE, AFTERCARE, STEADY, RETURNED, DRIFTING_EARLY, NEW, STEADY, UNSAFE, RECOVERED,
        SILENT, LONG_STEADY, PREGNANT, READY_TO_STEP_DOWN, LOWERED_TOLERANCE, DRIFTING_EARLY, STEADY,
        MEDICATION_GAP, SLIPPED, UNASKED, WITHOUT_MEDICATION, UNTOLD,
    ),
    (  # Bob Carter, 20
        STEADY, RETURNED, TRAVELED, DRIFTING_LATE, AFTERCARE, LONG_STEADY, SILENT, STEADY, DRIFTING_EARLY,
        NEW_INTENSIVE, RECOVERED, UNASKED, AFTER_HOSPITAL, LONG_STEADY, SLIPPED, MEDICATION_GAP, STEADY,
        WITHOUT_MEDICATION, AFTERCARE, READY_TO_STEP_DOWN,
    ),
    (  # Charlie Diaz, 18
        STEADY, DRIFTING_EARLY, LONG_STEADY, SILENT, RETURNED, AFTERCARE, STEADY, RESIDENTIAL, RECOVERED,
        OVERDOSED, DRIFTING_LATE, NEW, SLIPPED, UNASKED, WITHOUT_MEDICATION, STEADY, MEDICATION_GAP, AFTER_BIRTH,
    ),
)  # fmt: skip
