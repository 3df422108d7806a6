"""Bills of material (CycloneDX) of what the services and the portal are made of."""

from __future__ import annotations

import json

from reporting_security.tools import LOCKS, ROOT, call, tool

FOLDER = ROOT / ".run" / "sbom"


def write() -> int:
    """Writes `.run/sbom/{services,portal}.json` and says how many parts each names."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    services = FOLDER / "services.json"
    made = tool("cyclonedx-py", "requirements", str(LOCKS / "services.txt"), "-o", str(services))
    if made.status:
        print(made.err)
        return made.status
    portal = FOLDER / "portal.json"
    said = call(["npm", "sbom", "--omit=dev", "--sbom-format", "cyclonedx"], folder=ROOT / "portal")
    if said.status:
        print(said.err)
        return said.status
    portal.write_text(said.out)
    for path in (services, portal):
        print(f"{path.relative_to(ROOT)}: {len(json.loads(path.read_text())['components'])} parts")
    return 0
