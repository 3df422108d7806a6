"""What a cluster does to its pods, done while people work: nobody may be refused for good, and no event be lost."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from reporting_drill.checks import Findings, eventually
from reporting_drill.load import Load
from reporting_images.catalogue import version
from reporting_stack.layout import SERVICES

from reporting_kubernetes.cluster.contents import next_version
from reporting_kubernetes.cluster.installation import Installation

_COMPONENTS = (*SERVICES, "portal", "gateway")


def rolling_upgrade(installation: Installation, findings: Findings) -> None:
    installation.upgrade(next_version())
    image = _image(installation)
    findings.check("the next version runs", image.endswith(f":{next_version()}"), image)
    kept = installation.kubectl(
        "get", "configmap", "upgrade-consent-2", "--output", "jsonpath={.data.version}"
    )
    findings.check("the consent to it is kept", kept == next_version(), kept)


def rollback(installation: Installation, findings: Findings) -> None:
    installation.roll_back()
    image = _image(installation)
    findings.check("the earlier version runs again", image.endswith(f":{version()}"), image)


def evictions(installation: Installation, findings: Findings) -> None:
    """Of two copies one may be taken away; the other only when a new one is ready."""
    for component in _COMPONENTS:
        first, second = installation.pods(component)[:2]
        granted, refused = (_evict(installation, pod) for pod in (first, second))
        gone, kept = "Success" in granted, "disruption budget" in refused
        findings.check(f"{component}: one copy may go", gone, "" if gone else granted[:200])
        findings.check(f"{component}: the other may not yet", kept, "" if kept else refused[:200])
        installation.settled()


def kills(installation: Installation, findings: Findings) -> None:
    for component in _COMPONENTS:
        pod = installation.pods(component)[0]
        installation.kubectl("delete", "pod", pod, "--grace-period=0", "--force", "--wait=false")
        installation.settled()
        findings.check(f"{component}: a killed copy is replaced", pod not in installation.pods(component))


def scaling(installation: Installation, findings: Findings) -> None:
    for count in (3, 2):
        installation.kubectl("scale", "deployment/submission", "deployment/catalog", f"--replicas={count}")
        installation.settled()
        for name in ("submission", "catalog"):
            there = eventually(partial(_copies, installation, name, count), 90)
            findings.check(f"{name}: {count} copies", there, installation.pods(name))


ACTS: dict[str, Callable[[Installation, Findings], None]] = {
    "rolling upgrade": rolling_upgrade,
    "rollback": rollback,
    "evictions": evictions,
    "kills": kills,
    "scale up and down": scaling,
}


@contextmanager
def under_load(load: Load, findings: Findings, name: str) -> Iterator[None]:
    """While people send reports. Each request is tried again as a browser would, with its key."""
    print(f"  {name}", flush=True)
    asked, refused, troubled = len(load.ledger.all()), len(load.ledger.refusals), len(load.troubles)
    finished, begun = load.finished, time.monotonic()
    yield
    eventually(lambda: load.finished > finished, 120)
    acknowledged = len(load.ledger.all()) - asked
    told = [f"{status} {code}" for _, status, code in load.ledger.refusals[refused:]]
    print(
        f"    {time.monotonic() - begun:.0f} s: {load.finished - finished} reports, {acknowledged} acknowledged writes,"
        f" {len(told)} answered 'try again' {json.dumps(sorted(set(told)))}",
        flush=True,
    )
    # A copy that is killed takes with it what it had in hand: only then may somebody have to ask again.
    if name != "kills":
        findings.check(f"{name}: nobody was told to try again", not told, sorted(set(told)) or "")
    troubles = load.troubles[troubled:]
    findings.check(f"{name}: nobody was refused for good", not troubles, troubles[:2] or "")
    findings.check(f"{name}: reports were sent meanwhile", load.finished > finished, load.finished - finished)


def _image(installation: Installation) -> str:
    path = "jsonpath={.spec.template.spec.containers[0].image}"
    return installation.kubectl("get", "deployment", "submission", "--output", path)


def _copies(installation: Installation, component: str, count: int) -> bool:
    return len(installation.pods(component)) == count


def _evict(installation: Installation, pod: str) -> str:
    """What the API server answered."""
    eviction = {
        "apiVersion": "policy/v1", "kind": "Eviction", "metadata": {"name": pod, "namespace": "reporting"},
    }  # fmt: skip
    path = f"/api/v1/namespaces/reporting/pods/{pod}/eviction"
    return installation.kubectl(
        "create", "--raw", path, "--filename", "-", given=json.dumps(eviction), check=False
    )
