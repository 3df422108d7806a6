from __future__ import annotations

from decimal import Decimal
from uuid import UUID

import pytest
from forms.values import BLANK, Number
from kit.actor import Actor
from submission.application.commands.enter_figures import CellEdit, EnterFigures, Saved
from submission.application.commands.import_workbook import ImportWorkbook
from submission.application.commands.make_aggregation import MakeAggregation
from submission.application.commands.open_period import OpenPeriod
from submission.application.commands.send_report import SendReport
from submission.application.commands.submit_report import SubmitReport
from submission.domain import errors
from submission.domain.report import Report
from submission.domain.states import Action, State

from .world import OCTOBER, ROOT, World

FILLED = (ROOT / "contracts" / "forms" / "kt-xh-thang-filled.xlsx").read_bytes()


async def enter(world: World, report: Report, actor: Actor, *edits: CellEdit) -> Saved:
    return await world.enter(EnterFigures(report.id, world.form_id, actor, edits))


def typed(row: str, column: str, raw: str, version: int = 0) -> CellEdit:
    return CellEdit(row, column, version, raw=raw)


async def opened(world: World, **regime: object) -> Report:
    await world.publish(**{"signing": "not_demanded", **regime})
    owner = world.person("regime_owner", at=world.lead)
    await world.open_period(OpenPeriod(world.regime_id, OCTOBER.key, owner))
    return await world.report_of(world.communes[0])


async def accepted(world: World, unit: UUID, value: str) -> Report:
    """A commune's report all the way to accepted, each act by somebody else."""
    report = await sent(world, unit, value)
    await world.act(report, Action.ACCEPT, world.person("decide", "take_in", at=world.lead))
    return await world.read(report)


async def sent(world: World, unit: UUID, value: str) -> Report:
    report = await world.report_of(unit)
    clerk, leader = (
        world.person("entry", at=unit),
        world.person("approve", "approve_figures", "send", at=unit),
    )
    await enter(world, report, clerk, typed("KTXH.15", "G", value))
    version = (await world.read(report)).version
    await world.submit(SubmitReport(report.id, version, clerk))
    await world.act(report, Action.APPROVE_FIGURES, leader)
    await world.act(report, Action.APPROVE, leader)
    return await world.send(SendReport(report.id, (await world.read(report)).version, leader))


async def test_a_period_is_opened_once_with_one_report_for_each_unit_and_its_article(world: World) -> None:
    report = await opened(world)
    again = await world.open_period(
        OpenPeriod(world.regime_id, OCTOBER.key, world.person("regime_owner", at=world.lead))
    )
    assert (again.assigned, again.already) == (0, 3)
    assert (report.state, report.assignment.deadline.article) == (State.ASSIGNED, "TH 7.3")


async def test_only_the_accounts_that_the_regime_names_take_in_and_approve(world: World) -> None:
    named, other = (world.person("decide", "take_in", at=world.lead) for _ in range(2))
    await opened(world, approver_account_ids=[str(named)], receiver_account_ids=[str(named)])
    report = await sent(world, world.communes[0], "5")
    for action in (Action.TAKE_IN, Action.ACCEPT, Action.REJECT):
        with pytest.raises(errors.NotNamed) as refusal:
            await world.act(report, action, other, "Sai")
        assert refusal.value.rule
    assert await world.tasks(other) == []
    assert [task.action for task in await world.tasks(named)] == [Action.ACCEPT]
    await world.act(report, Action.TAKE_IN, named)
    assert (await world.act(report, Action.ACCEPT, named)).state is State.ACCEPTED


async def test_the_scheduler_opens_what_is_due_and_only_that(world: World) -> None:
    await world.publish(opens_itself=True, assigns_itself=True)
    await world.opener()
    await world.opener()
    async with world.open() as uow:
        assert len(await uow.reports.of_period(world.regime_id, OCTOBER.key)) == 3


async def test_figures_typed_in_the_grid_are_computed_by_the_form_and_keep_their_versions(
    world: World,
) -> None:
    report = await opened(world)
    clerk = world.person("entry")
    saved = await enter(
        world, report, clerk, typed("KTXH.15", "G", "1.593,3"), typed("KTXH.16", "G", "6,7"),
        typed("KTXH.15", "F", "abc"), typed("KTXH.13", "G", "5"), typed("KTXH.15", "E", "8,55"),
    )  # fmt: skip
    assert {m.code for m in saved.refused} == {
        "forms.number.not_a_number", "forms.cell.not_an_input", "forms.cell.too_precise",
    }  # fmt: skip
    filing = next(f for f in (await world.reading.contents(clerk, report.id)).checked.forms)
    assert filing.computed.get("KTXH.14", "G") == Number(Decimal("1600.0"))

    other = world.person("entry")
    conflict = await enter(world, report, other, typed("KTXH.15", "G", "9"))
    assert conflict.entered.conflicts[0].theirs == {"number": "1593.3"}
    again = await enter(world, report, other, typed("KTXH.15", "G", "9", version=1))
    assert (again.entered.conflicts, again.draft.last_edit) == ((), 3)


async def test_a_filled_workbook_is_shown_first_and_never_blanks_a_figure(world: World) -> None:
    report = await opened(world)
    clerk = world.person("entry")
    # G16 is filled in the copy; a remark stands only in the grid.
    await enter(world, report, clerk, typed("KTXH.15", "J", "Ghi chú của xã"))
    shown = await world.import_workbook(ImportWorkbook(report.id, world.form_id, clerk, FILLED, dry_run=True))
    assert shown.changed
    assert (await world.reading.contents(clerk, report.id)).figures[world.form_id].get(
        "KTXH.15", "G"
    ) == BLANK

    await world.import_workbook(ImportWorkbook(report.id, world.form_id, clerk, FILLED, dry_run=False))
    contents = await world.reading.contents(clerk, report.id)
    assert contents.checked.forms[0].computed.get("KTXH.13", "G") == Number(Decimal("1593.3"))
    assert contents.checked.errors == []
    remark = contents.figures[world.form_id].get("KTXH.15", "J")
    assert remark != BLANK


async def test_who_submits_without_having_seen_a_newer_edit_is_shown_it(world: World) -> None:
    report = await opened(world)
    first, second = world.person("entry"), world.person("entry")
    saved = await enter(world, report, first, typed("KTXH.15", "G", "5"))
    await enter(world, report, second, typed("KTXH.16", "G", "6"))
    version = (await world.read(report)).version
    with pytest.raises(errors.NewerEdits) as refusal:
        await world.submit(SubmitReport(report.id, version, first, last_edit=saved.draft.last_edit))
    assert refusal.value.details["cells"][0]["row"] == "KTXH.16"


async def test_returned_figures_are_corrected_in_a_second_revision_with_its_difference(world: World) -> None:
    report = await opened(world)
    clerk, leader = world.person("entry"), world.person("approve", "approve_figures")
    await enter(world, report, clerk, typed("KTXH.15", "G", "5"))
    await world.submit(SubmitReport(report.id, (await world.read(report)).version, clerk))
    with pytest.raises(errors.ReasonMissing):
        await world.act(report, Action.RETURN, leader)
    await world.act(report, Action.RETURN, leader, "Sai dòng Nông nghiệp")
    await enter(world, report, clerk, typed("KTXH.15", "G", "7", version=1))
    await world.submit(SubmitReport(report.id, (await world.read(report)).version, clerk))

    _, revision, _, changes = await world.reading.revision(clerk, report.id, 2)
    (change,) = changes[world.form_id].cells
    assert (change.row, change.before, change.after) == ("KTXH.15", Number(Decimal(5)), Number(Decimal(7)))
    assert revision.canonical_hash != (await world.read(report)).revisions.all[0].canonical_hash
    history = await world.histories.acts(clerk, report.id)
    assert [shown.act.action for shown in history] == [
        Action.ENTER, Action.SUBMIT, Action.RETURN, Action.ENTER, Action.SUBMIT,
    ]  # fmt: skip


async def test_a_report_goes_through_its_whole_life_and_is_aggregated_with_its_sources(world: World) -> None:
    await opened(world)
    first = await accepted(world, world.communes[0], "5,5")
    await accepted(world, world.communes[1], "4,5")
    assert (first.state, first.punctuality(world.now).late) == (State.ACCEPTED, False)

    officer = world.person("aggregate", "decide", at=world.lead)
    made = await world.aggregate(MakeAggregation(world.regime_id, OCTOBER.key, officer))
    form = made.forms[0]
    assert form.figures.get("KTXH.15", "G") == Number(Decimal("10.0"))
    assert form.computed.get("KTXH.14", "G") == Number(Decimal("10.0"))
    sources = await world.aggregates.sources(officer, made.id, "KTXH.15", "G")
    assert sorted(source["value"]["number"] for source in sources) == ["4.5", "5.5"]
    drilled = await world.aggregates.sources(officer, made.id, "KTXH.14", "G")
    assert sorted(source["value"]["number"] for source in drilled) == ["4.5", "5.5"]

    view = await world.aggregates.view(officer, made.id)
    assert not view.stale
    await accepted(world, world.communes[2], "1")
    stale = await world.aggregates.view(officer, made.id)
    assert stale.stale
    changed = {(w.key.row, w.key.column) for w in stale.would_change}
    assert ("KTXH.15", "G") in changed

    exported = await world.exports.aggregation(officer, made.id, None, "xlsx")
    assert exported.data[:2] == b"PK"
    receipt = (await world.histories.last_receipt(officer, first.id))[1].receipt
    assert (receipt.late, receipt.article, receipt.canonical_hash) == (False, "TH 7.3", first.canonical_hash)


async def test_the_lead_agency_does_not_see_figures_that_were_not_sent(world: World) -> None:
    report = await opened(world)
    await enter(world, report, world.person("entry"), typed("KTXH.15", "G", "5"))
    officer = world.person("decide", at=world.lead)
    with pytest.raises(Exception, match="chưa gửi báo cáo này"):
        await world.reading.contents(officer, report.id)
    assert (await world.reading.view(officer, report.id)).filings == []


async def test_a_report_of_another_unit_is_not_there_for_me(world: World) -> None:
    report = await opened(world)
    neighbour = world.person("entry", at=world.communes[1])
    with pytest.raises(Exception, match="ngoài phạm vi của bạn"):
        await enter(world, report, neighbour, typed("KTXH.15", "G", "5"))


async def test_tasks_and_progress_say_whose_turn_it_is(world: World) -> None:
    report = await opened(world)
    clerk, leader = world.person("entry"), world.person("approve_figures", "approve")
    assert [task.action for task in await world.tasks(clerk)] == [Action.ENTER]
    assert await world.tasks(leader) == []
    await enter(world, report, clerk, typed("KTXH.15", "G", "5"))
    await world.submit(SubmitReport(report.id, (await world.read(report)).version, clerk))
    assert [task.action for task in await world.tasks(leader)] == [Action.APPROVE_FIGURES]
    assert await world.tasks(clerk) == []

    officer = world.person("take_in", "decide", at=world.lead)
    progress = await world.progress(officer, world.regime_id, OCTOBER.key)
    assert progress.by_state == {"in_review": 1, "assigned": 2}
    found = await world.lines.found("kt-xh xa so 1", await world.standings.reach(officer), 10)
    assert report.id in [line.id for line in found]
    assert (
        await world.lines.found("kt-xh xa so 1", await world.standings.reach(world.person("entry")), 10)
        != found
    )
