"""A person reads messages and says what to send by e-mail."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from kit.actor import Actor
from kit.clock import Clock
from kit.errors import NotPermitted

from notify.application.ports import OpenUnitOfWork
from notify.domain.errors import KindUnknown
from notify.domain.message import Kind, Message, Preference


@dataclass(frozen=True, slots=True)
class KeepInbox:
    open_unit_of_work: OpenUnitOfWork
    clock: Clock

    async def read(self, message_id: UUID, actor: Actor) -> Message:
        account_id = person(actor)
        async with self.open_unit_of_work() as uow:
            await uow.messages.get(message_id, account_id)
            await uow.messages.mark_read(message_id, account_id, self.clock())
            message = await uow.messages.get(message_id, account_id)
            await uow.hints.tell_account(account_id, "message", message_id, 2)
            await uow.commit()
        return message

    async def read_all(self, actor: Actor) -> int:
        account_id = person(actor)
        async with self.open_unit_of_work() as uow:
            number = await uow.messages.mark_all_read(account_id, self.clock())
            await uow.hints.tell_account(account_id, "inbox", account_id, 1)
            await uow.commit()
        return number

    async def preference(self, actor: Actor) -> Preference:
        async with self.open_unit_of_work() as uow:
            return await uow.preferences.of(person(actor))

    async def prefer(self, actor: Actor, *, mail: bool, mail_off: list[str]) -> Preference:
        known = {kind.value: kind for kind in Kind}
        for name in mail_off:
            if name not in known:
                raise KindUnknown(name)
        preference = Preference(person(actor), mail, frozenset(known[name] for name in mail_off))
        async with self.open_unit_of_work() as uow:
            await uow.preferences.save(preference)
            await uow.commit()
        return preference


def person(actor: Actor) -> UUID:
    if actor.account_id is None:
        raise NotPermitted("notify.inbox.no_person", "Chỉ tài khoản mới có hộp thông báo.")
    return actor.account_id
