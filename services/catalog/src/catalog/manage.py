"""The catalog's commands are kit's: `python -m catalog.manage <command>`."""

from kit.manage import manage

from catalog.bootstrap import MIGRATIONS, build

if __name__ == "__main__":
    manage("catalog", build, MIGRATIONS, placeholders={"REPORTING_PROFILES_DIR": "profiles"})
