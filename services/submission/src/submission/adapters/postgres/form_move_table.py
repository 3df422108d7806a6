"""The table of reports moved to newer versions of their forms; importing it completes the service's metadata."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, ForeignKey, Integer, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from submission.adapters.postgres.incident_table import metadata

__all__ = ["form_move", "metadata"]

form_move = Table(
    "form_move",
    metadata,
    Column("report_id", Uuid, ForeignKey("report.id"), primary_key=True),
    Column("to_version_id", Uuid, primary_key=True),
    Column("from_version_id", Uuid, nullable=False),
    Column("from_number", Integer, nullable=False),
    Column("to_number", Integer, nullable=False),
    Column("form_code", Text, nullable=False),
    Column("form_name", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("kept", Integer, nullable=False),
    Column("fallen", JSONB, nullable=False),
    Column("who", Text, nullable=False),
    Column("who_name", Text, nullable=False),
    Column("moved_at", DateTime(timezone=True), nullable=False),
)
