"""Commands of `bin/reporting` that need no running stack: the same domain code as the service runs."""
