"""What must hold of every pod, whatever template it comes from."""

import json
import re
from pathlib import Path

import pytest

from tests.kubernetes.chart.rendering import WAYS, containers, every_example, kind, pods, rendered

PINNED = re.compile(r"^[a-z0-9.:/_-]+:(?!latest(@|$))[A-Za-z0-9_][A-Za-z0-9._-]*(@sha256:[0-9a-f]{64})?$")
# They answer Prometheus alone: a gap of seconds while they start again is none to people.
ASIDE = {"figures", "files-backup"}
SECRET_WORDS = re.compile(r"password|secret|token|hmac|private|credential", re.IGNORECASE)


@every_example
@pytest.mark.parametrize("way", WAYS)
def test_no_pod_has_a_privilege(example: Path, way: str) -> None:
    for name, pod in pods(rendered(example, way)):
        spec, guard = pod["spec"], pod["spec"]["securityContext"]
        assert (guard["runAsNonRoot"], guard["seccompProfile"]["type"]) == (True, "RuntimeDefault"), name
        assert guard["runAsUser"] > 0 and spec["automountServiceAccountToken"] is False, name
        assert not {"hostNetwork", "hostPID", "hostIPC", "serviceAccountName"} & set(spec), name
        assert not [volume for volume in spec.get("volumes", []) if "hostPath" in volume], name
    for name, each in containers(rendered(example, way)):
        assert each["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "privileged": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }, name
        assert not [port for port in each.get("ports", []) if "hostPort" in port], name


@every_example
@pytest.mark.parametrize("way", WAYS)
def test_every_container_has_limits_and_a_pinned_image(example: Path, way: str) -> None:
    for name, each in containers(rendered(example, way)):
        assert set(each["resources"]["limits"]) == set(each["resources"]["requests"]) == {"cpu", "memory"}, (
            name
        )
        assert PINNED.match(each["image"]), f"{name}: {each['image']}"
    for cluster in kind(rendered(example, way), "Cluster"):
        assert PINNED.match(cluster["spec"]["imageName"]) and cluster["spec"]["resources"]["limits"]


@every_example
def test_every_server_is_asked_how_it_is_and_leaves_in_order(example: Path) -> None:
    for each in kind(rendered(example), "Deployment", "StatefulSet"):
        spec = each["spec"]["template"]["spec"]
        for container in spec["containers"]:
            assert {"startupProbe", "livenessProbe", "readinessProbe"} <= set(container), container["name"]
            if each["kind"] == "Deployment" and each["metadata"]["name"] not in ASIDE:
                waited = container["lifecycle"]["preStop"]["sleep"]["seconds"]
                assert spec["terminationGracePeriodSeconds"] > waited + 20


@every_example
def test_every_deployment_is_spread_has_a_budget_and_grows(example: Path) -> None:
    found = rendered(example)
    budgets = {each["metadata"]["name"]: each["spec"] for each in kind(found, "PodDisruptionBudget")}
    scaled = {each["spec"]["scaleTargetRef"]["name"] for each in kind(found, "HorizontalPodAutoscaler")}
    for each in kind(found, "Deployment", "StatefulSet"):
        name, spec = each["metadata"]["name"], each["spec"]
        if name in ASIDE:
            continue
        labels = spec["template"]["metadata"]["labels"]
        assert budgets[name]["selector"]["matchLabels"].items() <= labels.items(), name
        spread = spec["template"]["spec"]["topologySpreadConstraints"]
        assert {one["topologyKey"] for one in spread} == {
            "kubernetes.io/hostname",
            "topology.kubernetes.io/zone",
        }
        for one in spread:
            assert one["labelSelector"]["matchLabels"].items() <= labels.items(), name
        if each["kind"] == "Deployment":
            assert name in scaled and "replicas" not in spec, name
            assert spec["strategy"]["rollingUpdate"]["maxUnavailable"] == 0, name


@every_example
@pytest.mark.parametrize("way", WAYS)
def test_secrets_come_by_reference_only(example: Path, way: str) -> None:
    found = rendered(example, way)
    assert kind(found, "Secret") == []
    for name, each in containers(found):
        for variable in each.get("env", []):
            if SECRET_WORDS.search(variable["name"]) and "value" in variable:
                assert re.match(r"^/etc/reporting/", variable["value"]), f"{name}: {variable['name']}"
            if "DATABASE_URL" in variable["name"] and "value" in variable:
                assert re.search(r":\$\(REPORTING_[A-Z_]*DATABASE_URL_PASSWORD\)@", variable["value"]), name
    realm = next(each for each in found if each["metadata"]["name"] == "keycloak-realm")["data"]["realm.json"]
    assert "{{" not in realm
    secrets = {client["secret"] for client in json.loads(realm)["clients"] if "secret" in client}
    assert secrets == {"${PORTAL_SECRET}", "${IDENTITY_ADMIN_SECRET}"}
