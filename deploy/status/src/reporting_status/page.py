"""The page and its JSON, written as files: whoever reads them needs neither this program nor the system."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined

from reporting_status.record import DAYS_SHOWN, VIETNAM, Day, Outage, Record
from reporting_status.settings import Component, Settings


@dataclass(frozen=True, slots=True)
class Shown:
    """One component as the page has it."""

    component: Component
    outage: Outage | None
    days: list[Day]
    begun: bool
    """False: it has never answered yet."""

    @property
    def up(self) -> bool:
        return self.begun and self.outage is None

    @property
    def share(self) -> float | None:
        good, bad = sum(day.good for day in self.days), sum(day.bad for day in self.days)
        return good / (good + bad) if good + bad else None


def write_page(settings: Settings, record: Record, at: datetime) -> None:
    outages = record.outages(at - timedelta(days=DAYS_SHOWN))
    going_on = {one.component: one for one in outages if one.to_at is None}
    today = at.astimezone(VIETNAM).date()
    shown = [
        Shown(one, going_on.get(one.key), record.days(one.key, today), record.has_begun(one.key))
        for one in settings.components
    ]
    maintenances = [one for one in record.kept("maintenances") or [] if _lies_ahead(one, at)]
    facts = {
        "title": settings.title,
        "at": at,
        "components": shown,
        "outages": outages,
        "maintenances": maintenances,
        "days": DAYS_SHOWN,
    }
    folder = settings.folder / "page"
    folder.mkdir(parents=True, exist_ok=True)
    _replace(folder / "index.html", _template().render(**facts))
    _replace(folder / "status.json", json.dumps(_plain(facts), ensure_ascii=False, indent=1))


def _plain(facts: dict[str, Any]) -> dict[str, Any]:
    """status.json: what the portal and other programs read. An outage here is the proposal of an incident."""
    return {
        "at": facts["at"].isoformat(timespec="seconds"),
        "components": [
            {
                "key": one.component.key,
                "name": one.component.name,
                "up": one.up,
                "share": one.share,
                "days": [
                    {"day": day.day.isoformat(), "share": day.share}
                    for day in one.days
                    if day.share is not None
                ],
            }
            for one in facts["components"]
        ],
        "outages": [
            {
                "id": one.id,
                "component": one.component,
                "name": one.name,
                "from_at": one.from_at.isoformat(),
                "to_at": one.to_at.isoformat() if one.to_at else None,
                "fault": one.fault,
            }
            for one in facts["outages"]
        ],
        "maintenances": facts["maintenances"],
    }


def _lies_ahead(maintenance: dict[str, Any], at: datetime) -> bool:
    return datetime.fromisoformat(maintenance["ends_at"]) > at


def _template() -> Any:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"moment": _moment, "share": _share, "mark": _mark, "length": _length}
    return environment.from_string((files("reporting_status") / "page.html.j2").read_text("utf-8"))


def _moment(at: datetime | str) -> str:
    local = (datetime.fromisoformat(at) if isinstance(at, str) else at).astimezone(VIETNAM)
    return f"{local:%H} giờ {local:%M} ngày {local:%d/%m/%Y}"


def _share(share: float | None) -> str:
    if share is None:
        return "chưa có số liệu"
    # Cut, never rounded up: 100 % is said only of what never failed.
    return f"{int(share * 10_000) / 100:.2f}".replace(".", ",") + " %"


def _mark(share: float | None) -> str:
    if share is None:
        return "none"
    return "full" if share == 1 else "most" if share >= 0.99 else "part"


def _length(outage: Outage) -> str:
    if outage.to_at is None:
        return "đang diễn ra"
    minutes = max(1, round((outage.to_at - outage.from_at).total_seconds() / 60))
    return f"{minutes // 60} giờ {minutes % 60} phút" if minutes >= 60 else f"{minutes} phút"


def _replace(path: Path, text: str) -> None:
    """A reader sees the old file or the new one, never half of one."""
    draft = path.with_suffix(".new")
    draft.write_text(text, encoding="utf-8")
    os.replace(draft, path)
