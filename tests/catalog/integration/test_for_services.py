"""What other services get over gRPC: snapshot, periods, models, templates; and who is walled off."""

from __future__ import annotations

from typing import Any

import pytest
from catalog.entrypoints.grpc.servicer import CatalogServicer
from forms.model import FormModel
from google.protobuf.timestamp_pb2 import Timestamp
from kit.actor import Actor
from kit.auth.acting import acting_as
from kit.errors import InvalidInput, NotFound
from reporting.catalog.v1 import catalog_pb2 as pb

from tests.catalog.building import sample
from tests.catalog.integration.conftest import Running
from tests.catalog.integration.test_regimes_api import drafted, published

OPENER = Actor.system_job("period-opener")


async def snapshot(catalog: Running) -> list[pb.StreamSnapshotResponse]:
    servicer = CatalogServicer(catalog.app)
    with acting_as(OPENER):
        return [item async for item in servicer.StreamSnapshot(pb.StreamSnapshotRequest(), None)]


async def periods(catalog: Running, regime_id: str, actor: Actor = OPENER, **days: Any) -> list[pb.Period]:
    request = pb.ListPeriodsRequest(
        regime_id=regime_id, **{"from_on": "2026-10-01", "to_on": "2026-10-31", **days}
    )
    with acting_as(actor):
        return list((await CatalogServicer(catalog.app).ListPeriods(request, None)).periods)


async def test_a_snapshot_holds_what_is_published_and_ends_with_the_watermark(catalog: Running) -> None:
    regime = await published(catalog)
    await drafted(catalog)

    items = await snapshot(catalog)

    assert [item.WhichOneof("item") for item in items] == [
        "form_version",
        "form_version",
        "regime",
        "watermark",
    ]
    told = items[2].regime
    assert (told.id, told.version, told.state, list(told.frequency)) == (
        regime["id"],
        1,
        "published",
        ["month"],
    )
    assert (told.assigns_itself, len(told.reporting_unit_ids)) == (False, 2)
    assert FormModel.model_validate_json(items[0].form_version.model_json).sheets[0].name == "KTXH"
    assert items[-1].watermark.epoch == 1
    assert items[-1].watermark.taken_at != Timestamp()


@pytest.mark.requirement("DT-6.4")
async def test_an_allocation_made_while_periods_run_reaches_the_copies(catalog: Running) -> None:
    regime = await published(catalog)
    (unit, _), form = catalog.here.communes, regime["form_version_ids"][0]
    path = f"/regimes/{regime['id']}/allocations"
    owner = catalog.by(catalog.here.owner)
    row = (await owner.get(path)).json()["items"][0]["rows"][0]["row"]

    answer = await owner.send(
        "PUT", f"{path}/{form}", {"rows": [{"row": row, "unit_ids": [str(unit)]}]}, version=0
    )

    assert answer.status_code == 200, answer.text
    told = next(item.regime for item in await snapshot(catalog) if item.HasField("regime"))
    assert told.version == 2
    (allocation,) = told.allocations
    assert [(each.row, list(each.unit_ids)) for each in allocation.rows] == [(row, [str(unit)])]
    assert (await catalog.subjects())[-1] == "reporting.catalog.regime.published.v1"


async def test_periods_come_with_deadline_and_what_came_before(catalog: Running) -> None:
    regime = await published(catalog)
    (period,) = await periods(catalog, regime["id"])
    assert (period.key, period.previous_key, period.last_year_key) == ("2026-10", "2026-09", "2025-10")
    assert period.opens_at.ToJsonString() == "2026-09-30T17:00:00Z"
    assert period.deadlines[0].due_at.ToJsonString() == "2026-10-18T17:00:00Z"
    assert period.deadlines[0].article == "Quyết định số 12/2026/QĐ-UBND"


async def test_an_rpc_for_a_person_stays_inside_that_person_s_province(catalog: Running) -> None:
    regime = await published(catalog)
    assert len(await periods(catalog, regime["id"], Actor.account(catalog.here.clerk))) == 1
    with pytest.raises(NotFound):
        await periods(catalog, regime["id"], Actor.account(catalog.there.clerk))


async def test_a_draft_never_leaves_the_catalog(catalog: Running) -> None:
    regime = await drafted(catalog)
    with pytest.raises(NotFound):
        await periods(catalog, regime["id"])
    with pytest.raises(NotFound):
        await periods(catalog, "not-a-key")
    with pytest.raises(InvalidInput):
        await periods(catalog, regime["id"], from_on="hôm nay")


async def test_the_template_and_the_model_of_a_published_version_are_read(catalog: Running) -> None:
    version = await catalog.by(catalog.here.designer).published_form()
    servicer = CatalogServicer(catalog.app)
    with acting_as(OPENER):
        asked = pb.ReadTemplateRequest(form_version_id=version["id"])
        pieces = [answer.piece async for answer in servicer.ReadTemplate(asked, None)]
        model = await servicer.GetFormVersion(pb.GetFormVersionRequest(form_version_id=version["id"]), None)
    assert b"".join(pieces) == sample("kt-xh-thang.xlsx")
    assert (model.form_version.number, model.form_version.version) == (1, 1)
