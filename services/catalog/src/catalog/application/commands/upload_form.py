"""An official workbook comes in: guarded, read, kept, and proposed to the designer as a draft."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from uuid import UUID

from forms import reading
from kit.actor import Actor
from kit.clock import Clock

from catalog.application.linking import take_over_links
from catalog.application.neighbours import neighbours_of, others_carried
from catalog.application.ports import Files, OpenUnitOfWork, WorkbookReader
from catalog.application.whereabouts import DESIGN_RIGHTS, Someone, Whereabouts
from catalog.domain.errors import NotAWorkbook, SecretRefused
from catalog.domain.form import Form, FormVersion, Proposal, refuse_secret


@dataclass(frozen=True, slots=True)
class UploadForm:
    file_name: str
    data: bytes
    code: str
    name: str
    owner_unit_id: UUID | None
    secret: bool
    actor: Actor


@dataclass(frozen=True, slots=True)
class UploadFormVersion:
    form_id: UUID
    file_name: str
    data: bytes
    actor: Actor


@dataclass(frozen=True, slots=True)
class UploadFormHandler:
    """Nothing of a refused file is kept: it is read and judged before the store sees it."""

    open_unit_of_work: OpenUnitOfWork
    whereabouts: Whereabouts
    files: Files
    workbooks: WorkbookReader
    clock: Clock
    make_id: Callable[[], UUID]

    async def new_form(self, command: UploadForm) -> tuple[Form, FormVersion]:
        someone = await self.whereabouts.of(command.actor)
        owner_id = command.owner_unit_id or someone.unit_id or someone.province_id
        marks = await self.whereabouts.require(someone, DESIGN_RIGHTS, owner_id)
        form = Form.register(
            self.make_id(),
            province_id=someone.province_id,
            owner_unit_id=owner_id,
            code=command.code,
            name=command.name,
            at=self.clock(),
        )
        if command.secret:
            raise SecretRefused(await self._secret_rule(someone))
        proposed = await self._read(someone, command.file_name, command.data)
        template = await self.files.put(command.data)
        version = self._draft(form, 1, proposed, template.sha256, template.size)
        async with self.open_unit_of_work() as uow:
            await uow.forms.add(form)
            await uow.forms.add_version(version, template)
            uow.audit.record(
                aggregate_kind="form",
                aggregate_id=form.id,
                act="register",
                actor=command.actor,
                after={"code": form.code, "name": form.name, "template": template.sha256},
                province_id=form.province_id,
                marks=marks,
            )
            await uow.commit()
        return form, version

    async def new_version(self, command: UploadFormVersion) -> FormVersion:
        someone = await self.whereabouts.of(command.actor)
        async with self.open_unit_of_work() as uow:
            form = await uow.forms.get(someone.province_id, command.form_id)
        marks = await self.whereabouts.require(someone, DESIGN_RIGHTS, form.owner_unit_id)
        proposed = await self._read(someone, command.file_name, command.data)
        template = await self.files.put(command.data)
        async with self.open_unit_of_work() as uow:
            form = await uow.forms.get(someone.province_id, command.form_id, for_update=True)
            before = await uow.forms.newest(someone.province_id, form.id)
            version = self._draft(form, before.number + 1, proposed, template.sha256, template.size)
            around = await neighbours_of(uow, version, before.model)
            version.take_over_rules(before.model, around.forms, await others_carried(uow, before))
            await take_over_links(uow, form, before, version)
            await uow.forms.add_version(version, template)
            uow.audit.record(
                aggregate_kind="form",
                aggregate_id=form.id,
                act="add_version",
                actor=command.actor,
                after={"number": version.number, "template": template.sha256},
                province_id=form.province_id,
                marks=marks,
            )
            await uow.commit()
        return version

    async def _read(self, someone: Someone, file_name: str, data: bytes) -> reading.Proposal:
        if not file_name.lower().endswith(".xlsx"):
            raise NotAWorkbook(file_name, ".xlsx")
        profile = await self.whereabouts.profile_today(someone.province_id)
        proposed = await self.workbooks.propose(data, text_rule=profile.unicode_text.reference)
        refuse_secret(proposed.model, profile.regimes.secret_refused.reference)
        return proposed

    async def _secret_rule(self, someone: Someone) -> str:
        profile = await self.whereabouts.profile_today(someone.province_id)
        return profile.regimes.secret_refused.reference

    def _draft(
        self, form: Form, number: int, proposed: reading.Proposal, template_sha256: str, template_size: int
    ) -> FormVersion:
        return FormVersion(
            id=self.make_id(),
            form_id=form.id,
            province_id=form.province_id,
            owner_unit_id=form.owner_unit_id,
            code=form.code,
            name=form.name,
            number=number,
            model=proposed.model,
            proposal=Proposal(
                reasons=tuple(note.model_dump(mode="json") for note in proposed.reasons),
                left_as_label=tuple(asdict(cell) for cell in proposed.left_as_label),
            ),
            template_sha256=template_sha256,
            template_size=template_size,
            created_at=self.clock(),
        )
