"""CloudEvents 1.0 in binary mode: what a message's headers say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any


def headers_of(row: Mapping[str, Any]) -> dict[str, str]:
    """The headers of an outbox row; `Nats-Msg-Id` lets the stream drop what is sent twice."""
    scope, owner, *_ = row["subject"].split(".")
    # Other systems are told by the whole, not by one of its services.
    source = f"/{owner}" if scope == "reporting" else "/reporting"
    headers = {
        "Nats-Msg-Id": str(row["id"]),
        "Content-Type": "application/json",
        "ce-specversion": "1.0",
        "ce-id": str(row["id"]),
        "ce-source": source,
        "ce-type": row["subject"],
        "ce-subject": str(row["aggregate_id"]),
        "ce-time": moment_text(row["recorded_at"]),
        "ce-aggregateversion": str(row["version"]),
        "ce-epoch": str(row["epoch"]),
    }
    if row["province_id"] is not None:
        headers["ce-provinceid"] = str(row["province_id"])
    if row["traceparent"]:
        headers["traceparent"] = row["traceparent"]
    return headers


def moment_text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
