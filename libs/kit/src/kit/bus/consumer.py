"""A durable consumer: each message has one effect, in the handler's own transaction.

Inbox row and change commit together, so a repeat finds the row. What passes is tried again with
growing pauses; what cannot succeed is parked with its reason (`kit.bus.dead_letters`).
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

import nats.errors
import structlog
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy
from nats.js.errors import APIError, ServiceUnavailableError
from nats.js.errors import NotFoundError as NoSuchConsumer
from opentelemetry import trace

from kit.actor import Actor
from kit.auth.acting import acting_as
from kit.bus.connection import STREAM, Bus
from kit.bus.dead_letters import DeadLetters
from kit.bus.delivery import Broken, Delivery, read_delivery
from kit.bus.holding import ACK_WAIT, held
from kit.bus.inbox import Inbox, Outcome
from kit.db.passing import is_passing
from kit.db.unit_of_work import SqlUnitOfWork
from kit.errors import DomainError, Unavailable
from kit.telemetry.metrics import CONSUMER_LAG, CONSUMER_SECONDS, CONSUMER_UNSETTLED, observe
from kit.telemetry.propagation import context_of

log = structlog.get_logger(__name__)
tracer = trace.get_tracer(__name__)

Handler = Callable[[Delivery, Any], Awaitable[None]]
Ordering = Literal["each", "latest"]

_TRIES = 8
_LONGEST_PAUSE = 300.0


@dataclass(frozen=True, slots=True)
class Consumer:
    """`durable` starts with the service's name; `subjects` are what it hears.

    `together`: what arrives at once may share a transaction, for handlers that only keep what they are told.
    """

    durable: str
    subjects: list[str]
    handler: Handler
    ordering: Ordering = "each"
    together: bool = False


def pause_after(attempt: int) -> float:
    """1, 2, 4 … 300 seconds, each a little different so that retries do not march in step."""
    return min(_LONGEST_PAUSE, 2.0 ** (attempt - 1)) * random.uniform(0.8, 1.2)  # noqa: S311


class ConsumerRunner:
    def __init__(
        self,
        consumer: Consumer,
        bus: Bus,
        open_unit_of_work: Callable[[], SqlUnitOfWork],
        dead_letters: DeadLetters,
        *,
        pause: Callable[[int], float] = pause_after,
        tries: int = _TRIES,
    ) -> None:
        self._consumer = consumer
        self._bus = bus
        self._open = open_unit_of_work
        self._dead_letters = dead_letters
        self._inbox = Inbox(consumer.durable, consumer.ordering)
        self._pause = pause
        self._tries = tries
        # How often an event has failed here: being held back, or a database that was away, do not
        # count. Forgotten with the process, which then tries as often again.
        self._failures: dict[UUID, int] = {}

    async def run(self) -> None:
        """Until cancelled; a lost server, stream or consumer is waited for and made again."""
        while True:
            try:
                subscription = await self._subscribe()
                while True:
                    await self._fetch(subscription)
            except (nats.errors.Error, APIError, ServiceUnavailableError, OSError) as error:
                log.warning("consumer_waits", consumer=self._consumer.durable, error=str(error))
                await asyncio.sleep(2)

    async def _subscribe(self) -> Any:
        wanted = ConsumerConfig(
            durable_name=self._consumer.durable,
            filter_subjects=list(self._consumer.subjects),
            ack_policy=AckPolicy.EXPLICIT,
            deliver_policy=DeliverPolicy.ALL,
            ack_wait=ACK_WAIT,
            max_deliver=-1,
            max_ack_pending=500,
        )
        stream = self._bus.stream
        try:
            await stream.add_consumer(STREAM, wanted)
        except NoSuchConsumer:
            await self._bus.provision()
            await stream.add_consumer(STREAM, wanted)
        return await stream.pull_subscribe_bind(self._consumer.durable, STREAM)

    async def measure(self) -> None:
        """What the server still keeps for this consumer; all its replicas are told the same."""
        told = await self._bus.stream.consumer_info(STREAM, self._consumer.durable)
        CONSUMER_LAG.labels(self._consumer.durable).set(told.num_pending or 0)
        CONSUMER_UNSETTLED.labels(self._consumer.durable).set(told.num_ack_pending or 0)

    async def _fetch(self, subscription: Any) -> None:
        try:
            messages = await subscription.fetch(32, timeout=20)
        except (TimeoutError, nats.errors.TimeoutError):
            # Nothing came; a consumer that was deleted meanwhile says so here.
            await subscription.consumer_info()
            return
        async with held(messages):
            await self._work_on(messages)

    async def _work_on(self, messages: list[Any]) -> None:
        if self._consumer.together and len(messages) > 1 and await self._together(messages):
            return
        lanes: dict[str, list[Any]] = {}
        for message in messages:
            lane = (message.headers or {}).get("ce-subject", "")
            lanes.setdefault(lane, []).append(message)
        limit = asyncio.Semaphore(4)

        async def drive(lane: list[Any]) -> None:
            async with limit:
                for message in lane:
                    await self.handle(message)

        async with asyncio.TaskGroup() as group:
            for lane in lanes.values():
                group.create_task(drive(lane))

    async def _together(self, messages: list[Any]) -> bool:
        """Several in one transaction, for floods. False if one of them fails: then none has had an effect."""
        begun = time.perf_counter()
        try:
            read = [(m, read_delivery(m.subject, dict(m.headers or {}), m.data)) for m in messages]
            if len({delivery.epoch for _, delivery in read}) > 1:
                # A new epoch may fill a copy again, which waits for every transaction that touches it.
                return False
            # Everywhere in the same order, so that two processes don't wait for each other's aggregates.
            read.sort(key=lambda one: (one[1].aggregate_id, one[1].version))
            async with self._open() as uow:
                outcomes = [await self._observed(m, delivery, uow) for m, delivery in read]
                await uow.commit()
        except Exception as error:
            log.info("messages_one_by_one", consumer=self._consumer.durable, error=f"{error!r}"[:300])
            return False
        seconds = (time.perf_counter() - begun) / len(read)
        for (message, delivery), outcome in zip(read, outcomes, strict=True):
            await self._answer(message, delivery, outcome)
            CONSUMER_SECONDS.labels(self._consumer.durable, outcome.value).observe(seconds)
        return True

    async def _observed(self, message: Any, delivery: Delivery, uow: Any) -> Outcome:
        context = context_of((message.headers or {}).get("traceparent"))
        with tracer.start_as_current_span(
            f"{self._consumer.durable} {message.subject}", context=context, kind=trace.SpanKind.CONSUMER
        ) as span:
            outcome = await self._take(delivery, uow)
            span.set_attribute("messaging.outcome", outcome.value)
        return outcome

    async def handle(self, message: Any) -> None:
        """One message, whatever becomes of it; only the bus itself may raise."""
        begun = time.perf_counter()
        attempt = message.metadata.num_delivered
        headers = dict(message.headers or {})
        context = context_of(headers.get("traceparent"))
        name = f"{self._consumer.durable} {message.subject}"
        with tracer.start_as_current_span(name, context=context, kind=trace.SpanKind.CONSUMER) as span:
            outcome = await self._settle(message, headers, attempt)
            span.set_attribute("messaging.outcome", outcome)
            observe(CONSUMER_SECONDS.labels(self._consumer.durable, outcome), time.perf_counter() - begun)

    async def _settle(self, message: Any, headers: dict[str, str], attempt: int) -> str:
        delivery: Delivery | None = None
        try:
            delivery = read_delivery(message.subject, headers, message.data)
            outcome = await self._apply(delivery)
        except Exception as error:
            return await self._fail(message, headers, attempt, delivery, error)
        await self._answer(message, delivery, outcome)
        return outcome.value

    async def _answer(self, message: Any, delivery: Delivery, outcome: Outcome) -> None:
        if outcome is Outcome.HELD:
            # The longer it is held, the more rarely it is looked at again.
            held = message.metadata.num_delivered
            await message.nak(delay=min(10.0, 0.8 + 0.2 * held) + random.random())  # noqa: S311
        else:
            self._failures.pop(delivery.event_id, None)
            await message.ack()

    async def _apply(self, delivery: Delivery) -> Outcome:
        async with self._open() as uow:
            outcome = await self._take(delivery, uow)
            await uow.commit()
        return outcome

    async def _take(self, delivery: Delivery, uow: Any) -> Outcome:
        """Inbox and handler, in a transaction that the caller commits."""
        actor = Actor.system_job(self._consumer.durable)
        with acting_as(actor), structlog.contextvars.bound_contextvars(event=str(delivery.event_id)):
            outcome = await self._inbox.admit(uow.session, delivery)
            if outcome is Outcome.HANDLED:
                await self._consumer.handler(delivery, uow)
        return outcome

    async def _fail(
        self,
        message: Any,
        headers: dict[str, str],
        attempt: int,
        delivery: Delivery | None,
        error: Exception,
    ) -> str:
        passing = isinstance(error, Unavailable | TimeoutError) or is_passing(error)
        hopeless = isinstance(error, Broken | DomainError) and not passing
        failures = self._count_failure(delivery, passing=passing)
        try:
            if hopeless or failures >= self._tries:
                await self._dead_letters.park(
                    self._consumer.durable, message.subject, headers, message.data, error, failures
                )
                if delivery is not None:
                    self._failures.pop(delivery.event_id, None)
                    await self._dead_letters.forget_failure(self._consumer.durable, delivery)
                await message.ack()
                return "parked"
            if delivery is not None and self._consumer.ordering == "each":
                await self._dead_letters.note_failure(self._consumer.durable, delivery)
        except Exception as second:
            log.warning("failure_not_noted", error=str(second)[:300])
        log.warning(
            "message_retried", consumer=self._consumer.durable, attempt=attempt,
            error=f"{type(error).__name__}: {error}"[:300],
        )  # fmt: skip
        await message.nak(delay=self._pause(max(failures, 1) if not passing else attempt))
        return "retried"

    def _count_failure(self, delivery: Delivery | None, *, passing: bool) -> int:
        if delivery is None or passing:
            return 1
        if len(self._failures) > 10_000:
            self._failures.clear()
        failures = self._failures[delivery.event_id] = self._failures.get(delivery.event_id, 0) + 1
        return failures
