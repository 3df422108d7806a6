"""The service's deadlines and calendar against a second program that shares no code with it."""

from __future__ import annotations

import csv
import importlib.util
import io
import sys
from datetime import date
from itertools import groupby
from types import ModuleType

import pytest
from catalog.adapters.holiday_seed import NO_PROVINCE, TABLED, SeededYears, from_package, seed_year
from catalog.domain.calendar import WorkingCalendar
from catalog.entrypoints.cli.deadline import Question, answers
from province_profile import load_profiles

from tests.catalog.building import ROOT

TABLES = ROOT / "tests" / "catalog" / "tables"
PROFILES = load_profiles(ROOT / "profiles")
CALENDAR = WorkingCalendar(SeededYears())


def second(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, TABLES / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


lunar = second("lunar")
program = second("second_program")


def table(province: str) -> list[dict[str, str]]:
    with (TABLES / f"{province}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("province", PROFILES.keys())
def test_the_tables_are_what_the_second_program_writes(province: str) -> None:
    out = io.StringIO()
    program.write(province, out)
    assert (TABLES / f"{province}.csv").read_text(encoding="utf-8") == out.getvalue()


@pytest.mark.requirement("TH-5", "TH-6", "TH-7", "DL-14.2")
@pytest.mark.parametrize("province", PROFILES.keys())
def test_every_period_of_four_years_is_due_when_the_table_says(province: str) -> None:
    rows = table(province)
    assert {row["kind"] for row in rows} == set(program.EXAMPLES)
    checked = 0
    for (kind, code), found in groupby(rows, key=lambda row: (row["kind"], row["period"])):
        expected = list(found)
        example = expected[0]["rule_from"] == "example"
        rule = expected[0]["rule"] if example else None
        (answer,) = answers(Question(province, kind, code, rule=rule), PROFILES, CALENDAR)
        points = answer.get("due_points", [answer])
        for point, row in zip(points, expected, strict=True):
            seen = (point["label"], *point["cut_off"], point["rule"], point["last_day"], point["due"])
            assert seen == (
                row["label"], row["cut_off_from"], row["cut_off_to"], row["rule"], row["last_day"], row["due"]
            ), (kind, code)  # fmt: skip
            assert example or point["article"] == row["rule_from"]
            assert point["steps"][0].startswith("Lưu ý") == (row["in_force"] == "no")
            checked += 1
    assert checked == len(rows) > 1600


@pytest.mark.parametrize("year", range(2024, 2031))
def test_the_seed_s_working_days_are_those_of_the_labour_code_and_the_moon(year: int) -> None:
    days = [
        date.fromordinal(n) for n in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal())
    ]
    differing = [day for day in days if (CALENDAR.why_off(day) is None) != program.works(day)]
    assert differing == []


@pytest.mark.parametrize("year", TABLED)
def test_tet_and_the_hung_kings_day_are_where_the_moon_puts_them(year: int) -> None:
    named = {name: day for day, name in seed_year(NO_PROVINCE, year).holidays.items()}
    assert named["Tết Nguyên Đán"] == lunar.new_year(year)
    assert named["Ngày Giỗ Tổ Hùng Vương"] == lunar.hung_kings(year)


@pytest.mark.parametrize("year", TABLED)
def test_the_seed_s_table_is_what_the_package_of_public_holidays_says(year: int) -> None:
    seeded, package = seed_year(NO_PROVINCE, year), from_package(year)
    assert (dict(seeded.holidays), dict(seeded.made_up)) == (package["off"], package["made_up"])
