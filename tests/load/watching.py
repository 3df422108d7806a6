"""What tracing and scraping cost: the same service twice, watched and not, in turn, by the processor's own account.

Run by `make load`. Each act is a request that writes a row and an event, is relayed and consumed. The watched one
sends its spans by OTLP and is scraped every three seconds, five times as often as in a province. The promise is
under 5 % of throughput. What else runs on the machine weighs on both of a pair alike.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import grpc
import httpx
from kit.db import migrations
from kit.ids import new_id
from kit.testing.cluster import PostgresCluster, postgres_cluster
from kit.testing.nats import NatsServer, nats_server
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2, trace_service_pb2_grpc

from tests.kit.integration.test_running import MIGRATIONS, Small

PAIRS, SECONDS, CLIENTS, PROMISE = 10, 6.0, 8, 0.05
SCRAPE_EVERY = 3.0
TICKS = 100


class Spans(trace_service_pb2_grpc.TraceServiceServicer):
    """Takes every span; counts them, so that an idle exporter can't pass for a cheap one."""

    def __init__(self) -> None:
        self.taken = 0

    def Export(self, request: Any, context: Any) -> Any:
        self.taken += sum(len(scope.spans) for one in request.resource_spans for scope in one.scope_spans)
        return trace_service_pb2.ExportTraceServiceResponse()


@contextmanager
def collector(spans: Spans) -> Iterator[str]:
    server = grpc.server(ThreadPoolExecutor(2))
    trace_service_pb2_grpc.add_TraceServiceServicer_to_server(spans, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    yield f"http://127.0.0.1:{port}"
    server.stop(1)


async def ready(service: Small) -> None:
    await asyncio.to_thread(migrations.upgrade, MIGRATIONS, service.database.owner_url)
    await service.serve_keys()
    service.start()
    await service.until(set(), 90)


async def turn(service: Small, *, scraped: bool) -> tuple[float, float]:
    """Acts a second, and seconds of the processor an act."""
    assert service.process is not None
    url = f"http://127.0.0.1:{service.http}/api/kit/v1/things"
    headers = {"Authorization": f"Bearer {service.login.token(new_id())}"}
    before, begun = processor_seconds(service.process.pid), time.perf_counter()
    ends = begun + SECONDS
    done = 0

    async def act(client: httpx.AsyncClient) -> None:
        nonlocal done
        while time.perf_counter() < ends:
            (await client.post(url, headers=headers)).raise_for_status()
            done += 1

    async def scrape(client: httpx.AsyncClient) -> None:
        accept = {"accept": "application/openmetrics-text; version=1.0.0"}
        while scraped and time.perf_counter() < ends:
            (
                await client.get(f"http://127.0.0.1:{service.metrics}/metrics", headers=accept)
            ).raise_for_status()
            await asyncio.sleep(SCRAPE_EVERY)

    async with httpx.AsyncClient(timeout=30) as client:
        await asyncio.gather(scrape(client), *(act(client) for _ in range(CLIENTS)))
    took = time.perf_counter() - begun
    return done / took, (processor_seconds(service.process.pid) - before) / done


def processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


async def compare(postgres: PostgresCluster, nats: NatsServer, folder: Path) -> int:
    spans = Spans()
    with collector(spans) as endpoint:
        (folder / "watched").mkdir()
        (folder / "unwatched").mkdir()
        watched = Small(postgres, nats, folder / "watched")
        unwatched = Small(postgres, nats, folder / "unwatched")
        watched.environment["REPORTING_OTLP_ENDPOINT"] = endpoint
        unwatched.environment["OTEL_SDK_DISABLED"] = "true"
        try:
            for service in (watched, unwatched):
                await ready(service)
                await turn(service, scraped=False)
            return await _pairs(watched, unwatched, spans)
        finally:
            for service in (watched, unwatched):
                await service.stop_keys()
                if service.process is not None:
                    service.process.kill()
                    service.process.wait()


async def _pairs(watched: Small, unwatched: Small, spans: Spans) -> int:
    rates, costs = [], []
    for number in range(PAIRS):
        order = (watched, unwatched) if number % 2 else (unwatched, watched)
        found = {service.http: await turn(service, scraped=service is watched) for service in order}
        with_it, without = found[watched.http], found[unwatched.http]
        rates.append(1 - with_it[0] / without[0])
        costs.append(with_it[1] / without[1] - 1)
        print(f"pair {number + 1:2}: {with_it[0]:6.1f} and {without[0]:6.1f} acts a second", flush=True)
    lost, cost = statistics.median(rates), statistics.median(costs)
    print(f"throughput lost to watching, median of {PAIRS} pairs   {lost:6.1%}   promise {PROMISE:.0%}")
    print(
        f"  from {min(rates):.1%} to {max(rates):.1%}; processor's time an act {cost:+.1%}; {spans.taken} spans"
    )
    return 0 if lost < PROMISE and spans.taken else 1


def main() -> int:
    with postgres_cluster() as postgres, nats_server() as nats, tempfile.TemporaryDirectory() as folder:
        return asyncio.run(compare(postgres, nats, Path(folder)))


if __name__ == "__main__":
    sys.exit(main())
