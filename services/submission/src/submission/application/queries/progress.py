"""Who has sent and who has not, whose turn it is, overdue by how much: the lead agency's table of a period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from kit.actor import Actor
from kit.clock import Clock
from kit.directory import Directory
from kit.errors import NotFound

from submission.application.ports import Profiles
from submission.application.queries.lines import ReportLine, ReportLines
from submission.application.queries.tasks import RuleBook
from submission.application.standing import LEAD_READERS, UNIT_READERS, Standings
from submission.domain.punctuality import Punctuality
from submission.domain.states import ROLE_NAMES
from submission.domain.workflow import whose_turn


@dataclass(frozen=True, slots=True)
class UnitProgress:
    line: ReportLine
    punctuality: Punctuality
    turn: str
    """In words: who has to act next; empty when nobody has."""


@dataclass(frozen=True, slots=True)
class Progress:
    regime_id: UUID
    regime_name: str
    period_key: str
    period_label: str
    units: Sequence[UnitProgress]

    @property
    def by_state(self) -> Mapping[str, int]:
        return Counter(unit.line.state.value for unit in self.units)


@dataclass(frozen=True, slots=True)
class ShowProgress:
    lines: ReportLines
    standings: Standings
    directory: Directory
    profiles: Profiles
    clock: Clock

    async def __call__(self, actor: Actor, regime_id: UUID, period_key: str) -> Progress:
        reach = await self.standings.reach(actor)
        lines = (
            await self.lines.of_period(regime_id, period_key, reach.province_id) if reach.province_id else []
        )
        as_lead, as_unit = reach.places(LEAD_READERS), reach.places(UNIT_READERS)
        seen = [
            line
            for line in lines
            if {(line.lead_unit_id, None), (line.lead_unit_id, regime_id)} & as_lead
            or {(line.unit_id, None), (line.unit_id, regime_id)} & as_unit
        ]
        if not seen:
            raise NotFound(
                "submission.progress.nothing",
                "Không có báo cáo nào của kỳ này trong phạm vi của bạn.",
                remedy="Kiểm tra chế độ báo cáo và kỳ, hoặc mở kỳ báo cáo trước.",
            )
        now = self.clock()
        book = RuleBook(self.directory, self.profiles)
        units = []
        for line in seen:
            role = whose_turn(line.state, await book.rules(line))
            turn = f"{ROLE_NAMES[role]} — {_where(line, role.value)}" if role else ""
            units.append(UnitProgress(line, line.punctuality(now), turn))
        first = seen[0]
        return Progress(regime_id, first.regime_name, period_key, first.period_label, units)


def _where(line: ReportLine, role: str) -> str:
    return line.lead_unit_name if role in ("receiver", "decider", "rejecter") else line.unit_name
