"""A form version keeps which versions of other forms its formulas and rules were written for.

Step: expand. What was published before names none and goes by the ids of whatever version a report has, as it did.
Locks: `form_version` for the moment it takes to add a column with a constant.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "20261126_1010"
down_revision = "20261126_0655"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("form_version", sa.Column("reads", JSONB(), nullable=False, server_default="{}"))


def downgrade() -> None:
    op.drop_column("form_version", "reads")
