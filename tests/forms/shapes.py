"""Workbooks of many shapes, as one agency or another might draw them."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter
from openpyxl.styles import Border, Side
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.forms.building import opened, saved, workbook

_THIN = Side(style="thin")
_FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


def framed(data: bytes, area: str) -> bytes:
    book = opened(data)
    for row in book.worksheets[0][area]:
        for cell in row:
            cell.border = _FRAME
    return saved(book)


def register_of_days(*, since_1904: bool = False) -> bytes:
    """Two files' days, how late each is, ten days after its return, and a count below."""
    head = [
        "STT",
        "Hồ sơ",
        "Ngày nhận",
        "Ngày hẹn trả",
        "Ngày trả",
        "Số ngày trễ (ngày)",
        "Hạn lưu",
        "Kết quả",
    ]
    rows: list[list[Any]] = [[str(n), f"Hồ sơ {n}", None, None, None, None, None, None] for n in (1, 2)]
    book = opened(framed(workbook([["SỔ THEO DÕI HỒ SƠ"], head, *rows, [None, "Tổng số"]]), "A2:H5"))
    if since_1904:
        book.epoch = CALENDAR_MAC_1904
    page = book.worksheets[0]
    for row in (3, 4):
        for column in "CDEG":
            page[f"{column}{row}"].number_format = "dd/mm/yyyy"
        page[f"F{row}"] = f"=IF(E{row}>D{row},E{row}-D{row},0)"
        page[f"G{row}"] = f"=E{row}+10"
        page[f"H{row}"] = f'=IF(E{row}="","Chưa trả","Đã trả")'
    page["E5"] = "=COUNT(E3:E4)"
    page["E5"].number_format = "0"
    page["F5"] = "=SUM(F3:F4)"
    return saved(book)


def by_xlsxwriter(draw: Any) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        draw(book)
    return stream.getvalue()


def plain_table() -> bytes:
    rows: list[list[Any]] = [["Chỉ tiêu", "Kế hoạch", "Thực hiện", "Tỷ lệ"]]
    rows += [
        [n, None, None, f'=IF(B{i}=0,"",C{i}/B{i}*100)'] for i, n in enumerate(["Lúa", "Ngô", "Khoai"], 2)
    ]
    return workbook([*rows, ["Tổng cộng", "=SUM(B2:B4)", "=SUM(C2:C4)", "=C5/B5*100"]])


def three_levels_without_numbering() -> bytes:
    rows: list[list[Any]] = [
        ["BÁO CÁO TÌNH HÌNH Y TẾ"], ["Quý IV năm 2026"], [None, None, None, None, "ĐVT: Người"],
        ["Cơ sở", "Khám bệnh", None, None, "Điều trị nội trú"], [None, "Tổng số", "Trong đó"], [None, None, "Trẻ em", "Nữ"],
        ["Trạm y tế A"], ["Bệnh viện B"], ["Cộng", *(f"=SUM({c}7:{c}8)" for c in "BCDE")],
    ]  # fmt: skip
    return workbook(rows, merges=["A4:A6", "B4:D4", "B5:B6", "C5:D5", "E4:E6"])


def agriculture(book: Any) -> None:
    page = book.add_worksheet("Biểu 1")
    head = book.add_format({"border": 1, "bold": True})
    figure = book.add_format({"border": 1, "num_format": "0.0"})
    page.merge_range("A1:C1", "UBND TỈNH X")
    page.merge_range("D1:G1", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    page.merge_range("A4:G4", "BÁO CÁO TIẾN ĐỘ SẢN XUẤT VỤ ĐÔNG XUÂN")
    page.write("G6", "Đơn vị tính: ha")
    for i, name in enumerate(
        ["TT", "Cây trồng", "Kế hoạch", "Kỳ này", "Cùng kỳ", "So sánh KH", "So sánh CK"]
    ):
        page.write(6, i, name, head)
        page.write(7, i, i + 1, head)
    for i, name in enumerate(["Lúa", "Ngô", "Rau các loại", "Đậu"], 8):
        page.write(i, 0, i - 7, head)
        page.write(i, 1, name, head)
        for number_column in (2, 3, 4):
            page.write_blank(i, number_column, None, figure)
        page.write_formula(i, 5, f"=IFERROR(D{i + 1}/C{i + 1}*100,0)", figure)
        page.write_formula(i, 6, f"=D{i + 1}-E{i + 1}", figure)
    page.write(12, 1, "Tổng", head)
    for column in "CDE":
        page.write_formula(f"{column}13", f"=SUM({column}9:{column}12)", figure)
    page.freeze_panes(8, 2)
    page.write("F15", "GIÁM ĐỐC")


def households(book: Any) -> None:
    page = book.add_worksheet("DS")
    frame, money = book.add_format({"border": 1}), book.add_format({"border": 1, "num_format": "#,##0"})
    page.merge_range("A1:F1", "DANH SÁCH HỘ ĐƯỢC HỖ TRỢ NHÀ Ở", frame)
    heads = ["TT", "Họ và tên chủ hộ", "Địa chỉ", "Số tiền hỗ trợ (nghìn đồng)", "Ngày nhận", "Ghi chú"]
    for i, name in enumerate(heads):
        page.write(3, i, name, frame)
    for row in range(4, 9):
        page.write(row, 0, row - 3, frame)
        for column in range(1, 6):
            page.write_blank(row, column, None, money if column == 3 else frame)
    page.write(9, 0, "...", frame)
    page.merge_range("A11:C11", "Tổng cộng", frame)
    page.write_formula("D11", "=SUM(D5:D10)", money)
    page.write("E13", "Người lập biểu")


def assets() -> bytes:
    rows: list[list[Any]] = [
        ["BẢNG KÊ TÀI SẢN"],
        [],
        ["Tên tài sản", "Nguyên giá", "Hao mòn", "Giá trị còn lại"],
    ]
    rows += [[None, None, None, f"=B{row}-C{row}"] for row in range(4, 9)]
    return framed(workbook([*rows, ["Tổng cộng", "=SUM(B4:B8)", "=SUM(C4:C8)", "=SUM(D4:D8)"]]), "A3:D9")


def two_lists() -> bytes:
    def rate(row: int) -> str:
        return f"=IF(E{row}=0,0,F{row}/E{row})"

    rows: list[list[Any]] = [
        ["STT", "Danh mục dự án", "Chủ đầu tư", "Tổng mức đầu tư", "Kế hoạch 2026", "Giải ngân", "Tỷ lệ"],
        [None, "TỔNG CỘNG", None, "=D3+D7", "=E3+E7", "=F3+F7", rate(2)],
        ["A", "Dự án chuyển tiếp", None, "=SUM(D4:D6)", "=SUM(E4:E6)", "=SUM(F4:F6)", rate(3)],
        [1, *[None] * 5, rate(4)], [2, *[None] * 5, rate(5)], ["…", "…"],
        ["B", "Dự án khởi công mới", None, "=SUM(D8:D10)", "=SUM(E8:E10)", "=SUM(F8:F10)", rate(7)],
        [1, *[None] * 5, rate(8)], [2, *[None] * 5, rate(9)], ["…", "…"],
        [], ["Ghi chú: số liệu tính đến cuối tháng"],
    ]  # fmt: skip
    return framed(workbook(rows), "A1:G10")


def bare_list() -> bytes:
    return workbook([["Danh sách cán bộ"], [], ["STT", "Họ tên", "Chức vụ", "Hệ số lương"]])


def list_under_its_total() -> bytes:
    head = ["Số ký hiệu", "Ngày ban hành", "Trích yếu nội dung", "Số trang"]
    return workbook([["DANH MỤC VĂN BẢN"], [], head, ["Tổng", None, None, "=SUM(D5:D14)"]])


def list_with_examples() -> bytes:
    head = ["STT", "Tên lớp tập huấn", "Số học viên", "Kinh phí", 2025, 2026]
    rows: list[list[Any]] = [
        ["KẾT QUẢ TẬP HUẤN"],
        [],
        head,
        [1, "Lớp A (ví dụ)", 30, None],
        [2, "Lớp B (ví dụ)", 25, None],
    ]
    return workbook(
        [*rows, ["…", "…"], [None, "Cộng", "=SUM(C4:C6)", "=SUM(D4:D6)", "=SUM(E4:E6)", "=SUM(F4:F6)"]]
    )


SHAPES = {
    "list with examples": list_with_examples,
    "plain table": plain_table,
    "three levels": three_levels_without_numbering,
    "agriculture": lambda: by_xlsxwriter(agriculture),
    "households": lambda: by_xlsxwriter(households),
    "assets": assets,
    "two lists": two_lists,
    "bare list": bare_list,
    "list under its total": list_under_its_total,
}
