"""The directory's three tables: places, accounts and grants as identity last told them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, MetaData, Table, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB


def directory_tables(metadata: MetaData) -> dict[str, Table]:
    grant = Table(
        "directory_grant",
        metadata,
        Column("id", Uuid, primary_key=True),
        Column("version", BigInteger, nullable=False),
        Column("deleted", Boolean, nullable=False, server_default=text("false")),
        Column("account_id", Uuid, nullable=False, index=True),
        Column("right_name", Text, nullable=False),
        Column("place_id", Uuid),
        Column("with_lower", Boolean, nullable=False),
        Column("scope_id", Uuid),
        Column("valid_from", Date),
        Column("valid_until", Date),
        Column("province_id", Uuid),
    )
    Index("ix_directory_grant_right_name_place_id", grant.c.right_name, grant.c.place_id)
    return {
        "directory_place": Table(
            "directory_place",
            metadata,
            Column("id", Uuid, primary_key=True),
            Column("version", BigInteger, nullable=False),
            Column("deleted", Boolean, nullable=False, server_default=text("false")),
            Column("parent_id", Uuid, index=True),
            Column("province_id", Uuid, index=True),
            Column("code", Text, nullable=False),
            Column("name", Text, nullable=False),
            Column("kind", Text, nullable=False),
            Column("level", Text, nullable=False),
            Column("data", JSONB, nullable=False),
        ),
        "directory_account": Table(
            "directory_account",
            metadata,
            Column("id", Uuid, primary_key=True),
            Column("version", BigInteger, nullable=False),
            Column("deleted", Boolean, nullable=False, server_default=text("false")),
            Column("active", Boolean, nullable=False),
            Column("place_id", Uuid, index=True),
            Column("province_id", Uuid),
            Column("full_name", Text, nullable=False),
            Column("email", Text),
            Column("data", JSONB, nullable=False),
        ),
        "directory_grant": grant,
    }
