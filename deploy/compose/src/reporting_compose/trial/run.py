"""Outside: what is needed, and whether anything was left. Inside: installed, looked at, worked with, upgraded, ended."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx
from reporting_drill import trial
from reporting_drill.checks import Findings, eventually
from reporting_images import apart, build, machine
from reporting_images.catalogue import OURS, PEERS, version
from reporting_images.podman import exists, podman, save
from reporting_stack.down import clean
from reporting_stack.layout import StackError
from reporting_stack.prepare import monitoring

from reporting_compose.place import HOME
from reporting_compose.secrets import FOLDER
from reporting_compose.trial import engine, server
from reporting_compose.trial.engine import Engine
from reporting_compose.trial.server import ServerStack, TrialPorts

_WORK = "REPORTING_COMPOSE_WORK"
_BASE = 29000
_NEXT = f"{version()}-next"
_STARTED_SECONDS = 420


def outside() -> int:
    """Prepares, goes apart, and looks afterwards whether anything was left."""
    if HOME.exists():
        raise StackError(f"{HOME.root} holds a server's secrets; this trial would make its own there")
    machine.prepare()
    engine.prepare()
    monitoring.install()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="reporting-compose-") as name:
        work = Path(name)
        os.environ |= {_WORK: name, "STACK": HOME.name}
        _save_images(work / "images.tar")
        print(f"  programs and images ready after {time.monotonic() - begun:.0f} s", flush=True)
        try:
            status = apart.run_apart("reporting_compose", "test", "inside")
        finally:
            if not os.environ.get("KEEP"):
                clean(HOME)
        return trial.close(work, engine.GROUPS, status, begun)


def inside() -> int:
    work, findings = Path(os.environ[_WORK]), Findings()
    apart.settle(work, engine.FOLDERS)
    begun = time.monotonic()

    def say(words: str) -> None:
        print(f"  {words} after {time.monotonic() - begun:.0f} s", flush=True)

    ports = TrialPorts(int(os.environ.get("PORT_BASE") or _BASE))
    given = server.settings(work, ports)
    with engine.running(work, given) as docker:
        say("engine ready")
        docker.docker("load", "--quiet", "--input", str(work / "images.tar"))
        (work / "images.tar").unlink()
        say("images loaded")
        stack = ServerStack(HOME, ports, docker)
        try:
            server.make_ready(work, stack, given)
            server.volumes_of_upstream(docker)
            with server.outside(stack):
                _start(docker, findings)
                say("started")
                with server.reached(stack):
                    server.seed(stack)
                    say("seeded")
                    trial.demo_cycle(findings, "server", HOME)
                    _watched(stack, findings)
                _started_again(docker, findings)
                _kept(docker, findings)
                _apart(docker, findings)
                _encrypted(docker, findings)
                _upgrade(docker, findings)
                say("upgraded")
        except Exception:
            _explain(docker)
            raise
        finally:
            docker.compose("down", "--volumes", "--timeout", "30", check=False)
            trial.tell(work, findings)
    return 1 if findings.wrong else 0


def _save_images(archive: Path) -> None:
    """Ours and those that stand in for upstream's, ours under the next version's name too, and the base."""
    wanted = [image.reference for image in (*OURS, *PEERS)]
    missing = [name for name in wanted if not exists(name)]
    if missing:
        raise StackError(f"build them first (make images images-peers): {', '.join(missing)}")
    names = [build.base_image()]
    for reference in wanted:
        follower = reference.replace(f":{version()}", f":{_NEXT}")
        podman("tag", reference, follower)
        names += [reference, follower]
    save(archive, names)


def _start(docker: Engine, findings: Findings) -> None:
    """Step 5: one word, and everything is made in its order."""
    begun = time.monotonic()
    docker.compose("up", "--detach", "--no-build", "--pull", "never")
    settled = eventually(lambda: not _unsettled(docker), _STARTED_SECONDS)
    findings.check("all parts are ready", settled, f"{time.monotonic() - begun:.0f} s")
    if not settled:
        raise StackError(f"not ready: {_unsettled(docker)}")
    parts = docker.parts()
    published = {
        name for name, one in parts.items() if any(p["PublishedPort"] for p in one["Publishers"] or ())
    }
    findings.check("only the gateway is published", published == {"gateway"}, published)
    findings.check(
        "every part of the file runs but what can't be had", len(parts) == _expected(docker), len(parts)
    )


def _expected(docker: Engine) -> int:
    return len(docker.compose("config", "--services").splitlines())


def _unsettled(docker: Engine) -> dict[str, str]:
    """What isn't as it should be: running and well, or ended well if it was to end."""
    wrong = {}
    for name, one in docker.parts().items():
        ends = name.startswith("migrate-") or name in ("databases", "realm")
        well = one["State"] == "exited" and one["ExitCode"] == 0 if ends else one["State"] == "running"
        if not well or one["Health"] not in ("", "healthy"):
            wrong[name] = f"{one['State']} {one['Health']} {one['ExitCode']}"
    return wrong


def _watched(stack: ServerStack, findings: Findings) -> None:
    """Prometheus finds every part it is told of."""
    address = f"http://127.0.0.1:{stack.ports.prometheus}/api/v1/targets"

    def down() -> list[str]:
        active: list[dict[str, Any]] = httpx.get(address, timeout=10).json()["data"]["activeTargets"]
        ill = [f"{one['scrapeUrl']} {one['lastError']}" for one in active if one["health"] != "up"]
        return ill if len(active) >= 10 else [f"only {len(active)} are known", *ill]

    findings.check("Prometheus reads every part", eventually(lambda: not down(), 60), down() or "")


def _started_again(docker: Engine, findings: Findings) -> None:
    """Containers that end and start again can still write where they could."""
    parts = ("gateway", "catalog", "keycloak", "backup")
    docker.compose("restart", *parts)
    settled = eventually(lambda: not _unsettled(docker), _STARTED_SECONDS)
    findings.check("parts that were started again are ready", settled, _unsettled(docker) or "")
    for part in parts:
        written = docker.inside(part, "sh", "-c", "touch /tmp/written && echo yes") == "yes"
        findings.check(f"{part} can write its memory after that", written)


def _kept(docker: Engine, findings: Findings) -> None:
    """Both receivers have the log, a commit waits for one of them, and a backup was sealed in both places."""
    asked = (
        "SELECT string_agg(application_name || ' ' || sync_state, ', ' ORDER BY 1) FROM pg_stat_replication"
    )
    told = _query(docker, "postgres", asked)
    both = told.count("quorum") == 2
    findings.check("a commit waits for one of two receivers", both, told)
    words = ("/opt/reporting/bin/python", "-m", "reporting_backup", "/run/secrets/backup.json")
    for name in ("now", "verify"):
        done = docker.compose("exec", "--no-TTY", "backup", *words, name, check=False)
        findings.check(f"backup {name}", bool(done), done.splitlines()[-1] if done else "failed")


def _apart(docker: Engine, findings: Findings) -> None:
    """Who isn't on a network with another doesn't reach it, and what has no way out has none."""
    tried = "import socket,sys; socket.create_connection((sys.argv[1], int(sys.argv[2])), 3)"

    def reaches(part: str, host: str, port: int) -> bool:
        words = ["exec", "--no-TTY", part, "/opt/reporting/bin/python", "-c", f"{tried}; print('reached')"]
        return docker.compose(*words, host, str(port), check=False) == "reached"

    findings.check("a service reaches the database", reaches("catalog", "postgres", 5432))
    postgres = docker.address("postgres")
    for part in ("gateway", "portal"):
        findings.check(f"the {part} doesn't reach the database", not reaches(part, postgres, 5432))
    with apart.beyond():
        out = eventually(lambda: reaches("signing", *apart.BEYOND), 20)
        findings.check("signing has a way out", out)
        for part in ("catalog", "submission", "identity", "portal", "backup"):
            findings.check(f"{part} has none", not reaches(part, *apart.BEYOND))


_ASK = """
import http.client, ssl, sys
believed = ssl.create_default_context(cafile="/run/secrets/authority.pem")
if sys.argv[1] == "known":
    believed.load_cert_chain("/run/secrets/tls.pem", "/run/secrets/tls.key")
kind = http.client.HTTPConnection if sys.argv[1] == "clear" else http.client.HTTPSConnection
given = {} if sys.argv[1] == "clear" else {"context": believed}
asked = kind("catalog", 8080, timeout=5, **given)
asked.request("GET", "/")
print("answered", asked.getresponse().status)
"""
_GREETING = "import socket; print(socket.create_connection(('nats', 4222), 5).recv(4096).decode())"


def _encrypted(docker: Engine, findings: Findings) -> None:
    """A service answers whoever shows a certificate of the installation, and nobody else; the bus speaks TLS alone."""
    python = "/opt/reporting/bin/python"
    for how, words, answered in (
        ("known", "a service answers another that shows its certificate", True),
        ("unknown", "not one that shows none", False),
        ("clear", "and nobody in clear", False),
    ):
        told = docker.inside("submission", python, "-c", _ASK, how)
        findings.check(words, told.startswith("answered") == answered, told)
    greeting = docker.inside("submission", python, "-c", _GREETING)
    findings.check("the bus asks for TLS", '"tls_required":true' in greeting, greeting[:80])


def _upgrade(docker: Engine, findings: Findings) -> None:
    """The next version by its tag alone: migrations first, then each part ended in its time, the data as it was."""
    asked = "SELECT state, count(*) FROM report GROUP BY 1 ORDER BY 1"
    before = _query(docker, "submission", asked)
    text = docker.settings.read_text()
    docker.settings.write_text(text.replace(f"IMAGE_TAG={version()}\n", f"IMAGE_TAG={_NEXT}\n"))
    docker.compose("up", "--detach", "--no-build", "--pull", "never")
    settled = eventually(lambda: not _unsettled(docker), _STARTED_SECONDS)
    findings.check("all parts are ready in the next version", settled, _unsettled(docker) or "")
    images = {
        one["Image"].rsplit(":", 1)[1] for name, one in docker.parts().items() if "reporting-" in one["Image"]
    }
    base = build.base_image().rsplit(":", 1)[1]
    findings.check("and of that version", images == {_NEXT, base}, images)
    findings.check("with the same reports", _query(docker, "submission", asked) == before != "", before)


def _query(docker: Engine, database: str, asked: str) -> str:
    """What the server's superuser is told; empty when it fails."""
    password = (FOLDER / "postgres-password").read_text()
    words = ("psql", "-h", "/run/postgresql", "-U", "postgres", "-d", database, "-Atc", asked)
    return docker.compose(
        "exec", "--no-TTY", "--env", f"PGPASSWORD={password}", "postgres", *words, check=False
    )


def _explain(docker: Engine) -> None:
    for name, state in _unsettled(docker).items():
        print(
            f"--- {name}: {state}\n{docker.compose('logs', '--no-color', '--tail', '30', name, check=False)}"
        )
