"""NATS's monitor as figures for Prometheus, under the names of NATS's own prometheus-nats-exporter.

In production that exporter stands in this place; here it can't be had. Only what a rule or panel uses is told.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import httpx
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from reporting_stack.sinks.shown import serve

# The exporter tells counters without `_total`; so does this.
_SERVER = (
    "connections", "subscriptions", "mem", "cpu",
    "in_msgs", "out_msgs", "in_bytes", "out_bytes", "slow_consumers",
)  # fmt: skip


class Figures(Collector):
    """One reading of the monitor."""

    def __init__(self, server: dict[str, Any], jetstream: dict[str, Any]) -> None:
        self._server = server
        self._jetstream = jetstream

    def collect(self) -> Iterator[Metric]:
        server = self._server
        for name in _SERVER:
            yield GaugeMetricFamily(f"gnatsd_varz_{name}", name, value=server[name])
        kept, allowed = server["jetstream"]["stats"], server["jetstream"]["config"]
        yield GaugeMetricFamily("gnatsd_varz_jetstream_stats_storage", "Bytes kept", value=kept["storage"])
        yield GaugeMetricFamily(
            "gnatsd_varz_jetstream_config_max_storage", "Bytes allowed", value=allowed["max_storage"]
        )
        yield from self._streams()

    def _streams(self) -> Iterator[Metric]:
        messages = GaugeMetricFamily("jetstream_stream_total_messages", "Events kept", labels=["stream_name"])
        size = GaugeMetricFamily("jetstream_stream_total_bytes", "Bytes kept", labels=["stream_name"])
        named = ["stream_name", "consumer_name"]
        pending = GaugeMetricFamily("jetstream_consumer_num_pending", "Not delivered", labels=named)
        again = GaugeMetricFamily("jetstream_consumer_num_redelivered", "Delivered again", labels=named)
        for account in self._jetstream.get("account_details") or []:
            for stream in account.get("stream_detail") or []:
                name, state = stream["name"], stream["state"]
                messages.add_metric([name], state["messages"])
                size.add_metric([name], state["bytes"])
                for consumer in stream.get("consumer_detail") or []:
                    pending.add_metric([name, consumer["name"]], consumer["num_pending"])
                    again.add_metric([name, consumer["name"]], consumer["num_redelivered"])
        yield from (messages, size, pending, again)


def application(monitor: str) -> Starlette:
    async def metrics(_: Request) -> Response:
        try:
            async with httpx.AsyncClient(base_url=monitor, timeout=5) as client:
                server = (await client.get("/varz")).raise_for_status().json()
                query = {"accounts": 1, "streams": 1, "consumers": 1}
                jetstream = (await client.get("/jsz", params=query)).raise_for_status().json()
        except httpx.HTTPError as error:
            return PlainTextResponse(f"NATS doesn't answer: {error}", status_code=503)
        registry = CollectorRegistry(auto_describe=False)
        registry.register(Figures(server, jetstream))
        return Response(generate_latest(registry), media_type="text/plain; version=0.0.4")

    return Starlette(routes=[Route("/metrics", metrics)])


if __name__ == "__main__":
    # An https:// monitor shows a certificate that SSL_CERT_FILE vouches for.
    port, monitor, *host = sys.argv[1:]
    serve(application(monitor), int(port), *host)
