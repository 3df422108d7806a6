"""What the commands share: exit statuses, bounded reading, and a refusal as data or words."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from forms.refusals import BadFile
from kit.apart import Bounds, confine
from kit.errors import DomainError, InvalidInput, NotFound, Place

ACCEPTED, REFUSED = 0, 2

Answer = TypeVar("Answer")


def bounded(work: Callable[[], Answer]) -> Answer:
    """This command is a process of its own already: it bounds itself as the service bounds its readers."""
    confine(Bounds(), may_write=True)
    try:
        return work()
    except MemoryError:
        raise BadFile.too_heavy() from None


def content_of(path: Path) -> bytes:
    """The file's bytes. Raises DomainError where there is none to read."""
    try:
        return path.read_bytes()
    except FileNotFoundError as missing:
        raise NotFound(
            "catalog.file.missing",
            f"Không có tệp “{path}”.",
            places=(Place(field="file"),),
            remedy="Kiểm tra lại tên và đường dẫn của tệp.",
        ) from missing
    except OSError as closed:
        raise InvalidInput(
            "catalog.file.not_readable",
            f"Không mở được “{path}”: đó là thư mục hoặc tệp không cho đọc.",
            places=(Place(field="file"),),
            remedy="Chọn một tệp mà tài khoản đang dùng được phép đọc.",
        ) from closed


def write_content(path: Path, data: bytes) -> None:
    """Raises DomainError where nothing can be written."""
    try:
        path.write_bytes(data)
    except OSError as closed:
        raise InvalidInput(
            "catalog.file.not_writable",
            f"Không ghi được vào “{path}”.",
            places=(Place(field="out"),),
            remedy="Chọn một thư mục có sẵn mà tài khoản đang dùng được phép ghi.",
        ) from closed


def verdict(refusal: DomainError | None) -> dict[str, Any]:
    place = refusal.places[0] if refusal is not None and refusal.places else None
    return {
        "accepted": refusal is None,
        "code": None if refusal is None else refusal.code,
        "message": None if refusal is None else refusal.message,
        "where": {
            "sheet": None if place is None else place.sheet,
            "cell": None if place is None else place.cell,
        },
    }


def as_data(refusal: DomainError) -> dict[str, Any]:
    return {
        "code": refusal.code,
        "message": refusal.message,
        "places": [place.as_dict() for place in refusal.places],
        "rule": refusal.rule,
        "remedy": refusal.remedy,
    }


def print_json(answer: Any) -> None:
    print(json.dumps(answer, ensure_ascii=False, indent=2))


def print_refusal(refusal: DomainError) -> None:
    print(f"Từ chối: {refusal.message}  [{refusal.code}]")
    for place in refusal.places:
        print("  chỗ: " + " ".join(filter(None, (place.sheet, place.cell, place.field))))
    for word, text in (("quy tắc", refusal.rule), ("cách sửa", refusal.remedy)):
        if text:
            print(f"  {word}: {text}")
