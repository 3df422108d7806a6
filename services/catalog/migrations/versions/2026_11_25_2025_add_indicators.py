"""Add indicators with their versions, sets of indicators, and allocation of form rows to units.

Step: expand. Locks: nothing, all tables are new.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "20261125_2025"
down_revision = "20261125_2020"
branch_labels = None
depends_on = None


def _indicator() -> None:
    op.create_table(
        "indicator",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("province_id", sa.Uuid(), nullable=False),
        sa.Column("owner_unit_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("measure_id", sa.Uuid(), nullable=True),
        sa.Column("domain_id", sa.Uuid(), nullable=True),
        sa.Column("merged_into_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("told", sa.BigInteger(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text(collation="C"), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_indicator"),
        sa.UniqueConstraint("province_id", "code", name="uq_indicator_province_id_code"),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["shared_entry.id"], name="fk_indicator_measure_id_shared_entry"
        ),
        sa.ForeignKeyConstraint(
            ["domain_id"], ["shared_entry.id"], name="fk_indicator_domain_id_shared_entry"
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["indicator.id"], name="fk_indicator_merged_into_id_indicator"
        ),
    )
    _lists("indicator")
    op.create_index(
        "ix_indicator_name_key",
        "indicator",
        [sa.literal_column("name_key gin_trgm_ops")],
        postgresql_using="gin",
    )


def _indicator_version() -> None:
    op.create_table(
        "indicator_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("indicator_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("terms", JSONB(), nullable=False),
        sa.Column("entry_ids", ARRAY(sa.Uuid()), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_indicator_version"),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name="fk_indicator_version_indicator_id_indicator"
        ),
        sa.UniqueConstraint("indicator_id", "number", name="uq_indicator_version_indicator_id_number"),
    )
    op.create_index(
        "ix_indicator_version_entry_ids", "indicator_version", ["entry_ids"], postgresql_using="gin"
    )


def _indicator_set() -> None:
    op.create_table(
        "indicator_set",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("province_id", sa.Uuid(), nullable=False),
        sa.Column("owner_unit_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("terms", JSONB(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text(collation="C"), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_indicator_set"),
        sa.UniqueConstraint("province_id", "code", name="uq_indicator_set_province_id_code"),
    )
    _lists("indicator_set")


def _allocation() -> None:
    op.create_table(
        "allocation",
        sa.Column("regime_id", sa.Uuid(), nullable=False),
        sa.Column("form_version_id", sa.Uuid(), nullable=False),
        sa.Column("rows", JSONB(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("regime_id", "form_version_id", name="pk_allocation"),
        sa.ForeignKeyConstraint(["regime_id"], ["regime.id"], name="fk_allocation_regime_id_regime"),
        sa.ForeignKeyConstraint(
            ["form_version_id"], ["form_version.id"], name="fk_allocation_form_version_id_form_version"
        ),
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
    _indicator()
    _indicator_version()
    _indicator_set()
    _allocation()


def downgrade() -> None:
    for table in ("allocation", "indicator_set", "indicator_version", "indicator"):
        op.drop_table(table)
