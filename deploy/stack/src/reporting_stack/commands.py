"""What each command of `bin/reporting` does; heavy modules are loaded by the command that needs them."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shlex
import sys
from collections.abc import Callable
from datetime import UTC, datetime

from reporting_stack.layout import SERVICES, Home, StackError

Command = Callable[[argparse.Namespace, Home], int]


def run(arguments: argparse.Namespace, home: Home) -> int:
    return COMMANDS[arguments.command](arguments, home)


def _up(arguments: argparse.Namespace, home: Home) -> int:
    from reporting_stack.status import show_accounts
    from reporting_stack.up import up

    stack = up(home, int(arguments.port_base) if arguments.port_base else None, partial=arguments.partial)
    print(
        f"\nportal: {stack.ports.gateway_url}   API: {stack.ports.gateway_url}/api/docs   status page: {stack.status_page.url}"
    )
    show_accounts(home, secrets=False)
    return 0


def _down(_: argparse.Namespace, home: Home) -> int:
    from reporting_stack.down import down

    count = down(home)
    print(f"the stack {home.name} is stopped" if count else f"the stack {home.name} wasn't running")
    return 0


def _clean(arguments: argparse.Namespace, home: Home) -> int:
    from reporting_stack.down import clean

    if not home.exists():
        print(f"there is no stack {home.name}")
        return 0
    if not arguments.yes:
        if not sys.stdin.isatty():
            raise StackError("clean removes all data and asks first; without a terminal give --yes")
        if input(f"Remove all data of the stack {home.name}? Type its name: ").strip() != home.name:
            print("nothing was removed")
            return 1
    clean(home)
    print(f"the stack {home.name} and its data are gone")
    return 0


def _status(_: argparse.Namespace, home: Home) -> int:
    from reporting_stack.status import show_status

    return 0 if show_status(home) else 1


def _logs(arguments: argparse.Namespace, home: Home) -> int:
    path = home.logs / f"{arguments.part}.log"
    if not path.is_file():
        known = sorted(found.stem for found in home.logs.glob("*.log"))
        raise StackError(f"no log of {arguments.part}; there are: {', '.join(known)}")
    follow = ["-F"] if arguments.follow else []
    os.execvp("tail", ["tail", "-n", str(arguments.lines), *follow, str(path)])  # noqa: S606


def _restart(arguments: argparse.Namespace, home: Home) -> int:
    from reporting_stack import supervise
    from reporting_stack.status import opened
    from reporting_stack.up import refresh

    if supervise.running_pid(home) is None:
        raise StackError(f"the stack {home.name} isn't running: run `make up`")
    refresh(opened(home), arguments.part)
    return 0


def _monitoring(arguments: argparse.Namespace, home: Home) -> int:
    from reporting_stack.watching import watch

    watch(home, off=arguments.off)
    return 0


def _monitoring_check(_: argparse.Namespace, __: Home) -> int:
    from reporting_stack.watching import check

    return check()


def _accounts(_: argparse.Namespace, home: Home) -> int:
    from reporting_stack.status import show_accounts

    show_accounts(home, secrets=True)
    return 0


def _trace(arguments: argparse.Namespace, home: Home) -> int:
    from reporting_stack.status import show_trace

    return 0 if show_trace(home, arguments.id) else 1


def _env(arguments: argparse.Namespace, home: Home) -> int:
    from reporting_stack.status import opened

    if arguments.service not in SERVICES:
        raise StackError(f"no such service: {arguments.service}")
    for name, value in sorted(opened(home).services.environment(arguments.service).items()):
        print(f"export {name}={shlex.quote(value)}")
    return 0


def _subscriber(arguments: argparse.Namespace, home: Home) -> int:
    from reporting_stack.parts.subscribers import Subscribers
    from reporting_stack.status import opened

    stack = opened(home)
    subscribers = Subscribers(stack.nats)
    if arguments.act == "remove":
        asyncio.run(subscribers.remove(arguments.name))
        return 0
    path = asyncio.run(subscribers.add(arguments.name))
    told = {"nats": stack.ports.nats_url, "credentials": str(path), "subject": f"outside.{arguments.name}.>"}
    print(json.dumps({**told, "stream": "EVENTS"}, ensure_ascii=False))
    return 0


def _equip(_: argparse.Namespace, home: Home) -> int:
    from reporting_stack.people import equip
    from reporting_stack.status import opened

    print(f"{equip(opened(home), everyone=True)} tokens made")
    return 0


def _issue_token(arguments: argparse.Namespace, home: Home) -> int:
    from reporting_stack.people import make_token
    from reporting_stack.status import opened

    made = make_token(opened(home), arguments.label, arguments.name, arguments.organisation or "")
    if made is None:
        raise StackError(f"there is already a token {arguments.label}")
    print(json.dumps(made, ensure_ascii=False))
    return 0


def _issue_certificate(arguments: argparse.Namespace, home: Home) -> int:
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding, load_pem_public_key

    from reporting_stack.status import opened

    given = sys.stdin.buffer.read()
    request = x509.load_pem_x509_csr(given) if b"REQUEST" in given else None
    key = request.public_key() if request else load_pem_public_key(given)
    certificate = opened(home).trust.issue(
        arguments.name,
        key,  # type: ignore[arg-type]
        organisation=arguments.organisation,
        email=arguments.email,
    )
    sys.stdout.write(certificate.public_bytes(Encoding.PEM).decode())
    return 0


def _backup(arguments: argparse.Namespace, home: Home) -> int:
    from reporting_stack.status import opened

    backup = opened(home).backup
    if not backup.is_on:
        raise StackError(f"the stack {home.name} keeps no backup (BACKUP=yes make up)")
    words = [arguments.act, *(["--full"] if getattr(arguments, "full", False) else [])]
    module = [sys.executable, "-m", "reporting_backup", str(backup.settings_file), *words]
    os.execv(sys.executable, module)  # noqa: S606


def _incident(arguments: argparse.Namespace, home: Home) -> int:
    from reporting_stack import incident

    print(incident.record(home, arguments.words).clock(datetime.now(UTC)))
    return 0


def _restore(arguments: argparse.Namespace, home: Home) -> int:
    from reporting_stack.restoring import restore
    from reporting_stack.restoring_one import restore_one
    from reporting_stack.status import opened

    moment = datetime.fromisoformat(arguments.to) if arguments.to else None
    if moment is not None and moment.tzinfo is None:
        raise StackError("say the time zone of the moment, as in 2026-11-25T14:30:00+07:00")
    if arguments.places:
        from reporting_stack.reborn import bring

        if arguments.identity is None:
            raise StackError("--from needs --identity: the private key of the backup, from the safe")
        print(f"{bring(home, arguments.places, arguments.identity)} pieces of material put back")
    if not opened(home).backup.is_on:
        raise StackError(f"the stack {home.name} keeps no backup (BACKUP=yes make up)")
    if arguments.only:
        restore_one(opened(home), arguments.only, moment)
    else:
        restore(home, moment)
    return 0


def _rebuild_nats(_: argparse.Namespace, home: Home) -> int:
    from reporting_stack.rebuilding import rebuild
    from reporting_stack.status import opened

    rebuild(opened(home))
    return 0


def _reconcile(arguments: argparse.Namespace, home: Home) -> int:
    from reporting_stack import reconcile
    from reporting_stack.status import opened

    found = reconcile.differences(opened(home))
    for consumer, events in sorted(found.unheard.items()):
        print(f"  {consumer}: {len(events)} events never heard, first {events[0]}")
    for consumer, number in sorted(found.of_what_is_gone.items()):
        print(f"  {consumer}: {number} events heard that are in no outbox")
    print(
        f"{found.looked_at} events held against the inboxes of their consumers; "
        + ("no difference" if found.none else "differences")
    )
    if arguments.mend and not found.none:
        reconcile.mend(opened(home), found)
        print("told again; run it once more in a minute")
    return 0 if found.none else 1


def _upgrade(arguments: argparse.Namespace, home: Home) -> int:
    from datetime import UTC, datetime

    from reporting_stack.upgrade import upgrade

    try:
        at = datetime.fromisoformat(arguments.at) if arguments.at else None
    except ValueError:
        raise StackError(f"--at {arguments.at}: give it as 2026-11-25T14:30:00+07:00") from None
    if at is not None and at.tzinfo is None:
        raise StackError(f"--at {arguments.at} lacks its zone, such as +07:00")
    upgrade(home, arguments.to, by=arguments.by, document=arguments.document, at=at, now=datetime.now(UTC))
    return 0


def _change_keys(arguments: argparse.Namespace, home: Home) -> int:
    from reporting_stack.status import opened

    unknown = [name for name in arguments.service if name not in SERVICES]
    if unknown:
        raise StackError(f"no service {', '.join(unknown)}; there are: {', '.join(SERVICES)}")
    print("the old keys are retired in a good minute, when no token of theirs can be in force …", flush=True)
    for key_id in opened(home).services.keys.change(arguments.service or list(SERVICES)):
        print(f"{key_id} is in use")
    return 0


COMMANDS: dict[str, Command] = {
    "up": _up,
    "down": _down,
    "clean": _clean,
    "status": _status,
    "logs": _logs,
    "restart": _restart,
    "monitoring": _monitoring,
    "monitoring-check": _monitoring_check,
    "accounts": _accounts,
    "trace": _trace,
    "env": _env,
    "subscriber": _subscriber,
    "equip": _equip,
    "issue-token": _issue_token,
    "issue-certificate": _issue_certificate,
    "backup": _backup,
    "incident": _incident,
    "restore": _restore,
    "change-keys": _change_keys,
    "rebuild-nats": _rebuild_nats,
    "reconcile": _reconcile,
    "upgrade": _upgrade,
}
