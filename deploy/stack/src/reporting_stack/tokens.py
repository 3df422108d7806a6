"""Tokens of the test authority: one for each signer, one for each agency that issues documents.

`ensure_tokens` makes what is missing and leaves the rest alone: a SoftHSM token with the person's own PIN,
an EC P-256 key that never leaves it, and the certificate which the authority gives for its request. It is
safe to repeat, to run twice at once and to interrupt.
"""

from __future__ import annotations

import ctypes
import fcntl
import hashlib
import os
import secrets
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from asn1crypto import algos, csr, keys, x509

MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")
LONGEST_LABEL = 32
KEY_ID = b"sign"

# Signs a PKCS#10 request (DER) and gives the certificate (DER).
IssueCertificate = Callable[[bytes], bytes]


class TokenError(Exception):
    """Something the person at the keyboard can act on."""


def signer_label(username: str) -> str:
    """A token's label may have 32 bytes; a longer name is told by its hash."""
    if len(username.encode()) <= LONGEST_LABEL:
        return username
    return "acc-" + hashlib.sha256(username.encode()).hexdigest()[:28]


def agency_label(unit_id: str) -> str:
    """The unit's id without hyphens: codes are attributes and repeat from province to province."""
    return UUID(unit_id).hex


@dataclass(frozen=True, slots=True)
class TokenRequest:
    """`common_name` is the person's name, or the agency's; `organization` the agency."""

    label: str
    pin: str = field(repr=False)
    common_name: str
    organization: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class SoftHsm:
    """Where the tokens lie. The configuration file is what SOFTHSM2_CONF names."""

    folder: Path
    module: Path = MODULE

    @property
    def configuration(self) -> Path:
        return self.folder / "softhsm2.conf"

    def make(self) -> None:
        tokens = self.folder / "tokens"
        tokens.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self.configuration.exists():
            self.configuration.write_text(
                f"directories.tokendir = {tokens}\nobjectstore.backend = file\nlog.level = ERROR\n"
            )


def ensure_tokens(requests: Iterable[TokenRequest], hsm: SoftHsm, issue: IssueCertificate) -> list[str]:
    """Gives the labels of the tokens that were made or completed now."""
    wanted = {request.label: request for request in requests}
    hsm.make()
    with _alone(hsm.folder / "lock"):
        os.environ["SOFTHSM2_CONF"] = str(hsm.configuration)
        library = _library(hsm.module)
        complete = {token.label.strip(): _has_certificate(token) for token in _tokens(library)}
        missing = [label for label in wanted if not complete.get(label)]
        for label in missing:
            if label in complete:
                remove_token(hsm, label)
        library.reinitialize()
        for label in missing:
            _make(library, hsm.module, wanted[label], issue)
        return missing


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    with path.open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _library(module: Path):  # type: ignore[no-untyped-def]
    import pkcs11

    if not module.is_file():
        raise TokenError(f"{module} is missing; install the package softhsm2")
    library = pkcs11.lib(str(module))
    library.reinitialize()
    return library


def _tokens(library) -> Iterator:  # type: ignore[no-untyped-def, type-arg]
    """The free slot that SoftHSM always shows is no token yet."""
    from pkcs11 import TokenFlag

    return (token for token in library.get_tokens() if token.flags & TokenFlag.TOKEN_INITIALIZED)


def _has_certificate(token) -> bool:  # type: ignore[no-untyped-def]
    """The certificate is what is made last: without it the making was interrupted."""
    from pkcs11 import Attribute, ObjectClass

    with token.open() as session:
        return any(session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}))


def remove_token(hsm: SoftHsm, label: str) -> None:
    """With its key: what it signed stays valid, nothing more can be signed with it."""
    program = shutil.which("softhsm2-util")
    if program is None:
        raise TokenError("softhsm2-util is missing; install the package softhsm2")
    done = subprocess.run(
        [program, "--delete-token", "--token", label],
        env={**os.environ, "SOFTHSM2_CONF": str(hsm.configuration)},
        capture_output=True,
        check=False,
    )
    if done.returncode != 0:
        raise TokenError(f"the token {label} could not be removed")


def _make(library, module: Path, request: TokenRequest, issue: IssueCertificate) -> None:  # type: ignore[no-untyped-def]
    from pkcs11 import TokenFlag

    free = next(s for s in library.get_slots() if not s.get_token().flags & TokenFlag.TOKEN_INITIALIZED)
    # Thrown away when the token is made: a lost PIN means a new token and a new certificate.
    officer_pin = secrets.token_hex(16)
    _initialise(module, free.slot_id, request.label, officer_pin)
    token = free.get_token()
    with token.open(rw=True, so_pin=officer_pin) as session:
        session.init_pin(request.pin)
    with token.open(rw=True, user_pin=request.pin) as session:
        _put_key(session, request, issue)


def _initialise(module: Path, slot_id: int, label: str, officer_pin: str) -> None:
    """C_InitToken of PKCS#11 2.40, section 5.5, which the library doesn't offer: of the module it has loaded."""
    named = label.encode()
    if len(named) > LONGEST_LABEL:
        raise TokenError(f"the label {label} is longer than {LONGEST_LABEL} bytes")
    pin = officer_pin.encode()
    result = ctypes.CDLL(str(module)).C_InitToken(
        ctypes.c_ulong(slot_id), pin, ctypes.c_ulong(len(pin)), named.ljust(LONGEST_LABEL)
    )
    if result != 0:
        raise TokenError(f"the token {label} could not be made: PKCS#11 answered {result:#x}")


def _put_key(session, request: TokenRequest, issue: IssueCertificate) -> None:  # type: ignore[no-untyped-def]
    from pkcs11 import Attribute, CertificateType, KeyType, ObjectClass
    from pkcs11.util.ec import encode_named_curve_parameters

    curve = session.create_domain_parameters(
        KeyType.EC, {Attribute.EC_PARAMS: encode_named_curve_parameters("secp256r1")}, local=True
    )
    public, private = curve.generate_keypair(store=True, id=KEY_ID, label="sign")
    certificate = issue(_certificate_request(request, public, private))
    parsed = x509.Certificate.load(certificate)
    session.create_object(
        {
            Attribute.CLASS: ObjectClass.CERTIFICATE,
            Attribute.CERTIFICATE_TYPE: CertificateType.X_509,
            Attribute.TOKEN: True,
            Attribute.PRIVATE: False,
            Attribute.ID: KEY_ID,
            Attribute.LABEL: "sign",
            Attribute.SUBJECT: parsed.subject.dump(),
            Attribute.VALUE: certificate,
        }
    )


def _certificate_request(request: TokenRequest, public, private) -> bytes:  # type: ignore[no-untyped-def]
    from pkcs11 import Mechanism
    from pkcs11.util.ec import encode_ec_public_key, encode_ecdsa_signature

    names = {"country_name": "VN", "common_name": request.common_name}
    if request.organization:
        names["organization_name"] = request.organization
    if request.title:
        names["title"] = request.title
    information = csr.CertificationRequestInfo(
        {
            "version": "v1",
            "subject": x509.Name.build(names),
            "subject_pk_info": keys.PublicKeyInfo.load(encode_ec_public_key(public)),
            "attributes": csr.CRIAttributes([]),
        }
    )
    digest = hashlib.sha256(information.dump()).digest()
    signature = encode_ecdsa_signature(private.sign(digest, mechanism=Mechanism.ECDSA))
    signed = csr.CertificationRequest(
        {
            "certification_request_info": information,
            "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
            "signature": signature,
        }
    )
    return bytes(signed.dump())
