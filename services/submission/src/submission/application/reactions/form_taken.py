"""A regime goes on with a newer version of a form: units whose reports still have an older one are told (ADR 0026).

Nothing of a report moves here; its people see a preview and consent.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from forms.matching import outline
from forms.moving import Moving
from kit.errors import NotFound, Unavailable

from submission.application.moving import moving_of
from submission.application.ports import UnitOfWork
from submission.application.published import PublishedForm
from submission.application.telling import told_by
from submission.domain.events import FormRenewed


async def tell_of_newer_form(
    uow: UnitOfWork, regime_id: UUID, version_id: UUID, who: str, at: datetime
) -> None:
    try:
        after = await uow.catalog.form(version_id)
    except NotFound as error:
        # The form's own event comes by another road and may be later.
        raise Unavailable(
            "submission.form.not_yet_known", "Chưa nhận được phiên bản biểu mẫu mới."
        ) from error
    for report in await uow.reports.not_sent_of_regime(regime_id):
        for before in [await uow.catalog.form(each) for each in report.assignment.form_version_ids]:
            if before.form_id == after.form_id and before.number < after.number:
                moving = await moving_of(uow, before, after)
                report.form_renewed(_renewed(before, after, moving), who, at)
                uow.outbox.add(*told_by(report))


def _renewed(before: PublishedForm, after: PublishedForm, moving: Moving) -> FormRenewed:
    changed = outline(before.model, after.model, moving.matches)
    return FormRenewed(after.code, after.name, before.id, after.id, before.number, after.number, changed)
