"""Domain events as outbox rows of `reporting.identity.>`."""

from __future__ import annotations

from kit.outbox import OutboxEvent
from reporting.identity.v1 import events_pb2 as pb

from identity import wire
from identity.domain.events import AccountChanged, Event, RightGranted, RightRevoked, UnitChanged


def to_outbox(event: Event, rights_version: int) -> OutboxEvent:
    match event:
        case UnitChanged(unit):
            return OutboxEvent(
                "reporting.identity.unit.changed.v1",
                unit.id,
                unit.province_id,
                pb.UnitChanged(unit=wire.to_unit(unit), rights_version=rights_version),
            )
        case AccountChanged(account):
            return OutboxEvent(
                "reporting.identity.account.changed.v1",
                account.id,
                account.province_id,
                pb.AccountChanged(account=wire.to_account(account), rights_version=rights_version),
            )
        case RightGranted(grant):
            return OutboxEvent(
                "reporting.identity.right.granted.v1",
                grant.id,
                grant.province_id,
                pb.RightGranted(grant=wire.to_grant(grant), rights_version=rights_version),
            )
        case RightRevoked(grant):
            return OutboxEvent(
                "reporting.identity.right.revoked.v1",
                grant.id,
                grant.province_id,
                pb.RightRevoked(grant=wire.to_grant(grant), rights_version=rights_version),
            )
