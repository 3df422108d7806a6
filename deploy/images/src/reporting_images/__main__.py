"""`python -m reporting_images build|peers|test`: what `make images` and its like run."""

from __future__ import annotations

import argparse
import sys

from reporting_stack.layout import StackError


def main() -> int:
    parser = argparse.ArgumentParser(prog="reporting_images", description=__doc__)
    parser.add_argument("command", choices=("build", "peers", "test"))
    parser.add_argument("only", nargs="*", help="names of images; all when none is given")
    given = parser.parse_args()
    try:
        if given.command == "test":
            from reporting_images.cycle import test

            return test()
        _build(given.command, given.only)
    except StackError as error:
        print(f"images: {error}", file=sys.stderr)
        return 1
    return 0


def _build(command: str, only: list[str]) -> None:
    from reporting_images.build import build
    from reporting_images.catalogue import OURS, PEERS

    known = {"build": OURS, "peers": PEERS}[command]
    unknown = set(only) - {image.name for image in known}
    if unknown:
        raise StackError(f"no such image: {', '.join(sorted(unknown))}")
    build([image for image in known if not only or image.name in only])


if __name__ == "__main__":
    sys.exit(main())
