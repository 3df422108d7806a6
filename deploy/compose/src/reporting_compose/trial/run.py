"""Outside: what is needed, and whether anything was left. Inside: installed, looked at, worked with, upgraded, ended."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from reporting_drill import trial
from reporting_drill.checks import Findings
from reporting_images import apart, build, machine
from reporting_images.catalogue import OURS, PEERS, version
from reporting_images.podman import exists, save, with_followers
from reporting_stack.down import clean
from reporting_stack.layout import StackError
from reporting_stack.prepare import monitoring

from reporting_compose.place import HOME
from reporting_compose.trial import engine, looks, server
from reporting_compose.trial.engine import Engine
from reporting_compose.trial.server import ServerStack, TrialPorts

_WORK = "REPORTING_COMPOSE_WORK"
_BASE = 29000
_NEXT = f"{version()}-next"


def outside() -> int:
    """Prepares, goes apart, and looks afterwards whether anything was left."""
    if HOME.exists():
        raise StackError(f"{HOME.root} holds a server's secrets; this trial would make its own there")
    machine.prepare()
    engine.prepare()
    monitoring.install()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="reporting-compose-") as name:
        work = Path(name)
        os.environ |= {_WORK: name, "STACK": HOME.name}
        _save_images(work / "images.tar")
        print(f"  programs and images ready after {time.monotonic() - begun:.0f} s", flush=True)
        try:
            status = apart.run_apart("reporting_compose", "test", "inside")
        finally:
            if not os.environ.get("KEEP"):
                clean(HOME)
        return trial.close(work, engine.GROUPS, status, begun)


def inside() -> int:
    work, findings = Path(os.environ[_WORK]), Findings()
    apart.settle(work, engine.FOLDERS)
    begun = time.monotonic()

    def say(words: str) -> None:
        print(f"  {words} after {time.monotonic() - begun:.0f} s", flush=True)

    ports = TrialPorts(int(os.environ.get("PORT_BASE") or _BASE))
    given = server.settings(work, ports)
    with engine.running(work, given) as docker:
        say("engine ready")
        docker.docker("load", "--quiet", "--input", str(work / "images.tar"))
        (work / "images.tar").unlink()
        say("images loaded")
        stack = ServerStack(HOME, ports, docker)
        try:
            server.make_ready(work, stack, given)
            server.volumes_of_upstream(docker)
            beyond = server.outside(work, ports)
            with beyond.running():
                _start(docker, findings)
                say("started")
                with server.reached(stack):
                    server.seed(stack)
                    say("seeded")
                    trial.demo_cycle(findings, "server", HOME)
                    beyond.letters(findings)
                    looks.watched(stack, findings)
                    looks.woken(stack, beyond, findings)
                    looks.traced(docker, findings)
                looks.started_again(docker, findings)
                looks.kept(docker, findings)
                looks.separated(docker, findings)
                looks.by_its_socket(docker, findings)
                looks.encrypted(docker, findings)
                looks.administered(stack, findings)
                _upgrade(docker, findings)
                say("upgraded")
        except Exception:
            _explain(docker)
            raise
        finally:
            docker.compose("down", "--volumes", "--timeout", "30", check=False)
            trial.tell(work, findings)
    return 1 if findings.wrong else 0


def _save_images(archive: Path) -> None:
    """Ours and those that stand in for upstream's, ours under the next version's name too, and the base."""
    wanted = [image.reference for image in (*OURS, *PEERS)]
    missing = [name for name in wanted if not exists(name)]
    if missing:
        raise StackError(f"build them first (make images images-peers): {', '.join(missing)}")
    save(archive, [build.base_image(), *with_followers(wanted, _NEXT)])


def _start(docker: Engine, findings: Findings) -> None:
    """Step 5: one word, and everything is made in its order."""
    begun = time.monotonic()
    docker.compose("up", "--detach", "--no-build", "--pull", "never")
    settled = docker.settle()
    findings.check("all parts are ready", settled, f"{time.monotonic() - begun:.0f} s")
    if not settled:
        raise StackError(f"not ready: {docker.unsettled()}")
    parts = docker.parts()
    published = {
        name for name, one in parts.items() if any(p["PublishedPort"] for p in one["Publishers"] or ())
    }
    findings.check("only the gateway is published", published == {"gateway"}, published)
    findings.check(
        "every part of the file runs but what can't be had", len(parts) == len(docker.services()), len(parts)
    )


def _upgrade(docker: Engine, findings: Findings) -> None:
    """The next version by its tag alone: migrations first, then each part ended in its time, the data as it was."""
    asked = "SELECT state, count(*) FROM report GROUP BY 1 ORDER BY 1"
    before = looks.query(docker, "submission", asked)
    text = docker.settings.read_text()
    docker.settings.write_text(text.replace(f"IMAGE_TAG={version()}\n", f"IMAGE_TAG={_NEXT}\n"))
    docker.compose("up", "--detach", "--no-build", "--pull", "never")
    findings.check("all parts are ready in the next version", docker.settle(), docker.unsettled() or "")
    images = {
        one["Image"].rsplit(":", 1)[1] for name, one in docker.parts().items() if "reporting-" in one["Image"]
    }
    base = build.base_image().rsplit(":", 1)[1]
    findings.check("and of that version", images == {_NEXT, base}, images)
    findings.check("with the same reports", looks.query(docker, "submission", asked) == before != "", before)


def _explain(docker: Engine) -> None:
    try:
        unsettled = docker.unsettled()
    except StackError as error:
        print(f"--- {error}")
        return
    for name, state in unsettled.items():
        print(
            f"--- {name}: {state}\n{docker.compose('logs', '--no-color', '--tail', '30', name, check=False)}"
        )
