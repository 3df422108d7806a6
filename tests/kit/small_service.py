"""A whole service in one file, for tests that start and stop one: `python -m tests.kit.small_service`."""

from pathlib import Path
from typing import Any

from fastapi import APIRouter
from kit.bus import Consumer, Delivery
from kit.db import SqlUnitOfWork
from kit.http import Caller
from kit.ids import new_id
from kit.outbox import OutboxEvent
from kit.service import Ground, Service, run
from kit.settings import ServiceSettings
from sqlalchemy import text

from tests.kit.building import a_struct

MIGRATIONS = Path(__file__).parent / "migrations"


def build() -> Service:
    ground = Ground("kit", ServiceSettings())
    router = APIRouter(prefix="/things")

    @router.post("", status_code=201)
    async def make(caller: Caller) -> dict[str, str]:
        thing = new_id()
        async with SqlUnitOfWork(ground.database) as uow:
            uow.outbox.add(OutboxEvent("reporting.kit.thing.made.v1", thing, None, a_struct(n=1)))
            await uow.commit()
        return {"id": str(thing)}

    async def on_made(delivery: Delivery, uow: Any) -> None:
        await uow.session.execute(
            text("INSERT INTO copy_item (copy, key, version, payload) VALUES ('seen', :id, 1, '{}')"),
            {"id": str(delivery.aggregate_id)},
        )

    return Service(
        ground,
        application=None,
        migrations=MIGRATIONS,
        routers=[router],
        consumers=[Consumer("kit-things", ["reporting.kit.thing.made.v1"], on_made)],
        provides_directory=True,
    )


if __name__ == "__main__":
    run(build)
