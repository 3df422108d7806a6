"""`make compose-test`: compose.yaml started by `docker compose` itself, as the README says, and a province at work in it."""
