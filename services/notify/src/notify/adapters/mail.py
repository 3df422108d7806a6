"""E-mail by SMTP: plain text in UTF-8, one message id for each message whatever the number of tries."""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

import aiosmtplib

from notify.application.ports import MailRefused
from notify.domain.message import Message

_SIGNATURE = "\n--\nThư được gửi tự động từ Hệ thống thông tin báo cáo; xin không trả lời thư này."


class SmtpMailer:
    def __init__(self, host: str, port: int, sender: str, portal_url: str) -> None:
        self._host = host
        self._port = port
        self._sender = sender
        self._portal_url = portal_url.rstrip("/")

    async def send(self, message: Message, address: str, name: str) -> None:
        try:
            await aiosmtplib.send(
                self._compose(message, address, name),
                hostname=self._host,
                port=self._port,
                timeout=15,
                start_tls=None,
            )
        except aiosmtplib.SMTPRecipientsRefused as error:
            if all(500 <= one.code < 600 for one in error.recipients):
                raise MailRefused("địa chỉ thư bị từ chối") from error
            raise ConnectionError(str(error)) from error
        except aiosmtplib.SMTPException as error:
            raise ConnectionError(f"{type(error).__name__}: {error}") from error

    def _compose(self, message: Message, address: str, name: str) -> EmailMessage:
        mail = EmailMessage()
        try:
            mail["To"] = Address(display_name=name, addr_spec=address)
        except (ValueError, IndexError) as error:
            raise MailRefused("địa chỉ thư không đúng dạng") from error
        mail["From"] = self._sender
        mail["Subject"] = " ".join(message.title.split())
        mail["Date"] = format_datetime(message.created_at)
        mail["Message-ID"] = f"<{message.id}@{self._sender.rpartition('@')[2].strip('<> ') or 'notify'}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(f"{message.body}\n\n{self._portal_url}{message.link}\n{_SIGNATURE}\n")
        return mail
