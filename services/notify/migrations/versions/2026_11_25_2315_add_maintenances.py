"""Add maintenances: what is announced, under way and over.

Step: expand. Locks: nothing, the table is new.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261125_2315"
down_revision = "20261123_1855"
branch_labels = None
depends_on = None


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _words(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Text(), nullable=False)


def upgrade() -> None:
    op.create_table(
        "maintenance",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("province_id", sa.Uuid(), nullable=False),
        _words("title"),
        _words("what"),
        _moment("starts_at"),
        _moment("ends_at"),
        _words("emergency_reason"),
        _words("notice_words"),
        _words("notice_article"),
        _moment("earliest_at"),
        _moment("announced_at"),
        sa.Column("announced_by", sa.Uuid(), nullable=False),
        _words("announced_by_name"),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("document_number", sa.Text()),
        sa.Column("document_issued_on", sa.Date()),
        _moment("ended_at", nullable=True),
        _moment("cancelled_at", nullable=True),
        _words("close_reason"),
    )
    op.create_index("ix_maintenance_province_id_starts_at", "maintenance", ["province_id", "starts_at"])
    op.create_index(
        "ix_maintenance_open", "maintenance", ["ends_at"], postgresql_where=sa.text("cancelled_at IS NULL")
    )


def downgrade() -> None:
    op.drop_table("maintenance")
