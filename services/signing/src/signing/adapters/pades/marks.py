"""What is set into the reserved places of a document: small typst pages, used as appearances of form fields."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typst
from pyhanko.pdf_utils import content, layout
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.stamp import StaticStampStyle

from signing.adapters.rendering.fonts import Typography
from signing.domain import letterhead

_TEMPLATE = Path(__file__).parents[1] / "rendering" / "marks.typ"


@dataclass(frozen=True, slots=True)
class Marks:
    typography: Typography

    def pdf(self, kind: str, width: float, height: float, lines: list[str]) -> bytes:
        mark = {
            "kind": kind,
            "width": width,
            "height": height,
            "lines": [letterhead.printable(line, self.typography.typeface.covered) for line in lines],
            "fonts": [self.typography.typeface.family],
        }
        made = typst.compile(
            _TEMPLATE.read_bytes(),
            sys_inputs={"document": json.dumps(mark, ensure_ascii=False)},
            font_paths=self.typography.typeface.fonts(),
            pdf_standards=["a-2b"],
            pdf_tags=False,
            timestamp=0,
        )
        assert isinstance(made, bytes)
        return made

    def appearance(
        self, writer: BasePdfFileWriter, kind: str, box: tuple[float, ...], lines: list[str]
    ) -> Any:
        """A form XObject in the file that is being written."""
        width, height = box[2] - box[0], box[3] - box[1]
        return writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self.pdf(kind, width, height, lines))))

    def stamp(self, kind: str, box: tuple[float, ...], lines: list[str]) -> StaticStampStyle:
        width, height = box[2] - box[0], box[3] - box[1]
        return StaticStampStyle(
            background=_Page(self.pdf(kind, width, height, lines), width, height),
            border_width=0,
            background_layout=layout.SimpleBoxLayoutRule(
                x_align=layout.AxisAlignment.ALIGN_MIN,
                y_align=layout.AxisAlignment.ALIGN_MIN,
                margins=layout.Margins.uniform(0),
            ),
        )


class _Page(content.PdfContent):
    def __init__(self, data: bytes, width: float, height: float) -> None:
        self._data = data
        super().__init__(box=layout.BoxConstraints(width=width, height=height))

    def render(self) -> bytes:
        page = self._ensure_writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self._data)))
        self.resources.xobject["/Mark"] = page
        return b"/Mark Do"
