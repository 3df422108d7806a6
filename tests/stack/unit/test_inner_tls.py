"""An installation's own authority: made once, its certificates renewed before they end, each for its names."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from reporting_stack.parts import inner_tls
from reporting_stack.parts.inner_tls import InnerTls

PARTS = {"catalog": ["catalog", "catalog-copies"], "nats": ["nats"]}


def test_what_is_there_stays(tmp_path: Path) -> None:
    inner = InnerTls(tmp_path)

    assert inner.prepare(PARTS) == ["catalog", "nats"]
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert inner.prepare(PARTS) == []
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_what_ends_soon_or_has_another_name_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = InnerTls(tmp_path)
    monkeypatch.setattr(inner_tls, "_DAYS", 59)
    inner.prepare(PARTS)
    monkeypatch.setattr(inner_tls, "_DAYS", 397)
    authority = inner.authority.read_bytes()

    later = {**PARTS, "collector": ["collector"]}
    assert inner.prepare(later) == ["catalog", "nats", "collector"]
    assert inner.prepare({**PARTS, "nats": ["nats", "nats-0.nats"]}) == ["nats"]
    assert inner.authority.read_bytes() == authority
    # One that ends soon takes the others with it: what is watched ends first.
    monkeypatch.setattr(inner_tls, "_RENEWED_DAYS", 398)
    monkeypatch.setattr(inner_tls, "_DAYS", 500)
    inner.prepare({"nats": ["nats"]})
    assert inner.prepare(later) == ["catalog", "nats", "collector"]
    monkeypatch.undo()
    found = x509.load_pem_x509_certificate(inner.certificate("nats").read_bytes())
    assert found.not_valid_after_utc - datetime.now(UTC) > timedelta(days=390)


def test_both_ends_believe_each_other(tmp_path: Path) -> None:
    inner = InnerTls(tmp_path)
    inner.prepare(PARTS)
    server, client = _context(inner, "catalog", server=True), _context(inner, "nats", server=False)

    assert _shake_hands(server, client, "catalog-copies")
    with pytest.raises(ssl.SSLCertVerificationError):
        _shake_hands(server, client, "submission")


def _context(inner: InnerTls, part: str, *, server: bool) -> ssl.SSLContext:
    purpose = ssl.Purpose.CLIENT_AUTH if server else ssl.Purpose.SERVER_AUTH
    context = ssl.create_default_context(purpose, cafile=str(inner.authority))
    context.load_cert_chain(inner.certificate(part), inner.key(part))
    if server:
        context.verify_mode = ssl.CERT_REQUIRED
    return context


def _shake_hands(server: ssl.SSLContext, client: ssl.SSLContext, name: str) -> bool:
    """Through memory alone, both sides in turn, until each knows the other."""
    there, here = ssl.MemoryBIO(), ssl.MemoryBIO()
    ends = [
        client.wrap_bio(here, there, server_hostname=name),
        server.wrap_bio(there, here, server_side=True),
    ]
    done: set[int] = set()
    for _ in range(10):
        for number, end in enumerate(ends):
            try:
                end.do_handshake()
                done.add(number)
            except ssl.SSLWantReadError:
                continue
    return len(done) == len(ends)
