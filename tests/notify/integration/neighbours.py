"""What notify stands between: identity, submission's events, the login, the mail server, all played."""

from __future__ import annotations

import asyncio
import email
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
from aiosmtpd.controller import Controller
from google.protobuf.json_format import MessageToJson
from kit.bus import Bus
from kit.db import migrations
from kit.grpc import GrpcService, create_server
from kit.ids import new_id
from kit.testing.cluster import PostgresCluster, free_port
from kit.testing.nats import NatsServer
from notify.bootstrap import MIGRATIONS
from reporting.identity.v1 import identity_pb2 as pb
from reporting.identity.v1.events_pb2 import RightsHeartbeat
from reporting.identity.v1.identity_pb2_grpc import (
    IdentityServiceServicer,
    add_IdentityServiceServicer_to_server,
)
from reporting.submission.v1 import events_pb2 as submission

from tests.kit.building import AUDIENCE, ISSUER, Login, service_tokens
from tests.notify.building import ADMIN, CLERK, COMMUNE, LEAD, LEADER, PROVINCE, REGIME

ROOT = Path(__file__).parents[3]
_RIGHTS = ((CLERK, "entry", COMMUNE), (LEADER, "approve", COMMUNE), (ADMIN, "province_admin", PROVINCE))
_NAMES = {CLERK: "Nguyễn Thị Lan", LEADER: "Trần Văn Bình", ADMIN: "Quản trị"}


class Identity(IdentityServiceServicer):
    async def StreamSnapshot(self, request: Any, context: Any) -> AsyncIterator[pb.StreamSnapshotResponse]:
        for unit, parent in ((PROVINCE, None), (LEAD, PROVINCE), (COMMUNE, PROVINCE)):
            yield pb.StreamSnapshotResponse(
                unit=pb.Unit(
                    id=str(unit),
                    parent_id=str(parent or ""),
                    province_id=str(PROVINCE),
                    code=str(unit)[-6:],
                    name="Xã Tân An",
                    kind=pb.UNIT_KIND_COMMUNE,
                    version=1,
                )
            )
        for account in _NAMES:
            yield pb.StreamSnapshotResponse(account=_account(account))
            for grant in _grants(account):
                yield pb.StreamSnapshotResponse(grant=grant)
        yield pb.StreamSnapshotResponse(watermark=pb.Watermark(epoch=1, rights_version=1))

    async def GetRights(self, request: pb.GetRightsRequest, context: Any) -> pb.GetRightsResponse:
        """Asked while no heartbeat has been heard yet."""
        account = UUID(request.account_id)
        return pb.GetRightsResponse(account=_account(account), grants=_grants(account), rights_version=1)


def _account(account: UUID) -> pb.Account:
    return pb.Account(
        id=str(account),
        province_id=str(PROVINCE),
        unit_id=str(COMMUNE),
        full_name=_NAMES[account],
        email=f"{str(account)[-8:]}@xa.example",
        active=True,
        version=1,
    )


def _grants(account: UUID) -> list[pb.Grant]:
    return [
        pb.Grant(id=str(new_id()), account_id=str(account), right=right, unit_id=str(unit), version=1)
        for holder, right, unit in _RIGHTS
        if holder == account
    ]


class Mailbox:
    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self._controller = Controller(self, hostname="127.0.0.1", port=free_port())
        self.port = self._controller.port

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        mail = email.message_from_bytes(envelope.content, policy=default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return "250 OK"

    def start(self) -> None:
        self._controller.start()

    def stop(self) -> None:
        self._controller.stop()


class Around:
    """Everything around one running notify."""

    def __init__(self, postgres: PostgresCluster, nats: NatsServer, folder: Path) -> None:
        self.login, self.mailbox = Login(), Mailbox()
        self.http, self.metrics, self.jwks = free_port(), free_port(), free_port()
        self.database = postgres.database("notify")
        self.tokens = service_tokens(folder, "notify", "identity")
        self.bus = Bus(nats.url, None, "around")
        self.folder, self._nats = folder, nats
        self._running: list[asyncio.Task[None]] = []
        self._process: subprocess.Popen[bytes] | None = None

    async def start(self) -> None:
        await asyncio.to_thread(migrations.upgrade, MIGRATIONS, self.database.owner_url)
        await self.bus.connect()
        service = GrpcService(
            add_IdentityServiceServicer_to_server,
            Identity(),
            "reporting.identity.v1.IdentityService",
            {"StreamSnapshot": {"notify"}, "GetRights": {"notify"}},
        )
        self._grpc, grpc_port, _ = create_server([service], self.tokens["identity"], "127.0.0.1:0")
        await self._grpc.start()
        self._keys = await asyncio.start_server(self._answer_keys, "127.0.0.1", self.jwks)
        self._running.append(asyncio.create_task(self._beat()))
        self.mailbox.start()
        self._launch(grpc_port)

    def _launch(self, grpc_port: int) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "notify.main"],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            env=os.environ
            | {
                "REPORTING_DATABASE_URL": self.database.url,
                "REPORTING_NATS_URL": self._nats.url,
                "REPORTING_ISSUER": ISSUER,
                "REPORTING_AUDIENCE": AUDIENCE,
                "REPORTING_JWKS_URL": f"http://127.0.0.1:{self.jwks}/keys",
                "REPORTING_HTTP_PORT": str(self.http),
                "REPORTING_GRPC_PORT": str(free_port()),
                "REPORTING_METRICS_PORT": str(self.metrics),
                "REPORTING_SERVICE_KEY_FILE": str(self.folder / "notify.json"),
                "REPORTING_SERVICE_JWKS_FILE": str(self.folder / "services.json"),
                "REPORTING_PEERS": json.dumps({"identity": f"127.0.0.1:{grpc_port}"}),
                "REPORTING_FILES_DIR": str(self.folder / "files"),
                "REPORTING_SMTP_HOST": "127.0.0.1",
                "REPORTING_SMTP_PORT": str(self.mailbox.port),
                "REPORTING_PORTAL_URL": "http://localhost:18000",
            },
        )

    async def ready(self) -> bool:
        try:
            async with httpx.AsyncClient(timeout=3) as client:
                answer = await client.get(f"http://127.0.0.1:{self.metrics}/readyz")
        except httpx.TransportError:
            return False
        return answer.status_code == 200

    async def stop(self) -> int:
        code = 0
        if self._process is not None:
            self._process.terminate()
            code = await asyncio.to_thread(self._process.wait, 30)
        for task in self._running:
            task.cancel()
        self.mailbox.stop()
        self._keys.close()
        await self._grpc.stop(0)
        await self.bus.close()
        return code

    def client(self, account: UUID) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{self.http}/api/notify/v1",
            headers={"Authorization": f"Bearer {self.login.token(account)}"},
            timeout=15,
        )

    async def publish(
        self, happening: str, event: Any, *, event_id: UUID | None = None, version: int = 1
    ) -> None:
        headers = {
            "ce-id": str(event_id or new_id()),
            "ce-subject": event.report.report_id,
            "ce-aggregateversion": str(version),
            "ce-epoch": "1",
            "ce-time": "2026-11-17T03:00:00Z",
        }
        subject = f"reporting.submission.report.{happening}.v1"
        await self.bus.stream.publish(subject, MessageToJson(event).encode(), headers=headers)

    async def _answer_keys(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        body = json.dumps(self.login.jwks()).encode()
        head = f"HTTP/1.1 200 OK\r\ncontent-length: {len(body)}\r\nconnection: close\r\n\r\n"
        writer.write(head.encode() + body)
        await writer.drain()
        writer.close()

    async def _beat(self) -> None:
        beat = RightsHeartbeat(epoch=1, rights_version=1).SerializeToString()
        while True:
            await self.bus.client.publish("reporting.identity.heartbeat.v1", beat)
            await asyncio.sleep(1)


def report_facts(report_id: UUID, state: str, version: int = 1) -> submission.ReportFacts:
    facts = submission.ReportFacts(
        report_id=str(report_id),
        province_id=str(PROVINCE),
        regime_id=str(REGIME),
        regime_name="Báo cáo kinh tế - xã hội",
        period_key="2026-11",
        period_label="tháng 11 năm 2026",
        unit_id=str(COMMUNE),
        unit_name="Xã Tân An",
        lead_unit_id=str(LEAD),
        lead_unit_name="Sở Tài chính",
        revision=1,
        report_version=version,
        state=state,
        article="Điều 8 khoản 1",
        actor="system:period-opener",
    )
    facts.due_at.FromJsonString("2026-12-20T10:00:00Z")
    facts.acted_at.FromJsonString("2026-11-17T03:00:00Z")
    return facts
