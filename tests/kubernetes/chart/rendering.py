"""The rendered objects of every example, and ways to look at them."""

from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from reporting_kubernetes.chart import EXAMPLES, objects

Object = dict[str, Any]
WAYS = {"installation": (), "upgrade": (
    "--is-upgrade", "--set-string", "consent.by=a", "--set-string", "consent.at=2027-01-04T09:00:00Z",
    "--set-string", "consent.version=0.1.0", "--set-string", "consent.document=b",
)}  # fmt: skip


every_example = pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)


def rendered(example: Path, way: str = "installation") -> list[Object]:
    """A test's own to change; helm is asked once."""
    return deepcopy(_rendered(example, way))


@cache
def _rendered(example: Path, way: str) -> list[Object]:
    return objects(example, *WAYS[way])


def kind(found: list[Object], *names: str) -> list[Object]:
    return [each for each in found if each["kind"] in names]


def pods(found: list[Object]) -> Iterator[tuple[str, Object]]:
    for each in kind(found, "Deployment", "StatefulSet", "Job"):
        yield f"{each['kind']}/{each['metadata']['name']}", each["spec"]["template"]
    for each in kind(found, "CronJob"):
        yield f"CronJob/{each['metadata']['name']}", each["spec"]["jobTemplate"]["spec"]["template"]


def containers(found: list[Object]) -> Iterator[tuple[str, Object]]:
    for name, pod in pods(found):
        for each in (*pod["spec"].get("initContainers", []), *pod["spec"]["containers"]):
            yield f"{name}/{each['name']}", each
