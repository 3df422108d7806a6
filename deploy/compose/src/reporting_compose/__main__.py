"""`secrets`: on the server; `databases` and `realm`: in the container `operator`; `test`: the whole, where it is developed."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys

from reporting_stack.credentials import Credentials
from reporting_stack.layout import StackError
from reporting_stack.parts.postgres import Postgres
from reporting_stack.parts.realm import Realm

from reporting_compose.place import HOME, ServerPorts


def main() -> int:
    parser = argparse.ArgumentParser(prog="reporting_compose", description=__doc__)
    parser.add_argument("command", choices=("secrets", "databases", "realm", "test"))
    parser.add_argument("where", nargs="?", choices=("inside",), help="of `test`: in its own namespaces")
    given = parser.parse_args()
    try:
        if given.command == "test":
            from reporting_compose.trial import run

            return run.inside() if given.where else run.outside()
        if given.command == "secrets":
            from reporting_compose.secrets import FOLDER, make

            print(f"{len(make())} files in {FOLDER}")
        elif given.command == "databases":
            asyncio.run(Postgres(HOME, ServerPorts(), Credentials.of(HOME)).make_databases())
        else:
            apart = os.environ.get("REPORTING_ADMINISTRATION_URL", "").rstrip("/")
            Realm(HOME, ServerPorts(), Credentials.of(HOME), apart).apply()
    except StackError as error:
        print(f"compose: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
