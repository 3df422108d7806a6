"""The steps of a round: one that fails keeps no other from its work and is tried again after a pause."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from prometheus_client import Counter

log = logging.getLogger(__name__)

PAUSE_SECONDS = 30.0


class Steps:
    """`failures` counts by the first word of a step's name; `pauses` are those that differ, by the same word."""

    def __init__(self, failures: Counter, pauses: dict[str, float] | None = None) -> None:
        self._failures = failures
        self._pauses = pauses or {}
        self._not_before: dict[str, float] = {}

    def done(self, name: str, act: Callable[[], object]) -> bool:
        """Whether it was done; False too while it waits to be tried again."""
        if time.monotonic() < self._not_before.get(name, 0):
            return False
        kind = name.split()[0]
        try:
            act()
        except Exception as error:
            self._failures.labels(kind).inc()
            log.warning("%s: %s", name, str(error)[:600] or type(error).__name__)
            self._not_before[name] = time.monotonic() + self._pauses.get(kind, PAUSE_SECONDS)
            return False
        return True
