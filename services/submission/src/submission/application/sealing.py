"""What a revision is when it leaves drafting: one canonical document and its hash, immutable from then on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from forms.canonical import Filing, canonical_bytes, canonical_document, hash_of
from forms.values import Figures

from submission.application.ports import SealedContent
from submission.application.published import PublishedForm
from submission.domain.acts import Sealed
from submission.domain.entry import Draft
from submission.domain.report import Report


def seal(
    report: Report,
    revision: int,
    forms: Sequence[PublishedForm],
    draft: Draft,
    entered: Mapping[UUID, Figures],
    explanations: Mapping[str, str],
    *,
    nil: bool,
    at: datetime,
) -> tuple[Sealed, SealedContent]:
    """``entered``: each form's figures, with what was computed from other forms and earlier reports."""
    a = report.assignment
    figures = {} if nil else entered
    written = {} if nil else {name: section.text for name, section in draft.sections.items()}
    narrative = {section.id: written[section.id] for section in a.outline if written.get(section.id)}
    document = canonical_document(
        report={
            "id": str(report.id),
            "regime": str(a.regime_id),
            "period": a.period.key,
            "unit": str(a.unit.id),
            "revision": str(revision),
            "nil": "true" if nil else "false",
        },
        filings=[Filing(str(form.id), form.model, figures.get(form.id, Figures())) for form in forms],
        narrative=list(narrative.items()),
    )
    content = SealedContent(canonical_bytes(document), figures, narrative, dict(explanations))
    return Sealed(hash_of(content.document), content.document, at, content.explanations), content
