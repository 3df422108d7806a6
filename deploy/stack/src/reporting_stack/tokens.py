"""Tokens of the test authority: one for each signer, one for each agency that issues documents.

`ensure_tokens` makes what is missing and leaves the rest alone: a SoftHSM token with the person's own PIN,
an EC P-256 key that never leaves it, and the certificate which the authority gives for its request. It is
safe to repeat, to run twice at once and to interrupt.
"""

from __future__ import annotations

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
        complete = {label: _has_certificate(token) for label, token in _tokens(library)}
        first_pins = {
            label: _initialise(hsm, label, anew=label in complete)
            for label in wanted
            if not complete.get(label)
        }
        library.reinitialize()
        for label, token in _tokens(library):
            if label in first_pins:
                _complete(token, first_pins[label], wanted[label], issue)
        return list(first_pins)


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


def _tokens(library) -> Iterator[tuple[str, object]]:  # type: ignore[no-untyped-def]
    """By label; the free slot that SoftHSM always shows is no token yet."""
    from pkcs11 import TokenFlag

    for token in library.get_tokens():
        if token.flags & TokenFlag.TOKEN_INITIALIZED:
            yield token.label.strip(), token


def _has_certificate(token) -> bool:  # type: ignore[no-untyped-def]
    """The certificate is what is made last: without it the making was interrupted."""
    from pkcs11 import Attribute, ObjectClass

    with token.open() as session:
        return any(session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}))


def _initialise(hsm: SoftHsm, label: str, *, anew: bool) -> str:
    """Gives the first PIN, good until `_complete` sets the person's own: a command line can be seen by others."""
    if len(label.encode()) > LONGEST_LABEL:
        raise TokenError(f"the label {label} is longer than {LONGEST_LABEL} bytes")
    program = shutil.which("softhsm2-util")
    if program is None:
        raise TokenError("softhsm2-util is missing; install the package softhsm2")
    first_pin = secrets.token_hex(16)
    # The security officer's PIN is thrown away: a lost PIN means a new token and a new certificate.
    make = ["--init-token", "--free", "--label", label, "--pin", first_pin, "--so-pin", secrets.token_hex(16)]
    for options in ([["--delete-token", "--token", label]] if anew else []) + [make]:
        result = subprocess.run(
            [program, *options],
            env={**os.environ, "SOFTHSM2_CONF": str(hsm.configuration)},
            capture_output=True,
            check=False,
        )
        if result.returncode != 0:
            raise TokenError(f"the token {label} could not be made")
    return first_pin


def _complete(token, first_pin: str, request: TokenRequest, issue: IssueCertificate) -> None:  # type: ignore[no-untyped-def]
    from pkcs11 import Attribute, CertificateType, KeyType, ObjectClass
    from pkcs11.util.ec import encode_named_curve_parameters

    with token.open(rw=True, user_pin=first_pin) as session:
        session.set_pin(first_pin, request.pin)
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
