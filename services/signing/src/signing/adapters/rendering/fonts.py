"""The typeface of official documents: Times metrics with every Vietnamese letter, found on this machine.

Decree 30/2020/NĐ-CP asks for Times New Roman. Liberation Serif has its metrics but lacks the letters with two
marks (ế, ộ, ữ), so it cannot set Vietnamese; Tinos and TeX Gyre Termes can.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import typst

from signing.domain.errors import RenderingUnavailable

FAMILIES = ("Tinos", "Times New Roman", "TeX Gyre Termes")
FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
_VIETNAMESE = frozenset(map(ord, "ĂÂĐÊÔƠƯăâđêôơư")) | frozenset(range(0x1EA0, 0x1EFA))


@dataclass(frozen=True, slots=True)
class Typeface:
    family: str
    folders: tuple[str, ...]
    covered: frozenset[int]

    def fonts(self) -> typst.Fonts:
        return typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[*self.folders]
        )


class Typography:
    """The typeface, looked for when it is first needed."""

    def __init__(self, extra_folders: Iterable[str] = ()) -> None:
        self._extra = tuple(extra_folders)

    @cached_property
    def typeface(self) -> Typeface:
        return find_typeface(self._extra)


def find_typeface(extra_folders: Iterable[str] = ()) -> Typeface:
    """The first family of the list that sets Vietnamese in all four styles."""
    folders = [str(Path(f).expanduser()) for f in (*extra_folders, *FOLDERS)]
    present = [folder for folder in folders if Path(folder).is_dir()]
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=present).fonts()
    for family in FAMILIES:
        paths = {f.path for f in found if f.family == family and f.path and f.weight in (400, 700)}
        if len(paths) < 4:
            continue
        covered = frozenset.intersection(*(_coverage(Path(path)) for path in paths))
        if covered >= _VIETNAMESE:
            return Typeface(family, tuple(sorted({str(Path(path).parent) for path in paths})), covered)
    raise RenderingUnavailable(
        "thiếu phông chữ có đủ dấu tiếng Việt (Tinos, Times New Roman hoặc TeX Gyre Termes); "
        "cài gói fonts-croscore hoặc đặt REPORTING_FONT_FOLDERS"
    )


def _coverage(path: Path) -> frozenset[int]:
    """The characters a TrueType file has glyphs for, from its `cmap` (formats 4 and 12)."""
    data = path.read_bytes()
    start = _table(data, b"cmap")
    if start is None:
        return frozenset()
    covered: set[int] = set()
    (count,) = struct.unpack_from(">H", data, start + 2)
    for index in range(count):
        platform, _, offset = struct.unpack_from(">HHI", data, start + 4 + 8 * index)
        at = start + offset
        (form,) = struct.unpack_from(">H", data, at)
        if platform in (0, 3) and form == 4:
            covered |= _segments(data, at)
        elif platform in (0, 3) and form == 12:
            (groups,) = struct.unpack_from(">I", data, at + 12)
            for group in range(groups):
                first, last, _ = struct.unpack_from(">III", data, at + 16 + 12 * group)
                covered.update(range(first, last + 1))
    return frozenset(covered)


def _table(data: bytes, name: bytes) -> int | None:
    (count,) = struct.unpack_from(">H", data, 4)
    for index in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, 12 + 16 * index)
        if tag == name:
            return int(offset)
    return None


def _segments(data: bytes, at: int) -> set[int]:
    (doubled,) = struct.unpack_from(">H", data, at + 6)
    count = doubled // 2
    ends = struct.unpack_from(f">{count}H", data, at + 14)
    starts = struct.unpack_from(f">{count}H", data, at + 16 + doubled)
    covered: set[int] = set()
    for first, last in zip(starts, ends, strict=True):
        if first != 0xFFFF:
            covered.update(range(first, last + 1))
    return covered
