"""Management commands: `python -m signing.manage <command>`."""

import os

from kit.manage import manage

from signing.bootstrap import MIGRATIONS, build

if __name__ == "__main__":
    manage(
        "signing",
        build,
        MIGRATIONS,
        placeholders={"REPORTING_TSA_URL": "http://localhost", "REPORTING_TRUST_FILE": os.devnull},
    )
