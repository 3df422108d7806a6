"""Runs the service: `python -m signing.main`."""

from kit.service import run

from signing.bootstrap import build

if __name__ == "__main__":
    run(build)
