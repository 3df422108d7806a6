"""What tracing and scraping cost: the same service twice, watched and not, in turn.

Run by `make load`. Each act is a request that writes a row and an event, is relayed and consumed; a turn ends when
the last event is consumed, so that none leaves work to the next. Each service has a broker of its own, or they
would share their events; and each round new processes, since two that run the same code differ by some percent
until they end. The watched one sends its spans by OTLP and is scraped as often as in a province. The promise is
under 5 % of throughput. With `--same` neither is watched: what is found then is what the machine can't tell apart.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import grpc
import httpx
from kit.db import migrations
from kit.ids import new_id
from kit.testing.cluster import PostgresCluster, postgres_cluster
from kit.testing.nats import NatsServer, nats_server
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2, trace_service_pb2_grpc

from tests.kit.building import eventually
from tests.kit.integration.test_running import MIGRATIONS, Small

ROUNDS, PAIRS, ACTS, CLIENTS, PROMISE = 16, 2, 240, 8, 0.05
# A turn takes about three seconds, and a province scrapes every fifteen.
SCRAPED = 5
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


@dataclass(frozen=True, slots=True)
class Pair:
    """Seconds of a turn, and of its processor."""

    watched: float
    watched_cpu: float
    unwatched: float
    unwatched_cpu: float


async def ready(service: Small) -> None:
    await asyncio.to_thread(migrations.upgrade, MIGRATIONS, service.database.owner_url)
    await service.serve_keys()
    service.start()
    await service.until(set(), 90)


async def turn(service: Small, *, scraped: bool) -> tuple[float, float]:
    """Seconds until all are consumed, and of the processor."""
    assert service.process is not None
    url = f"http://127.0.0.1:{service.http}/api/kit/v1/things"
    headers = {"Authorization": f"Bearer {service.login.token(new_id())}"}
    consumed = await service.seen() + ACTS
    before, begun = processor_seconds(service.process.pid), time.perf_counter()

    async def act(client: httpx.AsyncClient) -> None:
        for _ in range(ACTS // CLIENTS):
            (await client.post(url, headers=headers)).raise_for_status()

    async def scrape(client: httpx.AsyncClient) -> None:
        if scraped:
            accept = {"accept": "application/openmetrics-text; version=1.0.0"}
            (
                await client.get(f"http://127.0.0.1:{service.metrics}/metrics", headers=accept)
            ).raise_for_status()

    async with httpx.AsyncClient(timeout=30) as client:
        await asyncio.gather(scrape(client), *(act(client) for _ in range(CLIENTS)))
        await eventually(lambda: service.has_seen(consumed), 60)
    took = time.perf_counter() - begun
    return took, processor_seconds(service.process.pid) - before


def processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


@asynccontextmanager
async def running(
    postgres: PostgresCluster, nats: NatsServer, environment: dict[str, str]
) -> AsyncIterator[Small]:
    with tempfile.TemporaryDirectory() as folder:
        service = Small(postgres, nats, Path(folder))
        service.environment |= environment
        try:
            await ready(service)
            await turn(service, scraped=False)
            yield service
        finally:
            await service.stop_keys()
            if service.process is not None:
                service.process.kill()
                service.process.wait()


async def round_of_pairs(
    postgres: PostgresCluster, brokers: Sequence[NatsServer], endpoint: str | None, pairs: Sequence[int]
) -> AsyncIterator[Pair]:
    off = {"OTEL_SDK_DISABLED": "true"}
    on = {"REPORTING_OTLP_ENDPOINT": endpoint} if endpoint else off
    async with running(postgres, brokers[0], on) as watched, running(postgres, brokers[1], off) as unwatched:
        for number in pairs:
            scraped = endpoint is not None and number % SCRAPED == 0
            order = (watched, unwatched) if number % 2 else (unwatched, watched)
            took = {one: await turn(one, scraped=scraped and one is watched) for one in order}
            pair = Pair(*took[watched], *took[unwatched])
            print(f"{ACTS / pair.watched:6.1f} and {ACTS / pair.unwatched:6.1f} acts a second", flush=True)
            yield pair


async def compare(postgres: PostgresCluster, brokers: Sequence[NatsServer], *, same: bool) -> int:
    spans = Spans()
    found: list[Pair] = []
    with collector(spans) as endpoint:
        for first in range(0, ROUNDS * PAIRS, PAIRS):
            pairs = range(first, first + PAIRS)
            found += [
                pair async for pair in round_of_pairs(postgres, brokers, None if same else endpoint, pairs)
            ]
    lost = 1 - sum(pair.unwatched for pair in found) / sum(pair.watched for pair in found)
    cost = sum(pair.watched_cpu for pair in found) / sum(pair.unwatched_cpu for pair in found) - 1
    lower, _, upper = statistics.quantiles((1 - pair.unwatched / pair.watched for pair in found), n=4)
    print(f"throughput lost to watching, of all {len(found)} pairs   {lost:6.1%}   promise {PROMISE:.0%}")
    print(f"  half of the pairs from {lower:.1%} to {upper:.1%}; processor's time an act {cost:+.1%}")
    print(f"  {spans.taken} spans, {spans.taken / (len(found) + ROUNDS) / ACTS:.1f} an act")
    return 0 if same or (lost < PROMISE and spans.taken) else 1


def main(*, same: bool) -> int:
    with postgres_cluster() as postgres, nats_server() as one, nats_server() as other:
        return asyncio.run(compare(postgres, [one, other], same=same))


if __name__ == "__main__":
    sys.exit(main(same="--same" in sys.argv[1:]))
