"""What waits for somebody, by deadline: the table says whose turn it is, the profile with which right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kit.actor import Actor
from kit.clock import Clock
from kit.directory import Directory

from submission.application.ports import Profiles, Reach
from submission.application.queries.lines import ReportLine, ReportLines
from submission.application.standing import Standings
from submission.domain.rules import Rules, rules_of
from submission.domain.states import Action, Role, Side, State
from submission.domain.workflow import whose_turn

ACTION_OF: Mapping[Role, Action] = {
    Role.ENTERER: Action.ENTER,
    Role.CHECKER: Action.PASS_CHECK,
    Role.FIGURES_APPROVER: Action.APPROVE_FIGURES,
    Role.APPROVER: Action.APPROVE,
    Role.SENDER: Action.SEND,
    Role.RECEIVER: Action.TAKE_IN,
    Role.DECIDER: Action.ACCEPT,
    Role.REJECTER: Action.REJECT,
}
"""Signing and issuing are signing's own tasks."""

TITLES: Mapping[State, str] = {
    State.ASSIGNED: "Nhập báo cáo",
    State.DRAFTING: "Nhập tiếp và trình báo cáo",
    State.RETURNED: "Sửa báo cáo bị trả lại",
    State.IN_CHECK: "Kiểm tra báo cáo",
    State.IN_REVIEW: "Duyệt báo cáo",
    State.FIGURES_APPROVED: "Duyệt báo cáo (đã duyệt số liệu)",
    State.APPROVED: "Gửi báo cáo đã duyệt",
    State.LEADER_SIGNED: "Gửi báo cáo đã ký",
    State.ISSUED: "Gửi báo cáo đã phát hành",
    State.SENT: "Xem xét báo cáo đã nhận",
    State.ACCEPTED: "Trả lời đề nghị đính chính",
}

MOST = 500

_ASKED_BY_NAME = (Role.APPROVER, Role.FIGURES_APPROVER)


@dataclass(frozen=True, slots=True)
class Task:
    line: ReportLine
    action: Action
    title: str
    due_at: datetime
    overdue: bool


class RuleBook:
    """Rules for many lines: one look at the profile for each kind of line, not for each line."""

    def __init__(self, directory: Directory, profiles: Profiles) -> None:
        self._directory = directory
        self._profiles = profiles
        self._keys: dict[UUID, str] = {}
        self._rules: dict[tuple[UUID, date, str, bool], Rules] = {}

    async def rules(self, line: ReportLine) -> Rules:
        known = (line.province_id, line.last_day, line.signing, line.nil_allowed)
        if known not in self._rules:
            if line.province_id not in self._keys:
                self._keys[line.province_id] = (await self._directory.place(line.province_id)).profile
            profile = self._profiles.for_period(self._keys[line.province_id], line.last_day)
            self._rules[known] = rules_of(
                profile, regime_signing=line.signing, nil_allowed=line.nil_allowed, checker_set=False
            )
        return self._rules[known]


@dataclass(frozen=True, slots=True)
class ListTasks:
    lines: ReportLines
    standings: Standings
    directory: Directory
    profiles: Profiles
    clock: Clock

    async def __call__(self, actor: Actor) -> Sequence[Task]:
        reach = await self.standings.reach(actor)
        book = RuleBook(self.directory, self.profiles)
        now = self.clock()
        tasks: list[Task] = []
        for line in await self.lines.waiting(reach, list(reach.by_right), MOST):
            role = _turn_of(line, await book.rules(line), reach, str(actor))
            if role is None:
                continue
            punctuality = line.punctuality(now)
            due = line.correction_due_at or line.due_at
            tasks.append(Task(line, ACTION_OF[role], TITLES[line.state], due, punctuality.overdue))
        return sorted(tasks, key=lambda task: (task.due_at, str(task.line.id)))


def _turn_of(line: ReportLine, rules: Rules, reach: Reach, who: str) -> Role | None:
    for role in _candidates(line, rules):
        if role not in ACTION_OF:
            continue
        rule = rules.roles[role]
        place = line.lead_unit_id if rule.side is Side.LEAD_AGENCY else line.unit_id
        held = reach.places(rule.rights)
        if (place, None) in held or (place, line.regime_id) in held:
            asked = (
                {line.submitted_to} if role in _ASKED_BY_NAME and line.submitted_to else line.named.get(role)
            )
            return role if not asked or who in asked else None
    return None


def _candidates(line: ReportLine, rules: Rules) -> Sequence[Role]:
    if line.correction_asked_at is not None:
        return (Role.REJECTER,)
    role = whose_turn(line.state, rules)
    if role is not Role.DECIDER:
        return (role,) if role else ()
    if line.taken_in_at is not None:
        return (Role.DECIDER,)
    return (Role.RECEIVER,) if rules.take_in_first else (Role.DECIDER, Role.RECEIVER)
