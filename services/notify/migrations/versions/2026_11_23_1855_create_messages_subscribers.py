"""Create messages, hints, known reports, reminders, preferences and subscribers, with kit's tables.

Step: expand, the first of this database. Locks: nothing, all tables are new. `pg_trgm` is a trusted extension: the
owner of the database may create it.
"""

import sqlalchemy as sa
from alembic import op
from kit.db.migrations import create_kit_tables, drop_kit_tables
from sqlalchemy.dialects.postgresql import ARRAY

revision = "20261123_1855"
down_revision = None
branch_labels = None
depends_on = None


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _messages() -> None:
    op.create_table(
        "message",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("province_id", sa.Uuid(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("report_id", sa.Uuid()),
        sa.Column("unit_name", sa.Text(), nullable=False),
        _moment("due_at", nullable=True),
        _moment("created_at"),
        _moment("read_at", nullable=True),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("mail", sa.Text(), nullable=False),
        sa.Column("mail_tries", sa.Integer(), nullable=False),
        _moment("mail_next_at", nullable=True),
        sa.Column("mail_error", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.UniqueConstraint("account_id", "cause", name="uq_message_account_id_cause"),
    )
    op.create_index("ix_message_account_id_id", "message", ["account_id", "id"])
    op.create_index(
        "ix_message_unread", "message", ["account_id"], postgresql_where=sa.text("read_at IS NULL")
    )
    op.create_index(
        "ix_message_mail_due",
        "message",
        ["mail_next_at"],
        postgresql_where=sa.text("mail = 'wanted'"),
    )
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    op.create_index(
        "ix_message_search_key_trgm",
        "message",
        [sa.literal_column("search_key gin_trgm_ops")],
        postgresql_using="gin",
    )
    op.create_table(
        "preference",
        sa.Column("account_id", sa.Uuid(), primary_key=True),
        sa.Column("mail", sa.Boolean(), nullable=False),
        sa.Column("mail_off", ARRAY(sa.Text()), nullable=False),
    )


def _hints() -> None:
    op.create_table(
        "hint",
        sa.Column("position", sa.BigInteger(), sa.Identity(always=True), primary_key=True),
        sa.Column(
            "txid",
            sa.BigInteger(),
            nullable=False,
            server_default=sa.text("(pg_current_xact_id()::text)::bigint"),
        ),
        sa.Column("account_id", sa.Uuid()),
        sa.Column("place_id", sa.Uuid()),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        _moment("told_at"),
    )
    op.create_index("ix_hint_txid_position", "hint", ["txid", "position"])
    op.create_index("ix_hint_told_at", "hint", ["told_at"])


def _reports() -> None:
    op.create_table(
        "known_report",
        sa.Column("report_id", sa.Uuid(), primary_key=True),
        sa.Column("province_id", sa.Uuid(), nullable=False),
        sa.Column("regime_id", sa.Uuid(), nullable=False),
        sa.Column("regime_name", sa.Text(), nullable=False),
        sa.Column("period_key", sa.Text(), nullable=False),
        sa.Column("period_label", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("unit_name", sa.Text(), nullable=False),
        sa.Column("lead_unit_id", sa.Uuid(), nullable=False),
        sa.Column("lead_unit_name", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        _moment("due_at", nullable=True),
        sa.Column("article", sa.Text(), nullable=False),
    )
    op.create_index("ix_known_report_regime_id", "known_report", ["regime_id"])
    op.create_index("ix_known_report_open_due", "known_report", ["due_at"], postgresql_where=sa.text("open"))
    op.create_table(
        "reminder",
        sa.Column("report_id", sa.Uuid(), primary_key=True),
        sa.Column("stage", sa.Text(), primary_key=True),
        sa.Column("due_at", sa.DateTime(timezone=True), primary_key=True),
    )


def _subscribers() -> None:
    op.create_table(
        "subscriber",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("province_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("events", ARRAY(sa.Text()), nullable=False),
        _moment("created_at"),
        _moment("removed_at", nullable=True),
    )
    op.create_index("ix_subscriber_province_id", "subscriber", ["province_id"])
    op.create_index(
        "ix_subscriber_name",
        "subscriber",
        ["name"],
        unique=True,
        postgresql_where=sa.text("removed_at IS NULL"),
    )


def upgrade() -> None:
    create_kit_tables(op)
    _messages()
    _hints()
    _reports()
    _subscribers()


def downgrade() -> None:
    for table in ("subscriber", "reminder", "known_report", "hint", "preference", "message"):
        op.drop_table(table)
    op.execute("DROP EXTENSION pg_trgm")
    drop_kit_tables(op)
