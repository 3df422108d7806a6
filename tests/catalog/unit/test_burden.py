"""Which figures are asked twice: by the indicator where forms are bound to one, by the name of the row elsewhere."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID, uuid4

from catalog.domain.burden import AskedTwice, asked_twice
from catalog.domain.form import FormVersion
from catalog.domain.regime import RegimeTerms, ReportingRegime
from forms.binding import Binding, bind
from forms.indicators import BoundIndicator
from forms.model import FormModel
from forms.reading import Proposal, propose
from province_profile import RegimeKind

from tests.forms.building import workbook

UNIT = UUID(int=7)


def a_form(*labels: str) -> FormModel:
    return propose(workbook([["Chỉ tiêu", "Số lượng"], *([label, None] for label in labels)])).model


def bound(model: FormModel, **codes: str) -> FormModel:
    rows = {row.label.replace(" ", "_"): row.id for row in model.sheets[0].rows}
    known = {
        code: BoundIndicator(id=code, version_id=code, code=code, name=f"Tên của {code}")
        for code in codes.values()
    }
    return bind(model, [Binding(indicator_id=code, row=rows[label]) for label, code in codes.items()], known)


def twice(*models: FormModel) -> list[AskedTwice]:
    now = datetime(2026, 11, 2, tzinfo=UTC)
    regimes: list[ReportingRegime] = []
    versions: dict[UUID, FormVersion] = {}
    for number, model in enumerate(models):
        version = FormVersion(
            uuid4(), uuid4(), UUID(int=1), UUID(int=1), f"B{number}", "Biểu", 1, model, Proposal(model, (), ()), "x", 1, now
        )  # fmt: skip
        terms = RegimeTerms(
            f"Chế độ {number}", RegimeKind.PERIODIC, "province",
            reporting_unit_ids=(UNIT,), form_version_ids=(version.id,),
        )  # fmt: skip
        regimes.append(ReportingRegime(uuid4(), UUID(int=1), UUID(int=1), str(number), terms, now))
        versions[version.id] = version
    return list(asked_twice(regimes, versions))


def test_one_indicator_under_two_names_is_one_figure() -> None:
    (found,) = twice(
        bound(a_form("Hộ nghèo"), Hộ_nghèo="HN"),
        bound(a_form("Số hộ thuộc diện nghèo"), Số_hộ_thuộc_diện_nghèo="HN"),
    )
    assert (found.name, found.indicator, found.units) == ("Tên của HN", "HN", 1)
    assert [label for _, label in found.places] == ["Hộ nghèo", "Số hộ thuộc diện nghèo"]


def test_one_name_of_two_indicators_is_two_figures() -> None:
    assert twice(bound(a_form("Tổng số"), Tổng_số="A"), bound(a_form("Tổng số"), Tổng_số="B")) == []


def test_where_one_form_is_bound_to_nothing_the_name_speaks() -> None:
    (found,) = twice(bound(a_form("Hộ nghèo"), Hộ_nghèo="HN"), a_form("HỘ NGHÈO"))
    assert (found.indicator, found.regimes) == ("", ("Chế độ 0", "Chế độ 1"))
