"""One database alone goes back, a service's or Keycloak's, while all the others went on."""

from __future__ import annotations

import asyncio
import secrets
import time
from datetime import UTC, datetime
from typing import Any

import asyncpg
from reporting_demo.api import as_program
from reporting_demo.login import LoginFailed, as_person
from reporting_stack.restoring_one import restore_one

from reporting_drill import checks
from reporting_drill.ground import Ground

_IDENTITY = "/api/identity/v1"


def one_database(ground: Ground) -> None:
    """submission's database is dropped by mistake; the others work on; it comes back as it was a moment before."""
    findings, stack, load = ground.findings, ground.stack, ground.load()
    load.start()
    load.until(2)
    # So that no one is told anything between the moment and the mistake.
    ground.stop("submission")
    load.stop(1)
    time.sleep(1)
    moment = datetime.now(UTC)
    # The others go on: a form and a regime are published while submission is away. A recovery to a moment ends at the
    # first commit after it, and the log of a dropped database begins before its own commit.
    regime = load.publish()
    asyncio.run(_dropped(ground, "submission"))
    told = restore_one(stack, "submission", moment)
    ground.seconds = told.seconds
    load.ledger.refusals.clear()
    checks.acknowledged(findings, stack, load.ledger.until(moment))
    load.open_period(*regime)
    findings.check("submission knows the regime published meanwhile", True)
    load.one()
    findings.check("a whole report goes its way again", True)
    checks.events_told(findings, stack, 300)
    checks.all_heard(ground.findings, ground.stack)
    checks.audit(findings, stack)


async def _dropped(ground: Ground, name: str) -> None:
    connection = await asyncpg.connect(ground.stack.postgres.superuser_url())
    try:
        await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        await connection.close()


def keycloak_yesterday(ground: Ground) -> None:
    """Keycloak goes back; accounts opened and locked since are as identity has them, and old passwords work."""
    findings, stack, load = ground.findings, ground.stack, ground.load()
    admin = as_program(load.stack)
    yesterday = datetime.now(UTC)
    time.sleep(1)
    name = f"dien-tap.{secrets.token_hex(3)}"
    row: dict[str, Any] = {
        "username": name, "full_name": "Nguyễn Văn Mới", "unit_code": "", "position_title": "Chuyên viên",
        "email": f"{name}@tinh.example.vn", "rights": [],
    }  # fmt: skip
    admin.post(f"{_IDENTITY}/accounts:import", {"passwords": False, "items": [row]})
    locked = next(
        a for a in load.stack.facts["accounts"] if a["username"].endswith(".nhaplieu") and a.get("password")
    )
    admin.post(f"{_IDENTITY}/accounts/{locked['account_id']}:lock", {"reason": "Diễn tập khôi phục"})
    told = restore_one(stack, "keycloak", yesterday)
    ground.seconds = told.seconds
    stack.services.manage("identity", "reconcile-logins")
    log = (stack.home.logs / "identity-reconcile-logins.log").read_text(encoding="utf-8")
    findings.check(
        "no login differs from its account",
        '"missing": [], "differing": [], "strange": [], "failed": {}' in log,
        log[-200:],
    )
    findings.check("who was locked since stays out", _refused(load.stack, locked["username"]))
    load.office.people.clear()
    load.one()
    findings.check("people sign in with the passwords they had", True)
    admin.post(f"{_IDENTITY}/accounts/{locked['account_id']}:unlock")
    findings.check("and who is let in again gets in", not _refused(load.stack, locked["username"]))


def _refused(stack: Any, username: str) -> bool:
    try:
        as_person(stack, username).get(f"{_IDENTITY}/me")
    except LoginFailed:
        return True
    return False
