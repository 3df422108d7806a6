"""Revisions of a report: exactly one is being worked on, at most one is accepted.

Numbers grow by one. All but the newest are sealed; a seal is set once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Revision:
    number: int
    begun_at: datetime
    begun_by: str
    canonical_hash: str = ""
    sealed_at: datetime | None = None
    accepted: bool = False
    nil: bool = False
    imported: bool = False

    @property
    def sealed(self) -> bool:
        return self.sealed_at is not None


@dataclass(frozen=True, slots=True)
class Revisions:
    all: tuple[Revision, ...]

    @property
    def working(self) -> Revision:
        return self.all[-1]

    @property
    def accepted(self) -> Revision | None:
        return next((each for each in self.all if each.accepted), None)

    def get(self, number: int) -> Revision | None:
        return next((each for each in self.all if each.number == number), None)

    def begin_next(self, at: datetime, by: str) -> Revisions:
        return Revisions((*self.all, Revision(self.working.number + 1, at, by)))

    def seal(self, canonical_hash: str, at: datetime, *, nil: bool) -> Revisions:
        if self.working.sealed:
            raise ValueError(f"revision {self.working.number} is sealed already")
        sealed = replace(self.working, canonical_hash=canonical_hash, sealed_at=at, nil=nil)
        return Revisions((*self.all[:-1], sealed))

    def accept(self) -> Revisions:
        """The working revision takes the place of whichever was accepted before."""
        newest = self.working.number
        return Revisions(tuple(replace(each, accepted=each.number == newest) for each in self.all))


def first_revision(at: datetime, by: str) -> Revisions:
    return Revisions((Revision(1, at, by),))


def of(revisions: Sequence[Revision]) -> Revisions:
    return Revisions(tuple(sorted(revisions, key=lambda each: each.number)))
