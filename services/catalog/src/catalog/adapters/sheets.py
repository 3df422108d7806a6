"""Plain tables in and out: .xlsx behind the same guard as forms, CSV in UTF-8."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

import openpyxl
import xlsxwriter
from forms import guard
from forms.tabular import harmless
from forms.text import fold, nfc

from catalog.application.catalogue_ports import TableRow
from catalog.domain.catalogue_errors import TableWrong

MOST_ROWS = 5000
MOST_COLUMNS = 60
LONGEST = 20_000
BOM = b"\xef\xbb\xbf"


def read_table(file_name: str, data: bytes, columns: Sequence[str]) -> list[TableRow]:
    """Rows below the first one that names all of `columns`; empty rows are passed over. Cells are NFC text."""
    name = file_name.lower()
    if name.endswith(".xlsx"):
        lines = list(_xlsx(data))
    elif name.endswith(".csv"):
        lines = list(_csv(data))
    else:
        raise TableWrong(
            f"Tệp “{file_name}” không phải .xlsx hay .csv.", "Lưu bảng dưới dạng .xlsx hoặc .csv."
        )
    wanted = {fold(column): column for column in columns}
    for place, line in enumerate(lines):
        heads = {fold(cell): at for at, cell in enumerate(line) if cell}
        if wanted.keys() <= heads.keys():
            return _rows(lines, place, line)
    raise TableWrong(
        f"Bảng không có dòng tiêu đề với các cột: {', '.join(columns)}.",
        "Tải bảng mẫu từ danh mục chỉ tiêu, điền vào rồi tải lên lại.",
    )


def write_xlsx(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Every cell is text: nothing in it is taken for a formula or a link."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet("Chỉ tiêu")
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    for at, column in enumerate(columns):
        sheet.write_string(0, at, column, head)
        sheet.set_column(at, at, 40 if at in (1, 2, 3) else 16)
    for number, row in enumerate(rows, 1):
        for at, cell in enumerate(row):
            sheet.write_string(number, at, cell, body)
    sheet.freeze_panes(1, 2)
    book.close()
    return stream.getvalue()


def write_csv(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return BOM + stream.getvalue().encode()


def _rows(lines: Sequence[list[str]], place: int, head: list[str]) -> list[TableRow]:
    found = [
        TableRow(
            number,
            {" ".join(name.split()): cell for name, cell in zip(head, line, strict=False) if name},
        )
        for number, line in enumerate(lines[place + 1 :], place + 2)
        if any(line)
    ]
    if not found:
        raise TableWrong("Bảng không có dòng nào dưới tiêu đề.", "Điền các dòng chỉ tiêu rồi tải lên lại.")
    return found


def _xlsx(data: bytes) -> Iterator[list[str]]:
    guard.check(data)
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    try:
        sheet: Any = book.worksheets[0]
        for number, row in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS), 1):
            yield _line(number, ["" if cell is None else str(cell) for cell in row])
    finally:
        book.close()


def _csv(data: bytes) -> Iterator[list[str]]:
    try:
        text = data.removeprefix(BOM).decode()
    except UnicodeDecodeError:
        raise TableWrong("Tệp .csv không ở bảng mã UTF-8.", "Lưu lại dạng CSV UTF-8.") from None
    try:
        dialect: Any = csv.Sniffer().sniff(text.partition("\n")[0], delimiters=",;\t")
    except csv.Error:
        dialect = csv.excel
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text), dialect), 1):
            yield _line(number, [_as_written(cell) for cell in row[:MOST_COLUMNS]])
    except csv.Error:
        raise TableWrong("Tệp .csv bị hỏng.", "Mở tệp, lưu lại dạng CSV UTF-8 rồi tải lên lại.") from None


def _as_written(cell: str) -> str:
    """Without the apostrophe that `write_csv` puts before what a spreadsheet would take for a formula."""
    bare = cell.removeprefix("'")
    return bare if harmless(bare) == cell else cell


def _line(number: int, row: list[str]) -> list[str]:
    if number > MOST_ROWS:
        raise TableWrong(f"Bảng có hơn {MOST_ROWS} dòng.", "Chia bảng thành nhiều tệp.")
    if any(len(cell) > LONGEST for cell in row):
        raise TableWrong(f"Dòng {number} có ô dài quá {LONGEST} ký tự.", "Rút gọn nội dung ô đó.")
    return [nfc(cell).strip() for cell in row]
