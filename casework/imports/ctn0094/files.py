"""Reading and checking the trial data's two files. The files of labels and outcomes are never opened."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from casework.errors import ImportRefused
from casework.imports.ctn0094.mapping import DRUGS, OTHER, SUBSTANCES_OF_TRIAL
from casework.imports.ctn0094.tables import read_csv, read_parquet, refuse_where, whole_numbers

KINDS = frozenset({"visit", "uds", "selfreport", "dose", "withdrawal"})
EVENT_COLUMNS = ("who", "day", "known_day", "kind", "value")
CONDITION_COLUMNS = (
    "has_schizophrenia", "has_major_dep", "has_bipolar", "has_anx_pan", "has_brain_damage", "has_epilepsy",
    "has_alcol_dx", "has_cocaine_dx", "has_sedatives_dx", "pain",
)  # fmt: skip
PEOPLE_COLUMNS = ("who", "drug", "sex", "site", "last_week", *CONDITION_COLUMNS)
SCORED_COLUMNS = ("who", "drug", "last_week")
"""All of a person that a score may know: what is prescribed, and until when visits are due."""
FURTHEST_DAY = 3_660
"""No study lasts ten years, in either direction of its day 0; a day beyond that is a mistake."""
FURTHEST_WEEK = FURTHEST_DAY // 7


@dataclass(frozen=True)
class Trial:
    """The files as read. `people` is indexed 0.. and sorted by who; `events` by who and day, without the rows that the
    clinic never came to know, which `never_known` counts by kind. `digest` is the SHA-256 of both files."""

    people: pd.DataFrame
    events: pd.DataFrame
    never_known: dict[str, int]
    digest: str


def read_folder(folder: Path, *, part: str = "dev") -> Trial:
    """Read ``events_{part}.parquet`` and ``people_{part}.csv``; ImportRefused when they are not what they should be."""
    events_file, people_file = folder / f"events_{part}.parquet", folder / f"people_{part}.csv"
    for file in (events_file, people_file):
        if not file.is_file():
            raise ImportRefused(
                f"There is no {file.name} in the folder of the trial data. Name the folder with --dir or CTN0094_DIR."
            )
    return _trial(people_file, events_file, PEOPLE_COLUMNS)


def read_for_scores(folder: Path) -> Trial:
    """Read the folder's one ``events_*.parquet`` and one ``people_*.csv`` to score them; ImportRefused otherwise.

    Of people only `SCORED_COLUMNS` are needed. A substance that has no name here is read as another substance: it is
    no opioid that anybody prescribes or screens for. A row that stands there twice counts once, two events of a kind
    on one day count both, and a dose of 0 mg is no dose.
    """
    people_file, events_file = _only(folder, "people_*.csv"), _only(folder, "events_*.parquet")
    return _trial(people_file, events_file, SCORED_COLUMNS, for_scores=True)


def _only(folder: Path, pattern: str) -> Path:
    found = sorted(folder.glob(pattern))
    if len(found) != 1:
        raise ImportRefused(
            f"The folder of the trial data should hold exactly one file {pattern}, and holds {len(found)}. Name the "
            "folder with --dir or CTN0094_DIR."
        )
    return found[0]


def _trial(
    people_file: Path, events_file: Path, columns: tuple[str, ...], *, for_scores: bool = False
) -> Trial:
    people = _people(people_file, columns)
    events = _events(events_file, for_scores=for_scores)
    digest = hashlib.sha256(events_file.read_bytes() + people_file.read_bytes()).hexdigest()
    strangers = ~events["who"].isin(people["who"])
    refuse_where(events_file, strangers, f"the person is not in {people_file.name}.", column="who")
    unknown = events["known_day"].isna()
    never = events.loc[unknown, "kind"].value_counts().sort_index()
    known = events[~unknown].astype({"known_day": "int64"})
    return Trial(
        people, known.reset_index(drop=True), {str(kind): int(n) for kind, n in never.items()}, digest
    )


def _people(file: Path, columns: tuple[str, ...]) -> pd.DataFrame:
    people = read_csv(file, columns)
    people["who"] = whole_numbers(file, people, "who")
    people["last_week"] = whole_numbers(file, people, "last_week", within=FURTHEST_WEEK)
    refuse_where(file, people["last_week"] < 0, "a week cannot be negative.", column="last_week")
    refuse_where(file, people["who"].duplicated(), "the person stands there twice.", column="who")
    drug = people["drug"]
    refuse_where(
        file, ~drug.isin(list(DRUGS)), "is a medication that is not known here.", column="drug", named=drug
    )
    return people.sort_values("who", ignore_index=True)


def _events(file: Path, *, for_scores: bool) -> pd.DataFrame:
    events = read_parquet(file, EVENT_COLUMNS)
    events["who"] = whole_numbers(file, events, "who")
    events["day"] = whole_numbers(file, events, "day", within=FURTHEST_DAY)
    events["known_day"] = whole_numbers(file, events, "known_day", within=FURTHEST_DAY, blank=True)
    events = events.astype({"kind": str, "value": str})
    kind = events["kind"]
    refuse_where(
        file, ~kind.isin(KINDS), "is a kind of event that is not known here.", column="kind", named=kind
    )
    bare = (events["kind"] != "visit") & events["value"].isna()
    refuse_where(file, bare, "an event other than a visit needs a value.", column="value")
    if for_scores:
        events = _as_scores_take_it(events)
    else:
        twice = events.duplicated(["who", "day", "kind"])
        refuse_where(file, twice, "a person and day have two events of the same kind.")
    early = (events["known_day"] < events["day"]).fillna(False).astype(bool)
    refuse_where(file, early, "the event was known before it happened.", column="known_day")
    _require_values(file, events)
    return events.sort_values(["who", "day"], kind="stable", ignore_index=True)


def _as_scores_take_it(events: pd.DataFrame) -> pd.DataFrame:
    """The events without what says nothing more, in one order whatever the file's, so that no score depends on it."""
    events = _with_known_names(events[list(EVENT_COLUMNS)]).drop_duplicates()
    none_taken = (events["kind"] == "dose") & (pd.to_numeric(events["value"], errors="coerce") == 0)
    return events[~none_taken].sort_values(["known_day", "kind", "value"])


def _with_known_names(events: pd.DataFrame) -> pd.DataFrame:
    named = events["kind"].isin(["uds", "selfreport"])
    known = {value: _known_names(value) for value in events.loc[named, "value"].unique()}
    return events.assign(value=events["value"].where(~named, events["value"].map(known)))


def _known_names(value: str) -> str:
    if value == "neg":
        return value
    return "|".join(name if name in SUBSTANCES_OF_TRIAL else OTHER for name in value.split("|"))


def _require_values(file: Path, events: pd.DataFrame) -> None:
    named = events["kind"].isin(["uds", "selfreport"])
    unknown = {value for value in events.loc[named, "value"].unique() if not _is_known(value)}
    refuse_where(
        file,
        named & events["value"].isin(unknown),
        "names a substance that is not known here.",
        column="value",
        named=events["value"],
    )
    withdrawal = (events["kind"] == "withdrawal") & ~events["value"].isin(["0", "1", "2", "3"])
    refuse_where(file, withdrawal, "withdrawal runs from 0 to 3.", column="value")
    milligrams = pd.to_numeric(events["value"], errors="coerce")
    dose = (events["kind"] == "dose") & ~((milligrams > 0) & (milligrams < float("inf")))
    refuse_where(file, dose, "a dose is a number of milligrams above 0.", column="value")


def _is_known(value: str) -> bool:
    return value == "neg" or set(value.split("|")) <= set(SUBSTANCES_OF_TRIAL)
