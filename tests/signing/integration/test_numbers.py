"""Numbers of documents on a real database: given at once, typed, kept, cancelled."""

from __future__ import annotations

import asyncio

import pytest
from kit.actor import Actor
from signing.application.commands.cancel_number import CancelNumber
from signing.application.commands.make_signatures import MakeSignatures
from signing.application.commands.void_request import VoidRequest
from signing.domain.errors import NumberTaken
from signing.domain.register import EntryState
from signing.domain.states import SignerRole, State

from tests.signing.building import UNIT, a_content
from tests.signing.integration.conftest import Stage


async def test_numbers_given_at_once_have_no_hole_and_no_double(stage: Stage) -> None:
    count = 6
    signed = [await stage.sign(await stage.request()) for _ in range(count)]

    issued = await asyncio.gather(*(stage.issue(one) for one in signed))

    assert sorted(one.numbering.number for one in issued if one.numbering) == [*range(1, count + 1)]
    clerk = Actor.account(stage.clerk.id)
    year = issued[0].numbering.issued_on.year  # type: ignore[union-attr]
    found = await stage.app.register.of(clerk, UNIT, year)
    assert len(found.entries) == count and found.gaps == []


async def test_two_processes_never_give_the_same_number(stage: Stage) -> None:
    """Without the lock inside the process, the lock of the register alone decides."""
    first, second = [await stage.sign(await stage.request()) for _ in range(2)]
    handler = stage.app.make_signatures
    act = MakeSignatures(
        first.id, {SignerRole.AGENCY: stage.pins["agency"]}, None, Actor.account(stage.clerk.id)
    )
    allowed = await handler._allowed(act)
    numbering = await handler._choose(allowed)
    made = await handler._sign(allowed, numbering)

    other = await stage.issue(second)

    assert other.numbering is not None and other.numbering.number == numbering.number
    assert await handler._record(allowed, made, numbering) is None
    assert (await stage.issue(first)).numbering.number == numbering.number + 1  # type: ignore[union-attr]


async def test_a_typed_number_in_use_is_refused(stage: Stage) -> None:
    first = await stage.sign(await stage.request())
    second = await stage.sign(await stage.request())
    assert (await stage.issue(first, number=12)).numbering.text == "12/BC-UBND"  # type: ignore[union-attr]
    with pytest.raises(NumberTaken):
        await stage.issue(second, number=12)


async def test_a_recalled_documents_number_waits_for_the_next_revision(stage: Stage) -> None:
    content = a_content()
    issued = await stage.issue(await stage.sign(await stage.request(content)))
    system = Actor.system_job("submission")

    voided = await stage.app.void_request(VoidRequest(issued.report_id, 1, "Thu hồi để sửa", system))
    other = await stage.issue(await stage.sign(await stage.request()))
    again = a_content(report_id=content.report_id, revision=2)
    second = await stage.issue(await stage.sign(await stage.request(again)))

    assert voided is State.VOID
    assert other.numbering.number == 2  # type: ignore[union-attr]
    assert second.numbering.number == 1  # type: ignore[union-attr]
    _, verdict = await stage.app.documents.verification(issued.id, Actor.account(stage.head.id))
    assert not verdict.valid and "Thu hồi để sửa" in verdict.problems[-1]


async def test_a_kept_number_can_be_cancelled_with_a_reason(stage: Stage) -> None:
    issued = await stage.issue(await stage.sign(await stage.request()))
    numbering = issued.numbering
    assert numbering is not None
    await stage.app.void_request(VoidRequest(issued.report_id, 1, "Thu hồi", Actor.system_job("submission")))

    clerk = Actor.account(stage.clerk.id)
    cancelled = await stage.app.cancel_number(
        CancelNumber(UNIT, numbering.issued_on.year, numbering.number, "Không phát hành lại", clerk)
    )

    assert cancelled.state is EntryState.CANCELLED
