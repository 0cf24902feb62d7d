"""The lists: complete as in the source, and in the order that stored bitmasks rely on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework import vocabulary, wording
from casework.vocabulary import (
    CO_OCCURRING,
    CRAVING_CAUSES,
    HALT,
    LEVELS,
    MEDICATIONS,
    OPIOID_MASK,
    PLAN_ELEMENTS,
    PROTECTIVE_FACTORS,
    SAFETY_CONCERNS,
    SAFETY_STAGE_MASK,
    STAGE_SIGNS,
    SUBSTANCES,
    TREATMENTS,
    WARNING_SIGNS,
    Aspect,
    Level,
    Stage,
    Term,
    ids,
    mask,
    stage_mask,
    unmask,
)

LISTS = {
    "WARNING_SIGNS": "same_activities boredom glamorizing drugs_within_reach isolating health_unaddressed "
    "no_self_care not_taking_medication leaving_support_groups refusing_support old_places contact_with_sellers",
    "HALT": "hungry angry lonely tired",
    "STAGE_SIGNS": "acting_out aggression anger denial poor_coping socializing_with_users missing_meetings "
    "self_care_neglected conflict craving_escape bargaining lying controlling_use seeking_opportunities planning "
    "rationalizing losing_reasons recurring_thoughts cravings_intensify alcohol_for_urges self_harm_for_urges lapse "
    "preoccupied relapse",
    "CRAVING_CAUSES": "triggers stress pain self_medication",
    "PROTECTIVE_FACTORS": "meetings sober_support work_or_school routine",
    "SAFETY_CONCERNS": "self_harm suicidal_thoughts overdose",
    "SUBSTANCES": "heroin fentanyl other_opioid methadone buprenorphine cocaine amphetamine benzodiazepine alcohol "
    "cannabis other",
    "CO_OCCURRING": "depression anxiety bipolar psychosis trauma brain_injury epilepsy alcohol_use stimulant_use "
    "sedative_use chronic_pain",
    "LEVELS": "aftercare outpatient intensive_outpatient residential detox",
    "MEDICATIONS": "methadone buprenorphine buprenorphine_xr naltrexone naltrexone_xr",
}
ALL = (
    WARNING_SIGNS,
    HALT,
    STAGE_SIGNS,
    CRAVING_CAUSES,
    PROTECTIVE_FACTORS,
    SAFETY_CONCERNS,
    SUBSTANCES,
    CO_OCCURRING,
    LEVELS,
    MEDICATIONS,
    PLAN_ELEMENTS,
    TREATMENTS,
)


@pytest.mark.parametrize("name", sorted(LISTS))
def test_the_stored_order_of_a_list_never_changes(name: str) -> None:
    """Entries may be appended. A reordering would give every stored bitmask another meaning."""
    pinned = tuple(LISTS[name].split())
    assert ids(getattr(vocabulary, name))[: len(pinned)] == pinned


def test_the_source_has_twelve_signs_three_stages_four_causes_five_treatments_and_nine_plan_elements() -> (
    None
):
    counts = [len(one) for one in (WARNING_SIGNS, CRAVING_CAUSES, TREATMENTS, PLAN_ELEMENTS, HALT)]
    assert counts == [12, 4, 5, 9, 4]
    assert len(Stage) == 3
    assert {sign.stage for sign in STAGE_SIGNS} == set(Stage)


def test_every_sign_shows_itself_in_behavior_thought_or_attitude() -> None:
    assert {sign.aspect for sign in WARNING_SIGNS} == set(Aspect)


@pytest.mark.parametrize("entries", ALL)
def test_every_entry_has_an_identifier_a_label_and_a_source_and_all_but_substances_a_sentence(
    entries: tuple[Term, ...],
) -> None:
    assert len(set(ids(entries))) == len(entries)
    for one in entries:
        assert one.id.isidentifier()
        assert 0 < len(wording.label(one)) <= 30
        assert wording.sentence_of(one).endswith(".") or entries is SUBSTANCES
        assert one.source


def test_levels_of_care_are_the_list_of_levels() -> None:
    assert tuple(level.value for level in Level) == ids(LEVELS)


@pytest.mark.parametrize("entries", ALL)
@given(data=st.data())
def test_packing_and_unpacking_gives_the_same_entries(entries: tuple[Term, ...], data: st.DataObject) -> None:
    chosen = data.draw(st.sets(st.sampled_from(ids(entries))))
    packed = mask(entries, chosen)
    assert set(unmask(entries, packed)) == chosen
    assert 0 <= packed < 1 << len(entries)


def test_a_foreign_identifier_is_not_packed() -> None:
    with pytest.raises(KeyError):
        mask(HALT, ["isolating"])


def test_bitmasks_fit_the_frames_integers() -> None:
    assert all(len(entries) < 31 for entries in ALL)


def test_stages_divide_the_stage_signs() -> None:
    masks = [stage_mask(stage) for stage in Stage]
    assert sum(masks) == masks[0] | masks[1] | masks[2] == (1 << len(STAGE_SIGNS)) - 1


def test_self_harm_alone_opens_the_safety_route() -> None:
    assert unmask(STAGE_SIGNS, SAFETY_STAGE_MASK) == ("self_harm_for_urges",)


def test_fentanyl_counts_as_an_opioid_and_cocaine_does_not() -> None:
    opioids = unmask(SUBSTANCES, OPIOID_MASK)
    assert "fentanyl" in opioids
    assert "cocaine" not in opioids


def test_what_a_medication_shows_as_is_a_substance_of_screens() -> None:
    for medication in MEDICATIONS:
        assert medication.shows_as is None or medication.shows_as in ids(SUBSTANCES)
        assert 1 <= medication.covers_days <= 31
