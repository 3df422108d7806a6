"""Which token signs for whom: a token's label has at most 32 bytes."""

from __future__ import annotations

import hashlib
from uuid import UUID

LONGEST = 32


def signer_label(username: str) -> str:
    """The account's name; a longer one is told by its hash."""
    if len(username.encode()) <= LONGEST:
        return username
    return "acc-" + hashlib.sha256(username.encode()).hexdigest()[: LONGEST - 4]


def agency_label(unit_id: UUID) -> str:
    """The agency's key, not its code: codes are attributes and repeat from province to province."""
    return unit_id.hex


def is_agency_label(label: str) -> bool:
    return len(label) == LONGEST and all(letter in "0123456789abcdef" for letter in label)
