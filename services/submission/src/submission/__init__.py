"""Assignments and reports: entry, review, sending, acceptance, correction, aggregation."""
