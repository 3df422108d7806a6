"""Events leave with the transaction that made them true; a relay carries them to the bus."""

from kit.outbox.events import OutboxCollector, OutboxEvent

__all__ = ["OutboxCollector", "OutboxEvent"]
