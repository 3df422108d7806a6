"""The gRPC server of a service: health, reflection, and one interceptor for every RPC."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

import grpc
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_health.v1._async import HealthServicer
from grpc_reflection.v1alpha import reflection
from opentelemetry.instrumentation.grpc import aio_server_interceptor

from kit.actor import Actor
from kit.auth.acting import current_actor
from kit.auth.service_tokens import ServiceTokens
from kit.grpc.interceptor import Gatekeeper
from kit.tls import Tls

MAX_MESSAGE = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class GrpcService:
    """`callers` says for each RPC which services may call it; an RPC not named is closed."""

    add_to_server: Callable[[Any, Any], None]
    servicer: Any
    name: str
    callers: Mapping[str, Set[str]]


def actor_of(context: Any) -> Actor:
    """On whose behalf the RPC is called."""
    del context
    actor = current_actor()
    if actor is None:
        raise RuntimeError("no actor: the RPC did not pass the gatekeeper")
    return actor


def create_server(
    services: Sequence[GrpcService], tokens: ServiceTokens, address: str, tls: Tls | None = None
) -> tuple[grpc.aio.Server, int, HealthServicer]:
    callers = {
        f"/{service.name}/{rpc}": frozenset(names)
        for service in services
        for rpc, names in service.callers.items()
    }
    server = grpc.aio.server(
        interceptors=[
            aio_server_interceptor(),  # type: ignore[no-untyped-call]
            Gatekeeper(tokens, callers),
        ],
        options=[
            ("grpc.max_receive_message_length", MAX_MESSAGE),
            ("grpc.max_send_message_length", MAX_MESSAGE),
            ("grpc.so_reuseport", 0),
        ],
    )
    healthy = HealthServicer()
    health_pb2_grpc.add_HealthServicer_to_server(healthy, server)
    for service in services:
        service.add_to_server(service.servicer, server)
    reflection.enable_server_reflection(
        [*(s.name for s in services), health.SERVICE_NAME, reflection.SERVICE_NAME], server
    )
    port = server.add_secure_port(address, tls.grpc_server()) if tls else server.add_insecure_port(address)
    return server, port, healthy


async def tell_health(healthy: HealthServicer, services: Sequence[GrpcService], serving: bool) -> None:
    status = health_pb2.HealthCheckResponse.ServingStatus
    value = status.SERVING if serving else status.NOT_SERVING
    for name in ("", *(service.name for service in services)):
        await healthy.set(name, value)
