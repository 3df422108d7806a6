import asyncio
import json
from datetime import UTC, datetime, timedelta

from kit.bus import Bus
from kit.bus.connection import STREAM
from kit.db import KIT, Database, SqlUnitOfWork
from kit.ids import new_id
from kit.outbox.relay import OutboxRelay
from kit.outbox.replay import replay_since
from kit.testing.nats import NatsServer
from sqlalchemy import func, select

from tests.kit.building import an_event, eventually


async def _all_messages(bus: Bus) -> list[tuple[str, str, dict[str, object]]]:
    info = await bus.stream.stream_info(STREAM)
    found = []
    for number in range(info.state.first_seq, info.state.last_seq + 1):
        message = await bus.stream.get_msg(STREAM, number)
        headers = message.headers or {}
        found.append((headers["ce-subject"], headers["ce-aggregateversion"], json.loads(message.data)))
    return found


async def _unpublished(database: Database) -> int:
    async with database.reading() as session:
        return int(
            await session.scalar(
                select(func.count()).select_from(KIT.outbox).where(KIT.outbox.c.published_at.is_(None))
            )
            or 0
        )


async def _none_waits(database: Database) -> bool:
    return await _unpublished(database) == 0


async def test_two_relays_publish_each_event_once_and_each_aggregate_in_order(
    database: Database, bus: Bus
) -> None:
    aggregates = [new_id() for _ in range(5)]
    for n in range(4):
        async with SqlUnitOfWork(database) as uow:
            uow.outbox.add(*(an_event(one, n=n) for one in aggregates))
            await uow.commit()
    relays = [OutboxRelay(database, bus), OutboxRelay(database, bus)]

    while await _unpublished(database):
        await asyncio.gather(*(relay.publish_batch() for relay in relays))

    messages = await _all_messages(bus)
    assert len(messages) == 20
    for one in aggregates:
        assert [v for a, v, _ in messages if a == str(one)] == ["1", "2", "3", "4"]


async def test_a_running_relay_wakes_as_soon_as_something_is_committed(database: Database, bus: Bus) -> None:
    running = asyncio.create_task(OutboxRelay(database, bus).run())
    await asyncio.sleep(0.5)
    async with SqlUnitOfWork(database) as uow:
        uow.outbox.add(an_event(x=1))
        await uow.commit()

    await asyncio.sleep(0.5)
    waiting = await _unpublished(database)
    running.cancel()

    assert waiting == 0


async def test_what_is_recorded_while_the_bus_is_away_is_published_when_it_is_back(
    database: Database, bus: Bus, nats: NatsServer
) -> None:
    running = asyncio.create_task(OutboxRelay(database, bus).run())
    nats.stop()
    async with SqlUnitOfWork(database) as uow:
        uow.outbox.add(an_event(x=1))
        await uow.commit()
    await asyncio.sleep(1)
    before = await _unpublished(database)
    nats.start()
    await eventually(lambda: _none_waits(database))
    running.cancel()

    assert before == 1
    assert len(await _all_messages(bus)) == 1


async def test_a_lost_stream_is_refilled_from_the_outbox(database: Database, bus: Bus) -> None:
    async with SqlUnitOfWork(database) as uow:
        uow.outbox.add(*(an_event(n=n) for n in range(7)))
        await uow.commit()
    relay = OutboxRelay(database, bus)
    while await relay.publish_batch():
        pass
    await bus.stream.delete_stream(STREAM)
    await bus.provision()

    number = await replay_since(database, bus, datetime.now(UTC) - timedelta(hours=1))

    assert number == 7
    assert sorted(body["n"] for _, _, body in await _all_messages(bus)) == list(range(7))
