"""From a regime's choice of units (by list, by kind, by level, with exceptions) to the units themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kit.clock import Clock, vietnam_day
from kit.directory.records import Directory, DirectoryPlace
from province_profile import ProvinceProfile

from catalog.domain.errors import UnitsOutside
from catalog.domain.regime import RegimeTerms
from catalog.domain.regime_checks import Owner, refuse_beyond_its_level


@dataclass(frozen=True, slots=True)
class Chosen:
    """The units meant today, and the owner as the rules on levels see it."""

    units: tuple[UUID, ...]
    names: Mapping[UUID, str]
    owner: Owner


@dataclass(frozen=True, slots=True)
class UnitChooser:
    directory: Directory
    clock: Clock

    async def choose(
        self, province_id: UUID, owner_unit_id: UUID, terms: RegimeTerms, under: ProvinceProfile
    ) -> Chosen:
        """Raises UnitsOutside for units that aren't the province's, and what the level of the owner forbids."""
        places = await self.directory.lower_places(province_id, itself=True)
        names = {place.id: place.name for place in places}
        for field in ("reporting_unit_ids", "excepted_unit_ids"):
            outside = [str(unit) for unit in getattr(terms, field) if unit not in names]
            if outside:
                raise UnitsOutside(field, outside)
        if terms.lead_unit_id is not None and terms.lead_unit_id not in names:
            raise UnitsOutside("lead_unit_id", [str(terms.lead_unit_id)])
        units = meant(terms, places, vietnam_day(self.clock()))
        owner = await self.owner(owner_unit_id)
        refuse_beyond_its_level(terms, units, names, owner, under)
        return Chosen(units, names, owner)

    async def owner(self, owner_unit_id: UUID) -> Owner:
        place = await self.directory.place(owner_unit_id)
        below = await self.directory.lower_places(owner_unit_id)
        return Owner(place.level, {one.id: one.name for one in below})


def meant(terms: RegimeTerms, places: list[DirectoryPlace], on: date) -> tuple[UUID, ...]:
    """Those listed as long as they exist, then every other that kind or level names, without the excepted."""
    places = [place for place in places if _exists(place, on)]
    existing = {place.id for place in places}
    listed = [unit for unit in terms.reporting_unit_ids if unit in existing]
    fitting = [
        place.id for place in places if place.kind in terms.unit_kinds or place.level in terms.unit_levels
    ]
    excepted = set(terms.excepted_unit_ids)
    return tuple(unit for unit in dict.fromkeys([*listed, *fitting]) if unit not in excepted)


def _exists(place: DirectoryPlace, on: date) -> bool:
    begun = place.valid_from is None or place.valid_from <= on
    return begun and (place.valid_to is None or on <= place.valid_to)
