"""Sends the e-mails that are wanted; what fails passes is tried again later, a bounded number of times."""

from __future__ import annotations

from dataclasses import dataclass

from kit.clock import Clock
from kit.directory import Directory
from kit.errors import NotFound

from notify.application.ports import Mailer, MailRefused, OpenUnitOfWork, UnitOfWork
from notify.domain.message import MailState, Message


@dataclass(frozen=True, slots=True)
class SendMailHandler:
    open_unit_of_work: OpenUnitOfWork
    mailer: Mailer
    directory: Directory
    clock: Clock

    async def __call__(self) -> int:
        """Until none is due or the server is away; returns how many were sent.

        Each in a unit of work of its own: what was sent is recorded before the next is tried.
        """
        sent = 0
        while True:
            async with self.open_unit_of_work() as uow:
                due = await uow.messages.mail_due(self.clock(), 1)
                if not due:
                    return sent
                away = await self._send(uow, due[0])
                await uow.commit()
            if away:
                return sent
            sent += due[0].mail is MailState.SENT

    async def _send(self, uow: UnitOfWork, message: Message) -> bool:
        """True when the server is away, so that the rest need not wait for it one by one."""
        error, away = "", False
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
            error, away = f"{type(failed).__name__}: {failed}", True
            message.mail_failed(self.clock())
        await uow.messages.save_mail(message, error[:500])
        return away
