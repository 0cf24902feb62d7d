"""Outcomes and forecasts."""

from __future__ import annotations

from typing import Final

from casework.vocabulary.outcomes import Likelihood, Outcome
from casework.wording.words import Texts, Words

OUTCOMES: Final[Texts] = {
    "relapse": Words(
        "Four weeks with use or not coming",
        "Within four weeks the fourth week in a row with an unexpected opioid in urine or not coming.",
    ),
    "early": Words(
        "Four weeks with use or not coming begin",
        "After a week that was kept without use, four in a row with use or not coming begin within the next four.",
    ),
    "use": Words(
        "Use in two of four weeks",
        "Opioid use shows in urine or is reported in at least two of the next four weeks.",
        short="Return of use",
    ),
    "dropout": Words(
        "Four weeks without coming",
        "Within four weeks the fourth week in a row without coming, although expected.",
        short="Losing contact",
    ),
}
LIKELIHOODS: Final[Texts] = {
    Likelihood.VERY_UNLIKELY: Words("Very unlikely"),
    Likelihood.UNLIKELY: Words("Unlikely"),
    Likelihood.EVEN: Words("Even"),
    Likelihood.LIKELY: Words("Likely"),
    Likelihood.VERY_LIKELY: Words("Very likely"),
}

_QUESTIONS: Final = {
    Outcome.DROPOUT: "Will we lose contact in the next 4 weeks?",
    Outcome.USE: "Will use return in the next 4 weeks?",
}


def question(outcome: Outcome) -> str:
    """How a counselor is asked for a forecast of it."""
    return _QUESTIONS[outcome]
