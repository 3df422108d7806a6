"""A server under compose, installed step by step as deploy/compose/README.md says, and reached as a stack is.

What an operator brings is made here: a certificate of the public name, the signers' tokens, the places of the backup.
Mail and time stamps are a stack's own, at the machine's address; databases, Keycloak and bus are reached from loopback.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml
from reporting_drill.outside import Outside
from reporting_images import build
from reporting_images.apart import NODE_ADDRESS, PortsApart, believe
from reporting_images.catalogue import version
from reporting_images.forward import Address, forwarded
from reporting_stack import demo, people
from reporting_stack.layout import DEPLOY
from reporting_stack.parts.inner_tls import InnerTls
from reporting_stack.parts.services import Services
from reporting_stack.ports import record
from reporting_stack.prepare.monitoring import program
from reporting_stack.stack import Stack

from reporting_compose import secrets
from reporting_compose.place import HOME
from reporting_compose.trial.engine import Engine, built

NAME, MAIL = "baocao.example.vn", "thu.example.vn"
_OURS = 10001
_PORTS = {"keycloak": ("keycloak", 8443), "nats": ("nats", 4222), "nats_monitor": ("nats", 8222),
          "prometheus": ("prometheus", 9090), "alertmanager": ("alertmanager", 9093)}  # fmt: skip
_PROGRAMS = ("prometheus", "promtool", "prometheus-alertmanager", "amtool", "prometheus-postgres-exporter")


class TrialPorts(PortsApart):
    """People come by the public name."""

    @property
    def gateway_url(self) -> str:
        return f"https://{NAME}"


@dataclass(frozen=True)
class ServerServices(Services):
    """Their commands are run as the README says."""

    engine: Engine

    def manage(self, name: str, *words: str, **more: str) -> None:
        del more
        self.engine.compose("run", "--rm", "--no-TTY", name, "manage", *words)


@dataclass(frozen=True)
class ServerStack(Stack):
    engine: Engine

    @cached_property
    def services(self) -> ServerServices:
        return ServerServices(
            self.home, self.ports, self.credentials, self.postgres, self.nats, self.trust, self.engine
        )


def outside(work: Path, ports: TrialPorts) -> Outside:
    return Outside(HOME, ports, work / "mail", MAIL)


def settings(work: Path, ports: TrialPorts) -> dict[str, str]:
    """The .env file of this server."""
    folders = {name: work / name for name in ("tls", "backup-a", "backup-b", "programs")}
    return {
        "IMAGE_TAG": version(),
        "REPORTING_PORTAL_URL": ports.gateway_url,
        "REPORTING_BIND": NODE_ADDRESS,
        "REPORTING_SECRETS": str(secrets.FOLDER),
        "REPORTING_TLS": str(folders["tls"]),
        "REPORTING_TOKENS": str(HOME.data / "tokens"),
        "REPORTING_BACKUP_A": str(folders["backup-a"]),
        "REPORTING_BACKUP_B": str(folders["backup-b"]),
        "REPORTING_ALERTMANAGER": str(work / "alertmanager.yaml"),
        "REPORTING_SMTP_HOST": MAIL,
        "REPORTING_SMTP_PORT": str(ports.smtp),
        "REPORTING_SMTP_FROM": f"khong-tra-loi@{NAME}",
        "REPORTING_TSA_URL": f"{ports.trust_url}/tsa",
        "TRIAL_BASE": build.base_image(),
        "TRIAL_PROGRAMS": str(folders["programs"]),
        "TRIAL_MAIL": f"{MAIL}:{NODE_ADDRESS}",
        "TRIAL_MAIL_AUTHORITY": str(outside(work, ports).mail_authority),
    }


def make_ready(work: Path, stack: Stack, given: dict[str, str]) -> None:
    """Steps 3 and 4 of the README: secrets, certificate, tokens, places."""
    os.environ["REPORTING_PORTAL_URL"] = given["REPORTING_PORTAL_URL"]
    stack.home.make()
    record(stack.home, stack.ports)
    stack.trust.prepare()
    secrets.make()
    # PostgreSQL runs as upstream's account on a real server, here as that of our images.
    give(secrets.FOLDER / "postgres")
    tls = Path(given["REPORTING_TLS"])
    tls.mkdir()
    public = InnerTls(work / "elsewhere")
    public.prepare({"gateway": [NAME]})
    for name, path in {
        "certificate.pem": public.certificate("gateway"),
        "key.pem": public.key("gateway"),
        "trust.pem": stack.trust.root_file,
    }.items():
        (tls / name).write_bytes(path.read_bytes())
    for name in ("backup-a", "backup-b"):
        (work / name).mkdir()
        give(work / name)
    give(tls)
    _say_who_is_woken(Path(given["REPORTING_ALERTMANAGER"]), f"{MAIL}:{stack.ports.smtp}")
    programs = work / "programs"
    programs.mkdir()
    sources = {"collector": built("collector"), **{name: program(name) for name in _PROGRAMS}}
    for name, source in sources.items():
        (programs / name).write_bytes(Path(source).read_bytes())
        (programs / name).chmod(0o755)
    hosts = {"127.0.0.1": "localhost keycloak nats prometheus alertmanager", NODE_ADDRESS: NAME}
    believe(work, hosts, public.authority, secrets.FOLDER / "gateway" / secrets.AUTHORITY)


def _say_who_is_woken(path: Path, smarthost: str) -> None:
    told = yaml.safe_load((DEPLOY / "monitoring" / "alertmanager.yaml").read_text(encoding="utf-8"))
    told["global"]["smtp_smarthost"] = smarthost
    path.write_text(yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")


def give(folder: Path) -> None:
    """To the account of our images, with all in it."""
    for path in (folder, *folder.rglob("*")):
        os.chown(path, _OURS, _OURS)


def volumes_of_upstream(engine: Engine) -> None:
    """Folders that upstream's images bring with their owner; what stands in for them doesn't."""
    owners = {"postgres": _OURS, "prometheus": 65534, "alertmanager": 65534}
    for name, owner in owners.items():
        engine.compose("create", "--no-recreate", name)
        os.chown(engine.volume(name), owner, owner)


@contextmanager
def reached(stack: ServerStack) -> Iterator[None]:
    """The containers at the stack's loopback ports, while the block runs."""
    ports = stack.ports
    hosts = {host: stack.engine.address(host) for host, _ in _PORTS.values()}
    paths: dict[Address, Address | Path] = {
        ("127.0.0.1", getattr(ports, name)): (hosts[host], port) for name, (host, port) in _PORTS.items()
    }
    paths["127.0.0.1", ports.postgres] = stack.engine.volume("socket") / ".s.PGSQL.5432"
    with forwarded(paths):
        yield


def seed(stack: ServerStack) -> None:
    """The first account and the province by identity's own command in a container, the rest through the API."""
    stack.services.manage("identity", "bootstrap-operator", "--username", "van-hanh")
    stack.write_facts(ready=False)
    demo.seed(stack)
    people.equip(stack, everyone=True)
    stack.write_facts(ready=True)
    give(stack.trust.tokens)
    stack.engine.compose("restart", "signing")
