"""TCVN3 (ABC) and VNI-Windows as tables: what a byte, or two, of an old font stands for in Unicode.

The facts: TCVN 5712:1993, third character set, as the .Vn* fonts draw it; the VNI-Windows set as the VNI-* fonts
draw it. Both are checked against glibc's TCVN5712-1 and two public converters, see contracts/text/README.md.
A legacy text reaches us as if it were Latin-1, so keys are written as Latin-1 characters.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from functools import cache

_TONES = "\u0300\u0309\u0303\u0301\u0323"
"""Huyền, hỏi, ngã, sắc, nặng."""

_TCVN3_VOWELS = {
    "a": "b5b6b7b8b9", "ă": "bbbcbdbec6", "â": "c7c8c9cacb", "e": "cccecfd0d1", "ê": "d2d3d4d5d6",
    "i": "d7d8dcddde", "o": "dfe1e2e3e4", "ô": "e5e6e7e8e9", "ơ": "eaebecedee", "u": "eff1f2f3f4",
    "ư": "f5f6f7f8f9", "y": "fafbfcfdfe",
}  # fmt: skip
_TCVN3_LETTERS = {
    "ă": "¨", "â": "©", "ê": "ª", "ô": "«", "ơ": "¬", "ư": "\u00ad", "đ": "®",
    "Ă": "¡", "Â": "¢", "Ê": "£", "Ô": "¤", "Ơ": "¥", "Ư": "¦", "Đ": "§",
}  # fmt: skip

_VNI_TONES = "øûõùï"
_VNI_MARKED = {"ă": ("aê", "èúüéë"), "â": ("aâ", "àåãáä"), "ê": ("eâ", "àåãáä"), "ô": ("oâ", "àåãáä")}
"""ă, â, ê, ô: the bare letter, then its second character for each tone, in place of that of the mark."""
_VNI_BASES = {"a": "a", "e": "e", "o": "o", "u": "u", "y": "y", "ơ": "ô", "ư": "ö"}
_VNI_LETTERS = {
    "đ": "ñ", "ơ": "ô", "ư": "ö", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "í": "í", "ị": "ò", "ỵ": "î",
}  # fmt: skip


class Encoding(StrEnum):
    TCVN3 = "tcvn3"
    TCVN3_CAPITALS = "tcvn3-capitals"
    """Fonts such as .VnTimeH: the same bytes, every letter printed as a capital."""
    VNI = "vni"

    @property
    def label(self) -> str:
        return "VNI-Windows" if self is Encoding.VNI else "TCVN3 (ABC)"


def toned(letter: str) -> tuple[str, ...]:
    """A vowel with each tone, in the order of `_TONES`."""
    return tuple(unicodedata.normalize("NFC", letter + tone) for tone in _TONES)


@cache
def table(encoding: Encoding) -> dict[str, str]:
    """Legacy sequence of one or two characters to the Unicode letter; plain ASCII stands for itself."""
    pairs = _vni() if encoding is Encoding.VNI else _tcvn3()
    found = dict(pairs)
    if encoding is Encoding.TCVN3_CAPITALS:
        return {legacy: letter.upper() for legacy, letter in found.items()}
    return found


def _tcvn3() -> Iterator[tuple[str, str]]:
    for letter, byte in _TCVN3_LETTERS.items():
        yield byte, letter
    for vowel, codes in _TCVN3_VOWELS.items():
        capital = _TCVN3_LETTERS.get(vowel.upper(), vowel.upper())
        for letter, byte in zip(toned(vowel), bytes.fromhex(codes).decode("latin-1"), strict=True):
            yield byte, letter
            # The set has no capitals with a tone; converters write the capital before the toned byte.
            yield capital + byte, letter.upper()


def _vni() -> Iterator[tuple[str, str]]:
    for letter, code in _VNI_LETTERS.items():
        yield from _both_cases(code, letter)
    for vowel, base in _VNI_BASES.items():
        for letter, mark in zip(toned(vowel), _VNI_TONES, strict=True):
            if letter != "ỵ":
                yield from _both_cases(base + mark, letter)
    for vowel, (bare, marks) in _VNI_MARKED.items():
        yield from _both_cases(bare, vowel)
        for letter, mark in zip(toned(vowel), marks, strict=True):
            yield from _both_cases(bare[0] + mark, letter)


def _both_cases(code: str, letter: str) -> Iterator[tuple[str, str]]:
    yield code, letter
    yield code.upper(), letter.upper()
    if len(code) == 2:
        # Typists leave the mark small behind a capital at the head of a word.
        yield code[0].upper() + code[1], letter.upper()


def pieces(text: str, encoding: Encoding) -> Iterator[tuple[int, str]]:
    """Each converted letter with the place in `text` where it began."""
    known = table(encoding)
    at = 0
    while at < len(text):
        two = text[at : at + 2]
        length = 2 if two in known else 1
        letter = known.get(text[at : at + length], text[at])
        yield at, letter.upper() if encoding is Encoding.TCVN3_CAPITALS else letter
        at += length


def to_unicode(text: str, encoding: Encoding) -> str:
    """Characters outside the table stay as they are; the result is NFC."""
    return unicodedata.normalize("NFC", "".join(letter for _, letter in pieces(text, encoding)))
