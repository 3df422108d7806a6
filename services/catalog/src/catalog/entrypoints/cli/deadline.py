"""`reporting deadline`: what the service would answer, from the same domain, without a running stack."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kit.clock import VIETNAM
from kit.errors import DomainError, InvalidInput, NotFound, Place
from province_profile import PeriodKind, Profiles, ProvinceProfile, RegimeKind, RuleUnreadable, read_rule
from province_profile import rule_text as grammar

from catalog.domain import schedule
from catalog.domain.calendar import WorkingCalendar
from catalog.domain.deadlines import Deadline
from catalog.domain.errors import DeadlineNotStated
from catalog.domain.periods import FIRST_YEAR, LAST_YEAR, ReportingPeriod
from catalog.domain.regime import OwnDeadline, RegimeTerms
from catalog.entrypoints.cli.answering import ACCEPTED, REFUSED, as_data, print_json, print_refusal
from catalog.entrypoints.cli.period_codes import codes_of_year, kind_of, periods_of

GIVEN_RULE = "Quy định ghi ở dòng lệnh (--rule)"
MISSING = "deadline_rule_missing"
RULE_MISSING = 3


@dataclass(frozen=True, slots=True)
class Question:
    profile: str
    kind: str
    period: str | None = None
    year: int | None = None
    level: str | None = None
    rule: str | None = None


def tell(asked: Question, profiles: Profiles, calendar: WorkingCalendar, *, as_json: bool) -> int:
    """Prints the answer or the refusal; the exit status."""
    try:
        found = answers(asked, profiles, calendar)
    except DomainError as refusal:
        if as_json:
            print_json(as_data(refusal))
        else:
            print_refusal(refusal)
        return REFUSED
    if as_json:
        print_json(found if asked.period is None else found[0])
    else:
        print("\n\n".join(in_words(answer, asked.kind) for answer in found))
    return RULE_MISSING if any(answer["due"] is None for answer in found) else ACCEPTED


def answers(asked: Question, profiles: Profiles, calendar: WorkingCalendar) -> list[dict[str, Any]]:
    """One answer for each period. Raises DomainError for what isn't understood."""
    if (asked.period is None) == (asked.year is None):
        raise InvalidInput(
            "catalog.deadline.period_or_year",
            "Cần nêu hoặc một kỳ (--period), hoặc một năm (--year).",
            places=(Place(field="period"), Place(field="year")),
        )
    if asked.year is not None and not FIRST_YEAR <= asked.year <= LAST_YEAR:
        raise InvalidInput(
            "catalog.deadline.year_wrong",
            f"Năm phải từ {FIRST_YEAR} đến {LAST_YEAR}.",
            places=(Place(field="year"),),
        )
    kind = kind_of(asked.kind)
    own = _own_rule(asked.rule)
    codes = [asked.period] if asked.period is not None else codes_of_year(kind, asked.year or 0)
    return [_answer(code, periods_of(kind, code), asked, own, profiles, calendar) for code in codes]


def _own_rule(text: str | None) -> tuple[OwnDeadline, ...]:
    if text is None:
        return ()
    try:
        return (OwnDeadline(read_rule(text), article=GIVEN_RULE),)
    except RuleUnreadable as unreadable:
        raise InvalidInput(
            "catalog.deadline.not_understood",
            f"Không hiểu quy định về thời hạn “{text}”.",
            places=(Place(field="rule"),),
            remedy="Viết theo một trong các dạng: " + "; ".join(grammar.FORMS) + ".",
        ) from unreadable


def _answer(
    code: str,
    found: Sequence[ReportingPeriod],
    asked: Question,
    own: tuple[OwnDeadline, ...],
    profiles: Profiles,
    calendar: WorkingCalendar,
) -> dict[str, Any]:
    points = [_point(period, asked, own, profiles, calendar) for period in found]
    if len(points) == 1:
        return {"period": code, **points[0]}
    whole = found[-1]
    dues = [point["due"] for point in points]
    answer = {
        "period": code,
        "label": f"Năm học {whole.first_day.year}–{whole.last_day.year}",
        "from": points[-1]["from"],
        "to": points[-1]["to"],
        "cut_off": points[-1]["cut_off"],
        "due": None if None in dues else dues,
        "rule": points[-1]["rule"],
        "article": points[-1]["article"],
        "calendar_version": "+".join(dict.fromkeys(point["calendar_version"] for point in points)),
        "steps": [f"{point['label']}: {step}" for point in points for step in point["steps"]],
        "due_points": points,
    }
    return {**answer, "code": MISSING} if answer["due"] is None else answer


def _point(
    period: ReportingPeriod,
    asked: Question,
    own: tuple[OwnDeadline, ...],
    profiles: Profiles,
    calendar: WorkingCalendar,
) -> dict[str, Any]:
    profile, steps = _profile(profiles, asked.profile, period)
    _known_level(asked.level, profile)
    terms = RegimeTerms(asked.kind, RegimeKind.PERIODIC, "province", deadlines=own)
    span = schedule.cut_off_of(terms, period, profile)
    answer: dict[str, Any] = {
        "label": period.label,
        "from": span.from_day.isoformat(),
        "to": span.to_day.isoformat(),
        "cut_off": [span.from_day.isoformat(), span.to_day.isoformat()],
        "cut_off_article": span.article,
    }
    try:
        deadline = _for_level(schedule.schedule(terms, period, profile, calendar).deadlines, asked.level)
    except DeadlineNotStated as missing:
        return {
            **answer,
            "due": None,
            "code": MISSING,
            "message": f"{missing.message} {missing.remedy}",
            "rule": None,
            "article": missing.rule,
            "calendar_version": _seed_version("", period),
            "steps": [
                *steps,
                f"Quy chế không nêu thời hạn cho kỳ này ({missing.rule}): chế độ báo cáo phải tự nêu",
            ],
        }
    return {
        **answer,
        "due": deadline.due_at.astimezone(VIETNAM).isoformat(),
        "last_day": deadline.last_day.isoformat(),
        "rule": deadline.rule_text,
        "rule_in_words": deadline.rule,
        "article": deadline.article,
        "calendar_version": _seed_version(deadline.calendar_version, period),
        "steps": [*steps, *deadline.steps],
    }


def _profile(profiles: Profiles, key: str, period: ReportingPeriod) -> tuple[ProvinceProfile, list[str]]:
    """Asked for a day before the text had effect, the first text answers and says so."""
    try:
        return profiles.in_force_on(key, period.last_day), []
    except NotFound as unknown:
        first = profiles.first(key)
        if first is None:
            raise InvalidInput(
                "catalog.profile.unknown",
                f"Không có cấu hình của tỉnh mang mã “{key}”.",
                places=(Place(field="profile"),),
                remedy="Dùng một trong: " + ", ".join(profiles.keys()),
            ) from unknown
        return first, [f"Lưu ý: {unknown.message} Tính theo {first.regulation.title}"]


def _known_level(level: str | None, profile: ProvinceProfile) -> None:
    if level is not None and level not in profile.unit_levels.levels:
        raise InvalidInput(
            "catalog.deadline.level_unknown",
            f"Quy chế của {profile.name} không có cấp đơn vị “{level}”.",
            places=(Place(field="level"),),
            rule=profile.unit_levels.reference,
            remedy="Dùng một trong: " + ", ".join(profile.unit_levels.levels),
        )


def _for_level(deadlines: Sequence[Deadline], level: str | None) -> Deadline:
    """The level's own deadline, else the general one, which stands last."""
    return next((one for one in deadlines if one.level == level), deadlines[-1])


def _seed_version(version: str, period: ReportingPeriod) -> str:
    """The seed's years; a rule that asks no calendar is still answered beside one."""
    years = [part.split(".")[0] for part in version.split("+") if part] or [str(period.last_day.year)]
    return "seed-" + "+".join(years)


def in_words(answer: dict[str, Any], kind: PeriodKind | str) -> str:
    first, last = answer["cut_off"]
    lines = [f"{answer['label']} ({kind} {answer['period']})", f"  Chốt số liệu: {first} … {last}"]
    due = answer["due"]
    for moment in due if isinstance(due, list) else [due]:
        lines.append(f"  Trễ hạn từ:   {moment or 'chưa có quy định về thời hạn'}")
    lines.append(f"  Căn cứ:       {answer['article']}")
    lines.append(f"  Lịch:         {answer['calendar_version']}")
    lines += [f"    - {step}" for step in answer["steps"]]
    return "\n".join(lines)
