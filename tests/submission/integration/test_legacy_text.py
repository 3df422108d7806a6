"""Text from before Unicode is refused on every road into a report, with its place and the province's article."""

from __future__ import annotations

import pytest
from forms.legacy import LegacyText
from forms.values import Text
from kit.errors import DomainError, InvalidInput
from submission.application.commands.import_history import PastFiling, PastReport
from submission.application.commands.import_workbook import ImportWorkbook
from submission.application.commands.write_narrative import WriteNarrative
from submission.domain.saving import SectionChange

from tests.forms.legacy.files import old_workbook

from .test_cycle import opened
from .test_history import past
from .world import World

OLD = "Soá lieäu trong kyø\nTình hình saûn xuaát oån ñònh"


def refusal_of(error: DomainError) -> tuple[str, list[str | None]]:
    return error.code, [place.field for place in error.places]


@pytest.mark.requirement("DL-4.2d")
async def test_a_narrative_is_refused_by_section_and_paragraph(world: World) -> None:
    report = await opened(world)
    section = report.assignment.outline[0].id
    with pytest.raises(LegacyText) as refused:
        await world.narrate(
            WriteNarrative(report.id, world.person("entry"), [SectionChange(section, OLD, 0)])
        )
    places = [f"mục {section}, đoạn 1", f"mục {section}, đoạn 2"]
    assert refusal_of(refused.value) == ("forms.text.legacy_encoding", places)
    article = await world.standings.unicode_source(report.assignment)
    assert str(refused.value.rule).endswith(f"TCVN 6909:2001; {article}.")


@pytest.mark.requirement("DL-4.2d")
@pytest.mark.parametrize("dry_run", [True, False])
async def test_a_filled_workbook_is_refused_by_cell(world: World, *, dry_run: bool) -> None:
    report = await opened(world)
    command = ImportWorkbook(report.id, world.form_id, world.person("entry"), old_workbook(), dry_run)
    with pytest.raises(InvalidInput, match="legacy_encoding") as refused:
        await world.import_workbook(command)
    assert "B3" in {place.cell for place in refused.value.places}


@pytest.mark.requirement("DL-4.2d")
async def test_history_is_refused_by_unit_and_cell_or_paragraph(world: World) -> None:
    cells = PastFiling(world.form_id, [("KTXH.15", "G", Text("Sè liÖu ®· ®èi chiÕu"))])
    for report in (
        PastReport(world.communes[0], [cells]),
        PastReport(world.communes[0], [], narrative=[("1", OLD)]),
    ):
        with pytest.raises(LegacyText) as refused:
            await world.import_history(past(world, "5", reports=[report]))
        assert refused.value.code == "forms.text.legacy_encoding"
