"""Messages in Vietnamese from templates: the first line is the title, the rest the body."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined
from kit.clock import VIETNAM

from notify.application.ports import Text
from notify.domain.message import Kind

DRAFTS = ("maintenance_notice",)


class Templates:
    def __init__(self) -> None:
        # Plain text, never put into a page as markup: nothing to escape.
        self._environment = Environment(
            loader=DictLoader(_sources()),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=False,  # noqa: S701
        )
        self._environment.filters["moment"] = moment
        self._environment.filters["deadline"] = deadline
        # All are read and compiled now: a mistake shows at the start, not with the first event.
        self._templates = {kind: self._environment.get_template(f"{kind.value}.txt") for kind in Kind}
        self._drafts = {name: self._environment.get_template(f"{name}.txt") for name in DRAFTS}

    def write(self, kind: Kind, facts: Mapping[str, Any]) -> Text:
        return _text(self._templates[kind].render(**facts))

    def draft(self, name: str, facts: Mapping[str, Any]) -> Text:
        return _text(self._drafts[name].render(**facts))


def _text(written: str) -> Text:
    title, _, body = written.strip().partition("\n")
    return Text(title.strip(), body.strip())


def _sources() -> dict[str, str]:
    texts = files("notify.adapters") / "texts"
    return {text.name: text.read_text("utf-8") for text in texts.iterdir() if text.name.endswith(".txt")}


def deadline(due_at: datetime | None) -> str:
    """The last moment is before `due_at`: one at midnight is the end of the day before."""
    if due_at is not None:
        local = due_at.astimezone(VIETNAM)
        if (local.hour, local.minute, local.second) == (0, 0, 0):
            return f"hết ngày {local - timedelta(days=1):%d/%m/%Y}"
    return moment(due_at)


def moment(at: datetime | None) -> str:
    """As a Vietnamese reader writes it: 17 giờ 00 ngày 20/11/2026."""
    if at is None:
        return "chưa ấn định"
    local = at.astimezone(VIETNAM)
    return f"{local:%H} giờ {local:%M} ngày {local:%d/%m/%Y}"
