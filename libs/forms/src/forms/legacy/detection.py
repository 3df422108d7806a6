"""Whether a text was written in a legacy encoding: by its font where there is one, else by its words.

A word is evidence for an encoding when it is no Vietnamese syllable as it stands but becomes one by that table.
Correct Vietnamese has no such words, foreign names hardly any; what we measured is in contracts/text/README.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from forms.legacy.syllables import is_syllable
from forms.legacy.tables import Encoding, table, to_unicode
from forms.text import nfc

_WORD = re.compile("[A-Za-z\u00a1-\u00ae\u00b5-\u00b9\u00bb-\u00be\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff]+")
_SYMBOLS = "§©«·»\u00ad"
"""What stands beside a word of a correct text, or in it unseen."""
_ALONE = frozenset("×÷·®©§")
_LATIN_1 = "\u00ff"
_ENOUGH = 3
_SHARE = 3
_SHORTEST = 3
_MOST_BY_WORDS = 0.99


@dataclass(frozen=True, slots=True)
class Suspicion:
    encoding: Encoding
    confidence: float
    """0 to 1; 1 where the font says it."""
    start: int
    end: int
    """The part of the text, in NFC, from its first suspicious word to the end of the last."""

    @property
    def by_font(self) -> bool:
        return self.confidence == 1


@dataclass(frozen=True, slots=True)
class _Reading:
    plain: bool
    """A correct word as it stands, or one that says nothing."""
    evidence: tuple[Encoding, ...]
    readable: tuple[Encoding, ...]


def font_encoding(font: str | None) -> Encoding | None:
    """What the letters of a font stand for, by its name: .VnTime, .VnArialH (capitals), VNI-Times."""
    name = (font or "").strip().lower()
    if name.startswith(".vn"):
        return Encoding.TCVN3_CAPITALS if (font or "").strip().endswith("H") else Encoding.TCVN3
    return Encoding.VNI if name.startswith(("vni-", "vni ")) else None


def suspect(text: str, font: str | None = None) -> Suspicion | None:
    text = nfc(text)
    if text.isascii():
        return None
    words = [(match, _read(match[0])) for match in _WORD.finditer(text) if not match[0].isascii()]
    named = font_encoding(font)
    if named is not None:
        return _by_font(text, words, named)
    found = [_by_words(words, encoding) for encoding in (Encoding.VNI, Encoding.TCVN3)]
    return max((each for each in found if each), key=lambda each: each.confidence, default=None)


def _by_font(text: str, words: list[tuple[re.Match[str], _Reading]], encoding: Encoding) -> Suspicion | None:
    """A legacy font over a text that is Unicode all the same, as when only the font was left behind, is none."""
    family = Encoding.VNI if encoding is Encoding.VNI else Encoding.TCVN3
    if any(letter > _LATIN_1 for match, _ in words for letter in match[0]):
        return None
    read = sum(family in reading.readable for _, reading in words)
    plain = sum(reading.plain for _, reading in words)
    if not any(code in text for code in table(encoding)) or read < plain:
        return None
    return Suspicion(encoding, 1, 0, len(text))


def _by_words(words: list[tuple[re.Match[str], _Reading]], encoding: Encoding) -> Suspicion | None:
    found = [match for match, reading in words if encoding in reading.evidence]
    count, marked = len({match[0] for match in found}), sum(not _is_sign(match[0]) for match, _ in words)
    alone = len(found) == 1 and marked <= 2 and len(found[0][0]) >= _SHORTEST
    if not (alone or count >= _ENOUGH or (len(found) >= 2 and len(found) * _SHARE >= marked)):
        return None
    confidence = min(_MOST_BY_WORDS, (len(found) / marked) * (1 - 0.5 ** (len(found) + 1)))
    return Suspicion(encoding, round(confidence, 3), found[0].start(), found[-1].end())


@lru_cache(maxsize=20_000)
def _read(word: str) -> _Reading:
    bare = word.strip(_SYMBOLS).replace("\u00ad", "")
    plain = bare.isascii() or is_syllable(bare)
    readable = tuple(
        encoding
        for encoding in (Encoding.TCVN3, Encoding.VNI)
        if _all_known(word, encoding) and is_syllable(to_unicode(word, encoding))
    )
    # µm is a measure; a word with no plain letter is too little to judge by.
    tells = not plain and word[0] != "µ" and not _is_sign(word)
    return _Reading(plain, readable if tells else (), readable)


def _is_sign(word: str) -> bool:
    return not any(letter.isascii() for letter in word)


def _all_known(word: str, encoding: Encoding) -> bool:
    """Every letter beyond ASCII belongs to the encoding."""
    return all(letter.isascii() or letter in _letters(encoding) for letter in word)


@lru_cache
def _letters(encoding: Encoding) -> frozenset[str]:
    return frozenset("".join(table(encoding)))


def repair(text: str, suspicion: Suspicion) -> str:
    """The text in Unicode. By font all of it; by words, what is Unicode already beside it stays."""
    text = nfc(text)
    if suspicion.by_font:
        return to_unicode(text, suspicion.encoding)
    mixed = any(letter > _LATIN_1 for word in _WORD.findall(text) for letter in word)
    return nfc("".join(_repaired(text, suspicion, mixed=mixed)))


def _repaired(text: str, suspicion: Suspicion, *, mixed: bool) -> Iterator[str]:
    at = 0
    for match in _WORD.finditer(text):
        word, encoding = match[0], suspicion.encoding
        inside = suspicion.start <= match.start() < suspicion.end
        wanted = inside and encoding in _read(word).readable if mixed else word not in _ALONE
        yield text[at : match.start()]
        yield to_unicode(word, encoding) if wanted else word
        at = match.end()
    yield text[at:]
