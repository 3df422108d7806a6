"""Use cases: load, decide in the domain, save, record, commit."""
