"""Accounts in numbers, and those whose login has not reached Keycloak yet."""

from __future__ import annotations

from kit.telemetry.measures import measure

MEASURES = (
    measure(
        "reporting_accounts",
        "Accounts, by what they may do now.",
        "SELECT CASE WHEN locked_at IS NOT NULL THEN 'locked' ELSE credential END, count(*)"
        " FROM account GROUP BY 1",
        ("condition",),
    ),
    measure(
        "reporting_logins_unsettled",
        "Logins that have not been brought to Keycloak yet.",
        "SELECT count(*) FROM account WHERE credential <> 'ready'",
    ),
)
