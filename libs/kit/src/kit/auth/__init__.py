"""Who is asking: a person's token from the login, or a peer's own short-lived token."""

from kit.auth.acting import acting_as, current_actor
from kit.auth.errors import NotAuthenticated
from kit.auth.service_tokens import Peer, ServiceTokens
from kit.auth.user_tokens import UserTokens

__all__ = [
    "NotAuthenticated",
    "Peer",
    "ServiceTokens",
    "UserTokens",
    "acting_as",
    "current_actor",
]
