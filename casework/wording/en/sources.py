"""Where terms come from."""

from __future__ import annotations

from typing import Final

from casework.vocabulary.terms import Source
from casework.wording.words import Texts, Words

SOURCE: Final = '"Heroin Relapse", American Addiction Centers'
SOURCES: Final[Texts] = {
    Source.ARTICLE: Words(SOURCE),
    Source.ARTICLE_OWN_RUNG: Words(f"{SOURCE}; a rung of its own in Tideline"),
    Source.TIDELINE: Words("Tideline"),
    Source.FDA_LABEL: Words("FDA label"),
    Source.TRIALS: Words("CTN-0094 trials"),
    Source.TRIALS_MISSING_AS_USE: Words("CTN-0094 trials, missing counted as use"),
    Source.TRIALS_OBSERVED: Words("CTN-0094 trials, only what was observed"),
}
