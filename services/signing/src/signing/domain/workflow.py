"""The life of a signing request as a table; nothing else compares a state with an action."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from signing.domain.errors import ActionNotAllowed, ReasonMissing
from signing.domain.states import Action, State, Steps


@dataclass(frozen=True, slots=True)
class Transition:
    """`final` replaces `to` where no further signature follows."""

    to: State
    right: str
    says_why: bool = False
    final: State | None = None


# fmt: off
TRANSITIONS: Mapping[tuple[State, Action], Transition] = {
    (State.WAITING_LEADER, Action.SIGN):   Transition(State.WAITING_AGENCY, "sign", final=State.ISSUED),
    (State.WAITING_LEADER, Action.REFUSE): Transition(State.REFUSED,        "sign", says_why=True),
    (State.WAITING_AGENCY, Action.ISSUE):  Transition(State.ISSUED,         "issue"),
    (State.WAITING_AGENCY, Action.REFUSE): Transition(State.REFUSED,        "issue", says_why=True),
    (State.WAITING_LEADER, Action.VOID):   Transition(State.VOID,           "", says_why=True),
    (State.WAITING_AGENCY, Action.VOID):   Transition(State.VOID,           "", says_why=True),
    (State.ISSUED,         Action.VOID):   Transition(State.VOID,           "", says_why=True),
    (State.REFUSED,        Action.VOID):   Transition(State.VOID,           "", says_why=True),
}
# fmt: on

FIRST = {
    Steps.LEADER_THEN_AGENCY: State.WAITING_LEADER,
    Steps.LEADER_ONLY: State.WAITING_LEADER,
    Steps.AGENCY_ONLY: State.WAITING_AGENCY,
    Steps.ONE_ACT: State.WAITING_LEADER,
}


def transition(state: State, action: Action) -> Transition:
    try:
        return TRANSITIONS[state, action]
    except KeyError:
        raise ActionNotAllowed(state, action) from None


def next_state(state: State, action: Action, steps: Steps, reason: str = "") -> State:
    found = transition(state, action)
    if found.says_why and not reason.strip():
        raise ReasonMissing(action)
    if found.final is not None and len(steps.roles) == 1:
        return found.final
    return found.to
