"""Vietnamese text in fonts from before Unicode: recognised, refused with its places, converted on request."""

from forms.legacy.detection import Suspicion, font_encoding, repair, suspect
from forms.legacy.document import convert_document, find_in_document
from forms.legacy.places import (
    CODE,
    Converted,
    LegacyPlace,
    LegacyText,
    convert_text,
    paragraphs,
    place_of,
    refuse_legacy,
)
from forms.legacy.tables import Encoding, to_unicode
from forms.legacy.workbook import convert_workbook, find_in_workbook

__all__ = [
    "CODE",
    "Converted",
    "Encoding",
    "LegacyPlace",
    "LegacyText",
    "Suspicion",
    "convert_document",
    "convert_text",
    "convert_workbook",
    "find_in_document",
    "find_in_workbook",
    "font_encoding",
    "paragraphs",
    "place_of",
    "refuse_legacy",
    "repair",
    "suspect",
    "to_unicode",
]
