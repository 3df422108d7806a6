import asyncio
from collections.abc import AsyncGenerator

import pytest
from kit.actor import Actor
from kit.db import KIT, Database, SqlUnitOfWork
from kit.db.deferral import Deferral
from kit.ids import new_id
from sqlalchemy import func, select

from tests.kit.building import an_event


async def _count(database: Database, table: object) -> int:
    async with database.reading() as session:
        return int(await session.scalar(select(func.count()).select_from(table)))  # type: ignore[arg-type]


async def test_change_event_and_audit_are_written_together(database: Database) -> None:
    async with SqlUnitOfWork(database) as uow:
        uow.outbox.add(an_event())
        uow.audit.record(
            aggregate_kind="thing", aggregate_id=new_id(), act="made", actor=Actor.system_job("test")
        )
        await uow.commit()

    assert await _count(database, KIT.outbox) == 1
    assert await _count(database, KIT.audit_record) == 1


async def test_nothing_stays_without_commit(database: Database) -> None:
    async with SqlUnitOfWork(database) as uow:
        uow.outbox.add(an_event())
        uow.audit.record(
            aggregate_kind="thing", aggregate_id=new_id(), act="made", actor=Actor.system_job("test")
        )

    assert await _count(database, KIT.outbox) == 0
    assert await _count(database, KIT.audit_record) == 0


async def test_a_keyed_request_has_one_transaction_and_what_is_alone_stands_beside_it(
    database: Database,
) -> None:
    with Deferral() as request:
        async with SqlUnitOfWork(database) as command:
            async with SqlUnitOfWork(database, alone=True) as beside:
                beside.outbox.add(an_event())
                await beside.commit()
            command.outbox.add(an_event())
            await command.commit()
        second = database.sessions()
        with pytest.raises(RuntimeError, match="transaction already"):
            request.adopt(second)
        assert request.session is not None
        await request.session.close()

    assert await _count(database, KIT.outbox) == 1


async def test_an_aggregates_version_grows_by_one_with_each_event(database: Database) -> None:
    first, second = new_id(), new_id()
    for _ in range(3):
        async with SqlUnitOfWork(database) as uow:
            uow.outbox.add(an_event(first), an_event(second), an_event(first))
            await uow.commit()

    async with database.reading() as session:
        versions = await session.execute(
            select(KIT.outbox.c.aggregate_id, KIT.outbox.c.version).order_by(KIT.outbox.c.version)
        )
        seen = list(versions)
    assert [v for a, v in seen if a == first] == [1, 2, 3, 4, 5, 6]
    assert [v for a, v in seen if a == second] == [1, 2, 3]


async def test_more_requests_than_connections_that_read_in_their_transactions_get_on(
    database: Database,
) -> None:
    """Rights are asked for in the midst of a command: a second connection for it would be waited for in vain."""
    small = Database(database.url, pool_size=1)
    holding = asyncio.Barrier(2)

    async def command(number: int) -> None:
        async with SqlUnitOfWork(small) as uow:
            await uow.session.execute(select(1))
            if number < 2:
                await holding.wait()
            async with small.reading() as session:
                assert session is uow.session
            async with SqlUnitOfWork(small, alone=True) as beside:
                beside.outbox.add(an_event())
                await beside.commit()
            async with small.reading() as session:
                assert session is uow.session

    async with asyncio.timeout(8):
        await asyncio.gather(*(command(number) for number in range(8)))
    await small.close()

    assert await _count(database, KIT.outbox) == 8


async def test_another_task_reads_through_a_session_of_its_own(database: Database) -> None:
    async def read() -> object:
        async with database.reading() as session:
            return session

    async with SqlUnitOfWork(database) as uow:
        assert await asyncio.create_task(read()) is not uow.session


async def test_a_reader_that_is_left_and_closed_elsewhere_gives_its_connection_back(
    database: Database,
) -> None:
    async def rows() -> AsyncGenerator[int]:
        async with database.reading() as session:
            yield int(await session.scalar(select(1)) or 0)
            yield 2

    left = rows()
    assert await asyncio.create_task(anext(left)) == 1
    await left.aclose()

    assert database.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
