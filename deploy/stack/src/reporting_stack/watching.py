"""`bin/reporting monitoring` and `monitoring-check`: Prometheus over a running stack, and the judges of its files."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from typing import Any

import httpx
import yaml

from reporting_stack import demo, readiness, supervise
from reporting_stack.layout import Home, StackError
from reporting_stack.parts.monitoring import SOURCE
from reporting_stack.prepare import monitoring as packages
from reporting_stack.stack import Stack
from reporting_stack.status import opened
from reporting_stack.up import alone

PATIENCE_SECONDS = 60
TESTS = SOURCE / "tests"


def watch(home: Home, *, off: bool = False) -> None:
    if supervise.running_pid(home) is None:
        raise StackError(f"the stack {home.name} isn't running: run `make up`")
    stack = opened(home)
    monitoring = stack.monitoring
    with alone(stack.home):
        if off:
            monitoring.wanted_mark.unlink(missing_ok=True)
        else:
            if said := packages.install():
                print(said)
            monitoring.wanted_mark.touch(mode=0o600)
            monitoring.prepare()
        extra = [demo.program(stack)] if demo.is_present() else []
        supervise.write_configuration(stack.home, stack.programs(*extra), stack.credentials["supervisor"])
        supervise.reload_programs(stack.home)
        stack.write_facts(ready=True)
    if not off:
        asyncio.run(_ready(stack))
        print(f"Prometheus: http://127.0.0.1:{stack.ports.prometheus}")
        print(f"Alertmanager: http://127.0.0.1:{stack.ports.alertmanager}")


async def _ready(stack: Stack) -> None:
    limit = time.monotonic() + PATIENCE_SECONDS
    for port in (stack.ports.prometheus, stack.ports.alertmanager):
        missing: str | None = "not asked yet"
        while missing is not None:
            try:
                missing = await readiness.http(f"http://127.0.0.1:{port}/-/ready")
            except (OSError, httpx.HTTPError) as error:
                missing = str(error) or type(error).__name__
            if missing is not None and time.monotonic() > limit:
                raise StackError(f"monitoring isn't ready: {missing}; see {stack.home.logs}")
            await asyncio.sleep(0.2)


def check() -> int:
    """0 if every file is sound and every rule and route does what its tests say."""
    if said := packages.install():
        print(said)
    promtool, amtool = packages.program("promtool"), packages.program("amtool")
    rules = [
        str(path)
        for folder in ("rules", "cloudnative-pg")
        for path in sorted((SOURCE / folder).glob("*.yaml"))
    ]
    tests = [str(path) for path in sorted(TESTS.glob("*.yaml")) if path.name != "routes.yaml"]
    settings = str(SOURCE / "alertmanager.yaml")
    commands = (
        [promtool, "check", "config", "--lint=none", str(SOURCE / "prometheus.yaml")],
        [promtool, "check", "rules", "--lint-fatal", *rules],
        [promtool, "test", "rules", *tests],
        [amtool, "check-config", settings],
        *(_route(amtool, settings, one) for one in yaml.safe_load((TESTS / "routes.yaml").read_text())),
    )
    failed = sum(_run(command) for command in commands)
    print(f"{len(commands) - failed} passed, {failed} failed")
    return 1 if failed else 0


def _route(amtool: str, settings: str, tried: dict[str, Any]) -> list[str]:
    receivers = f"--verify.receivers={','.join(tried['receivers'])}"
    labels = [f"{name}={value}" for name, value in tried["labels"].items()]
    return [amtool, "config", "routes", "test", f"--config.file={settings}", receivers, *labels]


def _run(command: list[str]) -> bool:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.stderr.write(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return bool(done.returncode)
