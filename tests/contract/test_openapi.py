"""contracts/openapi holds what the services' code says, as OpenAPI 3.1."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SERVICES = sorted(path.parents[2].name for path in ROOT.glob("services/*/src/*/manage.py"))


@pytest.mark.parametrize("service", SERVICES)
def test_the_committed_openapi_is_what_the_code_says(service: str, tmp_path: Path) -> None:
    written = tmp_path / "openapi.json"
    subprocess.run(
        [sys.executable, "-m", f"{service}.manage", "openapi", str(written)],
        check=True,
        cwd=tmp_path,
        timeout=60,
    )
    committed = ROOT / "contracts" / "openapi" / f"{service}.json"

    assert json.loads(written.read_text(encoding="utf-8")) == json.loads(
        committed.read_text(encoding="utf-8")
    ), "run `make openapi`"
    assert json.loads(committed.read_text(encoding="utf-8"))["openapi"].startswith("3.1")
