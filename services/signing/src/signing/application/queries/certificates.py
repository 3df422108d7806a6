"""Who must sign, and who holds a certificate for it that is good today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from kit.actor import Actor
from kit.clock import Clock
from kit.directory import Directory, DirectoryPlace

from signing.application.ports import TokenCertificate, Tokens
from signing.domain.labels import agency_label, signer_label
from signing.domain.states import SignerRole

SOON = timedelta(days=30)
VIEWERS = ("unit_admin", "province_admin", "issue", "auditor", "monitor")


@dataclass(frozen=True, slots=True)
class Holding:
    role: SignerRole
    unit_id: UUID
    unit_name: str
    account_id: UUID | None
    holder: str
    label: str
    state: str
    certificate: TokenCertificate | None
    days_left: int | None


@dataclass(frozen=True, slots=True)
class Certificates:
    directory: Directory
    tokens: Tokens
    clock: Clock

    async def of(self, actor: Actor, unit_id: UUID | None = None) -> list[Holding]:
        """The units where the person manages, issues or watches; their own certificate anyway."""
        shown = await self.directory.places_where(actor, VIEWERS)
        own = await self.directory.places_where(actor, "sign")
        if unit_id is not None:
            shown, own = shown & {unit_id}, own & {unit_id}
        found = await self.tokens.certificates()
        holdings: list[Holding] = []
        for place_id in shown | own:
            place = await self.directory.place(place_id)
            signers = await self.directory.holders("sign", place_id)
            everyone = place_id in shown
            for account in signers:
                if everyone or account.id == actor.account_id:
                    label = signer_label(account.username)
                    holdings.append(
                        self._holding(SignerRole.LEADER, place, account.id, account.full_name, label, found)
                    )
            if everyone and await self.directory.holders("issue", place_id):
                label = agency_label(place_id)
                holdings.append(self._holding(SignerRole.AGENCY, place, None, place.name, label, found))
        return sorted(holdings, key=lambda one: (one.unit_name, one.role, one.holder))

    def _holding(
        self,
        role: SignerRole,
        place: DirectoryPlace,
        account_id: UUID | None,
        holder: str,
        label: str,
        found: Mapping[str, TokenCertificate],
    ) -> Holding:
        certificate = found.get(label)
        state, days = "missing", None
        if certificate is not None:
            left = certificate.valid_until - self.clock()
            days = left.days
            if not certificate.trusted:
                state = "expired" if left < timedelta() else "untrusted"
            else:
                state = "expiring" if left < SOON else "valid"
        return Holding(role, place.id, place.name, account_id, holder, label, state, certificate, days)
