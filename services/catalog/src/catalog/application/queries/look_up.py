"""Forms, regimes, tasks and search, each within what the caller may see."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kit.actor import Actor
from province_profile import ProvinceProfile

from catalog.application.calendars import CalendarKeeper
from catalog.application.ports import DocumentReader, Files, OpenUnitOfWork
from catalog.application.reading_ports import Found, IndicatorFilter, IndicatorReading, Reading, Sight
from catalog.application.whereabouts import Whereabouts
from catalog.domain.calendar import CalendarRevision, CalendarYear
from catalog.domain.errors import FormVersionNotFound, NotAWorkbook, RegimeNotFound
from catalog.domain.form import FormVersion, FormVersionState
from catalog.domain.outline import OutlineSection
from catalog.domain.regime import RegimeState, ReportingRegime


@dataclass(frozen=True, slots=True)
class LookUp:
    open_unit_of_work: OpenUnitOfWork
    whereabouts: Whereabouts
    reading: Reading
    files: Files
    documents: DocumentReader
    calendars: CalendarKeeper
    indicator_reading: IndicatorReading

    async def forms(
        self, actor: Actor, *, q: str, state: str | None, cursor: str | None, limit: int
    ) -> Found:
        sight = await self._sight(actor)
        page = await self.reading.forms(sight, q=q, state=state, cursor=cursor, limit=limit)
        versions = await self.reading.versions_of(sight, [item["id"] for item in page.items])
        for item in page.items:
            item["versions"] = versions.get(item["id"], [])
        return page

    async def form(self, actor: Actor, form_id: UUID) -> dict[str, Any]:
        sight = await self._sight(actor)
        async with self.open_unit_of_work() as uow:
            form = await uow.forms.get(sight.province_id, form_id)
        versions = await self.reading.versions_of(sight, [form.id])
        return {
            "id": form.id,
            "code": form.code,
            "name": form.name,
            "owner_unit_id": form.owner_unit_id,
            "created_at": form.created_at,
            "version": form.version,
            "purpose": form.purpose,
            "links": form.links,
            "versions": versions.get(form.id, []),
        }

    async def form_version(self, actor: Actor, version_id: UUID) -> FormVersion:
        sight = await self._sight(actor)
        async with self.open_unit_of_work() as uow:
            version = await uow.forms.get_version(sight.province_id, version_id)
        invited = version.state is FormVersionState.TRIAL and actor.account_id in version.testers
        if not (version.public or invited or version.owner_unit_id in sight.draft_units):
            raise FormVersionNotFound
        return version

    async def template(self, actor: Actor, version_id: UUID) -> tuple[FormVersion, AsyncIterator[bytes]]:
        version = await self.form_version(actor, version_id)
        return version, self.files.stream(version.template_sha256)

    async def template_for_service(self, actor: Actor, version_id: UUID) -> AsyncIterator[bytes]:
        version = await self.version_for_service(actor, version_id)
        return self.files.stream(version.template_sha256)

    async def version_for_service(self, actor: Actor, version_id: UUID) -> FormVersion:
        province_id = await self.whereabouts.wall_of(actor)
        async with self.open_unit_of_work() as uow:
            version = await uow.forms.get_version(province_id, version_id)
        if not version.public:
            raise FormVersionNotFound
        return version

    async def outline(self, actor: Actor, file_name: str, data: bytes) -> tuple[OutlineSection, ...]:
        someone = await self.whereabouts.of(actor)
        if not file_name.lower().endswith(".docx"):
            raise NotAWorkbook(file_name, ".docx")
        profile = await self.whereabouts.profile_today(someone.province_id)
        return await self.documents.outline(data, text_rule=profile.unicode_text.reference)

    async def regimes(
        self,
        actor: Actor,
        *,
        q: str,
        state: str | None,
        lead_unit_id: UUID | None,
        cursor: str | None,
        limit: int,
    ) -> Found:
        return await self.reading.regimes(
            await self._sight(actor), q=q, state=state, lead_unit_id=lead_unit_id, cursor=cursor, limit=limit
        )

    async def regime(self, actor: Actor, regime_id: UUID) -> ReportingRegime:
        sight = await self._sight(actor)
        async with self.open_unit_of_work() as uow:
            regime = await uow.regimes.get(sight.province_id, regime_id)
        if regime.state is RegimeState.DRAFT and regime.owner_unit_id not in sight.draft_units:
            raise RegimeNotFound
        return regime

    async def profile(self, actor: Actor) -> ProvinceProfile:
        someone = await self.whereabouts.of(actor)
        return await self.whereabouts.profile_today(someone.province_id)

    async def calendar(self, actor: Actor, year: int) -> CalendarYear:
        someone = await self.whereabouts.of(actor)
        return await self.calendars.year(someone.province_id, year)

    async def calendar_revisions(self, actor: Actor, year: int) -> list[tuple[CalendarRevision, str]]:
        """Each version with the name of whoever set it."""
        someone = await self.whereabouts.of(actor)
        await self.calendars.year(someone.province_id, year)
        async with self.open_unit_of_work() as uow:
            found = await uow.calendars.revisions(someone.province_id, year)
        people = {revision.set_by for revision in found if revision.set_by is not None}
        names = {one: (await self.whereabouts.directory.account(one)).full_name for one in people}
        return [(revision, names[revision.set_by] if revision.set_by else "") for revision in found]

    async def tasks(self, actor: Actor) -> list[dict[str, Any]]:
        """Drafts that wait for whoever may publish them."""
        sight = await self._sight(actor)
        on_trial = await self.reading.versions_on_trial(sight.province_id, actor.account_id)
        trials = [_trial_task(version) for version in on_trial]
        if not sight.draft_units:
            return trials
        versions = await self.reading.draft_versions(sight, 50)
        regimes = await self.reading.draft_regimes(sight, 50)
        profile = await self.whereabouts.profile_today(sight.province_id)
        return [
            *trials,
            *(_form_task(version) for version in versions),
            *(_regime_task(regime, profile) for regime in regimes),
        ]

    async def search(self, actor: Actor, q: str) -> list[dict[str, Any]]:
        if len(q.strip()) < 2:
            return []
        sight = await self._sight(actor)
        forms = await self.reading.forms(sight, q=q, state=None, cursor=None, limit=10)
        regimes = await self.reading.regimes(sight, q=q, state=None, lead_unit_id=None, cursor=None, limit=10)
        indicators = await self.indicator_reading.indicators(sight, IndicatorFilter(q), cursor=None, limit=10)
        return [
            *(_hit(item, "form", "Biểu mẫu", "bieu-mau") for item in forms.items),
            *(_hit(item, "regime", "Chế độ báo cáo", "che-do") for item in regimes.items),
            *(_hit(item, "indicator", "Chỉ tiêu", "chi-tieu") for item in indicators.items),
        ]

    async def _sight(self, actor: Actor) -> Sight:
        return await self.whereabouts.sight(await self.whereabouts.of(actor))


def _hit(item: dict[str, Any], kind: str, what: str, path: str) -> dict[str, Any]:
    return {
        "id": str(item["id"]),
        "kind": kind,
        "title": item["name"],
        "detail": f"{what} {item['code']}",
        "link": f"/{path}/{item['id']}",
    }


def _form_task(version: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": str(version["id"]),
        "kind": "form_version_draft",
        "title": f"Biểu mẫu {version['code']} – {version['name']}",
        "detail": f"Phiên bản {version['number']} đang chờ soát ô nhập liệu và công bố",
        "action": "publish",
        "link": f"/bieu-mau/{version['form_id']}",
    }


def _trial_task(version: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": str(version["id"]),
        "kind": "form_version_trial",
        "title": f"Dùng thử biểu mẫu {version['code']} – {version['name']}",
        "detail": f"Phiên bản {version['number']}: nhập thử, số liệu không được lưu lại",
        "action": "try",
        "link": f"/dung-thu/{version['id']}",
    }


def _regime_task(regime: ReportingRegime, profile: ProvinceProfile) -> dict[str, Any]:
    missing = "; ".join(words for _, words in regime.missing(profile))
    return {
        "id": str(regime.id),
        "kind": "regime_draft",
        "title": f"Chế độ báo cáo {regime.code} – {regime.terms.name}",
        "detail": f"Còn thiếu: {missing}" if missing else "Đã đủ nội dung, chờ công bố",
        "action": "publish",
        "link": f"/che-do/{regime.id}",
    }
