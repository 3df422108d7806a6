"""Vietnamese text: one normal form, one search key, one order, the same in every part of the system."""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
"""Huyền, hỏi, ngã, sắc, nặng: the order of Vietnamese dictionaries after the bare syllable."""


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def squeeze(text: str) -> str:
    """NFC, runs of white space as one space, none at the ends."""
    return _SPACES.sub(" ", nfc(text)).strip()


def fold(text: str) -> str:
    """The search key: lower case, no marks, đ as d, single spaces."""
    lowered = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    bare = "".join(char for char in lowered if unicodedata.category(char) != "Mn")
    return squeeze(bare.replace("đ", "d"))


def sort_key(text: str) -> str:
    """A key whose plain byte order is Vietnamese order: letters first, then tones, then case."""
    letters: list[str] = []
    tones: list[str] = []
    for char in nfc(text.lower()):
        base, tone = _letter(char)
        place = _ALPHABET.find(base)
        letters.append(f"{place + 0x30:02x}" if place >= 0 else _other(base))
        tones.append(str(tone))
    return f"{''.join(letters)} {''.join(tones)} {_case(text)}"


def _letter(char: str) -> tuple[str, int]:
    """The letter of the alphabet (ă, â, ê, ô, ơ, ư are letters of their own) and its tone."""
    parts = unicodedata.normalize("NFD", char)
    tone = next((_TONES[mark] for mark in parts if mark in _TONES), 0)
    kept = "".join(mark for mark in parts if mark not in _TONES)
    return nfc(kept), tone


def _other(char: str) -> str:
    """Spaces, then marks, then digits, all before letters; letters of other scripts after them."""
    if char.isspace():
        return "00"
    if char.isdigit():
        return f"2{unicodedata.digit(char, 0)}"
    if char.isalpha():
        return f"ff{ord(char[0]):06x}"
    return f"10{ord(char[0]):06x}"


def _case(text: str) -> str:
    return "".join("1" if char.isupper() else "0" for char in nfc(text))


def runs_as_formula(text: str) -> bool:
    """Whether a spreadsheet that is handed this text may take it for a formula; a lone sign is only a mark."""
    return text.startswith(("=", "+", "-", "@", "\t", "\r")) and text not in ("-", "+")
