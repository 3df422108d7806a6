from __future__ import annotations

from pathlib import Path

import pytest
from province_profile import load_profiles
from submission.domain.rules import Rules, SigningSteps, rules_of
from submission.domain.states import Role, Side

PROFILES = {profile.key: profile for profile in load_profiles(Path(__file__).parents[3] / "profiles")}


def the_rules_of(
    province: str, signing: str = "", *, checker_set: bool = False, nil_allowed: bool = False
) -> Rules:
    return rules_of(
        PROFILES[province], regime_signing=signing, nil_allowed=nil_allowed, checker_set=checker_set
    )


@pytest.mark.parametrize("province", sorted(PROFILES))
def test_every_province_says_for_each_role_who_fills_it_and_by_which_article(province: str) -> None:
    rules = the_rules_of(province)
    assert set(rules.roles) == set(Role)
    assert all(rule.rights and rule.source for rule in rules.roles.values())
    assert rules.roles[Role.DECIDER].side is Side.LEAD_AGENCY
    assert rules.roles[Role.SENDER].side is Side.REPORTING_UNIT


def test_signing_follows_the_profile_and_where_that_is_silent_the_regime() -> None:
    assert the_rules_of("dak-lak", "not_demanded").signing is SigningSteps.NONE
    assert the_rules_of("dak-lak").signing is SigningSteps.LEADER_THEN_AGENCY
    assert the_rules_of("dong-thap", "not_demanded").signing is SigningSteps.LEADER_THEN_AGENCY
    assert the_rules_of("thanh-hoa").signing is SigningSteps.AGENCY_ONLY
    assert the_rules_of("dong-nai").signing is SigningSteps.LEADER_ONLY


def test_a_checker_stands_in_the_way_only_where_the_profile_lets_a_unit_set_one() -> None:
    assert the_rules_of("dak-lak", checker_set=True).check_step
    assert not the_rules_of("dak-lak").check_step
    assert not the_rules_of("dong-nai", checker_set=True).check_step


def test_the_joined_button_is_named_by_the_profile() -> None:
    one_act = the_rules_of("dong-nai").one_act
    assert one_act is not None
    assert one_act.steps == ("approve", "sign", "send")
