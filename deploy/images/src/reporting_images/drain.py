"""A request that is half sent when SIGTERM comes: it must be answered, and nothing new be taken."""

from __future__ import annotations

import io
import socket
import time
import zipfile
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx
from reporting_stack.stack import Stack

from reporting_images.containers import Container

PATH = "/api/catalog/v1/texts:check"
BOUNDARY = "----half-and-half"


@dataclass(frozen=True, slots=True)
class Drained:
    """What was seen."""

    answered: str
    refused_new: bool
    exit_status: int
    seconds: float


def token(stack: Stack) -> str:
    """Of the demo's program, by its own secret."""
    url = f"{stack.ports.issuer}/protocol/openid-connect/token"
    secret = stack.credentials.client("seeder")
    form = {"grant_type": "client_credentials", "client_id": "seeder", "client_secret": secret}
    return str(httpx.post(url, data=form, timeout=30).raise_for_status().json()["access_token"])


def drain(container: Container, address: str, bearer: str) -> Drained:
    """Sends half an upload to the address, SIGTERM to the container, then the other half."""
    at = urlsplit(address)
    assert at.hostname is not None and at.port is not None
    body = _upload()
    head = (
        f"POST {PATH} HTTP/1.1\r\nHost: localhost:{at.port}\r\nAuthorization: Bearer {bearer}\r\n"
        f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    half = len(body) // 2
    with socket.create_connection((at.hostname, at.port), timeout=30) as connection:
        connection.sendall(head.encode() + body[:half])
        time.sleep(1.5)
        begun = time.monotonic()
        container.signal("TERM")
        time.sleep(2)
        refused_new = _refuses(at.hostname, at.port)
        connection.sendall(body[half:])
        answered = connection.recv(4096).split(b"\r\n", 1)[0].decode(errors="replace")
    status = container.wait()
    return Drained(answered, refused_new, status, time.monotonic() - begun)


def _refuses(host: str, port: int) -> bool:
    """No connection is taken any more, or it is closed without an answer."""
    try:
        with socket.create_connection((host, port), timeout=3) as probe:
            probe.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            return probe.recv(1) == b""
    except OSError:
        return True


def _upload() -> bytes:
    """An upload whose file is no workbook: it is read to its end before anything is said of it."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "x" * 200_000)
    lines = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    )
    return lines.encode() + file.getvalue() + f"\r\n--{BOUNDARY}--\r\n".encode()
