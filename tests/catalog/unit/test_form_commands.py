"""`bin/reporting form-check` and `form-roundtrip`: the service's own judgement, without a stack."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import openpyxl

from tests.forms.building import ROOT, SAMPLES

MONTHLY, PROJECTS, POVERTY = (
    SAMPLES / f"{name}.xlsx" for name in ("kt-xh-thang", "du-an-dau-tu-cong", "ho-ngheo-xa")
)


def run(*words: object) -> tuple[int, str]:
    command = [str(ROOT / "bin" / "reporting"), *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def asked(*words: object) -> tuple[int, dict[str, Any]]:
    status, out = run(*words, "--json")
    return status, json.loads(out)


def filled(form: Path) -> Path:
    return form.with_name(f"{form.stem}-filled.xlsx")


def test_a_form_and_its_filled_copy_are_told_as_data() -> None:
    status, said = asked("form-check", PROJECTS, "--filled", filled(PROJECTS), "--profile", "dak-lak")
    (sheet,) = said["sheets"]

    assert (status, said["accepted"], said["code"], said["faults"]) == (0, True, None, [])
    assert (sheet["name"], sheet["header_rows"], sheet["list_rows"]) == ("DTC", [9, 10], "A13:N15")
    assert sheet["input"] == ["B13:G15", "I13:L15", "N13:N15"]
    assert (sheet["computed"]["G12"], sheet["computed"]["H13"]) == ("SUM({DTC.L1:G})", "[@:I]+[@:J]")
    assert (said["values"]["DTC!L13"], said["computed"]["DTC!M12"]) == ("81450", "69.8")
    assert said["computed"]["DTC!M24"] == ""
    assert [item["id"] for item in said["indicators"]] == ["G", "H", "I", "J", "K", "L", "M"]


def test_faults_of_a_filled_copy_name_what_was_found_and_what_belongs_there(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(filled(MONTHLY))
    book.worksheets[0]["D15"] = "khoảng bốn trăm"
    book.worksheets[0]["G13"] = 1600
    book.save(tmp_path / "copy.xlsx")

    status, said = asked("form-check", MONTHLY, "--filled", tmp_path / "copy.xlsx")

    assert (status, said["accepted"], said["code"]) == (2, False, "forms.filled.text_in_number")
    assert said["where"] == {"sheet": "KTXH", "cell": "D15"}
    fault = said["faults"][0]
    assert (fault["cell"], fault["found"], fault["severity"]) == ("D15", "khoảng bốn trăm", "error")
    assert fault["expected"] == "số, nhiều nhất 1 chữ số thập phân"


def test_another_form_s_copy_and_a_hostile_form_are_refused_with_status_2(tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(b"PK\x03\x04")

    assert asked("form-check", POVERTY, "--filled", filled(MONTHLY))[1]["code"] == "forms.filled.other_form"
    assert asked("form-check", tmp_path / "x.xlsx") == (
        2,
        {
            "accepted": False,
            "code": "forms.file.truncated",
            "message": "Tệp bị hỏng hoặc tải lên chưa đủ.",
            "where": {"sheet": None, "cell": None},
            "sheets": [],
            "indicators": [],
        },
    )


def test_a_form_comes_back_without_a_difference_and_is_told_in_words(tmp_path: Path) -> None:
    status, words = run("form-roundtrip", filled(POVERTY), "--out", tmp_path / "back.xlsx")
    as_data = asked("form-roundtrip", MONTHLY, "--out", tmp_path / "back.xlsx")

    assert (status, "Không phần nào khác" in words) == (0, True)
    assert (as_data[0], as_data[1]["differences"]) == (0, [])
    assert "Ô để trống: định dạng số." in run("form-check", POVERTY)[1]


def test_a_file_that_cannot_be_read_or_written_is_refused_in_words_and_as_data(tmp_path: Path) -> None:
    missing = tmp_path / "khong-co.xlsx"
    for words, code in (
        (("form-check", missing), "catalog.file.missing"),
        (("form-check", MONTHLY, "--filled", missing), "catalog.file.missing"),
        (("form-check", tmp_path), "catalog.file.not_readable"),
        (
            ("form-roundtrip", MONTHLY, "--out", tmp_path / "nowhere" / "out.xlsx"),
            "catalog.file.not_writable",
        ),
        (("text-check", missing), "catalog.file.missing"),
    ):
        status, said = asked(*words)
        assert (status, said["accepted"], said["code"]) == (2, False, code)


def test_a_command_that_is_not_understood_is_refused_as_everything_else_is() -> None:
    for words, field in (
        (("form-check",), "file"),
        (("form-check", MONTHLY, "--lạ"), "--lạ"),
        (("deadline", "--kind", "month"), "profile"),
        (("deadline", "--profile", "dak-lak", "--kind", "month", "--year", "hai nghìn"), "year"),
    ):
        status, said = asked(*words)
        assert (status, said["accepted"], said["code"]) == (2, False, "catalog.command.not_understood")
        assert (said["places"], field in said["message"]) == ([{"field": field}], True)
        assert run(*words)[1].startswith("Từ chối: Lệnh")
