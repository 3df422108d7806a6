"""Who somebody is towards one report: the rules of its province and regime, and the rights held there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kit.actor import Actor
from kit.directory import Directory, Weight

from submission.application.ports import Profiles, Reach
from submission.domain.assignment import Assignment
from submission.domain.errors import figures_not_sent_yet, report_not_found
from submission.domain.report import Report
from submission.domain.rules import Rules, rules_of
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
class Standings:
    directory: Directory
    profiles: Profiles

    async def rules(self, assignment: Assignment) -> Rules:
        """The profile in force on the period's last day."""
        province = await self.directory.place(assignment.province_id)
        profile = self.profiles.in_force_on(province.profile, assignment.period.last_day)
        checkers = await self.directory.holders("check", assignment.unit.id, assignment.regime_id)
        return rules_of(
            profile,
            regime_signing=assignment.signing,
            nil_allowed=assignment.nil_allowed,
            checker_set=bool(checkers),
        )

    async def acting(self, actor: Actor, assignment: Assignment, rules: Rules) -> Acting:
        await self.sight(actor, assignment)
        regime = assignment.regime_id
        unit = await self._held(actor, rules.rights_named, assignment.unit.id, regime)
        lead = await self._held(actor, rules.rights_named, assignment.lead_unit.id, regime)
        return Acting(str(actor), await self.name_of(actor), unit, lead)

    async def sight(self, actor: Actor, assignment: Assignment) -> Sight:
        """Refuses whoever has nothing to do with the report, or is of another province."""
        if actor.system is not None:
            return Sight(of_unit=True, of_lead=True)
        account = await self.directory.account(actor.account_id) if actor.account_id else None
        if account is None or account.province_id != assignment.province_id:
            raise report_not_found()
        regime = assignment.regime_id
        unit = await self._held(actor, UNIT_READERS, assignment.unit.id, regime)
        lead = await self._held(actor, LEAD_READERS, assignment.lead_unit.id, regime)
        if not unit and not lead:
            raise report_not_found()
        return Sight(bool(unit), bool(lead))

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
        for grant in await self.directory.grants_of(actor.account_id):
            if grant.place_id is None:
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

    async def _held(self, actor: Actor, rights: Iterable[str], place: UUID, regime: UUID) -> frozenset[str]:
        return frozenset([right for right in rights if await self.directory.may(actor, right, place, regime)])
