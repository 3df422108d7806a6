"""A release as an operator lives with it: installed, upgraded with consent, taken back; nothing runs, all is recorded."""

import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from reporting_kubernetes.chart import CHART, EXAMPLES, ChartError, helm
from reporting_kubernetes.control_plane import ControlPlane

Act = Callable[..., str]
MOMENT = "2027-01-04T02:00:00Z"
DONE = {
    "status": {
        "startTime": MOMENT,
        "completionTime": MOMENT,
        "succeeded": 1,
        "conditions": [{"type": kind, "status": "True"} for kind in ("SuccessCriteriaMet", "Complete")],
    }
}


@pytest.fixture
def act(plane: ControlPlane, namespace: str) -> Act:
    def acted(verb: str, *words: str) -> str:
        return helm(
            verb, "reporting", *words, "--namespace", namespace, "--kubeconfig", str(plane.kubeconfig())
        )

    return acted


@pytest.fixture
def upgrade(act: Act, plane: ControlPlane, namespace: str) -> Act:
    """Its migrations are ended by hand, since no kubelet runs them; gives the image that ran meanwhile."""

    def upgraded(version: str, consented: str, document: str) -> str:
        told = {
            "by": "Nguyễn Văn A",
            "at": "2027-01-04T09:00:00+07:00",
            "version": consented,
            "document": document,
        }
        consent = [
            word for name, text in told.items() if text for word in ("--set-string", f"consent.{name}={text}")
        ]
        tag = ["--set-string", f"image.tag={version}"]
        with ThreadPoolExecutor(1) as pool:
            helm = pool.submit(act, "upgrade", str(CHART), "--values", str(EXAMPLES[0]), *tag, *consent)
            meanwhile = image(plane, namespace)
            while not helm.done():
                running = plane.kubectl("get", "jobs", "-n", namespace, "-o", "name").stdout.split()
                # Those of the installation (-1) were no hooks and go with it.
                for job in (name for name in running if not name.endswith("-1")):
                    meanwhile = image(plane, namespace)
                    plane.kubectl(
                        "patch", job, "-n", namespace, "--subresource=status", "-p", json.dumps(DONE)
                    )
                time.sleep(0.2)
            helm.result()
        return meanwhile

    return upgraded


def consents(plane: ControlPlane, namespace: str) -> dict[str, str]:
    told = plane.kubectl(
        "get", "configmaps", "-n", namespace, "-l", "app.kubernetes.io/component=consent", "-o", "json"
    )
    assert told.returncode == 0, told.stderr
    found = json.loads(told.stdout)["items"]
    assert all(each["immutable"] for each in found)
    return {each["metadata"]["name"]: each["data"]["document"] for each in found}


def image(plane: ControlPlane, namespace: str) -> str:
    path = "{.spec.template.spec.containers[0].image}"
    told = plane.kubectl("get", "deployment", "submission", "-n", namespace, "-o", f"jsonpath={path}").stdout
    return told.rpartition(":")[2]


@pytest.mark.requirement("QN-21.3")
def test_no_upgrade_without_consent_and_each_stays_on_record(
    act: Act, upgrade: Act, plane: ControlPlane, namespace: str
) -> None:
    act("install", str(CHART), "--values", str(EXAMPLES[0]))
    assert consents(plane, namespace) == {}

    with pytest.raises(ChartError, match=r"k8s\.consent_missing: consent\.document"):
        upgrade("0.2.0", "0.2.0", "")
    with pytest.raises(ChartError, match=r"k8s\.consent_for_another_version"):
        upgrade("0.2.0", "0.1.0", "15/UBND-VP")
    assert image(plane, namespace) == "0.1.0"

    assert upgrade("0.2.0", "0.2.0", "15/UBND-VP") == "0.1.0", "migrations come before the new code"
    assert upgrade("0.3.0", "0.3.0", "29/UBND-VP") == "0.2.0"
    assert image(plane, namespace) == "0.3.0"
    both = {"upgrade-consent-2": "15/UBND-VP", "upgrade-consent-3": "29/UBND-VP"}
    assert consents(plane, namespace) == both

    act("rollback")
    assert (image(plane, namespace), consents(plane, namespace)) == ("0.2.0", both)

    act("uninstall")
    assert consents(plane, namespace) == both
    left = plane.kubectl("get", "pvc", "-n", namespace, "-o", "name").stdout.split()
    assert len([name for name in left if "/files-" in name]) == 5
