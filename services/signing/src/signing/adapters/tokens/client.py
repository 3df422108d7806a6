"""Starts a token worker, asks it, ends it. Blocking: called in a thread."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from asn1crypto import x509
from opentelemetry import trace

from signing.domain.errors import CertificateUnusable, PinWrong, TokenFailed, TokenLocked, TokenMissing

tracer = trace.get_tracer(__name__)

_KEPT_VARIABLES = ("PATH", "LANG", "HOME", "SOFTHSM2_CONF", "PYTHONPATH", "LD_LIBRARY_PATH")


@dataclass(frozen=True, slots=True)
class TokenModule:
    """`path` is the PKCS#11 module of the authority's tokens or HSM."""

    path: str
    seconds: float = 20

    def session(self) -> TokenSession:
        return TokenSession(self)


class TokenSession:
    """One worker process; it lives for one signature or one listing."""

    def __init__(self, module: TokenModule) -> None:
        self._module = module
        self._process: subprocess.Popen[str] | None = None
        self._timer: threading.Timer | None = None

    def __enter__(self) -> Self:
        environment = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "signing.adapters.tokens.worker", self._module.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment,
        )
        self._timer = threading.Timer(self._module.seconds, self._process.kill)
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process is not None and self._timer is not None
        self._timer.cancel()
        self._process.kill()
        self._process.communicate()

    def tokens(self) -> list[tuple[str, list[x509.Certificate]]]:
        answer = self._ask({"do": "list"})
        return [
            (token["label"], [x509.Certificate.load(base64.b64decode(c)) for c in token["certificates"]])
            for token in answer["tokens"]
        ]

    def open(self, label: str, pin: str, whose: str) -> x509.Certificate:
        answer = self._ask({"do": "open", "label": label, "pin": pin}, whose)
        return x509.Certificate.load(base64.b64decode(answer["certificate"]))

    def sign(self, data: bytes) -> bytes:
        answer = self._ask({"do": "sign", "data": base64.b64encode(data).decode()})
        return base64.b64decode(answer["signature"])

    def _ask(self, order: dict[str, Any], whose: str = "") -> dict[str, Any]:
        # Named by what is asked alone: label, PIN and data stay out of the trace.
        with tracer.start_as_current_span(f"token {order['do']}"):
            return self._answer(order, whose)

    def _answer(self, order: dict[str, Any], whose: str) -> dict[str, Any]:
        process = self._process
        assert process is not None and process.stdin is not None and process.stdout is not None
        try:
            process.stdin.write(json.dumps(order) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except OSError as error:
            raise TokenFailed() from error
        if not line:
            raise TokenFailed()
        answer: dict[str, Any] = json.loads(line)
        match answer.get("error"):
            case None:
                return answer
            case "pin_wrong":
                raise PinWrong(low=bool(answer.get("low")))
            case "locked":
                raise TokenLocked()
            case "token_missing":
                raise TokenMissing(whose)
            case "certificate_missing":
                raise CertificateUnusable("thiết bị chưa có chứng thư số")
            case _:
                raise TokenFailed()
