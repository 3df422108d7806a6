"""The words of a signing request: steps, states, actions, and how a person reads them."""

from __future__ import annotations

from enum import StrEnum


class Steps(StrEnum):
    """Whose signatures a report needs, by the province's profile."""

    LEADER_THEN_AGENCY = "leader_then_agency"
    LEADER_ONLY = "leader_only"
    AGENCY_ONLY = "agency_only"
    ONE_ACT = "one_act"

    @property
    def roles(self) -> tuple[SignerRole, ...]:
        return _ROLES[self]


class SignerRole(StrEnum):
    LEADER = "leader"
    AGENCY = "agency"


class State(StrEnum):
    WAITING_LEADER = "waiting_leader"
    WAITING_AGENCY = "waiting_agency"
    ISSUED = "issued"
    REFUSED = "refused"
    VOID = "void"


class Action(StrEnum):
    SIGN = "sign"
    ISSUE = "issue"
    REFUSE = "refuse"
    VOID = "void"


_ROLES = {
    Steps.LEADER_THEN_AGENCY: (SignerRole.LEADER, SignerRole.AGENCY),
    Steps.LEADER_ONLY: (SignerRole.LEADER,),
    Steps.AGENCY_ONLY: (SignerRole.AGENCY,),
    Steps.ONE_ACT: (SignerRole.LEADER, SignerRole.AGENCY),
}

STATE_NAMES = {
    State.WAITING_LEADER: "chờ lãnh đạo ký số",
    State.WAITING_AGENCY: "chờ phát hành (cấp số, ký số của cơ quan)",
    State.ISSUED: "đã phát hành",
    State.REFUSED: "đã từ chối ký",
    State.VOID: "không còn hiệu lực",
}
ACTION_NAMES = {
    Action.SIGN: "ký số của lãnh đạo",
    Action.ISSUE: "phát hành",
    Action.REFUSE: "từ chối ký",
    Action.VOID: "hủy yêu cầu ký",
}
ROLE_NAMES = {SignerRole.LEADER: "lãnh đạo", SignerRole.AGENCY: "cơ quan, tổ chức"}
RIGHT_OF_STATE = {State.WAITING_LEADER: "sign", State.WAITING_AGENCY: "issue"}
