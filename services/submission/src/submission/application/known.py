"""Finds figures that the system has already for the cells of a report, and says where an entered one differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from forms.asking import Asked, takes_numbers
from forms.compute import whole_of
from forms.merged import Merged, standing
from forms.messages import Message, Severity
from forms.model import Cell
from forms.naming import name_of
from forms.numbers import format_vi, round_half_away
from forms.values import CellKey, Figures, Number
from kit.clock import vietnam_day

from submission.application.checking import Checked, CheckedForm, KnownOfForm
from submission.application.moving import moving_between
from submission.application.ports import ApprovedFiling, UnitOfWork
from submission.application.published import FormLink, PublishedForm
from submission.application.running import running_known
from submission.domain.known import Known, Level, Place, Why, best_first
from submission.domain.report import Report

OWN_LEVELS = (Level.ACCEPTED, Level.UNIT_APPROVED)
"""What the unit itself sees; everybody else only what is accepted."""

NOWHERE = Figures()


async def with_known(
    uow: UnitOfWork, report: Report, checked: Checked, *, of: UUID | None = None, of_unit: bool = True
) -> Checked:
    """The same, each form with the figures known for its cells and a warning where an entered one differs.
    ``of``: for that form alone; the others are not looked up."""
    asking = [each for each in checked.forms if of is None or each.form.id == of]
    search = _Search(report, checked.forms, *await _anchors(uow, asking))
    found = await search.approved(uow, asking, OWN_LEVELS if of_unit else (Level.ACCEPTED,))
    known = {
        each.form.id: _best_first(
            [
                *search.drafts(each),
                *found.get(each.form.id, ()),
                *(await running_known(uow, report, each) if of_unit else ()),
            ]
        )
        for each in asking
    }
    forms = [_told(each, known[each.form.id]) if known.get(each.form.id) else each for each in checked.forms]
    return replace(checked, forms=tuple(forms))


@dataclass(frozen=True, slots=True)
class _Match:
    """A cell that asks, and a cell of an approved filing that answers."""

    form: PublishedForm
    key: CellKey
    why: Why
    source: PublishedForm
    source_key: CellKey


async def _anchors(
    uow: UnitOfWork, asking: Sequence[CheckedForm]
) -> tuple[Mapping[UUID, PublishedForm], Merged]:
    """The versions in whose ids links name their sources, and what their indicators are today."""
    named = {link.from_version_id for each in asking for link in each.form.links}
    anchors = {id: await uow.catalog.form(id) for id in named if id is not None}
    return anchors, await uow.catalog.merged_indicators() if anchors else {}


@dataclass(frozen=True, slots=True)
class _Search:
    report: Report
    here: Sequence[CheckedForm]
    anchors: Mapping[UUID, PublishedForm]
    merged: Merged

    def source_key(self, link: FormLink, source: PublishedForm) -> CellKey | None:
        """The linked cell in this version of the entry form, by what its row and column say."""
        if link.from_version_id in (None, source.id):
            return link.from_key
        return moving_between(self.anchors[link.from_version_id], source, self.merged).place(link.from_key)

    def drafts(self, asking: CheckedForm) -> Iterator[tuple[CellKey, Known]]:
        """By link from another form of the same report, as it stands there now, computed cells included."""
        for other in self.here:
            links = [link for link in asking.form.links if link.from_form_id == other.form.form_id]
            if not links or other is asking:
                continue
            figures = whole_of(other.form.model, other.figures, other.computed)
            for link in links:
                cell, source_key = asking.form.model.cells.get(link.key), self.source_key(link, other.form)
                value = figures.get(*source_key) if source_key else None
                if source_key and cell is not None and takes_numbers(cell) and isinstance(value, Number):
                    place = self._place(Why.LINK, other.form, source_key)
                    yield link.key, _known(value.value, cell, place)

    async def approved(
        self, uow: UnitOfWork, asking: Sequence[CheckedForm], levels: Sequence[Level]
    ) -> Mapping[UUID, Sequence[tuple[CellKey, Known]]]:
        if not any(each.form.links or each.form.model.asked for each in asking):
            return {}
        filings = _standing(await uow.store.filings_for(self.report, levels))
        if not filings:
            return {}
        meant = _Meant(await uow.catalog.merged_indicators())
        versions = {each.form_version_id for each in filings}
        sources = [meant.source(await _source(uow, each)) for each in versions]
        matches = [
            match
            for source in sources
            for each in asking
            for match in self._matches(each.form, source, meant)
        ]
        if not matches:
            return {}
        answering = {match.source.id for match in matches}
        filings = [each for each in filings if each.form_version_id in answering]
        rows = sorted({match.source_key.row for match in matches})
        year = self.report.assignment.period.last_day.year
        numbers = await uow.store.numbers_of(year, filings, rows)
        found: dict[UUID, list[tuple[CellKey, Known]]] = {}
        for filing in filings:
            of_filing = numbers.get((filing.report_id, filing.level, filing.form_version_id), {})
            for match, number in _unambiguous(matches, filing, of_filing):
                cell = match.form.model.cells[match.key]
                place = self._place(match.why, match.source, match.source_key, filing)
                found.setdefault(match.form.id, []).append((match.key, _known(number, cell, place)))
        return found

    def _place(
        self, why: Why, form: PublishedForm, key: CellKey, filing: ApprovedFiling | None = None
    ) -> Place:
        where = f"biểu «{form.name}», {name_of(form.model, NOWHERE, *key).in_words()}"
        if filing is None:
            return Place(
                why, Level.DRAFT, self.report.id, self.report.revision, form.id, *key, f"báo cáo này, {where}"
            )
        words = f"báo cáo «{filing.regime_name}», {where}"
        return Place(
            why, filing.level, filing.report_id, filing.revision, form.id, *key, words, filing.approved_at
        )

    def _matches(self, form: PublishedForm, source: _Source, meant: _Meant) -> Iterator[_Match]:
        for link in form.links:
            if link.from_form_id == source.form.form_id and takes_numbers(form.model.cells.get(link.key)):
                source_key = self.source_key(link, source.form)
                if source_key is not None:
                    yield _Match(form, link.key, Why.LINK, source.form, source_key)
        for key, asked in form.model.asked.items():
            if takes_numbers(form.model.cells[key]):
                for source_key in source.answers.get(meant.asked(asked), ()):
                    yield _Match(form, key, Why.INDICATOR, source.form, source_key)


def _known(number: Decimal, cell: Cell, place: Place) -> Known:
    """Compared and offered as the cell can hold it."""
    held = number if cell.precision is None else round_half_away(number, cell.precision)
    return Known(Number(number if held == number else held), place)


def _unambiguous(
    matches: Sequence[_Match], filing: ApprovedFiling, numbers: Mapping[CellKey, Decimal]
) -> Iterator[tuple[_Match, Decimal]]:
    """Two cells of one form that say different things of one figure say nothing."""
    answers: dict[tuple[UUID, CellKey, Why], list[_Match]] = {}
    for match in matches:
        if match.source.id == filing.form_version_id and match.source_key in numbers:
            answers.setdefault((match.form.id, match.key, match.why), []).append(match)
    for found in answers.values():
        if len({numbers[match.source_key] for match in found}) == 1:
            yield found[0], numbers[found[0].source_key]


def _standing(filings: Sequence[ApprovedFiling]) -> list[ApprovedFiling]:
    """Of a filing that is accepted, the accepted figures alone."""
    accepted = {(each.report_id, each.form_version_id) for each in filings if each.level is Level.ACCEPTED}
    return [
        each
        for each in filings
        if each.level is Level.ACCEPTED or (each.report_id, each.form_version_id) not in accepted
    ]


@dataclass(frozen=True, slots=True)
class _Source:
    form: PublishedForm
    answers: Mapping[Asked, Sequence[CellKey]]


@dataclass(frozen=True, slots=True)
class _Meant:
    """Forms published before two indicators were merged still name the one that was given up: both ask for one figure."""

    into: Merged

    def asked(self, asked: Asked) -> Asked:
        kept = standing(asked.indicator_id, self.into)
        return asked if kept == asked.indicator_id else replace(asked, indicator_id=kept)

    def source(self, source: _Source) -> _Source:
        if self.into.keys().isdisjoint(asked.indicator_id for asked in source.answers):
            return source
        answers: dict[Asked, list[CellKey]] = {}
        for asked, keys in source.answers.items():
            answers.setdefault(self.asked(asked), []).extend(keys)
        return _Source(source.form, answers)


_SOURCES: dict[UUID, _Source] = {}
_MOST_SOURCES = 512


async def _source(uow: UnitOfWork, form_version_id: UUID) -> _Source:
    """A published version never changes: as a source it is read once in a process."""
    known = _SOURCES.get(form_version_id)
    if known is None:
        if len(_SOURCES) >= _MOST_SOURCES:
            _SOURCES.clear()
        form = await uow.catalog.form(form_version_id)
        answers: dict[Asked, list[CellKey]] = {}
        for key, asked in form.model.asked.items():
            answers.setdefault(asked, []).append(key)
        known = _SOURCES[form_version_id] = _Source(form, answers)
    return known


def _best_first(found: Sequence[tuple[CellKey, Known]]) -> KnownOfForm:
    by_key: dict[CellKey, list[Known]] = {}
    for key, known in found:
        by_key.setdefault(key, []).append(known)
    return {key: tuple(sorted(each, key=best_first)) for key, each in by_key.items()}


def _told(checked: CheckedForm, known: KnownOfForm) -> CheckedForm:
    model = checked.form.model
    warnings = [
        _differs(checked.form, model.cells[key], standing, found[0])
        for key, found in known.items()
        if isinstance(standing := checked.figures.get(*key), Number)
        and standing != found[0].value
        and found[0].place.why is not Why.RUNNING
    ]
    return replace(checked, known=known, messages=(*checked.messages, *warnings))


def _differs(form: PublishedForm, cell: Cell, standing: Number, known: Known) -> Message:
    here, there = format_vi(standing.value), format_vi(known.value.value)
    at = known.place.approved_at
    when = f" (duyệt ngày {vietnam_day(at):%d/%m/%Y})" if at else ""
    return Message(
        code="submission.figure.differs_from_known",
        severity=Severity.WARNING,
        message=f"Ô {cell.a1} ghi {here}, còn {known.place.words} ghi {there}{when}. "
        "Lấy số liệu đã có, hoặc giải trình vì sao khác.",
        sheet=form.model.sheet_of_row[cell.row].name,
        row=cell.row,
        column=cell.column,
        a1=cell.a1,
        found=str(standing.value),
        expected=str(known.value.value),
    )
