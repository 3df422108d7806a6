"""Who somebody is towards one report: the rules of its province and regime, and the rights held there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kit.actor import Actor
from kit.clock import Clock, utc_now, vietnam_day
from kit.directory import Directory, DirectoryGrant, Weight
from province_profile import ProvinceProfile

from submission.application.ports import Profiles, Reach
from submission.domain.assignment import Assignment
from submission.domain.errors import figures_not_sent_yet, report_not_found
from submission.domain.report import Report
from submission.domain.rules import Rules, named_accounts, rules_of
from submission.domain.states import Action, Side, State
from submission.domain.workflow import Acting, transition

UNIT_READERS = frozenset(
    {
        "entry", "check", "approve_figures", "approve", "sign", "issue", "send", "monitor", "reviewer",
        "auditor", "unit_admin", "aggregate",
    }
)  # fmt: skip
LEAD_READERS = frozenset(
    {"take_in", "check", "approve", "decide", "aggregate", "monitor", "regime_owner", "reviewer", "auditor"}
)

WEIGHTS: Mapping[Action, Weight] = dict.fromkeys((Action.PASS_CHECK, Action.APPROVE_FIGURES, Action.APPROVE, Action.RETURN, Action.TAKE_BACK, Action.ACCEPT, Action.REJECT), "decision")  # fmt: skip
"""All others go on for a while when the copy of rights cannot be confirmed."""

SEEN_BY_LEAD = frozenset({State.SENT, State.ACCEPTED})


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody may see of one report."""

    of_unit: bool
    of_lead: bool

    def require_figures(self, report: Report) -> None:
        """The lead agency sees what was sent to it, never what is still being written."""
        if self.of_unit or report.imported or report.state in SEEN_BY_LEAD:
            return
        raise figures_not_sent_yet(report.assignment.unit.name)


@dataclass(frozen=True, slots=True)
class Held:
    """Every right somebody holds for one regime, at its reporting unit and at the unit it reports to."""

    unit: frozenset[str]
    lead: frozenset[str]


@dataclass(frozen=True, slots=True)
class Standings:
    directory: Directory
    profiles: Profiles
    clock: Clock = utc_now

    async def rules(self, assignment: Assignment) -> Rules:
        """By the profile in force on the period's last day."""
        profile = await self._profile(assignment)
        checkers = await self.directory.holders("check", assignment.unit.id, assignment.regime_id)
        return rules_of(
            profile,
            regime_signing=assignment.signing,
            nil_allowed=assignment.nil_allowed,
            checker_set=bool(checkers),
            named=named_accounts(assignment.receivers, assignment.deciders),
        )

    async def unicode_source(self, assignment: Assignment) -> str:
        """The article by which text in other encodings is refused."""
        return (await self._profile(assignment)).unicode_text.reference

    async def allocation_source(self, assignment: Assignment) -> str:
        """The article by which rows are some units' own."""
        return (await self._profile(assignment)).row_allocation.reference

    async def _profile(self, assignment: Assignment) -> ProvinceProfile:
        province = await self.directory.place(assignment.province_id)
        return self.profiles.for_period(province.profile, assignment.period.last_day)

    async def acting(self, actor: Actor, assignment: Assignment, rules: Rules) -> Acting:
        held = await self._held(actor, assignment)
        _sight_of(held)
        named = rules.rights_named
        return Acting(str(actor), await self.name_of(actor), held.unit & named, held.lead & named)

    async def sight(self, actor: Actor, assignment: Assignment) -> Sight:
        """Refuses whoever has nothing to do with the report, or is of another province."""
        if actor.system is not None:
            return Sight(of_unit=True, of_lead=True)
        return _sight_of(await self._held(actor, assignment))

    async def both(self, actor: Actor, assignment: Assignment, rules: Rules) -> tuple[Sight, Acting]:
        """What somebody may see and do, from one look at their rights."""
        held = await self._held(actor, assignment)
        named = rules.rights_named
        acting = Acting(str(actor), await self.name_of(actor), held.unit & named, held.lead & named)
        return _sight_of(held), acting

    async def confirm(self, actor: Actor, action: Action, report: Report, rules: Rules) -> Mapping[str, Any]:
        """The right behind the action again, as fresh as its weight demands; what to mark in the record."""
        if actor.system is not None:
            return {}
        role = rules.roles[transition(report.state, action, rules).role]
        a = report.assignment
        place = a.lead_unit.id if role.side is Side.LEAD_AGENCY else a.unit.id
        weight = WEIGHTS.get(action, "entry")
        permission = await self.directory.require(actor, role.rights, place, a.regime_id, weight=weight)
        return permission.marks

    async def name_of(self, actor: Actor) -> str:
        if actor.account_id is None:
            return f"Hệ thống ({actor.system})"
        return (await self.directory.account(actor.account_id)).full_name

    async def reach(self, actor: Actor) -> Reach:
        """Everywhere the account holds rights, lower units worked out: the filter of every list."""
        if actor.account_id is None:
            return Reach(None)
        account = await self.directory.account(actor.account_id)
        found: dict[str, set[tuple[UUID, UUID | None]]] = {}
        lower: dict[UUID, list[UUID]] = {}
        today = vietnam_day(self.clock())
        for grant in await self.directory.grants_of(actor.account_id):
            if grant.place_id is None or not grant.in_force(today):
                continue
            places = [grant.place_id]
            if grant.with_lower:
                if grant.place_id not in lower:
                    below = await self.directory.lower_places(grant.place_id)
                    lower[grant.place_id] = [place.id for place in below]
                places += lower[grant.place_id]
            held = found.setdefault(grant.right, set())
            held.update((place, grant.scope_id) for place in places)
        return Reach(account.province_id, {right: frozenset(places) for right, places in found.items()})

    async def _held(self, actor: Actor, assignment: Assignment) -> Held:
        account = await self.directory.account(actor.account_id) if actor.account_id else None
        if account is None or not account.active or account.province_id != assignment.province_id:
            raise report_not_found()
        today = vietnam_day(self.clock())
        grants = [
            grant
            for grant in await self.directory.grants_of(account.id)
            if grant.in_force(today) and grant.scope_id in (None, assignment.regime_id)
        ]
        unit_and_above = await self._and_above(assignment.unit.id)
        lead_and_above = await self._and_above(assignment.lead_unit.id)
        return Held(_covering(grants, unit_and_above), _covering(grants, lead_and_above))

    async def _and_above(self, place_id: UUID) -> Sequence[UUID]:
        """The unit first, then each unit above it."""
        chain: list[UUID] = []
        next_id: UUID | None = place_id
        while next_id is not None and next_id not in chain:
            chain.append(next_id)
            next_id = (await self.directory.place(next_id)).parent_id
        return chain


def _covering(grants: Iterable[DirectoryGrant], chain: Sequence[UUID]) -> frozenset[str]:
    above = frozenset(chain[1:])
    return frozenset(
        grant.right
        for grant in grants
        if grant.place_id == chain[0] or (grant.with_lower and grant.place_id in above)
    )


def _sight_of(held: Held) -> Sight:
    sight = Sight(not held.unit.isdisjoint(UNIT_READERS), not held.lead.isdisjoint(LEAD_READERS))
    if not sight.of_unit and not sight.of_lead:
        raise report_not_found()
    return sight
