"""Which Keycloak, where it lies, and how it is built: read before any package is installed."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from reporting_stack.layout import DEPLOY, StackError, cache_folder

POM = DEPLOY / "keycloak" / "pom.xml"
# Chosen when the server is built, once for all stacks: see prepare/keycloak.py.
BUILD_OPTIONS = (
    "--db=postgres",
    "--cache=local",
    "--health-enabled=true",
    "--metrics-enabled=true",
    "--event-metrics-user-enabled=true",
    "--http-relative-path=/auth",
    "--http-management-relative-path=/",
    "--features-disabled=organization,device-flow,ciba,kerberos,impersonation,par",
)


def version() -> str:
    """The version the pom pins: the one place that names it."""
    found = re.search(r"<keycloak.version>([^<]+)<", POM.read_text(encoding="utf-8"))
    if not found:
        raise StackError(f"{POM} names no keycloak.version")
    return found.group(1)


def installation() -> Path:
    """One folder for each way of building it: checkouts that differ in it run side by side."""
    way = "\0".join((POM.read_text(encoding="utf-8"), *BUILD_OPTIONS))
    return cache_folder() / f"keycloak-{version()}-{hashlib.sha256(way.encode()).hexdigest()[:8]}"
