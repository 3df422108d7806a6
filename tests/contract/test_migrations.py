"""Each service's migrations go up, down and up again, and end where its tables say."""

import asyncio
from pathlib import Path

import asyncpg
import pytest
from kit.db import migrations
from kit.testing.cluster import PostgresCluster

ROOT = Path(__file__).resolve().parents[2]
SERVICES = sorted(path.parents[1].name for path in ROOT.glob("services/*/migrations/env.py"))


@pytest.mark.parametrize("service", SERVICES)
def test_migrations_go_up_down_and_up_again(service: str, postgres: PostgresCluster) -> None:
    folder = ROOT / "services" / service / "migrations"
    owner_url = postgres.database(service.replace("-", "_")).owner_url

    migrations.upgrade(folder, owner_url)
    migrations.check(folder, owner_url)
    migrations.downgrade(folder, owner_url, "base")
    left = asyncio.run(_tables(owner_url))
    migrations.upgrade(folder, owner_url)
    migrations.check(folder, owner_url)

    assert left <= {"alembic_version"}


async def _tables(owner_url: str) -> set[str]:
    connection = await asyncpg.connect(owner_url.replace("postgresql+asyncpg", "postgresql"))
    try:
        rows = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    finally:
        await connection.close()
    return {row["tablename"] for row in rows}
