"""Numbers as Vietnamese people type and read them: ``1.234,5``."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache

from kit.errors import InvalidInput

from forms.values import plain

_WIDE = Context(prec=100, Emin=-6143, Emax=6144, rounding=ROUND_HALF_UP)
_RULE = "Dấu phẩy ngăn phần thập phân, dấu chấm ngăn từng nhóm ba chữ số: 1.234,5"
_TYPED = re.compile(r"([+-]?)(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?", re.ASCII)
_DIGITS = re.compile(r"[+-]?\d[\d.,]*", re.ASCII)
_LONGEST = 60
_SIGNIFICANT = 34
_SHOWN_PLACES = 10


def parse_typed(text: str) -> Decimal:
    """The number a person typed or pasted; anything but the rule above is refused in words."""
    cleaned = re.sub(r"[\s\u00a0\u202f]+", "", text).replace("−", "-")
    match = _TYPED.fullmatch(cleaned) if len(cleaned) <= _LONGEST else None
    if match is None:
        raise _refusal(text.strip(), cleaned)
    sign, whole, fraction = match.groups()
    number = Decimal(
        f"{sign}{whole.replace('.', '')}.{fraction or '0'}" if fraction else f"{sign}{whole.replace('.', '')}"
    )
    if len(number.as_tuple().digits) > _SIGNIFICANT:
        raise InvalidInput(
            "forms.number.too_long",
            f"Số “{_shown(text)}” có quá {_SIGNIFICANT} chữ số.",
            rule=_RULE,
            remedy="Kiểm tra lại số đã nhập.",
        )
    return abs(number) if number.is_zero() else number


def _refusal(text: str, cleaned: str) -> InvalidInput:
    if _DIGITS.fullmatch(cleaned) and len(cleaned) <= _LONGEST:
        readings = _readings(cleaned)
        if len(readings) > 1:
            said = " hay ".join(format_vi(reading) for reading in readings)
            return InvalidInput(
                "forms.number.ambiguous",
                f"Không rõ “{_shown(text)}” là {said}.",
                rule=_RULE,
                remedy=f"Gõ lại: {' hoặc '.join(format_vi(reading) for reading in readings)}.",
                details={"readings": [plain(reading) for reading in readings]},
            )
    return InvalidInput(
        "forms.number.not_a_number",
        f"“{_shown(text)}” không phải là số.",
        rule=_RULE,
        remedy="Nhập số, hoặc để trống nếu không có số liệu.",
    )


def _readings(cleaned: str) -> list[Decimal]:
    """The sensible ways to read digits with marks: the mark as a decimal mark, or as grouping."""
    found: list[Decimal] = []
    last = max(cleaned.rfind("."), cleaned.rfind(","))
    if last > 0:
        whole = re.sub(r"[.,]", "", cleaned[:last])
        fraction = cleaned[last + 1 :]
        if fraction and whole.lstrip("+-"):
            found.append(Decimal(f"{whole}.{fraction}"))
    joined = re.sub(r"[.,]", "", cleaned)
    found.append(Decimal(joined))
    return list(dict.fromkeys(found))


def _shown(text: str) -> str:
    text = text.strip()
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def round_half_away(number: Decimal, places: int) -> Decimal:
    """Half goes away from zero: 2.5 → 3, -2.5 → -3. Negative places round before the decimal mark."""
    unit = _unit(places)
    if places < 0:
        return (number / unit).quantize(Decimal(1), context=_WIDE) * unit
    return number.quantize(unit, context=_WIDE)


@cache
def _unit(places: int) -> Decimal:
    return Decimal(1).scaleb(-places)


def places_of(number: Decimal) -> int:
    """Places after the decimal mark that are needed to write the number."""
    exponent = number.as_tuple().exponent
    if exponent == 0:
        return 0
    exponent = number.normalize(_WIDE).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def format_vi(number: Decimal, precision: int | None = None) -> str:
    """``1.234,50`` for a Vietnamese reader, at the cell's precision; without one at most 10 places."""
    if precision is not None:
        number = round_half_away(number, precision)
        digits = plain(number)
    else:
        digits = plain(round_half_away(number, min(places_of(number), _SHOWN_PLACES)))
    sign, digits = ("-", digits[1:]) if digits.startswith("-") else ("", digits)
    whole, _, fraction = digits.partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    return f"{sign}{grouped},{fraction}" if fraction else f"{sign}{grouped}"
