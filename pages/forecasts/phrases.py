"""The two questions and the five answers of a forecast, as the page says them."""

from __future__ import annotations

from typing import Final

from casework import wording
from casework.forecasts import PROBABILITY
from casework.vocabulary import OUTCOMES, Likelihood, Outcome, term

QUESTIONS: Final = {
    Outcome.DROPOUT: "Will we lose contact in the next 4 weeks?",
    Outcome.USE: "Will use return in the next 4 weeks?",
}
SUBJECTS: Final = {Outcome.DROPOUT: "Losing contact", Outcome.USE: "Return of use"}
COUNTS: Final = {
    question: f"What counts: {wording.sentence_of(term(OUTCOMES, question))}" for question in QUESTIONS
}
"""What has to happen: the outcomes that Tideline's chances are about, and that forecasts are compared with."""
ANSWERS: Final = {
    Likelihood.VERY_UNLIKELY: "Very unlikely",
    Likelihood.UNLIKELY: "Unlikely",
    Likelihood.EVEN: "Even",
    Likelihood.LIKELY: "Likely",
    Likelihood.VERY_LIKELY: "Very likely",
}


def answer(given: Likelihood) -> str:
    """ "Unlikely 20%": the word with the number that it stands for."""
    return f"{ANSWERS[given]} {wording.percent(PROBABILITY[given])}"


def chance(given: float | None) -> str:
    """ "34%"; "none given" where Tideline gave no chance."""
    return "none given" if given is None else wording.percent(given)
