"""The words by which official forms say what a cell is. All patterns are over folded text."""

from __future__ import annotations

import re

from forms.text import fold

_NUMBERING = frozenset({"stt", "tt", "so tt", "so thu tu", "s.t.t", "thu tu", "no", "no."})
_CODE_COLUMN = re.compile(r"ma|ma so|ma (so )?chi tieu|ma hang|ma muc|ky hieu|code")
_MEASURE_COLUMN = re.compile(r"(don vi tinh|dvt|don vi do|don vi tinh .*)")
_MEASURE_LINE = re.compile(r"\(?\s*(?:don vi(?: tinh)?|dvt)\s*[:：]\s*(.+?)\s*\)?", re.IGNORECASE)
_LETTERHEAD = re.compile(
    r"cong hoa xa hoi|doc lap|uy ban nhan dan|ubnd|^so[ :.…]+.*/|^bieu (so|mau)|^mau (so|bieu)|"
    r"ngay [\d.… ]*.{0,3}thang|ban hanh kem|^so [a-z]+ (va|tinh)|hoi dong nhan dan"
)
_PERIOD = re.compile(
    r"ky bao cao|\b(thang|quy|nam|tuan|6 thang|9 thang)\b[ .…:]*(\d|[ivx]+\b|…|\.\.|bao cao)"
)
_END = re.compile(
    r"^(ghi chu|chu thich|chu y|luu y|nguon( so lieu)?\s*:|\* ?ghi chu|nguoi lap|lap bieu|nguoi tong hop|"
    r"nguoi bao cao|ke toan|thu truong|tm\.|kt\.|tl\.|tuq\.|q\. |giam doc|chu tich|truong phong|xac nhan|"
    r"noi nhan|\(? ?ky[,. ]|\(ky|can bo|thu ky|lanh dao|.{0,40}ngay [\d.…_ ]{0,8}\s?thang [\d.…_ ]{0,8}\s?nam)"
)
_TOTAL = re.compile(
    r"(tong so|tong cong|cong|tong|toan tinh|toan huyen|toan xa|tong hop)( chung| cong)?( ?\(.*\))? ?:?"
)
_DOTS = re.compile(r"[\s.…·_\-]*(?:…|\.{2,}|_{2,})[\s.…·_\-]*")
_HOLE = re.compile(r"…|\.{3,}|_{3,}")
_NUMBERED = re.compile(
    r"\(?(?:\d{1,3}[a-z]?|\d{1,2}\.\d{1,2})\)?(?:\s*=.*)?|[A-ZĐ]\d?|[a-h]|I{1,3}|IV|\([a-zA-ZđĐ]\)"
)
_PARENTHESISED = re.compile(r"\((?:\d{1,3}[a-z]?|\d{1,2}\.\d{1,2})\)(?:\s*=.*)?")
_WHOLE_IN_BRACKETS = re.compile(r"\(\s*((?:\d{1,3}[a-z]?|[A-ZĐ])\s*=.*)\)")
_TEXT_COLUMN = re.compile(
    r"ghi chu|^ten\b|ho (va )?ten|dia chi|dia diem|noi dung|ly do|nguyen nhan|kho khan|vuong mac|chu dau tu|"
    r"co quan|don vi (thuc hien|chu tri|phoi hop|bao cao|quan ly)|so hieu|quyet dinh|so, ngay|ngay\b.*(thang|ban hanh|cap|ky)|"
    r"^ngay\b|thoi gian|thoi han|giai phap|kien nghi|de xuat|dien giai|mo ta|chuc vu|dien thoai|email|trang thai|"
    r"tinh trang|can cu|danh muc|loai hinh|nguoi (phu trach|thuc hien|dai dien)|gioi tinh|y kien|nhan xet|thon\b|^xa\b|"
    r"van ban|so,? ky hieu|trich yeu|tien do|doi tuong|linh vuc|nhom du an|^loai\b|^chi tieu$|^hang muc|"
    r"minh chung|danh gia|ket luan|xep loai|giai trinh|phuong an|chuc danh|que quan|trinh do|chuyen mon|dan toc|"
    r"co ?/ ?khong|nghe nghiep|hinh thuc|^noi\b|bien phap|nhan vien|chu ho|chu the|dai dien|co so phap ly|tai lieu"
)
_NUMBER_COLUMN = re.compile(
    r"^so\b|\bso (luong|tien|ho|nguoi|vu|luot|hoc sinh|lao dong|von)|^tong|ke hoach|thuc hien|luy ke|ty le|ti le|dien tich|"
    r"gia tri|kinh phi|san luong|nang suat|du toan|giai ngan|von\b|doanh thu|chi phi|tien\b|%|cung ky|uoc|muc\b|"
    r"thu nhap|dan so|^nam \d|^thang \d|^quy|cong\b|tang|giam|chenh lech|khoi luong|so sanh|\((ha|tan|ty|trieu|nghin|ho|nguoi|kg|m2|m3|km)\b"
)
_IN_BRACKETS = re.compile(r"\(([^()]{1,20})\)\s*$")
_KNOWN_MEASURE = re.compile(
    r"%|‰|ha|tan|ta|kg|ty dong|trieu dong|nghin dong|1000d|dong|usd|nguoi|ho|con|nghin con|chiec|cai|vu|luot|"
    r"luot nguoi|m2|m3|km|trd|tr\.? ?d(ong)?|tr\. ?dong|lop|truong|cong trinh|du an|ho so|giuong|doanh nghiep|diem %|lan|ngay|gio|kwh|mw|tan/ha|ta/ha"
)
_CODE_NAME = re.compile(r"mã\b", re.IGNORECASE)
_IDENTITY = re.compile(
    r"^(so )?(the )?(cccd|cmnd|can cuoc|chung minh nhan dan|dinh danh ca nhan|ho chieu)\b(?!.*\b(cap|lam|thu|doi)\b)"
)
_ROW_NUMBER = re.compile(
    r"\(?(?:(?:[IVXLC]+|\d+)[a-zđ]?|[a-zđ])(?:[.\-/](?:\d+|[IVXLC]+|[a-zđ])|\d+)*[.)]*|[\W_]+", re.IGNORECASE
)
_NOT_APPLICABLE = frozenset({"x", "×", "(x)", "✕"})


def is_numbering_header(text: str) -> bool:
    return fold(text) in _NUMBERING


def is_code_header(text: str) -> bool:
    return bool(_CODE_COLUMN.fullmatch(fold(text)))


def is_measure_header(text: str) -> bool:
    return bool(_MEASURE_COLUMN.fullmatch(fold(text)))


def measure_in_line(text: str) -> str | None:
    """``Đơn vị tính: Triệu đồng`` says the measure of the whole sheet."""
    match = _MEASURE_LINE.fullmatch(fold(text))
    if match is None:
        return None
    _, _, said = text.replace("：", ":").partition(":")
    return said.strip().rstrip(")").strip() or None


def measure_in_header(text: str) -> str | None:
    """``Diện tích (ha)``, ``Tỷ lệ (%)``: the measure of one column."""
    match = _IN_BRACKETS.search(text.strip())
    if match is None or not _KNOWN_MEASURE.fullmatch(fold(match[1])):
        return None
    return match[1].strip()


def is_letterhead(text: str) -> bool:
    return bool(_LETTERHEAD.search(fold(text)))


def names_period(text: str) -> bool:
    return bool(_PERIOD.search(fold(text)))


def ends_table(text: str) -> bool:
    return bool(_END.match(fold(text)))


def is_total(text: str) -> bool:
    return bool(_TOTAL.fullmatch(fold(text)))


def only_dots(text: str) -> bool:
    return bool(_DOTS.fullmatch(text))


def has_hole(text: str) -> bool:
    """A place left for writing inside a printed text: ``Thôn ……``."""
    return bool(_HOLE.search(text)) and not only_dots(text)


def fills_holes(printed: str, written: str) -> bool:
    """Whether a text is the printed one with something (or nothing) written into its holes."""
    pieces = [re.escape(fold(piece)) for piece in _HOLE.split(printed)]
    return bool(re.fullmatch(r"\s*.{0,80}?\s*".join(pieces), fold(written)))


def column_number_said(text: str) -> str:
    """A column's number in the usual brackets: ``[3]=[4]+[5]`` is ``(3)=(4)+(5)``, ``(6=5/4)`` is ``6=5/4``."""
    plain = text.strip().replace("[", "(").replace("]", ")")
    whole = _WHOLE_IN_BRACKETS.fullmatch(plain)
    return whole[1].strip() if whole else plain


def is_column_number(text: str) -> bool:
    return bool(_NUMBERED.fullmatch(column_number_said(text)))


def is_bracketed_number(text: str) -> bool:
    return bool(_PARENTHESISED.fullmatch(column_number_said(text)))


def known_measure(text: str) -> str | None:
    """``ha`` or ``(ha)`` alone: the measure of what stands above it."""
    plain = text.strip().removeprefix("(").removesuffix(")").strip()
    return plain if _KNOWN_MEASURE.fullmatch(fold(plain)) else None


def is_row_number(text: str) -> bool:
    """``I``, ``1.1``, ``a)``, ``-``; not the name of a row written where its number belongs."""
    return bool(_ROW_NUMBER.fullmatch(text))


def names_text(header: str) -> bool:
    """Words, codes and the numbers of papers, whose first digit may be 0."""
    folded = fold(header)
    coded = bool(_CODE_NAME.match(header.strip())) or bool(_IDENTITY.search(folded))
    return coded or bool(_TEXT_COLUMN.search(folded))


def names_number(header: str) -> bool:
    return bool(_NUMBER_COLUMN.search(fold(header)))


def is_not_applicable(text: str) -> bool:
    return text.strip().lower() in _NOT_APPLICABLE
