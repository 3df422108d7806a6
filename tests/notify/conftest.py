"""A throw-away cluster and NATS server for notify's integration tests."""

from kit.testing.fixtures import nats, postgres

__all__ = ["nats", "postgres"]
