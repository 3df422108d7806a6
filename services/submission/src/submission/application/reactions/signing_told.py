"""What signing tells moves a report only while request, revision and hash are still the current ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import structlog
from kit.actor import Actor
from kit.errors import DomainError

from submission.application.commands.act_on_report import follow_up
from submission.application.ports import SigningOrder, UnitOfWork
from submission.application.standing import Standings
from submission.application.telling import told_by
from submission.domain.report import Report, Signature
from submission.domain.rules import Rules
from submission.domain.states import Action
from submission.domain.workflow import Acting, possible_actions

log = structlog.get_logger(__name__)

LEADER_SIGNED: Sequence[Action] = (Action.LEADER_SIGN,)
ISSUED: Sequence[Action] = (Action.LEADER_SIGN, Action.ISSUE)
"""Issuing includes the leader's signature where both were one act."""


@dataclass(frozen=True, slots=True)
class SigningTold:
    request_id: str
    report_id: UUID
    revision: int
    canonical_hash: str
    actor: Actor
    at: datetime
    signature: Signature = field(default_factory=Signature)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SigningReactions:
    standings: Standings

    async def signed(self, uow: UnitOfWork, told: SigningTold, steps: Sequence[Action]) -> None:
        report = await uow.reports.get(told.report_id)
        rules = await self.standings.rules(report.assignment)
        if not report.is_current(told.revision, told.canonical_hash):
            await self._void(uow, told, "Báo cáo đã chuyển sang bản khác sau khi ký.")
            return
        acting = await self._vouched(told.actor, rules)
        done = 0
        for step in steps:
            if step in possible_actions(report.state, rules):
                before = report.state
                report.signed(step, acting, rules, told.at, told.signature)
                self._record(uow, report, told, step.value, before)
                done += 1
        if not done:
            log.info("signature_changes_nothing", report=str(report.id), state=report.state)
            return
        await uow.reports.save(report)
        uow.outbox.add(*told_by(report))

    async def refused(self, uow: UnitOfWork, told: SigningTold) -> None:
        """Whoever is asked to sign and refuses gives the report back, with the reason."""
        report = await uow.reports.get(told.report_id)
        rules = await self.standings.rules(report.assignment)
        current = report.is_current(told.revision, told.canonical_hash)
        if not current or Action.TAKE_BACK not in possible_actions(report.state, rules):
            return
        acting = await self._vouched(told.actor, rules)
        before = report.state
        report.act(Action.TAKE_BACK, acting, rules, told.at, reason=told.reason or "Từ chối ký")
        await uow.reports.save(report)
        await follow_up(uow, report, before, Action.TAKE_BACK, rules, told.at, told.reason)
        self._record(uow, report, told, "signing_refused", before)
        uow.outbox.add(*told_by(report))

    async def _vouched(self, actor: Actor, rules: Rules) -> Acting:
        """Signing has checked who signed, with token and PIN; the table is asked all the same."""
        try:
            name = await self.standings.name_of(actor)
        except DomainError:
            name = ""
        return Acting(str(actor), name, unit_rights=rules.rights_named)

    async def _void(self, uow: UnitOfWork, told: SigningTold, reason: str) -> None:
        order = SigningOrder(told.report_id, told.revision, "void", told.canonical_hash, reason=reason)
        await uow.orders.put(order, told.at)

    def _record(self, uow: UnitOfWork, report: Report, told: SigningTold, act: str, before: str) -> None:
        uow.audit.record(
            aggregate_kind="report",
            aggregate_id=report.id,
            act=act,
            actor=told.actor,
            before={"state": before},
            after={"state": report.state, "request": told.request_id, "number": told.signature.number},
            province_id=report.assignment.province_id,
        )
