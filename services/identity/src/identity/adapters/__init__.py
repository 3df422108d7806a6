"""What stands behind the ports: PostgreSQL, Keycloak, profile files, NATS."""
