from kit.db.migrations import run_environment
from submission.adapters.postgres.form_move_table import metadata

run_environment(metadata)
