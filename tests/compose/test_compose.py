"""What must hold of deploy/compose beyond its schema (`make compose-check`): no way in but the gateway, no default secret."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from reporting_backup.settings import Settings
from reporting_compose import secrets
from reporting_compose.place import HOME, SOCKET, ServerPorts
from reporting_images.catalogue import OURS, PEERS
from reporting_stack import layout
from reporting_stack.credentials import Credentials
from reporting_stack.gateway import Address
from reporting_stack.layout import DEPLOY, SERVICES, VENV, Home
from reporting_stack.parts.postgres import Postgres

FOLDER = DEPLOY / "compose"
TEXT = (FOLDER / "compose.yaml").read_text(encoding="utf-8")
FILE: dict[str, Any] = yaml.safe_load(TEXT)
PARTS: dict[str, dict[str, Any]] = FILE["services"]
EVERY = pytest.mark.parametrize("name", sorted(PARTS))
# What may be reached from outside, or reaches out, with the reason in compose.yaml.
OUTWARD = {"signing", "notify", "alertmanager"}
# Who may ask PostgreSQL, each by a role's password.
ASKING = {*SERVICES, *(f"migrate-{name}" for name in SERVICES), "databases", "realm", "keycloak", "receiver-a", "receiver-b",
          "backup", "figures-postgres"}  # fmt: skip
# What is to be read there, and the files that say so.
READ = re.compile(r"/run/secrets/([a-z.-]+)")
TOLD = {
    "collector": "collector.yaml",
    "prometheus": "web.yaml",
    "alertmanager": "web.yaml",
    "figures-postgres": "web.yaml",
}


def mounts(name: str) -> dict[str, str]:
    """Where each folder, file and volume lies in the container, by the place."""
    found = {}
    for one in PARTS[name].get("volumes", []):
        source, target = (
            (one["source"], one["target"])
            if isinstance(one, dict)
            else one.rsplit(":ro", 1)[0].rsplit(":", 1)
        )
        found[target] = source
    return found


def held(name: str) -> str | None:
    """The folder of secrets that the part sees."""
    folders = [
        source.rpartition("/")[2]
        for source in mounts(name).values()
        if source.startswith("${REPORTING_SECRETS")
    ]
    assert len(folders) <= 1, name
    return folders[0] if folders else None


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
    assert not {"privileged", "cap_add", "pid", "ipc", "devices"} & set(part)
    assert part.get("network_mode", "none") == "none"
    assert ("networks" in part) != ("network_mode" in part)
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
    # Two images hold nothing that could ask; a receiver ends when it isn't well.
    silent = ("collector", "figures-postgres", "receiver-a", "receiver-b")
    assert once or "healthcheck" in part or name in silent
    for other, condition in part.get("depends_on", {}).items():
        ends = PARTS[other]["restart"] == "no"
        assert condition["condition"] == ("service_completed_successfully" if ends else "service_healthy")


@EVERY
def test_the_data_is_kept_from_the_front(name: str) -> None:
    networks = set(PARTS[name].get("networks", []))
    assert not {"front", "bus"} <= networks
    assert ("front" in networks) == (name == "gateway")
    assert "out" not in networks or name in OUTWARD
    assert {network for network, how in FILE["networks"].items() if not (how or {}).get("internal")} == {
        "front",
        "out",
    }


@EVERY
def test_postgresql_is_asked_by_its_socket_and_by_whom_it_concerns(name: str) -> None:
    assert PARTS["postgres"]["network_mode"] == "none" and "listen_addresses=" in PARTS["postgres"]["command"]
    assert (mounts(name).get(SOCKET) == "socket") == (name in ASKING | {"postgres"})
    if name in ASKING:
        (socket,) = [
            one for one in PARTS[name]["volumes"] if isinstance(one, dict) and one["target"] == SOCKET
        ]
        assert socket["read_only"] is True, "they knock; they put nothing there"


@EVERY
def test_no_secret_stands_in_a_setting(name: str) -> None:
    for variable, value in PARTS[name].get("environment", {}).items():
        if re.search("PASSWORD|SECRET|CREDENTIAL|_KEY(_|$)", variable):
            assert re.match("/run/(secrets|public)(/|$)", str(value)), variable
        assert not re.search(r"://[^/@]+:[^/@]+@", str(value)), f"{variable} holds a password"


@EVERY
def test_a_part_sees_its_own_secrets_alone(name: str) -> None:
    shared = {
        "receiver-a": "receiver",
        "receiver-b": "receiver",
        "databases": "operator",
        "realm": "operator",
    }
    assert held(name) == shared.get(name, name)
    for one in PARTS[name]["volumes"]:
        if isinstance(one, dict) and one["source"].startswith("${REPORTING_"):
            assert one["read_only"] is True and one["type"] == "bind", "made beforehand, never by the engine"


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


def test_nothing_is_sent_in_clear_over_a_network() -> None:
    told = [TEXT, *((FOLDER / name).read_text(encoding="utf-8") for name in ("collector.yaml", "web.yaml"))]
    for text in told:
        assert not [host for host in re.findall(r"\bhttp://([a-z0-9.-]+)", text) if host != "127.0.0.1"]
    for file in (FOLDER / "targets").glob("*.json"):
        for group in yaml.safe_load(file.read_text(encoding="utf-8")):
            said = "scheme" if file.stem == "alertmanager" else "__scheme__"
            assert group["labels"][said] == "https", file.name


def test_the_gateway_knows_every_service() -> None:
    upstreams = yaml.safe_load(PARTS["gateway"]["environment"]["REPORTING_UPSTREAMS"])
    assert set(upstreams) == {*SERVICES, "keycloak", "static"}
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
    made = {(path.parent.name, path.name): path for path in secrets.make()}
    assert {part for part, _ in made} == {held(name) for name in PARTS}
    for name, part in PARTS.items():
        told = json.dumps({key: part.get(key) for key in ("environment", "command", "healthcheck")})
        if name in TOLD:
            told += (FOLDER / TOLD[name]).read_text(encoding="utf-8")
        asked = set(READ.findall(told))
        assert {(held(name), one) for one in asked} <= set(made), name
    for name in SERVICES:
        assert (name, "reporting_owner_database_url") not in made, (
            "the role that owns the tables is the migration's alone"
        )
    assert {path.stat().st_mode & 0o777 for path in made.values()} == {0o400}
    assert {path.parent.stat().st_mode & 0o777 for path in made.values()} == {0o500}
    before = {one: path.read_bytes() for one, path in made.items()}
    again = {(path.parent.name, path.name): path.read_bytes() for path in secrets.make()}
    assert before == again, "made once"
    settings = made["backup", "backup.json"].read_text(encoding="utf-8")
    assert set(READ.findall(settings)) <= {name for part, name in made if part == "backup"}
    assert Settings.read(made["backup", "backup.json"]).host == SOCKET
    settings = made["nats", "nats.conf"]
    local = settings.read_text(encoding="utf-8").replace("/data/", f"{tmp_path}/data/")
    for name in ("tls.pem", "tls.key"):
        assert f"/run/secrets/{name}" in local
        local = local.replace(f"/run/secrets/{name}", str(made["nats", name]))
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
    postgres = Postgres(HOME, ports, Credentials(HOME, {"database/catalog": "x"}))
    assert postgres.url("catalog", "catalog", driver="+asyncpg") == (
        "postgresql+asyncpg://catalog:x@/catalog?host=/run/postgresql"
    )
    assert ports.jwks_url.startswith("https://keycloak:8443/auth/realms/reporting/")


def test_the_trials_collector_is_of_the_version_that_is_pulled() -> None:
    pulled = PARTS["collector"]["image"].rpartition(":")[2]
    modules = (FOLDER / "tools" / "collector" / "go.mod").read_text()
    assert f"go.opentelemetry.io/collector/otelcol v{pulled}\n" in modules
