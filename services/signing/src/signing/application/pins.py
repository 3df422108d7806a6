"""Care with PINs: their shape, and a stop before the token locks itself. Nothing of a PIN is kept."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from signing.domain.errors import PinShape, PinWrong, TooManyWrongPins

MOST_WRONG = 5
PAUSE = timedelta(minutes=15)


class PinCare:
    """Counts wrong PINs for each token in this process; the token itself counts for good."""

    def __init__(self) -> None:
        self._wrong: dict[str, list[datetime]] = defaultdict(list)

    def check(self, label: str, pin: str, now: datetime, field: str = "pin") -> None:
        if not 4 <= len(pin) <= 64:
            raise PinShape(field)
        recent = [at for at in self._wrong.get(label, []) if now - at < PAUSE]
        if len(recent) >= MOST_WRONG:
            left = PAUSE - (now - recent[0])
            raise TooManyWrongPins(max(1, round(left.total_seconds() / 60)))

    def wrong(self, label: str, now: datetime) -> PinWrong | None:
        """Gives the last warning when one more wrong PIN stops the signing."""
        recent = [at for at in self._wrong[label] if now - at < PAUSE]
        self._wrong[label] = [*recent, now]
        return PinWrong(low=True) if len(recent) + 2 >= MOST_WRONG else None

    def right(self, label: str) -> None:
        self._wrong.pop(label, None)
