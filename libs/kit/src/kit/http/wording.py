"""Pydantic's findings in Vietnamese."""

from __future__ import annotations

from typing import Any

_WORDS = {
    "missing": "thiếu",
    "extra_forbidden": "trường này không được nhận",
    "json_invalid": "không phải JSON hợp lệ",
    "string_type": "phải là chữ",
    "string_too_short": "ngắn hơn {min_length} ký tự",
    "string_too_long": "dài hơn {max_length} ký tự",
    "string_pattern_mismatch": "không đúng dạng quy định",
    "int_parsing": "phải là số nguyên",
    "int_type": "phải là số nguyên",
    "decimal_parsing": "phải là số",
    "bool_parsing": "phải là đúng hoặc sai",
    "uuid_parsing": "không phải mã định danh hợp lệ",
    "uuid_type": "không phải mã định danh hợp lệ",
    "date_parsing": "không phải ngày hợp lệ (năm-tháng-ngày)",
    "date_from_datetime_parsing": "không phải ngày hợp lệ (năm-tháng-ngày)",
    "datetime_parsing": "không phải thời điểm hợp lệ",
    "datetime_from_date_parsing": "không phải thời điểm hợp lệ",
    "enum": "chỉ nhận một trong: {expected}",
    "literal_error": "chỉ nhận một trong: {expected}",
    "greater_than_equal": "phải từ {ge} trở lên",
    "greater_than": "phải lớn hơn {gt}",
    "less_than_equal": "phải từ {le} trở xuống",
    "less_than": "phải nhỏ hơn {lt}",
    "list_type": "phải là danh sách",
    "dict_type": "phải là một đối tượng",
    "model_attributes_type": "phải là một đối tượng",
    "model_type": "phải là một đối tượng",
    "too_short": "cần ít nhất {min_length} phần tử",
    "too_long": "có quá {max_length} phần tử",
}


def in_words(error: dict[str, Any]) -> str:
    words = _WORDS.get(str(error.get("type")))
    if words is None:
        return "giá trị không hợp lệ"
    try:
        return words.format(**(error.get("ctx") or {}))
    except (KeyError, IndexError):
        return "giá trị không hợp lệ"
