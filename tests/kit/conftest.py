"""A migrated database for each test on one throw-away cluster, and a NATS server."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from kit.bus import Bus
from kit.db import Database, migrations
from kit.testing.cluster import PostgresCluster, TestDatabase
from kit.testing.fixtures import nats, postgres
from kit.testing.nats import NatsServer

__all__ = ["nats", "postgres"]

MIGRATIONS = Path(__file__).parent / "migrations"


@pytest.fixture(scope="session")
def migrated(postgres: PostgresCluster) -> TestDatabase:
    made = postgres.database("kit")
    migrations.upgrade(MIGRATIONS, made.owner_url)
    return made


@pytest.fixture
def addresses(postgres: PostgresCluster, migrated: TestDatabase) -> TestDatabase:
    return postgres.database("kit", migrated)


@pytest.fixture
async def database(addresses: TestDatabase) -> AsyncIterator[Database]:
    """As the runtime role sees it."""
    database = Database(addresses.url)
    yield database
    await database.close()


@pytest.fixture
async def owner(addresses: TestDatabase) -> AsyncIterator[Database]:
    """As the owner sees it, who can do what the service cannot."""
    database = Database(addresses.owner_url)
    yield database
    await database.close()


@pytest.fixture
async def bus(nats: NatsServer) -> AsyncIterator[Bus]:
    bus = Bus(nats.url, None, "kit-test")
    await bus.connect()
    await bus.stream.purge_stream("REPORTING")
    yield bus
    for consumer in await bus.stream.consumers_info("REPORTING"):
        await bus.stream.delete_consumer("REPORTING", consumer.name)
    await bus.close()
