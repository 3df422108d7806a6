"""One province installed in the cluster by helm, and reached as if it were a stack of this machine.

Addresses of a stack's loopback lead to the cluster's services, so that what seeds, drives and judges a stack on one
machine does so here. Time stamps and revocation lists come from the stack's own authority, at the node's address.
"""

from __future__ import annotations

import asyncio
import io
import json
import subprocess
import tarfile
from base64 import b64encode
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import yaml
from reporting_drill.checks import eventually
from reporting_drill.outside import Outside
from reporting_images.apart import NODE_ADDRESS, PortsApart, believe
from reporting_images.catalogue import PEERS, version
from reporting_images.forward import Address, forwarded
from reporting_stack import demo, people
from reporting_stack.files import read_json
from reporting_stack.layout import DEPLOY, SERVICES, Home, StackError
from reporting_stack.parts.inner_tls import InnerTls
from reporting_stack.ports import record
from reporting_stack.stack import Stack

from reporting_kubernetes import secrets
from reporting_kubernetes.chart import CHART, NAMESPACE_FILE, helm
from reporting_kubernetes.cluster.contents import DEFINITIONS
from reporting_kubernetes.cluster.node import Node

NAMESPACE = "reporting"
MAIL = "mail"
STORAGE = "here"
PATIENCE = "900s"
_SMALL = {
    "requests": {"cpu": "10m", "memory": "64Mi"},
    "limits": {"cpu": "2", "memory": "768Mi"},
}
_PORTS = {"gateway": 8080, "keycloak": 8443, "postgres": 5432, "nats": 4222, "nats_monitor": 8222}
_PEERS = (DEPLOY / "kubernetes" / "peers.yaml").read_text(encoding="utf-8")


class ClusterPorts(PortsApart):
    @property
    def nats_url(self) -> str:
        return f"tls://nats:{self.nats}"


@dataclass(frozen=True)
class Installation:
    node: Node
    home: Home
    ports: ClusterPorts

    @cached_property
    def outside(self) -> Outside:
        return Outside(self.home, self.ports, self.node.work / "mail", MAIL)

    @cached_property
    def stack(self) -> Stack:
        return Stack(self.home, self.ports)

    def kubectl(self, *words: str, given: str | None = None, check: bool = True) -> str:
        done = self.node.plane.kubectl("--namespace", NAMESPACE, *words, given=given)
        if check and done.returncode:
            raise StackError(f"kubectl {' '.join(words)[:120]} failed: {done.stderr.strip()[-1500:]}")
        return done.stdout + ("" if check else done.stderr)

    def apply(self, *manifests: dict[str, Any] | str) -> None:
        text = "\n---\n".join(one if isinstance(one, str) else yaml.safe_dump(one) for one in manifests)
        # By the server: the tokens are more than the note that kubectl would keep of what it applied last.
        self.kubectl("apply", "--server-side", "--force-conflicts", "--filename", "-", given=text)

    def helm(self, *words: str) -> str:
        return helm(*words, "--namespace", NAMESPACE, "--kubeconfig", str(self.node.plane.kubeconfig()))

    def pods(self, component: str) -> list[str]:
        """Those that stay: one on its way out counts for nothing."""
        chosen = f"app.kubernetes.io/component={component}"
        listed = json.loads(self.kubectl("get", "pods", "--selector", chosen, "--output", "json"))["items"]
        return [one["metadata"]["name"] for one in listed if "deletionTimestamp" not in one["metadata"]]

    def address_of(self, pod: str) -> str:
        return self.kubectl("get", "pod", pod, "--output", "jsonpath={.status.podIP}")

    def settled(self) -> None:
        """Every Deployment has the copies it wants, ready, and no others."""
        self.kubectl("rollout", "status", "deployment", "--timeout", PATIENCE)

    def believe(self) -> None:
        """Who asks from this machine knows the parts by the names in their certificates, in here alone."""
        authority = InnerTls(self.home.secrets / "inner-tls").authority
        believe(self.node.work, {"127.0.0.1": "localhost keycloak nats"}, authority)

    def install(self) -> None:
        plane = self.node.plane
        made = plane.kubectl("apply", "--filename", str(NAMESPACE_FILE))
        if made.returncode:
            raise StackError(f"no namespace: {made.stderr}")
        # Of Prometheus' operator the definitions alone: monitors and rules are taken, and nobody reads them.
        self.kubectl("apply", "--server-side", "--filename", str(self.node.work / DEFINITIONS))
        self.kubectl("wait", "--for=condition=Established", "--timeout", "60s", "crd", "--all")
        self.apply(*self._storage(), *self._given())
        self.believe()
        (postgres,) = (image for image in PEERS if image.name == "postgres")
        self.apply(_PEERS.replace("{image}", postgres.reference))
        self.kubectl("rollout", "status", "deployment/postgres", "--timeout", PATIENCE)

    def upgrade(self, tag: str) -> None:
        """With the recorded consent that an upgrade needs (QN 21.3)."""
        consent = {
            "by": "Người trực vận hành",
            "at": "2027-01-04T09:00:00+07:00",
            "version": tag,
            "document": "15/UBND-VP",
        }
        said = [
            word for name, value in consent.items() for word in ("--set-string", f"consent.{name}={value}")
        ]
        self.helm(
            "upgrade", "reporting", str(CHART), *self._values(tag), *said, "--wait", "--timeout", PATIENCE
        )

    def has_databases(self) -> bool:
        """Made now where they are missing."""
        asyncio.run(self.stack.postgres.make_databases())
        return True

    def release(self) -> None:
        words = [
            "install",
            "reporting",
            str(CHART),
            *self._values(version()),
            "--wait",
            "--timeout",
            PATIENCE,
        ]
        self.helm(*words)

    def roll_back(self) -> None:
        self.helm("rollback", "reporting", "1", "--wait", "--timeout", PATIENCE)

    def seed(self) -> None:
        """The demo province with its people, through the gateway; then the signers' tokens for every copy of signing."""
        self.stack.realm.apply()
        self.stack.write_facts(ready=False)
        demo.seed(self.stack)
        people.equip(self.stack, everyone=True)
        self.stack.write_facts(ready=True)
        self.apply(self._tokens())
        self.kubectl("rollout", "restart", "deployment/signing")
        self.kubectl("rollout", "status", "deployment/signing", "--timeout", PATIENCE)

    def _tokens(self) -> dict[str, Any]:
        packed = io.BytesIO()
        with tarfile.open(fileobj=packed, mode="w:gz") as archive:
            for path in sorted(self.stack.trust.tokens.iterdir()):
                archive.add(path, path.name)
        packed_tokens = {"tokens.tar.gz": b64encode(packed.getvalue()).decode()}
        return {**secrets.secret("signing-tokens", {}), "data": packed_tokens}

    def _storage(self) -> Iterator[dict[str, Any]]:
        """Folders of the node as volumes, each bound to its one claim."""
        yield {
            "apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": {"name": STORAGE},
            "provisioner": "kubernetes.io/no-provisioner",
        }  # fmt: skip
        for claim in (*(f"files-{name}" for name in SERVICES), "data-nats-0"):
            folder = self.node.work / "volumes" / claim
            folder.mkdir(parents=True)
            subprocess.run(["chown", "10001:10001", str(folder)], check=True)
            yield {
                "apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": claim},
                "spec": {
                    "capacity": {"storage": "1Gi"}, "accessModes": ["ReadWriteMany", "ReadWriteOnce"],
                    "storageClassName": STORAGE, "hostPath": {"path": str(folder)},
                    "claimRef": {"namespace": NAMESPACE, "name": claim},
                },
            }  # fmt: skip

    def _given(self) -> Iterator[dict[str, Any]]:
        """What the chart refers to, and no value of it is."""
        self.stack.trust.prepare()
        yield from secrets.manifests(self.home)
        yield secrets.secret("postgres-superuser", {"password": self.stack.credentials["postgres"]})
        yield self._tokens()
        trust = {"trust.pem": self.stack.trust.root_file.read_text()}
        yield {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "signing-trust"}, "data": trust}
        trust = {"ca.crt": self.outside.mail_authority.read_text()}
        yield {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "mail-trust"}, "data": trust}
        yield from self._mail()

    def _mail(self) -> Iterator[dict[str, Any]]:
        """The name of the mail server, which leads out of the cluster to the node's address."""
        port = {"name": "smtp", "port": self.ports.smtp, "protocol": "TCP"}
        yield {"apiVersion": "v1", "kind": "Service", "metadata": {"name": MAIL}, "spec": {"ports": [port]}}
        yield {
            "apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "addressType": "IPv4",
            "metadata": {"name": MAIL, "labels": {"kubernetes.io/service-name": MAIL}},
            "endpoints": [{"addresses": [NODE_ADDRESS], "conditions": {"ready": True}}], "ports": [port],
        }  # fmt: skip

    def _values(self, tag: str) -> list[str]:
        province = read_json(DEPLOY / "demo" / "province.json")
        copies = {"replicas": {"min": 2, "max": 3}, "resources": _SMALL}
        values = {
            "province": {name: province[name] for name in ("code", "name", "profile")},
            "publicUrl": self.ports.gateway_url,
            "image": {"registry": "localhost", "tag": tag, "pullPolicy": "Never"},
            "autoscaling": {"enabled": False},
            "workloads": dict.fromkeys((*SERVICES, "portal", "gateway"), copies),
            "topology": {"whenUnsatisfiable": "ScheduleAnyway"},
            "termination": {"preStopSeconds": 8, "drainSeconds": 15, "graceSeconds": 40},
            "otlpEndpoint": "",
            "files": {"storageClass": STORAGE, "size": dict.fromkeys(SERVICES, "1Gi")},
            "postgresql": {"mode": "external", "external": {"host": "postgres", "sslMode": "disable", "cidrs": ["10.0.0.0/8"]}},
            "nats": {
                "replicas": 1, "image": f"localhost/reporting-nats:{version()}", "resources": _SMALL,
                "storage": {"size": "1Gi", "storageClass": STORAGE},
            },
            "keycloak": {
                "replicas": 1, "image": f"localhost/reporting-keycloak:{version()}",
                "resources": {**_SMALL, "limits": {"cpu": "2", "memory": "1536Mi"}},
            },
            "signing": {"timestampUrl": f"{self.ports.trust_url}/tsa"},
            "mail": {
                "host": MAIL, "port": self.ports.smtp, "from": "khong-tra-loi@baocao.example.vn", "authority": "mail-trust",
            },
            "gateway": {"service": {"type": "ClusterIP", "port": _PORTS["gateway"]}},
        }  # fmt: skip
        path = self.node.work / f"values-{tag}.yaml"
        path.write_text(yaml.safe_dump(values, allow_unicode=True))
        return ["--values", str(path)]

    def service_address(self, name: str) -> str:
        """The cluster's address of a Service; of a headless one, its pod's."""
        told = json.loads(self.kubectl("get", "service", name, "--output", "json"))["spec"]["clusterIP"]
        if told != "None":
            return str(told)
        listed = self.kubectl(
            "get", "endpointslices", "--selector", f"kubernetes.io/service-name={name}", "--output", "json"
        )
        return str(json.loads(listed)["items"][0]["endpoints"][0]["addresses"][0])


@contextmanager
def installed(node: Node, home: Home, base: int) -> Iterator[Installation]:
    """The province at work, people and tokens included."""
    ports = ClusterPorts(base)
    home.make()
    record(home, ports)
    installation = Installation(node, home, ports)

    def paths(*names: str) -> dict[Address, Address]:
        hosts = {name: installation.service_address(name.removesuffix("_monitor")) for name in names}
        return {("127.0.0.1", getattr(ports, name)): (hosts[name], _PORTS[name]) for name in names}

    with ExitStack() as stack:
        installation.install()
        stack.enter_context(installation.outside.running())
        stack.enter_context(forwarded(paths("postgres")))
        if not eventually(installation.has_databases, 60, 0.5):
            raise StackError("PostgreSQL doesn't let its databases be made")
        installation.release()
        stack.enter_context(forwarded(paths("gateway", "keycloak", "nats", "nats_monitor")))
        installation.seed()
        yield installation
