"""Signing requests and their signatures as rows."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from signing.adapters.postgres.tables import signature, signing_request
from signing.domain.errors import RequestNotFound
from signing.domain.request import Numbering, Signature, SigningRequest
from signing.domain.states import SignerRole, State, Steps

_PLAIN = (
    "id",
    "province_id",
    "report_id",
    "revision",
    "canonical_hash",
    "unit_id",
    "lead_unit_id",
    "regime_id",
    "leader_account_id",
    "title",
    "period_label",
    "unit_name",
    "unit_symbol",
    "place_name",
    "due_at",
    "content_sha256",
    "document_sha256",
    "printed_signer",
    "created_at",
    "version",
    "reason",
    "acted_at",
)
_OF_SIGNATURE = (
    "account_id",
    "signer_name",
    "certificate_serial",
    "certificate_subject",
    "certificate_issuer",
    "certificate_ends_at",
    "signed_at",
    "document_sha256",
)


class PostgresRequests:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, request_id: UUID) -> SigningRequest:
        return await self._one(request_id, lock=False)

    async def lock(self, request_id: UUID) -> SigningRequest:
        return await self._one(request_id, lock=True)

    async def of_report(self, report_id: UUID, *, lock: bool = False) -> list[SigningRequest]:
        t = signing_request
        query = select(t).where(t.c.report_id == report_id).order_by(t.c.revision.desc())
        return await self._filled(query.with_for_update() if lock else query)

    async def add(self, request: SigningRequest) -> bool:
        made = await self._session.execute(
            insert(signing_request)
            .values(**_values(request))
            .on_conflict_do_nothing(index_elements=["report_id", "revision"])
            .returning(signing_request.c.id)
        )
        return made.one_or_none() is not None

    async def save(self, request: SigningRequest) -> None:
        await self._session.execute(
            update(signing_request).where(signing_request.c.id == request.id).values(**_values(request))
        )
        for one in request.signatures:
            row = {name: getattr(one, name) for name in _OF_SIGNATURE}
            await self._session.execute(
                insert(signature)
                .values(request_id=request.id, role=one.role.value, **row)
                .on_conflict_do_nothing()
            )

    async def waiting(
        self, states: Sequence[State], unit_ids: Sequence[UUID], limit: int
    ) -> list[SigningRequest]:
        t = signing_request
        return await self._filled(
            select(t)
            .where(t.c.state.in_([state.value for state in states]), t.c.unit_id.in_(unit_ids))
            .order_by(t.c.due_at.nulls_last(), t.c.created_at)
            .limit(limit)
        )

    async def search(self, text: str, unit_ids: Sequence[UUID], limit: int) -> list[SigningRequest]:
        t = signing_request
        return await self._filled(
            select(t)
            .where(t.c.search_key.contains(folded(text), autoescape=True), t.c.unit_id.in_(unit_ids))
            .order_by(t.c.created_at.desc())
            .limit(limit)
        )

    async def _one(self, request_id: UUID, *, lock: bool) -> SigningRequest:
        query = select(signing_request).where(signing_request.c.id == request_id)
        found = await self._filled(query.with_for_update() if lock else query)
        if not found:
            raise RequestNotFound()
        return found[0]

    async def _filled(self, query: Any) -> list[SigningRequest]:
        rows = (await self._session.execute(query)).all()
        t = signature
        made: dict[UUID, list[Signature]] = {}
        if rows:
            found = await self._session.execute(
                select(t).where(t.c.request_id.in_([row.id for row in rows])).order_by(t.c.signed_at)
            )
            for one in found:
                parts = {name: getattr(one, name) for name in _OF_SIGNATURE}
                made.setdefault(one.request_id, []).append(Signature(role=SignerRole(one.role), **parts))
        return [_request(row, made.get(row.id, [])) for row in rows]


def folded(text: str) -> str:
    """Without marks and case, đ as d: what is searched and what is typed meet here."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def _request(row: Row[Any], signatures: list[Signature]) -> SigningRequest:
    numbered = row.number is not None
    return SigningRequest(
        **{name: getattr(row, name) for name in _PLAIN},
        steps=Steps(row.steps),
        state=State(row.state),
        signatures=signatures,
        numbering=Numbering(row.number, row.number_text, row.issued_on) if numbered else None,
    )


def _values(request: SigningRequest) -> dict[str, Any]:
    numbering = request.numbering
    words = (request.title, request.unit_name, request.period_label, numbering.text if numbering else "")
    return {name: getattr(request, name) for name in _PLAIN} | {
        "steps": request.steps.value,
        "state": request.state.value,
        "number": numbering.number if numbering else None,
        "number_text": numbering.text if numbering else None,
        "issued_on": numbering.issued_on if numbering else None,
        "search_key": folded(" ".join(words)),
    }
