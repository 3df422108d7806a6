"""Speaks PKCS#11 in a process of its own, one for each signature.

A module sees new tokens only when it is initialised, blocks while it works, keeps one login for the whole
process and may crash: all four end with this process. It reads JSON lines and answers each with one:
{"do": "list"}, {"do": "open", "label", "pin"}, {"do": "sign", "data"}. The PIN is used for the login and
forgotten; nothing is written anywhere else.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sys
from typing import Any

import pkcs11
from pkcs11 import Attribute, KeyType, Mechanism, ObjectClass, TokenFlag
from pkcs11.util.ec import encode_ecdsa_signature

WRONG_PIN = (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange)


class Worker:
    def __init__(self, module: str) -> None:
        self._library = pkcs11.lib(module)
        self._key: Any = None

    def answer(self, order: dict[str, Any]) -> dict[str, Any]:
        if order["do"] == "list":
            return {"tokens": [self._shown(token) for token in self._tokens()]}
        if order["do"] == "open":
            return self._open(order["label"], order["pin"])
        return {"signature": base64.b64encode(self._sign(base64.b64decode(order["data"]))).decode()}

    def _tokens(self) -> list[Any]:
        tokens = self._library.get_tokens()
        return [token for token in tokens if TokenFlag.TOKEN_INITIALIZED in token.flags]

    def _token(self, label: str) -> Any:
        return next(iter(self._library.get_tokens(token_label=label)), None)

    def _shown(self, token: Any) -> dict[str, Any]:
        with token.open() as session:
            found = session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE})
            certificates = [base64.b64encode(one[Attribute.VALUE]).decode() for one in found]
        return {"label": _label(token), "certificates": certificates}

    def _open(self, label: str, pin: str) -> dict[str, Any]:
        token = self._token(label)
        if token is None:
            return {"error": "token_missing"}
        try:
            session = token.open(user_pin=pin)
        except WRONG_PIN:
            now = self._token(label) or token
            return {"error": "pin_wrong", "low": TokenFlag.USER_PIN_FINAL_TRY in now.flags}
        except pkcs11.PinLocked:
            return {"error": "locked"}
        keys = {k[Attribute.ID]: k for k in session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY})}
        for found in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}):
            if found[Attribute.ID] in keys:
                self._key = keys[found[Attribute.ID]]
                return {"certificate": base64.b64encode(found[Attribute.VALUE]).decode()}
        return {"error": "certificate_missing"}

    def _sign(self, data: bytes) -> bytes:
        if self._key.key_type == KeyType.EC:
            digest = hashlib.sha256(data).digest()
            return bytes(encode_ecdsa_signature(self._key.sign(digest, mechanism=Mechanism.ECDSA)))
        return bytes(self._key.sign(data, mechanism=Mechanism.SHA256_RSA_PKCS))


def _label(token: Any) -> str:
    return str(token.label).strip(" \0")


def main() -> None:
    try:
        worker = Worker(sys.argv[1])
    except (pkcs11.PKCS11Error, RuntimeError):
        print(json.dumps({"error": "module_missing"}), flush=True)
        return
    for line in sys.stdin:
        try:
            answer = worker.answer(json.loads(line))
        except pkcs11.PKCS11Error as error:
            answer = {"error": type(error).__name__}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
