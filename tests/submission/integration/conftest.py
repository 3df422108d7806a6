from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from kit.db import Database
from kit.db.migrations import upgrade
from kit.testing.cluster import PostgresCluster, TestDatabase

from .world import ROOT, World

MIGRATIONS = ROOT / "services" / "submission" / "migrations"


@pytest.fixture(scope="session")
def migrated(postgres: PostgresCluster) -> TestDatabase:
    database = postgres.database("submission")
    upgrade(MIGRATIONS, database.owner_url)
    return database


@pytest.fixture
async def world(migrated: TestDatabase, tmp_path: Path) -> AsyncIterator[World]:
    database = Database(migrated.url, pool_size=4, name="submission-test")
    template = (ROOT / "contracts" / "forms" / "kt-xh-thang.xlsx").read_bytes()
    made = World(database, tmp_path, "dak-lak", template)
    await made.publish()
    yield made
    await database.close()
