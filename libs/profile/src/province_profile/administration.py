"""Which hours of administration hold in a province today, as kit's HTTP layer asks for them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from uuid import UUID

from kit.clock import Clock, vietnam_day

from province_profile.loading import Profiles
from province_profile.operations import AdministrationHours


def hours_of_profiles(
    profiles: Profiles, profile_of: Callable[[UUID], Awaitable[str]], clock: Clock
) -> Callable[[UUID], Awaitable[AdministrationHours | None]]:
    """`profile_of` tells the key of a province's profile; before its text is in force the text holds already."""

    async def hours_of(province_id: UUID) -> AdministrationHours | None:
        key = await profile_of(province_id)
        if profiles.first(key) is None:
            # Nobody has said hours for it; what follows from having no profile is said by who needs its rules.
            return None
        return profiles.for_period(key, vietnam_day(clock())).operations.administration_hours

    return hours_of
