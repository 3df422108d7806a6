"""Every variable notify reads, beside kit's."""

from __future__ import annotations

from kit.settings import ServiceSettings


class Settings(ServiceSettings):
    smtp_host: str
    smtp_port: int
    smtp_from: str = "Hệ thống thông tin báo cáo <bao-cao@localhost>"
    portal_url: str
