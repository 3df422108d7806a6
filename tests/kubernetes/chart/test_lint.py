"""helm's own judgement, that of Kubernetes' schemas, and the refusals in words."""

import subprocess
from pathlib import Path

import pytest
import yaml
from reporting_kubernetes import tools
from reporting_kubernetes.chart import CHART, EXAMPLES, KUBERNETES, ChartError, helm, objects, template

OPERATORS = ("cnpg.io", "coreos.com")
CONSENT = {
    "by": "Nguyễn Văn A",
    "at": "2027-01-04T09:00:00+07:00",
    "version": "0.1.0",
    "document": "15/UBND-VP ngày 04/01/2027",
}


def consent(**changed: str) -> list[str]:
    return [
        word
        for name, value in {**CONSENT, **changed}.items()
        for word in ("--set-string", f"consent.{name}={value}")
    ]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_helm_finds_nothing(example: Path) -> None:
    helm("lint", "--strict", "--kube-version", KUBERNETES, str(CHART), "--values", str(example))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_every_object_fits_the_schema_of_its_kind(example: Path, tmp_path: Path) -> None:
    ours = [each for each in objects(example) if not any(name in each["apiVersion"] for name in OPERATORS)]
    rendered = tmp_path / "rendered.yaml"
    rendered.write_text(yaml.safe_dump_all(ours, allow_unicode=True))
    command = [str(tools.installed() / "kubernetes-validate"), "-k", "1.36", "--strict", str(rendered)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_installation_asks_for_no_consent() -> None:
    assert "upgrade-consent" not in template(EXAMPLES[0])


@pytest.mark.requirement("QN-21.3")
@pytest.mark.parametrize("missing", CONSENT)
def test_an_upgrade_without_the_whole_consent_is_refused(missing: str) -> None:
    with pytest.raises(ChartError, match=rf"k8s\.consent_missing: consent\.{missing}: .*QN 21\.3.*Hãy"):
        template(EXAMPLES[0], "--is-upgrade", *consent(**{missing: ""}))


@pytest.mark.requirement("QN-21.3")
def test_a_consent_to_another_version_is_refused() -> None:
    with pytest.raises(ChartError, match=r"k8s\.consent_for_another_version"):
        template(EXAMPLES[0], "--is-upgrade", *consent(version="0.0.9"))


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (["--set", "termination.graceSeconds=40"], "k8s.grace_too_short"),
        (["--set", "workloads.notify.replicas.min=9"], "k8s.replicas_reversed"),
        (["--set", "postgresql.mode=external"], "k8s.database_missing"),
        (["--set", "postgresql.mode=external", "--set", "postgresql.external.host=db"], "k8s.ca_missing"),
        (["--set", "postgresql.operator.backup.destination="], "k8s.backup_missing"),
        (["--set-json", 'gateway.administration.fromCidrs=["10.0.0.0/24"]'], "k8s.administration_incomplete"),
        (["--set", "gateway.administration.url=https://quantri.vn"], "k8s.administration_incomplete"),
    ],
)
def test_values_that_contradict_each_other_are_refused_in_words(given: list[str], code: str) -> None:
    with pytest.raises(ChartError, match=rf"{code}: .*Hãy|{code}: .*hãy"):
        template(EXAMPLES[0], *given)


def test_helm_refuses_by_the_schema_too() -> None:
    with pytest.raises(ChartError, match="additional propert"):
        template(EXAMPLES[0], "--set", "replicaCount=3")
