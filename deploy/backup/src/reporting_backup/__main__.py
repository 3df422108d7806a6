"""`python -m reporting_backup SETTINGS run | now [--full] | list | verify | files | put-files-back`."""

from __future__ import annotations

import argparse
import logging
import sys
from datetime import UTC, datetime
from pathlib import Path

from reporting_backup import catalogue
from reporting_backup.settings import BackupError, Settings


def main() -> int:
    parser = argparse.ArgumentParser(prog="reporting_backup")
    parser.add_argument("settings", type=Path)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("run", help="the daemon")
    now = commands.add_parser("now", help="take a base backup now")
    now.add_argument("--full", action="store_true")
    commands.add_parser("list", help="what there is, place by place")
    commands.add_parser("verify", help="restore the newest backup beside the running system and look at it")
    commands.add_parser("files", help="the daemon of files and material alone, where others keep PostgreSQL")
    commands.add_parser("put-files-back", help="what a place holds and the folders lack, or hold changed")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s", stream=sys.stdout)
    try:
        if given.command in ("files", "put-files-back"):
            return _files(given.settings, back=given.command == "put-files-back")
        settings = Settings.read(given.settings)
        match given.command:
            case "run":
                from reporting_backup.daemon import Daemon

                Daemon(settings).run()
            case "now":
                _now(settings, full=given.full)
            case "list":
                print("\n".join(inventory(settings)))
            case "verify":
                from reporting_backup.state import State
                from reporting_backup.tested import test_restore

                print(test_restore(settings, State(settings.work)).words())
    except BackupError as error:
        print(f"backup: {error}", file=sys.stderr)
        return 1
    return 0


def _files(path: Path, *, back: bool) -> int:
    from reporting_backup.files_only import FileKeeper, FileSettings, put_files_back

    settings = FileSettings.read(path)
    if back:
        print(f"{put_files_back(settings)} files put back")
    else:
        FileKeeper(settings).run()
    return 0


def _now(settings: Settings, *, full: bool) -> None:
    from reporting_backup.bases import BaseBackups
    from reporting_backup.sealing import Sealer
    from reporting_backup.state import State

    base = BaseBackups(settings, Sealer(settings.recipients), State(settings.work)).take(full=full)
    seconds = (base.ended_at - base.started_at).total_seconds()
    print(f"{base.id}: {base.size / 2**20:.1f} MiB sealed in {seconds:.1f} s, verified")


def inventory(settings: Settings) -> list[str]:
    lines = []
    for name, place in settings.receivers.items():
        lines.append(f"{name}: {place}")
        for base in catalogue.listed(place):
            age = datetime.now(UTC) - base.ended_at
            lines.append(
                f"  {base.ended_at:%FT%TZ}  {base.kind:<11} {base.size / 2**20:9.1f} MiB  "
                f"timeline {base.timeline}  {age.days} days old  {base.id}"
            )
        sealed = sorted(path.name[:24] for path in (place / "wal").glob("[0-9A-F]*"))
        lines.append(
            f"  log: {len(sealed)} sealed segments" + (f", {sealed[0]} … {sealed[-1]}" if sealed else "")
        )
    return lines


if __name__ == "__main__":
    sys.exit(main())
