"""A newer version of a form in the middle of a period: previewed, moved by consent alone, aggregated with both."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from forms.model import FormModel
from forms.reading import propose
from forms.values import BLANK, CellKey, Number, value_from_json
from kit.actor import Actor
from kit.db import KIT
from kit.errors import DomainError, NotPermitted
from sqlalchemy import select
from submission.application.commands.enter_figures import EnterFigures
from submission.application.commands.make_aggregation import MakeAggregation
from submission.application.commands.move_forms import MoveForms
from submission.application.commands.send_report import SendReport
from submission.application.commands.submit_report import SubmitReport
from submission.application.queries.form_moves import FormMoves
from submission.domain.entry import Road
from submission.domain.errors import ActionNotAllowed, NewerEdits
from submission.domain.moving_errors import NothingToMove, OtherFallen
from submission.domain.report import Report
from submission.domain.states import Action, State
from submission.entrypoints.http.aggregations import AggregationOut
from submission.entrypoints.http.form_moves import FormMovesOut

from tests.forms.building import changed

from .test_cycle import accepted, enter, opened, sent, typed
from .world import OCTOBER, World

FARMING, FORESTRY, FISHERY = "KTXH.15", "KTXH.16", "KTXH.17"
NEW_LABELS = {"B15": "Lâm nghiệp", "B16": "Nông nghiệp", "B17": "Diêm nghiệp"}


def newer_form() -> FormModel:
    """Two rows have changed places, and one has become another."""

    def relabel(page: Any) -> None:
        for a1, label in NEW_LABELS.items():
            page[a1] = label

    return propose(changed("kt-xh-thang", relabel)).model


def number(text: str) -> Number:
    return Number(Decimal(text))


async def entered(world: World, clerk: Actor, *more: str) -> Report:
    report = await opened(world)
    await enter(
        world, report, clerk, typed(FARMING, "G", "5"), typed(FORESTRY, "G", "6"), typed(FISHERY, "G", "7")
    )
    return report


def agreed(moves: FormMoves, report: Report, clerk: Actor) -> MoveForms:
    versions = [(move.before.id, move.after.id) for move in moves.waiting]
    fallen = sum(len(move.moved.fallen) for move in moves.waiting)
    return MoveForms(report.id, clerk, versions, moves.last_edit, fallen)


async def moved(world: World, report: Report, clerk: Actor) -> Report:
    return await world.move_forms(agreed(await world.form_moves(clerk, report.id), report, clerk))


async def test_nothing_waits_while_the_regime_names_the_version_the_report_has(world: World) -> None:
    clerk = world.person("entry")
    report = await entered(world, clerk)
    shown = FormMovesOut.of(await world.form_moves(clerk, report.id))
    assert (shown.movable, shown.waiting, shown.done, shown.why_not) == (False, [], [], None)


async def test_a_preview_says_what_is_kept_what_has_no_place_and_what_is_new_and_changes_nothing(
    world: World,
) -> None:
    clerk = world.person("entry")
    report = await entered(world, clerk)
    new = await world.take_version(newer_form())

    shown = FormMovesOut.of(await world.form_moves(clerk, report.id))

    (form,) = shown.waiting
    assert (shown.movable, form.from_number, form.to_number, form.to_version_id) == (True, 1, 2, new)
    assert form.kept == 2
    (fallen,) = form.fallen
    assert (fallen.value, fallen.reason, fallen.why) == (
        {"number": "7"}, "row_gone", "Phiên bản mới không còn dòng này.",
    )  # fmt: skip
    assert "Thủy sản" in fallen.place and "ô G17" in fallen.place
    assert {cell.place.split(",")[1].strip() for cell in form.new_cells} == {"Diêm nghiệp"}
    totals = {total.place: (total.before, total.after) for total in form.totals}
    assert ({"number": "18.0"}, {"number": "11.0"}) in totals.values()
    assert (await world.read(report)).assignment.form_version_ids == (world.form_id,)


async def test_consent_moves_this_report_alone_and_keeps_what_has_no_place_readable(world: World) -> None:
    clerk = world.person("entry", name="Lê Thị Nhập")
    report = await entered(world, clerk)
    new = await world.take_version(newer_form())

    await moved(world, report, clerk)

    contents = await world.reading.contents(clerk, report.id)
    figures = contents.figures[new]
    assert (figures.get("KTXH.16", "G"), figures.get("KTXH.15", "G")) == (number("5"), number("6"))
    assert figures.get("KTXH.17", "G") == BLANK
    assert contents.draft is not None
    assert {state.road for state in contents.draft.filing(new).cells.values()} == {Road.MOVED}
    assert contents.draft.filing(world.form_id).value_of(CellKey(FISHERY, "G")) == number("7")
    other = await world.report_of(world.communes[1])
    assert other.assignment.form_version_ids == (world.form_id,)

    after = FormMovesOut.of(await world.form_moves(clerk, report.id))
    assert (after.waiting, after.movable) == ([], False)
    (done,) = after.done
    assert (done.kept, done.by.name, [each.value for each in done.fallen]) == (
        2,
        "Lê Thị Nhập",
        [{"number": "7"}],
    )
    async with world.database.reading() as session:
        told = await session.execute(
            select(KIT.audit_record.c.after).where(
                KIT.audit_record.c.act == "move_form", KIT.audit_record.c.aggregate_id == str(report.id)
            )
        )
    (record,) = told.scalars()
    assert (record["kept"], record["fallen"][0]["value"]) == (2, {"number": "7"})


async def test_the_old_version_takes_no_more_figures_and_the_new_one_does(world: World) -> None:
    clerk = world.person("entry")
    report = await entered(world, clerk)
    new = await world.take_version(newer_form())
    await moved(world, report, clerk)
    with pytest.raises(DomainError) as refusal:
        await enter(world, report, clerk, typed(FARMING, "G", "8", version=1))
    assert refusal.value.code == "submission.report.part_not_found"
    saved = await world.enter(EnterFigures(report.id, new, clerk, [typed("KTXH.17", "G", "9")]))
    assert saved.refused == () and saved.draft.filing(new).value_of(CellKey("KTXH.17", "G")) == number("9")


async def test_consent_to_something_else_than_what_stands_there_is_refused(world: World) -> None:
    clerk, other = world.person("entry"), world.person("entry")
    report = await entered(world, clerk)
    await world.take_version(newer_form())
    order = agreed(await world.form_moves(clerk, report.id), report, clerk)

    with pytest.raises(OtherFallen) as counted:
        await world.move_forms(MoveForms(report.id, clerk, order.versions, order.last_edit, 0))
    assert (counted.value.code, counted.value.details) == (
        "submission.form_move.other_fallen", {"seen": 0, "fallen": 1},
    )  # fmt: skip
    backwards = [(after, before) for before, after in order.versions]
    with pytest.raises(NothingToMove):
        await world.move_forms(MoveForms(report.id, clerk, backwards, order.last_edit, 1))
    await enter(world, report, other, typed("KTXH.19", "G", "1"))
    with pytest.raises(NewerEdits):
        await world.move_forms(order)
    assert (await world.read(report)).assignment.form_version_ids == (world.form_id,)


async def test_only_who_may_enter_moves_a_report_and_only_while_it_is_with_its_unit(world: World) -> None:
    await opened(world)
    report = await sent(world, world.communes[0], "5")
    await world.take_version(newer_form())
    clerk, reader = world.person("entry"), world.person("monitor")

    shown = FormMovesOut.of(await world.form_moves(clerk, report.id))
    assert not shown.movable and shown.why_not is not None
    assert (shown.why_not.code, "đã gửi" in shown.why_not.message) == (
        "submission.report.action_not_allowed",
        True,
    )
    with pytest.raises(ActionNotAllowed):
        await moved(world, report, clerk)

    waiting = await world.report_of(world.communes[1])
    monitor = world.person("monitor", at=world.communes[1])
    assert not FormMovesOut.of(await world.form_moves(monitor, waiting.id)).movable
    with pytest.raises(NotPermitted):
        await moved(world, waiting, monitor)
    assert not FormMovesOut.of(await world.form_moves(reader, report.id)).movable


async def test_a_returned_report_is_moved_in_its_next_revision_and_compared_across_versions(
    world: World,
) -> None:
    await opened(world)
    report = await sent(world, world.communes[0], "5")
    lead = world.person("decide", "take_in", at=world.lead)
    await world.act(report, Action.RETURN, lead, "Xem lại số liệu")
    new = await world.take_version(newer_form())
    clerk = world.person("entry")

    done = await moved(world, report, clerk)

    assert (done.state, done.revision) == (State.DRAFTING, 2)
    compared = await world.compare(clerk, report.id, 1, 2)
    assert [each.form.id for each in compared.forms if each.nothing] == [new]
    await world.submit(SubmitReport(report.id, done.version, clerk))
    _, _, content, changes = await world.reading.revision(clerk, report.id, 2)
    assert (set(content.figures), changes[new].nothing) == ({new}, True)


async def test_a_report_whose_every_figure_has_no_place_is_not_sent_empty(world: World) -> None:
    clerk = world.person("entry")
    report = await opened(world)
    await enter(world, report, clerk, typed(FISHERY, "G", "7"))
    await world.take_version(newer_form())
    done = await moved(world, report, clerk)
    with pytest.raises(DomainError) as refusal:
        await world.submit(SubmitReport(report.id, done.version, clerk))
    assert refusal.value.code == "submission.report.nothing_entered"


async def accepted_in(world: World, unit: UUID, version_id: UUID, **figures: str) -> None:
    report = await world.report_of(unit)
    clerk, leader = (
        world.person("entry", at=unit),
        world.person("approve", "approve_figures", "send", at=unit),
    )
    await moved(world, report, clerk)
    edits = [typed(row.replace("_", "."), "G", raw) for row, raw in figures.items()]
    await world.enter(EnterFigures(report.id, version_id, clerk, edits))
    await world.submit(SubmitReport(report.id, (await world.read(report)).version, clerk))
    await world.act(report, Action.APPROVE_FIGURES, leader)
    await world.act(report, Action.APPROVE, leader)
    await world.send(SendReport(report.id, (await world.read(report)).version, leader))
    await world.act(report, Action.ACCEPT, world.person("decide", "take_in", at=world.lead))


async def test_reports_of_both_versions_are_aggregated_in_the_newer_and_what_has_no_place_is_named(
    world: World,
) -> None:
    await opened(world)
    first = world.communes[0]
    report = await world.report_of(first)
    await enter(world, report, world.person("entry", at=first), typed(FISHERY, "G", "7"))
    await accepted(world, first, "5")
    officer = world.person("aggregate", at=world.lead)
    order = MakeAggregation(world.regime_id, OCTOBER.key, officer)
    new = await world.take_version(newer_form())

    before = await world.aggregate(order)
    assert [form.form_version_id for form in before.forms] == [world.form_id]
    assert before.forms[0].fallen == ()

    await accepted_in(world, world.communes[1], new, KTXH_16="10", KTXH_17="2")
    stale = await world.aggregates.view(officer, before.id)
    would = {each.key: (each.before, each.after) for each in stale.would_change}
    assert stale.stale
    assert would[CellKey("KTXH.16", "G")] == (number("5"), number("15"))
    assert AggregationOut.of(stale).would_change[0].form_version_id == new

    made = await world.aggregate(order)
    (form,) = made.forms
    assert (form.form_version_id, form.figures.get("KTXH.16", "G")) == (new, number("15"))
    assert form.figures.get("KTXH.17", "G") == number("2")
    shown = AggregationOut.of(await world.aggregates.view(officer, made.id))
    (fallen,) = shown.forms[0].fallen
    assert (fallen.unit_name, fallen.from_number, fallen.value) == ("UBND xã Số 1", 1, {"number": "7"})
    assert "Thủy sản" in fallen.place and fallen.why
    assert not shown.stale
    sources = await world.aggregates.sources(officer, made.id, "KTXH.14", "G")
    assert {each["unit_name"]: value_from_json(each["value"]) for each in sources} == {
        "UBND xã Số 1": number("5.0"), "UBND xã Số 2": number("12.0"),
    }  # fmt: skip
