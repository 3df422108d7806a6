"""The commands of every service: `python -m <service>.manage <command>`."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import update

from kit.audit.verify import verify
from kit.bus.connection import STREAM
from kit.bus.dead_letters import DeadLetters
from kit.db import migrations as alembic
from kit.db.tables import KIT
from kit.files.sweep import sweep
from kit.outbox.replay import replay_since
from kit.service import Service

# What `openapi` needs of the environment to build the application it never runs.
_PLACEHOLDERS = {
    "REPORTING_DATABASE_URL": "postgresql+asyncpg://nobody@127.0.0.1/none",
    "REPORTING_NATS_URL": "nats://127.0.0.1",
    "REPORTING_ISSUER": "http://localhost",
    "REPORTING_JWKS_URL": "http://localhost",
    "REPORTING_SERVICE_KEY_FILE": os.devnull,
    "REPORTING_SERVICE_JWKS_FILE": os.devnull,
    "REPORTING_FILES_DIR": os.devnull,
}


def manage(
    name: str,
    build: Callable[[], Service],
    migrations: Path,
    *,
    placeholders: dict[str, str] | None = None,
) -> None:
    """`placeholders`: further variables the service's settings demand, for `openapi`."""
    given = _arguments(name).parse_args()
    match given.command:
        case "migrate":
            alembic.upgrade(migrations, revision=given.revision)
        case "downgrade":
            alembic.downgrade(migrations, revision=given.revision)
        case "check":
            alembic.check(migrations)
        case "openapi":
            for variable, value in {**_PLACEHOLDERS, **(placeholders or {})}.items():
                os.environ.setdefault(variable, value)
            described = json.dumps(build().http_app().openapi(), ensure_ascii=False, indent=2, sort_keys=True)
            if given.path is None:
                print(described)
            else:
                given.path.write_text(described + "\n")
        case _:
            sys.exit(asyncio.run(_online(build(), given)))


def _arguments(name: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"{name}.manage")
    commands = parser.add_subparsers(dest="command", required=True)
    migrate = commands.add_parser("migrate", help="bring the database to a revision")
    migrate.add_argument("revision", nargs="?", default="head")
    back = commands.add_parser("downgrade", help="take the database back to a revision")
    back.add_argument("revision")
    commands.add_parser("check", help="compare the tables in code with the database")
    replay = commands.add_parser("outbox-replay", help="publish events again from a moment on")
    replay.add_argument("--since", required=True, type=_moment)
    commands.add_parser("epoch-raise", help="after a restore: consumers take their snapshots again")
    refill = commands.add_parser("copies-refill", help="take snapshots again")
    refill.add_argument("names", nargs="*")
    letters = commands.add_parser("dead-letters", help="list parked messages, or try them again")
    letters.add_argument("--retry", metavar="ID|all")
    commands.add_parser("audit-verify", help="find what was changed, removed or inserted")
    commands.add_parser("files-sweep", help="remove files that no row names")
    openapi = commands.add_parser("openapi", help="write the OpenAPI description")
    openapi.add_argument("path", nargs="?", type=Path)
    return parser


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise argparse.ArgumentTypeError("say the time zone, as in 2026-11-23T00:00:00+07:00")
    return moment


async def _online(service: Service, given: argparse.Namespace) -> int:
    ground = service.ground
    try:
        match given.command:
            case "outbox-replay":
                await ground.bus.connect()
                print(f"{await replay_since(ground.database, ground.bus, given.since)} events")
            case "epoch-raise":
                await _raise_epoch(service)
            case "copies-refill":
                return await _refill(service, given.names)
            case "dead-letters":
                await _dead_letters(service, given.retry)
            case "audit-verify":
                return await _audit_verify(service)
            case "files-sweep":
                print(f"{await sweep(ground.files, ground.database)} files removed")
        return 0
    finally:
        await ground.close()


async def _raise_epoch(service: Service) -> None:
    async with service.ground.database.sessions.begin() as session:
        raised = await session.scalar(
            update(KIT.epoch).values(value=KIT.epoch.c.value + 1).returning(KIT.epoch.c.value)
        )
    print(f"epoch {raised}")


async def _refill(service: Service, names: list[str]) -> int:
    copies = {copy.name: copy for copy in service.all_copies}
    unknown = [name for name in names if name not in copies]
    if unknown:
        print(f"no copy named {', '.join(unknown)}; there are: {', '.join(copies)}")
        return 2
    for name in names or copies:
        print(f"{name}: {await copies[name].refill(service.unit_of_work)} items")
    return 0


async def _dead_letters(service: Service, retry: str | None) -> None:
    letters = DeadLetters(service.ground.database)
    waiting = await letters.waiting()
    if retry is None:
        for letter in waiting:
            print(
                f"{letter.id}  {letter.parked_at:%Y-%m-%dT%H:%M:%SZ}  {letter.consumer}  "
                f"{letter.subject}  {letter.reason}"
            )
        print(f"{len(waiting)} parked")
        return
    from kit.bus.retry import retry_letter

    chosen = [one for one in waiting if retry == "all" or one.id == UUID(retry)]
    failed = 0
    for letter in chosen:
        why = await retry_letter(service, letter)
        if why is None:
            await letters.resolve(letter.id)
            print(f"{letter.id}  done")
        else:
            failed += 1
            print(f"{letter.id}  {why}")
    print(f"{len(chosen) - failed} done, {failed} failed (stream {STREAM} untouched)")


async def _audit_verify(service: Service) -> int:
    ground = service.ground
    verdict = await verify(ground.database, service.name, ground.tokens.own_keys(), ground.settings.seal_dir)
    for finding in verdict.findings:
        print(finding)
    print(f"{verdict.records} records, {verdict.seals} seals, {len(verdict.findings)} findings")
    return 0 if verdict.sound else 1
