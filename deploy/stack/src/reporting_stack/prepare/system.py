"""Programs that come with the operating system: installed where apt is, otherwise named."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from reporting_stack.layout import StackError
from reporting_stack.prepare.steps import run

# Times metrics and every Vietnamese letter; Liberation Serif has no letters with two marks (ế, ộ, ữ).
FONTS = (
    "/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf",
    "/usr/share/fonts/opentype/tex-gyre/texgyretermes-regular.otf",
    "/usr/share/fonts/truetype/msttcorefonts/Times_New_Roman.ttf",
)
SOFTHSM = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
)


def _any(*paths: str) -> Callable[[], bool]:
    return lambda: any(Path(path).exists() for path in paths)


def program(*names: str) -> Callable[[], bool]:
    return lambda: any(shutil.which(name) for name in names)


def _venv() -> bool:
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        return False
    return True


@dataclass(frozen=True)
class Need:
    package: str
    what_for: str
    is_there: Callable[[], bool]


NEEDS = (
    Need("python3-venv", "the environment of the Python packages", _venv),
    Need("maven", "fetches the Keycloak archive", program("mvn")),
    Need("nodejs", "builds the portal", program("node")),
    Need("npm", "installs the portal's packages", program("npm")),
    Need("softhsm2", "keys of the signers, through PKCS#11", _any(*SOFTHSM)),
    Need("util-linux", "runs PostgreSQL apart from root", program("unshare")),
    Need(
        "chromium",
        "tests of the portal in a real browser",
        program("chromium", "chromium-browser", "google-chrome"),
    ),
    Need("poppler-utils", "checks signatures with pdfsig", program("pdfsig")),
    Need(
        "fonts-croscore", "the letters of signed reports, with the measures of Times New Roman", _any(*FONTS)
    ),
)


def install(needs: Sequence[Need] = NEEDS) -> str | None:
    """Installs what is missing, or says which package brings it."""
    missing = [need for need in needs if not need.is_there()]
    if not missing:
        return None
    packages = sorted({need.package for need in missing})
    named = "\n".join(f"  {need.package}: {need.what_for}" for need in missing)
    if not shutil.which("apt-get"):
        raise StackError(f"missing; install what brings them on this system:\n{named}")
    if os.getuid() != 0:
        raise StackError(f"missing:\n{named}\ninstall them: sudo apt-get install {' '.join(packages)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update", "-q"], what="apt-get update", environment=environment)
    install_them = ["apt-get", "install", "-q", "-y", "--no-install-recommends", *packages]
    run(install_them, what="apt-get install", environment=environment)
    still = [need.package for need in missing if not need.is_there()]
    if still:
        raise StackError(f"apt-get installed, but still missing: {', '.join(still)}")
    return f"installed {', '.join(packages)}"
