"""Vietnamese text as it is stored, looked up and put in order.

Text is kept in NFC. A search key drops the marks (đ becomes d), so that "phuoc tan" finds "Phước Tân". A
sort key holds the order of the Vietnamese alphabet, letters first and tones after, so that the order is the
same in every database whatever its collation.
"""

from __future__ import annotations

import unicodedata

_ALPHABET = "0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: chr(0x30 + place) for place, letter in enumerate(_ALPHABET)}
# Ngang, huyền, hỏi, ngã, sắc, nặng.
_TONES = {"\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0301": "5", "\u0323": "6"}


def clean(text: str) -> str:
    """NFC, without control characters, runs of blanks joined."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(c if c.isprintable() else " " for c in composed).split())


def search_key(*texts: str) -> str:
    """Lower case without marks: what a search compares."""
    folded = unicodedata.normalize("NFD", " ".join(texts).lower().replace("đ", "d"))
    return " ".join("".join(c for c in folded if not unicodedata.combining(c)).split())


def sort_key(text: str) -> str:
    """Compared byte by byte it gives the Vietnamese order: letters decide, then tones."""
    letters: list[str] = []
    tones: list[str] = []
    for character in unicodedata.normalize("NFC", text.lower()):
        tone = "1"
        base = ""
        for mark in unicodedata.normalize("NFD", character):
            if mark in _TONES:
                tone = _TONES[mark]
            else:
                base += mark
        base = unicodedata.normalize("NFC", base)
        letters.append(_RANK.get(base, "!" if base.isspace() else "/"))
        tones.append(tone)
    return "".join(letters) + " " + "".join(tones)
