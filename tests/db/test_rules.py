"""Rules switched off and on, reasons that do not apply to a client, and chances adjusted to the clinic."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from casework.actions import rules
from casework.caseload.assessment import assess_for
from casework.caseload.report_card import read_report_card
from casework.caseload.rules import off_rules
from casework.errors import AlreadyRecorded, ChangedMeanwhile, NotAllowed, NotYours, Refused
from casework.recalibration import Adjustment, Proposal
from casework.report_card import PROTECTED
from casework.users import User
from casework.vocabulary import Outcome, Role
from db.models import Recalibration, RuleOverride, RuleSwitch
from db.queries import rules as queries
from tests.support.builders import count, days_ago, last_audit, save, token
from tests.support.clinic import NOW, TODAY, SmallClinic
from tests.support.databases import Database

RULE = "engagement.missed_0"
WHY = "Our roll calls are not kept, so no-shows say nothing."
TOMORROW = TODAY + dt.timedelta(days=1)
LATER = NOW + dt.timedelta(days=1)
PROPOSAL = Proposal(
    Outcome.USE, 80, 2400, 140, Adjustment(0.6, 1.0), Adjustment(0.5, 1.0), 0.2, 0.28, 0.3, ()
)


def switch_off(database: Database, by: User, rule_id: str = RULE, **changed: object) -> int:
    given = {"by": by, "rule_id": rule_id, "reason": WHY, "token": token(), **changed}
    return save(database, rules.switch_off, **given)


def off(database: Database, day: dt.date = TODAY) -> frozenset[str]:
    with database.reading() as session:
        return queries.ids_switched_off(session, day)


# Switching off and on


def test_a_supervisor_switches_a_rule_off_for_the_whole_clinic_with_a_reason(
    database: Database, clinic: SmallClinic
) -> None:
    row = switch_off(database, clinic.charlie)
    assert off(database) == {RULE}
    assert off(database, days_ago(1)) == frozenset()
    event = last_audit(database)
    assert (event.action, event.subject_id, event.details) == ("switch_rule_off", row, {"rule": RULE})
    with database.reading() as session:
        (shown,) = queries.switches(session, TODAY)
    assert (shown.off_by, shown.reason, shown.on_again) == ("Charlie", WHY, None)


def test_switched_on_again_the_history_stays(database: Database, clinic: SmallClinic) -> None:
    switch_off(database, clinic.charlie)
    save(database, rules.switch_on, by=clinic.charlie, now=LATER, rule_id=RULE)
    assert last_audit(database).action == "switch_rule_on"
    assert off(database, TODAY) == {RULE}
    assert off(database, TOMORROW) == frozenset()
    with database.reading() as session:
        (today,) = queries.switches(session, TODAY)
        (after,) = queries.switches(session, TOMORROW)
    assert (today.on_again, today.on_by) == (None, None)  # as known on that day
    assert (after.on_again, after.on_by, after.reason) == (TOMORROW, "Charlie", WHY)


def test_a_rule_can_be_switched_off_again_on_the_same_day(database: Database, clinic: SmallClinic) -> None:
    switch_off(database, clinic.charlie)
    save(database, rules.switch_on, by=clinic.charlie, rule_id=RULE)
    assert off(database) == frozenset()
    switch_off(database, clinic.charlie)
    assert off(database) == {RULE}
    assert count(database, RuleSwitch) == 2


@pytest.mark.parametrize("role", [Role.COUNSELOR, Role.ADMIN])
def test_only_a_supervisor_switches_or_adjusts(database: Database, clinic: SmallClinic, role: Role) -> None:
    other = User(clinic.alice.id, "Alice", role, clinic.alice.team_id)
    with pytest.raises(NotAllowed):
        switch_off(database, other)
    switch_off(database, clinic.charlie)
    with pytest.raises(NotAllowed):
        save(database, rules.switch_on, by=other, rule_id=RULE)
    with pytest.raises(NotAllowed):
        save(database, rules.apply_recalibration, by=other, proposal=PROPOSAL, token=token())
    save(database, rules.apply_recalibration, by=clinic.charlie, proposal=PROPOSAL, token=token())
    with pytest.raises(NotAllowed):
        save(database, rules.revoke_recalibration, by=other, outcome=Outcome.USE)
    assert off(database) == {RULE}


def test_what_is_about_safety_stays_on(database: Database, clinic: SmallClinic) -> None:
    assert "signs.overdose" in PROTECTED
    for rule_id in PROTECTED:
        with pytest.raises(NotAllowed, match="safety"):
            switch_off(database, clinic.charlie, rule_id)
    assert count(database, RuleSwitch) == 0


def test_without_a_reason_or_of_a_rule_that_is_not_there_nothing_is_switched(
    database: Database, clinic: SmallClinic
) -> None:
    with pytest.raises(Refused) as refused:
        switch_off(database, clinic.charlie, reason="  ")
    assert refused.value.field == "reason"
    with pytest.raises(Refused):
        switch_off(database, clinic.charlie, "no_such_rule")
    with pytest.raises(Refused):
        switch_off(database, clinic.charlie, "use.start")  # holds of everybody: it says nothing of anybody
    assert count(database, RuleSwitch) == 0


@pytest.mark.parametrize(
    "reason", ["\N{ZERO WIDTH SPACE}", "...", "x" * 501], ids=["unseen", "no words", "long"]
)
def test_a_reason_that_says_nothing_or_fills_the_page_is_refused(
    database: Database, clinic: SmallClinic, reason: str
) -> None:
    for act in (
        lambda: switch_off(database, clinic.charlie, reason=reason),
        lambda: override(database, clinic.alice, clinic.ann, reason=reason),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.field == "reason"
    assert count(database, RuleSwitch) == 0


def test_a_switch_of_a_safety_rule_that_reached_the_database_otherwise_changes_no_score(
    database: Database, clinic: SmallClinic
) -> None:
    """A rule that became a safety rule after it was switched off, or a row by another hand."""
    with database.writing() as session:
        for rule_id in PROTECTED:
            session.add(
                RuleSwitch(
                    rule_id=rule_id,
                    off_since=TODAY,
                    off_at=NOW,
                    off_by_id=clinic.charlie.id,
                    reason="Not by the action.",
                    entry_token=token(),
                )
            )
    with database.reading() as session:
        assert assess_for(session, clinic.alice, TODAY)[1].off == frozenset()
        assert off_rules(session, TODAY) == ()


def test_two_supervisors_at_once_and_a_double_click(database: Database, clinic: SmallClinic) -> None:
    sent = token()
    switch_off(database, clinic.charlie, token=sent)
    with pytest.raises(AlreadyRecorded):
        switch_off(database, clinic.charlie, token=sent)
    with pytest.raises(ChangedMeanwhile):
        switch_off(database, clinic.charlie)
    save(database, rules.switch_on, by=clinic.charlie, rule_id=RULE)
    with pytest.raises(ChangedMeanwhile):
        save(database, rules.switch_on, by=clinic.charlie, rule_id=RULE)


def test_the_database_itself_holds_one_open_switch_a_rule(
    database: Database, clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    switch_off(database, clinic.charlie)
    monkeypatch.setattr(
        rules, "_open_switch", lambda *_: None
    )  # what a second server sees before the first commits
    with pytest.raises(ChangedMeanwhile):
        switch_off(database, clinic.charlie)
    assert count(database, RuleSwitch) == 1


# What does not apply to a client


def override(database: Database, by: User, client_id: int, **changed: object) -> int:
    given = {
        "by": by,
        "client_id": client_id,
        "rule_id": RULE,
        "reason": "The bus did not run.",
        **changed,
    }
    return save(database, rules.record_override, **{"token": token(), **given})


def test_an_override_is_read_by_those_who_see_the_client_and_counted_for_all(
    database: Database, clinic: SmallClinic
) -> None:
    row = override(database, clinic.alice, clinic.ann)
    override(database, clinic.dave, clinic.dee, reason="Was in court.")
    event = last_audit(database)
    assert (event.action, event.client_id, event.details) == (
        "override_rule",
        clinic.dee,
        {"rule": RULE},
    )
    with database.reading() as session:
        (mine,) = queries.overrides_of(session, clinic.alice, clinic.ann, TODAY, since=days_ago(28))
        assert (mine.id, mine.by, mine.on, mine.reason) == (row, "Alice", TODAY, "The bus did not run.")
        seen = queries.overrides_seen(session, clinic.charlie, TODAY, since=days_ago(28))
        assert [one.client_id for one in seen] == [clinic.ann]  # Dee is on another team
        assert queries.overrides_seen(session, clinic.bob, TODAY, since=days_ago(28)) == ()
        assert queries.override_counts(session, TODAY, since=days_ago(28)) == {RULE: 2}
        with pytest.raises(NotYours):
            queries.overrides_of(session, clinic.dave, clinic.ann, TODAY, since=days_ago(28))


def test_nobody_overrides_for_somebody_elses_client(database: Database, clinic: SmallClinic) -> None:
    with pytest.raises(NotYours):
        override(database, clinic.bob, clinic.ann)
    row = override(database, clinic.alice, clinic.ann)
    with pytest.raises(NotYours):
        save(database, rules.take_back_override, by=clinic.bob, override_id=row)
    with pytest.raises(NotYours):
        save(database, rules.take_back_override, by=clinic.alice, override_id=row + 1)


def test_an_override_needs_a_reason_and_is_saved_once(database: Database, clinic: SmallClinic) -> None:
    with pytest.raises(Refused) as refused:
        override(database, clinic.alice, clinic.ann, reason="")
    assert refused.value.field == "reason"
    sent = token()
    override(database, clinic.alice, clinic.ann, token=sent)
    with pytest.raises(AlreadyRecorded):
        override(database, clinic.alice, clinic.ann, token=sent)
    assert count(database, RuleOverride) == 1


def test_an_override_that_was_taken_back_shows_no_more_but_stays_on_record(
    database: Database, clinic: SmallClinic
) -> None:
    row = override(database, clinic.alice, clinic.ann)
    save(database, rules.take_back_override, by=clinic.charlie, now=LATER, override_id=row)
    assert last_audit(database).action == "take_back_override"
    with database.reading() as session:
        assert queries.overrides_of(session, clinic.alice, clinic.ann, TOMORROW, since=TODAY) == ()
        assert len(queries.overrides_of(session, clinic.alice, clinic.ann, TODAY, since=TODAY)) == 1
        assert queries.override_counts(session, TOMORROW, since=TODAY) == {}
    assert count(database, RuleOverride) == 1
    with pytest.raises(ChangedMeanwhile):
        save(database, rules.take_back_override, by=clinic.alice, override_id=row)


# Adjusted chances


def test_an_applied_adjustment_keeps_the_numbers_behind_it_and_takes_the_place_of_the_last(
    database: Database, clinic: SmallClinic
) -> None:
    apply = {"by": clinic.charlie, "proposal": PROPOSAL}
    save(database, rules.apply_recalibration, **apply, token=token())
    save(database, rules.apply_recalibration, **apply, now=LATER, token=token())
    assert last_audit(database).details == {"outcome": "use"}
    with database.reading() as session:
        latest, first = queries.recalibrations(session, TOMORROW)
        (that_day,) = queries.recalibrations(session, TODAY)
    assert (latest.intercept, latest.slope, latest.outcomes, latest.observed) == (0.5, 1.0, 140, 0.3)
    assert (latest.revoked_on, first.revoked_on, first.revoked_by) == (None, TOMORROW, "Charlie")
    assert that_day.revoked_on is None


@pytest.mark.parametrize(
    ("rule_id", "warned"),
    [
        ("use.found_0", {Outcome.USE: True, Outcome.DROPOUT: False}),
        ("engagement.missed_0", {Outcome.USE: False, Outcome.DROPOUT: True}),
        ("signs.active_5", {Outcome.USE: False, Outcome.DROPOUT: False}),
    ],
)
def test_an_adjustment_says_that_a_rule_of_its_score_was_switched_since(
    database: Database, clinic: SmallClinic, rule_id: str, warned: dict[Outcome, bool]
) -> None:
    for outcome in warned:
        proposal = replace(PROPOSAL, outcome=outcome)
        save(database, rules.apply_recalibration, by=clinic.charlie, proposal=proposal, token=token())
    assert changed(database, clinic, TODAY) == dict.fromkeys(warned, False)
    switch_off(database, clinic.charlie, rule_id, now=LATER)
    assert changed(database, clinic, TODAY) == dict.fromkeys(warned, False)
    assert changed(database, clinic, TOMORROW) == warned
    save(database, rules.switch_on, by=clinic.charlie, rule_id=rule_id, now=LATER + dt.timedelta(hours=1))
    assert changed(database, clinic, TOMORROW) == dict.fromkeys(warned, False)


def changed(database: Database, clinic: SmallClinic, day: dt.date) -> dict[Outcome, bool]:
    with database.reading() as session:
        card = read_report_card(session, clinic.charlie, day)
    return {one.outcome: one.rules_changed for one in card.chances if one.applied is not None}


def test_an_adjustment_is_revoked_once_and_stays_on_record(database: Database, clinic: SmallClinic) -> None:
    save(database, rules.apply_recalibration, by=clinic.charlie, proposal=PROPOSAL, token=token())
    save(database, rules.revoke_recalibration, by=clinic.charlie, outcome=Outcome.USE)
    assert last_audit(database).action == "revoke_recalibration"
    with pytest.raises(ChangedMeanwhile):
        save(database, rules.revoke_recalibration, by=clinic.charlie, outcome=Outcome.USE)
    assert count(database, Recalibration) == 1


def test_a_proposal_from_too_few_outcomes_is_a_bug(database: Database, clinic: SmallClinic) -> None:
    few = Proposal(Outcome.USE, 8, 24, 14, Adjustment(0.6, 1.0), Adjustment(0.5, 1.0), 0.2, 0.28, 0.3, ())
    with pytest.raises(ValueError, match="propose"):
        save(database, rules.apply_recalibration, by=clinic.charlie, proposal=few, token=token())
