"""A report that many have open changes: each of their pages asks for it again in the same moment."""

from concurrent.futures import ThreadPoolExecutor

from tests.support.cycle import Regime, report_of
from tests.support.province import Province

PARTS = ("", "/history", "/form-moves")


def test_more_requests_at_once_than_connections_are_all_answered(province: Province, regime: Regime) -> None:
    clerk = province["nhap"]
    path = f"/submission/v1/reports/{report_of(clerk, regime)['id']}"
    wanted = [f"{path}{part}" for part in PARTS] * 12

    with ThreadPoolExecutor(len(wanted)) as pool:
        answers = list(pool.map(clerk.get, wanted))

    assert {answer.status_code for answer in answers} == {200}
