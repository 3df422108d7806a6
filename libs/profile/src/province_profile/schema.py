"""The JSON Schema that editors and checks use. `python -m province_profile.schema > profiles/schema.json`."""

from __future__ import annotations

import json
import sys

from province_profile.profile import ProvinceProfile


def schema_text() -> str:
    schema = ProvinceProfile.model_json_schema(mode="validation")
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


if __name__ == "__main__":
    sys.stdout.write(schema_text())
