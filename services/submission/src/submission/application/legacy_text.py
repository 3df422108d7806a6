"""Text from before Unicode in what is brought in without fonts: narratives, cells sent by programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from forms.legacy import LegacyPlace, paragraphs, place_of, suspect
from forms.model import FormModel
from forms.values import Figures, Text


def legacy_in_sections(sections: Iterable[tuple[str, str]], whose: str = "") -> Iterator[LegacyPlace]:
    """`sections`: id and text of each."""
    for section, text in sections:
        yield from paragraphs(text, f"{whose}mục {section}")


def legacy_in_figures(model: FormModel, figures: Figures, whose: str) -> Iterator[LegacyPlace]:
    for key, value in figures.cells.items():
        suspicion = suspect(value.value) if isinstance(value, Text) else None
        if isinstance(value, Text) and suspicion is not None:
            cell = model.cells.get(key)
            where = cell.a1 if cell is not None else f"{key.row}/{key.column}"
            yield place_of(value.value, suspicion, cell=where, part=whose)
