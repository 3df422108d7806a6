"""Fakes for unit tests, real PostgreSQL and NATS for integration tests."""

from kit.testing.cluster import PostgresCluster, postgres_cluster
from kit.testing.fakes import FakeAudit, FakeDirectory, FakeOutbox, FakeUnitOfWork
from kit.testing.nats import NatsServer, nats_server

__all__ = [
    "FakeAudit",
    "FakeDirectory",
    "FakeOutbox",
    "FakeUnitOfWork",
    "NatsServer",
    "PostgresCluster",
    "nats_server",
    "postgres_cluster",
]
