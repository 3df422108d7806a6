"""The parts of a running stack: who may enter what, and the local servers around it."""

import asyncio
import itertools
import smtplib
import subprocess
import sys
import time
import uuid
from email.message import EmailMessage
from pathlib import Path

import asyncpg
import httpx
import nats
import nats.errors
import nats.js.errors
import pytest
from asn1crypto import tsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from reporting_stack.layout import PYTHON, SERVICES, Home
from reporting_stack.parts.subscribers import Subscribers
from reporting_stack.stack import Stack as OneMachine
from reporting_stack.status import opened

from tests.support.stack import Stack

pytestmark = pytest.mark.stack


@pytest.fixture(scope="module")
def machine(stack: Stack) -> OneMachine:
    return opened(Home.named(stack.name))


def test_the_stack_file_is_its_owners_alone_and_says_everything(stack: Stack, machine: OneMachine) -> None:
    assert machine.home.stack_file.stat().st_mode & 0o777 == 0o600
    assert set(stack.facts) >= {
        "portal", "api", "openapi", "keycloak", "nats", "smtp_inbox", "services", "databases", "accounts", "clients",
    }  # fmt: skip
    assert set(stack.facts["services"]["identity"]) == {"http", "grpc", "metrics"}
    for account in stack.facts["accounts"]:
        assert {"username", "password", "unit", "roles"} <= set(account)
    firsts = [account for account in stack.facts["accounts"] if account.get("first_login")]
    assert len(firsts) == 1


@pytest.mark.parametrize(("role", "database"), list(itertools.permutations(SERVICES, 2)))
async def test_no_role_enters_another_services_database(stack: Stack, role: str, database: str) -> None:
    address = stack.facts["databases"][role].rpartition("/")[0]
    with pytest.raises(asyncpg.PostgresError):
        await asyncpg.connect(f"{address}/{database}", timeout=10)


@pytest.mark.parametrize("role", SERVICES)
async def test_a_runtime_role_changes_no_structure(stack: Stack, role: str) -> None:
    connection = await asyncpg.connect(stack.facts["databases"][role], timeout=10)
    try:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute("CREATE TABLE intruder (id int)")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute("ALTER TABLE outbox ADD COLUMN intruder int")
    finally:
        await connection.close()


async def test_a_service_publishes_its_own_events_alone(machine: OneMachine) -> None:
    refused: list[str] = []

    async def note(error: Exception) -> None:
        refused.append(str(error))

    client = await nats.connect(
        machine.ports.nats_url, user_credentials=str(machine.nats.credentials_of("catalog")), error_cb=note
    )
    try:
        for subject in ("reporting.submission.report.sent.v1", "outside.anyone.report.sent.v1", "$SYS.REQ.x"):
            await client.publish(subject, b"{}")
        await client.flush()
        await asyncio.sleep(0.3)
    finally:
        await client.close()
    assert len([words for words in refused if "permissions violation" in words.lower()]) == 3


async def test_nobody_connects_to_the_bus_without_credentials(machine: OneMachine) -> None:
    with pytest.raises((nats.errors.Error, nats.errors.NoServersError)):
        await nats.connect(machine.ports.nats_url, allow_reconnect=False, connect_timeout=3)


async def test_an_outside_subscriber_hears_its_own_subjects_and_nothing_else(
    machine: OneMachine, tmp_path: Path
) -> None:
    name = f"thu-{uuid.uuid4().hex[:6]}"
    path = tmp_path / "subscriber.creds"
    path.write_text((await Subscribers(machine.nats).add(name)).read_text())
    inside = await nats.connect(
        machine.ports.nats_url, user_credentials=str(machine.nats.credentials_of("notify"))
    )
    outside = await nats.connect(machine.ports.nats_url, user_credentials=str(path))
    try:
        mine = f"outside.{name}.report.sent.v1"
        await inside.publish("outside.another.report.sent.v1", b"theirs")
        await inside.publish(mine, b"mine", headers={"ce-id": "1"})
        await inside.flush()
        kept = await outside.jetstream().pull_subscribe(
            f"outside.{name}.>", durable="reader", stream="EVENTS"
        )
        messages = await kept.fetch(1, timeout=10)
        assert [(m.subject, m.data, (m.headers or {})["ce-id"]) for m in messages] == [(mine, b"mine", "1")]
        with pytest.raises((nats.errors.TimeoutError, nats.js.errors.NotFoundError)):
            await kept.fetch(1, timeout=1)
        spied = await outside.subscribe("reporting.>")
        with pytest.raises(nats.errors.TimeoutError):
            await spied.next_msg(timeout=1)
    finally:
        await inside.close()
        await outside.close()
        await Subscribers(machine.nats).remove(name)
    everything = f"{machine.ports.nats_monitor_url}/healthz"
    async with httpx.AsyncClient(timeout=30) as client:
        assert (await client.get(everything)).json()["status"] == "ok"
    with pytest.raises(nats.errors.Error):
        await nats.connect(
            machine.ports.nats_url, user_credentials=str(path), allow_reconnect=False, connect_timeout=3
        )


def test_time_stamps_and_states_of_certificates_hold(machine: OneMachine, tmp_path: Path) -> None:
    digest = hashes.Hash(hashes.SHA256())
    digest.update(b"report")
    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": digest.finalize()}
    asked = tsp.TimeStampReq({"version": 1, "message_imprint": imprint, "nonce": 42, "cert_req": True})
    kind = {"Content-Type": "application/timestamp-query"}
    answer = httpx.post(f"{machine.ports.trust_url}/tsa", content=asked.dump(), headers=kind)
    response = tsp.TimeStampResp.load(answer.content)
    assert response["status"]["status"].native == "granted"
    files = {name: f"{tmp_path}/{name}" for name in ("query", "reply")}
    for name, content in (("query", asked.dump()), ("reply", answer.content)):
        with open(files[name], "wb") as file:
            file.write(content)
    verified = subprocess.run(
        ["openssl", "ts", "-verify", "-queryfile", files["query"], "-in", files["reply"],
         "-CAfile", str(machine.trust.root_file)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Verification: OK" in verified.stdout + verified.stderr
    root, tsa = machine.trust.certificate("root"), machine.trust.certificate("tsa")
    question = ocsp.OCSPRequestBuilder().add_certificate(tsa, root, hashes.SHA256()).build()
    told = httpx.post(f"{machine.ports.trust_url}/ocsp", content=question.public_bytes(Encoding.DER))
    assert ocsp.load_der_ocsp_response(told.content).certificate_status == ocsp.OCSPCertStatus.GOOD
    listed = x509.load_der_x509_crl(httpx.get(f"{machine.ports.trust_url}/root.crl").content)
    assert listed.is_signature_valid(root.public_key())  # type: ignore[arg-type]


def test_a_mail_is_kept_and_can_be_read(stack: Stack, machine: OneMachine) -> None:
    mail, mark = EmailMessage(), uuid.uuid4().hex
    mail["From"], mail["To"], mail["Subject"] = "a@example.vn", f"{mark}@example.vn", "Báo cáo bị trả lại"
    mail.set_content("Xin chào, ế ộ ữ")
    with smtplib.SMTP("127.0.0.1", machine.ports.smtp) as server:
        server.send_message(mail)
    found = httpx.get(f"{stack.facts['smtp_inbox']}/messages", params={"to": f"{mark}@example.vn"}).json()[
        "items"
    ]
    assert [(one["subject"], one["text"].strip()) for one in found] == [
        ("Báo cáo bị trả lại", "Xin chào, ế ộ ữ")
    ]


def test_a_request_can_be_followed_from_the_gateway_on(stack: Stack) -> None:
    answer = httpx.get(f"{stack.gateway}/auth/realms/reporting/.well-known/openid-configuration")
    trace_id = answer.headers["x-trace-id"]
    limit = time.monotonic() + 30
    while time.monotonic() < limit:
        found = httpx.get(f"{stack.facts['traces']}/traces/{trace_id}")
        if found.status_code == 200:
            break
        time.sleep(0.5)
    assert found.json()["spans"][0]["service"] == "gateway"


def test_the_command_starts_in_under_a_second() -> None:
    begun = time.monotonic()
    command = [str(PYTHON.parents[2] / "bin" / "reporting"), "--help"]
    subprocess.run(command, check=True, capture_output=True, cwd="/")
    assert time.monotonic() - begun < 1 or sys.gettrace()
