"""Rules, runbooks and their tests belong together; `make monitoring-check` lets promtool and amtool run them."""

import re
from collections import defaultdict
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import REGISTRY
from reporting_backup.state import MOMENTS

ROOT = Path(__file__).resolve().parents[2]
MONITORING = ROOT / "deploy" / "monitoring"
RUNBOOKS = {
    "en": ROOT / "docs" / "operations" / "runbooks",
    "vi": ROOT / "docs" / "vi" / "van-hanh" / "su-co",
}
# Told by deploy/backup, on a registry of its own.
BACKUP = {
    "reporting_backup_wal_receivers",
    *(f"reporting_backup_last_{name}_timestamp_seconds" for name in MOMENTS),
}
SEVERITIES = {"page", "ticket", "escalation"}
MEASURED = (
    "kit.telemetry.metrics", "identity.adapters.postgres.measures", "catalog.adapters.postgres.measures",
    "submission.adapters.postgres.measures", "signing.adapters.measures", "notify.adapters.postgres.measures",
)  # fmt: skip


def _rules(kind: str, folder: str = "rules") -> Iterator[dict[str, Any]]:
    for path in sorted((MONITORING / folder).glob("*.yaml")):
        for group in yaml.safe_load(path.read_text(encoding="utf-8"))["groups"]:
            yield from (rule for rule in group["rules"] if kind in rule)


ALERTS = {rule["alert"]: rule for rule in _rules("alert")}
RECORDS = {rule["record"]: rule for rule in _rules("record")}


@pytest.mark.parametrize("name", ALERTS)
def test_an_alert_says_how_urgent_it_is_whose_it_is_and_where_to_read_on(name: str) -> None:
    alert = ALERTS[name]
    assert alert["labels"]["severity"] in SEVERITIES
    assert alert["labels"]["team"] in {"operations", "office"}
    assert alert["annotations"]["summary"]
    assert alert["annotations"]["runbook_url"] == f"docs/vi/van-hanh/su-co/{name}.md"


@pytest.mark.parametrize("language", RUNBOOKS)
def test_every_alert_has_its_runbook_and_every_runbook_its_alert(language: str) -> None:
    assert {path.stem for path in RUNBOOKS[language].glob("*.md")} - {"README"} == set(ALERTS)


def test_every_alert_is_tried_quiet_then_firing_then_gone() -> None:
    seen: dict[str, list[bool]] = defaultdict(list)
    for test in _tests("alerts*.yaml"):
        for tried in test["alert_rule_test"]:
            seen[tried["alertname"]].append(bool(tried["exp_alerts"]))
    assert dict(seen) == {name: [False, True, False] for name in ALERTS}


def test_every_recording_rule_is_worked_out_on_known_figures() -> None:
    tried = {test["name"] for test in _tests("recording*.yaml") if test["promql_expr_test"]}
    assert tried == set(RECORDS)


def test_what_cloudnative_pg_tells_is_worked_out_and_asked_for_by_the_rules_of_the_database() -> None:
    told = {rule["record"] for rule in _rules("record", "cloudnative-pg")}
    tried = {test["name"] for test in _tests("cloudnative-pg.yaml") if test["promql_expr_test"]}
    asked = {
        name for alert in ALERTS.values() for name in re.findall(r"\breporting_backup_\w+", alert["expr"])
    }
    # A tried restore is said by the values (monitoring.restoreTriedOn); files are kept by our own image.
    elsewhere = {f"reporting_backup_last_{name}_timestamp_seconds" for name in ("tested_restore", "files")}
    assert tried == told == asked - elsewhere


def test_no_rule_speaks_of_a_figure_that_no_service_tells() -> None:
    for module in MEASURED:
        import_module(module)
    told = {metric.name for metric in REGISTRY.collect()} | BACKUP
    named = {
        name
        for rule in (*ALERTS.values(), *RECORDS.values())
        for name in re.findall(r"\breporting_\w+", rule["expr"])
    }
    assert {name for name in named if _family(name) not in told} == set()


def _family(name: str) -> str:
    if name == "reporting_sent_to_accepted_seconds_bucket":
        return name
    return re.sub(r"_(bucket|count|sum|total)$", "", name)


def _tests(pattern: str) -> Iterator[dict[str, Any]]:
    for path in sorted((MONITORING / "tests").glob(pattern)):
        yield from yaml.safe_load(path.read_text(encoding="utf-8"))["tests"]
