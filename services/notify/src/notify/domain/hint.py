"""A hint to open pages that something has changed: which thing, which version, never what."""

from __future__ import annotations

import re
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
        read = re.fullmatch(r"([0-9]{1,18})\.([0-9]{1,18})", text)
        return cls(int(read[1]), int(read[2])) if read else None


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
