"""Alembic's environment: kit's, with identity's tables."""

from identity.adapters.postgres.tables import metadata
from kit.db.migrations import run_environment

run_environment(metadata)
