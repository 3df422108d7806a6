"""The migrations run up, down and up again, and make what the code expects."""

from __future__ import annotations

from kit.db import migrations
from kit.testing.cluster import PostgresCluster

from tests.signing.integration.conftest import MIGRATIONS


def test_upgrade_downgrade_upgrade_and_nothing_differs(postgres: PostgresCluster) -> None:
    made = postgres.database("signing")
    migrations.upgrade(MIGRATIONS, made.owner_url)
    migrations.downgrade(MIGRATIONS, made.owner_url)
    migrations.upgrade(MIGRATIONS, made.owner_url)
    migrations.check(MIGRATIONS, made.owner_url)
