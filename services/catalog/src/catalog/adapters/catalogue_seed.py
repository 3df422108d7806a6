"""What a province's shared catalogues begin with: seeds/catalogues.yaml, each list with its source."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from catalog.application.catalogue_ports import SeedEntry
from catalog.domain.shared import BreakdownItem, EntryKind, EntryTerms

SEEDS = Path(__file__).parent / "seeds" / "catalogues.yaml"
LISTS = {
    EntryKind.MEASURE: "measures",
    EntryKind.DOMAIN: "domains",
    EntryKind.BREAKDOWN: "breakdowns",
}


def seed_entries(path: Path = SEEDS) -> tuple[SeedEntry, ...]:
    """Raises ValueError for a list that neither names its source nor says that it is ours."""
    read: dict[str, dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(
        SeedEntry(kind, item["code"], _terms(item, read[name]))
        for kind, name in LISTS.items()
        for item in read[name]["items"]
    )


def _terms(item: dict[str, Any], listed: dict[str, Any]) -> EntryTerms:
    if not listed.get("source") and not (listed.get("ours") and listed.get("note")):
        raise ValueError("a seeded list names its source, or says `ours: true` with a note")
    return EntryTerms(
        name=item["name"],
        symbol=item.get("symbol", ""),
        note=listed.get("note", ""),
        source=listed.get("source", ""),
        items=tuple(BreakdownItem(one["code"], one["name"]) for one in item.get("items", ())),
    )
