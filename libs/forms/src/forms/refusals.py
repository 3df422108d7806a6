"""Why a file is not taken in, each reason in words and with a code that stays."""

from __future__ import annotations

from kit.errors import InvalidInput, Place

_RULE = "Hệ thống chỉ nhận tệp Excel .xlsx thuần số liệu, không mã lệnh, không liên kết ra ngoài."


class BadFile(InvalidInput):
    """A file that is refused before anything in it is read."""

    @classmethod
    def _because(cls, code: str, message: str, remedy: str, place: Place | None = None) -> BadFile:
        places = () if place is None else (place,)
        return cls(f"forms.file.{code}", message, rule=_RULE, remedy=remedy, places=places)

    @classmethod
    def not_xlsx(cls) -> BadFile:
        return cls._because(
            "not_xlsx",
            "Tệp không phải là bảng tính Excel (.xlsx).",
            "Mở tệp bằng Excel hoặc LibreOffice rồi lưu lại dạng .xlsx.",
        )

    @classmethod
    def old_format(cls) -> BadFile:
        return cls._because(
            "old_format",
            "Tệp thuộc định dạng cũ (.xls), không phải .xlsx.",
            "Mở tệp rồi chọn Lưu thành, dạng Excel Workbook (.xlsx).",
        )

    @classmethod
    def strict(cls) -> BadFile:
        return cls._because(
            "strict_format",
            "Tệp thuộc dạng “Strict Open XML”, Hệ thống chưa đọc dạng này.",
            "Trong Excel chọn Lưu thành, dạng Excel Workbook (.xlsx).",
        )

    @classmethod
    def encrypted(cls) -> BadFile:
        return cls._because(
            "encrypted",
            "Tệp được đặt mật khẩu hoặc mã hóa nên không đọc được.",
            "Bỏ mật khẩu của tệp rồi gửi lại.",
        )

    @classmethod
    def truncated(cls) -> BadFile:
        return cls._because(
            "truncated",
            "Tệp bị hỏng hoặc tải lên chưa đủ.",
            "Mở lại tệp gốc để kiểm tra, lưu lại rồi gửi lại.",
        )

    @classmethod
    def too_large(cls, size: int, limit: int) -> BadFile:
        mib = 1024 * 1024
        return cls._because(
            "too_large",
            f"Tệp nặng {size / mib:.1f} MB, quá mức {limit // mib} MB.".replace(".", ",", 1),
            "Bỏ hình ảnh, trang tính không thuộc biểu mẫu rồi gửi lại.",
        )

    @classmethod
    def bomb(cls) -> BadFile:
        return cls._because(
            "inflates_too_much",
            "Tệp giải nén ra lớn bất thường nên bị từ chối.",
            "Chép số liệu sang bản biểu mẫu tải từ Hệ thống rồi gửi lại.",
        )

    @classmethod
    def too_heavy(cls) -> BadFile:
        return cls._because(
            "too_heavy",
            "Đọc tệp này tốn quá nhiều thời gian hoặc bộ nhớ nên đã dừng.",
            "Chép số liệu sang bản biểu mẫu tải từ Hệ thống rồi gửi lại.",
        )

    @classmethod
    def unreadable(cls) -> BadFile:
        return cls._because(
            "unreadable",
            "Không đọc được tệp: nội dung bên trong bất thường.",
            "Mở tệp bằng Excel hoặc LibreOffice, lưu lại dạng .xlsx rồi gửi lại.",
        )

    @classmethod
    def too_many_cells(cls, cells: int, limit: int) -> BadFile:
        return cls._because(
            "too_many_cells",
            f"Tệp có {cells} ô, quá mức {limit} ô.",
            "Xóa các dòng, cột định dạng thừa ngoài biểu rồi gửi lại.",
        )

    @classmethod
    def too_many(cls, what: str, found: int, limit: int, place: Place | None = None) -> BadFile:
        names = {"parts": "thành phần", "sheets": "trang tính", "rows": "dòng", "columns": "cột"}
        return cls._because(
            f"too_many_{what}",
            f"Tệp có {found} {names[what]}, quá mức {limit}.",
            "Xóa trang, dòng, cột thừa ngoài biểu rồi gửi lại.",
            place,
        )

    @classmethod
    def macros(cls) -> BadFile:
        return cls._because(
            "macros",
            "Tệp chứa mã lệnh (macro).",
            "Lưu lại dạng .xlsx không có macro rồi gửi lại.",
        )

    @classmethod
    def other_encoding(cls) -> BadFile:
        return cls._because(
            "other_encoding",
            "Nội dung tệp ghi bằng bảng mã lạ, không phải UTF-8.",
            "Mở tệp bằng Excel hoặc LibreOffice, lưu lại dạng .xlsx rồi gửi lại.",
        )

    @classmethod
    def remote_template(cls) -> BadFile:
        return cls._because(
            "remote_template",
            "Tệp gắn với một tệp mẫu ở nơi khác (attached template).",
            "Bỏ tệp mẫu đính kèm, lưu lại dạng .xlsx rồi gửi lại.",
        )

    @classmethod
    def external_links(cls, what: str, place: Place | None = None) -> BadFile:
        return cls._because(
            "external_links",
            f"Tệp có liên kết ra ngoài ({what}).",
            "Trong Excel chọn Data, Edit Links, Break Link; dán lại thành giá trị rồi gửi lại.",
            place,
        )

    @classmethod
    def dde(cls, place: Place | None = None) -> BadFile:
        return cls._because(
            "dde",
            "Tệp có công thức gọi chương trình khác (DDE).",
            "Xóa công thức đó, dán lại thành giá trị rồi gửi lại.",
            place,
        )

    @classmethod
    def embedded(cls) -> BadFile:
        return cls._because(
            "embedded_objects",
            "Tệp có nhúng tệp hoặc điều khiển khác (OLE, ActiveX).",
            "Xóa đối tượng nhúng, tiện ích rồi gửi lại.",
        )

    @classmethod
    def entities(cls) -> BadFile:
        return cls._because(
            "xml_entities",
            "Tệp có khai báo thực thể XML, dấu hiệu của tệp độc hại.",
            "Chép số liệu sang bản biểu mẫu tải từ Hệ thống rồi gửi lại.",
        )
