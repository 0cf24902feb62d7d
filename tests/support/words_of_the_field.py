"""Which words of ours say a thing wrong, and which numbers nobody would say: for tests of texts and of whole pages."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final


class Rule(StrEnum):
    """What to say instead."""

    NOT_COMING = "with use or not coming: a chance that counts absence says so"
    NEEDS_PLAN = "needs a plan, and never in a run, lost or past it"
    MORTALITY = "overdose mortality or all-cause mortality"
    OPIOIDS = "heroin, fentanyl or other opioids"
    BLAME = "what happened, and no name or threat for the person"


_MISNAMED: Final = {
    Rule.NOT_COMING: r"(?i)\b(?:or|nor|and) absence\b|\babsence (?:or|nor|and) (?:of )?use\b",
    Rule.NEEDS_PLAN: (
        r"(?i)\bin a run\b|\bpast it\b|\b(?:clients?|people|person|somebody) (?:who )?(?:is|are|was|were) lost\b"
        r"|\blost (?:clients?|people|person)\b"
    ),
    Rule.MORTALITY: r"(?i)(?<!overdose )(?<!all-cause )\bmortality\b",
    Rule.OPIOIDS: r"(?<!history of )\bheroin\b(?!, fentanyl)",
    Rule.BLAME: (
        r"(?i)\b(?:addict|junkie|abuser|drug abuse|substance abuse(?! treatment)|dirty|non-?compliant|relapser)s?\b"
        r"|\bdose can kill\b"
    ),
}
"""A substance's label has a capital letter: "Heroin found" is a result and no name for all opioids."""


def misnamed(words: str) -> list[Rule]:
    """The rules that a text breaks."""
    return [rule for rule, pattern in _MISNAMED.items() if re.search(pattern, words)]


_UNITS: Final = (
    r"(?:day|week|month|point|sign|session|screen|time|kind|call|client|answer|entr|hour|minute|check-in)"
)
_JARGON: Final = re.compile(
    rf"\b\d+ kinds?\b|\b\d+\.\d{{2,}} ?{_UNITS}|\b\d+\.\d{{2,}} (?:a|of|in)\b|\btimes the usual spread\b"
    r"|(?<![\d.,])1 (?:days|weeks|points|signs|sessions|screens|calls|clients|hours|minutes|answers)\b"
    r"|(?<![\d.,])(?:0|[2-9]|[1-9]\d+) (?:day|week|point|sign|session|screen|call|client|hour|minute|answer)\b"
    r"(?![- ]of the)"
    r"|\bnan\b|\bNone (?:day|week|point|sign)"
    r"|\bstandard deviations?\b|\bodds\b|\blogit|\bcalibrat|\bpercentile\b|\bsigma\b|\baverage precision\b"
    r"|\bslope\b|\bintercept\b|\bAUC\b|\bROC\b|95% interval|area under the\b|\bregression\b|\bquantile",
)


def jargon(words: str) -> list[str]:
    """Numbers and units that nobody would say, and words that only a statistician reads."""
    return [found.group() for found in _JARGON.finditer(words)]
