"""What a urine screen finds or a client reports."""

from __future__ import annotations

from dataclasses import dataclass

from casework.vocabulary.terms import RXNORM, Coding, Source, Term, mask


@dataclass(frozen=True)
class Substance(Term):
    """A substance."""


SUBSTANCES: tuple[Substance, ...] = (
    Substance("heroin", source=Source.TIDELINE),
    Substance("fentanyl", codings=(Coding(RXNORM, "4337"),), source=Source.TIDELINE),
    Substance("other_opioid", source=Source.TIDELINE),
    Substance("methadone", codings=(Coding(RXNORM, "6813"),), source=Source.TIDELINE),
    Substance("buprenorphine", codings=(Coding(RXNORM, "1819"),), source=Source.TIDELINE),
    Substance("cocaine", source=Source.TIDELINE),
    Substance("amphetamine", source=Source.TIDELINE),
    Substance("benzodiazepine", source=Source.TIDELINE),
    Substance("alcohol", source=Source.TIDELINE),
    Substance("cannabis", source=Source.TIDELINE),
    Substance("other", source=Source.TIDELINE),
)

OPIOIDS = ("heroin", "fentanyl", "other_opioid", "methadone", "buprenorphine")
OPIOID_MASK = mask(SUBSTANCES, OPIOIDS)
"""Substances that count as an opioid in a urine screen unless they are the client's own prescription."""

OTHER_SUBSTANCES = tuple(one.id for one in SUBSTANCES if one.id not in OPIOIDS)
"""What a check-in tells of beside opioids, whose use is a question of its own."""
WITHDRAWAL_SUBSTANCES = (*OPIOIDS, "alcohol", "benzodiazepine", "other")
"""What withdrawal can come from. Cannabis and cocaine have none that needs a physician today."""
