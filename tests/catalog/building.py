"""Builders: two provinces with people in them, and requests as those people."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
from kit.auth.user_tokens import TokenHolder
from kit.directory.records import DirectoryAccount, DirectoryGrant, DirectoryPlace

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "contracts" / "forms"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

DOCUMENT = {
    "title": "Quyết định ban hành Quy định về chế độ báo cáo định kỳ",
    "number": "12/2026/QĐ-UBND",
    "issued_on": "2026-01-05",
    "issuer": "Ủy ban nhân dân tỉnh",
    "in_force_from": "2026-01-15",
}


def sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


class Province:
    """A province with a department, two communes, a designer, a regime owner and a clerk."""

    def __init__(self, code: str, profile: str) -> None:
        self.id = uuid4()
        self.places = [
            DirectoryPlace(
                self.id, self.id, None, code, f"Tỉnh {code}", "province", "province", profile=profile
            )
        ]
        self.people: list[DirectoryAccount] = []
        self.grants: list[DirectoryGrant] = []
        self.department = self._place("so-tai-chinh", "Sở Tài chính", "department")
        self.communes = [self._place(f"xa-{n}", f"Xã {n}", "commune") for n in (1, 2)]
        self.designer = self.person("thiet-ke", self.department, "form_designer")
        self.owner = self.person("che-do", self.department, "regime_owner")
        self.admin = self.person("quan-tri", self.id, "province_admin")
        self.clerk = self.person("nhap-lieu", self.communes[0], "entry")

    def person(self, name: str, place_id: UUID, *rights: str) -> UUID:
        account = DirectoryAccount(uuid4(), self.id, place_id, name, name)
        self.people.append(account)
        self.grants += [
            DirectoryGrant(uuid4(), account.id, right, place_id, with_lower=True, province_id=self.id)
            for right in rights
        ]
        return account.id

    @property
    def items(self) -> list[DirectoryPlace | DirectoryAccount | DirectoryGrant]:
        return [*self.places, *self.people, *self.grants]

    def regime(self, **changes: Any) -> dict[str, Any]:
        """Everything a monthly regime needs to be published, but its forms."""
        return {
            "code": f"BC-{uuid4().hex[:6]}",
            "name": "Báo cáo kinh tế - xã hội tháng",
            "legal_basis": "Quyết định số 12/2026/QĐ-UBND",
            "legal_documents": [DOCUMENT],
            "lead_unit_id": str(self.department),
            "reporting_unit_ids": [str(commune) for commune in self.communes],
            "frequency": ["month"],
            "deadlines": [{"kind": "fixed_day", "day": 18, "wording": "chậm nhất"}],
            "approver": "Giám đốc Sở Tài chính",
            "aggregator": "Trưởng phòng Tổng hợp",
            **changes,
        }

    def _place(self, code: str, name: str, kind: str) -> UUID:
        place = DirectoryPlace(uuid4(), self.id, self.id, code, name, kind, kind)
        self.places.append(place)
        return place.id


class NamedTokens:
    """Takes the account's id as its token: who is calling is not what these tests are about."""

    async def verify(self, token: str) -> TokenHolder:
        return TokenHolder(UUID(token), 2**31)


class Client:
    """Requests of one person."""

    def __init__(self, http: httpx.AsyncClient, account_id: UUID) -> None:
        self._http = http
        self._headers = {"Authorization": f"Bearer {account_id}"}

    async def get(self, path: str, **params: Any) -> httpx.Response:
        return await self._http.get(f"/api/catalog/v1{path}", params=params, headers=self._headers)

    async def send(
        self, method: str, path: str, body: Any = None, *, version: int | None = None, key: str | None = None
    ) -> httpx.Response:
        return await self._http.request(
            method, f"/api/catalog/v1{path}", json=body, headers=self._with(version, key)
        )

    async def upload(
        self, path: str, file_name: str, data: bytes, *, key: str | None = None, **fields: str
    ) -> httpx.Response:
        return await self._http.post(
            f"/api/catalog/v1{path}",
            files={"file": (file_name, data, XLSX)},
            data=fields,
            headers=self._with(None, key),
        )

    async def form(self, name: str = "kt-xh-thang.xlsx") -> dict[str, Any]:
        uploaded = await self.upload(
            "/forms", name, sample(name), code=f"B-{uuid4().hex[:6]}", name="Biểu " + name
        )
        assert uploaded.status_code == 201, uploaded.text
        found: dict[str, Any] = uploaded.json()
        return found

    async def published_form(self, name: str = "kt-xh-thang.xlsx") -> dict[str, Any]:
        draft = (await self.form(name))["draft"]
        published = await self.send("POST", f"/form-versions/{draft['id']}:publish", version=draft["version"])
        assert published.status_code == 200, published.text
        found: dict[str, Any] = published.json()
        return found

    def _with(self, version: int | None, key: str | None) -> dict[str, str]:
        seen = {} if version is None else {"If-Match": f'"{version}"'}
        return {**self._headers, "Idempotency-Key": key or uuid4().hex, **seen}


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def part_of(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def changed(data: bytes, **parts: bytes) -> bytes:
    """The same archive with parts replaced or added; `__` in a name stands for `/`, `_dot_` for a point."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    return zipped(found | {name.replace("__", "/").replace("_dot_", "."): new for name, new in parts.items()})
