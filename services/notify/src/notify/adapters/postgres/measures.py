"""What people are still to be told, by the index on mails that are due."""

# ruff: noqa: S608 statements are put together of constants of this module
from __future__ import annotations

from kit.telemetry.measures import measure

_WANTED = "FROM message WHERE mail = 'wanted'"

MEASURES = (
    measure("reporting_mails_waiting", "Mails not sent yet.", f"SELECT count(*) {_WANTED}"),
    measure(
        "reporting_mail_oldest_seconds",
        "Age of the oldest mail not sent yet.",
        f"SELECT coalesce(extract(epoch FROM now() - min(created_at)), 0) {_WANTED}",
    ),
    measure(
        "reporting_subscribers",
        "Systems outside that are told of events.",
        "SELECT count(*) FROM subscriber WHERE removed_at IS NULL",
    ),
)
