"""Trials, differences, copies, links and signed packages of forms."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any
from uuid import uuid4

import pytest
from catalog.adapters.package_seal import Ed25519Seal
from catalog.domain.form_errors import PackageNotTrusted
from joserfc.jwk import OKPKey

from tests.catalog.building import Client, sample, zipped
from tests.catalog.integration.conftest import Running
from tests.catalog.integration.test_for_services import snapshot
from tests.catalog.integration.test_taking_versions import new_version, relabelled, row_named

ZIP = "application/zip"


def members(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


async def exported(client: Client, version_id: str) -> bytes:
    answer = await client.get(f"/form-versions/{version_id}/package.zip")
    assert answer.status_code == 200, answer.text
    return answer.content


def first_input(version: dict[str, Any]) -> tuple[str, str]:
    cells = (cell for sheet in version["model"]["sheets"] for cell in sheet["cells"])
    return next(
        (cell["row"], cell["column"])
        for cell in cells
        if cell["kind"] == "input" and cell["type"] == "number"
    )


async def test_a_trial_is_seen_by_those_invited_and_keeps_nothing(catalog: Running) -> None:
    here = catalog.here
    designer, clerk = catalog.by(here.designer), catalog.by(here.clerk)
    draft = (await designer.form())["draft"]
    path = f"/form-versions/{draft['id']}"
    row, column = first_input(draft)
    figures = {"figures": [{"row": row, "column": column, "raw": "12"}]}

    unseen = await clerk.get(path)
    trial = await designer.send(
        "POST", f"{path}:trial", {"testers": [str(here.clerk)]}, version=draft["version"]
    )
    tasks = (await clerk.get("/tasks")).json()["items"]
    seen = await clerk.get(path)
    tried = await clerk.send("POST", f"{path}:try", figures)
    neighbour = here.person("xa-ben", here.communes[1], "entry")
    catalog.directory.accounts[neighbour] = here.people[-1]
    others = await catalog.by(neighbour).get(path)

    assert unseen.status_code == 404
    assert trial.json()["state"] == "trial", trial.text
    assert [(task["kind"], task["link"]) for task in tasks] == [
        ("form_version_trial", f"/dung-thu/{draft['id']}")
    ]
    assert (seen.status_code, others.status_code) == (200, 404)
    assert tried.status_code == 200, tried.text
    assert tried.json()["messages"] == []
    assert "form_version" not in "".join(await catalog.subjects())


async def test_a_version_goes_from_draft_to_trial_to_published_to_retired(catalog: Running) -> None:
    designer = catalog.by(catalog.here.designer)
    draft = (await designer.form())["draft"]
    path = f"/form-versions/{draft['id']}"
    states, version = [draft["state"]], draft["version"]
    for act, body in ((":trial", {}), (":publish", None), (":retire", None)):
        answer = await designer.send("POST", path + act, body, version=version)
        assert answer.status_code == 200, answer.text
        states.append(answer.json()["state"])
        version = answer.json()["version"]
    again = await designer.send("POST", path + ":publish", version=version)
    assert states == ["draft", "trial", "published", "retired"]
    assert again.status_code == 409


async def test_two_versions_are_compared_cell_by_cell(catalog: Running) -> None:
    designer = catalog.by(catalog.here.designer)
    before = await designer.published_form()
    after = (
        await designer.upload(f"/forms/{before['form_id']}/versions", "b.xlsx", sample("kt-xh-thang.xlsx"))
    ).json()
    row, column = first_input(after)
    correction = {"corrections": [{"row": row, "column": column, "kind": "not_applicable"}]}
    await designer.send("PATCH", f"/form-versions/{after['id']}/cells", correction, version=after["version"])

    found = (await designer.get(f"/form-versions/{after['id']}/difference", against=before["id"])).json()
    none = (await designer.get(f"/form-versions/{before['id']}/difference", against=before["id"])).json()

    assert (found["before"], found["after"], none["changes"]) == (1, 2, [])
    (change,) = found["changes"]
    assert (change["what"], change["how"], change["row"], change["column"]) == (
        "cell",
        "changed",
        row,
        column,
    )
    assert {"field": "loại ô", "before": "input", "after": "not_applicable"} in change["fields"]


async def test_a_copy_is_a_form_of_its_own(catalog: Running) -> None:
    designer = catalog.by(catalog.here.designer)
    original = await designer.published_form()
    body = {"form_version_id": original["id"], "code": f"C-{uuid4().hex[:5]}", "name": "Bản sao"}
    copied = await designer.send("POST", "/forms:copy", body)
    taken = await designer.send("POST", "/forms:copy", body)
    assert copied.status_code == 201, copied.text
    draft = copied.json()["draft"]
    assert (draft["state"], draft["number"], draft["form_id"] != original["form_id"]) == ("draft", 1, True)
    assert draft["model"] == original["model"]
    assert (taken.status_code, taken.json()["code"]) == (409, "catalog.form.code_taken")


async def test_a_package_carries_a_form_to_another_province_after_a_dry_run(catalog: Running) -> None:
    original = await catalog.by(catalog.here.designer).published_form()
    package = await exported(catalog.by(catalog.here.designer), original["id"])
    there = catalog.by(catalog.there.designer)
    forms = await catalog.rows("form")

    dry = await there.upload("/form-packages:import", "goi.zip", package)
    after_dry = await catalog.rows("form")
    real = await there.upload("/form-packages:import", "goi.zip", package, dry_run="false")

    assert (dry.status_code, dry.json()["form_id"], after_dry) == (200, None, forms)
    assert (dry.json()["source"], dry.json()["code_taken"]) == ("Tỉnh a", False)
    assert real.status_code == 200, real.text
    taken_in = (await there.get(f"/form-versions/{real.json()['form_version_id']}")).json()
    assert taken_in["model"] == original["model"]
    assert (await exported(catalog.by(catalog.here.designer), original["id"]))[:4] == b"PK\x03\x04"


@pytest.mark.parametrize("part", ["form.json", "template.xlsx", "manifest.json", "manifest.jws"])
async def test_a_package_changed_on_its_way_is_refused(catalog: Running, part: str) -> None:
    designer = catalog.by(catalog.here.designer)
    package = members(await exported(designer, (await designer.published_form())["id"]))
    changed = package[part].replace(b'"number":1', b'"number":2') + (b" " if part != "manifest.jws" else b"A")
    answer = await designer.upload("/form-packages:import", "goi.zip", zipped({**package, part: changed}))
    assert (answer.status_code, answer.json()["code"]) == (409, "catalog.package.not_trusted")


async def test_a_package_of_an_unknown_province_is_refused_until_its_key_is_trusted(
    catalog: Running, tmp_path: Any
) -> None:
    designer = catalog.by(catalog.here.designer)
    package = members(await exported(designer, (await designer.published_form())["id"]))
    stranger, mine = OKPKey.generate_key("Ed25519"), OKPKey.generate_key("Ed25519")
    foreign = Ed25519Seal(lambda: stranger).sign(package["manifest.json"])
    packed = zipped({**package, "manifest.jws": foreign.encode()})

    answer = await designer.upload("/form-packages:import", "goi.zip", packed)
    trusted = tmp_path / "keys.json"
    trusted.write_text(json.dumps({"keys": [stranger.as_dict(private=False)]}))

    assert (answer.status_code, answer.json()["code"]) == (409, "catalog.package.not_trusted")
    with pytest.raises(PackageNotTrusted):
        Ed25519Seal(lambda: mine).signer(foreign, package["manifest.json"])
    signer = Ed25519Seal(lambda: mine, trusted).signer(foreign, package["manifest.json"])
    assert signer == stranger.thumbprint()


@pytest.mark.parametrize("data", [b"khong phai zip", zipped({"form.json": b"{}"}), zipped({"../x": b""})])
async def test_what_is_no_package_is_refused(catalog: Running, data: bytes) -> None:
    answer = await catalog.by(catalog.here.designer).upload("/form-packages:import", "goi.zip", data)
    assert (answer.status_code, answer.json()["code"]) == (422, "catalog.package.unreadable")


@pytest.mark.requirement("DL-9.2a")
async def test_a_report_form_names_the_entry_form_s_cells_that_fill_it(catalog: Running) -> None:
    designer = catalog.by(catalog.here.designer)
    source, target = await designer.published_form(), await designer.published_form()
    row, column = first_input(target)
    link = {
        "row": row,
        "column": column,
        "from_form_id": source["form_id"],
        "from_row": row,
        "from_column": column,
    }
    path = f"/forms/{target['form_id']}"
    version = (await designer.get(path)).json()["version"]

    broken = await designer.send(
        "PUT",
        f"{path}/purpose",
        {"purpose": "report", "links": [{**link, "from_row": "không"}]},
        version=version,
    )
    entry = await designer.send(
        "PUT", f"{path}/purpose", {"purpose": "entry", "links": [link]}, version=version
    )
    done = await designer.send(
        "PUT", f"{path}/purpose", {"purpose": "report", "links": [link]}, version=version
    )

    assert (broken.status_code, broken.json()["code"]) == (422, "catalog.form.link_broken")
    assert (entry.status_code, entry.json()["code"]) == (422, "catalog.form.entry_form_linked")
    assert done.status_code == 200, done.text
    drawn = {**link, "from_version_id": source["id"]}
    assert (done.json()["purpose"], done.json()["links"]) == ("report", [drawn])
    assert (await designer.get("/forms")).json()["items"][0]["purpose"] in ("report", "both")
    told = [item.form_version for item in await snapshot(catalog) if item.form_version.id == target["id"]]
    assert [(one.version, [each.from_form_id for each in one.links]) for one in told] == [
        (2, [source["form_id"]])
    ]
    assert (await catalog.subjects())[-1] == "reporting.catalog.form_version.published.v1"


@pytest.mark.requirement("DL-9.2a", "DL-11.2")
async def test_links_follow_their_rows_to_newer_versions_and_what_has_no_place_is_named(
    catalog: Running,
) -> None:
    designer = catalog.by(catalog.here.designer)
    source, target = await designer.published_form(), await designer.published_form()
    rows = {label: row_named(target, label) for label in ("Trâu", "Bò", "Lúa đông xuân")}
    links = [
        {
            "row": rows[label], "column": "G", "from_form_id": source["form_id"], "from_row": rows[label],
            "from_column": "G",
        }
        for label in ("Trâu", "Lúa đông xuân")
    ]  # fmt: skip
    path = f"/forms/{target['form_id']}"
    seen = (await designer.get(path)).json()["version"]
    body = {"purpose": "report", "links": links}
    assert (await designer.send("PUT", f"{path}/purpose", body, version=seen)).status_code == 200
    shifted = relabelled(**{"Trâu": "Bò", "Bò": "Trâu", "Lúa đông xuân": "Lúa thu đông"})

    new = await new_version(designer, target["form_id"], shifted, publish=False)
    newer_source = await new_version(designer, source["form_id"], shifted, publish=False)
    done = await designer.send("POST", f"/form-versions/{new['id']}:publish", version=new["version"])
    assert done.status_code == 200, done.text

    def left(version: dict[str, Any]) -> list[str]:
        return [note["message"] for note in version["proposal"]["notes"] if "lấy số liệu" in note["message"]]

    (own,), (given,) = left(new), left(newer_source)
    assert own.startswith("Không mang sang được liên kết lấy số liệu của phiên bản trước: ")
    assert "Lúa đông xuân" in own
    assert given.startswith(f"Biểu {target['code']} lấy số liệu từ biểu này, nhưng ")
    assert "Lúa đông xuân" in given
    (kept,) = (await designer.get(path)).json()["links"]
    assert (kept["row"], kept["from_row"]) == (rows["Bò"], rows["Trâu"])
    told = {
        item.form_version.id: [
            (one.row, one.from_row, one.from_version_id) for one in item.form_version.links
        ]
        for item in await snapshot(catalog)
    }
    assert told[new["id"]] == [(rows["Bò"], rows["Trâu"], source["id"])]
    assert told[target["id"]] == [
        (rows[label], rows[label], source["id"]) for label in ("Trâu", "Lúa đông xuân")
    ]

    # Drawn anew, the older version keeps what only it has a row for.
    seen = (await designer.get(path)).json()["version"]
    body = {"purpose": "report", "links": [kept]}
    assert (await designer.send("PUT", f"{path}/purpose", body, version=seen)).status_code == 200
    again = [item.form_version for item in await snapshot(catalog)]
    older = [[one.row for one in each.links] for each in again if each.id == target["id"]]
    assert older[-1] == [rows["Trâu"], rows["Lúa đông xuân"]]


@pytest.mark.requirement("DL-9.2a")
async def test_cells_in_different_measures_are_not_linked(catalog: Running) -> None:
    designer = catalog.by(catalog.here.designer)
    source, target = await designer.published_form(), await designer.published_form()
    row, column = first_input(target)
    sheet = target["model"]["sheets"][0]
    percent = next(one["id"] for one in sheet["columns"] if one.get("measure") == "%")
    link = {
        "row": row, "column": column, "from_form_id": source["form_id"], "from_row": row, "from_column": percent,
    }  # fmt: skip
    path = f"/forms/{target['form_id']}"
    version = (await designer.get(path)).json()["version"]
    answer = await designer.send(
        "PUT", f"{path}/purpose", {"purpose": "report", "links": [link]}, version=version
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "catalog.form.link_broken")
    assert "đơn vị tính khác nhau" in answer.text
