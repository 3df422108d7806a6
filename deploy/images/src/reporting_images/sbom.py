"""Lists what an image holds as CycloneDX: sbom.py NAME VERSION PYTHON TARGET, run within the image while it is built.

cyclonedx-bom lists the Python packages; the Debian packages come from dpkg's own records. `sbom.py judge FILE…`
holds finished bills against the strict schema, all in one go, since loading that schema takes longer than all else.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

FIELDS = r"${db:Status-Status}\t${Package}\t${Version}\t${Architecture}\t${Maintainer}\n"


def python_packages(python: str) -> dict[str, Any]:
    tool = Path(sys.executable).with_name("cyclonedx-py")
    # Judged later, whole.
    options = ["--no-validate", "--output-reproducible", "--sv", "1.6", "--of", "JSON"]
    command = [str(tool), "environment", *options, python]
    listed: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return listed


def debian_packages() -> list[dict[str, Any]]:
    command = ["/usr/bin/dpkg-query", "--show", f"--showformat={FIELDS}"]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    found = []
    for status, name, version, architecture, maintainer in (line.split("\t") for line in lines):
        if status == "installed":
            purl = f"pkg:deb/debian/{name}@{quote(version, safe='')}?arch={architecture}&distro=debian-12"
            component = {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl}
            found.append({**component, "supplier": {"name": maintainer}})
    return found


def bill_of(name: str, version: str, python: str) -> dict[str, Any]:
    bill = python_packages(python) if python != "-" else _empty()
    image = {"type": "container", "bom-ref": name, "name": name, "version": version}
    bill.setdefault("metadata", {})["component"] = image
    own = [one for one in bill.get("components", []) if one["bom-ref"] != name]
    bill["components"] = sorted([*own, *debian_packages()], key=lambda one: (one["name"], one["version"]))
    return bill


def _empty() -> dict[str, Any]:
    return {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1}


def judge(paths: list[Path]) -> list[str]:
    """What the strict schema finds wrong with each bill."""
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    validator = JsonStrictValidator(SchemaVersion.V1_6)
    errors = {path.name: validator.validate_str(path.read_text(encoding="utf-8")) for path in paths}
    return [f"{name}: not CycloneDX 1.6: {error}" for name, error in errors.items() if error is not None]


def main() -> None:
    if sys.argv[1] == "judge":
        wrong = judge([Path(word) for word in sys.argv[2:]])
        sys.exit("\n".join(wrong) or 0)
    name, version, python, target = sys.argv[1:5]
    Path(target).parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(bill_of(name, version, python), ensure_ascii=False, indent=1)
    Path(target).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
