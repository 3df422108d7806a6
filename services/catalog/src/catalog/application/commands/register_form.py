"""A form is registered step by step; each step is recorded with who, when and why, and told to whose turn it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kit.actor import Actor
from kit.clock import Clock
from kit.directory.records import Weight
from province_profile import ProvinceProfile

from catalog.application.ports import Files, OpenUnitOfWork, UnitOfWork, WorkbookReader
from catalog.application.whereabouts import DESIGN_RIGHTS, REGIME_RIGHTS, Someone, Whereabouts
from catalog.domain.errors import NotAWorkbook, SecretRefused, UnitsOutside
from catalog.domain.form import FormVersion, FormVersionState, refuse_secret
from catalog.domain.regime import RegimeState
from catalog.domain.registration import (
    Action,
    Asked,
    FormRegistration,
    Notice,
    Party,
    Step,
    Workbook,
    refuse_incomplete,
)
from catalog.domain.registration_errors import FormNotReady, RegimeWithoutThisForm

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class SendRegistration:
    asked: Asked
    owner_unit_id: UUID | None
    lead_unit_id: UUID | None
    file_name: str
    data: bytes
    secret: bool
    actor: Actor


@dataclass(frozen=True, slots=True)
class SendRegistrationAgain:
    registration_id: UUID
    expected_version: int
    asked: Asked
    file_name: str
    data: bytes
    """Empty: the workbook sent before stays."""
    actor: Actor


@dataclass(frozen=True, slots=True)
class MoveRegistration:
    registration_id: UUID
    expected_version: int
    action: Action
    actor: Actor
    reason: str = ""
    form_version_id: UUID | None = None
    notice_number: str = ""
    notice_on: date | None = None
    regime_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class FormRegistrar:
    open_unit_of_work: OpenUnitOfWork
    whereabouts: Whereabouts
    files: Files
    workbooks: WorkbookReader
    clock: Clock
    make_id: Callable[[], UUID]

    async def send(self, command: SendRegistration) -> FormRegistration:
        someone = await self.whereabouts.of(command.actor)
        owner = command.owner_unit_id or someone.unit_id or someone.province_id
        marks = await self.whereabouts.require(someone, REGIME_RIGHTS, owner)
        profile = await self.whereabouts.profile_today(someone.province_id)
        if command.secret:
            raise SecretRefused(profile.regimes.secret_refused.reference)
        refuse_incomplete(command.asked, profile.registration)
        lead = command.lead_unit_id or owner
        if await self.whereabouts.province_of(lead) != someone.province_id:
            raise UnitsOutside("lead_unit_id", [str(lead)])
        async with self.open_unit_of_work() as uow:
            registration = FormRegistration.send(
                self.make_id(),
                province_id=someone.province_id,
                owner_unit_id=owner,
                lead_unit_id=lead,
                asked=command.asked,
                workbook=await self._kept(uow, command.file_name, command.data, profile),
                step=await self._step(Action.SEND, command.actor),
                rules=profile.registration,
            )
            await uow.registrations.add(registration)
            await self._done(uow, registration, profile, command.actor, marks)
        return registration

    async def send_again(self, command: SendRegistrationAgain) -> FormRegistration:
        someone = await self.whereabouts.of(command.actor)
        profile = await self.whereabouts.profile_today(someone.province_id)
        async with self.open_unit_of_work() as uow:
            registration = await uow.registrations.get(
                someone.province_id, command.registration_id, for_update=True
            )
            marks = await self._require(someone, registration, Action.SEND, profile)
            registration.expect(command.expected_version)
            workbook = (
                await self._kept(uow, command.file_name, command.data, profile) if command.data else None
            )
            step = await self._step(Action.SEND, command.actor)
            registration.send_again(command.asked, workbook, step, profile.registration)
            await uow.registrations.save(registration)
            await self._done(uow, registration, profile, command.actor, marks)
        return registration

    async def move(self, command: MoveRegistration) -> FormRegistration:
        someone = await self.whereabouts.of(command.actor)
        profile = await self.whereabouts.profile_today(someone.province_id)
        rules = profile.registration
        async with self.open_unit_of_work() as uow:
            registration = await uow.registrations.get(
                someone.province_id, command.registration_id, for_update=True
            )
            marks = await self._require(someone, registration, command.action, profile)
            registration.expect(command.expected_version)
            step = await self._step(command.action, command.actor, command.reason)
            match command.action:
                case Action.HAND_OVER:
                    version = await self._form(uow, someone, command.form_version_id, FormVersionState.TRIAL)
                    # Whoever sent the registration tries the form: the version is theirs to see from now on.
                    version.invite(
                        [one.account_id for one in registration.steps if one.action is Action.SEND]
                    )
                    await uow.forms.save_version(version)
                    registration.hand_over(version.id, step, rules)
                case Action.PUBLISH:
                    await self._form(uow, someone, registration.form_version_id, FormVersionState.PUBLISHED)
                    registration.move(step, rules)
                case Action.ANNOUNCE:
                    issued_on = command.notice_on or step.at.date()
                    registration.announce(Notice(command.notice_number, issued_on), step, rules)
                case Action.ASSIGN:
                    regime_id = await self._regime(uow, someone, registration, command.regime_id)
                    registration.assign(regime_id, step, rules)
                case _:
                    registration.move(step, rules)
            await uow.registrations.save(registration)
            await self._done(uow, registration, profile, command.actor, marks)
        return registration

    async def designer_unit(self, registration: FormRegistration, profile: ProvinceProfile) -> UUID:
        at_lead = profile.registration.designer.place == "lead_unit"
        return registration.lead_unit_id if at_lead else registration.province_id

    async def _require(
        self, someone: Someone, registration: FormRegistration, action: Action, profile: ProvinceProfile
    ) -> dict[str, object]:
        """The party whose step it is, at that party's unit. A step that isn't offered is refused as such."""
        party = registration.party_of(action, profile.registration)
        weight: Weight = "decision" if action in (Action.PUBLISH, Action.ASSIGN) else "entry"
        if party is Party.DESIGNER:
            place = await self.designer_unit(registration, profile)
            rights: tuple[str, ...] = (profile.registration.designer.right, "province_admin")
        elif party is Party.LEAD:
            place, rights = registration.lead_unit_id, (*REGIME_RIGHTS, "aggregate")
        else:
            place, rights = registration.owner_unit_id, REGIME_RIGHTS
        return await self.whereabouts.require(someone, rights, place, weight=weight)

    async def _kept(self, uow: UnitOfWork, file_name: str, data: bytes, profile: ProvinceProfile) -> Workbook:
        """Read and judged before the store sees it, as every official workbook is."""
        if not file_name.lower().endswith(".xlsx"):
            raise NotAWorkbook(file_name, ".xlsx")
        proposed = await self.workbooks.propose(data, text_rule=profile.unicode_text.reference)
        refuse_secret(proposed.model, profile.regimes.secret_refused.reference)
        stored = await self.files.put(data)
        await uow.regimes.remember_file(stored, XLSX)
        return Workbook(file_name, stored.sha256, stored.size)

    async def _step(self, action: Action, actor: Actor, reason: str = "") -> Step:
        account = await self.whereabouts.directory.account(actor.account_id or UUID(int=0))
        return Step(action, self.clock(), account.id, account.full_name, reason.strip())

    async def _form(
        self, uow: UnitOfWork, someone: Someone, version_id: UUID | None, wanted: FormVersionState
    ) -> FormVersion:
        version = await uow.forms.get_version(someone.province_id, version_id or UUID(int=0), for_update=True)
        if version.state is not wanted:
            raise FormNotReady(version.state, wanted)
        return version

    async def _regime(
        self, uow: UnitOfWork, someone: Someone, registration: FormRegistration, regime_id: UUID | None
    ) -> UUID:
        regime = await uow.regimes.get(someone.province_id, regime_id or UUID(int=0))
        uses = registration.form_version_id in regime.terms.form_version_ids
        if regime.state is not RegimeState.PUBLISHED or not uses:
            raise RegimeWithoutThisForm(regime.terms.name)
        return regime.id

    async def _done(
        self,
        uow: UnitOfWork,
        registration: FormRegistration,
        profile: ProvinceProfile,
        actor: Actor,
        marks: dict[str, object],
    ) -> None:
        designers = await self.designer_unit(registration, profile)
        uow.outbox.add(*registration.pull_events(profile.registration, designers))
        last = registration.steps[-1]
        uow.audit.record(
            aggregate_kind="form_registration",
            aggregate_id=registration.id,
            act=last.action,
            actor=actor,
            after={"state": registration.state, "reason": last.reason},
            province_id=registration.province_id,
            marks=marks,
        )
        await uow.commit()


SEEN_BY = (*DESIGN_RIGHTS, "regime_owner", "aggregate")
