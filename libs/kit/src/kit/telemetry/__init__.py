"""Traces, metrics and logs: on in every service, the same names everywhere."""
