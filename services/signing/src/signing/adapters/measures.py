"""Signing in numbers: who waits for a signature, and how long the certificates on the tokens are good for."""

# ruff: noqa: S608 statements are put together of constants of this module
from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from kit.clock import Clock
from kit.telemetry.measures import measure, show
from prometheus_client import Gauge

from signing.application.ports import TokenCertificate, Tokens
from signing.domain.labels import is_agency_label
from signing.domain.states import SignerRole

_WAITING = "FROM signing_request WHERE state IN ('waiting_leader', 'waiting_agency')"

MEASURES = (
    measure(
        "reporting_signing_requests_waiting",
        "Signing requests waiting for a signature, by whose.",
        f"SELECT state, count(*) {_WAITING} GROUP BY state",
        ("state",),
    ),
    measure(
        "reporting_signing_oldest_waiting_seconds",
        "How long the oldest of the waiting signing requests has waited.",
        f"SELECT state, extract(epoch FROM now() - min(acted_at)) {_WAITING} GROUP BY state",
        ("state",),
    ),
)

# By whose they are, never by name: a person's certificate is personal data, and there are hundreds.
CERTIFICATES = Gauge(
    "reporting_certificates", "Certificates on the tokens, by role and condition.", ("role", "condition")
)
CERTIFICATE_DAYS = Gauge(
    "reporting_certificate_days_left", "Days left of the certificate that ends first.", ("role",)
)
SOON = timedelta(days=30)


class CertificateWatch:
    """Reads the tokens seldom: each reading starts a process that logs in to none of them."""

    SECONDS = 300

    def __init__(self, tokens: Tokens, clock: Clock) -> None:
        self._tokens = tokens
        self._clock = clock

    async def __call__(self) -> None:
        found = await self._tokens.certificates()
        self.tell(found.values(), self._clock())

    @staticmethod
    def tell(certificates: Iterable[TokenCertificate], now: datetime) -> None:
        counted: dict[tuple[str, str], int] = {}
        shortest: dict[str, float] = {}
        for one in certificates:
            role = (SignerRole.AGENCY if is_agency_label(one.label) else SignerRole.LEADER).value
            key = (role, _condition(one, now))
            counted[key] = counted.get(key, 0) + 1
            days = (one.valid_until - now) / timedelta(days=1)
            shortest[role] = min(days, shortest.get(role, days))
        show(CERTIFICATES, [(*key, number) for key, number in counted.items()])
        show(CERTIFICATE_DAYS, shortest.items())


def _condition(certificate: TokenCertificate, now: datetime) -> str:
    left = certificate.valid_until - now
    if left <= timedelta():
        return "expired"
    if not certificate.trusted:
        return "untrusted"
    return "expiring" if left < SOON else "valid"
