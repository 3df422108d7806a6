"""What differs between provinces, as frozen data: deadlines, steps, who acts, signing, each with its article."""

from province_profile.basis import Basis
from province_profile.deadlines import DeadlineRule, DeadlineRules, RegimeKind, RollRule
from province_profile.due_days import (
    DaysAfter,
    DueDay,
    FixedDate,
    FixedDay,
    OnDayOff,
    Wording,
    read_rule,
    write_rule,
)
from province_profile.loading import Profiles, ProfileUnreadable, load_profile, load_profiles
from province_profile.operations import MaintenanceNotice, Operations, OutageFallback, Span, WorkingHours
from province_profile.periods import DATED_BY_THE_REGIME, CutOffRule, Edge, PeriodKind, PeriodRules
from province_profile.profile import ProvinceProfile
from province_profile.regimes import Origin, Regimes
from province_profile.registration import Registration, Step
from province_profile.rule_text import RuleUnreadable
from province_profile.workflow import LEAD_ACTIONS, Action, ActionRule, Signing, SigningMode, SigningOrder

__all__ = [
    "DATED_BY_THE_REGIME",
    "LEAD_ACTIONS",
    "Action",
    "ActionRule",
    "Basis",
    "CutOffRule",
    "DaysAfter",
    "DeadlineRule",
    "DeadlineRules",
    "DueDay",
    "Edge",
    "FixedDate",
    "FixedDay",
    "MaintenanceNotice",
    "OnDayOff",
    "Operations",
    "Origin",
    "OutageFallback",
    "PeriodKind",
    "PeriodRules",
    "ProfileUnreadable",
    "Profiles",
    "ProvinceProfile",
    "RegimeKind",
    "Regimes",
    "Registration",
    "RollRule",
    "RuleUnreadable",
    "Signing",
    "SigningMode",
    "SigningOrder",
    "Span",
    "Step",
    "Wording",
    "WorkingHours",
    "load_profile",
    "load_profiles",
    "read_rule",
    "write_rule",
]
