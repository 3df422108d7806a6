"""Alembic's environment: kit's, with notify's tables."""

from kit.db.migrations import run_environment
from notify.adapters.postgres.tables import metadata

run_environment(metadata)
