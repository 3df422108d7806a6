"""`make up`: prepares every part, starts all of them at once, waits until each is ready and says so."""

from __future__ import annotations

import asyncio
import fcntl
import os
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

import httpx

from reporting_stack import demo, ports, processes, readiness, supervise
from reporting_stack.layout import Home, StackError
from reporting_stack.stack import Stack

PATIENCE_SECONDS = 600
PARTIAL_PATIENCE_SECONDS = 120


class Progress:
    """One line for each part, with the seconds since the start."""

    def __init__(self) -> None:
        self.begun = time.monotonic()

    def elapsed(self) -> float:
        return time.monotonic() - self.begun

    def say(self, part: str, words: str) -> None:
        print(f"  {self.elapsed():5.1f}s  {part:<11} {words}", flush=True)


@contextmanager
def alone(home: Home) -> Iterator[None]:
    """Two commands never work on one stack at the same time."""
    home.make()
    with (home.root / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(f"another command works on the stack {home.name}; waiting for it", flush=True)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def up(home: Home, port_base: int | None, *, partial: bool = False) -> Stack:
    """Starts the stack. `partial`, for development: services that don't start are named and left out."""
    progress = Progress()
    with alone(home):
        stack = _place(home, port_base, progress)
        asyncio.run(_raise(stack, progress, partial=partial))
        stack.write_facts(ready=True)
        if os.environ.get("HISTORY") == "no":
            demo.equip_everyone(stack)
        else:
            demo.start_history(home)
    return stack


def _place(home: Home, port_base: int | None, progress: Progress) -> Stack:
    running, last = supervise.running_pid(home), ports.recorded(home)
    if running and last:
        if port_base and port_base != last.base:
            raise StackError(f"the stack {home.name} runs on {last.base}; stop it first (make down)")
        progress.say("stack", f"{home.name} already runs on {last.base}; bringing it up to date")
        return Stack(home, last)
    left = processes.sweep(home)
    if left:
        progress.say("stack", f"ended {left} processes left by an earlier run")
    chosen, said = ports.choose(home, port_base)
    ports.record(home, chosen)
    progress.say("stack", f"{home.name} on ports {chosen.base}–{chosen.base + ports.SPAN - 1}")
    if said:
        progress.say("ports", said)
    return Stack(home, chosen)


async def _raise(stack: Stack, progress: Progress, *, partial: bool) -> None:
    home = stack.home
    running = supervise.running_pid(home) is not None
    if not running:
        for mark in home.marks.iterdir():
            mark.unlink()
        # Whoever waits for the file waits for this start, not for the last one.
        home.stack_file.unlink(missing_ok=True)
    stack.backup.choose(running=running)
    if stack.postgres.prepare(stack.backup.receivers):
        progress.say("postgres", "new cluster")
    stack.backup.prepare()
    stack.nats.prepare()
    stack.trust.prepare()
    stack.services.prepare()
    stack.status_page.prepare()
    gateway_changed = stack.gateway.prepare()
    extra = [demo.program(stack)] if demo.is_present() else []
    supervise.write_configuration(home, stack.programs(*extra), stack.credentials["supervisor"])
    if running:
        supervise.reload_programs(home)
        if gateway_changed:
            stack.gateway.check()
            supervise.restart(home, "gateway")
    else:
        supervise.launch(home)
    databases = asyncio.create_task(_databases(stack, progress))
    tasks = [
        databases,
        asyncio.create_task(_login(stack, progress, databases)),
        asyncio.create_task(_services(stack, progress, databases, partial=partial)),
        *(
            asyncio.create_task(_simple(stack, progress, name))
            for name in ("nats", "smtp", "otlp", "trust", "static")
        ),
    ]
    try:
        await asyncio.gather(*tasks)
    except BaseException:
        for task in tasks:
            task.cancel()
        raise
    await _until(stack, "gateway", lambda: readiness.gateway(stack))
    progress.say("gateway", stack.ports.gateway_url)
    stack.write_facts(ready=False)
    if await asyncio.to_thread(demo.seed, stack):
        progress.say("demo", "province, accounts and regimes are there; history goes on in the background")


async def _databases(stack: Stack, progress: Progress) -> None:
    await _until(stack, "postgres", lambda: readiness.postgres(stack))
    await stack.postgres.make_databases()
    (stack.home.marks / "databases").touch()
    progress.say("postgres", f"ready on {stack.ports.postgres}")


async def _login(stack: Stack, progress: Progress, databases: Awaitable[None]) -> None:
    await databases
    await _until(stack, "keycloak", lambda: readiness.http(stack.keycloak.health_url))
    await asyncio.to_thread(stack.realm.apply)
    progress.say("keycloak", "ready, realm as it should be")


async def _services(stack: Stack, progress: Progress, databases: Awaitable[None], *, partial: bool) -> None:
    await databases
    # Two at a time: more would only keep Keycloak from its start.
    places = asyncio.Semaphore(2)

    async def one(name: str) -> None:
        try:
            async with places:
                await asyncio.to_thread(stack.services.migrate, name)
            patience = PARTIAL_PATIENCE_SECONDS if partial else PATIENCE_SECONDS
            await _until(stack, name, lambda: readiness.service(stack, name), patience)
        except StackError as error:
            if not partial:
                raise
            progress.say(name, f"LEFT OUT: {error}")
        else:
            progress.say(name, "ready")

    await asyncio.gather(*(one(name) for name in stack.services.names))


async def _simple(stack: Stack, progress: Progress, name: str) -> None:
    await _until(stack, name, lambda: readiness.sink(stack, name))
    progress.say(name, "ready")


async def _until(
    stack: Stack,
    name: str,
    check: Callable[[], Awaitable[str | None]],
    patience: float = PATIENCE_SECONDS,
) -> None:
    """Waits until the check finds nothing missing, or says what was missing at the end."""
    limit = time.monotonic() + patience
    missing: str | None = "not asked yet"
    while time.monotonic() < limit:
        try:
            missing = await check()
        except (OSError, httpx.HTTPError) as error:
            missing = str(error) or type(error).__name__
        if missing is None:
            return
        await asyncio.sleep(0.4)
    log = stack.home.logs / f"{name}.log"
    print(f"{name}: {missing}\n{_last_lines(log)}", file=sys.stderr)
    raise StackError(f"{name} wasn't ready after {patience:.0f} s: {missing}; see {log}")


def _last_lines(path: object, count: int = 15) -> str:
    try:
        with open(str(path), encoding="utf-8", errors="replace") as file:
            return "".join(file.readlines()[-count:])
    except OSError:
        return ""


def refresh(stack: Stack, parts: list[str]) -> None:
    """Restarts parts of a running stack with fresh settings; a service is migrated first."""
    progress = Progress()
    with alone(stack.home):
        stack.status_page.prepare()
        if "gateway" in parts:
            stack.gateway.prepare()
            stack.gateway.check()
        extra = [demo.program(stack)] if demo.is_present() else []
        supervise.write_configuration(stack.home, stack.programs(*extra), stack.credentials["supervisor"])
        supervise.reload_programs(stack.home)
        known = {state["name"] for state in supervise.states(stack.home)}
        for name in parts:
            if name not in known:
                raise StackError(f"no such part: {name}; there are {', '.join(sorted(known))}")
            if name in stack.services.names:
                stack.services.migrate(name)
            supervise.restart(stack.home, name)
            asyncio.run(_ready_again(stack, name))
            progress.say(name, "restarted and ready")


async def _ready_again(stack: Stack, name: str) -> None:
    check = readiness.check_of(stack, name)
    if check:
        await _until(stack, name, check)
