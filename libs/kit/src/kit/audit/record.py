"""The audit record of a change, written in its transaction, chained for each aggregate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import text

from kit.actor import Actor
from kit.audit.canonical import GENESIS, canonical_hash, moment_text, plain
from kit.ids import new_id

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

_LOCK_HEAD = text(
    """
    INSERT INTO audit_head (aggregate_kind, aggregate_id, sequence, hash)
    VALUES (:kind, :id, 0, :genesis)
    ON CONFLICT (aggregate_kind, aggregate_id) DO UPDATE SET sequence = audit_head.sequence
    RETURNING sequence, hash
    """
)
_MOVE_HEAD = text(
    """
    UPDATE audit_head SET sequence = :sequence, hash = :hash
    WHERE aggregate_kind = :kind AND aggregate_id = :id
    """
)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    aggregate_kind: str
    aggregate_id: str
    act: str
    actor: Actor
    before: Any = None
    after: Any = None
    province_id: UUID | None = None
    marks: Mapping[str, Any] | None = None


class AuditCollector:
    """Collects during the unit of work; records are chained and written at commit."""

    def __init__(self) -> None:
        self._entries: list[AuditEntry] = []

    def record(
        self,
        *,
        aggregate_kind: str,
        aggregate_id: UUID | str,
        act: str,
        actor: Actor,
        before: Any = None,
        after: Any = None,
        province_id: UUID | None = None,
        marks: Mapping[str, Any] | None = None,
    ) -> None:
        """`before` and `after` are what changed, as plain values; never a PIN or a token."""
        self._entries.append(
            AuditEntry(aggregate_kind, str(aggregate_id), act, actor, before, after, province_id, marks)
        )

    def clear(self) -> None:
        self._entries.clear()

    async def write(self, session: AsyncSession, now: datetime) -> None:
        from sqlalchemy import insert

        from kit.db.tables import KIT

        entries, self._entries = self._entries, []
        by_chain: dict[tuple[str, str], list[AuditEntry]] = {}
        for entry in entries:
            by_chain.setdefault((entry.aggregate_kind, entry.aggregate_id), []).append(entry)
        rows: list[dict[str, Any]] = []
        for (kind, aggregate_id), chain in sorted(by_chain.items()):
            head = (
                await session.execute(_LOCK_HEAD, {"kind": kind, "id": aggregate_id, "genesis": GENESIS})
            ).one()
            sequence, previous = int(head.sequence), bytes(head.hash)
            for entry in chain:
                sequence += 1
                row = _row(entry, sequence, previous, now)
                previous = row["hash"]
                rows.append(row)
            await session.execute(
                _MOVE_HEAD,
                {"kind": kind, "id": aggregate_id, "sequence": sequence, "hash": previous},
            )
        if rows:
            await session.execute(insert(KIT.audit_record), rows)


def _row(entry: AuditEntry, sequence: int, previous: bytes, now: datetime) -> dict[str, Any]:
    row: dict[str, Any] = {
        "aggregate_kind": entry.aggregate_kind,
        "aggregate_id": entry.aggregate_id,
        "sequence": sequence,
        "id": new_id(),
        "at": now,
        "act": entry.act,
        "account_id": entry.actor.account_id,
        "system": entry.actor.system,
        "address": entry.actor.address,
        "channel": entry.actor.channel,
        "province_id": entry.province_id,
        "before": plain(entry.before),
        "after": plain(entry.after),
        "marks": plain(entry.marks),
        "previous_hash": previous,
    }
    row["hash"] = record_hash(row)
    return row


def record_hash(row: Mapping[str, Any]) -> bytes:
    """The hash of a stored record; the same from the row as it is read back."""
    return canonical_hash(
        {
            name: moment_text(value) if name == "at" else plain(value)
            for name, value in row.items()
            if name != "hash"
        }
    )
