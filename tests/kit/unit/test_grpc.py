"""Refusals keep their kind across services; callers, deadline and token are demanded."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import grpc
import pytest
from kit.actor import Actor
from kit.auth import NotAuthenticated, acting_as
from kit.errors import KINDS, DomainError, InvalidInput, NotFound, NotPermitted, Place, Unavailable
from kit.grpc import GrpcService, PeerChannel, actor_of, channel_to, create_server
from kit.ids import new_id
from reporting.identity.v1 import identity_pb2 as pb
from reporting.identity.v1.identity_pb2_grpc import (
    IdentityServiceServicer,
    IdentityServiceStub,
    add_IdentityServiceServicer_to_server,
)

from tests.kit.building import service_tokens

NAME = "reporting.identity.v1.IdentityService"


class Servicer(IdentityServiceServicer):
    def __init__(self) -> None:
        self.error: Exception | None = None
        self.actor: Actor | None = None

    async def GetRights(self, request: Any, context: Any) -> pb.GetRightsResponse:
        self.actor = actor_of(context)
        if self.error is not None:
            raise self.error
        return pb.GetRightsResponse(rights_version=7)

    async def StreamSnapshot(self, request: Any, context: Any) -> AsyncIterator[pb.StreamSnapshotResponse]:
        yield pb.StreamSnapshotResponse(watermark=pb.Watermark(epoch=1))
        if self.error is not None:
            raise self.error


class Running:
    def __init__(self, servicer: Servicer, channel: PeerChannel, port: int, tokens: Any) -> None:
        self.servicer, self.channel, self.port, self.tokens = servicer, channel, port, tokens
        self.stub = IdentityServiceStub(channel)


@pytest.fixture
async def running(tmp_path: Path) -> AsyncIterator[Running]:
    tokens = service_tokens(tmp_path, "identity", "submission", "signing")
    servicer = Servicer()
    callers = {"GetRights": {"submission"}, "StreamSnapshot": {"submission"}}
    service = GrpcService(add_IdentityServiceServicer_to_server, servicer, NAME, callers)
    server, port, _ = create_server([service], tokens["identity"], "127.0.0.1:0")
    await server.start()
    channel = channel_to("identity", f"127.0.0.1:{port}", tokens["submission"])
    yield Running(servicer, channel, port, tokens)
    await channel.close()
    await server.stop(0)


async def test_the_callee_knows_on_whose_behalf(running: Running) -> None:
    actor = Actor.account(new_id(), address="10.0.0.1", channel="portal")

    with acting_as(actor):
        answer = await running.stub.GetRights(pb.GetRightsRequest())

    assert (answer.rights_version, running.servicer.actor) == (7, actor)


@pytest.mark.parametrize("kind", KINDS)
async def test_a_refusal_arrives_as_the_same_kind_with_all_it_said(
    running: Running, kind: type[DomainError]
) -> None:
    running.servicer.error = kind(
        "identity.test.code",
        "Không được, vì thế này.",
        places=[Place(sheet="Biểu 1", cell="C7"), Place(field="tên")],
        rule="Điều 7",
        remedy="Làm thế kia.",
        details={"n": 3, "cũ": ["a"]},
    )

    with acting_as(Actor.system_job("test")), pytest.raises(kind) as raised:
        await running.stub.GetRights(pb.GetRightsRequest())

    got, sent = raised.value, running.servicer.error
    assert type(got) is kind
    assert vars(got) == vars(sent)


async def test_a_stream_breaks_off_with_the_refusal(running: Running) -> None:
    running.servicer.error = NotFound("identity.test.gone", "Không còn.")
    received = []

    async def receive() -> None:
        async for item in running.stub.StreamSnapshot(pb.StreamSnapshotRequest()):
            received.append(item)

    with acting_as(Actor.system_job("test")), pytest.raises(NotFound, match=r"identity\.test\.gone"):
        await receive()

    assert len(received) == 1


async def test_a_service_not_listed_as_caller_is_refused(running: Running) -> None:
    channel = channel_to("identity", f"127.0.0.1:{running.port}", running.tokens["signing"])

    with acting_as(Actor.system_job("test")), pytest.raises(NotPermitted, match="signing"):
        await IdentityServiceStub(channel).GetRights(pb.GetRightsRequest())
    await channel.close()


async def test_a_call_without_a_token_or_without_a_deadline_is_refused(running: Running) -> None:
    async with grpc.aio.insecure_channel(f"127.0.0.1:{running.port}") as bare:
        with pytest.raises(grpc.aio.AioRpcError) as anonymous:
            await IdentityServiceStub(bare).GetRights(pb.GetRightsRequest(), timeout=2)
        token = running.tokens["submission"].mint("identity", Actor.system_job("test"))
        with pytest.raises(grpc.aio.AioRpcError) as endless:
            await IdentityServiceStub(bare).GetRights(
                pb.GetRightsRequest(), metadata=(("authorization", f"Bearer {token}"),)
            )

    assert anonymous.value.code() is grpc.StatusCode.UNAUTHENTICATED
    assert endless.value.code() is grpc.StatusCode.INVALID_ARGUMENT


async def test_a_token_for_another_service_is_refused(running: Running) -> None:
    token = running.tokens["submission"].mint("signing", Actor.system_job("test"))
    async with grpc.aio.insecure_channel(f"127.0.0.1:{running.port}") as bare:
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await IdentityServiceStub(bare).GetRights(
                pb.GetRightsRequest(), timeout=2, metadata=(("authorization", f"Bearer {token}"),)
            )

    assert refused.value.code() is grpc.StatusCode.UNAUTHENTICATED


async def test_a_bug_tells_the_caller_nothing_but_that_it_failed(running: Running) -> None:
    running.servicer.error = RuntimeError("SELECT secret FROM table")

    with acting_as(Actor.system_job("test")), pytest.raises(DomainError) as raised:
        await running.stub.GetRights(pb.GetRightsRequest())

    assert "secret" not in str(raised.value)
    assert not isinstance(raised.value, InvalidInput | NotAuthenticated)


async def test_a_dead_peer_is_unavailable(tmp_path: Path) -> None:
    tokens = service_tokens(tmp_path, "submission")
    channel = channel_to("identity", "127.0.0.1:1", tokens["submission"])

    with acting_as(Actor.system_job("test")), pytest.raises(Unavailable, match="identity"):
        await IdentityServiceStub(channel).GetRights(pb.GetRightsRequest(), timeout=2)
    await channel.close()
