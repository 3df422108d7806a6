"""Whole workbooks: several sheets, names, percentages, print set-up, notes, shapes, protection."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import Protection
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from tests.forms.building import saved
from tests.forms.corpus.drawing import Expected, Rows, Shape, cells, drawn, one_sheet

_COMMUNES = ("Xã A", "Xã B")


def across_sheets() -> bytes:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Hướng dẫn"
    book.worksheets[0]["A1"] = "Ghi số liệu vào ô trống của hai trang sau."
    for name in ("Quý 1", "Quý 2", "6 tháng"):
        page = book.create_sheet(name)
        six = name == "6 tháng"
        rows: Rows = [
            [f"THU NGÂN SÁCH {name.upper()}"], ["STT", "Địa bàn", "Thu", "Chi"],
            *([n, c, *(f"='Quý 1'!{k}{n + 2}+'Quý 2'!{k}{n + 2}" if six else None for k in "CD")]
              for n, c in enumerate(_COMMUNES, 1)),
            [None, "Tổng cộng", "=SUM(C3:C4)", "=SUM(D3:D4)"],
        ]  # fmt: skip
        drawn(page, rows, frame="A2:D5", formats={"C3:D5": "#,##0.0"})
    notes = book.create_sheet("Danh mục")
    notes["A1"], notes.sheet_state = "Mã", "hidden"
    return saved(book)


def named_ranges() -> bytes:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = "CĐ"
    rows: Rows = [
        ["CÂN ĐỐI"], ["STT", "Nội dung", "Số tiền"], [1, "Tổng thu"], [2, "Tổng chi"],
        [3, "Chênh lệch", "=TongThu-TongChi"], [4, "Bình quân", "=SUM(CacKhoan)/2"], [5, "Lãi", "=KhongCo*2"],
    ]  # fmt: skip
    drawn(page, rows, frame="A2:C7", formats={"C3:C7": "#,##0"})
    for name, place in (("TongThu", "CĐ!$C$3"), ("TongChi", "CĐ!$C$4"), ("CacKhoan", "CĐ!$C$3:$C$4")):
        book.defined_names[name] = DefinedName(name, attr_text=place)
    return saved(book)


def percents() -> bytes:
    rows: Rows = [
        ["TỶ LỆ GIẢI NGÂN"], ["TT", "Nguồn vốn", "Kế hoạch", "Giải ngân", "Tỷ lệ", "Mục tiêu"],
        [1, "Ngân sách tỉnh", None, None, '=IF(C3=0,"",D3/C3)'],
        [2, "Ngân sách trung ương", None, None, '=IF(C4=0,"",ROUND(D4/C4,3))'],
        [None, "Cộng", "=SUM(C3:C4)", "=SUM(D3:D4)", "=IFERROR(D5/C5,0)", "=90%"],
    ]  # fmt: skip
    return one_sheet(rows, frame="A2:F5", formats={"C3:D5": "#,##0", "E3:F5": "0.0%"})


def printed() -> bytes:
    rows: Rows = [
        ["UBND HUYỆN B", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ["(Ban hành kèm theo Thông tư số 01/2026/TT-BTC ngày 02 tháng 01 năm 2026)"],
        ["BÁO CÁO TÀI SẢN CÔNG"], ["Năm 2026"], [None, None, None, "Đơn vị tính: m2"],
        ["STT", "Loại tài sản", "Số lượng", "Diện tích"], ["I", "Nhà"], [1, "Trụ sở"], [2, "Nhà công vụ"],
        ["II", "Đất"], ["Ghi chú: số liệu đến 31/12."], [None, None, None, "THỦ TRƯỞNG ĐƠN VỊ"],
    ]  # fmt: skip

    def finish(page: Worksheet) -> None:
        page.print_area = "A1:D12"
        page.print_title_rows = "6:6"
        page.page_setup.orientation, page.page_setup.paperSize = "landscape", 8
        page.page_setup.fitToHeight = 0
        page.page_margins.left = 0.4
        page.oddFooter.center.text = "Trang &P/&N"
        page.row_breaks.append(Break(id=9))
        page.freeze_panes = "C7"
        page.row_dimensions[6].height = 33.5
        page.column_dimensions["B"].width = 41.25

    return one_sheet(rows, merges=["A2:D2", "A3:D3", "A4:D4"], frame="A6:D10", formats={"C7:D10": "#,##0"}, finish=finish)  # fmt: skip


def with_notes() -> bytes:
    rows: Rows = [
        ["DANH SÁCH HỖ TRỢ"], ["STT", "Họ và tên", "Số tiền", "Ngày sinh"], [1], [2], ["…", "…"],
        [None, "Cộng", "=SUM(C3:C5)"], ["Ghi chú: tiền tính bằng đồng"],
    ]  # fmt: skip

    def finish(page: Worksheet) -> None:
        page["C2"].comment = Comment("Ghi số tiền đã chi", "Sở Tài chính")
        page["C6"].comment = Comment("Tự cộng", "Sở Tài chính")
        for cell in cells(page, "D3:D5"):
            cell.number_format = "dd/mm/yyyy"

    return one_sheet(rows, frame="A2:D6", formats={"C3:C6": "#,##0"}, finish=finish)


def with_shapes() -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        page = book.add_worksheet("TH")
        frame = book.add_format({"border": 1, "num_format": "#,##0"})
        page.write("A1", "TÌNH HÌNH AN TOÀN GIAO THÔNG")
        for column, text in enumerate(["STT", "Chỉ tiêu", "Số vụ", "Số người chết"]):
            page.write(2, column, text, frame)
        for row, text in enumerate(["Đường bộ", "Đường sắt"], 3):
            page.write(row, 0, row - 2, frame)
            page.write(row, 1, text, frame)
            page.write_blank(row, 2, None, frame)
            page.write_blank(row, 3, None, frame)
        page.insert_textbox("B8", "Nơi nhận:\n- Như trên", {"width": 180, "height": 60})
        page.write_comment("C3", "Kể cả va chạm", {"author": "Ban ATGT"})
        page.set_row(1, 8)
        page.set_column("B:B", 30)
    return stream.getvalue()


def protected() -> bytes:
    rows: Rows = [
        ["BIỂU KHÓA"], ["Chỉ tiêu", "ĐVT", "Số liệu", "Số kỳ trước", "Mức"], ["Lúa", "ha"], ["Ngô", "ha"],
    ]  # fmt: skip

    def finish(page: Worksheet) -> None:
        page.protection.sheet = True
        for cell in cells(page, "C3:C4"):
            cell.protection = Protection(locked=False)
        for cell in cells(page, "E3:E4"):
            cell.protection = Protection(locked=False)
        rule = DataValidation(type="list", formula1='"Cao,Vừa,Thấp"')
        rule.add("E3:E4")
        page.add_data_validation(rule)

    return one_sheet(rows, frame="A2:E4", formats={"C3:D4": "0.0"}, finish=finish)


def not_translatable() -> bytes:
    rows: Rows = [
        ["TRA CỨU"], ["STT", "Tên", "Mã vùng", "Số liệu", "Kết quả"],
        [1, "A", None, None, "=VLOOKUP(C3,$C$3:$D$4,2,0)"], [2, "B", None, None, '=SUMIF(C3:C4,"x",D3:D4)'],
        [3, "C", None, None, "=INDIRECT(\"D3\")"], [4, "D", None, None, "=D3+Z99"], [5, "E", None, None, "=SUM(D:D)"],
    ]  # fmt: skip
    return one_sheet(rows, frame="A2:E7", formats={"C3:E7": "0"})


def shared_formulas() -> bytes:
    """As Excel stores a column filled down: one formula, the others point to it."""
    import zipfile

    rows: Rows = [
        ["SO SÁNH"], ["STT", "Chỉ tiêu", "Kỳ này", "Kỳ trước", "Tăng"],
        *([n, name, None, None, f"=C{n + 2}-D{n + 2}"] for n, name in enumerate(("A", "B", "C"), 1)),
    ]  # fmt: skip
    plain = one_sheet(rows, frame="A2:E5", formats={"C3:E5": "0.0"})
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(plain)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = content.replace(b"<f>C3-D3</f>", b'<f t="shared" ref="E3:E5" si="0">C3-D3</f>')
                for row in (4, 5):
                    content = content.replace(f"<f>C{row}-D{row}</f>".encode(), b'<f t="shared" si="0"/>')
            target.writestr(name, content)
    return stream.getvalue()


def documents() -> bytes:
    rows: Rows = [
        ["DANH MỤC VĂN BẢN ĐÃ BAN HÀNH"],
        ["STT", "Số, ký hiệu", "Ngày ban hành", "Trích yếu", "Số trang", "Đơn giá", "Thành tiền"],
        [1, *[None] * 5, "=E3*F3"], [2, *[None] * 5, "=E4*F4"], [3, *[None] * 5, "=E5*F5"],
        [None, "Tổng cộng", None, None, "=SUM(E3:E5)", None, "=SUM(G3:G5)"],
    ]  # fmt: skip
    return one_sheet(rows, frame="A2:G6", formats={"E3:G6": "#,##0", "C3:C5": "dd/mm/yyyy"})


def without_any_look() -> bytes:
    rows: Rows = [
        ["Phụ lục 2"], [], ["STT", "Tên chỉ tiêu", "Đơn vị tính", "Thực hiện năm 2025", "Kế hoạch năm 2026"],
        ["I", "Kinh tế"], ["1", "Tổng sản phẩm", "Tỷ đồng"], ["2", "Thu nhập bình quân", "Triệu đồng"],
        ["II", "Xã hội"], ["1", "Tỷ lệ hộ nghèo", "%"], [], ["Người lập biểu"],
    ]  # fmt: skip
    return one_sheet(rows)


def merged_pattern() -> bytes:
    rows: Rows = [
        ["PHÂN CÔNG NHIỆM VỤ"], ["TT", "Nhiệm vụ", None, "Đơn vị chủ trì", "Số ngày"], [1], [2], ["...", "..."],
        [None, "Cộng", None, None, "=SUM(E3:E5)"],
    ]  # fmt: skip
    merges = ["B2:C2", "B3:C3", "B4:C4", "B5:C5"]
    return one_sheet(rows, merges=merges, frame="A2:E6", formats={"E3:E6": "0"})


def conditions() -> bytes:
    rows: Rows = [
        ["ĐÁNH GIÁ"], ["STT", "Xã", "Điểm", "Điểm thưởng", "Tổng điểm", "Xếp loại"],
        *([n, name, None, None, f"=MIN(100,C{r}+D{r})", f'=IF(AND(E{r}>=90,D{r}>0),"Xuất sắc",IF(E{r}>=70,"Khá","Trung bình"))']
          for r, (n, name) in enumerate(enumerate(_COMMUNES, 1), 3)),
    ]  # fmt: skip
    return one_sheet(rows, frame="A2:F4", formats={"C3:E4": "0.00"})


def _quarter(name: str, **more: Any) -> Expected:
    formulas = {"C5": f"SUM([{name}.3:C]..[{name}.4:C])"}
    return Expected([2], ["C3:D4"], formulas, 2, **more)


SHAPES = (
    Shape("formulas across sheets", across_sheets, {
        "Quý 1": _quarter("Quý 1"), "Quý 2": _quarter("Quý 2"),
        "6 tháng": Expected([2], [], {"D4": "[Quý 1.4:D]+[Quý 2.4:D]"}, 6),
    }),
    Shape("named ranges", named_ranges, {"CĐ": Expected(
        [2], ["C3:C4"], {"C5": "[CĐ.3:C]-[CĐ.4:C]", "C6": "SUM([CĐ.3:C]..[CĐ.4:C])/2"}, 2,
        untranslated={"C7": "KhongCo"},
    )}),
    Shape("percent formats", percents, {"Biểu": Expected(
        [2], ["C3:D4", "F3:F4"],
        {"E3": 'IF([Biểu.3:C]=0,"",[Biểu.3:D]/[Biểu.3:C])', "E5": "IFERROR([Biểu.5:D]/[Biểu.5:C],0)", "F5": "90%"}, 6,
    )}),
    Shape("print set-up", printed, {"Biểu": Expected(
        [6], ["C7:D10"], measure="m2", frozen_at="C7", parents={7: None, 8: 7, 10: None},
    )}),
    Shape("notes on cells", with_notes, {"Biểu": Expected(
        [2], ["B3:D4"], {"C6": "SUM({Biểu.L1:C})"}, 1, list_rows="A3:D4", text="BD",
    )}),
    Shape("shapes and text boxes", with_shapes, {"TH": Expected([3], ["C4:D5"])}),
    Shape("protected with choices", protected, {"Biểu": Expected(
        [2], ["C3:C4", "E3:E4"], measures={"3": "ha"}, text="E",
    )}),
    Shape("formulas without counterpart", not_translatable, {"Biểu": Expected(
        [2], ["C3:D7"],
        untranslated={"E3": "VLOOKUP", "E4": "SUMIF", "E5": "INDIRECT", "E6": "Z99", "E7": "D:D"},
    )}),
    Shape("shared formulas", shared_formulas, {"Biểu": Expected(
        [2], ["C3:D5"], {"E5": "[Biểu.5:C]-[Biểu.5:D]"}, 3,
    )}),
    Shape("list of documents", documents, {"Biểu": Expected(
        [2], ["B3:F5"], {"G3": "[@:E]*[@:F]", "G6": "SUM({Biểu.L1:G})"}, 5, list_rows="A3:G5", text="BCD",
    )}),
    Shape("no look at all", without_any_look, {"Biểu": Expected(
        [3], ["D5:E6", "D8:E8"], measures={"5": "Tỷ đồng", "8": "%"}, parents={4: None, 5: 4, 7: None, 8: 7},
    )}),
    Shape("merged pattern rows", merged_pattern, {"Biểu": Expected(
        [2], ["B3:B4", "D3:E4"], {"E6": "SUM({Biểu.L1:E})"}, 1, list_rows="A3:E4", text="BD",
    )}),
    Shape("conditions in words", conditions, {"Biểu": Expected(
        [2], ["C3:D4"], {"E3": "MIN(100,[Biểu.3:C]+[Biểu.3:D])"}, 4,
    )}),
)  # fmt: skip
