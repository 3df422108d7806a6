"""Rows to aggregates and back."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from forms.model import FormModel
from forms.text import fold, sort_key
from pydantic import TypeAdapter
from sqlalchemy import Row

from catalog.domain.calendar import CalendarRevision, CalendarYear
from catalog.domain.form import Form, FormLink, FormPurpose, FormVersion, FormVersionState, Proposal
from catalog.domain.regime import RegimeState, RegimeTerms, ReportingRegime
from catalog.domain.regime_content import PermissionPaper, ReportingUnits

TERMS: TypeAdapter[RegimeTerms] = TypeAdapter(RegimeTerms)
LINKS: TypeAdapter[tuple[FormLink, ...]] = TypeAdapter(tuple[FormLink, ...])
PERMISSION: TypeAdapter[PermissionPaper | None] = TypeAdapter(PermissionPaper | None)
ALLOCATIONS: TypeAdapter[dict[UUID, dict[str, tuple[UUID, ...]]]] = TypeAdapter(
    dict[UUID, dict[str, tuple[UUID, ...]]]
)
RESOLVED: TypeAdapter[ReportingUnits | None] = TypeAdapter(ReportingUnits | None)


def form_of(row: Row[Any]) -> Form:
    return Form(
        row.id,
        row.province_id,
        row.owner_unit_id,
        row.code,
        row.name,
        row.created_at,
        row.version,
        FormPurpose(row.purpose),
        LINKS.validate_python(row.links),
    )


def form_row(form: Form) -> dict[str, Any]:
    return {
        "id": form.id,
        "province_id": form.province_id,
        "owner_unit_id": form.owner_unit_id,
        "code": form.code,
        "name": form.name,
        "created_at": form.created_at,
        "version": form.version,
        "search_key": fold(f"{form.code} {form.name}"),
        "sort_key": sort_key(form.name),
        "purpose": form.purpose,
        "links": LINKS.dump_python(form.links, mode="json"),
    }


def version_of(row: Row[Any]) -> FormVersion:
    """`row` joins form_version with its form's code, name and owner."""
    return FormVersion(
        id=row.id,
        form_id=row.form_id,
        province_id=row.province_id,
        owner_unit_id=row.owner_unit_id,
        code=row.code,
        name=row.name,
        number=row.number,
        model=FormModel.model_validate(row.model),
        proposal=Proposal(tuple(row.proposal["reasons"]), tuple(row.proposal["left_as_label"])),
        template_sha256=row.template_sha256,
        template_size=row.template_size,
        created_at=row.created_at,
        state=FormVersionState(row.state),
        published_at=row.published_at,
        version=row.version,
        told=row.told,
        testers=tuple(UUID(tester) for tester in row.testers),
        links=LINKS.validate_python(row.links),
        reads={code: UUID(read) for code, read in row.reads.items()},
    )


def version_row(version: FormVersion) -> dict[str, Any]:
    return {
        "id": version.id,
        "form_id": version.form_id,
        "province_id": version.province_id,
        "number": version.number,
        "state": version.state,
        "model": version.model.model_dump(mode="json"),
        "proposal": asdict(version.proposal),
        "template_sha256": version.template_sha256,
        "template_size": version.template_size,
        "created_at": version.created_at,
        "published_at": version.published_at,
        "version": version.version,
        "told": version.told,
        "testers": [str(tester) for tester in version.testers],
        "links": LINKS.dump_python(version.links, mode="json"),
        "reads": {code: str(read) for code, read in version.reads.items()},
    }


def regime_of(row: Row[Any]) -> ReportingRegime:
    """`row` brings the regime's allocations with it."""
    return ReportingRegime(
        id=row.id,
        province_id=row.province_id,
        owner_unit_id=row.owner_unit_id,
        code=row.code,
        terms=TERMS.validate_python(row.terms),
        created_at=row.created_at,
        state=RegimeState(row.state),
        published_at=row.published_at,
        closed_at=row.closed_at,
        version=row.version,
        told=row.told,
        permission=PERMISSION.validate_python(row.permission),
        resolved=RESOLVED.validate_python(row.resolved),
        allocations=ALLOCATIONS.validate_python(row.allocations or {}),
    )


def regime_row(regime: ReportingRegime) -> dict[str, Any]:
    terms = regime.terms
    return {
        "id": regime.id,
        "province_id": regime.province_id,
        "owner_unit_id": regime.owner_unit_id,
        "lead_unit_id": terms.lead_unit_id,
        "code": regime.code,
        "name": terms.name,
        "kind": terms.kind,
        "state": regime.state,
        "terms": TERMS.dump_python(terms, mode="json"),
        "created_at": regime.created_at,
        "published_at": regime.published_at,
        "closed_at": regime.closed_at,
        "version": regime.version,
        "told": regime.told,
        "search_key": fold(f"{regime.code} {terms.name}"),
        "sort_key": sort_key(terms.name),
        "permission": PERMISSION.dump_python(regime.permission, mode="json"),
        "resolved": RESOLVED.dump_python(regime.resolved, mode="json"),
    }


def calendar_of(row: Row[Any]) -> CalendarYear:
    def days(found: dict[str, str]) -> dict[date, str]:
        return {date.fromisoformat(day): name for day, name in found.items()}

    return CalendarYear(
        row.province_id,
        row.year,
        row.number,
        days(row.holidays),
        days(row.made_up),
        row.decision,
        row.decided_on,
    )


def revision_of(row: Row[Any]) -> CalendarRevision:
    return CalendarRevision(calendar_of(row), row.set_at, row.set_by)


def revision_row(revision: CalendarRevision) -> dict[str, Any]:
    return {**calendar_row(revision.year), "set_at": revision.set_at, "set_by": revision.set_by}


def calendar_row(year: CalendarYear) -> dict[str, Any]:
    def days(found: Any) -> dict[str, str]:
        return {day.isoformat(): name for day, name in sorted(found.items())}

    return {
        "province_id": year.province_id,
        "year": year.year,
        "number": year.number,
        "holidays": days(year.holidays),
        "made_up": days(year.made_up),
        "decision": year.decision,
        "decided_on": year.decided_on,
    }
