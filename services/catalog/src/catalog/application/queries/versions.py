"""A form version tried with figures that nobody keeps, and two versions compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from forms.validation import Validation, validate
from forms.values import Figures
from kit.actor import Actor
from kit.errors import InvalidInput, Place

from catalog.application.queries.look_up import LookUp
from catalog.domain.form import FormVersion, FormVersionState
from catalog.domain.form_errors import VersionNotOnTrial
from catalog.domain.version_difference import Change, version_difference


@dataclass(frozen=True, slots=True)
class Versions:
    look_up: LookUp

    async def tried(self, actor: Actor, version_id: UUID, figures: Mapping[str, Any]) -> Validation:
        """Computed cells and messages of throw-away figures: nothing of them is stored, no report knows them."""
        version = await self.look_up.form_version(actor, version_id)
        if version.state is not FormVersionState.TRIAL:
            raise VersionNotOnTrial(version.number)
        try:
            read = Figures.from_json(figures)
        except (KeyError, ValueError, TypeError, ArithmeticError, AttributeError) as wrong:
            raise InvalidInput(
                "catalog.trial.figures_wrong",
                "Số liệu nhập thử không đúng cấu trúc.",
                places=(Place(field="figures"),),
                remedy="Tải lại trang dùng thử rồi nhập lại.",
            ) from wrong
        return validate(version.model, read)

    async def difference(
        self, actor: Actor, version_id: UUID, before_id: UUID
    ) -> tuple[FormVersion, FormVersion, list[Change]]:
        """What `version_id` changes against `before_id`, both as far as the caller may see them."""
        after = await self.look_up.form_version(actor, version_id)
        before = await self.look_up.form_version(actor, before_id)
        return before, after, version_difference(before.model, after.model)
