"""Fill the versions of calendar years with the one that holds; earlier ones weren't kept.

Step: backfill. Locks: nothing but the rows it writes; a few for each province.
"""

from alembic import op

revision = "20261125_2006"
down_revision = "20261125_2005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "INSERT INTO calendar_revision (province_id, year, number, holidays, made_up, decision, decided_on) "
        "SELECT province_id, year, number, holidays, made_up, decision, decided_on FROM calendar_year "
        "ON CONFLICT DO NOTHING"
    )


def downgrade() -> None:
    """The rows go with their table."""
