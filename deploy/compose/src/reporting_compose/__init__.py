"""One server under compose: its secrets, and what must be in its servers before the services start."""
