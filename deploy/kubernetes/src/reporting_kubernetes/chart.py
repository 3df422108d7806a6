"""The chart rendered by helm, as text for the server and as objects for what must hold of them."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import yaml
from reporting_stack.layout import DEPLOY

from reporting_kubernetes import tools

CHART = DEPLOY / "helm" / "reporting"
EXAMPLES = sorted((CHART / "examples").glob("*.yaml"))
NAMESPACE_FILE = DEPLOY / "helm" / "namespace.yaml"
KUBERNETES = "1.36.3"
# helm says of each linked file that it is linked.
_NOISE = "found symbolic link in path"


class ChartError(Exception):
    """What helm said when it refused."""


def helm(*words: str) -> str:
    done = subprocess.run([tools.program("helm"), *words], capture_output=True, text=True, check=False)
    if done.returncode:
        said = "\n".join(line for line in done.stderr.splitlines() if _NOISE not in line)
        raise ChartError(f"{done.stdout}{said}".strip())
    return done.stdout


def template(values: Path, *words: str, namespace: str = "reporting", chart: Path = CHART) -> str:
    given = ["--namespace", namespace, "--kube-version", KUBERNETES, "--values", str(values)]
    return helm("template", "reporting", str(chart), *given, *words)


def objects(values: Path, *words: str) -> list[dict[str, Any]]:
    return [found for found in yaml.safe_load_all(template(values, *words)) if found]
