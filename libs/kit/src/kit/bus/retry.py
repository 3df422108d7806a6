"""A parked message tried again by command, in this process, by its own consumer's handler."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kit.actor import Actor
from kit.auth.acting import acting_as
from kit.bus.consumer import Consumer
from kit.bus.delivery import read_delivery
from kit.bus.inbox import Inbox, Outcome

if TYPE_CHECKING:
    from kit.service import Service


async def retry_letter(service: Service, letter: Any) -> str | None:
    """None when it was handled (now, or by then already), else why it failed again."""
    consumers: dict[str, Consumer] = {one.durable: one for one in service.consumers}
    for copy in service.all_copies:
        made = copy.consumer(service.name, service.unit_of_work)
        consumers[made.durable] = made
    consumer = consumers.get(letter.consumer)
    if consumer is None:
        return f"no consumer {letter.consumer} any more"
    try:
        delivery = read_delivery(letter.subject, letter.headers, bytes(letter.body))
        with acting_as(Actor.system_job(consumer.durable)):
            async with service.unit_of_work() as uow:
                outcome = await Inbox(consumer.durable, consumer.ordering).admit(uow.session, delivery)
                if outcome is Outcome.HELD:
                    return "an earlier event of the same aggregate is failing"
                if outcome is Outcome.HANDLED:
                    await consumer.handler(delivery, uow)
                await uow.commit()
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return None
