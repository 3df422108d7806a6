"""Links of a report form (DL 9.2a) read in another version: by what rows and columns say, never by their ids alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from forms.carrying import Carrying, NoPlace
from forms.messages import Message, Severity
from forms.model import CellKind, FormModel

from catalog.domain.form import FormLink

FILLS = frozenset({CellKind.INPUT})
GIVES = frozenset({CellKind.INPUT, CellKind.COMPUTED})


@dataclass(frozen=True, slots=True)
class CarriedLinks:
    kept: tuple[FormLink, ...]
    left: tuple[tuple[FormLink, str], ...]
    """With the reason, in Vietnamese."""

    def remarks(self) -> Iterator[Message]:
        return (
            _left(f"Không mang sang được liên kết lấy số liệu của phiên bản trước: {why}.")
            for _, why in self.left
        )


def carried_links(links: Iterable[FormLink], before: FormModel, after: FormModel) -> CarriedLinks:
    """The same links at the cells that they fill in the other version."""
    carrying = Carrying(before, after)
    kept: list[FormLink] = []
    left: list[tuple[FormLink, str]] = []
    for link in links:
        try:
            row, column = carrying.cell(link.row, link.column, FILLS)
            kept.append(replace(link, row=row, column=column))
        except NoPlace as why:
            left.append((link, str(why)))
    return CarriedLinks(tuple(kept), tuple(left))


def lost_sources(
    code: str, links: Iterable[FormLink], before: FormModel, after: FormModel
) -> Iterator[Message]:
    """What a newer version of an entry form no longer gives to the form of this code."""
    carrying = Carrying(before, after)
    for link in links:
        try:
            carrying.cell(link.from_row, link.from_column, GIVES)
        except NoPlace as why:
            yield _left(f"Biểu {code} lấy số liệu từ biểu này, nhưng {why}.")


def _left(words: str) -> Message:
    return Message(code="catalog.form_version.link_not_taken_over", severity=Severity.WARNING, message=words)
