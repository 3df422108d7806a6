"""A message to one person: one for each event that concerns them, read once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from uuid import UUID


class Kind(Enum):
    ASSIGNED = "assigned"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    SIGNED = "signed"
    ISSUED = "issued"
    SENT = "sent"
    ACCEPTED = "accepted"
    DEADLINE_MOVED = "deadline_moved"
    FORM_RENEWED = "form_renewed"
    DEADLINE_NEAR = "deadline_near"
    OVERDUE = "overdue"
    SIGNING_REFUSED = "signing_refused"
    REGIME_CLOSED = "regime_closed"
    REGISTRATION_MOVED = "registration_moved"
    ANNOUNCEMENT_DUE = "announcement_due"


class MailState(Enum):
    OFF = "off"
    WANTED = "wanted"
    SENT = "sent"
    FAILED = "failed"


MAIL_TRIES = 10
_LONGEST_PAUSE = timedelta(hours=1)


@dataclass(slots=True)
class Message:
    id: UUID
    account_id: UUID
    province_id: UUID
    # The same event (or the same stage of the same deadline) never makes two messages to one person.
    cause: str
    kind: Kind
    title: str
    body: str
    link: str
    created_at: datetime
    report_id: UUID | None = None
    unit_name: str = ""
    due_at: datetime | None = None
    read_at: datetime | None = None
    mail: MailState = MailState.OFF
    mail_tries: int = 0
    mail_next_at: datetime | None = None

    def mail_sent(self) -> None:
        self.mail = MailState.SENT
        self.mail_tries += 1
        self.mail_next_at = None

    def mail_failed(self, at: datetime, *, for_good: bool = False) -> None:
        """Tried again after 30 s, 1, 2, 4 … minutes; given up after ten tries."""
        self.mail_tries += 1
        if for_good or self.mail_tries >= MAIL_TRIES:
            self.mail = MailState.FAILED
            self.mail_next_at = None
            return
        pause = min(_LONGEST_PAUSE, timedelta(seconds=30 * 2 ** (self.mail_tries - 1)))
        self.mail_next_at = at + pause


@dataclass(frozen=True, slots=True)
class Preference:
    """In the portal every message is shown; by e-mail, what the person has not switched off."""

    account_id: UUID
    mail: bool = True
    mail_off: frozenset[Kind] = field(default_factory=frozenset)

    def wants_mail(self, kind: Kind) -> bool:
        return self.mail and kind not in self.mail_off
