"""Who is told of what: those whose turn it is next, and those who wait for the answer."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from kit.directory import Directory, DirectoryAccount
from kit.errors import NotFound

from notify.domain.message import Kind
from notify.domain.report import Happening, ReportEvent, ReportFacts

# Rights at the reporting unit, then rights at the lead agency.
_TOLD: dict[Happening, tuple[Kind, tuple[str, ...], tuple[str, ...]]] = {
    Happening.ASSIGNED: (Kind.ASSIGNED, ("entry",), ()),
    Happening.SUBMITTED: (Kind.SUBMITTED, ("check", "approve_figures", "approve"), ()),
    Happening.RETURNED: (Kind.RETURNED, ("entry",), ()),
    Happening.APPROVED: (Kind.APPROVED, ("sign", "send", "entry"), ()),
    Happening.SENT: (Kind.SENT, (), ("take_in", "decide")),
    Happening.DEADLINE_MOVED: (Kind.DEADLINE_MOVED, ("entry", "approve", "send"), ()),
    Happening.FORM_RENEWED: (Kind.FORM_RENEWED, ("entry", "approve", "send"), ()),
    Happening.ACCEPTED: (Kind.ACCEPTED, ("entry", "approve", "send"), ()),
}


async def recipients_of(
    event: ReportEvent, directory: Directory
) -> tuple[Kind, list[DirectoryAccount]] | None:
    """None: nobody is told. The one who did it is never told of it."""
    report = event.report
    if event.happening is Happening.SIGNED:
        issued = report.state == "issued"
        kind = Kind.ISSUED if issued else Kind.SIGNED
        found = await holders(directory, ("send",) if issued else ("issue",), report.unit_id, report)
    elif event.happening in _TOLD:
        kind, at_unit, at_lead = _TOLD[event.happening]
        if event.to_account_id is not None:
            found = await _named(directory, event.to_account_id)
        else:
            found = await holders(directory, at_unit, report.unit_id, report)
            found += await holders(directory, at_lead, report.lead_unit_id, report)
    else:
        return None
    people = {one.id: one for one in found if str(one.id) != event.actor and not one.program}
    return kind, list(people.values())


async def holders(
    directory: Directory, rights: Iterable[str], unit_id: UUID, report: ReportFacts
) -> list[DirectoryAccount]:
    found: list[DirectoryAccount] = []
    for right in rights:
        found += await directory.holders(right, unit_id, report.regime_id)
    return [one for one in found if not one.program]


async def _named(directory: Directory, account_id: UUID) -> list[DirectoryAccount]:
    try:
        return [await directory.account(account_id)]
    except NotFound:
        return []
