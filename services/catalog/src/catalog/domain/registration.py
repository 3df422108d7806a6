"""Registration of a form (đăng ký biểu mẫu, DN 8.2, DT 7, QN 10.1): its workflow as a table, and who took each step.

The owner sends the workbook with what DN 7.1 asks; the designer named by the profile builds the form; the owner tries
and confirms it; it is published; the lead agency is told by a numbered notice and then assigns. Which of the later
steps there are, the profile says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from province_profile.registration import Registration as Rules

from catalog.domain.errors import VersionStale
from catalog.domain.events import RegistrationMoved
from catalog.domain.registration_errors import (
    NoticeMissing,
    RegistrationIncomplete,
    ReturnReasonMissing,
    StepNotNow,
)


class State(StrEnum):
    SENT = "sent"
    BUILDING = "building"
    IN_TRIAL = "in_trial"
    CONFIRMED = "confirmed"
    RETURNED = "returned"
    PUBLISHED = "published"
    ANNOUNCED = "announced"
    ASSIGNED = "assigned"


class Action(StrEnum):
    SEND = "send"
    TAKE_UP = "take_up"
    RETURN = "return"
    HAND_OVER = "hand_over"
    CONFIRM = "confirm"
    PUBLISH = "publish"
    ANNOUNCE = "announce"
    ASSIGN = "assign"


class Party(StrEnum):
    OWNER = "owner"
    DESIGNER = "designer"
    LEAD = "lead"


@dataclass(frozen=True, slots=True)
class Transition:
    to: State
    party: Party
    says_why: bool = False
    unless: str = ""
    """Not there where the profile has this step: it comes between."""
    only_if: str = ""
    """There only where the profile has this step."""


# fmt: off
TRANSITIONS: Mapping[tuple[State, Action], Transition] = {
    (State.RETURNED,  Action.SEND):      Transition(State.SENT,      Party.OWNER),
    (State.SENT,      Action.TAKE_UP):   Transition(State.BUILDING,  Party.DESIGNER),
    (State.SENT,      Action.RETURN):    Transition(State.RETURNED,  Party.DESIGNER, says_why=True),
    (State.BUILDING,  Action.RETURN):    Transition(State.RETURNED,  Party.DESIGNER, says_why=True),
    (State.BUILDING,  Action.HAND_OVER): Transition(State.IN_TRIAL,  Party.DESIGNER),
    (State.IN_TRIAL,  Action.RETURN):    Transition(State.BUILDING,  Party.OWNER,    says_why=True),
    (State.IN_TRIAL,  Action.CONFIRM):   Transition(State.CONFIRMED, Party.OWNER,    only_if="confirm"),
    (State.IN_TRIAL,  Action.PUBLISH):   Transition(State.PUBLISHED, Party.DESIGNER, unless="confirm"),
    (State.CONFIRMED, Action.RETURN):    Transition(State.BUILDING,  Party.DESIGNER, says_why=True),
    (State.CONFIRMED, Action.PUBLISH):   Transition(State.PUBLISHED, Party.DESIGNER),
    (State.PUBLISHED, Action.ANNOUNCE):  Transition(State.ANNOUNCED, Party.DESIGNER, only_if="announce"),
    (State.PUBLISHED, Action.ASSIGN):    Transition(State.ASSIGNED,  Party.LEAD,     unless="announce", only_if="assign"),
    (State.ANNOUNCED, Action.ASSIGN):    Transition(State.ASSIGNED,  Party.LEAD,     only_if="assign"),
}
# fmt: on
_ONWARD = (
    Action.SEND,
    Action.TAKE_UP,
    Action.HAND_OVER,
    Action.CONFIRM,
    Action.PUBLISH,
    Action.ANNOUNCE,
    Action.ASSIGN,
)


def offered(state: State, rules: Rules) -> Iterator[tuple[Action, Transition]]:
    for (start, action), row in TRANSITIONS.items():
        there = not row.only_if or row.only_if in rules.steps
        if start is state and there and not (row.unless and row.unless in rules.steps):
            yield action, row


def waits_for(state: State, rules: Rules) -> Party | None:
    """Whose turn it is: the party of the step that leads on. None: it is done."""
    onward = dict(offered(state, rules))
    return next((onward[action].party for action in _ONWARD if action in onward), None)


@dataclass(frozen=True, slots=True)
class Asked:
    """What DN 7.1 and DT 8 ask of a form that is registered."""

    form_name: str
    legal_basis: str = ""
    reporting_units: str = ""
    """The list of those who report, as the owner writes it."""
    deadline: str = ""
    aggregator: str = ""
    approver: str = ""
    content: str = ""
    """"figures", "narrative" or "linked"."""
    note: str = ""

    def missing(self) -> list[tuple[str, str]]:
        words = {
            "form_name": "tên biểu mẫu báo cáo",
            "legal_basis": "căn cứ pháp lý",
            "reporting_units": "danh sách đối tượng báo cáo",
            "deadline": "thời hạn gửi báo cáo",
            "aggregator": "cán bộ thực hiện tổng hợp báo cáo",
            "approver": "lãnh đạo duyệt báo cáo",
            "content": "dạng báo cáo (số liệu, thuyết minh hoặc liên kết)",
        }
        return [(name, text) for name, text in words.items() if not getattr(self, name).strip()]


@dataclass(frozen=True, slots=True)
class Workbook:
    file_name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Notice:
    """The written notice to the lead agency."""

    number: str
    issued_on: date


@dataclass(frozen=True, slots=True)
class Step:
    action: Action
    at: datetime
    account_id: UUID
    name: str
    reason: str = ""


@dataclass(slots=True)
class FormRegistration:
    id: UUID
    province_id: UUID
    owner_unit_id: UUID
    lead_unit_id: UUID
    asked: Asked
    workbook: Workbook
    created_at: datetime
    state: State = State.SENT
    steps: tuple[Step, ...] = ()
    form_version_id: UUID | None = None
    regime_id: UUID | None = None
    notice: Notice | None = None
    version: int = 1
    _moves: list[tuple[Action, str]] = field(default_factory=list)

    @classmethod
    def send(
        cls,
        id: UUID,
        *,
        province_id: UUID,
        owner_unit_id: UUID,
        lead_unit_id: UUID,
        asked: Asked,
        workbook: Workbook,
        step: Step,
        rules: Rules,
    ) -> FormRegistration:
        refuse_incomplete(asked, rules)
        sent = cls(id, province_id, owner_unit_id, lead_unit_id, asked, workbook, step.at, steps=(step,))
        sent._moves.append((step.action, step.reason))
        return sent

    def expect(self, version: int) -> None:
        if version != self.version:
            raise VersionStale(version, self.version)

    def party_of(self, action: Action, rules: Rules) -> Party:
        """Whose step this is now. Raises StepNotNow."""
        return self._row(action, rules).party

    def send_again(self, asked: Asked, workbook: Workbook | None, step: Step, rules: Rules) -> None:
        self._row(Action.SEND, rules)
        refuse_incomplete(asked, rules)
        self.asked = asked
        self.workbook = workbook or self.workbook
        self._move(step, rules)

    def move(self, step: Step, rules: Rules) -> None:
        """A step that needs nothing but, for a return, its reason."""
        self._move(step, rules)

    def hand_over(self, form_version_id: UUID, step: Step, rules: Rules) -> None:
        self._move(step, rules)
        self.form_version_id = form_version_id

    def announce(self, notice: Notice, step: Step, rules: Rules) -> None:
        if not notice.number.strip():
            raise NoticeMissing(rules.reference)
        self._move(step, rules)
        self.notice = replace(notice, number=notice.number.strip())

    def assign(self, regime_id: UUID, step: Step, rules: Rules) -> None:
        self._move(step, rules)
        self.regime_id = regime_id

    def pull_events(self, rules: Rules, designer_unit_id: UUID) -> list[RegistrationMoved]:
        waiting = waits_for(self.state, rules)
        right = {
            Party.OWNER: "regime_owner",
            Party.DESIGNER: rules.designer.right,
            Party.LEAD: "regime_owner",
            None: "",
        }[waiting]
        moves, self._moves = self._moves, []
        return [
            RegistrationMoved(self, action, waiting or "", right, designer_unit_id) for action, _ in moves
        ]

    def _row(self, action: Action, rules: Rules) -> Transition:
        found = dict(offered(self.state, rules)).get(action)
        if found is None:
            raise StepNotNow(
                action, self.state, [one for one, _ in offered(self.state, rules)], rules.reference
            )
        return found

    def _move(self, step: Step, rules: Rules) -> None:
        row = self._row(step.action, rules)
        if row.says_why and not step.reason.strip():
            raise ReturnReasonMissing
        self.state = row.to
        self.steps = (*self.steps, step)
        self.version += 1
        self._moves.append((step.action, step.reason))


def refuse_incomplete(asked: Asked, rules: Rules) -> None:
    missing = asked.missing()
    if missing:
        raise RegistrationIncomplete(missing, rules.reference)
