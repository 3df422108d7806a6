"""Past periods come in by the bulk import that every province needs when it joins; ten reports by the whole cycle."""

import pytest
from kit.clock import utc_now, vietnam_day
from reporting_demo.regimes import month_before
from reporting_stack import demo
from reporting_stack.layout import Home

from tests.support.people import eventually, person
from tests.support.stack import Stack


@pytest.mark.full
@pytest.mark.timeout(1800)
@pytest.mark.requirement("DT-11.2", "DN-5.1")
def test_past_periods_are_marked_imported_and_never_count_as_sent_in_time(stack: Stack) -> None:
    home = Home.named(stack.name)
    demo.start_history(home)
    eventually(lambda: demo.progress(home).get("finished"), "the demo's history", 1700)

    lead = person(stack, "so-tai-chinh.tonghop")
    regime = lead.read("/catalog/v1/regimes", q="KTXH")["items"][0]
    oldest = month_before(month_before(month_before(vietnam_day(utc_now()))))
    progress = lead.read("/submission/v1/progress", regime_id=regime["id"], period=f"{oldest:%Y-%m}")

    assert progress["accepted"] == progress["total"] > 100
    assert (progress["sent"], progress["late"]) == (0, 0)
    assert all(line["imported"] for line in progress["items"])
