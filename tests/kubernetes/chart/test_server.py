"""Every example as the API server takes it, and proof that it refuses a chart with a fault."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from reporting_kubernetes.chart import CHART, EXAMPLES, template

Judge = Callable[[str], str | None]
CONSENT = [
    "--set", "consent.by=Nguyễn Văn A", "--set", "consent.at=2027-01-04T09:00:00+07:00",
    "--set", "consent.version=0.1.0", "--set", "consent.document=15/UBND-VP ngày 04/01/2027",
]  # fmt: skip


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_the_server_takes_the_installation(example: Path, namespace: str, judge: Judge) -> None:
    assert judge(template(example, namespace=namespace)) is None


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_the_server_takes_the_upgrade(example: Path, namespace: str, judge: Judge) -> None:
    assert judge(template(example, "--is-upgrade", *CONSENT, namespace=namespace)) is None


def test_the_server_takes_a_database_of_ones_own(namespace: str, judge: Judge) -> None:
    given = [
        "--set", "postgresql.mode=external", "--set", "postgresql.external.host=db.example.vn",
        "--set", "postgresql.external.caSecret=db-ca", "--set", "postgresql.external.cidrs={10.1.2.3/32}",
    ]  # fmt: skip
    assert judge(template(EXAMPLES[0], *given, namespace=namespace)) is None


# Where, what stands there, what is put in its place: each is a slip that helm renders without a word.
FAULTS = {
    "unknown field": ("services/deployments.yaml", "terminationGracePeriodSeconds:", "terminationGraceSeconds:"),
    "wrong type": ("services/disruption.yaml", "minReplicas: {{ $workload.replicas.min }}", "minReplicas: three"),
    "bad quantity": ("services/deployments.yaml", "limits: { cpu: 500m, memory: 128Mi }", "limits: { cpu: 500x }"),
    "selector and labels differ": ("gateway/portal.yaml", '"component" "portal"', '"component" .Release.Service'),
    "mount without volume": ("services/_pod.tpl", "- name: trust\n  configMap:", "- name: trusted\n  configMap:"),
    "bad port name": ("gateway/gateway.yaml", "name: http, containerPort", "name: http_port, containerPort"),
    "minimum above maximum": ("services/disruption.yaml", "maxReplicas: {{ $workload.replicas.max }}", "maxReplicas: 1"),
    "both fields of a budget": ("services/disruption.yaml", "maxUnavailable: 1", "maxUnavailable: 1\n  minAvailable: 1"),
    "port beyond the last": ("network/_places.tpl", "{ port: {{ . }}, protocol: TCP }", "{ port: 99999, protocol: TCP }"),
    "job that always restarts": ("services/migrations.yaml", "restartPolicy: OnFailure", "restartPolicy: Always"),
    "not restricted": ("_helpers.tpl", "allowPrivilegeEscalation: false", "allowPrivilegeEscalation: true"),
    "a root": ("_helpers.tpl", "runAsNonRoot: true\n  runAsUser: 10001", "runAsNonRoot: false\n  runAsUser: 0"),
    "field of no cluster": ("data/postgresql.yaml", "primaryUpdateMethod:", "primaryUpdateMethods:"),
    "too few instances named": ("data/postgresql.yaml", "instances: {{ $operator.instances }}", "instances: 0"),
    "unknown monitor field": ("observing/monitors.yaml", "path: /metrics", "paths: /metrics"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_the_server_refuses(fault: str, namespace: str, judge: Judge, tmp_path: Path) -> None:
    name, there, instead = FAULTS[fault]
    broken = tmp_path / "reporting"
    shutil.copytree(CHART, broken)
    path = broken / "templates" / name
    text = path.read_text()
    assert there in text, "the fault has no place any more"
    path.write_text(text.replace(there, instead))

    assert judge(template(EXAMPLES[0], namespace=namespace, chart=broken)) is not None
