"""Watches supervisord, its parent: if that is killed, ends the orphans and starts it again."""

from __future__ import annotations

import os
import sys
import time

from reporting_stack import processes, supervise
from reporting_stack.layout import Home


def main() -> None:
    home = Home.named(sys.argv[1])
    parent = os.getppid()
    # Another parent than supervisord means that it died before we could ask for its pid.
    if "supervisord" in processes.command_of(parent):
        processes.wait_for_end(parent)
    time.sleep(0.2)
    print(f"supervisord ({parent}) is gone: ending what it left and starting it again", flush=True)
    processes.sweep(home)
    supervise.launch(home)


if __name__ == "__main__":
    main()
