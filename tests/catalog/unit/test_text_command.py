"""`bin/reporting text-check`: the service's own judgement of old fonts, without a stack."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from forms.legacy import Encoding

from tests.catalog.unit.test_form_commands import asked, run
from tests.forms.building import SAMPLES
from tests.forms.legacy.files import old_document, old_workbook
from tests.forms.legacy.writing import to_legacy


@pytest.mark.requirement("DL-4.2d")
def test_a_workbook_is_told_place_by_place_with_evidence_and_preview(tmp_path: Path) -> None:
    (tmp_path / "cu.xlsx").write_bytes(old_workbook())
    status, said = asked("text-check", tmp_path / "cu.xlsx", "--out", tmp_path / "moi.xlsx")
    assert (status, said["accepted"], said["code"]) == (2, False, "forms.text.legacy_encoding")
    assert said["encodings"] == {"tcvn3-capitals": 1, "tcvn3": 5, "vni": 1}
    title = next(place for place in said["places"] if place["cell"] == "A1")
    assert (title["evidence"], title["font"], title["after"]) == ("font", ".VnTimeH", "BÁO CÁO HỘ NGHÈO")
    assert openpyxl.load_workbook(tmp_path / "moi.xlsx").worksheets[0]["B4"].value == "Hộ nghèo"
    assert asked("text-check", tmp_path / "moi.xlsx")[0] == 0


@pytest.mark.parametrize("encoding", [Encoding.TCVN3, Encoding.VNI])
def test_a_plain_text_is_judged_by_its_words_in_unicode_letters_and_in_single_bytes(
    tmp_path: Path, encoding: Encoding
) -> None:
    meant = "Kết quả thực hiện nhiệm vụ tháng này\r\nAll is well\r\nTổng số hộ nghèo của xã"
    old = to_legacy(meant, encoding)
    for name, data in (("utf8.txt", old.encode()), ("byte.txt", old.encode("latin-1"))):
        (tmp_path / name).write_bytes(data)
        status, said = asked("text-check", tmp_path / name, "--out", tmp_path / "moi.txt")
        assert (status, [place["part"] for place in said["places"]]) == (2, ["đoạn 1", "đoạn 3"])
        assert {place["evidence"] for place in said["places"]} == {"words"}
        assert (tmp_path / "moi.txt").read_bytes().decode() == meant


def test_what_is_unicode_is_accepted_and_what_is_no_file_of_its_kind_refused(tmp_path: Path) -> None:
    assert run("text-check", SAMPLES / "thuyet-minh-de-cuong.docx")[0] == 0
    assert run("text-check", SAMPLES / "kt-xh-thang.xlsx")[0] == 0
    (tmp_path / "cu.docx").write_bytes(old_document())
    status, out = run("text-check", tmp_path / "cu.docx")
    assert status == 2
    assert "phông .VnTimeH" in out
    assert "I. TÌNH HÌNH THỰC HIỆN" in out
    (tmp_path / "hong.docx").write_bytes(b"khong phai docx")
    assert asked("text-check", tmp_path / "hong.docx")[1]["code"] == "catalog.outline.not_docx"
    (tmp_path / "cu.doc").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600)
    assert asked("text-check", tmp_path / "cu.doc")[1]["code"] == "catalog.text.not_text"
