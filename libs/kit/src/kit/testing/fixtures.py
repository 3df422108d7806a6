"""Session fixtures: `from kit.testing.fixtures import nats, postgres` in a conftest."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kit.testing.cluster import PostgresCluster, postgres_cluster
from kit.testing.nats import NatsServer, nats_server


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresCluster]:
    with postgres_cluster() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def nats() -> Iterator[NatsServer]:
    with nats_server() as server:
        yield server
