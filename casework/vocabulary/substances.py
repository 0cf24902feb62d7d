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
