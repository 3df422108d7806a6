"""`bin/reporting deadline`: the service's own answer, without a running stack."""

from __future__ import annotations

import json
import subprocess
from typing import Any, NoReturn

import pytest
from catalog.adapters.holiday_seed import SeededYears
from catalog.domain.calendar import WorkingCalendar
from catalog.entrypoints.cli.app import Offline, app
from province_profile import load_profiles
from typer.testing import CliRunner

from tests.catalog.building import ROOT


def _no_document() -> NoReturn:
    raise AssertionError("a deadline reads no document")


OFFLINE = Offline(
    lambda: load_profiles(ROOT / "profiles"), lambda: WorkingCalendar(SeededYears()), _no_document
)


def asked(profile: str, kind: str, period: str, *more: str) -> tuple[int, Any]:
    words = ["deadline", "--profile", profile, "--kind", kind, "--period", period, *more, "--json"]
    result = CliRunner().invoke(app, words, obj=OFFLINE)
    return result.exit_code, json.loads(result.stdout)


@pytest.mark.requirement("TH-6", "TH-7")
@pytest.mark.parametrize(
    ("kind", "code", "label", "cut_off", "due", "rule"),
    [
        ("day", "2026-11-23", "Ngày 23/11/2026", ["2026-11-23", "2026-11-23"], "2026-11-24T16:30:00+07:00",
         "before 1 day after period at 16:30"),
        ("half-month", "2026-11-A", "Kỳ 15 ngày từ 01/11 đến 14/11/2026", ["2026-11-01", "2026-11-14"],
         "2026-11-20T00:00:00+07:00", "before day 20"),
        ("half-month", "2026-11-B", "Kỳ 15 ngày từ 15/11 đến 30/11/2026", ["2026-11-15", "2026-11-30"],
         "2026-12-05T00:00:00+07:00", "before day 5 +1 month"),
        ("month", "2026-11", "Tháng 11 năm 2026", ["2026-10-15", "2026-11-14"], "2026-11-20T00:00:00+07:00",
         "before day 20"),
        ("quarter", "2026-Q4", "Quý IV năm 2026", ["2026-09-15", "2026-12-14"], "2026-12-20T00:00:00+07:00",
         "before day 20"),
        ("half-year", "2026-H1", "6 tháng đầu năm 2026", ["2025-12-15", "2026-06-14"],
         "2026-06-20T00:00:00+07:00", "before day 20"),
        ("year", "2026", "Năm 2026", ["2025-12-15", "2026-12-14"], "2026-12-20T00:00:00+07:00", "before day 20"),
    ],
)  # fmt: skip
def test_a_stated_deadline_is_answered_with_span_rule_and_first_late_moment(
    kind: str, code: str, label: str, cut_off: list[str], due: str, rule: str
) -> None:
    status, answer = asked("thanh-hoa", kind, code)
    assert status == 0
    assert (answer["label"], answer["cut_off"], answer["due"]) == (label, cut_off, due)
    assert [answer["from"], answer["to"]] == cut_off
    assert answer["rule"] == rule
    assert answer["article"].startswith("TH 7.")
    assert answer["calendar_version"].startswith("seed-")
    assert len(answer["steps"]) >= 3


def test_a_school_year_has_two_due_points_each_with_its_own_span() -> None:
    status, answer = asked("thanh-hoa", "school-year", "2026-2027")
    assert (status, answer["label"]) == (0, "Năm học 2026–2027")
    assert answer["due"] == ["2026-09-20T00:00:00+07:00", "2027-06-20T00:00:00+07:00"]
    assert [answer["from"], answer["to"]] == ["2026-09-01", "2027-06-15"]
    assert [point["cut_off"] for point in answer["due_points"]] == [
        ["2026-09-01", "2026-09-19"],
        ["2026-09-01", "2027-06-15"],
    ]


def test_without_a_rule_of_the_text_the_answer_says_so_and_ends_with_three() -> None:
    status, answer = asked("thanh-hoa", "nine-months", "2026-9M")
    assert (status, answer["due"], answer["code"]) == (3, None, "deadline_rule_missing")
    assert answer["cut_off"] == ["2026-01-01", "2026-09-30"]
    status, answer = asked("dong-nai", "school-year", "2026-2027")
    assert (status, answer["due"], answer["code"]) == (3, None, "deadline_rule_missing")


@pytest.mark.requirement("DL-14.2")
def test_a_rule_of_the_command_line_rolls_where_the_profile_rolls() -> None:
    _, rolled = asked("dak-lak", "month", "2026-12", "--rule", "by day 20")
    _, kept = asked("quang-ngai", "month", "2026-12", "--rule", "by day 20")
    assert rolled["due"] == "2026-12-22T00:00:00+07:00"
    assert kept["due"] == "2026-12-21T00:00:00+07:00"
    assert any("Chủ nhật 20/12/2026" in step and "DL 14.2" in step for step in rolled["steps"])


def test_days_after_the_end_are_counted_from_the_end_of_the_figures_span() -> None:
    _, answer = asked(
        "quang-ngai", "month", "2026-12", "--rule", "3 working days after end", "--level", "commune"
    )
    assert answer["to"] == "2026-12-14"
    assert answer["due"] == "2026-12-18T00:00:00+07:00"


def test_a_deadline_before_the_end_of_its_own_span_says_so() -> None:
    status, answer = asked("dong-nai", "nine-months", "2026-9M", "--rule", "before day 20")
    assert (status, answer["due"]) == (0, "2026-09-20T00:00:00+07:00")
    assert answer["steps"][-1].startswith("Lưu ý: thời hạn này đến trước khi hết thời gian chốt số liệu")


def test_a_year_lists_every_period_of_the_kind() -> None:
    words = ["deadline", "--profile", "thanh-hoa", "--kind", "half-month", "--year", "2026", "--json"]
    result = CliRunner().invoke(app, words, obj=OFFLINE)
    found = json.loads(result.stdout)
    assert [answer["period"] for answer in found[:3]] == ["2026-01-A", "2026-01-B", "2026-02-A"]
    assert len(found) == 24


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("nowhere", "month", "2026-11"), "catalog.profile.unknown"),
        (("thanh-hoa", "week", "2026-11"), "catalog.period.kind_unknown"),
        (("thanh-hoa", "month", "2026-13"), "catalog.period.code_wrong"),
        (("thanh-hoa", "month", "2026-Q1"), "catalog.period.code_wrong"),
        (("thanh-hoa", "half-month", "2026-11-K1"), "catalog.period.code_wrong"),
        (("thanh-hoa", "half-month", ""), "catalog.period.code_wrong"),
        (("thanh-hoa", "school-year", "2026-2028"), "catalog.period.code_wrong"),
        (("thanh-hoa", "month", "2026-11", "--rule", "ngày 20"), "catalog.deadline.not_understood"),
        (("thanh-hoa", "month", "2026-11", "--level", "ward"), "catalog.deadline.level_unknown"),
        (("thanh-hoa", "month", "2026-11", "--year", "2026"), "catalog.deadline.period_or_year"),
    ],
)
def test_what_is_not_understood_is_refused_by_code_with_what_to_do(words: tuple[str, ...], code: str) -> None:
    status, refusal = asked(*words)
    assert (status, refusal["code"]) == (2, code)
    assert refusal["message"]


def test_a_period_before_the_text_had_effect_is_answered_and_says_so() -> None:
    status, answer = asked("dong-thap", "month", "2025-06", "--rule", "by day 20")
    assert (status, answer["due"]) == (0, "2025-06-21T00:00:00+07:00")
    assert answer["steps"][0].startswith("Lưu ý: Ngày 30/06/2025 chưa có quy chế nào")


def test_the_command_line_of_the_system_answers_in_words_from_any_folder() -> None:
    words = [
        "deadline",
        "--profile",
        "dak-lak",
        "--kind",
        "month",
        "--period",
        "2026-12",
        "--rule",
        "by day 20",
    ]
    done = subprocess.run(
        [ROOT / "bin" / "reporting", *words], cwd="/", capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.startswith("Tháng 12 năm 2026 (month 2026-12)")
    assert "Trễ hạn từ:   2026-12-22T00:00:00+07:00" in done.stdout
