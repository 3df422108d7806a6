"""Runs the service: `python -m submission.main`."""

from kit.service import run

from submission.bootstrap import build

if __name__ == "__main__":
    run(build)
