"""Co-occurring conditions."""

from __future__ import annotations

from typing import Final

from casework.wording.words import Texts, Words

CO_OCCURRING: Final[Texts] = {
    "depression": Words("Depression", "Depression, diagnosed or under assessment."),
    "anxiety": Words("Anxiety or panic", "Anxiety or panic, diagnosed or under assessment."),
    "bipolar": Words("Bipolar disorder", "Bipolar disorder, diagnosed or under assessment."),
    "psychosis": Words(
        "Schizophrenia or psychosis", "Schizophrenia or psychosis, diagnosed or under assessment."
    ),
    "trauma": Words("Trauma-related disorder", "Trauma-related disorder, diagnosed or under assessment."),
    "brain_injury": Words("Brain injury", "Brain injury, diagnosed or under assessment."),
    "epilepsy": Words("Epilepsy", "Epilepsy, diagnosed or under assessment."),
    "alcohol_use": Words("Alcohol use disorder", "Alcohol use disorder, diagnosed or under assessment."),
    "stimulant_use": Words(
        "Stimulant use disorder", "Stimulant use disorder, diagnosed or under assessment."
    ),
    "sedative_use": Words("Sedative use disorder", "Sedative use disorder, diagnosed or under assessment."),
    "chronic_pain": Words("Chronic pain", "Chronic pain, diagnosed or under assessment."),
}
