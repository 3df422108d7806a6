"""Writes the corpus again as LibreOffice saves it, into ``libreoffice/``: `python -m tests.forms.corpus.by_libreoffice`.

Needs `soffice` (package libreoffice-calc-nogui); the tests read the committed files and need nothing.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path

from tests.forms.building import FORMS, sample
from tests.forms.corpus import SHAPES

FOLDER = Path(__file__).parent / "libreoffice"


def file_name(shape: str) -> str:
    return re.sub(r"\W+", "-", shape) + ".xlsx"


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        drawn = Path(folder)
        for shape in SHAPES:
            (drawn / file_name(shape.name)).write_bytes(shape.draw())
        for form in FORMS:
            (drawn / f"{form}-filled.xlsx").write_bytes(sample(f"{form}-filled"))
        subprocess.run(
            ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "xlsx",
             "--outdir", str(FOLDER), *map(str, sorted(drawn.glob("*.xlsx")))],
            check=True,
        )  # fmt: skip


if __name__ == "__main__":
    main()
