"""`bin/reporting`: the command line of the stack."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from reporting_stack.layout import ROOT, Home, StackError

WITHOUT_A_STACK = {
    "deadline": "say when a report is due, by which rule and article",
    "form-check": "say what the importer takes a form for; read a filled copy of it",
    "text-check": "say where a file holds TCVN3 or VNI text, by what evidence, and what it reads as",
    "form-roundtrip": "import a form, write it back and name every part that differs",
}
"""The catalog's own commands, by the same domain code as the service."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="reporting", description="Installs, starts and watches the system on one machine."
    )
    parser.add_argument(
        "--stack",
        default=os.environ.get("STACK") or "default",
        help="name of the stack (default: %(default)s)",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")

    def command(name: str, words: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=words, description=words)

    command("setup", "install everything, start nothing; quick when nothing has changed")
    starting = command("up", "start the stack and wait until all of it is ready")
    starting.add_argument("--port-base", type=int, default=os.environ.get("PORT_BASE") or None)
    starting.add_argument("--partial", action="store_true", help="go on without services that don't start")
    command("down", "stop every process of the stack; its data stays")
    cleaning = command("clean", "stop the stack and remove its data")
    cleaning.add_argument("--yes", action="store_true", help="don't ask")
    command("status", "say of each part whether it is ready")
    logs = command("logs", "show the log of one part")
    logs.add_argument("part")
    logs.add_argument("-f", "--follow", action="store_true")
    logs.add_argument("-n", "--lines", type=int, default=100)
    restarting = command("restart", "migrate and restart one service, or restart any other part")
    restarting.add_argument("part", nargs="+")
    watching = command("monitoring", "start Prometheus and Alertmanager over the running stack")
    watching.add_argument("--off", action="store_true", help="stop them; what they have recorded stays")
    command("monitoring-check", "let promtool and amtool judge deploy/monitoring and run its tests")
    command("accounts", "list the accounts with passwords and PINs")
    tracing = command("trace", "show one trace as a tree")
    tracing.add_argument("id")
    environment = command("env", "print the environment of a service, to run it by hand")
    environment.add_argument("service")
    subscriber = command("subscriber", "outside subscribers of events").add_subparsers(
        dest="act", required=True
    )
    for act in ("add", "remove"):
        subscriber.add_parser(act).add_argument("name")
    command("equip", "make the tokens of signers that are still missing")
    token = command("issue-token", "make a signer's token: keys, PIN and certificate; prints JSON")
    token.add_argument("label", help="the account's user name, or a name of the agency's own")
    token.add_argument("--name", required=True, help="who signs, as the certificate says")
    token.add_argument("--organisation")
    certificate = command("issue-certificate", "sign a PEM public key or request given on standard input")
    certificate.add_argument("--name", required=True)
    certificate.add_argument("--organisation")
    certificate.add_argument("--email")
    backup = command("backup", "the continuous backup (BACKUP=yes make up)").add_subparsers(
        dest="act", required=True
    )
    backup.add_parser("now", help="take a base backup").add_argument("--full", action="store_true")
    backup.add_parser("list", help="what there is, place by place")
    backup.add_parser("verify", help="restore the newest beside the running system and look at it")
    incident = command("incident", "record an incident: the clock of four hours runs from here (DT-20.2)")
    incident.add_argument("words", nargs="?", default="")
    restoring = command("restore", "the database back at its last moment, or at a chosen one")
    restoring.add_argument("--to", metavar="MOMENT", help="such as 2026-11-25T14:30:00+07:00")
    restoring.add_argument(
        "--from",
        dest="places",
        action="append",
        type=Path,
        metavar="PLACE",
        help="on a new machine: where a backup lies; twice for both places",
    )
    restoring.add_argument(
        "--identity", type=Path, metavar="FILE", help="with --from: the private key, from the safe"
    )
    restoring.add_argument("--only", metavar="SERVICE", help="its database alone, while the others go on")
    changing = command("change-keys", "new keys for calls between services, while everything runs")
    changing.add_argument("service", nargs="*", help="all, if none is named")
    command("rebuild-nats", "JetStream's store is gone: the outboxes fill it again")
    reconciling = command("reconcile", "events one service told and another never heard")
    reconciling.add_argument(
        "--mend", action="store_true", help="have them told again, and copies taken again"
    )
    upgrading = command(
        "upgrade", "take a running stack to the version checked out; needs the operator's consent (QN-21.3)"
    )
    upgrading.add_argument("--to", required=True, metavar="VERSION", help="tag, branch or commit")
    upgrading.add_argument("--by", metavar="WHO", help="who consents, for the operator; recorded for good")
    upgrading.add_argument("--document", metavar="NUMBER", help="the document of the consent")
    upgrading.add_argument("--at", metavar="MOMENT", help="when it was given (default: now), with its zone")
    for name, words in WITHOUT_A_STACK.items():
        command(name, words)
    return parser


def main(words: Sequence[str] | None = None) -> int:
    words = sys.argv[1:] if words is None else words
    if words and words[0] in WITHOUT_A_STACK:
        from catalog import command_line

        command_line.main(words, ROOT / "profiles")
    arguments = _parser().parse_args(words)
    try:
        if arguments.command == "setup":
            from reporting_stack.prepare import prepare

            prepare()
            return 0
        from reporting_stack import commands

        return commands.run(arguments, Home.named(arguments.stack))
    except StackError as error:
        print(f"reporting: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return 0


if __name__ == "__main__":
    sys.exit(main())
