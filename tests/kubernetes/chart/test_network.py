"""Who may speak to whom: policies, ports, and the addresses that the parts are given."""

import json
import re
import subprocess
from pathlib import Path

from joserfc.jwk import RSAKey
from reporting_kubernetes.secrets import CERTIFIED
from reporting_stack.gateway import Address, Collector, Pair, Place, render, secret, secret_path
from reporting_stack.parts.envoy import binary
from reporting_stack.parts.inner_tls import InnerTls

from tests.kubernetes.chart.rendering import Object, containers, every_example, kind, pods, rendered


def _selects(policy: Object, pod: Object) -> bool:
    wanted = policy["spec"]["podSelector"].get("matchLabels", {})
    return bool(wanted.items() <= pod["metadata"]["labels"].items())


@every_example
def test_nothing_is_open_by_default_and_every_port_stands_in_a_policy(example: Path) -> None:
    found = rendered(example)
    policies = kind(found, "NetworkPolicy")
    assert [each["spec"] for each in policies if each["metadata"]["name"] == "deny-by-default"] == [
        {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    ]
    for name, pod in pods(found):
        ours = [each for each in policies if each["spec"]["podSelector"] and _selects(each, pod)]
        assert ours and all(each["spec"]["policyTypes"] == ["Ingress", "Egress"] for each in ours), name
        allowed = {
            port["port"] for each in ours for rule in each["spec"]["ingress"] or [] for port in rule["ports"]
        }
        listened = {
            port["containerPort"] for each in pod["spec"]["containers"] for port in each.get("ports", [])
        }
        assert listened == allowed, name
    for each in policies:
        for way in ("ingress", "egress"):
            for rule in each["spec"].get(way) or []:
                assert rule["ports"] and rule["from" if way == "ingress" else "to"], each["metadata"]["name"]


@every_example
def test_the_door_of_administrators_lets_in_whom_the_values_name_and_nobody_where_there_is_none(
    example: Path,
) -> None:
    found = rendered(example)
    (policy,) = [each for each in kind(found, "NetworkPolicy") if each["metadata"]["name"] == "gateway"]
    let_in = [
        rule["from"]
        for rule in policy["spec"]["ingress"]
        if {"port": 8444, "protocol": "TCP"} in rule["ports"]
    ]
    offered = {each["metadata"]["name"]: each["spec"] for each in kind(found, "Service")}
    (realm,) = [each for each in kind(found, "ConfigMap") if each["metadata"]["name"] == "keycloak-realm"]
    (portal,) = [
        one for one in json.loads(realm["data"]["realm.json"])["clients"] if one["clientId"] == "portal"
    ]
    doors = len(portal["redirectUris"])
    if example.stem == "dong-thap":
        assert let_in == [[{"ipBlock": {"cidr": "10.87.0.0/24"}}]]
        assert offered["gateway-administration"]["loadBalancerSourceRanges"] == ["10.87.0.0/24"]
        assert (doors, portal["attributes"]["post.logout.redirect.uris"].count("##")) == (2, 1)
    else:
        assert (let_in, "gateway-administration" in offered, doors) == ([], False, 1)


@every_example
def test_what_one_may_call_the_other_lets_in(example: Path) -> None:
    """Both ends of a connection inside the namespace agree, since both are needed."""
    policies = {
        each["metadata"]["name"]: each["spec"]
        for each in kind(rendered(example), "NetworkPolicy")
        if each["spec"]["podSelector"]
    }

    def pairs(way: str, peers: str) -> set[tuple[str, str, int]]:
        return {
            (name, peer["podSelector"]["matchLabels"]["app.kubernetes.io/component"], port["port"])
            for name, spec in policies.items()
            for rule in spec[way] or []
            for peer in rule[peers]
            if set(peer) == {"podSelector"}
            for port in rule["ports"]
        }

    assert pairs("egress", "to") == {(a, b, port) for b, a, port in pairs("ingress", "from")}


@every_example
def test_every_address_inside_leads_to_a_service_and_its_port(example: Path) -> None:
    found = rendered(example)
    offered = {
        f"{each['metadata']['name']}:{port['port']}"
        for each in kind(found, "Service")
        for port in each["spec"]["ports"]
    }
    # CloudNativePG makes this one, the monitoring's namespace has the other.
    offered |= {"postgres-rw:5432", "otel-collector.monitoring:4317"}
    asked: set[str] = set()
    for _, each in containers(kind(found, "Deployment")):
        given = {one["name"]: one["value"] for one in each.get("env", []) if "value" in one}
        for name in ("DATABASE_URL", "NATS_URL", "JWKS_URL", "KEYCLOAK_URL", "OTLP_ENDPOINT"):
            asked |= set(re.findall(r"(?:^|[/@])([a-z0-9.-]+:[0-9]+)", given.get(f"REPORTING_{name}", "")))
        asked |= {
            address.removeprefix("dns:///")
            for address in json.loads(given.get("REPORTING_PEERS", "{}")).values()
        }
        for address in json.loads(given.get("REPORTING_UPSTREAMS", "{}")).values():
            host, *ports = address.split(":")
            asked |= {f"{host}:{port}" for port in ports}
    assert len(asked) > 15
    assert asked <= offered


@every_example
def test_the_gateway_takes_its_settings(example: Path, tmp_path: Path) -> None:
    """What its image reads, given to the same renderer, and to Envoy's own judgement."""
    gateway = next(
        each for each in kind(rendered(example), "Deployment") if each["metadata"]["name"] == "gateway"
    )
    (container,) = gateway["spec"]["template"]["spec"]["containers"]
    given = {one["name"]: one["value"] for one in container["env"]}
    upstreams = {name: _address(text) for name, text in json.loads(given["REPORTING_UPSTREAMS"]).items()}
    inner = InnerTls(tmp_path / "inner")
    inner.prepare(CERTIFIED)
    place = Place(
        name=given["REPORTING_STACK"],
        public_url=given["REPORTING_PORTAL_URL"],
        listen=Address("0.0.0.0", 8080),
        keycloak=upstreams.pop("keycloak"),
        static=upstreams.pop("static"),
        otlp=Collector.at(given["REPORTING_OTLP_ENDPOINT"]),
        services=upstreams,
        folder=tmp_path,
        secrets=tmp_path,
        admin_socket=tmp_path / "admin.sock",
        jwks=tmp_path / "jwks.json",
        figures=_address(given["REPORTING_FIGURES"]),
        inner=Pair(inner.certificate("gateway"), inner.key("gateway")),
        authority=inner.authority,
    )
    key = RSAKey.generate_key(2048, {"kid": "now", "use": "sig"})
    (tmp_path / "jwks.json").write_text(json.dumps({"keys": [key.as_dict(private=False)]}))
    for name in ("portal-secret", "session-key"):
        secret_path(tmp_path, name).write_text(secret(name, "x" * 40))
    for path, content in render(place).items():
        path.write_text(content)
    command = [str(binary()), "--mode", "validate", "-c", str(tmp_path / "envoy.yaml"), "-l", "error"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def _address(text: str) -> Address:
    host, port, *health = text.split(":")
    return Address(host, int(port), int(health[0]) if health else 0)
