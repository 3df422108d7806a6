"""Keys are UUIDv7: they sort by the moment they were made and say nothing else."""

from __future__ import annotations

from uuid import UUID

import uuid_utils


def new_id() -> UUID:
    return UUID(int=uuid_utils.uuid7().int)
