"""What this machine needs to make and run containers; asked for by `make images`, never by `make setup`."""

from __future__ import annotations

from reporting_stack.prepare.system import Need, install, program

NEEDS = (
    Need("podman", "builds and runs the images", program("podman")),
    Need("buildah", "helps podman to build", program("buildah")),
    Need("runc", "starts the containers", program("runc")),
    Need("iptables", "the containers' network", program("iptables")),
    Need("debootstrap", "makes the base image", program("debootstrap")),
    Need("skopeo", "measures the images", program("skopeo")),
)


def prepare() -> str | None:
    return install(NEEDS)
