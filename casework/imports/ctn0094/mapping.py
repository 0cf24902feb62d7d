"""What the trial data's words mean in Tideline's vocabulary. An unknown word is refused, never guessed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from casework.vocabulary import CO_OCCURRING, MEDICATIONS, SUBSTANCES, MaintenanceMedication, mask, term

OTHER = "Sedatives"
"""One of the names that mean another substance."""
SUBSTANCES_OF_TRIAL: dict[str, str] = {
    "Heroin": "heroin",
    # A urine test for opiates doesn't tell heroin from other opiates; a report of "Opioid" is one of the others.
    "Opioid": "other_opioid",
    "Methadone": "methadone",
    "Buprenorphine": "buprenorphine",
    "Cocaine": "cocaine",
    "Amphetamine": "amphetamine",
    "Methylphenidate": "amphetamine",
    "Cathinones": "amphetamine",
    "Benzodiazepine": "benzodiazepine",
    "Alcohol": "alcohol",
    "Thc": "cannabis",
    "THC": "cannabis",
    "K2": "cannabis",
    "Sedatives": "other",
    "Muscle Relaxant": "other",
    "Clonidine": "other",
    "Hallucinogen": "other",
    "Mdma/Hallucinogen": "other",
    "Analgesic": "other",
    "Dextromethorphan": "other",
    "Antidepressant": "other",
    "Antipsychotic": "other",
    "Pcp": "other",
    "Antibiotic": "other",
    "Antiemetic": "other",
    "Antihistamine": "other",
    "Benadryl": "other",
    "Inhalant": "other",
    "Ghb": "other",
    "Caffeine": "other",
    "Unknown": "other",
}

DRUGS: dict[str, str] = {
    "methadone": "methadone",
    "buprenorphine": "buprenorphine",
    "naltrexone": "naltrexone_xr",
}
"""The trial's study medication as a maintenance medication. The trial's naltrexone was the monthly injection."""
NALTREXONE_INJECTION_MILLIGRAMS = 380  # FDA label; the data say 1 for one injection

PANEL = mask(
    SUBSTANCES,
    [
        "other_opioid",
        "methadone",
        "buprenorphine",
        "cocaine",
        "amphetamine",
        "benzodiazepine",
        "cannabis",
        "alcohol",
        "other",
    ],
)
"""What the trials' urine results name. Heroin shows as an opiate; fentanyl was not tested for."""

CONDITIONS: dict[str, str] = {
    "has_schizophrenia": "psychosis",
    "has_major_dep": "depression",
    "has_bipolar": "bipolar",
    "has_anx_pan": "anxiety",
    "has_brain_damage": "brain_injury",
    "has_epilepsy": "epilepsy",
    "has_alcol_dx": "alcohol_use",
    "has_cocaine_dx": "stimulant_use",
    "has_sedatives_dx": "sedative_use",
}
SEVERE_PAIN = "2"  # 0 none, 1 very mild to moderate, 2 severe


@cache
def substances(value: str) -> int:
    """The bitmask of a urine result or a self-report."""
    if value in ("", "neg"):
        return 0
    return mask(SUBSTANCES, {SUBSTANCES_OF_TRIAL[name] for name in value.split("|")})


@cache
def medication(drug: str) -> MaintenanceMedication:
    """The study medication of a person."""
    found = term(MEDICATIONS, DRUGS[drug])
    if not isinstance(found, MaintenanceMedication):
        raise TypeError(drug)
    return found


@cache
def expected(drug: str) -> int:
    """The substances that the study medication itself puts into a urine screen."""
    shows_as = medication(drug).shows_as
    return 0 if shows_as is None else mask(SUBSTANCES, [shows_as])


def co_occurring(person: Mapping[str, str]) -> int:
    """The bitmask of co-occurring conditions; a blank column means that it was not assessed."""
    found = [condition for column, condition in CONDITIONS.items() if person[column] == "1"]
    if person["pain"] == SEVERE_PAIN:
        found.append("chronic_pain")
    return mask(CO_OCCURRING, found)
