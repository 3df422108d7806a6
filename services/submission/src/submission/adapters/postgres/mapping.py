"""Rows to the domain and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from forms.text import fold
from forms.values import CellKey, value_from_json, value_to_json
from sqlalchemy import RowMapping

from submission.domain.acts import Act, Moments, PinnedCell, Receipt, Settled
from submission.domain.assignment import Assignment, OutlineSection, ReportingPeriod, UnitAsItWas
from submission.domain.entry import CellState, Draft, Edit, EditKind, Road, RowState, SectionState
from submission.domain.known import Place
from submission.domain.punctuality import Deadline
from submission.domain.report import Report, Signature
from submission.domain.revisions import Revision, of
from submission.domain.states import Action, State

Row = Mapping[str, Any] | RowMapping

MOMENTS = (
    "submitted_by", "submitted_to", "approved_by", "first_sent_at", "sent_at", "taken_in_at", "taken_in_by",
    "accepted_at", "correction_asked_at", "correction_due_at",
)  # fmt: skip
SIGNATURE = ("number", "issued_on", "document_sha256")


def assignment_row(a: Assignment) -> dict[str, Any]:
    return {
        "id": a.id, "province_id": a.province_id, "regime_id": a.regime_id, "regime_code": a.regime_code,
        "regime_name": a.regime_name, "legal_basis": a.legal_basis, "period_key": a.period.key,
        "period_kind": a.period.kind, "period_label": a.period.label, "first_day_on": a.period.first_day,
        "last_day_on": a.period.last_day, "period_opens_at": a.period.opens_at,
        "cut_off_from_on": a.period.cut_off_from, "cut_off_to_on": a.period.cut_off_to,
        "previous_key": a.period.previous_key, "last_year_key": a.period.last_year_key,
        "unit_id": a.unit.id, "unit": _unit_json(a.unit), "lead_unit_id": a.lead_unit.id,
        "lead_unit": _unit_json(a.lead_unit), "due_at": a.deadline.due_at, "rule": a.deadline.rule,
        "article": a.deadline.article, "steps": list(a.deadline.steps),
        "calendar_version": a.deadline.calendar_version,
        "form_version_ids": [str(form) for form in a.form_version_ids],
        "outline": [asdict(section) for section in a.outline], "signing": a.signing,
        "nil_allowed": a.nil_allowed, "opened_at": a.opened_at, "released_at": a.released_at,
        "parent_id": a.parent_id, "receivers": [str(account) for account in a.receivers],
        "deciders": [str(account) for account in a.deciders],
    }  # fmt: skip


def assignment_of(row: Row) -> Assignment:
    period = ReportingPeriod(
        row["period_key"], row["period_kind"], row["period_label"], row["first_day_on"], row["last_day_on"],
        row["period_opens_at"], row["cut_off_from_on"], row["cut_off_to_on"], row["previous_key"],
        row["last_year_key"],
    )  # fmt: skip
    deadline = Deadline(
        row["due_at"], row["rule"], row["article"], tuple(row["steps"]), row["calendar_version"]
    )
    return Assignment(
        id=row["id"], province_id=row["province_id"], regime_id=row["regime_id"],
        regime_code=row["regime_code"], regime_name=row["regime_name"], legal_basis=row["legal_basis"],
        period=period, unit=_unit_of(row["unit_id"], row["unit"]),
        lead_unit=_unit_of(row["lead_unit_id"], row["lead_unit"]), deadline=deadline,
        form_version_ids=tuple(UUID(form) for form in row["form_version_ids"]),
        outline=tuple(OutlineSection(**section) for section in row["outline"]), signing=row["signing"],
        nil_allowed=row["nil_allowed"], opened_at=row["opened_at"], released_at=row["released_at"],
        parent_id=row["parent_id"], receivers=tuple(map(UUID, row["receivers"])),
        deciders=tuple(map(UUID, row["deciders"])),
    )  # fmt: skip


def _unit_json(unit: UnitAsItWas) -> dict[str, Any]:
    return {"name": unit.name, "code": unit.code, "level": unit.level, "version": unit.version}


def _unit_of(unit_id: UUID, data: Mapping[str, Any]) -> UnitAsItWas:
    return UnitAsItWas(unit_id, data["name"], data["code"], data["level"], data["version"])


def report_row(report: Report) -> dict[str, Any]:
    a = report.assignment
    row: dict[str, Any] = {
        "id": report.id, "assignment_id": a.id, "province_id": a.province_id, "regime_id": a.regime_id,
        "period_key": a.period.key, "unit_id": a.unit.id, "lead_unit_id": a.lead_unit.id,
        "due_at": a.deadline.due_at, "state": report.state.value, "version": report.version,
        "revision": report.revision, "imported": report.imported, "enterers": sorted(report.enterers),
        "search_key": fold(f"{a.regime_code} {a.regime_name} {a.period.label} {a.unit.code} {a.unit.name}"),
    }  # fmt: skip
    row.update({name: getattr(report.moments, name) for name in MOMENTS})
    row.update({name: getattr(report.signature, name) for name in SIGNATURE})
    return row


def report_of(
    row: Row,
    assignment: Assignment,
    revisions: Sequence[Row],
    last_act: Act | None,
) -> Report:
    return Report(
        id=row["id"],
        assignment=assignment,
        state=State(row["state"]),
        version=row["version"],
        revisions=of([revision_of(each) for each in revisions]),
        moments=Moments(**{name: row[name] for name in MOMENTS}),
        signature=Signature(**{name: row[name] for name in SIGNATURE}),
        enterers=frozenset(row["enterers"]),
        imported=row["imported"],
        last_act=last_act,
    )


def revision_row(report_id: UUID, revision: Revision) -> dict[str, Any]:
    return {"report_id": report_id, **asdict(revision)}


def revision_of(row: Row) -> Revision:
    return Revision(
        row["number"], row["begun_at"], row["begun_by"], row["canonical_hash"], row["sealed_at"],
        row["accepted"], row["nil"], row["imported"],
    )  # fmt: skip


def act_row(report_id: UUID, sequence: int, act: Act) -> dict[str, Any]:
    return {
        "report_id": report_id, "sequence": sequence, "revision": act.revision, "action": act.action.value,
        "from_state": act.from_state.value, "to_state": act.to_state.value, "who": act.who,
        "who_name": act.who_name, "acted_at": act.at, "reason": act.reason, "comment": act.comment,
        "pinned": [_pinned_json(pin) for pin in act.pinned],
    }  # fmt: skip


def act_of(row: Row) -> Act:
    return Act(
        Action(row["action"]), State(row["from_state"]), State(row["to_state"]), row["revision"], row["who"],
        row["who_name"], row["acted_at"], row["reason"], row["comment"],
        tuple(_pinned_of(pin) for pin in row["pinned"]), row["sequence"],
    )  # fmt: skip


def _pinned_json(pin: PinnedCell) -> dict[str, Any]:
    form = pin.form_version_id
    return {**asdict(pin), "form_version_id": str(form) if form else None}


def _pinned_of(data: Mapping[str, Any]) -> PinnedCell:
    form = data["form_version_id"]
    return PinnedCell(**{**data, "form_version_id": UUID(form) if form else None})


def settled_row(report_id: UUID, settled: Settled) -> dict[str, Any]:
    return {
        "report_id": report_id, "act": settled.act, "place": settled.place, "done": settled.done,
        "answer": settled.answer, "who": settled.who, "who_name": settled.who_name, "settled_at": settled.at,
    }  # fmt: skip


def settled_of(row: Row) -> Settled:
    return Settled(
        row["act"], row["place"], row["done"], row["answer"], row["who"], row["who_name"], row["settled_at"]
    )


def receipt_row(receipt: Receipt) -> dict[str, Any]:
    return asdict(receipt)


def receipt_of(row: Row) -> Receipt:
    return Receipt(**{name: row[name] for name in Receipt.__dataclass_fields__})


def edit_row(report_id: UUID, revision: int, edit: Edit) -> dict[str, Any]:
    return {
        "report_id": report_id, "number": edit.number, "revision": revision, "kind": edit.kind.value,
        "form_version_id": edit.form_version_id, "row_id": edit.row, "column_id": edit.column,
        "version": edit.version, "content": dict(edit.content), "made_by": edit.by, "made_at": edit.at,
        "road": edit.road.value, "origin": edit.origin.to_json() if edit.origin else None,
    }  # fmt: skip


def edit_of(row: Row) -> Edit:
    return Edit(
        row["number"], EditKind(row["kind"]), row["form_version_id"], row["row_id"], row["column_id"],
        row["version"], row["content"], row["made_by"], row["made_at"], Road(row["road"]), _origin_of(row["origin"]),
    )  # fmt: skip


def _origin_of(data: Mapping[str, Any] | None) -> Place | None:
    return None if data is None else Place.from_json(data)


def draft_json(draft: Draft) -> dict[str, Any]:
    """A whole draft, the base of the next revision, with who entered each cell and its version."""
    return {
        "last_edit": draft.last_edit,
        "cells": [
            [
                str(form),
                *key,
                value_to_json(s.value),
                s.version,
                s.by,
                s.at.isoformat(),
                s.edit,
                s.road.value,
                s.origin.to_json() if s.origin else None,
            ]
            for form, filing in draft.filings.items()
            for key, s in filing.cells.items()
        ],
        "rows": [
            [str(form), row, s.list_id, s.order, s.deleted, s.version, s.edit]
            for form, filing in draft.filings.items()
            for row, s in filing.rows.items()
        ],
        "sections": [
            [name, s.text, s.version, s.by, s.at.isoformat(), s.edit] for name, s in draft.sections.items()
        ],
    }


def draft_of(data: Mapping[str, Any] | None) -> Draft:
    draft = Draft()
    if data is None:
        return draft
    draft.last_edit = data["last_edit"]
    # Bases from before figures were taken over end at the road.
    for form, row, column, value, version, by, at, edit, road, *origin in data["cells"]:
        state = CellState(
            value_from_json(value), version, by, datetime.fromisoformat(at), edit, Road(road),
            _origin_of(origin[0] if origin else None),
        )  # fmt: skip
        draft.filing(UUID(form)).cells[CellKey(row, column)] = state
    for form, row, list_id, order, deleted, version, edit in data["rows"]:
        draft.filing(UUID(form)).rows[row] = RowState(list_id, order, deleted, version, edit)
    for name, text, version, by, at, edit in data["sections"]:
        draft.sections[name] = SectionState(text, version, by, datetime.fromisoformat(at), edit)
    return draft
