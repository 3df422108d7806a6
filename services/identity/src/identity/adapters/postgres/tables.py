"""identity's tables, beside those kit adds. `alembic check` compares them with the migrations."""

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

metadata, kit_tables = service_metadata()

unit = Table(
    "unit",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("province_id", Uuid, nullable=False),
    Column("parent_id", Uuid, ForeignKey("unit.id"), index=True),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("valid_from_on", Date, nullable=False),
    Column("profile", Text, nullable=False, server_default=text("''")),
    Column("version", BigInteger, nullable=False),
    Column("search_key", Text, nullable=False),
    Column("sort_key", Text(collation="C"), nullable=False),
    UniqueConstraint("province_id", "code"),
)
Index("ix_unit_province_code", unit.c.code, unique=True, postgresql_where=unit.c.parent_id.is_(None))
Index("ix_unit_province_id_sort_key", unit.c.province_id, unit.c.sort_key, unit.c.id)
Index(
    "ix_unit_search_key",
    unit.c.search_key,
    postgresql_using="gin",
    postgresql_ops={"search_key": "gin_trgm_ops"},
)

# A unit as it was from a day on: the version in force on a day is the last that began by then.
unit_version = Table(
    "unit_version",
    metadata,
    Column("unit_id", Uuid, ForeignKey("unit.id"), primary_key=True),
    Column("version", BigInteger, primary_key=True, autoincrement=False),
    Column("parent_id", Uuid),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("valid_from_on", Date, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
)

account = Table(
    "account",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("province_id", Uuid, index=True),
    Column("unit_id", Uuid, ForeignKey("unit.id"), index=True),
    Column("username", Text, nullable=False, unique=True),
    Column("full_name", Text, nullable=False),
    Column("position_title", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("program", Boolean, nullable=False),
    Column("locked_at", DateTime(timezone=True)),
    Column("lock_reason", Text, nullable=False, server_default=text("''")),
    Column("credential", Text, nullable=False),
    Column("credential_tries", Integer, nullable=False, server_default=text("0")),
    Column("credential_next_at", DateTime(timezone=True)),
    Column("credential_error", Text, nullable=False, server_default=text("''")),
    Column("version", BigInteger, nullable=False),
    Column("search_key", Text, nullable=False),
    Column("sort_key", Text(collation="C"), nullable=False),
)
Index("ix_account_unsettled", account.c.credential_next_at, postgresql_where=account.c.credential != "ready")
Index(
    "ix_account_search_key",
    account.c.search_key,
    postgresql_using="gin",
    postgresql_ops={"search_key": "gin_trgm_ops"},
)

# Named so because GRANT is a word of SQL.
right_grant = Table(
    "right_grant",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("account_id", Uuid, ForeignKey("account.id"), nullable=False, index=True),
    Column("province_id", Uuid),
    Column("right_name", Text, nullable=False),
    Column("unit_id", Uuid, ForeignKey("unit.id"), index=True),
    Column("with_lower", Boolean, nullable=False),
    Column("regime_id", Uuid),
    Column("valid_from_on", Date, nullable=False),
    Column("valid_to_on", Date),
    Column("version", BigInteger, nullable=False),
    Column("revoked_at", DateTime(timezone=True)),
)

rights_version = Table(
    "rights_version",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("value", BigInteger, nullable=False),
)
