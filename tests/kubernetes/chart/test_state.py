"""Settings, migrations, and the parts that keep what was committed."""

import importlib
import re
from pathlib import Path

import pytest
from reporting_kubernetes.chart import EXAMPLES, objects
from reporting_stack.layout import SERVICES

from tests.kubernetes.chart.rendering import containers, every_example, kind, rendered


@every_example
@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_given_every_setting_it_asks_for_and_none_it_does_not_know(
    example: Path, service: str
) -> None:
    settings = importlib.import_module(f"{service}.settings").Settings
    known = {f"REPORTING_{name.upper()}": field for name, field in settings.model_fields.items()}
    needed = {name for name, field in known.items() if field.is_required()}
    needed |= {
        "REPORTING_HTTP_PORT",
        "REPORTING_GRPC_PORT",
        "REPORTING_METRICS_PORT",
        "REPORTING_NATS_CREDENTIALS",
    }
    deployment = next(
        each for each in kind(rendered(example), "Deployment") if each["metadata"]["name"] == service
    )
    given = {each["name"] for each in deployment["spec"]["template"]["spec"]["containers"][0]["env"]}
    ours = {name for name in given if name.startswith("REPORTING_") and not name.endswith("_PASSWORD")}
    assert needed <= given
    assert ours <= set(known)


@every_example
def test_the_owner_of_a_database_is_known_to_its_migration_alone(example: Path) -> None:
    with_owner = [
        name
        for name, each in containers(rendered(example))
        if any("OWNER" in variable["name"] for variable in each.get("env", []))
    ]
    assert with_owner and all(re.search(r"/migrate-[a-z]+-1/(migrate|check)$", name) for name in with_owner)


@every_example
def test_migrations_run_before_the_new_code(example: Path) -> None:
    jobs = kind(rendered(example, "upgrade"), "Job")
    assert len(jobs) == len(SERVICES)
    assert {each["metadata"]["annotations"]["helm.sh/hook"] for each in jobs} == {"pre-install,pre-upgrade"}


@every_example
def test_the_database_keeps_what_was_committed(example: Path) -> None:
    (cluster,) = kind(rendered(example), "Cluster")
    spec = cluster["spec"]
    assert spec["instances"] >= 3
    assert spec["postgresql"]["synchronous"]["dataDurability"] == "required"
    assert spec["plugins"][0]["isWALArchiver"] is True
    assert spec["postgresql"]["pg_hba"][-1] == "host all all all reject"
    roles = {role["name"] for role in spec["managed"]["roles"]}
    assert roles == {*SERVICES, *(f"{name}_owner" for name in SERVICES), "keycloak"}
    assert {each["spec"]["name"] for each in kind(rendered(example), "Database")} == {*SERVICES, "keycloak"}


@every_example
def test_the_broker_keeps_what_it_acknowledged(example: Path) -> None:
    found = rendered(example)
    settings = next(each for each in kind(found, "ConfigMap") if each["metadata"]["name"] == "nats")
    broker = next(each for each in kind(found, "StatefulSet") if each["metadata"]["name"] == "nats")
    assert "sync_interval: always" in settings["data"]["nats.conf"]
    assert broker["spec"]["replicas"] == 3 and settings["data"]["nats.conf"].count("nats://nats-") == 3
    for _, each in containers(kind(found, "Deployment")):
        replicas = [one["value"] for one in each.get("env", []) if one["name"] == "REPORTING_NATS_REPLICAS"]
        assert replicas in ([], ["3"])


def test_a_mail_server_of_a_private_authority_is_believed_by_who_writes_letters_alone() -> None:
    found = objects(EXAMPLES[0], "--set", "mail.authority=mail-trust")
    believing = {
        name
        for name, each in containers(found)
        if {"name": "mail-trust", "mountPath": "/etc/reporting/mail", "readOnly": True}
        in each.get("volumeMounts", [])
        and {"name": "SSL_CERT_FILE", "value": "/etc/reporting/mail/ca.crt"} in each.get("env", [])
    }
    assert believing == {"Deployment/notify/notify"}
    assert not [name for name, each in containers(rendered(EXAMPLES[0])) if "mail-trust" in str(each)]
