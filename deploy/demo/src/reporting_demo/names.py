"""Invented Vietnamese names, the same at every seeding: nobody here is a real person."""

from __future__ import annotations

import hashlib
import unicodedata

_FAMILIES = (
    ["Nguyễn"] * 8 + ["Trần"] * 4 + ["Lê"] * 3 + ["Phạm", "Phạm", "Huỳnh", "Hoàng", "Phan", "Vũ", "Võ", "Đặng", "Bùi"]
    + ["Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Điểu"]
)  # fmt: skip
_WOMEN = (
    "Minh Anh", "Thu Hà", "Ngọc Lan", "Thanh Thảo", "Kim Oanh", "Bích Ngọc", "Hồng Nhung", "Mai Phương", "Thúy Hằng",
    "Cẩm Tú", "Diễm My", "Khánh Linh", "Quỳnh Như", "Tuyết Mai", "Xuân Hương", "Yến Nhi", "Hải Yến", "Lan Chi",
)  # fmt: skip
_MEN = (
    "Quốc Bảo", "Văn Nam", "Minh Tuấn", "Đức Thắng", "Hữu Phước", "Thanh Tùng", "Công Danh", "Anh Dũng", "Trung Kiên",
    "Hoàng Long", "Gia Huy", "Tấn Phát", "Đình Khoa", "Ngọc Sơn", "Xuân Trường", "Bá Lộc", "Chí Hiếu", "Việt Hùng",
)  # fmt: skip


def slug(text: str) -> str:
    """Small letters without marks, joined by hyphens."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    letters = "".join(
        c if c.isascii() and c.isalnum() else " " for c in plain if not unicodedata.combining(c)
    )
    return "-".join(letters.split())


def person(key: str) -> str:
    """The name of whoever holds this account."""
    digest = hashlib.sha256(key.encode()).digest()
    family = _FAMILIES[digest[0] % len(_FAMILIES)]
    if digest[1] % 2:
        return f"{family} Thị {_WOMEN[digest[2] % len(_WOMEN)]}"
    return f"{family} {_MEN[digest[2] % len(_MEN)]}"
