"""A form (biểu mẫu) and its versions. A published version never changes: old periods keep theirs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from forms.binding import Binding, bind, refreshed
from forms.carrying import Carrying
from forms.correcting import Correction, correct
from forms.cumulatives import ColumnKind, set_kinds, taken_over
from forms.indicators import BoundIndicator
from forms.listing import ListRule, lists_taken_over, set_lists
from forms.messages import Message, Severity, refuse_errors
from forms.model import FormModel, TextPlace
from forms.publishing import Neighbours, check_publishable, rules_that_fit
from forms.rules import RuleText, rules_of
from forms.text import squeeze
from forms.values import CellKey

from catalog.domain.errors import Missing, SecretRefused, VersionNotDraft, VersionStale
from catalog.domain.events import FormVersionPublished
from catalog.domain.form_errors import CellLinkedTwice, EntryFormLinked, VersionNotPublished

SECRET_MARKS = frozenset({"MẬT", "TỐI MẬT", "TUYỆT MẬT"})


class FormPurpose(StrEnum):
    """DL-9.2a: an entry form is filled in, a report form is filled from approved figures of entry forms."""

    ENTRY = "entry"
    REPORT = "report"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class FormLink:
    """One cell of a report form and the cell of an entry form that fills it."""

    row: str
    column: str
    from_form_id: UUID
    from_row: str
    from_column: str
    from_version_id: UUID | None = None
    """The version of the entry form that the source's ids are of; other versions are read by what their rows say."""


class FormVersionState(StrEnum):
    DRAFT = "draft"
    TRIAL = "trial"
    """Tried by those invited, with figures that nobody keeps."""
    PUBLISHED = "published"
    RETIRED = "retired"


@dataclass(slots=True)
class Form:
    id: UUID
    province_id: UUID
    owner_unit_id: UUID
    code: str
    name: str
    created_at: datetime
    version: int = 1
    purpose: FormPurpose = FormPurpose.BOTH
    links: tuple[FormLink, ...] = ()
    """In the ids of the form's newest version."""

    def expect(self, version: int) -> None:
        if version != self.version:
            raise VersionStale(version, self.version)

    def reread(self, links: Sequence[FormLink]) -> None:
        """A newer version has come: the links as it reads them."""
        if tuple(links) != self.links:
            self.links = tuple(links)
            self.version += 1

    def serve(self, purpose: FormPurpose, links: Sequence[FormLink]) -> None:
        """An entry form takes its figures from people alone."""
        if purpose is FormPurpose.ENTRY and links:
            raise EntryFormLinked(self.code)
        twice = [link for link, count in Counter((one.row, one.column) for one in links).items() if count > 1]
        if twice:
            raise CellLinkedTwice(*twice[0])
        self.purpose = purpose
        self.links = tuple(links)
        self.version += 1

    @classmethod
    def register(
        cls, id: UUID, *, province_id: UUID, owner_unit_id: UUID, code: str, name: str, at: datetime
    ) -> Form:
        if not code.strip():
            raise Missing("form", "code", "Chưa nhập ký hiệu biểu mẫu.")
        if not name.strip():
            raise Missing("form", "name", "Chưa nhập tên biểu mẫu.")
        return cls(id, province_id, owner_unit_id, squeeze(code), squeeze(name), at)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the importer took each cell for, and what it left as a label because nothing said otherwise."""

    reasons: tuple[Mapping[str, Any], ...] = ()
    left_as_label: tuple[Mapping[str, Any], ...] = ()


@dataclass(slots=True)
class FormVersion:
    id: UUID
    form_id: UUID
    province_id: UUID
    owner_unit_id: UUID
    code: str
    name: str
    number: int
    model: FormModel
    proposal: Proposal
    template_sha256: str
    template_size: int
    created_at: datetime
    state: FormVersionState = FormVersionState.DRAFT
    published_at: datetime | None = None
    version: int = 1
    told: int = 0
    """How many events have told of it: the version that copies elsewhere go by."""
    links: tuple[FormLink, ...] = ()
    """What fills its cells, in its own ids."""
    testers: tuple[UUID, ...] = ()
    reads: Mapping[str, UUID] = field(default_factory=dict)
    """By code, the versions of other forms that its formulas and rules were written for."""
    _events: list[FormVersionPublished] = field(default_factory=list)

    @property
    def public(self) -> bool:
        """Published once: everybody of the province may see it, and other services keep it."""
        return self.state in (FormVersionState.PUBLISHED, FormVersionState.RETIRED)

    def expect(self, version: int) -> None:
        if version != self.version:
            raise VersionStale(version, self.version)

    def correct(self, corrections: Sequence[Correction]) -> None:
        """The designer's word on single cells stands over the importer's."""
        self._still_draft()
        self.model = correct(self.model, list(corrections))
        keys = {CellKey(one.row, one.column) for one in corrections}
        places = {
            f"{sheet.name}!{cell.a1}"
            for sheet in self.model.sheets
            for cell in sheet.cells
            if CellKey(cell.row, cell.column) in keys
        }
        still_left = tuple(cell for cell in self.proposal.left_as_label if cell["cell"] not in places)
        self.proposal = replace(self.proposal, left_as_label=still_left)
        self.version += 1

    def start_trial(self, testers: Sequence[UUID], around: Neighbours) -> None:
        """Only a form that could be published can be tried: its formulas must work."""
        if self.state is not FormVersionState.DRAFT:
            raise VersionNotDraft(self.number)
        refuse_errors(check_publishable(self.model, around))
        self.state = FormVersionState.TRIAL
        self.testers = tuple(dict.fromkeys(testers))
        self.version += 1

    def invite(self, testers: Sequence[UUID]) -> None:
        self._still_draft()
        self.testers = tuple(dict.fromkeys([*self.testers, *testers]))
        self.version += 1

    def retire(self) -> None:
        """Regimes that use it keep it; no new one takes it up."""
        if self.state is not FormVersionState.PUBLISHED:
            raise VersionNotPublished(self.number)
        self.state = FormVersionState.RETIRED
        self.version += 1

    def set_rules(self, rules: Sequence[RuleText]) -> None:
        """All of them at once: what is left out is no longer a rule of this version."""
        self._still_draft()
        self.model = self.model.model_copy(update={"rules": rules_of(rules)})
        self.version += 1

    def set_kinds(self, kinds: Sequence[ColumnKind]) -> None:
        """The designer's word on what columns hold stands over what their headers say."""
        self._still_draft()
        self.model = set_kinds(self.model, kinds)
        self.version += 1

    def set_lists(self, rules: Sequence[ListRule]) -> None:
        """The designer's word on rows of lists stands over the importer's."""
        self._still_draft()
        self.model = set_lists(self.model, rules)
        self.version += 1

    def take_over_rules(self, before: FormModel, around: Neighbours, others: Mapping[str, Carrying]) -> None:
        """Those of the version before that this workbook still has the cells for, by what rows and columns say; the
        others are named. What was said of columns stays said. `others`: forms these rules read, as they are now."""
        self.model = lists_taken_over(taken_over(self.model, before), before)
        carried, left = Carrying(before, self.model, self.code, others).rules(before.rules)
        kept, faults = rules_that_fit(self.model, carried, around)
        self.model = self.model.model_copy(update={"rules": kept})
        self.remark(
            Message(
                code="catalog.form_version.rule_not_taken_over",
                severity=Severity.WARNING,
                message=f"Không mang sang được quy tắc của phiên bản trước. {fault.message}",
                rule=fault.rule,
            )
            for fault in (*left, *faults)
        )

    def remark(self, remarks: Iterable[Message]) -> None:
        """For the designer, beside what the importer says of each cell."""
        said = (remark.model_dump(mode="json") for remark in remarks)
        self.proposal = replace(self.proposal, reasons=(*self.proposal.reasons, *said))

    def bind(self, bindings: Sequence[Binding], known: Mapping[str, BoundIndicator]) -> None:
        """`known`: what the indicators named mean today."""
        self._still_draft()
        self.model = bind(self.model, bindings, known)
        self.version += 1

    def publish(
        self,
        at: datetime,
        around: Neighbours,
        *,
        reads: Mapping[str, UUID],
        known: Mapping[str, BoundIndicator],
    ) -> None:
        """From here on it keeps what its indicators mean at this moment (`known`), and which versions of other forms
        it reads."""
        self._still_draft()
        self.model = refreshed(self.model, known)
        refuse_errors(check_publishable(self.model, around))
        self.reads = reads
        self.state = FormVersionState.PUBLISHED
        self.published_at = at
        self.version += 1
        self.told += 1
        self._events.append(FormVersionPublished(self))

    def relink(self, links: tuple[FormLink, ...]) -> None:
        """Copies elsewhere learn what fills it now; the version itself stays as it was published."""
        self.links = links
        self.told += 1
        self._events.append(FormVersionPublished(self))

    def pull_events(self) -> list[FormVersionPublished]:
        events, self._events = self._events, []
        return events

    def _still_draft(self) -> None:
        if self.public:
            raise VersionNotDraft(self.number)


def refuse_secret(model: FormModel, rule: str) -> None:
    """A form stamped secret is turned away before anything of it is kept."""
    for sheet in model.sheets:
        for text in sheet.texts:
            marked = text.text.strip(" .:[]()").upper() in SECRET_MARKS
            if marked and text.place is not TextPlace.SIGNATURE:
                raise SecretRefused(rule)
