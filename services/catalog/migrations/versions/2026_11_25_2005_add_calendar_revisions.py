"""Add the decision behind a calendar year, and every version a year has had.

Step: expand. Locks: calendar_year, for a moment; its new columns have a constant default or none.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "20261125_2005"
down_revision = "20261123_1840"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("calendar_year", sa.Column("decision", sa.Text(), server_default="", nullable=False))
    op.add_column("calendar_year", sa.Column("decided_on", sa.Date(), nullable=True))
    op.create_table(
        "calendar_revision",
        sa.Column("province_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("holidays", JSONB(), nullable=False),
        sa.Column("made_up", JSONB(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("province_id", "year", "number", name="pk_calendar_revision"),
    )


def downgrade() -> None:
    op.drop_table("calendar_revision")
    op.drop_column("calendar_year", "decided_on")
    op.drop_column("calendar_year", "decision")
