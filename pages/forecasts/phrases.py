"""The two questions and the five answers of a forecast, as the page says them."""

from __future__ import annotations

from typing import Final

from casework import wording
from casework.forecasts import PROBABILITY
from casework.vocabulary import Likelihood, Outcome

QUESTIONS: Final = {one: wording.question(one) for one in (Outcome.DROPOUT, Outcome.USE)}
SUBJECTS: Final = {one: wording.short_label(one) for one in QUESTIONS}
COUNTS: Final = {question: f"What counts: {wording.sentence_of(question)}" for question in QUESTIONS}
"""What has to happen: the outcomes that Tideline's chances are about, and that forecasts are compared with."""


def answer(given: Likelihood) -> str:
    """ "Unlikely 20%": the word with the number that it stands for."""
    return f"{wording.label(given)} {wording.percent(PROBABILITY[given])}"


def chance(given: float | None) -> str:
    """ "34%"; "none given" where Tideline gave no chance."""
    return "none given" if given is None else wording.percent(given)
