"""A hint to open pages that something has changed: which thing, which version, never what."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """Where a reader stands; it is the id of a server-sent event."""

    txid: int
    position: int

    def __str__(self) -> str:
        return f"{self.txid}.{self.position}"

    @classmethod
    def parse(cls, text: str) -> Position | None:
        txid, _, position = text.partition(".")
        readable = txid.isascii() and txid.isdigit() and position.isascii() and position.isdigit()
        return cls(int(txid), int(position)) if readable and len(text) < 38 else None


@dataclass(frozen=True, slots=True)
class Hint:
    at: Position
    account_id: UUID | None
    place_id: UUID | None
    kind: str
    object_id: UUID
    version: int

    def concerns(self, account_id: UUID, places: set[UUID]) -> bool:
        return self.account_id == account_id or self.place_id in places
