"""What the province profile and the regime say about one report: who plays which role, which steps there are.

Made once from the profile in force on the period's last day; a name of a province never appears.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from province_profile import Action as Step
from province_profile import ProvinceProfile, SigningOrder
from province_profile.workflow import LEAD_ACTIONS

from submission.domain.states import Role, Side


class SigningSteps(StrEnum):
    """How a report is signed before it may be sent."""

    NONE = "none"
    LEADER_THEN_AGENCY = "leader_then_agency"
    LEADER_ONLY = "leader_only"
    AGENCY_ONLY = "agency_only"
    ONE_ACT = "one_act"


@dataclass(frozen=True, slots=True)
class RoleRule:
    rights: tuple[str, ...]
    """Any one of these fills the role."""
    side: Side = Side.REPORTING_UNIT
    source: str = ""
    """The article it follows from, as a person reads it."""


@dataclass(frozen=True, slots=True)
class OneAct:
    """One button for several acts of one account."""

    label: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    roles: Mapping[Role, RoleRule]
    check_step: bool = False
    joins_approvals: bool = False
    """Approving figures and approving the report are one step."""
    take_in_first: bool = False
    recall_allowed: bool = True
    nil_allowed: bool = False
    own_figures_may_be_approved: bool = False
    own_report_may_be_approved: bool = False
    own_entry_source: str = ""
    signing: SigningSteps = SigningSteps.LEADER_THEN_AGENCY
    never_decides: frozenset[str] = field(default_factory=frozenset)
    one_act: OneAct | None = None
    named: Mapping[Role, frozenset[str]] = field(default_factory=dict)
    """Beside the right: the accounts that the regime names for a role, where it names any."""

    @property
    def demands_signing(self) -> bool:
        return self.signing is not SigningSteps.NONE

    @property
    def leader_signs(self) -> bool:
        return self.signing not in (SigningSteps.NONE, SigningSteps.AGENCY_ONLY)

    @property
    def agency_signs(self) -> bool:
        return self.signing not in (SigningSteps.NONE, SigningSteps.LEADER_ONLY)

    @property
    def rights_named(self) -> frozenset[str]:
        """Every right that matters to somebody's part in a report."""
        return frozenset(right for rule in self.roles.values() for right in rule.rights) | self.never_decides


STEP_OF: Mapping[Role, Step] = {
    Role.ENTERER: Step.ENTER,
    Role.SUBMITTER: Step.SUBMIT,
    Role.WITHDRAWER: Step.WITHDRAW,
    Role.CHECKER: Step.PASS_CHECK,
    Role.FIGURES_APPROVER: Step.APPROVE_FIGURES,
    Role.APPROVER: Step.APPROVE,
    Role.SIGNER: Step.SIGN,
    Role.ISSUER: Step.ISSUE,
    Role.TAKER_BACK: Step.TAKE_BACK,
    Role.SENDER: Step.SEND,
    Role.RECALLER: Step.RECALL,
    Role.CORRECTION_ASKER: Step.ASK_CORRECTION,
    Role.RECEIVER: Step.TAKE_IN,
    Role.DECIDER: Step.ACCEPT,
    Role.REJECTER: Step.REJECT,
}


def named_accounts(
    receivers: Iterable[UUID | str], deciders: Iterable[UUID | str]
) -> Mapping[Role, frozenset[str]]:
    """Whoever takes in or decides may give back what is wrong."""
    receiving, deciding = frozenset(map(str, receivers)), frozenset(map(str, deciders))
    rejecting = deciding | receiving if deciding else deciding
    named = {Role.RECEIVER: receiving, Role.DECIDER: deciding, Role.REJECTER: rejecting}
    return {role: accounts for role, accounts in named.items() if accounts}


def rules_of(
    profile: ProvinceProfile,
    *,
    regime_signing: str,
    nil_allowed: bool,
    checker_set: bool,
    named: Mapping[Role, frozenset[str]] | None = None,
) -> Rules:
    """`checker_set`: the unit has somebody who checks before the leader."""
    return Rules(
        roles={role: _role_rule(profile, step) for role, step in STEP_OF.items()},
        check_step=checker_set and profile.steps.check.mode == "where_set",
        joins_approvals=profile.steps.figures_and_report.joined,
        take_in_first=profile.steps.acceptance.take_in_first,
        recall_allowed=profile.recall.allowed,
        nil_allowed=nil_allowed and profile.nil.allowed == "by_regime",
        own_figures_may_be_approved=profile.own_entry.figures,
        own_report_may_be_approved=profile.own_entry.report,
        own_entry_source=profile.own_entry.reference,
        signing=_signing_steps(profile, regime_signing),
        never_decides=frozenset(profile.who_acts.never_decides),
        one_act=_one_act(profile),
        named=named or {},
    )


def _role_rule(profile: ProvinceProfile, step: Step) -> RoleRule:
    rule = profile.rights_for(step)
    side = Side.LEAD_AGENCY if step in LEAD_ACTIONS else Side.REPORTING_UNIT
    return RoleRule(rule.rights, side, rule.reference)


def _signing_steps(profile: ProvinceProfile, regime_signing: str) -> SigningSteps:
    if not profile.signing.demanded_by(regime_signing):
        return SigningSteps.NONE
    joined = profile.steps.one_act
    both = joined is not None and {Step.SIGN, Step.ISSUE} <= set(joined.actions)
    if both and profile.signing.order is SigningOrder.LEADER_THEN_AGENCY:
        return SigningSteps.ONE_ACT
    return SigningSteps(profile.signing.order.value)


def _one_act(profile: ProvinceProfile) -> OneAct | None:
    joined = profile.steps.one_act
    return None if joined is None else OneAct(joined.label, tuple(step.value for step in joined.actions))
