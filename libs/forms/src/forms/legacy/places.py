"""Where legacy text stands in a file or a request, and the refusal that names every such place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from kit.errors import InvalidInput, Place

from forms.legacy.detection import Suspicion, repair, suspect
from forms.legacy.tables import Encoding

CODE = "forms.text.legacy_encoding"
STANDARD = "Tiếng Việt trong Hệ thống dùng bộ mã ký tự Unicode theo TCVN 6909:2001"
REMEDY = "Xem bản chuyển mã rồi dùng bản đã chuyển, hoặc chuyển tệp sang Unicode (phông Times New Roman) và gửi lại."
NEW_FONT = "Times New Roman"
_SHOWN = 60
_MOST_NAMED = 200


@dataclass(frozen=True, slots=True)
class LegacyPlace:
    """One cell, paragraph or field, with what it says before and after conversion."""

    encoding: Encoding
    confidence: float
    before: str
    after: str
    font: str | None = None
    sheet: str | None = None
    cell: str | None = None
    part: str | None = None
    """In words: "đoạn 3", "mục 2.1, đoạn 1"."""

    @property
    def words(self) -> str:
        where = [f"trang “{self.sheet}”" if self.sheet else "", f"ô {self.cell}" if self.cell else ""]
        return ", ".join(each for each in (*where, self.part) if each)


class LegacyText(InvalidInput):
    """The text cannot be read as Vietnamese: it needs a font from before Unicode. Nothing of it is kept."""

    def __init__(self, places: Iterable[LegacyPlace], rule: str | None = None) -> None:
        found = tuple(places)
        first, rest = found[0], len(found) - 1
        super().__init__(
            CODE,
            f"Văn bản dùng bảng mã cũ {first.encoding.label}, chưa phải Unicode: {first.words or 'nội dung gửi'}"
            f" ghi “{first.before[:_SHOWN]}”, chuyển mã là “{first.after[:_SHOWN]}”"
            + (f" (và {rest} chỗ khác)." if rest else "."),
            places=tuple(Place(p.sheet, p.cell, p.part) for p in found[:_MOST_NAMED]),
            rule=f"{STANDARD}; {rule}." if rule else f"{STANDARD}.",
            remedy=REMEDY,
            details={"count": len(found), "places": [asdict(place) for place in found[:_MOST_NAMED]]},
        )


def place_of(text: str, suspicion: Suspicion, **where: str | None) -> LegacyPlace:
    return LegacyPlace(suspicion.encoding, suspicion.confidence, text, repair(text, suspicion), **where)


def refuse_legacy(places: Iterable[LegacyPlace], rule: str | None = None) -> None:
    found = tuple(places)
    if found:
        raise LegacyText(found, rule)


@dataclass(frozen=True, slots=True)
class Converted:
    """A file in Unicode, and what stood where before."""

    data: bytes
    places: tuple[LegacyPlace, ...]


def convert_text(text: str) -> Converted:
    """A plain text, paragraph by paragraph; line ends stay as they are."""
    found = {place.part: place for place in paragraphs(text)}
    lines = text.splitlines(keepends=True)
    written = [
        line
        if (place := found.get(f"đoạn {number}")) is None
        else place.after + line[len(line.splitlines()[0]) :]
        for number, line in enumerate(lines, 1)
    ]
    return Converted("".join(written).encode(), tuple(found.values()))


def paragraphs(text: str, part: str = "") -> tuple[LegacyPlace, ...]:
    """The legacy paragraphs of a text without fonts. `part` says whose text it is."""
    found: list[LegacyPlace] = []
    for number, line in enumerate(text.splitlines(), 1):
        suspicion = suspect(line)
        if suspicion is not None:
            named = ", ".join(each for each in (part, f"đoạn {number}") if each)
            found.append(place_of(line, suspicion, part=named))
    return tuple(found)
