"""Vietnamese text as it is searched: without marks, đ as d, in small letters."""

from __future__ import annotations

import unicodedata


def folded(text: str) -> str:
    """`Báo cáo Đề án` → `bao cao de an`: what a search key holds and a query is turned into."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    kept = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return " ".join(kept.casefold().split())
