"""A message as a handler sees it; what cannot be read is broken and says why."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.json_format import ParseDict, ParseError
from google.protobuf.message import Message

M = TypeVar("M", bound=Message)


class Broken(Exception):
    """Reading it again will not help: it goes to the dead letters with this reason."""


@dataclass(frozen=True, slots=True)
class Delivery:
    event_id: UUID
    subject: str
    aggregate_id: UUID
    version: int
    epoch: int
    province_id: UUID | None
    at: datetime
    payload: Mapping[str, Any]

    def parse(self, message_class: type[M]) -> M:
        """Unknown fields are ignored, an unknown enum value is broken: it may change meaning."""
        message = message_class()
        unknown = _unknown_enum(dict(self.payload), message.DESCRIPTOR, "")
        if unknown is not None:
            raise Broken(f"giá trị liệt kê không được biết: {unknown}")
        try:
            ParseDict(dict(self.payload), message, ignore_unknown_fields=True)
        except ParseError as error:
            raise Broken(f"nội dung không theo {message.DESCRIPTOR.full_name}: {error}") from error
        return message


def read_delivery(subject: str, headers: Mapping[str, str] | None, body: bytes) -> Delivery:
    told = {name.lower(): value for name, value in (headers or {}).items()}
    try:
        payload = json.loads(body)
    except (ValueError, UnicodeDecodeError) as error:
        raise Broken(f"không phải JSON: {error}") from error
    if not isinstance(payload, dict):
        raise Broken("nội dung không phải một đối tượng JSON")
    try:
        province = told.get("ce-provinceid")
        return Delivery(
            event_id=UUID(told["ce-id"]),
            subject=subject,
            aggregate_id=UUID(told["ce-subject"]),
            version=int(told["ce-aggregateversion"]),
            epoch=int(told["ce-epoch"]),
            province_id=UUID(province) if province else None,
            at=datetime.fromisoformat(told["ce-time"]),
            payload=payload,
        )
    except (KeyError, ValueError) as error:
        raise Broken(f"thiếu hoặc sai tiêu đề CloudEvents: {error}") from error


def _unknown_enum(payload: dict[str, Any], descriptor: Any, path: str) -> str | None:
    for field in descriptor.fields:
        value = payload.get(field.json_name, payload.get(field.name))
        if value is None:
            continue
        for item in value if isinstance(value, list) else [value]:
            if field.type == FieldDescriptor.TYPE_ENUM:
                known = field.enum_type.values_by_name
                numbers = field.enum_type.values_by_number
                if item not in known and item not in numbers:
                    return f"{path}{field.json_name}={item}"
            elif field.type == FieldDescriptor.TYPE_MESSAGE and isinstance(item, dict):
                if _is_map(field) or field.message_type.file.package == "google.protobuf":
                    continue
                found = _unknown_enum(item, field.message_type, f"{path}{field.json_name}.")
                if found is not None:
                    return found
    return None


def _is_map(field: Any) -> bool:
    return bool(field.message_type.GetOptions().map_entry)
