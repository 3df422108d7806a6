"""A figure entered once is offered wherever it is asked for, with its source; links fill report forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from uuid import UUID, uuid4

import pytest
from forms.binding import Binding, bind
from forms.indicators import BoundIndicator
from forms.model import FormModel
from forms.values import BLANK, CellKey, Number
from kit.actor import Actor
from kit.copies import CopyItem, ItemStore
from kit.errors import NotFound
from reporting.catalog.v1 import catalog_pb2 as pb
from submission.adapters.postgres.catalog_copy import FORMS, MERGED, REGIMES
from submission.application.checking import warning_key
from submission.application.commands.enter_figures import CellEdit, EnterFigures, Saved
from submission.application.commands.open_period import OpenPeriod
from submission.application.commands.submit_report import SubmitReport
from submission.application.commands.take_known import TakeKnown
from submission.domain import errors
from submission.domain.entry import Road
from submission.domain.known import Level, Why
from submission.domain.report import Report
from submission.domain.states import Action
from submission.entrypoints.http.filing_schemas import FilingContentOut

from .test_cycle import accepted, opened, typed
from .test_form_moves import moved, newer_form
from .world import OCTOBER, World

RICE = CellKey("KTXH.15", "G")
OTHER = CellKey("KTXH.16", "G")
INDICATOR = BoundIndicator(
    id=str(uuid4()), version_id=str(uuid4()), code="NN-01", name="Giá trị nông nghiệp", measure="tỷ đồng"
)


def bound(model: FormModel, row: str) -> FormModel:
    return bind(model, [Binding(indicator_id=INDICATOR.id, row=row)], {INDICATOR.id: INDICATOR})


async def second_regime(
    world: World,
    model: FormModel,
    links: list[pb.FormLink] | None = None,
    *,
    beside: Sequence[UUID] = (),
    reads: Mapping[str, UUID] = MappingProxyType({}),
) -> tuple[Report, UUID]:
    """Another regime asks the same communes in the same period, with a form of its own and those `beside` it."""
    regime_id, form_id = uuid4(), uuid4()
    form = pb.FormVersion(
        id=str(form_id), form_id=str(uuid4()), province_id=str(world.province), code="02/TH", number=1,
        name="Biểu tổng hợp", state="published", version=1, model_json=model.model_dump_json(), links=links,
        reads={code: str(read) for code, read in reads.items()},
    )  # fmt: skip
    regime = pb.Regime(
        id=str(regime_id), province_id=str(world.province), code="TH", name="Báo cáo tổng hợp tháng",
        lead_unit_id=str(world.lead), reporting_unit_ids=[str(unit) for unit in world.communes],
        form_version_ids=[str(id) for id in (form_id, *beside)], state="published", version=1, starts_on="2026-10-01",
        signing="not_demanded",
    )  # fmt: skip
    async with world.open() as uow:
        await ItemStore(REGIMES).put(uow.session, [CopyItem(regime.id, 1, regime)], force=True)
        await ItemStore(FORMS).put(uow.session, [CopyItem(form.id, 1, form)], force=True)
        await uow.commit()
    await world.open_period(OpenPeriod(regime_id, OCTOBER.key, world.person("regime_owner", at=world.lead)))
    async with world.open() as uow:
        found = await uow.reports.of_period(regime_id, OCTOBER.key)
    return next(one for one in found if one.assignment.unit.id == world.communes[0]), form_id


async def asked_again(world: World, given: str = "7,5") -> tuple[Report, UUID, Actor]:
    elsewhere, world.model = bound(world.model, "KTXH.16"), bound(world.model, "KTXH.15")
    await opened(world)
    await accepted(world, world.communes[0], given)
    report, form_id = await second_regime(world, elsewhere)
    return report, form_id, world.person("entry")


async def content(world: World, report: Report, form: UUID, who: Actor) -> FilingContentOut:
    return FilingContentOut.of(await world.reading.contents(who, report.id), form)


async def enter(world: World, report: Report, form: UUID, who: Actor, *edits: CellEdit) -> Saved:
    return await world.enter(EnterFigures(report.id, form, who, edits))


async def test_an_approved_figure_is_offered_to_the_same_side_of_the_indicator_with_its_source(
    world: World,
) -> None:
    report, form, clerk = await asked_again(world)
    found = (await content(world, report, form, clerk)).known
    by_cell = {(one.row, one.column): one for one in found}
    offered = by_cell[OTHER]
    # Only column G of the row was filled in the other report, so no other side is offered.
    assert {column for row, column in by_cell if row == OTHER.row} == {"G"}
    assert offered.value == {"number": "7.5"}
    assert (offered.place.why, offered.place.level) == (Why.INDICATOR, Level.ACCEPTED)
    assert offered.place.approved_at is not None
    assert offered.place.words.startswith("báo cáo «Báo cáo KT-XH tháng», biểu «Một số chỉ tiêu")
    assert "ô G15" in offered.place.words


async def test_an_indicator_merged_into_another_asks_for_the_same_figure(world: World) -> None:
    given_up = INDICATOR.model_copy(update={"id": str(uuid4()), "code": "NN-02"})
    elsewhere = bind(world.model, [Binding(indicator_id=given_up.id, row="KTXH.16")], {given_up.id: given_up})
    world.model = bound(world.model, "KTXH.15")
    await opened(world)
    await accepted(world, world.communes[0], "7,5")
    report, form = await second_regime(world, elsewhere)
    clerk = world.person("entry")
    assert (await content(world, report, form, clerk)).known == []

    merged = pb.Indicator(
        id=given_up.id, merged_into_id=INDICATOR.id, province_id=str(world.province), version=1
    )
    async with world.open() as uow:
        await ItemStore(MERGED).put(uow.session, [CopyItem(merged.id, 1, merged)], force=True)
        await uow.commit()

    (offered,) = (await content(world, report, form, clerk)).known
    assert (offered.row, offered.value, offered.place.row) == ("KTXH.16", {"number": "7.5"}, "KTXH.15")


async def test_one_act_takes_it_over_and_keeps_where_it_came_from_in_later_revisions_too(
    world: World,
) -> None:
    report, form, clerk = await asked_again(world)
    saved = await world.take_known(TakeKnown(report.id, form, clerk, [(OTHER, 0)]))
    state = saved.draft.filing(form).cells[OTHER]
    assert (state.value, state.road) == (Number(Decimal("7.5")), Road.TAKEN)
    assert state.origin is not None and state.origin.level is Level.ACCEPTED

    await world.submit(SubmitReport(report.id, (await world.read(report)).version, clerk))
    leader = world.person("approve_figures", "approve")
    await world.act(report, Action.RETURN, leader, "Bổ sung")
    again = await enter(world, report, form, clerk, typed("KTXH.16", "F", "1"))
    assert again.draft.filing(form).cells[OTHER].origin == state.origin
    typed_over = await enter(world, report, form, clerk, typed(*OTHER, "7,5"), typed(*OTHER, "8", version=1))
    assert typed_over.draft.filing(form).cells[OTHER].origin is None


async def test_taking_all_fills_blanks_alone_and_a_named_cell_is_taken_over_what_stands_there(
    world: World,
) -> None:
    report, form, clerk = await asked_again(world)
    await enter(world, report, form, clerk, typed(*OTHER, "9"))
    nothing = await world.take_known(TakeKnown(report.id, form, clerk))
    assert nothing.entered.edits == ()
    stale = await world.take_known(TakeKnown(report.id, form, clerk, [(OTHER, 0)]))
    assert [conflict.yours for conflict in stale.entered.conflicts] == [{"number": "7.5"}]
    taken = await world.take_known(TakeKnown(report.id, form, clerk, [(OTHER, 1)]))
    assert taken.draft.filing(form).value_of(OTHER) == Number(Decimal("7.5"))
    with pytest.raises(NotFound) as refusal:
        await world.take_known(TakeKnown(report.id, form, clerk, [(CellKey("KTXH.15", "G"), 0)]))
    assert refusal.value.code == "submission.figure.nothing_known"


async def test_a_differing_figure_is_a_warning_that_names_the_other_value_and_place(world: World) -> None:
    report, form, clerk = await asked_again(world)
    saved = await enter(world, report, form, clerk, typed(*OTHER, "9"))
    (warning,) = [m for m in saved.checked.messages if m.code == "submission.figure.differs_from_known"]
    assert "Ô G16 ghi 9, còn báo cáo «Báo cáo KT-XH tháng»" in warning.message
    assert "ghi 7,5" in warning.message
    version = (await world.read(report)).version
    with pytest.raises(errors.WarningsUnexplained):
        await world.submit(SubmitReport(report.id, version, clerk))
    key = warning_key({"form_version_id": str(form), **warning.model_dump()})
    await world.submit(SubmitReport(report.id, version, clerk, explanations={key: "Khác thời điểm chốt"}))


async def test_only_the_unit_sees_what_is_not_accepted_yet_and_nothing_that_was_returned(
    world: World,
) -> None:
    elsewhere, world.model = bound(world.model, "KTXH.16"), bound(world.model, "KTXH.15")
    source = await opened(world)
    report, form = await second_regime(world, elsewhere)
    clerk, leader = world.person("entry"), world.person("approve", "approve_figures", "send")
    await enter(world, source, world.form_id, clerk, typed(*RICE, "7"))
    assert (await content(world, report, form, clerk)).known == []
    await world.submit(SubmitReport(source.id, (await world.read(source)).version, clerk))
    await world.act(source, Action.APPROVE_FIGURES, leader)
    (offered,) = (await content(world, report, form, clerk)).known
    assert offered.place.level is Level.UNIT_APPROVED
    await world.act(source, Action.RETURN, leader, "Xem lại")
    assert (await content(world, report, form, clerk)).known == []


async def test_a_link_drawn_to_an_older_version_finds_its_row_by_what_it_says(world: World) -> None:
    await opened(world)
    clerk = world.person("entry")
    mine = await world.report_of(world.communes[0])
    old = mine.assignment.form_version_ids[0]
    await enter(world, mine, old, clerk, typed("KTXH.16", "G", "6"), typed("KTXH.17", "G", "7"))
    new = await world.take_version(newer_form())
    mine = await moved(world, mine, clerk)
    # Forestry has come where farming stood; fishery has no row any more, another stands in its place.
    await enter(world, mine, new, clerk, typed("KTXH.17", "G", "9"))
    await world.submit(SubmitReport(mine.id, (await world.read(mine)).version, clerk))
    await world.act(mine, Action.APPROVE_FIGURES, world.person("approve", "approve_figures"))
    links = [
        pb.FormLink(
            row=row, column="G", from_form_id=str(world.form_of_all_versions), from_row=source,
            from_column="G", from_version_id=str(old),
        )
        for row, source in (("KTXH.20", "KTXH.16"), ("KTXH.21", "KTXH.17"))
    ]  # fmt: skip

    report, form = await second_regime(world, world.model, links)

    found = (await content(world, report, form, clerk)).known
    assert [(one.row, one.value, one.place.row) for one in found] == [("KTXH.20", {"number": "6"}, "KTXH.15")]


async def test_a_link_fills_a_report_form_from_approved_figures_of_an_entry_form(
    world: World,
) -> None:
    """The form's own designer drew the link: it needs no indicator."""
    await opened(world)
    await accepted(world, world.communes[0], "12,5")
    async with world.open() as uow:
        entry_form = await uow.catalog.form(world.form_id)
    link = pb.FormLink(
        row="KTXH.17", column="G", from_form_id=str(entry_form.form_id), from_row=RICE.row, from_column="G"
    )
    report, form = await second_regime(world, world.model, [link])
    clerk = world.person("entry")
    (offered,) = (await content(world, report, form, clerk)).known
    assert (offered.row, offered.place.why) == ("KTXH.17", Why.LINK)
    saved = await world.take_known(TakeKnown(report.id, form, clerk))
    filled = saved.draft.filing(form)
    assert filled.value_of(CellKey("KTXH.17", "G")) == Number(Decimal("12.5"))
    assert filled.value_of(OTHER) == BLANK
