"""Maintenance medications."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from casework.vocabulary.terms import RXNORM, Coding, Source, Term


class Medication(StrEnum):
    """What a prescription or a dose names."""

    METHADONE = "methadone"
    BUPRENORPHINE = "buprenorphine"
    BUPRENORPHINE_XR = "buprenorphine_xr"
    NALTREXONE = "naltrexone"
    NALTREXONE_XR = "naltrexone_xr"


@dataclass(frozen=True)
class MaintenanceMedication(Term):
    """`covers_days` is how long one dose lasts; `shows_as` is the substance that a urine screen then expects."""

    covers_days: int = 1
    shows_as: str | None = None


EXTENDED_RELEASE_NALTREXONE_DAYS = 31  # one 380 mg injection; CTN-0094 event rules count about 31 days
EXTENDED_RELEASE_BUPRENORPHINE_DAYS = (
    28  # monthly injection, at least 26 days between doses (FDA label, Sublocade)
)

# RxNorm ingredients, also where the term is one way of giving it.
_METHADONE = (Coding(RXNORM, "6813"),)
_BUPRENORPHINE = (Coding(RXNORM, "1819"),)
_NALTREXONE = (Coding(RXNORM, "7243"),)

MEDICATIONS: tuple[MaintenanceMedication, ...] = (
    MaintenanceMedication(
        "methadone", codings=_METHADONE, covers_days=1, shows_as="methadone", source=Source.FDA_LABEL
    ),
    MaintenanceMedication(
        "buprenorphine",
        codings=_BUPRENORPHINE,
        covers_days=1,
        shows_as="buprenorphine",
        source=Source.FDA_LABEL,
    ),
    MaintenanceMedication(
        "buprenorphine_xr",
        codings=_BUPRENORPHINE,
        covers_days=EXTENDED_RELEASE_BUPRENORPHINE_DAYS,
        shows_as="buprenorphine",
        source=Source.FDA_LABEL,
    ),
    MaintenanceMedication("naltrexone", codings=_NALTREXONE, covers_days=1, source=Source.FDA_LABEL),
    MaintenanceMedication(
        "naltrexone_xr",
        codings=_NALTREXONE,
        covers_days=EXTENDED_RELEASE_NALTREXONE_DAYS,
        source=Source.FDA_LABEL,
    ),
)
