"""A regime's newer version of a form is told of every report that is not sent yet and has an older one."""

from __future__ import annotations

from typing import Any

from kit.db import KIT
from sqlalchemy import select
from submission.application.reactions.form_taken import tell_of_newer_form

from .test_form_moves import entered, moved, newer_form
from .world import DUE, World


async def told_of_newer(world: World) -> list[dict[str, Any]]:
    async with world.database.reading() as session:
        newer = select(KIT.outbox).where(KIT.outbox.c.subject.contains("form_renewed"))
        return [row.payload for row in await session.execute(newer.order_by(KIT.outbox.c.id))]


async def test_units_whose_reports_are_not_sent_are_told_what_changes_and_the_others_are_not(
    world: World,
) -> None:
    clerk = world.person("entry")
    report = await entered(world, clerk)
    old = report.assignment.form_version_ids[0]
    new = await world.take_version(newer_form())

    async with world.open() as uow:
        await tell_of_newer_form(uow, world.regime_id, new, str(clerk), DUE)
        await tell_of_newer_form(uow, world.regime_id, old, str(clerk), DUE)
        await uow.commit()

    told = await told_of_newer(world)
    assert len({each["report"]["reportId"] for each in told}) == len(told) == 3
    mine = next(each for each in told if each["report"]["reportId"] == str(report.id))
    assert (mine["fromVersionId"], mine["toVersionId"]) == (str(old), str(new))
    assert (mine["fromNumber"], mine["toNumber"]) == (1, 2)
    assert (mine["rowsAdded"], mine["rowsRemoved"]) == (["Diêm nghiệp"], ["Thủy sản"])
    assert (mine["report"]["state"], mine["report"]["actor"]) == ("drafting", str(clerk))
    assert "columnsAdded" not in mine

    await moved(world, report, clerk)
    async with world.open() as uow:
        await tell_of_newer_form(uow, world.regime_id, new, str(clerk), DUE)
        await uow.commit()
    again = [each["report"]["reportId"] for each in (await told_of_newer(world))[len(told) :]]
    assert str(report.id) not in again
    assert len(again) == 2
