"""What has become true. The unit of work turns each into the event that other services read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from catalog.domain.form import FormVersion
    from catalog.domain.indicator import Indicator
    from catalog.domain.regime import ReportingRegime
    from catalog.domain.registration import FormRegistration
    from catalog.domain.schedule import ScheduledPeriod


@dataclass(frozen=True, slots=True)
class FormVersionPublished:
    form_version: FormVersion


@dataclass(frozen=True, slots=True)
class RegimePublished:
    regime: ReportingRegime


@dataclass(frozen=True, slots=True)
class RegimeClosed:
    regime: ReportingRegime


@dataclass(frozen=True, slots=True)
class DeadlineChanged:
    """The working calendar has moved the deadlines of a period."""

    regime: ReportingRegime
    scheduled: ScheduledPeriod


@dataclass(frozen=True, slots=True)
class RegimeFormTaken:
    """A newer version of a form it uses; reports under way keep theirs."""

    regime: ReportingRegime
    form_id: UUID
    from_version_id: UUID
    to_version_id: UUID
    who: str


@dataclass(frozen=True, slots=True)
class IndicatorMerged:
    """The indicator points to the one that is kept."""

    indicator: Indicator


@dataclass(frozen=True, slots=True)
class RegistrationMoved:
    """A step of a form's registration was taken."""

    registration: FormRegistration
    action: str
    waits_for: str
    right: str
    designer_unit_id: UUID


@dataclass(frozen=True, slots=True)
class AnnouncementDue:
    """The days for announcing a regime run out, or have."""

    regime: ReportingRegime
    last_on: date
    days_left: int
    article: str


Event = (
    FormVersionPublished
    | RegimePublished
    | RegimeClosed
    | DeadlineChanged
    | RegimeFormTaken
    | IndicatorMerged
    | RegistrationMoved
    | AnnouncementDue
)
