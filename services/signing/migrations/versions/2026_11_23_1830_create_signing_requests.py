"""Create signing requests, their signatures, the register of numbers and verdicts, with kit's tables.

Step: expand, the first of this database. Locks: nothing, all tables are new. `pg_trgm` is a trusted extension: the
owner of the database may create it.
"""

import sqlalchemy as sa
from alembic import op
from kit.db.migrations import create_kit_tables, drop_kit_tables
from sqlalchemy.dialects.postgresql import JSONB

revision = "20261123_1830"
down_revision = None
branch_labels = None
depends_on = None


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _text(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _key(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _reason() -> sa.Column[object]:
    return sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False)


def _request() -> None:
    op.create_table(
        "signing_request",
        _key("id"),
        _key("province_id"),
        _key("report_id"),
        sa.Column("revision", sa.Integer(), nullable=False),
        _text("canonical_hash"),
        _key("unit_id"),
        _key("lead_unit_id", nullable=True),
        _key("regime_id", nullable=True),
        _text("steps"),
        _text("state"),
        sa.Column("version", sa.BigInteger(), nullable=False),
        _key("leader_account_id", nullable=True),
        _text("title"),
        _text("period_label"),
        _text("unit_name"),
        _text("unit_symbol"),
        _text("place_name"),
        _moment("due_at", nullable=True),
        _text("content_sha256"),
        _text("document_sha256"),
        _text("printed_signer"),
        sa.Column("number", sa.Integer(), nullable=True),
        _text("number_text", nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        _reason(),
        _moment("created_at"),
        _moment("acted_at"),
        _text("search_key"),
        sa.PrimaryKeyConstraint("id", name="pk_signing_request"),
        sa.UniqueConstraint("report_id", "revision", name="uq_signing_request_report_id_revision"),
    )
    op.create_index(
        "ix_signing_request_waiting",
        "signing_request",
        ["unit_id", "due_at"],
        postgresql_where=sa.text("state IN ('waiting_leader', 'waiting_agency')"),
    )
    op.create_index(
        "ix_signing_request_search_key",
        "signing_request",
        ["search_key"],
        postgresql_using="gin",
        postgresql_ops={"search_key": "gin_trgm_ops"},
    )


def _signature() -> None:
    op.create_table(
        "signature",
        _key("request_id"),
        _text("role"),
        _key("account_id"),
        _text("signer_name"),
        _text("certificate_serial"),
        _text("certificate_subject"),
        _text("certificate_issuer"),
        _moment("certificate_ends_at"),
        _moment("signed_at"),
        _text("document_sha256"),
        sa.PrimaryKeyConstraint("request_id", "role", name="pk_signature"),
        sa.ForeignKeyConstraint(
            ["request_id"], ["signing_request.id"], name="fk_signature_request_id_signing_request"
        ),
    )


def _register() -> None:
    op.create_table(
        "number_entry",
        _key("unit_id"),
        _text("kind"),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        _key("report_id"),
        _key("request_id"),
        _text("state"),
        sa.Column("issued_on", sa.Date(), nullable=False),
        _reason(),
        sa.PrimaryKeyConstraint("unit_id", "kind", "year", "number", name="pk_number_entry"),
    )
    op.create_index("ix_number_entry_request_id", "number_entry", ["request_id"])


def _verification() -> None:
    op.create_table(
        "verification",
        _key("id"),
        _text("document_sha256"),
        _key("request_id", nullable=True),
        _moment("made_at"),
        _text("made_by"),
        sa.Column("valid", sa.Boolean(), nullable=False),
        sa.Column("verdict", JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_verification"),
        sa.ForeignKeyConstraint(
            ["request_id"], ["signing_request.id"], name="fk_verification_request_id_signing_request"
        ),
    )
    op.create_index("ix_verification_document_sha256", "verification", ["document_sha256"])
    op.create_index("ix_verification_request_id", "verification", ["request_id"])


def upgrade() -> None:
    create_kit_tables(op)
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    _request()
    _signature()
    _register()
    _verification()


def downgrade() -> None:
    for name in ("verification", "number_entry", "signature", "signing_request"):
        op.drop_table(name)
    op.execute("DROP EXTENSION IF EXISTS pg_trgm")
    drop_kit_tables(op)
