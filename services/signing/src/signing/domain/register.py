"""The register of numbers: unique by agency, type and year (Decree 30/2020/NĐ-CP, article 15)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from signing.domain.errors import NumberInvalid, NumberTaken

REPORT_KIND = "BC"
LARGEST = 999_999


class EntryState(StrEnum):
    ISSUED = "issued"
    # The document was taken back before sending: the number waits for the report's next revision.
    KEPT = "kept"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    unit_id: UUID
    kind: str
    year: int
    number: int
    report_id: UUID
    request_id: UUID
    state: EntryState
    issued_on: date
    reason: str = ""

    def kept(self, reason: str) -> RegisterEntry:
        return replace(self, state=EntryState.KEPT, reason=reason)


def choose_number(entries: Sequence[RegisterEntry], *, report_id: UUID, year: int, asked: int | None) -> int:
    """The number typed, else the one kept for this report, else the next of the year.

    `entries` are those of one agency, type and year. A typed number may leave a gap, since the agency's other
    documents of the type may be numbered elsewhere; the register lists it.
    """
    kept = {e.number for e in entries if e.state is EntryState.KEPT and e.report_id == report_id}
    if asked is None:
        return min(kept) if kept else max((e.number for e in entries), default=0) + 1
    if not 1 <= asked <= LARGEST:
        raise NumberInvalid()
    if asked not in kept and any(e.number == asked for e in entries):
        raise NumberTaken(asked, year)
    return asked


def number_text(number: int, symbol: str) -> str:
    """Below ten a zero is set in front, as registers are written: 05/BC-UBND."""
    return f"{number:02d}/{number_suffix(symbol)}"


def number_suffix(symbol: str) -> str:
    return f"{REPORT_KIND}-{symbol}" if symbol else REPORT_KIND


def gaps(entries: Sequence[RegisterEntry]) -> list[int]:
    used = {entry.number for entry in entries}
    return [n for n in range(1, max(used, default=0)) if n not in used]
