"""Letters leave the machine encrypted or not at all."""

import asyncio
import email
import email.policy
import ssl
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path
from typing import Any

import aiosmtplib
import pytest
from aiosmtpd.smtp import SMTP
from kit.ids import new_id
from notify.adapters.mail import MailServer, SmtpMailer
from notify.domain.message import Kind, Message

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


def a_message(title: str) -> Message:
    at = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
    return Message(
        new_id(), new_id(), new_id(), "a", Kind.ASSIGNED, title, "Kính gửi đơn vị", "/bao-cao/1", at
    )


def _people(letter: bytes, heading: str) -> tuple[str, str]:
    """Read by RFC 2047: what lies between two encoded words is no part of them (the newer parser keeps it in a name)."""
    encoded, address = parseaddr(email.message_from_bytes(letter)[heading])
    return str(make_header(decode_header(encoded))), address


async def test_a_long_name_arrives_as_it_was_written() -> None:
    """A report's name and a person's office are longer than a line of a heading; no space may be lost where it breaks."""
    received: list[bytes] = []

    class Handler:
        async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
            received.append(envelope.content)
            return "250 OK"

    listening = await asyncio.get_running_loop().create_server(lambda: SMTP(Handler()), "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    sender = "Hệ thống thông tin báo cáo của Ủy ban nhân dân tỉnh Đồng Nai <khong-tra-loi@baocao.example.vn>"
    mailer = SmtpMailer(MailServer("127.0.0.1", port), sender, "https://baocao.example.vn")
    report = "Báo cáo tình hình kinh tế - xã hội hằng tháng của xã, phường"
    titles = [
        f"Được giao báo cáo “{report}”, Tháng {month} năm 2026" + " và các phụ lục kèm theo" * (month % 4)
        for month in range(1, 13)
    ]
    name = "Nguyễn Thị Phương Thảo, công chức Văn phòng - Thống kê Ủy ban nhân dân xã Xuân Lộc"
    try:
        for title in titles:
            await mailer.send(a_message(title), "thao@xuanloc.example.vn", name)
    finally:
        listening.close()
    letters = [email.message_from_bytes(one, policy=email.policy.default) for one in received]
    assert [letter["Subject"] for letter in letters] == titles
    assert {_people(one, "To") for one in received} == {(name, "thao@xuanloc.example.vn")}
    assert {_people(one, "From") for one in received} == {parseaddr(sender)}
    assert all("Kính gửi đơn vị" in letter.get_content() for letter in letters)
    assert max(len(line) for one in received for line in one.splitlines()) <= 78
