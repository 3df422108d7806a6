"""Runs the catalog: `python -m catalog.main`."""

from kit.service import run

from catalog.bootstrap import build

if __name__ == "__main__":
    run(build)
