"""Rules through the API: written on a draft, tried with throw-away figures, checked at publishing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.catalog.building import sample
from tests.catalog.integration.conftest import Running
from tests.catalog.integration.test_for_services import snapshot
from tests.catalog.integration.test_taking_versions import new_version, relabelled, row_named

WITHIN = {
    "id": "KTXH.1",
    "severity": "warning",
    "condition": "[KTXH.15:G] <= [KTXH.15:D]",
    "message": "Ước cả năm cao hơn kế hoạch: nêu lý do.",
}
JUMP = {
    "id": "KTXH.2",
    "severity": "warning",
    "condition": "ABS([KTXH.15:G]-PREVIOUS![KTXH.15:G])<=20%*PREVIOUS![KTXH.15:G]",
    "message": "Tăng hoặc giảm hơn 20% so với kỳ trước.",
}


def typed(**cells: str) -> list[dict[str, str]]:
    return [{"row": f"KTXH.{name[1:]}", "column": name[0], "raw": raw} for name, raw in cells.items()]


async def test_rules_are_kept_with_the_draft_as_written_and_not_changed_after_publishing(
    catalog: Running,
) -> None:
    designer = catalog.by(catalog.here.designer)
    draft = (await designer.form())["draft"]
    path = f"/form-versions/{draft['id']}"

    kept = await designer.send("PUT", f"{path}/rules", {"rules": [WITHIN, JUMP]}, version=draft["version"])
    version = kept.json()["version"]
    published = await designer.send("POST", f"{path}:publish", version=version)
    late = await designer.send("PUT", f"{path}/rules", {"rules": []}, version=version + 1)
    seen = (await catalog.by(catalog.here.clerk).get(path)).json()["model"]["rules"]

    assert kept.status_code == 200, kept.text
    assert published.status_code == 200, published.text
    assert (late.status_code, late.json()["code"]) == (409, "catalog.form_version.not_draft")
    assert [(r["id"], r["severity"], r["message"]) for r in seen] == [
        (r["id"], r["severity"], r["message"]) for r in (WITHIN, JUMP)
    ]
    assert seen[0]["cells"] == [{"row": "KTXH.15", "column": "G"}, {"row": "KTXH.15", "column": "D"}]
    assert seen[0]["expression"]["op"] == "less_or_equal"
    assert await catalog.audited("set_rules") == 1


async def test_a_rule_that_cannot_be_read_is_refused_with_its_id_and_the_character(catalog: Running) -> None:
    designer = catalog.by(catalog.here.designer)
    draft = (await designer.form())["draft"]

    refused = await designer.send(
        "PUT",
        f"/form-versions/{draft['id']}/rules",
        {"rules": [WITHIN, {**JUMP, "condition": "[KTXH.15:G]>"}]},
        version=draft["version"],
    )

    assert (refused.status_code, refused.json()["code"]) == (422, "forms.expression.unreadable")
    assert "KTXH.2" in refused.json()["detail"]
    assert refused.json()["details"]["at"] == 12


async def test_only_a_designer_of_the_owning_unit_sets_rules(catalog: Running) -> None:
    draft = (await catalog.by(catalog.here.designer).form())["draft"]

    refused = await catalog.by(catalog.here.clerk).send(
        "PUT", f"/form-versions/{draft['id']}/rules", {"rules": []}, version=draft["version"]
    )

    assert refused.status_code == 403


async def test_a_trial_says_which_rules_speak_and_stores_nothing(catalog: Running) -> None:
    designer = catalog.by(catalog.here.designer)
    draft = (await designer.form())["draft"]
    before = await catalog.rows("form_version", "outbox", "audit_record", "stored_file")

    async def tried(figures: list[dict[str, str]], **more: Any) -> dict[str, Any]:
        body = {"figures": figures, "rules": [WITHIN, JUMP], **more}
        answer = await designer.send("POST", f"/form-versions/{draft['id']}:try", body)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    blank = await tried([])
    calm = await tried(typed(D15="120", G15="110,5"))
    previous = {"form": None, "period": "previous", "figures": typed(G15="1.000")}
    loud = await tried(typed(D15="100", G15="110,5", E15="8.5"), elsewhere=[previous])

    assert [each["verdict"] for each in blank["rules"]] == ["silent", "silent"]
    assert [each["verdict"] for each in calm["rules"]] == ["holds", "silent"]
    assert [each["verdict"] for each in loud["rules"]] == ["broken", "broken"]
    spoken = {message["rule"]: message for message in loud["messages"] if message["rule"]}
    assert spoken["KTXH.1"]["message"] == WITHIN["message"]
    assert (spoken["KTXH.1"]["a1"], spoken["KTXH.1"]["severity"]) == ("G15", "warning")
    assert "forms.number.ambiguous" in [message["code"] for message in loud["messages"]]
    assert {"row": "KTXH.15", "column": "H", "value": {"number": "110.5"}} in loud["computed"]
    assert await catalog.rows("form_version", "outbox", "audit_record", "stored_file") == before
    kept = (await designer.get(f"/form-versions/{draft['id']}")).json()
    assert (kept["version"], kept["model"]["rules"]) == (draft["version"], [])


async def test_publishing_refuses_rules_about_forms_that_are_not_published_and_names_them(
    catalog: Running,
) -> None:
    designer = catalog.by(catalog.here.designer)
    draft = (await designer.form())["draft"]
    path = f"/form-versions/{draft['id']}"
    rule = {**WITHIN, "condition": "[KTXH.15:G]='HN'![HN-HCN.14:C]"}
    kept = (await designer.send("PUT", f"{path}/rules", {"rules": [rule]}, version=draft["version"])).json()

    refused = await designer.send("POST", f"{path}:publish", version=kept["version"])
    poverty = sample("ho-ngheo-xa.xlsx")
    other = (await designer.upload("/forms", "hn.xlsx", poverty, code="HN", name="Hộ nghèo")).json()["draft"]
    await designer.send("POST", f"/form-versions/{other['id']}:publish", version=other["version"])
    accepted = await designer.send("POST", f"{path}:publish", version=kept["version"])

    assert (refused.status_code, refused.json()["code"]) == (422, "forms.publishing.unknown_form")
    assert "KTXH.1" in refused.json()["detail"] and "“HN”" in refused.json()["detail"]
    assert accepted.status_code == 200, accepted.text


async def test_a_form_keeps_which_version_of_another_it_was_written_for_and_its_next_one_reads_the_newest(
    catalog: Running,
) -> None:
    designer = catalog.by(catalog.here.designer)
    read = await designer.form()
    first = read["draft"]
    await designer.send("POST", f"/form-versions/{first['id']}:publish", version=first["version"])
    buffalo = row_named(first, "Trâu")
    poverty = sample("ho-ngheo-xa.xlsx")
    form = (await designer.upload("/forms", "hn.xlsx", poverty, code="HN", name="Hộ nghèo")).json()
    draft, path = form["draft"], f"/form-versions/{form['draft']['id']}"
    rule = {**WITHIN, "id": "TRAU", "condition": f"[HN-HCN.14:C]<='{read['code']}'![{buffalo}:G]"}
    kept = (await designer.send("PUT", f"{path}/rules", {"rules": [rule]}, version=draft["version"])).json()
    tried = await designer.send(
        "POST", f"{path}:trial", {"testers": [str(catalog.here.clerk)]}, version=kept["version"]
    )
    assert tried.status_code == 200, tried.text
    done = await designer.send("POST", f"{path}:publish", version=tried.json()["version"])
    assert done.status_code == 200, done.text

    newer = await new_version(designer, read["id"], relabelled(Trâu="Bò", Bò="Trâu"))
    following = await new_version(designer, form["id"], poverty)

    told = {item.form_version.id: dict(item.form_version.reads) for item in await snapshot(catalog)}
    assert told[draft["id"]] == {read["code"]: first["id"]}
    assert told[following["id"]] == {read["code"]: newer["id"]}
    moved = row_named(newer, "Trâu")
    assert moved != buffalo
    (carried,) = following["model"]["rules"]
    assert carried["condition"] == rule["condition"].replace(buffalo, moved)


async def test_the_next_version_takes_over_the_rules_its_cells_bear(catalog: Running) -> None:
    designer = catalog.by(catalog.here.designer)
    form = await designer.form()
    draft = form["draft"]
    await designer.send(
        "PUT", f"/form-versions/{draft['id']}/rules", {"rules": [WITHIN]}, version=draft["version"]
    )

    same = await designer.upload(f"/forms/{form['id']}/versions", "a.xlsx", sample("kt-xh-thang.xlsx"))
    other = await designer.upload(f"/forms/{form['id']}/versions", "b.xlsx", sample("ho-ngheo-xa.xlsx"))

    assert [rule["id"] for rule in same.json()["model"]["rules"]] == ["KTXH.1"]
    assert other.json()["model"]["rules"] == []
    notes = [note["message"] for note in other.json()["proposal"]["notes"] if "quy tắc" in note["message"]]
    assert notes and "KTXH.1" in notes[0]


@pytest.mark.requirement("DL-11.2")
async def test_a_new_version_s_rules_are_those_of_the_same_rows_by_what_they_say(catalog: Running) -> None:
    designer = catalog.by(catalog.here.designer)
    form = await designer.form()
    draft = form["draft"]
    rules = [
        {**WITHIN, "id": name, "condition": f"[{row_named(draft, label)}:G]>=0"}
        for name, label in (("TRAU", "Trâu"), ("LUA", "Lúa đông xuân"))
    ]
    path = f"/form-versions/{draft['id']}/rules"
    saved = await designer.send("PUT", path, {"rules": rules}, version=draft["version"])
    assert saved.status_code == 200, saved.text

    shifted = relabelled(**{"Trâu": "Bò", "Bò": "Trâu", "Lúa đông xuân": "Lúa thu đông"})
    new = (await designer.upload(f"/forms/{form['id']}/versions", "a.xlsx", shifted)).json()

    (kept,) = new["model"]["rules"]
    assert (kept["id"], kept["condition"]) == ("TRAU", f"[{row_named(new, 'Trâu')}:G]>=0")
    assert row_named(new, "Trâu") != row_named(draft, "Trâu")
    (note,) = [each["message"] for each in new["proposal"]["notes"] if "quy tắc" in each["message"]]
    assert "Quy tắc LUA" in note
    assert "Lúa đông xuân" in note


@pytest.mark.requirement("PR-1")
async def test_what_columns_hold_is_set_by_the_designer_and_suggests_rules_for_running_totals(
    catalog: Running,
) -> None:
    designer = catalog.by(catalog.here.designer)
    draft = (await designer.form())["draft"]
    path = f"/form-versions/{draft['id']}"
    suggested = (await designer.get(f"{path}/cumulative-rules")).json()["rules"]
    assert {rule["severity"] for rule in suggested} == {"warning"}
    assert "=PREVIOUS!" in suggested[0]["condition"]
    saved = await designer.send("PUT", f"{path}/rules", {"rules": suggested}, version=draft["version"])
    assert saved.status_code == 200, saved.text

    estimate = {"columns": [{"sheet": "KTXH", "column": "F", "value_kind": "estimate"}]}
    changed = await designer.send("PATCH", f"{path}/columns", estimate, version=saved.json()["version"])
    columns = {column["id"]: column for column in changed.json()["model"]["sheets"][0]["columns"]}
    assert columns["F"]["value_kind"] == "estimate"
    assert (await designer.get(f"{path}/cumulative-rules")).json()["rules"] == []
    wrong = {"columns": [{"sheet": "KTXH", "column": "ZZ"}]}
    refused = await designer.send("PATCH", f"{path}/columns", wrong, version=changed.json()["version"])
    assert (refused.status_code, refused.json()["code"]) == (422, "forms.column.unknown")
    clerk = await catalog.by(catalog.here.clerk).send("PATCH", f"{path}/columns", estimate, version=1)
    assert clerk.status_code in (403, 404)


async def test_a_list_s_key_and_limit_are_set_by_the_designer_and_judged_in_a_trial(catalog: Running) -> None:
    designer = catalog.by(catalog.here.designer)
    projects = sample("du-an-dau-tu-cong.xlsx")
    draft = (await designer.upload("/forms", "da.xlsx", projects, code="DA", name="Dự án")).json()["draft"]
    path = f"/form-versions/{draft['id']}"
    (table,) = draft["model"]["sheets"][0]["lists"]
    (key,) = table["key_columns"]
    rule = {"list_id": table["id"], "key_columns": [key], "repeats": "error", "most_rows": 2}

    saved = await designer.send("PATCH", f"{path}/lists", {"lists": [rule]}, version=draft["version"])
    assert saved.status_code == 200, saved.text
    rows = [{"id": f"r{order}", "list_id": table["id"], "order": order} for order in (1, 2, 3)]
    figures = [{"row": row["id"], "column": key, "raw": "Đường 719"} for row in rows]
    tried = (await designer.send("POST", f"{path}:try", {"figures": figures, "list_rows": rows})).json()
    codes = [each["code"] for each in tried["messages"] if each["code"].startswith("forms.list.")]
    assert codes == ["forms.list.too_many_rows", "forms.list.key_repeated", "forms.list.key_repeated"]

    unknown = {**rule, "key_columns": [table["number_column"]]}
    version = saved.json()["version"]
    refused = await designer.send("PATCH", f"{path}/lists", {"lists": [unknown]}, version=version)
    assert (refused.status_code, refused.json()["code"]) == (422, "forms.list.key_not_entered")
    assert await catalog.audited("set_lists") == 1
