"""The tables as the portal reads them: `python -m forms.legacy.contract FILE` writes contracts/text/tables.json."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from forms.legacy.syllables import INITIALS, RIMES
from forms.legacy.tables import Encoding, table


def document() -> str:
    tables = {encoding.value: dict(sorted(table(encoding).items())) for encoding in Encoding}
    syllables = {"initials": list(INITIALS), "rimes": {rime: list(places) for rime, places in RIMES.items()}}
    return json.dumps({"tables": tables, "syllables": syllables}, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(document(), encoding="utf-8")
