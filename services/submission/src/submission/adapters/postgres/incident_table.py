"""The table of declared incidents; importing it completes the service's metadata."""

from __future__ import annotations

from sqlalchemy import Column, Date, DateTime, Table, Text, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY

from submission.adapters.postgres.tables import metadata

__all__ = ["incident", "metadata"]

incident = Table(
    "incident",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("province_id", Uuid, nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("from_at", DateTime(timezone=True), nullable=False),
    Column("to_at", DateTime(timezone=True), nullable=False),
    Column("reason", Text, nullable=False),
    Column("document_number", Text, nullable=False),
    Column("document_on", Date, nullable=False),
    Column("unit_ids", ARRAY(Uuid), nullable=False),
    Column("recorded", Text, nullable=False, server_default=text("''")),
    Column("article", Text, nullable=False),
    Column("declared_at", DateTime(timezone=True), nullable=False),
    Column("declared_by", Text, nullable=False),
    Column("declared_by_name", Text, nullable=False),
)
