"""Sends the e-mails that are wanted; what fails passes is tried again later, a bounded number of times."""

from __future__ import annotations

from dataclasses import dataclass

from kit.clock import Clock
from kit.directory import Directory
from kit.errors import NotFound

from notify.application.ports import Mailer, MailRefused, OpenUnitOfWork, UnitOfWork
from notify.domain.message import Message

_BATCH = 25


@dataclass(frozen=True, slots=True)
class SendMailHandler:
    open_unit_of_work: OpenUnitOfWork
    mailer: Mailer
    directory: Directory
    clock: Clock

    async def __call__(self) -> int:
        """Until none is due; returns how many were sent."""
        sent = 0
        while True:
            async with self.open_unit_of_work() as uow:
                due = await uow.messages.mail_due(self.clock(), _BATCH)
                for message in due:
                    sent += await self._send(uow, message)
                await uow.commit()
            if len(due) < _BATCH:
                return sent

    async def _send(self, uow: UnitOfWork, message: Message) -> int:
        error = ""
        try:
            person = await self.directory.account(message.account_id)
            if not person.active or not person.email:
                raise MailRefused("the account takes no mail any more")
            await self.mailer.send(message, person.email, person.full_name)
            message.mail_sent()
        except (MailRefused, NotFound) as refused:
            error = str(refused)
            message.mail_failed(self.clock(), for_good=True)
        except (OSError, TimeoutError) as failed:
            error = f"{type(failed).__name__}: {failed}"
            message.mail_failed(self.clock())
        await uow.messages.save_mail(message, error[:500])
        return 0 if error else 1
