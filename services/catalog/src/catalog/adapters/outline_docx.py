"""Reads the outline (đề cương) out of a .docx: headings of two levels, guidance in italics between brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from forms.legacy import find_in_document, refuse_legacy
from forms.text import squeeze

from catalog.adapters.docx_parts import damaged, safe_parts, xml_of
from catalog.domain.errors import OutlineUnreadable
from catalog.domain.outline import OutlineSection

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAX_SECTIONS = 300
_HEADING = re.compile(r"heading\s*([12])$", re.IGNORECASE)
_BRACKETS = re.compile(r"^[\[(](.*)[\])]$", re.DOTALL)
_OFF = frozenset({"0", "false", "off", "none"})


def read_outline(data: bytes, *, text_rule: str) -> tuple[OutlineSection, ...]:
    parts = safe_parts(data)
    headings = _heading_styles(xml_of(parts.get("word/styles.xml", b"")))
    body = xml_of(parts["word/document.xml"])
    if body is None:
        raise damaged()
    refuse_legacy(find_in_document(parts), text_rule)
    sections = tuple(_sections(body, headings))
    if not sections:
        raise OutlineUnreadable(
            "no_headings",
            "Tệp đề cương không có đề mục nào (Heading 1, Heading 2).",
            "Đặt kiểu Heading 1 cho phần và Heading 2 cho mục rồi tải lên lại.",
        )
    if len(sections) > MAX_SECTIONS:
        raise OutlineUnreadable(
            "too_many_headings",
            f"Đề cương có {len(sections)} đề mục, nhiều nhất là {MAX_SECTIONS}.",
            "Chỉ đặt kiểu Heading cho tên phần, tên mục.",
        )
    return sections


def _heading_styles(styles: Element | None) -> dict[str, int]:
    """Style ids by level; ids are translated by some editors, names are not."""
    found: dict[str, int] = {}
    for style in styles.iter(f"{W}style") if styles is not None else ():
        name = style.find(f"{W}name")
        match = _HEADING.match(name.get(f"{W}val", "")) if name is not None else None
        if match:
            found[style.get(f"{W}styleId", "")] = int(match[1])
    return found


def _sections(body: Element, headings: dict[str, int]) -> Iterator[OutlineSection]:
    current: OutlineSection | None = None
    guidance: list[str] = []
    first = second = 0
    for paragraph in body.iter(f"{W}p"):
        level = headings.get(_style(paragraph))
        text = squeeze("".join(run.text or "" for run in paragraph.iter(f"{W}t")))
        if level is not None and text:
            if current is not None:
                yield _with_guidance(current, guidance)
            if level == 1:
                first, second = first + 1, 0
            else:
                second += 1
            guidance = []
            number = str(first) if level == 1 else f"{first}.{second}"
            current = OutlineSection(number, text, level)
        elif current is not None and text and (found := _guidance(paragraph, text)):
            guidance.append(found)
    if current is not None:
        yield _with_guidance(current, guidance)


def _with_guidance(section: OutlineSection, guidance: list[str]) -> OutlineSection:
    return OutlineSection(section.id, section.heading, section.level, "\n".join(guidance))


def _style(paragraph: Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(f"{W}val", "")


def _guidance(paragraph: Element, text: str) -> str:
    bracketed = _BRACKETS.match(text)
    if bracketed is None:
        return ""
    runs = [
        run for run in paragraph.iter(f"{W}r") if "".join(t.text or "" for t in run.iter(f"{W}t")).strip()
    ]
    return bracketed[1].strip() if runs and all(_italic(run) for run in runs) else ""


def _italic(run: Element) -> bool:
    mark = run.find(f"{W}rPr/{W}i")
    return mark is not None and mark.get(f"{W}val", "1").lower() not in _OFF
