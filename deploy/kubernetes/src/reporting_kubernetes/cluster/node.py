"""One node of a real Kubernetes: controllers, scheduler, kubelet with containerd, kube-proxy and CoreDNS."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reporting_images.apart import NODE_ADDRESS
from reporting_images.programs import process
from reporting_stack.layout import StackError

from reporting_kubernetes import control_plane, tools
from reporting_kubernetes.control_plane import ControlPlane

NAME = "node-1"
PODS = "10.201.0.0/16"
PAUSE = "localhost/reporting-pause:1"
SOCKET = "/run/containerd/containerd.sock"
PROGRAMS = ("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubelet", "kube-proxy", "coredns", "helm")  # fmt: skip
_READY_SECONDS = 120
# Where the programs keep what they find by fixed names.
FOLDERS = (
    "/run",
    "/var/lib/kubelet",
    "/var/lib/cni",
    "/var/log/containers",
    "/var/log/pods",
    "/etc/cni",
)
# What the kubelet would set for the whole machine: it finds them set already.
KERNEL = {
    "vm/overcommit_memory": "1",
    "vm/panic_on_oom": "0",
    "kernel/panic": "10",
    "kernel/panic_on_oops": "1",
    "kernel/keys/root_maxkeys": "1000000",
    "kernel/keys/root_maxbytes": "25000000",
}


@dataclass(frozen=True, slots=True)
class Node:
    plane: ControlPlane
    work: Path

    def load(self, archive: Path) -> None:
        """Images of an archive of `podman save`, under the names they have there."""
        command = ["ctr", "--address", SOCKET, "--namespace", "k8s.io", "images", "import", str(archive)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise StackError(f"containerd didn't take {archive.name}: {done.stderr.strip()[-800:]}")

    def logs(self, most: int = 25) -> str:
        """The last lines of every container, for whoever asks why."""
        told = []
        for log in sorted((self.work / "pods").rglob("*.log")):
            lines = log.read_text(errors="replace").splitlines()[-most:]
            told.append("\n".join([f"--- {log.parent.parent.name} {log.parent.name}", *lines]))
        return "\n".join(told)


@contextmanager
def running(work: Path) -> Iterator[Node]:
    """The cluster, from nothing, with its node ready; inside the namespaces of `apart`."""
    programs = tools.built(*PROGRAMS)
    with control_plane.running() as plane, ExitStack() as stack:

        def start(name: str, *flags: str, program: str = "") -> None:
            stack.enter_context(process(work, name, [program or str(programs / name), *flags]))

        start(
            "containerd",
            "--config",
            str(_containerd(work)),
            program=shutil.which("containerd") or "containerd",
        )
        _network()
        start("coredns", "-conf", str(_names(plane, work)))
        start("kube-controller-manager", *_controllers(plane))
        start(
            "kube-scheduler", *_client(plane, "scheduler"), "--leader-elect=false", "--bind-address=127.0.0.1"
        )
        start("kubelet", *_kubelet(plane, work))
        start("kube-proxy", f"--config={_proxy(plane, work)}", f"--hostname-override={NAME}")
        node = Node(plane, work)
        _until_ready(node)
        yield node


def _client(plane: ControlPlane, user: str) -> list[str]:
    config = plane.kubeconfig(user)
    return [f"--{kind}kubeconfig={config}" for kind in ("", "authentication-", "authorization-")]


def _controllers(plane: ControlPlane) -> list[str]:
    return [
        *_client(plane, "controller-manager"), "--leader-elect=false", "--bind-address=127.0.0.1",
        "--use-service-account-credentials", f"--service-account-private-key-file={plane.account_key}",
        f"--root-ca-file={plane.authority}",
    ]  # fmt: skip


def _containerd(work: Path) -> Path:
    path = work / "containerd.toml"
    path.write_text(
        f"""version = 2
root = "{work / "containerd"}"
state = "/run/containerd"
[grpc]
  address = "{SOCKET}"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "{PAUSE}"
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "/etc/cni/net.d"
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
"""
    )
    return path


def _network() -> None:
    """Each pod at the end of a link of its own to the node."""
    addresses = {"type": "host-local", "ranges": [[{"subnet": PODS}]], "routes": [{"dst": "0.0.0.0/0"}]}
    plugins = [{"type": "ptp", "ipMasq": False, "ipam": addresses}]
    folder = Path("/etc/cni/net.d")
    folder.mkdir(parents=True, exist_ok=True)
    network = {"cniVersion": "1.0.0", "name": "pods", "plugins": plugins}
    (folder / "10-pods.conflist").write_text(json.dumps(network))


def _names(plane: ControlPlane, work: Path) -> Path:
    path = work / "Corefile"
    path.write_text(
        f".:53 {{\n  bind {NODE_ADDRESS}\n  errors\n"
        f"  kubernetes cluster.local {{\n    kubeconfig {plane.kubeconfig()}\n    ttl 2\n  }}\n}}\n"
    )
    return path


def _kubelet(plane: ControlPlane, work: Path) -> list[str]:
    (work / "resolv.conf").write_text(f"nameserver {NODE_ADDRESS}\n")
    config: dict[str, Any] = {
        "apiVersion": "kubelet.config.k8s.io/v1beta1",
        "kind": "KubeletConfiguration",
        "address": NODE_ADDRESS,
        "healthzBindAddress": "127.0.0.1",
        "authentication": {"anonymous": {"enabled": False}, "webhook": {"enabled": True}},
        "authorization": {"mode": "Webhook"},
        "containerRuntimeEndpoint": f"unix://{SOCKET}",
        "cgroupDriver": "cgroupfs",
        "failCgroupV1": False,
        "failSwapOn": False,
        "oomScoreAdj": 0,
        "makeIPTablesUtilChains": False,
        "clusterDNS": [NODE_ADDRESS],
        "clusterDomain": "cluster.local",
        "resolvConf": str(work / "resolv.conf"),
        "podLogsDir": str(work / "pods"),
        "volumePluginDir": str(work / "plugins"),
        "maxPods": 80,
        # The disk is the machine's: how full it is is nobody's fault here.
        "evictionHard": {"memory.available": "200Mi", "nodefs.available": "1%", "imagefs.available": "1%"},
        "imageGCHighThresholdPercent": 100,
    }
    path = work / "kubelet.json"
    path.write_text(json.dumps(config))
    return [
        f"--config={path}", f"--kubeconfig={plane.kubeconfig('kubelet')}", f"--hostname-override={NAME}",
        f"--node-ip={NODE_ADDRESS}", f"--cert-dir={work / 'kubelet-certificates'}",
    ]  # fmt: skip


def _proxy(plane: ControlPlane, work: Path) -> Path:
    config = {
        "apiVersion": "kubeproxy.config.k8s.io/v1alpha1",
        "kind": "KubeProxyConfiguration",
        "mode": "nftables",
        "clientConnection": {"kubeconfig": str(plane.kubeconfig("proxy"))},
        "clusterCIDR": PODS,
        "healthzBindAddress": "127.0.0.1:10256",
        "metricsBindAddress": "127.0.0.1:10249",
        "conntrack": {"maxPerCore": 0, "min": 0, "tcpEstablishedTimeout": "0s", "tcpCloseWaitTimeout": "0s"},
    }
    path = work / "kube-proxy.json"
    path.write_text(json.dumps(config))
    return path


def _until_ready(node: Node) -> None:
    end = time.monotonic() + _READY_SECONDS
    while time.monotonic() < end:
        asked = node.plane.kubectl("wait", "--for=condition=Ready", f"node/{NAME}", "--timeout=2s")
        if asked.returncode == 0:
            return
        time.sleep(0.5)
    logs = [f"{name}: {_tail(node.work / f'{name}.log')}" for name in ("kubelet", "containerd")]
    raise StackError(f"the node isn't ready: {asked.stderr.strip()}\n" + "\n".join(logs))


def _tail(log: Path) -> str:
    return log.read_text(errors="replace")[-1500:] if log.is_file() else "no log"
