"""The command of the scores, on tiny folders of the trial's shape."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from casework.standing import places, rest
from casework.validation import calls
from casework.validation.__main__ import main

EVENTS = [
    *((1, 7 * week, 7 * week, "visit", "") for week in range(1, 9)),
    *((1, 7 * week, 7 * week, "uds", "neg") for week in range(1, 9)),
    (2, 7, 7, "visit", ""),
    (2, 7, 7, "uds", "Heroin"),
    (2, 5, 7, "selfreport", "Heroin"),
    (2, 7, 7, "dose", "80"),
    (2, 7, 7, "withdrawal", "2"),
]
COLUMNS = ("who", "day", "known_day", "kind", "value")
PEOPLE = pd.DataFrame({"who": [1, 2], "drug": ["buprenorphine", "methadone"], "last_week": [8, 8]})


def events(rows: list[tuple[int, int, int, str, str]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"known_day": "Int16"})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "trial"
    made.mkdir()
    events(EVENTS).to_parquet(made / "events_new.parquet")
    PEOPLE.to_csv(made / "people_new.csv", index=False)
    return made


def score(folder: Path) -> pd.DataFrame:
    out = folder.parent / "scores.csv"
    assert main(["score", "--dir", str(folder), "--out", str(out)]) == 0
    return pd.read_csv(out)


def test_a_folder_without_labels_is_scored_week_by_week(folder: Path) -> None:
    found = score(folder)
    assert found.columns.tolist() == [
        "who", "week", "early", "use", "engagement", "priority", "p_a", "p_e", "p_b", "p_d",
    ]  # fmt: skip
    assert found["who"].tolist() == [1] * 20 + [2] * 20
    assert found["week"].tolist() == [*range(1, 21)] * 2
    chances = found.filter(like="p_")
    assert ((chances >= 0) & (chances <= 1) | chances.isna()).to_numpy().all()
    assert not found[["early", "use", "engagement", "priority"]].isna().to_numpy().any()
    eighth = found[found["week"] == 8].set_index("who")
    for name in ("early", "use", "engagement", "priority"):
        assert eighth[name].to_dict()[2] > eighth[name].to_dict()[1]


def test_what_became_known_after_a_week_changes_no_score_of_it(folder: Path) -> None:
    before = score(folder)
    late = [(1, 6, 22, "selfreport", "Heroin"), (2, 24, 24, "uds", "Heroin")]
    events([*EVENTS, *late]).to_parquet(folder / "events_new.parquet")
    after = score(folder)
    pd.testing.assert_frame_equal(before[before["week"] <= 3], after[after["week"] <= 3])
    assert not before[before["week"] == 4].equals(after[after["week"] == 4])


def test_the_order_of_the_lines_changes_nothing(folder: Path) -> None:
    before = score(folder)
    events(EVENTS[::-1]).to_parquet(folder / "events_new.parquet")
    PEOPLE[::-1].to_csv(folder / "people_new.csv", index=False)
    pd.testing.assert_frame_equal(score(folder), before)


@pytest.mark.parametrize("kind", ["dose", "uds"])
def test_a_trial_that_records_no_doses_or_no_screens_is_scored(folder: Path, kind: str) -> None:
    events([row for row in EVENTS if row[3] != kind]).to_parquet(folder / "events_new.parquet")
    assert len(score(folder)) == 40


def test_a_row_that_stands_there_twice_counts_once(folder: Path) -> None:
    before = score(folder)
    events([*EVENTS, *EVENTS]).to_parquet(folder / "events_new.parquet")
    pd.testing.assert_frame_equal(score(folder), before)


def test_two_events_of_a_kind_on_one_day_are_scored_whatever_their_order(folder: Path) -> None:
    twice = [*EVENTS, (1, 42, 42, "uds", "Heroin"), (2, 7, 7, "dose", "20")]
    events(twice).to_parquet(folder / "events_new.parquet")
    before = score(folder)
    events(twice[::-1]).to_parquet(folder / "events_new.parquet")
    pd.testing.assert_frame_equal(score(folder), before)


def test_a_dose_of_nothing_is_no_dose(folder: Path) -> None:
    before = score(folder)
    events([*EVENTS, (2, 14, 14, "dose", "0")]).to_parquet(folder / "events_new.parquet")
    pd.testing.assert_frame_equal(score(folder), before)


def test_whole_numbers_may_be_written_with_a_decimal_point(folder: Path) -> None:
    before = score(folder)
    PEOPLE.astype({"who": float, "last_week": float}).to_csv(folder / "people_new.csv", index=False)
    events(EVENTS).astype({"who": float, "day": float, "known_day": float}).to_parquet(
        folder / "events_new.parquet"
    )
    pd.testing.assert_frame_equal(score(folder), before)


def test_the_first_screen_of_all_changes_no_score_of_the_weeks_before_it(folder: Path) -> None:
    """Until a screen was taken nobody can know that the clinic takes any, and that one was missed."""
    without = [row for row in EVENTS if row[3] != "uds"]
    events(without).to_parquet(folder / "events_new.parquet")
    before = score(folder)
    events([*without, (1, 35, 35, "uds", "neg")]).to_parquet(folder / "events_new.parquet")
    after = score(folder)
    pd.testing.assert_frame_equal(before[before["week"] < 5], after[after["week"] < 5])
    assert not before[before["week"] == 8].equals(after[after["week"] == 8])


def test_scores_that_cannot_be_written_are_told_in_a_sentence(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for out in (folder, folder / "none" / "scores.csv"):
        assert main(["score", "--dir", str(folder), "--out", str(out)]) == 2
        told = capsys.readouterr().err
        assert "cannot be written" in told
        assert told.count("\n") == 1


def test_fewer_people_than_folds_are_not_fitted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = folder.parent / "scores.csv"
    assert main(["crossvalidate", "--dir", str(folder), "--out", str(out)]) == 2
    assert "at least 10 people" in capsys.readouterr().err


def test_nothing_is_fitted_where_nothing_happened(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    well = [(who, 7 * week, 7 * week, "visit", "") for who in range(1, 13) for week in range(1, 9)]
    events(well).to_parquet(folder / "events_new.parquet")
    people = {"who": range(1, 13), "drug": "methadone", "last_week": 8}
    pd.DataFrame(people).to_csv(folder / "people_new.csv", index=False)
    out = folder.parent / "scores.csv"
    for command in (["crossvalidate", "--out", str(out)], ["fit"], ["report"]):
        assert main([*command, "--dir", str(folder)]) == 2
        assert "happened to nobody" in capsys.readouterr().err
    assert not out.exists()


def _a_day_far_away(folder: Path) -> None:
    far = events([*EVENTS]).astype({"day": "int64", "known_day": "int64"})
    far.loc[0, ["day", "known_day"]] = 2**31
    far.to_parquet(folder / "events_new.parquet")


def _a_day_left_out(folder: Path) -> None:
    blank = events(EVENTS).astype({"day": "Int64"})
    blank.loc[0, "day"] = pd.NA
    blank.to_parquet(folder / "events_new.parquet")


def _half_a_day(folder: Path) -> None:
    events(EVENTS).assign(day=6.5).to_parquet(folder / "events_new.parquet")


def _second_file(folder: Path) -> None:
    PEOPLE.to_csv(folder / "people_other.csv", index=False)


def _without_a_column(folder: Path) -> None:
    events(EVENTS).drop(columns="known_day").to_parquet(folder / "events_new.parquet")


def _people_without_a_column(folder: Path) -> None:
    PEOPLE.drop(columns="drug").to_csv(folder / "people_new.csv", index=False)


def _a_stranger(folder: Path) -> None:
    events([*EVENTS, (3, 7, 7, "visit", "")]).to_parquet(folder / "events_new.parquet")


def _a_screen_without_a_value(folder: Path) -> None:
    rows = events([*EVENTS, (1, 7, 7, "uds", "neg")])
    rows.loc[rows.index[-1], "value"] = None
    rows.to_parquet(folder / "events_new.parquet")


def _weeks_below_none(folder: Path) -> None:
    PEOPLE.assign(last_week=-4).to_csv(folder / "people_new.csv", index=False)


def _no_parquet(folder: Path) -> None:
    (folder / "events_new.parquet").write_text("who,day\n", encoding="utf-8")


def _no_events(folder: Path) -> None:
    (folder / "events_new.parquet").unlink()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_no_events, "exactly one file events_*.parquet, and holds 0"),
        (_second_file, "exactly one file people_*.csv, and holds 2"),
        (_without_a_column, "events_new.parquet: it lacks the columns known_day"),
        (_a_screen_without_a_value, "events_new.parquet, column value, row 23: an event other than a visit"),
        (_weeks_below_none, "people_new.csv, column last_week, row 2: a week cannot be negative"),
        (_people_without_a_column, "people_new.csv: it lacks the columns drug"),
        (_a_stranger, "column who, row 23: the person is not in people_new.csv"),
        (_no_parquet, "events_new.parquet: it cannot be read as Parquet"),
        (_a_day_far_away, "events_new.parquet, column day, row 2: the number should lie within 3,660"),
        (_a_day_left_out, "events_new.parquet, column day, row 2: a whole number should stand there"),
        (_half_a_day, "events_new.parquet, column day, row 2: a whole number should stand there"),
    ],
)
def test_a_folder_of_another_shape_is_refused_in_a_sentence_and_nothing_is_written(
    folder: Path, capsys: pytest.CaptureFixture[str], spoil: Callable[[Path], None], said: str
) -> None:
    spoil(folder)
    out = folder.parent / "scores.csv"
    assert main(["score", "--dir", str(folder), "--out", str(out)]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert told.startswith("Tideline: ")
    assert told.count("\n") == 1
    assert not out.exists()


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["crossvalidate", "--dir", str(tmp_path / "none"), "--out", str(tmp_path / "x.csv")]) == 2
    assert "exactly one file" in capsys.readouterr().err


@pytest.mark.parametrize("given", [[], ["score"], ["unheard-of"]], ids=str)
def test_a_command_line_that_asks_for_nothing_known_says_how_it_is_used(
    given: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(given)
    assert left.value.code == 2
    assert "usage: python -m casework.validation" in capsys.readouterr().err


CASELOADS = pd.DataFrame({"caseload": [0, 0, 1], "who": [1, 2, 2]})


def listed(
    folder: Path, each: int = 1, rows: pd.DataFrame = CASELOADS, **changed: pd.DataFrame
) -> pd.DataFrame:
    """The lists of the folder; `changed` are the scores, when they are not the shipped ones."""
    scores, caseloads, out = (folder.parent / name for name in ("scores.csv", "caseloads.csv", "lists.csv"))
    changed.get("scores", score(folder)).to_csv(scores, index=False)
    rows.to_csv(caseloads, index=False)
    files = ["--scores", str(scores), "--caseloads", str(caseloads), "--out", str(out)]
    assert main(["calls", "--dir", str(folder), "--calls", str(each), *files]) == 0
    return pd.read_csv(out)


def test_a_list_of_calls_is_made_for_each_caseload_and_week(folder: Path) -> None:
    found = listed(folder, each=2)
    assert found.columns.tolist() == ["caseload", "week", "who"]
    assert found["week"].between(3, 12).all()
    assert found.merge(CASELOADS, on=["caseload", "who"]).shape == found.shape
    assert (found.groupby(["caseload", "week"]).size() <= 2).all()
    assert listed(folder, each=0).empty


def test_the_lists_need_no_labels_and_ignore_the_order_of_all_rows(folder: Path) -> None:
    before = listed(folder)
    events(EVENTS[::-1]).to_parquet(folder / "events_new.parquet")
    after = listed(folder, rows=CASELOADS[::-1], scores=score(folder)[::-1])
    pd.testing.assert_frame_equal(after, before)


def test_what_became_known_after_a_week_changes_no_list_of_it(folder: Path) -> None:
    scores = score(folder)
    before = listed(folder, scores=scores)
    late = [(1, 20, 50, "selfreport", "Heroin"), (2, 49, 49, "visit", ""), (2, 49, 49, "uds", "Heroin")]
    events([*EVENTS, *late]).to_parquet(folder / "events_new.parquet")
    after = listed(folder, scores=scores)
    assert before[before["week"] < 7].equals(after[after["week"] < 7])
    assert not before.equals(after)


def test_lists_are_made_by_the_code_behind_today() -> None:
    for name in ("groups", "rests", "candidates", "deal"):
        used = getattr(calls, name)
        assert used.__module__.startswith("casework.standing."), name
    assert calls.TODAYS_RULE.dealing is places.DEALING
    assert calls.TODAYS_RULE.rest_days is rest.REST_DAYS


def test_scores_without_an_early_warning_are_read_as_use(folder: Path) -> None:
    old = score(folder)[["who", "week", "use", "engagement"]]
    assert not listed(folder, each=2, scores=old).empty


def _scores(**columns: list[object]) -> pd.DataFrame:
    """A file of scores of one week, one row a person, in which something can stand that is no score."""
    whole: dict[str, list[object]] = {"who": [1, 2], "week": [3, 3], "early": [5, 6]}
    return pd.DataFrame({**whole, **columns})


@pytest.mark.parametrize(
    ("scores", "rows", "said"),
    [
        (
            None,
            {"caseload": [0], "who": [9]},
            "caseloads.csv, column who, row 2: the person is not of the study.",
        ),
        (None, {"team": [0], "who": [1]}, "caseloads.csv: it lacks the columns caseload."),
        (None, {"caseload": [0, 1], "who": [1, "two"]}, "caseloads.csv, column who, row 3: a whole number"),
        (_scores().drop(columns="early"), {}, "scores.csv: it lacks the columns early."),
        (_scores().drop(columns="week"), {}, "scores.csv: it lacks the columns week."),
        (_scores(), {}, "person 1, who has no score in week 4."),
        *(
            (_scores(early=[5, bad]), {}, "scores.csv, column early, row 3: a finite number")
            for bad in ("inf", "-Infinity", "nan", "NaN", "", "high", "1e999")
        ),
        (_scores(week=[3, 3.5]), {}, "scores.csv, column week, row 3: a whole number"),
        (_scores(week=["inf", 3]), {}, "scores.csv, column week, row 2: a whole number"),
        (_scores(who=[1, ""]), {}, "scores.csv, column who, row 3: a whole number"),
        (_scores(who=[1, 10**30]), {}, "scores.csv, column who, row 3: the number should lie within"),
        (_scores(who=[1, 1]), {}, "scores.csv, column who, week, row 3: the person has a second score"),
        (_scores(who=[1, "1.0"]), {}, "scores.csv, column who, week, row 3: the person has a second score"),
    ],
)
def test_lists_that_cannot_be_made_are_told_in_a_sentence_that_says_where(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    scores: pd.DataFrame | None,
    rows: dict[str, list[object]],
    said: str,
) -> None:
    (score(folder) if scores is None else scores).to_csv(folder.parent / "scores.csv", index=False)
    (pd.DataFrame(rows) if rows else CASELOADS).to_csv(folder.parent / "caseloads.csv", index=False)
    refused(folder, capsys, said)


def refused(folder: Path, capsys: pytest.CaptureFixture[str], said: str) -> None:
    """`calls` says so in one sentence, leaves with 2, and writes nothing."""
    scores, caseloads, out = (folder.parent / name for name in ("scores.csv", "caseloads.csv", "lists.csv"))
    files = ["--scores", str(scores), "--caseloads", str(caseloads), "--out", str(out)]
    assert main(["calls", "--dir", str(folder), *files]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert told.startswith("Tideline: ")
    assert told.count("\n") == 1
    assert not out.exists()


@pytest.mark.parametrize("name", ["scores.csv", "caseloads.csv"])
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "there is no such file."),
        (b"", "it cannot be read as CSV."),
        (b"\xff\xfe\x00who", "it cannot be read as CSV."),
        (b'who,week\n"1,2', "it cannot be read as CSV."),
        (b"who,week\n1,2,3,4\n1,2\n", "it cannot be read as CSV."),
    ],
)
def test_a_file_that_cannot_be_read_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes | None, said: str
) -> None:
    score(folder).to_csv(folder.parent / "scores.csv", index=False)
    CASELOADS.to_csv(folder.parent / "caseloads.csv", index=False)
    file = folder.parent / name
    file.unlink()
    if content is not None:
        file.write_bytes(content)
    refused(folder, capsys, f"{name}: {said}")
