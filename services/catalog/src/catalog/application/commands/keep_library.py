"""The library of forms: a form is copied, travels between provinces as a signed package, and says what it serves for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from forms.asking import measure_of
from forms.binding import indicator_of
from forms.model import CellKind, FormModel
from forms.values import CellKey
from kit.actor import Actor
from kit.clock import Clock

from catalog.application.form_package import FormPackage, read_package, write_package
from catalog.application.linking import anchored, relink_versions, source_versions
from catalog.application.ports import Files, OpenUnitOfWork, PackageSeal, UnitOfWork, WorkbookReader
from catalog.application.queries.look_up import LookUp
from catalog.application.whereabouts import DESIGN_RIGHTS, Someone, Whereabouts
from catalog.domain.form import Form, FormLink, FormPurpose, FormVersion, Proposal, refuse_secret
from catalog.domain.form_errors import LinkBroken, PackageUnreadable


@dataclass(frozen=True, slots=True)
class CopyForm:
    form_version_id: UUID
    code: str
    name: str
    owner_unit_id: UUID | None
    actor: Actor


@dataclass(frozen=True, slots=True)
class ImportPackage:
    data: bytes
    code: str
    """Empty: the code that the package brings."""
    owner_unit_id: UUID | None
    dry_run: bool
    actor: Actor


@dataclass(frozen=True, slots=True)
class ServeForm:
    form_id: UUID
    expected_version: int
    purpose: FormPurpose
    links: Sequence[FormLink]
    actor: Actor


@dataclass(frozen=True, slots=True)
class Imported:
    package: FormPackage
    code: str
    code_taken: bool
    form: Form | None
    draft: FormVersion | None


@dataclass(frozen=True, slots=True)
class Library:
    open_unit_of_work: OpenUnitOfWork
    whereabouts: Whereabouts
    look_up: LookUp
    files: Files
    workbooks: WorkbookReader
    seal: PackageSeal
    clock: Clock
    make_id: Callable[[], UUID]

    async def copy(self, command: CopyForm) -> tuple[Form, FormVersion]:
        """A draft of its own: what happens to the original later does not touch it."""
        someone = await self.whereabouts.of(command.actor)
        original = await self.look_up.form_version(command.actor, command.form_version_id)
        owner = command.owner_unit_id or someone.unit_id or someone.province_id
        marks = await self.whereabouts.require(someone, DESIGN_RIGHTS, owner)
        form = self._form(someone, owner, command.code, command.name)
        template = await self._read(original.template_sha256)
        async with self.open_unit_of_work() as uow:
            draft = await self._add(uow, form, original.model, original.proposal, template)
            _record(uow, form, "copy", command.actor, marks, of=str(original.id))
            await uow.commit()
        return form, draft

    async def export(self, actor: Actor, form_version_id: UUID) -> tuple[FormVersion, bytes]:
        someone = await self.whereabouts.of(actor)
        version = await self.look_up.form_version(actor, form_version_id)
        template = await self._read(version.template_sha256)
        source = (await self.whereabouts.directory.place(someone.province_id)).name
        packed = write_package(version, template, source=source, at=self.clock(), seal=self.seal)
        return version, packed

    async def take_in(self, command: ImportPackage) -> Imported:
        """A dry run says what would come in and keeps nothing."""
        someone = await self.whereabouts.of(command.actor)
        owner = command.owner_unit_id or someone.unit_id or someone.province_id
        marks = await self.whereabouts.require(someone, DESIGN_RIGHTS, owner)
        profile = await self.whereabouts.profile_today(someone.province_id)
        package = await asyncio.to_thread(read_package, command.data, self.seal)
        proposed = await self.workbooks.propose(package.template, text_rule=profile.unicode_text.reference)
        refuse_secret(proposed.model, profile.regimes.secret_refused.reference)
        if proposed.model.fingerprint != package.model.fingerprint:
            raise PackageUnreadable("tệp .xlsx không phải của biểu mẫu trong gói")
        code = command.code.strip() or package.code
        async with self.open_unit_of_work() as uow:
            taken = await uow.forms.code_taken(someone.province_id, code)
            if command.dry_run:
                return Imported(package, code, taken, None, None)
            form = self._form(someone, owner, code, package.name)
            draft = await self._add(uow, form, package.model, Proposal(), package.template)
            _record(uow, form, "take_in", command.actor, marks, source=package.source, signer=package.signer)
            await uow.commit()
        return Imported(package, code, taken, form, draft)

    async def serve(self, command: ServeForm) -> Form:
        """DL-9.2a: entry form, report form or both; and which approved figures fill which cell."""
        someone = await self.whereabouts.of(command.actor)
        async with self.open_unit_of_work() as uow:
            form = await uow.forms.get(someone.province_id, command.form_id, for_update=True)
            marks = await self.whereabouts.require(someone, DESIGN_RIGHTS, form.owner_unit_id)
            form.expect(command.expected_version)
            form.serve(command.purpose, await anchored(uow, form.province_id, command.links))
            own = await uow.forms.newest(form.province_id, form.id)
            faults = await self._faults(uow, form, own)
            if faults:
                raise LinkBroken(faults)
            await uow.forms.save(form)
            await relink_versions(uow, form, own)
            _record(
                uow, form, "serve", command.actor, marks, purpose=form.purpose, links=str(len(form.links))
            )
            await uow.commit()
        return form

    async def _faults(self, uow: UnitOfWork, form: Form, own: FormVersion) -> list[str]:
        sources = await source_versions(uow, form.province_id, form.links)
        found: list[str] = []
        for link in form.links:
            source = sources.get(link.from_version_id) if link.from_version_id else None
            if link.from_form_id == form.id:
                found.append(f"{link.row}/{link.column}: biểu không lấy số liệu của chính nó")
            elif not _has(own.model, link.row, link.column, {CellKind.INPUT}):
                found.append(f"{link.row}/{link.column}: biểu này không có ô nhập ở đó")
            elif source is None or source.form_id != link.from_form_id:
                found.append(f"{link.row}/{link.column}: biểu nguồn chưa công bố")
            elif not _has(source.model, link.from_row, link.from_column, {CellKind.INPUT, CellKind.COMPUTED}):
                found.append(f"{link.row}/{link.column}: biểu {source.code} không có ô nguồn")
            elif (here := _measure(own.model, link.row, link.column)) != (
                there := _measure(source.model, link.from_row, link.from_column)
            ):
                words = f"«{here or 'không nêu'}», ô nguồn của biểu {source.code} là «{there or 'không nêu'}»"
                found.append(f"{link.row}/{link.column}: đơn vị tính khác nhau, ô nhận là {words}")
        return found

    def _form(self, someone: Someone, owner: UUID, code: str, name: str) -> Form:
        return Form.register(
            self.make_id(),
            province_id=someone.province_id,
            owner_unit_id=owner,
            code=code,
            name=name,
            at=self.clock(),
        )

    async def _add(
        self, uow: UnitOfWork, form: Form, model: FormModel, proposal: Proposal, template: bytes
    ) -> FormVersion:
        stored = await self.files.put(template)
        draft = FormVersion(
            id=self.make_id(),
            form_id=form.id,
            province_id=form.province_id,
            owner_unit_id=form.owner_unit_id,
            code=form.code,
            name=form.name,
            number=1,
            model=model,
            proposal=proposal,
            template_sha256=stored.sha256,
            template_size=stored.size,
            created_at=self.clock(),
        )
        await uow.forms.add(form)
        await uow.forms.add_version(draft, stored)
        return draft

    async def _read(self, sha256: str) -> bytes:
        return b"".join([piece async for piece in self.files.stream(sha256)])


def _has(model: FormModel, row: str, column: str, kinds: set[CellKind]) -> bool:
    cell = model.cell_for(row, column)
    return cell is not None and cell.kind in kinds


def _measure(model: FormModel, row: str, column: str) -> str:
    """What the cell is measured in: as printed, else as its indicator says."""
    cell = model.cells[CellKey(row, column)]
    bound = indicator_of(model, cell)
    return (measure_of(model, row, column) or (bound.measure if bound else "")).casefold()


def _record(
    uow: UnitOfWork, form: Form, act: str, actor: Actor, marks: dict[str, object], **after: str
) -> None:
    uow.audit.record(
        aggregate_kind="form",
        aggregate_id=form.id,
        act=act,
        actor=actor,
        after={"code": form.code, **after},
        province_id=form.province_id,
        marks=marks,
    )
