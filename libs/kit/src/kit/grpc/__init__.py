"""gRPC between services: who calls, until when, and refusals that keep their kind."""

from kit.grpc.client import PeerChannel, channel_to
from kit.grpc.server import GrpcService, actor_of, create_server

__all__ = ["GrpcService", "PeerChannel", "actor_of", "channel_to", "create_server"]
