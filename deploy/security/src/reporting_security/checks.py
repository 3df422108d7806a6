"""The checks. Each answers what it found, one line a finding; None: its data can't be had here."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping

from reporting_security import judged
from reporting_security.tools import LOCKS, ROOT, VENV, call, tool

Findings = list[str] | None
Check = Callable[[], Findings]

_BINDING = re.compile(r"(?<!L)GPL|Affero|AGPL|SSPL|Commons Clause|BUSL", re.IGNORECASE)
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)
# Hashes of packages, keys of tables: long strings that are what they look like, and public.
_NO_SECRETS = (
    r"(package-lock\.json|go\.sum|deploy/python/.*\.txt|deploy/.*/.*\.txt|contracts/|tests/catalog/tables/)"
)


def code() -> Findings:
    """bandit over all Python that ships; ruff's S rules have passed in `make lint` already."""
    folders = ["services", "libs/kit", "libs/forms", "libs/profile", "deploy"]
    said = tool("bandit", "--quiet", "-ll", "-r", *folders, "-f", "json").json()
    found = {
        (one["filename"].removeprefix("./"), one["test_id"]): one["issue_text"] for one in said["results"]
    }
    return _against(found, judged.CODE)


def secrets() -> Findings:
    """detect-secrets over the files that git tracks."""
    said = tool("detect-secrets", "scan", "--exclude-files", _NO_SECRETS).json()
    found = {
        (file, one["type"]): f"line {one['line_number']}"
        for file, results in said["results"].items()
        for one in results
    }
    return _against(found, judged.SECRETS)


def licences() -> Findings:
    """No package that the services link to, in Python or in the portal, is under the GPL or its kin."""
    findings = []
    for name, licence in {**_python_licences(), **_portal_licences()}.items():
        if _BINDING.search(licence) and name not in judged.PROGRAMS:
            findings.append(f"{name}: {licence}")
    return findings


def python_vulnerabilities() -> Findings:
    """pip-audit by the Python Package Index's own records."""
    said = tool(
        "pip-audit", "--require-hashes", "--disable-pip", "-f", "json", "-r", str(LOCKS / "services.txt")
    )
    try:
        packages = json.loads(said.out)["dependencies"]
    except ValueError:
        return None
    known = [one for one in packages if "vulns" in one]
    if len(known) < len(packages) / 2:
        return None
    return [
        f"{one['name']} {one['version']}: {vulnerability['id']}"
        for one in known
        for vulnerability in one["vulns"]
    ]


def portal_vulnerabilities() -> Findings:
    """npm audit of what the portal ships."""
    said = call(["npm", "audit", "--omit=dev", "--json"], folder=ROOT / "portal")
    try:
        answer = json.loads(said.out)
    except ValueError:
        return None
    if "vulnerabilities" not in answer:
        return None
    return [f"{name}: {one['severity']}" for name, one in answer["vulnerabilities"].items()]


def _against(found: Mapping[tuple[str, str], str], known: Mapping[tuple[str, str], str]) -> list[str]:
    new = [f"{file}: {kind}: {text}" for (file, kind), text in found.items() if (file, kind) not in known]
    gone = [f"{file}: {kind} is judged in judged.py and isn't found any more" for file, kind in known
            if (file, kind) not in found]  # fmt: skip
    return sorted(new) + sorted(gone)


def _python_licences() -> dict[str, str]:
    linked = {_plain(name) for name in _PINNED.findall((LOCKS / "services.txt").read_text())}
    said = tool("pip-licenses", "--python", str(VENV / "bin" / "python"), "--format", "json").json()
    return {
        one["Name"]: one["License"] for one in said if _plain(one["Name"]) in linked | set(judged.PROGRAMS)
    }


def _portal_licences() -> dict[str, str]:
    said = call(["npm", "query", ":not(.dev)"], folder=ROOT / "portal").json()
    return {one["name"]: str(one.get("license")) for one in said}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def summary(lines: Iterable[str]) -> str:
    return "\n".join(f"    {line}" for line in lines)
