"""Management commands: `python -m submission.manage migrate`."""

from kit.manage import manage

from submission.bootstrap import MIGRATIONS, build

if __name__ == "__main__":
    manage("submission", build, MIGRATIONS)
