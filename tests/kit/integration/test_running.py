"""A service starts in any order, says what is missing, and stops in order."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from kit.bus.holding import ACK_WAIT
from kit.db import Database, migrations
from kit.ids import new_id
from kit.testing.cluster import PostgresCluster, free_port
from kit.testing.nats import NatsServer
from sqlalchemy import text

from tests.kit.building import AUDIENCE, ISSUER, Login, eventually, service_tokens

ROOT = Path(__file__).parents[3]
MIGRATIONS = Path(__file__).parents[1] / "migrations"


class Small:
    """The small service as a process, with the login's keys served from a file of this test."""

    def __init__(self, postgres: PostgresCluster, nats: NatsServer, folder: Path) -> None:
        self.database = postgres.database("kit")
        self.login = Login()
        self.http, self.metrics, self.jwks = free_port(), free_port(), free_port()
        service_tokens(folder, "kit")
        self.environment = os.environ | {
            "REPORTING_DATABASE_URL": self.database.url,
            "REPORTING_NATS_URL": nats.url,
            "REPORTING_ISSUER": ISSUER,
            "REPORTING_AUDIENCE": AUDIENCE,
            "REPORTING_JWKS_URL": f"http://127.0.0.1:{self.jwks}/keys",
            "REPORTING_HTTP_PORT": str(self.http),
            "REPORTING_GRPC_PORT": str(free_port()),
            "REPORTING_METRICS_PORT": str(self.metrics),
            "REPORTING_SERVICE_KEY_FILE": str(folder / "kit.json"),
            "REPORTING_SERVICE_JWKS_FILE": str(folder / "services.json"),
            "REPORTING_FILES_DIR": str(folder / "files"),
            "REPORTING_SEAL_DIR": str(folder / "seals"),
        }
        self.process: subprocess.Popen[bytes] | None = None
        self._keys: asyncio.Server | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.kit.small_service"],
            env=self.environment,
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
        )

    async def serve_keys(self) -> None:
        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            body = json.dumps(self.login.jwks()).encode()
            head = f"HTTP/1.1 200 OK\r\ncontent-length: {len(body)}\r\nconnection: close\r\n\r\n"
            writer.write(head.encode() + body)
            await writer.drain()
            writer.close()

        self._keys = await asyncio.start_server(answer, "127.0.0.1", self.jwks)

    async def stop_keys(self) -> None:
        if self._keys is not None:
            self._keys.close()
            self._keys = None

    async def missing(self) -> set[str] | None:
        """What `/readyz` names; None while even that does not answer."""
        try:
            async with httpx.AsyncClient(timeout=3) as client:
                answer = await client.get(f"http://127.0.0.1:{self.metrics}/readyz")
        except httpx.TransportError:
            return None
        told = answer.json()
        assert (answer.status_code == 200) == told["ready"]
        return {item["what"] for item in told["missing"]}

    async def until(self, wanted: set[str], seconds: float = 30) -> None:
        async def reached() -> bool:
            return await self.missing() == wanted

        await eventually(reached, seconds)

    async def post(self) -> httpx.Response:
        async with httpx.AsyncClient(timeout=10) as client:
            return await client.post(
                f"http://127.0.0.1:{self.http}/api/kit/v1/things",
                headers={"Authorization": f"Bearer {self.login.token(new_id())}"},
            )

    async def seen(self) -> int:
        database = Database(self.database.url)
        async with database.reading() as session:
            number = await session.scalar(text("SELECT count(*) FROM copy_item WHERE copy = 'seen'"))
        await database.close()
        return int(number or 0)

    async def has_seen(self, number: int) -> bool:
        return await self.seen() >= number


@pytest.fixture
async def small(postgres: PostgresCluster, nats: NatsServer, tmp_path: Path) -> AsyncIterator[Small]:
    small = Small(postgres, nats, tmp_path)
    yield small
    await small.stop_keys()
    if small.process is not None and small.process.poll() is None:
        small.process.kill()
        small.process.wait()


async def test_a_service_waits_for_what_it_needs_and_names_it(small: Small, nats: NatsServer) -> None:
    nats.stop()
    small.start()
    await small.until({"database", "bus", "login_keys"})
    migrations_done = asyncio.to_thread(migrations.upgrade, MIGRATIONS, small.database.owner_url)
    await migrations_done
    await small.until({"bus", "login_keys"})
    nats.start()
    await small.until({"login_keys"})
    await small.serve_keys()
    await small.until(set())


async def test_an_act_reaches_its_consumer_and_a_restart_needs_no_login(small: Small) -> None:
    await asyncio.to_thread(migrations.upgrade, MIGRATIONS, small.database.owner_url)
    await small.serve_keys()
    small.start()
    await small.until(set())
    first = await small.post()
    await eventually(lambda: small.has_seen(1))

    await small.stop_keys()
    assert small.process is not None
    small.process.terminate()
    stopped = await asyncio.to_thread(small.process.wait, 20)
    small.start()
    await small.until(set())
    second = await small.post()

    assert (first.status_code, stopped, second.status_code) == (201, 0, 201)


async def test_a_killed_service_loses_nothing_it_has_answered(small: Small) -> None:
    await asyncio.to_thread(migrations.upgrade, MIGRATIONS, small.database.owner_url)
    await small.serve_keys()
    small.start()
    await small.until(set())
    answers = [(await small.post()).status_code for _ in range(5)]
    assert small.process is not None
    small.process.kill()
    small.process.wait()
    small.start()
    # What the dead process had in hand comes again when its time has run out.
    await eventually(lambda: small.has_seen(5), seconds=ACK_WAIT + 30)

    assert answers == [201] * 5


async def test_metrics_name_routes_by_their_pattern(small: Small) -> None:
    await asyncio.to_thread(migrations.upgrade, MIGRATIONS, small.database.owner_url)
    await small.serve_keys()
    small.start()
    await small.until(set())
    await small.post()
    async with httpx.AsyncClient() as client:
        answer: Any = await client.get(f"http://127.0.0.1:{small.metrics}/metrics")

    assert 'route="/api/kit/v1/things",status="201"' in answer.text
    assert "reporting_ready 1.0" in answer.text
