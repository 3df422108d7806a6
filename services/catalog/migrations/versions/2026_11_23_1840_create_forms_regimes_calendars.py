"""Create forms with their versions, regimes and calendar years, with kit's tables.

Step: expand, the first of this database. Locks: nothing, all tables are new. `pg_trgm` is a trusted extension: the
owner of the database may create it.
"""

import sqlalchemy as sa
from alembic import op
from kit.db.migrations import create_kit_tables, drop_kit_tables
from sqlalchemy.dialects.postgresql import JSONB

revision = "20261123_1840"
down_revision = None
branch_labels = None
depends_on = None


def _form() -> None:
    op.create_table(
        "form",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("province_id", sa.Uuid(), nullable=False),
        sa.Column("owner_unit_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text(collation="C"), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_form"),
        sa.UniqueConstraint("province_id", "code", name="uq_form_province_id_code"),
    )
    _lists("form")


def _form_version() -> None:
    op.create_table(
        "form_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("form_id", sa.Uuid(), nullable=False),
        sa.Column("province_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("model", JSONB(), nullable=False),
        sa.Column("proposal", JSONB(), nullable=False),
        sa.Column("template_sha256", sa.Text(), nullable=False),
        sa.Column("template_size", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("told", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_form_version"),
        sa.ForeignKeyConstraint(["form_id"], ["form.id"], name="fk_form_version_form_id_form"),
        sa.ForeignKeyConstraint(
            ["template_sha256"], ["stored_file.sha256"], name="fk_form_version_template_sha256_stored_file"
        ),
        sa.UniqueConstraint("form_id", "number", name="uq_form_version_form_id_number"),
    )
    op.create_index("ix_form_version_province_id_state", "form_version", ["province_id", "state"])


def _regime() -> None:
    op.create_table(
        "regime",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("province_id", sa.Uuid(), nullable=False),
        sa.Column("owner_unit_id", sa.Uuid(), nullable=False),
        sa.Column("lead_unit_id", sa.Uuid(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("terms", JSONB(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("told", sa.BigInteger(), nullable=False),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text(collation="C"), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_regime"),
        sa.UniqueConstraint("province_id", "code", name="uq_regime_province_id_code"),
    )
    op.create_index("ix_regime_state", "regime", ["state"])
    _lists("regime")


def _calendar_year() -> None:
    op.create_table(
        "calendar_year",
        sa.Column("province_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("holidays", JSONB(), nullable=False),
        sa.Column("made_up", JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("province_id", "year", name="pk_calendar_year"),
    )


def _lists(table: str) -> None:
    op.create_index(f"ix_{table}_province_id_sort_key", table, ["province_id", "sort_key", "id"])
    op.create_index(
        f"ix_{table}_search_key",
        table,
        [sa.literal_column("search_key gin_trgm_ops")],
        postgresql_using="gin",
    )


def upgrade() -> None:
    create_kit_tables(op)
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    _form()
    _form_version()
    _regime()
    _calendar_year()


def downgrade() -> None:
    for table in ("calendar_year", "regime", "form_version", "form"):
        op.drop_table(table)
    op.execute("DROP EXTENSION pg_trgm")
    drop_kit_tables(op)
