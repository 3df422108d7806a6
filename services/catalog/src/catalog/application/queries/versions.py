"""Two versions of a form compared, as far as the caller may see them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from kit.actor import Actor

from catalog.application.queries.look_up import LookUp
from catalog.domain.form import FormVersion
from catalog.domain.version_difference import Change, version_difference


@dataclass(frozen=True, slots=True)
class Versions:
    look_up: LookUp

    async def difference(
        self, actor: Actor, version_id: UUID, before_id: UUID
    ) -> tuple[FormVersion, FormVersion, list[Change]]:
        """What `version_id` changes against `before_id`."""
        after = await self.look_up.form_version(actor, version_id)
        before = await self.look_up.form_version(actor, before_id)
        return before, after, version_difference(before.model, after.model)
