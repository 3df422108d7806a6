"""One API server for all tests of this folder, with the operators' resources known to it."""

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from reporting_kubernetes import control_plane, operators
from reporting_kubernetes.chart import NAMESPACE_FILE
from reporting_kubernetes.control_plane import ControlPlane

# A server takes a custom resource a moment after its definition.
ESTABLISHED = "--timeout=60s"


@pytest.fixture(scope="session")
def plane() -> Iterator[ControlPlane]:
    with control_plane.running() as plane:
        for path in operators.definitions():
            made = plane.kubectl("create", "-f", str(path))
            assert made.returncode == 0, made.stderr
        known = plane.kubectl("wait", "--for=condition=Established", ESTABLISHED, "crd", "--all")
        assert known.returncode == 0, known.stderr
        yield plane


@pytest.fixture
def namespace(plane: ControlPlane) -> str:
    """A fresh one of deploy/helm/namespace.yaml: what is there already gives other answers."""
    manifest = yaml.safe_load(Path(NAMESPACE_FILE).read_text())
    manifest["metadata"]["name"] = f"reporting-{uuid.uuid4().hex[:8]}"
    made = plane.kubectl("apply", "-f", "-", given=yaml.safe_dump(manifest))
    assert made.returncode == 0, made.stderr
    return str(manifest["metadata"]["name"])


@pytest.fixture
def judge(plane: ControlPlane, namespace: str) -> Callable[[str], str | None]:
    """What the server says against these manifests; None when it would take them all."""

    def judged(manifests: str) -> str | None:
        words = ["--dry-run=server", "--validate=strict", "--warnings-as-errors", "-n", namespace]
        done = plane.kubectl("apply", *words, "-f", "-", given=manifests)
        return done.stderr.strip() if done.returncode else None

    return judged
