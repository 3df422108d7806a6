"""What a regime still lacks, what it may not be, and what speaks against its deadlines without blocking it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from province_profile import PeriodKind, ProvinceProfile

from catalog.domain.calendar import WorkingCalendar
from catalog.domain.regime import RegimeTerms, ReportingRegime
from catalog.domain.regime_content import FilingPlace
from catalog.domain.regime_errors import KindNotForThisLevel, LevelUnknown, NotBelow
from catalog.domain.schedule import ScheduledPeriod


@dataclass(frozen=True, slots=True)
class Owner:
    """The unit that sets the regime up: its level, and the units below it by id."""

    level: str
    below: Mapping[UUID, str]


@dataclass(frozen=True, slots=True)
class Warned:
    code: str
    message: str
    rule: str
    field: str


def missing(regime: ReportingRegime, owner: Owner, under: ProvinceProfile) -> Iterator[tuple[str, str]]:
    """Everything that publishing waits for, as (field, words)."""
    yield from regime.missing(under)
    permission = under.regimes.permission
    if (
        permission is not None
        and owner.level in permission.owner_levels
        and regime.terms.origin in permission.origins
        and regime.permission is None
    ):
        yield "permission", f"văn bản cho phép của Ủy ban nhân dân tỉnh (theo {permission.reference})"
    ministry = under.regimes.ministry
    if (
        regime.terms.origin == "government"
        and ministry.filing_place_demanded
        and regime.terms.filing_place is FilingPlace.NOT_STATED
    ):
        yield "filing_place", f"nơi phải thực hiện báo cáo của bộ, ngành (theo {ministry.reference})"


def refuse_beyond_its_level(
    terms: RegimeTerms,
    units: Collection[UUID],
    names: Mapping[UUID, str],
    owner: Owner,
    under: ProvinceProfile,
) -> None:
    """DL-11.3: what a level may set up, and for whom."""
    for level in terms.unit_levels:
        if level not in under.unit_levels.levels:
            raise LevelUnknown(level, under.unit_levels.levels)
    for rule in under.regimes.set_up:
        if owner.level not in rule.owner_levels:
            continue
        if terms.kind not in rule.kinds:
            raise KindNotForThisLevel(owner.level, rule.kinds, rule.reference)
        outside = [names.get(unit, str(unit)) for unit in units if unit not in owner.below]
        if rule.only_for_those_below and outside:
            raise NotBelow(outside, rule.reference)


def too_short(
    scheduled: Collection[ScheduledPeriod], calendar: WorkingCalendar, under: ProvinceProfile
) -> Iterator[Warned]:
    """Decree 09/2019/NĐ-CP art. 8.5: the first period of each kind whose deadline comes too soon after the cut-off."""
    rule = under.regimes.shortest_time
    told: set[tuple[PeriodKind, str]] = set()
    for one in scheduled:
        earliest = calendar.add_working_days(one.cut_off.to_day, rule.working_days)
        for deadline in one.deadlines:
            if deadline.last_day < earliest and (one.period.kind, deadline.level) not in told:
                told.add((one.period.kind, deadline.level))
                yield Warned(
                    "catalog.deadline.too_short",
                    f"Kỳ “{one.period.label}”: hạn gửi {deadline.last_day:%d/%m/%Y} cách thời điểm chốt số liệu "
                    f"{one.cut_off.to_day:%d/%m/%Y} chưa đủ {rule.working_days} ngày làm việc "
                    f"(sớm nhất nên là {earliest:%d/%m/%Y}).",
                    rule.reference,
                    "deadlines",
                )
