from __future__ import annotations

from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kit.errors import DomainError
from submission.domain import errors
from submission.domain.report import Report, Signature
from submission.domain.rules import Rules, SigningSteps
from submission.domain.states import Action, State
from submission.domain.workflow import TRANSITIONS, WAITS_FOR, Situation, next_state, possible_actions

from .building import (
    AFTER,
    BEFORE,
    CHECKER,
    CLERK,
    EVERYBODY,
    LEAD_CLERK,
    LEADER,
    OFFICER,
    UNSIGNED,
    a_report,
    a_seal,
    a_sent_report,
    a_submitted_report,
    an_approved_report,
    somebody,
    the_rules,
)

some_rules = st.builds(
    the_rules,
    check_step=st.booleans(),
    joins_approvals=st.booleans(),
    take_in_first=st.booleans(),
    recall_allowed=st.booleans(),
    nil_allowed=st.booleans(),
    signing=st.sampled_from(SigningSteps),
)


@given(st.sampled_from(State), st.sampled_from(Action), some_rules)
def test_from_any_state_no_action_outside_the_table_succeeds(
    state: State, action: Action, rules: Rules
) -> None:
    situation = Situation(rules, EVERYBODY, reason="lý do", submitted_by="everybody", taken_in=True)
    if action in set(possible_actions(state, rules)):
        return
    with pytest.raises(errors.ActionNotAllowed):
        next_state(state, action, situation)


@given(st.sampled_from(State), st.sampled_from(Action), some_rules)
def test_who_holds_no_right_can_do_nothing(state: State, action: Action, rules: Rules) -> None:
    with pytest.raises((errors.ActionNotAllowed, errors.RightNotHeld)):
        next_state(state, action, Situation(rules, somebody(), reason="lý do"))


@given(st.sampled_from(State), some_rules)
def test_a_pair_of_state_and_action_has_at_most_one_row_under_any_rules(state: State, rules: Rules) -> None:
    for (at, _), rows in TRANSITIONS.items():
        if at is state:
            assert sum(row.only_if is None or row.only_if(rules) for row in rows) <= 1


@given(some_rules)
def test_in_every_state_but_the_last_somebodys_turn_leads_on(rules: Rules) -> None:
    for state, turns in WAITS_FOR.items():
        if state is State.LEADER_SIGNED and not rules.leader_signs:
            continue  # no row leads there
        live = [role for role, only_if in turns if only_if is None or only_if(rules)]
        assert len(live) == (0 if state is State.ACCEPTED else 1)


def _do(report: Report, action: Action, rules: Rules) -> None:
    """One step as the handlers take it, by somebody who holds every right."""
    if action is Action.ENTER:
        report.begin_entry(EVERYBODY, rules, BEFORE)
    elif action in (Action.SUBMIT, Action.SUBMIT_NIL):
        report.submit(EVERYBODY, rules, a_seal(uuid4().hex), nil=action is Action.SUBMIT_NIL)
    elif action is Action.SEND:
        report.send(EVERYBODY, rules, BEFORE, uuid4())
    elif action is Action.ACCEPT:
        report.accept(EVERYBODY, rules, BEFORE)
    elif action in (Action.LEADER_SIGN, Action.ISSUE):
        report.signed(action, EVERYBODY, rules, BEFORE, Signature("1/BC"))
    else:
        report.act(action, EVERYBODY, rules, BEFORE, reason="lý do")


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from(Action), max_size=60),
    st.builds(
        the_rules,
        check_step=st.booleans(),
        joins_approvals=st.booleans(),
        nil_allowed=st.booleans(),
        signing=st.sampled_from(SigningSteps),
        own_figures_may_be_approved=st.just(True),
        own_report_may_be_approved=st.just(True),
    ),
)
def test_any_sequence_of_actions_leaves_one_working_and_at_most_one_accepted_revision(
    actions: list[Action], rules: Rules
) -> None:
    report = a_report()
    seals: dict[int, str] = {}
    for action in actions:
        version = report.version
        try:
            _do(report, action, rules)
        except DomainError:
            assert report.version == version
        numbers = [revision.number for revision in report.revisions.all]
        assert numbers == list(range(1, len(numbers) + 1))
        assert sum(revision.accepted for revision in report.revisions.all) <= 1
        assert all(revision.sealed for revision in report.revisions.all[:-1])
        for revision in report.revisions.all:
            if revision.sealed:
                assert seals.setdefault(revision.number, revision.canonical_hash) == revision.canonical_hash
        accepted = report.revisions.accepted
        assert accepted is None or accepted.sealed
        assert report.state is not State.ACCEPTED or accepted is report.revisions.working


def test_nobody_approves_what_they_entered_themselves_unless_the_profile_allows_it() -> None:
    both = somebody("entry", "approve", who="both")
    report = a_report()
    report.begin_entry(both, UNSIGNED, BEFORE)
    report.submit(both, UNSIGNED, a_seal())

    with pytest.raises(errors.OwnEntry):
        report.act(Action.APPROVE, both, UNSIGNED, BEFORE)

    allowed = the_rules(signing=SigningSteps.NONE, own_report_may_be_approved=True)
    report.act(Action.APPROVE, both, allowed, BEFORE)
    assert report.state is State.APPROVED


def test_a_return_without_a_reason_is_refused_and_changes_nothing() -> None:
    report = a_submitted_report()
    with pytest.raises(errors.ReasonMissing):
        report.act(Action.RETURN, LEADER, UNSIGNED, BEFORE, reason="  ")
    assert (report.state, report.version) == (State.IN_REVIEW, a_submitted_report().version)


def test_a_returned_report_is_corrected_in_a_copy_and_its_first_revision_stays() -> None:
    report = a_submitted_report()
    report.act(Action.RETURN, LEADER, UNSIGNED, BEFORE, reason="Sai số 13")
    assert (report.state, report.revision) == (State.RETURNED, 1)

    assert report.begin_entry(CLERK, UNSIGNED, BEFORE) is True
    assert (report.state, report.revision, report.canonical_hash) == (State.DRAFTING, 2, "")
    assert report.revisions.all[0].canonical_hash == "aa"


def test_a_checker_stands_before_the_leader_where_one_is_set() -> None:
    rules = the_rules(check_step=True, signing=SigningSteps.NONE)
    report = a_submitted_report(rules)
    assert report.state is State.IN_CHECK
    report.act(Action.PASS_CHECK, CHECKER, rules, BEFORE)
    assert report.state is State.IN_REVIEW


def test_figures_and_report_are_approved_in_two_acts_where_the_profile_keeps_them_apart() -> None:
    rules = the_rules(joins_approvals=False, signing=SigningSteps.NONE)
    report = a_submitted_report(rules)
    with pytest.raises(errors.ActionNotAllowed):
        report.act(Action.APPROVE, LEADER, rules, BEFORE)
    report.act(Action.APPROVE_FIGURES, LEADER, rules, BEFORE)
    report.act(Action.APPROVE, LEADER, rules, BEFORE)
    assert report.state is State.APPROVED


def test_nothing_is_sent_unsigned_where_signing_is_demanded() -> None:
    rules = the_rules()
    report = an_approved_report(rules)
    with pytest.raises(errors.ActionNotAllowed):
        report.send(OFFICER, rules, BEFORE, uuid4())
    report.signed(Action.LEADER_SIGN, LEADER, rules, BEFORE, Signature())
    with pytest.raises(errors.ActionNotAllowed):
        report.send(OFFICER, rules, BEFORE, uuid4())
    report.signed(Action.ISSUE, OFFICER, rules, BEFORE, Signature("12/BC-UBND", "2026-11-19", "ff"))
    receipt = report.send(OFFICER, rules, BEFORE, uuid4())
    assert (report.state, receipt.number, receipt.late) == (State.SENT, "12/BC-UBND", False)


def test_a_report_sent_after_its_deadline_is_marked_late_and_a_correction_is_not() -> None:
    assert a_sent_report(at=AFTER).punctuality(AFTER).late is True

    punctual = a_sent_report()
    punctual.act(Action.RETURN, LEAD_CLERK, UNSIGNED, AFTER, reason="Thiếu biểu 2")
    punctual.begin_entry(CLERK, UNSIGNED, AFTER)
    punctual.submit(CLERK, UNSIGNED, a_seal("bb", AFTER))
    punctual.act(Action.APPROVE, LEADER, UNSIGNED, AFTER)
    receipt = punctual.send(OFFICER, UNSIGNED, AFTER, uuid4())
    assert (receipt.late, punctual.punctuality(AFTER).late) == (False, False)


def test_an_accepted_revision_stands_until_its_correction_is_accepted() -> None:
    report = a_sent_report()
    report.accept(LEAD_CLERK, UNSIGNED, BEFORE)
    report.act(Action.ASK_CORRECTION, OFFICER, UNSIGNED, BEFORE, reason="Nhầm đơn vị tính")
    report.act(Action.REJECT, LEAD_CLERK, UNSIGNED, BEFORE, reason="Đồng ý đính chính")
    report.begin_entry(CLERK, UNSIGNED, BEFORE)
    accepted = report.revisions.accepted
    assert (report.revision, accepted and accepted.number) == (2, 1)

    report.submit(CLERK, UNSIGNED, a_seal("bb"))
    report.act(Action.APPROVE, LEADER, UNSIGNED, BEFORE)
    report.send(OFFICER, UNSIGNED, BEFORE, uuid4())
    report.accept(LEAD_CLERK, UNSIGNED, BEFORE)
    accepted = report.revisions.accepted
    assert accepted and accepted.number == 2
    assert report.events[-1].replaced_revision == 1


def test_only_who_submitted_withdraws_and_only_while_nobody_has_acted() -> None:
    with pytest.raises(errors.NotYourSubmission):
        a_submitted_report().act(Action.WITHDRAW, somebody("entry"), UNSIGNED, BEFORE)

    rules = the_rules(check_step=True)
    report = a_submitted_report(rules)
    report.act(Action.PASS_CHECK, CHECKER, rules, BEFORE)
    with pytest.raises(errors.AlreadyHandled):
        report.act(Action.WITHDRAW, CLERK, rules, BEFORE)


def test_a_report_not_yet_released_cannot_be_entered() -> None:
    with pytest.raises(errors.NotReleased):
        a_report(released=False).begin_entry(CLERK, UNSIGNED, BEFORE)


def test_a_nil_report_is_one_act_and_goes_the_same_way() -> None:
    rules = the_rules(nil_allowed=True, signing=SigningSteps.NONE)
    report = a_report()
    report.submit(CLERK, rules, a_seal(), nil=True)
    report.act(Action.APPROVE, LEADER, rules, BEFORE)
    receipt = report.send(OFFICER, rules, BEFORE, uuid4())
    assert (report.state, receipt.nil) == (State.SENT, True)

    with pytest.raises(errors.NilNotAllowed):
        a_report().submit(CLERK, UNSIGNED, a_seal(), nil=True)


def test_a_signature_for_an_older_revision_or_another_hash_is_not_current() -> None:
    report = an_approved_report()
    assert report.is_current(1, "aa")
    assert not report.is_current(1, "bb")
    assert not report.is_current(2, "aa")


def test_who_expects_an_older_version_is_told_that_the_report_has_moved_on() -> None:
    report = a_submitted_report()
    with pytest.raises(errors.ReportMovedOn):
        report.expect(report.version - 1)
