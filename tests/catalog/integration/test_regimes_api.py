"""Regimes through the API: drafted, refused with what is missing, published, scheduled, closed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.catalog.integration.conftest import Running


async def drafted(catalog: Running, **changes: Any) -> dict[str, Any]:
    version = await catalog.by(catalog.here.designer).published_form()
    body = catalog.here.regime(form_version_ids=[version["id"]], **changes)
    answer = await catalog.by(catalog.here.owner).send("POST", "/regimes", body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def published(catalog: Running, **changes: Any) -> dict[str, Any]:
    regime = await drafted(catalog, **changes)
    owner = catalog.by(catalog.here.owner)
    answer = await owner.send("POST", f"/regimes/{regime['id']}:publish", version=regime["version"])
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.requirement("TH-7", "TH-6")
async def test_a_published_regime_has_periods_with_deadline_article_and_steps(catalog: Running) -> None:
    regime = await published(catalog, deadlines=[])

    answer = await catalog.by(catalog.here.clerk).get(
        f"/regimes/{regime['id']}/periods", **{"from": "2026-10-01", "to": "2026-11-30"}
    )

    october, november = answer.json()["items"]
    assert (october["key"], october["label"], november["key"]) == ("2026-10", "Tháng 10 năm 2026", "2026-11")
    assert (october["cut_off"]["from"], october["cut_off"]["to"]) == ("2026-09-15", "2026-10-14")
    (deadline,) = october["deadlines"]
    assert datetime.fromisoformat(deadline["due_at"]) == datetime(2026, 10, 19, 17, tzinfo=UTC)
    assert (deadline["article"], deadline["last_day"]) == ("TH 7.3", "2026-10-19")
    assert any("không gồm ngày ấy" in step for step in deadline["steps"])
    assert (await catalog.subjects())[-1] == "reporting.catalog.regime.published.v1"


@pytest.mark.requirement("DN-7.1", "DT-8")
async def test_publishing_is_refused_with_the_list_of_everything_missing(catalog: Running) -> None:
    owner = catalog.by(catalog.here.owner)
    bare = (await owner.send("POST", "/regimes", {"name": "Báo cáo", "frequency": ["nine_months"]})).json()

    refused = await owner.send("POST", f"/regimes/{bare['id']}:publish", version=bare["version"])

    assert (refused.status_code, refused.json()["code"]) == (409, "catalog.regime.incomplete")
    assert [item["field"] for item in refused.json()["details"]["missing"]] == [
        "legal_basis",
        "legal_documents",
        "reporting_unit_ids",
        "lead_unit_id",
        "deadlines",
        "approver",
        "aggregator",
        "form_version_ids",
    ]
    assert "regime.published" not in "".join(await catalog.subjects())


async def test_what_was_missing_is_added_and_then_it_is_published(catalog: Running) -> None:
    owner = catalog.by(catalog.here.owner)
    regime = await drafted(catalog, approver="")
    path = f"/regimes/{regime['id']}"
    body = {**{k: v for k, v in regime.items() if k in owner_fields()}, "approver": "Giám đốc"}

    changed = await owner.send("PUT", path, body, version=regime["version"])
    stale = await owner.send("PUT", path, body, version=regime["version"])
    done = await owner.send("POST", f"{path}:publish", version=changed.json()["version"])
    late = await owner.send("PUT", path, body, version=done.json()["version"])

    assert changed.status_code == 200, changed.text
    assert stale.status_code == 412
    assert done.json()["state"] == "published"
    assert done.json()["assigns_itself"] is False
    assert (late.status_code, late.json()["code"]) == (409, "catalog.regime.not_draft")


def owner_fields() -> set[str]:
    return {
        "name", "kind", "origin", "legal_basis", "lead_unit_id", "reporting_unit_ids", "form_version_ids", "outline",
        "frequency", "deadlines", "approver", "aggregator", "signing", "nil_allowed", "starts_on", "ends_on",
        "legal_documents",
    }  # fmt: skip


@pytest.mark.requirement("DN-1.2")
async def test_a_secret_regime_cannot_be_set_up(catalog: Running) -> None:
    answer = await catalog.by(catalog.here.owner).send("POST", "/regimes", catalog.here.regime(secret=True))
    assert (answer.status_code, answer.json()["code"]) == (409, "catalog.secret.refused")
    assert await catalog.rows("regime") == 0


@pytest.mark.requirement("DL-1.2")
async def test_a_statistical_regime_is_refused_where_the_text_excludes_it(catalog: Running) -> None:
    there = catalog.there
    answer = await catalog.by(there.owner).send("POST", "/regimes", there.regime(origin="statistical"))
    assert (answer.status_code, answer.json()["code"]) == (409, "catalog.regime.origin_refused")
    assert answer.json()["rule"] == "DL 1.2"


@pytest.mark.requirement("TH-7")
async def test_a_deadline_later_than_the_text_s_own_is_refused(catalog: Running) -> None:
    owner = catalog.by(catalog.here.owner)
    regime = await drafted(catalog, deadlines=[{"kind": "fixed_day", "day": 20, "wording": "chậm nhất"}])
    refused = await owner.send("POST", f"/regimes/{regime['id']}:publish", version=regime["version"])
    assert (refused.status_code, refused.json()["code"]) == (409, "catalog.deadline.later_than_the_limit")
    assert refused.json()["rule"] == "TH 7.3"


@pytest.mark.requirement("PR-2")
async def test_overlapping_periods_of_one_regime_are_explained_or_refused(catalog: Running) -> None:
    owner = catalog.by(catalog.here.owner)
    rule = [{"kind": "days_after", "days": 3, "wording": "chậm nhất", "period_kind": "nine_months"}]
    regime = await drafted(
        catalog, frequency=["quarter:1", "half_year:1", "nine_months", "year"], deadlines=rule
    )
    refused = await owner.send("POST", f"/regimes/{regime['id']}:publish", version=regime["version"])
    assert [item["field"] for item in refused.json()["details"]["missing"]] == ["overlap_explanation"]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"frequency": ["weekly"]}, "catalog.regime.frequency_unknown"),
        ({"deadlines": [{"kind": "fixed_day", "wording": "trước"}]}, "catalog.deadline.not_understood"),
        ({"reporting_unit_ids": ["018f0000-0000-7000-8000-000000000001"]}, "catalog.regime.units_outside"),
        (
            {"form_version_ids": ["018f0000-0000-7000-8000-000000000001"]},
            "catalog.regime.form_versions_not_published",
        ),
    ],
)
async def test_what_cannot_be_right_is_refused_by_field(
    catalog: Running, wrong: dict[str, Any], code: str
) -> None:
    answer = await catalog.by(catalog.here.owner).send("POST", "/regimes", catalog.here.regime(**wrong))
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert answer.json()["places"]


async def test_units_and_forms_of_another_province_are_not_found(catalog: Running) -> None:
    version = await catalog.by(catalog.here.designer).published_form()
    stranger = catalog.by(catalog.there.owner)
    answers = [
        await stranger.send("POST", "/regimes", catalog.there.regime(form_version_ids=[version["id"]])),
        await stranger.send(
            "POST", "/regimes", catalog.there.regime(reporting_unit_ids=[str(catalog.here.communes[0])])
        ),
        await stranger.send(
            "POST", "/regimes", catalog.there.regime(lead_unit_id=str(catalog.here.department))
        ),
    ]
    assert [answer.status_code for answer in answers] == [422, 422, 404]


async def test_a_draft_is_seen_by_its_owner_and_by_nobody_else(catalog: Running) -> None:
    regime = await drafted(catalog)
    for person, status in (
        (catalog.here.owner, 200),
        (catalog.here.admin, 200),
        (catalog.here.clerk, 404),
        (catalog.there.owner, 404),
    ):
        assert (await catalog.by(person).get(f"/regimes/{regime['id']}")).status_code == status
        assert (await catalog.by(person).get(f"/regimes/{regime['id']}/periods")).status_code == status
    task = (await catalog.by(catalog.here.owner).get("/tasks")).json()["items"][0]
    assert (task["kind"], task["detail"]) == ("regime_draft", "Đã đủ nội dung, chờ công bố")


async def test_a_closed_regime_tells_others_and_cannot_be_closed_twice(catalog: Running) -> None:
    owner = catalog.by(catalog.here.owner)
    regime = await published(catalog)
    closed = await owner.send("POST", f"/regimes/{regime['id']}:close", version=regime["version"])
    again = await owner.send("POST", f"/regimes/{regime['id']}:close", version=closed.json()["version"])
    assert closed.json()["state"] == "closed"
    assert (again.status_code, again.json()["code"]) == (409, "catalog.regime.not_published")
    assert (await catalog.subjects())[-2:] == [
        "reporting.catalog.regime.published.v1",
        "reporting.catalog.regime.closed.v1",
    ]


async def test_a_version_must_be_named_to_publish(catalog: Running) -> None:
    regime = await drafted(catalog)
    answer = await catalog.by(catalog.here.owner).send("POST", f"/regimes/{regime['id']}:publish")
    assert answer.status_code == 428


async def test_lists_go_on_where_they_stopped(catalog: Running) -> None:
    owner = catalog.by(catalog.here.owner)
    for number in range(5):
        await owner.send("POST", "/regimes", catalog.here.regime(name=f"Báo cáo số {number}"))
    first = (await owner.get("/regimes", limit=3)).json()
    rest = (await owner.get("/regimes", limit=3, cursor=first["next"])).json()
    assert [item["name"] for item in first["items"] + rest["items"]] == [f"Báo cáo số {n}" for n in range(5)]
    assert rest["next"] is None
    assert (await owner.get("/regimes", cursor="sai")).status_code == 422


async def test_the_profile_and_calendar_are_the_caller_s_own_province_s(catalog: Running) -> None:
    here, there = catalog.by(catalog.here.clerk), catalog.by(catalog.there.clerk)
    assert (await here.get("/profile")).json()["key"] == "thanh-hoa"
    assert (await there.get("/profile")).json()["key"] == "dak-lak"
    year = (await here.get("/calendar/2026")).json()
    assert year["version"] == "2026.1"
    assert {"day": "2026-09-02", "name": "Quốc khánh"} in year["holidays"]
    assert await catalog.rows("calendar_year") == 1
