"""Ten years of deadlines for 200 regimes, as ListPeriods works them out; the promise is under one second.

Run by `make load`. Prints the time, and the processor's share of the promise: what else runs on the machine isn't ours.
"""

from __future__ import annotations

import time
from datetime import date
from itertools import cycle, islice
from pathlib import Path
from uuid import UUID

from catalog.adapters.holiday_seed import seed_year
from catalog.domain.calendar import WorkingCalendar
from catalog.domain.frequency import Frequency
from catalog.domain.regime import OwnDeadline, RegimeTerms
from catalog.domain.schedule import periods_between, schedule
from province_profile import PeriodKind, RegimeKind, load_profiles, read_rule

ROOT = Path(__file__).resolve().parents[2]
REGIMES, YEARS, PROMISE = 200, 10, 1.0
# As in a province's list of regimes: mostly monthly, quarterly, half-yearly and yearly, each with a rule that rolls.
KINDS = ("month", "quarter", "half_year", "year", "month", "quarter", "nine_months", "school_year")
RULES = ("by day 20", "before day 20", "3 working days after end", "by day 5 +1 month at 16:30")


def regimes() -> list[RegimeTerms]:
    rules = cycle(RULES)
    return [
        RegimeTerms(
            "Báo cáo",
            RegimeKind.PERIODIC,
            "province",
            frequency=(Frequency(PeriodKind(kind)),),
            deadlines=(OwnDeadline(read_rule(next(rules))),),
        )
        for kind in islice(cycle(KINDS), REGIMES)
    ]


def main() -> None:
    profile = load_profiles(ROOT / "profiles").in_force_on("dak-lak", date(2026, 1, 1))
    calendar = WorkingCalendar({year: seed_year(UUID(int=1), year) for year in range(2025, 2042)})
    found = regimes()
    begun, worked = time.perf_counter(), time.process_time()
    deadlines = 0
    for terms in found:
        for period in periods_between(terms, date(2026, 1, 1), date(2026 + YEARS - 1, 12, 31)):
            deadlines += len(schedule(terms, period, profile, calendar).deadlines)
    seconds, of_processor = time.perf_counter() - begun, time.process_time() - worked
    print(
        f"{REGIMES} regimes, {YEARS} years, {deadlines} deadlines: {seconds:.2f} s, of these {of_processor:.2f} s "
        f"of the processor ({of_processor / PROMISE:.0%} of the promised {PROMISE:.0f} s)"
    )
    if of_processor > PROMISE:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
