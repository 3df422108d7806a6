"""One authority, time-stamp service and SoftHSM for all tests of signing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.testing.fixtures import postgres  # noqa: F401
from signing.adapters.rendering.fonts import Typography
from signing.adapters.rendering.typesetter import TypstTypesetter
from signing.adapters.tokens.client import TokenModule
from signing.adapters.trust import TrustAnchors

from tests.signing.authority import Authority, Keys, softhsm, time_stamps


@pytest.fixture(scope="session")
def authority() -> Authority:
    return Authority()


@pytest.fixture(scope="session")
def keys(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Keys]:
    with softhsm(tmp_path_factory.mktemp("hsm"), authority) as made:
        yield made


@pytest.fixture(scope="session")
def tsa_url(authority: Authority) -> Iterator[str]:
    with time_stamps(authority) as url:
        yield url


@pytest.fixture(scope="session")
def trust(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> TrustAnchors:
    return TrustAnchors(authority.write(tmp_path_factory.mktemp("trust") / "root.pem"))


@pytest.fixture(scope="session")
def trust_file(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return authority.write(tmp_path_factory.mktemp("trust-file") / "root.pem")


@pytest.fixture(scope="session")
def typography() -> Typography:
    return Typography()


@pytest.fixture(scope="session")
def typesetter(typography: Typography) -> TypstTypesetter:
    return TypstTypesetter(typography)


@pytest.fixture(scope="session")
def module(keys: Keys) -> TokenModule:
    return TokenModule(str(keys.hsm.module))
