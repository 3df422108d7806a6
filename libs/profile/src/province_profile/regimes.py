"""What a regime must say before it is published, who may set up which, and what follows after it is published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from province_profile.basis import Basis, Frozen
from province_profile.deadlines import RegimeKind

Origin = Literal["government", "province", "internal", "statistical"]
OriginRule = Literal["required", "allowed", "refused"]


class OriginScope(Basis):
    rule: OriginRule


class Publication(Basis):
    """Without these a regime isn't published."""

    demands: tuple[
        Literal[
            "name",
            "legal_basis",
            "legal_document",
            "reporting_units",
            "lead_unit",
            "deadline",
            "approver",
            "aggregator",
            "forms",
        ],
        ...,
    ]


class SetUp(Basis):
    """What units of these levels may set up, and for whom."""

    owner_levels: tuple[str, ...]
    kinds: tuple[RegimeKind, ...]
    only_for_those_below: bool = False


class Permission(Basis):
    """Regimes that need a permission of the provincial People's Committee: number, date and file."""

    owner_levels: tuple[str, ...]
    origins: tuple[Origin, ...]


class MinistryRegimes(Basis):
    filing_place_demanded: bool = False
    """A regime of a ministry says where it must be filed; one bound to the ministry's own system is listed only."""


class ShortestTime(Basis):
    working_days: int = Field(ge=0, le=10)
    """From the end of the cut-off to the deadline: a shorter time is warned of."""


class Review(Basis):
    months: int = Field(ge=1, le=60)
    """Every published regime is reviewed at least once in so many months."""


class PublicList(Basis):
    """The list of regimes is announced on the province's portal within these working days of the day of effect."""

    working_days: int = Field(ge=1, le=60)
    warn_before: tuple[int, ...]
    """Working days before the last one on which those concerned are told."""


class Burden(Basis):
    """What filling in is taken to cost, where nobody has measured it."""

    minutes_per_report: int = Field(ge=0, le=10_000)
    seconds_per_cell: int = Field(ge=0, le=10_000)


class Regimes(Frozen):
    origins: Mapping[Origin, OriginScope]
    secret_refused: Basis
    publication: Publication
    set_up: tuple[SetUp, ...] = ()
    permission: Permission | None = None
    ministry: MinistryRegimes
    shortest_time: ShortestTime
    review: Review
    public_list: PublicList
    burden: Burden
