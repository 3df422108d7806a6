"""Links are kept by each form version in its own ids, and name the source's version.

Step: expand, backfill. Until now ids were taken for the same in all versions of a form; what each version was told so far
is kept, read in the source's newest published version. Locks: `form_version` for the moment it takes to add a column with
a constant; then rows of forms with links, which are few.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "20261126_0655"
down_revision = "20261125_2030"
branch_labels = None
depends_on = None

NAME_SOURCES = """
UPDATE form SET links = (
    SELECT jsonb_agg(link || jsonb_build_object('from_version_id', (
        SELECT source.id FROM form_version AS source
        WHERE source.form_id = (link ->> 'from_form_id')::uuid AND source.state IN ('published', 'retired')
        ORDER BY source.number DESC LIMIT 1
    )) ORDER BY place)
    FROM jsonb_array_elements(form.links) WITH ORDINALITY AS drawn (link, place)
)
WHERE form.links <> '[]'
"""
GIVE_TO_VERSIONS = """
UPDATE form_version SET links = form.links FROM form
WHERE form.id = form_version.form_id AND form.links <> '[]'
"""
FORGET_SOURCES = """
UPDATE form SET links = (
    SELECT jsonb_agg(link - 'from_version_id' ORDER BY place)
    FROM jsonb_array_elements(form.links) WITH ORDINALITY AS drawn (link, place)
)
WHERE form.links <> '[]'
"""


def upgrade() -> None:
    op.add_column("form_version", sa.Column("links", JSONB(), nullable=False, server_default="[]"))
    op.execute(NAME_SOURCES)
    op.execute(GIVE_TO_VERSIONS)


def downgrade() -> None:
    op.drop_column("form_version", "links")
    op.execute(FORGET_SOURCES)
