"""Golden signals with bounded labels: routes and RPCs by their pattern, never by their values."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram, disable_created_metrics

from kit.telemetry.propagation import current_trace_id

# When a series began is of no use to anybody here and would be a third of all series.
disable_created_metrics()  # type: ignore[no-untyped-call]

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

HTTP_SECONDS = Histogram(
    "reporting_http_request_seconds",
    "Time to answer a request.",
    ("method", "route", "status"),
    buckets=_SECONDS,
)
HTTP_IN_FLIGHT = Gauge("reporting_http_requests_in_flight", "Requests being answered.")
GRPC_SERVER_SECONDS = Histogram(
    "reporting_grpc_server_seconds", "Time to answer an RPC.", ("rpc", "code"), buckets=_SECONDS
)
GRPC_CLIENT_SECONDS = Histogram(
    "reporting_grpc_client_seconds",
    "Time an RPC to a peer took.",
    ("peer", "rpc", "code"),
    buckets=_SECONDS,
)
CONSUMER_SECONDS = Histogram(
    "reporting_consumer_seconds",
    "Time to handle a message.",
    ("consumer", "outcome"),
    buckets=_SECONDS,
)
CONSUMER_LAG = Gauge("reporting_consumer_lag", "Messages not yet delivered.", ("consumer",))
CONSUMER_UNSETTLED = Gauge(
    "reporting_consumer_unsettled", "Messages delivered and not yet acknowledged.", ("consumer",)
)
DEAD_LETTERS = Gauge("reporting_dead_letters", "Messages parked and not yet resolved.", ("consumer",))
OUTBOX_PUBLISHED = Counter("reporting_outbox_published_total", "Events handed to the bus.")
OUTBOX_WAITING = Gauge("reporting_outbox_waiting", "Events not yet handed to the bus.")
OUTBOX_OLDEST = Gauge("reporting_outbox_oldest_seconds", "Age of the oldest waiting event.")
JOB_SECONDS = Histogram(
    "reporting_job_seconds", "Time a job took.", ("job", "outcome"), buckets=(*_SECONDS, 60, 300)
)
JOB_LAST_SUCCESS = Gauge(
    "reporting_job_last_success_timestamp_seconds", "When a job last succeeded.", ("job",)
)
DATABASE_IN_USE = Gauge("reporting_database_connections_in_use", "Connections taken from the pool.")
DATABASE_LIMIT = Gauge("reporting_database_connections_limit", "Connections the pool may open.")
COPY_AGE = Gauge("reporting_directory_unconfirmed_seconds", "Since when the copy of rights is unconfirmed.")
CLOCK_OFFSET = Gauge(
    "reporting_clock_offset_seconds", "By how much this machine's clock is ahead of the database's."
)
TLS_CERTIFICATE_ENDS = Gauge(
    "reporting_tls_certificate_ends_timestamp_seconds",
    "When the certificate ends that this process shows since its start.",
    # Nothing is told where there is no TLS.
    ["shown_to"],
)
READY = Gauge("reporting_ready", "1 when the service can do its work.")


def observe(histogram: Histogram, seconds: float) -> None:
    """With the trace as its exemplar, so that a slow bucket leads to a request that was slow."""
    trace_id = current_trace_id()
    histogram.observe(seconds, {"trace_id": trace_id} if trace_id else None)
