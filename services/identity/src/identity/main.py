"""Runs identity: `python -m identity.main`."""

from kit.service import run

from identity.bootstrap import build

if __name__ == "__main__":
    run(build)
