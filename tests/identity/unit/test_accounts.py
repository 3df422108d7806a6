"""Accounts: opened whole or finished later, locked everywhere, never two of one name."""

from datetime import timedelta

import pytest
from identity.application.commands.import_accounts import AccountRow, ImportAccounts, RightRow
from identity.application.commands.keep_account import LockAccount, ReissuePassword, UnlockAccount
from identity.application.commands.open_account import OpenAccount
from identity.domain.accounts import Credential
from identity.domain.errors import (
    CallerUnknown,
    LoginTaken,
    LoginUnavailable,
    Malformed,
    NotAdministrator,
    OwnLock,
    UsernameTaken,
)
from identity.domain.events import AccountChanged
from identity.domain.rights import Right

from tests.identity.building import World, a_province, acting


def opening(world: World, **other: object) -> OpenAccount:
    wanted = {
        "username": "xa-phuoc-tan.nhaplieu",
        "full_name": "Trần Thị Hoa",
        "unit_id": world.commune.id,
        "actor": acting(world.admin),
    }
    return OpenAccount(**{**wanted, **other})  # type: ignore[arg-type]


async def test_an_account_is_opened_with_a_temporary_password_shown_once() -> None:
    world = World()

    first = await world.app.open_account(opening(world))
    second = await world.app.open_account(opening(world))

    assert first.created
    assert first.account.active
    assert first.temporary_password is not None
    assert world.logins.logins["xa-phuoc-tan.nhaplieu"].temporary_password == first.temporary_password
    assert (second.created, second.temporary_password) == (False, None)
    assert second.account.id == first.account.id
    assert world.work.outbox.events == [AccountChanged(first.account)]


async def test_no_record_of_an_act_holds_the_password() -> None:
    world = World()

    opened = await world.app.open_account(opening(world))

    assert opened.temporary_password not in repr(world.work.audit.entries)


async def test_without_the_login_system_the_account_waits_and_is_finished_by_the_job() -> None:
    world = World()
    world.logins.down = True

    with pytest.raises(LoginUnavailable, match="Đã ghi nhận"):
        await world.app.open_account(opening(world))
    waiting = (await world.work.accounts.by_usernames(["xa-phuoc-tan.nhaplieu"]))["xa-phuoc-tan.nhaplieu"]
    assert (waiting.credential, waiting.active, world.work.outbox.events) == (Credential.PENDING, False, [])

    world.logins.down = False
    world.now += timedelta(minutes=2)
    assert await world.app.settler.run_once() == 1

    finished = await world.work.accounts.get(waiting.id)
    assert finished.active
    assert world.work.outbox.events == [AccountChanged(finished)]


async def test_the_job_leaves_a_request_its_minute_and_keeps_the_reason_when_it_fails() -> None:
    world = World()
    world.logins.down = True
    with pytest.raises(LoginUnavailable):
        await world.app.open_account(opening(world))

    assert await world.app.settler.run_once() == 0
    assert world.work.accounts.errors == {}
    world.now += timedelta(minutes=2)
    assert await world.app.settler.run_once() == 0

    assert len(world.work.accounts.errors) == 1


async def test_asking_again_after_an_outage_finishes_the_account_and_gives_its_password() -> None:
    world = World()
    world.logins.down = True
    with pytest.raises(LoginUnavailable):
        await world.app.open_account(opening(world))
    world.logins.down = False

    opened = await world.app.open_account(opening(world))

    assert (opened.created, opened.account.active) == (False, True)
    assert opened.temporary_password is not None


async def test_a_login_that_is_someone_elses_leaves_no_account_behind() -> None:
    world = World()
    world.logins.taken.add("xa-phuoc-tan.nhaplieu")

    with pytest.raises(LoginTaken):
        await world.app.open_account(opening(world))

    assert await world.work.accounts.by_usernames(["xa-phuoc-tan.nhaplieu"]) == {}


async def test_a_name_in_use_by_another_person_is_refused() -> None:
    world = World()
    await world.app.open_account(opening(world))

    with pytest.raises(UsernameTaken):
        await world.app.open_account(opening(world, full_name="Lê Văn Nam"))


@pytest.mark.parametrize("username", ["Hoa", "hoa nguyen", "xã", "a", "../hoa"])
async def test_a_username_is_plain_small_letters(username: str) -> None:
    world = World()

    with pytest.raises(Malformed):
        await world.app.open_account(opening(world, username=username))


async def test_a_lock_is_told_at_once_and_reaches_the_login_system_when_it_answers() -> None:
    world = World()
    world.logins.down = True

    locked = await world.app.accounts.lock(
        LockAccount(world.clerk.id, "Chuyển công tác", acting(world.admin))
    )

    assert (locked.active, locked.credential) == (False, Credential.BEHIND)
    assert world.work.outbox.events == [AccountChanged(locked)]
    world.logins.down = False
    world.now += timedelta(minutes=2)
    await world.app.settler.run_once()
    assert world.logins.signed_out == [world.clerk.username]
    assert (await world.work.accounts.get(world.clerk.id)).version == locked.version


async def test_a_locked_account_can_do_nothing_until_it_is_unlocked() -> None:
    world = World()
    await world.app.accounts.lock(LockAccount(world.unit_admin.id, "Nghỉ dài ngày", acting(world.admin)))

    with pytest.raises(CallerUnknown):
        await world.app.who_am_i(acting(world.unit_admin))
    await world.app.accounts.unlock(UnlockAccount(world.unit_admin.id, acting(world.admin)))

    assert (await world.app.who_am_i(acting(world.unit_admin))).account.active


async def test_nobody_locks_oneself_and_a_clerk_locks_nobody() -> None:
    world = World()

    with pytest.raises(OwnLock):
        await world.app.accounts.lock(LockAccount(world.admin.id, "Thử khóa", acting(world.admin)))
    with pytest.raises(NotAdministrator):
        await world.app.accounts.lock(LockAccount(world.admin.id, "Thử khóa", acting(world.clerk)))


async def test_a_lost_password_is_reissued_by_the_unit_admin_but_never_an_administrators() -> None:
    world = World()
    upper = world.person(world.commune, Right.UNIT_ADMIN)

    account, password = await world.app.accounts.reissue_password(
        ReissuePassword(world.clerk.id, acting(world.unit_admin))
    )

    assert world.logins.logins[account.username].temporary_password == password
    assert account.username in world.logins.signed_out
    with pytest.raises(NotAdministrator):
        await world.app.accounts.reissue_password(ReissuePassword(upper.id, acting(world.unit_admin)))


async def test_many_accounts_come_in_with_their_rights_and_an_answer_for_each_row() -> None:
    world = World()
    rows = [
        AccountRow("xa.nhaplieu", "Trần Thị Hoa", world.commune.code, rights=[RightRow("entry")]),
        AccountRow(
            "xa.lanhdao", "Lê Văn Nam", world.commune.code, rights=[RightRow("approve"), RightRow("sign")]
        ),
        AccountRow("Xa Sai", "Ai Đó", world.commune.code),
        AccountRow("xa.khac", "Ai Đó", "khong-co"),
        AccountRow("xa.lam", "Ai Đó", world.commune.code, rights=[RightRow("lam_tat_ca")]),
    ]
    command = ImportAccounts(world.province.id, rows, True, acting(world.admin))

    first = await world.app.import_accounts(command)
    second = await world.app.import_accounts(command)

    assert [row.outcome for row in first] == ["created", "created", "refused", "refused", "refused"]
    assert [row.outcome for row in second] == ["unchanged", "unchanged", "refused", "refused", "refused"]
    assert all(row.temporary_password for row in first[:2])
    assert first[1].account is not None
    assert world.held(first[1].account.id) == {Right.APPROVE, Right.SIGN}
    assert first[2].refusal is not None
    assert first[2].refusal.code == "identity.input.username"


async def test_an_import_while_the_login_system_is_down_is_finished_by_the_job() -> None:
    world = World()
    world.logins.down = True
    rows = [AccountRow("xa.nhaplieu", "Trần Thị Hoa", world.commune.code, rights=[RightRow("entry")])]

    [row] = await world.app.import_accounts(
        ImportAccounts(world.province.id, rows, True, acting(world.admin))
    )

    assert (row.outcome, row.temporary_password) == ("pending", None)
    assert "không trả lời" in str(row.waiting_for)
    world.logins.down = False
    world.now += timedelta(minutes=2)
    assert await world.app.settler.run_once() == 1


async def test_the_operator_sets_a_new_province_up_until_it_has_an_administrator() -> None:
    world = World()
    province = a_province("tinh-b")
    world.add(province)
    rows = [
        AccountRow("b.quantri", "Phạm Quốc Bảo", rights=[RightRow("province_admin")]),
        AccountRow("b.nhaplieu", "Trần Thị Hoa", rights=[RightRow("entry")]),
    ]
    command = ImportAccounts(province.id, rows, True, acting(world.operator))

    first = await world.app.import_accounts(command)

    assert [row.outcome for row in first] == ["created", "created"]
    with pytest.raises(NotAdministrator):
        await world.app.import_accounts(command)
