"""expand: kit's own tables; takes no locks."""

from alembic import op
from kit.db.migrations import create_kit_tables, drop_kit_tables

revision = "20261123_1800"
down_revision = None


def upgrade() -> None:
    create_kit_tables(op)


def downgrade() -> None:
    drop_kit_tables(op)
