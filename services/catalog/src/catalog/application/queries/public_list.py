"""The list of regimes that everybody may see (DN 13.3): published ones, no account asked, no person named."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from kit.directory.records import Directory
from kit.errors import NotFound

from catalog.application.queries.after_publishing import AfterPublishing, Announced
from catalog.application.reading_ports import Reading


@dataclass(frozen=True, slots=True)
class ListedProvince:
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Listed:
    announced: Announced
    lead: str
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublicList:
    reading: Reading
    directory: Directory
    after: AfterPublishing

    async def provinces(self) -> list[ListedProvince]:
        places = [await self.directory.place(one) for one in await self.reading.provinces_with_regimes()]
        return sorted((ListedProvince(one.code, one.name) for one in places), key=lambda one: one.name)

    async def regimes(self, province_code: str) -> tuple[ListedProvince, list[Listed]]:
        """Raises NotFound for a province without published regimes."""
        for province_id in await self.reading.provinces_with_regimes():
            place = await self.directory.place(province_id)
            if place.code == province_code:
                _, found = await self.after.announced(province_id)
                names = await self._names(province_id)
                return ListedProvince(place.code, place.name), [_listed(one, names) for one in found]
        raise NotFound(
            "catalog.public.province_unknown",
            "Không có tỉnh nào mang mã này công bố chế độ báo cáo trên Hệ thống.",
            remedy="Chọn tỉnh trong danh sách công khai.",
        )

    async def _names(self, province_id: UUID) -> dict[UUID, str]:
        places = await self.directory.lower_places(province_id, itself=True)
        return {place.id: place.name for place in places}


def _listed(announced: Announced, names: dict[UUID, str]) -> Listed:
    regime = announced.regime
    lead = regime.terms.lead_unit_id
    units = sorted(names[unit] for unit in regime.units if unit in names)
    return Listed(announced, names.get(lead, "") if lead else "", tuple(units))
