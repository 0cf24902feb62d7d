"""Reading and checking the trial data's two files. The files of labels and outcomes are never opened."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from casework.errors import ImportRefused
from casework.imports.ctn0094.mapping import DRUGS, OTHER, SUBSTANCES_OF_TRIAL

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
    strangers = set(events["who"]) - set(people["who"])
    if strangers:
        raise ImportRefused(
            f"{events_file.name} has events of {len(strangers)} people who are not in {people_file.name}."
        )
    unknown = events["known_day"].isna()
    never = events.loc[unknown, "kind"].value_counts().sort_index()
    known = events[~unknown].astype({"known_day": "int64"})
    return Trial(
        people, known.reset_index(drop=True), {str(kind): int(n) for kind, n in never.items()}, digest
    )


def _people(file: Path, columns: tuple[str, ...]) -> pd.DataFrame:
    try:
        people = pd.read_csv(file, dtype=str, keep_default_na=False)
    except (ValueError, OSError) as error:
        raise ImportRefused(f"{file.name} cannot be read as CSV.") from error
    _require_columns(file, people, columns)
    numbers = ["who", "last_week"]
    try:
        # "16.0" is what pandas writes for a whole number once a column had a blank.
        people[numbers] = people[numbers].replace(r"\.0+$", "", regex=True).astype("int64")
    except (ValueError, OverflowError) as error:
        raise ImportRefused(f"{file.name}: who and last_week must be whole numbers.") from error
    if (people["last_week"] < 0).any():
        raise ImportRefused(f"{file.name}: last_week cannot be negative.")
    if people["who"].duplicated().any():
        raise ImportRefused(f"{file.name} has a person twice.")
    foreign = sorted(set(people["drug"]) - set(DRUGS))
    if foreign:
        raise ImportRefused(f"{file.name} has a medication that is not known here: {', '.join(foreign)}.")
    return people.sort_values("who", ignore_index=True)


def _events(file: Path, *, for_scores: bool) -> pd.DataFrame:
    try:
        events = pd.read_parquet(file)
    except (ValueError, OSError) as error:
        raise ImportRefused(f"{file.name} cannot be read as Parquet.") from error
    _require_columns(file, events, EVENT_COLUMNS)
    _require_days(file, events)
    events = events.astype({"who": "int64", "day": "int64", "kind": str, "value": str})
    foreign = sorted(set(events["kind"]) - KINDS)
    if foreign:
        raise ImportRefused(f"{file.name} has a kind of event that is not known here: {', '.join(foreign)}.")
    if events.loc[events["kind"] != "visit", "value"].isna().any():
        raise ImportRefused(f"{file.name} has an event other than a visit without a value.")
    if for_scores:
        events = _as_scores_take_it(events)
    elif events.duplicated(["who", "day", "kind"]).any():
        raise ImportRefused(f"{file.name} has two events of the same kind for a person and day.")
    if (events["known_day"] < events["day"]).fillna(False).any():
        raise ImportRefused(f"{file.name} has an event that was known before it happened.")
    _require_values(file, events)
    return events.sort_values(["who", "day"], kind="stable", ignore_index=True)


def _as_scores_take_it(events: pd.DataFrame) -> pd.DataFrame:
    """The events without what says nothing more, in one order whatever the file's, so that no score depends on it."""
    events = _with_known_names(events[list(EVENT_COLUMNS)]).drop_duplicates()
    none_taken = (events["kind"] == "dose") & (pd.to_numeric(events["value"], errors="coerce") == 0)
    return events[~none_taken].sort_values(["known_day", "kind", "value"])


def _require_days(file: Path, events: pd.DataFrame) -> None:
    """Whole days near the study; only the day on which a row became known may be blank."""
    for column, may_be_blank in (("who", False), ("day", False), ("known_day", True)):
        given = pd.to_numeric(events[column], errors="coerce").astype("Float64")
        unreadable = given.isna() & (events[column].notna() if may_be_blank else True)
        if unreadable.any() or (given.dropna() % 1 != 0).any():
            raise ImportRefused(f"{file.name}: {column} must be whole numbers.")
        if column != "who" and (given.dropna().abs() > FURTHEST_DAY).any():
            raise ImportRefused(f"{file.name}: {column} lies years away from the study.")


def _with_known_names(events: pd.DataFrame) -> pd.DataFrame:
    named = events["kind"].isin(["uds", "selfreport"])
    known = {value: _known_names(value) for value in events.loc[named, "value"].unique()}
    return events.assign(value=events["value"].where(~named, events["value"].map(known)))


def _known_names(value: str) -> str:
    if value == "neg":
        return value
    return "|".join(name if name in SUBSTANCES_OF_TRIAL else OTHER for name in value.split("|"))


def _require_values(file: Path, events: pd.DataFrame) -> None:
    named = events.loc[events["kind"].isin(["uds", "selfreport"]), "value"].unique()
    substances = {name for value in named if value != "neg" for name in value.split("|")}
    foreign = sorted(substances - set(SUBSTANCES_OF_TRIAL))
    if foreign:
        raise ImportRefused(f"{file.name} names a substance that is not known here: {', '.join(foreign)}.")
    withdrawal = set(events.loc[events["kind"] == "withdrawal", "value"])
    if not withdrawal <= {"0", "1", "2", "3"}:
        raise ImportRefused(f"{file.name}: withdrawal runs from 0 to 3.")
    doses = pd.to_numeric(events.loc[events["kind"] == "dose", "value"], errors="coerce")
    if not (doses > 0).all():
        raise ImportRefused(f"{file.name}: a dose is a number of milligrams above 0.")


def _require_columns(file: Path, data: pd.DataFrame, needed: tuple[str, ...]) -> None:
    missing = [column for column in needed if column not in data.columns]
    if missing:
        raise ImportRefused(f"{file.name} lacks the columns {', '.join(missing)}.")
