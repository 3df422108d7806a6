"""The gateway's settings, rendered from deploy/gateway: the same for one machine and for a container.

What differs is a Place: the address people use, where the gateway listens, where everything behind it is found.
"""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from reporting_stack.gateway_words import REFUSALS, REPLIES
from reporting_stack.layout import DEPLOY, SERVICES

TEMPLATES = DEPLOY / "gateway"
# Long answers that never end: the portal's live hints.
STREAMS = {"notify": ["/stream"]}
# Opened without a sign-in, by a secret of their own that the service checks.
SECRET_PATHS = {"catalog": ["/feeds/deadlines.ics"]}
# Open to everybody without an account: the list of regimes (DN 13.3) as data and as a page; what is maintained when.
PUBLIC_DATA = ("/api/catalog/v1/public/", "/api/notify/v1/public/")
PUBLIC_PAGES = ("/cong-khai",)
# The status page, which answers at an address of its own too when the gateway is gone.
STATUS_PAGES = ("/trang-thai", "/trang-thai/status.json")
# Of Keycloak's realm only what a login asks for; its forms lie under login-actions/.
LOGIN_PATHS = (
    "protocol/openid-connect/auth",
    "protocol/openid-connect/token",
    "protocol/openid-connect/certs",
    "protocol/openid-connect/logout",
    "protocol/openid-connect/logout/logout-confirm",
    ".well-known/openid-configuration",
)
# What people are promised (deploy/monitoring/rules/objectives.yaml): method and path of each operation.
_REPORT = "/api/submission/v1/reports/[^/]+"
OPERATIONS = {
    "sign_in": ("GET|POST", "/auth/realms/reporting/(protocol/openid-connect/(auth|token)|login-actions/.*)"),
    "entry": ("PATCH|POST|PUT", f"{_REPORT}/(filings/[^/]+(/cells|:import)|narrative)"),
    "send": ("POST", f"{_REPORT}:send"),
    "receive": ("POST", f"{_REPORT}:(take_in|accept|reject|return)"),
}
# Changes that are administration: where it has a door of its own, they are refused at the public one.
ADMINISTRATION = (
    "/api/identity/v1/accounts",
    "/api/identity/v1/units",
    "/api/identity/v1/provinces",
    "/api/catalog/v1/calendar",
    "/api/notify/v1/maintenances",
    "/api/notify/v1/subscribers",
)


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes and times a request may take, and how many an account, or an address without one, may send."""

    body_bytes: int = 25 * 1024 * 1024
    request_seconds: int = 120
    answer_seconds: int = 60
    account_per_second: int = 60
    account_burst: int = 240
    address_per_second: int = 10
    """Of open data: an office behind one address reads the whole list and its pages at once."""
    address_burst: int = 120
    all_per_second: int = 2000
    all_burst: int = 4000


@dataclass(frozen=True, slots=True)
class Address:
    """Where a part is found; `health` is the port that says whether it is ready."""

    host: str
    port: int
    health: int = 0

    @property
    def kind(self) -> str:
        """A name is asked for again and again, and each of its addresses is a copy of the part."""
        try:
            ipaddress.ip_address(self.host)
        except ValueError:
            return "STRICT_DNS"
        return "STATIC"


@dataclass(frozen=True, slots=True)
class Collector:
    """Where traces go by OTLP; over TLS it must show a certificate of the authority for its name."""

    address: Address
    encrypted: bool = False

    @classmethod
    def at(cls, url: str) -> Collector:
        """As services are told (REPORTING_OTLP_ENDPOINT): http://host:port, or https://host:port."""
        found = urlsplit(url)
        if not found.hostname or not found.port:
            raise ValueError(f"{url} names no host and port")
        return cls(Address(found.hostname, found.port), found.scheme == "https")


@dataclass(frozen=True, slots=True)
class Pair:
    """A certificate and its key, in PEM."""

    certificate: Path
    key: Path


@dataclass(frozen=True, slots=True)
class Door:
    """An address of the gateway. `addresses` (in CIDR) alone may use it; all may, if there are none."""

    name: str
    url: str
    listen: Address
    addresses: tuple[str, ...] = ()

    @property
    def networks(self) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
        return [ipaddress.ip_network(one) for one in self.addresses]

    @property
    def domains(self) -> list[str]:
        """The names requests may carry: the public one, on this machine also by number."""
        public = urlsplit(self.url)
        names = [public.hostname or "", *(["127.0.0.1"] if public.hostname == "localhost" else [])]
        standard = {"http": 80, "https": 443}[public.scheme]
        ports = [f":{public.port}"] if public.port not in (None, standard) else ["", f":{standard}"]
        return [f"{name}{port}" for name in names for port in ports]


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    public_url: str
    listen: Address
    keycloak: Address
    static: Address
    otlp: Collector
    services: Mapping[str, Address]
    # What is rendered goes into `folder`; the admin interface is a socket that only its owner reaches.
    folder: Path
    secrets: Path
    admin_socket: Path
    jwks: Path
    # What the listener shows to people; without it, it speaks in clear.
    public: Pair | None = None
    # What is shown inside, and the authority whose certificates services, portal and Keycloak must show (kit.tls).
    inner: Pair | None = None
    authority: Path | None = None
    # None: the page lies elsewhere, and the gateway knows nothing of it.
    status: Address | None = None
    # Where Prometheus reads the gateway's figures, over TLS if there is any inside; never an address that people reach.
    # None: nobody reads them.
    figures: Address | None = None
    # Where administrators come in, if not by the public address.
    administration: Door | None = None

    @property
    def issuer(self) -> str:
        return f"{self.public_url}/auth/realms/reporting"

    @property
    def keycloak_url(self) -> str:
        scheme = "https" if self.inner else "http"
        return f"{scheme}://{self.keycloak.host}:{self.keycloak.port}/auth"

    @property
    def jwks_url(self) -> str:
        return f"{self.keycloak_url}/realms/reporting/protocol/openid-connect/certs"

    @property
    def cookie(self) -> str:
        """Two stacks on one host share its cookies, so the names say whose they are."""
        return f"reporting-{self.name}"

    @property
    def doors(self) -> list[Door]:
        public = Door("gateway", self.public_url, self.listen)
        return [public, self.administration] if self.administration else [public]


def render(place: Place) -> dict[Path, str]:
    """Every file the gateway reads but the secrets, by its path."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # noqa: S701 YAML for Envoy, never shown to a browser
    )
    guard = (TEMPLATES / "guard.lua").read_text(encoding="utf-8")
    for name, value in _guarded(place).items():
        guard = guard.replace("{{" + name + "}}", value)
    settings = environment.get_template("envoy.yaml.j2").render(_facts(place))
    return {place.folder / "guard.lua": guard, place.folder / "envoy.yaml": settings}


def _guarded(place: Place) -> dict[str, str]:
    """What stands in the guard for each {{name}}, as Lua."""
    apart = place.administration
    return {
        "portals": ", ".join(f'["{door.url}"] = true' for door in place.doors),
        "cookie": f"{place.cookie}-",
        "administration": ", ".join(f'"{path}"' for path in ADMINISTRATION),
        "administration_port": str(apart.listen.port) if apart else "",
    }


def secret(name: str, value: str) -> str:
    """A secret as Envoy reads it from a file."""
    kind = "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret"
    return json.dumps(
        {"resources": [{"@type": kind, "name": name, "generic_secret": {"secret": {"inline_string": value}}}]}
    )


def secret_path(folder: Path, name: str) -> Path:
    return folder / f"envoy-{name}.yaml"


def arguments(settings: Path) -> list[str]:
    """What Envoy is started with."""
    restart = ["--disable-hot-restart", "--concurrency", "2"]
    return ["-c", str(settings), *restart, "-l", "warning", "--file-flush-interval-msec", "1000"]


def _facts(place: Place) -> dict[str, Any]:
    pages = json.loads((TEMPLATES / "portal-paths.json").read_text(encoding="utf-8"))
    return {
        "place": place,
        "limits": asdict(Limits()),
        "secret_files": {
            "token": str(secret_path(place.secrets, "portal-secret")),
            "hmac": str(secret_path(place.secrets, "session-key")),
        },
        "operations": OPERATIONS,
        "login_paths": LOGIN_PATHS,
        "public_data": PUBLIC_DATA,
        "public_pages": PUBLIC_PAGES,
        "status_pages": STATUS_PAGES if place.status else (),
        "unavailable_page": (TEMPLATES / "unavailable.html").read_text(encoding="utf-8"),
        "portal_matches": [f"path_separated_prefix: /{path}" for path in pages],
        "services": [
            {
                "name": name,
                "address": place.services[name],
                "streams": STREAMS.get(name, []),
                "secret_paths": SECRET_PATHS.get(name, []),
            }
            for name in SERVICES
        ],
        "replies": [
            {"status": status, "code": code, "title": title, "remedy": remedy, "by_guard": by_guard}
            for by_guard, group in ((True, REFUSALS), (False, REPLIES))
            for status, code, title, remedy in group
        ],
    }
