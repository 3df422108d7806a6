from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from forms.values import Number, Text
from kit.errors import DomainError, InvalidInput, NotPermitted
from submission.application.commands.import_history import ImportHistory, PastFiling, PastReport
from submission.application.commands.make_aggregation import MakeAggregation
from submission.domain.states import State

from .test_cycle import opened
from .world import OCTOBER, World


def past(world: World, value: str, **different: object) -> ImportHistory:
    filing = PastFiling(world.form_id, [("KTXH.15", "G", Number(Decimal(value)))])
    plain = {
        "regime_id": world.regime_id, "period_key": OCTOBER.key, "document_name": "Báo cáo 12/BC-UBND",
        "document_number": "12", "document_on": date(2026, 11, 2),
        "reports": [PastReport(world.communes[0], [filing])],
        "actor": world.person("history_import", at=world.lead),
    }  # fmt: skip
    return ImportHistory(**{**plain, **different})  # type: ignore[arg-type]


async def test_an_imported_report_names_its_source_stands_accepted_and_is_never_counted_as_in_time(
    world: World,
) -> None:
    done = await world.import_history(past(world, "5"))
    report = await world.report_of(world.communes[0])
    assert (report.state, report.imported, report.moments.first_sent_at) == (State.ACCEPTED, True, None)
    assert done.report_ids == [report.id]
    again = await world.import_history(past(world, "6"))
    assert (again.report_ids, list(again.already)) == ([], [world.communes[0]])

    officer = world.person("aggregate", at=world.lead)
    with pytest.raises(DomainError, match="nên không có biên nhận"):
        await world.histories.last_receipt(officer, report.id)
    made = await world.aggregate(MakeAggregation(world.regime_id, OCTOBER.key, officer))
    assert made.forms[0].figures.get("KTXH.15", "G") == Number(Decimal(5))


async def test_nothing_is_imported_when_one_figure_is_wrong_or_the_source_is_not_named(world: World) -> None:
    wrong = PastFiling(world.form_id, [("KTXH.15", "G", Text("nhiều"))])
    with pytest.raises(InvalidInput, match="phải là số"):
        await world.import_history(past(world, "5", reports=[PastReport(world.communes[0], [wrong])]))
    with pytest.raises(InvalidInput, match="document_missing"):
        await world.import_history(past(world, "5", document_name=" "))
    with pytest.raises(NotPermitted):
        await world.import_history(past(world, "5", actor=world.person("entry")))
    async with world.open() as uow:
        assert await uow.reports.of_period(world.regime_id, OCTOBER.key) == []


async def test_a_unit_that_reports_already_keeps_its_own_report(world: World) -> None:
    report = await opened(world)
    done = await world.import_history(past(world, "5"))
    assert list(done.already) == [world.communes[0]]
    assert (await world.read(report)).state is State.ASSIGNED
