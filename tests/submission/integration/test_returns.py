"""Returned with places marked, corrected, compared: what each side sees of it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from forms.values import Number
from kit.actor import Actor
from kit.errors import InvalidInput, NotFound
from submission.application.commands.enter_figures import CellEdit
from submission.application.commands.send_report import SendReport
from submission.application.commands.settle_place import SettlePlace
from submission.application.commands.submit_report import SubmitReport
from submission.application.commands.write_narrative import WriteNarrative
from submission.domain import errors
from submission.domain.acts import PinnedCell
from submission.domain.report import Report
from submission.domain.saving import SectionChange
from submission.domain.states import Action

from .test_cycle import enter, opened, typed
from .world import World

RICE = PinnedCell(row="KTXH.15", column="G", note="Thiếu số của ấp 3")
TOTAL = PinnedCell(row="KTXH.14", column="G", note="Cộng lại")
TEXT = PinnedCell(section_id="I", note="Nêu nguyên nhân")


async def submitted(world: World, report: Report, clerk: Actor, *edits: CellEdit) -> None:
    await enter(world, report, clerk, *edits)
    await world.submit(SubmitReport(report.id, (await world.read(report)).version, clerk))


async def returned(world: World, *pinned: PinnedCell) -> tuple[Report, Actor, Actor]:
    report = await opened(world)
    clerk, leader = world.person("entry"), world.person("approve", "approve_figures", "send")
    await submitted(world, report, clerk, typed("KTXH.15", "G", "5"))
    await world.act(report, Action.RETURN, leader, "Sai dòng Nông nghiệp", pinned)
    return report, clerk, leader


async def test_each_place_of_a_return_is_told_in_words_with_its_own_reason(world: World) -> None:
    report, clerk, _ = await returned(world, RICE, TEXT)
    *_, act = await world.histories.acts(clerk, report.id)
    rice, text = act.places
    assert rice.in_words().startswith("Một số chỉ tiêu kinh tế - xã hội, ô G15, ")
    assert (rice.pin.note, rice.pin.form_version_id) == ("Thiếu số của ấp 3", world.form_id)
    assert text.in_words() == "Thuyết minh, mục «I. Tình hình thực hiện»"


@pytest.mark.parametrize(
    ("pinned", "code"),
    [
        (PinnedCell(row="KTXH.15", column="G", note=" "), "submission.pin.note_missing"),
        (PinnedCell(row="KTXH.15", column="B", note="Nhãn"), "submission.pin.place_unknown"),
        (PinnedCell(row="KTXH.999", column="G", note="Không có"), "submission.pin.place_unknown"),
        (PinnedCell(section_id="IX", note="Không có mục"), "submission.pin.place_unknown"),
    ],
)
async def test_a_return_is_refused_for_a_place_that_is_not_there_or_says_nothing(
    world: World, pinned: PinnedCell, code: str
) -> None:
    report = await opened(world)
    clerk, leader = world.person("entry"), world.person("approve", "approve_figures")
    await submitted(world, report, clerk, typed("KTXH.15", "G", "5"))
    with pytest.raises(InvalidInput) as refusal:
        await world.act(report, Action.RETURN, leader, "Xem lại", [RICE, pinned])
    assert refusal.value.code == code
    assert "thứ 2" in refusal.value.message


async def test_the_clerk_marks_each_place_as_dealt_with_and_may_take_the_mark_away(world: World) -> None:
    report, clerk, leader = await returned(world, RICE, TOTAL)
    version = (await world.read(report)).version
    act = (await world.histories.acts(clerk, report.id))[-1].act.sequence
    await world.settle(SettlePlace(report.id, act, 1, True, clerk, "Đã cộng lại"))
    rice, total = (await world.histories.acts(leader, report.id))[-1].places
    assert rice.settled is None
    assert total.settled is not None and (total.settled.done, total.settled.answer) == (True, "Đã cộng lại")

    await world.settle(SettlePlace(report.id, act, 1, False, clerk))
    _, total = (await world.histories.acts(leader, report.id))[-1].places
    assert total.settled is not None and not total.settled.done
    assert (await world.read(report)).version == version


async def test_only_who_may_enter_marks_and_only_the_newest_return(world: World) -> None:
    report, clerk, leader = await returned(world, RICE)
    first = (await world.histories.acts(clerk, report.id))[-1].act.sequence
    with pytest.raises(errors.RightNotHeld):
        await world.settle(SettlePlace(report.id, first, 0, True, leader))
    with pytest.raises(Exception, match="chỗ cần sửa số 2"):
        await world.settle(SettlePlace(report.id, first, 1, True, clerk))
    await submitted(world, report, clerk, typed("KTXH.15", "G", "7", version=1))
    with pytest.raises(errors.ActionNotAllowed):
        await world.settle(SettlePlace(report.id, first, 0, True, clerk))
    await world.act(report, Action.RETURN, leader, "Vẫn sai", [RICE])
    with pytest.raises(errors.PinClosed):
        await world.settle(SettlePlace(report.id, first, 0, True, clerk))


async def test_two_revisions_differ_in_cells_with_names_totals_and_paragraphs(world: World) -> None:
    report, clerk, leader = await returned(world, RICE)
    await world.narrate(WriteNarrative(report.id, clerk, [SectionChange("I", "Lúa được mùa.", 0)]))
    await submitted(world, report, clerk, typed("KTXH.15", "G", "7", version=1))

    compared = await world.compare(leader, report.id)
    assert (compared.before.number, compared.after.number) == (1, 2)
    cells = {cell.name.a1: cell for cell in compared.forms[0].cells}
    assert (cells["G15"].before, cells["G15"].after) == (Number(Decimal(5)), Number(Decimal(7)))
    assert cells["G15"].name.measure and not cells["G15"].name.computed
    assert cells["G14"].name.computed
    (section,) = compared.narrative
    assert (section.heading, section.before, section.after) == (
        "I. Tình hình thực hiện", "", "Lúa được mùa.",
    )  # fmt: skip


async def test_a_first_revision_has_nothing_to_be_compared_with(world: World) -> None:
    report = await opened(world)
    with pytest.raises(NotFound, match="mới có một lần trình"):
        await world.compare(world.person("entry"), report.id)


async def test_the_lead_agency_compares_what_was_sent_to_it_and_has_each_receipt(world: World) -> None:
    report, clerk, leader = await returned(world, RICE)
    receiver = world.person("decide", "take_in", at=world.lead, name="Lê Thị Tiếp Nhận")

    async def send_again(value: str, version: int) -> None:
        await submitted(world, report, clerk, typed("KTXH.15", "G", value, version=version))
        await world.act(report, Action.APPROVE_FIGURES, leader)
        await world.act(report, Action.APPROVE, leader)
        await world.send(SendReport(report.id, (await world.read(report)).version, leader))
        await world.act(report, Action.TAKE_IN, receiver)

    await send_again("7", 1)
    await world.act(report, Action.REJECT, receiver, "Chưa khớp niên giám", [RICE])
    await send_again("8", 2)

    compared = await world.compare(receiver, report.id)
    assert [revision.number for revision in compared.choices] == [2, 3]
    assert [revision.number for revision in (await world.compare(clerk, report.id)).choices] == [1, 2, 3]
    with pytest.raises(NotFound, match="lần trình 1"):
        await world.compare(receiver, report.id, before=1)

    _, receipts = await world.histories.receipts(receiver, report.id)
    assert [(shown.sending, shown.receipt.revision) for shown in receipts] == [(1, 2), (2, 3)]
    assert [shown.taken_in and shown.taken_in.who_name for shown in receipts] == ["Lê Thị Tiếp Nhận"] * 2
