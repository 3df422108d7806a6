"""The public status page (deploy/status): what it asks of this stack. Production runs it on another machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reporting_stack.files import write_json
from reporting_stack.layout import PYTHON, SERVICES, Home
from reporting_stack.ports import Ports
from reporting_stack.supervise import Program

TITLE = "Hệ thống thông tin báo cáo"
# What people know each service by.
NAMES = {
    "identity": "Tài khoản, đơn vị và phân quyền",
    "catalog": "Biểu mẫu, chế độ báo cáo, lịch làm việc",
    "submission": "Nhập liệu, gửi và nhận báo cáo",
    "signing": "Ký số, phát hành",
    "notify": "Thông báo, nhắc việc",
}


@dataclass(frozen=True, slots=True)
class StatusPage:
    home: Home
    ports: Ports

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.ports.status}/trang-thai"

    def prepare(self) -> None:
        write_json(self.home.config / "status.json", self._settings())

    def program(self) -> Program:
        command = [str(PYTHON), "-m", "reporting_status", str(self.home.config / "status.json")]
        return Program("status-page", command, {"MALLOC_ARENA_MAX": "2"}, stage=90)

    def _settings(self) -> dict[str, Any]:
        gateway = self.ports.gateway_url
        through_the_gateway = [
            # The way a person's browser takes to the login page.
            {"key": "sign-in", "name": "Đăng nhập", "url": f"{gateway}/", "contains": 'name="username"'},
            {"key": "portal", "name": "Cổng thông tin", "url": f"{gateway}/cong-khai", "contains": "<script"},
        ]
        services = [
            {
                "key": name,
                "name": NAMES[name],
                "url": f"http://127.0.0.1:{self.ports.service(name).metrics}/readyz",
            }
            for name in SERVICES
        ]
        return {
            "title": TITLE,
            "folder": str(self.home.data / "status"),
            "components": through_the_gateway + services,
            "maintenances": f"{gateway}/api/notify/v1/public/maintenances",
            "port": self.ports.status,
        }
