"""The frozen profile of one province: everything that may differ, and where each rule comes from."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from province_profile.basis import Basis, Frozen
from province_profile.deadlines import DeadlineRules
from province_profile.operations import Operations
from province_profile.periods import PeriodRules
from province_profile.regimes import Regimes
from province_profile.registration import Registration
from province_profile.workflow import (
    Action,
    ActionRule,
    Assignment,
    Correction,
    Delegation,
    NilReport,
    Numbering,
    OwnEntry,
    Recall,
    Signing,
    Steps,
    WhoActs,
)

SCHEMA_VERSION: Literal["profile/1"] = "profile/1"


class Regulation(Frozen):
    title: str
    number: str | None = None
    """None: left blank in the text, written in by the operator."""
    abbreviation: str
    """What articles of this text begin with: DN, DL, DT, TH, QN."""


class InForce(Basis):
    day: date | None = None
    """None: left blank in the text. Until the operator writes the day in, the profile holds without a first day."""


class UnitLevels(Basis):
    levels: tuple[str, ...]


class StaleRights(Basis):
    grace_minutes: int = Field(ge=0, le=120)
    """How long entry and sending go on with a copy of rights that cannot be checked."""


class ProvinceProfile(Frozen):
    schema_version: Literal["profile/1"] = SCHEMA_VERSION
    key: str = Field(pattern="^[a-z]+(-[a-z]+)*$")
    name: str
    place_name: str
    """As in the date line of a document: "<tên tỉnh>, ngày … tháng … năm …"."""
    regulation: Regulation
    effective_from: InForce
    unit_levels: UnitLevels
    periods: PeriodRules
    deadlines: DeadlineRules
    regimes: Regimes
    unicode_text: Basis
    """Text in fonts other than Unicode is refused, and converted on request."""
    row_allocation: Basis
    """Rows of a form are some units' own, as the lead agency allocates them."""
    registration: Registration
    assignment: Assignment
    steps: Steps
    who_acts: WhoActs
    own_entry: OwnEntry
    delegation: Delegation
    signing: Signing
    numbering: Numbering
    recall: Recall
    correction: Correction
    nil: NilReport
    stale_rights: StaleRights
    operations: Operations

    def in_force_on(self, day: date) -> bool:
        return self.effective_from.day is None or self.effective_from.day <= day

    def rights_for(self, action: Action | str) -> ActionRule:
        """Who performs an action: any one of the rights, held at the unit or at the lead agency."""
        return self.who_acts.actions[Action(action)]

    def one_act_from(self, action: Action | str) -> tuple[Action, ...]:
        """The further actions that the same button takes after this one, in order."""
        joined = self.steps.one_act
        if joined is None or joined.actions[0] != Action(action):
            return ()
        return joined.actions[1:]
