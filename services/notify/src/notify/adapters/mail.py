"""E-mail by SMTP: plain text in UTF-8, one message id for each message whatever the number of tries."""

from __future__ import annotations

from dataclasses import dataclass
from email.header import Header
from email.headerregistry import Address
from email.mime.text import MIMEText
from email.utils import format_datetime, formataddr, parseaddr
from typing import Any

import aiosmtplib
from kit.tls import is_loopback

from notify.application.ports import MailRefused
from notify.domain.message import Message

_SIGNATURE = "\n--\nThư được gửi tự động từ Hệ thống thông tin báo cáo; xin không trả lời thư này."


@dataclass(frozen=True, slots=True)
class MailServer:
    """`implicit_tls`: encrypted from the first byte, else STARTTLS; in clear on loopback alone."""

    host: str
    port: int
    implicit_tls: bool = False
    user: str | None = None
    password: str | None = None

    def options(self) -> dict[str, Any]:
        encrypted = self.implicit_tls or not is_loopback(self.host)
        return {
            "hostname": self.host,
            "port": self.port,
            "use_tls": self.implicit_tls,
            "start_tls": (encrypted and not self.implicit_tls) or None,
            "username": self.user,
            "password": self.password,
        }


class SmtpMailer:
    def __init__(self, server: MailServer, sender: str, portal_url: str) -> None:
        self._server = server
        self._sender = sender
        self._portal_url = portal_url.rstrip("/")

    async def send(self, message: Message, address: str, name: str) -> None:
        try:
            await aiosmtplib.send(
                self._compose(message, address, name),
                timeout=15,
                **self._server.options(),
            )
        except aiosmtplib.SMTPRecipientsRefused as error:
            if all(500 <= one.code < 600 for one in error.recipients):
                raise MailRefused("địa chỉ thư bị từ chối") from error
            raise ConnectionError(str(error)) from error
        except aiosmtplib.SMTPException as error:
            raise ConnectionError(f"{type(error).__name__}: {error}") from error

    def _compose(self, message: Message, address: str, name: str) -> MIMEText:
        """By the older of the library's two ways: the newer one drops a space wherever it breaks a long heading that
        isn't ASCII (Python 3.11), so that two words of a report's name run together."""
        try:
            known = Address(display_name=name, addr_spec=address)
        except (ValueError, IndexError) as error:
            raise MailRefused("địa chỉ thư không đúng dạng") from error
        text = f"{message.body}\n\n{self._portal_url}{message.link}\n{_SIGNATURE}\n"
        mail = MIMEText(text, "plain", "utf-8")
        mail["To"] = _named(known.display_name, known.addr_spec)
        mail["From"] = _named(*parseaddr(self._sender))
        mail["Subject"] = Header(" ".join(message.title.split()), "utf-8", header_name="Subject").encode()
        mail["Date"] = format_datetime(message.created_at)
        mail["Message-ID"] = f"<{message.id}@{self._sender.rpartition('@')[2].strip('<> ') or 'notify'}>"
        mail["Auto-Submitted"] = "auto-generated"
        return mail


def _named(name: str, address: str) -> str:
    return formataddr((Header(name, "utf-8").encode() if not name.isascii() else name, address))
