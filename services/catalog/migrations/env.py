"""Alembic's environment: kit's, with the catalog's tables."""

from catalog.adapters.postgres.tables import metadata
from kit.db.migrations import run_environment

run_environment(metadata)
