"""Outside loopback every part shows a certificate of the installation's authority, and asks for one."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import grpc
import httpx
import pytest
import uvicorn
from kit.actor import Actor
from kit.auth import acting_as
from kit.bus import Bus
from kit.errors import Unavailable
from kit.grpc import GrpcService, channel_to, create_server
from kit.ids import new_id
from kit.settings import MigrationSettings, Variables
from kit.telemetry.setup import Sending
from kit.testing.cluster import free_port
from kit.testing.nats import nats_server
from kit.tls import Tls, client_context, is_loopback
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceResponse
from opentelemetry.proto.collector.trace.v1.trace_service_pb2_grpc import (
    TraceServiceServicer,
    add_TraceServiceServicer_to_server,
)
from opentelemetry.sdk.trace import TracerProvider
from pydantic import ValidationError
from reporting.identity.v1 import identity_pb2 as pb
from reporting.identity.v1.identity_pb2_grpc import (
    IdentityServiceServicer,
    IdentityServiceStub,
    add_IdentityServiceServicer_to_server,
)

from tests.kit.authority import Authority
from tests.kit.building import eventually, service_tokens

Call = Callable[[Tls | None], Any]


class Servicer(IdentityServiceServicer):
    async def GetRights(self, request: Any, context: Any) -> pb.GetRightsResponse:
        return pb.GetRightsResponse(rights_version=7)


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


@pytest.fixture
async def call(tmp_path: Path, authority: Authority) -> AsyncIterator[Call]:
    """Calls a gRPC server of TLS as a peer with these files."""
    tokens = service_tokens(tmp_path, "identity", "submission")
    name = "reporting.identity.v1.IdentityService"
    served = GrpcService(
        add_IdentityServiceServicer_to_server, Servicer(), name, {"GetRights": {"submission"}}
    )
    server, port, _ = create_server([served], tokens["identity"], "127.0.0.1:0", authority.gives("identity"))
    await server.start()

    async def ask(tls: Tls | None) -> int:
        channel = channel_to("identity", f"127.0.0.1:{port}", tokens["submission"], tls=tls)
        try:
            with acting_as(Actor.account(new_id())):
                answer = await IdentityServiceStub(channel).GetRights(pb.GetRightsRequest(), timeout=2)
            return int(answer.rights_version)
        finally:
            await channel.close()

    yield ask
    await server.stop(0)


async def test_a_peer_with_a_certificate_of_the_authority_is_answered(
    call: Call, authority: Authority
) -> None:
    assert await call(authority.gives("submission")) == 7


async def test_a_peer_in_clear_is_not_answered(call: Call) -> None:
    with pytest.raises(Unavailable):
        await call(None)


async def test_a_peer_with_another_authoritys_certificate_is_not_answered(
    call: Call, authority: Authority, tmp_path: Path
) -> None:
    foreign = Authority(tmp_path, "elsewhere").gives("submission")

    with pytest.raises(Unavailable):
        await call(replace(foreign, authority=authority.file))


async def test_an_expired_certificate_is_not_answered(call: Call, authority: Authority) -> None:
    with pytest.raises(Unavailable):
        await call(authority.gives("submission", valid=timedelta(hours=-1)))


@pytest.mark.parametrize("asks", [True, False])
async def test_http_asks_for_a_certificate_but_for_probes(authority: Authority, asks: bool) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body"})

    port = free_port()
    tls = authority.gives("catalog")
    server = uvicorn.Server(
        uvicorn.Config(
            app, port=port, lifespan="off", log_config=None, **tls.http_server(asks_for_certificate=asks)
        )
    )
    serving = asyncio.create_task(server.serve())

    async def started() -> bool:
        return server.started

    await eventually(started)
    anyone = ssl.create_default_context(cafile=str(authority.file))
    try:
        async with httpx.AsyncClient(verify=authority.gives("gateway").client()) as gateway:
            assert (await gateway.get(f"https://127.0.0.1:{port}/")).status_code == 204
        async with httpx.AsyncClient(verify=anyone) as stranger:
            if asks:
                with pytest.raises(httpx.TransportError):
                    await stranger.get(f"https://127.0.0.1:{port}/")
            else:
                assert (await stranger.get(f"https://127.0.0.1:{port}/")).status_code == 204
    finally:
        server.should_exit = True
        await serving


async def test_the_bus_is_reached_by_tls(authority: Authority) -> None:
    files = authority.gives("nats")
    settings = (
        f'tls {{ cert_file: "{files.certificate}", key_file: "{files.key}",'
        f' ca_file: "{files.authority}", verify: true }}'
    )
    with nats_server(settings) as server:
        address = server.url.replace("nats://", "tls://")
        known = Bus(address, None, "known", authority.gives("submission"))
        await known.connect()
        assert await known.missing() is None
        await known.close()
        stranger = Bus(address, None, "stranger")
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(1):
                await stranger.connect()
        assert await stranger.missing() is not None


@pytest.mark.parametrize(
    ("scheme", "known", "arrives"), [("https", True, True), ("https", False, False), ("http", True, False)]
)
async def test_traces_go_to_a_collector_that_asks_for_a_certificate(
    authority: Authority, tmp_path: Path, scheme: str, known: bool, arrives: bool
) -> None:
    taken: list[str] = []

    class Collector(TraceServiceServicer):
        async def Export(self, request: Any, context: Any) -> ExportTraceServiceResponse:
            taken.extend(
                span.name for one in request.resource_spans for two in one.scope_spans for span in two.spans
            )
            return ExportTraceServiceResponse()

    server = grpc.aio.server()
    add_TraceServiceServicer_to_server(Collector(), server)
    port = server.add_secure_port("127.0.0.1:0", authority.gives("collector").grpc_server())
    await server.start()
    tls = (authority if known else Authority(tmp_path, "elsewhere")).gives("catalog")
    sending = Sending(f"{scheme}://127.0.0.1:{port}", replace(tls, authority=authority.file))
    provider = TracerProvider()
    provider.add_span_processor(sending)
    try:
        provider.get_tracer("a test").start_span("GET /v1/forms").end()
        await asyncio.to_thread(sending.force_flush, 1500)
        assert taken == (["GET /v1/forms"] if arrives else [])
    finally:
        await asyncio.to_thread(provider.shutdown)
        await server.stop(0)


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True), ("::1", True), ("[::1]", True), ("localhost", True), ("127.8.0.1", True),
        ("0.0.0.0", False), ("10.0.0.7", False), ("nats.reporting.svc", False), ("localhost.example", False),
    ],
)  # fmt: skip
def test_loopback_is_told_from_elsewhere(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected


def test_only_what_leaves_the_machine_is_encrypted(authority: Authority) -> None:
    tls = authority.gives("submission")

    assert client_context("postgresql+asyncpg://a@127.0.0.1:5432/a", tls) is None
    assert client_context("postgresql+asyncpg://a:b@/a?host=/run/postgresql", tls) is None
    assert client_context("postgresql+asyncpg://a@db.example:5432/a", None) is None
    context = client_context("postgresql+asyncpg://a@db.example:5432/a", tls)
    assert context is not None
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)


def test_a_service_knows_until_when_it_is_believed(authority: Authority) -> None:
    ends = authority.gives("catalog", valid=timedelta(days=20)).ends_at()

    assert timedelta(days=19) < ends - datetime.now(UTC) <= timedelta(days=20)


def test_half_of_tls_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("REPORTING_TLS_CERTIFICATE_FILE", str(tmp_path / "a.pem"))

    with pytest.raises(ValidationError, match="certificate, key and authority"):
        Variables()


def test_a_secret_may_be_a_file_and_a_variable_goes_before_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "reporting_owner_database_url").write_text("postgresql://from-file\n")
    monkeypatch.setenv("REPORTING_SECRETS_DIR", str(tmp_path))

    from_file = MigrationSettings().url
    monkeypatch.setenv("REPORTING_OWNER_DATABASE_URL", "postgresql://from-variable")

    assert (from_file, MigrationSettings().url) == ("postgresql://from-file", "postgresql://from-variable")
