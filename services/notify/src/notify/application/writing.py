"""Writes one message to each of several people, with a hint to their open pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kit.clock import Clock
from kit.directory import Directory, DirectoryAccount
from kit.ids import new_id

from notify.application.ports import Texts, UnitOfWork
from notify.application.recipients import holders
from notify.domain.message import Kind, MailState, Message
from notify.domain.report import ReportFacts


@dataclass(frozen=True, slots=True)
class Writer:
    texts: Texts
    directory: Directory
    clock: Clock

    async def write(
        self,
        uow: UnitOfWork,
        kind: Kind,
        people: Iterable[DirectoryAccount],
        report: ReportFacts,
        cause: str,
        **more: Any,
    ) -> int:
        """About a report. Returns how many were written; who has the message of this cause already gets none."""
        return await self.tell(
            uow,
            kind,
            people,
            await self._facts(report, more),
            cause,
            link=f"/bao-cao/{report.report_id}",
            province_id=report.province_id,
            report=report,
        )

    async def tell(
        self,
        uow: UnitOfWork,
        kind: Kind,
        people: Iterable[DirectoryAccount],
        facts: Mapping[str, Any],
        cause: str,
        *,
        link: str,
        province_id: UUID,
        report: ReportFacts | None = None,
    ) -> int:
        """About anything. Returns how many were written."""
        written = 0
        for person in people:
            preference = await uow.preferences.of(person.id)
            wants_mail = bool(person.email) and preference.wants_mail(kind)
            text = self.texts.write(kind, facts)
            now = self.clock()
            message = Message(
                id=new_id(),
                account_id=person.id,
                province_id=province_id,
                cause=cause,
                kind=kind,
                title=text.title,
                body=text.body,
                link=link,
                created_at=now,
                report_id=report.report_id if report else None,
                unit_name=report.unit_name if report else "",
                due_at=report.due_at if report else None,
                mail=MailState.WANTED if wants_mail else MailState.OFF,
                mail_next_at=now if wants_mail else None,
            )
            if await uow.messages.add(message):
                await uow.hints.tell_account(person.id, "message", message.id, 1)
                written += 1
        return written

    async def _facts(self, report: ReportFacts, more: Mapping[str, Any]) -> dict[str, Any]:
        """With the leader who answers for the report and the officer who enters it, by name."""
        leaders = await holders(self.directory, ("approve",), report.unit_id, report)
        officers = await holders(self.directory, ("entry",), report.unit_id, report)
        return {
            "report": report,
            "leaders": [named(one) for one in leaders[:2]],
            "officers": [named(one) for one in officers[:2]],
            **more,
        }


def named(person: DirectoryAccount) -> str:
    return f"{person.full_name} ({person.position_title})" if person.position_title else person.full_name
