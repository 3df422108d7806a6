"""Figures back into the agency's own workbook. Parts that need no change stay as they are, byte for byte."""

from __future__ import annotations

from forms.package import Package, zip_parts
from forms.stamp import stamped
from forms.writing.fill import fill

__all__ = ["blank", "fill"]


def blank(template: bytes, *, form_version: str | None = None) -> bytes:
    """The empty form; with ``form_version`` it carries the version as a hidden document property."""
    if form_version is None:
        return template
    return zip_parts(stamped(Package(template).parts, form_version))
