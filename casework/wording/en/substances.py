"""Substances."""

from __future__ import annotations

from typing import Final

from casework.wording.words import Texts, Words

SUBSTANCES: Final[Texts] = {
    "heroin": Words("Heroin", "Found in a urine screen or reported: heroin."),
    "fentanyl": Words("Fentanyl", "Found in a urine screen or reported: fentanyl."),
    "other_opioid": Words("Other opioid", "Found in a urine screen or reported: other opioid."),
    "methadone": Words("Methadone", "Found in a urine screen or reported: methadone."),
    "buprenorphine": Words("Buprenorphine", "Found in a urine screen or reported: buprenorphine."),
    "cocaine": Words("Cocaine", "Found in a urine screen or reported: cocaine."),
    "amphetamine": Words("Amphetamines", "Found in a urine screen or reported: amphetamines."),
    "benzodiazepine": Words("Benzodiazepines", "Found in a urine screen or reported: benzodiazepines."),
    "alcohol": Words("Alcohol", "Found in a urine screen or reported: alcohol."),
    "cannabis": Words("Cannabis", "Found in a urine screen or reported: cannabis."),
    "other": Words("Other substance", "Found in a urine screen or reported: other substance."),
}
