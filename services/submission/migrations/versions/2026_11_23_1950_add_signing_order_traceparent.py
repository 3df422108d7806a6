"""Expand: a signing order keeps the trace of the act that ordered it.

Adds one column with a constant default: an exclusive lock on signing_order for a moment, no rewrite.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261123_1950"
down_revision = "20261123_1846"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("signing_order", sa.Column("traceparent", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    op.drop_column("signing_order", "traceparent")
