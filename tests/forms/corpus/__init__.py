"""Workbooks of the shapes in which agencies issue forms, each with what a designer would say it is.

Drawn here by openpyxl and xlsxwriter; the same ones as LibreOffice saves them lie in ``libreoffice/``.
"""

from tests.forms.corpus import books, headers
from tests.forms.corpus.drawing import Expected, Shape

SHAPES = (*headers.SHAPES, *books.SHAPES)

__all__ = ["SHAPES", "Expected", "Shape"]
