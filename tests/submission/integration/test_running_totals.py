"""Running totals (lũy kế; PR-1): offered as the accepted one of the period before and this period's figure, never filled."""

from __future__ import annotations

from dataclasses import replace

import pytest
from forms.values import BLANK, CellKey
from kit.actor import Actor
from submission.application.commands.enter_figures import EnterFigures, Saved
from submission.application.commands.open_period import OpenPeriod
from submission.application.commands.take_known import TakeKnown
from submission.domain.entry import Road
from submission.domain.known import Known, Level, Why
from submission.domain.report import Report
from submission.entrypoints.http.filing_schemas import FilingContentOut, SavedOut

from tests.forms.building import number

from .test_cycle import enter, typed
from .test_form_moves import moved, newer_form
from .test_history import past
from .test_rules import SEPTEMBER
from .world import OCTOBER, World

pytestmark = pytest.mark.requirement("PR-1")

FLOW, TOTAL = CellKey("KTXH.15", "F"), CellKey("KTXH.15", "G")


async def in_period(
    world: World, before: str | None, previous_key: str = SEPTEMBER.key
) -> tuple[Report, Actor]:
    """October's report, with September's running total in an accepted one."""
    (october,) = world.catalog.opened
    world.catalog.opened = [
        replace(october, period=replace(OCTOBER, previous_key=previous_key)),
        replace(october, period=SEPTEMBER),
    ]
    await world.publish(signing="not_demanded", starts_on="2026-01-01")
    if before is not None:
        await world.import_history(past(world, before, period_key=SEPTEMBER.key))
    owner = world.person("regime_owner", at=world.lead)
    await world.open_period(OpenPeriod(world.regime_id, OCTOBER.key, owner))
    return await world.report_of(world.communes[0]), world.person("entry")


def offered(saved: Saved, key: CellKey = TOTAL) -> Known | None:
    return next(iter(saved.checked.known.get(key, ())), None)


async def test_the_total_before_and_this_figure_are_offered_with_both_parts_and_filled_by_a_person_alone(
    world: World,
) -> None:
    report, clerk = await in_period(world, "100")
    assert FilingContentOut.of(await world.reading.contents(clerk, report.id), world.form_id).known == []

    saved = await enter(world, report, clerk, typed(*FLOW, "7,5"))

    known = offered(saved)
    assert known is not None
    assert (known.value, known.place.why, known.place.level) == (number("107.5"), Why.RUNNING, Level.ACCEPTED)
    assert known.place.words == "lũy kế Tháng 9 năm 2026 là 100, cộng số kỳ này 7,5 (ô F15)"
    assert (known.place.row, known.place.column) == TOTAL
    assert known.place.report_id != report.id
    assert saved.draft.filing(world.form_id).value_of(TOTAL) == BLANK
    (told,) = SavedOut.of(saved, world.form_id).known
    assert (told.a1, told.value) == ("G15", {"number": "107.5"})

    taken = await world.take_known(TakeKnown(report.id, world.form_id, clerk, [(TOTAL, 0)]))
    state = taken.draft.filing(world.form_id).cells[TOTAL]
    assert (state.value, state.road) == (number("107.5"), Road.TAKEN)
    assert state.origin is not None
    assert state.origin.words == known.place.words


async def test_another_total_is_the_unit_s_own_word_and_only_the_form_s_rules_ask_why(world: World) -> None:
    report, clerk = await in_period(world, "100")

    saved = await enter(world, report, clerk, typed(*FLOW, "7,5"), typed(*TOTAL, "110"))

    assert offered(saved) is not None
    assert saved.checked.messages == ()


@pytest.mark.parametrize(("before", "flow"), [(None, "7,5"), ("100", "")])
async def test_nothing_is_offered_where_a_part_is_missing(
    world: World, before: str | None, flow: str
) -> None:
    report, clerk = await in_period(world, before)

    saved = await enter(world, report, clerk, typed(*FLOW, flow), typed("KTXH.16", "F", "1"))

    assert saved.checked.known == {}


async def test_the_first_period_of_a_year_begins_again(world: World) -> None:
    report, clerk = await in_period(world, "100", previous_key="2025-12")

    known = offered(await enter(world, report, clerk, typed(*FLOW, "7,5")))

    assert known is not None
    assert (known.value, known.place.level) == (number("7.5"), Level.DRAFT)
    assert "kỳ đầu năm nên lũy kế tính lại từ đầu" in known.place.words


async def test_the_total_before_is_found_by_its_row_s_words_when_the_form_has_another_version(
    world: World,
) -> None:
    report, clerk = await in_period(world, "100")
    new = await world.take_version(newer_form())
    report = await moved(world, report, clerk)

    edits = [typed("KTXH.15", "F", "1"), typed("KTXH.16", "F", "7,5")]
    saved = await world.enter(EnterFigures(report.id, new, clerk, edits))

    known = offered(saved, CellKey("KTXH.16", "G"))
    assert known is not None
    assert known.value == number("107.5")
    assert offered(saved) is None
