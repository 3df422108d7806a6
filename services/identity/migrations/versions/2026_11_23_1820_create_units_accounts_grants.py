"""Create units with their versions, accounts, grants and the rights version, with kit's tables.

Step: expand, the first of this database. Locks: nothing, all tables are new. `pg_trgm` is a trusted extension: the
owner of the database may create it.
"""

import sqlalchemy as sa
from alembic import op
from kit.db.migrations import create_kit_tables, drop_kit_tables

revision = "20261123_1820"
down_revision = None
branch_labels = None
depends_on = None


def _unit() -> None:
    op.create_table(
        "unit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("province_id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("valid_from_on", sa.Date(), nullable=False),
        sa.Column("profile", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text(collation="C"), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_unit"),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name="fk_unit_parent_id_unit"),
        sa.UniqueConstraint("province_id", "code", name="uq_unit_province_id_code"),
    )
    op.create_index("ix_unit_parent_id", "unit", ["parent_id"])
    op.create_index(
        "ix_unit_province_code",
        "unit",
        ["code"],
        unique=True,
        postgresql_where=sa.text("parent_id IS NULL"),
    )
    op.create_index("ix_unit_province_id_sort_key", "unit", ["province_id", "sort_key", "id"])
    _trigram_index("unit")
    op.create_table(
        "unit_version",
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("valid_from_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("unit_id", "version", name="pk_unit_version"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_unit_version_unit_id_unit"),
    )


def _account() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("province_id", sa.Uuid(), nullable=True),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.Column("position_title", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("program", sa.Boolean(), nullable=False),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lock_reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("credential", sa.Text(), nullable=False),
        sa.Column("credential_tries", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("credential_next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("credential_error", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text(collation="C"), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_account_unit_id_unit"),
        sa.UniqueConstraint("username", name="uq_account_username"),
    )
    op.create_index("ix_account_province_id", "account", ["province_id"])
    op.create_index("ix_account_unit_id", "account", ["unit_id"])
    op.create_index(
        "ix_account_unsettled",
        "account",
        ["credential_next_at"],
        postgresql_where=sa.text("credential <> 'ready'"),
    )
    _trigram_index("account")


def _grants() -> None:
    op.create_table(
        "right_grant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("province_id", sa.Uuid(), nullable=True),
        sa.Column("right_name", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("with_lower", sa.Boolean(), nullable=False),
        sa.Column("regime_id", sa.Uuid(), nullable=True),
        sa.Column("valid_from_on", sa.Date(), nullable=False),
        sa.Column("valid_to_on", sa.Date(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_right_grant"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_right_grant_account_id_account"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_right_grant_unit_id_unit"),
    )
    op.create_index("ix_right_grant_account_id", "right_grant", ["account_id"])
    op.create_index("ix_right_grant_unit_id", "right_grant", ["unit_id"])
    op.create_table(
        "rights_version",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rights_version"),
    )
    op.execute("INSERT INTO rights_version (id, value) VALUES (1, 0)")


def _trigram_index(table: str) -> None:
    op.create_index(
        f"ix_{table}_search_key",
        table,
        [sa.literal_column("search_key gin_trgm_ops")],
        postgresql_using="gin",
    )


def upgrade() -> None:
    create_kit_tables(op)
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    _unit()
    _account()
    _grants()


def downgrade() -> None:
    for table in ("rights_version", "right_grant", "account", "unit_version", "unit"):
        op.drop_table(table)
    op.execute("DROP EXTENSION pg_trgm")
    drop_kit_tables(op)
