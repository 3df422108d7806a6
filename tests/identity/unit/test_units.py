"""Units: their history, their place in the tree, who may change them."""

from datetime import date, timedelta

import pytest
from identity.application.commands.save_units import (
    ChangeUnit,
    CreateProvince,
    CreateUnit,
    ImportUnits,
    UnitRow,
)
from identity.domain.errors import (
    ChangeOutOfOrder,
    CodeTaken,
    Malformed,
    NotAdministrator,
    ParentNotAllowed,
    ProfileUnknown,
    UnitNotFound,
    VersionMoved,
)
from identity.domain.events import UnitChanged
from identity.domain.units import Unit, UnitKind

from tests.identity.building import TODAY, World, a_province, a_unit, acting


def test_a_renamed_unit_becomes_a_new_version_from_that_day() -> None:
    commune = a_unit(a_province())

    renamed = commune.changed(
        name="Phường Phước Tân",
        kind=UnitKind.COMMUNE,
        parent=a_province(),
        from_on=TODAY,
        today=TODAY,
    )

    assert (renamed.id, renamed.version, renamed.valid_from_on) == (commune.id, 2, TODAY)
    assert commune.name == "Xã Phước Tân"


def test_a_change_before_the_present_version_or_after_today_is_refused() -> None:
    province = a_province()
    commune = a_unit(province)

    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(ChangeOutOfOrder):
            commune.changed(name="Tên mới", kind=commune.kind, parent=province, from_on=day, today=TODAY)


def test_a_commune_never_stands_under_another_commune() -> None:
    commune = a_unit(a_province())

    with pytest.raises(ParentNotAllowed):
        a_unit(commune, UnitKind.COMMUNE)


async def test_only_the_operator_makes_a_province_and_asking_again_makes_no_second() -> None:
    world = World()
    wanted = CreateProvince("tinh-b", "Tỉnh B", "mau-hai", acting(world.operator))

    with pytest.raises(NotAdministrator):
        await world.app.units.create_province(
            CreateProvince("tinh-b", "Tỉnh B", "mau-hai", acting(world.admin))
        )
    first = await world.app.units.create_province(wanted)
    second = await world.app.units.create_province(wanted)

    assert (first.outcome, second.outcome) == ("created", "unchanged")
    assert first.unit == second.unit
    assert world.work.outbox.events == [UnitChanged(first.unit)]


async def test_a_province_needs_a_profile_that_is_there() -> None:
    world = World()

    with pytest.raises(ProfileUnknown) as refusal:
        await world.app.units.create_province(
            CreateProvince("tinh-b", "Tỉnh B", "khong-co", acting(world.operator))
        )

    assert "mau-mot" in str(refusal.value.remedy)


async def test_a_list_of_units_is_loaded_by_code_and_loading_it_again_changes_nothing() -> None:
    world = World()
    rows = [
        UnitRow("so-tc", "Sở Tài chính", UnitKind.DEPARTMENT),
        UnitRow("so-tc.ns", "Phòng Ngân sách", UnitKind.OFFICE, "so-tc"),
    ]
    command = ImportUnits(world.province.id, rows, acting(world.admin))

    first = await world.app.units.load(command)
    second = await world.app.units.load(command)

    assert [saved.outcome for saved in first] == ["created", "created"]
    assert [saved.outcome for saved in second] == ["unchanged", "unchanged"]
    assert first[1].unit.parent_id == first[0].unit.id
    assert len(world.work.outbox.events) == 2


async def test_a_list_with_an_unknown_parent_stores_nothing() -> None:
    world = World()
    rows = [UnitRow("a-1", "Xã Một", UnitKind.COMMUNE), UnitRow("a-2", "Phòng", UnitKind.OFFICE, "x")]

    with pytest.raises(Malformed, match="Dòng 2"):
        await world.app.units.load(ImportUnits(world.province.id, rows, acting(world.admin)))

    assert set(world.work.units.rows) == {world.province.id, world.commune.id}


async def test_a_unit_of_another_province_is_not_there() -> None:
    world = World()
    elsewhere = a_province("tinh-b")
    theirs = a_unit(elsewhere)
    world.add(elsewhere, theirs)

    with pytest.raises(UnitNotFound):
        await world.app.units.change(_renaming(theirs, world))
    with pytest.raises(UnitNotFound):
        await world.app.units.create(
            CreateUnit(elsewhere.id, "x-1", "Xã Mới", UnitKind.COMMUNE, acting(world.admin))
        )


async def test_a_change_of_a_version_that_moved_on_is_stale() -> None:
    world = World()
    first = await world.app.units.change(_renaming(world.commune, world))

    with pytest.raises(VersionMoved):
        await world.app.units.change(_renaming(world.commune, world))

    assert first.unit.version == 2
    assert [entry.act for entry in world.work.audit.entries] == ["unit_changed"]


async def test_a_code_is_used_once_in_a_province() -> None:
    world = World()

    with pytest.raises(CodeTaken):
        await world.app.units.create(
            CreateUnit(
                world.province.id, world.commune.code, "Xã Khác", UnitKind.COMMUNE, acting(world.admin)
            )
        )


def _renaming(unit: Unit, world: World, from_on: date | None = None) -> ChangeUnit:
    return ChangeUnit(unit.id, unit.version, "Phường Mới", None, None, from_on or TODAY, acting(world.admin))
