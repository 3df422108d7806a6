"""Expand: declared incidents, and on a receipt the document a report was sent by meanwhile.

Adds one empty table and four columns with constant defaults; locks receipt for a moment.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "20261125_2359"
down_revision = "20261125_2115"
branch_labels = None
depends_on = None

WORDS = ("fallback_number", "fallback_issued_on", "fallback_sha256")


def _moment(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def upgrade() -> None:
    op.create_table(
        "incident",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("province_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        _moment("from_at"),
        _moment("to_at"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("document_number", sa.Text(), nullable=False),
        sa.Column("document_on", sa.Date(), nullable=False),
        sa.Column("unit_ids", ARRAY(sa.Uuid()), nullable=False),
        sa.Column("recorded", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        _moment("declared_at"),
        sa.Column("declared_by", sa.Text(), nullable=False),
        sa.Column("declared_by_name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
    )
    op.create_index(op.f("ix_incident_province_id"), "incident", ["province_id"])
    op.add_column("receipt", sa.Column("incident_id", sa.Uuid()))
    for name in WORDS:
        op.add_column("receipt", sa.Column(name, sa.Text(), server_default=sa.text("''"), nullable=False))


def downgrade() -> None:
    for name in (*WORDS, "incident_id"):
        op.drop_column("receipt", name)
    op.drop_table("incident")
