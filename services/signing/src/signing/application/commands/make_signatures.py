"""Makes the signatures whose turn it is: the leader's, the agency's with number and day, or both in one act.

A token takes half a second and a time stamp may take longer, so signing happens outside any transaction. The
number must be in the signed text, so it is chosen before, and checked again under lock when everything is
recorded at once: if another document of the agency took it meanwhile, the signature is thrown away and made
again with the next number. Nothing is seen of an attempt that was not recorded; numbers have no holes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID
from weakref import WeakValueDictionary

from kit.actor import Actor
from kit.clock import VIETNAM, Clock, vietnam_day
from kit.directory import Directory, DirectoryAccount

from signing.application.pins import PinCare
from signing.application.ports import DocumentSigner, Files, OpenUnitOfWork, SignOrder, Typesetter
from signing.domain.errors import NumbersRacing, PersonNeeded, PinWrong, RequestMovedOn
from signing.domain.labels import agency_label, signer_label
from signing.domain.letterhead import date_line
from signing.domain.register import REPORT_KIND, EntryState, RegisterEntry, choose_number, number_text
from signing.domain.request import Numbering, Signature, SigningRequest
from signing.domain.states import Action, SignerRole
from signing.domain.workflow import TRANSITIONS

ATTEMPTS = 6
_ACTIONS = {SignerRole.LEADER: Action.SIGN, SignerRole.AGENCY: Action.ISSUE}
_PIN_FIELDS = {SignerRole.LEADER: "pin", SignerRole.AGENCY: "agency_pin"}


@dataclass(frozen=True, slots=True)
class MakeSignatures:
    """`pins` says which signatures are to be made now; several are made in the order of the steps."""

    request_id: UUID
    pins: Mapping[SignerRole, str] = field(repr=False)
    number: int | None
    actor: Actor


@dataclass(frozen=True, slots=True)
class _Act:
    request: SigningRequest
    roles: Sequence[SignerRole]
    pins: Mapping[SignerRole, str] = field(repr=False)
    asked: int | None
    account: DirectoryAccount
    actor: Actor
    marks: Mapping[str, Any]

    @property
    def numbered(self) -> bool:
        """The number is set with the last signature that the document needs."""
        return self.request.steps.roles[-1] in self.roles


@dataclass(frozen=True, slots=True)
class _Made:
    signatures: list[Signature] = field(default_factory=list)
    files: list[Any] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class MakeSignaturesHandler:
    open_unit_of_work: OpenUnitOfWork
    directory: Directory
    typesetter: Typesetter
    signer: DocumentSigner
    files: Files
    care: PinCare
    clock: Clock
    # One document of an agency at a time in this process; between processes the lock of the register decides.
    turns: WeakValueDictionary[tuple[UUID, int], asyncio.Lock] = field(default_factory=WeakValueDictionary)

    async def __call__(self, command: MakeSignatures) -> SigningRequest:
        act = await self._allowed(command)
        if not act.numbered:
            made = await self._sign(act, None)
            recorded = await self._record(act, made, None)
            assert recorded is not None
            return recorded
        year = vietnam_day(self.clock()).year
        turn = self.turns.setdefault((act.request.unit_id, year), asyncio.Lock())
        async with turn:
            for _ in range(ATTEMPTS):
                numbering = await self._choose(act)
                made = await self._sign(act, numbering)
                if (recorded := await self._record(act, made, numbering)) is not None:
                    return recorded
        raise NumbersRacing()

    async def _allowed(self, command: MakeSignatures) -> _Act:
        if command.actor.account_id is None:
            raise PersonNeeded()
        async with self.open_unit_of_work() as uow:
            request: SigningRequest = await uow.requests.get(command.request_id)
        roles = [role for role in request.steps.roles if role in command.pins] or [*command.pins]
        marks: dict[str, Any] = {}
        request.next_state(_ACTIONS[roles[0]])
        for role in roles:
            right = next(row.right for (_, action), row in TRANSITIONS.items() if action is _ACTIONS[role])
            permission = await self.directory.require(
                command.actor, right, request.unit_id, request.regime_id, weight="decision"
            )
            marks |= permission.marks
        account = await self.directory.account(command.actor.account_id)
        if account.program:
            raise PersonNeeded()
        return _Act(request, roles, command.pins, command.number, account, command.actor, marks)

    async def _choose(self, act: _Act) -> Numbering:
        request, day = act.request, vietnam_day(self.clock())
        async with self.open_unit_of_work() as uow:
            entries = await uow.register.entries(request.unit_id, REPORT_KIND, day.year)
        number = choose_number(entries, report_id=request.report_id, year=day.year, asked=act.asked)
        return Numbering(number, number_text(number, request.unit_symbol), day)

    async def _sign(self, act: _Act, numbering: Numbering | None) -> _Made:
        pdf = await self._document(act)
        made = _Made()
        for role in act.roles:
            last = role is act.request.steps.roles[-1]
            at = self.clock()
            order = self._order(act, role, numbering if last else None, at, last=last)
            self.care.check(order.label, order.pin, at, _PIN_FIELDS[role] if len(act.roles) > 1 else "pin")
            try:
                signed = await self.signer.sign(pdf, order)
            except PinWrong as error:
                raise (self.care.wrong(order.label, at) or error) from None
            self.care.right(order.label)
            pdf = signed.pdf
            stored = await self.files.put(pdf)
            made.files.append(stored)
            made.signatures.append(
                Signature(
                    role=role,
                    account_id=act.account.id,
                    signer_name=order.whose,
                    certificate_serial=signed.certificate_serial,
                    certificate_subject=signed.certificate_subject,
                    certificate_issuer=signed.certificate_issuer,
                    certificate_ends_at=signed.certificate_ends_at,
                    signed_at=at,
                    document_sha256=stored.sha256,
                )
            )
        return made

    async def _document(self, act: _Act) -> bytes:
        """Printed again if another person than the one asked signs first: their name stands under the text."""
        request = act.request
        unsigned = not request.signatures and SignerRole.LEADER in act.roles
        if unsigned and request.printed_signer != str(act.account.id):
            content = self.typesetter.read(await self.files.read(request.content_sha256))
            printed = await self.typesetter.print(
                content,
                request.steps.roles,
                signer_name=act.account.full_name,
                signer_title=act.account.position_title,
                at=self.clock(),
            )
            return printed.pdf
        return await self.files.read(request.document_sha256)

    def _order(
        self, act: _Act, role: SignerRole, numbering: Numbering | None, at: datetime, *, last: bool
    ) -> SignOrder:
        request, account = act.request, act.account
        moment = at.astimezone(VIETNAM).isoformat(timespec="seconds")
        if role is SignerRole.LEADER:
            label, whose = signer_label(account.username), account.full_name
            title = [f"Chức vụ: {account.position_title}"] if account.position_title else []
            stamp = [f"Ký bởi: {whose}", *title, f"Cơ quan: {request.unit_name}", f"Thời gian ký: {moment}"]
        else:
            label, whose = agency_label(request.unit_id), request.unit_name
            stamp = [request.unit_name.upper(), f"Thời gian ký: {moment}"]
        lines = {}
        if numbering is not None:
            lines["so"] = f"Số: {numbering.text}"
            lines["ngay"] = date_line(request.place_name, numbering.issued_on, numbering.issued_on.year)
        return SignOrder(role, label, act.pins[role], whose, tuple(stamp), lines, request.place_name, last)

    async def _record(self, act: _Act, made: _Made, numbering: Numbering | None) -> SigningRequest | None:
        """None if the number has been taken by another document meanwhile."""
        at = self.clock()
        async with self.open_unit_of_work() as uow:
            request: SigningRequest = await uow.requests.lock(act.request.id)
            if request.version != act.request.version:
                raise RequestMovedOn()
            if numbering is not None and not await self._numbered(uow, act, numbering):
                return None
            before = request.state
            for signature in made.signatures:
                if signature.role is SignerRole.LEADER:
                    request.printed_signer = str(act.account.id)
                    request.leader_signs(signature, numbering, at)
                else:
                    assert numbering is not None
                    request.agency_signs(signature, numbering, at)
            await uow.requests.save(request)
            uow.outbox.add(*request.pull_events())
            uow.audit.record(
                aggregate_kind="signing_request",
                aggregate_id=request.id,
                act="signed" if numbering is None else "issued",
                actor=act.actor,
                before={"state": before},
                after={
                    "state": request.state,
                    "document_sha256": request.document_sha256,
                    "certificates": [signature.certificate_serial for signature in made.signatures],
                    "number": numbering.text if numbering else None,
                },
                province_id=request.province_id,
                marks=act.marks,
            )
            for stored in made.files:
                await self.files.remember(uow.session, stored, "application/pdf")
            await uow.commit()
        return request

    async def _numbered(self, uow: Any, act: _Act, numbering: Numbering) -> bool:
        request, year = act.request, numbering.issued_on.year
        entries = await uow.register.lock(request.unit_id, REPORT_KIND, year)
        now = choose_number(entries, report_id=request.report_id, year=year, asked=act.asked)
        if now != numbering.number:
            return False
        await uow.register.save(
            RegisterEntry(
                unit_id=request.unit_id,
                kind=REPORT_KIND,
                year=year,
                number=numbering.number,
                report_id=request.report_id,
                request_id=request.id,
                state=EntryState.ISSUED,
                issued_on=numbering.issued_on,
            )
        )
        return True
