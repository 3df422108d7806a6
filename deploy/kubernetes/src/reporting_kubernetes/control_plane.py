"""etcd and the API server on the loopback address, from an empty store; all of it goes when the block is left."""

from __future__ import annotations

import json
import secrets
import socket
import ssl
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from reporting_images.programs import process
from reporting_stack.layout import StackError

from reporting_kubernetes import tools

READY_SECONDS = 90
# Who may speak to the server, each with a token of its own; the names are Kubernetes' own.
USERS = {
    "admin": ("admin", "system:masters"),
    "controller-manager": ("system:kube-controller-manager", ""),
    "scheduler": ("system:kube-scheduler", ""),
    "proxy": ("system:kube-proxy", ""),
    "kubelet": ("system:node:node-1", "system:nodes"),
}


@dataclass(frozen=True, slots=True)
class ControlPlane:
    folder: Path
    url: str
    tokens: Mapping[str, str]

    @property
    def authority(self) -> Path:
        return self.folder / "certificates" / "apiserver.crt"

    @property
    def account_key(self) -> Path:
        return self.folder / "accounts.key"

    def kubeconfig(self, user: str = "admin") -> Path:
        path = self.folder / f"{user}.kubeconfig"
        if path.is_file():
            return path
        cluster = {"server": self.url, "certificate-authority": str(self.authority)}
        config = {
            "apiVersion": "v1",
            "kind": "Config",
            "clusters": [{"name": "here", "cluster": cluster}],
            "users": [{"name": user, "user": {"token": self.tokens[user]}}],
            "contexts": [{"name": "here", "context": {"cluster": "here", "user": user}}],
            "current-context": "here",
        }
        path.touch(mode=0o600)
        path.write_text(json.dumps(config))
        return path

    def kubectl(self, *words: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
        command = [str(tools.installed() / "kubectl"), f"--kubeconfig={self.kubeconfig()}", *words]
        return subprocess.run(command, input=given, capture_output=True, text=True, check=False)

    def ready(self) -> bool:
        try:
            trusted = ssl.create_default_context(cafile=str(self.authority))
            asked = urllib.request.Request(f"{self.url}/readyz")  # noqa: S310 our own address
            asked.add_header("Authorization", f"Bearer {self.tokens['admin']}")
            with urllib.request.urlopen(asked, timeout=2, context=trusted) as answer:  # noqa: S310
                return bool(answer.status == 200)
        except OSError:
            return False


@contextmanager
def running() -> Iterator[ControlPlane]:
    programs = tools.built("etcd", "kube-apiserver")
    with tempfile.TemporaryDirectory(prefix="reporting-kubernetes-") as name, ExitStack() as stack:
        folder = Path(name)
        client, peer, secure = free_ports(3)
        plane = ControlPlane(folder, f"https://127.0.0.1:{secure}", _users(folder))
        _account_key(plane.account_key)
        store = f"http://127.0.0.1:{client}"
        etcd = [
            f"--data-dir={folder / 'etcd'}",
            f"--listen-client-urls={store}",
            f"--advertise-client-urls={store}",
        ]
        etcd += [f"--listen-peer-urls=http://127.0.0.1:{peer}", "--unsafe-no-fsync", "--log-level=warn"]
        stack.enter_context(process(folder, "etcd", [str(programs / "etcd"), *etcd]))
        server = [
            f"--etcd-servers={store}",
            "--bind-address=127.0.0.1",
            f"--secure-port={secure}",
            # No endpoint can be made of a loopback address.
            "--endpoint-reconciler-type=none",
            f"--cert-dir={folder / 'certificates'}",
            f"--token-auth-file={folder / 'tokens.csv'}",
            f"--service-account-key-file={plane.account_key}",
            f"--service-account-signing-key-file={plane.account_key}",
            "--service-account-issuer=https://kubernetes.default.svc",
            "--service-cluster-ip-range=10.96.0.0/16",
            "--authorization-mode=Node,RBAC",
            "--allow-privileged=false",
        ]
        api = stack.enter_context(
            process(folder, "kube-apiserver", [str(programs / "kube-apiserver"), *server])
        )
        _until_ready(plane, api)
        yield plane


def _until_ready(plane: ControlPlane, api: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + READY_SECONDS
    while not plane.ready():
        if api.poll() is not None or time.monotonic() > end:
            log = (plane.folder / "kube-apiserver.log").read_text(errors="replace")
            raise StackError(f"the API server isn't ready: {log[-1500:]}")
        time.sleep(0.2)


def _users(folder: Path) -> dict[str, str]:
    tokens = {user: secrets.token_urlsafe(24) for user in USERS}
    lines = [f'{tokens[user]},{name},{user},"{group}"' for user, (name, group) in USERS.items()]
    path = folder / "tokens.csv"
    path.touch(mode=0o600)
    path.write_text("\n".join(lines) + "\n")
    return tokens


def _account_key(path: Path) -> None:
    key = rsa.generate_private_key(65537, 2048)
    path.touch(mode=0o600)
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        )
    )


def free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in sockets]
    finally:
        for each in sockets:
            each.close()
