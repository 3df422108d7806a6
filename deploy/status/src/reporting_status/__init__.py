"""Probes from outside the services, their record, and the public status page made of it."""
