"""Which images there are, and what each is built from."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass, field

from reporting_stack.layout import ROOT, SERVICES

FILE = "deploy/images/Containerfile"
MOST_MEGABYTES = 250
# Debian packages of one service alone: PKCS#11 tokens in software, and letters with the measures of Times.
PACKAGES = {"signing": "libsofthsm2 fonts-croscore"}


@dataclass(frozen=True, slots=True)
class Image:
    name: str
    target: str
    arguments: dict[str, str] = field(default_factory=dict)

    @property
    def reference(self) -> str:
        return f"localhost/reporting-{self.name}:{version()}"


def version() -> str:
    """The tag of all images of one build; never `latest`."""
    return os.environ.get("IMAGE_TAG") or "0.1.0"


def revision() -> str:
    answer = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return answer.stdout.strip() or "unknown"


OURS = (
    *(
        Image(
            name, "service", {"SERVICE": name, **({"PACKAGES": PACKAGES[name]} if name in PACKAGES else {})}
        )
        for name in SERVICES
    ),
    Image("portal", "portal", {"REQUIREMENTS": "portal"}),
    Image("gateway", "gateway", {"REQUIREMENTS": "gateway"}),
    Image("operator", "operator"),
    Image("backup", "backup", {"REQUIREMENTS": "backup"}),
)
# Not in the way of a request: what prepares the servers, and what keeps their data.
BESIDE = ("operator", "backup")
PEERS = (
    Image("postgres", "postgres", {"REQUIREMENTS": "postgres"}),
    Image("nats", "nats", {"REQUIREMENTS": "nats"}),
    Image("keycloak", "keycloak", {"REQUIREMENTS": "keycloak"}),
)
