from kit.db.migrations import run_environment
from submission.adapters.postgres.tables import metadata

run_environment(metadata)
