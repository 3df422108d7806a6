"""Alembic's environment: kit's, with signing's tables."""

from kit.db.migrations import run_environment
from signing.adapters.postgres.tables import metadata

run_environment(metadata)
