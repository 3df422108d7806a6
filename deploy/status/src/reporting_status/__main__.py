"""`python -m reporting_status settings.json`: asks, records, writes the page and serves it, until it is stopped."""

from __future__ import annotations

import asyncio
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import uvicorn

from reporting_status.page import write_page
from reporting_status.probes import ask_all, read_maintenances
from reporting_status.record import Record
from reporting_status.serving import application
from reporting_status.settings import Settings


async def one_round(settings: Settings, record: Record, at: datetime) -> None:
    answers, maintenances = await asyncio.gather(ask_all(settings), read_maintenances(settings))
    record.take(answers, at, settings.failures)
    if maintenances is not None:
        record.keep("maintenances", maintenances)
    write_page(settings, record, at)


async def _watch(settings: Settings) -> None:
    record = Record(settings.folder / "record.sqlite")
    while True:
        begun = time.monotonic()
        await one_round(settings, record, datetime.now(UTC))
        await asyncio.sleep(max(0.1, settings.every_seconds - (time.monotonic() - begun)))


async def main(settings: Settings) -> None:
    app = application(settings.folder / "page")
    server = uvicorn.Server(
        uvicorn.Config(app, host=settings.host, port=settings.port, log_level="warning", access_log=False)
    )
    watching = asyncio.create_task(_watch(settings))
    serving = asyncio.create_task(server.serve())
    # Whichever ends takes the other with it: half a status page would lie.
    await asyncio.wait({watching, serving}, return_when=asyncio.FIRST_COMPLETED)
    watching.cancel()
    server.should_exit = True
    await serving
    if watching.done() and not watching.cancelled():
        watching.result()


if __name__ == "__main__":
    asyncio.run(main(Settings.model_validate_json(Path(sys.argv[1]).read_text(encoding="utf-8"))))
