"""The resources of the operators, as their own published modules define them; read from Go's cache, never copied.

Each module is named with the hash it must have, so that what the chart is checked against can't change unseen.
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

from reporting_stack.layout import StackError


@dataclass(frozen=True, slots=True)
class Module:
    path: str
    version: str
    hash: str
    definitions: tuple[str, ...]


MODULES = (
    Module(
        "github.com/cloudnative-pg/cloudnative-pg",
        "v1.29.1",
        "h1:ZNEt1TMlnQKXI1kho2UqQuqdfvIvjGln4kN7C1lsmGA=",
        tuple(
            f"config/crd/bases/postgresql.cnpg.io_{kind}.yaml"
            for kind in ("clusters", "databases", "scheduledbackups")
        ),
    ),
    Module(
        "github.com/cloudnative-pg/plugin-barman-cloud",
        "v0.13.0",
        "h1:dcEVsozSmdx5p2LbG1hbkWBvr6LXs1xpCsQiJWpo/ew=",
        ("config/crd/bases/barmancloud.cnpg.io_objectstores.yaml",),
    ),
    Module(
        "github.com/prometheus-operator/prometheus-operator",
        "v0.93.0",
        "h1:AohlYJT+En8TmNpAcEUJ3GsaJTAqfEBwHmGTVpRm/Io=",
        tuple(
            f"example/prometheus-operator-crd/monitoring.coreos.com_{kind}.yaml"
            for kind in ("servicemonitors", "podmonitors", "prometheusrules")
        ),
    ),
)


def definitions() -> list[Path]:
    """The files of the custom resource definitions."""
    return [_folder(module) / name for module in MODULES for name in module.definitions]


def _folder(module: Module) -> Path:
    command = ["go", "mod", "download", "-json", f"{module.path}@{module.version}"]
    done = subprocess.run(command, cwd="/", capture_output=True, text=True, check=False)
    told = json.loads(done.stdout or "{}")
    if done.returncode or told.get("Error"):
        raise StackError(f"{module.path}: {told.get('Error') or done.stderr.strip()}")
    if told["Sum"] != module.hash:
        raise StackError(f"{module.path}@{module.version} is {told['Sum']}, expected {module.hash}")
    return Path(told["Dir"])
