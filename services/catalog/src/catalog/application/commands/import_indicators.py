"""A table of indicators is taken whole or not at all; every fault is told by its row."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kit.actor import Actor
from kit.clock import Clock, vietnam_day
from kit.errors import DomainError

from catalog.application.catalogue_ports import ReadTable, TableRow
from catalog.application.commands.keep_indicators import recorded
from catalog.application.entries import EntryKeeper
from catalog.application.indicator_table import (
    CODE,
    OWNER,
    REQUIRED,
    VALID_FROM,
    Known,
    RowWrong,
    terms_of,
    words_of,
)
from catalog.application.ports import OpenUnitOfWork, UnitOfWork
from catalog.application.whereabouts import DESIGN_RIGHTS, Someone, Whereabouts
from catalog.domain.catalogue_errors import ImportRefused
from catalog.domain.indicator import Indicator


@dataclass(frozen=True, slots=True)
class ImportIndicators:
    file_name: str
    data: bytes
    publish: bool
    """At once, from the day in the row, else from today."""
    dry_run: bool
    actor: Actor


@dataclass(frozen=True, slots=True)
class Imported:
    registered: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    published: int


@dataclass(frozen=True, slots=True)
class ImportIndicatorsHandler:
    open_unit_of_work: OpenUnitOfWork
    whereabouts: Whereabouts
    entries: EntryKeeper
    read_table: ReadTable
    clock: Clock
    make_id: Callable[[], UUID]

    async def __call__(self, command: ImportIndicators) -> Imported:
        someone = await self.whereabouts.of(command.actor)
        await self.entries.begun(someone.province_id)
        rows = await asyncio.to_thread(self.read_table, command.file_name, command.data, REQUIRED)
        async with self.open_unit_of_work() as uow:
            work = _Import(self, uow, someone, command, {})
            imported = await work.take(rows)
            if not command.dry_run:
                await uow.commit()
        return imported


@dataclass(slots=True)
class _Import:
    """One import under way: indicators by code, those of the table beside those there were."""

    to: ImportIndicatorsHandler
    uow: UnitOfWork
    someone: Someone
    command: ImportIndicators
    marks: dict[UUID, dict[str, object]]

    async def take(self, rows: Sequence[TableRow]) -> Imported:
        codes = [row.values.get(CODE, "").strip() for row in rows]
        there = await self.uow.indicators.by_codes(self.someone.province_id, codes)
        new_ids = {code: self.to.make_id() for code in codes if code and code not in there}
        known = await self._known(new_ids)
        times = Counter(codes)
        faults = [
            (row.number, CODE, f"Mã “{code}” đứng ở nhiều dòng.")
            for row, code in zip(rows, codes, strict=True)
            if code and times[code] > 1
        ]
        registered: list[Indicator] = []
        changed: list[Indicator] = []
        unchanged: list[str] = []
        for row, code in zip(rows, codes, strict=True):
            try:
                before = there.get(code)
                made = await self._made(row, code, before, new_ids, known)
            except RowWrong as wrong:
                faults.append((row.number, wrong.column, wrong.words))
            except DomainError as refused:
                faults.append((row.number, *words_of(refused)))
            else:
                if made is None:
                    unchanged.append(code)
                else:
                    (registered if before is None else changed).append(made)
        if faults:
            raise ImportRefused(sorted(faults))
        await self._write(registered, changed)
        return Imported(
            tuple(one.code for one in registered),
            tuple(one.code for one in changed),
            tuple(unchanged),
            sum(one.latest.published for one in (*registered, *changed)),
        )

    async def _made(
        self,
        row: TableRow,
        code: str,
        before: Indicator | None,
        new_ids: dict[str, UUID],
        known: Known,
    ) -> Indicator | None:
        """Nothing if the row says what is already there. Raises RowWrong or a refusal of the domain."""
        terms = terms_of(row, known)
        owner = self._owner(row, known) if before is None else before.owner_unit_id
        if owner not in self.marks:
            self.marks[owner] = await self.to.whereabouts.require(self.someone, DESIGN_RIGHTS, owner)
        now = self.to.clock()
        if before is None:
            made = Indicator.register(
                new_ids[code],
                self.to.make_id(),
                province_id=self.someone.province_id,
                owner_unit_id=owner,
                code=code,
                terms=terms,
                at=now,
            )
        elif before.latest.terms != terms:
            made = before
            made.change(terms, version_id=self.to.make_id(), at=now)
        elif self.command.publish and not before.latest.published:
            made = before
        else:
            return None
        if self.command.publish:
            made.publish(_valid_from(row) or vietnam_day(now), now)
        return made

    def _owner(self, row: TableRow, known: Known) -> UUID:
        code = row.values.get(OWNER, "").strip()
        if not code:
            return self.someone.unit_id or self.someone.province_id
        if code not in known.units:
            raise RowWrong(OWNER, f"Không có đơn vị mang mã “{code}” trong tỉnh.")
        return known.units[code]

    async def _known(self, new_ids: dict[str, UUID]) -> Known:
        province_id = self.someone.province_id
        indicators = {
            one.code: one.id
            for one in await self.uow.indicators.all_of(province_id)
            if one.merged_into_id is None
        }
        places = await self.to.whereabouts.directory.lower_places(province_id, itself=True)
        units = {place.code: place.id for place in places}
        return Known.of(await self.uow.entries.all_of(province_id), indicators | new_ids, units)

    async def _write(self, registered: Sequence[Indicator], changed: Sequence[Indicator]) -> None:
        for one in registered:
            await self.uow.indicators.add(one)
        for one in changed:
            await self.uow.indicators.save(one)
        for one in (*registered, *changed):
            self.uow.outbox.add(*one.pull_events())
            recorded(self.uow, one, "import", self.command.actor, self.marks[one.owner_unit_id])


def _valid_from(row: TableRow) -> date | None:
    said = row.values.get(VALID_FROM, "").strip()
    if not said:
        return None
    day, _, rest = said.partition("/")
    month, _, year = rest.partition("/")
    try:
        return date(int(year), int(month), int(day)) if rest else date.fromisoformat(said[:10])
    except ValueError:
        raise RowWrong(VALID_FROM, f"Ngày “{said}” phải có dạng 2026-01-31 hoặc 31/01/2026.") from None
