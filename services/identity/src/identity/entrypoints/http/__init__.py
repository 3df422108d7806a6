"""REST below /api/identity/v1."""
