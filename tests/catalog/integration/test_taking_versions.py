"""A published regime takes a newer version of a form it uses; nothing else of it changes."""

from __future__ import annotations

import io
from typing import Any

import openpyxl

from tests.catalog.building import Client, sample
from tests.catalog.integration.conftest import Running
from tests.catalog.integration.test_regimes_api import drafted, published

RICE, BUFFALOES = "Lúa đông xuân", "Trâu"


def relabelled(**labels: str) -> bytes:
    """The monthly form with other rows: each label replaced by another."""
    book = openpyxl.load_workbook(io.BytesIO(sample("kt-xh-thang.xlsx")))
    for cell in book.worksheets[0]["B"]:
        if cell.value in labels:
            cell.value = labels[cell.value]
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


async def new_version(designer: Client, form_id: str, data: bytes, *, publish: bool = True) -> dict[str, Any]:
    uploaded = await designer.upload(f"/forms/{form_id}/versions", "bieu.xlsx", data)
    assert uploaded.status_code == 201, uploaded.text
    draft: dict[str, Any] = uploaded.json()
    if not publish:
        return draft
    done = await designer.send("POST", f"/form-versions/{draft['id']}:publish", version=draft["version"])
    assert done.status_code == 200, done.text
    found: dict[str, Any] = done.json()
    return found


async def taken(catalog: Running, regime: dict[str, Any], version_id: str) -> Any:
    owner = catalog.by(catalog.here.owner)
    path = f"/regimes/{regime['id']}:take-version"
    return await owner.send("POST", path, {"form_version_id": version_id}, version=regime["version"])


async def used(catalog: Running, regime: dict[str, Any]) -> dict[str, Any]:
    designer = catalog.by(catalog.here.designer)
    found: dict[str, Any] = (await designer.get(f"/form-versions/{regime['form_version_ids'][0]}")).json()
    return found


def row_named(version: dict[str, Any], label: str) -> str:
    return next(row["id"] for row in version["model"]["sheets"][0]["rows"] if row["label"] == label)


async def test_a_newer_version_is_taken_and_told_with_the_allocation_of_rows_that_still_exist(
    catalog: Running,
) -> None:
    regime = await published(catalog)
    old = await used(catalog, regime)
    owner, unit = catalog.by(catalog.here.owner), str(catalog.here.communes[0])
    rows = [{"row": row_named(old, label), "unit_ids": [unit]} for label in (RICE, BUFFALOES)]
    allocated = await owner.send(
        "PUT", f"/regimes/{regime['id']}/allocations/{old['id']}", {"rows": rows}, version=0
    )
    assert allocated.status_code == 200, allocated.text
    new = await new_version(
        catalog.by(catalog.here.designer),
        old["form_id"],
        relabelled(**{RICE: "Lúa thu đông", BUFFALOES: "Bò", "Bò": BUFFALOES}),
    )

    answer = await taken(catalog, regime, new["id"])

    assert answer.status_code == 200, answer.text
    done = answer.json()
    assert (done["before"], done["after"], done["regime"]["form_version_ids"]) == (1, 2, [new["id"]])
    assert (done["rows_allocated"], [row["label"] for row in done["rows_fallen"]]) == (1, [RICE])
    (kept,) = (await owner.get(f"/regimes/{regime['id']}/allocations")).json()["items"]
    assert kept["form_version_id"] == new["id"]
    assert {row["label"]: row["unit_ids"] for row in kept["rows"] if row["unit_ids"]} == {BUFFALOES: [unit]}
    assert (await catalog.subjects())[-2:] == [
        "reporting.catalog.regime.published.v1",
        "reporting.catalog.regime.form_taken.v1",
    ]
    assert await catalog.audited("take_version") == 1
    (moved,) = [row["row"] for row in kept["rows"] if row["unit_ids"]]
    assert moved != rows[1]["row"]


async def test_what_a_regime_may_not_take_is_refused_by_code(catalog: Running) -> None:
    designer = catalog.by(catalog.here.designer)
    draft_regime = await drafted(catalog)
    regime = await published(catalog)
    old = await used(catalog, regime)
    stranger = await designer.published_form("ho-ngheo-xa.xlsx")
    unpublished = await new_version(designer, old["form_id"], sample("kt-xh-thang.xlsx"), publish=False)
    other = (await used(catalog, draft_regime))["id"]

    refused = {
        "draft": await taken(catalog, draft_regime, other),
        "unpublished": await taken(catalog, regime, unpublished["id"]),
        "stranger": await taken(catalog, regime, stranger["id"]),
        "same": await taken(catalog, regime, old["id"]),
        "stale": await taken(catalog, {**regime, "version": 1}, old["id"]),
    }

    assert {name: (answer.status_code, answer.json()["code"]) for name, answer in refused.items()} == {
        "draft": (409, "catalog.regime.not_published"),
        "unpublished": (409, "catalog.form_version.not_published"),
        "stranger": (409, "catalog.regime.form_not_used"),
        "same": (409, "catalog.regime.version_not_newer"),
        "stale": (412, "catalog.version_stale"),
    }
    assert all(answer.json()["remedy"] for answer in refused.values())


async def test_only_the_regime_s_owner_takes_a_version(catalog: Running) -> None:
    regime = await published(catalog)
    old = await used(catalog, regime)
    new = await new_version(catalog.by(catalog.here.designer), old["form_id"], sample("kt-xh-thang.xlsx"))
    clerk = catalog.by(catalog.here.clerk)
    answer = await clerk.send(
        "POST",
        f"/regimes/{regime['id']}:take-version",
        {"form_version_id": new["id"]},
        version=regime["version"],
    )
    assert answer.status_code == 403
