"""Letters leave the machine encrypted or not at all."""

import asyncio
import ssl
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import aiosmtplib
import pytest
from aiosmtpd.smtp import SMTP
from notify.adapters.mail import MailServer

from tests.kit.authority import Authority


@pytest.mark.parametrize(
    ("server", "use_tls", "start_tls"),
    [
        (MailServer("127.0.0.1", 25), False, None),
        (MailServer("mail.example.vn", 587), False, True),
        (MailServer("mail.example.vn", 465, implicit_tls=True), True, None),
    ],
)
def test_only_a_server_on_loopback_gets_letters_in_clear(
    server: MailServer, use_tls: bool, start_tls: bool | None
) -> None:
    options = server.options()

    assert (options["use_tls"], options["start_tls"]) == (use_tls, start_tls)


async def test_a_server_with_an_unknown_certificate_gets_no_letter(tmp_path: Path) -> None:
    files = Authority(tmp_path).gives("mail")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(files.certificate, files.key)
    received: list[Any] = []

    class Handler:
        async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
            received.append(envelope)
            return "250 OK"

    loop = asyncio.get_running_loop()
    listening = await loop.create_server(lambda: SMTP(Handler()), "127.0.0.1", 0, ssl=context)
    port = listening.sockets[0].getsockname()[1]
    letter = EmailMessage()
    letter["From"], letter["To"] = "he-thong@example.vn", "lan@example.vn"
    server = MailServer("127.0.0.1", port, implicit_tls=True)
    try:
        with pytest.raises((aiosmtplib.SMTPException, ssl.SSLError)):
            await aiosmtplib.send(letter, timeout=5, **server.options())
    finally:
        listening.close()
    assert received == []
