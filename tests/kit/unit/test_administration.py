"""Administration is refused outside the hours of the caller's province; what protects never is."""

from datetime import UTC, datetime, time
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from catalog.bootstrap import ADMINISTRATION as OF_CATALOG
from identity.bootstrap import ADMINISTRATION as OF_IDENTITY
from kit.actor import Actor
from kit.http.administration import Administration, InHours
from kit.ids import new_id
from notify.bootstrap import ADMINISTRATION as OF_NOTIFY
from province_profile import Profiles, load_profiles
from province_profile.administration import hours_of_profiles
from province_profile.operations import AdministrationHours, Span
from reporting_stack.gateway import ADMINISTRATION
from starlette.types import ASGIApp, Receive, Scope, Send

PROFILES = Path(__file__).resolve().parents[3] / "profiles"
NONE_SET, SET = new_id(), new_id()
HERE, THERE, OPERATOR, STRANGER = new_id(), new_id(), new_id(), new_id()
HOMES: dict[UUID, UUID] = {HERE: SET, THERE: NONE_SET, OPERATOR: UUID(int=0)}
HOURS = AdministrationHours(
    spans=(Span(begins=time(7), ends=time(11, 30)), Span(begins=time(13, 30), ends=time(17))),
    weekdays=(1, 2, 3, 4, 5),
    ours=True,
    note="Theo cấp độ an toàn của Hệ thống",
)
# Thursday by the clock of Vietnam (UTC+7).
WORK = datetime(2026, 11, 26, 7, 0, tzinfo=UTC)
NOON = datetime(2026, 11, 26, 5, 0, tzinfo=UTC)
SUNDAY = datetime(2026, 11, 29, 7, 0, tzinfo=UTC)


async def done(scope: Scope, receive: Receive, send: Send) -> None:
    del scope, receive
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def guarded(account: UUID | None, moment: datetime) -> ASGIApp:
    async def hours_of(province_id: UUID) -> AdministrationHours | None:
        return HOURS if province_id == SET else None

    async def province_of(account_id: UUID) -> UUID | None:
        return HOMES.get(account_id)

    guard = InHours(
        done,
        prefix="/api/identity/v1",
        administration=Administration(("/accounts",), hours_of, at_any_hour="POST /accounts/[^/]+:lock"),
        province_of=province_of,
        clock=lambda: moment,
    )

    async def signed_in(scope: Scope, receive: Receive, send: Send) -> None:
        actor = {"actor": Actor.account(account)} if account else {}
        await guard({**scope, "state": actor}, receive, send)

    return signed_in


async def ask(app: ASGIApp, method: str, path: str) -> httpx.Response:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://kit") as client:
        return await client.request(method, f"/api/identity/v1{path}")


@pytest.mark.parametrize("moment", [NOON, SUNDAY])
@pytest.mark.parametrize(
    "path", ["/accounts", "/accounts:import", "/accounts/1/grants", "/accounts/1:unlock"]
)
async def test_outside_the_hours_nothing_is_administrated(moment: datetime, path: str) -> None:
    answer = await ask(guarded(HERE, moment), "POST", path)

    assert answer.status_code == 403
    problem = answer.json()
    assert problem["code"] == "kit.administration.outside_hours"
    assert "07:00 đến 11:30, 13:30 đến 17:00; thứ Hai, thứ Ba, thứ Tư, thứ Năm, thứ Sáu" in problem["detail"]


@pytest.mark.parametrize(
    ("account", "moment", "method", "path"),
    [
        (HERE, WORK, "POST", "/accounts"),
        (HERE, SUNDAY, "GET", "/accounts"),
        (HERE, SUNDAY, "POST", "/accounts/1:lock"),
        (HERE, SUNDAY, "POST", "/accountsome"),
        (HERE, SUNDAY, "POST", "/me"),
        (THERE, SUNDAY, "POST", "/accounts"),
        (OPERATOR, SUNDAY, "POST", "/accounts"),
        (STRANGER, SUNDAY, "POST", "/accounts"),
    ],
)
async def test_within_them_and_what_is_no_administration_goes_on(
    account: UUID, moment: datetime, method: str, path: str
) -> None:
    assert (await ask(guarded(account, moment), method, path)).status_code == 204


@pytest.mark.parametrize(
    ("hour", "minute", "holds"),
    [(6, 59, False), (7, 0, True), (11, 29, True), (11, 30, False), (13, 30, True), (17, 0, False)],
)
def test_hours_are_those_of_vietnam(hour: int, minute: int, holds: bool) -> None:
    told = datetime.fromisoformat(f"2026-11-26T{hour:02}:{minute:02}:00+07:00")

    assert HOURS.hold(told.astimezone(UTC)) is holds


def test_the_gateway_shuts_the_same_paths_at_its_public_door() -> None:
    services = {"identity": OF_IDENTITY, "catalog": OF_CATALOG, "notify": OF_NOTIFY}
    own = {f"/api/{service}/v1{path}" for service, paths in services.items() for path in paths}

    assert own == set(ADMINISTRATION)


async def test_hours_are_those_of_the_province_s_profile_and_none_without_one() -> None:
    profiles = load_profiles(PROFILES)
    (given,) = [each for each in profiles if each.key == "dong-thap"]
    set_there = given.model_copy(
        update={"operations": given.operations.model_copy(update={"administration_hours": HOURS})}
    )
    keys = {SET: "dong-thap", NONE_SET: ""}

    async def profile_of(province_id: UUID) -> str:
        return keys[province_id]

    hours_of = hours_of_profiles(Profiles([set_there]), profile_of, lambda: WORK)
    none_of = hours_of_profiles(profiles, profile_of, lambda: WORK)

    assert [await hours_of(SET), await hours_of(NONE_SET), await none_of(SET)] == [HOURS, None, None]
