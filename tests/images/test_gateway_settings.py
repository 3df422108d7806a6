"""The gateway's settings away from one machine: names instead of numbers, a public address, TLS; judged by Envoy."""

import subprocess
from pathlib import Path

import pytest
from reporting_stack import gateway
from reporting_stack.gateway import Address, Collector, Door, Pair, Place
from reporting_stack.layout import SERVICES, Home
from reporting_stack.parts.envoy import binary
from reporting_stack.parts.pki import Trust
from reporting_stack.ports import Ports


def a_place(folder: Path, **different) -> Place:
    settings = {
        "name": "tinh",
        "public_url": "https://baocao.example.vn",
        "listen": Address("0.0.0.0", 8443),
        "keycloak": Address("keycloak", 8080),
        "static": Address("portal", 8080),
        "otlp": Collector.at("https://collector:4317"),
        "services": {name: Address(name, 8080, 8082) for name in SERVICES},
        "folder": folder,
        "secrets": folder,
        "admin_socket": folder / "admin.sock",
        "jwks": folder / "jwks.json",
    }
    return Place(**settings | different)


@pytest.mark.parametrize(
    ("url", "domains"),
    [
        ("http://localhost:18000", ["localhost:18000", "127.0.0.1:18000"]),
        ("https://baocao.example.vn", ["baocao.example.vn", "baocao.example.vn:443"]),
        ("https://baocao.example.vn:8443", ["baocao.example.vn:8443"]),
    ],
)
def test_only_the_public_name_is_answered(tmp_path: Path, url: str, domains: list[str]) -> None:
    assert a_place(tmp_path, public_url=url).doors[0].domains == domains


def test_a_name_is_resolved_again_and_a_number_is_not() -> None:
    assert (Address("catalog", 1).kind, Address("127.0.0.1", 1).kind) == ("STRICT_DNS", "STATIC")


@pytest.mark.parametrize("tls", [False, True])
def test_envoy_takes_the_settings_of_a_container(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tls: bool
) -> None:
    monkeypatch.setattr("reporting_stack.layout.ROOT", tmp_path)
    trust = Trust(Home.named("tls"), Ports(18000))
    trust.prepare()
    shown = Pair(trust.folder / "tsa.pem", trust.folder / "tsa.key")
    given = {"public": shown, "inner": shown, "authority": trust.root_file} if tls else {}
    apart = Door(
        "administration", "https://quantri.example.vn", Address("0.0.0.0", 9443), ("10.20.0.0/24", "fd00::/8")
    )
    place = a_place(tmp_path, figures=Address("127.0.0.1", 9901), administration=apart, **given)
    for path, content in gateway.render(place).items():
        path.write_text(content, encoding="utf-8")
    for name in ("portal-secret", "session-key"):
        gateway.secret_path(tmp_path, name).write_text(gateway.secret(name, "x" * 32), encoding="utf-8")
    numbers = trust.key("root").public_key().public_numbers()
    place.jwks.write_text(_jwks(numbers.n, numbers.e), encoding="utf-8")
    command = [binary(), "--mode", "validate", "-c", tmp_path / "envoy.yaml", "-l", "error"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-1500:]
    settings = (tmp_path / "envoy.yaml").read_text(encoding="utf-8")
    # The two doors show the public certificate, the figures that of the inside.
    assert settings.count("DownstreamTlsContext") == (3 if tls else 0)
    assert settings.count("filters.network.rbac.v3") == 1
    assert settings.count("UpstreamTlsContext") == (len(SERVICES) + 3 if tls else 0)


def _jwks(n: int, e: int) -> str:
    from base64 import urlsafe_b64encode
    from json import dumps

    def encoded(number: int) -> str:
        return urlsafe_b64encode(number.to_bytes((number.bit_length() + 7) // 8)).rstrip(b"=").decode()

    key = {"kty": "RSA", "kid": "a", "use": "sig", "alg": "RS256", "n": encoded(n), "e": encoded(e)}
    return dumps({"keys": [key]})
