"""The catalog's tables, beside those kit adds. `alembic check` compares them with the migrations."""

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
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

metadata, kit_tables = service_metadata()


def _searchable(table: Table) -> None:
    Index(
        f"ix_{table.name}_search_key",
        table.c.search_key,
        postgresql_using="gin",
        postgresql_ops={"search_key": "gin_trgm_ops"},
    )
    Index(f"ix_{table.name}_province_id_sort_key", table.c.province_id, table.c.sort_key, table.c.id)


form = Table(
    "form",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("province_id", Uuid, nullable=False),
    Column("owner_unit_id", Uuid, nullable=False),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("search_key", Text, nullable=False),
    Column("sort_key", Text(collation="C"), nullable=False),
    Column("purpose", Text, nullable=False, server_default="both"),
    Column("links", JSONB, nullable=False, server_default="[]"),
    UniqueConstraint("province_id", "code"),
)
_searchable(form)

form_version = Table(
    "form_version",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("form_id", Uuid, ForeignKey("form.id"), nullable=False),
    Column("province_id", Uuid, nullable=False),
    Column("number", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("model", JSONB, nullable=False),
    Column("proposal", JSONB, nullable=False),
    Column("template_sha256", Text, ForeignKey("stored_file.sha256"), nullable=False),
    Column("template_size", BigInteger, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("published_at", DateTime(timezone=True)),
    Column("version", BigInteger, nullable=False),
    Column("told", BigInteger, nullable=False),
    Column("testers", JSONB, nullable=False, server_default="[]"),
    Column("links", JSONB, nullable=False, server_default="[]"),
    Column("reads", JSONB, nullable=False, server_default="{}"),
    UniqueConstraint("form_id", "number"),
)
Index("ix_form_version_province_id_state", form_version.c.province_id, form_version.c.state)

# What a draft may still change lies in one document: `terms`. The columns beside it are what lists ask for.
regime = Table(
    "regime",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("province_id", Uuid, nullable=False),
    Column("owner_unit_id", Uuid, nullable=False),
    Column("lead_unit_id", Uuid),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("terms", JSONB, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("published_at", DateTime(timezone=True)),
    Column("closed_at", DateTime(timezone=True)),
    Column("version", BigInteger, nullable=False),
    Column("told", BigInteger, nullable=False),
    Column("search_key", Text, nullable=False),
    Column("sort_key", Text(collation="C"), nullable=False),
    Column("permission", JSONB(none_as_null=True)),
    Column("resolved", JSONB(none_as_null=True)),
    UniqueConstraint("province_id", "code"),
)
_searchable(regime)
Index("ix_regime_state", regime.c.state)

calendar_year = Table(
    "calendar_year",
    metadata,
    Column("province_id", Uuid, primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
    Column("holidays", JSONB, nullable=False),
    Column("made_up", JSONB, nullable=False),
    Column("decision", Text, nullable=False, server_default=""),
    Column("decided_on", Date),
)

# Every version a year has had: an answer given by version 2026.1 can be explained when 2026.3 holds.
calendar_revision = Table(
    "calendar_revision",
    metadata,
    Column("province_id", Uuid, primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("holidays", JSONB, nullable=False),
    Column("made_up", JSONB, nullable=False),
    Column("decision", Text, nullable=False),
    Column("decided_on", Date),
    Column("set_at", DateTime(timezone=True)),
    Column("set_by", Uuid),
)

calendar_feed = Table(
    "calendar_feed",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("province_id", Uuid, nullable=False),
    Column("unit_id", Uuid, nullable=False),
    Column("secret_sha256", Text, nullable=False, unique=True),
    Column("created_by", Uuid, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("revoked_at", DateTime(timezone=True)),
)
Index("ix_calendar_feed_unit_id", calendar_feed.c.unit_id)
# Units of measure, domains, breakdowns: the entry as it is, and every state it was in.
shared_entry = Table(
    "shared_entry",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("province_id", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("retired", Boolean, nullable=False),
    Column("terms", JSONB, nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("search_key", Text, nullable=False),
    Column("sort_key", Text(collation="C"), nullable=False),
    UniqueConstraint("province_id", "kind", "code"),
)
_searchable(shared_entry)

shared_entry_version = Table(
    "shared_entry_version",
    metadata,
    Column("entry_id", Uuid, ForeignKey("shared_entry.id", ondelete="CASCADE"), primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("terms", JSONB, nullable=False),
    Column("retired", Boolean, nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    Column("changed_by", Text, nullable=False),
)

# What lists ask for stands beside the identity: that of the newest published version, else of the draft.
indicator = Table(
    "indicator",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("province_id", Uuid, nullable=False),
    Column("owner_unit_id", Uuid, nullable=False),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("measure_id", Uuid, ForeignKey("shared_entry.id")),
    Column("domain_id", Uuid, ForeignKey("shared_entry.id")),
    Column("merged_into_id", Uuid, ForeignKey("indicator.id")),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("told", BigInteger, nullable=False),
    Column("name_key", Text, nullable=False),
    Column("search_key", Text, nullable=False),
    Column("sort_key", Text(collation="C"), nullable=False),
    UniqueConstraint("province_id", "code"),
)
_searchable(indicator)
Index(
    "ix_indicator_name_key",
    indicator.c.name_key,
    postgresql_using="gin",
    postgresql_ops={"name_key": "gin_trgm_ops"},
)

indicator_version = Table(
    "indicator_version",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("indicator_id", Uuid, ForeignKey("indicator.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("terms", JSONB, nullable=False),
    Column("entry_ids", ARRAY(Uuid), nullable=False),
    Column("valid_from", Date),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("published_at", DateTime(timezone=True)),
    UniqueConstraint("indicator_id", "number"),
)
Index("ix_indicator_version_entry_ids", indicator_version.c.entry_ids, postgresql_using="gin")

indicator_set = Table(
    "indicator_set",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("province_id", Uuid, nullable=False),
    Column("owner_unit_id", Uuid, nullable=False),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("terms", JSONB, nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("search_key", Text, nullable=False),
    Column("sort_key", Text(collation="C"), nullable=False),
    UniqueConstraint("province_id", "code"),
)
_searchable(indicator_set)

# Which units answer for which rows of a form in a regime: {"row id": ["unit id"]}.
allocation = Table(
    "allocation",
    metadata,
    Column("regime_id", Uuid, ForeignKey("regime.id"), primary_key=True),
    Column("form_version_id", Uuid, ForeignKey("form_version.id"), primary_key=True),
    Column("rows", JSONB, nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    Column("version", BigInteger, nullable=False),
)

form_registration = Table(
    "form_registration",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("province_id", Uuid, nullable=False),
    Column("owner_unit_id", Uuid, nullable=False),
    Column("lead_unit_id", Uuid, nullable=False),
    Column("state", Text, nullable=False),
    Column("asked", JSONB, nullable=False),
    Column("workbook", JSONB, nullable=False),
    Column("form_version_id", Uuid, ForeignKey("form_version.id")),
    Column("regime_id", Uuid, ForeignKey("regime.id")),
    Column("notice", JSONB(none_as_null=True)),
    Column("steps", JSONB, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("version", BigInteger, nullable=False),
)
Index(
    "ix_form_registration_province_id_created_at",
    form_registration.c.province_id,
    form_registration.c.created_at,
)

regime_review = Table(
    "regime_review",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("regime_id", Uuid, ForeignKey("regime.id"), nullable=False),
    Column("reviewed_on", Date, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("account_id", Uuid, nullable=False),
    Column("name", Text, nullable=False),
)
Index("ix_regime_review_regime_id_reviewed_on", regime_review.c.regime_id, regime_review.c.reviewed_on)

# Where and when a regime was announced on the province's portal, and which of its last days were warned of.
regime_announcement = Table(
    "regime_announcement",
    metadata,
    Column("regime_id", Uuid, ForeignKey("regime.id"), primary_key=True),
    Column("announced_on", Date),
    Column("address", Text, nullable=False),
    Column("warned", JSONB, nullable=False),
)
