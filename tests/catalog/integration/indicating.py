"""Shared entries and indicators made through the API, for tests that begin with them."""

from __future__ import annotations

from typing import Any

from tests.catalog.building import Client


async def entry_named(who: Client, kind: str, name: str) -> dict[str, Any]:
    found = (await who.get("/shared-entries", kind=kind, q=name)).json()["items"]
    exact: dict[str, Any] = next(item for item in found if item["name"] == name)
    return exact


async def whole(who: Client, name: str, **changes: Any) -> dict[str, Any]:
    """Everything an indicator needs to be published."""
    measure = await entry_named(who, "measure", "Hộ")
    domain = await entry_named(who, "domain", "Mức sống dân cư")
    return {
        "name": name,
        "concept": "Hộ có thu nhập dưới chuẩn nghèo",
        "method": "Đếm số hộ theo kết quả rà soát",
        "measure_id": measure["id"],
        "domain_id": domain["id"],
        **changes,
    }


async def registered(who: Client, code: str, name: str, **changes: Any) -> dict[str, Any]:
    answer = await who.send("POST", "/indicators", {"code": code, **await whole(who, name, **changes)})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def published(who: Client, code: str, name: str, **changes: Any) -> dict[str, Any]:
    draft = await registered(who, code, name, **changes)
    answer = await who.send(
        "POST",
        f"/indicators/{draft['id']}:publish",
        {"valid_from": "2026-01-01"},
        version=draft["version"],
    )
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found
