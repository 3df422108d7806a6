"""A message three times, out of order, or broken: one effect, or the dead letters with the reason."""

import asyncio
import functools
import json
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from google.protobuf.struct_pb2 import Struct
from kit.bus import Bus, Consumer, ConsumerRunner, Delivery
from kit.bus.connection import STREAM
from kit.bus.dead_letters import DeadLetters
from kit.db import KIT, Database, SqlUnitOfWork
from kit.errors import Refused, Unavailable
from kit.ids import new_id
from kit.outbox.relay import OutboxRelay
from sqlalchemy import insert, select

from tests.kit.building import an_event, eventually

SUBJECTS = ["reporting.kit.thing.>"]
Until = Callable[[], Awaitable[bool]]


class Effects:
    """Counts what was handled, in the same transaction as the inbox: a row of `epoch` for each."""

    def __init__(self, *, failing: dict[int, list[Exception]] | None = None) -> None:
        self.seen: list[tuple[UUID, int]] = []
        self.failing = failing or {}

    async def __call__(self, delivery: Delivery, uow: Any) -> None:
        waiting = self.failing.get(delivery.version)
        if waiting:
            raise waiting.pop(0)
        await uow.session.execute(insert(KIT.epoch).values(id=100 + len(self.seen), value=delivery.version))
        self.seen.append((delivery.aggregate_id, delivery.version))


async def _publish(bus: Bus, aggregate: UUID, version: int, event: UUID | None = None, **more: Any) -> UUID:
    event = event or new_id()
    headers = {
        "ce-id": str(event),
        "ce-subject": str(aggregate),
        "ce-aggregateversion": str(version),
        "ce-epoch": "1",
        "ce-time": "2026-11-23T10:00:00Z",
    }
    body = more.get("body", json.dumps({"n": version}).encode())
    await bus.stream.publish("reporting.kit.thing.made.v1", body, stream=STREAM, headers=headers)
    return event


async def _run(
    database: Database,
    bus: Bus,
    consumer: Consumer,
    until: Until,
    seconds: float = 15,
    open_unit_of_work: Callable[[], SqlUnitOfWork] | None = None,
) -> None:
    runner = ConsumerRunner(
        consumer,
        bus,
        open_unit_of_work or (lambda: SqlUnitOfWork(database)),
        DeadLetters(database),
        pause=lambda _: 0.2,
        tries=3,
    )
    running = asyncio.create_task(runner.run())
    try:
        await eventually(until, seconds)
        await asyncio.sleep(0.3)
    finally:
        running.cancel()


async def _settled(bus: Bus, durable: str) -> bool:
    try:
        info = await bus.stream.consumer_info(STREAM, durable)
    except Exception:
        return False
    return info.num_pending == 0 and info.num_ack_pending == 0


async def test_a_message_delivered_three_times_has_one_effect(database: Database, bus: Bus) -> None:
    aggregate, event, effects = new_id(), new_id(), Effects()
    for _ in range(3):
        await _publish(bus, aggregate, 1, event)

    await _run(database, bus, Consumer("kit-a", SUBJECTS, effects), lambda: _settled(bus, "kit-a"))

    assert effects.seen == [(aggregate, 1)]


async def test_an_older_version_changes_nothing_where_only_the_latest_counts(
    database: Database, bus: Bus
) -> None:
    aggregate, effects = new_id(), Effects()
    for version in (2, 1, 3):
        await _publish(bus, aggregate, version)

    consumer = Consumer("kit-b", SUBJECTS, effects, ordering="latest")
    await _run(database, bus, consumer, lambda: _settled(bus, "kit-b"))

    assert [v for _, v in effects.seen] == [2, 3]


async def test_out_of_order_each_is_handled_once(database: Database, bus: Bus) -> None:
    aggregate, effects = new_id(), Effects()
    for version in (3, 1, 2, 1):
        await _publish(bus, aggregate, version, UUID(int=version))

    await _run(database, bus, Consumer("kit-c", SUBJECTS, effects), lambda: _settled(bus, "kit-c"))

    assert sorted(v for _, v in effects.seen) == [1, 2, 3]


async def test_a_broken_message_is_parked_with_its_reason_and_the_rest_go_on(
    database: Database, bus: Bus
) -> None:
    aggregate, effects = new_id(), Effects()
    await _publish(bus, aggregate, 1, body=b'{"half')
    await _publish(bus, aggregate, 2)
    await bus.stream.publish("reporting.kit.thing.made.v1", b"{}", stream=STREAM)

    await _run(database, bus, Consumer("kit-d", SUBJECTS, effects), lambda: _settled(bus, "kit-d"))

    letters = await DeadLetters(database).waiting()
    assert [v for _, v in effects.seen] == [2]
    assert sorted(letter.reason.split(":")[0] for letter in letters) == [
        "không phải JSON",
        "thiếu hoặc sai tiêu đề CloudEvents",
    ]


async def test_what_passes_is_tried_again_and_later_events_of_the_aggregate_wait(
    database: Database, bus: Bus
) -> None:
    aggregate, other = new_id(), new_id()
    effects = Effects(failing={1: [Unavailable("x", "x") for _ in range(4)]})
    await _publish(bus, aggregate, 1)
    await _publish(bus, aggregate, 2)
    await _publish(bus, other, 5)

    await _run(database, bus, Consumer("kit-e", SUBJECTS, effects), lambda: _settled(bus, "kit-e"), 20)

    assert [v for a, v in effects.seen if a == aggregate] == [1, 2]
    assert effects.seen[0] == (other, 5)


async def test_a_commit_that_was_kept_though_its_answer_failed_holds_nothing_back(
    database: Database, bus: Bus
) -> None:
    """As when both receivers of the log go: the transaction stands, who waited for it is told that it may not."""
    aggregate, effects, answers = new_id(), Effects(), [Unavailable("kit.database.not_kept", "x")]

    class Kept(SqlUnitOfWork):
        async def commit(self) -> None:
            await super().commit()
            if answers:
                raise answers.pop()

    await _publish(bus, aggregate, 1)
    await _publish(bus, aggregate, 2)

    consumer = Consumer("kit-k", SUBJECTS, effects)
    until = functools.partial(_settled, bus, "kit-k")
    await _run(database, bus, consumer, until, open_unit_of_work=lambda: Kept(database))

    async with database.reading() as session:
        handled = await session.scalars(select(KIT.epoch.c.value).where(KIT.epoch.c.id >= 100))
    assert sorted(handled) == [1, 2]


async def test_a_refusal_is_parked_at_once_and_a_bug_after_its_tries(database: Database, bus: Bus) -> None:
    aggregate = new_id()
    effects = Effects(
        failing={1: [Refused("kit.test.no", "không được")], 2: [RuntimeError("bug") for _ in range(9)]}
    )
    for version in (1, 2, 3):
        await _publish(bus, aggregate, version)

    await _run(database, bus, Consumer("kit-f", SUBJECTS, effects), lambda: _settled(bus, "kit-f"), 20)

    letters = await DeadLetters(database).waiting()
    assert [(letter.reason, letter.attempts) for letter in letters] == [
        ("kit.test.no: không được", 1),
        ("xử lý không thành công sau nhiều lần thử", 3),
    ]
    assert [v for _, v in effects.seen] == [3]


async def test_a_flood_shares_transactions_and_each_event_has_its_one_effect(
    database: Database, bus: Bus
) -> None:
    effects, opened = Effects(), 0
    for number in range(60):
        await _publish(bus, UUID(int=number % 20 + 1), number // 20 + 1, UUID(int=number + 1))
        await _publish(bus, UUID(int=number % 20 + 1), number // 20 + 1, UUID(int=number + 1))

    def open_unit_of_work() -> SqlUnitOfWork:
        nonlocal opened
        opened += 1
        return SqlUnitOfWork(database)

    consumer = Consumer("kit-h", SUBJECTS, effects, together=True)
    until = functools.partial(_settled, bus, "kit-h")
    await _run(database, bus, consumer, until, open_unit_of_work=open_unit_of_work)

    assert len(effects.seen) == len(set(effects.seen)) == 60
    assert opened < 20


async def test_one_that_cannot_be_handled_leaves_the_rest_of_its_flood_untouched(
    database: Database, bus: Bus
) -> None:
    aggregates = [new_id() for _ in range(6)]
    for version, aggregate in enumerate(aggregates, 1):
        await _publish(bus, aggregate, version)
    never = [Refused("kit.test.no", "không được") for _ in range(9)]

    consumer = Consumer("kit-i", SUBJECTS, Effects(failing={4: never}), together=True)
    await _run(database, bus, consumer, functools.partial(_settled, bus, "kit-i"))

    letters = await DeadLetters(database).waiting()
    async with database.reading() as session:
        handled = await session.scalars(select(KIT.epoch.c.value).where(KIT.epoch.c.id >= 100))
    assert [letter.reason for letter in letters] == ["kit.test.no: không được"]
    assert sorted(handled) == [1, 2, 3, 5, 6]


async def test_an_event_travels_from_outbox_to_handler_as_it_was_recorded(
    database: Database, bus: Bus
) -> None:
    aggregate, got = new_id(), []

    async def on(delivery: Delivery, uow: Any) -> None:
        got.append((delivery.aggregate_id, delivery.version, delivery.parse(Struct)["n"]))

    async with SqlUnitOfWork(database) as uow:
        uow.outbox.add(an_event(aggregate, n=7))
        await uow.commit()
    await OutboxRelay(database, bus).publish_batch()
    await _run(database, bus, Consumer("kit-g", SUBJECTS, on), lambda: _settled(bus, "kit-g"))

    async with database.reading() as session:
        handled = await session.scalar(select(KIT.inbox.c.consumer))
    assert (got, handled) == ([(aggregate, 1, 7.0)], "kit-g")


async def test_what_a_slow_handler_has_in_hand_goes_to_nobody_else(
    database: Database, bus: Bus, monkeypatch: Any
) -> None:
    monkeypatch.setattr("kit.bus.consumer.ACK_WAIT", 1)
    monkeypatch.setattr("kit.bus.holding.WORD", 0.2)

    async def on(delivery: Delivery, uow: Any) -> None:
        await asyncio.sleep(3)

    await _publish(bus, new_id(), 1)
    consumer = Consumer("kit-j", SUBJECTS, on)
    async with asyncio.TaskGroup() as two:
        for _ in range(2):
            two.create_task(_run(database, bus, consumer, lambda: _settled(bus, "kit-j")))

    # A repeat would do no harm (its inbox row is there), but would wait for this very transaction.
    told = await bus.stream.consumer_info(STREAM, "kit-j")
    assert told.delivered is not None and told.delivered.consumer_seq == 1
