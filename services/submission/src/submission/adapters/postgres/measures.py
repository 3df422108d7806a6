"""The job in numbers: reports, deadlines, sending and acceptance. All by the index on `report.due_at`.

What is due lies between 60 days ago and 400 days ahead; what is older is history and no longer watched.
"""

# ruff: noqa: S608 statements are put together of constants of this module
from __future__ import annotations

from kit.telemetry.measures import measure
from prometheus_client import Counter

from submission.domain.workflow import NOT_SENT_YET

CELLS_SAVED = Counter("reporting_cells_saved_total", "Cells written, by the road they came in.", ("road",))

_WATCHED = (
    "FROM report r JOIN assignment a ON a.id = r.assignment_id"
    " WHERE r.due_at BETWEEN now() - interval '60 days' AND now() + interval '400 days' AND NOT r.imported"
)
_UNSENT = f"r.state IN ({', '.join(repr(state.value) for state in sorted(NOT_SENT_YET))})"
# From an hour to a month: eight hours are a working day, five days a working week.
_WAITS = (3600, 4 * 3600, 8 * 3600, *(days * 86_400 for days in (1, 2, 3, 5, 7, 14, 30)))
_BOUNDS = ", ".join([*(f"('{float(bound)}', {bound}::float8)" for bound in _WAITS), "('+Inf', 'infinity')"])

MEASURES = (
    measure(
        "reporting_reports",
        "Reports due from 60 days ago on, by regime and state.",
        f"SELECT a.regime_code, r.state, count(*) {_WATCHED} GROUP BY 1, 2"
        " ORDER BY sum(count(*)) OVER (PARTITION BY a.regime_code) DESC, 1",
        ("regime", "state"),
    ),
    measure(
        "reporting_reports_unsent",
        "Reports not sent yet, by regime and by how soon they are due.",
        "SELECT a.regime_code, CASE WHEN r.due_at < now() THEN 'overdue'"
        " WHEN r.due_at < now() + interval '2 hours' THEN '2h'"
        " WHEN r.due_at < now() + interval '1 day' THEN '1d'"
        " WHEN r.due_at < now() + interval '7 days' THEN '7d' ELSE 'later' END, count(*)"
        f" {_WATCHED} AND {_UNSENT} GROUP BY 1, 2 ORDER BY min(min(r.due_at)) OVER (PARTITION BY a.regime_code), 1",
        ("regime", "due"),
    ),
    measure(
        "reporting_deadline_minutes",
        "Minutes to the nearest deadline of a regime with reports not sent yet.",
        "SELECT a.regime_code, extract(epoch FROM min(r.due_at) - now()) / 60"
        f" {_WATCHED} AND r.due_at > now() AND {_UNSENT} GROUP BY 1 ORDER BY 2",
        ("regime",),
        fold=min,
    ),
    measure(
        "reporting_reports_punctuality",
        "Reports that fell due in the last 60 days, by regime and by when they were first sent.",
        "SELECT a.regime_code, CASE WHEN r.first_sent_at IS NULL THEN 'not_sent'"
        " WHEN r.first_sent_at <= r.due_at THEN 'on_time' ELSE 'late' END, count(*)"
        f" {_WATCHED} AND r.due_at < now() GROUP BY 1, 2"
        " ORDER BY sum(count(*)) OVER (PARTITION BY a.regime_code) DESC, 1",
        ("regime", "sent"),
    ),
    measure(
        "reporting_sent_to_accepted_seconds_bucket",
        "Accepted reports due from 60 days ago on, by the time from sending to acceptance.",
        f"SELECT bound.le, count(waited.seconds) FROM (VALUES {_BOUNDS}) AS bound(le, seconds) LEFT JOIN ("
        f"SELECT extract(epoch FROM r.accepted_at - r.sent_at) AS seconds {_WATCHED}"
        " AND r.state = 'accepted' AND r.sent_at IS NOT NULL"
        ") AS waited ON waited.seconds <= bound.seconds GROUP BY bound.le, bound.seconds ORDER BY bound.seconds",
        ("le",),
    ),
    measure(
        "reporting_signing_orders_waiting",
        "Signing requests that signing has not been asked for yet.",
        "SELECT count(*) FROM signing_order WHERE NOT done",
    ),
)
