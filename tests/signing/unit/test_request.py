"""The life of a signing request, and its table."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit.errors import DomainError
from signing.domain.errors import ActionNotAllowed, ReasonMissing, RevisionDiffers
from signing.domain.events import Issued, LeaderSigned, RequestRefused
from signing.domain.request import Numbering
from signing.domain.states import Action, SignerRole, State, Steps
from signing.domain.workflow import TRANSITIONS, next_state

from tests.signing.building import NOON, a_request, a_signature

NUMBERED = Numbering(5, "05/BC-UBND", date(2026, 11, 23))


def test_the_agency_signs_only_after_the_leader() -> None:
    request = a_request()

    with pytest.raises(ActionNotAllowed):
        request.agency_signs(a_signature(SignerRole.AGENCY), NUMBERED, NOON)

    request.leader_signs(a_signature(), None, NOON)
    request.agency_signs(a_signature(SignerRole.AGENCY), NUMBERED, NOON)
    assert request.state is State.ISSUED
    kinds = [type(event) for event in request.pull_events()]
    assert kinds == [LeaderSigned, Issued]


def test_where_the_leader_alone_signs_the_signature_carries_the_number() -> None:
    request = a_request(steps=Steps.LEADER_ONLY)

    request.leader_signs(a_signature(), NUMBERED, NOON)

    (event,) = request.pull_events()
    assert request.state is State.ISSUED
    assert isinstance(event, LeaderSigned) and event.number == "05/BC-UBND"


def test_where_the_agency_alone_signs_nobody_waits_for_the_leader() -> None:
    assert a_request(steps=Steps.AGENCY_ONLY).waits_for() is Action.ISSUE


def test_a_refusal_says_why() -> None:
    request = a_request()
    with pytest.raises(ReasonMissing):
        request.refuse("someone", "  ", NOON)

    request.refuse("someone", "Sai tên đơn vị", NOON)

    (event,) = request.pull_events()
    assert isinstance(event, RequestRefused) and event.reason == "Sai tên đơn vị"


def test_voiding_twice_changes_nothing_more() -> None:
    request = a_request()

    assert request.void("Đã thu hồi", NOON) is True
    version = request.version
    assert request.void("Lần nữa", NOON) is False
    assert (request.version, request.reason) == (version, "Đã thu hồi")


def test_the_same_revision_with_other_figures_is_refused() -> None:
    with pytest.raises(RevisionDiffers):
        a_request().same_as("f" * 64)


@given(st.sampled_from(State), st.sampled_from(Action), st.sampled_from(Steps))
def test_no_action_outside_the_table_succeeds(state: State, action: Action, steps: Steps) -> None:
    try:
        next_state(state, action, steps, "lý do")
    except DomainError:
        assert (state, action) not in TRANSITIONS
    else:
        assert (state, action) in TRANSITIONS
