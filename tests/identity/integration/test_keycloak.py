"""The adapter to Keycloak where Keycloak is not: every call is a refusal in words, none an error of its own."""

import asyncio

import pytest
from identity.adapters.keycloak import KeycloakLogins
from identity.application.ports import Login
from identity.domain.errors import LoginUnavailable
from kit.testing.cluster import free_port

from tests.identity.building import a_province, an_account


@pytest.fixture
def nobody() -> KeycloakLogins:
    return KeycloakLogins(f"http://127.0.0.1:{free_port()}/auth", "reporting", "identity-admin", "none")


async def test_a_keycloak_that_is_away_is_unavailable_in_words(nobody: KeycloakLogins) -> None:
    account = an_account(a_province())

    with pytest.raises(LoginUnavailable, match="Hệ thống đăng nhập"):
        await nobody.settle(Login(account, "Mat-Khau-Tam-123"))
    with pytest.raises(LoginUnavailable):
        await nobody.set_temporary_password(account, "Mat-Khau-Tam-123")


async def test_many_logins_give_up_together_when_keycloak_is_away(nobody: KeycloakLogins) -> None:
    accounts = [an_account(a_province()) for _ in range(50)]

    async with asyncio.timeout(20):
        failed = await nobody.settle_many([Login(account) for account in accounts])

    assert set(failed) == {account.id for account in accounts}


async def test_a_login_endpoint_that_answers_nonsense_is_unavailable_too() -> None:
    async def nonsense(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1024)
        writer.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 3\r\n\r\nno!")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(nonsense, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    logins = KeycloakLogins(f"http://127.0.0.1:{port}/auth/", "reporting", "identity-admin", "none")

    with pytest.raises(LoginUnavailable):
        await logins.settle(Login(an_account(a_province())))
    server.close()
