"""notify's tables beside kit's."""

from __future__ import annotations

from kit.db import service_metadata
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Identity,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY

metadata, kit_tables = service_metadata()

message = Table(
    "message",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("account_id", Uuid, nullable=False),
    Column("province_id", Uuid, nullable=False),
    Column("cause", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("link", Text, nullable=False),
    Column("report_id", Uuid),
    Column("unit_name", Text, nullable=False),
    Column("due_at", DateTime(timezone=True)),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("read_at", DateTime(timezone=True)),
    Column("search_key", Text, nullable=False),
    Column("mail", Text, nullable=False),
    Column("mail_tries", Integer, nullable=False),
    Column("mail_next_at", DateTime(timezone=True)),
    Column("mail_error", Text, nullable=False, server_default=text("''")),
    UniqueConstraint("account_id", "cause"),
)
Index("ix_message_account_id_id", message.c.account_id, message.c.id)
Index("ix_message_unread", message.c.account_id, postgresql_where=text("read_at IS NULL"))
Index(
    "ix_message_search_key_trgm",
    message.c.search_key,
    postgresql_using="gin",
    postgresql_ops={"search_key": "gin_trgm_ops"},
)
Index("ix_message_mail_due", message.c.mail_next_at, postgresql_where=text("mail = 'wanted'"))

# Read by (txid, position) only below the oldest running transaction, so none is ever passed over.
hint = Table(
    "hint",
    metadata,
    Column("position", BigInteger, Identity(always=True), primary_key=True),
    Column("txid", BigInteger, nullable=False, server_default=text("(pg_current_xact_id()::text)::bigint")),
    Column("account_id", Uuid),
    Column("place_id", Uuid),
    Column("kind", Text, nullable=False),
    Column("object_id", Uuid, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("told_at", DateTime(timezone=True), nullable=False),
)
Index("ix_hint_txid_position", hint.c.txid, hint.c.position)
Index("ix_hint_told_at", hint.c.told_at)

known_report = Table(
    "known_report",
    metadata,
    Column("report_id", Uuid, primary_key=True),
    Column("province_id", Uuid, nullable=False),
    Column("regime_id", Uuid, nullable=False, index=True),
    Column("regime_name", Text, nullable=False),
    Column("period_key", Text, nullable=False),
    Column("period_label", Text, nullable=False),
    Column("unit_id", Uuid, nullable=False),
    Column("unit_name", Text, nullable=False),
    Column("lead_unit_id", Uuid, nullable=False),
    Column("lead_unit_name", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("open", Boolean, nullable=False),
    Column("due_at", DateTime(timezone=True)),
    Column("article", Text, nullable=False),
)
Index("ix_known_report_open_due", known_report.c.due_at, postgresql_where=text("open"))

reminder = Table(
    "reminder",
    metadata,
    Column("report_id", Uuid, primary_key=True),
    Column("stage", Text, primary_key=True),
    Column("due_at", DateTime(timezone=True), primary_key=True),
)

preference = Table(
    "preference",
    metadata,
    Column("account_id", Uuid, primary_key=True),
    Column("mail", Boolean, nullable=False),
    Column("mail_off", ARRAY(Text), nullable=False),
)

subscriber = Table(
    "subscriber",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("province_id", Uuid, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("events", ARRAY(Text), nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("removed_at", DateTime(timezone=True)),
)
Index("ix_subscriber_name", subscriber.c.name, unique=True, postgresql_where=text("removed_at IS NULL"))

maintenance = Table(
    "maintenance",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("province_id", Uuid, nullable=False),
    Column("title", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("starts_at", DateTime(timezone=True), nullable=False),
    Column("ends_at", DateTime(timezone=True), nullable=False),
    Column("emergency_reason", Text, nullable=False),
    Column("notice_words", Text, nullable=False),
    Column("notice_article", Text, nullable=False),
    Column("earliest_at", DateTime(timezone=True), nullable=False),
    Column("announced_at", DateTime(timezone=True), nullable=False),
    Column("announced_by", Uuid, nullable=False),
    Column("announced_by_name", Text, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("document_number", Text),
    Column("document_issued_on", Date),
    Column("ended_at", DateTime(timezone=True)),
    Column("cancelled_at", DateTime(timezone=True)),
    Column("close_reason", Text, nullable=False),
)
Index("ix_maintenance_province_id_starts_at", maintenance.c.province_id, maintenance.c.starts_at)
Index("ix_maintenance_open", maintenance.c.ends_at, postgresql_where=text("cancelled_at IS NULL"))
