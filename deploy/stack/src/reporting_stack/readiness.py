"""When is a part ready? Each check says what is missing, or nothing."""

from __future__ import annotations

import asyncio
import ssl
import subprocess
from collections.abc import Awaitable, Callable

import httpx

from reporting_stack.stack import Stack

Missing = str | None
# Everything asked here is plain HTTP; loading the authorities for each question would cost more than the start.
_NO_AUTHORITIES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
SINKS = {"smtp": "smtp_inbox", "otlp": "otlp_query", "trust": "trust", "static": "static", "nats": "nats"}
STATUS_PAGE = "status-page"


async def http(
    url: str, *, expected: tuple[int, ...] = (200,), headers: dict[str, str] | None = None
) -> Missing:
    async with httpx.AsyncClient(timeout=3, follow_redirects=False, verify=_NO_AUTHORITIES) as client:
        answer = await client.get(url, headers=headers)
    if answer.status_code in expected:
        return None
    return f"{url} answered {answer.status_code}: {answer.text[:300]}"


async def port(number: int) -> Missing:
    _, writer = await asyncio.wait_for(asyncio.open_connection("127.0.0.1", number), 3)
    writer.close()
    return None


async def postgres(stack: Stack) -> Missing:
    command = [
        str(stack.postgres.bin / "pg_isready"),
        "-q",
        "-h",
        "127.0.0.1",
        "-p",
        str(stack.ports.postgres),
    ]
    done = await asyncio.to_thread(subprocess.run, command, check=False)
    return None if done.returncode == 0 else "PostgreSQL takes no connections yet"


async def service(stack: Stack, name: str) -> Missing:
    return await http(f"http://127.0.0.1:{stack.ports.service(name).metrics}/readyz")


async def sink(stack: Stack, name: str) -> Missing:
    if name == "nats":
        return await http(f"{stack.ports.nats_monitor_url}/healthz?js-server-only=true")
    return await port(int(getattr(stack.ports, SINKS[name])))


async def gateway(stack: Stack) -> Missing:
    """Asks for the login's own description, so Keycloak behind the gateway is asked too."""
    missing = await http(f"{stack.ports.issuer}/.well-known/openid-configuration")
    if missing:
        return missing
    for name in stack.services.names:
        path = f"{stack.ports.gateway_url}/api/{name}/v1/tasks"
        missing = await http(path, expected=(401,), headers={"accept": "application/json"})
        if missing:
            return missing
    return None


def check_of(stack: Stack, name: str) -> Callable[[], Awaitable[Missing]] | None:
    """How this part is asked whether it is ready; None for programs that answer nobody."""
    if name in stack.services.names:
        return lambda: service(stack, name)
    if name in SINKS:
        return lambda: sink(stack, name)
    return {
        "postgres": lambda: postgres(stack),
        "keycloak": lambda: http(stack.keycloak.health_url),
        "gateway": lambda: gateway(stack),
        STATUS_PAGE: lambda: http(stack.status_page.url),
    }.get(name)


async def all_parts(stack: Stack) -> dict[str, Missing]:
    """Every part with what it is missing."""
    names = ["postgres", "keycloak", "gateway", STATUS_PAGE, *SINKS, *stack.services.names]
    checks = {name: check() for name in names if (check := check_of(stack, name))}
    answers = await asyncio.gather(*checks.values(), return_exceptions=True)
    return {
        name: (str(answer) or type(answer).__name__) if isinstance(answer, BaseException) else answer
        for name, answer in zip(checks, answers, strict=True)
    }
