"""Time plays false: a clock that is wrong by an hour, certificates whose day has come."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import httpx
from reporting_demo.api import Refusal
from reporting_stack import demo, people, supervise
from reporting_stack.prepare.system import Need, install

from reporting_drill import checks
from reporting_drill.checks import eventually
from reporting_drill.ground import Ground
from reporting_drill.load import LEAD, Load

_FAKE = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1")
_NEEDS = (Need("libfaketime", "gives one process a wrong clock", _FAKE.is_file),)
_HOUR = 3600


def clock_off(ground: Ground) -> None:
    """One machine's clock is an hour ahead: its service takes no request, so that no hour of it is written down."""
    install(_NEEDS)
    load, findings = ground.load(), ground.findings
    load.start()
    load.until(2)
    with _wrong_clock(ground, "submission"):
        named = eventually(lambda: "clock" in _missing(ground, "submission"), 90)
        findings.check("the service names its clock", named, _missing(ground, "submission").get("clock", ""))
        begun = datetime.now(UTC)
        time.sleep(20)
        ended = datetime.now(UTC)
        written = [
            entry
            for entry in load.ledger.all()
            if entry.service == "submission" and begun < entry.acknowledged_at < ended
        ]
        findings.check("nothing was acknowledged by the wrong clock", not written, len(written))
        lead = load.office.person(LEAD)
        lead.get("/api/catalog/v1/regimes", limit=1)
        findings.check("what the clock doesn't concern goes on", True)
    back, before = time.monotonic(), load.finished
    ground.ready("submission")
    went_on = eventually(lambda: load.finished > before, 180)
    ground.seconds = time.monotonic() - back
    load.stop()
    findings.check("people went on when the clock was right", went_on, load.troubles[:2] or "")
    ahead = "SELECT count(*) AS n FROM receipt WHERE sent_at > now() + interval '1 minute'"
    late = checks.query(ground.stack.postgres.url("submission", "submission"), ahead)[0]["n"]
    findings.check("no receipt bears an hour that hasn't come", late == 0, late)
    checks.acknowledged(findings, ground.stack, load.ledger.all())
    checks.events_told(findings, ground.stack, 300)


def certificates_expired(ground: Ground) -> None:
    """A leader's certificate is over: signing is refused in words, the list says so, and a new one lets it go on."""
    load, findings, stack = ground.load(), ground.findings, ground.stack
    report = load.approved()
    leader = load.stack.account(report.leader)
    people.reissue(stack, leader, days=0)
    refused = ""
    try:
        report.sign()
    except Refusal as refusal:
        refused = refusal.code
    findings.check("signing is refused", refused == "signing.certificate.unusable", refused)
    told = eventually(lambda: _state(load, report.leader) == "expired", 60)
    findings.check("the leader's list of certificates says so", told, _state(load, report.leader))
    begun = time.monotonic()
    people.reissue(stack, leader)
    load.signed_and_sent(report)
    ground.seconds = time.monotonic() - begun
    findings.check("with a new certificate it is signed and sent", report.id in load.receipts)
    well = eventually(lambda: _state(load, report.leader) == "valid", 60)
    findings.check("and the list is well again", well)
    checks.acknowledged(findings, stack, load.ledger.all())


@contextmanager
def _wrong_clock(ground: Ground, name: str) -> Iterator[None]:
    """The service's own process alone; how long things take stays true for it."""
    clock = {"LD_PRELOAD": str(_FAKE), "FAKETIME": f"+{_HOUR}s", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    _configure(ground, name, clock)
    try:
        yield
    finally:
        _configure(ground, name, {})


def _configure(ground: Ground, name: str, more: dict[str, str]) -> None:
    stack, home = ground.stack, ground.home
    programs = [
        replace(one, environment={**one.environment, **more}) if one.name == name else one
        for one in stack.programs(demo.program(stack))
    ]
    supervise.write_configuration(home, programs, stack.credentials["supervisor"])
    supervise.reload_programs(home)


def _missing(ground: Ground, name: str) -> dict[str, str]:
    address = f"http://127.0.0.1:{ground.stack.ports.service(name).metrics}/readyz"
    return {one["what"]: one["why"] for one in httpx.get(address, timeout=10).json()["missing"]}


def _state(load: Load, leader: str) -> str:
    """Of this person's own certificate, as the person sees it; read from the tokens every half minute."""
    account = load.stack.account(leader)["account_id"]
    shown = load.office.person(leader).get("/api/signing/v1/certificates")["items"]
    return str(next(one["state"] for one in shown if one["account_id"] == account))
