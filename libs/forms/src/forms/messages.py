"""What a check found, in words for the person who can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from kit.errors import InvalidInput, Place

from forms.base import Frozen


class Severity(StrEnum):
    ERROR = "error"
    """Blocks."""
    WARNING = "warning"
    """Needs an explanation."""
    INFORMATION = "information"


class TouchedCell(Frozen):
    sheet: str
    row: str
    column: str
    a1: str | None = None


class Message(Frozen):
    code: str
    severity: Severity
    message: str
    sheet: str | None = None
    row: str | None = None
    column: str | None = None
    a1: str | None = None
    found: str | None = None
    """What the workbook or the person wrote there; numbers with ``.``."""
    expected: str | None = None
    """What belongs there, in words or as the value."""
    rule: str | None = None
    """Id of the form's rule that speaks here."""
    cells: tuple[TouchedCell, ...] = ()
    """Every cell the rule is about; the place above is the first of them."""


def errors(messages: Iterable[Message]) -> tuple[Message, ...]:
    return tuple(m for m in messages if m.severity is Severity.ERROR)


def refuse_errors(messages: Iterable[Message]) -> None:
    """Raises one refusal that names every place, if any message is an error."""
    found = errors(messages)
    if not found:
        return
    first = found[0]
    rest = len(found) - 1
    raise InvalidInput(
        first.code,
        first.message if not rest else f"{first.message} (và {rest} lỗi khác)",
        rule="Mỗi ô nhận đúng loại giá trị và độ chính xác của biểu mẫu; tiêu đề, cột, dòng của biểu giữ nguyên.",
        remedy="Sửa các chỗ được nêu rồi gửi lại; chưa có số liệu nào được ghi nhận.",
        places=tuple(Place(sheet=m.sheet, cell=m.a1, field=None) for m in found),
        details={"messages": [m.model_dump(mode="json") for m in found]},
    )
