"""The venv with every package by its locked hash, and the project's own packages by a list of folders."""

from __future__ import annotations

import os
import subprocess
import sys

from reporting_stack.layout import PYTHON, ROOT, VENV, StackError
from reporting_stack.prepare import steps

LOCKS = ROOT / "deploy" / "python"
SETS = ("services", "stack", "dev")
OWN = ("libs/*/src", "services/*/src", "deploy/*/src")


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    # The authorities the system trusts are the ones its owner has chosen.
    return {"UV_LINK_MODE": "copy", "UV_SYSTEM_CERTS": "true", **kept}


def install() -> str | None:
    locks = [LOCKS / f"{name}.txt" for name in ("bootstrap", *SETS)]
    wanted = steps.digest(locks, str(VENV), f"{sys.version_info.major}.{sys.version_info.minor}")
    if steps.is_done("python", wanted) and PYTHON.exists():
        return None
    if not PYTHON.exists():
        steps.run([sys.executable, "-m", "venv", str(VENV)], what="making the venv")
    environment = _environment()
    bootstrap = [
        str(PYTHON),
        "-m",
        "pip",
        "install",
        "-q",
        "--require-hashes",
        "-r",
        str(LOCKS / "bootstrap.txt"),
    ]
    steps.run(bootstrap, what="installing uv", environment=environment)
    files = [word for name in SETS for word in ("-r", str(LOCKS / f"{name}.txt"))]
    everything = [
        str(VENV / "bin" / "uv"),
        "pip",
        "install",
        "-q",
        "--python",
        str(PYTHON),
        "--require-hashes",
    ]
    steps.run([*everything, *files], what="installing the Python packages", environment=environment)
    steps.done("python", wanted)
    return "Python packages installed by their hashes"


def link() -> str | None:
    """Makes the project's packages importable in the venv: one .pth that lists their folders."""
    folders = [str(path) for pattern in OWN for path in sorted(ROOT.glob(pattern))]
    folders.append(str(ROOT / "libs" / "stubs" / "src"))
    content = "\n".join(dict.fromkeys(folders)) + "\n"
    asked = [str(PYTHON), "-c", "import sysconfig; print(sysconfig.get_paths()['purelib'])"]
    answer = subprocess.run(asked, capture_output=True, text=True, check=False)
    if answer.returncode:
        raise StackError(
            f"the venv's Python doesn't start: {answer.stderr.strip()}; remove {VENV} and try again"
        )
    path = os.path.join(answer.stdout.strip(), "reporting.pth")
    if os.path.isfile(path):
        with open(path, encoding="utf-8") as file:
            if file.read() == content:
                return None
    with open(path, "w", encoding="utf-8") as file:
        file.write(content)
    return f"{len(folders)} packages of the project linked"
