"""Watches supervisord, its parent: if that is killed, ends the orphans and starts it again."""

from __future__ import annotations

import os
import sys
import time
from datetime import UTC, datetime

from reporting_stack import processes, supervise
from reporting_stack.layout import Home


def main() -> None:
    home = Home.named(sys.argv[1])
    parent = os.getppid()
    # Another parent than supervisord means that it died before we could ask for its pid.
    if "supervisord" in processes.command_of(parent):
        processes.wait_for_end(parent)
    time.sleep(0.2)
    # Standard output led to supervisord, so it leads nowhere now.
    with (home.logs / "keeper-acts.log").open("a", encoding="utf-8") as log:
        print(f"{datetime.now(UTC):%FT%TZ} supervisord ({parent}) is gone: starting again", file=log)
    processes.sweep(home)
    supervise.launch(home)


if __name__ == "__main__":
    main()
