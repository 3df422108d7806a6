"""Add the secret addresses of units' deadline feeds.

Step: expand. Locks: nothing, the table is new.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261125_2015"
down_revision = "20261125_2006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_feed",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("province_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("secret_sha256", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_calendar_feed"),
        sa.UniqueConstraint("secret_sha256", name="uq_calendar_feed_secret_sha256"),
    )
    op.create_index("ix_calendar_feed_unit_id", "calendar_feed", ["unit_id"])


def downgrade() -> None:
    op.drop_table("calendar_feed")
