"""NATS JetStream: the road between services; the database stays the truth."""

from kit.bus.connection import Bus
from kit.bus.consumer import Consumer, ConsumerRunner
from kit.bus.delivery import Broken, Delivery

__all__ = ["Broken", "Bus", "Consumer", "ConsumerRunner", "Delivery"]
