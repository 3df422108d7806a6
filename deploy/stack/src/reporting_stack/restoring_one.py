"""`bin/reporting restore --only SERVICE`: one service's database alone goes back, while all others go on.

The whole cluster is recovered beside the running one, and that one database taken out of it. What others told
since then is told again, copies are taken again on both sides, and `reconcile` says what still differs. Keycloak's goes
back the same way; then its logins are held against identity's accounts, which are what holds.
"""

from __future__ import annotations

import asyncio
import json
import shutil
from datetime import UTC, datetime
from typing import Any

import asyncpg
from reporting_backup.bases import run
from reporting_backup.plan import plan
from reporting_backup.restore import Recovery, Server, build
from reporting_backup.sealing import Opener
from reporting_backup.state import State

from reporting_stack import reconcile, supervise
from reporting_stack.credentials import DATABASES
from reporting_stack.layout import SERVICES, StackError
from reporting_stack.restoring import TOLD_AGAIN, Told, make_service_ready
from reporting_stack.stack import Stack
from reporting_stack.up import Progress, refresh


def restore_one(stack: Stack, service: str, to: datetime | None) -> Told:
    if service not in DATABASES:
        raise StackError(f"no database of {service}; there are {', '.join(DATABASES)}")
    settings, progress = stack.backup.settings(), Progress()
    opener, scratch, dump = Opener(settings.identity), settings.work / "one", settings.work / "one.dump"
    since = (to or datetime.now(UTC)) - TOLD_AGAIN
    events = 0

    async def take_out(server: Server) -> None:
        nonlocal events
        if service in SERVICES:
            events = (await make_service_ready(server, service, since)).events
        command = [settings.program("pg_dump"), "--format=custom", "--file", str(dump)]
        await asyncio.to_thread(run, [*command, "--dbname", server.conninfo(service)])

    with State(settings.work).alone():
        shutil.rmtree(scratch, ignore_errors=True)
        try:
            found = plan(settings, opener, to)
            build(settings, opener, found, scratch)
            recovered = Recovery(settings, scratch).to(found, opener, take_out)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
    progress.say(service, f"taken out of the backup, last change {recovered.last_change_at}")
    supervise.stop(stack.home, service)
    kept = asyncio.run(_exchange(stack, service))
    progress.say(
        service,
        f"what was there is kept as the database {kept}" if kept else "nothing was left of its database",
    )
    asyncio.run(stack.postgres.make_databases())
    run(
        [
            settings.program("pg_restore"),
            "--exit-on-error",
            "--dbname",
            stack.postgres.superuser_url(service),
            str(dump),
        ]
    )
    dump.unlink()
    refresh(stack, [service])
    if service in SERVICES:
        stack.services.manage(service, "copies-refill")
        events += reconcile.tell_again(stack, since, [name for name in SERVICES if name != service])
        progress.say("events", f"{events} to tell again; whoever had one drops it")
    else:
        stack.realm.apply()
        stack.services.manage("identity", "reconcile-logins", "--mend")
        told = json.loads((stack.home.logs / "identity-reconcile-logins.log").read_text(encoding="utf-8"))
        progress.say("identity", f"logins mended: {_counted(told)}; a login made again needs a new password")
    return Told(recovered, progress.elapsed(), events)


def _counted(told: dict[str, Any]) -> str:
    return ", ".join(f"{len(told[name])} {name}" for name in ("missing", "differing", "strange", "failed"))


async def _exchange(stack: Stack, service: str) -> str | None:
    """The database that is there steps aside under another name; nothing of it is lost."""
    connection = await asyncpg.connect(
        stack.postgres.superuser_url(), server_settings={"synchronous_commit": "local"}
    )
    try:
        if not await connection.fetchval("SELECT true FROM pg_database WHERE datname = $1", service):
            return None
        aside = f"{service}_before_{datetime.now(UTC):%Y%m%dt%H%M%S}"
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", service
        )
        await connection.execute(f"ALTER DATABASE {service} RENAME TO {aside}")
        return aside
    finally:
        await connection.close()
