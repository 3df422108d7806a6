"""What is looked at on the running server: its watch, its backup, who reaches whom, who is answered, who administrates."""

from __future__ import annotations

import json
from typing import Any

import httpx
from reporting_drill.checks import Findings, eventually
from reporting_drill.outside import Outside
from reporting_images import apart
from reporting_images.apart import NODE_ADDRESS

from reporting_compose.place import SOCKET
from reporting_compose.secrets import FOLDER
from reporting_compose.trial.engine import Engine
from reporting_compose.trial.server import ServerStack

_PYTHON = "/opt/reporting/bin/python"


def watched(stack: ServerStack, findings: Findings) -> None:
    """Prometheus finds every part it is told of, and who is woken; all of it over TLS."""
    address = f"https://prometheus:{stack.ports.prometheus}/api/v1"

    def told(what: str) -> dict[str, Any]:
        answer: dict[str, Any] = httpx.get(f"{address}/{what}", timeout=10).json()["data"]
        return answer

    def down() -> list[str]:
        active = told("targets")["activeTargets"]
        ill = [f"{one['scrapeUrl']} {one['lastError']}" for one in active if one["health"] != "up"]
        return ill if len(active) >= 10 else [f"only {len(active)} are known", *ill]

    findings.check("Prometheus reads every part", eventually(lambda: not down(), 60), down() or "")
    clear = [
        one["scrapeUrl"] for one in told("targets")["activeTargets"] if "https://" not in one["scrapeUrl"]
    ]
    findings.check("none of them in clear", not clear, clear or "")
    ends = told("query?query=count(reporting_tls_certificate_ends_timestamp_seconds > time())")["result"]
    findings.check(
        "five services say until when they are believed", bool(ends) and ends[0]["value"][1] == "5", ends
    )
    days = told("query?query=min(envoy_server_days_until_first_cert_expiring)")["result"]
    findings.check(
        "and the gateway how many days", bool(days) and 300 < float(days[0]["value"][1]) < 400, days
    )
    woken = [one["url"] for one in told("alertmanagers")["activeAlertmanagers"]]
    findings.check("it tells Alertmanager", woken == ["https://alertmanager:9093/api/v2/alerts"], woken)
    failed = told("query?query=sum(prometheus_notifications_errors_total)")["result"]
    findings.check("which believes it", not failed or float(failed[0]["value"][1]) == 0, failed)


def woken(stack: ServerStack, beyond: Outside, findings: Findings) -> None:
    """A page reaches the person on duty by mail, over TLS from Alertmanager on."""
    duty = "truc-van-hanh@baocao.example.vn"
    page = {
        "labels": {"alertname": "TrialOfThePage", "severity": "page"},
        "annotations": {"summary": "a trial"},
    }
    alarms = f"https://alertmanager:{stack.ports.alertmanager}/api/v2/alerts"
    httpx.post(alarms, json=[page], timeout=10).raise_for_status()

    def came() -> bool:
        return any("TrialOfThePage" in one["subject"] for one in beyond.mail_to(duty))

    findings.check("the person on duty is told by mail", eventually(came, 90), len(beyond.mail_to(duty)))


def started_again(docker: Engine, findings: Findings) -> None:
    """Containers that end and start again can still write where they could."""
    parts = ("gateway", "catalog", "keycloak", "backup")
    docker.compose("restart", *parts)
    findings.check("parts that were started again are ready", docker.settle(), docker.unsettled() or "")
    for part in parts:
        written = docker.inside(part, "sh", "-c", "touch /tmp/written && echo yes") == "yes"
        findings.check(f"{part} can write its memory after that", written)


def traced(docker: Engine, findings: Findings) -> None:
    """The collector takes in what services and gateway send, keeps its bounds, and hands all of it on."""
    ask = "import urllib.request as r; print(r.urlopen('http://127.0.0.1:8888/metrics', timeout=5).read().decode())"

    def counted(name: str) -> float:
        lines = docker.inside("collector", "python3", "-c", ask).splitlines()
        return sum(float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith(name + "{"))

    taken, sent = "otelcol_receiver_accepted_spans_total", "otelcol_exporter_sent_spans_total"
    came = eventually(lambda: 0 < counted(taken) <= counted(sent), 60)
    findings.check("the collector hands on every span it takes in", came, f"{counted(taken):.0f}")
    refused = counted("otelcol_receiver_refused_spans_total") + counted(
        "otelcol_exporter_send_failed_spans_total"
    )
    findings.check("and refuses none", refused == 0, f"{refused:.0f}")


def kept(docker: Engine, findings: Findings) -> None:
    """Both receivers have the log, a commit waits for one of them, and a backup was sealed in both places."""
    asked = (
        "SELECT string_agg(application_name || ' ' || sync_state, ', ' ORDER BY 1) FROM pg_stat_replication"
    )
    told = query(docker, "postgres", asked)
    both = told.count("quorum") == 2
    findings.check("a commit waits for one of two receivers", both, told)
    words = (_PYTHON, "-m", "reporting_backup", "/run/secrets/backup.json")
    for name in ("now", "verify"):
        done = docker.compose("exec", "--no-TTY", "backup", *words, name, check=False)
        findings.check(f"backup {name}", bool(done), done.splitlines()[-1] if done else "failed")


def separated(docker: Engine, findings: Findings) -> None:
    """Who isn't on a network with another doesn't reach it, and what has no way out has none."""
    tried = "import socket,sys; socket.create_connection((sys.argv[1], int(sys.argv[2])), 3)"

    def reaches(part: str, host: str, port: int) -> bool:
        words = ["exec", "--no-TTY", part, _PYTHON, "-c", f"{tried}; print('reached')"]
        return docker.compose(*words, host, str(port), check=False) == "reached"

    findings.check("a service reaches the broker", reaches("catalog", "nats", 4222))
    broker = docker.address("nats")
    for part in ("gateway", "portal", "keycloak"):
        findings.check(f"the {part} doesn't reach the broker", not reaches(part, broker, 4222))
    with apart.beyond():
        out = eventually(lambda: reaches("signing", *apart.BEYOND), 20)
        findings.check("signing has a way out", out)
        for part in ("catalog", "submission", "identity", "portal", "backup"):
            findings.check(f"{part} has none", not reaches(part, *apart.BEYOND))


def by_its_socket(docker: Engine, findings: Findings) -> None:
    """PostgreSQL is on no network: whoever may ask it holds its socket, by which it asks for a role's password."""
    (found,) = json.loads(docker.docker("inspect", docker.parts()["postgres"]["Name"]))
    networks = list(found["NetworkSettings"]["Networks"])
    findings.check("the database is on no network", networks == ["none"], networks)
    listening = query(docker, "postgres", "SELECT 'at ' || current_setting('listen_addresses')")
    findings.check("and listens at none", listening == "at", listening)
    knock = _KNOCK % SOCKET
    for part in ("catalog", "backup", "keycloak"):
        told = docker.inside(part, _PYTHON, "-c", knock)
        findings.check(f"{part} reaches its socket", told == "reached", told)
    for part in ("gateway", "portal", "figures-nats"):
        told = docker.inside(part, _PYTHON, "-c", knock)
        findings.check(f"the {part} has none", told == "FileNotFoundError", told)
    who = "SELECT string_agg(DISTINCT usename, ' ' ORDER BY usename) FROM pg_stat_activity WHERE client_port = -1"
    told = query(docker, "postgres", who)
    wanted = {"backup", "catalog", "identity", "keycloak", "notify", "signing", "submission"}
    findings.check("all are at the socket", wanted <= set(told.split()), told)
    told = docker.inside("catalog", _PYTHON, "-c", _WRONG % SOCKET)
    findings.check("a wrong password is refused there", told == "InvalidPasswordError", told)


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
_KNOCK = """
import socket
try:
    socket.socket(socket.AF_UNIX).connect("%s/.s.PGSQL.5432")
    print("reached")
except OSError as error:
    print(type(error).__name__)
"""
_WRONG = """
import asyncio, asyncpg
try:
    asyncio.run(asyncpg.connect(host="%s", user="catalog", password="x", database="catalog"))
except asyncpg.PostgresError as error:
    print(type(error).__name__)
"""
# What speaks TLS alone closes the connection, or answers 400.
_IN_CLEAR = """
import http.client, sys
asked = http.client.HTTPConnection(sys.argv[1], int(sys.argv[2]), timeout=5)
try:
    asked.request("GET", "/metrics")
    print("answered", asked.getresponse().status)
except (http.client.HTTPException, ConnectionResetError):
    print("closed")
"""
_WATCHED = {"catalog": 8082, "gateway": 9901, "keycloak": 9000, "backup": 9187, "figures-postgres": 9187, "figures-nats": 9222,
            "prometheus": 9090, "alertmanager": 9093}  # fmt: skip
_GREETING = "import socket; print(socket.create_connection(('nats', 4222), 5).recv(4096).decode())"


def encrypted(docker: Engine, findings: Findings) -> None:
    """A service answers whoever shows a certificate of the installation, and nobody else; the bus speaks TLS alone."""
    for how, words, answered in (
        ("known", "a service answers another that shows its certificate", True),
        ("unknown", "not one that shows none", False),
        ("clear", "and nobody in clear", False),
    ):
        told = docker.inside("submission", _PYTHON, "-c", _ASK, how)
        findings.check(words, told.startswith("answered") == answered, told)
    greeting = docker.inside("submission", _PYTHON, "-c", _GREETING)
    findings.check("the bus asks for TLS", '"tls_required":true' in greeting, greeting[:80])
    for part, port in _WATCHED.items():
        told = docker.inside("prometheus", "python3", "-c", _IN_CLEAR, part, str(port))
        findings.check(f"{part} tells nobody its figures in clear", told in ("closed", "answered 400"), told)


def administered(stack: ServerStack, findings: Findings) -> None:
    """A door of its own for administration: who may use it is served there, and nobody at the public one."""
    public, docker = stack.ports.gateway_url, stack.engine
    door = f"{public}:8444"
    change = "/api/identity/v1/accounts"
    login = {
        "client_id": "portal",
        "response_type": "code",
        "scope": "openid",
        "redirect_uri": f"{door}/callback",
        "code_challenge": "x" * 43,
        "code_challenge_method": "S256",
    }
    text = docker.settings.read_text() + f"REPORTING_ADMINISTRATION_URL={door}\n"

    def opened_to(addresses: str) -> None:
        docker.settings.write_text(f"{text}REPORTING_ADMINISTRATION_ADDRESSES={addresses}\n")
        docker.compose("up", "--detach", "--no-build", "--pull", "never")
        docker.settle()

    opened_to("192.0.2.0/24")
    findings.check("the door is shut to others", _asked(door, change) == "")
    # What comes from this machine bears its own address or that of the engine's bridge.
    opened_to(f"{NODE_ADDRESS}/32,172.16.0.0/12,127.0.0.0/8")
    for words, url, told in (
        ("administration is refused at the public door", public, "403 gateway.administration_elsewhere"),
        ("and asks for a sign-in at its own", door, "401 gateway.not_signed_in"),
    ):
        findings.check(words, _asked(url, change) == told, _asked(url, change))
    page = httpx.get(f"{public}/auth/realms/reporting/protocol/openid-connect/auth", params=login, timeout=30)
    findings.check("the login leads back to it", page.status_code == 200, page.status_code)


def _asked(url: str, change: str) -> str:
    """Status and code of the refusal; empty when nobody answers."""
    try:
        answer = httpx.post(f"{url}{change}", json={}, timeout=10)
    except httpx.TransportError:
        return ""
    return f"{answer.status_code} {answer.json()['code']}"


def query(docker: Engine, database: str, asked: str) -> str:
    """What the server's superuser is told; empty when it fails."""
    password = (FOLDER / "postgres" / "postgres-password").read_text()
    words = ("psql", "-h", "/run/postgresql", "-U", "postgres", "-d", database, "-Atc", asked)
    return docker.compose(
        "exec", "--no-TTY", "--env", f"PGPASSWORD={password}", "postgres", *words, check=False
    )
