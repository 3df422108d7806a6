"""One report as somebody may see it: what it is, how far it is, and what they may do now, or why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from forms.compute import entered
from forms.difference import Difference, difference
from forms.messages import Severity
from forms.model import CellKind
from forms.values import Figures
from kit.actor import Actor
from kit.clock import Clock
from kit.errors import DomainError

from submission.application.allocating import ClosedRows, closed_rows
from submission.application.checking import Checked, before, check_draft, check_sealed, forms_of
from submission.application.known import with_known
from submission.application.moving import carried
from submission.application.ports import OpenUnitOfWork, SealedContent, UnitOfWork
from submission.application.published import PublishedForm
from submission.application.queries.compare_revisions import visible_revisions
from submission.application.standing import Sight, Standings
from submission.domain.entry import Draft
from submission.domain.errors import not_in_report
from submission.domain.punctuality import Punctuality
from submission.domain.report import Report
from submission.domain.revisions import Revision
from submission.domain.rules import Rules
from submission.domain.states import ROLE_NAMES, Action, Role, Side
from submission.domain.workflow import (
    SIGNED_ELSEWHERE,
    Situation,
    possible_actions,
    transition,
    whose_turn,
    why_not,
)


@dataclass(frozen=True, slots=True)
class Possible:
    action: Action
    allowed: bool
    why_not: DomainError | None
    needs_reason: bool
    in_signing: bool
    """Done at signing's own address, with PIN."""


@dataclass(frozen=True, slots=True)
class FilingSummary:
    form: PublishedForm
    cells_filled: int
    cells_total: int
    errors: int
    warnings: int


@dataclass(frozen=True, slots=True)
class ReportView:
    report: Report
    rules: Rules
    actions: Sequence[Possible]
    punctuality: Punctuality
    turn: str
    filings: Sequence[FilingSummary]
    sees_figures: bool
    last_edit: int
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Contents:
    """What a revision says: as it stands while drafting, as sealed afterwards."""

    report: Report
    forms: Sequence[PublishedForm]
    draft: Draft | None
    figures: Mapping[UUID, Figures]
    narrative: Mapping[str, str]
    checked: Checked
    closed: Mapping[UUID, ClosedRows] = field(default_factory=dict)
    """Rows that other units answer for, by form."""


@dataclass(frozen=True, slots=True)
class ReadReport:
    open_unit_of_work: OpenUnitOfWork
    standings: Standings
    clock: Clock

    async def view(self, actor: Actor, report_id: UUID) -> ReportView:
        async with self.open_unit_of_work() as uow:
            report = await uow.reports.read(report_id)
            rules = await self.standings.rules(report.assignment)
            sight, acting = await self.standings.both(actor, report.assignment, rules)
            situation = report.situation(acting, rules)
            sees = self._sees(sight, report)
            contents = await _contents(uow, report, sight)
        return ReportView(
            report=report,
            rules=rules,
            actions=_actions(report, rules, situation),
            punctuality=report.punctuality(self.clock()),
            turn=_turn(report, rules),
            filings=[_summary(form, contents) for form in contents.forms] if sees else [],
            sees_figures=sees,
            last_edit=contents.draft.last_edit if contents.draft else 0,
            names=await self._names(report),
        )

    async def contents(self, actor: Actor, report_id: UUID) -> Contents:
        async with self.open_unit_of_work() as uow:
            report = await uow.reports.read(report_id)
            sight = await self.standings.sight(actor, report.assignment)
            sight.require_figures(report)
            contents = await _contents(uow, report, sight)
            closed = {
                form.id: await closed_rows(uow, self.standings, report.assignment, form)
                for form in contents.forms
            }
            return replace(contents, closed=closed)

    async def revision(
        self, actor: Actor, report_id: UUID, number: int
    ) -> tuple[Report, Revision, SealedContent, Mapping[UUID, Difference]]:
        """A sealed revision, and what it changed against the one before, cell by cell."""
        async with self.open_unit_of_work() as uow:
            report = await uow.reports.read(report_id)
            sight = await self.standings.sight(actor, report.assignment)
            revision = report.revisions.get(number)
            if revision is None:
                raise not_in_report(f"bản {number}")
            if not sight.of_unit and not revision.accepted:
                sight.require_figures(report)
                if revision not in await visible_revisions(uow, report, sight):
                    raise not_in_report(f"bản {number}")
            content = await uow.sealed.get(report_id, number)
            if content is None:
                raise not_in_report(f"bản {number} đã khóa (bản này còn đang nhập)")
            one_before = await uow.sealed.get(report_id, number - 1) if number > 1 else None
            changes = await _changes(uow, one_before, content) if one_before else {}
        return report, revision, content, changes

    def _sees(self, sight: Sight, report: Report) -> bool:
        try:
            sight.require_figures(report)
        except DomainError:
            return False
        return True

    async def _names(self, report: Report) -> Mapping[str, str]:
        moments = report.moments
        who = {moments.submitted_by, moments.submitted_to, moments.approved_by, moments.taken_in_by} - {""}
        return {each: await self._name(each) for each in who}

    async def _name(self, who: str) -> str:
        try:
            return await self.standings.name_of(Actor.parse(who))
        except (DomainError, ValueError):
            return who


async def _contents(uow: UnitOfWork, report: Report, sight: Sight) -> Contents:
    forms = await forms_of(uow, report.assignment)
    past = await before(uow, report.assignment, forms)
    if report.revisions.working.sealed:
        sealed = await uow.sealed.get(report.id, report.revision)
        figures = sealed.figures if sealed else {}
        narrative = sealed.narrative if sealed else {}
        draft = await uow.drafts.load(report.id, report.revision)
        checked = check_sealed(report.canonical_hash, forms, figures, past)
        checked = await with_known(uow, report, checked, of_unit=sight.of_unit)
        return Contents(report, forms, draft, figures, narrative, checked)
    draft = await uow.drafts.load(report.id, report.revision)
    checked = check_draft(report.assignment, forms, draft, past)
    checked = await with_known(uow, report, checked, of_unit=sight.of_unit)
    narrative = {name: section.text for name, section in draft.sections.items()}
    return Contents(report, forms, draft, checked.to_seal, narrative, checked)


async def _changes(
    uow: UnitOfWork, before: SealedContent, content: SealedContent
) -> Mapping[UUID, Difference]:
    """By form; figures of an earlier version of it are read as this revision's version reads them."""
    found: dict[UUID, Difference] = {}
    for version_id, figures in content.figures.items():
        earlier = await carried(uow, await uow.catalog.form(version_id), before.figures)
        found[version_id] = difference(earlier.figures, figures)
    return found


def _actions(report: Report, rules: Rules, situation: Situation) -> Sequence[Possible]:
    found = []
    for action in dict.fromkeys(possible_actions(report.state, rules)):
        refusal = why_not(report.state, action, situation)
        found.append(
            Possible(
                action, refusal is None, refusal, _reasoned(report, action, rules), action in SIGNED_ELSEWHERE
            )
        )
    return found


def _reasoned(report: Report, action: Action, rules: Rules) -> bool:
    return transition(report.state, action, rules).says_why


def _turn(report: Report, rules: Rules) -> str:
    role: Role | None = whose_turn(report.state, rules)
    if role is None:
        return ""
    a = report.assignment
    where = a.lead_unit.name if rules.roles[role].side is Side.LEAD_AGENCY else a.unit.name
    return f"{ROLE_NAMES[role]} — {where}"


def _summary(form: PublishedForm, contents: Contents) -> FilingSummary:
    figures = entered(form.model, contents.figures.get(form.id, Figures()))
    in_lists = sum(
        sum(cell.kind is CellKind.INPUT for cell in table.cells) * len(figures.rows_of(table.id))
        for table in form.model.lists_by_id.values()
    )
    checked = contents.checked.form(form.id)
    return FilingSummary(
        form,
        len(figures.cells),
        sum(1 for _ in form.model.input_cells()) + in_lists,
        checked.count(Severity.ERROR),
        checked.count(Severity.WARNING),
    )
