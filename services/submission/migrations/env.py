from kit.db.migrations import run_environment
from submission.adapters.postgres.incident_table import metadata

run_environment(metadata)
