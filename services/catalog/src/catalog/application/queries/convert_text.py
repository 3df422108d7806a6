"""A file in fonts from before Unicode: what it would read as, and the converted file. Nothing of it is kept."""

from __future__ import annotations

from dataclasses import dataclass

from forms.legacy import Converted
from kit.actor import Actor

from catalog.application.ports import DocumentReader, WorkbookReader
from catalog.application.whereabouts import Whereabouts
from catalog.domain.errors import NotAWorkbook


@dataclass(frozen=True, slots=True)
class ConvertText:
    whereabouts: Whereabouts
    workbooks: WorkbookReader
    documents: DocumentReader

    async def __call__(self, actor: Actor, file_name: str, data: bytes) -> Converted:
        await self.whereabouts.of(actor)
        lowered = file_name.lower()
        if lowered.endswith(".xlsx"):
            return await self.workbooks.convert(data)
        if lowered.endswith(".docx"):
            return await self.documents.convert(data)
        raise NotAWorkbook(file_name, ".xlsx, .docx")
