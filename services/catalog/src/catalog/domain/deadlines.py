"""Deadlines (thời hạn gửi báo cáo): the only place where a rule becomes a moment.

`due_at` is exclusive: a report is in time if it arrived before it. "trước ngày 20" ends with the 19th,
"chậm nhất ngày 20" with the 20th; a rest day moves the last *permitted* day. An hour with "trước" is
itself too late, an hour with "chậm nhất" lasts to the end of its minute.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from kit.clock import VIETNAM
from province_profile import DaysAfter, DueDay, FixedDate, FixedDay, OnDayOff, Wording, write_rule

from catalog.domain.calendar import WorkingCalendar, in_words
from catalog.domain.cut_offs import CutOffSpan
from catalog.domain.periods import ReportingPeriod, day_in_month, shift_month


@dataclass(frozen=True, slots=True)
class StatedRule:
    """A rule with what a person reads beside it."""

    due: DueDay
    article: str
    on_day_off: OnDayOff
    day_off_article: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    level: str
    due_at: datetime
    rule: str
    """In Vietnamese, with the days it comes to for this period."""
    article: str
    steps: tuple[str, ...]
    calendar_version: str
    rule_text: str = ""
    """The rule in the grammar of profiles and the command line."""

    @property
    def last_day(self) -> date:
        """The last day on which a report can still be in time."""
        return (self.due_at - timedelta(microseconds=1)).astimezone(VIETNAM).date()


def rule_in_words(due: DueDay, period: ReportingPeriod) -> str:
    hour = "" if due.hour is None else f" {due.hour.hour} giờ {due.hour.minute:02}"
    match due:
        case FixedDay(day=day, months_after=0):
            last = period.last_day
            return f"{due.wording}{hour} ngày {day:02}/{last.month:02} ({period.label})"
        case FixedDay(day=day, months_after=months):
            year, month = shift_month(period.last_day.year, period.last_day.month, months)
            return f"{due.wording}{hour} ngày {day:02}/{month:02}/{year} ({months} tháng sau kỳ báo cáo)"
        case DaysAfter(days=1, working=False, after="period"):
            return f"{due.wording}{hour} ngày kế tiếp của kỳ báo cáo"
        case DaysAfter(days=days, working=working, after=after):
            kind = "ngày làm việc" if working else "ngày"
            since = "khi kỳ báo cáo kết thúc" if after == "period" else "ngày chốt số liệu"
            return f"{due.wording}{hour} {days} {kind} kể từ {since}"
        case FixedDate(on=on):
            return f"{due.wording}{hour} ngày {on:%d/%m/%Y}"


def work_out(
    stated: StatedRule, period: ReportingPeriod, cut_off: CutOffSpan, calendar: WorkingCalendar
) -> Deadline:
    due = stated.due
    rule = rule_in_words(due, period)
    steps = [f"Quy định: {rule}"]
    named = _named_day(due, period, cut_off, calendar, steps)
    last = named
    if due.wording is Wording.BEFORE and due.hour is None:
        last = named - timedelta(days=1)
        steps.append(f"“trước ngày” không gồm ngày ấy: ngày cuối được gửi là {in_words(last)}")
    asked = [named]
    if stated.on_day_off is OnDayOff.NEXT_WORKING_DAY:
        rolled = _roll(last, calendar, stated.day_off_article, steps)
        asked.append(rolled)
        last = rolled
    due_at = _moment(last, due.wording, due.hour)
    steps.append(_ending(last, due.wording, due.hour))
    if due_at < datetime.combine(cut_off.to_day + timedelta(days=1), time.min, VIETNAM):
        steps.append(
            f"Lưu ý: thời hạn này đến trước khi hết thời gian chốt số liệu ({in_words(cut_off.to_day)}"
            + (f", {cut_off.article})" if cut_off.article else ")")
        )
    by_calendar = stated.on_day_off is OnDayOff.NEXT_WORKING_DAY or (
        isinstance(due, DaysAfter) and due.working
    )
    return Deadline(
        due.level or "",
        due_at,
        rule,
        stated.article,
        tuple(steps),
        calendar.version_for(*asked) if by_calendar else "",
        write_rule(due),
    )


def for_levels(
    rules: Sequence[StatedRule], period: ReportingPeriod, cut_off: CutOffSpan, calendar: WorkingCalendar
) -> tuple[Deadline, ...]:
    """One deadline for each level that has a rule of its own, the general one last."""
    fitting = [rule for rule in rules if rule.due.part in (None, period.part)]
    ordered = sorted(fitting, key=lambda rule: (rule.due.level is None, rule.due.level or ""))
    return tuple(work_out(rule, period, cut_off, calendar) for rule in ordered)


def _named_day(
    due: DueDay, period: ReportingPeriod, cut_off: CutOffSpan, calendar: WorkingCalendar, steps: list[str]
) -> date:
    match due:
        case FixedDay(day=day, months_after=months):
            year, month = shift_month(period.last_day.year, period.last_day.month, months)
            named = day_in_month(year, month, day)
            if named.day != day:
                steps.append(
                    f"Tháng {month}/{year} không có ngày {day}: lấy ngày cuối tháng {in_words(named)}"
                )
        case DaysAfter(days=days, working=working, after=after):
            since = period.last_day if after == "period" else cut_off.to_day
            named = calendar.add_working_days(since, days) if working else since + timedelta(days=days)
            steps.append(f"Tính từ {in_words(since)} thêm {days} {'ngày làm việc' if working else 'ngày'}")
        case FixedDate(on=on):
            named = on
    steps.append(f"Ngày nêu trong quy định: {in_words(named)}")
    return named


def _roll(day: date, calendar: WorkingCalendar, article: str, steps: list[str]) -> date:
    worked = calendar.next_working_day(day)
    if worked != day:
        why = calendar.why_off(day)
        by = f" ({article})" if article else ""
        steps.append(f"{in_words(day)} là {why} → ngày làm việc tiếp theo: {in_words(worked)}{by}")
    return worked


def _moment(last: date, wording: Wording, hour: time | None) -> datetime:
    if hour is None:
        local = datetime.combine(last + timedelta(days=1), time.min, VIETNAM)
    else:
        local = datetime.combine(last, hour.replace(second=0, microsecond=0), VIETNAM)
        if wording is Wording.AT_LATEST:
            local += timedelta(minutes=1)
    return local.astimezone(UTC)


def _ending(last: date, wording: Wording, hour: time | None) -> str:
    if hour is None:
        return f"Gửi đến hết {in_words(last)} (24 giờ 00)"
    clock = f"{hour.hour} giờ {hour.minute:02}"
    if wording is Wording.BEFORE:
        return f"Gửi trước {clock} {in_words(last)}"
    return f"Gửi đến hết {clock} {in_words(last)}"
