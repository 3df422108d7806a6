"""Lists what an image holds as CycloneDX: sbom.py NAME VERSION PYTHON TARGET, run in a stage made from the image itself.

cyclonedx-bom lists the Python packages; the Debian packages come from dpkg's own records. The result is judged by
the strict schema before it is written.
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
    # Judged with the Debian packages, once.
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


def main() -> None:
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    name, version, python, target = sys.argv[1:5]
    text = json.dumps(bill_of(name, version, python), ensure_ascii=False, indent=1)
    error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if error is not None:
        sys.exit(f"{name}: not CycloneDX 1.6: {error}")
    Path(target).parent.mkdir(parents=True, exist_ok=True)
    Path(target).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
