"""Headers: four levels, column numbers that compute, months across, hidden and shifted columns."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from tests.forms.corpus.drawing import Expected, Rows, Shape, one_sheet


def four_levels() -> bytes:
    rows: Rows = [
        ["UBND TỈNH A", None, None, None, None, "Biểu số 01/LĐ"],
        ["BÁO CÁO LAO ĐỘNG, VIỆC LÀM"],
        ["Quý III năm 2026"],
        [None, None, None, None, None, None, None, "Đơn vị tính: Người"],
        ["STT", "Chỉ tiêu", "Tổng số", "Lao động"],
        [None, None, None, "Có việc làm", None, None, None, "Thất nghiệp"],
        [None, None, None, "Cộng", "Trong đó"],
        [None, None, None, None, "Nữ", "Dân tộc thiểu số", "Khuyết tật"],
        ["A", "B", "(1)=(2)+(6)", "(2)", "(3)", "(4)", "(5)", "(6)"],
        ["I", "Khu vực thành thị"],
        [1, "Phường"],
        ["1.1", "Phường trung tâm"],
        ["-", "Tổ dân phố 1"],
        ["II", "Khu vực nông thôn"],
    ]
    merges = ["A5:A8", "B5:B8", "C5:C8", "D5:H5", "D6:G6", "H6:H8", "D7:D8", "E7:G7"]
    return one_sheet(rows, merges=merges, frame="A5:H14", formats={"C10:H14": "#,##0"})


def bare_numbers() -> bytes:
    rows: Rows = [
        ["DỰ TOÁN THU, CHI NGÂN SÁCH"],
        ["ĐVT: Triệu đồng"],
        ["STT", "Nội dung", "Dự toán", "Thực hiện", "So sánh (%)", "Còn lại"],
        ["A", "B", 1, 2, "3=2/1", "4=1-2"],
        ["A", "TỔNG THU", "=C6+C7", "=D6+D7"],
        [1, "Thu nội địa"],
        [2, "Thu xuất nhập khẩu"],
    ]
    return one_sheet(rows, frame="A3:F7", formats={"C5:D7": "#,##0.0", "E5:E7": "0.0%", "F5:F7": "#,##0.0"})


def dotted_numbers() -> bytes:
    head = ["TT", "Đơn vị", "Tổng số", "Mầm non", "Tiểu học", "THCS", "THPT", "GDTX", "Bình quân"]
    numbers = ["(1)", "(2)", "(3)=(4)+…+(8)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)=(3):5"]
    rows: Rows = [["SỐ TRƯỜNG HỌC"], head, numbers, [1, "Xã A"], [2, "Xã B"]]
    return one_sheet(rows, frame="A2:I5", formats={"C4:H5": "0", "I4:I5": "0.00"})


def unclear_numbers() -> bytes:
    head = ["TT", "Chỉ tiêu", "Kế hoạch", "Kỳ này", "Lũy kế", "Tỷ lệ", "Tăng", "Giảm"]
    numbers = ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)=(5)/(9)", "(7)=(8)+(3)", "(8)=(7)-3"]
    rows: Rows = [["TIẾN ĐỘ"], head, numbers, [1, "Lúa"], [2, "Ngô"]]
    return one_sheet(rows, frame="A2:H5", formats={"C4:H5": "0.0"})


def circling_numbers() -> bytes:
    numbers = ["A", "B", "1=2+3", "2=1-3", "3"]
    rows: Rows = [["SỐ HỘ"], ["TT", "Xã", "Tổng số", "Nghèo", "Cận nghèo"], numbers, [1, "Xã A"], [2, "Xã B"]]
    return one_sheet(rows, frame="A2:E5", formats={"C4:E5": "0"})


def crossed_numbers() -> bytes:
    numbers = ["(1)", "(2)", "(3)=(4)+(5)", "(4)", "(5)", "(6)=(5)/(3)x100%"]
    head = ["STT", "Khu vực", "Tổng số", "Thành thị", "Nông thôn", "Tỷ lệ nông thôn (%)"]
    rows: Rows = [["DÂN SỐ"], head, numbers, [1, "Phường A", None, None, "x", "x"], [2, "Xã B", None, "x"]]
    return one_sheet(rows, frame="A2:F5", formats={"C4:F5": "0"})


def months_across() -> bytes:
    months = [f"Tháng {n}" for n in range(1, 7)]
    rows: Rows = [
        ["SẢN LƯỢNG ĐIỆN THEO THÁNG", *[None] * 9],
        ["STT", "Chỉ tiêu", "ĐVT", "Năm 2026", *[None] * 6, "Cộng 6 tháng"],
        [None, None, None, *months, None, None],
        [1, "Điện thương phẩm", "kWh", *[None] * 7, "=SUM(D4:I4)"],
        [2, "Điện tự sản xuất", "kWh", *[None] * 7, "=SUM(D5:I5)"],
    ]
    rows = [[*row[:9], row[10] if len(row) > 10 else None] for row in rows]
    merges = ["A2:A3", "B2:B3", "C2:C3", "D2:I2", "J2:J3"]
    return one_sheet(rows, merges=merges, frame="A2:J5", formats={"D4:J5": "#,##0"})


def hidden_columns() -> bytes:
    rows: Rows = [
        ["THỐNG KÊ Y TẾ"],
        ["STT", "Chỉ tiêu", "Mã số", "Đơn vị tính", "Kỳ trước", "Kỳ này"],
        [1, "Số lượt khám", "YT01", "Lượt"],
        [2, "Số giường bệnh", "YT02", "Giường"],
    ]

    def hide(page: Worksheet) -> None:
        page.column_dimensions["C"].hidden = True
        page.column_dimensions["E"].hidden = True
        page.freeze_panes = "C3"

    return one_sheet(rows, frame="A2:F4", formats={"E3:F4": "0"}, finish=hide)


def with_a_margin() -> bytes:
    rows: Rows = [
        [],
        [None, "BÁO CÁO CHĂN NUÔI"],
        [None, "(Đơn vị tính: Con)"],
        [None, "TT", "Vật nuôi", "Đầu kỳ", "Tăng", "Giảm", "Cuối kỳ"],
        [None, 1, "Trâu", None, None, None, "=D5+E5-F5"],
        [None, 2, "Bò", None, None, None, "=D6+E6-F6"],
        [None, None, "Cộng", "=SUM(D5:D6)", "=SUM(E5:E6)", "=SUM(F5:F6)", "=SUM(G5:G6)"],
    ]
    return one_sheet(rows, frame="B4:G7", formats={"D5:G7": "#,##0"})


def groups_down_the_side() -> bytes:
    rows: Rows = [
        ["KẾT QUẢ ĐÀO TẠO NGHỀ"],
        ["Lĩnh vực", "Trình độ", "Tuyển mới", "Tốt nghiệp"],
        ["Nông nghiệp", "Sơ cấp"],
        [None, "Trung cấp"],
        ["Công nghiệp", "Sơ cấp"],
        [None, "Trung cấp"],
    ]
    return one_sheet(rows, merges=["A3:A4", "A5:A6"], frame="A2:D6", formats={"C3:D6": "0"})


SHAPES = (
    Shape("four levels", four_levels, {"Biểu": Expected(
        [5, 6, 7, 8], ["D10:H14"], {"C10": "[Biểu.10:D]+[Biểu.10:H]"}, 5, number_row=9, measure="Người",
        parents={10: None, 11: 10, 12: 11, 13: 12, 14: None},
        paths={"F": ("Lao động", "Có việc làm", "Trong đó", "Dân tộc thiểu số"), "H": ("Lao động", "Thất nghiệp")},
    )}),
    Shape("bare column numbers", bare_numbers, {"Biểu": Expected(
        [3], ["C6:D7"],
        {"C5": "[Biểu.6:C]+[Biểu.7:C]", "E5": "[Biểu.5:D]/[Biểu.5:C]", "F7": "[Biểu.7:C]-[Biểu.7:D]"}, 8,
        number_row=4, measure="Triệu đồng", parents={5: None, 6: 5, 7: 5},
    )}),
    Shape("column numbers with dots", dotted_numbers, {"Biểu": Expected(
        [2], ["D4:I5"],
        {"C4": "[Biểu.4:D]+[Biểu.4:E]+[Biểu.4:F]+[Biểu.4:G]+[Biểu.4:H]"}, 2, number_row=3,
        untranslated={"I3": "không rõ 5 là cột hay là số"},
    )}),
    Shape("column numbers that say too little", unclear_numbers, {"Biểu": Expected(
        [2], ["C4:F5", "H4:H5"], {"G4": "[Biểu.4:H]+[Biểu.4:C]"}, 2, number_row=3,
        untranslated={"F3": "không có cột số 9", "H3": "không rõ 3 là cột hay là số"},
    )}),
    Shape("column numbers in a circle", circling_numbers, {"Biểu": Expected(
        [2], ["C4:E5"], number_row=3, untranslated={"C3": "vòng", "D3": "vòng"},
    )}),
    Shape("column numbers over crossed cells", crossed_numbers, {"Biểu": Expected(
        [2], ["D4", "E5"],
        {"C4": "SUM([Biểu.4:D],[Biểu.4:E])", "F5": "[Biểu.5:E]/[Biểu.5:C]*100"}, 3, number_row=3,
    )}),
    Shape("months across", months_across, {"Biểu": Expected(
        [2, 3], ["D4:I5"], {"J5": "SUM([Biểu.5:D]..[Biểu.5:I])"}, 2, measures={"4": "kWh"},
        paths={"E": ("Năm 2026", "Tháng 2")},
    )}),
    Shape("hidden columns", hidden_columns, {"Biểu": Expected(
        [2], ["E3:F4"], hidden="CE", frozen_at="C3", measures={"3": "Lượt"},
    )}),
    Shape("a margin before the table", with_a_margin, {"Biểu": Expected(
        [4], ["D5:F6"], {"G5": "[Biểu.5:D]+[Biểu.5:E]-[Biểu.5:F]"}, 6, measure="Con",
    )}),
    Shape("groups down the side", groups_down_the_side, {"Biểu": Expected([2], ["C3:D6"])}),
)  # fmt: skip
