"""A form changes in the middle of a period: one unit has sent already, the other moves; both are aggregated."""

import pytest

from tests.support.cycle import Regime, carry_on, report_of
from tests.support.people import eventually, refused, succeeded
from tests.support.province import COMMUNE, Province
from tests.support.versions import consent, enter, publish_newer, waiting

pytestmark = pytest.mark.full


def test_a_change_of_a_form_in_the_middle_of_a_period_loses_no_figure(
    province: Province, regime: Regime
) -> None:
    first, second, owner = province["nhap"], province["xa-2-nhap"], province["quan-tri"]
    sent, moving = report_of(first, regime), report_of(second, regime)
    enter(first, sent["id"], regime.form_version_id, KTXH_15="5", KTXH_17="7")
    carry_on(province.everyone, sent["id"], "accepted")
    enter(second, moving["id"], regime.form_version_id, KTXH_15="10", KTXH_17="3")
    old = owner.read(f"/catalog/v1/form-versions/{regime.form_version_id}")
    new = publish_newer(owner, old["form_id"])
    found = owner.read(f"/catalog/v1/regimes/{regime.id}")
    body = {"form_version_id": new["id"]}
    path = f"/catalog/v1/regimes/{regime.id}:take-version"
    taken = succeeded(owner.post(path, body, version=found["version"])).json()
    again = owner.post(path, body, version=taken["regime"]["version"])
    refused(again, 409, "catalog.regime.version_not_newer")

    moves_path = f"/submission/v1/reports/{moving['id']}/form-moves"
    # submission hears of the regime's new version by event.
    moves = eventually(lambda: waiting(second.read(moves_path)), "the newer version in submission")
    unseen = second.post(moves_path, {**consent(moves), "fallen": 0})
    refused(unseen, 409, "submission.form_move.other_fallen")
    refused(first.post(moves_path, consent(moves)), 404)
    not_now = first.read(f"/submission/v1/reports/{sent['id']}/form-moves")
    assert (not_now["movable"], not_now["why_not"]["code"]) == (False, "submission.report.action_not_allowed")
    done = succeeded(second.post(moves_path, consent(moves), key="move-once")).json()
    repeated = succeeded(second.post(moves_path, consent(moves), key="move-once")).json()
    assert done == repeated
    assert [(each["kept"], each["fallen"][0]["value"]) for each in done["done"]] == [(1, {"number": "3"})]
    carry_on(province.everyone, moving["id"], "accepted")

    order = {"regime_id": regime.id, "period": regime.period_key}
    made = succeeded(province["tong-hop"].post("/submission/v1/aggregations", order)).json()
    (form,) = made["forms"]
    cells = {(cell["row"], cell["column"]): cell["value"] for cell in form["cells"]}
    assert form["form_version_id"] == new["id"]
    assert cells["KTXH.16", "G"] == {"number": "15"}
    (fallen,) = form["fallen"]
    assert (fallen["unit_name"], fallen["value"], fallen["reason"]) == ("Xã Một", {"number": "7"}, "row_gone")
    assert province.units[COMMUNE] == sent["unit"]["id"]
