"""`python -m reporting_demo accounts | history | cycle`; each can be repeated."""

from __future__ import annotations

import argparse
import sys
import time

from reporting_demo.stack import Stack


def main() -> int:
    parser = argparse.ArgumentParser(prog="reporting_demo")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("accounts", help="units, accounts and regimes of the demo province")
    commands.add_parser("history", help="past periods, and ten reports of the last one")
    cycle = commands.add_parser("cycle", help="one whole cycle as the people of four units (make demo)")
    cycle.add_argument("--form", default="")
    cycle.add_argument("--filled", default="")
    given = parser.parse_args()
    stack = Stack.here()
    if given.command == "accounts":
        return _accounts(stack)
    if given.command == "history":
        from reporting_demo.history import seed_history

        return seed_history(stack)
    from reporting_demo.cycle import run_cycle

    return run_cycle(stack, given.form, given.filled)


def _accounts(stack: Stack) -> int:
    from reporting_demo.accounts import seed_people
    from reporting_demo.api import as_program
    from reporting_demo.people import Province
    from reporting_demo.regimes import seed_regimes

    begun = time.monotonic()
    api, province = as_program(stack), Province.of_the_demo()
    units = seed_people(stack, api, province)
    print(
        f"{len(units)} units, {len(province.accounts())} accounts: {time.monotonic() - begun:.1f} s",
        flush=True,
    )
    begun = time.monotonic()
    regimes = seed_regimes(api, province, units)
    print(f"{len(regimes)} regimes: {time.monotonic() - begun:.1f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
