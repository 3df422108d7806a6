from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from google.protobuf.json_format import Parse
from kit.actor import Actor
from reporting.submission.v1 import submission_pb2 as pb
from submission.application.commands.send_report import SendReport
from submission.application.commands.submit_report import SubmitReport
from submission.application.reactions.signing_told import ISSUED, LEADER_SIGNED, SigningTold
from submission.domain.report import Report, Signature
from submission.domain.states import Action, State

from .test_cycle import enter, opened, typed
from .world import World


async def approved(world: World) -> tuple[Report, Actor]:
    report = await opened(world, signing="demanded")
    clerk = world.person("entry")
    leader = world.person("approve_figures", "approve", "send", "issue", "sign")
    await enter(world, report, clerk, typed("KTXH.15", "G", "1.593,3"))
    await world.submit(SubmitReport(report.id, (await world.read(report)).version, clerk))
    await world.act(report, Action.APPROVE_FIGURES, leader)
    await world.act(report, Action.APPROVE, leader)
    return await world.read(report), leader


def told(report: Report, actor: Actor, **different: object) -> SigningTold:
    at = report.revisions.working.sealed_at
    assert at is not None
    plain = SigningTold("r1", report.id, report.revision, report.canonical_hash, actor, at)
    return replace(plain, **different)  # type: ignore[arg-type]


async def test_signing_is_asked_once_with_the_document_as_it_will_be_printed(world: World) -> None:
    report, _ = await approved(world)
    await world.asker()
    await world.asker()
    (order,) = [order for order in world.signing.asked if order.report_id == report.id]
    assert (order.revision, order.canonical_hash) == (1, report.canonical_hash)
    content = Parse(await world.files.read(order.content_sha256), pb.ReportContent())
    table = content.tables[0]
    texts = [[cell.text for cell in row.cells] for row in table.body_rows]
    assert any("Nông nghiệp" in row and "1.593,3" in row for row in texts)
    top = [(cell.text, cell.column_span, cell.row_span) for cell in table.header_rows[0].cells]
    assert ("So sánh (%)", 2, 1) in top
    assert ("STT", 1, 2) in top
    assert (content.authority, content.unit_symbol, content.place_name) == (
        "TM. ỦY BAN NHÂN DÂN",
        "UBND",
        "Số 1",
    )


async def test_signing_that_does_not_answer_is_asked_again_later(world: World) -> None:
    report, _ = await approved(world)
    world.signing.away = True
    await world.asker()
    assert (await world.read(report)).state is State.APPROVED
    world.signing.away = False
    world.now += timedelta(minutes=1)
    await world.asker()
    assert report.id in {order.report_id for order in world.signing.asked}


async def test_signatures_of_the_current_revision_move_the_report_and_it_can_be_sent(world: World) -> None:
    report, leader = await approved(world)
    async with world.open() as uow:
        await world.reactions.signed(uow, told(report, leader), LEADER_SIGNED)
        await uow.commit()
    signature = Signature("12/BC-UBND", "2026-11-19", "ff")
    async with world.open() as uow:
        await world.reactions.signed(uow, told(report, leader, signature=signature), ISSUED)
        await uow.commit()
    issued = await world.read(report)
    assert (issued.state, issued.signature.number) == (State.ISSUED, "12/BC-UBND")
    sent = await world.send(SendReport(report.id, issued.version, leader))
    assert sent.state is State.SENT


@pytest.mark.parametrize("wrong", [{"revision": 2}, {"canonical_hash": "00"}])
async def test_a_signature_for_anything_but_the_current_revision_changes_nothing_and_is_void(
    world: World, wrong: dict[str, object]
) -> None:
    report, leader = await approved(world)
    async with world.open() as uow:
        await world.reactions.signed(uow, told(report, leader, **wrong), LEADER_SIGNED)
        await uow.commit()
    assert (await world.read(report)).state is State.APPROVED
    await world.asker()
    assert report.id in {voided for voided, _ in world.signing.voided}


async def test_taking_an_approved_report_back_voids_its_signatures(world: World) -> None:
    report, leader = await approved(world)
    await world.asker()
    await world.act(report, Action.TAKE_BACK, leader, "Sai số liệu")
    await world.asker()
    assert (report.id, 1) in world.signing.voided


async def test_a_leader_who_refuses_to_sign_gives_the_report_back_with_the_reason(world: World) -> None:
    report, leader = await approved(world)
    async with world.open() as uow:
        await world.reactions.refused(uow, told(report, leader, reason="Chưa đúng thẩm quyền"))
        await uow.commit()
    returned = await world.read(report)
    assert returned.state is State.RETURNED
    assert returned.last_act is not None
    assert returned.last_act.reason == "Chưa đúng thẩm quyền"
