"""What differs between provinces, as frozen data: deadlines, steps, who acts, signing, each with its article."""

from province_profile.basis import Basis
from province_profile.deadlines import (
    DaysAfter,
    DeadlineRule,
    DeadlineRules,
    DueDay,
    FixedDate,
    FixedDay,
    OnDayOff,
    RegimeKind,
    RollRule,
    Wording,
)
from province_profile.loading import Profiles, ProfileUnreadable, load_profile, load_profiles
from province_profile.periods import CutOffRule, Edge, PeriodKind, PeriodRules
from province_profile.profile import ProvinceProfile
from province_profile.workflow import LEAD_ACTIONS, Action, ActionRule, Signing, SigningMode, SigningOrder

__all__ = [
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
    "OnDayOff",
    "PeriodKind",
    "PeriodRules",
    "ProfileUnreadable",
    "Profiles",
    "ProvinceProfile",
    "RegimeKind",
    "RollRule",
    "Signing",
    "SigningMode",
    "SigningOrder",
    "Wording",
    "load_profile",
    "load_profiles",
]
