"""One report's document from request to issue, on a real database, token and time-stamp service."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from kit.actor import Actor
from kit.db.tables import KIT
from kit.errors import NotPermitted
from signing.adapters.postgres.tables import metadata
from signing.application.commands.make_signatures import MakeSignatures
from signing.application.commands.refuse_request import RefuseRequest
from signing.application.commands.verify_document import VerifyDocument
from signing.domain.errors import (
    ActionNotAllowed,
    ContentDiffers,
    PinWrong,
    RequestMovedOn,
    RequestNotFound,
    RevisionDiffers,
    RevisionOutdated,
)
from signing.domain.states import SignerRole, State, Steps
from sqlalchemy import select

from tests.signing.building import a_command, a_content, a_grant, as_file, told_by
from tests.signing.integration.conftest import Stage


async def subjects(stage: Stage) -> list[str]:
    async with stage.database.reading() as session:
        rows = await session.execute(select(KIT.outbox).order_by(KIT.outbox.c.version))
        return [row.subject.split(".")[3] for row in rows]


async def test_leader_and_agency_sign_and_both_signatures_are_valid(stage: Stage, tmp_path: Path) -> None:
    request = await stage.sign(await stage.request())
    assert request.state is State.WAITING_AGENCY and request.numbering is None

    issued = await stage.issue(request)

    assert issued.state is State.ISSUED
    assert issued.numbering is not None and issued.numbering.text == "01/BC-UBND"
    assert await subjects(stage) == ["leader_signed", "issued"]
    _, verdict = await stage.app.documents.verification(issued.id, Actor.account(stage.head.id))
    assert verdict.valid, verdict.problems
    assert [one["signer"] for one in verdict.signatures] == [
        "Nguyễn Văn Ân",
        "Ủy ban nhân dân xã An Phước",
    ]
    assert all(one["timestamped_at"] for one in verdict.signatures)
    assert "sau đó chỉ điền số, ngày và ký tiếp" in verdict.signatures[0]["verdict"]
    path = tmp_path / "issued.pdf"
    path.write_bytes(await stage.document(issued))
    assert "Số: 01/BC-UBND" in told_by("pdftotext", "-l", "1", path, "-")


async def test_pdfsig_finds_both_signatures_valid(stage: Stage, tmp_path: Path) -> None:
    issued = await stage.issue(await stage.sign(await stage.request()))
    path = tmp_path / "issued.pdf"
    path.write_bytes(await stage.document(issued))

    told = told_by("pdfsig", path)

    assert told.count("Signature is Valid.") == 2
    assert told.count("ETSI.CAdES.detached") == 2
    assert told.count("Total document signed") == 1


async def test_both_sign_in_one_act(stage: Stage) -> None:
    request = await stage.request(steps=Steps.ONE_ACT)
    stage.directory.grants.append(a_grant(stage.head, "issue"))
    both = {SignerRole.AGENCY: stage.pins["agency"], SignerRole.LEADER: stage.pins["chu.tich"]}

    issued = await stage.app.make_signatures(
        MakeSignatures(request.id, both, None, Actor.account(stage.head.id))
    )

    assert issued.state is State.ISSUED and len(issued.signatures) == 2
    assert await subjects(stage) == ["leader_signed", "issued"]


async def test_where_the_leader_alone_signs_the_document_has_number_and_one_signature(stage: Stage) -> None:
    issued = await stage.sign(await stage.request(steps=Steps.LEADER_ONLY))

    assert issued.state is State.ISSUED and issued.numbering is not None
    _, verdict = await stage.app.documents.verification(issued.id, Actor.account(stage.head.id))
    assert verdict.valid and len(verdict.signatures) == 1


async def test_where_the_agency_alone_signs_the_document_is_valid(stage: Stage) -> None:
    issued = await stage.issue(await stage.request(steps=Steps.AGENCY_ONLY))

    _, verdict = await stage.app.documents.verification(issued.id, Actor.account(stage.head.id))
    assert verdict.valid and len(verdict.signatures) == 1
    assert await subjects(stage) == ["issued"]


async def test_a_deputy_who_signs_stands_under_the_text(stage: Stage, tmp_path: Path) -> None:
    signed = await stage.sign(await stage.request(), stage.deputy)

    path = tmp_path / "signed.pdf"
    path.write_bytes(await stage.document(signed))
    text = told_by("pdftotext", path, "-")
    assert "KT. CHỦ TỊCH" in text and "Đỗ Thị Hường" in text and "Nguyễn Văn Ân" not in text


async def test_any_changed_byte_is_detected(stage: Stage) -> None:
    issued = await stage.issue(await stage.sign(await stage.request()))
    pdf = bytearray(await stage.document(issued))
    pdf[len(pdf) // 3] ^= 1

    judged = await stage.app.verify_document(VerifyDocument(bytes(pdf), Actor.account(stage.head.id)))

    assert not judged.verification.valid
    assert "đã bị sửa" in judged.verification.problems[0]


async def test_anything_added_after_the_last_signature_is_detected(stage: Stage) -> None:
    issued = await stage.issue(await stage.sign(await stage.request()))
    pdf = await stage.document(issued) + b"\n% more\n"

    judged = await stage.app.verify_document(VerifyDocument(pdf, Actor.account(stage.head.id)))

    assert not judged.verification.valid


async def test_a_wrong_pin_signs_nothing_and_says_so(stage: Stage) -> None:
    request = await stage.request()
    with pytest.raises(PinWrong):
        await stage.app.make_signatures(
            MakeSignatures(request.id, {SignerRole.LEADER: "00000000"}, None, Actor.account(stage.head.id))
        )
    unchanged = await stage.app.reading.request(request.id, Actor.account(stage.head.id))
    assert unchanged.state is State.WAITING_LEADER and await subjects(stage) == []


async def test_who_has_no_right_signs_nothing(stage: Stage) -> None:
    request = await stage.request()
    with pytest.raises(NotPermitted):
        await stage.app.make_signatures(
            MakeSignatures(request.id, {SignerRole.LEADER: "12345678"}, None, Actor.account(stage.clerk.id))
        )
    with pytest.raises(RequestNotFound):
        await stage.app.reading.request(request.id, Actor.account(stage.stranger.id))


async def test_two_at_once_sign_once(stage: Stage) -> None:
    request = await stage.request()

    results = await asyncio.gather(
        stage.sign(request), stage.sign(request, stage.deputy), return_exceptions=True
    )

    failed = [one for one in results if isinstance(one, BaseException)]
    assert len(failed) == 1 and isinstance(failed[0], RequestMovedOn | ActionNotAllowed)
    assert await subjects(stage) == ["leader_signed"]


async def test_the_same_request_again_is_the_same_request(stage: Stage) -> None:
    content = a_content()
    first = await stage.request(content)
    second = await stage.request(content)
    assert first.id == second.id

    changed = a_content(report_id=content.report_id, canonical_hash="e" * 64)
    with pytest.raises(RevisionDiffers):
        await stage.request(changed)


async def test_a_newer_revision_voids_the_older_and_an_older_is_refused(stage: Stage) -> None:
    content = a_content()
    first = await stage.request(content)
    await stage.request(a_content(report_id=content.report_id, revision=2))

    old = await stage.app.reading.request(first.id, Actor.account(stage.head.id))
    assert old.state is State.VOID
    third = a_content(report_id=content.report_id, revision=3)
    await stage.request(third)
    with pytest.raises(RevisionOutdated):
        await stage.app.request_signing(a_command(a_content(report_id=content.report_id, revision=0)))


async def test_content_that_is_not_what_was_announced_is_refused(stage: Stage) -> None:
    content = a_content()
    command = a_command(content)
    stage.source.files[command.content_sha256] = as_file(a_content())
    with pytest.raises(ContentDiffers):
        await stage.app.request_signing(command)


async def test_refusing_tells_submission_why(stage: Stage) -> None:
    request = await stage.request()

    refused = await stage.app.refuse_request(
        RefuseRequest(request.id, "Sai số liệu biểu 01", Actor.account(stage.head.id))
    )

    assert refused.state is State.REFUSED and await subjects(stage) == ["refused"]


async def test_each_sees_what_waits_for_them(stage: Stage) -> None:
    await stage.request()
    waiting = await stage.sign(await stage.request())

    head = await stage.app.tasks.waiting(Actor.account(stage.head.id))
    deputy = await stage.app.tasks.waiting(Actor.account(stage.deputy.id))
    clerk = await stage.app.tasks.waiting(Actor.account(stage.clerk.id))

    assert len(head) == 1 and deputy == []
    assert [task.request.id for task in clerk] == [waiting.id]
    found = await stage.app.tasks.search(Actor.account(stage.clerk.id), "tinh hinh KINH te", 10)
    assert len(found) == 2


async def test_the_list_of_certificates_names_who_has_none(stage: Stage) -> None:
    stage.directory.grants.append(a_grant(stage.stranger, "sign"))

    found = await stage.app.certificates.of(Actor.account(stage.clerk.id))

    states = {one.holder: one.state for one in found}
    assert states["Nguyễn Văn Ân"] == "valid"
    assert states["Trần Văn Lạ"] == "missing"
    assert states["Ủy ban nhân dân xã An Phước"] == "valid"


async def test_no_pin_is_left_in_any_row(stage: Stage) -> None:
    await stage.issue(await stage.sign(await stage.request()))
    async with stage.database.reading() as session:
        for table in metadata.sorted_tables:
            rows = await session.execute(select(table))
            kept = " ".join(str(row) for row in rows)
            assert not any(pin in kept for pin in stage.pins.values()), table.name
