"""The designer corrects what the importer proposed, then publishes the version."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from forms.correcting import Correction
from forms.cumulatives import ColumnKind
from forms.rules import RuleText
from kit.actor import Actor
from kit.clock import Clock

from catalog.application.commands.bind_indicators import meanings
from catalog.application.neighbours import neighbours_of
from catalog.application.ports import OpenUnitOfWork
from catalog.application.whereabouts import DESIGN_RIGHTS, Whereabouts
from catalog.domain.errors import AccountsOutside
from catalog.domain.form import FormVersion, FormVersionState


@dataclass(frozen=True, slots=True)
class CorrectCells:
    form_version_id: UUID
    expected_version: int
    corrections: Sequence[Correction]
    actor: Actor


@dataclass(frozen=True, slots=True)
class SetRules:
    form_version_id: UUID
    expected_version: int
    rules: Sequence[RuleText]
    actor: Actor


@dataclass(frozen=True, slots=True)
class SetKinds:
    form_version_id: UUID
    expected_version: int
    kinds: Sequence[ColumnKind]
    actor: Actor


@dataclass(frozen=True, slots=True)
class PublishFormVersion:
    form_version_id: UUID
    expected_version: int
    actor: Actor


@dataclass(frozen=True, slots=True)
class MoveFormVersion:
    """Begins a trial (or invites further testers to it), or retires a version."""

    form_version_id: UUID
    expected_version: int
    actor: Actor
    testers: Sequence[UUID] = ()


@dataclass(frozen=True, slots=True)
class DesignFormHandler:
    open_unit_of_work: OpenUnitOfWork
    whereabouts: Whereabouts
    clock: Clock

    async def correct(self, command: CorrectCells) -> FormVersion:
        someone = await self.whereabouts.of(command.actor)
        async with self.open_unit_of_work() as uow:
            version = await uow.forms.get_version(
                someone.province_id, command.form_version_id, for_update=True
            )
            marks = await self.whereabouts.require(someone, DESIGN_RIGHTS, version.owner_unit_id)
            version.expect(command.expected_version)
            version.correct(command.corrections)
            await uow.forms.save_version(version)
            uow.audit.record(
                aggregate_kind="form_version",
                aggregate_id=version.id,
                act="correct_cells",
                actor=command.actor,
                after={"corrections": [one.model_dump(mode="json") for one in command.corrections]},
                province_id=version.province_id,
                marks=marks,
            )
            await uow.commit()
        return version

    async def set_rules(self, command: SetRules) -> FormVersion:
        someone = await self.whereabouts.of(command.actor)
        async with self.open_unit_of_work() as uow:
            version = await uow.forms.get_version(
                someone.province_id, command.form_version_id, for_update=True
            )
            marks = await self.whereabouts.require(someone, DESIGN_RIGHTS, version.owner_unit_id)
            version.expect(command.expected_version)
            before = version.model.rules
            version.set_rules(command.rules)
            await uow.forms.save_version(version)
            uow.audit.record(
                aggregate_kind="form_version",
                aggregate_id=version.id,
                act="set_rules",
                actor=command.actor,
                before={"rules": [_kept(rule) for rule in before]},
                after={"rules": [_kept(rule) for rule in version.model.rules]},
                province_id=version.province_id,
                marks=marks,
            )
            await uow.commit()
        return version

    async def set_kinds(self, command: SetKinds) -> FormVersion:
        someone = await self.whereabouts.of(command.actor)
        async with self.open_unit_of_work() as uow:
            version = await uow.forms.get_version(
                someone.province_id, command.form_version_id, for_update=True
            )
            marks = await self.whereabouts.require(someone, DESIGN_RIGHTS, version.owner_unit_id)
            version.expect(command.expected_version)
            version.set_kinds(command.kinds)
            await uow.forms.save_version(version)
            uow.audit.record(
                aggregate_kind="form_version",
                aggregate_id=version.id,
                act="set_kinds",
                actor=command.actor,
                after={"columns": [one.model_dump(mode="json") for one in command.kinds]},
                province_id=version.province_id,
                marks=marks,
            )
            await uow.commit()
        return version

    async def publish(self, command: PublishFormVersion) -> FormVersion:
        someone = await self.whereabouts.of(command.actor)
        async with self.open_unit_of_work() as uow:
            version = await uow.forms.get_version(
                someone.province_id, command.form_version_id, for_update=True
            )
            marks = await self.whereabouts.require(
                someone, DESIGN_RIGHTS, version.owner_unit_id, weight="decision"
            )
            version.expect(command.expected_version)
            named = version.model.indicators_by_id
            version.publish(
                self.clock(),
                await neighbours_of(uow, version, version.model),
                known=await meanings(uow, version.province_id, named, self.clock),
            )
            await uow.forms.save_version(version)
            uow.outbox.add(*version.pull_events())
            uow.audit.record(
                aggregate_kind="form_version",
                aggregate_id=version.id,
                act="publish",
                actor=command.actor,
                after={"number": version.number, "fingerprint": version.model.fingerprint},
                province_id=version.province_id,
                marks=marks,
            )
            await uow.commit()
        return version

    async def start_trial(self, command: MoveFormVersion) -> FormVersion:
        """Testers are accounts of the province. On a version that is tried already: further ones are invited."""
        someone = await self.whereabouts.of(command.actor)
        for tester in command.testers:
            account = await self.whereabouts.directory.account(tester)
            if account.province_id != someone.province_id:
                raise AccountsOutside("testers", [str(tester)])
        return await self._moved(
            command, "trial", lambda version: _try(version, command.testers), someone.province_id
        )

    async def retire(self, command: MoveFormVersion) -> FormVersion:
        someone = await self.whereabouts.of(command.actor)
        return await self._moved(command, "retire", FormVersion.retire, someone.province_id)

    async def _moved(
        self, command: MoveFormVersion, act: str, move: Callable[[FormVersion], None], province_id: UUID
    ) -> FormVersion:
        someone = await self.whereabouts.of(command.actor)
        async with self.open_unit_of_work() as uow:
            version = await uow.forms.get_version(province_id, command.form_version_id, for_update=True)
            marks = await self.whereabouts.require(
                someone, DESIGN_RIGHTS, version.owner_unit_id, weight="decision"
            )
            version.expect(command.expected_version)
            move(version)
            await uow.forms.save_version(version)
            uow.audit.record(
                aggregate_kind="form_version",
                aggregate_id=version.id,
                act=act,
                actor=command.actor,
                after={"state": version.state, "testers": [str(tester) for tester in version.testers]},
                province_id=version.province_id,
                marks=marks,
            )
            await uow.commit()
        return version


def _try(version: FormVersion, testers: Sequence[UUID]) -> None:
    if version.state is FormVersionState.TRIAL:
        version.invite(testers)
    else:
        version.start_trial(testers)


def _kept(rule: RuleText) -> dict[str, Any]:
    """The tree says the same as the condition."""
    return rule.model_dump(mode="json", exclude={"expression"})
