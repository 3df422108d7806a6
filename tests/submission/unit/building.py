"""Builders: each names only what matters to the test that calls it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from submission.domain.acts import Sealed
from submission.domain.assignment import Assignment, ReportingPeriod, UnitAsItWas
from submission.domain.punctuality import Deadline
from submission.domain.report import Report
from submission.domain.rules import RoleRule, Rules, SigningSteps
from submission.domain.states import Action, Role, Side
from submission.domain.workflow import Acting

DUE = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
BEFORE = datetime(2026, 11, 19, 3, 0, tzinfo=UTC)
AFTER = datetime(2026, 11, 20, 17, 0, 1, tzinfo=UTC)
PROVINCE = UUID(int=1)
UNIT = UnitAsItWas(UUID(int=2), "UBND xã An Phú", "75001", "commune")
LEAD = UnitAsItWas(UUID(int=3), "Sở Tài chính", "75-STC", "department")
FORM = UUID(int=4)

RIGHTS = {
    Role.ENTERER: "entry", Role.SUBMITTER: "entry", Role.WITHDRAWER: "entry", Role.CHECKER: "check",
    Role.FIGURES_APPROVER: "approve_figures", Role.APPROVER: "approve", Role.SIGNER: "approve",
    Role.ISSUER: "issue", Role.TAKER_BACK: "approve", Role.SENDER: "send", Role.RECALLER: "send",
    Role.CORRECTION_ASKER: "send", Role.RECEIVER: "take_in", Role.DECIDER: "decide", Role.REJECTER: "decide",
}  # fmt: skip
LEAD_ROLES = {Role.RECEIVER, Role.DECIDER, Role.REJECTER}


def the_rules(**different: object) -> Rules:
    roles = {
        role: RoleRule((right,), Side.LEAD_AGENCY if role in LEAD_ROLES else Side.REPORTING_UNIT, "DT 15.3")
        for role, right in RIGHTS.items()
    }
    return Rules(roles=roles, **{"joins_approvals": True, **different})  # type: ignore[arg-type]


UNSIGNED = the_rules(signing=SigningSteps.NONE)


def somebody(*rights: str, who: str | None = None, lead: bool = False) -> Acting:
    held = frozenset(rights)
    name = who or str(uuid4())
    return Acting(name, f"Người {name[:8]}", frozenset() if lead else held, held if lead else frozenset())


CLERK = somebody("entry", who="clerk")
LEADER = somebody("approve", "approve_figures", who="leader")
OFFICER = somebody("issue", "send", who="officer")
CHECKER = somebody("check", who="checker")
LEAD_CLERK = somebody("take_in", "decide", who="lead", lead=True)
EVERYBODY = Acting("everybody", "Mọi quyền", frozenset(RIGHTS.values()), frozenset({"take_in", "decide"}))


def an_assignment(*, due_at: datetime = DUE, released: bool = True, nil_allowed: bool = True) -> Assignment:
    return Assignment(
        id=uuid4(), province_id=PROVINCE, regime_id=UUID(int=5), regime_code="KTXH", regime_name="Báo cáo KT-XH tháng",
        legal_basis="", period=ReportingPeriod("2026-10", "month", "Tháng 10 năm 2026", date(2026, 10, 1), date(2026, 10, 31)),
        unit=UNIT, lead_unit=LEAD, deadline=Deadline(due_at, "trước ngày 20", "TH 7.3"), form_version_ids=(FORM,),
        outline=(), signing="", nil_allowed=nil_allowed, opened_at=BEFORE, released_at=BEFORE if released else None,
    )  # fmt: skip


def a_report(**assignment: object) -> Report:
    return Report.assign(uuid4(), an_assignment(**assignment), BEFORE, "system:period-opener", "Bộ lập lịch")  # type: ignore[arg-type]


def a_seal(canonical_hash: str = "aa", at: datetime = BEFORE) -> Sealed:
    return Sealed(canonical_hash, b"{}", at, {})


def a_submitted_report(rules: Rules = UNSIGNED) -> Report:
    report = a_report()
    report.begin_entry(CLERK, rules, BEFORE)
    report.submit(CLERK, rules, a_seal())
    return report


def an_approved_report(rules: Rules = UNSIGNED) -> Report:
    report = a_submitted_report(rules)
    report.act(Action.APPROVE, LEADER, rules, BEFORE)
    return report


def a_sent_report(rules: Rules = UNSIGNED, at: datetime = BEFORE) -> Report:
    report = an_approved_report(rules)
    report.send(OFFICER, rules, at, uuid4())
    return report
