"""Reviews and announcements of regimes in PostgreSQL."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from catalog.adapters.postgres import tables
from catalog.domain.after_publishing import Announcement, Review, ReviewOutcome


class PostgresPapers:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add_review(self, review: Review) -> None:
        await self._session.execute(
            insert(tables.regime_review).values(
                id=review.id,
                regime_id=review.regime_id,
                reviewed_on=review.reviewed_on,
                outcome=review.outcome,
                note=review.note,
                account_id=review.account_id,
                name=review.name,
            )
        )

    async def last_reviews(self, province_id: UUID) -> dict[UUID, Review]:
        review, regime = tables.regime_review, tables.regime
        query = (
            select(review)
            .ext(distinct_on(review.c.regime_id))
            .join(regime, regime.c.id == review.c.regime_id)
            .where(regime.c.province_id == province_id)
            .order_by(review.c.regime_id, review.c.reviewed_on.desc(), review.c.id.desc())
        )
        return {
            row.regime_id: Review(
                row.id,
                row.regime_id,
                row.reviewed_on,
                ReviewOutcome(row.outcome),
                row.note,
                row.account_id,
                row.name,
            )
            for row in await self._session.execute(query)
        }

    async def announcement(self, regime_id: UUID) -> Announcement:
        table = tables.regime_announcement
        row = (await self._session.execute(select(table).where(table.c.regime_id == regime_id))).first()
        if row is None:
            return Announcement(regime_id)
        return Announcement(regime_id, row.announced_on, row.address, tuple(row.warned))

    async def save_announcement(self, announcement: Announcement) -> None:
        values = {
            "announced_on": announcement.announced_on,
            "address": announcement.address,
            "warned": list(announcement.warned),
        }
        await self._session.execute(
            upsert(tables.regime_announcement)
            .values(regime_id=announcement.regime_id, **values)
            .on_conflict_do_update(index_elements=["regime_id"], set_=values)
        )
