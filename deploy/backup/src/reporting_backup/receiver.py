"""One WAL receiver: makes its slot, then becomes pg_receivewal. `python -m reporting_backup.receiver SETTINGS NAME`.

`--synchronous` writes and reports each flush at once, so a commit that waits for this receiver is on its disk.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from reporting_backup.settings import Settings, environment
from reporting_backup.wal import Wal


def main() -> None:
    settings, name = Settings.read(Path(sys.argv[1])), sys.argv[2]
    place = Wal(settings.receivers[name])
    place.make()
    command = [settings.program("pg_receivewal"), "--dbname", settings.conninfo(name), "--slot", name]
    command += ["--directory", str(place.spool), "--no-password"]
    while True:
        made = subprocess.run(
            [*command, "--create-slot", "--if-not-exists"],
            env=environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode == 0:
            break
        print(made.stderr.strip(), file=sys.stderr, flush=True)
        time.sleep(1)
    os.execve(command[0], [*command, "--synchronous", "--status-interval=2", "--no-loop"], environment())  # noqa: S606


if __name__ == "__main__":
    main()
