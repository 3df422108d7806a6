"""A service whose clock differs from the database's says so and by how much."""

from datetime import timedelta

import pytest
from kit.clock import utc_now
from kit.db import Database
from kit.db.clock_offset import DatabaseClock


async def _told(database: Database, ahead: float) -> str | None:
    clock = DatabaseClock(database, lambda: utc_now() + timedelta(seconds=ahead))
    await clock.ask()
    return await clock.what_is_wrong()


@pytest.mark.parametrize(
    ("ahead", "said"), [(3600, "nhanh hơn cơ sở dữ liệu 3600"), (-90, "chậm hơn cơ sở dữ liệu 90")]
)
async def test_a_wrong_clock_is_named_with_its_side_and_seconds(
    database: Database, ahead: float, said: str
) -> None:
    told = await _told(database, ahead)

    assert told is not None and said in told


@pytest.mark.parametrize("ahead", [0, 10, -10])
async def test_a_few_seconds_are_borne(database: Database, ahead: float) -> None:
    assert await _told(database, ahead) is None
