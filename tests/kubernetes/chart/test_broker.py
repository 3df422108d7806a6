"""The chart's broker as it would run: three real servers with its settings, on the loopback address."""

import asyncio
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from kit.bus.connection import STREAM, Bus
from kit.tls import Tls
from nats.js.errors import Error as JetStreamError
from reporting_images.programs import process
from reporting_kubernetes.chart import EXAMPLES, objects
from reporting_kubernetes.control_plane import free_ports
from reporting_kubernetes.secrets import CERTIFIED, manifests
from reporting_stack.layout import Home
from reporting_stack.parts.inner_tls import InnerTls

SERVERS = 3


def inner_tls(folder: Path) -> InnerTls:
    return InnerTls(folder / "inner-tls")


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[list[int]]:
    """Their client ports; only addresses and folders differ from what a pod finds."""
    wanted = next(
        each for each in objects(EXAMPLES[0]) if each["metadata"]["name"] == "nats" and "data" in each
    )
    made = manifests(Home.named("cluster-test"))
    with pytest.MonkeyPatch.context() as later:
        later.setattr("time.time", lambda: 2_000_000_000.0)
        assert made == manifests(Home.named("cluster-test")), "secrets are made once"
    secret = next(each for each in made if each["metadata"]["name"] == "nats-accounts")["stringData"]
    for name, text in secret.items():
        (tmp_path / name).write_text(text)
    # As the Secrets are, and for the name of this machine's loopback too.
    inner = inner_tls(tmp_path)
    inner.prepare({"nats": [*CERTIFIED["nats"], "localhost"], "catalog": CERTIFIED["catalog"]})
    held = {"tls.crt": inner.certificate("nats"), "tls.key": inner.key("nats"), "ca.crt": inner.authority}
    ports = free_ports(3 * SERVERS)
    clients, routes, monitors = ports[:SERVERS], ports[SERVERS : 2 * SERVERS], ports[2 * SERVERS :]
    with ExitStack() as stack:
        for number in range(SERVERS):
            folder = tmp_path / f"nats-{number}"
            folder.mkdir()
            text = wanted["data"]["nats.conf"]
            for each, route in enumerate(routes):
                text = text.replace(f"nats-{each}.nats:6222", f"localhost:{route}")
            for port, own in ((4222, clients), (6222, routes), (8222, monitors)):
                text = text.replace(f"0.0.0.0:{port}", f"127.0.0.1:{own[number]}")
            for name, path in held.items():
                assert f"/etc/reporting/inner-tls/{name}" in text
                text = text.replace(f"/etc/reporting/inner-tls/{name}", str(path))
            (folder / "nats.conf").write_text(
                text.replace("$POD", f"nats-{number}").replace("/data/", f"{folder}/")
            )
            accounts = secret["server.conf"].replace("/data/", f"{folder}/")
            (folder / "accounts.conf").write_text(accounts)
            command = [str(Path(sys.executable).parent / "nats-server"), "-c", str(folder / "nats.conf")]
            subprocess.run([*command, "-t"], check=True, capture_output=True)
            stack.enter_context(process(folder, "nats", command))
        yield clients
    shutil.rmtree(Home.named("cluster-test").root)


async def test_each_event_is_kept_on_three_servers_and_a_service_publishes_only_its_own(
    servers: list[int], tmp_path: Path
) -> None:
    inner = inner_tls(tmp_path)
    tls = Tls(inner.certificate("catalog"), inner.key("catalog"), inner.authority)
    address = f"tls://localhost:{servers[0]}"
    bus = Bus(address, tmp_path / "catalog.creds", "catalog", tls, replicas=SERVERS)
    for _ in range(60):
        try:
            await bus.connect()
            break
        except (OSError, TimeoutError, JetStreamError):
            # Three servers first choose who leads.
            await bus.close()
            await asyncio.sleep(0.5)
    try:
        told = await bus.stream.stream_info(STREAM)
        assert told.config.num_replicas == SERVERS
        assert told.cluster is not None and len(told.cluster.replicas or []) == SERVERS - 1
        acknowledged = await bus.stream.publish("reporting.catalog.form.published.v1", b"{}")
        assert acknowledged.stream == STREAM
        with pytest.raises(TimeoutError):
            await bus.stream.publish("reporting.identity.unit.changed.v1", b"{}", timeout=1)
    finally:
        await bus.close()
