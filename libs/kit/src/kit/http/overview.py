"""`/tasks` and `/search` have one shape in every service: the portal asks them side by side."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel


class TaskOut(BaseModel):
    """What waits for the caller, with the page where it is done."""

    id: str
    kind: str
    title: str
    detail: str
    unit: str | None = None
    period: str | None = None
    due_at: datetime | None = None
    overdue: bool = False
    action: str
    link: str


class FoundOut(BaseModel):
    id: str
    kind: str
    title: str
    detail: str
    link: str
