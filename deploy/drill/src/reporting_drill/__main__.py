"""`make drill`: every drill after the other on one stack, or `make drill D=name` one of them."""

from __future__ import annotations

import argparse
import sys
import time
import traceback

from reporting_stack.down import down
from reporting_stack.layout import StackError

from reporting_drill.drills import DRILLS
from reporting_drill.ground import Ground


def main() -> int:
    parser = argparse.ArgumentParser(prog="reporting_drill")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(DRILLS))
    parser.add_argument("--keep", action="store_true", help="leave the stack running at the end")
    given = parser.parse_args()
    if unknown := [name for name in given.names if name not in DRILLS]:
        parser.error(f"no drill {', '.join(unknown)}; there are: {', '.join(DRILLS)}")
    passed = failed = lost = 0
    lines = []
    ground: Ground | None = None
    for name in given.names or DRILLS:
        print(f"\ndrill {name}", flush=True)
        begun = time.monotonic()
        try:
            ground = Ground.raised()
            DRILLS[name](ground)
            wrong = ground.findings.wrong
        except Exception as error:
            if not isinstance(error, StackError):
                traceback.print_exc()
            wrong = [f"{type(error).__name__}: {error}"]
        gone = ground.findings.lost if ground else 0
        passed, failed, lost = passed + (not wrong), failed + bool(wrong), lost + gone
        back = f"restored in {ground.seconds:.0f} s, " if ground and ground.seconds is not None else ""
        lines.append(f"drill {name}: {'FAILED' if wrong else 'ok'}, {back}lost: {gone}")
        print(
            f"    {time.monotonic() - begun:.0f} s altogether"
            + "".join(f"\n    FAILED: {one}" for one in wrong)
        )
        print(lines[-1], flush=True)
    if ground is not None and not given.keep:
        down(ground.home)
    print("\n" + "\n".join(lines))
    print(f"{passed} passed, {failed} failed, lost: {lost}", flush=True)
    return 1 if failed or lost else 0


if __name__ == "__main__":
    sys.exit(main())
