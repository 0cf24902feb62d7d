"""Maintenance medications."""

from __future__ import annotations

from typing import Final

from casework.wording.words import Texts, Words

MEDICATIONS: Final[Texts] = {
    "methadone": Words("Methadone", "Taken daily."),
    "buprenorphine": Words("Buprenorphine", "Taken daily under the tongue, often with naloxone."),
    "buprenorphine_xr": Words("Buprenorphine injection", "Given about once a month."),
    "naltrexone": Words("Naltrexone tablets", "Taken daily."),
    "naltrexone_xr": Words("Naltrexone injection", "Extended release, given about once a month."),
}
