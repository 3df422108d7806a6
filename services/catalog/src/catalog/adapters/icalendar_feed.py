"""A unit's deadlines as iCalendar (RFC 5545), by the `icalendar` package."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event
from kit.clock import VIETNAM

from catalog.domain.feed import DueReport, UnitDeadlines

REMIND_BEFORE = timedelta(days=2)
REFRESH = "PT6H"


def write_icalendar(deadlines: UnitDeadlines) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//He thong thong tin bao cao//Han gui bao cao//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"Hạn gửi báo cáo – {deadlines.unit_name}")
    calendar.add("x-wr-timezone", "Asia/Ho_Chi_Minh")
    calendar.add("x-published-ttl", REFRESH)
    for report in deadlines.reports:
        calendar.add_component(_event(report, deadlines.made_at))
    written: bytes = calendar.to_ical()
    return written


def _event(report: DueReport, made_at: datetime) -> Event:
    period, deadline = report.scheduled.period, report.deadline
    title = f"Hạn gửi: {report.regime_name} – {period.label}"
    event = Event()
    event.add("uid", report.uid)
    event.add("dtstamp", made_at.astimezone(UTC))
    event.add("summary", title)
    due = deadline.due_at.astimezone(VIETNAM)
    if (due.hour, due.minute) == (0, 0):
        # To the end of a day: an entry of that whole day, the last on which sending is in time.
        event.add("dtstart", deadline.last_day)
        event.add("dtend", deadline.last_day + timedelta(days=1))
    else:
        event.add("dtstart", deadline.due_at.astimezone(UTC))
    lines = [*deadline.steps, f"Căn cứ: {deadline.article}"]
    if report.legal_basis and report.legal_basis != deadline.article:
        lines.append(f"Chế độ báo cáo: {report.legal_basis}")
    event.add("description", "\n".join(lines))
    event.add("categories", ["Hạn gửi báo cáo"])
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", -REMIND_BEFORE)
    event.add_component(alarm)
    return event
