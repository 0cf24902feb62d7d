"""Substances: their names explain themselves."""

from __future__ import annotations

from typing import Final

from casework.wording.words import Texts, Words

SUBSTANCES: Final[Texts] = {
    "heroin": Words("Heroin"),
    "fentanyl": Words("Fentanyl"),
    "other_opioid": Words("Other opioid"),
    "methadone": Words("Methadone"),
    "buprenorphine": Words("Buprenorphine"),
    "cocaine": Words("Cocaine"),
    "amphetamine": Words("Amphetamines"),
    "benzodiazepine": Words("Benzodiazepines"),
    "alcohol": Words("Alcohol"),
    "cannabis": Words("Cannabis"),
    "other": Words("Other substance"),
}
