"""The designer corrects what the importer proposed, then publishes the version."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from forms.correcting import Correction
from forms.cumulatives import ColumnKind
from forms.listing import ListRule
from forms.rules import RuleText
from kit.actor import Actor
from kit.clock import Clock
from kit.directory.records import Weight

from catalog.application.changing_version import OfVersion, VersionChange, changing_version
from catalog.application.commands.bind_indicators import meanings
from catalog.application.neighbours import neighbours_of
from catalog.application.ports import OpenUnitOfWork
from catalog.application.whereabouts import Someone, Whereabouts
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
class SetLists:
    form_version_id: UUID
    expected_version: int
    lists: Sequence[ListRule]
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
        async with self._changing(someone, command, "correct_cells") as change:
            change.version.correct(command.corrections)
            change.after = {"corrections": [one.model_dump(mode="json") for one in command.corrections]}
        return change.version

    async def set_rules(self, command: SetRules) -> FormVersion:
        someone = await self.whereabouts.of(command.actor)
        async with self._changing(someone, command, "set_rules") as change:
            change.before = {"rules": [_kept(rule) for rule in change.version.model.rules]}
            change.version.set_rules(command.rules)
            change.after = {"rules": [_kept(rule) for rule in change.version.model.rules]}
        return change.version

    async def set_kinds(self, command: SetKinds) -> FormVersion:
        someone = await self.whereabouts.of(command.actor)
        async with self._changing(someone, command, "set_kinds") as change:
            change.version.set_kinds(command.kinds)
            change.after = {"columns": [one.model_dump(mode="json") for one in command.kinds]}
        return change.version

    async def set_lists(self, command: SetLists) -> FormVersion:
        someone = await self.whereabouts.of(command.actor)
        async with self._changing(someone, command, "set_lists") as change:
            change.version.set_lists(command.lists)
            change.after = {"lists": [one.model_dump(mode="json") for one in command.lists]}
        return change.version

    async def publish(self, command: PublishFormVersion) -> FormVersion:
        someone = await self.whereabouts.of(command.actor)
        async with self._changing(someone, command, "publish", weight="decision") as change:
            version = change.version
            named = version.model.indicators_by_id
            around = await neighbours_of(change.uow, version, version.model)
            version.publish(
                self.clock(),
                around.forms,
                reads=around.read_by(version.model),
                known=await meanings(change.uow, version.province_id, named, self.clock),
            )
            change.after = {"number": version.number, "fingerprint": version.model.fingerprint}
        return version

    async def start_trial(self, command: MoveFormVersion) -> FormVersion:
        """Testers are accounts of the province. On a version that is tried already: further ones are invited."""
        someone = await self.whereabouts.of(command.actor)
        for tester in command.testers:
            account = await self.whereabouts.directory.account(tester)
            if account.province_id != someone.province_id:
                raise AccountsOutside("testers", [str(tester)])
        async with self._changing(someone, command, "trial", weight="decision") as change:
            version = change.version
            if version.state is FormVersionState.TRIAL:
                version.invite(command.testers)
            else:
                around = await neighbours_of(change.uow, version, version.model)
                version.start_trial(command.testers, around.forms)
            change.after = _moved(version)
        return version

    async def retire(self, command: MoveFormVersion) -> FormVersion:
        someone = await self.whereabouts.of(command.actor)
        async with self._changing(someone, command, "retire", weight="decision") as change:
            change.version.retire()
            change.after = _moved(change.version)
        return change.version

    def _changing(
        self, someone: Someone, command: OfVersion, act: str, *, weight: Weight = "entry"
    ) -> AbstractAsyncContextManager[VersionChange]:
        return changing_version(
            self.open_unit_of_work, self.whereabouts, someone, command, act, weight=weight
        )


def _moved(version: FormVersion) -> dict[str, Any]:
    return {"state": version.state, "testers": [str(tester) for tester in version.testers]}


def _kept(rule: RuleText) -> dict[str, Any]:
    """The tree says the same as the condition."""
    return rule.model_dump(mode="json", exclude={"expression"})
