"""How long a database of so many gigabytes takes to come back: `python -m tests.load.restore [GIGABYTES]`.

A cluster is filled by pgbench, backed up, written to a little more, and lost. Counted is from there until a server on
the restored data answers. The promise is 10 GB in 15 minutes on two cores; without a number 0.3 GB are taken, whose
limit is in proportion, but never under a minute. Needs room for four copies.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from reporting_backup.plan import plan
from reporting_backup.restore import Recovery, build
from reporting_backup.wal import Wal

from tests.backup.keeping import Kept, kept_cluster

ROWS_A_GIGABYTE = 68
"""pgbench's scale factor that makes about one gigabyte."""
PROMISE_SECONDS_A_GIGABYTE = 90.0


def main() -> int:
    gigabytes = float(sys.argv[1]) if len(sys.argv) > 1 else 0.3
    limit = max(60.0, gigabytes * PROMISE_SECONDS_A_GIGABYTE)
    folder = Path(
        tempfile.mkdtemp(prefix="restore-", dir=Path.cwd() / ".run" if Path(".run").is_dir() else None)
    )
    try:
        with kept_cluster(folder / "kept") as kept:
            return measured(kept, folder, gigabytes, limit)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def measured(kept: Kept, folder: Path, gigabytes: float, limit: float) -> int:
    pgbench(kept, "--initialize", "--quiet", f"--scale={max(1, round(gigabytes * ROWS_A_GIGABYTE))}")
    size = kept.query("SELECT pg_database_size('postgres') AS n")[0]["n"]
    begun = time.perf_counter()
    base = kept.bases.take(full=True)
    print(
        f"{size / 2**30:.2f} GiB; full backup {time.perf_counter() - begun:.0f} s, {base.size / 2**30:.2f} GiB sealed",
        flush=True,
    )
    pgbench(kept, "--transactions=2000", "--client=4")
    acknowledged = kept.query("SELECT count(*) AS n FROM pgbench_history")[0]["n"]
    for name in list(kept.receivers):
        kept.end(name)

    begun = time.perf_counter()
    for place in kept.settings.receivers.values():
        Wal(place).close(kept.sealer)
    found = plan(kept.settings, kept.opener, None)
    build(kept.settings, kept.opener, found, folder / "data")
    built = time.perf_counter() - begun
    there: list[int] = []

    async def look(server) -> None:  # type: ignore[no-untyped-def]
        connection = await server.connect("postgres")
        there.append(await connection.fetchval("SELECT count(*) FROM pgbench_history"))
        await connection.close()

    Recovery(kept.settings, folder / "data").to(found, kept.opener, look)
    took = time.perf_counter() - begun
    lost = acknowledged - there[0]
    print(
        f"restored in {took:.0f} s (bases {built:.0f} s, log and start {took - built:.0f} s), limit {limit:.0f} s; lost: {lost}"
    )
    return 1 if took > limit or lost else 0


def pgbench(kept: Kept, *options: str) -> None:
    command = [
        kept.settings.program("pgbench"),
        *options,
        "-h",
        "127.0.0.1",
        "-p",
        str(kept.cluster.port),
        "-U",
        "postgres",
    ]
    # The cluster of tests doesn't wait for its own disk; what is counted here must.
    waiting = {**os.environ, "PGOPTIONS": "-c synchronous_commit=on"}
    subprocess.run(
        [*command, "postgres"], check=True, env=waiting, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


if __name__ == "__main__":
    sys.exit(main())
