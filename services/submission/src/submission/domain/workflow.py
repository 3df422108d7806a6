"""The life of a report as a table: no state is compared anywhere else.

A row is (from, action) → where it leads, whose act it is, whether it needs a reason. Several rows of one
pair differ by `only_if`, which asks the rules of the province and the regime and nothing about the report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from kit.errors import DomainError

from submission.domain import errors
from submission.domain.rules import Rules
from submission.domain.states import Action, Role, Side, State


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts: the rights are those held for this regime, at the reporting unit and at its receiver."""

    who: str
    name: str = ""
    unit_rights: frozenset[str] = frozenset()
    lead_rights: frozenset[str] = frozenset()

    def holds(self, role: Role, rules: Rules) -> bool:
        rule = rules.roles[role]
        held = self.lead_rights if rule.side is Side.LEAD_AGENCY else self.unit_rights
        if role in (Role.DECIDER, Role.REJECTER) and not held.isdisjoint(rules.never_decides):
            return False
        return not held.isdisjoint(rule.rights)


@dataclass(frozen=True, slots=True)
class Situation:
    """What a condition may look at, beside the state."""

    rules: Rules
    acting: Acting
    reason: str | None = None
    enterers: frozenset[str] = frozenset()
    submitted_by: str | None = None
    handled_since: bool = False
    """Somebody has acted on the report since it was submitted."""
    released: bool = True
    taken_in: bool = False
    correction_asked: bool = False
    lead_unit_name: str = ""
    regime_name: str = ""


Demand = Callable[[Situation], DomainError | None]
OnlyIf = Callable[[Rules], bool]


def _released(s: Situation) -> DomainError | None:
    return None if s.released else errors.NotReleased(s.lead_unit_name)


def _nil_allowed(s: Situation) -> DomainError | None:
    return None if s.rules.nil_allowed else errors.NilNotAllowed(s.regime_name)


def _submitter(s: Situation) -> DomainError | None:
    return None if s.submitted_by == s.acting.who else errors.NotYourSubmission()


def _unhandled(s: Situation) -> DomainError | None:
    return errors.AlreadyHandled() if s.handled_since else None


def _not_taken_in(s: Situation) -> DomainError | None:
    return errors.AlreadyTakenIn() if s.taken_in else None


def _taken_in_first(s: Situation) -> DomainError | None:
    return errors.NotTakenIn() if s.rules.take_in_first and not s.taken_in else None


def _not_asked(s: Situation) -> DomainError | None:
    return errors.CorrectionAlreadyAsked() if s.correction_asked else None


@dataclass(frozen=True, slots=True)
class Transition:
    to: State
    role: Role
    says_why: bool = False
    not_own: OnlyIf | None = None
    """Refused to whoever entered something of this revision, unless these rules allow it."""
    only_if: OnlyIf | None = None
    demands: tuple[Demand, ...] = field(default=())


def _checked(rules: Rules) -> bool:
    return rules.check_step


def _unchecked(rules: Rules) -> bool:
    return not rules.check_step


def _joined(rules: Rules) -> bool:
    return rules.joins_approvals


def _apart(rules: Rules) -> bool:
    return not rules.joins_approvals


def _leader_signs(rules: Rules) -> bool:
    return rules.leader_signs


def _agency_signs(rules: Rules) -> bool:
    return rules.agency_signs


def _agency_alone_signs(rules: Rules) -> bool:
    return rules.agency_signs and not rules.leader_signs


def _leader_alone_signs(rules: Rules) -> bool:
    return rules.leader_signs and not rules.agency_signs


def _recall(rules: Rules) -> bool:
    return rules.recall_allowed


def _own_figures(rules: Rules) -> bool:
    return rules.own_figures_may_be_approved


def _own_report(rules: Rules) -> bool:
    return rules.own_report_may_be_approved


def _unsigned(rules: Rules) -> bool:
    return not rules.demands_signing


S, A, R, T = State, Action, Role, Transition

# fmt: off
TRANSITIONS: Mapping[tuple[State, Action], tuple[Transition, ...]] = {
    (S.ASSIGNED, A.ENTER):      (T(S.DRAFTING, R.ENTERER, demands=(_released,)),),
    (S.DRAFTING, A.ENTER):      (T(S.DRAFTING, R.ENTERER),),
    (S.RETURNED, A.ENTER):      (T(S.DRAFTING, R.ENTERER),),

    (S.DRAFTING, A.SUBMIT):     (T(S.IN_CHECK,  R.SUBMITTER, only_if=_checked),
                                 T(S.IN_REVIEW, R.SUBMITTER, only_if=_unchecked)),
    (S.ASSIGNED, A.SUBMIT_NIL): (T(S.IN_CHECK,  R.SUBMITTER, only_if=_checked,   demands=(_released, _nil_allowed)),
                                 T(S.IN_REVIEW, R.SUBMITTER, only_if=_unchecked, demands=(_released, _nil_allowed))),
    (S.DRAFTING, A.SUBMIT_NIL): (T(S.IN_CHECK,  R.SUBMITTER, only_if=_checked,   demands=(_nil_allowed,)),
                                 T(S.IN_REVIEW, R.SUBMITTER, only_if=_unchecked, demands=(_nil_allowed,))),
    (S.RETURNED, A.SUBMIT_NIL): (T(S.IN_CHECK,  R.SUBMITTER, only_if=_checked,   demands=(_nil_allowed,)),
                                 T(S.IN_REVIEW, R.SUBMITTER, only_if=_unchecked, demands=(_nil_allowed,))),

    (S.IN_CHECK,  A.PASS_CHECK): (T(S.IN_REVIEW, R.CHECKER, not_own=_own_figures),),
    (S.IN_CHECK,  A.RETURN):     (T(S.RETURNED,  R.CHECKER, says_why=True),),
    (S.IN_CHECK,  A.WITHDRAW):   (T(S.RETURNED,  R.WITHDRAWER, demands=(_submitter, _unhandled)),),

    (S.IN_REVIEW, A.APPROVE_FIGURES): (T(S.FIGURES_APPROVED, R.FIGURES_APPROVER, not_own=_own_figures, only_if=_apart),),
    (S.IN_REVIEW, A.APPROVE):    (T(S.APPROVED,  R.APPROVER, not_own=_own_report, only_if=_joined),),
    (S.IN_REVIEW, A.RETURN):     (T(S.RETURNED,  R.APPROVER, says_why=True, only_if=_joined),
                                  T(S.RETURNED,  R.FIGURES_APPROVER, says_why=True, only_if=_apart)),
    (S.IN_REVIEW, A.WITHDRAW):   (T(S.RETURNED,  R.WITHDRAWER, demands=(_submitter, _unhandled)),),

    (S.FIGURES_APPROVED, A.APPROVE):   (T(S.APPROVED, R.APPROVER, not_own=_own_report),),
    (S.FIGURES_APPROVED, A.RETURN):    (T(S.RETURNED, R.APPROVER, says_why=True),),
    (S.FIGURES_APPROVED, A.TAKE_BACK): (T(S.RETURNED, R.TAKER_BACK, says_why=True),),

    (S.APPROVED, A.LEADER_SIGN): (T(S.LEADER_SIGNED, R.SIGNER, only_if=_leader_signs),),
    (S.APPROVED, A.ISSUE):       (T(S.ISSUED,   R.ISSUER, only_if=_agency_alone_signs),),
    (S.APPROVED, A.SEND):        (T(S.SENT,     R.SENDER, only_if=_unsigned),),
    (S.APPROVED, A.TAKE_BACK):   (T(S.RETURNED, R.TAKER_BACK, says_why=True),),

    (S.LEADER_SIGNED, A.ISSUE):     (T(S.ISSUED,   R.ISSUER, only_if=_agency_signs),),
    (S.LEADER_SIGNED, A.SEND):      (T(S.SENT,     R.SENDER, only_if=_leader_alone_signs),),
    (S.LEADER_SIGNED, A.TAKE_BACK): (T(S.RETURNED, R.TAKER_BACK, says_why=True),),

    (S.ISSUED, A.SEND):      (T(S.SENT,     R.SENDER),),
    (S.ISSUED, A.TAKE_BACK): (T(S.RETURNED, R.TAKER_BACK, says_why=True),),

    (S.SENT, A.TAKE_IN): (T(S.SENT,     R.RECEIVER, demands=(_not_taken_in,)),),
    (S.SENT, A.RECALL):  (T(S.RETURNED, R.RECALLER, only_if=_recall),),
    (S.SENT, A.ACCEPT):  (T(S.ACCEPTED, R.DECIDER, demands=(_taken_in_first,)),),
    (S.SENT, A.RETURN):  (T(S.RETURNED, R.REJECTER, says_why=True),),
    (S.SENT, A.REJECT):  (T(S.RETURNED, R.REJECTER, says_why=True),),

    (S.ACCEPTED, A.ASK_CORRECTION): (T(S.ACCEPTED, R.CORRECTION_ASKER, says_why=True, demands=(_not_asked,)),),
    (S.ACCEPTED, A.REJECT):         (T(S.RETURNED, R.REJECTER, says_why=True),),
}

# Whose turn it is in a state: the first role that has an act leading on.
WAITS_FOR: Mapping[State, tuple[tuple[Role, OnlyIf | None], ...]] = {
    S.ASSIGNED:         ((R.ENTERER, None),),
    S.DRAFTING:         ((R.ENTERER, None),),
    S.RETURNED:         ((R.ENTERER, None),),
    S.IN_CHECK:         ((R.CHECKER, None),),
    S.IN_REVIEW:        ((R.APPROVER, _joined), (R.FIGURES_APPROVER, _apart)),
    S.FIGURES_APPROVED: ((R.APPROVER, None),),
    S.APPROVED:         ((R.SIGNER, _leader_signs), (R.ISSUER, _agency_alone_signs), (R.SENDER, _unsigned)),
    S.LEADER_SIGNED:    ((R.ISSUER, _agency_signs), (R.SENDER, _leader_alone_signs)),
    S.ISSUED:           ((R.SENDER, None),),
    S.SENT:             ((R.DECIDER, None),),
    S.ACCEPTED:         (),
}
# fmt: on

GOES_BACK = frozenset(
    action for (_, action), rows in TRANSITIONS.items() if all(row.to is S.RETURNED for row in rows)
)
"""Acts that give the report back to its unit."""

SIGNING_BEGUN = frozenset({S.APPROVED, S.LEADER_SIGNED, S.ISSUED, S.SENT, S.ACCEPTED})
"""States in which signatures asked for or made are void once the report goes back."""

SIGNED_ELSEWHERE = frozenset({Action.LEADER_SIGN, Action.ISSUE})
"""Acts that happen in signing, with PIN and certificate; its events bring them here."""

NOT_SENT_YET = frozenset(
    {
        S.ASSIGNED, S.DRAFTING, S.IN_CHECK, S.IN_REVIEW, S.FIGURES_APPROVED,
        S.APPROVED, S.LEADER_SIGNED, S.ISSUED, S.RETURNED,
    }
)  # fmt: skip


def possible_actions(state: State, rules: Rules) -> Iterator[Action]:
    """Every action the table knows from here under these rules, whoever may do it."""
    return (action for (at, action) in TRANSITIONS if at is state and _row(state, action, rules) is not None)


def whose_turn(state: State, rules: Rules) -> Role | None:
    turns = (role for role, only_if in WAITS_FOR[state] if only_if is None or only_if(rules))
    return next(turns, None)


def transition(state: State, action: Action, rules: Rules) -> Transition:
    row = _row(state, action, rules)
    if row is None:
        raise errors.ActionNotAllowed(state, action, [*possible_actions(state, rules)])
    return row


def next_state(state: State, action: Action, situation: Situation) -> State:
    """Where the action leads, or the refusal that says why not."""
    refusal = why_not(state, action, situation)
    if refusal is not None:
        raise refusal
    row = transition(state, action, situation.rules)
    if row.says_why and not (situation.reason or "").strip():
        raise errors.ReasonMissing(action)
    return row.to


def why_not(state: State, action: Action, situation: Situation) -> DomainError | None:
    """What stands in the way before anybody has written a reason; None if nothing does."""
    rules = situation.rules
    row = _row(state, action, rules)
    if row is None:
        return errors.ActionNotAllowed(state, action, [*possible_actions(state, rules)])
    rule = rules.roles[row.role]
    if not situation.acting.holds(row.role, rules):
        return errors.RightNotHeld(action, row.role, rule.rights, rule.source)
    named = rules.named.get(row.role)
    if named and situation.acting.who not in named:
        return errors.NotNamed(action, situation.regime_name, rule.source)
    own = row.not_own is not None and situation.acting.who in situation.enterers
    if own and row.not_own is not None and not row.not_own(rules):
        return errors.OwnEntry(action, rules.own_entry_source)
    refusals = (demand(situation) for demand in row.demands)
    return next((refusal for refusal in refusals if refusal is not None), None)


def _row(state: State, action: Action, rules: Rules) -> Transition | None:
    rows = TRANSITIONS.get((state, action), ())
    return next((row for row in rows if row.only_if is None or row.only_if(rules)), None)
