"""Tables of this service beside kit's. Acts, receipts and edits only grow; a sealed revision never changes."""

from __future__ import annotations

from kit.db import service_metadata
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    Numeric,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

metadata, _ = service_metadata()


def _moment(name: str, *, nullable: bool = False) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=nullable)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default=text("''"))


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False, server_default=text("false"))


assignment = Table(
    "assignment",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("province_id", Uuid, nullable=False),
    Column("regime_id", Uuid, nullable=False),
    Column("regime_code", Text, nullable=False),
    Column("regime_name", Text, nullable=False),
    _text("legal_basis"),
    Column("period_key", Text, nullable=False),
    Column("period_kind", Text, nullable=False),
    Column("period_label", Text, nullable=False),
    Column("first_day_on", Date, nullable=False),
    Column("last_day_on", Date, nullable=False),
    _moment("period_opens_at", nullable=True),
    Column("cut_off_from_on", Date),
    Column("cut_off_to_on", Date),
    _text("previous_key"),
    _text("last_year_key"),
    Column("unit_id", Uuid, nullable=False),
    Column("unit", JSONB, nullable=False),
    Column("lead_unit_id", Uuid, nullable=False),
    Column("lead_unit", JSONB, nullable=False),
    _moment("due_at"),
    Column("rule", Text, nullable=False),
    Column("article", Text, nullable=False),
    Column("steps", JSONB, nullable=False),
    _text("calendar_version"),
    Column("form_version_ids", JSONB, nullable=False),
    Column("outline", JSONB, nullable=False),
    _text("signing"),
    _flag("nil_allowed"),
    _moment("opened_at"),
    _moment("released_at", nullable=True),
    Column("parent_id", Uuid),
    Column("receivers", JSONB, nullable=False, server_default="[]"),
    Column("deciders", JSONB, nullable=False, server_default="[]"),
    UniqueConstraint(
        "regime_id", "period_key", "unit_id", "parent_id",
        name="uq_assignment_answer", postgresql_nulls_not_distinct=True,
    ),
)  # fmt: skip
Index("ix_assignment_regime_period", assignment.c.regime_id, assignment.c.period_key)

report = Table(
    "report",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("assignment_id", Uuid, ForeignKey("assignment.id"), nullable=False, unique=True),
    Column("province_id", Uuid, nullable=False),
    Column("regime_id", Uuid, nullable=False),
    Column("period_key", Text, nullable=False),
    Column("unit_id", Uuid, nullable=False),
    Column("lead_unit_id", Uuid, nullable=False),
    _moment("due_at"),
    Column("state", Text, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("last_edit", BigInteger, nullable=False, server_default=text("0")),
    _flag("imported"),
    Column("enterers", JSONB, nullable=False),
    _text("submitted_by"),
    _text("submitted_to"),
    _text("approved_by"),
    _moment("first_sent_at", nullable=True),
    _moment("sent_at", nullable=True),
    _moment("taken_in_at", nullable=True),
    _text("taken_in_by"),
    _moment("accepted_at", nullable=True),
    _moment("correction_asked_at", nullable=True),
    _moment("correction_due_at", nullable=True),
    _text("number"),
    _text("issued_on"),
    _text("document_sha256"),
    _text("search_key"),
    _moment("changed_at"),
)
Index("ix_report_unit_state", report.c.unit_id, report.c.state)
Index("ix_report_lead_unit_state", report.c.lead_unit_id, report.c.state)
Index("ix_report_regime_period", report.c.regime_id, report.c.period_key)
Index("ix_report_due_at", report.c.due_at)

revision = Table(
    "revision",
    metadata,
    Column("report_id", Uuid, ForeignKey("report.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    _moment("begun_at"),
    Column("begun_by", Text, nullable=False),
    Column("base", JSONB),
    _text("canonical_hash"),
    _moment("sealed_at", nullable=True),
    _flag("accepted"),
    _flag("nil"),
    _flag("imported"),
    Column("document", LargeBinary),
    Column("figures", JSONB),
    Column("narrative", JSONB),
    Column("explanations", JSONB),
)
Index(
    "uq_revision_accepted",
    revision.c.report_id,
    unique=True,
    postgresql_where=text("accepted"),
)

edit = Table(
    "edit",
    metadata,
    Column("report_id", Uuid, primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("revision", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("form_version_id", Uuid),
    Column("row_id", Text, nullable=False),
    Column("column_id", Text, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("content", JSONB, nullable=False),
    Column("made_by", Text, nullable=False),
    _moment("made_at"),
    Column("road", Text, nullable=False),
    Column("origin", JSONB(none_as_null=True)),
    ForeignKeyConstraint(["report_id", "revision"], ["revision.report_id", "revision.number"]),
)
Index("ix_edit_report_id_revision", edit.c.report_id, edit.c.revision)

report_act = Table(
    "report_act",
    metadata,
    Column("report_id", Uuid, ForeignKey("report.id"), primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("revision", Integer, nullable=False),
    Column("action", Text, nullable=False),
    Column("from_state", Text, nullable=False),
    Column("to_state", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("who_name", Text, nullable=False),
    _moment("acted_at"),
    _text("reason"),
    _text("comment"),
    Column("pinned", JSONB, nullable=False),
)

settled_place = Table(
    "settled_place",
    metadata,
    Column("report_id", Uuid, primary_key=True),
    Column("act", Integer, primary_key=True, autoincrement=False),
    Column("place", Integer, primary_key=True, autoincrement=False),
    _flag("done"),
    _text("answer"),
    Column("who", Text, nullable=False),
    Column("who_name", Text, nullable=False),
    _moment("settled_at"),
    ForeignKeyConstraint(["report_id", "act"], ["report_act.report_id", "report_act.sequence"]),
)

receipt = Table(
    "receipt",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("report_id", Uuid, ForeignKey("report.id"), nullable=False, index=True),
    Column("revision", Integer, nullable=False),
    Column("canonical_hash", Text, nullable=False),
    Column("sent_by", Text, nullable=False),
    Column("sent_by_name", Text, nullable=False),
    _moment("sent_at"),
    _moment("due_at"),
    _flag("late"),
    Column("rule", Text, nullable=False),
    Column("article", Text, nullable=False),
    _text("number"),
    _text("issued_on"),
    _text("document_sha256"),
    _flag("nil"),
    # The document it went by while the system was out, under which declared incident.
    Column("incident_id", Uuid),
    _text("fallback_number"),
    _text("fallback_issued_on"),
    _text("fallback_sha256"),
)

signing_order = Table(
    "signing_order",
    metadata,
    Column("report_id", Uuid, ForeignKey("report.id"), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("wanted", Text, nullable=False),
    _flag("done"),
    Column("canonical_hash", Text, nullable=False),
    _text("leader_account_id"),
    _text("steps"),
    _text("reason"),
    _text("content_sha256"),
    _text("request_id"),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    _text("last_error"),
    _moment("next_attempt_at"),
    _text("traceparent"),
)
Index("ix_signing_order_waiting", signing_order.c.next_attempt_at, postgresql_where=text("NOT done"))

approved_figure = Table(
    "approved_figure",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("report_id", Uuid, primary_key=True),
    Column("level", Text, primary_key=True),
    Column("form_version_id", Uuid, primary_key=True),
    Column("row_id", Text, primary_key=True),
    Column("column_id", Text, primary_key=True),
    Column("province_id", Uuid, nullable=False),
    Column("regime_id", Uuid, nullable=False),
    Column("period_key", Text, nullable=False),
    Column("unit_id", Uuid, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("number", Numeric),
    Column("text", Text),
    _flag("computed"),
    postgresql_partition_by="RANGE (year)",
)
Index("ix_approved_figure_unit_id", approved_figure.c.unit_id, approved_figure.c.level)
Index("ix_approved_figure_unit_id_period_key", approved_figure.c.unit_id, approved_figure.c.period_key)

aggregation = Table(
    "aggregation",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("province_id", Uuid, nullable=False),
    Column("regime_id", Uuid, nullable=False),
    Column("period_key", Text, nullable=False),
    Column("lead_unit_id", Uuid, nullable=False),
    Column("version", BigInteger, nullable=False),
    _moment("made_at"),
    Column("made_by", Text, nullable=False),
    Column("facts", JSONB, nullable=False),
    Column("sources", JSONB, nullable=False),
    Column("forms", JSONB, nullable=False),
    UniqueConstraint("regime_id", "period_key", name="uq_aggregation_regime_period"),
)

history_import = Table(
    "history_import",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("province_id", Uuid, nullable=False),
    Column("regime_id", Uuid, nullable=False),
    Column("period_key", Text, nullable=False),
    Column("document_name", Text, nullable=False),
    _text("document_number"),
    Column("document_on", Date),
    Column("reports", Integer, nullable=False),
    _moment("made_at"),
    Column("made_by", Text, nullable=False),
)
