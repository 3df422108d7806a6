"""What other systems are told reaches the stream in their own account, and nothing else does."""

import asyncio

import nats as nats_client
from google.protobuf.struct_pb2 import Struct
from kit.bus import Bus
from kit.db import Database, SqlUnitOfWork
from kit.ids import new_id
from kit.outbox import OutboxEvent
from kit.outbox.relay import OutboxRelay
from kit.testing import nats_server
from nats.js.api import StreamConfig

from tests.kit.building import an_event

ACCOUNTS = """
accounts {
  INTERNAL {
    jetstream: enabled
    users: [{user: services, password: s}]
    exports: [{stream: "outside.>"}]
  }
  IOC {
    jetstream: enabled
    users: [{user: ioc, password: s}]
    imports: [{stream: {account: INTERNAL, subject: "outside.ioc.>"}}]
  }
}
"""


def _told(subscriber: str) -> OutboxEvent:
    return OutboxEvent(f"outside.{subscriber}.thing.made.v1", new_id(), None, Struct())


async def test_an_outside_event_is_kept_in_the_subscribers_own_stream(database: Database) -> None:
    with nats_server(ACCOUNTS) as server:
        bus = Bus(server.url.replace("//", "//services:s@"), None, "kit")
        await bus.connect()
        subscriber = await nats_client.connect(server.url.replace("//", "//ioc:s@"))
        own = subscriber.jetstream()
        config = StreamConfig(name="EVENTS", subjects=["outside.ioc.>"], duplicate_window=120)
        await own.add_stream(config)
        async with SqlUnitOfWork(database) as uow:
            uow.outbox.add(_told("ioc"), an_event())
            await uow.commit()

        relay = OutboxRelay(database, bus)
        published = 0
        async with asyncio.timeout(30):
            while published < 2:
                published += await relay.publish_batch()
        message = await own.get_msg("EVENTS", 1)
        kept = (await own.stream_info("EVENTS")).state.messages
        await subscriber.close()
        await bus.close()

    assert (message.subject, kept) == ("outside.ioc.thing.made.v1", 1)
    assert (message.headers or {})["ce-source"] == "/reporting"
