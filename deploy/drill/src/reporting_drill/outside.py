"""What lies outside a server or a cluster, at the address of the machine it is tried on: time stamps, revocation lists, mail.

The mail server asks for STARTTLS, as a province's does, by a certificate that an authority of its own vouches for.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import httpx
from reporting_images.apart import NODE_ADDRESS, PortsApart
from reporting_images.forward import forwarded
from reporting_images.programs import process
from reporting_stack.layout import PYTHON, Home
from reporting_stack.parts.inner_tls import InnerTls

from reporting_drill.checks import Findings, eventually


@dataclass(frozen=True)
class Outside:
    home: Home
    ports: PortsApart
    folder: Path
    mail: str
    """The mail server's name."""

    @cached_property
    def _pair(self) -> InnerTls:
        made = InnerTls(self.folder)
        made.prepare({"mail": [self.mail]})
        # Whoever sends letters reads it, whatever account that is.
        made.authority.chmod(0o444)
        return made

    @property
    def mail_authority(self) -> Path:
        return self._pair.authority

    @contextmanager
    def running(self) -> Iterator[None]:
        shown = {
            "REPORTING_TLS_CERTIFICATE_FILE": str(self._pair.certificate("mail")),
            "REPORTING_TLS_KEY_FILE": str(self._pair.key("mail")),
        }
        with ExitStack() as opened:
            for name, more in {"trust": {}, "smtp": shown}.items():
                command = [str(PYTHON), "-m", f"reporting_stack.sinks.{name}", self.home.name]
                opened.enter_context(process(self.home.logs, name, command, more))
                port = int(getattr(self.ports, name))
                opened.enter_context(forwarded({(NODE_ADDRESS, port): ("127.0.0.1", port)}))
            yield

    def letters(self, findings: Findings) -> None:
        """What the cycle had to tell people has come by mail too; the server takes nothing in clear."""
        came = eventually(lambda: bool(self.mail_to("")), 120)
        findings.check("letters come by STARTTLS", came, [one["subject"] for one in self.mail_to("")][:3])

    def mail_to(self, address: str) -> list[dict[str, Any]]:
        """The newest letters to the address, or to anybody."""
        inbox = f"http://127.0.0.1:{self.ports.smtp_inbox}/messages"
        answer = httpx.get(inbox, params={"to": address, "limit": 20}, timeout=10)
        found: list[dict[str, Any]] = answer.json()["items"]
        return found
