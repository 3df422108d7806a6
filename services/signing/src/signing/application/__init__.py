"""Use cases: load, decide in the domain, do, record, commit."""
