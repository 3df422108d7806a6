"""What the catalogue holds, by the indexes on states."""

from __future__ import annotations

from kit.telemetry.measures import measure

MEASURES = (
    measure(
        "reporting_regimes",
        "Reporting regimes by state.",
        "SELECT state, count(*) FROM regime GROUP BY state",
        ("state",),
    ),
    measure(
        "reporting_form_versions",
        "Versions of forms by state.",
        "SELECT state, count(*) FROM form_version GROUP BY state",
        ("state",),
    ),
)
