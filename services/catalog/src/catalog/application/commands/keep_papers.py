"""What belongs to a regime beside its terms: the permission, its reviews, its announcement on the portal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kit.actor import Actor
from kit.clock import Clock, vietnam_day

from catalog.application.ports import Files, OpenUnitOfWork, UnitOfWork
from catalog.application.whereabouts import REGIME_RIGHTS, Whereabouts
from catalog.domain.after_publishing import Announcement, Review, ReviewOutcome
from catalog.domain.regime import RegimeState, ReportingRegime
from catalog.domain.regime_content import PermissionPaper
from catalog.domain.regime_errors import NotAnnounceable, PermissionNotPdf

OFFICE = ("province_admin",)
PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class FilePermission:
    regime_id: UUID
    expected_version: int
    number: str
    issued_on: date
    file_name: str
    data: bytes
    actor: Actor


@dataclass(frozen=True, slots=True)
class ReviewRegime:
    regime_id: UUID
    outcome: ReviewOutcome
    note: str
    actor: Actor


@dataclass(frozen=True, slots=True)
class AnnounceRegime:
    regime_id: UUID
    announced_on: date
    address: str
    actor: Actor


@dataclass(frozen=True, slots=True)
class PaperKeeper:
    open_unit_of_work: OpenUnitOfWork
    whereabouts: Whereabouts
    files: Files
    clock: Clock
    make_id: Callable[[], UUID]

    async def permit(self, command: FilePermission) -> ReportingRegime:
        """Keeps the permission of the provincial People's Committee with a draft (DL 11.4a)."""
        someone = await self.whereabouts.of(command.actor)
        if not command.data.startswith(b"%PDF-"):
            raise PermissionNotPdf(command.file_name)
        async with self.open_unit_of_work() as uow:
            regime = await uow.regimes.get(someone.province_id, command.regime_id, for_update=True)
            marks = await self.whereabouts.require(someone, REGIME_RIGHTS, regime.owner_unit_id)
            regime.expect(command.expected_version)
            stored = await self.files.put(command.data)
            paper = PermissionPaper(
                command.number.strip(), command.issued_on, command.file_name, stored.sha256, stored.size
            )
            regime.permit(paper)
            await uow.regimes.remember_file(stored, PDF)
            await uow.regimes.save(regime)
            _record(uow, regime, "permit", command.actor, marks, number=paper.number, sha256=paper.sha256)
            await uow.commit()
        return regime

    async def review(self, command: ReviewRegime) -> Review:
        """QN 10.3, QN 16.3: what the yearly review of a published regime came to."""
        someone = await self.whereabouts.of(command.actor)
        async with self.open_unit_of_work() as uow:
            regime = await self._published(uow, someone.province_id, command.regime_id)
            marks = await self.whereabouts.require(someone, REGIME_RIGHTS, regime.owner_unit_id)
            account = await self.whereabouts.directory.account(command.actor.account_id or UUID(int=0))
            review = Review(
                self.make_id(),
                regime.id,
                vietnam_day(self.clock()),
                command.outcome,
                command.note.strip(),
                account.id,
                account.full_name,
            )
            await uow.papers.add_review(review)
            _record(uow, regime, "review", command.actor, marks, outcome=review.outcome, note=review.note)
            await uow.commit()
        return review

    async def announce(self, command: AnnounceRegime) -> Announcement:
        """DN 13.3: the province's office says where and when the regime was announced; the clock stops."""
        someone = await self.whereabouts.of(command.actor)
        async with self.open_unit_of_work() as uow:
            regime = await self._published(uow, someone.province_id, command.regime_id)
            marks = await self.whereabouts.require(someone, OFFICE, someone.province_id)
            before = await uow.papers.announcement(regime.id)
            announced = Announcement(regime.id, command.announced_on, command.address.strip(), before.warned)
            await uow.papers.save_announcement(announced)
            _record(uow, regime, "announce", command.actor, marks, on=command.announced_on.isoformat())
            await uow.commit()
        return announced

    async def _published(self, uow: UnitOfWork, province_id: UUID, regime_id: UUID) -> ReportingRegime:
        regime = await uow.regimes.get(province_id, regime_id, for_update=True)
        if regime.state is not RegimeState.PUBLISHED:
            raise NotAnnounceable(regime.terms.name)
        return regime


def _record(
    uow: UnitOfWork, regime: ReportingRegime, act: str, actor: Actor, marks: dict[str, object], **after: str
) -> None:
    uow.audit.record(
        aggregate_kind="regime",
        aggregate_id=regime.id,
        act=act,
        actor=actor,
        after=after,
        province_id=regime.province_id,
        marks=marks,
    )
