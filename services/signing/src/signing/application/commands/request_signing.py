"""Asks for the signatures of one revision: fetches the approved content, prints it, waits for people."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kit.actor import Actor
from kit.clock import Clock
from kit.directory import Directory, DirectoryAccount
from kit.errors import NotFound
from kit.ids import new_id

from signing.application.commands.void_request import void_in
from signing.application.ports import ContentSource, Files, OpenUnitOfWork, PrintedContent, Typesetter
from signing.domain.errors import ContentDiffers, LeaderMissing, RevisionOutdated
from signing.domain.request import SigningRequest, first_state
from signing.domain.states import State, Steps


@dataclass(frozen=True, slots=True)
class RequestSigning:
    report_id: UUID
    revision: int
    canonical_hash: str
    province_id: UUID
    unit_id: UUID
    lead_unit_id: UUID | None
    regime_id: UUID | None
    content_sha256: str
    leader_account_id: UUID | None
    steps: Steps
    title: str
    period_label: str
    due_at: datetime | None
    actor: Actor


@dataclass(frozen=True, slots=True)
class RequestSigningHandler:
    open_unit_of_work: OpenUnitOfWork
    directory: Directory
    source: ContentSource
    typesetter: Typesetter
    files: Files
    clock: Clock

    async def __call__(self, command: RequestSigning) -> SigningRequest:
        if (known := await self._known(command)) is not None:
            return known
        leader = await self._leader(command)
        data = await self.source.read(command.content_sha256)
        if hashlib.sha256(data).hexdigest() != command.content_sha256:
            raise ContentDiffers()
        content = self.typesetter.read(data)
        _check_same(content, command)
        now = self.clock()
        printed = await self.typesetter.print(
            content,
            command.steps.roles,
            signer_name=leader.full_name if leader else "",
            signer_title=leader.position_title if leader else "",
            at=now,
        )
        kept = await self.files.put(data)
        document = await self.files.put(printed.pdf)
        request = _request(command, content, document.sha256, leader, now)
        async with self.open_unit_of_work() as uow:
            earlier = await uow.requests.of_report(command.report_id, lock=True)
            if not await uow.requests.add(request):
                return self._same(await uow.requests.of_report(command.report_id), command)
            for old in earlier:
                if old.state is not State.VOID:
                    await void_in(uow, old, f"Có lần {command.revision} thay thế.", command.actor, now)
            await self.files.remember(uow.session, kept, "application/json")
            await self.files.remember(uow.session, document, "application/pdf")
            uow.audit.record(
                aggregate_kind="signing_request",
                aggregate_id=request.id,
                act="requested",
                actor=command.actor,
                after={"report_id": request.report_id, "revision": request.revision, "steps": request.steps},
                province_id=request.province_id,
            )
            await uow.commit()
        return request

    async def _known(self, command: RequestSigning) -> SigningRequest | None:
        async with self.open_unit_of_work() as uow:
            found = await uow.requests.of_report(command.report_id)
        if any(one.revision > command.revision for one in found):
            raise RevisionOutdated(command.revision)
        if any(one.revision == command.revision for one in found):
            return self._same(found, command)
        return None

    def _same(self, found: list[SigningRequest], command: RequestSigning) -> SigningRequest:
        existing = next(one for one in found if one.revision == command.revision)
        return existing.same_as(command.canonical_hash)

    async def _leader(self, command: RequestSigning) -> DirectoryAccount | None:
        if command.leader_account_id is None:
            return None
        try:
            account = await self.directory.account(command.leader_account_id)
        except NotFound as error:
            raise LeaderMissing() from error
        if account.province_id != command.province_id or not account.active:
            raise LeaderMissing()
        return account


def _check_same(content: PrintedContent, command: RequestSigning) -> None:
    told = (content.report_id, content.revision, content.canonical_hash)
    if told != (str(command.report_id), command.revision, command.canonical_hash):
        raise ContentDiffers()


def _request(
    command: RequestSigning,
    content: PrintedContent,
    document_sha256: str,
    leader: DirectoryAccount | None,
    now: datetime,
) -> SigningRequest:
    return SigningRequest(
        id=new_id(),
        province_id=command.province_id,
        report_id=command.report_id,
        revision=command.revision,
        canonical_hash=command.canonical_hash,
        unit_id=command.unit_id,
        lead_unit_id=command.lead_unit_id,
        regime_id=command.regime_id,
        steps=command.steps,
        leader_account_id=command.leader_account_id,
        title=command.title,
        period_label=command.period_label,
        unit_name=content.unit_name,
        unit_symbol=content.unit_symbol,
        place_name=content.place_name,
        due_at=command.due_at,
        content_sha256=command.content_sha256,
        document_sha256=document_sha256,
        printed_signer=str(leader.id) if leader else "",
        state=first_state(command.steps),
        created_at=now,
    )
