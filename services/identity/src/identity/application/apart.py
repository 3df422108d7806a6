"""A transaction of its own inside a request that carries an `Idempotency-Key`.

Such a request's COMMIT waits for its answer. A login must not be made in Keycloak for a row that may never be
committed, so the row goes first, in a task (and therefore a transaction) of its own; whatever then fails, the
settler job finds the row and finishes it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


async def apart(work: Coroutine[Any, Any, T]) -> T:
    return await asyncio.create_task(work)
