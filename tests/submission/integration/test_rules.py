"""The form's rules inside a report: warnings to be explained, figures of the previous period before their eyes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from forms.correcting import Correction, correct
from forms.messages import Severity
from forms.model import CellKind
from forms.rules import RuleText, rules_of
from forms.values import CellKey
from kit.actor import Actor
from submission.application.checking import warning_key
from submission.application.commands.enter_figures import EnterFigures
from submission.application.commands.open_period import OpenPeriod
from submission.application.commands.submit_report import SubmitReport
from submission.domain import errors
from submission.domain.report import Report
from submission.domain.states import Action
from submission.entrypoints.http.filing_schemas import FilingContentOut

from tests.forms.building import number

from .test_cycle import enter, typed
from .test_form_moves import moved, newer_form
from .test_history import past
from .test_known import second_regime
from .world import OCTOBER, World

JUMP = "ABS([KTXH.15:G]-PREVIOUS![KTXH.15:G])<=20%*PREVIOUS![KTXH.15:G]"
SEPTEMBER = replace(
    OCTOBER, key="2026-09", label="Tháng 9 năm 2026", first_day=date(2026, 9, 1), last_day=date(2026, 9, 30)
)


async def in_october(world: World, september: str | None) -> tuple[Report, Actor]:
    """A report of October, with a rule about September and a cell computed from it."""
    rule = RuleText(id="TANG", severity=Severity.WARNING, condition=JUMP, message="Tăng, giảm hơn 20%.")
    growth = Correction(
        row="KTXH.15",
        column="I",
        kind=CellKind.COMPUTED,
        precision=1,
        formula="[KTXH.15:G]/PREVIOUS![KTXH.15:G]*100",
    )
    world.model = correct(world.model, [growth]).model_copy(update={"rules": rules_of([rule])})
    (october,) = world.catalog.opened
    world.catalog.opened = [
        replace(october, period=replace(OCTOBER, previous_key=SEPTEMBER.key)),
        replace(october, period=SEPTEMBER),
    ]
    await world.publish(signing="not_demanded", starts_on="2026-01-01")
    if september is not None:
        await world.import_history(past(world, september, period_key=SEPTEMBER.key))
    owner = world.person("regime_owner", at=world.lead)
    await world.open_period(OpenPeriod(world.regime_id, OCTOBER.key, owner))
    return await world.report_of(world.communes[0]), world.person("entry")


async def test_a_warning_of_a_rule_is_said_at_the_save_and_explained_before_the_leader_sees_it(
    world: World,
) -> None:
    report, clerk = await in_october(world, "100")

    saved = await enter(world, report, clerk, typed("KTXH.15", "G", "130"))
    version = (await world.read(report)).version
    (warning,) = (await world.reading.contents(clerk, report.id)).checked.found(Severity.WARNING)
    with pytest.raises(errors.WarningsUnexplained):
        await world.submit(SubmitReport(report.id, version, clerk))
    said = {warning_key(warning): "Nhà máy mới hoạt động."}
    await world.submit(SubmitReport(report.id, version, clerk, explanations=said))

    assert [(m.code, m.rule, m.a1) for m in saved.checked.messages] == [("forms.rule.TANG", "TANG", "G15")]
    assert (warning["rule"], warning["a1"], warning["message"]) == ("TANG", "G15", "Tăng, giảm hơn 20%.")
    async with world.open() as uow:
        sealed = await uow.sealed.get(report.id, 1)
    assert sealed is not None
    assert dict(sealed.explanations) == said


async def test_without_an_accepted_figure_of_the_previous_period_the_rule_is_silent(world: World) -> None:
    report, clerk = await in_october(world, None)

    saved = await enter(world, report, clerk, typed("KTXH.15", "G", "130"))

    assert saved.checked.messages == ()


async def test_the_previous_period_s_report_of_an_older_version_is_read_by_what_its_rows_say(
    world: World,
) -> None:
    report, clerk = await in_october(world, "100")
    # Farming stands in the row of forestry there, with the rule about it.
    rule = RuleText(
        id="TANG",
        severity=Severity.WARNING,
        condition=JUMP.replace("KTXH.15", "KTXH.16"),
        message="Tăng, giảm hơn 20%.",
    )
    await world.take_version(newer_form().model_copy(update={"rules": rules_of([rule])}))
    report = await moved(world, report, clerk)
    (form,) = report.assignment.form_version_ids

    edits = [typed("KTXH.16", "G", "130"), typed("KTXH.15", "G", "130")]
    saved = await world.enter(EnterFigures(report.id, form, clerk, edits))

    assert [(m.rule, m.row) for m in saved.checked.messages] == [("TANG", "KTXH.16")]


async def test_a_form_that_names_another_reads_the_row_it_was_written_for_in_whichever_version_stands_beside_it(
    world: World,
) -> None:
    """Farming and forestry change places in the newer version of the form that is read."""
    there = "'01/KTXH-T'![KTXH.15:G]"
    total = Correction(row="KTXH.15", column="I", kind=CellKind.COMPUTED, precision=1, formula=f"{there}*2")
    rule = RuleText(
        id="KHOP", severity=Severity.WARNING, condition=f"[KTXH.15:G]={there}", message="Không khớp biểu 01."
    )
    reading = correct(world.model, [total]).model_copy(update={"rules": rules_of([rule])})
    await world.publish(signing="not_demanded", starts_on="2026-01-01")
    newer = await world.take_version(newer_form())
    report, form = await second_regime(world, reading, beside=[newer], reads={"01/KTXH-T": world.form_id})
    clerk = world.person("entry")
    edits = [typed("KTXH.16", "G", "5"), typed("KTXH.15", "G", "9")]
    await world.enter(EnterFigures(report.id, newer, clerk, edits))
    saved = await world.enter(EnterFigures(report.id, form, clerk, [typed("KTXH.15", "G", "9")]))

    assert [(m.rule, m.row) for m in saved.checked.messages] == [("KHOP", "KTXH.15")]
    contents = await world.reading.contents(clerk, report.id)
    (own,) = [each for each in contents.checked.forms if each.form.id == form]
    assert own.computed.get("KTXH.15", "I") == number("10.0")


async def test_what_is_computed_from_the_previous_period_is_sealed_with_the_report(world: World) -> None:
    report, clerk = await in_october(world, "100")
    await enter(world, report, clerk, typed("KTXH.15", "G", "110"))
    growth = CellKey("KTXH.15", "I")
    drafted = await world.reading.contents(clerk, report.id)

    await world.submit(SubmitReport(report.id, (await world.read(report)).version, clerk))
    leader = world.person("approve", "approve_figures")
    await world.act(report, Action.APPROVE_FIGURES, leader)

    async with world.open() as uow:
        sealed = await uow.sealed.get(report.id, 1)
        stored = await uow.store.numbers(report.id, "unit_approved")
    answered = FilingContentOut.of(await world.reading.contents(clerk, report.id), world.form_id)
    assert drafted.checked.form(world.form_id).computed.cells[growth] == number("110.0")
    assert sealed is not None
    assert sealed.figures[world.form_id].cells[growth] == number("110.0")
    assert b"110.0" in sealed.document
    assert stored["KTXH.15", "I"] == 110
    assert [c.kind for c in answered.cells if (c.row, c.column) == growth] == ["computed"]
