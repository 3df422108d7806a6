"""The example values and the table of flows, judged without helm."""

import copy
import json
import re
from typing import Any

import jsonschema
import pytest
import yaml
from reporting_kubernetes.chart import CHART, EXAMPLES
from reporting_stack.layout import ROOT, SERVICES

SCHEMA = json.loads((CHART / "values.schema.json").read_text())
DEFAULTS = yaml.safe_load((CHART / "values.yaml").read_text())
EXAMPLE = EXAMPLES[0]


def merged(defaults: Any, given: Any) -> Any:
    """As helm does it: maps are merged, all else is replaced."""
    if not isinstance(defaults, dict) or not isinstance(given, dict):
        return copy.deepcopy(given)
    return {**defaults, **{name: merged(defaults.get(name), value) for name, value in given.items()}}


def values_of(path: Any) -> dict[str, Any]:
    return merged(DEFAULTS, yaml.safe_load(path.read_text()))


def test_each_profile_has_its_example_and_no_other_is_there() -> None:
    assert [path.stem for path in EXAMPLES] == sorted(
        path.stem for path in (ROOT / "profiles").glob("*.yaml")
    )
    for path in EXAMPLES:
        assert values_of(path)["province"]["profile"] == path.stem


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_fits_the_schema(path: Any) -> None:
    jsonschema.validate(values_of(path), SCHEMA)


def test_the_values_alone_are_refused_since_nothing_names_the_province() -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(DEFAULTS, SCHEMA)


@pytest.mark.parametrize(
    "nonsense",
    [
        {"replicaCount": 3},
        {"image": {"tag": "latest"}},
        {"image": {"digests": {"gateway": "sha256:short"}}},
        {"nats": {"image": "docker.io/library/nats"}},
        {"nats": {"image": "docker.io/library/nats:latest"}},
        {"nats": {"replicas": 2}},
        {"workloads": {"submission": {"replicas": {"min": 1}}}},
        {"workloads": {"submission": {"replicas": {"min": "three"}}}},
        {"workloads": {"submission": {"resources": {"limits": {"memory": "much"}}}}},
        {"workloads": {"billing": {}}},
        {"postgresql": {"mode": "sqlite"}},
        {"postgresql": {"operator": {"instances": 1}}},
        {"postgresql": {"operator": {"backup": {"destination": "/var/backups"}}}},
        {"publicUrl": "baocao.example.vn"},
        {"mail": {"port": 99999}},
        {"consent": {"at": "yesterday"}},
        {"secrets": {"databasePassword": "hunter2"}},
        {"signing": {"pkcs11": {"module": "libsofthsm2"}}},
        {"network": {"clusterCidrs": ["everywhere"]}},
    ],
    ids=lambda nonsense: json.dumps(nonsense)[:60],
)
def test_the_schema_refuses(nonsense: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(merged(values_of(EXAMPLE), nonsense), SCHEMA)


def _closed(schema: Any, where: str = "") -> list[str]:
    """Maps with named members that would take any other as well."""
    if not isinstance(schema, dict):
        return []
    open_here = [where] if "properties" in schema and schema.get("additionalProperties") is not False else []
    inside = [
        found
        for group in ("properties", "definitions")
        for name, part in schema.get(group, {}).items()
        for found in _closed(part, f"{where}/{name}")
    ]
    return open_here + inside


def test_a_misspelt_value_is_refused_everywhere() -> None:
    assert _closed(SCHEMA) == []


def test_the_flows_name_every_component_once_known() -> None:
    flows = yaml.safe_load((CHART / "files" / "flows.yaml").read_text())["flows"]
    named = {name for flow in flows for name in (*flow["from"], *flow["to"])}
    assert {*SERVICES, "portal", "gateway", "keycloak", "nats", "postgres", "migration"} <= named


def test_services_call_whom_their_code_calls() -> None:
    """gRPC between two services is allowed exactly where one opens a channel to the other."""
    flows = yaml.safe_load((CHART / "files" / "flows.yaml").read_text())["flows"]
    allowed = {(a, b) for flow in flows if 8081 in flow["ports"] for a in flow["from"] for b in flow["to"]}
    opened = {
        (service, peer)
        for service in SERVICES
        for path in (ROOT / "services" / service / "src").rglob("*.py")
        for peer in re.findall(r'\.channel\("([a-z]+)"\)', path.read_text())
    }
    # Every service keeps a copy of identity's rights and of the maintenances that notify announces (kit.service).
    everyone = {(service, peer) for service in SERVICES for peer in ("identity", "notify") if service != peer}
    assert allowed == opened | everyone
