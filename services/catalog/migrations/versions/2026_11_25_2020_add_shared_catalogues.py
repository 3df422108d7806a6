"""Add units of measure, domains and breakdowns with every state they were in.

Step: expand. Locks: nothing, both tables are new.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "20261125_2020"
down_revision = "20261125_2015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "shared_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("province_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("terms", JSONB(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text(collation="C"), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_shared_entry"),
        sa.UniqueConstraint("province_id", "kind", "code", name="uq_shared_entry_province_id_kind_code"),
    )
    op.create_index(
        "ix_shared_entry_search_key",
        "shared_entry",
        [sa.literal_column("search_key gin_trgm_ops")],
        postgresql_using="gin",
    )
    op.create_index("ix_shared_entry_province_id_sort_key", "shared_entry", ["province_id", "sort_key", "id"])
    op.create_table(
        "shared_entry_version",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("terms", JSONB(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("entry_id", "number", name="pk_shared_entry_version"),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["shared_entry.id"],
            name="fk_shared_entry_version_entry_id_shared_entry",
            ondelete="CASCADE",
        ),
    )


def downgrade() -> None:
    op.drop_table("shared_entry_version")
    op.drop_table("shared_entry")
