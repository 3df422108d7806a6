"""identity's commands: kit's, and the founding of a stack before anyone can sign in."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from dataclasses import asdict
from typing import Any
from uuid import UUID

from kit.manage import manage

from identity.application.app import IdentityApp
from identity.application.commands.found_stack import Program
from identity.bootstrap import MIGRATIONS, build
from identity.domain.rights import a_right

# What `openapi` needs of the environment to describe a service that it never runs.
PLACEHOLDERS = {
    "REPORTING_PROFILES_DIR": "profiles",
    "REPORTING_KEYCLOAK_URL": "http://localhost",
    "REPORTING_KEYCLOAK_CLIENT_ID": "none",
    "REPORTING_KEYCLOAK_CLIENT_SECRET": "none",
}


async def _operator(app: IdentityApp, given: argparse.Namespace) -> dict[str, Any]:
    account = await app.founder.operator(given.username, given.full_name, given.account_id)
    return {"operator": {"username": account.username, "account_id": str(account.id)}}


async def _province(app: IdentityApp, given: argparse.Namespace) -> dict[str, Any]:
    ids = dict(given.program_id or [])
    wanted = [
        Program(name, [a_right(right) for right in rights.split(",") if right], _key(ids.get(name)))
        for name, rights in given.program or []
    ]
    province, programs = await app.founder.province(given.code, given.name, given.profile, wanted)
    return {
        "province": {"code": province.code, "id": str(province.id)},
        "programs": {name: str(account.id) for name, account in programs.items()},
    }


async def _logins(app: IdentityApp, given: argparse.Namespace) -> dict[str, Any]:
    found = await app.reconcile_logins(mend=given.mend)
    return {**asdict(found), "mended": given.mend}


_COMMANDS = {"reconcile-logins": _logins, "bootstrap-operator": _operator, "bootstrap-province": _province}


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="identity.manage")
    commands = parser.add_subparsers(dest="command", required=True)
    logins = commands.add_parser("reconcile-logins", help="after the login system was restored: what differs")
    logins.add_argument("--mend", action="store_true")
    operator = commands.add_parser("bootstrap-operator", help="the account that runs the stack")
    operator.add_argument("--username", required=True)
    operator.add_argument("--full-name", default="Bộ phận vận hành")
    operator.add_argument("--account-id", type=UUID)
    province = commands.add_parser("bootstrap-province", help="a province and its first programs")
    province.add_argument("--code", required=True)
    province.add_argument("--name", required=True)
    province.add_argument("--profile", required=True)
    province.add_argument("--program", action="append", type=_pair, metavar="NAME=RIGHT,RIGHT")
    province.add_argument("--program-id", action="append", type=_pair, metavar="NAME=UUID")
    return parser


def _pair(text: str) -> tuple[str, str]:
    name, found, value = text.partition("=")
    if not name or not found:
        raise argparse.ArgumentTypeError("write NAME=VALUE")
    return name, value


def _key(text: str | None) -> UUID | None:
    return UUID(text) if text else None


async def _found(given: argparse.Namespace) -> dict[str, Any]:
    service = build()
    try:
        return await _COMMANDS[given.command](service.application, given)
    finally:
        await service.ground.close()


def main() -> None:
    if len(sys.argv) > 1 and sys.argv[1] in _COMMANDS:
        print(json.dumps(asyncio.run(_found(_arguments().parse_args())), ensure_ascii=False))
        return
    manage("identity", build, MIGRATIONS, placeholders=PLACEHOLDERS)


if __name__ == "__main__":
    main()
