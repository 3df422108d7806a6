from kit.db.migrations import run_environment
from kit.db.tables import service_metadata

run_environment(service_metadata()[0])
