"""Rows that only some units answer for (DT 6.4): entered by them alone, whatever the road, and aggregated from them."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

import pytest
from forms.values import BLANK, CellKey, Figures, ListRow, Number
from kit.errors import InvalidInput
from reporting.catalog.v1 import catalog_pb2 as pb
from submission.application.commands.import_workbook import ImportWorkbook
from submission.application.commands.make_aggregation import MakeAggregation
from submission.application.queries.read_report import Contents
from submission.domain.allocation import Allocation
from submission.domain.report import Report
from submission.entrypoints.http.filing_schemas import FilingContentOut

from .test_cycle import FILLED, accepted, enter, opened, typed
from .world import OCTOBER, World

RICE = CellKey("KTXH.15", "G")


def given_to(world: World, *units: UUID, row: str = "KTXH.15") -> list[pb.FormAllocation]:
    rows = [pb.AllocatedRow(row=row, unit_ids=[str(unit) for unit in units])]
    return [pb.FormAllocation(form_version_id=str(world.form_id), rows=rows)]


async def allocated(world: World, *units: UUID) -> Report:
    await opened(world)
    await world.allocate(given_to(world, *units))
    return await world.report_of(world.communes[0])


async def test_a_row_of_another_unit_is_refused_by_cell_and_article_and_the_others_are_kept(
    world: World,
) -> None:
    report = await allocated(world, world.communes[1])
    saved = await enter(world, report, world.person("entry"), typed(*RICE, "5"), typed("KTXH.16", "G", "6"))
    (refused,) = saved.refused
    assert (refused.code, refused.a1) == ("submission.figure.not_allocated", "G15")
    assert "UBND xã Số 2" in refused.message and "Quy ước của hệ thống" in refused.message
    assert saved.draft.filing(world.form_id).value_of(RICE) == BLANK
    assert saved.draft.filing(world.form_id).value_of(CellKey("KTXH.16", "G")) != BLANK


async def test_a_row_of_one_s_own_and_a_row_of_nobody_are_entered(world: World) -> None:
    report = await allocated(world, world.communes[0], world.communes[1])
    saved = await enter(world, report, world.person("entry"), typed(*RICE, "5"))
    assert saved.refused == ()


async def test_a_filled_workbook_is_refused_where_it_answers_for_others(world: World) -> None:
    report = await allocated(world, world.communes[1])
    clerk = world.person("entry")
    tried = await world.import_workbook(ImportWorkbook(report.id, world.form_id, clerk, FILLED, dry_run=True))
    assert {m.row for m in tried.messages if m.code == "submission.figure.not_allocated"} == {"KTXH.15"}
    with pytest.raises(InvalidInput) as refusal:
        await world.import_workbook(ImportWorkbook(report.id, world.form_id, clerk, FILLED, dry_run=False))
    assert refusal.value.code == "submission.figure.not_allocated"


async def test_a_reader_is_told_whose_the_closed_rows_are(world: World) -> None:
    report = await allocated(world, world.communes[1])
    contents: Contents = await world.reading.contents(world.person("entry"), report.id)
    (closed,) = FilingContentOut.of(contents, world.form_id).closed_rows
    assert (closed.row, closed.units) == ("KTXH.15", ["UBND xã Số 2"])


async def test_the_aggregate_takes_each_row_from_its_unit(world: World) -> None:
    await opened(world)
    await accepted(world, world.communes[0], "5")
    await accepted(world, world.communes[1], "7")
    receiver = world.person("aggregate", at=world.lead)
    order = MakeAggregation(world.regime_id, OCTOBER.key, receiver)
    assert (await world.aggregate(order)).forms[0].figures.get(*RICE) == Number(Decimal(12))
    await world.allocate(given_to(world, world.communes[1]))
    assert (await world.aggregate(order)).forms[0].figures.get(*RICE) == Number(Decimal(7))


def test_figures_of_a_unit_leave_out_rows_and_lists_of_others() -> None:
    ours, theirs = UUID(int=1), UUID(int=2)
    allocation = Allocation({"a": frozenset({theirs}), "list": frozenset({theirs}), "b": frozenset()})
    figures = Figures(
        {CellKey(row, "G"): Number(Decimal(1)) for row in ("a", "b", "c", "r1")}, (ListRow("r1", "list", 1),)
    )
    kept = allocation.of_unit(ours, figures)
    assert {key.row for key in kept.cells} == {"b", "c"} and kept.list_rows == ()
    assert allocation.of_unit(theirs, figures) == figures
