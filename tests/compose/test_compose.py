"""What must hold of deploy/compose beyond its schema (`make compose-check`): no way in but the gateway, no default secret."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from reporting_compose import secrets
from reporting_compose.place import ServerPorts
from reporting_images.catalogue import OURS, PEERS
from reporting_stack import layout
from reporting_stack.gateway import Address
from reporting_stack.layout import DEPLOY, SERVICES, VENV, Home

FOLDER = DEPLOY / "compose"
TEXT = (FOLDER / "compose.yaml").read_text(encoding="utf-8")
FILE: dict[str, Any] = yaml.safe_load(TEXT)
PARTS: dict[str, dict[str, Any]] = FILE["services"]
EVERY = pytest.mark.parametrize("name", sorted(PARTS))
# What may be reached from outside, or reaches out, with the reason in compose.yaml.
OUTWARD = {"signing", "notify", "keycloak", "alertmanager"}


def test_all_parts_of_a_server_are_there() -> None:
    wanted = {*SERVICES, "gateway", "portal", "postgres", "nats", "keycloak"}
    assert wanted | {"prometheus", "alertmanager", "grafana", "collector", "backup"} <= set(PARTS)


def test_only_the_gateway_is_published_and_at_a_named_address() -> None:
    published = {name: part["ports"] for name, part in PARTS.items() if "ports" in part}
    assert list(published) == ["gateway"]
    assert published["gateway"] == [
        "${REPORTING_BIND:?the address that is reached from outside}:443:8443",
        "${REPORTING_BIND}:8444:8444",
    ]


@EVERY
def test_a_part_can_do_no_more_than_its_work(name: str) -> None:
    part = PARTS[name]
    assert part["read_only"] is True
    assert part["cap_drop"] == ["ALL"]
    assert part["security_opt"] == ["no-new-privileges:true"]
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", part["user"]), "an account without rights"
    assert not {"privileged", "cap_add", "network_mode", "pid", "ipc", "devices"} & set(part)
    limits = part["deploy"]["resources"]["limits"]
    assert {"cpus", "memory", "pids"} == set(limits)


@EVERY
def test_memory_that_can_be_written_belongs_to_the_account_that_writes(name: str) -> None:
    owner, group = PARTS[name]["user"].split(":")
    for folder in PARTS[name].get("tmpfs", []):
        # The mode alone is lost when the container starts again.
        assert f"uid={owner},gid={group}" in folder, folder


@EVERY
def test_an_image_is_named_by_its_version(name: str) -> None:
    image = PARTS[name]["image"]
    ours = {f"localhost/reporting-{one.name}" for one in (*OURS, *PEERS)}
    base, _, tag = image.partition(":")
    if image.startswith("localhost/"):
        assert base in ours and tag.startswith("${IMAGE_TAG")
    else:
        assert re.match(r"docker\.io/[a-z/-]+$", base)
        assert re.match(r"v?\d+\.\d+", tag), "a version, never a name that moves"


@EVERY
def test_what_goes_on_says_whether_it_is_well(name: str) -> None:
    part = PARTS[name]
    once = part["restart"] == "no"
    # The collector's image holds nothing that could ask; a receiver ends when it isn't well.
    assert once or "healthcheck" in part or name in ("collector", "receiver-a", "receiver-b")
    for other, condition in part.get("depends_on", {}).items():
        ends = PARTS[other]["restart"] == "no"
        assert condition["condition"] == ("service_completed_successfully" if ends else "service_healthy")


@EVERY
def test_the_data_is_kept_from_the_front(name: str) -> None:
    networks = set(PARTS[name]["networks"])
    assert not {"front", "data"} <= networks
    assert ("front" in networks) == (name == "gateway")
    assert "out" not in networks or name in OUTWARD
    assert {network for network, how in FILE["networks"].items() if not (how or {}).get("internal")} == {
        "front",
        "out",
    }


@EVERY
def test_no_secret_stands_in_a_setting(name: str) -> None:
    for variable, value in PARTS[name].get("environment", {}).items():
        if re.search("PASSWORD|SECRET|CREDENTIAL|_KEY(_|$)", variable):
            assert re.match("/run/secrets", str(value)), variable
        assert not re.search(r"://[^/@]+:[^/@]+@", str(value)), f"{variable} holds a password"


def test_a_secret_is_a_file_and_each_is_used() -> None:
    assert all(set(how) == {"file"} for how in FILE["secrets"].values())
    used = {
        one["source"] if isinstance(one, dict) else one
        for part in PARTS.values()
        for one in part.get("secrets", [])
    }
    assert used == set(FILE["secrets"])


def test_a_services_secrets_are_its_own() -> None:
    for name in SERVICES:
        given = [one if isinstance(one, str) else one["source"] for one in PARTS[name]["secrets"]]
        foreign = [
            one for one in given for other in SERVICES if other != name and one.startswith(f"{other}-")
        ]
        assert foreign == []
        assert f"{name}-owner" not in given, "the role that owns the tables is the migration's alone"


def test_what_is_asked_for_is_in_the_example_and_nothing_secret() -> None:
    example = (FOLDER / "example.env").read_text(encoding="utf-8")
    given = set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))
    assert given == set(re.findall(r"\$\{([A-Z_]+)", TEXT))
    assert not re.search("PASSWORD|SECRET=|TOKEN=", example)


def test_every_address_is_a_part_on_a_common_network() -> None:
    for name, part in PARTS.items():
        for value in part.get("environment", {}).values():
            for host in re.findall(r"(?:[/\"]|: \")([a-z]+):\d{4}\b", str(value)):
                assert host in PARTS, (name, host)
                assert set(part["networks"]) & set(PARTS[host]["networks"]), (name, host)


def test_the_gateway_knows_every_service() -> None:
    upstreams = yaml.safe_load(PARTS["gateway"]["environment"]["REPORTING_UPSTREAMS"])
    assert set(upstreams) == {*SERVICES, "keycloak", "static", "otlp"}
    assert Address("identity", 8080, 8082) == Address(
        *[int(word) if word.isdigit() else word for word in upstreams["identity"].split(":")]  # type: ignore[arg-type]
    )


def test_every_secret_of_the_file_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "ROOT", tmp_path)
    monkeypatch.setattr(secrets.os, "getuid", lambda: 0)
    monkeypatch.setattr(secrets.os, "chown", lambda *_: None)
    monkeypatch.setenv("REPORTING_PORTAL_URL", "https://baocao.example.vn")
    monkeypatch.setattr(secrets, "FOLDER", Home.named("server").root / "compose")
    monkeypatch.setattr(layout.Home, "make", _make_as_anyone)
    made = {path.name: path for path in secrets.make()}
    wanted = re.findall(r"\{file: \"\$\{REPORTING_SECRETS[^}]*\}/([a-z.-]+)\"", TEXT)
    assert set(wanted) == set(made)
    modes = {name: path.stat().st_mode & 0o777 for name, path in made.items()}
    assert modes.pop("authority.pem") == 0o444, "a certificate that everybody is shown"
    assert set(modes.values()) == {0o400}
    before = {
        name: path.read_bytes()
        for name, path in made.items()
        if name.endswith(("password", "key", "identity"))
    }
    again = {path.name: path for path in secrets.make()}
    assert before == {name: again[name].read_bytes() for name in before}, "made once"
    settings = made["nats.conf"]
    local = settings.read_text(encoding="utf-8").replace("/data/", f"{tmp_path}/data/")
    for name, there in {"nats-tls": "/run/secrets/tls.pem", "nats-tls-key": "/run/secrets/tls.key"}.items():
        assert there in local
        local = local.replace(there, str(made[name]))
    (tmp_path / "nats.conf").write_text(local, encoding="utf-8")
    command = [VENV / "bin" / "nats-server", "-t", "-c", tmp_path / "nats.conf"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def _make_as_anyone(home: Home) -> None:
    for folder in (home.root, home.config, home.data, home.secrets):
        folder.mkdir(parents=True, exist_ok=True)


def test_the_server_is_found_by_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORTING_PORTAL_URL", "https://baocao.example.vn/")
    ports = ServerPorts()
    assert ports.issuer == "https://baocao.example.vn/auth/realms/reporting"
    assert (ports.postgres_host, ports.postgres) == ("postgres", 5432)
    assert ports.jwks_url.startswith("https://keycloak:8443/auth/realms/reporting/")


def test_the_trials_collector_is_of_the_version_that_is_pulled() -> None:
    pulled = PARTS["collector"]["image"].rpartition(":")[2]
    modules = (FOLDER / "tools" / "collector" / "go.mod").read_text()
    assert f"go.opentelemetry.io/collector/otelcol v{pulled}\n" in modules
