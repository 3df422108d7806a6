"""What the chart hands to Prometheus is what rules and dashboards ask for, under their names."""

import re
from pathlib import Path

import pytest
import yaml
from reporting_kubernetes.chart import EXAMPLES, objects

from tests.kubernetes.chart.rendering import Object, containers, every_example, kind, pods, rendered

MONITORING = Path(__file__).resolve().parents[3] / "deploy" / "monitoring"
# Values of an installation whose PostgreSQL is kept by others.
EXTERNAL = (
    "--set", "postgresql.mode=external", "--set", "postgresql.external.host=db.example.vn",
    "--set", "postgresql.external.caSecret=database-ca",
)  # fmt: skip


def _endpoints(found: list[Object]) -> list[tuple[Object, Object]]:
    return [
        (each, endpoint)
        for each in kind(found, "ServiceMonitor", "PodMonitor")
        for endpoint in each["spec"].get("endpoints") or each["spec"]["podMetricsEndpoints"]
    ]


def _named(endpoint: Object, label: str) -> str | None:
    return next(
        (one["replacement"] for one in endpoint.get("relabelings", ()) if one["targetLabel"] == label), None
    )


def _rules(found: list[Object]) -> list[Object]:
    return [
        rule
        for each in kind(found, "PrometheusRule")
        for group in each["spec"]["groups"]
        for rule in group["rules"]
    ]


@every_example
def test_what_is_asked_is_known_by_the_job_that_rules_name(example: Path) -> None:
    found = rendered(example)
    jobs = {_named(endpoint, "job") for _, endpoint in _endpoints(found)}
    asked = {job for rule in _rules(found) for job in re.findall(r'job="(\w+)"', rule["expr"])}
    assert None not in jobs
    assert asked <= jobs
    services = {_named(each, "service") for _, each in _endpoints(found) if _named(each, "job") == "services"}
    assert services == {"identity", "catalog", "submission", "signing", "notify"}


@every_example
def test_every_endpoint_is_a_port_of_some_pod_and_every_server_of_nats_is_asked(example: Path) -> None:
    found = rendered(example)
    ports = {
        (pod["metadata"]["labels"]["app.kubernetes.io/component"], port["name"])
        for _, pod in pods(found)
        for one in pod["spec"]["containers"]
        for port in one.get("ports", [])
    }
    for each, endpoint in _endpoints(found):
        component = each["spec"]["selector"]["matchLabels"].get("app.kubernetes.io/component")
        # CloudNativePG makes its own pods.
        assert component is None or (component, endpoint["port"]) in ports, each["metadata"]["name"]
    (nats,) = [each for each in kind(found, "StatefulSet") if each["metadata"]["name"] == "nats"]
    asked = {one["command"][-2] for name, one in containers(found) if name.startswith("Deployment/figures/")}
    assert asked == {f"https://nats-{index}.nats:8222" for index in range(nats["spec"]["replicas"])}


@every_example
def test_figures_of_postgresql_bear_the_names_that_rules_and_dashboards_ask_for(example: Path) -> None:
    found = rendered(example)
    (endpoint,) = [each for monitor, each in _endpoints(found) if monitor["metadata"]["name"] == "postgres"]
    queries = yaml.safe_load((MONITORING / "postgres-queries.yaml").read_text(encoding="utf-8"))
    told = {"cnpg_collector_up"} | {
        f"cnpg_{name}_{column}"
        for name, query in queries.items()
        for each in query["metrics"]
        for column, about in each.items()
        if about["usage"] != "LABEL"
    }
    renamed = {_renamed(name, endpoint["metricRelabelings"]) for name in told}
    boards = (MONITORING / "grafana" / "dashboards" / "database.json").read_text(encoding="utf-8")
    expressions = boards + "".join(rule["expr"] for rule in _rules(found))
    assert set(re.findall(r"\bpg_[a-z_]+", expressions)) <= renamed
    (given,) = [each for each in kind(found, "ConfigMap") if each["metadata"]["name"] == "postgres-queries"]
    assert yaml.safe_load(given["data"]["queries"]) == queries


def _renamed(name: str, steps: list[dict[str, str]]) -> str:
    for step in steps:
        if matched := re.fullmatch(step["regex"], name):
            return matched.expand(step["replacement"].replace("$", "\\"))
    return name


@every_example
def test_a_database_kept_by_others_is_watched_by_them(example: Path) -> None:
    ours, theirs = (
        {one.get("alert") for one in _rules(found)}
        for found in (rendered(example), objects(example, *EXTERNAL))
    )
    assert ours - theirs >= {"PostgresDown", "BackupReceiversGone", "BackupRestoreUntested"}
    assert {"GatewayDown", "NatsDown", "ServiceDown"} <= theirs


@pytest.mark.parametrize(("day", "moment"), [("2027-01-31", "1801353600"), ("", None)])
def test_the_day_of_the_last_tried_restore_is_what_the_values_say(day: str, moment: str | None) -> None:
    found = objects(EXAMPLES[0], "--set", f"monitoring.restoreTriedOn={day}")
    told = [
        rule["expr"]
        for rule in _rules(found)
        if rule.get("record") == "reporting_backup_last_tested_restore_timestamp_seconds"
    ]
    assert told == ([f"vector({moment})"] if moment else [])
