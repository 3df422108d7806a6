"""Runs notify: `python -m notify.main`."""

from kit.service import run

from notify.bootstrap import build

if __name__ == "__main__":
    run(build)
