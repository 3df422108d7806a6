import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Any
from uuid import UUID

import httpx
import pytest
from fastapi import APIRouter, UploadFile
from kit.auth import UserTokens
from kit.db import KIT, Database, SqlUnitOfWork
from kit.errors import Refused
from kit.http import Caller, IfMatch, create_app
from kit.ids import new_id
from kit.outbox import OutboxEvent
from pydantic import BaseModel, Field
from sqlalchemy import func, select

from tests.kit.building import AUDIENCE, ISSUER, Login, a_struct

ACCOUNT = new_id()


class ThingIn(BaseModel):
    name: Annotated[str, Field(min_length=1)]
    fail: bool = False


def _router(database: Database) -> APIRouter:
    router = APIRouter(prefix="/things")

    async def record(name: str) -> UUID:
        thing = new_id()
        async with SqlUnitOfWork(database) as uow:
            uow.outbox.add(OutboxEvent("reporting.kit.thing.made.v1", thing, None, a_struct(name=name)))
            await uow.commit()
        return thing

    @router.post("", status_code=201)
    async def make(body: ThingIn, caller: Caller) -> dict[str, Any]:
        thing = await record(body.name)
        if body.fail:
            raise Refused("kit.test.refused", "không được")
        async with database.reading() as session:
            seen = await session.scalar(select(func.count()).where(KIT.outbox.c.aggregate_id == thing))
        return {"id": str(thing), "seen": seen, "by": str(caller)}

    @router.post("/both")
    async def both(caller: Caller) -> list[str]:
        return [str(await record("one")), str(await record("two"))]

    @router.post("/file")
    async def file(file: UploadFile, caller: Caller) -> dict[str, Any]:
        content = await file.read()
        return {"id": str(await record("file")), "size": len(content)}

    @router.patch("/{thing_id}")
    async def change(thing_id: UUID, version: IfMatch, caller: Caller) -> int:
        return version

    return router


@pytest.fixture
async def client(database: Database) -> AsyncIterator[httpx.AsyncClient]:
    login = Login()
    tokens = UserTokens(login, issuer=ISSUER, audience=AUDIENCE)  # type: ignore[arg-type]
    app = create_app(
        "kit",
        [_router(database)],
        application=None,
        database=database,
        tokens=tokens,
        json_body_limit=2000,
    )
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    headers = {"Authorization": f"Bearer {login.token(ACCOUNT)}"}
    async with httpx.AsyncClient(
        transport=transport, base_url="http://kit/api/kit/v1", headers=headers
    ) as client:
        yield client


async def _events(database: Database) -> int:
    async with database.reading() as session:
        return int(await session.scalar(select(func.count()).select_from(KIT.outbox)) or 0)


async def test_the_same_post_twice_is_done_once_and_answered_the_same(
    client: httpx.AsyncClient, database: Database
) -> None:
    first = await client.post("/things", json={"name": "a"}, headers={"Idempotency-Key": "k1"})
    second = await client.post("/things", json={"name": "a"}, headers={"Idempotency-Key": "k1"})

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert first.json()["seen"] == 1
    assert second.headers["idempotency-replayed"] == "true"
    assert await _events(database) == 1


async def test_the_same_key_with_another_body_is_refused(
    client: httpx.AsyncClient, database: Database
) -> None:
    await client.post("/things", json={"name": "a"}, headers={"Idempotency-Key": "k1"})
    other = await client.post("/things", json={"name": "b"}, headers={"Idempotency-Key": "k1"})

    assert (other.status_code, other.json()["code"]) == (422, "kit.idempotency.key_reused")
    assert await _events(database) == 1


async def test_ten_at_once_with_one_key_are_done_once(client: httpx.AsyncClient, database: Database) -> None:
    answers = await asyncio.gather(
        *(client.post("/things", json={"name": "a"}, headers={"Idempotency-Key": "k"}) for _ in range(10))
    )

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert await _events(database) == 1


async def test_a_refusal_leaves_nothing_and_may_be_tried_again(
    client: httpx.AsyncClient, database: Database
) -> None:
    key = {"Idempotency-Key": "k"}
    refused = await client.post("/things", json={"name": "a", "fail": True}, headers=key)
    after_refusal = await _events(database)
    done = await client.post("/things", json={"name": "a"}, headers=key)

    assert (refused.status_code, refused.json()["code"]) == (409, "kit.test.refused")
    assert (after_refusal, done.status_code) == (0, 201)


async def test_all_units_of_work_of_a_keyed_request_are_one_transaction(
    client: httpx.AsyncClient, database: Database
) -> None:
    first = await client.post("/things/both", headers={"Idempotency-Key": "k"})
    second = await client.post("/things/both", headers={"Idempotency-Key": "k"})

    assert first.json() == second.json()
    assert await _events(database) == 2


async def test_a_file_sent_again_with_another_boundary_is_the_same_request(
    client: httpx.AsyncClient, database: Database
) -> None:
    key = {"Idempotency-Key": "k"}
    first = await client.post("/things/file", files={"file": ("a.xlsx", b"x" * 5000)}, headers=key)
    second = await client.post("/things/file", files={"file": ("a.xlsx", b"x" * 5000)}, headers=key)

    assert first.json()["size"] == 5000
    assert (second.status_code, second.json()) == (200, first.json())
    assert await _events(database) == 1


async def test_what_is_wrong_is_said_in_words_with_its_place(client: httpx.AsyncClient) -> None:
    invalid = await client.post("/things", json={"name": ""})
    too_large = await client.post("/things", json={"name": "a" * 3000})
    unversioned = await client.patch(f"/things/{new_id()}")
    unknown = await client.get("/nothing")
    anonymous = await client.post("/things", json={"name": "a"}, headers={"Authorization": ""})

    assert invalid.headers["content-type"] == "application/problem+json"
    assert invalid.json()["places"] == [{"field": "name"}]
    assert "ngắn hơn 1 ký tự" in invalid.json()["detail"]
    assert (too_large.status_code, too_large.json()["code"]) == (413, "kit.request.too_large")
    assert (unversioned.status_code, unversioned.json()["code"]) == (428, "kit.request.version_missing")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "kit.http.no_such_address")
    assert (anonymous.status_code, anonymous.json()["code"]) == (401, "kit.auth.token_missing")


async def test_the_description_is_openapi_3_1(client: httpx.AsyncClient) -> None:
    described = (await client.get("/openapi.json")).json()

    assert described["openapi"].startswith("3.1")
    assert "/api/kit/v1/things" in described["paths"]
