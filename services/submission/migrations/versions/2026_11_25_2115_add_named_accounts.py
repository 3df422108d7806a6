"""Expand: the lead agency's accounts that a regime names for taking in and for approving.

Adds two columns with constant defaults; locks the assignments for a moment. Periods opened before name nobody.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261125_2115"
down_revision = "20261125_2110"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("receivers", "deciders"):
        op.add_column("assignment", sa.Column(name, postgresql.JSONB(), server_default="[]", nullable=False))


def downgrade() -> None:
    for name in ("deciders", "receivers"):
        op.drop_column("assignment", name)
