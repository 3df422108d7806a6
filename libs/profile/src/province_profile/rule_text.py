"""Deadline rules as one line of text: one grammar for profiles, regimes and the command line.

    before day N [+M months] [at HH:MM]        trước ngày N: the day itself is too late
    by day N [+M months] [at HH:MM]            chậm nhất ngày N: the day itself is in time
    [before|by] N [working] days after end     counted from the end of the cut-off span (chốt số liệu)
    [before|by] N [working] days after period  counted from the period's last calendar day
    before|by 2026-11-27 [at HH:MM]            one named day

Without a lead word, "N days after …" includes the day it names.
"""

from __future__ import annotations

import re
from typing import Any

FORMS = (
    "before day N [+M months] [at HH:MM]",
    "by day N [+M months] [at HH:MM]",
    "N days after end",
    "N working days after end",
)

_HOUR = r"(?: at (?P<hour>\d{1,2}:\d\d))?"
_FIXED_DAY = re.compile(
    rf"(?P<lead>before|by) day (?P<day>\d{{1,2}})(?: \+ ?(?P<months>\d{{1,2}}) months?)?{_HOUR}"
)
_DAYS_AFTER = re.compile(
    rf"(?:(?P<lead>before|by) )?(?P<days>\d{{1,3}}) (?P<working>working )?days? after (?P<after>end|period){_HOUR}"
)
_FIXED_DATE = re.compile(rf"(?P<lead>before|by) (?P<on>\d{{4}}-\d\d-\d\d){_HOUR}")


class RuleUnreadable(ValueError):
    def __init__(self, text: str, reason: str = "") -> None:
        super().__init__(
            f"“{text}” is no deadline rule{f' ({reason})' if reason else ''}; one is: {'; '.join(FORMS)}"
        )
        self.text = text


def fields_of(text: str) -> dict[str, Any]:
    """The rule's fields, not yet checked for their ranges. Raises RuleUnreadable."""
    line = " ".join(text.split()).lower()
    if not line.isascii():
        raise RuleUnreadable(text)
    if found := _FIXED_DAY.fullmatch(line):
        fields: dict[str, Any] = {"kind": "fixed_day", "day": int(found["day"])}
        if found["months"]:
            fields["months_after"] = int(found["months"])
    elif found := _DAYS_AFTER.fullmatch(line):
        after = "cut_off" if found["after"] == "end" else "period"
        fields = {"kind": "days_after", "days": int(found["days"]), "after": after}
        if found["working"]:
            fields["working"] = True
    elif found := _FIXED_DATE.fullmatch(line):
        fields = {"kind": "fixed_date", "on": found["on"]}
    else:
        raise RuleUnreadable(text)
    fields["wording"] = "trước" if found["lead"] == "before" else "chậm nhất"
    if found["hour"]:
        fields["hour"] = found["hour"].zfill(5)
    return fields
