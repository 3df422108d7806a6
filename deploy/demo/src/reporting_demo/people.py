"""Units and accounts of the demo province, worked out from province.json: no request here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from reporting_demo.names import person, slug
from reporting_demo.stack import DEMO, load

SO_TAI_CHINH = "so-tai-chinh"
SO_NONG_NGHIEP = "so-nong-nghiep-va-moi-truong"
LEADS = (SO_TAI_CHINH, SO_NONG_NGHIEP)

ENTRY = ["entry"]
LEADER = ["approve_figures", "approve", "sign", "send"]
CLERICAL = ["issue", "unit_admin"]


@dataclass(frozen=True, slots=True)
class Unit:
    code: str
    name: str
    kind: str
    parent_code: str = ""

    def row(self) -> dict[str, str]:
        return {"code": self.code, "name": self.name, "kind": self.kind, "parent_code": self.parent_code}


@dataclass(frozen=True, slots=True)
class Account:
    """`unit` None: the province itself. Who signs, for themselves or for the agency, gets a PIN for the token."""

    username: str
    unit: Unit | None
    title: str
    rights: list[str]
    signs_as: Literal["", "person", "agency"] = ""
    with_lower: bool = False
    first_login: bool = False
    full_name: str = field(default="")

    @property
    def name(self) -> str:
        return self.full_name or person(self.username)

    def row(self, mail_domain: str) -> dict[str, Any]:
        return {
            "username": self.username,
            "full_name": self.name,
            "unit_code": self.unit.code if self.unit else "",
            "position_title": self.title,
            "email": f"{self.username}@{mail_domain}",
            "rights": [{"right": right, "with_lower": self.with_lower} for right in self.rights],
        }


@dataclass(frozen=True)
class Province:
    facts: dict[str, Any]

    @classmethod
    def of_the_demo(cls) -> Province:
        return cls(load(DEMO / "province.json"))

    @property
    def code(self) -> str:
        return str(self.facts["code"])

    def departments(self) -> list[Unit]:
        named = [Unit(slug(name), name, "department") for name in self.facts["departments"]]
        return named + [Unit(slug(name), name, "vertical") for name in self.facts["verticals"]]

    def communes(self) -> list[Unit]:
        wards = [Unit(f"phuong-{slug(name)}", f"Phường {name}", "commune") for name in self.facts["wards"]]
        return wards + [Unit(f"xa-{slug(name)}", f"Xã {name}", "commune") for name in self.facts["communes"]]

    def with_offices(self) -> list[Unit]:
        return self.communes()[: int(self.facts["communes_with_offices"])]

    def parts(self) -> Iterator[Unit]:
        """Offices and subordinate units."""
        by_name = {unit.name: unit for unit in self.departments()}
        for kind, key, letter in (
            ("office", "department_offices", "p"),
            ("subordinate", "subordinates", "dv"),
        ):
            for parent, names in self.facts[key].items():
                for number, name in enumerate(names, 1):
                    yield Unit(f"{by_name[parent].code}.{letter}{number}", name, kind, by_name[parent].code)
        for commune in self.with_offices():
            for number, name in enumerate(self.facts["commune_offices"], 1):
                yield Unit(f"{commune.code}.p{number}", name, "office", commune.code)

    def units(self) -> list[Unit]:
        return [*self.departments(), *self.communes(), *self.parts()]

    def accounts(self) -> list[Account]:
        return [*self._of_province(), *self._of_departments(), *self._of_communes()]

    def _of_province(self) -> Iterator[Account]:
        yield Account("quan-tri.tinh", None, "Quản trị hệ thống", ["province_admin"])
        yield Account(
            "bieu-mau.tinh", None, "Chuyên viên thiết kế biểu mẫu", ["form_designer", "regime_owner"]
        )
        yield Account(
            "lanh-dao.ubnd", None, "Phó Chủ tịch Ủy ban nhân dân tỉnh", ["monitor"], with_lower=True
        )
        yield Account(
            "theo-doi.ioc", None, "Trung tâm Giám sát, điều hành", ["monitor", "reviewer"], with_lower=True
        )
        yield Account("kiem-tra.nhatky", None, "Chuyên viên an toàn thông tin", ["auditor"], with_lower=True)

    def _of_departments(self) -> Iterator[Account]:
        for unit in self.departments():
            leads = unit.code in LEADS
            director = "Giám đốc" if unit.name.startswith("Sở") else "Thủ trưởng cơ quan"
            decides = ["decide"] if leads else []
            yield Account(f"{unit.code}.nhaplieu", unit, "Chuyên viên", ENTRY)
            yield Account(f"{unit.code}.lanhdao", unit, director, LEADER + decides, "person")
            yield Account(f"{unit.code}.vanthu", unit, "Văn thư", CLERICAL, "agency")
            if leads:
                rights = ["take_in", "aggregate", "monitor", "regime_owner", "form_designer"]
                yield Account(f"{unit.code}.tonghop", unit, "Chuyên viên tổng hợp", rights)

    def _of_communes(self) -> Iterator[Account]:
        """Where a commune has no văn thư of its own, the clerk does that work as well."""
        communes = self.communes()
        small = {unit.code for unit in communes[-25:]}
        for unit in communes:
            first = unit.code == communes[-1].code
            if unit.code in small:
                rights = ENTRY + CLERICAL
                yield Account(f"{unit.code}.nhaplieu", unit, "Công chức", rights, "agency", first_login=first)
            else:
                yield Account(f"{unit.code}.nhaplieu", unit, "Công chức", ENTRY)
                yield Account(f"{unit.code}.vanthu", unit, "Văn thư", CLERICAL, "agency")
            yield Account(f"{unit.code}.lanhdao", unit, "Chủ tịch Ủy ban nhân dân", LEADER, "person")
