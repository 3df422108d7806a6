"""The five profiles say what their texts say, each rule with its article."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import pytest
from kit.errors import NotFound
from province_profile import (
    Action,
    Basis,
    OnDayOff,
    PeriodKind,
    Profiles,
    ProfileUnreadable,
    RegimeKind,
    SigningOrder,
    Wording,
    load_profile,
    load_profiles,
)
from province_profile.schema import schema_text
from pydantic import BaseModel

FOLDER = Path(__file__).parents[3] / "profiles"
DECREE = "NĐ 09/2019/NĐ-CP"
"""The Government's, which fills what a province's text leaves to it."""
KEYS = ("dak-lak", "dong-nai", "dong-thap", "quang-ngai", "thanh-hoa")


@pytest.fixture(scope="module")
def profiles() -> Profiles:
    return load_profiles(FOLDER)


def every_rule(part: object) -> Iterator[Basis]:
    if isinstance(part, Basis):
        yield part
    if isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from every_rule(getattr(part, name))
    elif isinstance(part, dict):
        for value in part.values():
            yield from every_rule(value)
    elif isinstance(part, tuple):
        for value in part:
            yield from every_rule(value)


def test_there_is_a_profile_for_each_of_the_five_texts(profiles: Profiles) -> None:
    assert profiles.keys() == KEYS


def test_every_rule_names_an_article_of_its_own_text_or_says_that_it_is_ours(profiles: Profiles) -> None:
    for profile in profiles:
        rules = list(every_rule(profile))
        assert len(rules) > 35
        for rule in rules:
            assert rule.article or (rule.ours and rule.note), rule
            if rule.article:
                assert rule.article.startswith((profile.regulation.abbreviation + " ", DECREE)), rule


def test_the_committed_schema_is_the_one_the_models_make() -> None:
    assert (FOLDER / "schema.json").read_text(encoding="utf-8") == schema_text()


def test_only_one_text_states_deadlines_itself(profiles: Profiles) -> None:
    assert [profile.key for profile in profiles if profile.deadlines.rules] == ["thanh-hoa"]


def test_only_one_text_moves_a_deadline_off_a_rest_day_and_only_of_periodic_reports(
    profiles: Profiles,
) -> None:
    rolling = {
        (profile.key, kind)
        for profile in profiles
        for kind in RegimeKind
        if profile.deadlines.roll.for_kind(kind) is OnDayOff.NEXT_WORKING_DAY
    }
    assert rolling == {("dak-lak", RegimeKind.PERIODIC)}


def test_a_daily_report_is_due_before_half_past_four_on_the_next_day(profiles: Profiles) -> None:
    (rule,) = profiles.in_force_on("thanh-hoa", date(2026, 10, 31)).deadlines.stated_for(PeriodKind.DAY)
    assert (rule.due.wording, rule.due.hour, rule.article) == (Wording.BEFORE, time(16, 30), "TH 7.1")


def test_who_acts_is_what_the_table_of_each_text_says(profiles: Profiles) -> None:
    def rights(key: str, action: Action) -> set[str]:
        return set(profiles.in_force_on(key, date(2026, 10, 31)).rights_for(action).rights)

    assert rights("dong-nai", Action.SEND) == {"approve"}
    assert rights("dak-lak", Action.APPROVE_FIGURES) == {"approve", "approve_figures"}
    assert rights("dak-lak", Action.APPROVE) == {"approve"}
    assert rights("dong-thap", Action.SEND) == {"send"}
    assert rights("dong-thap", Action.ACCEPT) == {"aggregate"}
    assert rights("thanh-hoa", Action.SEND) == {"approve"}
    assert rights("quang-ngai", Action.RECALL) == {"send"}


def test_one_button_approves_signs_and_sends_where_one_account_does_all_three(profiles: Profiles) -> None:
    joined = {profile.key: profile.one_act_from("approve") for profile in profiles}
    assert joined.pop("dong-nai") == (Action.SIGN, Action.SEND)
    assert set(joined.values()) == {()}


def test_a_system_administrator_never_decides_where_the_text_keeps_the_two_apart(profiles: Profiles) -> None:
    profile = profiles.in_force_on("dong-thap", date(2026, 10, 31))
    assert "province_admin" in profile.who_acts.never_decides
    assert "province_admin" not in profile.rights_for("accept").rights


def test_signing_is_demanded_attached_or_left_to_the_regime(profiles: Profiles) -> None:
    orders = {profile.key: profile.signing.order for profile in profiles}
    assert orders["dong-nai"] is SigningOrder.LEADER_ONLY
    assert orders["thanh-hoa"] is SigningOrder.AGENCY_ONLY
    assert orders["quang-ngai"] is SigningOrder.LEADER_THEN_AGENCY
    assert {p.key for p in profiles if p.signing.attached_allowed} == {"thanh-hoa"}
    assert {p.key for p in profiles if not p.signing.demanded_by("not_demanded")} == {"dak-lak"}
    assert all(profile.signing.demanded_by("") for profile in profiles)


def test_two_level_provinces_know_no_district(profiles: Profiles) -> None:
    with_district = {profile.key for profile in profiles if "district" in profile.unit_levels.levels}
    assert with_district == {"dong-nai", "dak-lak", "thanh-hoa"}


def test_a_profile_holds_from_its_day_of_effect(profiles: Profiles) -> None:
    assert profiles.in_force_on("dong-thap", date(2026, 1, 1)).key == "dong-thap"
    with pytest.raises(NotFound) as refusal:
        profiles.in_force_on("dong-thap", date(2025, 12, 31))
    assert refusal.value.code == "profile.not_in_force"
    assert "31/12/2025" in refusal.value.message


def test_an_unknown_key_is_refused_in_words(profiles: Profiles) -> None:
    with pytest.raises(NotFound, match=r"profile\.unknown"):
        profiles.in_force_on("no-such-province", date(2026, 1, 1))


def test_a_period_that_ended_before_the_text_is_ruled_by_the_first_one(profiles: Profiles) -> None:
    assert profiles.for_period("dong-thap", date(2023, 12, 31)).key == "dong-thap"
    assert profiles.for_period("dong-thap", date(2026, 12, 31)).key == "dong-thap"


@pytest.mark.parametrize(
    ("find", "put"),
    [
        ("article: TH 7.3", "note: no source"),
        ("ours: true\n  note:", "ours: true\n  nota:"),
        ("key: thanh-hoa", "key: thanh-hoa\nkey: twice"),
        ("    send: {", "    sent: {"),
        ("wording: trước", "wording: khoảng"),
    ],
)
def test_a_file_that_breaks_the_schema_is_not_loaded(tmp_path: Path, find: str, put: str) -> None:
    text = (FOLDER / "thanh-hoa.yaml").read_text(encoding="utf-8")
    assert find in text
    broken = tmp_path / "broken.yaml"
    broken.write_text(text.replace(find, put, 1), encoding="utf-8")
    with pytest.raises(ProfileUnreadable, match="broken"):
        load_profile(broken)


def test_a_loaded_profile_cannot_be_changed(profiles: Profiles) -> None:
    profile = next(iter(profiles))
    with pytest.raises(ValueError, match="frozen"):
        profile.key = "other"  # type: ignore[misc]
