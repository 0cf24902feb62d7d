"""Where word and record differ."""

from __future__ import annotations

from typing import Final

from casework.indicators.registry import Concern
from tests.support.examples.recorded import ON_BUPRENORPHINE, UNKNOWN, Example, every, on

EXAMPLES: Final[tuple[Example, ...]] = (
    Example(
        "says_fine",
        "No use reported, and fentanyl in the latest screen",
        (on(-5, "check_in", use="none", signs=""), on(-3, "screen", found="fentanyl")),
        1,
        Concern.SOME,
    ),
    Example(
        "says_fine",
        "Two kinds of record differ",
        (
            on(-2, "check_in", use="none", craving=1),
            on(-9, "screen", found="heroin"),
            on(-8, "mark", mark="no_show"),
            on(-4, "mark", mark="no_show"),
        ),
        2,
        Concern.MARKED,
    ),
    Example(
        "says_fine",
        "What the client told of is no disagreement",
        (
            on(-9, "check_in", use="slip"),
            on(-6, "screen", found="fentanyl"),
            on(-1, "check_in", use="none"),
        ),
        0,
        Concern.NONE,
    ),
    Example(
        "says_fine",
        "A later screen that found nothing settles it",
        (
            on(-9, "screen", found="fentanyl"),
            on(-3, "screen", found=""),
            on(-1, "check_in", use="none"),
        ),
        0,
        Concern.NONE,
    ),
    Example(
        "says_fine",
        "One no-show is not otherwise",
        (on(-3, "mark", mark="no_show"), on(-1, "check_in", use="none")),
        0,
        Concern.NONE,
    ),
    Example(
        "says_fine",
        "Said to be taken, and doses on record for two of these seven days",
        (
            ON_BUPRENORPHINE,
            *every(range(-20, -6), "dose"),
            *every(range(-2, 0), "dose"),
            on(0, "check_in", use="none", taken=(7, 7)),
        ),
        1,
        Concern.SOME,
    ),
    Example(
        "says_fine",
        "Others tell of use",
        (on(-4, "check_in", use="none"), on(-2, "check_in", use="regular", contact=False)),
        1,
        Concern.SOME,
    ),
    Example(
        "says_fine",
        "What others told is not the client's word",
        (on(-4, "check_in", use="none", contact=False), on(-2, "screen", found="fentanyl")),
        UNKNOWN,
        Concern.UNKNOWN,
    ),
    Example(
        "says_fine",
        "More than 14 days apart they do not speak of the same time",
        (on(-20, "check_in", use="none"), on(-3, "screen", found="fentanyl")),
        UNKNOWN,
        Concern.UNKNOWN,
    ),
    Example(
        "says_fine",
        "Three signs are not much of an answer",
        (
            on(-2, "check_in", signs="", asked="isolating boredom glamorizing"),
            on(-3, "screen", found="fentanyl"),
        ),
        UNKNOWN,
        Concern.UNKNOWN,
    ),
    Example(
        "says_fine",
        "Strong craving is not fine",
        (on(-2, "check_in", use="none", craving=8), on(-3, "screen", found="fentanyl")),
        0,
        Concern.NONE,
    ),
    Example(
        "says_hard",
        "A slip was told, the screen found nothing",
        (on(-2, "check_in", use="slip"), on(-1, "screen", found="")),
        1,
        Concern.SOME,
    ),
    Example(
        "says_hard",
        "Strong craving and moderate withdrawal, every session kept",
        (
            on(-8, "mark", mark="attended"),
            on(-2, "check_in", craving=8, withdrawal=2),
            on(-1, "mark", mark="late"),
        ),
        2,
        Concern.SOME,
    ),
    Example(
        "says_hard",
        "When the screen shows it too, both agree",
        (on(-2, "check_in", use="slip"), on(-1, "screen", found="heroin")),
        0,
        Concern.NONE,
    ),
    Example(
        "says_hard",
        "A no-show at the end does not look fine",
        (
            on(-9, "screen", found=""),
            on(-2, "check_in", craving=9),
            on(-1, "mark", mark="no_show"),
        ),
        0,
        Concern.NONE,
    ),
    Example(
        "says_hard",
        "Nothing on record is not fine",
        (on(-2, "check_in", use="slip", craving=9),),
        UNKNOWN,
        Concern.UNKNOWN,
    ),
    Example(
        "says_hard",
        "Not asked is not hard",
        (on(-2, "check_in"), on(-1, "screen", found="")),
        UNKNOWN,
        Concern.UNKNOWN,
    ),
)
