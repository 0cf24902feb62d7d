"""The committed figures of the validation report: complete, readable, and what docs/validation.md says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from casework.caseload.calls_report import FILE as CALLS_FILE
from casework.caseload.calls_report import TIDELINE, TURNS, CallsReport, read_calls_report
from casework.caseload.evidence_report import FILE, LABELS, LANDMARK, Interval, Report, read_report
from casework.indicators.chances import READS
from casework.validation.__main__ import PAGE, main
from casework.validation.report_page import page
from casework.validation.simple_rules import SIMPLE_RULES
from casework.vocabulary import Outcome

LARGEST_BYTES = 60_000


@pytest.fixture
def committed() -> Report:
    return read_report()


def test_what_is_written_is_what_is_read(committed: Report) -> None:
    assert Report.from_json(committed.as_json()) == committed
    assert committed.as_json() == FILE.read_text(encoding="utf-8")


def test_the_file_stays_small(committed: Report) -> None:
    assert len(committed.as_json().encode()) < LARGEST_BYTES


def test_the_page_in_docs_is_that_of_the_committed_figures(committed: Report) -> None:
    assert PAGE.read_text(encoding="utf-8") == page(committed, read_calls_report()), "run: make validate"


def test_the_figures_of_the_list_are_complete_and_small() -> None:
    calls = read_calls_report()
    assert CallsReport.from_json(calls.as_json()) == calls
    assert calls.as_json() == CALLS_FILE.read_text(encoding="utf-8")
    assert len(calls.as_json().encode()) < LARGEST_BYTES
    assert {(one.name, one.calls) for one in calls.lists} >= {
        (name, number) for name in (TIDELINE, TURNS) for number in (5, 2)
    }
    assert calls.variants


def test_the_list_is_ahead_of_taking_turns_in_every_figure_beyond_chance() -> None:
    calls = read_calls_report()
    assert len(calls.ahead) == 8
    for one in calls.ahead:
        assert one.ahead.low > 0, one


def test_every_outcome_has_all_its_figures(committed: Report) -> None:
    outcomes = {*map(str, Outcome), LANDMARK}
    assert outcomes == set(LABELS)
    assert {one.outcome for one in committed.discrimination} == outcomes
    assert {(one.outcome, one.rule) for one in committed.comparisons} == {
        (outcome, rule) for outcome in outcomes for rule in SIMPLE_RULES
    }
    assert {one.outcome for one in committed.calibration} == set(Outcome)
    assert {(one.outcome, one.by) for one in committed.groups} == {
        (outcome, by)
        for outcome in Outcome
        for by in ("Sex", "Race and ethnicity", "Age", "Trial", "Medication")
    }


def test_each_outcome_is_judged_by_the_score_that_the_dashboard_reads_it_from(committed: Report) -> None:
    for outcome, score in READS.items():
        assert committed.discrimination_of(outcome).score == score


def test_every_interval_holds_its_figure(committed: Report) -> None:
    for one in committed.discrimination:
        for figure in (one.auc, one.precision, one.caught_10, one.caught_20):
            assert figure.low <= figure.value <= figure.high


def test_groups_of_each_kind_add_up_to_everybody(committed: Report) -> None:
    for whole in committed.discrimination:
        if whole.outcome == LANDMARK:
            continue
        for by in {one.by for one in committed.groups}:
            some = [one for one in committed.groups if (one.outcome, one.by) == (whole.outcome, by)]
            assert sum(one.people for one in some) == whole.people
            assert sum(one.events for one in some) == whole.events


def test_a_group_stands_out_only_beyond_chance(committed: Report) -> None:
    group = next(one for one in committed.groups if one.auc)
    overall = committed.discrimination_of(group.outcome).auc.value
    even = replace(
        group,
        flagged=0.2,
        auc=Interval(overall - 0.02, overall - 0.05, overall + 0.01),
        ratio=Interval(1.1, 0.9, 1.2),
    )

    def uneven(one):
        return replace(committed, groups=(one,)).uneven()

    assert not uneven(even)
    assert uneven(replace(even, auc=Interval(overall - 0.05, overall - 0.1, overall - 0.01)))
    assert uneven(replace(even, ratio=Interval(0.6, 0.5, 0.9)))
    assert uneven(replace(even, ratio=Interval(1.4, 1.1, 1.9)))
    assert uneven(replace(even, flagged=0.27))


def test_without_a_folder_of_data_the_command_says_how_to_name_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", "--dir", str(tmp_path / "nowhere")]) == 2
    said = capsys.readouterr().err
    assert "CTN0094_DIR" in said
    assert "Traceback" not in said
