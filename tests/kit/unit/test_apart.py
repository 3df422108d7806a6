"""Work in a process apart: what it does there, the service stays up and says so in words."""

from __future__ import annotations

import asyncio
import json

import pytest
from kit.apart import Apart, Bounds, Fell, Overstayed
from kit.errors import InvalidInput, Unavailable

WORK = "kit.testing.work"


async def test_an_answer_comes_back_as_bytes_however_large() -> None:
    order = bytes(range(256)) * 4096

    assert await Apart().run(f"{WORK}:echo", order) == order[::-1]


async def test_a_refusal_there_is_the_same_refusal_here() -> None:
    with pytest.raises(InvalidInput) as refusal:
        await Apart().run(f"{WORK}:refuse", "Ô sai".encode())

    assert (refusal.value.code, refusal.value.message) == ("test.refused", "Ô sai")
    assert (refusal.value.places[0].sheet, refusal.value.places[0].cell) == ("S", "A1")
    assert (refusal.value.rule, refusal.value.details) == ("r", {"n": 1})


@pytest.mark.parametrize("work", ["eat_memory", "reckon"])
async def test_work_that_takes_too_much_memory_or_processor_is_ended(work: str) -> None:
    apart = Apart(Bounds(memory=200 << 20, cpu_seconds=2))

    with pytest.raises(Overstayed):
        await apart.run(f"{WORK}:{work}", b"")

    assert await Apart().run(f"{WORK}:echo", b"ab") == b"ba"


async def test_work_that_does_not_answer_is_ended_and_may_be_asked_again_later() -> None:
    with pytest.raises(Unavailable) as refusal:
        await Apart(Bounds(seconds=1)).run(f"{WORK}:sleep", b"")

    assert (refusal.value.code, refusal.value.retry_after) == ("kit.apart.busy", 30)


async def test_a_crash_is_told_from_an_answer() -> None:
    with pytest.raises(Fell):
        await Apart().run(f"{WORK}:crash", b"")


async def test_nothing_of_the_service_s_environment_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORTING_DATABASE_URL", "postgresql://secret")

    seen = json.loads(await Apart().run(f"{WORK}:variables", b""))

    assert "PATH" in seen
    assert [name for name in seen if name.startswith("REPORTING")] == []


async def test_a_caller_that_gives_up_takes_its_work_with_it() -> None:
    apart = Apart(at_once=1)
    waiting = asyncio.create_task(apart.run(f"{WORK}:sleep", b""))
    await asyncio.sleep(0.5)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting

    assert await apart.run(f"{WORK}:echo", b"ab") == b"ba"
