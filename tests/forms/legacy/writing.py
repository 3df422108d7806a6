"""Unicode written the old way: what a typist of 1998 would have left in the file."""

from __future__ import annotations

from functools import cache

from forms.legacy.tables import Encoding, table


@cache
def codes(encoding: Encoding) -> dict[str, str]:
    """Each letter's code; where a letter has two, the one that comes first in the table."""
    found: dict[str, str] = {}
    for code, letter in table(encoding).items():
        found.setdefault(letter, code)
    return found


def to_legacy(text: str, encoding: Encoding) -> str:
    if encoding is Encoding.TCVN3_CAPITALS:
        # The font draws every letter as a capital: whatever the case, the small letter's byte is typed.
        return to_legacy(text.lower(), Encoding.TCVN3)
    return "".join(codes(encoding).get(letter, letter) for letter in text)
