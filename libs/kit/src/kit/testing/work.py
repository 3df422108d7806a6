"""Pieces of work for tests of `kit.apart`: honest, refusing, hungry, slow, crashing, curious."""

from __future__ import annotations

import json
import os
import time

from kit.errors import InvalidInput, Place


def echo(order: bytes) -> bytes:
    return order[::-1]


def refuse(order: bytes) -> bytes:
    raise InvalidInput(
        "test.refused", order.decode(), places=[Place(sheet="S", cell="A1")], rule="r", details={"n": 1}
    )


def eat_memory(_: bytes) -> bytes:
    kept = bytearray()
    while True:
        kept += bytes(1 << 24)


def sleep(_: bytes) -> bytes:
    time.sleep(60)
    return b""


def reckon(_: bytes) -> bytes:
    while True:
        pass


def crash(_: bytes) -> bytes:
    os.abort()


def variables(_: bytes) -> bytes:
    return json.dumps(sorted(os.environ)).encode()
