"""An account: one named holder, a unit, a state. The credentials themselves live in the login system.

`credential` says how far the login system has followed: a *pending* account is not there yet and is unknown
to all other services; *behind* means its present state there is older than ours. A job finishes both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from identity.domain.errors import AlreadyLocked, Malformed
from identity.domain.text import clean

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,63}")
_EMAIL = re.compile(r"[^@\s]{1,64}@[A-Za-z0-9.-]{1,190}")


class Credential(StrEnum):
    PENDING = "pending"
    READY = "ready"
    BEHIND = "behind"


@dataclass(frozen=True, slots=True)
class Account:
    """`version` counts what other services were told: 0 until the account can sign in."""

    id: UUID
    province_id: UUID | None
    unit_id: UUID | None
    username: str
    full_name: str
    position_title: str = ""
    email: str = ""
    program: bool = False
    locked_at: datetime | None = None
    lock_reason: str = ""
    credential: Credential = Credential.PENDING
    version: int = 0

    @classmethod
    def open(
        cls,
        account_id: UUID,
        *,
        province_id: UUID | None,
        unit_id: UUID | None,
        username: str,
        full_name: str,
        position_title: str = "",
        email: str = "",
        program: bool = False,
    ) -> Account:
        if not _USERNAME.fullmatch(username):
            raise Malformed(
                "username",
                f"Tên đăng nhập “{username[:64]}” không hợp lệ.",
                "Dùng chữ thường không dấu, số, dấu chấm, gạch nối; từ 3 đến 64 ký tự.",
            )
        return cls(
            account_id,
            province_id,
            unit_id,
            username,
            _a_person_name(full_name),
            _a_title(position_title),
            _an_email(email),
            program,
        )

    @property
    def active(self) -> bool:
        return self.locked_at is None and self.credential is not Credential.PENDING

    def settled(self) -> Account:
        """The login system now holds what we hold. The first time, the account comes into being."""
        first = self.version == 0
        return replace(self, credential=Credential.READY, version=1 if first else self.version)

    def locked(self, at: datetime, reason: str) -> Account:
        if self.locked_at is not None:
            raise AlreadyLocked(True)
        if len(clean(reason)) < 3:
            raise Malformed("reason", "Phải nêu lý do khóa tài khoản.")
        return replace(self._moved(), locked_at=at, lock_reason=clean(reason))

    def unlocked(self) -> Account:
        if self.locked_at is None:
            raise AlreadyLocked(False)
        return replace(self._moved(), locked_at=None, lock_reason="")

    def changed(self, *, full_name: str, position_title: str, email: str, unit_id: UUID | None) -> Account:
        wanted = replace(
            self,
            full_name=_a_person_name(full_name),
            position_title=_a_title(position_title),
            email=_an_email(email),
            unit_id=unit_id,
        )
        if wanted == self:
            return self
        moved = self._moved()
        return replace(wanted, version=moved.version, credential=moved.credential)

    def same_holder(self, other: Account) -> bool:
        """Whether creating `other` again means this very account."""
        mine = (self.username, self.unit_id, self.full_name, self.program)
        return mine == (other.username, other.unit_id, other.full_name, other.program)

    def facts(self) -> dict[str, object]:
        return {
            "username": self.username,
            "full_name": self.full_name,
            "position_title": self.position_title,
            "email": self.email,
            "unit_id": self.unit_id,
            "program": self.program,
            "locked_at": self.locked_at,
            "lock_reason": self.lock_reason,
            "version": self.version,
        }

    def _moved(self) -> Account:
        """A pending account stays so, and untold; a program has no login to follow."""
        if self.version == 0:
            return self
        behind = Credential.READY if self.program else Credential.BEHIND
        return replace(self, version=self.version + 1, credential=behind)


def _a_person_name(name: str) -> str:
    cleaned = clean(name)
    if not 2 <= len(cleaned) <= 120:
        raise Malformed("full_name", "Họ tên dài từ 2 đến 120 ký tự.")
    return cleaned


def _a_title(title: str) -> str:
    cleaned = clean(title)
    if len(cleaned) > 120:
        raise Malformed("position_title", "Chức danh dài tối đa 120 ký tự.")
    return cleaned


def _an_email(email: str) -> str:
    if email and not _EMAIL.fullmatch(email):
        raise Malformed("email", f"Địa chỉ thư điện tử “{email[:80]}” không hợp lệ.")
    return email
