"""Text that looks like a formula stays text, also when somebody edits the cell: Excel's quote prefix."""

from __future__ import annotations

import copy

from lxml import etree

from forms.package import Package, parse_xml, tag, write_xml


class QuotedStyles:
    """Twins of the workbook's cell styles with the prefix, made only where a text needs one."""

    def __init__(self, package: Package) -> None:
        self._path = package.styles_path
        self._root = None if self._path is None else parse_xml(package.parts[self._path])
        self._twins: dict[str, str] = {}

    def quote(self, cell: etree._Element) -> None:
        formats = None if self._root is None else self._root.find(tag("cellXfs"))
        if formats is None or not len(formats):
            return
        style = cell.get("s", "0")
        if style not in self._twins:
            twin = copy.deepcopy(formats[min(int(style), len(formats) - 1)])
            twin.set("quotePrefix", "1")
            formats.append(twin)
            formats.set("count", str(len(formats)))
            self._twins[style] = str(len(formats) - 1)
        cell.set("s", self._twins[style])

    def parts(self) -> dict[str, bytes]:
        """The styles part, if it has changed."""
        if self._path is None or self._root is None or not self._twins:
            return {}
        return {self._path: write_xml(self._root)}
