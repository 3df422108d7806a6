"""A person's or program's token: it says who, never what they may do."""

from __future__ import annotations

import time
from dataclasses import dataclass
from uuid import UUID

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jws import extract_compact

from kit.auth.errors import NotAuthenticated, token_expired, token_refused
from kit.auth.keys import LoginKeys

_ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
_LEEWAY = 5


@dataclass(frozen=True, slots=True)
class TokenHolder:
    account_id: UUID
    expires_at: int


class UserTokens:
    def __init__(self, keys: LoginKeys, *, issuer: str, audience: str) -> None:
        self._keys = keys
        self._issuer = issuer
        self._audience = audience

    async def verify(self, token: str) -> TokenHolder:
        try:
            key_id = extract_compact(token.encode()).headers().get("kid")
        except (JoseError, ValueError, AttributeError) as error:
            raise token_refused("không đọc được") from error
        keys = await self._keys.keys(key_id)
        if not any(key.kid == key_id for key in keys.keys):
            raise token_refused("khóa ký không được biết")
        try:
            claims = jwt.decode(token, keys, algorithms=_ALGORITHMS).claims
        except (JoseError, ValueError) as error:
            raise token_refused("chữ ký không đúng") from error
        self._check(claims)
        try:
            return TokenHolder(UUID(str(claims["account_id"])), int(claims["exp"]))
        except (KeyError, ValueError) as error:
            raise token_refused("thiếu mã tài khoản") from error

    def _check(self, claims: dict[str, object]) -> None:
        now = time.time()
        if claims.get("iss") != self._issuer:
            raise token_refused("nơi cấp khác")
        audience = claims.get("aud")
        if self._audience not in (audience if isinstance(audience, list) else [audience]):
            raise token_refused("cấp cho hệ thống khác")
        if claims.get("typ", "Bearer") != "Bearer":
            raise token_refused("không phải thẻ truy cập")
        expires, begins = claims.get("exp"), claims.get("nbf", 0)
        if not isinstance(expires, int | float) or not isinstance(begins, int | float):
            raise token_refused("thiếu thời hạn")
        if expires + _LEEWAY < now:
            raise token_expired()
        if begins - _LEEWAY > now:
            raise token_refused("chưa đến lúc có hiệu lực")


def bearer_token(authorization: str | None) -> str:
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise NotAuthenticated("kit.auth.token_missing", "Yêu cầu này cần đăng nhập.")
    return token.strip()
