"""Words of the printed report that follow from rules: names, authority, recipients (Decree 30/2020, Appendix I)."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

_COUNCIL = "ỦY BAN NHÂN DÂN"
_COUNCILS = (_COUNCIL, "UỶ BAN NHÂN DÂN")
_LONGEST_LINE = 26
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def printable(text: str, covered: frozenset[int] | None = None) -> str:
    """NFC, without control characters; a sign that the typeface lacks becomes an empty box."""
    kept = []
    for sign in unicodedata.normalize("NFC", text):
        if sign in "\n\t":
            kept.append("\n" if sign == "\n" else " ")
        elif unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn"):
            continue
        elif covered is None or ord(sign) in covered:
            kept.append(sign)
        else:
            kept.append(" " if sign.isspace() else "□")
    return "".join(kept)


def agency_name(unit_name: str, authority: str) -> str:
    """A commune speaks through its people's committee: whoever signs TM. signs for that."""
    name = " ".join(unit_name.split())
    if name.upper().startswith("UBND "):
        return f"Ủy ban nhân dân {name[5:]}"
    if not name or _COUNCIL not in authority.upper() or name.upper().startswith(_COUNCILS):
        return name
    return f"Ủy ban nhân dân {name[0].lower()}{name[1:]}"


def parent_name(name: str) -> str:
    """The agency above: a territory stands for its committee."""
    territory = name.upper().startswith(("TỈNH ", "THÀNH PHỐ ", "HUYỆN ", "XÃ ", "PHƯỜNG ", "ĐẶC KHU "))
    return agency_name(name, _COUNCIL if territory else "")


def agency_lines(unit_name: str) -> list[str]:
    """A people's committee stands on two lines, as on paper; another long name is broken near its middle."""
    name = " ".join(unit_name.upper().split())
    for head in _COUNCILS:
        if name.startswith(head + " "):
            return [_COUNCIL, name[len(head) + 1 :]]
    if len(name) <= _LONGEST_LINE:
        return [name]
    breaks = [at for at, sign in enumerate(name) if sign == " "]
    if not breaks:
        return [name]

    def cost(at: int) -> int:
        joins = name[at + 1 :].split(" ", 1)[0] in ("VÀ", "TỈNH", "THÀNH", "HUYỆN", "XÃ", "PHƯỜNG")
        return abs(len(name) - 2 * at) - (8 if joins else 0)

    best = min(breaks, key=cost)
    return [name[:best], name[best + 1 :]]


def subject(title: str) -> str:
    """Under "BÁO CÁO" the words are not said twice."""
    words = re.sub(r"^\s*báo\s+cáo\s+", "", title, flags=re.IGNORECASE).strip() or title.strip()
    return words[:1].upper() + words[1:]


def authority_lines(authority: str, head_title: str, signer_title: str) -> list[str]:
    """A deputy signs for the head: TM. … / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH."""
    spoken_for = authority.strip().upper()
    head, signer = _title(head_title, spoken_for), _title(signer_title, spoken_for)
    lines = [spoken_for]
    if signer.startswith("PHÓ ") and not head.startswith("PHÓ "):
        lines += [f"KT. {head or signer.removeprefix('PHÓ ')}", signer]
    elif head.startswith("PHÓ "):
        lines += [f"KT. {head.removeprefix('PHÓ ')}", head]
    else:
        lines.append(head or signer)
    kept: list[str] = []
    for line in lines:
        if line and line not in kept:
            kept.append(line)
    return kept


def _title(title: str, spoken_for: str) -> str:
    """After "TM. ỦY BAN NHÂN DÂN" the title does not name the committee again."""
    words = " ".join(title.upper().split())
    return words.split(f" {_COUNCIL}")[0] if _COUNCIL in spoken_for else words


def opening(unit_name: str, regime_name: str, legal_basis: str, *, nil: bool) -> str:
    regime = f"Thực hiện chế độ báo cáo “{regime_name}”" if regime_name else "Thực hiện chế độ báo cáo"
    basis = f" theo {legal_basis}" if legal_basis else ""
    if nil:
        return f"{regime}{basis}, {unit_name} báo cáo: trong kỳ không phát sinh số liệu."
    return f"{regime}{basis}, {unit_name} báo cáo kết quả như sau:"


def recipients(receiver_name: str) -> list[str]:
    return ["Như trên;", "Lưu: VT."] if receiver_name else ["Lưu: VT."]


def annex_numbers(count: int) -> list[str]:
    return ["Phụ lục"] if count == 1 else [f"Phụ lục {_roman(n)}" for n in range(1, count + 1)]


def date_line(place_name: str, issued_on: date | None, year: int) -> str:
    """Days and the first two months take two digits, by Appendix I."""
    place = f"{place_name}, " if place_name else ""
    if issued_on is None:
        return f"{place}ngày      tháng      năm {year}"
    month = f"{issued_on.month:02d}" if issued_on.month < 3 else str(issued_on.month)
    return f"{place}ngày {issued_on.day:02d} tháng {month} năm {issued_on.year}"


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        while number >= value:
            text, number = text + sign, number - value
    return text
