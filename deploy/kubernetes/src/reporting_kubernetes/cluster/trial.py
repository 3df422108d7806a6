"""`make k8s-test`: images in, the chart installed, the demo's cycle through the gateway, upheaval under load, nothing left."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from pathlib import Path

from reporting_demo.stack import Stack as DemoStack
from reporting_drill import checks, trial
from reporting_drill.checks import Findings
from reporting_drill.load import Load
from reporting_images import apart
from reporting_stack.down import clean
from reporting_stack.layout import ROOT, Home

from reporting_kubernetes import tools
from reporting_kubernetes.cluster import contents, node, watched
from reporting_kubernetes.cluster.installation import Installation, installed
from reporting_kubernetes.cluster.upheaval import ACTS, under_load

_WORK = "REPORTING_CLUSTER_WORK"
_BASE = 28000


def outside() -> int:
    """Prepares, goes apart, and looks afterwards whether anything was left."""
    begun = time.monotonic()
    tools.built(*node.PROGRAMS)
    tools.installed()
    contents.prepare()
    home = Home.named(os.environ.get("STACK") or "cluster")
    clean(home)
    with tempfile.TemporaryDirectory(prefix="reporting-cluster-") as name:
        work = Path(name)
        os.environ |= {_WORK: name, "STACK": home.name}
        contents.save_images(work / "images.tar")
        contents.save_definitions(work / contents.DEFINITIONS)
        print(f"  programs and images ready after {time.monotonic() - begun:.0f} s", flush=True)
        status = apart.run_apart("reporting_kubernetes", "test", "inside")
        ended = trial.close(work, "kubepods", status, begun)
    if not os.environ.get("KEEP"):
        clean(home)
    return ended


def inside() -> int:
    work = Path(os.environ[_WORK])
    home = Home.named(os.environ["STACK"])
    findings = Findings()
    apart.settle(work, node.FOLDERS, node.KERNEL)
    begun = time.monotonic()

    def say(words: str) -> None:
        print(f"  {words} after {time.monotonic() - begun:.0f} s", flush=True)

    with node.running(work) as cluster:
        say("node ready")
        cluster.load(work / "images.tar")
        (work / "images.tar").unlink()
        say("images loaded")
        try:
            with installed(cluster, home, int(os.environ.get("PORT_BASE") or _BASE)) as installation:
                say("installed and seeded")
                trial.demo_cycle(findings, "cluster", home)
                installation.outside.letters(findings)
                watched.figures_over_tls(installation, findings)
                say("the demo's cycle done")
                _upheaval(installation, findings)
                say("upheaval over")
        except Exception:
            _explain(cluster)
            raise
        finally:
            trial.tell(work, findings)
        if findings.wrong:
            _explain(cluster)
    return 1 if findings.wrong else 0


def _upheaval(installation: Installation, findings: Findings) -> None:
    load = Load(DemoStack(installation.home.stack_file), hands=2)
    load.open()
    load.start()
    load.until(1, 180)
    for name, act in ACTS.items():
        with under_load(load, findings, name):
            act(installation, findings)
    load.stop()
    checks.acknowledged(findings, installation.stack, load.ledger.all())
    checks.events_told(findings, installation.stack, 300)
    checks.all_heard(findings, installation.stack)


def _explain(cluster: node.Node) -> None:
    for words in (("get", "pods", "-A", "-o", "wide"), ("get", "events", "-A", "--sort-by=.lastTimestamp")):
        told = cluster.plane.kubectl(*words).stdout
        print("\n".join(told.splitlines()[-60:]), flush=True)
    print(cluster.logs(), flush=True)
    kept = ROOT / ".run" / "kubernetes-logs"
    shutil.rmtree(kept, ignore_errors=True)
    shutil.copytree(cluster.work / "pods", kept, symlinks=False, ignore_dangling_symlinks=True)
    print(f"every container's log: {kept.relative_to(ROOT)}", flush=True)
