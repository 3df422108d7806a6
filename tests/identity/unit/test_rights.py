"""Who may grant what to whom."""

import pytest
from identity.application.commands.found_stack import Program
from identity.application.commands.grant_rights import GrantRight, RevokeRight
from identity.application.commands.open_account import OpenAccount
from identity.domain.errors import (
    AccountNotFound,
    GrantNotFound,
    NotAdministrator,
    OwnRights,
    RightNotGrantable,
)
from identity.domain.events import RightGranted, RightRevoked
from identity.domain.rights import GRANTED_BY_UNIT_ADMIN, Right
from kit.errors import DomainError

from tests.identity.building import World, a_grant, a_province, a_unit, acting


def granting(world: World, right: Right, by: object, **other: object) -> GrantRight:
    wanted = {
        "account_id": world.clerk.id,
        "right": right,
        "unit_id": world.commune.id,
        "actor": acting(by),  # type: ignore[arg-type]
    }
    return GrantRight(**{**wanted, **other})  # type: ignore[arg-type]


@pytest.mark.parametrize("right", sorted(GRANTED_BY_UNIT_ADMIN))
async def test_a_unit_admin_grants_the_rights_of_reporting_to_the_units_own_people(right: Right) -> None:
    world = World()

    grant = await world.app.rights.grant(granting(world, right, world.unit_admin))

    assert world.held(world.clerk.id) == {right}
    assert world.work.outbox.events == [RightGranted(grant)]


@pytest.mark.parametrize("right", sorted(set(Right) - GRANTED_BY_UNIT_ADMIN - {Right.OPERATOR}))
async def test_a_unit_admin_grants_no_right_beyond_reporting(right: Right) -> None:
    world = World()

    with pytest.raises((RightNotGrantable, NotAdministrator, DomainError)):
        await world.app.rights.grant(granting(world, right, world.unit_admin))

    assert world.held(world.clerk.id) == set()


async def test_a_unit_admin_grants_nothing_at_another_unit_or_to_its_people() -> None:
    world = World()
    other = a_unit(world.province)
    world.add(other)
    stranger = world.person(other)

    with pytest.raises(NotAdministrator):
        await world.app.rights.grant(granting(world, Right.ENTRY, world.unit_admin, unit_id=other.id))
    with pytest.raises(NotAdministrator):
        await world.app.rights.grant(granting(world, Right.ENTRY, world.unit_admin, account_id=stranger.id))


async def test_nobody_grants_a_right_to_oneself() -> None:
    world = World()

    for person in (world.admin, world.unit_admin, world.operator):
        with pytest.raises(OwnRights):
            await world.app.rights.grant(granting(world, Right.ENTRY, person, account_id=person.id))


async def test_nothing_is_granted_across_provinces() -> None:
    world = World()
    elsewhere = a_province("tinh-b")
    theirs = a_unit(elsewhere)
    world.add(elsewhere, theirs)
    stranger = world.person(theirs)

    with pytest.raises(AccountNotFound):
        await world.app.rights.grant(granting(world, Right.ENTRY, world.admin, account_id=stranger.id))
    with pytest.raises(AccountNotFound):
        await world.app.rights.grant(granting(world, Right.ENTRY, world.admin, unit_id=theirs.id))


async def test_the_operator_gives_a_province_its_administrator_and_no_right_of_reporting() -> None:
    world = World()
    opened = await world.app.open_account(
        OpenAccount("quan-tri.tinh", "Phạm Quốc Bảo", world.province.id, acting(world.operator))
    )
    to_admin = {"account_id": opened.account.id, "unit_id": world.province.id}

    await world.app.rights.grant(granting(world, Right.PROVINCE_ADMIN, world.operator, **to_admin))
    with pytest.raises(DomainError):
        await world.app.rights.grant(granting(world, Right.APPROVE, world.operator, **to_admin))

    assert world.held(opened.account.id) == {Right.PROVINCE_ADMIN}
    with pytest.raises(DomainError):
        await world.app.open_account(
            OpenAccount("nguoi.xa", "Phạm Quốc Bảo", world.commune.id, acting(world.operator))
        )


async def test_a_province_admin_never_makes_an_operator() -> None:
    world = World()

    with pytest.raises(DomainError):
        await world.app.rights.grant(granting(world, Right.OPERATOR, world.admin, unit_id=None))

    assert world.held(world.clerk.id) == set()


async def test_granting_twice_is_one_grant_and_a_revoked_one_stays_as_a_tombstone() -> None:
    world = World()
    first = await world.app.rights.grant(granting(world, Right.ENTRY, world.unit_admin))
    second = await world.app.rights.grant(granting(world, Right.ENTRY, world.unit_admin))
    revoke = RevokeRight(world.clerk.id, first.id, acting(world.unit_admin))

    await world.app.rights.revoke(revoke)

    assert first == second
    assert world.held(world.clerk.id) == set()
    tombstone = world.work.grants.rows[first.id]
    assert (tombstone.version, tombstone.revoked_at) == (2, world.now)
    assert world.work.outbox.events == [RightGranted(first), RightRevoked(tombstone)]
    with pytest.raises(GrantNotFound):
        await world.app.rights.revoke(revoke)
    assert [entry.act for entry in world.work.audit.entries] == ["right_granted", "right_revoked"]


async def test_a_unit_admin_with_lower_units_administers_those_too() -> None:
    world = World()
    department_admin = world.person(world.province)
    world.add(a_grant(department_admin, Right.UNIT_ADMIN, world.province, with_lower=True))

    await world.app.rights.grant(granting(world, Right.ENTRY, department_admin))

    assert world.held(world.clerk.id) == {Right.ENTRY}


async def test_founding_a_stack_can_be_repeated() -> None:
    world = World()
    program = Program("seeder", [Right.PROVINCE_ADMIN, Right.HISTORY_IMPORT], world.app.units.make_id())

    for _ in range(2):
        operator = await world.app.founder.operator("van-hanh", "Bộ phận vận hành")
        province, programs = await world.app.founder.province("tinh-b", "Tỉnh B", "mau-hai", [program])

    seeder = programs["seeder"]
    assert (seeder.id, seeder.active, seeder.unit_id) == (program.account_id, True, province.id)
    assert world.held(seeder.id) == {Right.PROVINCE_ADMIN, Right.HISTORY_IMPORT}
    assert world.held(operator.id) == {Right.OPERATOR}
    assert "seeder" not in world.logins.logins


async def test_the_operators_login_is_made_at_the_jobs_next_round() -> None:
    world = World()
    operator = await world.app.founder.operator("van-hanh", "Bộ phận vận hành")
    assert "van-hanh" not in world.logins.logins

    assert await world.app.settler.run_once() == 1

    assert "van-hanh" in world.logins.logins
    assert (await world.work.accounts.get(operator.id)).active
