"""The job in numbers, read from real tables."""

from kit.telemetry.measures import take_all
from prometheus_client import REGISTRY
from sqlalchemy import text
from submission.adapters.postgres.measures import MEASURES

from .test_cycle import opened
from .world import World


async def test_what_is_assigned_and_not_sent_is_counted_by_regime_and_by_how_soon_it_is_due(
    world: World,
) -> None:
    await opened(world)
    async with world.database.sessions.begin() as session:
        await session.execute(text("UPDATE report SET due_at = now() + interval '1 hour'"))

    await take_all(MEASURES, world.database)

    by_state = _series("reporting_reports")
    assert {state for _, state in by_state} >= {"assigned"}
    unsent = _series("reporting_reports_unsent")
    assert sum(unsent.values()) >= 3
    assert {due for _, due in unsent} == {"2h"}
    assert all(59 <= minutes <= 60 for minutes in _series("reporting_deadline_minutes").values())
    waited = _series("reporting_sent_to_accepted_seconds_bucket")
    assert list(waited.values()) == sorted(waited.values())
    assert ("+Inf",) in waited


def _series(name: str) -> dict[tuple[str, ...], float]:
    return {
        tuple(sample.labels.values()): sample.value
        for metric in REGISTRY.collect()
        for sample in metric.samples
        if sample.name == name
    }
