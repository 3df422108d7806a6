"""The images that the cluster runs: ours of `make images`, its peers, and the pause that holds a pod's namespaces."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from reporting_images import machine
from reporting_images.catalogue import OURS, PEERS, Image, version
from reporting_images.podman import BUILD, exists, podman, save, with_followers
from reporting_stack.layout import DEPLOY, StackError
from reporting_stack.prepare.system import Need, install, program

from reporting_kubernetes import operators
from reporting_kubernetes.cluster.node import PAUSE

NEEDS = (
    Need("containerd", "runs the pods' containers", program("containerd")),
    Need("containernetworking-plugins", "the pods' network", lambda: Path("/usr/lib/cni/ptp").is_file()),
    Need("nftables", "the services' addresses", program("nft")),
    Need("iproute2", "links and addresses", program("ip")),
)
# Where a trial brings definitions of other operators' resources along.
DEFINITIONS = "definitions"
_PAUSE = DEPLOY / "kubernetes" / "tools" / "pause.c"


def next_version() -> str:
    return f"{version()}-next"


def prepare() -> None:
    machine.prepare()
    install(NEEDS)
    missing = [image.reference for image in _wanted() if not exists(image.reference)]
    if missing:
        raise StackError(f"build them first (make images images-peers): {', '.join(missing)}")
    if not exists(PAUSE):
        _make_pause()


def save_images(archive: Path) -> None:
    """All in one archive; ours under the next version's name too."""
    save(archive, [PAUSE, *with_followers([image.reference for image in _wanted()], next_version())])


def _wanted() -> list[Image]:
    """All but the backup's, whose claims a trial has no second place for."""
    return [image for image in (*OURS, *PEERS) if image.name != "backup"]


def _make_pause() -> None:
    with tempfile.TemporaryDirectory(prefix="reporting-pause-") as folder:
        flags = ["-Os", "-static", "-s", "-o", f"{folder}/pause"]
        subprocess.run(["gcc", *flags, str(_PAUSE)], check=True)
        (Path(folder) / "Containerfile").write_text(
            'FROM scratch\nCOPY pause /pause\nENTRYPOINT ["/pause"]\n'
        )
        podman("build", *BUILD, "--quiet", "--tag", PAUSE, folder)


def save_definitions(folder: Path) -> None:
    """Those that monitors and rules need, brought along: inside there is no way to Go's modules."""
    folder.mkdir()
    for path in operators.definitions():
        if path.name.startswith("monitoring.coreos.com_"):
            shutil.copyfile(path, folder / path.name)
