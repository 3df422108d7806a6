from __future__ import annotations

from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path

import pytest
from forms.values import CellKey, Number, Text
from kit.db import KIT, Database
from kit.ids import new_id
from kit.testing.cluster import TestDatabase
from sqlalchemy import select
from submission.application.commands.act_on_report import ActOnReport
from submission.application.commands.enter_figures import CellEdit, EnterFigures
from submission.application.commands.import_workbook import ImportWorkbook
from submission.application.commands.make_aggregation import MakeAggregation
from submission.application.commands.send_report import SendReport
from submission.application.commands.submit_report import SubmitReport
from submission.application.reactions.deadline_changed import move_deadlines
from submission.domain.assignment import LeveledDeadline
from submission.domain.punctuality import Deadline
from submission.domain.saving import RowChange
from submission.domain.states import Action, State

from .test_cycle import opened
from .world import DUE, ROOT, World

FORMS = ROOT / "contracts" / "forms"
LIST = "DTC.L1"


@pytest.fixture
async def listed(migrated: TestDatabase, tmp_path: Path) -> AsyncIterator[World]:
    database = Database(migrated.url, pool_size=4, name="submission-test")
    made = World(database, tmp_path, "dak-lak", (FORMS / "du-an-dau-tu-cong.xlsx").read_bytes())
    await made.publish()
    yield made
    await database.close()


async def test_rows_of_a_list_are_added_filled_removed_and_totalled(listed: World) -> None:
    report = await opened(listed)
    clerk = listed.person("entry")
    first, second = str(new_id()), str(new_id())
    rows = [RowChange(first, LIST, 1, False, 0), RowChange(second, LIST, 2, False, 0)]
    cells = [
        CellEdit(first, "B", raw="Cầu Bình Lợi"), CellEdit(first, "I", raw="1.000"),
        CellEdit(second, "B", raw="Đường ven sông"), CellEdit(second, "I", raw="500,5"),
    ]  # fmt: skip
    saved = await listed.enter(EnterFigures(report.id, listed.form_id, clerk, cells, rows))
    assert (saved.refused, saved.entered.conflicts) == ((), ())
    computed = (await listed.reading.contents(clerk, report.id)).checked.forms[0].computed
    assert computed.get("DTC.12", "I") == Number(Decimal("1500.5"))

    gone = RowChange(second, LIST, 2, True, 1)
    await listed.enter(EnterFigures(report.id, listed.form_id, clerk, rows=[gone]))
    contents = await listed.reading.contents(clerk, report.id)
    assert contents.checked.forms[0].computed.get("DTC.12", "I") == Number(Decimal(1000))
    assert [row.id for row in contents.figures[listed.form_id].list_rows] == [first]


async def test_a_filled_list_is_read_with_its_rows_and_read_again_without_doubling_them(
    listed: World,
) -> None:
    report = await opened(listed)
    clerk = listed.person("entry")
    filled = (FORMS / "du-an-dau-tu-cong-filled.xlsx").read_bytes()
    for _ in range(2):
        await listed.import_workbook(ImportWorkbook(report.id, listed.form_id, clerk, filled, dry_run=False))
    contents = await listed.reading.contents(clerk, report.id)
    figures = contents.figures[listed.form_id]
    assert len(figures.list_rows) == 12
    assert contents.checked.forms[0].computed.get("DTC.12", "M") == Number(Decimal("69.8"))
    exported = await listed.exports.report(clerk, report.id, listed.form_id, "csv")
    assert "TỔNG SỐ" in exported.data.decode("utf-8-sig")


async def test_lists_of_units_follow_each_other_in_the_aggregate_with_the_source_of_each_row(
    listed: World,
) -> None:
    await opened(listed)
    filled = (FORMS / "du-an-dau-tu-cong-filled.xlsx").read_bytes()
    for unit in listed.communes[:2]:
        report = await listed.report_of(unit)
        clerk = listed.person("entry", at=unit)
        leader = listed.person("approve", "approve_figures", "send", at=unit)
        await listed.import_workbook(ImportWorkbook(report.id, listed.form_id, clerk, filled, dry_run=False))
        await listed.submit(SubmitReport(report.id, (await listed.read(report)).version, clerk))
        await listed.act(report, Action.APPROVE_FIGURES, leader)
        await listed.act(report, Action.APPROVE, leader)
        await listed.send(SendReport(report.id, (await listed.read(report)).version, leader))
        await listed.act(report, Action.ACCEPT, listed.person("decide", at=listed.lead))
    officer = listed.person("aggregate", at=listed.lead)
    made = await listed.aggregate(MakeAggregation(listed.regime_id, "2026-10", officer))
    form = made.forms[0]
    assert len(form.figures.list_rows) == 24
    assert form.computed.get("DTC.12", "G") == Number(Decimal(2 * 872200))
    row = form.figures.list_rows[0].id
    (source,) = await listed.aggregates.sources(officer, made.id, row, "B")
    assert source["unit_name"].startswith("UBND xã Số")
    assert isinstance(form.figures.cells[CellKey(row, "B")], Text)


async def test_a_nil_report_is_one_act_and_is_approved_without_figures(listed: World) -> None:
    report = await opened(listed, nil_allowed=True)
    clerk, leader = listed.person("entry"), listed.person("approve", "approve_figures")
    await listed.submit(SubmitReport(report.id, report.version, clerk, nil=True))
    await listed.act(report, Action.APPROVE_FIGURES, leader)
    done = await listed.read(report)
    assert (done.state, done.revisions.working.nil, len(done.canonical_hash)) == (
        State.FIGURES_APPROVED,
        True,
        64,
    )
    back = ActOnReport(report.id, done.version, Action.RETURN, leader, "Kỳ này có dự án")
    returned = await listed.act_on(back)
    assert returned.state is State.RETURNED


async def test_only_catalogs_event_moves_a_deadline_and_says_by_which_rule(listed: World) -> None:
    report = await opened(listed)
    later = Deadline(
        DUE.replace(day=23), "trước ngày 20, lùi vì ngày nghỉ", "DL 14.2", ("23/11/2026",), "2026.2"
    )
    async with listed.open() as uow:
        opened_period = listed.catalog.opened[0]
        moved = type(opened_period)(opened_period.period, (LeveledDeadline("", later),))
        await move_deadlines(uow, listed.regime_id, moved, DUE)
        await uow.commit()
    assert (await listed.read(report)).assignment.deadline == later
    async with listed.database.reading() as session:
        told = list(
            await session.execute(select(KIT.outbox).where(KIT.outbox.c.subject.contains("deadline_moved")))
        )
    assert report.id in {row.aggregate_id for row in told}
