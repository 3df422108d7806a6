"""signing's tables, beside those kit adds. `alembic check` compares them with the migrations."""

from __future__ import annotations

from kit.db import service_metadata
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

metadata, kit_tables = service_metadata()

signing_request = Table(
    "signing_request",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("province_id", Uuid, nullable=False),
    Column("report_id", Uuid, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("canonical_hash", Text, nullable=False),
    Column("unit_id", Uuid, nullable=False),
    Column("lead_unit_id", Uuid),
    Column("regime_id", Uuid),
    Column("steps", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("leader_account_id", Uuid),
    Column("title", Text, nullable=False),
    Column("period_label", Text, nullable=False),
    Column("unit_name", Text, nullable=False),
    Column("unit_symbol", Text, nullable=False),
    Column("place_name", Text, nullable=False),
    Column("due_at", DateTime(timezone=True)),
    Column("content_sha256", Text, nullable=False),
    Column("document_sha256", Text, nullable=False),
    Column("printed_signer", Text, nullable=False),
    Column("number", Integer),
    Column("number_text", Text),
    Column("issued_on", Date),
    Column("reason", Text, nullable=False, server_default=text("''")),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("acted_at", DateTime(timezone=True), nullable=False),
    Column("search_key", Text, nullable=False),
    UniqueConstraint("report_id", "revision"),
)
Index(
    "ix_signing_request_waiting",
    signing_request.c.unit_id,
    signing_request.c.due_at,
    postgresql_where=signing_request.c.state.in_(["waiting_leader", "waiting_agency"]),
)
Index(
    "ix_signing_request_search_key",
    signing_request.c.search_key,
    postgresql_using="gin",
    postgresql_ops={"search_key": "gin_trgm_ops"},
)

signature = Table(
    "signature",
    metadata,
    Column("request_id", Uuid, ForeignKey("signing_request.id"), primary_key=True),
    Column("role", Text, primary_key=True),
    Column("account_id", Uuid, nullable=False),
    Column("signer_name", Text, nullable=False),
    Column("certificate_serial", Text, nullable=False),
    Column("certificate_subject", Text, nullable=False),
    Column("certificate_issuer", Text, nullable=False),
    Column("certificate_ends_at", DateTime(timezone=True), nullable=False),
    Column("signed_at", DateTime(timezone=True), nullable=False),
    Column("document_sha256", Text, nullable=False),
)

# The register of documents out: one number of one agency, type and year is given once.
number_entry = Table(
    "number_entry",
    metadata,
    Column("unit_id", Uuid, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("report_id", Uuid, nullable=False),
    Column("request_id", Uuid, nullable=False, index=True),
    Column("state", Text, nullable=False),
    Column("issued_on", Date, nullable=False),
    Column("reason", Text, nullable=False, server_default=text("''")),
)

verification = Table(
    "verification",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("document_sha256", Text, nullable=False, index=True),
    Column("request_id", Uuid, ForeignKey("signing_request.id"), index=True),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("made_by", Text, nullable=False),
    Column("valid", Boolean, nullable=False),
    Column("verdict", JSONB, nullable=False),
)
