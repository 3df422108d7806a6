"""The tables kit adds to every service's database.

They are the same in each; `KIT` is kit's own handle on them, `service_metadata()` makes a
metadata that a service extends with its tables, so that `alembic check` sees both.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from kit.db.directory_tables import directory_tables

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


@dataclass(frozen=True, slots=True)
class KitTables:
    epoch: Table
    outbox: Table
    outbox_aggregate: Table
    inbox: Table
    inbox_version: Table
    inbox_failing: Table
    dead_letter: Table
    idempotency_key: Table
    audit_record: Table
    audit_head: Table
    audit_seal: Table
    audit_seal_leaf: Table
    copy_state: Table
    copy_item: Table
    jwks_cache: Table
    stored_file: Table
    directory_place: Table
    directory_account: Table
    directory_grant: Table

    def __iter__(self):  # type: ignore[no-untyped-def]
        return (getattr(self, name) for name in self.__slots__)


def _moment(name: str, *, nullable: bool = False) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=nullable)


def _events(metadata: MetaData) -> dict[str, Table]:
    outbox = Table(
        "outbox",
        metadata,
        Column("id", Uuid, primary_key=True),
        Column("recorded_at", DateTime(timezone=True), primary_key=True),
        Column("subject", Text, nullable=False),
        Column("aggregate_id", Uuid, nullable=False),
        Column("version", BigInteger, nullable=False),
        Column("epoch", Integer, nullable=False),
        Column("province_id", Uuid),
        Column("payload", JSONB, nullable=False),
        Column("traceparent", Text),
        _moment("published_at", nullable=True),
        postgresql_partition_by="RANGE (recorded_at)",
    )
    Index(
        "ix_outbox_unpublished",
        outbox.c.aggregate_id,
        outbox.c.version,
        postgresql_where=text("published_at IS NULL"),
    )
    dead_letter = Table(
        "dead_letter",
        metadata,
        Column("id", Uuid, primary_key=True),
        Column("consumer", Text, nullable=False),
        Column("subject", Text, nullable=False),
        Column("event_id", Text),
        Column("aggregate_id", Text),
        Column("reason", Text, nullable=False),
        Column("error", Text, nullable=False),
        Column("headers", JSONB, nullable=False),
        Column("body", LargeBinary, nullable=False),
        Column("attempts", Integer, nullable=False),
        _moment("parked_at"),
        _moment("resolved_at", nullable=True),
    )
    Index("ix_dead_letter_consumer_parked_at", dead_letter.c.consumer, dead_letter.c.parked_at)
    failing = Table(
        "inbox_failing",
        metadata,
        Column("consumer", Text, primary_key=True),
        Column("event_id", Uuid, primary_key=True),
        Column("aggregate_id", Uuid, nullable=False, index=True),
        Column("version", BigInteger, nullable=False),
        _moment("failed_at"),
    )
    return {
        "epoch": Table(
            "epoch",
            metadata,
            Column("id", Integer, primary_key=True, autoincrement=False),
            Column("value", Integer, nullable=False),
        ),
        "outbox": outbox,
        "outbox_aggregate": Table(
            "outbox_aggregate",
            metadata,
            Column("aggregate_id", Uuid, primary_key=True),
            Column("version", BigInteger, nullable=False),
        ),
        "inbox": Table(
            "inbox",
            metadata,
            Column("consumer", Text, primary_key=True),
            Column("event_id", Uuid, primary_key=True),
            _moment("handled_at"),
        ),
        "inbox_version": Table(
            "inbox_version",
            metadata,
            Column("consumer", Text, primary_key=True),
            Column("aggregate_id", Uuid, primary_key=True),
            Column("epoch", Integer, nullable=False),
            Column("version", BigInteger, nullable=False),
        ),
        "inbox_failing": failing,
        "dead_letter": dead_letter,
    }


def _requests(metadata: MetaData) -> dict[str, Table]:
    return {
        "idempotency_key": Table(
            "idempotency_key",
            metadata,
            Column("account", Text, primary_key=True),
            Column("key", Text, primary_key=True),
            Column("request", Text, nullable=False),
            Column("body_hash", LargeBinary, nullable=False),
            Column("status", Integer, nullable=False),
            Column("headers", JSONB, nullable=False),
            Column("body", LargeBinary, nullable=False),
            Column("answered_at", DateTime(timezone=True), nullable=False, index=True),
        ),
        "jwks_cache": Table(
            "jwks_cache",
            metadata,
            Column("url", Text, primary_key=True),
            Column("jwks", JSONB, nullable=False),
            _moment("fetched_at"),
        ),
        "stored_file": Table(
            "stored_file",
            metadata,
            Column("sha256", Text, primary_key=True),
            Column("size", BigInteger, nullable=False),
            Column("media_type", Text),
            _moment("stored_at"),
        ),
    }


def _audit(metadata: MetaData) -> dict[str, Table]:
    record = Table(
        "audit_record",
        metadata,
        Column("aggregate_kind", Text, primary_key=True),
        Column("aggregate_id", Text, primary_key=True),
        Column("sequence", BigInteger, primary_key=True, autoincrement=False),
        Column("id", Uuid, nullable=False, unique=True),
        _moment("at"),
        Column("act", Text, nullable=False),
        Column("account_id", Uuid),
        Column("system", Text),
        Column("address", Text),
        Column("channel", Text, nullable=False),
        Column("province_id", Uuid),
        Column("before", JSONB),
        Column("after", JSONB),
        Column("marks", JSONB),
        Column("previous_hash", LargeBinary, nullable=False),
        Column("hash", LargeBinary, nullable=False),
    )
    Index("ix_audit_record_at", record.c.at)
    return {
        "audit_record": record,
        "audit_head": Table(
            "audit_head",
            metadata,
            Column("aggregate_kind", Text, primary_key=True),
            Column("aggregate_id", Text, primary_key=True),
            Column("sequence", BigInteger, nullable=False),
            Column("hash", LargeBinary, nullable=False),
        ),
        "audit_seal": Table(
            "audit_seal",
            metadata,
            Column("number", BigInteger, primary_key=True, autoincrement=False),
            _moment("sealed_at"),
            Column("record_count", Integer, nullable=False),
            Column("merkle_root", LargeBinary, nullable=False),
            Column("previous_hash", LargeBinary, nullable=False),
            Column("hash", LargeBinary, nullable=False),
            Column("signature", Text, nullable=False),
        ),
        "audit_seal_leaf": Table(
            "audit_seal_leaf",
            metadata,
            Column("record_id", Uuid, primary_key=True),
            Column("seal_number", BigInteger, nullable=False, index=True),
            Column("leaf", Integer, nullable=False),
            Column("record_hash", LargeBinary, nullable=False),
        ),
    }


def _copies(metadata: MetaData) -> dict[str, Table]:
    return {
        "copy_state": Table(
            "copy_state",
            metadata,
            Column("name", Text, primary_key=True),
            Column("epoch", Integer, nullable=False),
            Column("watermark", BigInteger, nullable=False),
            _moment("taken_at"),
        ),
        "copy_item": Table(
            "copy_item",
            metadata,
            Column("copy", Text, primary_key=True),
            Column("key", Text, primary_key=True),
            Column("version", BigInteger, nullable=False),
            Column("deleted", Boolean, nullable=False, server_default=text("false")),
            Column("province_id", Uuid),
            Column("payload", JSONB, nullable=False),
        ),
    }


def service_metadata() -> tuple[MetaData, KitTables]:
    """A fresh metadata with the naming convention and kit's tables; the service adds its own."""
    metadata = MetaData(naming_convention=NAMING)
    tables = _events(metadata) | _requests(metadata) | _audit(metadata) | _copies(metadata)
    tables |= directory_tables(metadata)
    return metadata, KitTables(**tables)


KIT: KitTables = service_metadata()[1]
