"""An expired or forged token, or one for another audience, is refused in words."""

import base64
import hmac
import json
import time
from pathlib import Path
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey
from kit.actor import Actor
from kit.auth import NotAuthenticated, ServiceTokens, UserTokens
from kit.ids import new_id
from reporting_stack.parts.service_keys import ServiceKeys

from tests.kit.building import AUDIENCE, ISSUER, Login, service_tokens

LOGIN = Login()


def _user_tokens() -> UserTokens:
    return UserTokens(LOGIN, issuer=ISSUER, audience=AUDIENCE)  # type: ignore[arg-type]


async def test_a_good_token_says_who() -> None:
    account = new_id()

    holder = await _user_tokens().verify(LOGIN.token(account))

    assert holder.account_id == account


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"exp": int(time.time()) - 60}, "hết hạn"),
        ({"aud": "another-api"}, "hệ thống khác"),
        ({"iss": "http://elsewhere/realms/reporting"}, "nơi cấp khác"),
        ({"typ": "ID"}, "không phải thẻ truy cập"),
        ({"exp": None}, "thiếu thời hạn"),
        ({"account_id": "admin"}, "thiếu mã tài khoản"),
        ({"nbf": int(time.time()) + 86_400}, "chưa đến lúc"),
    ],
)
async def test_a_token_with_a_wrong_claim_is_refused(changed: dict[str, Any], words: str) -> None:
    with pytest.raises(NotAuthenticated, match=words):
        await _user_tokens().verify(LOGIN.token(**changed))


async def test_a_forged_token_is_refused() -> None:
    forged = LOGIN.token(key=RSAKey.generate_key(2048, {"kid": "login-1"}))

    with pytest.raises(NotAuthenticated, match="chữ ký"):
        await _user_tokens().verify(forged)


async def test_a_token_signed_with_the_public_key_as_a_secret_is_refused() -> None:
    def part(value: dict[str, Any]) -> bytes:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=")

    signed = part({"alg": "HS256", "kid": "login-1"}) + b"." + part({"iss": ISSUER, "aud": AUDIENCE})
    mac = hmac.new(LOGIN.key.as_pem(private=False), signed, "sha256").digest()
    confused = signed + b"." + base64.urlsafe_b64encode(mac).rstrip(b"=")

    with pytest.raises(NotAuthenticated):
        await _user_tokens().verify(confused.decode())


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "eyJhbGciOiJub25lIn0.eyJpc3MiOiJ4In0."])
async def test_what_is_no_token_is_refused(token: str) -> None:
    with pytest.raises(NotAuthenticated):
        await _user_tokens().verify(token)


def test_a_service_token_says_who_calls_and_for_whom(tmp_path: Path) -> None:
    tokens = service_tokens(tmp_path, "submission", "catalog")
    actor = Actor.account(new_id(), address="10.1.2.3", channel="portal")

    peer = tokens["catalog"].verify(tokens["submission"].mint("catalog", actor))

    assert (peer.service, peer.actor) == ("submission", actor)


def test_a_service_token_is_for_one_callee_only(tmp_path: Path) -> None:
    tokens = service_tokens(tmp_path, "submission", "catalog", "signing")
    token = tokens["submission"].mint("catalog", Actor.system_job("opener"))

    with pytest.raises(NotAuthenticated, match="dịch vụ khác"):
        tokens["signing"].verify(token)


def _claims(**changed: Any) -> dict[str, Any]:
    now = int(time.time())
    good = {"iss": "submission", "aud": "catalog", "on_behalf_of": "system:x", "iat": now, "exp": now + 30}
    return good | changed


@pytest.mark.parametrize(
    "changed",
    [
        {"exp": int(time.time()) + 3600},
        {"iat": int(time.time()) - 120, "exp": int(time.time()) - 70},
        {"iss": "signing"},
        {"on_behalf_of": "nobody"},
        {"exp": None},
    ],
)
def test_a_service_token_with_a_wrong_claim_is_refused(tmp_path: Path, changed: dict[str, Any]) -> None:
    tokens = service_tokens(tmp_path, "submission", "catalog")
    header = {"alg": "Ed25519", "kid": "submission"}
    token = jwt.encode(header, _claims(**changed), tokens["submission"].key(), algorithms=["Ed25519"])

    with pytest.raises(NotAuthenticated):
        tokens["catalog"].verify(token)


def test_a_service_cannot_speak_in_anothers_name(tmp_path: Path) -> None:
    tokens = service_tokens(tmp_path, "submission", "catalog", "signing")
    header = {"alg": "Ed25519", "kid": "submission"}
    token = jwt.encode(header, _claims(), tokens["signing"].key(), algorithms=["Ed25519"])

    with pytest.raises(NotAuthenticated, match="chữ ký"):
        tokens["catalog"].verify(token)


def test_keys_are_changed_while_both_sides_run(tmp_path: Path) -> None:
    names = ["submission", "catalog"]
    keys = ServiceKeys(tmp_path, tmp_path / "services.jwks.json")
    keys.prepare(names)
    running = {name: ServiceTokens(name, keys.private(name), keys.public) for name in names}
    actor = Actor.system_job("x")
    old = running["submission"].mint("catalog", actor)
    first = running["submission"].key()

    assert running["catalog"].verify(old).service == "submission"
    assert keys.change(["submission"], wait=0) == ["submission.2"]

    new = running["submission"].mint("catalog", actor)
    assert (new != old, running["catalog"].verify(new).service) == (True, "submission")
    with pytest.raises(NotAuthenticated, match="không được biết"):
        running["catalog"].verify(old)
    assert first.thumbprint() in [key.thumbprint() for key in running["submission"].own_keys()]
    assert keys.change(["submission"], wait=0) == ["submission.3"]


def test_a_start_keeps_the_keys_of_before(tmp_path: Path) -> None:
    keys = ServiceKeys(tmp_path, tmp_path / "services.jwks.json")
    keys.prepare(["submission"])
    keys.change(["submission"], wait=0)
    before = keys.public.read_text()

    keys.prepare(["submission"])

    assert keys.public.read_text() == before
