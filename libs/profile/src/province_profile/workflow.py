"""Who does what in a report's life, in what steps, with what signatures."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, model_validator

from province_profile.basis import Basis, Frozen


class Action(StrEnum):
    """The actions of "Life of a report"; `return` at every step belongs to whoever may take the step."""

    ENTER = "enter"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    PASS_CHECK = "pass_check"  # noqa: S105
    APPROVE_FIGURES = "approve_figures"
    APPROVE = "approve"
    SIGN = "sign"
    ISSUE = "issue"
    TAKE_BACK = "take_back"
    SEND = "send"
    RECALL = "recall"
    TAKE_IN = "take_in"
    ACCEPT = "accept"
    REJECT = "reject"
    ASK_CORRECTION = "ask_correction"


class ActionRule(Basis):
    rights: tuple[str, ...] = Field(min_length=1)
    """Any one of these is enough."""


LEAD_ACTIONS = frozenset({Action.TAKE_IN, Action.ACCEPT, Action.REJECT})
"""Their rights are held over the lead unit of the regime; all others over the reporting unit."""


class CheckStep(Basis):
    mode: Literal["none", "where_set"]
    """where_set: a unit or regime may put a checker before the leader."""


class JoinedApproval(Basis):
    joined: bool
    """True: one act approves figures and report; False: two acts, each with its own record."""


class Acceptance(Basis):
    take_in_first: bool
    """True: the lead agency's officer takes the report in and checks it before it can be accepted."""


class OneAct(Basis):
    """One button for several actions that one account does."""

    label: str
    actions: tuple[Action, ...] = Field(min_length=2)


class Steps(Frozen):
    check: CheckStep
    figures_and_report: JoinedApproval
    acceptance: Acceptance
    one_act: OneAct | None = None


class SigningMode(StrEnum):
    DEMANDED = "demanded"
    BY_REGIME = "by_regime"
    """The text is silent: each regime states whether its reports are signed."""


class SigningOrder(StrEnum):
    LEADER_THEN_AGENCY = "leader_then_agency"
    AGENCY_ONLY = "agency_only"
    LEADER_ONLY = "leader_only"


class Signing(Basis):
    mode: SigningMode
    order: SigningOrder
    attached_allowed: bool = False
    """A file signed in the e-document system may be attached instead."""
    approval_is_signature: bool = False
    """True: the leader's signature is the approval."""

    def demanded_by(self, regime_says: str) -> bool:
        """`regime_says` is the regime's own word: "demanded", "not_demanded" or "" for silence.

        Where both the text and the regime are silent, reports are signed: the safer of the two readings.
        """
        return self.mode is SigningMode.DEMANDED or regime_says != "not_demanded"

    @property
    def leader_signs(self) -> bool:
        return self.order is not SigningOrder.AGENCY_ONLY

    @property
    def agency_signs(self) -> bool:
        return self.order is not SigningOrder.LEADER_ONLY


class OwnEntry(Basis):
    """May somebody approve what they entered themselves?"""

    figures: bool
    report: bool


class Delegation(Basis):
    allowed: bool
    rights: tuple[str, ...] = ()
    """Which rights may be delegated to another account."""
    needs_document: bool = False

    @model_validator(mode="after")
    def _names_what_is_delegated(self) -> Self:
        if self.allowed and not self.rights:
            raise ValueError("a delegation names the rights that can be delegated")
        return self


class Recall(Basis):
    allowed: bool
    until: Literal["accepted"] = "accepted"


class Correction(Basis):
    after_acceptance: Literal["ask_then_reject"]
    """The sender asks, the lead agency checks and rejects, then the correction is made."""


class NilReport(Basis):
    allowed: Literal["by_regime", "never"]


class Assignment(Basis):
    mode: Literal["automatic", "released"]
    """released: prepared by the scheduler, given out by the lead agency in one act."""


class Numbering(Basis):
    source: Literal["register", "typed", "e_document"]
    unique_by: tuple[Literal["agency", "type", "year"], ...] = ("agency", "type", "year")


class WhoActs(Frozen):
    actions: Mapping[Action, ActionRule]
    never_decides: tuple[str, ...] = ()
    """Rights that never make an account the lead agency's decider."""

    @model_validator(mode="after")
    def _every_action_has_somebody(self) -> Self:
        missing = sorted(set(Action) - set(self.actions))
        if missing:
            raise ValueError(f"nobody may do: {', '.join(missing)}")
        return self
