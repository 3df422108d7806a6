"""A maintenance as REST shows it: a little to everybody, all of it to the administrator."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import BaseModel, Field

from notify.domain.maintenance import Maintenance


class StandingOut(BaseModel):
    id: UUID
    title: str
    what: str
    starts_at: datetime
    ends_at: datetime
    stage: str = Field(description="planned, under_way, ended hoặc cancelled")
    emergency: bool

    @classmethod
    def of(cls, maintenance: Maintenance, now: datetime) -> Self:
        return cls.model_validate(_shown_to_all(maintenance, now))


class PublicMaintenanceOut(StandingOut):
    place: str

    @classmethod
    def named(cls, maintenance: Maintenance, place: str, now: datetime) -> Self:
        return cls.model_validate(_shown_to_all(maintenance, now) | {"place": place})


class DocumentIn(BaseModel):
    number: Annotated[str, Field(min_length=1, max_length=100)]
    issued_on: date


class DocumentOut(BaseModel):
    number: str
    issued_on: date


class NoticeRuleOut(BaseModel):
    words: str = Field(description="Ví dụ “10 giờ làm việc”")
    article: str
    earliest_at: datetime


class MaintenanceOut(StandingOut):
    version: int = Field(description="Dùng cho If-Match")
    emergency_reason: str
    rule: NoticeRuleOut
    announced_at: datetime
    announced_by: str
    document: DocumentOut | None
    close_reason: str

    @classmethod
    def of(cls, maintenance: Maintenance, now: datetime) -> Self:
        document, notice = maintenance.document, maintenance.notice
        return cls.model_validate(
            _shown_to_all(maintenance, now)
            | {
                "version": maintenance.version,
                "emergency_reason": maintenance.plan.emergency_reason,
                "rule": {
                    "words": notice.words,
                    "article": notice.article,
                    "earliest_at": notice.earliest_at,
                },
                "announced_at": maintenance.announced_at,
                "announced_by": maintenance.announced_by_name,
                "document": document and {"number": document.number, "issued_on": document.issued_on},
                "close_reason": maintenance.close_reason,
            }
        )


def _shown_to_all(maintenance: Maintenance, now: datetime) -> dict[str, Any]:
    return {
        "id": maintenance.id,
        "title": maintenance.plan.title,
        "what": maintenance.plan.what,
        "starts_at": maintenance.starts_at,
        "ends_at": maintenance.ends_at,
        "stage": maintenance.stage(now).value,
        "emergency": bool(maintenance.plan.emergency_reason),
    }
