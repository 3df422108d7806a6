"""Indicators as a plain table, the same in .xlsx and CSV, read and written by codes and Vietnamese words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TypeVar
from uuid import UUID

from forms.indicators import TimeKind, UnitRule
from forms.text import fold, squeeze
from forms.values import plain
from kit.errors import DomainError

from catalog.application.catalogue_ports import TableRow
from catalog.domain.indicator import (
    Direction,
    Indicator,
    IndicatorTerms,
    IndicatorVersion,
    OverUnits,
    TimeRule,
)
from catalog.domain.shared import EntryKind, SharedEntry

CODE, NAME, CONCEPT, METHOD, SOURCE = "Mã", "Tên chỉ tiêu", "Khái niệm", "Phương pháp tính", "Nguồn số liệu"
MEASURE, PRECISION, DOMAIN, OWNER = "Đơn vị tính", "Số chữ số thập phân", "Lĩnh vực", "Đơn vị phụ trách"
DIRECTION, RULE, SCALE = "Chiều hướng tốt", "Tổng hợp theo đơn vị", "Hệ số"
WEIGHT, NUMERATOR, DENOMINATOR = "Trọng số", "Tử số", "Mẫu số"
KIND, OVER_TIME, BREAKDOWNS = "Loại theo thời gian", "Tổng hợp theo thời gian", "Phân tổ"
NATIONAL, VALID_FROM = "Mã quốc gia", "Hiệu lực từ"
COLUMNS = (
    CODE, NAME, CONCEPT, METHOD, SOURCE, MEASURE, PRECISION, DOMAIN, OWNER, DIRECTION, RULE, WEIGHT, NUMERATOR,
    DENOMINATOR, SCALE, KIND, OVER_TIME, BREAKDOWNS, NATIONAL, VALID_FROM,
)  # fmt: skip
REQUIRED = (CODE, NAME, MEASURE, DOMAIN)

DIRECTIONS = {Direction.MORE: "Tăng", Direction.LESS: "Giảm", Direction.NEITHER: "Không xét"}
RULES = {
    UnitRule.SUM: "Cộng",
    UnitRule.MEAN: "Bình quân",
    UnitRule.WEIGHTED_MEAN: "Bình quân gia quyền",
    UnitRule.RATIO_OF_SUMS: "Tỷ số của các tổng",
    UnitRule.MAX: "Lớn nhất",
    UnitRule.MIN: "Nhỏ nhất",
    UnitRule.LAST: "Số cuối",
    UnitRule.NONE: "Không tổng hợp",
}
TIME_KINDS = {TimeKind.FLOW: "Thời kỳ", TimeKind.STOCK: "Thời điểm", TimeKind.RATE: "Tỷ lệ"}
TIME_RULES = {TimeRule.SUM: "Cộng", TimeRule.LAST: "Lấy kỳ cuối", TimeRule.NONE: "Không tổng hợp"}
Word = TypeVar("Word", Direction, UnitRule, TimeKind, TimeRule)
_SEPARATOR = re.compile(r"[;,]")


class RowWrong(Exception):
    def __init__(self, column: str, words: str) -> None:
        super().__init__(words)
        self.column = column
        self.words = words


@dataclass(frozen=True, slots=True)
class Known:
    """What a row may name: entries by kind and by folded code, name or symbol; indicators and units by code."""

    entries: Mapping[tuple[EntryKind, str], UUID]
    indicators: Mapping[str, UUID]
    units: Mapping[str, UUID]

    @classmethod
    def of(
        cls, entries: Sequence[SharedEntry], indicators: Mapping[str, UUID], units: Mapping[str, UUID]
    ) -> Known:
        named: dict[tuple[EntryKind, str], UUID] = {}
        for entry in entries:
            for word in (entry.terms.name, entry.terms.symbol, entry.code):
                if word and not entry.retired:
                    named[entry.kind, fold(word)] = entry.id
        return cls(named, indicators, units)


def terms_of(row: TableRow, known: Known) -> IndicatorTerms:
    """Raises RowWrong with the column and what is wrong there."""

    def said(column: str) -> str:
        return squeeze(row.values.get(column, ""))

    def entry(column: str, kind: EntryKind, words: str) -> UUID:
        found = known.entries.get((kind, fold(words)))
        if found is None:
            raise RowWrong(column, f"“{words}” không có trong danh mục dùng chung.")
        return found

    def named(column: str) -> UUID | None:
        code = said(column)
        if code and code not in known.indicators:
            raise RowWrong(column, f"Không có chỉ tiêu mang mã “{code}”.")
        return known.indicators[code] if code else None

    for column in REQUIRED:
        if not said(column):
            raise RowWrong(column, f"Chưa nhập cột “{column}”.")
    kind = _chosen(TIME_KINDS, KIND, said(KIND), TimeKind.FLOW)
    natural = TimeRule.SUM if kind is TimeKind.FLOW else TimeRule.LAST
    return IndicatorTerms(
        name=said(NAME),
        concept=said(CONCEPT),
        method=said(METHOD),
        source=said(SOURCE),
        measure_id=entry(MEASURE, EntryKind.MEASURE, said(MEASURE)),
        precision=_precision(said(PRECISION)),
        domain_id=entry(DOMAIN, EntryKind.DOMAIN, said(DOMAIN)),
        direction=_chosen(DIRECTIONS, DIRECTION, said(DIRECTION), Direction.NEITHER),
        over_units=OverUnits(
            _chosen(RULES, RULE, said(RULE), UnitRule.SUM),
            named(WEIGHT),
            named(NUMERATOR),
            named(DENOMINATOR),
            _scale(said(SCALE)),
        ),
        time_kind=kind,
        over_time=_chosen(TIME_RULES, OVER_TIME, said(OVER_TIME), natural),
        breakdown_ids=tuple(
            entry(BREAKDOWNS, EntryKind.BREAKDOWN, word.strip())
            for word in _SEPARATOR.split(said(BREAKDOWNS))
            if word.strip()
        ),
        national_code=said(NATIONAL),
    )


def row_of(
    indicator: Indicator,
    version: IndicatorVersion,
    entries: Mapping[UUID, SharedEntry],
    codes: Mapping[UUID, str],
    units: Mapping[UUID, str],
) -> list[str]:
    terms, over = version.terms, version.terms.over_units

    def entry(id: UUID | None) -> str:
        return entries[id].terms.name if id is not None and id in entries else ""

    def code(id: UUID | None) -> str:
        return codes.get(id, "") if id else ""

    cells = {
        CODE: indicator.code,
        NAME: terms.name,
        CONCEPT: terms.concept,
        METHOD: terms.method,
        SOURCE: terms.source,
        MEASURE: entry(terms.measure_id),
        PRECISION: str(terms.precision),
        DOMAIN: entry(terms.domain_id),
        OWNER: units.get(indicator.owner_unit_id, ""),
        DIRECTION: DIRECTIONS[terms.direction],
        RULE: RULES[over.rule],
        WEIGHT: code(over.weight_id),
        NUMERATOR: code(over.numerator_id),
        DENOMINATOR: code(over.denominator_id),
        SCALE: plain(over.scale),
        KIND: TIME_KINDS[terms.time_kind],
        OVER_TIME: TIME_RULES[terms.over_time],
        BREAKDOWNS: "; ".join(entries[id].code for id in terms.breakdown_ids if id in entries),
        NATIONAL: terms.national_code,
        VALID_FROM: version.valid_from.isoformat() if version.valid_from else "",
    }
    return [cells[column] for column in COLUMNS]


def words_of(error: DomainError) -> tuple[str, str]:
    """The column that a refusal of the domain points to, and what it says."""
    field = error.places[0].field if error.places else None
    return _COLUMN_OF_FIELD.get((field or "").partition(".")[0], CODE), error.message


_COLUMN_OF_FIELD = {"over_units": RULE, "over_time": OVER_TIME, "name": NAME}


def _chosen(words: Mapping[Word, str], column: str, said: str, otherwise: Word) -> Word:
    if not said:
        return otherwise
    wanted = fold(said)
    for word, shown in words.items():
        if wanted in (fold(shown), word.value):
            return word
    raise RowWrong(column, f"“{said}” không phải một trong: {', '.join(words.values())}.")


def _precision(said: str) -> int:
    if not said:
        return 0
    if said.isascii() and said.isdigit() and int(said) <= 10:
        return int(said)
    raise RowWrong(PRECISION, "Số chữ số thập phân phải là số nguyên từ 0 đến 10.")


def _scale(said: str) -> Decimal:
    try:
        found = Decimal(said.replace(",", ".") or "1")
    except InvalidOperation:
        raise RowWrong(SCALE, f"Hệ số “{said}” không phải là số.") from None
    if not found.is_finite() or found <= 0 or abs(found.adjusted()) > 12:
        raise RowWrong(SCALE, "Hệ số phải là số dương, ví dụ 100 cho phần trăm.")
    return found
